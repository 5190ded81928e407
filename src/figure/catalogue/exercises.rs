//! `table: exercises`: what was tried for real, the latest first.

use super::cells::{ago, as_of, days_since};
use super::objectives::disruption_title;
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::rule::{Words, words};
use crate::design::model::organisation::{Exercise, ExerciseKind};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Everything that was tried for real, the latest first: on what, for which disruption, when, how long it took, what was lost, and where the record is.",
    "Tout ce qui a été essayé pour de vrai, le plus récent d’abord : sur quoi, pour quelle perturbation, quand, en combien de temps, avec quelle perte, et où est la trace.",
);

/// After this many days an exercise says little about what runs today; DORA art. 24 asks for one a year.
const YEARLY: i64 = 366;

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let mut exercises: Vec<(&String, &Exercise)> = view.design.exercises.iter().collect();
    exercises.sort_by_key(|(_, exercise)| std::cmp::Reverse(exercise.date.last_day()));
    let (_, last) = exercises.first()?;
    let old: Vec<&str> = exercises
        .iter()
        .filter(|(_, exercise)| days_since(view.today, exercise.date) > YEARLY)
        .map(|(name, _)| name.as_str())
        .collect();
    let of: Vec<&str> = last.of.iter().map(|target| target.0.as_str()).collect();
    let what = kind(last.kind);
    let answer = if old.is_empty() {
        said!(
            "Last tried {ago}: {what}, on {of}.",
            "Dernier essai {ago} : {what}, sur {of}.",
            ago = ago(view.today, last.date),
            what = what,
            of = Said::list(&of)
        )
    } else {
        said!("More than a year old: {old}.", "Vieux de plus d’un an : {old}.", old = Said::list(&old))
    };
    let rows = exercises.iter().map(|(name, exercise)| row(request, &view, name, exercise)).collect();
    let title = said!("What was tried: {title}", "Ce qui a été essayé : {title}", title = title_of(&view));
    let columns = [
        said!("Exercise", "Exercice"),
        said!("What", "Quoi"),
        said!("On", "Sur"),
        said!("For the loss of", "Pour la perte de"),
        said!("When", "Quand"),
        said!("Took", "Durée"),
        said!("Data lost", "Données perdues"),
        said!("Segregated systems", "Systèmes isolés"),
        said!("Record", "Trace"),
    ];
    let body = request.compact(&columns, rows, &said!("Nothing was tried.", "Rien n’a été essayé."));
    Some(request.figure("exercises", &title, &answer, &Said::default(), body))
}

fn kind(kind: ExerciseKind) -> Said {
    match kind {
        ExerciseKind::Restore => said!("a restore", "une restauration"),
        ExerciseKind::SiteSwitch => said!("a switch to the other site", "une bascule vers l’autre site"),
        ExerciseKind::Rebuild => said!("a rebuild elsewhere", "une reconstruction ailleurs"),
        ExerciseKind::SegmentationTest => said!("a test of segmentation", "un essai de segmentation"),
        ExerciseKind::Rollback => said!("an update taken back", "un retour arrière"),
        ExerciseKind::FaultInjection => said!("a fault injected", "une faute injectée"),
    }
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, exercise: &Exercise) -> Row {
    let path = |key: &str| view.path(&format!("exercises.{name}.{key}"));
    let of: Vec<&str> = exercise.of.iter().map(|target| target.0.as_str()).collect();
    let days = days_since(view.today, exercise.date);
    let mark = if days > YEARLY { Mark::Warn } else { Mark::None };
    let date =
        Cell::new(exercise.date.show(request.lang)).derived(request.say(&ago(view.today, exercise.date))).marked(mark);
    let disruption = exercise.disruption.map(disruption_title);
    let restore = exercise.kind == ExerciseKind::Restore;
    Row::of(vec![
        Cell::new(name),
        request.cell(&kind(exercise.kind)).facts([path("kind")]),
        Cell::new(of.join(", ")).facts([path("of")]),
        request.optional(disruption.as_ref(), path("disruption")),
        date.facts([path("date")]).facts(as_of()),
        request.optional(exercise.took.as_ref(), path("took")),
        request.optional(exercise.lost.as_ref(), path("lost")),
        // Only a restore can spill into what it was copied from.
        request
            .whether(exercise.segregated, restore && finance(view), path("segregated"))
            .facts([view.path("context"), path("kind")]),
        request.stated(exercise.evidence.as_ref(), path("evidence")),
    ])
}

/// DORA art. 12(3) asks a financial institution to restore on systems segregated from the source.
fn finance(view: &View<'_>) -> bool {
    view.design.context == crate::design::model::config::Context::Finance
}
