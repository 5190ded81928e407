//! Room: what machines can give, what pods ask for, and what is left after a loss.
//!
//! - [`demand`] is what one pod of a component asks for, and its class of service.
//! - [`clusters`] is each cluster node by node: what it can give, what stands on it.
//! - [`quotas`] and [`partitions`] are the same for namespaces and for the partitions of a SoC.
//! - [`pack`] says what finds no node at all; [`lose_a_node`], [`lose_a_zone`] and [`lose_a_site`]
//!   say what finds none after the worst such loss; [`headroom`] is the same in sums.

//! - [`traffic`] is the load that is still served after the same losses.
//!
//! Everything starts from the placement of [`View`](super::View), so that a table, a chart and a
//! rule never disagree about where a pod stands.

mod demand;
mod fit;
mod room;
mod spread;
mod traffic;

pub use demand::{Demand, Qos, QuotaUse, demand, quotas};
pub use fit::{Fallout, Headroom, Stranded, Why, headroom, lose_a_node, lose_a_site, lose_a_zone, pack};
pub use room::{ClusterRoom, NodeRoom, PartitionRoom, clusters, partitions};
pub(in crate::analysis) use room::{rooms, sizes};
pub use traffic::{Traffic, traffic};

use crate::said;
use crate::source::Said;

/// Processor time and memory together, in cores and bytes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amount {
    /// Cores.
    pub cpu: f64,
    /// Bytes.
    pub memory: f64,
}

impl Amount {
    /// Both sums.
    pub fn plus(self, other: Amount) -> Amount {
        Amount { cpu: self.cpu + other.cpu, memory: self.memory + other.memory }
    }

    /// Both differences.
    pub fn minus(self, other: Amount) -> Amount {
        Amount { cpu: self.cpu - other.cpu, memory: self.memory - other.memory }
    }

    /// Whether another amount is as large in both. A thousandth of a core or a byte is forgiven:
    /// sums of decimal fractions are not exact, and Kubernetes counts in these units.
    pub fn fits_in(self, room: Amount) -> bool {
        self.cpu <= room.cpu + 0.000_5 && self.memory <= room.memory + 1.0
    }
}

/// What is lost at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loss {
    /// Nothing.
    Nothing,
    /// One machine, by name.
    Node(String),
    /// One zone, by name.
    Zone(String),
    /// One site, by name.
    Site(String),
}

impl Loss {
    /// In words: "without `workers-1`".
    pub fn said(&self) -> Said {
        match self {
            Loss::Nothing => said!("with every node", "avec tous les nœuds"),
            Loss::Node(name) => said!("without node `{name}`", "sans le nœud `{name}`"),
            Loss::Zone(name) => said!("without zone `{name}`", "sans la zone `{name}`"),
            Loss::Site(name) => said!("without site `{name}`", "sans le site `{name}`"),
        }
    }
}

#[cfg(test)]
mod tests;
