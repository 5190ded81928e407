//! Components as their callers and controllers see them now.

use super::super::engine::Time;
use super::super::outcome::FailedBy;
use super::super::trace::{EntryId, NO_ENTRY};

/// What a component's callers see, and what its controller knows.
#[derive(Debug, Clone)]
pub(in super::super) struct Component {
    /// Its pods and members, by slot.
    pub(in super::super) pods: Vec<usize>,
    pub(in super::super) next_serial: u32,
    pub(in super::super) version: u32,
    pub(in super::super) rolling: bool,
    /// Its controller is at work, and something changed meanwhile.
    pub(in super::super) reconciling: bool,
    pub(in super::super) look_again: bool,
    /// Somebody lost it as a whole; it is nothing of ours, or its provider's.
    pub(in super::super) lost: bool,
    pub(in super::super) corrupted: bool,
    /// A restore is under way.
    pub(in super::super) restoring: bool,
    pub(in super::super) generation: u32,
    /// How long starts take from now on, where somebody slowed them.
    pub(in super::super) slowed: Option<Time>,
    /// Requests a second that arrive now.
    pub(in super::super) rate: f64,
    /// Of what arrives at it, the share that its own pods serve, and the rest by cause.
    pub(in super::super) own: f64,
    pub(in super::super) own_failed: FailedBy,
    pub(in super::super) dirty: bool,
    pub(in super::super) served: Served,
    pub(in super::super) failed: FailedBy,
    pub(in super::super) database: Option<Database>,
    pub(in super::super) quorum: bool,
    pub(in super::super) restarts: u32,
    pub(in super::super) data_lost: f64,
    pub(in super::super) gone_for_good: bool,
    pub(in super::super) safe_state_at: Option<Time>,
    pub(in super::super) safe_state_asked: Option<Time>,
    /// How many were able to serve before the first failure, and since when all are again.
    pub(in super::super) before: u32,
    pub(in super::super) able: u32,
    pub(in super::super) whole_since: Option<Time>,
    pub(in super::super) was_short: bool,
    pub(in super::super) budget_refused: bool,
    pub(in super::super) because: EntryId,
    pub(in super::super) series: Vec<Point>,
}

impl Default for Component {
    fn default() -> Component {
        Component {
            pods: Vec::new(),
            next_serial: 1,
            version: 0,
            rolling: false,
            reconciling: false,
            look_again: false,
            lost: false,
            corrupted: false,
            restoring: false,
            generation: 0,
            slowed: None,
            rate: 1.0,
            own: 1.0,
            own_failed: FailedBy::default(),
            dirty: false,
            served: Served::default(),
            failed: FailedBy::default(),
            database: None,
            quorum: true,
            restarts: 0,
            data_lost: 0.0,
            gone_for_good: false,
            safe_state_at: None,
            safe_state_asked: None,
            before: 0,
            able: 0,
            whole_since: None,
            was_short: false,
            budget_refused: false,
            because: NO_ENTRY,
            series: Vec::new(),
        }
    }
}

/// A point of a component's series.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Point {
    pub(in super::super) at: Time,
    pub(in super::super) ready: u32,
    pub(in super::super) capacity: f64,
    pub(in super::super) served: f64,
    pub(in super::super) failed: FailedBy,
}

/// What somebody saw so far, integrated up to the last change.
#[derive(Debug, Clone)]
pub(in super::super) struct Served {
    pub(in super::super) share: f64,
    /// The share before the first failure.
    pub(in super::super) before: f64,
    pub(in super::super) since: Time,
    pub(in super::super) outage: Time,
    pub(in super::super) degraded: Time,
    /// When the outage that lasts began, and the longest that ended.
    pub(in super::super) out_since: Option<Time>,
    pub(in super::super) longest: Time,
    pub(in super::super) failed: FailedBy,
    pub(in super::super) asked: f64,
    /// When it last came back to what it was.
    pub(in super::super) back_at: Time,
    pub(in super::super) series: Vec<(Time, f64)>,
}

impl Default for Served {
    fn default() -> Served {
        Served {
            share: 1.0,
            before: 1.0,
            since: 0,
            outage: 0,
            degraded: 0,
            out_since: None,
            longest: 0,
            failed: FailedBy::default(),
            asked: 0.0,
            back_at: 0,
            series: Vec::new(),
        }
    }
}

/// A replicated database.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Database {
    pub(in super::super) primary: Option<usize>,
    /// The primary holds its lock and may write.
    pub(in super::super) writing: bool,
    /// Enough copies take part.
    pub(in super::super) enough: bool,
    /// Clients write to it.
    pub(in super::super) followed: bool,
    /// Since when writes go on without a copy, where they should wait for one.
    pub(in super::super) alone_since: Option<Time>,
    pub(in super::super) failing_over: bool,
    /// Its operator has named another primary: the one of before may not come back as one.
    pub(in super::super) committed: bool,
    pub(in super::super) waits_for_person: bool,
    pub(in super::super) demoting: bool,
    pub(in super::super) generation: u32,
    pub(in super::super) loop_phase: Time,
    /// When the last primary was lost.
    pub(in super::super) lost_at: Time,
    pub(in super::super) lost_alone: Option<Time>,
}
