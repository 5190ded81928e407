//! The control plane: while it does not act what runs goes on, and nothing is repaired.

use super::super::engine::Event;
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::World;

impl World<'_> {
    /// Members of a control plane came or went.
    pub(in super::super) fn plane_changed(&mut self, cluster: usize, because: EntryId) {
        let spec = &self.model.clusters[cluster];
        let alive = spec.plane.iter().filter(|member| self.works(**member)).count();
        let enough = !self.clusters[cluster].lost && (spec.plane.is_empty() || alive >= spec.majority);
        if !enough {
            if self.clusters[cluster].acts {
                self.stop_acting(cluster, because);
            }
            // A change of leader that was under way has nobody left to finish it.
            self.clusters[cluster].generation = self.clusters[cluster].generation.wrapping_add(1);
            return;
        }
        let leader = spec.plane.get(self.clusters[cluster].leader).copied();
        let leads = leader.is_none_or(|leader| self.works(leader));
        if self.clusters[cluster].acts && leads {
            return;
        }
        let timings = &spec.timings;
        let next = spec.plane.iter().position(|member| self.works(*member)).unwrap_or(0);
        let (acted, waits) = if self.clusters[cluster].acts {
            // Another member takes the lease once it has run out.
            (true, self.phases.lapse(timings.leader_change))
        } else {
            (false, self.phases.lapse(timings.control_start))
        };
        self.clusters[cluster].leader = next;
        self.clusters[cluster].generation = self.clusters[cluster].generation.wrapping_add(1);
        let generation = self.clusters[cluster].generation;
        let entry = if acted { self.stop_acting(cluster, because) } else { because };
        self.after(waits, Event::ControlBack { cluster, generation }, entry);
    }

    fn stop_acting(&mut self, cluster: usize, because: EntryId) -> EntryId {
        self.clusters[cluster].acts = false;
        let setting = Setting::Cluster(cluster as u32, "control_plane");
        let thing = Thing::Cluster(cluster as u32);
        let entry = self.note_by(Actor::ControlPlane, thing, What::ControlPlaneDown, because, setting);
        self.clusters[cluster].because = entry;
        entry
    }

    /// Controllers act again. They know nothing of the time between: silences are counted anew.
    pub(in super::super) fn control_back(&mut self, cluster: usize, because: EntryId) {
        self.clusters[cluster].acts = true;
        let entry = self.note(Actor::ControlPlane, Thing::Cluster(cluster as u32), What::ControlPlaneUp, because);
        self.clusters[cluster].because = entry;
        let grace = self.model.clusters[cluster].timings.grace;
        let toleration = self.model.clusters[cluster].timings.toleration;
        for node in self.model.clusters[cluster].nodes.clone() {
            let machine = &self.machines[node];
            let generation = machine.silence;
            if self.works(node) {
                self.node_reports(node, entry);
            } else if machine.ready {
                self.after(grace, Event::NodeSilent { node, generation }, entry);
            } else if machine.tainted {
                self.machines[node].tainted_at = self.now;
                for pod in self.pods_on(node) {
                    let generation = self.pods[pod].stop_generation;
                    self.after(toleration, Event::TolerationOver { pod, generation }, entry);
                }
            } else {
                self.after(
                    self.model.clusters[cluster].timings.monitor,
                    Event::NodeTainted { node, generation },
                    entry,
                );
            }
            if !self.machines[node].exists {
                self.collect_later(node, entry);
            }
        }
        for component in self.model.components.ids() {
            if self.spec(component).home == super::super::model::Home::Cluster(cluster) {
                self.reconcile(component, entry);
                self.look_at_drains(component, entry);
            }
        }
        // Pods that were deleted meanwhile, and volumes that nobody could attach.
        for pod in self.pods.ids() {
            if self.cluster_of(pod) != Some(cluster) || !self.pods[pod].exists() {
                continue;
            }
            let (waiting, generation) = {
                let state = &self.pods[pod];
                (state.stage == super::super::world::Stage::Creating && state.volume.is_some(), state.generation)
            };
            if waiting && self.works(self.pods[pod].machine) {
                self.at(self.now, Event::Attach { pod, generation }, entry);
            }
        }
        self.lead_again(cluster, entry);
        self.wake(cluster, entry);
    }
}
