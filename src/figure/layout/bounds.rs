//! Distances that do not come from what sees what: rows, ports, and room for labels.

use super::axis::{Scene, Spots};
use super::label::ENDS;
use super::place::OVER_TITLE;
use super::solve::{Firm, Problem};

/// From a corner of a box to the nearest line that meets it.
const CORNER: f64 = 10.0;
/// Between rows.
const ROWS: f64 = 36.0;

impl Scene<'_> {
    /// Rows stay below each other, and below the title.
    pub(super) fn rows(&self, problem: &mut Problem, spots: &Spots, is_x: bool) {
        for &group in &self.tree.inner_first {
            let title = self.graph.groups.get(group).map_or(0.0, |group| group.title.h + OVER_TITLE + 10.0);
            for &child in &self.tree.children[group] {
                if !is_x && group != self.tree.root {
                    let least = title + spots.low[group].1 - spots.low[child].1;
                    problem.add(spots.low[group].0, spots.low[child].0, least, Firm::Fixed);
                }
                let (low, high) = (spots.low[child], spots.high[group]);
                let around = if group == self.tree.root { 0.0 } else { 16.0 };
                problem.add(spots.high[child].0, high.0, spots.high[child].1 - high.1 + around, Firm::Fixed);
                problem.add(spots.low[group].0, low.0, spots.low[group].1 - low.1 + around, Firm::Fixed);
            }
            if self.tree.children[group].is_empty() && group != self.tree.root {
                let least = if is_x { 60.0 } else { title + 14.0 };
                problem.add(spots.low[group].0, spots.high[group].0, least, Firm::Fixed);
            }
            if self.plan.down[group] == is_x {
                continue;
            }
            for pair in self.plan.rows[group].windows(2) {
                let [row, next] = pair else { continue };
                for (a, b) in row.iter().flat_map(|a| next.iter().map(move |b| (*a, *b))) {
                    let least = ROWS + spots.high[a].1 - spots.low[b].1;
                    problem.add(spots.high[a].0, spots.low[b].0, least, Firm::Fixed);
                }
            }
        }
    }

    /// Lines meet a border between its corners.
    pub(super) fn ports(&self, problem: &mut Problem, spots: &Spots) {
        for (number, line) in self.lines.lines.iter().enumerate() {
            let Some((var, _)) = spots.lines[number] else { continue };
            for (owner, _) in line.first.into_iter().chain(line.last) {
                let (low, high) = (spots.low[owner], spots.high[owner]);
                let corner = if low.0 == high.0 { CORNER.min((high.1 - low.1) / 3.0) } else { CORNER };
                problem.add(low.0, var, low.1 + corner, Firm::Fixed);
                problem.add(var, high.0, corner - high.1, Firm::Fixed);
            }
        }
    }

    /// Pieces are long enough for their labels.
    pub(super) fn rooms(&self, problem: &mut Problem, spots: &Spots, is_x: bool) {
        for (edge, label) in self.labels.iter().enumerate() {
            let (Some(label), Some(spot)) = (label.filter(|label| label.is_set), spots.labels[edge]) else { continue };
            if spots.lines[label.line].is_some() {
                continue;
            }
            let size = if is_x { label.size.w } else { label.size.h };
            let (from, to) = self.span(label.line);
            let (first, last) =
                (self.end_spot(spots, label.line, from > to), self.end_spot(spots, label.line, from <= to));
            if let Some(first) = first {
                problem.add(first.0, spot.0, ENDS + first.1 - spot.1, Firm::Label);
            }
            if let Some(last) = last {
                problem.add(spot.0, last.0, ENDS + spot.1 + size - last.1, Firm::Label);
            }
        }
    }
}
