//! Which cell of a row is best, and which subject wins by the weights.

use super::{Cell, Compared, Row};
use crate::design::model::comparison::Better;

/// How a subject fares over all rows that rank anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Rank {
    /// The subject.
    pub subject: String,
    /// The weight that it won, as a share of the weight it competed for, from 0 to 1.
    pub score: f64,
    /// Rows that could not rank it, because nothing answers them for it.
    pub open: Vec<String>,
}

/// Whether the winner hangs on a criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// The criterion.
    pub criterion: String,
    /// Who would win without it.
    pub without: Option<String>,
    /// Who would win if it weighed twice as much.
    pub doubled: Option<String>,
}

/// Marks the best cells: those that no other is better than, where some other is worse. A number
/// that leaves something out is a lower bound; it can lose on what is known, but not win.
pub(super) fn mark_best(row: &mut Row) {
    let Some(better) = row.better else { return };
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
    /// The subjects from the best to the worst: in each row that ranks, a subject wins the row's
    /// weight in proportion to how many of the others it is no worse than (a tie counts half).
    pub fn ranking(&self) -> Vec<Rank> {
        self.ranked(|row| row.weight)
    }

    /// For each criterion, who would win without it and with twice its weight.
    pub fn sensitivity(&self) -> Vec<Sensitivity> {
        let winner = |factor: f64, id: &str| {
            let ranks = self.ranked(|row| if row.id == id { row.weight * factor } else { row.weight });
            match ranks.as_slice() {
                [first, second, ..] if first.score == second.score => None,
                [first, ..] => Some(first.subject.clone()),
                [] => None,
            }
        };
        let ranking = self.rows.iter().filter(|row| row.better.is_some());
        ranking
            .map(|row| Sensitivity {
                criterion: row.id.clone(),
                without: winner(0.0, &row.id),
                doubled: winner(2.0, &row.id),
            })
            .collect()
    }

    fn ranked(&self, weight: impl Fn(&Row) -> f64) -> Vec<Rank> {
        let mut ranks: Vec<Rank> = self
            .subjects
            .iter()
            .enumerate()
            .map(|(i, subject)| {
                let (mut won, mut of, mut open) = (0.0, 0.0, Vec::new());
                for row in &self.rows {
                    let Some(better) = row.better else { continue };
                    let Some(own) = row.cells[i].value.value.comparable() else {
                        open.push(row.id.clone());
                        continue;
                    };
                    let others: Vec<f64> = row
                        .cells
                        .iter()
                        .enumerate()
                        .filter(|(j, _)| *j != i)
                        .filter_map(|(_, cell)| cell.value.value.comparable())
                        .collect();
                    if others.is_empty() {
                        continue;
                    }
                    let points: f64 = others
                        .iter()
                        .map(|other| {
                            if wins(better, own, *other) {
                                1.0
                            } else if own == *other {
                                0.5
                            } else {
                                0.0
                            }
                        })
                        .sum();
                    won += weight(row) * points / others.len() as f64;
                    of += weight(row);
                }
                Rank { subject: subject.name.clone(), score: if of > 0.0 { won / of } else { 0.0 }, open }
            })
            .collect();
        // Equal subjects stay in the order of the columns.
        ranks.sort_by(|a, b| b.score.total_cmp(&a.score));
        ranks
    }
}
