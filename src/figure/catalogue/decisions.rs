//! `table: decisions`: what was decided, out of what, and why (MADR).

use super::cells::{ago, as_of};
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::rule::{Words, words};
use crate::design::model::organisation::{Decision, DecisionStatus};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every decision: what was considered, what was chosen and why, and where it stands.",
    "Chaque décision : ce qui a été envisagé, ce qui a été choisi et pourquoi, et où elle en est.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let decisions = &view.design.decisions;
    if decisions.is_empty() {
        return None;
    }
    let rows = decisions.iter().map(|(name, decision)| row(request, &view, name, decision)).collect();
    let (open, chosen) = (titles(&view, DecisionStatus::Proposed), titles(&view, DecisionStatus::Accepted));
    let answer = match (open.as_slice(), chosen.as_slice()) {
        ([], []) => said!("No decision is in force.", "Aucune décision n’est en vigueur."),
        ([], _) => said!("Decided: {chosen}.", "Décidé : {chosen}.", chosen = Said::list(&chosen)),
        _ => said!("Still to be decided: {open}.", "Reste à décider : {open}.", open = Said::list(&open)),
    };
    let title = said!("What was decided: {title}", "Ce qui a été décidé : {title}", title = title_of(&view));
    let columns = [
        said!("Decision", "Décision"),
        said!("Considered", "Envisagé"),
        said!("Chosen", "Choisi"),
        said!("Because", "Parce que"),
        said!("Where it stands", "Où elle en est"),
    ];
    let body = request.compact(&columns, rows, &said!("Nothing was decided.", "Rien n’a été décidé."));
    Some(request.figure("decisions", &title, &answer, &Said::default(), body))
}

/// The titles of the decisions that stand there, in quotes because they are sentences.
fn titles(view: &View<'_>, status: DecisionStatus) -> Vec<Said> {
    let decisions = view.design.decisions.values().filter(|decision| decision.status == status);
    decisions.map(|decision| Said::by(|lang| lang.quote(&decision.title.show(lang)))).collect()
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, decision: &Decision) -> Row {
    let path = |key: &str| view.path(&format!("decisions.{name}.{key}"));
    let status = match decision.status {
        DecisionStatus::Proposed => said!("proposed", "proposée"),
        DecisionStatus::Accepted => said!("accepted", "acceptée"),
        DecisionStatus::Rejected => said!("rejected", "rejetée"),
        DecisionStatus::Superseded => said!("superseded", "remplacée"),
    };
    let date = decision.date.map_or_else(Said::default, |date| {
        said!("{date}, {ago}", "{date}, {ago}", date = date, ago = ago(view.today, date))
    });
    // What was chosen has to be among what was considered, or the reasons are not known.
    let chosen = Cell::new(decision.chosen.clone());
    let chosen = if decision.options.contains(&decision.chosen) {
        chosen
    } else {
        chosen
            .marked(Mark::Warn)
            .derived(request.say(&said!("not among what was considered", "absent de ce qui a été envisagé")))
    };
    Row::of(vec![
        Cell::new(decision.title.show(request.lang)).facts([path("title")]),
        Cell::new(decision.options.join(", ")).facts([path("options")]),
        chosen.facts([path("chosen")]),
        Cell::new(decision.because.show(request.lang)).facts([path("because")]),
        request.cell(&status).derived(request.say(&date)).facts([path("status"), path("date")]).facts(as_of()),
    ])
}
