//! Draining a node: evictions through the Eviction API, which disruption budgets bind.

use super::super::engine::Event;
use super::super::model::Budget;
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{Stage, World};
use crate::design::model::component::Workload;

impl World<'_> {
    /// Nobody new may come, and everybody is asked to go.
    pub(in super::super) fn drain(&mut self, node: usize, because: EntryId) {
        self.machines[node].cordoned = true;
        self.machines[node].draining = true;
        self.drain_round(node, because);
    }

    /// One round: what may go goes, what may not is asked again in five seconds or once something changes.
    pub(in super::super) fn drain_round(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        if !self.machines[node].draining || !self.acts(cluster) {
            return;
        }
        let mut left = false;
        for pod in self.pods_on(node) {
            if self.cluster_of(pod).is_none() || self.spec_of(pod).workload == Workload::DaemonSet {
                continue;
            }
            left = true;
            if self.pods[pod].terminating {
                continue;
            }
            let component = self.pods[pod].component;
            let thing = self.thing(pod);
            let setting = Setting::Component(component as u32, "disruption_budget");
            if self.may_evict(pod) {
                self.components[component].budget_refused = false;
                let entry = self.note_by(Actor::EvictionApi, thing, What::EvictionGranted, because, setting);
                self.delete_pod(pod, entry);
            } else if !self.components[component].budget_refused {
                self.components[component].budget_refused = true;
                let entry = self.note_by(Actor::EvictionApi, thing, What::EvictionRefused, because, setting);
                self.components[component].because = entry;
            }
        }
        if !left {
            self.machines[node].draining = false;
            self.note(Actor::Person, Thing::Machine(node as u32), What::Drained, because);
        }
    }

    /// Whether the budget of a pod's component lets it go. A pod that is not ready counts for nothing,
    /// and may go while the others are enough (disruption controller).
    pub(in super::super) fn may_evict(&self, pod: usize) -> bool {
        let component = self.pods[pod].component;
        let Some(budget) = self.spec(component).budget else { return true };
        let pods = self.components[component].pods.iter().copied().filter(|pod| self.pods[*pod].exists());
        let healthy = pods.filter(|pod| self.is_available(*pod)).count() as u32;
        let least = match budget {
            Budget::AtLeast(least) => least,
            Budget::AtMostAway(away) => self.spec(component).wanted.saturating_sub(away),
        };
        let counts = u32::from(self.is_available(pod));
        healthy.saturating_sub(counts) >= least && (counts == 1 || healthy >= least)
    }

    /// Something changed for a component: drains that wait for it are looked at again at their next try.
    pub(in super::super) fn look_at_drains(&mut self, component: usize, because: EntryId) {
        if self.machines.iter().all(|machine| !machine.draining) {
            return;
        }
        for node in self.machines.ids() {
            if !self.machines[node].draining {
                continue;
            }
            let Some(cluster) = self.model.machines[node].cluster else { continue };
            let concerned = self.components[component]
                .pods
                .iter()
                .any(|pod| self.pods[*pod].machine == node && self.pods[*pod].stage != Stage::Gone);
            let empty = self.pods_on(node).iter().all(|pod| self.spec_of(*pod).workload == Workload::DaemonSet);
            if concerned || empty {
                let retry = self.model.clusters[cluster].timings.drain_retry;
                let wait = self.phases.lapse(super::super::phases::Lapse::between(0, retry));
                let generation = self.machines[node].generation;
                self.after(wait, Event::Drain { node, generation }, because);
            }
        }
    }
}
