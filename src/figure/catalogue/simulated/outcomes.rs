//! `table: outcomes`: what each component and function suffers in a simulated scenario, against what is promised.

use std::collections::BTreeSet;

use super::{Request, answered, facts, focus, run, suffers};
use crate::analysis::expectations::{lasting, share};
use crate::analysis::rule::{Words, words};
use crate::analysis::simulation::{Outcome, Recovery, Simulation, Spread};
use crate::analysis::view::View;
use crate::design::quantity::seconds;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(in super::super) const EXPLAINS: Words = words(
    "What each component and function suffers in a simulated scenario: outage, share of requests failed and why, data lost, who brings it back, and whether the promises are kept.",
    "Ce que subit chaque composant et fonction dans un scénario simulé : coupure, part de requêtes en échec et pourquoi, données perdues, qui rétablit, et si les promesses sont tenues.",
);

pub(in super::super) fn make(request: &Request<'_>) -> Option<Figure> {
    let run = run(request)?;
    let focus = focus(&run.view, Some(run.scenario), &run.simulation);
    let title = run.scenario.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let facts = facts(request, &run);
    let mut figure = table(request, &run.view, &title, &run.simulation, &focus, &facts);
    figure.cartouche.insert(1, (request.say(&said!("design", "conception")), run.scenario.design.0.clone()));
    Some(figure)
}

/// The outcomes of any simulation as a table.
pub(super) fn table(
    request: &Request<'_>,
    view: &View<'_>,
    title: &Said,
    simulation: &Simulation,
    focus: &[String],
    facts: &BTreeSet<String>,
) -> Figure {
    let mut rows = Vec::new();
    for function in &simulation.functions {
        let name = Cell::new(function.name.clone()).derived(request.say(&said!("function", "fonction")));
        let promised = view.path(&format!("functions.{}.recovery", function.name));
        rows.push(row(request, name, &function.outcome, None, facts, Some(promised)));
    }
    for component in &simulation.components {
        if !suffers(component) && !focus.contains(&component.name) {
            continue;
        }
        let name = Cell::new(component.name.clone()).derived(request.say(&said!("component", "composant")));
        rows.push(row(request, name, &component.outcome, Some(&component.replicas_back_s), facts, None));
    }
    let answer = answered(simulation)
        .into_iter()
        .map(|(_, answer)| answer)
        .nth(2)
        .or_else(|| simulation.answers.users.as_ref().map(|answer| answer.text.clone()))
        .unwrap_or_default();
    let runs = if simulation.runs > 1 {
        said!(
            "Fixed phases; in brackets what 19 of 20 of {runs} runs with drawn phases stay between.",
            "Phases fixes ; entre crochets, l’intervalle de 19 passages sur 20 parmi {runs} à phases tirées.",
            runs = simulation.runs
        )
    } else {
        said!("Fixed phases.", "Phases fixes.")
    };
    let note = said!(
        "Outage: less than half of the requests are served. {runs}",
        "Coupure : moins de la moitié des requêtes est servie. {runs}",
        runs = runs
    );
    let title = said!("What it costs: {title}", "Ce qu’il en coûte : {title}", title = title);
    let columns = [
        said!("What", "Quoi"),
        said!("Outage", "Coupure"),
        said!("Requests failed", "Requêtes en échec"),
        said!("All back after", "Tout revenu après"),
        said!("Data lost", "Données perdues"),
        said!("Comes back", "Revient"),
        said!("Promise", "Promesse"),
    ];
    let body = request.compact(&columns, rows, &said!("Nothing suffers.", "Rien ne souffre."));
    request.figure("outcomes", &title, &answer, &note, body)
}

fn row(
    request: &Request<'_>,
    name: Cell,
    outcome: &Outcome,
    back: Option<&Spread>,
    facts: &BTreeSet<String>,
    promised: Option<String>,
) -> Row {
    let of = |cell: Cell| cell.facts(facts.iter().cloned());
    let mut causes: Vec<(Said, f64)> =
        outcome.failed_by.named().into_iter().filter(|(_, share)| *share > 0.000_05).collect();
    causes.sort_by(|a, b| b.1.total_cmp(&a.1));
    let because: Vec<Said> = causes.into_iter().map(|(cause, _)| cause).collect();
    let lost = &outcome.data_lost_s;
    Row::of(vec![
        of(name),
        of(spread(request, &outcome.outage_s)),
        of(request.cell(&share(outcome.failed_requests.fixed)).derived(request.say(&Said::join(&because, ", ")))),
        of(back.map_or_else(Cell::default, |back| spread(request, back))),
        of(if lost.fixed == Some(0.0) { Cell::default() } else { spread(request, lost) }),
        of(request.cell(&outcome.recovers.said()).marked(match outcome.recovers {
            Recovery::Alone => Mark::None,
            Recovery::WithHuman => Mark::Warn,
            Recovery::Never => Mark::Bad,
        })),
        of(promise(request, outcome).facts(promised)),
    ])
}

/// A time with what most runs stay between.
fn spread(request: &Request<'_>, spread: &Spread) -> Cell {
    let cell = request.cell(&lasting(spread.fixed));
    match (spread.p5, spread.p95) {
        (Some(low), Some(high)) if high - low > 0.5 => cell.derived(request.say(&said!(
            "[{low} to {high}]",
            "[de {low} à {high}]",
            low = seconds(low),
            high = seconds(high)
        ))),
        (Some(low), None) => {
            cell.derived(request.say(&said!("[{low} to no end]", "[de {low} à sans fin]", low = seconds(low))))
        }
        _ => cell,
    }
}

fn promise(request: &Request<'_>, outcome: &Outcome) -> Cell {
    let kept = [("RTO", outcome.meets.rto), ("RPO", outcome.meets.rpo)];
    let stated: Vec<(&str, bool)> = kept.iter().filter_map(|(word, kept)| Some((*word, (*kept)?))).collect();
    if stated.is_empty() {
        return Cell::default();
    }
    let broken: Vec<&str> = stated.iter().filter(|(_, kept)| !kept).map(|(word, _)| *word).collect();
    if broken.is_empty() {
        let words: Vec<&str> = stated.iter().map(|(word, _)| *word).collect();
        let words = words.join(", ");
        request.cell(&said!("{words} kept", "{words} tenu", words = words)).marked(Mark::Good)
    } else {
        let words = broken.join(", ");
        request.cell(&said!("{words} missed", "{words} dépassé", words = words)).marked(Mark::Bad)
    }
}
