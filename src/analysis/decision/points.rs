//! How two subjects stand on one criterion, and the share of its weight that each wins.

use super::{Answer, Criterion, Matrix};

/// How one subject stands against another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair {
    /// It is better.
    Wins,
    /// Neither is better.
    Ties,
    /// It is worse.
    Loses,
    /// Nobody knows.
    Open,
}

/// What each subject wins of a criterion, in wins over the others.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Points {
    sure: Vec<f64>,
    open: Vec<f64>,
    others: f64,
}

impl Points {
    /// The share that a subject wins; what is open counts half.
    pub(super) fn middle(&self, subject: usize) -> f64 {
        (get(&self.sure, subject) + 0.5 * get(&self.open, subject)) / self.others
    }

    /// The share that it wins at least.
    pub(super) fn low(&self, subject: usize) -> f64 {
        get(&self.sure, subject) / self.others
    }

    /// The share that it wins at most.
    pub(super) fn high(&self, subject: usize) -> f64 {
        (get(&self.sure, subject) + get(&self.open, subject)) / self.others
    }

    /// Whether anything in it is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.iter().any(|open| *open > 0.0)
    }
}

fn get(values: &[f64], at: usize) -> f64 {
    values.get(at).copied().unwrap_or(0.0)
}

/// The points of every criterion.
pub(super) fn of(matrix: &Matrix) -> Vec<Points> {
    matrix.criteria.iter().map(|criterion| row(criterion, matrix.subjects)).collect()
}

/// The points of one criterion.
pub(super) fn row(criterion: &Criterion, subjects: usize) -> Points {
    let (mut sure, mut open) = (vec![0.0; subjects], vec![0.0; subjects]);
    for (subject, (sure, open)) in sure.iter_mut().zip(open.iter_mut()).enumerate() {
        for other in (0..subjects).filter(|other| *other != subject) {
            match pair(criterion, subject, other) {
                Pair::Wins => *sure += 1.0,
                Pair::Ties => *sure += 0.5,
                Pair::Open => *open += 1.0,
                Pair::Loses => {}
            }
        }
    }
    Points { sure, open, others: subjects.saturating_sub(1).max(1) as f64 }
}

/// How a subject stands against another on a criterion.
pub(super) fn pair(criterion: &Criterion, a: usize, b: usize) -> Pair {
    let (a, b) = (range(criterion, a), range(criterion, b));
    if a.0 > b.1 {
        Pair::Wins
    } else if a.1 < b.0 {
        Pair::Loses
    } else if a.0 == a.1 && a == b {
        Pair::Ties
    } else {
        Pair::Open
    }
}

/// From where to where a subject's value may lie, more being better.
fn range(criterion: &Criterion, subject: usize) -> (f64, f64) {
    let (low, high) = match criterion.answers.get(subject).copied().unwrap_or(Answer::Open) {
        Answer::Is(number) => (number, number),
        Answer::AtLeast(number) => (number, f64::INFINITY),
        Answer::Open => (f64::NEG_INFINITY, f64::INFINITY),
    };
    if criterion.higher { (low, high) } else { (-high, -low) }
}
