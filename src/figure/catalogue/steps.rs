//! `table: steps`: a scenario's timeline in rows: when, who, what and why.

use super::Request;
use crate::analysis::View;
use crate::analysis::rule::{Words, words};
use crate::analysis::standing::recovery;
use crate::analysis::timeline::{Step, Timeline, work_out};
use crate::design::model::Scenario;
use crate::design::quantity::seconds;
use crate::figure::{Figure, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "What happens after a failure, step by step: when and how that is worked out, who acts, what is done and why.",
    "Ce qui se passe après une panne, pas à pas : quand et par quel calcul, qui agit, ce qui est fait et pourquoi.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let scenario = &request.workspace.scenarios.get(request.subject())?.value;
    let timeline = work_out(request.workspace, scenario, request.today)?;
    let facts = behind(request, scenario, &timeline);
    let rows = timeline.steps.iter().map(|step| row(request, step, &facts)).collect();
    let title = scenario.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let title = said!("Step by step: {title}", "Pas à pas : {title}", title = title);
    let mut notes = vec![timeline.users.clone()];
    if !timeline.assumed.is_empty() {
        notes.push(said!("Assumed: {list}.", "Supposé : {list}.", list = Said::join(&timeline.assumed, "; ")));
    }
    let columns = [
        said!("After the failure", "Après la panne"),
        said!("Who", "Qui"),
        said!("Does what", "Fait quoi"),
        said!("Because", "Parce que"),
    ];
    let body = request.compact(&columns, rows, &timeline.answer);
    Some(request.figure("steps", &title, &timeline.answer, &Said::join(&notes, " "), body))
}

/// The facts behind every step: what happens, and how the components that it happens to come back.
fn behind(request: &Request<'_>, scenario: &Scenario, timeline: &Timeline) -> Vec<String> {
    let name = request.subject();
    let mut facts = vec![format!("{name}.design")];
    for (at, event) in scenario.events.iter().enumerate() {
        facts.extend([event.what().0, "after", "rate"].map(|key| format!("{name}.events.{at}.{key}")));
    }
    let Some(view) = View::of(request.workspace, &scenario.design, request.today) else { return facts };
    for component in view.design.components.keys() {
        // The timeline follows the first component that is asked about, so each has a say in it.
        let of = format!("{}.", view.path(&format!("components.{component}")));
        let told = timeline.steps.iter().flat_map(|step| &step.at.facts).any(|fact| fact.starts_with(&of));
        let object = scenario.events.iter().any(|event| event.what().1.rsplit('/').next() == Some(component.as_str()));
        if told || object || scenario.expect.contains_key(component) {
            facts.extend(recovery(&view, component));
        }
    }
    facts
}

fn row(request: &Request<'_>, step: &Step, facts: &[String]) -> Row {
    let (least, most) = step.interval_s;
    let at = seconds(step.at.value);
    // A step that can fall anywhere within half a second needs no interval.
    let between = if most - least > 0.5 && most.is_finite() {
        said!("between {least} and {most}", "entre {least} et {most}", least = seconds(least), most = seconds(most))
    } else {
        Said::default()
    };
    let formula = if step.at.formula == at { Said::default() } else { step.at.formula.clone() };
    Row::of(vec![
        request.derived(&at, &step.at).derived(request.small(&[formula, between])).facts(facts.iter().cloned()),
        request.cell(&step.actor),
        request.cell(&step.what),
        request.cell(&step.because),
    ])
}
