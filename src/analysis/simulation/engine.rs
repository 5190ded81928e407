//! Virtual time and the queue of what is to come.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::trace::EntryId;

/// Microseconds of virtual time since the start. Integers, so that sums are exact and order is total.
pub(super) type Time = u64;

/// A time that does not come.
pub(super) const NEVER: Time = u64::MAX;

/// One second.
pub(super) const SECOND: Time = 1_000_000;

/// Seconds as virtual time. Negative or absurd numbers become the nearest time there is.
pub(super) fn micros(seconds: f64) -> Time {
    // A float casts to an integer with saturation, and what is not a number becomes 0.
    (seconds * 1e6).round() as Time
}

/// Virtual time in seconds; infinite where it does not come.
pub(super) fn in_seconds(time: Time) -> f64 {
    if time == NEVER { f64::INFINITY } else { time as f64 / 1e6 }
}

/// What is to be handled. Numbers are those of the model's and the world's tables; `gen` tells a
/// stale event from a live one, so that nothing is ever searched for in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// The plan's nth entry happens.
    Happen { nth: usize },
    /// The node controller has missed a node's lease for the whole grace period.
    NodeSilent { node: usize, generation: u32 },
    /// The node controller's next round after that taints the node.
    NodeTainted { node: usize, generation: u32 },
    /// A pod no longer tolerates its node.
    TolerationOver { pod: usize, generation: u32 },
    /// A machine has power again and its system has booted.
    Booted { machine: usize, generation: u32 },
    /// The hypervisor has declared a host dead and placed its virtual machines.
    Placed { machine: usize, generation: u32 },
    /// A node's agent reports again.
    NodeReports { node: usize, generation: u32 },
    /// Pod garbage collection may delete what stood on a node that no longer exists.
    Collect { node: usize, generation: u32 },
    /// A pod is to be scheduled.
    Schedule { pod: usize, generation: u32 },
    /// A pod's volume may be attached, or looked at again.
    Attach { pod: usize, generation: u32 },
    /// A pod's image is to be fetched, or fetched again.
    Pull { pod: usize, generation: u32 },
    /// A pod's image is there.
    Pulled { pod: usize, generation: u32 },
    /// A pod's container starts.
    Start { pod: usize, generation: u32 },
    /// An application answers for the first time since its start.
    Up { pod: usize, generation: u32 },
    /// A probe has counted enough.
    Probe { pod: usize, which: Which, generation: u32 },
    /// The kubelet has seen that a container ended.
    Seen { pod: usize, generation: u32 },
    /// The wait before SIGTERM is over.
    Terminate { pod: usize, generation: u32 },
    /// A process has ended after it was told to.
    Ended { pod: usize, generation: u32 },
    /// Proxies know the endpoints' change.
    Propagated { pod: usize, generation: u32 },
    /// A health check has counted enough.
    Checked { pod: usize, generation: u32 },
    /// A volume is detached by force.
    ForceDetach { volume: usize, generation: u32 },
    /// Memory has grown as far as it may.
    MemoryFull { pod: usize, generation: u32 },
    /// Memory pressure is no longer reported.
    PressureOver { node: usize, generation: u32 },
    /// The next round of evictions of a drain.
    Drain { node: usize, generation: u32 },
    /// A database's failover takes its next step.
    Failover { database: usize, step: FailoverStep, generation: u32 },
    /// A control plane acts again.
    ControlBack { cluster: usize, generation: u32 },
    /// A safety goal is in its safe state.
    SafeState { component: usize, generation: u32 },
    /// A partition's system runs again.
    PartitionUp { partition: usize, generation: u32 },
    /// A restore from backups is done.
    Restored { component: usize, generation: u32 },
}

/// Which of the three probes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Which {
    Startup,
    Readiness,
    Liveness,
}

/// What a failover does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FailoverStep {
    /// What watches has noticed, or the lock has run out.
    Noticed,
    /// A standby is the primary.
    Promoted,
    /// Clients write to it.
    Followed,
    /// The primary, which cannot keep its lock, stops writing.
    Demoted,
    /// A member has caught up and counts as a standby.
    CaughtUp { member: usize },
}

/// An event with its time, its place among those of the same time, and the entry that caused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) at: Time,
    seq: u64,
    pub(super) event: Event,
    pub(super) because: EntryId,
}

impl Ord for Due {
    // The heap gives its greatest first, so the earliest is made the greatest.
    fn cmp(&self, other: &Due) -> Ordering {
        (other.at, other.seq).cmp(&(self.at, self.seq))
    }
}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Due) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What is to come, in the order of time and, at one time, in the order it was asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    heap: BinaryHeap<Due>,
    seq: u64,
}

impl Queue {
    /// Asks for an event; one that never comes is not kept.
    pub(super) fn push(&mut self, at: Time, event: Event, because: EntryId) {
        if at == NEVER {
            return;
        }
        self.seq += 1;
        self.heap.push(Due { at, seq: self.seq, event, because });
    }

    pub(super) fn pop(&mut self) -> Option<Due> {
        self.heap.pop()
    }

    /// When the next event is.
    pub(super) fn next(&self) -> Time {
        self.heap.peek().map_or(NEVER, |due| due.at)
    }
}
