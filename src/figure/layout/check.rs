//! Whether a drawing says nothing false: the hard facts, counted.
//!
//! The phases are made so that none is broken; where distances contradict each other so much that
//! one is, [`super::layout`] takes a plainer way to the drawing.

use super::model::{Drawing, Rect, Route};
use super::tree::Tree;

fn strikes(a: (f64, f64), b: (f64, f64), rect: &Rect, inset: f64) -> bool {
    a.0.min(b.0) < rect.x + rect.w - inset
        && a.0.max(b.0) > rect.x + inset
        && a.1.min(b.1) < rect.y + rect.h - inset
        && a.1.max(b.1) > rect.y + inset
}

/// How far from its line a label may stand.
const ASTRAY: f64 = 12.0;

/// How many lines end beside their box or run through another box or a title.
pub(super) fn faults(tree: &Tree, drawing: &Drawing) -> usize {
    let boxes: Vec<&Rect> = drawing.groups.iter().chain(&drawing.leaves).collect();
    let mut count = 0;
    for (route, ends) in drawing.edges.iter().zip(&tree.ends) {
        let (Some((from, to)), Some(first), Some(last)) = (*ends, route.points.first(), route.points.last()) else {
            count += usize::from(ends.is_some());
            continue;
        };
        for (at, rect) in [(first, boxes[from]), (last, boxes[to])] {
            let is_on = at.0 > rect.x - 0.1
                && at.0 < rect.x + rect.w + 0.1
                && at.1 > rect.y - 0.1
                && at.1 < rect.y + rect.h + 0.1;
            count += usize::from(!is_on || strikes(*at, *at, rect, 0.1));
        }
        for pair in route.points.windows(2) {
            let [a, b] = *pair else { continue };
            count += usize::from((a.0 - b.0).abs() > 0.03 && (a.1 - b.1).abs() > 0.03);
            for (number, rect) in boxes.iter().enumerate() {
                if strikes(a, b, rect, 1.0) && !tree.within(from, number) && !tree.within(to, number) {
                    count += 1;
                }
            }
            count += drawing.titles.iter().filter(|title| strikes(a, b, title, 0.5)).count();
        }
    }
    count + overlaps(tree, &boxes)
}

/// How many labels are so far from their line that nobody sees whose they are.
pub(super) fn astray(drawing: &Drawing) -> usize {
    let is_met = |route: &Route| {
        let Some(label) = route.label else { return true };
        let (w, h) = (label.w + 2.0 * ASTRAY, label.h + 2.0 * ASTRAY);
        let near = Rect { x: label.x - ASTRAY, y: label.y - ASTRAY, w, h };
        route.points.windows(2).any(|pair| if let [a, b] = *pair { strikes(a, b, &near, 0.0) } else { false })
    };
    drawing.edges.iter().filter(|route| !is_met(route)).count()
}

/// How many boxes overlap that do not stand in each other.
fn overlaps(tree: &Tree, boxes: &[&Rect]) -> usize {
    let mut count = 0;
    for children in &tree.children {
        let mut sorted = children.clone();
        sorted.sort_by(|a, b| boxes[*a].x.total_cmp(&boxes[*b].x));
        for (index, a) in sorted.iter().enumerate() {
            let (rect, right) = (boxes[*a], boxes[*a].x + boxes[*a].w);
            let near = sorted[index + 1..].iter().take_while(|b| boxes[**b].x < right);
            count += near.filter(|b| boxes[**b].y < rect.y + rect.h && rect.y < boxes[**b].y + boxes[**b].h).count();
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_far_from_its_line_is_counted() {
        let route = |y: f64| Route {
            points: vec![(0.0, 0.0), (100.0, 0.0)],
            label: Some(Rect { x: 40.0, y, w: 20.0, h: 14.0 }),
        };
        let drawing = |y: f64| Drawing { edges: vec![route(y)], ..Drawing::default() };
        assert_eq!(astray(&drawing(-7.0)), 0, "on its line");
        assert_eq!(astray(&drawing(5.0)), 0, "beside it");
        assert_eq!(astray(&drawing(60.0)), 1);
    }
}
