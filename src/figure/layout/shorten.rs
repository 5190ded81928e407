//! Ways made plainer: bends, crossings and detours that measured places no longer call for.
//!
//! With every box in its place, each way is tried with a corner less: two pieces joined where their
//! lines meet, a jog made straight, an end that starts where a later piece passes its box, an L in
//! place of the whole. A change is taken if everything keeps clear and the way has become cheaper.

use std::collections::BTreeMap;

use super::axis::Scene;
use super::channel::{BOTTOM, LEFT, TOP};
use super::fan;
use super::field::{Field, Role, Seg};
use super::label::Label;
use super::model::Rect;
use super::offer::{Offers, attach, range, templates};
use super::track::{Line, Lines};

pub(super) type Point = (f64, f64);

pub(super) const BEND: f64 = 40.0;
const CROSSING: f64 = 150.0;
pub(super) const LENGTH: f64 = 0.13;
/// From a corner of a box to a line that meets it.
pub(super) const CORNER: f64 = 10.0;
/// How many ways are tried in one step, the most promising ones.
const TRIED: usize = 20;
/// How long the end at the arrow is, at least.
pub(super) const STUB: f64 = 13.0;

/// One way while it is being changed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Way {
    pub points: Vec<Point>,
    /// The sides of source and target at which it begins and ends.
    sides: (usize, usize),
    pub label: Option<Rect>,
    cost: f64,
}

/// A piece of a way that has been looked at: whether it is the first one and the last one, and what it crosses.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Known {
    ends: (Point, Point),
    place: (bool, bool),
    crossings: usize,
}

/// All ways on measured ground.
pub(super) struct Shortener<'a, 'b> {
    pub(super) scene: &'a mut Scene<'b>,
    pub(super) field: Field,
    pub(super) ways: Vec<Way>,
    /// What each box is to the edge at hand, valid if the stamp is of this edge.
    roles: Vec<(u32, Role)>,
    stamp: u32,
}

pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.02
}

/// Leaves out corners that are none.
pub(super) fn plain(points: &[Point]) -> Vec<Point> {
    let mut out: Vec<Point> = Vec::new();
    for &(x, y) in points {
        if out.last().is_some_and(|last| same(last.0, x) && same(last.1, y)) {
            continue;
        }
        while let [.., a, b] = out[..] {
            let is_flat = (same(a.0, b.0) && same(b.0, x)) || (same(a.1, b.1) && same(b.1, y));
            if !is_flat {
                break;
            }
            out.pop();
        }
        out.push((x, y));
    }
    out
}

pub(super) fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|pair| if let [a, b] = pair { (a.0 - b.0).abs() + (a.1 - b.1).abs() } else { 0.0 }).sum()
}

pub(super) fn is_upright(a: Point, b: Point) -> bool {
    (a.0 - b.0).abs() < (a.1 - b.1).abs()
}

impl<'a, 'b> Shortener<'a, 'b> {
    /// Reads the ways of a scene.
    pub(super) fn new(scene: &'a mut Scene<'b>) -> Shortener<'a, 'b> {
        let edges = scene.graph.edges.len();
        let mut ways = Vec::new();
        for edge in 0..edges {
            let points = scene.corners(edge);
            let pieces = &scene.lines.of[edge];
            let side = |line: Option<&usize>, is_last: bool| {
                line.and_then(|line| scene.terminal(*line, is_last)).map_or(TOP, |end| end.1)
            };
            let sides = (side(pieces.first(), false), side(pieces.last(), true));
            let label = scene.labels[edge].filter(|label| label.is_set).map(|label| label.rect());
            ways.push(Way { points, sides, label, cost: 0.0 });
        }
        let titles: Vec<Rect> = (0..scene.tree.groups).map(|group| scene.title(group)).collect();
        let mut reach = Rect::default();
        let (mut right, mut bottom) = (0.0_f64, 0.0_f64);
        let ends = ways.iter().flat_map(|way| way.points.iter().copied());
        for (x, y) in
            ends.chain(scene.rects.iter().flat_map(|rect| [(rect.x, rect.y), (rect.x + rect.w, rect.y + rect.h)]))
        {
            (reach.x, reach.y) = (reach.x.min(x), reach.y.min(y));
            (right, bottom) = (right.max(x), bottom.max(y));
        }
        (reach.w, reach.h) = (right - reach.x, bottom - reach.y);
        let count = scene.rects.len() + scene.lines.lines.len();
        let mut field = Field::new(scene.tree, &scene.rects, &titles, reach, count);
        for (edge, way) in ways.iter().enumerate() {
            field.count(edge, &way.points, true);
            way.label.iter().for_each(|label| field.count_label(edge, label, true));
        }
        let roles = vec![(0, Role::Foreign); scene.tree.root + 1];
        Shortener { scene, field, ways, roles, stamp: 0 }
    }

