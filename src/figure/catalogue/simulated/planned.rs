//! `table: planned`: what a new version of each component and a drain of each node do to their users.

use super::Request;
use super::campaign::facts;
use crate::analysis::expectations::lasting;
use crate::analysis::rule::{Words, words};
use crate::analysis::simulation::Planned;
use crate::design::quantity::seconds;
use crate::figure::catalogue::title_of;
use crate::figure::{Cell, Facts, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(in super::super) const EXPLAINS: Words = words(
    "A new version of every component and a drain of every node, simulated in turn: how long it takes, the fewest that serve meanwhile, the requests lost and why, and what blocks it.",
    "Une nouvelle version de chaque composant et un drain de chaque nœud, simulés tour à tour : la durée, le moins qui serve pendant ce temps, les requêtes perdues et pourquoi, et ce qui bloque.",
);

/// Seconds of lost requests that nobody notices: less than what is shown as the least time.
const NOTHING_S: f64 = 0.000_5;

pub(in super::super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let planned = view.planned();
    if planned.is_empty() {
        return None;
    }
    let behind = facts(&view);
    let rows = planned.iter().map(|work| row(request, work, &behind)).collect();
    let harmless = planned.iter().filter(|work| work.done_s.is_some() && work.lost_s <= NOTHING_S).count();
    let answer = said!(
        "{harmless} of {all} pieces of planned work lose no request.",
        "{harmless} travaux prévus sur {all} ne perdent aucune requête.",
        all = planned.len()
    );
    let note = said!(
        "Fixed phases. Lost: the requests that fail, as the time in which all of them would; what several callers retry is not counted out.",
        "Phases fixes. Perdu : les requêtes en échec, comptées comme le temps où toutes échoueraient ; ce que des appelants retentent n’en est pas déduit."
    );
    let title = said!("Planned work: {title}", "Travaux prévus : {title}", title = title_of(&view));
    let columns = [
        said!("Work", "Travail"),
        said!("Done after", "Fini après"),
        said!("Fewest that serve", "Le moins qui serve"),
        said!("Requests lost", "Requêtes perdues"),
        said!("Because", "Parce que"),
    ];
    let body = request.table(&columns, rows, &Said::default());
    Some(request.figure("planned", &title, &answer, &note, body))
}

fn row(request: &Request<'_>, work: &Planned, behind: &Facts) -> Row {
    let outcome = work.suffers.as_deref().and_then(|name| work.simulation.component(name));
    let mut causes: Vec<(Said, f64)> = outcome
        .map(|component| component.outcome.failed_by.named().into_iter().filter(|(_, share)| *share > 0.0).collect())
        .unwrap_or_default();
    causes.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut because: Vec<Said> = causes.into_iter().map(|(cause, _)| cause).collect();
    if let Some(pod) = &work.refused {
        because.insert(0, said!("the budget of `{pod}` refuses", "le budget de `{pod}` refuse"));
    }
    let done = request.cell(&lasting(work.done_s));
    let lost = if work.lost_s > NOTHING_S {
        let sufferer = work.suffers.as_deref().filter(|_| work.work.verb == "drain");
        request
            .cell(&said!("as in {time}", "comme en {time}", time = seconds(work.lost_s)))
            .derived(sufferer.map(|name| request.say(&said!("to `{name}`", "vers `{name}`"))).unwrap_or_default())
            .marked(Mark::Warn)
    } else {
        request.cell(&said!("none", "aucune"))
    };
    let fewest = work.least.map(|(ready, wanted)| said!("{ready} of {wanted}", "{ready} sur {wanted}"));
    Row::of(vec![
        request.cell(&work.work.said()).behind(behind),
        if work.done_s.is_none() { done.marked(Mark::Bad) } else { done },
        fewest.map_or_else(Cell::default, |fewest| request.cell(&fewest)),
        lost,
        request.cell(&Said::join(&because, ", ")),
    ])
}
