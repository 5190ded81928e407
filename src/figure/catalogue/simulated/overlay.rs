//! `diagram: failure`: the topology at one moment of a simulated scenario: what is down, what has less.

use std::collections::BTreeMap;

use super::{Request, Run, facts, focus, run};
use crate::analysis::rule::{Words, words};
use crate::analysis::simulation::{ComponentOutcome, Sample};
use crate::design::quantity::seconds;
use crate::figure::catalogue::topology::drawn;
use crate::figure::topology::NodeState;
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::Said;

pub(in super::super) const EXPLAINS: Words = words(
    "The topology at one moment of a scenario, the worst unless `at` says another: what is down, what works with less.",
    "La topologie à un instant d’un scénario, le pire si `at` n’en dit pas un autre : ce qui est à terre, ce qui tourne avec moins.",
);

pub(in super::super) fn make(request: &Request<'_>) -> Option<Figure> {
    let run = run(request)?;
    let at_s = match &request.fence.at {
        Some(at) => run.simulation.failed_at_s + at.value(),
        None => worst(&run),
    };
    let states: BTreeMap<&str, NodeState> = run
        .simulation
        .components
        .iter()
        .filter_map(|component| Some((component.name.as_str(), state(component, at_s)?)))
        .collect();
    let named = |wanted: NodeState| -> Vec<&str> {
        states.iter().filter(|(_, state)| **state == wanted).map(|(name, _)| *name).collect()
    };
    let (down, less) = (named(NodeState::Down), named(NodeState::Degraded));
    if down.is_empty() && less.is_empty() && request.fence.at.is_none() {
        return None;
    }
    let drawing = drawn(request, &run.view, &|name| states.get(name).copied().unwrap_or_default());
    let when = seconds((at_s - run.simulation.failed_at_s).max(0.0));
    let answer = match (down.is_empty(), less.is_empty()) {
        (true, true) => {
            said!("{when} after the event everything works.", "{when} après l’événement, tout fonctionne.", when = when)
        }
        (true, false) => said!(
            "{when} after the event nothing is down; with less: {less}.",
            "{when} après l’événement, rien n’est à terre ; diminués : {less}.",
            when = when,
            less = Said::list(&less)
        ),
        (false, true) => said!(
            "{when} after the event, down: {down}.",
            "{when} après l’événement, à terre : {down}.",
            when = when,
            down = Said::list(&down)
        ),
        (false, false) => said!(
            "{when} after the event, down: {down}; with less: {less}.",
            "{when} après l’événement, à terre : {down} ; diminués : {less}.",
            when = when,
            down = Said::list(&down),
            less = Said::list(&less)
        ),
    };
    let title = run.scenario.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let title = said!("What is down: {title}", "Ce qui est à terre : {title}", title = title);
    let mut figure = request.figure("failure", &title, &answer, &Said::default(), Body::Drawing(drawing));
    figure.cartouche.insert(1, (request.say(&said!("design", "conception")), run.scenario.design.0.clone()));
    figure.facts = facts(request, &run);
    Some(figure)
}

/// How a component is at a moment; nothing where it is as always.
pub(super) fn state(component: &ComponentOutcome, at_s: f64) -> Option<NodeState> {
    let sample = component.series.iter().rev().find(|sample| sample.t_s <= at_s)?;
    match weight(sample) {
        0 => None,
        1 => Some(NodeState::Degraded),
        _ => Some(NodeState::Down),
    }
}

/// How bad a moment is for a component: nothing, less than wanted, no answer of its own. What only
/// waits for something else that is down is not down itself.
fn weight(sample: &Sample) -> u32 {
    let of_its_own = sample.failed.total() - sample.failed.dependency;
    if sample.wanted > 0 && (sample.ready == 0 || of_its_own >= 0.99 && sample.served <= 0.0) {
        2
    } else {
        u32::from(sample.ready < sample.wanted || sample.served < 1.0)
    }
}

/// The moment at which most is down, the first of equals; what is asked about counts most.
pub(super) fn worst(run: &Run<'_>) -> f64 {
    let focus = focus(&run.view, Some(run.scenario), &run.simulation);
    let components = &run.simulation.components;
    let mut moments: Vec<f64> = components
        .iter()
        .flat_map(|component| component.series.iter().map(|sample| sample.t_s))
        .filter(|at| *at >= run.simulation.failed_at_s)
        .collect();
    moments.sort_by(f64::total_cmp);
    let badness = |at: f64| -> u32 {
        let one = |component: &ComponentOutcome| {
            let sample = component.series.iter().rev().find(|sample| sample.t_s <= at);
            sample.map_or(0, weight) * if focus.contains(&component.name) { 10 } else { 1 }
        };
        components.iter().map(one).sum()
    };
    let mut best = (0, run.simulation.failed_at_s);
    for at in moments {
        let bad = badness(at);
        if bad > best.0 {
            best = (bad, at);
        }
    }
    best.1
}
