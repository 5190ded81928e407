//! `table: links`: the links between sites, and what has to wait for them.

use super::{Request, title_of};
use crate::analysis::commit_wait::commit_waits;
use crate::analysis::rule::{Words, words};
use crate::figure::{Cell, Figure, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "Every link between sites: its round trip, paths and encryption, and the writes that wait for it because a copy on the other side has to answer first.",
    "Chaque lien entre sites : son aller-retour, ses chemins, son chiffrement, et les écritures qui l’attendent parce qu’une copie de l’autre côté doit d’abord répondre.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    if view.design.links.is_empty() {
        return None;
    }
    let waits = commit_waits(&view);
    let mut rows = Vec::new();
    for (name, link) in &view.design.links {
        let path = |key: &str| view.path(&format!("links.{name}.{key}"));
        let over: Vec<Said> =
            waits.iter().filter(|wait| wait.over.contains(&name.as_str())).map(|wait| wait.said()).collect();
        let ends = (0..link.between.len()).map(|at| path(&format!("between.{at}")));
        let formulas: Vec<Said> = waits
            .iter()
            .filter(|wait| wait.over.contains(&name.as_str()))
            .map(|wait| wait.least_s.formula.clone())
            .collect();
        let behind = waits.iter().flat_map(|wait| wait.least_s.facts.iter().cloned());
        rows.push(Row::of(vec![
            Cell::new(name.clone()).derived(request.say(&Said::list(&link.between))).facts(ends.clone()),
            request.fact(Some(&link.round_trip), path("round_trip")),
            request.stated(link.paths.as_ref(), path("paths")),
            request.whether(link.encrypted, true, path("encrypted")),
            request
                .cell(&Said::join(&over, "; "))
                .derived(request.small(&formulas))
                .facts(ends)
                .facts([path("round_trip")])
                .facts(behind),
        ]));
    }
    let longest = waits.iter().max_by(|a, b| a.least_s.value.total_cmp(&b.least_s.value));
    let answer = match longest {
        Some(wait) => said!("The longest wait: {wait}.", "L’attente la plus longue : {wait}.", wait = wait.said()),
        None => said!("No write waits for another site.", "Aucune écriture n’attend un autre site."),
    };
    let title = said!("Links between sites: {title}", "Liens entre sites : {title}", title = title_of(&view));
    let columns = [
        said!("Link", "Lien"),
        said!("Round trip", "Aller-retour"),
        said!("Paths", "Chemins"),
        said!("Encrypted", "Chiffré"),
        said!("What waits for it", "Ce qui l’attend"),
    ];
    let note = said!(
        "The least wait: the network alone, without disks and load.",
        "L’attente minimale : le réseau seul, sans disques ni charge."
    );
    let body = request.table(&columns, rows, &Said::default());
    Some(request.figure("links", &title, &answer, &note, body))
}
