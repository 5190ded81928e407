//! EndpointSlices and the proxies that follow them: which pods traffic is led to.

use super::super::engine::Event;
use super::super::trace::{Actor, EntryId, Setting, What};
use super::super::world::{NOWHERE, World};

impl World<'_> {
    /// Decides anew whether traffic should be led to a pod; proxies know a moment later. A pod that is
    /// not Ready, that has a deletion timestamp, or whose node is not Ready, should have none.
    pub(in super::super) fn lead(&mut self, pod: usize, because: EntryId) {
        let Some(cluster) = self.cluster_of(pod) else { return };
        let state = &self.pods[pod];
        let node_ready = state.machine != NOWHERE && self.machines[state.machine].ready;
        let wanted = state.exists() && state.ready && !state.terminating && node_ready;
        if wanted == state.wanted_in {
            return;
        }
        self.pods[pod].wanted_in = wanted;
        self.pods[pod].endpoint_generation = self.pods[pod].endpoint_generation.wrapping_add(1);
        if self.acts(cluster) {
            self.propagate(cluster, pod, because);
        }
    }

    /// Proxies learn of a pod's change after a while.
    fn propagate(&mut self, cluster: usize, pod: usize, because: EntryId) {
        let generation = self.pods[pod].endpoint_generation;
        let wait = self.phases.lapse(self.model.clusters[cluster].timings.propagation);
        self.after(wait, Event::Propagated { pod, generation }, because);
    }

    /// Every proxy knows.
    pub(in super::super) fn propagated(&mut self, pod: usize, because: EntryId) {
        let state = &self.pods[pod];
        if state.routed == state.wanted_in {
            if !state.exists() && !state.routed {
                self.drop_slot(pod);
            }
            return;
        }
        let Some(cluster) = self.cluster_of(pod) else { return };
        let routed = state.wanted_in;
        let thing = self.thing(pod);
        let what = if routed { What::JoinedEndpoints } else { What::LeftEndpoints };
        let setting = Setting::Constant(cluster as u32, "endpoint-propagation");
        let entry = self.note_by(Actor::EndpointSlice, thing, what, because, setting);
        self.pods[pod].routed = routed;
        let component = self.pods[pod].component;
        self.components[component].because = entry;
        self.touch(component);
        if !self.pods[pod].exists() && !routed {
            self.drop_slot(pod);
        }
    }

    /// The control plane acts again: what proxies do not know yet is told to them.
    pub(in super::super) fn lead_again(&mut self, cluster: usize, because: EntryId) {
        for pod in self.pods.ids() {
            let here = self.cluster_of(pod) == Some(cluster) && (self.pods[pod].exists() || self.pods[pod].routed);
            if here && self.pods[pod].routed != self.pods[pod].wanted_in {
                self.propagate(cluster, pod, because);
            }
        }
    }
}