    /// Changes ways for the better, then writes them back as pieces.
    pub(super) fn run(mut self, rounds: usize) {
        let mut order: Vec<usize> = (0..self.ways.len()).filter(|edge| self.ways[*edge].points.len() > 1).collect();
        order.sort_by_key(|edge| (std::cmp::Reverse(self.ways[*edge].points.len()), *edge));
        self.mend();
        for _ in 0..rounds {
            // Only what has changed is likely to change again.
            order.retain(|edge| self.improve(*edge));
        }
        self.write();
    }

    fn improve(&mut self, edge: usize) -> bool {
        let Some((from, to)) = self.scene.tree.ends[edge] else { return false };
        self.stamp += 1;
        for end in [from, to] {
            let mut at = end;
            while at != self.scene.tree.root {
                self.roles[at] = (self.stamp, if at == end { Role::End } else { Role::Around });
                at = self.scene.tree.parent[at];
            }
        }
        let meet = self.scene.tree.meet(from, to);
        let is_inward = from != to && (meet == from || meet == to);
        if is_inward {
            self.roles[meet] = (self.stamp, Role::Around);
        }
        let mut way = self.ways[edge].clone();
        let Some(mut known) = self.known(edge, &way) else { return false };
        let Some(cost) = self.cost(edge, &way, &known, f64::MAX) else { return false };
        way.cost = cost;
        let before = way.clone();
        for _ in 0..6 {
            let mut best: Option<Way> = None;
            let mut open: Vec<(f64, Vec<Point>, (usize, usize))> = Vec::new();
            for (points, sides) in self.candidates(&way, (from, to), is_inward) {
                let points = plain(&points);
                if points.len() < 2 {
                    continue;
                }
                let least = BEND * (points.len() as f64 - 2.0) + LENGTH * length(&points);
                if least < way.cost - 1.0 {
                    open.push((least, points, sides));
                }
            }
            // The most promising first: most others need not be looked at then.
            open.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (least, points, sides) in open {
                if least >= best.as_ref().map_or(way.cost, |best| best.cost) - 1.0 {
                    break;
                }
                let mut tried = Way { points, sides, label: way.label, cost: 0.0 };
                let limit = best.as_ref().map_or(way.cost, |best| best.cost) - 1.0;
                let Some(cost) = self.cost(edge, &tried, &known, limit) else { continue };
                if cost >= limit {
                    continue;
                }
                if let Some(label) = way.label {
                    let Some(label) = self.label(edge, &tried.points, &label) else { continue };
                    tried.label = Some(label);
                }
                tried.cost = cost;
                best = Some(tried);
            }
            let Some(better) = best else { break };
            way = better;
            known = self.known(edge, &way).unwrap_or_default();
        }
        if way.points == before.points {
            return false;
        }
        self.field.count(edge, &before.points, false);
        self.field.count(edge, &way.points, true);
        if let (Some(old), Some(new)) = (&before.label, &way.label) {
            self.field.count_label(edge, old, false);
            self.field.count_label(edge, new, true);
        }
        self.ways[edge] = way;
        true
    }

