//! The replay of a scenario: its trace and the states of its components as moments over the topology.

use std::collections::BTreeMap;

use super::overlay::{state, worst};
use super::{Request, facts, run, tells};
use crate::analysis::simulation::{ComponentOutcome, Sample};
use crate::design::quantity::seconds;
use crate::figure::Body;
use crate::figure::catalogue::topology::drawn;
use crate::figure::replay::{Change, Moment, Replay};
use crate::figure::topology::NodeState;
use crate::said;
use crate::source::{Said, Show};

/// The most moments: a failure that goes on changing is told by its first ones.
const MOST: usize = 120;

/// The replay of the scenario that a request is of; nothing where nothing happens in it.
pub fn replay(request: &Request<'_>) -> Option<Replay> {
    let run = run(request)?;
    let failed_at = run.simulation.failed_at_s;
    let mut moments: BTreeMap<u64, Moment> = BTreeMap::new();
    let at = |t_s: f64| -> Option<u64> {
        // Milliseconds: what happens at one moment is told at one moment.
        let key = ((t_s - failed_at) * 1000.0).round();
        (key >= 0.0).then_some(key as u64)
    };
    for entry in run.simulation.trace.iter().filter(|entry| tells(entry)) {
        let Some(key) = at(entry.t_s) else { continue };
        let moment = moments.entry(key).or_default();
        let says = (request.say(&entry.actor.said()), request.say(&entry.text));
        if !moment.says.contains(&says) {
            moment.says.push(says);
        }
    }
    for component in &run.simulation.components {
        let mut last = None;
        for sample in before_and_after(component, failed_at) {
            let change = Change {
                component: component.name.clone(),
                state: state(component, sample.t_s.max(failed_at)).unwrap_or_default(),
                ready: sample.ready,
                wanted: sample.wanted,
                served: sample.served,
            };
            if last.as_ref() == Some(&change) {
                continue;
            }
            let key = at(sample.t_s.max(failed_at)).unwrap_or(0);
            let changes = &mut moments.entry(key).or_default().changes;
            changes.retain(|other| other.component != change.component);
            changes.push(change.clone());
            last = Some(change);
        }
    }
    let moments: Vec<Moment> = moments
        .into_iter()
        .take(MOST)
        .map(|(key, moment)| {
            let t_s = key as f64 / 1000.0;
            Moment { t_s, when: seconds(t_s).show(request.lang), ..moment }
        })
        .collect();
    let last = moments.last()?.t_s;
    let nothing = moments.iter().flat_map(|moment| &moment.changes).all(|change| change.state == NodeState::Normal);
    if nothing && moments.len() < 2 {
        return None;
    }
    let drawing = drawn(request, &run.view, &|_| NodeState::Normal);
    let title = run.scenario.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let title = said!("Replay: {title}", "Rejouer : {title}", title = title);
    let mut topology = request.figure("replay", &title, &title, &Said::default(), Body::Drawing(drawing));
    topology.facts = facts(request, &run);
    let topology = topology.typeset(request.lang);
    Some(Replay { topology, moments, until_s: (last * 1.05).max(1.0), worst_s: worst(&run) - failed_at })
}

/// The samples from the failure on, after the last one before it.
fn before_and_after(component: &ComponentOutcome, failed_at: f64) -> impl Iterator<Item = &Sample> {
    let first = component.series.iter().rposition(|sample| sample.t_s <= failed_at).unwrap_or(0);
    component.series.iter().skip(first)
}
