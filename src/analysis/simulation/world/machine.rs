//! Machines, clusters and partitions as they are now.

use super::super::engine::Time;
use super::super::trace::{EntryId, NO_ENTRY};
use crate::analysis::capacity::Amount;

/// A machine, and what Kubernetes believes of it where it is a node.
#[derive(Debug, Clone)]
pub(in super::super) struct Machine {
    /// It has power and its system runs.
    pub(in super::super) up: bool,
    /// It was cut off by name.
    pub(in super::super) cut: bool,
    /// It can be reached from where users and the control plane are.
    pub(in super::super) reachable: bool,
    /// The host it stands on now.
    pub(in super::super) below: Option<usize>,
    /// Stale boots and placements carry an older number.
    pub(in super::super) generation: u32,
    /// The Node object exists.
    pub(in super::super) exists: bool,
    /// Ready is not Unknown.
    pub(in super::super) ready: bool,
    pub(in super::super) tainted: bool,
    pub(in super::super) tainted_at: Time,
    pub(in super::super) cordoned: bool,
    pub(in super::super) out_of_service: bool,
    pub(in super::super) pressure: bool,
    pub(in super::super) draining: bool,
    /// Its agent's lease beats at this phase.
    pub(in super::super) lease_phase: Time,
    /// Stale silences carry an older number.
    pub(in super::super) silence: u32,
    /// What its pods request.
    pub(in super::super) requested: Amount,
    pub(in super::super) pods: u32,
    /// When its image puller is free again, where images are pulled one after the other.
    pub(in super::super) puller_free: Time,
    /// Components whose image is there, with its version.
    pub(in super::super) images: Vec<(usize, u32)>,
    pub(in super::super) because: EntryId,
}

impl Default for Machine {
    fn default() -> Machine {
        Machine {
            up: true,
            cut: false,
            reachable: true,
            below: None,
            generation: 0,
            exists: true,
            ready: true,
            tainted: false,
            tainted_at: 0,
            cordoned: false,
            out_of_service: false,
            pressure: false,
            draining: false,
            lease_phase: 0,
            silence: 0,
            requested: Amount::default(),
            pods: 0,
            puller_free: 0,
            images: Vec::new(),
            because: NO_ENTRY,
        }
    }
}

/// A cluster's controllers.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Cluster {
    /// The API answers and controllers act.
    pub(in super::super) acts: bool,
    /// Somebody lost it as a whole.
    pub(in super::super) lost: bool,
    pub(in super::super) generation: u32,
    /// Which member holds the controllers' lease.
    pub(in super::super) leader: usize,
    pub(in super::super) monitor_phase: Time,
    pub(in super::super) gc_phase: Time,
    /// When the next node of each zone may be tainted.
    pub(in super::super) taint_free: Vec<(Option<usize>, Time)>,
    /// Pods that wait for a node.
    pub(in super::super) pending: Vec<usize>,
    pub(in super::super) because: EntryId,
}

/// A partition of a SoC.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Partition {
    pub(in super::super) down: bool,
    pub(in super::super) generation: u32,
}
