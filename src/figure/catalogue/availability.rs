//! `table: availability`: what the promises of the parts allow a function, against what it promises.

use super::{Request, title_of};
use crate::analysis::availability::{Chain, YEAR_S, chains, percent};
use crate::analysis::rule::{Words, words};
use crate::analysis::view::View;
use crate::design::quantity::seconds;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "For each function, what it stops without and what is promised for each part: in series, and k of n where several machines share the work; an upper bound, against the promise.",
    "Pour chaque fonction, ce sans quoi elle s’arrête et ce qui est promis pour chaque partie : en série, et k sur n si plusieurs machines se partagent le travail ; une borne supérieure, face à la promesse.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let chains = chains(&view);
    if chains.iter().all(|chain| chain.bound.is_none()) {
        return None;
    }
    let mut rows = Vec::new();
    let mut above = Vec::new();
    for chain in &chains {
        let promised = view.design.functions.get(chain.function).and_then(|function| function.availability.as_ref());
        if promised.is_some_and(|promised| chain.bound.as_ref().is_some_and(|bound| bound.value < promised.value())) {
            above.push(chain.function);
        }
        rows.extend(parts(request, chain));
        rows.push(together(request, &view, chain));
    }
    let answer = if above.is_empty() {
        said!(
            "No function promises more than the promises of its parts allow.",
            "Aucune fonction ne promet plus que ce que permettent les promesses de ses parties."
        )
    } else {
        said!(
            "Promised above what the parts allow: {names}.",
            "Promis au-delà de ce que permettent les parties : {names}.",
            names = Said::list(&above)
        )
    };
    let note = said!(
        "An upper bound: parts are taken to fail apart from each other, and software, changes and people are not counted.",
        "Une borne supérieure : les parties sont supposées indépendantes, et ni logiciel, ni changements, ni erreurs humaines ne sont comptés."
    );
    let title = said!(
        "What the promises of the parts allow: {title}",
        "Ce que permettent les promesses des parties : {title}",
        title = title_of(&view)
    );
    let columns = [
        said!("Function", "Fonction"),
        said!("Stops without", "S’arrête sans"),
        said!("Works", "Fonctionne"),
        said!("Down a year, at least", "Arrêt par an, au moins"),
    ];
    let body = request.table(&columns, rows, &said!("No function.", "Aucune fonction."));
    Some(request.figure("availability", &title, &answer, &note, body))
}

fn parts(request: &Request<'_>, chain: &Chain<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (i, part) in chain.parts.iter().enumerate() {
        let header = if i == 0 { Cell::new(chain.function) } else { Cell::default() };
        let (works, down) = match &part.works {
            Some(works) => (request.derived(&percent(works.value), works), request.cell(&down(works.value))),
            None => (request.cell(&said!("no promise", "aucune promesse")).marked(Mark::Unanswered), Cell::default()),
        };
        let facts = works.facts.clone();
        rows.push(Row::of(vec![header, Cell::new(part.component), works, down.facts(facts)]));
    }
    rows
}

fn together(request: &Request<'_>, view: &View<'_>, chain: &Chain<'_>) -> Row {
    let function = view.design.functions.get(chain.function);
    let promised = function.and_then(|function| function.availability.as_ref());
    let path = view.path(&format!("functions.{}.availability", chain.function));
    let name = request.cell(&said!("all of them", "toutes ensemble"));
    let silent = chain.parts.iter().filter(|part| part.works.is_none()).count();
    let name = if silent > 0 && chain.bound.is_some() {
        name.derived(request.say(&said!(
            "{n} without a promise left out",
            "{n} sans promesse, hors du compte",
            n = silent
        )))
    } else {
        name
    };
    let header = if chain.parts.is_empty() { Cell::new(chain.function) } else { Cell::default() };
    let Some(bound) = &chain.bound else {
        let question = request.cell(&said!("no promise", "aucune promesse")).marked(Mark::Unanswered);
        return Row::of(vec![header, name, question, objective(request, promised, path)]);
    };
    let mark = match promised {
        Some(promised) if bound.value < promised.value() => Mark::Bad,
        Some(_) => Mark::Good,
        None => Mark::None,
    };
    let allowed = objective(request, promised, path.clone());
    let works = request.derived(&percent(bound.value), bound).marked(mark).facts([path]);
    let down = request.cell(&down(bound.value)).derived(allowed.value).facts(allowed.facts).facts(bound.facts.clone());
    Row::of(vec![header, name, works, down])
}

/// What the function promises, as a time a year in which it may be down.
fn objective(request: &Request<'_>, promised: Option<&crate::design::quantity::Share>, path: String) -> Cell {
    let Some(promised) = promised else { return Cell::default() };
    let allowed = down(promised.value());
    request
        .cell(&said!(
            "promised: {promised}, {allowed}",
            "promis : {promised}, {allowed}",
            promised = promised,
            allowed = allowed
        ))
        .facts([path])
}

/// What a share of time leaves a year.
fn down(share: f64) -> Said {
    let lost_s = ((1.0 - share).max(0.0) * YEAR_S).round();
    if lost_s < 60.0 { said!("under 1 min", "moins de 1 min") } else { seconds(lost_s) }
}
