//! Replicated databases: who writes, whether enough copies take part, and what is lost.

use super::super::engine::{Event, FailoverStep};
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{Database, World};
use crate::design::model::component::Failover;

impl World<'_> {
    /// A member came or went.
    pub(in super::super) fn database_changed(&mut self, component: usize, member: Option<usize>, because: EntryId) {
        let Some(state) = self.components[component].database.clone() else { return };
        if let Some(member) = member {
            self.copy_changed(component, member, &state, because);
        }
        let primary_answers =
            state.primary.is_some_and(|primary| self.pods[primary].exists() && self.pods[primary].answers);
        if primary_answers {
            if state.committed && self.candidate(component).is_some() {
                // It comes back to find that another is to lead. Where no other has every acknowledged
                // write, none may: then it leads again.
                return;
            }
            if state.failing_over || state.waits_for_person {
                self.primary_back(component, because);
            }
            self.count_copies(component, because);
        } else if !state.failing_over && !state.waits_for_person {
            self.primary_lost(component, because);
        } else if state.failing_over && member.is_some_and(|member| self.pods[member].answers) {
            // Somebody who may be promoted has come back.
            self.look_for_candidate(component, because);
        }
        self.touch(component);
    }

    /// A copy that was away while writes went on has missed some; once back it catches up.
    fn copy_changed(&mut self, component: usize, member: usize, state: &Database, because: EntryId) {
        if state.primary == Some(member) {
            return;
        }
        let answers = self.pods[member].exists() && self.pods[member].answers;
        if !answers && state.writing {
            self.pods[member].in_sync = false;
        }
        if answers && !self.pods[member].in_sync {
            self.catch_up(component, member, because);
        }
    }

    fn catch_up(&mut self, component: usize, member: usize, because: EntryId) {
        let Some(spec) = self.spec(component).database else { return };
        let wait = self.phases.lapse(spec.catches_up_in);
        let generation = self.pods[member].generation;
        let step = FailoverStep::CaughtUp { member };
        self.after(wait, Event::Failover { database: component, step, generation }, because);
    }

    /// A member has caught up, if there is a primary that it could catch up with.
    pub(in super::super) fn caught_up(&mut self, component: usize, member: usize, because: EntryId) {
        let writing = self.components[component].database.as_ref().is_some_and(|state| state.writing);
        if !writing || !(self.pods[member].answers || self.refills(member)) {
            // Tried again once there is a primary.
            return;
        }
        if self.pods[member].empty {
            self.pods[member].empty = false;
            self.refresh(member, because);
        }
        self.pods[member].in_sync = true;
        self.count_copies(component, because);
        self.touch(component);
        if self.components[component].rolling && !self.in_cluster(component) {
            self.update_next_member(component, because);
        }
    }

    /// Whether enough copies take part for writes to be acknowledged.
    pub(in super::super) fn count_copies(&mut self, component: usize, because: EntryId) {
        let Some(spec) = self.spec(component).database else { return };
        let Some(state) = &self.components[component].database else { return };
        let primary = state.primary;
        let (had_enough, was_alone) = (state.enough, state.alone_since);
        let copies = self.components[component].pods.iter().copied();
        let copies = copies.filter(|pod| {
            Some(*pod) != primary && self.pods[*pod].exists() && self.pods[*pod].answers && self.pods[*pod].in_sync
        });
        let copies = copies.count() as u32;
        // Patroni waits for as many copies as there are, up to the number asked for: it lowers
        // `synchronous_node_count` when members leave. Others keep the number.
        let least = if spec.failover == Failover::Patroni { 1 } else { spec.copies };
        let short = spec.synchronous && copies < least;
        let enough = !(short && spec.strict);
        let alone = (spec.synchronous && !spec.strict && copies == 0).then_some(was_alone.unwrap_or(self.now));
        let thing = Thing::Component(component as u32);
        if had_enough && !enough {
            let setting = Setting::Component(component as u32, "replication.strict");
            let entry = self.note_by(Actor::Database, thing, What::WritesStop, because, setting);
            self.components[component].because = entry;
        }
        if was_alone.is_none() && alone.is_some() {
            let setting = Setting::Component(component as u32, "replication.strict");
            self.note_by(Actor::Database, thing, What::GoesAsynchronous, because, setting);
        }
        if let Some(state) = &mut self.components[component].database {
            state.enough = enough;
            state.alone_since = alone;
        }
        self.touch(component);
    }

    /// The primary of before answers again before anybody took its place.
    fn primary_back(&mut self, component: usize, because: EntryId) {
        let works = self.store_works(component);
        let Some(state) = &mut self.components[component].database else { return };
        state.failing_over = false;
        state.committed = false;
        state.waits_for_person = false;
        state.generation = state.generation.wrapping_add(1);
        state.writing = works;
        let (generation, away) = (state.generation, self.now.saturating_sub(state.lost_at));
        // Clients that had given it up must find it again, as they would a new one.
        let wait = self.finds_again(component, away);
        match (wait, &mut self.components[component].database) {
            (0, Some(state)) => state.followed = true,
            _ => {
                let step = FailoverStep::Followed;
                self.after(wait, Event::Failover { database: component, step, generation }, because);
            }
        }
        self.touch(component);
        self.all_catch_up(component, because);
        if !works {
            self.elector_changed(component, because);
        }
    }

    /// Members that answer and are behind catch up with the primary there is now.
    pub(in super::super) fn all_catch_up(&mut self, component: usize, because: EntryId) {
        let primary = self.components[component].database.as_ref().and_then(|state| state.primary);
        for member in self.components[component].pods.clone() {
            let may = self.pods[member].answers || self.refills(member);
            if Some(member) != primary && may && !self.pods[member].in_sync {
                self.catch_up(component, member, because);
            }
        }
    }

    /// Whether a member lost its data, and runs where it can take them anew.
    fn refills(&self, member: usize) -> bool {
        let pod = &self.pods[member];
        pod.empty && pod.exists() && pod.up && self.works(pod.machine)
    }

    /// What a promotion loses, worked out once it happens.
    pub(in super::super) fn promotion_loses(&mut self, component: usize, promoted: usize, because: EntryId) {
        let Some(spec) = self.spec(component).database else { return };
        let Some(state) = &self.components[component].database else { return };
        if state.primary == Some(promoted) {
            return;
        }
        let alone = state.lost_alone.map_or(0, |since| state.lost_at.saturating_sub(since));
        let lost = if spec.synchronous { alone } else { self.phases.lapse(spec.lag) };
        if lost > 0 {
            let setting = Setting::Component(component as u32, "replication.mode");
            let thing = Thing::Component(component as u32);
            self.note_by(Actor::Database, thing, What::DataLost(lost), because, setting);
            self.components[component].data_lost += super::super::engine::in_seconds(lost);
        }
    }
}
