//! `table: steps`: a simulation's trace in rows: when, who, what and why.

use std::collections::BTreeSet;

use super::{Request, about, answered, assumed, facts, focus, run, tells};
use crate::analysis::rule::{Words, words};
use crate::analysis::simulation::{Entry, Simulation};
use crate::design::quantity::seconds;
use crate::figure::{Cell, Figure, Row};
use crate::said;
use crate::source::Said;

pub(in super::super) const EXPLAINS: Words = words(
    "What happens after a failure, step by step, as simulated: when, who acts, what is done, and which earlier step or setting causes it.",
    "Ce qui se passe après une panne, pas à pas, d’après la simulation : quand, qui agit, ce qui est fait, et quelle étape antérieure ou quel réglage en est la cause.",
);

/// The most rows: a table is read, not searched.
const MOST: usize = 48;

pub(in super::super) fn make(request: &Request<'_>) -> Option<Figure> {
    let run = run(request)?;
    let focus = focus(&run.view, Some(run.scenario), &run.simulation);
    let title = run.scenario.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let facts = facts(request, &run);
    let mut figure = table(request, &title, &run.simulation, &focus, &facts);
    figure.cartouche.insert(1, (request.say(&said!("design", "conception")), run.scenario.design.0.clone()));
    Some(figure)
}

/// The trace of any simulation as a table.
pub(super) fn table(
    request: &Request<'_>,
    title: &Said,
    simulation: &Simulation,
    focus: &[String],
    facts: &BTreeSet<String>,
) -> Figure {
    let told = simulation.trace.iter().filter(|entry| about(entry, focus) && tells(entry));
    let told = at_once(told);
    let rows: Vec<Row> = told.iter().take(MOST).map(|entries| row(request, entries, simulation, facts)).collect();
    let mut notes = vec![assumed(simulation, focus)];
    if told.len() > MOST {
        let more = told.len() - MOST;
        notes.push(said!(
            "{more} later steps are not listed.",
            "{more} étapes ultérieures ne sont pas listées.",
            more = more
        ));
    }
    notes.retain(|note| !note.is_empty());
    let answer = answered(simulation).into_iter().map(|(_, answer)| answer).next().unwrap_or_default();
    let title = said!("Step by step: {title}", "Pas à pas : {title}", title = title);
    let columns = [
        said!("After the event", "Après l’événement"),
        said!("Who", "Qui"),
        said!("Does what", "Fait quoi"),
        said!("Because", "Parce que"),
    ];
    let body = request.compact(&columns, rows, &said!("Nothing happens.", "Il ne se passe rien."));
    request.figure("steps", &title, &answer, &Said::join(&notes, " "), body)
}

/// What one actor does to several things at one moment is one row.
fn at_once<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<Vec<&'e Entry>> {
    let mut rows: Vec<Vec<&Entry>> = Vec::new();
    for entry in entries {
        let same = |first: &&&Entry| {
            first.t_s == entry.t_s
                && first.actor == entry.actor
                && first.object.kind == entry.object.kind
                && std::mem::discriminant(&first.what) == std::mem::discriminant(&entry.what)
        };
        match rows.iter_mut().find(|row| row.first().as_ref().is_some_and(same)) {
            Some(row) => row.push(entry),
            None => rows.push(vec![entry]),
        }
    }
    rows
}

/// The most things that a row names.
const NAMED: usize = 3;

fn row(request: &Request<'_>, entries: &[&Entry], simulation: &Simulation, facts: &BTreeSet<String>) -> Row {
    let Some(entry) = entries.first() else { return Row::of(Vec::new()) };
    let mut texts: Vec<Said> = entries.iter().take(NAMED).map(|entry| entry.text.clone()).collect();
    if entries.len() > NAMED {
        let n = entries.len() - NAMED;
        let other = Said::counted(n, ["more"; 2], ["autre", "autres"]);
        texts.push(said!("and {n} {other}", "et {n} {other}", n = n, other = other));
    }
    let text = Said::join(&texts, "; ");
    let cause = entry.because.entry.and_then(|at| simulation.trace.get(at));
    let because = cause.map_or_else(Said::default, |cause| {
        said!("{actor}: {what}", "{actor} : {what}", actor = cause.actor.said(), what = cause.text)
    });
    let ground = entry.because.ground.as_ref();
    let (main, small) = match (because.is_empty(), ground) {
        (true, Some(ground)) => (ground.text.clone(), Said::default()),
        (_, Some(ground)) => (because, ground.text.clone()),
        (_, None) => (because, Said::default()),
    };
    let of = |cell: Cell| cell.facts(facts.iter().cloned());
    let at = entry.t_s - simulation.failed_at_s;
    let when = if at < 0.0 { said!("before", "avant") } else { seconds(at) };
    Row::of(vec![
        of(request.cell(&when)),
        of(request.cell(&entry.actor.said())),
        of(request.cell(&text)),
        of(request.cell(&main).derived(request.say(&small))),
    ])
}
