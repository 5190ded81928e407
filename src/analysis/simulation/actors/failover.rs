//! From a primary that is gone to the next: Patroni, CloudNativePG, the provider, the members
//! themselves, or a person.

use super::super::engine::{Event, FailoverStep, SECOND, Time};
use super::super::phases::{Lapse, beat, beat_before};
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{NOWHERE, World};
use crate::design::model::component::Failover;

/// How soon the other members hear of a lock that was given back or ran out (a watch on the store, or its expiry round).
const HEARS: Lapse = Lapse::between(0, SECOND);
/// How long a database takes to shut down where it does not say: it writes a checkpoint first.
const SHUTS_DOWN: Lapse = Lapse::between(SECOND / 2, 5 * SECOND);
/// How many failed checks in a row a proxy needs before it gives a server up (HAProxy, `fall 3`).
const PROXY_FALLS: u64 = 3;
/// How long Patroni keeps trying its own Postgres before it lets another member lead (`primary_start_timeout`).
const START_TIMEOUT: Time = 300 * SECOND;
/// What asking a member that does not answer costs before a vote (Patroni REST API, 2 s a request).
const DEAD_MEMBER: Time = 2 * SECOND;
/// CloudNativePG's operator notices a Pod's change by a watch and asks every instance's status.
const OPERATOR_NOTICES: Lapse = Lapse::between(SECOND / 10, 2 * SECOND);

/// How a primary was lost, as its watchers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LostHow {
    /// Its machine is gone or cut off: nobody says anything.
    Silent,
    /// Its process ended while what manages it lives.
    Crashed,
    /// It was told to end and said so.
    Stopped,
    /// Its data are gone: what manages it sees that it cannot start.
    Emptied,
}

