//! Work that people plan: a new version of everything that runs, and every node emptied in turn.

use super::failure::{Failure, Plan, of_failure};
use super::model::Model;
use super::outcome::{Outcome, Simulation};
use super::trace::What;
use super::{Options, runs, setup};
use crate::analysis::view::View;

/// How long planned work is followed, in seconds: a drain that a budget still blocks then needs somebody.
const FOLLOWED_S: f64 = 1800.0;

/// One piece of planned work, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What is done: `roll_out` of a component, `drain` of a node.
    pub work: Failure,
    /// What follows.
    pub simulation: Simulation,
    /// When it is done, in seconds from its start; `None` where it is not done in the time it is followed.
    pub done_s: Option<f64>,
    /// The component that suffers most: of a new version the component itself.
    pub suffers: Option<String>,
    /// The fewest of its pods or members that were able to serve, of how many are wanted.
    pub least: Option<(u32, u32)>,
    /// The requests to it that fail, as seconds in which all of them would.
    pub lost_s: f64,
    /// The pod whose eviction a disruption budget refused last, where the drain is not done.
    pub refused: Option<String>,
}

/// A new version of each component that something of ours runs, then every node of every cluster drained.
pub fn planned(view: &View<'_>, options: &Options) -> Vec<Planned> {
    let mut all: Vec<Planned> = Vec::new();
    let mut model: Option<Model> = None;
    for mut work in works(view) {
        work.until_s = FOLLOWED_S;
        let Ok(plan) = of_failure(view, &work) else { continue };
        // All of it starts at the same time, so that one model serves for all.
        let model = model.get_or_insert_with(|| setup::model(view, &plan));
        all.push(one(view, model, &plan, work, options));
    }
    all
}

fn works(view: &View<'_>) -> Vec<Failure> {
    let runs = |name: &String| view.instances.iter().any(|instance| instance.component == name);
    let versions = view.design.components.keys().filter(|name| runs(name));
    let versions = versions.map(|name| Failure::of("roll_out", format!("component/{name}")));
    let nodes = view.design.clusters.values().flat_map(|cluster| view.nodes(cluster));
    let drains = nodes.map(|node| Failure::of("drain", format!("node/{}", view.machines[node].name)));
    versions.chain(drains).collect()
}

fn one(view: &View<'_>, model: &Model, plan: &Plan, work: Failure, options: &Options) -> Planned {
    let simulation = runs::simulate_in(view, model, plan, None, options);
    let rolls = work.verb == "roll_out";
    let own = work.object.split_once('/').map_or("", |(_, name)| name);
    let done_s = if rolls { rolled_out(&simulation, own) } else { first(&simulation, What::Drained) };
    let lost = |outcome: &Outcome| {
        outcome.failed_requests.fixed.unwrap_or(1.0) * (simulation.until_s - simulation.failed_at_s)
    };
    let most = if rolls {
        simulation.component(own)
    } else {
        let mut most = None;
        for component in &simulation.components {
            let more = |other: f64| lost(&component.outcome) > other + 1e-9;
            if most.is_none_or(|other: &super::ComponentOutcome| more(lost(&other.outcome))) {
                most = Some(component);
            }
        }
        most.filter(|component| lost(&component.outcome) > 0.0)
    };
    let refused = simulation.trace.iter().rev().find(|entry| entry.what == What::EvictionRefused);
    Planned {
        done_s,
        suffers: most.map(|component| component.name.clone()),
        least: most.and_then(|component| {
            let from = simulation.failed_at_s;
            let after = component.series.iter().filter(|sample| sample.t_s >= from);
            after.min_by_key(|sample| sample.ready).map(|sample| (sample.ready, sample.wanted))
        }),
        lost_s: most.map_or(0.0, |component| lost(&component.outcome)),
        refused: refused.filter(|_| done_s.is_none()).map(|entry| entry.object.name.clone()),
        work,
        simulation,
    }
}

/// When something happens for the first time, in seconds from the start of the work.
fn first(simulation: &Simulation, what: What) -> Option<f64> {
    let entry = simulation.trace.iter().find(|entry| entry.what == what)?;
    Some(entry.t_s - simulation.failed_at_s)
}

/// When a new version is out: as its controller says, or, of what has none that says so, when the last
/// of its pods or members answers and all of them are there again.
fn rolled_out(simulation: &Simulation, name: &str) -> Option<f64> {
    first(simulation, What::RolledOut).or_else(|| {
        let back = simulation.component(name)?.replicas_back_s.fixed?;
        let own = |what: What| matches!(what, What::Ready | What::Answers | What::PartitionRestarted);
        let last = simulation.trace.iter().rev().find(|entry| {
            own(entry.what) && entry.t_s >= simulation.failed_at_s && entry.object.component.as_deref() == Some(name)
        });
        last.map(|entry| back.max(entry.t_s - simulation.failed_at_s))
    })
}
