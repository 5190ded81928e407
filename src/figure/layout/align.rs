//! First places made straight: boxes of a row move to what they are connected with.
//!
//! Rows have been centred. Here every box moves along its row towards the middle one of its
//! connections' other ends, as far as its neighbours and the border allow, so that many connections
//! can be straight lines from the start. The room of a group stays as it is.

use super::model::Rect;
use super::place::GAP;
use super::plan::Plan;
use super::tree::Tree;

/// How often all groups are gone through.
const ROUNDS: usize = 1;

struct Aligner<'a> {
    tree: &'a Tree,
    rects: &'a mut [Rect],
    /// The connections that leave each box, by the end within it and the one outside.
    ties: Vec<Vec<(usize, usize)>>,
}

/// A run of boxes that touch each other, and where its first one wants to be.
struct Run {
    wish: f64,
    weight: f64,
    count: usize,
    length: f64,
}

/// Moves boxes along their rows.
pub(super) fn align(tree: &Tree, plan: &Plan, rects: &mut [Rect]) {
    let mut ties: Vec<Vec<(usize, usize)>> = vec![Vec::new(); tree.root + 1];
    for &(from, to) in tree.ends.iter().flatten() {
        let meet = tree.meet(from, to);
        for (inner, outer) in [(from, to), (to, from)] {
            let mut at = inner;
            while at != meet && at != tree.root {
                ties[at].push((inner, outer));
                at = tree.parent[at];
            }
        }
    }
    let mut aligner = Aligner { tree, rects, ties };
    for round in 0..ROUNDS {
        let mut open = vec![tree.root];
        while let Some(group) = open.pop() {
            let rows = &plan.rows[group];
            for index in 0..rows.len() {
                let row = if round % 2 == 0 { &rows[index] } else { &rows[rows.len() - 1 - index] };
                aligner.row(group, row, plan.down[group]);
            }
            open.extend(tree.children[group].iter().filter(|child| tree.holds(**child)));
        }
    }
}

impl Aligner<'_> {
    fn reach(&self, at: usize, is_x: bool) -> (f64, f64) {
        let rect = &self.rects[at];
        if is_x { (rect.x, rect.w) } else { (rect.y, rect.h) }
    }

    /// How far a box wants to move: to where the middle one of its connections is straight.
    fn wish(&self, at: usize, is_x: bool) -> Option<f64> {
        let middle = |at: usize| {
            let (low, size) = self.reach(at, is_x);
            low + size / 2.0
        };
        let mut wishes: Vec<f64> = self.ties[at].iter().map(|(inner, outer)| middle(*outer) - middle(*inner)).collect();
        wishes.sort_by(f64::total_cmp);
        wishes.get(wishes.len().saturating_sub(1) / 2).copied()
    }

    fn shift(&mut self, at: usize, is_x: bool, by: f64) {
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            let rect = &mut self.rects[at];
            *if is_x { &mut rect.x } else { &mut rect.y } += by;
            open.extend(&self.tree.children[at]);
        }
    }

    /// Sets one row: the places nearest to all wishes that keep order and gaps.
    fn row(&mut self, group: usize, row: &[usize], is_x: bool) {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { return };
        let siblings = &self.tree.children[group];
        let low = siblings.iter().map(|at| self.reach(*at, is_x).0).fold(f64::MAX, f64::min);
        let high = siblings.iter().map(|at| self.reach(*at, is_x)).map(|(at, size)| at + size).fold(f64::MIN, f64::max);
        let lengths: Vec<f64> = row.iter().map(|at| self.reach(*at, is_x).1 + GAP).collect();
        let whole = lengths.iter().sum::<f64>() - GAP;
        if whole > high - low - 1.0 && first != last {
            return;
        }
        let mut runs: Vec<Run> = Vec::new();
        for (at, length) in row.iter().zip(&lengths) {
            let place = self.reach(*at, is_x).0;
            let (wish, weight) = match self.wish(*at, is_x) {
                Some(by) => (place + by, (self.ties[*at].len() as f64).min(4.0)),
                None => (place, 0.05),
            };
            runs.push(Run { wish, weight, count: 1, length: *length });
            // Neighbours that would overlap become one run, whose wish is the mean of theirs.
            while let [.., before, after] = &runs[..] {
                if before.wish + before.length <= after.wish {
                    break;
                }
                let weight = before.weight + after.weight;
                let wish = (before.wish * before.weight + (after.wish - before.length) * after.weight) / weight;
                let run = Run { wish, weight, count: before.count + after.count, length: before.length + after.length };
                runs.truncate(runs.len() - 2);
                runs.push(run);
            }
        }
        let mut places: Vec<f64> = Vec::new();
        for run in &runs {
            let mut at = run.wish;
            for _ in 0..run.count {
                let length = lengths[places.len()];
                places.push(at);
                at += length;
            }
        }
        let mut least = low;
        for (place, length) in places.iter_mut().zip(&lengths) {
            *place = place.max(least);
            least = *place + length;
        }
        let mut most = high + GAP;
        for (place, length) in places.iter_mut().zip(&lengths).rev() {
            *place = place.min(most - length);
            most = *place;
        }
        for (at, place) in row.iter().zip(places) {
            let jitter = ((*at * 7) % 11) as f64 * 0.5 - 2.5;
            let by = (place + jitter).clamp(low, high) - self.reach(*at, is_x).0;
            if by.abs() > 0.5 {
                self.shift(*at, is_x, by);
            }
        }
    }
}
