//! What would put another first: a weight that moves, or a single answer that turns out otherwise.

use super::points::{Points, row};
use super::{Answer, Criterion, EXACT, Matrix, Standing, rounded, standings};

/// How far one weight can move, the others staying, before another comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightRange {
    /// Which criterion.
    pub criterion: usize,
    /// The least weight with which the first stays first.
    pub from: f64,
    /// The most; infinite where it stays first however much this weighs.
    pub to: f64,
    /// Who comes first below.
    pub below: Option<usize>,
    /// Who comes first above.
    pub above: Option<usize>,
}

/// One answer that would put another first, were it otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flip {
    /// The criterion.
    pub criterion: usize,
    /// The subject whose answer it is.
    pub subject: usize,
    /// Whether the answer would have to be better than it is; where it is open, than the other's.
    pub better: bool,
    /// The subject whose value it would have to reach.
    pub reaches: usize,
    /// Whether it would have to pass that value; else to equal it is enough.
    pub passes: bool,
    /// Whether nobody knows the answer today.
    pub open: bool,
    /// Who would come first.
    pub winner: usize,
}

/// Subjects whose answers are tried: the first, and those next to it.
const TRIED: usize = 12;
/// With more subjects single answers are not tried: among so many none is the one that matters.
pub const MOST_TRIED: usize = 30;

/// How far each weight can move.
pub(super) fn weights(matrix: &Matrix, points: &[Points], standings: &[Standing]) -> Vec<WeightRange> {
    let Some((first, others)) = standings.split_first() else { return Vec::new() };
    let ahead = |row: &Points, other: usize| row.middle(first.subject) - row.middle(other);
    let mut ranges = Vec::new();
    for (criterion, own) in points.iter().enumerate() {
        let mut range = WeightRange { criterion, from: 0.0, to: f64::INFINITY, below: None, above: None };
        for other in others.iter().map(|standing| standing.subject) {
            // Ahead by `rest + weight × here`, which changes its sign once.
            let rest: f64 = matrix
                .criteria
                .iter()
                .zip(points)
                .enumerate()
                .filter(|(at, _)| *at != criterion)
                .map(|(_, (weighed, row))| weighed.weight * ahead(row, other))
                .sum();
            let here = ahead(own, other);
            if here > EXACT && -rest / here > range.from + EXACT {
                (range.from, range.below) = (-rest / here, Some(other));
            } else if here < -EXACT && rest / -here < range.to - EXACT {
                (range.to, range.above) = ((rest / -here).max(0.0), Some(other));
            }
        }
        ranges.push(range);
    }
    ranges
}

/// Single answers that would put another first, each with the least change that does.
pub(super) fn flips(matrix: &Matrix, points: &[Points], standings: &[Standing]) -> Vec<Flip> {
    let Some(first) = standings.first().filter(|_| matrix.subjects <= MOST_TRIED) else { return Vec::new() };
    let mut tried: Vec<usize> = standings.iter().take(TRIED).map(|standing| standing.subject).collect();
    tried.sort_unstable();
    let mut flips = Vec::new();
    for (at, criterion) in matrix.criteria.iter().enumerate().filter(|(_, criterion)| criterion.weight > 0.0) {
        for subject in &tried {
            let open = !matches!(criterion.answers.get(*subject), Some(Answer::Is(_)));
            for better in [true, false] {
                let least = steps(criterion, *subject, better).into_iter().find_map(|step| {
                    let winner = winner_with(matrix, points, at, *subject, step.value)?;
                    (winner != first.subject).then_some((step, winner))
                });
                if let Some((step, winner)) = least {
                    let Step { reaches, passes, .. } = step;
                    flips.push(Flip { criterion: at, subject: *subject, better, reaches, passes, open, winner });
                }
            }
        }
    }
    flips
}

/// A value that an answer could have instead.
struct Step {
    value: f64,
    reaches: usize,
    passes: bool,
}

/// The values that an answer could have instead, the nearest first: each of the others' values, and
/// what lies just beyond it. Where the answer is open, from the worst up or from the best down.
fn steps(criterion: &Criterion, subject: usize, better: bool) -> Vec<Step> {
    let up = criterion.higher == better;
    let own = match criterion.answers.get(subject) {
        Some(Answer::Is(number)) => Some(*number),
        _ => None,
    };
    let mut others: Vec<(f64, usize)> = criterion
        .answers
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != subject)
        .filter_map(|(other, answer)| match answer {
            Answer::Is(number) => Some((*number, other)),
            _ => None,
        })
        .filter(|(number, _)| own.is_none_or(|own| if up { *number >= own } else { *number <= own }))
        .collect();
    others.sort_by(|a, b| if up { a.0.total_cmp(&b.0) } else { b.0.total_cmp(&a.0) }.then(a.1.cmp(&b.1)));
    others.dedup_by(|a, b| a.0 == b.0);
    let mut steps = Vec::new();
    for (at, (number, other)) in others.iter().enumerate() {
        if own != Some(*number) {
            steps.push(Step { value: *number, reaches: *other, passes: false });
        }
        let beyond = match others.get(at + 1) {
            Some((next, _)) if next.is_finite() => (number + next) / 2.0,
            _ if up => number + number.abs().max(1.0),
            _ => number - number.abs().max(1.0),
        };
        // Nothing lies beyond infinity.
        if number.is_finite() && beyond.is_finite() {
            steps.push(Step { value: beyond, reaches: *other, passes: true });
        }
    }
    steps
}

/// Who comes first if one answer were another.
fn winner_with(matrix: &Matrix, points: &[Points], at: usize, subject: usize, value: f64) -> Option<usize> {
    let mut criterion = matrix.criteria.get(at)?.clone();
    *criterion.answers.get_mut(subject)? = Answer::Is(value);
    let mut points = points.to_vec();
    *points.get_mut(at)? = row(&criterion, matrix.subjects);
    let standings = standings(matrix, &points);
    let best = standings.first()?;
    // Whoever only draws level does not come first.
    let level = standings.iter().filter(|other| rounded(other.score) == rounded(best.score)).count();
    (level == 1).then_some(best.subject)
}
