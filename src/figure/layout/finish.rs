//! The drawing: corners of ways, label boxes, everything moved to the page.

use super::axis::Scene;
use super::model::{Direction, Drawing, Options, Rect, Route, Size};

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Writes what was settled.
pub(super) fn finish(scene: &Scene, options: &Options) -> Drawing {
    let tree = scene.tree;
    let mut edges: Vec<Route> =
        (0..scene.graph.edges.len()).map(|edge| Route { points: scene.corners(edge), label: None }).collect();
    for (edge, label) in edges.iter_mut().zip(&scene.labels) {
        edge.label = label.filter(|label| label.is_set).map(|label| label.rect());
    }
    let boxes = &scene.rects[..tree.root];
    let ends = |rect: &Rect| [(rect.x, rect.y), (rect.x + rect.w, rect.y + rect.h)];
    let mut corners: Vec<(f64, f64)> = boxes.iter().flat_map(ends).collect();
    for edge in &edges {
        corners.extend(&edge.points);
        corners.extend(edge.label.iter().flat_map(ends));
    }
    let left = corners.iter().map(|at| at.0).fold(f64::MAX, f64::min);
    let top = corners.iter().map(|at| at.1).fold(f64::MAX, f64::min);
    let right = corners.iter().map(|at| at.0).fold(f64::MIN, f64::max);
    let bottom = corners.iter().map(|at| at.1).fold(f64::MIN, f64::max);
    if corners.is_empty() {
        return Drawing::default();
    }
    let (dx, dy) = (options.margin - left, options.margin - top);
    let moved = |rect: &Rect| Rect {
        x: hundredth(rect.x + dx),
        y: hundredth(rect.y + dy),
        w: hundredth(rect.w),
        h: hundredth(rect.h),
    };
    for edge in &mut edges {
        for point in &mut edge.points {
            *point = (hundredth(point.0 + dx), hundredth(point.1 + dy));
        }
        edge.label = edge.label.map(|label| moved(&label));
    }
    let direction = |group: usize| if scene.plan.down[group] { Direction::Down } else { Direction::Right };
    Drawing {
        size: Size {
            w: hundredth(right - left + 2.0 * options.margin),
            h: hundredth(bottom - top + 2.0 * options.margin),
        },
        groups: boxes.iter().take(tree.groups).map(moved).collect(),
        titles: (0..tree.groups).map(|group| moved(&scene.title(group))).collect(),
        leaves: boxes.iter().skip(tree.groups).map(moved).collect(),
        edges,
        directions: (0..tree.groups).map(direction).collect(),
    }
}
