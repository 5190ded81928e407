//! First places: every box where its plan says, with even gaps.
//!
//! These places fix what is left of what and what is above what. How far apart things stand is
//! settled later, when it is known what runs between them.

use super::model::{Graph, Rect, Size};
use super::plan::Plan;
use super::tree::Tree;

/// Between boxes of a row.
pub(super) const GAP: f64 = 44.0;
/// Between rows.
pub(super) const STREET: f64 = 48.0;
/// From the border of a group to its content.
pub(super) const AROUND: f64 = 36.0;
/// Over and under a title.
pub(super) const OVER_TITLE: f64 = 6.0;

/// The places of all boxes; the last one is the page.
pub(super) fn place(graph: &Graph, tree: &Tree, plan: &Plan) -> Vec<Rect> {
    let mut rects = vec![Rect::default(); tree.root + 1];
    for (leaf, rect) in graph.leaves.iter().zip(rects.iter_mut().skip(tree.groups)) {
        (rect.w, rect.h) = (leaf.size.w.max(1.0), leaf.size.h.max(1.0));
    }
    for &at in &tree.inner_first {
        let title = graph.groups.get(at).map_or(Size::default(), |group| group.title);
        let inside = set(plan, at, &mut rects);
        rects[at].w = (inside.w + 2.0 * AROUND).max(title.w + 12.0 + 2.0 * AROUND);
        rects[at].h = inside.h + 2.0 * AROUND + title.h + OVER_TITLE;
        let left = (rects[at].w - inside.w) / 2.0;
        let top = AROUND + title.h + OVER_TITLE;
        for &child in &tree.children[at] {
            rects[child].x += left;
            rects[child].y += top;
        }
    }
    for &at in tree.inner_first.iter().rev() {
        let (x, y) = (rects[at].x, rects[at].y);
        for &child in &tree.children[at] {
            rects[child].x += x;
            rects[child].y += y;
        }
    }
    rects
}

/// Sets the rows of one box; places are relative to its content.
fn set(plan: &Plan, at: usize, rects: &mut [Rect]) -> Size {
    let down = plan.down[at];
    let long = |rect: &Rect| if down { rect.w } else { rect.h };
    let wide = |rect: &Rect| if down { rect.h } else { rect.w };
    let length = |row: &[usize], rects: &[Rect]| row.iter().map(|child| long(&rects[*child]) + GAP).sum::<f64>() - GAP;
    let longest = plan.rows[at].iter().map(|row| length(row, rects)).fold(0.0, f64::max);
    let mut across = 0.0;
    for row in &plan.rows[at] {
        let thick = row.iter().map(|child| wide(&rects[*child])).fold(0.0, f64::max);
        let mut along = (longest - length(row, rects)) / 2.0;
        for &child in row {
            let over = across + (thick - wide(&rects[child])) / 2.0;
            let step = long(&rects[child]) + GAP;
            (rects[child].x, rects[child].y) = if down { (along, over) } else { (over, along) };
            along += step;
        }
        across += thick + STREET;
    }
    let across = (across - STREET).max(0.0);
    if down { Size { w: longest, h: across } } else { Size { w: across, h: longest } }
}
