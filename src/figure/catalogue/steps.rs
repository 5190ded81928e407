//! `table: steps`: a scenario's timeline in rows: when, who, what and why.

use super::Request;
use crate::analysis::rule::{Words, words};
use crate::analysis::timeline::{Step, work_out};
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
    let rows = timeline.steps.iter().map(|step| row(request, step)).collect();
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

fn row(request: &Request<'_>, step: &Step) -> Row {
    let (least, most) = step.interval_s;
    let at = seconds(step.at.value);
    // A step that can fall anywhere within half a second needs no interval.
    let between = if most - least > 0.5 && most.is_finite() {
        said!("between {least} and {most}", "entre {least} et {most}", least = seconds(least), most = seconds(most))
    } else {
        Said::default()
    };
    let formula = if step.at.formula == at { Said::default() } else { step.at.formula.clone() };
    Row {
        cells: vec![
            request.derived(&at, &step.at).derived(request.small(&[formula, between])),
            request.cell(&step.actor),
            request.cell(&step.what),
            request.cell(&step.because),
        ],
    }
}
