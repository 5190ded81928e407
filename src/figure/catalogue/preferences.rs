//! `table: preferences`: under which conditions each subject of a comparison is preferred.

use super::Request;
use crate::analysis::rule::{Words, words};
use crate::design::model::comparison::Preference;
use crate::figure::{Cell, Figure, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every condition under which a comparison prefers one of its subjects, why, and who says so.",
    "Chaque condition sous laquelle une comparaison préfère l’un de ses sujets, pourquoi, et qui le dit.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let comparison = &request.workspace.comparisons.get(request.subject())?.value;
    let mut rows = Vec::new();
    let mut counts = Vec::new();
    for (subject, preferences) in &comparison.prefer {
        let title = title(request, subject);
        counts.push(said!("{title} {n}", "{title} {n}", title = title, n = preferences.len()));
        for (at, preference) in preferences.iter().enumerate() {
            let first = if at == 0 { Cell::new(request.say(&title)) } else { Cell::default() };
            rows.push(row(request, subject, at, preference, first));
        }
    }
    if rows.is_empty() {
        return None;
    }
    let answer = said!(
        "Reasons to prefer each: {counts}.",
        "Raisons de préférer chacun : {counts}.",
        counts = Said::join(&counts, ", ")
    );
    let about = comparison.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let title = said!("When to prefer which: {about}", "Quand préférer quoi : {about}", about = about);
    let columns = [
        said!("Preferred", "Préféré"),
        said!("Because", "Parce que"),
        said!("When, for a component", "Quand, pour un composant"),
    ];
    let note = said!(
        "A condition is asked of each component of a design and of what surrounds it; where the design does not say, it stays unanswered.",
        "Une condition se pose à chaque composant d’une conception et à ce qui l’entoure ; là où la conception ne dit rien, elle reste sans réponse."
    );
    let body = request.compact(&columns, rows, &said!("No preference is stated.", "Aucune préférence n’est énoncée."));
    Some(request.figure("preferences", &title, &answer, &note, body))
}

/// The title of a stack or a design, or its name.
fn title(request: &Request<'_>, subject: &str) -> Said {
    let design = request.workspace.designs.get(subject).and_then(|doc| doc.value.title.as_ref());
    let stack = request.workspace.stacks.get(subject).and_then(|doc| doc.value.title.as_ref());
    design.or(stack).map_or_else(|| Said::same(subject), |title| title.said())
}

fn row(request: &Request<'_>, subject: &str, at: usize, preference: &Preference, first: Cell) -> Row {
    let path = |key: &str| format!("{}.prefer.{subject}.{at}.{key}", request.subject());
    // The source stands under the table, with its number beside the reason.
    let sources = preference.source.iter().map(|source| source.show(request.lang)).collect();
    let because = Cell { sources, ..Cell::new(preference.because.show(request.lang)) };
    Row::of(vec![
        first.facts([format!("{subject}.title")]),
        because.facts([path("because"), path("source")]),
        Cell::new(format!("`{}`", preference.when)).facts([path("when")]),
    ])
}