    /// The price of a way, or none if it is in something's way or dearer than a limit. Pieces that are
    /// known are not looked at again.
    fn cost(&self, edge: usize, way: &Way, known: &[Known], limit: f64) -> Option<f64> {
        let (from, to) = self.scene.tree.ends[edge]?;
        let meet = self.scene.tree.meet(from, to);
        let points = &way.points;
        let last = points.len() - 2;
        let (a, b) = (points.first()?, points.get(1)?);
        let (c, d) = (points.last()?, points.get(last)?);
        if !leaves(*a, *b, way.sides.0, meet == from && from != to)
            || !leaves(*c, *d, way.sides.1, meet == to && from != to)
        {
            return None;
        }
        if meet != self.scene.tree.root && (meet == from || meet == to) {
            let rect = &self.scene.rects[meet];
            let is_in = |at: &Point| {
                at.0 >= rect.x - 0.1
                    && at.0 <= rect.x + rect.w + 0.1
                    && at.1 >= rect.y - 0.1
                    && at.1 <= rect.y + rect.h + 0.1
            };
            if !points.iter().all(is_in) {
                return None;
            }
        }
        let plain = BEND * last as f64 + LENGTH * length(points);
        let most = ((limit - plain) / CROSSING).max(0.0) as usize;
        let mut crossings = 0;
        let mut open: Vec<usize> = Vec::new();
        for (index, pair) in points.windows(2).enumerate() {
            let [a, b] = *pair else { continue };
            if !same(a.0, b.0) && !same(a.1, b.1) {
                return None;
            }
            let far = (a.0 - b.0).abs() + (a.1 - b.1).abs();
            let is_end = index == 0 || index == last;
            if last > 0 && far < if is_end { STUB - 1.5 } else { 8.0 } {
                return None;
            }
            let place = (index == 0, index == last);
            match known.iter().find(|known| known.ends == (a, b) && known.place == place) {
                Some(known) => crossings += known.crossings,
                None => open.push(index),
            }
        }
        for index in open {
            if crossings > most {
                return None;
            }
            let place = (index == 0, index == last);
            crossings += self.piece(edge, (from, to), (points[index], points[index + 1]), place, most - crossings)?;
        }
        Some(plain + CROSSING * crossings as f64)
    }

    /// How many lines a piece of a way crosses, or none if it is in something's way or crosses too many.
    fn piece(
        &self,
        edge: usize,
        (from, to): (usize, usize),
        (a, b): (Point, Point),
        place: (bool, bool),
        most: usize,
    ) -> Option<usize> {
        let role = |number: usize| match self.roles[number] {
            (stamp, role) if stamp == self.stamp => role,
            _ => Role::Foreign,
        };
        let both = [from, to];
        let own: &[usize] = match place {
            (true, true) => &both,
            (true, false) => &both[..1],
            (false, true) => &both[1..],
            _ => &[],
        };
        self.field.judge(&Seg::new(edge, a, b), own, &role, most)
    }

    /// The pieces of a way that is possible, with what each crosses.
    fn known(&self, edge: usize, way: &Way) -> Option<Vec<Known>> {
        let ends = self.scene.tree.ends[edge]?;
        let last = way.points.len() - 2;
        let pieces = way.points.windows(2).enumerate().map(|(index, pair)| {
            let (pair, place) = ((pair[0], pair[1]), (index == 0, index == last));
            let crossings = self.piece(edge, ends, pair, place, usize::MAX)?;
            Some(Known { ends: pair, place, crossings })
        });
        pieces.collect()
    }

    /// Ways with fewer corners than one has, whether they are possible or not.
    fn candidates(&self, way: &Way, (from, to): (usize, usize), is_inward: bool) -> Vec<(Vec<Point>, (usize, usize))> {
        let points = &way.points;
        let count = points.len() - 1;
        let mut out: Vec<(Vec<Point>, (usize, usize))> = Vec::new();
        let (source, target) = (self.scene.rects[from], self.scene.rects[to]);
        let start_range = range(&source, way.sides.0);
        let end_range = range(&target, way.sides.1);
        for i in 0..count {
            // Two pieces that meet if they are made longer.
            for j in (i + 3..count).step_by(2) {
                let (a, b) = (points[i], points[j + 1]);
                let corner = if is_upright(points[i], points[i + 1]) { (a.0, points[j].1) } else { (points[j].0, a.1) };
                let mut made = points[..=i].to_vec();
                made.push(corner);
                made.push(b);
                made.extend(&points[j + 2..]);
                out.push((made, way.sides));
            }
            // Two pieces that run the same way, on one line.
            for j in (i + 2..count).step_by(2) {
                let upright = is_upright(points[i], points[i + 1]);
                let (p, q) = if upright { (points[i].0, points[j].0) } else { (points[i].1, points[j].1) };
                let mut places = vec![p, q, (p + q) / 2.0];
                if i == 0 {
                    places.extend([start_range.0, start_range.1, (start_range.0 + start_range.1) / 2.0]);
                }
                if j + 1 == count {
                    places.extend([end_range.0, end_range.1, (end_range.0 + end_range.1) / 2.0]);
                }
                for place in places {
                    if (i == 0 && (place < start_range.0 - 0.01 || place > start_range.1 + 0.01))
                        || (j + 1 == count && (place < end_range.0 - 0.01 || place > end_range.1 + 0.01))
                    {
                        continue;
                    }
                    let moved = |at: Point| if upright { (place, at.1) } else { (at.0, place) };
                    let mut made = points[..i].to_vec();
                    made.push(moved(points[i]));
                    made.push(moved(points[j + 1]));
                    made.extend(points.get(j + 2..).unwrap_or(&[]));
                    out.push((made, way.sides));
                }
            }
        }
        if is_inward || from == to {
            return out;
        }
        // An end where a later piece passes its box.
        for j in 1..count {
            if let Some((at, side)) = attach(&source, points[j], points[j + 1]) {
                let mut made = vec![at];
                made.extend(&points[j + 1..]);
                out.push((made, (side, way.sides.1)));
            }
            let i = count - j;
            if let Some((at, side)) = attach(&target, points[i], points[i - 1]) {
                let mut made = points[..i].to_vec();
                made.push(at);
                out.push((made, (way.sides.0, side)));
            }
        }
        let mut offers = Offers { limit: way.cost - 1.0, out: Vec::new() };
        templates(&source, &target, &mut offers);
        offers.out.sort_by(|a, b| a.0.total_cmp(&b.0));
        offers.out.truncate(TRIED);
        out.extend(offers.out.into_iter().map(|offer| (offer.1, offer.2)));
        out
    }

