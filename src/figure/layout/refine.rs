//! Order within rows, by all connections: those that leave the group too.
//!
//! Ranks know only what meets in their own group. With first places for every box the length of all
//! connections is known, so neighbours in a row, rows of a group and whole rows are exchanged while
//! that makes connections clearly shorter or lets fewer of them cross. What is gained must be more
//! than a little, and the more boxes change places the more must be gained, so that a small change
//! of the model does not turn a drawing over.

use super::model::Rect;
use super::plan::Plan;
use super::tree::Tree;

/// What an exchange must gain, in pixels and as a share of what it concerns.
const GAIN: f64 = 60.0;
const SHARE: f64 = 0.06;
/// What share more it must gain if all boxes changed places.
const MOVED: f64 = 2.0;
/// What a crossing of straight lines costs, in pixels of their length.
const CROSSING: f64 = 400.0;
/// Crossings are counted where at most so many connections are concerned, and of at most so many in all.
const CONCERNED: usize = 16;
const COMPARED: usize = 420;
/// How much more a connection costs that runs against the flow, by its length.
const AGAINST: f64 = 0.25;

struct Refiner<'a> {
    tree: &'a Tree,
    plan: &'a mut Plan,
    rects: &'a mut [Rect],
    /// The edges that end somewhere in each box.
    edges: Vec<Vec<usize>>,
    /// The boxes in each box.
    inner: Vec<Vec<usize>>,
    stamp: Vec<u32>,
    now: u32,
}

/// Exchanges what is better the other way round.
pub(super) fn refine(tree: &Tree, plan: &mut Plan, rects: &mut [Rect]) {
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); tree.root + 1];
    for (edge, ends) in tree.ends.iter().enumerate() {
        let Some((from, to)) = *ends else { continue };
        let meet = tree.meet(from, to);
        for end in [from, to] {
            let mut at = end;
            while at != meet && at != tree.root {
                edges[at].push(edge);
                at = tree.parent[at];
            }
        }
    }
    let mut inner: Vec<Vec<usize>> = (0..=tree.root).map(|at| vec![at]).collect();
    for &at in &tree.inner_first {
        for child in &tree.children[at] {
            let more = inner[*child].clone();
            inner[at].extend(more);
        }
    }
    let stamp = vec![0; tree.ends.len()];
    let mut refiner = Refiner { tree, plan, rects, edges, inner, stamp, now: 0 };
    for _ in 0..4 {
        let mut is_changed = false;
        for &at in tree.inner_first.iter().rev() {
            is_changed |= refiner.group(at);
        }
        if !is_changed {
            break;
        }
    }
}

