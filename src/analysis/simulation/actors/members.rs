//! Members outside Kubernetes: services on machines and in partitions.

use super::super::engine::{Event, SECOND};
use super::super::model::Home;
use super::super::phases::{Lapse, beat};
use super::super::trace::EntryId;
use super::super::world::{Stage, World};
use crate::design::model::component::Restart;

/// How soon a service manager starts a process again (systemd.service, `RestartSec=` is 100 ms; most units set seconds).
const STARTS_AGAIN: Lapse = Lapse::between(SECOND / 10, 2 * SECOND);
/// The same in a vehicle's partition, whose manager waits for no disk and no network: at once, at most
/// the default of systemd.service.
const STARTS_AGAIN_IN_PARTITION: Lapse = Lapse::between(0, SECOND / 10);

impl World<'_> {
    /// A member's process has ended: whoever keeps it starts it again, or nobody does.
    pub(in super::super) fn member_ended(&mut self, pod: usize, because: EntryId) {
        let component = self.pods[pod].component;
        let spec = self.spec(component);
        let generation = self.pods[pod].generation;
        let version = self.components[component].version;
        if self.components[component].rolling && self.pods[pod].version != version {
            // Whoever puts a new version there starts it, whether or not a manager would.
            self.pods[pod].version = version;
        } else if spec.restart == Restart::Never {
            self.pods[pod].stage = Stage::Ended;
            return;
        }
        let wait = match spec.database {
            // Patroni looks once a loop and starts its Postgres again before it lets go of the lock.
            Some(database) => {
                let phase = self.components[component].database.as_ref().map_or(0, |state| state.loop_phase);
                beat(phase, database.loop_wait, self.now) - self.now
            }
            None if matches!(spec.home, Home::Partition(..)) => self.phases.lapse(STARTS_AGAIN_IN_PARTITION),
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

    /// Outside Kubernetes a new version goes to one member after the other, a database's primary last:
    /// the next one is stopped once the one before answers again and, of a database, has caught up.
    pub(in super::super) fn update_next_member(&mut self, component: usize, because: EntryId) {
        let version = self.components[component].version;
        let primary = self.components[component].database.as_ref().and_then(|database| database.primary);
        let members = self.components[component].pods.clone();
        let replicates = self.components[component].database.is_some();
        let waits = |pod: &usize| {
            let state = &self.pods[*pod];
            let whole = !replicates || state.in_sync || Some(*pod) == primary;
            state.version == version && !(state.answers && whole)
        };
        if members.iter().any(|pod| waits(pod) && self.pods[*pod].stage != Stage::Ended) {
            return;
        }
        let old = members.iter().copied().filter(|pod| self.pods[*pod].version != version);
        match old.min_by_key(|pod| (Some(*pod) == primary, *pod)) {
            Some(pod) if self.pods[pod].stage == Stage::Running => self.stop_member(pod, because),
            Some(pod) => {
                // What does not run gets the new version, and is started by whoever brings it back.
                self.pods[pod].version = version;
                self.update_next_member(component, because);
            }
            None => self.rolled_out(component, because),
        }
    }

    /// What a member's answering or not means beyond its own traffic.
    pub(in super::super) fn member_changed(&mut self, component: usize, pod: usize, because: EntryId) {
        if self.components[component].database.is_some() {
            self.database_changed(component, Some(pod), because);
        }
        if self.spec(component).kind == crate::design::model::component::ComponentKind::ConsensusStore {
            self.store_changed(component, because);
        }
        if self.components[component].rolling && self.pods[pod].answers && !self.in_cluster(component) {
            self.update_next_member(component, because);
        }
    }
}
