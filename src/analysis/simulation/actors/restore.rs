//! Data that are wrong or gone, and backups that bring them back.

use super::super::engine::{Event, in_seconds};
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::World;

impl World<'_> {
    /// Data become wrong; replication copies the mistake at once.
    pub(in super::super) fn corrupt(&mut self, component: usize, because: EntryId) {
        self.components[component].corrupted = true;
        self.components[component].because = because;
        if self.spec(component).restores.takes.is_none() {
            self.components[component].gone_for_good = true;
        }
        self.touch(component);
    }

    /// Somebody starts to restore a component from its backups.
    pub(in super::super) fn restore(&mut self, component: usize, because: EntryId) {
        let restores = self.spec(component).restores;
        let Some(takes) = restores.takes else { return };
        self.components[component].restoring = true;
        self.components[component].generation = self.components[component].generation.wrapping_add(1);
        let generation = self.components[component].generation;
        let wait = self.phases.lapse(takes);
        self.after(wait, Event::Restored { component, generation }, because);
    }

    /// The data are right again, up to what the finest backup has.
    pub(in super::super) fn restored(&mut self, component: usize, because: EntryId) {
        let lacks = self.phases.lapse(self.spec(component).restores.lacks);
        let thing = Thing::Component(component as u32);
        let setting = Setting::Component(component as u32, "backups");
        let entry = self.note_by(Actor::Person, thing, What::Restored, because, setting);
        if lacks > 0 {
            self.note_by(Actor::Database, thing, What::DataLost(lacks), entry, setting);
        }
        self.components[component].data_lost += in_seconds(lacks);
        self.components[component].corrupted = false;
        self.components[component].restoring = false;
        self.components[component].gone_for_good = false;
        self.components[component].because = entry;
        self.repaired_at = Some(self.now);
        for volume in self.volumes.ids() {
            if self.volumes[volume].component == component {
                self.volumes[volume].lost = false;
            }
        }
        for pod in self.components[component].pods.clone() {
            if self.pods[pod].empty {
                self.pods[pod].empty = false;
                self.refresh(pod, entry);
            }
        }
        self.touch(component);
    }

    /// The data of one pod or member are gone. A copy takes them anew from its primary; the only one
    /// has them nowhere else.
    pub(in super::super) fn volume_lost(&mut self, pod: usize, because: EntryId) {
        let component = self.pods[pod].component;
        if let Some(volume) = self.pods[pod].volume {
            self.volumes[volume].lost = true;
        }
        self.pods[pod].empty = true;
        self.pods[pod].in_sync = false;
        self.pods[pod].because = because;
        let others = self.components[component].pods.iter().copied();
        let others = others.filter(|other| *other != pod && self.pods[*other].exists() && !self.pods[*other].empty);
        let copies = self.components[component].database.is_some();
        if others.count() == 0 || !copies {
            let has_backup = self.spec(component).restores.takes.is_some();
            self.components[component].gone_for_good |= !has_backup;
            if !has_backup {
                self.components[component].data_lost = f64::INFINITY;
            }
        }
        self.refresh(pod, because);
        if copies {
            // It is filled again by streaming from the primary: the same as catching up, from nothing.
            self.all_catch_up(component, because);
        }
    }
}