impl Refiner<'_> {
    fn cost(&self, edge: usize) -> f64 {
        let Some((from, to)) = self.tree.ends[edge] else { return 0.0 };
        let (a, b) = (&self.rects[from], &self.rects[to]);
        let dx = (a.x + a.w / 2.0 - b.x - b.w / 2.0).abs();
        let dy = b.y + b.h / 2.0 - a.y - a.h / 2.0;
        dx + dy.abs() + (-dy).max(0.0) * AGAINST
    }

    fn sum(&mut self, boxes: &[usize]) -> f64 {
        self.now += 1;
        let mut sum = 0.0;
        for at in boxes {
            for index in 0..self.edges[*at].len() {
                let edge = self.edges[*at][index];
                if self.stamp[edge] != self.now {
                    self.stamp[edge] = self.now;
                    sum += self.cost(edge);
                }
            }
        }
        sum
    }

    /// How often the straight lines of the connections that end in some boxes cross others; nothing if they are many,
    /// because those of large groups cross so often either way that it says little for its price.
    fn crossings(&self, boxes: &[usize]) -> f64 {
        if self.tree.ends.len() > COMPARED {
            return 0.0;
        }
        let mut own: Vec<usize> = boxes.iter().flat_map(|at| self.edges[*at].iter().copied()).collect();
        own.sort_unstable();
        own.dedup();
        if own.len() > CONCERNED {
            return 0.0;
        }
        let middle = |at: usize| {
            let rect = &self.rects[at];
            (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0)
        };
        let lines: Vec<_> = self
            .tree
            .ends
            .iter()
            .enumerate()
            .filter_map(|(edge, ends)| ends.map(|(from, to)| (edge, (from, to), middle(from), middle(to))))
            .collect();
        let turn = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
        let mut count = 0.0;
        for &edge in &own {
            let Some((from, to)) = self.tree.ends[edge] else { continue };
            let (a, b) = (middle(from), middle(to));
            let (left, right) = (a.0.min(b.0), a.0.max(b.0));
            let (high, low) = (a.1.min(b.1), a.1.max(b.1));
            for &(other, (other_from, other_to), c, d) in &lines {
                // Most stand clear of each other, and that is soon told.
                if c.0.max(d.0) <= left || c.0.min(d.0) >= right || c.1.max(d.1) <= high || c.1.min(d.1) >= low {
                    continue;
                }
                if turn(a, b, c) * turn(a, b, d) >= 0.0 || turn(c, d, a) * turn(c, d, b) >= 0.0 {
                    continue;
                }
                let is_joined = from == other_from || to == other_to || from == other_to || to == other_from;
                // A pair of which both are concerned is met twice and counted once.
                let is_met = other < edge && own.binary_search(&other).is_ok();
                if !is_joined && !is_met {
                    count += 1.0;
                }
            }
        }
        count
    }

    /// What an exchange must leave of a cost, if so many boxes change places with so many.
    fn least(&self, before: f64, first: usize, second: usize) -> f64 {
        let pairs = 2.0 * first as f64 * second as f64 / (self.tree.root.max(1) as f64).powi(2);
        before - GAIN - (SHARE + MOVED * pairs) * before
    }

    /// How many boxes stand in some boxes, these among them.
    fn count(&self, boxes: &[usize]) -> usize {
        boxes.iter().map(|at| self.inner[*at].len()).sum()
    }

    fn shift(&mut self, at: usize, is_x: bool, by: f64) {
        for index in 0..self.inner[at].len() {
            let rect = &mut self.rects[self.inner[at][index]];
            if is_x {
                rect.x += by;
            } else {
                rect.y += by;
            }
        }
    }

    /// Exchanges two neighbouring runs of boxes on one axis if that is better.
    fn exchange(&mut self, first: &[usize], second: &[usize], is_x: bool) -> bool {
        let all: Vec<usize> = first.iter().chain(second).copied().collect();
        if all.iter().all(|at| self.edges[*at].is_empty()) {
            return false;
        }
        let reach = |at: &usize, rects: &[Rect]| {
            let rect = &rects[*at];
            if is_x { (rect.x, rect.x + rect.w) } else { (rect.y, rect.y + rect.h) }
        };
        let span = |boxes: &[usize], rects: &[Rect]| {
            let low = boxes.iter().map(|at| reach(at, rects).0).fold(f64::MAX, f64::min);
            let high = boxes.iter().map(|at| reach(at, rects).1).fold(f64::MIN, f64::max);
            (low, high)
        };
        let (a, b) = (span(first, self.rects), span(second, self.rects));
        let before = self.sum(&all) + CROSSING * self.crossings(&all);
        let least = self.least(before, self.count(first), self.count(second));
        let (right, left) = (b.1 - a.1, a.0 - b.0);
        first.iter().for_each(|at| self.shift(*at, is_x, right));
        second.iter().for_each(|at| self.shift(*at, is_x, left));
        let after = self.sum(&all);
        // Crossings are dear to count: not where the length alone is too much.
        if after < least && after + CROSSING * self.crossings(&all) < least {
            return true;
        }
        first.iter().for_each(|at| self.shift(*at, is_x, -right));
        second.iter().for_each(|at| self.shift(*at, is_x, -left));
        false
    }

    fn group(&mut self, group: usize) -> bool {
        let down = self.plan.down[group];
        let mut is_changed = false;
        for number in 0..self.plan.rows[group].len() {
            // Neighbours first, then whatever stands further apart.
            for apart in [1, 2, 3] {
                let mut at = 0;
                while at + apart < self.plan.rows[group][number].len() {
                    let row = self.plan.rows[group][number].clone();
                    let is_better = if apart == 1 {
                        self.exchange(&row[at..=at], &row[at + 1..=at + 1], down)
                    } else {
                        self.exchange(&row[at..=at], &row[at + 1..=at + apart], down)
                    };
                    if is_better {
                        is_changed = true;
                        self.plan.rows[group][number][at..=at + apart].rotate_left(1);
                        at = at.saturating_sub(1);
                        if apart > 1 {
                            at += 1;
                        }
                    }
                    at += 1;
                }
            }
            is_changed |= self.reverse(group, number, down);
        }
        for number in 1..self.plan.rows[group].len() {
            let (row, next) = (self.plan.rows[group][number - 1].clone(), self.plan.rows[group][number].clone());
            if !self.are_joined(&row, &next) && self.exchange(&row, &next, !down) {
                is_changed = true;
                self.plan.rows[group].swap(number - 1, number);
            }
        }
        is_changed
    }

    /// Whether connections run between two rows.
    fn are_joined(&self, row: &[usize], next: &[usize]) -> bool {
        let holds = |row: &[usize], end: usize| row.iter().any(|at| self.tree.within(end, *at));
        row.iter().flat_map(|at| &self.edges[*at]).any(|edge| {
            self.tree.ends[*edge].is_some_and(|(from, to)| {
                (holds(row, from) && holds(next, to)) || (holds(next, from) && holds(row, to))
            })
        })
    }

    /// Turns a whole row around if that is better.
    fn reverse(&mut self, group: usize, number: usize, is_x: bool) -> bool {
        let row = self.plan.rows[group][number].clone();
        if row.len() < 3 || row.iter().all(|at| self.edges[*at].is_empty()) {
            return false;
        }
        let before = self.sum(&row);
        let reach = |rect: &Rect| if is_x { (rect.x, rect.x + rect.w) } else { (rect.y, rect.y + rect.h) };
        let low = row.iter().map(|at| reach(&self.rects[*at]).0).fold(f64::MAX, f64::min);
        let high = row.iter().map(|at| reach(&self.rects[*at]).1).fold(f64::MIN, f64::max);
        let shifts: Vec<f64> = row
            .iter()
            .map(|at| {
                let (from, to) = reach(&self.rects[*at]);
                low + high - to - from
            })
            .collect();
        for (at, by) in row.iter().zip(&shifts) {
            self.shift(*at, is_x, *by);
        }
        let after = self.sum(&row);
        let half = self.count(&row) / 2;
        if after < self.least(before, half, half) {
            self.plan.rows[group][number].reverse();
            return true;
        }
        for (at, by) in row.iter().zip(&shifts) {
            self.shift(*at, is_x, -*by);
        }
        false
    }
}
