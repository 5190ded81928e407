//! Pods, members and volumes as they are now.

use super::super::engine::{NEVER, Time};
use super::super::trace::{EntryId, NO_ENTRY};
use super::NOWHERE;

/// How far a pod has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in super::super) enum Stage {
    /// It does not exist.
    #[default]
    Gone,
    /// It has no node.
    Pending,
    /// It has a node, and waits for its volume, its image or its container.
    Creating,
    /// Its container runs.
    Running,
    /// Its container ended and will be started again.
    Waiting,
    /// Its container ended for good: evicted, or a member that nobody starts again.
    Ended,
}

/// A pod, or a member outside Kubernetes.
#[derive(Debug, Clone)]
pub(in super::super) struct Pod {
    pub(in super::super) component: usize,
    /// The number in its name.
    pub(in super::super) serial: u32,
    /// The version it is of.
    pub(in super::super) version: u32,
    pub(in super::super) machine: usize,
    /// The only node it may go to: a DaemonSet's pod is made for one.
    pub(in super::super) made_for: usize,
    pub(in super::super) stage: Stage,
    /// It has a deletion timestamp.
    pub(in super::super) terminating: bool,
    /// Its process was told to end and takes nothing more.
    pub(in super::super) told: bool,
    /// Its process has been asked to end so that the container starts again, not the pod deleted.
    pub(in super::super) restarting: bool,
    /// Its application has started.
    pub(in super::super) up: bool,
    pub(in super::super) hung: bool,
    /// Its application waits for something it needs to start.
    pub(in super::super) blocked: bool,
    /// Its data are gone.
    pub(in super::super) empty: bool,
    /// Its process would answer somebody on the same machine.
    pub(in super::super) responds: bool,
    /// Its process answers its callers.
    pub(in super::super) answers: bool,
    /// More arrives than it can carry.
    pub(in super::super) overloaded: bool,
    pub(in super::super) started_at: Time,
    pub(in super::super) up_at: Time,
    pub(in super::super) restarts: u32,
    pub(in super::super) back_off: Time,
    pub(in super::super) back_off_set: Time,
    /// The startup probe has passed, or there is none.
    pub(in super::super) started: bool,
    /// Kubernetes' Ready condition.
    pub(in super::super) ready: bool,
    pub(in super::super) probe_phase: [Time; 3],
    pub(in super::super) probe_generation: [u32; 3],
    /// Endpoints should lead to it; they do.
    pub(in super::super) wanted_in: bool,
    pub(in super::super) routed: bool,
    pub(in super::super) endpoint_generation: u32,
    /// Senders that check find it well.
    pub(in super::super) checked: bool,
    pub(in super::super) check_phase: Time,
    pub(in super::super) check_generation: u32,
    pub(in super::super) generation: u32,
    pub(in super::super) stop_generation: u32,
    pub(in super::super) leak: Option<Leak>,
    pub(in super::super) memory_generation: u32,
    pub(in super::super) noisy: bool,
    /// The share of the processor time that it needs and gets.
    pub(in super::super) processor: f64,
    pub(in super::super) attempts: u32,
    pub(in super::super) pulls: u32,
    /// Schedule no earlier than this.
    pub(in super::super) schedule_after: Time,
    pub(in super::super) unfit_said: bool,
    pub(in super::super) volume: Option<usize>,
    /// Its copies are as new as the primary's.
    pub(in super::super) in_sync: bool,
    /// When its deletion was asked for, and how long it may take.
    pub(in super::super) deleted_at: Time,
    pub(in super::super) because: EntryId,
}

impl Default for Pod {
    fn default() -> Pod {
        Pod {
            component: 0,
            serial: 0,
            version: 0,
            machine: NOWHERE,
            made_for: NOWHERE,
            stage: Stage::Gone,
            terminating: false,
            told: false,
            restarting: false,
            up: false,
            hung: false,
            blocked: false,
            empty: false,
            responds: false,
            answers: false,
            overloaded: false,
            started_at: 0,
            up_at: 0,
            restarts: 0,
            back_off: 0,
            back_off_set: 0,
            started: false,
            ready: false,
            probe_phase: [0; 3],
            probe_generation: [0; 3],
            wanted_in: false,
            routed: false,
            endpoint_generation: 0,
            checked: true,
            check_phase: 0,
            check_generation: 0,
            generation: 0,
            stop_generation: 0,
            leak: None,
            memory_generation: 0,
            noisy: false,
            processor: 1.0,
            attempts: 0,
            pulls: 0,
            schedule_after: 0,
            unfit_said: false,
            volume: None,
            in_sync: true,
            deleted_at: NEVER,
            because: NO_ENTRY,
        }
    }
}

impl Pod {
    pub(in super::super) fn exists(&self) -> bool {
        self.stage != Stage::Gone
    }
}

/// Memory that grows.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Leak {
    /// Bytes a microsecond.
    pub(in super::super) rate: f64,
    /// Since when the process has been growing.
    pub(in super::super) since: Time,
}

/// A volume of one pod.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Volume {
    pub(in super::super) component: usize,
    pub(in super::super) serial: u32,
    /// The machine that decides its zone or, for a local one, where it is.
    pub(in super::super) home: usize,
    pub(in super::super) attached_to: Option<usize>,
    pub(in super::super) generation: u32,
    /// When it is going to be detached by force.
    pub(in super::super) detaching: bool,
    pub(in super::super) lost: bool,
}
