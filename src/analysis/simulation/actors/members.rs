//! Members outside Kubernetes: services on machines and in partitions.

use super::super::engine::{Event, SECOND};
use super::super::phases::{Lapse, beat};
use super::super::trace::EntryId;
use super::super::world::{Stage, World};
use crate::design::model::component::Restart;

/// How soon a service manager starts a process again (systemd.service, `RestartSec=` is 100 ms; most units set seconds).
const STARTS_AGAIN: Lapse = Lapse::between(SECOND / 10, 2 * SECOND);

impl World<'_> {
    /// A member's process has ended: whoever keeps it starts it again, or nobody does.
    pub(in super::super) fn member_ended(&mut self, pod: usize, because: EntryId) {
        let component = self.pods[pod].component;
        let spec = self.spec(component);
        let generation = self.pods[pod].generation;
        if spec.restart == Restart::Never {
            self.pods[pod].stage = Stage::Ended;
            return;
        }
        let wait = match spec.database {
            // Patroni looks once a loop and starts its Postgres again before it lets go of the lock.
            Some(database) => {
                let phase = self.components[component].database.as_ref().map_or(0, |state| state.loop_phase);
                beat(phase, database.loop_wait, self.now) - self.now
            }
            None => self.phases.lapse(STARTS_AGAIN),
        };
        self.after(wait, Event::Start { pod, generation }, because);
    }

    /// A machine has booted: its services start with it.
    pub(in super::super) fn member_boots(&mut self, pod: usize, because: EntryId) {
        if self.pods[pod].stage == Stage::Gone {
            return;
        }
        self.pods[pod].stage = Stage::Creating;
        self.pods[pod].generation = self.pods[pod].generation.wrapping_add(1);
        let generation = self.pods[pod].generation;
        self.at(self.now, Event::Start { pod, generation }, because);
    }

    /// Somebody stops a member cleanly: it ends, and is started again like one that ended by itself.
    pub(in super::super) fn stop_member(&mut self, pod: usize, because: EntryId) {
        if self.pods[pod].stage != Stage::Running {
            return;
        }
        self.pods[pod].restarting = true;
        self.pods[pod].deleted_at = self.now;
        self.tell_to_end(pod, because);
    }

    /// What a member's answering or not means beyond its own traffic.
    pub(in super::super) fn member_changed(&mut self, component: usize, pod: usize, because: EntryId) {
        if self.components[component].database.is_some() {
            self.database_changed(component, Some(pod), because);
        }
        if self.spec(component).kind == crate::design::model::component::ComponentKind::ConsensusStore {
            self.store_changed(component, because);
        }
    }
}