impl World<'_> {
    /// The primary no longer answers: whoever replaces it starts to count.
    pub(in super::super) fn primary_lost(&mut self, component: usize, because: EntryId) {
        let Some(spec) = self.spec(component).database else { return };
        let now = self.now;
        let Some(state) = &mut self.components[component].database else { return };
        let primary = state.primary;
        state.failing_over = true;
        state.writing = false;
        state.followed = false;
        state.lost_at = now;
        state.lost_alone = state.alone_since.take();
        state.generation = state.generation.wrapping_add(1);
        let (generation, phase) = (state.generation, state.loop_phase);
        let how = primary.map_or(LostHow::Silent, |primary| self.lost_how(primary));
        let thing = Thing::Component(component as u32);
        let ttl = Setting::Component(component as u32, "replication.ttl");
        let renewed = beat_before(phase, spec.loop_wait, now);
        let expires = renewed.saturating_add(spec.ttl);
        let hears = self.phases.lapse(HEARS);
        let noticed = |at: Time| (at, Event::Failover { database: component, step: FailoverStep::Noticed, generation });
        let (at, event) = match (spec.failover, how) {
            (Failover::Manual, _) => {
                if let Some(state) = &mut self.components[component].database {
                    state.failing_over = false;
                    state.waits_for_person = true;
                }
                let setting = Setting::Component(component as u32, "replication.failover");
                let entry = self.note_by(Actor::Database, thing, What::WaitsForPerson, because, setting);
                self.components[component].because = entry;
                return;
            }
            (Failover::Patroni | Failover::Cloudnativepg, LostHow::Stopped) => {
                self.note_by(self.elector(component), thing, What::LockReleased, because, ttl);
                if let Some(state) = &mut self.components[component].database {
                    // Who gave the lock back comes back as a standby.
                    state.committed = true;
                }
                // The lock is given back once the database has shut down, its last checkpoint written.
                let stops = match self.spec(component).drains_in {
                    Some(drains) => drains,
                    None => self.phases.lapse(SHUTS_DOWN),
                };
                noticed(now.saturating_add(stops).saturating_add(hears))
            }
            (Failover::Patroni | Failover::Cloudnativepg, LostHow::Emptied) => {
                noticed(beat(phase, spec.loop_wait, now).saturating_add(hears))
            }
            (Failover::Patroni, LostHow::Silent) => noticed(expires.saturating_add(hears)),
            (Failover::Patroni, LostHow::Crashed) => noticed(now.saturating_add(START_TIMEOUT)),
            // Its operator must see the Pod not ready, and the lease must have run out.
            (Failover::Cloudnativepg, LostHow::Crashed) => {
                let seen = now.saturating_add(self.phases.lapse(OPERATOR_NOTICES));
                noticed(expires.max(seen))
            }
            (Failover::Cloudnativepg, LostHow::Silent) => {
                // A node that is silent is seen by its NotReady: `pod_seen_down` goes on from there.
                let down = primary.is_some_and(|primary| self.seen_down(primary));
                if !down {
                    return;
                }
                noticed(expires.max(now))
            }
            (Failover::Managed, _) => {
                let wait = self.phases.lapse(spec.managed_in);
                (
                    now.saturating_add(wait),
                    Event::Failover { database: component, step: FailoverStep::Promoted, generation },
                )
            }
            // A machine that is silent leaves a question unanswered, the next to be asked; a process that
            // ends closes its connection, and is counted from its last answer (Redis, `sentinelCheckSubjectivelyDown`).
            (Failover::BuiltIn, LostHow::Silent) => noticed(beat(phase, spec.loop_wait, now).saturating_add(spec.ttl)),
            (Failover::BuiltIn, _) => noticed(expires),
        };
        self.queue.push(at, event, because);
    }

    fn lost_how(&self, primary: usize) -> LostHow {
        let pod = &self.pods[primary];
        let machine_works = pod.machine != NOWHERE && self.works(pod.machine);
        if pod.empty && machine_works {
            LostHow::Emptied
        } else if !machine_works || pod.hung {
            LostHow::Silent
        } else if pod.told || pod.terminating || pod.restarting {
            LostHow::Stopped
        } else {
            LostHow::Crashed
        }
    }

    fn elector(&self, component: usize) -> Actor {
        match self.spec(component).database.map(|database| database.failover) {
            Some(Failover::Patroni) => Actor::Patroni,
            Some(Failover::Cloudnativepg) => Actor::CloudNativePg,
            Some(Failover::Managed) => Actor::Provider,
            Some(Failover::Manual) => Actor::Person,
            _ => Actor::Database,
        }
    }

    /// Whether Kubernetes knows that a pod does not work.
    fn seen_down(&self, pod: usize) -> bool {
        let state = &self.pods[pod];
        !state.exists() || !state.ready || state.machine == NOWHERE || !self.machines[state.machine].ready
    }

    /// A Ready condition changed: an operator that follows it may have to act.
    pub(in super::super) fn pod_seen_down(&mut self, pod: usize, because: EntryId) {
        let component = self.pods[pod].component;
        let Some(spec) = self.spec(component).database else { return };
        let Some(state) = &self.components[component].database else { return };
        let waits = spec.failover == Failover::Cloudnativepg && state.failing_over && state.primary == Some(pod);
        if !waits || !self.seen_down(pod) {
            return;
        }
        let generation = state.generation;
        let expires = beat_before(state.loop_phase, spec.loop_wait, state.lost_at).saturating_add(spec.ttl);
        if let Some(state) = &mut self.components[component].database {
            state.committed = true;
        }
        let seen = self.now.saturating_add(self.phases.lapse(OPERATOR_NOTICES));
        let event = Event::Failover { database: component, step: FailoverStep::Noticed, generation };
        self.at(expires.max(seen), event, because);
    }

    /// A step of a failover. `generation` is the database's, a member's own for catching up.
    pub(in super::super) fn failover_step(
        &mut self,
        component: usize,
        step: FailoverStep,
        generation: u32,
        because: EntryId,
    ) {
        if let FailoverStep::CaughtUp { member } = step {
            if self.pods[member].generation == generation && self.pods[member].exists() {
                self.caught_up(component, member, because);
            }
            return;
        }
        let current = self.components[component].database.as_ref().map(|state| state.generation);
        if current != Some(generation) {
            return;
        }
        match step {
            FailoverStep::Noticed => self.noticed(component, because),
            FailoverStep::Promoted => self.promoted(component, because),
            FailoverStep::Followed => self.followed(component, because),
            FailoverStep::Demoted => self.demoted(component, because),
            FailoverStep::CaughtUp { .. } => {}
        }
    }

    /// The lock has run out, or the primary has been silent for long enough.
    fn noticed(&mut self, component: usize, because: EntryId) {
        let Some(spec) = self.spec(component).database else { return };
        let actor = self.elector(component);
        let what = if spec.failover == Failover::Patroni { What::LockExpired } else { What::PrimaryMissed };
        let setting = Setting::Component(component as u32, "replication.ttl");
        let entry = self.note_by(actor, Thing::Component(component as u32), what, because, setting);
        self.components[component].because = entry;
        self.look_for_candidate(component, entry);
    }

    /// A standby that may lead is looked for; where there is none, whoever comes back is looked at.
    pub(in super::super) fn look_for_candidate(&mut self, component: usize, because: EntryId) {
        let Some(spec) = self.spec(component).database else { return };
        if !self.store_works(component) || self.candidate(component).is_none() {
            return;
        }
        let Some(state) = &mut self.components[component].database else { return };
        state.generation = state.generation.wrapping_add(1);
        let (generation, primary) = (state.generation, state.primary);
        let silent = primary.is_some_and(|primary| !self.works(self.pods[primary].machine));
        let asks = if silent && spec.failover != Failover::BuiltIn { DEAD_MEMBER } else { 0 };
        let wait = self.phases.lapse(spec.promotes_in).saturating_add(asks);
        self.after(wait, Event::Failover { database: component, step: FailoverStep::Promoted, generation }, because);
    }

    /// The member that leads next: the primary of before if it answers, else a copy that has every
    /// acknowledged write; without synchronous copies, any.
    pub(in super::super) fn candidate(&self, component: usize) -> Option<usize> {
        let spec = self.spec(component).database?;
        let state = self.components[component].database.as_ref()?;
        let answers = |pod: &usize| self.pods[*pod].exists() && self.pods[*pod].answers;
        if let Some(primary) = state.primary.filter(answers).filter(|_| !state.committed) {
            return Some(primary);
        }
        let old = state.primary.filter(|_| state.committed);
        let pods = self.components[component].pods.iter().copied().filter(answers).filter(|pod| Some(*pod) != old);
        let mut fit = pods.filter(|pod| self.pods[*pod].in_sync || !spec.synchronous);
        fit.next()
    }

    /// A standby is the primary.
    fn promoted(&mut self, component: usize, because: EntryId) {
        let Some(spec) = self.spec(component).database else { return };
        if self.components[component].pods.is_empty() {
            // A managed database's members are its provider's own.
            self.managed_promoted(component, because);
            return;
        }
        let Some(next) = self.candidate(component) else {
            // Whoever was to lead has gone meanwhile: the next that comes back is looked at.
            return;
        };
        let actor = self.elector(component);
        let thing = self.thing(next);
        let setting = Setting::Component(component as u32, "replication.failover");
        let entry = self.note_by(actor, thing, What::Promoted, because, setting);
        self.promotion_loses(component, next, entry);
        let wait = self.phases.lapse(spec.follows_in);
        let Some(state) = &mut self.components[component].database else { return };
        let old = state.primary.filter(|old| *old != next);
        state.primary = Some(next);
        state.failing_over = false;
        state.committed = false;
        state.writing = true;
        state.demoting = false;
        state.generation = state.generation.wrapping_add(1);
        let generation = state.generation;
        self.components[component].because = entry;
        self.pods[next].in_sync = true;
        if let Some(old) = old {
            // What it wrote and nobody has must be taken back before it follows.
            self.pods[old].in_sync = false;
        }
        self.all_catch_up(component, entry);
        self.count_copies(component, entry);
        self.after(wait, Event::Failover { database: component, step: FailoverStep::Followed, generation }, entry);
    }

    fn managed_promoted(&mut self, component: usize, because: EntryId) {
        let setting = Setting::Component(component as u32, "replication.failover");
        let entry = self.note_by(Actor::Provider, Thing::Component(component as u32), What::Promoted, because, setting);
        if let Some(state) = &mut self.components[component].database {
            state.failing_over = false;
            state.writing = true;
            state.followed = true;
            state.generation = state.generation.wrapping_add(1);
        }
        self.components[component].lost = false;
        self.components[component].because = entry;
        self.touch(component);
    }

    fn followed(&mut self, component: usize, because: EntryId) {
        let setting = Setting::Component(component as u32, "replication.clients_follow");
        let thing = Thing::Component(component as u32);
        let entry = self.note_by(Actor::Users, thing, What::ClientsFollow, because, setting);
        if let Some(state) = &mut self.components[component].database {
            state.followed = true;
        }
        self.components[component].because = entry;
        self.touch(component);
    }

    /// How long clients take to find the primary of before again: nothing, unless something between had given it up.
    pub(in super::super) fn finds_again(&mut self, component: usize, away: Time) -> Time {
        let Some(spec) = self.spec(component).database else { return 0 };
        let falls = spec.follows_in.least.saturating_mul(PROXY_FALLS);
        if spec.proxied && away > falls { self.phases.lapse(spec.follows_in) } else { 0 }
    }

    /// The store that elects the primary came or went. Without it the primary cannot renew its lock:
    /// it asks again for a while and then stops writing (Patroni documentation, DCS Failsafe Mode).
    pub(in super::super) fn elector_changed(&mut self, component: usize, because: EntryId) {
        let Some(spec) = self.spec(component).database else { return };
        let works = self.store_works(component);
        let now = self.now;
        let Some(state) = &mut self.components[component].database else { return };
        let phase = state.loop_phase;
        if !works {
            if !state.writing || spec.failsafe {
                return;
            }
            state.generation = state.generation.wrapping_add(1);
            state.demoting = true;
            let generation = state.generation;
            let at = beat(phase, spec.loop_wait, now).saturating_add(spec.retry_timeout);
            self.at(at, Event::Failover { database: component, step: FailoverStep::Demoted, generation }, because);
            return;
        }
        if state.writing {
            // It was quick enough: the lock is renewed.
            state.demoting = false;
            state.generation = state.generation.wrapping_add(1);
            return;
        }
        state.failing_over = true;
        state.generation = state.generation.wrapping_add(1);
        let generation = state.generation;
        let at = beat(phase, spec.loop_wait, now);
        self.at(at, Event::Failover { database: component, step: FailoverStep::Noticed, generation }, because);
    }

    fn demoted(&mut self, component: usize, because: EntryId) {
        let actor = self.elector(component);
        let setting = Setting::Component(component as u32, "replication.store");
        let entry = self.note_by(actor, Thing::Component(component as u32), What::Demoted, because, setting);
        let now = self.now;
        if let Some(state) = &mut self.components[component].database {
            state.writing = false;
            state.demoting = false;
            state.followed = false;
            state.failing_over = true;
            state.lost_at = now;
            state.lost_alone = None;
        }
        self.components[component].because = entry;
        self.touch(component);
    }

    /// A managed database loses the host of its primary.
    pub(in super::super) fn managed_lost(&mut self, component: usize, because: EntryId) {
        let now = self.now;
        if let Some(state) = &mut self.components[component].database {
            state.writing = true;
            state.lost_at = now;
        }
        self.primary_lost(component, because);
    }
}
