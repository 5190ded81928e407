//! What wants to be close together, or on one line, when there is room.
//!
//! Pieces want to be short, ends want the middle of their side, groups want to be no larger than
//! their content, and groups beside each other want to begin and end alike.

use super::axis::{Scene, Spots};
use super::relax::Link;

/// How much larger than its neighbour a group may be for both to be made alike.
const EVEN: f64 = 1.7;

impl Scene<'_> {
    /// What is drawn the shorter the closer two places are.
    pub(super) fn links(&self, spots: &Spots, is_x: bool) -> Vec<Link> {
        let mut links = Vec::new();
        for number in 0..self.lines.lines.len() {
            if self.lines.lines[number].upright == is_x {
                continue;
            }
            if let (Some(a), Some(b)) = (self.end_spot(spots, number, false), self.end_spot(spots, number, true)) {
                links.push(Link { a, b, weight: 1.0 });
            }
        }
        for (number, line) in self.lines.lines.iter().enumerate() {
            let Some(spot) = spots.lines[number] else { continue };
            for (owner, _) in line.first.into_iter().chain(line.last) {
                if !self.tree.holds(owner) {
                    let (low, high) = (spots.low[owner], spots.high[owner]);
                    links.push(Link { a: spot, b: (low.0, (low.1 + high.1) / 2.0), weight: 0.25 });
                }
            }
        }
        // A group is no larger than its content, and what stands alone in its row stands below what does so above.
        for group in 0..self.tree.groups {
            links.push(Link { a: spots.low[group], b: spots.high[group], weight: 0.05 });
        }
        self.evens(spots, is_x, &mut links);
        let middle = |at: usize| (spots.low[at].0, (spots.low[at].1 + spots.high[at].1) / 2.0);
        for &group in self.tree.inner_first.iter().filter(|group| self.plan.down[**group] == is_x) {
            for pair in self.plan.rows[group].windows(2) {
                if let [row, next] = pair
                    && let ([a], [b]) = (&row[..], &next[..])
                    && !self.tree.holds(*a)
                    && !self.tree.holds(*b)
                {
                    links.push(Link { a: middle(*a), b: middle(*b), weight: 2.5 });
                }
            }
        }
        links
    }

    /// Groups beside each other begin and end alike, if they are not too different.
    fn evens(&self, spots: &Spots, is_x: bool, links: &mut Vec<Link>) {
        let size = |at: usize| if is_x { self.rects[at].w } else { self.rects[at].h };
        let mut pair = |a: usize, b: usize| {
            let (low, high) = (size(a).min(size(b)), size(a).max(size(b)));
            if high < low * EVEN {
                links.push(Link { a: spots.low[a], b: spots.low[b], weight: 0.4 });
                links.push(Link { a: spots.high[a], b: spots.high[b], weight: 0.4 });
            }
        };
        for &group in &self.tree.inner_first {
            let is_across = self.plan.down[group] != is_x;
            let rows = &self.plan.rows[group];
            for row in rows.iter().filter(|_| is_across) {
                let groups: Vec<usize> = row.iter().copied().filter(|at| self.tree.holds(*at)).collect();
                for two in groups.windows(2) {
                    if let [a, b] = *two {
                        pair(a, b);
                    }
                }
            }
            for two in rows.windows(2).filter(|_| !is_across) {
                if let [a, b] = two
                    && let ([a], [b]) = (&a[..], &b[..])
                    && self.tree.holds(*a)
                    && self.tree.holds(*b)
                {
                    pair(*a, *b);
                }
            }
        }
    }
}
