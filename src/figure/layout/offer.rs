//! Ways a connection might take between two boxes that stand where they do.

use super::channel::{BOTTOM, LEFT, RIGHT, TOP};
use super::model::Rect;
use super::shorten::{BEND, CORNER, LENGTH, Point, STUB, is_upright, length};

/// From where to where a line may meet a side.
pub(super) fn range(rect: &Rect, side: usize) -> (f64, f64) {
    let (low, size) = if side == TOP || side == BOTTOM { (rect.x, rect.w) } else { (rect.y, rect.h) };
    let corner = CORNER.min(size / 3.0);
    (low + corner, low + size - corner)
}

/// Where a piece, made longer backwards, begins at a box that its line passes through.
pub(super) fn attach(rect: &Rect, a: Point, b: Point) -> Option<(Point, usize)> {
    if is_upright(a, b) {
        let (low, high) = range(rect, TOP);
        if a.0 < low || a.0 > high {
            return None;
        }
        if b.1 > rect.y + rect.h {
            return Some(((a.0, rect.y + rect.h), BOTTOM));
        }
        (b.1 < rect.y).then_some(((a.0, rect.y), TOP))
    } else {
        let (low, high) = range(rect, LEFT);
        if a.1 < low || a.1 > high {
            return None;
        }
        if b.0 > rect.x + rect.w {
            return Some(((rect.x + rect.w, a.1), RIGHT));
        }
        (b.0 < rect.x).then_some(((rect.x, a.1), LEFT))
    }
}

/// Ways that might be cheaper than the one there is.
pub(super) struct Offers {
    pub limit: f64,
    pub out: Vec<(f64, Vec<Point>, (usize, usize))>,
}

impl Offers {
    fn offer(&mut self, points: &[Point], sides: (usize, usize)) {
        let least = BEND * (points.len() as f64 - 2.0) + LENGTH * length(points);
        if least < self.limit {
            self.out.push((least, points.to_vec(), sides));
        }
    }
}

/// Straight lines, and ways with one corner, at a few places of each side.
pub(super) fn templates(source: &Rect, target: &Rect, out: &mut Offers) {
    let places = |rect: &Rect, side: usize| {
        let (low, high) = range(rect, side);
        let middle = (low + high) / 2.0;
        [middle, middle - 12.0, middle + 12.0, middle - 24.0, middle + 24.0]
            .into_iter()
            .filter(move |at| low <= *at && *at <= high)
    };
    let (a, b) = (source, target);
    // One below the other, or beside.
    for upright in [true, false] {
        let side = if upright { TOP } else { LEFT };
        let (p, q) = (range(a, side), range(b, side));
        let (low, high) = (p.0.max(q.0), p.1.min(q.1));
        if low <= high {
            let middle = (low + high) / 2.0;
            for at in [middle, (p.0 + p.1) / 2.0, (q.0 + q.1) / 2.0, low, high] {
                if at < low || at > high {
                    continue;
                }
                let (from, to, sides) = if upright {
                    if a.y + a.h < b.y {
                        ((at, a.y + a.h), (at, b.y), (BOTTOM, TOP))
                    } else {
                        ((at, a.y), (at, b.y + b.h), (TOP, BOTTOM))
                    }
                } else if a.x + a.w < b.x {
                    ((a.x + a.w, at), (b.x, at), (RIGHT, LEFT))
                } else {
                    ((a.x, at), (b.x + b.w, at), (LEFT, RIGHT))
                };
                out.offer(&[from, to], sides);
            }
        }
    }
    // Around one corner.
    for x in places(a, TOP) {
        for y in places(b, LEFT) {
            let (start, first) = if y > a.y + a.h { ((x, a.y + a.h), BOTTOM) } else { ((x, a.y), TOP) };
            let (end, last) = if x < b.x { ((b.x, y), LEFT) } else { ((b.x + b.w, y), RIGHT) };
            let is_clear = (y > a.y + a.h || y < a.y) && (x < b.x || x > b.x + b.w);
            if is_clear {
                out.offer(&[start, (x, y), end], (first, last));
            }
        }
    }
    for y in places(a, LEFT) {
        for x in places(b, TOP) {
            let (start, first) = if x > a.x + a.w { ((a.x + a.w, y), RIGHT) } else { ((a.x, y), LEFT) };
            let (end, last) = if y < b.y { ((x, b.y), TOP) } else { ((x, b.y + b.h), BOTTOM) };
            let is_clear = (x > a.x + a.w || x < a.x) && (y < b.y || y > b.y + b.h);
            if is_clear {
                out.offer(&[start, (x, y), end], (first, last));
            }
        }
    }
    detours(a, b, out);
}

/// Ways with two corners: out, along, and in again; on facing sides or on the same one.
fn detours(a: &Rect, b: &Rect, out: &mut Offers) {
    let places = |rect: &Rect, side: usize| {
        let (low, high) = range(rect, side);
        let middle = (low + high) / 2.0;
        [middle, (middle - 14.0).max(low), (middle + 14.0).min(high)]
    };
    for upright in [true, false] {
        let side = if upright { TOP } else { LEFT };
        let reach = |rect: &Rect| if upright { (rect.y, rect.y + rect.h) } else { (rect.x, rect.x + rect.w) };
        let (p, q) = (reach(a), reach(b));
        let (low_side, high_side) = if upright { (TOP, BOTTOM) } else { (LEFT, RIGHT) };
        let mut levels: Vec<(f64, f64, f64, usize, usize)> = Vec::new();
        let mut between = |from: f64, to: f64, first: usize, last: usize| {
            let (low, high) = (from.min(to), from.max(to));
            if high - low > 2.0 * STUB {
                for at in [(low + high) / 2.0, low + 14.0, high - 14.0, low + 24.0, high - 24.0] {
                    levels.push((at, from, to, first, last));
                }
            }
        };
        if p.1 < q.0 {
            between(p.1, q.0, high_side, low_side);
        } else if q.1 < p.0 {
            between(p.0, q.1, low_side, high_side);
        }
        for step in [16.0, 28.0, 44.0] {
            levels.push((p.0.min(q.0) - step, p.0, q.0, low_side, low_side));
            levels.push((p.1.max(q.1) + step, p.1, q.1, high_side, high_side));
        }
        for (level, from, to, first, last) in levels {
            for start in places(a, side) {
                for end in places(b, side) {
                    let point = |along: f64, across: f64| if upright { (along, across) } else { (across, along) };
                    let points = [point(start, from), point(start, level), point(end, level), point(end, to)];
                    out.offer(&points, (first, last));
                }
            }
        }
    }
}
