//! When each thing happens, over several runs: what a prediction and an observation are held against.

use super::Options;
use super::engine::in_seconds;
use super::failure::{Plan, first};
use super::model::Model;
use super::outcome::Spread;
use super::phases::Phases;
use super::publish::object;
use super::run::run;
use super::trace::{Thing, Trace, What};
use super::world::World;
use crate::analysis::view::View;

/// The most runs whose traces are kept: enough for a twentieth on either side.
const MOST_RUNS: u32 = 200;
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

/// A thing that things happen to, pods of one component taken together.
type Key = (Thing, What, usize);

/// Every milestone, in the order of the run with fixed phases; what only other runs have comes last.
pub(super) fn milestones(
    view: &View<'_>,
    model: &Model,
    plan: &Plan,
    options: &Options,
    fixed: &World<'_>,
    below: f64,
) -> Vec<Milestone> {
    let failed = first(plan);
    let mut found: Vec<(Key, Vec<f64>)> = Vec::new();
    let mut add = |trace: &Trace, run: usize| {
        let mut counts: Vec<(Thing, What, usize)> = Vec::new();
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
            if nth >= MOST_TIMES {
                continue;
            }
            let at_s = in_seconds(raw.at - failed);
            match found.iter_mut().find(|(key, _)| *key == (thing, what, nth)) {
                Some((_, times)) => {
                    times.resize(run, f64::INFINITY);
                    times.push(at_s);
                }
                None => {
                    let mut times = vec![f64::INFINITY; run];
                    times.push(at_s);
                    found.push(((thing, what, nth), times));
                }
            }
        }
    };
    add(&fixed.trace, 0);
    let runs = options.runs.saturating_sub(1).min(MOST_RUNS);
    for number in 1..=runs {
        let ran = run(model, plan, Phases::drawn(options.seed, number, failed), true, below);
        add(&ran.world.trace, number as usize);
    }
    let milestones = found.into_iter().map(|((thing, what, nth), mut times)| {
        times.resize(runs as usize + 1, f64::INFINITY);
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
