//! `table: campaign`: the worst that each function suffers from each kind of failure, against its objectives.

use std::collections::BTreeSet;

use super::{Request, answered};
use crate::analysis::expectations::lasting;
use crate::analysis::rule::{Words, words};
use crate::analysis::simulation::{Campaign, Lost, Recovery, Worst};
use crate::analysis::standing::recovery;
use crate::analysis::view::View;
use crate::design::quantity::seconds;
use crate::figure::catalogue::objectives::disruption_title;
use crate::figure::catalogue::title_of;
use crate::figure::{Cell, Facts, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(in super::super) const EXPLAINS: Words = words(
    "Every pod, node, zone, site, member and volume lost in turn: the worst that each function suffers against its RTO and RPO, what never comes back alone, and what finds no room.",
    "Chaque pod, nœud, zone, site, membre et volume perdu tour à tour : le pire que subit chaque fonction face à ses RTO et RPO, ce qui ne revient jamais seul, et ce qui ne trouve plus de place.",
);

pub(in super::super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    tables(request, &view, view.campaign()).into_iter().next()
}

pub(in super::super) const EXPLAINS_STUCK: Words = words(
    "What does not come back alone from a single failure, because of what, and the one change that would mend it.",
    "Ce qui ne revient pas seul d’une panne simple, à cause de quoi, et le changement qui y remédierait.",
);

pub(in super::super) fn make_stuck(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let campaign = view.campaign();
    (!campaign.failures.is_empty()).then(|| stuck(request, &view, campaign))
}

/// The tables of a campaign: the worst, then what needs somebody.
pub(super) fn tables(request: &Request<'_>, view: &View<'_>, campaign: &Campaign) -> Vec<Figure> {
    if campaign.failures.is_empty() {
        return Vec::new();
    }
    vec![worst(request, view, campaign), stuck(request, view, campaign)]
}

/// Every fact that decides how anything comes back.
pub(super) fn facts(view: &View<'_>) -> Facts {
    let mut facts: BTreeSet<String> =
        view.design.components.keys().flat_map(|component| recovery(view, component)).cloned().collect();
    for flow in view.design.connections.keys() {
        facts.extend(["from", "to", "needs"].iter().map(|key| view.path(&format!("connections.{flow}.{key}"))));
    }
    Facts::from(facts)
}

fn worst(request: &Request<'_>, view: &View<'_>, campaign: &Campaign) -> Figure {
    let behind = facts(view);
    let mut last = "";
    let rows = campaign
        .worst
        .iter()
        .map(|worst| {
            let path = |key: &str| {
                view.path(&format!("functions.{}.recovery.{}.{key}", worst.function, worst.disruption.word()))
            };
            let header = if last == worst.function { Cell::default() } else { Cell::new(worst.function.clone()) };
            last = &worst.function;
            let keeps = |reached: Option<f64>, allowed: f64| reached.is_some_and(|reached| reached <= allowed);
            let mark = |kept: bool| if kept { Mark::Good } else { Mark::Bad };
            Row::of(vec![
                header,
                request.cell(&disruption_title(worst.disruption)),
                request.cell(&worst.failure.said()).behind(&behind),
                request
                    .cell(&lasting(worst.reached_s))
                    .derived(request.small(&[
                        said!("promised: {rto}", "promis : {rto}", rto = seconds(worst.rto_s)),
                        exercised(view, worst),
                    ]))
                    .marked(mark(keeps(worst.reached_s, worst.rto_s)))
                    .facts([path("rto")]),
                request
                    .cell(&lost(worst))
                    .derived(request.say(&said!("promised: {rpo}", "promis : {rpo}", rpo = seconds(worst.rpo_s))))
                    .marked(mark(keeps(worst.lost_s, worst.rpo_s)))
                    .facts([path("rpo")]),
            ])
        })
        .collect();
    let missed = campaign.worst.iter().filter(|worst| !worst.meets).count();
    let answer = said!(
        "{n} failures simulated, one at a time: {kept} of {all} promises kept.",
        "{n} pannes simulées, une à la fois : {kept} promesses tenues sur {all}.",
        n = campaign.failures.len(),
        kept = campaign.worst.len() - missed,
        all = campaign.worst.len()
    );
    let mut notes = Vec::new();
    for loss in &campaign.no_room {
        let pods: Vec<Said> = loss
            .stranded
            .iter()
            .take(4)
            .map(|(pod, why)| said!("{pod} ({why})", "{pod} ({why})", pod = pod, why = why))
            .collect();
        notes.push(said!(
            "{loss}: no room for {pods}.",
            "{loss} : plus de place pour {pods}.",
            loss = loss.loss,
            pods = Said::list(&pods)
        ));
    }
    let title = said!(
        "The worst of every single failure: {title}",
        "Le pire de chaque panne simple : {title}",
        title = title_of(view)
    );
    let columns = [
        said!("Function", "Fonction"),
        said!("Disruption", "Perturbation"),
        said!("Worst when", "Au pire quand"),
        said!("Longest outage", "Plus longue coupure"),
        said!("Data lost", "Données perdues"),
    ];
    let body = request.table(
        &columns,
        rows,
        &said!("No function states an objective.", "Aucune fonction n’énonce d’objectif."),
    );
    request.figure("campaign", &title, &answer, &Said::join(&notes, " "), body)
}

/// What people did in an exercise of the same disruption, where no loop repairs it.
fn exercised(view: &View<'_>, worst: &Worst) -> Said {
    let needed = view.needed_by(&worst.function);
    let of = |target: &str| target == worst.function || needed.contains(target);
    let exercise =
        view.design.exercises.values().find(|exercise| {
            exercise.disruption == Some(worst.disruption) && exercise.of.iter().any(|target| of(target))
        });
    match exercise.and_then(|exercise| exercise.took.as_ref()).filter(|_| worst.reached_s.is_none()) {
        Some(took) => {
            said!("by people, in an exercise: {took}", "par des personnes, en exercice : {took}", took = took)
        }
        None => Said::default(),
    }
}

fn lost(worst: &Worst) -> Said {
    match worst.lost_s {
        Some(0.0) => said!("none", "aucune"),
        None => said!("everything", "tout"),
        lost => lasting(lost),
    }
}

/// What does not come back alone, and the one change that would mend it.
fn stuck(request: &Request<'_>, view: &View<'_>, campaign: &Campaign) -> Figure {
    let behind = facts(view);
    let mut rows: Vec<Row> = Vec::new();
    let mut told: Vec<(String, String)> = Vec::new();
    for lost in campaign.failures.iter().filter(|lost| lost.recovers != Recovery::Alone) {
        // One line for each thing to mend, not for each failure that shows it.
        let key = lost.mending.as_ref().map(|mending| (mending.component.clone(), mending.path.clone()));
        if let Some(key) = key {
            if told.contains(&key) {
                continue;
            }
            told.push(key);
        }
        rows.push(mend(request, lost, &behind));
    }
    let n = rows.len();
    let answer = if n == 0 {
        said!("Everything comes back alone from every single failure.", "Tout revient seul de chaque panne simple.")
    } else {
        said!("{n} things do not come back alone.", "{n} choses ne reviennent pas seules.", n = n)
    };
    let title = said!("What needs somebody: {title}", "Ce qui demande quelqu’un : {title}", title = title_of(view));
    let columns = [
        said!("When", "Quand"),
        said!("Comes back", "Revient"),
        said!("Because", "Parce que"),
        said!("What would mend it", "Ce qui y remédierait"),
    ];
    let body = request.table(&columns, rows, &said!("Nothing.", "Rien."));
    request.figure("stuck", &title, &answer, &Said::default(), body)
}

fn mend(request: &Request<'_>, lost: &Lost, behind: &Facts) -> Row {
    let mark = if lost.recovers == Recovery::Never { Mark::Bad } else { Mark::Warn };
    let why = answered(&lost.simulation).into_iter().map(|(_, answer)| answer).next().unwrap_or_default();
    let (because, change, path) = match &lost.mending {
        Some(mending) => (mending.because.clone(), mending.change.clone(), Some(mending.path.clone())),
        None => (why, Said::default(), None),
    };
    Row::of(vec![
        request.cell(&lost.failure.said()).behind(behind),
        request.cell(&lost.recovers.said()).marked(mark),
        request.cell(&because),
        request.cell(&change).facts(path),
    ])
}
