//! Volumes that one node at a time may use: attached, detached, detached by force.

use super::super::engine::Event;
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{NOWHERE, Volume, World};
use crate::design::model::component::{Reach, Workload};

impl World<'_> {
    /// The volume of a pod: its identity's own, or the one that a Deployment's pods share.
    pub(in super::super) fn volume_of(&mut self, component: usize, serial: u32) -> usize {
        let serial = if self.spec(component).workload == Workload::StatefulSet { serial } else { 1 };
        let known = self.volumes.ids().find(|at| {
            let volume = &self.volumes[*at];
            volume.component == component && volume.serial == serial
        });
        known.unwrap_or_else(|| self.volumes.push(Volume { component, serial, home: NOWHERE, ..Volume::default() }))
    }

    /// A pod's volume is attached to its node, unless it still is elsewhere.
    pub(in super::super) fn attach(&mut self, pod: usize, because: EntryId) {
        let Some(volume) = self.pods[pod].volume else { return };
        let Some(cluster) = self.cluster_of(pod) else { return };
        let node = self.pods[pod].machine;
        match self.volumes[volume].attached_to {
            Some(other) if other != node => {
                let thing = self.thing(pod);
                let on = Thing::Machine(other as u32);
                let setting = Setting::Component(self.pods[pod].component as u32, "storage");
                let entry =
                    self.note_fully(Actor::AttachDetach, thing, What::VolumeAttachedElsewhere, on, because, setting);
                self.pods[pod].because = entry;
                self.release_stale(volume, entry);
            }
            Some(_) => self.pull(pod, because),
            None if self.acts(cluster) => {
                self.volumes[volume].attached_to = Some(node);
                let local = self.spec_of(pod).reach == Some(Reach::Node);
                if local {
                    self.pull(pod, because);
                    return;
                }
                let generation = self.pods[pod].generation;
                let wait = self.phases.lapse(self.model.clusters[cluster].timings.attach);
                self.after(wait, Event::Attach { pod, generation }, because);
            }
            None => {}
        }
    }

    /// A volume whose holder is gone is let go of; where its node does not answer, by force and later.
    fn release_stale(&mut self, volume: usize, because: EntryId) {
        let holder = self.holder(volume);
        if holder.is_none() {
            self.detach_later(volume, because);
        }
    }

    /// The pod that exists, is not going, and has the volume on the node it is attached to.
    fn holder(&self, volume: usize) -> Option<usize> {
        let node = self.volumes[volume].attached_to?;
        let component = self.volumes[volume].component;
        let pods = self.components[component].pods.iter().copied();
        pods.into_iter().find(|pod| {
            let pod = &self.pods[*pod];
            pod.exists() && pod.volume == Some(volume) && pod.machine == node && !pod.terminating
        })
    }

    /// A pod on a node that does not answer is to be deleted: its volume may be detached by force
    /// once that has not succeeded for six minutes, unless its identity must stay where it is
    /// (Kubernetes documentation, Node Shutdowns).
    pub(in super::super) fn watch_detach(&mut self, pod: usize, because: EntryId) {
        let Some(volume) = self.pods[pod].volume else { return };
        if self.kubelet_works(pod) || self.volumes[volume].attached_to != Some(self.pods[pod].machine) {
            return;
        }
        self.detach_later(volume, because);
    }

    fn detach_later(&mut self, volume: usize, because: EntryId) {
        let Some(node) = self.volumes[volume].attached_to else { return };
        if self.volumes[volume].detaching || node == NOWHERE {
            return;
        }
        let Some(cluster) = self.model.machines[node].cluster else { return };
        self.volumes[volume].detaching = true;
        self.volumes[volume].generation = self.volumes[volume].generation.wrapping_add(1);
        let generation = self.volumes[volume].generation;
        let wait = self.model.clusters[cluster].timings.force_detach;
        self.after(wait, Event::ForceDetach { volume, generation }, because);
    }

    /// Six minutes are over, or the node is declared out of service.
    pub(in super::super) fn force_detach(&mut self, volume: usize, because: EntryId) {
        self.volumes[volume].detaching = false;
        let Some(node) = self.volumes[volume].attached_to else { return };
        let Some(cluster) = self.model.machines[node].cluster else { return };
        // A node that is well again gives the volume back by itself.
        let node_ready = self.machines[node].ready && self.machines[node].exists && !self.machines[node].out_of_service;
        if node_ready || !self.acts(cluster) || self.holder(volume).is_some() {
            return;
        }
        let (component, serial) = (self.volumes[volume].component as u32, self.volumes[volume].serial);
        let setting = Setting::Constant(cluster as u32, "force-detach");
        let thing = Thing::Pod { component, serial };
        let on = Thing::Machine(node as u32);
        let entry = self.note_fully(Actor::AttachDetach, thing, What::VolumeForceDetached, on, because, setting);
        self.volumes[volume].attached_to = None;
        self.attach_waiting(volume, entry);
    }

    /// A pod that had a volume is gone: the volume is free, if its node can say that it let go.
    pub(in super::super) fn release_volume(&mut self, pod: usize, because: EntryId) {
        let Some(volume) = self.pods[pod].volume else { return };
        let node = self.pods[pod].machine;
        if node == NOWHERE || self.volumes[volume].attached_to != Some(node) {
            return;
        }
        let local = self.spec_of(pod).reach == Some(Reach::Node);
        let clean = self.works(node) || self.machines[node].out_of_service || local;
        if clean {
            self.volumes[volume].attached_to = None;
            self.volumes[volume].detaching = false;
            self.volumes[volume].generation = self.volumes[volume].generation.wrapping_add(1);
            self.attach_waiting(volume, because);
        } else {
            self.detach_later(volume, because);
        }
    }

    /// Pods that wait for a volume look at it again.
    fn attach_waiting(&mut self, volume: usize, because: EntryId) {
        let component = self.volumes[volume].component;
        for pod in self.components[component].pods.clone() {
            let state = &self.pods[pod];
            let waits = state.volume == Some(volume)
                && state.stage == super::super::world::Stage::Creating
                && !state.terminating;
            if waits {
                let generation = state.generation;
                self.at(self.now, Event::Attach { pod, generation }, because);
            }
        }
    }
}
