//! DaemonSets: one pod a node. They tolerate a node that cannot be reached for ever.

use super::super::model::Home;
use super::super::trace::EntryId;
use super::super::world::{Stage, World};

impl World<'_> {
    /// Creates a pod on every node that has none. One that is going still counts until it is gone
    /// (DaemonSet controller, `nodeShouldRunDaemonPod`).
    pub(in super::super) fn keep_one_a_node(&mut self, component: usize, because: EntryId) {
        let Home::Cluster(cluster) = self.spec(component).home else { return };
        let version = self.components[component].version;
        let mut away = 0;
        let mut old = None;
        for at in 0..self.model.clusters[cluster].nodes.len() {
            let Some(node) = self.model.clusters[cluster].nodes.get(at).copied() else { continue };
            if !self.machines[node].exists || self.machines[node].out_of_service {
                continue;
            }
            let pods = self.components[component].pods.iter().copied();
            let there = pods.into_iter().find(|pod| self.pods[*pod].exists() && self.stands_on(*pod, node));
            match there {
                None => {
                    away += 1;
                    let serial = self.next_serial(component);
                    self.create(component, serial, Some(node), because);
                }
                Some(pod) if self.pods[pod].stage == Stage::Ended => {
                    away += 1;
                    self.scale_down(pod, because);
                }
                Some(pod) => {
                    // A pod on a node that is known to be dead is not what an update waits for.
                    if self.machines[node].ready && !(self.pods[pod].machine == node && self.is_available(pod)) {
                        away += 1;
                    }
                    if self.pods[pod].version != version && !self.pods[pod].terminating {
                        old = Some(pod);
                    }
                }
            }
        }
        if !self.components[component].rolling || self.components[component].look_again {
            return;
        }
        match old {
            Some(pod) if away < self.spec(component).unavailable.max(1) => self.scale_down(pod, because),
            None if away == 0 => self.rolled_out(component, because),
            _ => {}
        }
    }

    /// Whether a pod is on a node or made for it.
    fn stands_on(&self, pod: usize, node: usize) -> bool {
        self.pods[pod].machine == node || self.pods[pod].made_for == node
    }
}
