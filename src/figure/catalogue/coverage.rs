//! `table: coverage`: what a design shows for each of the six production objectives.

use super::{Request, title_of};
use crate::analysis::measures::objectives_covered::{Verdict, coverage};
use crate::analysis::rule::{Words, words};
use crate::figure::{Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "The six production objectives (several nodes, persistence, backups, monitoring, logging, delivery), and what shows each.",
    "Les six objectifs de production (plusieurs nœuds, persistance, sauvegardes, supervision, journaux, livraison), et ce qui montre chacun.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let covered = coverage(&view);
    let shown = covered.iter().filter(|(_, derived)| matches!(derived.value, Verdict::Shown(_))).count();
    let rows = covered
        .iter()
        .map(|(objective, derived)| {
            let (word, mark) = match &derived.value {
                Verdict::Shown(_) => (said!("shown", "montré"), Mark::Good),
                Verdict::Missing(_) => (said!("missing", "absent"), Mark::Bad),
                Verdict::Unanswered(_) => (said!("open question", "question ouverte"), Mark::Unanswered),
            };
            Row::of(vec![
                request.cell(&objective.title()),
                request.cell(&word).marked(mark),
                request.derived(derived.value.text(), derived),
            ])
        })
        .collect();
    let all = covered.len();
    let answer = said!(
        "{shown} of {all} objectives are shown by the design.",
        "{shown} objectifs sur {all} sont montrés par la conception.",
        shown = shown,
        all = all
    );
    let title = said!(
        "The six production objectives: {title}",
        "Les six objectifs de production : {title}",
        title = title_of(&view)
    );
    let columns =
        [said!("Objective", "Objectif"), said!("Verdict", "Verdict"), said!("What shows it", "Ce qui le montre")];
    let body = request.table(&columns, rows, &Said::default());
    Some(request.figure("coverage", &title, &answer, &Said::default(), body))
}
