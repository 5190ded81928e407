//! When each thing happens, over several runs: what a prediction and an observation are held against.

use super::engine::{Time, in_seconds};
use super::outcome::Spread;
use super::publish::object;
use super::trace::{Thing, Trace, What};
use super::world::World;
use crate::analysis::view::View;

/// The most runs whose traces are kept: enough for a twentieth on either side, and for a least and a most.
pub(super) const MOST_RUNS: u32 = 400;
/// The most times that one thing is followed in a run: replicas of a rolling update, restarts of a container.
const MOST_TIMES: usize = 8;

/// Something that happens, with when it does over several runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// What it happens to: `node/workers-1`; pods and members, which stand in for each other, as
    /// `component/quote-app`.
    pub object: String,
    /// What happens; what it carries is left out.
    pub what: What,
    /// Which time it is in a run, counted from 0.
    pub nth: usize,
    /// When, in seconds from the first failure; `None` in runs in which it does not.
    pub at_s: Spread,
}

/// A thing that things happen to, pods of one component taken together; what happens; which time it is.
type Key = (Thing, What, usize);

/// What happens in one run, each with its time in seconds from the first failure.
pub(super) type Seen = Vec<(Key, f64)>;

/// What a trace has from the first failure on.
pub(super) fn seen(trace: &Trace, failed: Time) -> Seen {
    let mut counts: Vec<(Thing, What, usize)> = Vec::new();
    let mut seen: Seen = Vec::new();
    for raw in trace.entries.iter().filter(|raw| raw.at >= failed) {
        let (thing, what) = (together(raw.object), plain(raw.what));
        let nth = match counts.iter_mut().find(|(other, kind, _)| *other == thing && *kind == what) {
            Some((.., count)) => {
                *count += 1;
                *count
            }
            None => {
                counts.push((thing, what, 0));
                0
            }
        };
        if nth < MOST_TIMES {
            seen.push(((thing, what, nth), in_seconds(raw.at - failed)));
        }
    }
    seen
}

/// Every milestone, in the order of the run with fixed phases, which is the first; what only other
/// runs have comes last.
pub(super) fn milestones(view: &View<'_>, fixed: &World<'_>, runs: &[&Seen]) -> Vec<Milestone> {
    let mut found: Vec<(Key, Vec<f64>)> = Vec::new();
    for (run, seen) in runs.iter().enumerate() {
        for (key, at_s) in *seen {
            let at = found.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
                found.push((*key, Vec::new()));
                found.len() - 1
            });
            let times = &mut found[at].1;
            times.resize(run, f64::INFINITY);
            times.push(*at_s);
        }
    }
    let milestones = found.into_iter().map(|((thing, what, nth), mut times)| {
        times.resize(runs.len(), f64::INFINITY);
        let named = object(view, fixed, thing);
        let object = match (&named.component, thing) {
            (Some(component), Thing::Pod { .. } | Thing::Component(_)) => format!("component/{component}"),
            _ => named.label(),
        };
        Milestone { object, what, nth, at_s: Spread::of(&times) }
    });
    milestones.collect()
}

/// Pods and members stand in for each other.
fn together(thing: Thing) -> Thing {
    match thing {
        Thing::Pod { component, .. } => Thing::Component(component),
        other => other,
    }
}

/// The kind of what happened, without what it carries.
fn plain(what: What) -> What {
    match what {
        What::Pending(_) => What::Pending(super::trace::Unfit::default()),
        What::BackOff(_) => What::BackOff(0),
        What::DataLost(_) => What::DataLost(0),
        other => other,
    }
}
