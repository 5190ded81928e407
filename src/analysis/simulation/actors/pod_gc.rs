//! Pod garbage collection: pods whose Node object no longer exists are deleted by force.

use super::super::engine::Event;
use super::super::phases::beat;
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::World;

impl World<'_> {
    /// A Node object is deleted, as a cloud's controller does once the machine no longer exists.
    pub(in super::super) fn delete_node(&mut self, node: usize, because: EntryId) {
        if !self.machines[node].exists {
            return;
        }
        self.machines[node].exists = false;
        self.machines[node].ready = false;
        self.machines[node].silence = self.machines[node].silence.wrapping_add(1);
        self.machines[node].because = because;
        for pod in self.pods_on(node) {
            self.readiness_changed(pod, because);
        }
        self.collect_later(node, because);
    }

    /// The round that finds a pod orphaned starts a quarantine, a later one deletes it.
    pub(in super::super) fn collect_later(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        let timings = &self.model.clusters[cluster].timings;
        let phase = self.clusters[cluster].gc_phase;
        let found = beat(phase, timings.gc_period, self.now);
        let collected = beat(phase, timings.gc_period, found.saturating_add(timings.quarantine));
        let generation = self.machines[node].silence;
        self.at(collected, Event::Collect { node, generation }, because);
    }

    /// Pods of a node that no longer exists are deleted without waiting for any kubelet.
    pub(in super::super) fn collect(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        if self.machines[node].exists || !self.acts(cluster) {
            return;
        }
        for pod in self.pods_on(node) {
            let thing = self.thing(pod);
            let setting = Setting::Constant(cluster as u32, "pod-gc-quarantine");
            let entry = self.note_by(Actor::PodGc, thing, What::Gone, because, setting);
            self.forget(pod, entry);
        }
    }

    /// A person declares a node out of service: its pods are deleted by force at once, its volumes
    /// detached at once (Kubernetes documentation, Node Shutdowns).
    pub(in super::super) fn out_of_service(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        self.machines[node].out_of_service = true;
        if !self.acts(cluster) {
            return;
        }
        for pod in self.pods_on(node) {
            let thing = self.thing(pod);
            let on = Thing::Machine(node as u32);
            let entry = self.note_fully(Actor::PodGc, thing, What::Gone, on, because, Setting::None);
            self.forget(pod, entry);
        }
        for volume in self.volumes.ids() {
            if self.volumes[volume].attached_to == Some(node) {
                self.force_detach(volume, because);
            }
        }
    }
}
