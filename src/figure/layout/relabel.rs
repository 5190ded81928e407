//! Places for labels on measured ways: where they were, along their way, or next to it.

use super::field::Seg;
use super::label::{ENDS, Label};
use super::model::Rect;
use super::shorten::{Point, Shortener, is_upright, length, same};

impl Shortener<'_, '_> {
    /// Finds another place for labels that have lost theirs.
    pub(super) fn mend(&mut self) {
        for edge in 0..self.ways.len() {
            let Some(label) = self.scene.labels[edge] else { continue };
            let rect = label.rect();
            let way = &mut self.ways[edge];
            let is_on = |a: Point, b: Point| {
                let seg = Seg::new(edge, a, b);
                let (across, along) = if seg.upright { (label.x, label.y) } else { (label.y, label.x) };
                (across - seg.at).abs() < 0.6 && seg.low < along && along < seg.high
            };
            let is_held = way.points.windows(2).any(|pair| if let [a, b] = *pair { is_on(a, b) } else { false });
            if label.is_set && is_held && self.field.is_free(edge, &rect) {
                continue;
            }
            if way.label.take_if(|_| true).is_some() {
                self.field.count_label(edge, &rect, false);
            }
            let found = self.label(edge, &self.ways[edge].points, &rect);
            if let Some(found) = &found {
                self.field.count_label(edge, found, true);
            }
            self.ways[edge].label = found;
        }
    }

    /// A place for the label on a changed way: where it was, or as near to the middle as can be.
    pub(super) fn label(&self, edge: usize, points: &[Point], old: &Rect) -> Option<Rect> {
        let (w, h) = (old.w, old.h);
        let whole = length(points);
        let mut gone = 0.0;
        let mut best: Option<(f64, Rect)> = None;
        for pair in points.windows(2) {
            let [a, b] = *pair else { continue };
            let far = (a.0 - b.0).abs() + (a.1 - b.1).abs();
            let half = if is_upright(a, b) { h / 2.0 } else { w / 2.0 } + ENDS;
            let (low, high) = (half / far.max(1.0), 1.0 - half / far.max(1.0));
            if low <= high {
                let middle = ((whole / 2.0 - gone) / far.max(1.0)).clamp(low, high);
                for part in [middle, 0.5, low, high, low * 0.7 + high * 0.3, low * 0.3 + high * 0.7] {
                    let (x, y) = (a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part);
                    let rect = Rect { x: x - w / 2.0, y: y - h / 2.0, w, h };
                    let off = (gone + far * part - whole / 2.0).abs();
                    if best.as_ref().is_none_or(|(least, _)| off < *least) && self.field.is_free(edge, &rect) {
                        best = Some((off, rect));
                    }
                }
            }
            gone += far;
        }
        let (_, rect) = best?;
        // The way must not run through its own label elsewhere.
        let (x, y) = (rect.x + w / 2.0, rect.y + h / 2.0);
        let is_own = |a: Point, b: Point| if is_upright(a, b) { same(a.0, x) } else { same(a.1, y) };
        let clear = points.windows(2).all(|pair| match *pair {
            [a, b] => {
                is_own(a, b)
                    || a.0.max(b.0) < rect.x - 3.0
                    || a.0.min(b.0) > rect.x + w + 3.0
                    || a.1.max(b.1) < rect.y - 3.0
                    || a.1.min(b.1) > rect.y + h + 3.0
            }
            _ => true,
        });
        clear.then_some(rect)
    }

    /// Sets labels where they are free, next to their way if there is no place on it.
    pub(super) fn place_labels(mut self) {
        self.mend();
        for edge in 0..self.ways.len() {
            let Some(label) = self.scene.labels[edge] else { continue };
            let rect = label.rect();
            let found = self.ways[edge].label.or_else(|| self.beside(edge, &rect));
            if let Some(found) = &found {
                self.field.count_label(edge, found, true);
            }
            let (x, y) = found.map_or((label.x, label.y), |at| (at.x + at.w / 2.0, at.y + at.h / 2.0));
            self.scene.labels[edge] = Some(Label { x, y, is_set: found.is_some(), ..label });
        }
    }

    /// The free place nearest to a way.
    fn beside(&self, edge: usize, rect: &Rect) -> Option<Rect> {
        let points = &self.ways[edge].points;
        let mut spots: Vec<Point> = Vec::new();
        for pair in points.windows(2) {
            let [a, b] = *pair else { continue };
            for part in [0.5, 0.3, 0.7, 0.1, 0.9] {
                spots.push((a.0 + (b.0 - a.0) * part, a.1 + (b.1 - a.1) * part));
            }
        }
        for ring in 0..40 {
            let far = f64::from(ring) * 8.0;
            for &(x, y) in &spots {
                let (dx, dy) = (rect.w / 2.0 + 5.0 + far, rect.h / 2.0 + 5.0 + far);
                for (sx, sy) in [
                    (1.0, 0.0),
                    (-1.0, 0.0),
                    (0.0, 1.0),
                    (0.0, -1.0),
                    (1.0, 1.0),
                    (-1.0, 1.0),
                    (1.0, -1.0),
                    (-1.0, -1.0),
                ] {
                    let at = Rect { x: x + sx * dx - rect.w / 2.0, y: y + sy * dy - rect.h / 2.0, ..*rect };
                    if self.field.is_free(edge, &at) {
                        return Some(at);
                    }
                }
            }
        }
        None
    }
}
