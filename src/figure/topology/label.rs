//! Names of connections: on their own line, where they cover nothing else.

use super::Topology;
use super::place::{Placed, Rect, TITLE, title_width};
use crate::figure::text::{self, Weight};

/// The size of a connection's name.
pub(super) const SIZE: f64 = 11.0;
const HIGH: i32 = 16;

/// A name and the box it fills.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub text: String,
    pub rect: Rect,
}

/// Finds a place for every name; nothing where there is none.
pub(super) fn label(topology: &Topology, placed: &Placed, routes: &[Vec<(i32, i32)>]) -> Vec<Option<Label>> {
    let titles: Vec<Rect> = topology
        .groups
        .iter()
        .zip(&placed.groups)
        .map(|(group, rect)| Rect {
            w: (title_width(&group.title, &group.kind) as i32 + 12).min(rect.w),
            h: TITLE - 8,
            ..*rect
        })
        .collect();
    let mut out: Vec<Option<Label>> = vec![None; topology.edges.len()];
    // Short ways have the fewest places.
    let mut order: Vec<usize> = (0..topology.edges.len()).collect();
    order.sort_by_key(|i| (routes.get(*i).map_or(0, |route| length(route)), *i));
    for i in order {
        let (Some(edge), Some(route)) = (topology.edges.get(i), routes.get(i)) else { continue };
        if edge.label.is_empty() || route.len() < 2 {
            continue;
        }
        let whole = if edge.unencrypted { format!("⚠ {}", edge.label) } else { edge.label.clone() };
        for most in [260.0, 140.0, 90.0] {
            let words = text::fit(&whole, most, SIZE, Weight::Regular);
            let wide = text::width(&words, SIZE, Weight::Regular).ceil() as i32 + 8;
            let free = |rect: &Rect| {
                rect.x >= 2
                    && rect.y >= 2
                    && rect.right() <= placed.width - 2
                    && rect.bottom() <= placed.height - 2
                    && !placed.nodes.iter().any(|node| grown(node, 3).overlaps(rect))
                    && !titles.iter().any(|title| title.overlaps(rect))
                    && !out.iter().flatten().any(|other| grown(&other.rect, 2).overlaps(rect))
            };
            let best = places(route, wide)
                .into_iter()
                .filter(|(rect, _)| free(rect))
                .map(|(rect, price)| (price + covered(&rect, i, routes, placed), rect))
                .min_by_key(|(price, rect)| (*price, rect.y, rect.x));
            if let Some((_, rect)) = best {
                out.get_mut(i).into_iter().for_each(|slot| *slot = Some(Label { text: words.clone(), rect }));
                break;
            }
        }
    }
    out
}

fn grown(rect: &Rect, by: i32) -> Rect {
    Rect { x: rect.x - by, y: rect.y - by, w: rect.w + 2 * by, h: rect.h + 2 * by }
}

fn length(route: &[(i32, i32)]) -> i32 {
    route.windows(2).map(|pair| if let [a, b] = pair { (a.0 - b.0).abs() + (a.1 - b.1).abs() } else { 0 }).sum()
}

/// Places along a way, with a price that rises towards its ends and where the line is all covered.
fn places(route: &[(i32, i32)], wide: i32) -> Vec<(Rect, i32)> {
    let whole = length(route).max(1);
    let (mut out, mut gone) = (Vec::new(), 0);
    for pair in route.windows(2) {
        let [(x1, y1), (x2, y2)] = pair else { continue };
        let long = (x1 - x2).abs() + (y1 - y2).abs();
        let is_level = y1 == y2;
        let covers = if is_level { wide } else { HIGH };
        for part in 1..12 {
            let (x, y) = (x1 + (x2 - x1) * part / 12, y1 + (y2 - y1) * part / 12);
            let off = (2 * (gone + long * part / 12) - whole).abs() * 30 / whole;
            let hidden = if covers + 8 > long { 60 } else { 0 };
            out.push((Rect { x: x - wide / 2, y: y - HIGH / 2, w: wide, h: HIGH }, off + hidden));
        }
        gone += long;
    }
    out
}

/// The price of what a name would cover: other lines, frames.
fn covered(rect: &Rect, own: usize, routes: &[Vec<(i32, i32)>], placed: &Placed) -> i32 {
    let strikes = |route: &[(i32, i32)]| {
        route.windows(2).filter(|pair| if let [a, b] = pair { touches(rect, *a, *b) } else { false }).count()
    };
    let lines: usize = routes.iter().enumerate().filter(|(i, _)| *i != own).map(|(_, route)| strikes(route)).sum();
    let frames =
        placed.groups.iter().filter(|group| grown(group, 1).overlaps(rect) && !grown(group, -1).contains(rect)).count();
    lines as i32 * 50 + frames as i32 * 25
}

fn touches(rect: &Rect, (x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> bool {
    let line = Rect { x: x1.min(x2), y: y1.min(y2), w: (x1 - x2).abs().max(1), h: (y1 - y2).abs().max(1) };
    rect.overlaps(&line)
}
