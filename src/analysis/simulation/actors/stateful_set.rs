//! StatefulSets: pods with an identity, at most one of each, in order.

use super::super::trace::EntryId;
use super::super::world::{Stage, World};

impl World<'_> {
    /// Goes through the identities in order and stops at the first that is not ready
    /// (StatefulSet controller, `OrderedReady`). An identity is created anew only once the API no
    /// longer knows the old pod: whether its process still runs cannot be known from outside.
    pub(in super::super) fn keep_identities(&mut self, component: usize, because: EntryId) {
        let wanted = self.spec(component).wanted;
        let version = self.components[component].version;
        for serial in 1..=wanted {
            let Some(pod) = self.identity(component, serial) else {
                self.create(component, serial, None, because);
                return;
            };
            let state = &self.pods[pod];
            if state.terminating {
                return;
            }
            if state.stage == Stage::Ended {
                // A failed pod is deleted, and created once it is gone.
                self.scale_down(pod, because);
                return;
            }
            // A pod of an old version that never gets ready is not waited for while the update rolls.
            if !self.is_available(pod) && !(self.components[component].rolling && state.version != version) {
                return;
            }
        }
        if !self.components[component].rolling {
            return;
        }
        // The update goes from the last to the first, one at a time, each once the later ones are ready.
        for serial in (1..=wanted).rev() {
            let Some(pod) = self.identity(component, serial) else { return };
            if self.pods[pod].version != version {
                self.scale_down(pod, because);
                return;
            }
            if !self.is_available(pod) {
                return;
            }
        }
        self.rolled_out(component, because);
    }

    /// The pod that has an identity now.
    pub(in super::super) fn identity(&self, component: usize, serial: u32) -> Option<usize> {
        let pods = self.components[component].pods.iter().copied();
        pods.into_iter().find(|pod| self.pods[*pod].exists() && self.pods[*pod].serial == serial)
    }

    /// Ready, as Kubernetes believes it.
    pub(in super::super) fn is_available(&self, pod: usize) -> bool {
        let pod = &self.pods[pod];
        pod.ready && !pod.terminating && self.machines[pod.machine].ready
    }
}