    /// Writes the ways back as pieces.
    fn write(self) {
        let mut made = Lines { lines: Vec::new(), of: vec![Vec::new(); self.ways.len()], courses: Vec::new() };
        for (edge, way) in self.ways.iter().enumerate() {
            let Some((from, to)) = self.scene.tree.ends[edge] else { continue };
            self.scene.labels[edge].iter_mut().for_each(|label| label.is_set = false);
            let last = way.points.len().saturating_sub(2);
            for (index, pair) in way.points.windows(2).enumerate() {
                let [a, b] = *pair else { continue };
                let upright = is_upright(a, b);
                let number = made.lines.len();
                made.lines.push(Line {
                    edge,
                    upright,
                    at: if upright { a.0 } else { a.1 },
                    home: usize::MAX,
                    first: (index == 0).then_some((from, way.sides.0)),
                    last: (index == last).then_some((to, way.sides.1)),
                    bus: usize::MAX,
                });
                made.of[edge].push(number);
                if let (Some(label), Some(rect)) = (self.scene.labels[edge].as_mut(), &way.label)
                    && !label.is_set
                {
                    let (x, y) = (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0);
                    let seg = Seg::new(edge, a, b);
                    let (across, along) = if upright { (x, y) } else { (y, x) };
                    if (across - seg.at).abs() < 0.6 && seg.low < along && along < seg.high {
                        *label = Label { line: number, x, y, is_set: true, ..*label };
                    }
                }
            }
        }
        // Ends that lie on each other stay a bus.
        let mut sides: BTreeMap<(usize, usize, i64), Vec<usize>> = BTreeMap::new();
        for (number, line) in made.lines.iter().enumerate() {
            for (owner, side) in line.first.into_iter().chain(line.last) {
                sides.entry((owner, side, (line.at * 20.0).round() as i64)).or_default().push(number);
            }
        }
        for (bus, list) in sides.values().enumerate().filter(|(_, list)| list.len() > 1) {
            list.iter().for_each(|number| made.lines[*number].bus = bus);
        }
        // And so do the tracks next to them.
        let mut count = sides.len();
        let mut trunks: BTreeMap<(usize, i64), Vec<usize>> = BTreeMap::new();
        for list in made.of.iter().filter(|list| list.len() > 2) {
            for (end, next) in [(list[0], list[1]), (list[list.len() - 1], list[list.len() - 2])] {
                let track = &made.lines[next];
                if made.lines[end].bus != usize::MAX && track.first.is_none() && track.last.is_none() {
                    let key = (made.lines[end].bus, (track.at * 20.0).round() as i64);
                    trunks.entry(key).or_default().push(next);
                }
            }
        }
        for list in trunks.values().filter(|list| list.len() > 1) {
            list.iter().for_each(|number| made.lines[*number].bus = count);
            count += 1;
        }
        fan::tie_again(&mut made, &self.scene.fans, count);
        self.scene.set(made);
    }
}

/// Whether a way leaves a side to the outside, or to the inside where it leads there.
fn leaves(a: Point, b: Point, side: usize, is_inward: bool) -> bool {
    let out = match side {
        TOP => a.1 - b.1,
        BOTTOM => b.1 - a.1,
        LEFT => a.0 - b.0,
        _ => b.0 - a.0,
    };
    if is_inward { out < 0.0 } else { out > 0.0 }
}
