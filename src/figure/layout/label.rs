//! Which piece of its way carries a label.
//!
//! This is settled before anything is measured out, so that room is kept for it like for a box: the
//! piece becomes long enough, and other lines keep clear.

use super::axis::Scene;
use super::channel::NONE;
use super::model::{Graph, Rect, Size};

/// What a label needs at each end of the piece it is on.
pub(super) const ENDS: f64 = 8.0;
/// What it costs to stand on a piece that several connections have in common.
const SHARED: f64 = 10_000.0;

/// A label, by the piece it is on and its middle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Label {
    pub line: usize,
    pub size: Size,
    pub x: f64,
    pub y: f64,
    /// Whether its place turned out to be free.
    pub is_set: bool,
}

impl Label {
    /// The box it fills.
    pub(super) fn rect(&self) -> Rect {
        let (w, h) = (self.size.w, self.size.h);
        Rect { x: self.x - w / 2.0, y: self.y - h / 2.0, w, h }
    }
}

/// Upright or level lines by place, for looking up what is near.
struct Near {
    list: Vec<(f64, f64, f64, usize)>,
}

impl Near {
    fn new(scene: &Scene, upright: bool) -> Near {
        let mut list = Vec::new();
        for (number, line) in scene.lines.lines.iter().enumerate().filter(|(_, line)| line.upright == upright) {
            let (from, to) = scene.span(number);
            list.push((line.at, from.min(to), from.max(to), number));
        }
        list.sort_by(|a, b| a.0.total_cmp(&b.0));
        Near { list }
    }

    /// The lines between two places that pass a height.
    fn passing(&self, low: f64, high: f64, at: f64) -> impl Iterator<Item = (f64, usize)> + '_ {
        let start = self.list.partition_point(|entry| entry.0 < low);
        self.list[start..]
            .iter()
            .take_while(move |entry| entry.0 <= high)
            .filter(move |entry| entry.1 < at && at < entry.2)
            .map(|entry| (entry.0, entry.3))
    }
}

/// Chooses a piece for every label.
pub(super) fn labels(graph: &Graph, scene: &Scene) -> Vec<Option<Label>> {
    let uprights = Near::new(scene, true);
    let mut out: Vec<Option<Label>> = vec![None; graph.edges.len()];
    let mut taken: Vec<u32> = vec![0; scene.lines.lines.len()];
    for (edge, asked) in graph.edges.iter().enumerate() {
        let Some(size) = asked.label.filter(|size| size.w > 0.0 && size.h > 0.0) else { continue };
        let pieces = scene.lines.of.get(edge).map_or(&[][..], Vec::as_slice);
        let lengths: Vec<f64> = pieces
            .iter()
            .map(|line| {
                let (from, to) = scene.span(*line);
                (from - to).abs()
            })
            .collect();
        let whole: f64 = lengths.iter().sum::<f64>().max(1.0);
        let mut gone = 0.0;
        let mut best: Option<(f64, Label)> = None;
        for (index, (&number, length)) in pieces.iter().zip(&lengths).enumerate() {
            let line = &scene.lines.lines[number];
            let (from, to) = scene.span(number);
            // A piece that ends in a turn far from the middle of the way is as good where it is nearest to it.
            let toward = ((whole / 2.0 - gone) / length.max(1.0)).clamp(0.3, 0.7);
            let middle = from + (to - from) * toward + 1e-5 * (edge as f64 + 1.0);
            let off = ((gone + length * toward) / whole - 0.5).abs() * 40.0;
            gone += length;
            let (x, y) = if line.upright { (line.at, middle) } else { (middle, line.at) };
            let room = if line.upright { size.h } else { size.w } + 2.0 * ENDS;
            let short = (room - length).max(0.0);
            // A jog is better made straight than kept for a label.
            let is_jog = index > 0 && index + 1 < pieces.len() && *length < 70.0 && scene.is_jog(number);
            let mut cost = off + if is_jog { 60.0 } else { 0.0 };
            if line.upright {
                let reach = size.w / 2.0 + 8.0;
                cost += short * 0.4;
                for (at, other) in uprights.passing(x - reach, x + reach, y) {
                    if other != number {
                        cost += 6.0 + (reach - (at - x).abs()) * 1.2;
                    }
                }
                cost += f64::from(taken[number]) * 30.0;
            } else {
                cost += short * 0.9;
                for (at, _) in uprights.passing(x - size.w / 2.0, x + size.w / 2.0, y) {
                    cost += 8.0 + (size.w / 2.0 - (at - x).abs()) * 0.3;
                }
            }
            // On a trunk a label would speak for all that run there.
            if line.bus != NONE && scene.fans.get(edge).is_some_and(|fan| *fan != NONE) {
                cost += SHARED;
            }
            if best.as_ref().is_none_or(|(least, _)| cost < *least - 1e-9) {
                best = Some((cost, Label { line: number, size, x, y, is_set: true }));
            }
        }
        if let Some((_, label)) = best {
            taken[label.line] += 1;
            out[edge] = Some(label);
        }
    }
    out
}
