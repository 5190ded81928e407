//! `table:` with a comparison's name: subjects against criteria, every cell worked out or sourced.

use super::{Request, ranking};
use crate::analysis::comparison::Compared;
use crate::analysis::measure::Value;
use crate::analysis::rule::{Words, words};
use crate::design::model::comparison::Better;
use crate::design::model::report::Only;
use crate::figure::{Body, Cell, Column, Figure, Mark, Row, Table};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "A comparison: its subjects as columns, its criteria as rows, every cell worked out from the documents or typed in with a source.",
    "Une comparaison : ses sujets en colonnes, ses critères en lignes, chaque cellule calculée d’après les documents ou saisie avec sa source.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let worked_out = request.runs.compared(request.workspace, request.subject(), request.today)?;
    let compared = &worked_out.0;
    Some(draw(request, compared))
}

/// A comparison as a table; also one that is made up on the spot.
pub(super) fn draw(request: &Request<'_>, compared: &Compared) -> Figure {
    let only_differences = request.fence.only == Some(Only::Differences);
    let mut columns = vec![Column { title: request.say(&said!("Criterion", "Critère")), numeric: false }];
    columns
        .extend(compared.subjects.iter().map(|subject| Column { title: request.say(&subject.title), numeric: false }));
    let all = compared.rows.len();
    let rows: Vec<Row> = compared
        .rows
        .iter()
        .filter(|row| !only_differences || row.differs())
        .map(|row| {
            let weight =
                if row.weight == 1.0 { Said::default() } else { said!("weight {w}", "poids {w}", w = row.weight) };
            // The words of a scale, from worst to best, so that a reader sees what was not chosen.
            let scale = Said::same(row.scale.join(if row.better == Some(Better::None) { ", " } else { " < " }));
            let under = request.small(&[weight, scale]);
            let mut cells = vec![
                Cell::new(request.say(&row.title))
                    .derived(under)
                    .facts(["weight", "scale"].iter().filter_map(|key| criterion_path(compared, &row.id, key))),
            ];
            cells.extend(row.cells.iter().map(|cell| {
                let mark = match &cell.value.value {
                    _ if cell.best => Mark::Best,
                    Value::Unanswered(_) => Mark::Unanswered,
                    _ => Mark::None,
                };
                request.derived(cell.value.value.text(), &cell.value).marked(mark)
            }));
            Row::of(cells)
        })
        .collect();
    let shown = rows.len();
    let answer = answer(compared);
    let mut notes = Vec::new();
    if let Some(assume) = compared.assume {
        notes.push(said!(
            "{a} applications on {h} hosts.",
            "{a} applications sur {h} hôtes.",
            a = assume.applications,
            h = assume.hosts
        ));
    }
    if only_differences && shown < all {
        notes.push(said!(
            "{n} criteria on which they do not differ are left out.",
            "{n} critères sans différence sont omis.",
            n = all - shown
        ));
    }
    let body = Body::Table(Table {
        columns,
        rows,
        empty: request.say(&said!("They do not differ.", "Ils ne diffèrent pas.")),
    });
    let mut figure = request.figure("", &compared.title, &answer, &Said::join(&notes, " "), body);
    figure.id =
        format!("{}.comparison{}", request.subjects.join("-"), if only_differences { "-differences" } else { "" });
    figure.cartouche[0] = (request.say(&said!("comparison", "comparaison")), called(compared));
    figure
}

/// A comparison's name; the names of its subjects where it is made up on the spot.
pub(super) fn called(compared: &Compared) -> String {
    if compared.name.is_empty() {
        compared.subjects.iter().map(|subject| subject.name.clone()).collect::<Vec<_>>().join(", ")
    } else {
        compared.name.clone()
    }
}

fn criterion_path(compared: &Compared, id: &str, key: &str) -> Option<String> {
    (!compared.name.is_empty()).then(|| format!("{}.criteria.{id}.{key}", compared.name))
}

/// Who is best at what, in a sentence; and who comes first by the weights, with what would change it.
fn answer(compared: &Compared) -> Said {
    let best: Vec<Said> = compared
        .subjects
        .iter()
        .enumerate()
        .map(|(i, subject)| {
            let wins = compared.rows.iter().filter(|row| row.cells.get(i).is_some_and(|cell| cell.best)).count();
            said!("{title} {wins}", "{title} {wins}", title = subject.title, wins = wins)
        })
        .collect();
    let list = Said::join(&best, ", ");
    let decided = compared.decide();
    if compared.subjects.len() < 2 || decided.first().is_none() {
        return said!("Best at: {list}.", "Meilleur sur : {list}.", list = list);
    }
    said!(
        "Best at: {list}. {verdict}",
        "Meilleur sur : {list}. {verdict}",
        list = list,
        verdict = ranking::sentence(compared, &decided)
    )
}
