//! `table: waivers`: findings that are accepted in writing, and for how much longer.

use super::cells::{as_of, days_since};
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::measure::counted;
use crate::analysis::rule::{Words, words};
use crate::analysis::rules::RULES;
use crate::design::model::organisation::Waiver;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every finding that is accepted in writing: for what, why, by whom, and for how many days more.",
    "Chaque constat accepté par écrit : pour quoi, pourquoi, par qui, et pour combien de jours encore.",
);

/// With this many days left, a waiver is about to end.
const SOON: i64 = 30;

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let waivers = &view.design.waivers;
    let (next, first) = waivers.iter().min_by_key(|(_, waiver)| waiver.until.last_day())?;
    let rows = waivers.iter().map(|(name, waiver)| row(request, &view, name, waiver)).collect();
    let expired: Vec<&str> =
        waivers.iter().filter(|(_, waiver)| left(&view, waiver) < 0).map(|(name, _)| name.as_str()).collect();
    let answer = if expired.is_empty() {
        said!(
            "{count}, of which {next} ends first, on {date}, in {days}.",
            "{count}, dont la première à échoir est {next}, le {date}, dans {days}.",
            count = counted(waivers.len() as u32, words("waiver", "dérogation"), words("waivers", "dérogations")),
            date = first.until,
            days = days_of(left(&view, first))
        )
    } else {
        said!(
            "No longer accepted, their time is over: {names}.",
            "Plus acceptées, leur délai est passé : {names}.",
            names = Said::list(&expired)
        )
    };
    let title = said!(
        "What is accepted for a time: {title}",
        "Ce qui est accepté pour un temps : {title}",
        title = title_of(&view)
    );
    let columns = [
        said!("Waiver", "Dérogation"),
        said!("Rule", "Règle"),
        said!("For", "Pour"),
        said!("Because", "Parce que"),
        said!("Who answers for it", "Qui en répond"),
        said!("Until", "Jusqu’au"),
    ];
    let body = request.compact(&columns, rows, &said!("Nothing is waived.", "Aucune dérogation."));
    Some(request.figure("waivers", &title, &answer, &Said::default(), body))
}

/// Days left, the last one included; negative once it is over.
fn left(view: &View<'_>, waiver: &Waiver) -> i64 {
    -days_since(view.today, waiver.until)
}

fn days_of(count: i64) -> Said {
    counted(count.max(0) as u32, words("day", "jour"), words("days", "jours"))
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, waiver: &Waiver) -> Row {
    let path = |key: &str| view.path(&format!("waivers.{name}.{key}"));
    let summary = RULES.iter().find(|rule| rule.code == waiver.rule).map(|rule| rule.summary.show(request.lang));
    let target = Cell::new(waiver.target.clone());
    let target = if view.workspace.at(&view.path(&waiver.target)).is_some() {
        target
    } else {
        target.marked(Mark::Warn).derived(request.say(&said!("leads nowhere", "ne mène nulle part")))
    };
    let (rest, mark) = match left(view, waiver) {
        left if left < 0 => (said!("over for {days}", "terminée depuis {days}", days = days_of(-left)), Mark::Bad),
        0 => (said!("the last day", "dernier jour"), Mark::Warn),
        left if left <= SOON => (said!("{days} left", "encore {days}", days = days_of(left)), Mark::Warn),
        left => (said!("{days} left", "encore {days}", days = days_of(left)), Mark::None),
    };
    Row::of(vec![
        Cell::new(name),
        Cell::new(waiver.rule.clone()).derived(summary.unwrap_or_default()).facts([path("rule")]),
        target.facts([path("target")]),
        Cell::new(waiver.reason.show(request.lang)).facts([path("reason")]),
        request.team(Some(&waiver.owner), path("owner")),
        Cell::new(waiver.until.show(request.lang))
            .derived(request.say(&rest))
            .marked(mark)
            .facts([path("until")])
            .facts(as_of()),
    ])
}
