//! Which cell of a row is best, and which subject comes first by the weights, how surely.

use super::{Cell, Compared, Row};
use crate::analysis::decision::{self, Answer, Matrix, Verdict};
use crate::analysis::measure::Value;
use crate::design::model::comparison::Better;
use crate::source::Said;

/// How far apart the first two have to be where a comparison does not say.
pub const MARGIN: f64 = 0.05;

/// How a subject fares over all rows that rank anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Rank {
    /// The subject.
    pub subject: String,
    /// Its title.
    pub title: Said,
    /// The share of all weight that it wins, from 0 to 1; what is open counts half.
    pub score: f64,
    /// The same if every open cell turned against it.
    pub low: f64,
    /// The same if every open cell turned out well for it.
    pub high: f64,
    /// Rows in which nothing answers for it.
    pub open: Vec<String>,
}

/// A criterion's weight, and how far it can move before another subject comes first.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The criterion.
    pub criterion: String,
    /// Its title.
    pub title: Said,
    /// Its weight.
    pub weight: f64,
    /// Its share of all weight.
    pub share: f64,
    /// The least weight with which the first stays first.
    pub from: f64,
    /// The most; infinite where there is none.
    pub to: f64,
    /// Who comes first below.
    pub below: Option<String>,
    /// Who comes first above.
    pub above: Option<String>,
}

impl Weighed {
    /// By which factor the weight has to change before another comes first; infinite where none does.
    pub fn slack(&self) -> f64 {
        let up = if self.above.is_some() && self.weight > 0.0 { self.to / self.weight } else { f64::INFINITY };
        let down = if self.below.is_some() && self.from > 0.0 { self.weight / self.from } else { f64::INFINITY };
        up.min(down)
    }
}

/// One cell that would put another first, were it otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// The criterion.
    pub criterion: String,
    /// The subject whose cell it is.
    pub subject: String,
    /// Whether it would have to be better.
    pub better: bool,
    /// The subject whose value it would have to reach.
    pub reaches: String,
    /// Whether it would have to pass that value; else to equal it is enough.
    pub passes: bool,
    /// Whether nobody answers it today.
    pub open: bool,
    /// Who would come first.
    pub winner: String,
}

/// Who comes first, how surely, and what would change it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The subjects from first to last.
    pub ranks: Vec<Rank>,
    /// How surely the first is first.
    pub verdict: Verdict,
    /// How far apart the first two had to be.
    pub margin: f64,
    /// The criteria that rank, in the order of the rows.
    pub weights: Vec<Weighed>,
    /// Single cells that would put another first, in the order of the rows.
    pub flips: Vec<Flip>,
    /// Who is nowhere better than another and somewhere worse: by whom, and who.
    pub dominated: Vec<(String, String)>,
    /// Criteria that rank nothing, and why.
    pub left_out: Vec<(Said, Said)>,
}

impl Decided {
    /// The subject that comes first; none where nothing ranks.
    pub fn first(&self) -> Option<&Rank> {
        self.ranks.first().filter(|_| self.verdict != Verdict::Nothing)
    }

    /// The weight that has to change least before another comes first.
    pub fn tightest(&self) -> Option<&Weighed> {
        self.weights.iter().filter(|one| one.slack().is_finite()).min_by(|a, b| a.slack().total_cmp(&b.slack()))
    }
}

/// Marks the best cells: those that no other is better than, where some other is worse. A number
/// that leaves something out is a lower bound; it can lose on what is known, but not win.
pub(super) fn mark_best(row: &mut Row) {
    let Some(better) = row.better.filter(|_| row.left_out.is_none()) else { return };
    let numbers: Vec<Option<f64>> = row.cells.iter().map(|cell| cell.value.value.comparable()).collect();
    let Some(best) = numbers.iter().flatten().copied().reduce(|a, b| if wins(better, b, a) { b } else { a }) else {
        return;
    };
    if numbers.iter().flatten().all(|number| *number == best) {
        return;
    }
    // A bound beside the best could in truth be better where more is better, and the best itself
    // could be worse where less is.
    let sure = |cell: &Cell| !cell.value.value.is_partial();
    let overtaken = better == Better::Higher && row.cells.iter().any(|cell| !sure(cell));
    let flags: Vec<bool> = row
        .cells
        .iter()
        .zip(&numbers)
        .map(|(cell, number)| *number == Some(best) && sure(cell) && !overtaken)
        .collect();
    for (cell, best) in row.cells.iter_mut().zip(flags) {
        cell.best = best;
    }
}

fn wins(better: Better, a: f64, b: f64) -> bool {
    match better {
        Better::Lower => a < b,
        Better::Higher => a > b,
        Better::None => false,
    }
}

impl Compared {
    /// Who comes first by the weights, how surely, and what would change it.
    pub fn decide(&self) -> Decided {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| row.left_out.is_none()).collect();
        let criteria = rows.iter().map(|row| decision::Criterion {
            weight: row.weight,
            higher: row.better == Some(Better::Higher),
            answers: row.cells.iter().map(|cell| answer(&cell.value.value)).collect(),
        });
        let matrix = Matrix { subjects: self.subjects.len(), criteria: criteria.collect() };
        let decided = decision::decide(&matrix, self.margin);
        let name = |subject: usize| self.subjects.get(subject).map_or_else(String::new, |column| column.name.clone());
        let id = |at: usize| rows.get(at).map_or_else(String::new, |row| row.id.clone());
        let total: f64 = rows.iter().map(|row| row.weight).sum();
        let ranks = decided.standings.iter().map(|standing| Rank {
            subject: name(standing.subject),
            title: self.subjects.get(standing.subject).map_or_else(Said::default, |column| column.title.clone()),
            score: standing.score,
            low: standing.low,
            high: standing.high,
            open: open(&rows, standing.subject),
        });
        let weights = decided.weights.iter().filter_map(|range| {
            let row = rows.get(range.criterion)?;
            Some(Weighed {
                criterion: row.id.clone(),
                title: row.title.clone(),
                weight: row.weight,
                share: if total > 0.0 { row.weight / total } else { 0.0 },
                from: range.from,
                to: range.to,
                below: range.below.map(name),
                above: range.above.map(name),
            })
        });
        let flips = decided.flips.iter().map(|flip| Flip {
            criterion: id(flip.criterion),
            subject: name(flip.subject),
            better: flip.better,
            reaches: name(flip.reaches),
            passes: flip.passes,
            open: flip.open,
            winner: name(flip.winner),
        });
        let left_out = self.rows.iter().filter_map(|row| Some((row.title.clone(), row.left_out.clone()?)));
        Decided {
            ranks: ranks.collect(),
            verdict: decided.verdict,
            margin: self.margin,
            weights: weights.collect(),
            flips: flips.collect(),
            dominated: decided.dominated.iter().map(|(by, who)| (name(*by), name(*who))).collect(),
            left_out: left_out.collect(),
        }
    }
}

/// What a cell answers; a value that has no number is as open as none.
fn answer(value: &Value) -> Answer {
    match value.comparable() {
        Some(number) if value.is_partial() => Answer::AtLeast(number),
        Some(number) => Answer::Is(number),
        None => Answer::Open,
    }
}

/// The rows in which nothing answers for a subject.
fn open(rows: &[&Row], subject: usize) -> Vec<String> {
    let silent = |row: &&&Row| row.cells.get(subject).is_some_and(|cell| cell.value.value.comparable().is_none());
    rows.iter().filter(silent).map(|row| row.id.clone()).collect()
}
