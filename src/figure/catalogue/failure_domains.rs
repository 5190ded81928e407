//! `table: failure-domains`: what falls together when a machine, a zone or a site is lost.

use super::{Request, title_of};
use crate::analysis::failure_domains::{Domain, domains};
use crate::analysis::rule::{Words, words};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "For each site, zone and machine: what stands there, and which needed component stops if it is lost.",
    "Pour chaque site, zone et machine : ce qui s’y trouve, et quel composant nécessaire s’arrête s’il est perdu.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let found = domains(&view);
    let rows = found
        .iter()
        .map(|derived| {
            let Domain { level, name, machines, reduced, stopped } = &derived.value;
            let list = |names: &[String]| names.join(", ");
            let stopped_cell = if stopped.is_empty() {
                request.cell(&said!("nothing needed", "rien de nécessaire")).marked(Mark::Good)
            } else {
                Cell::new(list(stopped)).marked(Mark::Bad)
            };
            Row::of(vec![
                Cell::new(name.clone()).derived(request.say(&level.title())),
                request.cell(&said!("{n}", "{n}", n = *machines)),
                Cell::new(list(reduced)),
                Cell { facts: derived.facts.clone().into(), derivation: request.say(&derived.formula), ..stopped_cell },
            ])
        })
        .collect();
    let single: Vec<&str> = found
        .iter()
        .filter(|derived| !derived.value.stopped.is_empty())
        .map(|derived| derived.value.name.as_str())
        .collect();
    let answer = if single.is_empty() {
        said!(
            "No single site, zone or machine takes a function down with it.",
            "Aucun site, zone ou machine n’entraîne à lui seul une fonction."
        )
    } else {
        let names = Said::list(&single);
        said!("A function stops with: {names}.", "Une fonction s’arrête avec : {names}.", names = names)
    };
    let title = said!("What falls together: {title}", "Ce qui tombe ensemble : {title}", title = title_of(&view));
    let columns = [
        said!("If this is lost", "Si ceci est perdu"),
        said!("Machines", "Machines"),
        said!("Goes on with less", "Continue, réduit"),
        said!("Stops", "S’arrête"),
    ];
    let body = request.table(&columns, rows, &said!("No machine.", "Aucune machine."));
    let note = said!(
        "Machines that carry the same are one row. Needed: used by a function, or hard-needed by what is. Third parties count as outside.",
        "Les machines qui portent la même chose forment une ligne. Nécessaire : utilisé par une fonction, ou strictement requis par ce qui l’est. Les tiers comptent comme extérieurs."
    );
    Some(request.figure("failure-domains", &title, &answer, &note, body))
}
