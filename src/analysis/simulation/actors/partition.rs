//! Partitions of a vehicle's computer: they end, their safety goals fall to the declared reaction,
//! and they are started again.

use super::super::engine::Event;
use super::super::model::Home;
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{Stage, World};

impl World<'_> {
    /// A partition ends at once, with everything in it.
    pub(in super::super) fn partition_crashes(&mut self, partition: usize, because: EntryId) {
        if self.partitions[partition].down {
            return;
        }
        self.partitions[partition].down = true;
        let mut detects: Option<u64> = None;
        for component in self.model.components.ids() {
            if self.spec(component).home != Home::Partition(partition) {
                continue;
            }
            if let Some((detect, react)) = self.spec(component).safety {
                detects = Some(detects.map_or(detect, |known| known.min(detect)));
                self.fault(component, detect.saturating_add(react), because);
            }
            for pod in self.components[component].pods.clone() {
                let state = &mut self.pods[pod];
                state.up = false;
                state.generation = state.generation.wrapping_add(1);
                self.refresh(pod, because);
            }
        }
        if self.model.partitions[partition].restart {
            // The hypervisor starts it again once the first of its monitors has seen the fault.
            self.partition_starts(partition, detects.unwrap_or(0), because);
        }
    }

    fn partition_starts(&mut self, partition: usize, after: u64, because: EntryId) {
        self.partitions[partition].generation = self.partitions[partition].generation.wrapping_add(1);
        let generation = self.partitions[partition].generation;
        let wait = after.saturating_add(self.phases.lapse(self.model.partitions[partition].starts_in));
        self.after(wait, Event::PartitionUp { partition, generation }, because);
    }

    /// A safety goal's component has a fault: its safe state is reached as declared.
    pub(in super::super) fn fault(&mut self, component: usize, after: u64, because: EntryId) {
        self.components[component].generation = self.components[component].generation.wrapping_add(1);
        let generation = self.components[component].generation;
        self.components[component].safe_state_asked = Some(self.now);
        self.after(after, Event::SafeState { component, generation }, because);
    }

    /// A safety goal is in its safe state.
    pub(in super::super) fn safe_state(&mut self, component: usize, because: EntryId) {
        let setting = Setting::Component(component as u32, "safety");
        let thing = Thing::Component(component as u32);
        self.note_by(Actor::SafetyMonitor, thing, What::SafeState, because, setting);
        let asked = self.components[component].safe_state_asked.unwrap_or(self.now);
        self.components[component].safe_state_at = Some(self.now - asked);
    }

    /// A machine boots: its partitions start with it.
    pub(in super::super) fn partition_boots(&mut self, partition: usize, because: EntryId) {
        self.partitions[partition].down = true;
        self.partition_starts(partition, 0, because);
    }

    /// A partition's system runs: its programs start.
    pub(in super::super) fn partition_up(&mut self, partition: usize, because: EntryId) {
        self.partitions[partition].down = false;
        let setting = Setting::Partition(partition as u32, "starts_in");
        let actor = Actor::Hypervisor;
        let entry = self.note_by(actor, Thing::Partition(partition as u32), What::PartitionRestarted, because, setting);
        for component in self.model.components.ids() {
            if self.spec(component).home != Home::Partition(partition) {
                continue;
            }
            for pod in self.components[component].pods.clone() {
                if self.pods[pod].stage != Stage::Gone {
                    self.member_boots(pod, entry);
                }
            }
        }
    }
}
