//! Who comes first by weighted criteria, how surely, and what would change it.
//!
//! A criterion only orders its subjects: whoever is no worse than all others gets all of its weight,
//! whoever is no better than any gets none. So numbers in different units are never added, and a
//! value that is infinite or known only from below can still be ranked. What nobody answers is not
//! guessed: it opens a range, from losing against everybody to winning against everybody.
//!
//! Nothing here knows comparisons or documents; `tests/ranking/ranking.py` works the same out
//! independently.

mod points;
mod sensitivity;

pub use points::Pair;
pub use sensitivity::{Flip, MOST_TRIED, WeightRange};

/// What is decided on: criteria by subjects.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// How many subjects there are.
    pub subjects: usize,
    /// The criteria.
    pub criteria: Vec<Criterion>,
}

/// A criterion with what is known of each subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its weight, 0 or more.
    pub weight: f64,
    /// Whether more is better; else less is.
    pub higher: bool,
    /// One answer for each subject.
    pub answers: Vec<Answer>,
}

/// What is known of a subject.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer {
    /// The number.
    Is(f64),
    /// A number that it is at least: something is left out.
    AtLeast(f64),
    /// Nothing.
    Open,
}

/// How surely somebody comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// By more than the margin, whatever the open answers turn out to be.
    Clear,
    /// By more than the margin, but open answers could put another first.
    Open,
    /// By less than the margin: there is no clear winner.
    Narrow,
    /// Nothing ranks anything.
    Nothing,
}

/// Where a subject stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Which subject.
    pub subject: usize,
    /// The share of all weight that it wins, from 0 to 1; what is open counts half.
    pub score: f64,
    /// The same if every open answer turned against it.
    pub low: f64,
    /// The same if every open answer turned out well for it.
    pub high: f64,
}

/// What follows from a matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The subjects from first to last; equals in the order in which they are given.
    pub standings: Vec<Standing>,
    /// How surely the first is first.
    pub verdict: Verdict,
    /// Who is nowhere better than somebody else and somewhere worse: `(by, who)`.
    pub dominated: Vec<(usize, usize)>,
    /// How far each weight can move before another comes first, in the order of the criteria.
    pub weights: Vec<WeightRange>,
    /// Single answers that would put another first.
    pub flips: Vec<Flip>,
}

/// Differences below this are none: sums of shares are not exact.
const EXACT: f64 = 1e-9;

/// Works out who comes first; `margin` is how far apart the first two have to be, as a share.
pub fn decide(matrix: &Matrix, margin: f64) -> Decision {
    let points = points::of(matrix);
    let standings = standings(matrix, &points);
    let counted = matrix.criteria.iter().any(|criterion| criterion.weight > 0.0);
    let verdict = match standings.as_slice() {
        [first, second, rest @ ..] if counted => {
            let could = std::iter::once(second).chain(rest).any(|other| other.high > first.low + EXACT);
            if first.score - second.score < margin - EXACT || first.score - second.score <= EXACT {
                Verdict::Narrow
            } else if could && points.iter().any(points::Points::is_open) {
                Verdict::Open
            } else {
                Verdict::Clear
            }
        }
        _ => Verdict::Nothing,
    };
    let decided = verdict != Verdict::Nothing;
    Decision {
        dominated: dominated(matrix),
        weights: if decided { sensitivity::weights(matrix, &points, &standings) } else { Vec::new() },
        flips: if decided { sensitivity::flips(matrix, &points, &standings) } else { Vec::new() },
        standings,
        verdict,
    }
}

fn standings(matrix: &Matrix, points: &[points::Points]) -> Vec<Standing> {
    let total: f64 = matrix.criteria.iter().map(|criterion| criterion.weight).sum();
    let share = |subject: usize, of: fn(&points::Points, usize) -> f64| {
        let won: f64 =
            matrix.criteria.iter().zip(points).map(|(criterion, row)| criterion.weight * of(row, subject)).sum();
        if total > 0.0 { won / total } else { 0.0 }
    };
    let mut standings: Vec<Standing> = (0..matrix.subjects)
        .map(|subject| Standing {
            subject,
            score: share(subject, |row, subject| row.middle(subject)),
            low: share(subject, |row, subject| row.low(subject)),
            high: share(subject, |row, subject| row.high(subject)),
        })
        .collect();
    // A stable sort: equals stay in the order in which they are given.
    standings.sort_by_key(|standing| -rounded(standing.score));
    standings
}

/// A score as a whole number of the smallest difference that counts.
fn rounded(score: f64) -> i64 {
    (score / EXACT + 0.5).floor() as i64
}

fn dominated(matrix: &Matrix) -> Vec<(usize, usize)> {
    let rows: Vec<_> = matrix.criteria.iter().filter(|criterion| criterion.weight > 0.0).collect();
    let dominates = |a: usize, b: usize| {
        let pairs = || rows.iter().map(|criterion| points::pair(criterion, a, b));
        pairs().all(|pair| matches!(pair, Pair::Wins | Pair::Ties)) && pairs().any(|pair| pair == Pair::Wins)
    };
    let every = (0..matrix.subjects).flat_map(|a| (0..matrix.subjects).map(move |b| (a, b)));
    every.filter(|(a, b)| a != b && dominates(*a, *b)).collect()
}

#[cfg(test)]
mod tests;
