//! Deployments and their ReplicaSets: interchangeable pods, and how a new version replaces the old.

use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{Stage, World};

impl World<'_> {
    /// Keeps the number of pods. A pod with a deletion timestamp no longer counts, whether its process
    /// has ended or not (ReplicaSet controller, `FilterActivePods`), and one that failed for good neither.
    pub(in super::super) fn keep_replicas(&mut self, component: usize, because: EntryId) {
        let spec = self.spec(component);
        if !self.components[component].rolling {
            let active = self.active(component);
            for _ in active.len()..spec.wanted as usize {
                let serial = self.next_serial(component);
                self.create(component, serial, None, because);
            }
            for pod in active.into_iter().skip(spec.wanted as usize) {
                self.scale_down(pod, because);
            }
            return;
        }
        if spec.recreate { self.recreate(component, because) } else { self.roll(component, because) }
    }

    /// The pods that count.
    fn active(&self, component: usize) -> Vec<usize> {
        let pods = self.components[component].pods.iter().copied();
        pods.filter(|pod| {
            let pod = &self.pods[*pod];
            pod.exists() && !pod.terminating && pod.stage != Stage::Ended
        })
        .collect()
    }

    /// A pod that counts as available: Ready, as Kubernetes believes it.
    fn available(&self, pod: usize) -> bool {
        let pod = &self.pods[pod];
        pod.ready && self.machines[pod.machine].ready
    }

    /// A rolling update: never more than wanted and surge, never fewer available than wanted less unavailable
    /// (Deployment controller, `reconcileNewReplicaSet` and `reconcileOldReplicaSets`).
    fn roll(&mut self, component: usize, because: EntryId) {
        let spec = self.spec(component);
        let version = self.components[component].version;
        let wanted = spec.wanted as usize;
        let active = self.active(component);
        let (new, old): (Vec<usize>, Vec<usize>) =
            active.iter().copied().partition(|pod| self.pods[*pod].version == version);
        let room = (wanted + spec.surge as usize).saturating_sub(active.len());
        let create = wanted.saturating_sub(new.len()).min(room);
        for _ in 0..create {
            let serial = self.next_serial(component);
            self.create(component, serial, None, because);
        }
        let least = wanted.saturating_sub(spec.unavailable as usize);
        let new_available = new.iter().filter(|pod| self.available(**pod)).count();
        let new_unavailable = new.len() + create - new_available;
        let mut spare = (active.len() + create).saturating_sub(least + new_unavailable);
        // Old pods that do not work go first: they are no loss.
        let (well, unwell): (Vec<usize>, Vec<usize>) = old.iter().copied().partition(|pod| self.available(*pod));
        for pod in unwell.into_iter().take(spare) {
            spare -= 1;
            self.scale_down(pod, because);
        }
        let available = new_available + well.len();
        let may_go = available.saturating_sub(least).min(spare);
        for pod in well.into_iter().take(may_go) {
            self.scale_down(pod, because);
        }
        if self.components[component].look_again {
            return;
        }
        let left = self.active(component);
        let done =
            left.len() == wanted && left.iter().all(|pod| self.pods[*pod].version == version && self.available(*pod));
        if done {
            self.rolled_out(component, because);
        }
    }

    /// All old pods end before a new one starts.
    fn recreate(&mut self, component: usize, because: EntryId) {
        let version = self.components[component].version;
        let old: Vec<usize> = self.components[component]
            .pods
            .iter()
            .copied()
            .filter(|pod| self.pods[*pod].exists() && self.pods[*pod].version != version)
            .collect();
        if !old.is_empty() {
            for pod in old {
                self.scale_down(pod, because);
            }
            return;
        }
        let wanted = self.spec(component).wanted as usize;
        let active = self.active(component);
        for _ in active.len()..wanted {
            let serial = self.next_serial(component);
            self.create(component, serial, None, because);
        }
        let active = self.active(component);
        if active.len() == wanted && active.iter().all(|pod| self.available(*pod)) {
            self.rolled_out(component, because);
        }
    }

    /// A controller deletes a pod that is of the old version or one too many.
    pub(in super::super) fn scale_down(&mut self, pod: usize, because: EntryId) {
        if self.pods[pod].terminating {
            return;
        }
        let thing = self.thing(pod);
        let component = self.pods[pod].component as u32;
        let actor = self.controller(component as usize);
        let entry = self.note_by(actor, thing, What::ScaledDown, because, Setting::Component(component, "update"));
        self.delete_pod(pod, entry);
    }

    /// An update is done.
    pub(in super::super) fn rolled_out(&mut self, component: usize, because: EntryId) {
        self.components[component].rolling = false;
        let actor = match self.controller(component) {
            _ if !self.in_cluster(component) => Actor::ServiceManager,
            Actor::ReplicaSet => Actor::Deployment,
            other => other,
        };
        self.note(actor, Thing::Component(component as u32), What::RolledOut, because);
    }
}
