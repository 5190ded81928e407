//! One axis at a time: everything that has a place on it, what keeps it apart, and the result.
//!
//! First left and right are settled for all boxes, lines and labels, with above and below only as an
//! order; then above and below with the final left and right. What was beside or below something
//! stays so, hence no line can come to lie in a box it went around.

use std::collections::BTreeMap;

use super::channel::{BOTTOM, LEFT, NONE, RIGHT, TOP};
use super::label::Label;
use super::model::{Graph, Rect};
use super::place::OVER_TITLE;
use super::plan::Plan;
use super::relax;
use super::shorten::plain;
use super::solve::Problem;
use super::sweep::{Kind, Thing, sweep};
use super::track::Lines;
use super::tree::Tree;

/// From the side of a group to its title.
pub(super) const BESIDE_TITLE: f64 = 12.0;
/// A hair more than a line is thick, for things that have no extent yet.
const THIN: f64 = 2e-6;

/// Everything that is drawn, wherever it is at the moment.
pub(super) struct Scene<'a> {
    pub graph: &'a Graph,
    pub tree: &'a Tree,
    pub plan: &'a Plan,
    pub lines: Lines,
    pub rects: Vec<Rect>,
    pub labels: Vec<Option<Label>>,
    /// The place of each piece in its way.
    pub order: Vec<usize>,
    /// The fan of each edge.
    pub fans: Vec<usize>,
}

/// A place: a variable and what is added to it.
pub(super) type Spot = (usize, f64);

/// Where everything is found among the variables.
pub(super) struct Spots {
    pub low: Vec<Spot>,
    pub high: Vec<Spot>,
    pub lines: Vec<Option<Spot>>,
    pub labels: Vec<Option<Spot>>,
}

impl<'a> Scene<'a> {
    /// Everything at its first place.
    pub(super) fn new(graph: &'a Graph, tree: &'a Tree, plan: &'a Plan, lines: Lines, rects: Vec<Rect>) -> Scene<'a> {
        let labels = vec![None; graph.edges.len()];
        let fans = vec![NONE; graph.edges.len()];
        let mut scene = Scene { graph, tree, plan, lines: Lines::default(), rects, labels, order: Vec::new(), fans };
        scene.set(lines);
        scene
    }

    /// Puts other pieces in place of what was.
    pub(super) fn set(&mut self, lines: Lines) {
        self.order = vec![0; lines.lines.len()];
        for list in &lines.of {
            for (at, line) in list.iter().enumerate() {
                self.order[*line] = at;
            }
        }
        self.lines = lines;
    }

    /// The box and side at which a piece begins or ends its way, if it does.
    pub(super) fn terminal(&self, line: usize, is_last: bool) -> Option<(usize, usize)> {
        let line = &self.lines.lines[line];
        if is_last { line.last } else { line.first }
    }

    fn neighbour(&self, line: usize, is_last: bool) -> Option<usize> {
        let list = &self.lines.of[self.lines.lines[line].edge];
        let at = self.order[line];
        if is_last { list.get(at + 1).copied() } else { at.checked_sub(1).and_then(|at| list.get(at).copied()) }
    }

    fn end(&self, line: usize, is_last: bool) -> f64 {
        if let Some((owner, side)) = self.terminal(line, is_last) {
            let rect = &self.rects[owner];
            return match side {
                TOP => rect.y,
                RIGHT => rect.x + rect.w,
                BOTTOM => rect.y + rect.h,
                _ => rect.x,
            };
        }
        self.neighbour(line, is_last).map_or(0.0, |other| self.lines.lines[other].at)
    }

    /// From where to where a piece runs.
    pub(super) fn span(&self, line: usize) -> (f64, f64) {
        (self.end(line, false), self.end(line, true))
    }

    /// Sets labels that have no place in the middle of their longest piece; whether there were any.
    pub(super) fn house(&mut self) -> bool {
        let mut is_any = false;
        for edge in 0..self.labels.len() {
            let Some(label) = self.labels[edge].filter(|label| !label.is_set) else { continue };
            let far = |line: &usize| {
                let (from, to) = self.span(*line);
                (from - to).abs()
            };
            let Some(line) = self.lines.of[edge].iter().copied().max_by(|a, b| far(a).total_cmp(&far(b))) else {
                continue;
            };
            let (from, to) = self.span(line);
            let (at, middle) = (self.lines.lines[line].at, (from + to) / 2.0);
            let (x, y) = if self.lines.lines[line].upright { (at, middle) } else { (middle, at) };
            self.labels[edge] = Some(Label { line, x, y, is_set: true, ..label });
            is_any = true;
        }
        is_any
    }

    /// The corners of a way.
    pub(super) fn corners(&self, edge: usize) -> Vec<(f64, f64)> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for (index, number) in self.lines.of[edge].iter().enumerate() {
            let line = &self.lines.lines[*number];
            let point = |along: f64| if line.upright { (line.at, along) } else { (along, line.at) };
            let (from, to) = self.span(*number);
            if index == 0 {
                points.push(point(from));
            }
            points.push(point(to));
        }
        plain(&points)
    }

    /// The variable of an end of a piece, on the axis along the piece.
    pub(super) fn end_spot(&self, spots: &Spots, line: usize, is_last: bool) -> Option<Spot> {
        if let Some((owner, side)) = self.terminal(line, is_last) {
            return Some(if side == TOP || side == LEFT { spots.low[owner] } else { spots.high[owner] });
        }
        self.neighbour(line, is_last).and_then(|other| spots.lines[other])
    }

    /// The innermost box that a piece moves with.
    pub(super) fn holder(&self, number: usize) -> usize {
        let line = &self.lines.lines[number];
        if let Some((owner, _)) = line.first.or(line.last) {
            return owner;
        }
        let Some((from, to)) = self.tree.ends[line.edge] else { return self.tree.root };
        let meet = self.tree.meet(from, to);
        let (a, b) = self.span(number);
        let (low, high) = (a.min(b), a.max(b));
        for end in [from, to] {
            let mut at = end;
            while at != meet && at != self.tree.root {
                let rect = &self.rects[at];
                let ((x0, x1), (y0, y1)) =
                    if line.upright { ((line.at, line.at), (low, high)) } else { ((low, high), (line.at, line.at)) };
                let is_in = rect.x < x0 && x1 < rect.x + rect.w && rect.y < y0 && y1 < rect.y + rect.h;
                if is_in && self.tree.holds(at) {
                    return at;
                }
                at = self.tree.parent[at];
            }
        }
        meet
    }

    /// Settles one axis. The first one is settled while the other one is a mere order.
    pub(super) fn settle(&mut self, is_x: bool, is_first: bool, ease: f64) {
        let mut problem = Problem::default();
        let mut spots = self.boxes(&mut problem, is_x);
        let mut buses: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, line) in self.lines.lines.iter().enumerate() {
            if line.upright != is_x {
                continue;
            }
            let var = match line.bus {
                NONE => problem.var(line.at),
                bus => *buses.entry(bus).or_insert_with(|| problem.var(line.at)),
            };
            spots.lines[number] = Some((var, 0.0));
        }
        for (edge, label) in self.labels.iter().enumerate() {
            let Some(label) = label.filter(|label| label.is_set) else { continue };
            let size = if is_x { label.size.w } else { label.size.h };
            spots.labels[edge] = match spots.lines[label.line] {
                Some((var, _)) => Some((var, -size / 2.0)),
                None => Some((problem.var(if is_x { label.x } else { label.y }), -size / 2.0)),
            };
        }
        let mut things = self.things(&spots, is_x, is_first);
        sweep(&mut problem, &mut things, is_x, ease);
        self.rows(&mut problem, &spots, is_x);
        self.ports(&mut problem, &spots);
        self.rooms(&mut problem, &spots, is_x);
        // What a label or a line keeps apart has to stay apart when that one's distances are given up.
        let mut at = problem.solve(&mut |problem| {
            things.retain(|thing| thing.kind != Kind::Label);
            sweep(problem, &mut things, is_x, ease);
            things.retain(|thing| thing.kind != Kind::Line);
            sweep(problem, &mut things, is_x, ease);
        });
        let links = self.links(&spots, is_x);
        relax::relax(self, &problem, &spots, &links, &mut at);
        self.keep(&spots, &at, is_x);
    }

    /// The variables of boxes. Leaves of one row share one across the rows.
    fn boxes(&self, problem: &mut Problem, is_x: bool) -> Spots {
        let (tree, count) = (self.tree, self.tree.root + 1);
        let mut spots = Spots {
            low: vec![(0, 0.0); count],
            high: vec![(0, 0.0); count],
            lines: vec![None; self.lines.lines.len()],
            labels: vec![None; self.labels.len()],
        };
        let reach = |rect: &Rect| if is_x { (rect.x, rect.w) } else { (rect.y, rect.h) };
        let edge = problem.var(f64::MIN);
        spots.low[tree.root] = (edge, 0.0);
        spots.high[tree.root] = (problem.var(f64::MAX), 0.0);
        for &group in tree.inner_first.iter().rev() {
            let is_across = self.plan.down[group] != is_x;
            for row in &self.plan.rows[group] {
                let thick = row.iter().map(|child| reach(&self.rects[*child]).1).fold(0.0, f64::max);
                let is_plain = row.iter().all(|child| !tree.holds(*child));
                let start = row.iter().map(|child| reach(&self.rects[*child]).0).fold(f64::MAX, f64::min);
                let shared = is_across.then(|| problem.var(start));
                for &child in row {
                    let (low, size) = reach(&self.rects[child]);
                    if tree.holds(child) {
                        spots.low[child] = (shared.unwrap_or_else(|| problem.var(low)), 0.0);
                        spots.high[child] = (problem.var(low + size), 0.0);
                    } else {
                        spots.low[child] = match shared {
                            Some(var) if is_plain => (var, (thick - size) / 2.0),
                            _ => (problem.var(low), 0.0),
                        };
                        spots.high[child] = (spots.low[child].0, spots.low[child].1 + size);
                    }
                }
            }
        }
        spots
    }

    /// All things with an extent on this axis.
    fn things(&self, spots: &Spots, is_x: bool, is_first: bool) -> Vec<Thing> {
        let mut things = Vec::new();
        let along = |rect: &Rect| if is_x { (rect.x, rect.w) } else { (rect.y, rect.h) };
        let across = |rect: &Rect| if is_x { (rect.y, rect.y + rect.h) } else { (rect.x, rect.x + rect.w) };
        for child in 0..self.tree.root {
            let rect = &self.rects[child];
            let ((start, size), (from, to)) = (along(rect), across(rect));
            if !self.tree.holds(child) {
                let key = start + size / 2.0;
                things.push(Thing {
                    kind: Kind::Leaf,
                    low: spots.low[child],
                    high: spots.high[child],
                    from,
                    to,
                    key,
                    line: NONE,
                    meets: [NONE; 2],
                });
                continue;
            }
            let wall =
                |kind, spot, key| Thing { kind, low: spot, high: spot, from, to, key, line: NONE, meets: [NONE; 2] };
            things.push(wall(Kind::Open, spots.low[child], start));
            things.push(wall(Kind::Close, spots.high[child], start + size));
            let title = self.title(child);
            if title.w > 0.0 && title.h > 0.0 {
                let ((start, size), (from, to)) = (along(&title), across(&title));
                let (var, off) = spots.low[child];
                let off = off + if is_x { BESIDE_TITLE } else { OVER_TITLE };
                let (low, high) = ((var, off), (var, off + size));
                things.push(Thing {
                    kind: Kind::Title,
                    low,
                    high,
                    from,
                    to,
                    key: start + size / 2.0,
                    line: NONE,
                    meets: [NONE; 2],
                });
            }
        }
        // In the second pass lines reach a little further, so that their ends keep apart too.
        let reach = if is_first { 0.0 } else { 4.5 };
        for (number, line) in self.lines.lines.iter().enumerate() {
            let Some(spot) = spots.lines[number] else { continue };
            let (a, b) = self.span(number);
            let is_back = a > b;
            let far = |is_last: bool| if self.terminal(number, is_last).is_some() { 0.0 } else { reach };
            let meets = [self.goes_on(number, false), self.goes_on(number, true)].map(|next| next.unwrap_or(NONE));
            let (from, to) = if is_back { (b - far(true), a + far(false)) } else { (a - far(false), b + far(true)) };
            if !is_first && self.is_straight(number) {
                continue;
            }
            let to = to.max(from + THIN);
            let mut pieces = vec![(from, to)];
            for edge in [line.edge] {
                let Some(label) = self.labels[edge].filter(|label| label.is_set && label.line == number) else {
                    continue;
                };
                let (low, high) = self.reach(&label, is_x, is_first);
                pieces = vec![(from, low), (high, to)];
            }
            for (from, to) in pieces {
                things.push(Thing {
                    kind: Kind::Line,
                    low: spot,
                    high: spot,
                    from,
                    to,
                    key: line.at,
                    line: number,
                    meets,
                });
            }
        }
        for (edge, label) in self.labels.iter().enumerate() {
            let (Some(label), Some(spot)) = (label.filter(|label| label.is_set), spots.labels[edge]) else { continue };
            let (from, to) = self.reach(&label, is_x, is_first);
            let size = if is_x { label.size.w } else { label.size.h };
            let key = if is_x { label.x } else { label.y };
            things.push(Thing {
                kind: Kind::Label,
                low: spot,
                high: (spot.0, spot.1 + size),
                from,
                to,
                key,
                line: NONE,
                meets: [NONE; 2],
            });
        }
        things
    }

    /// The piece behind the next one, if both run the same way and so may become one.
    fn goes_on(&self, line: usize, is_last: bool) -> Option<usize> {
        let next = self.neighbour(self.neighbour(line, is_last)?, is_last)?;
        let (here, there) = (self.span(line), self.span(next));
        ((here.1 - here.0) * (there.1 - there.0) > 0.0).then_some(next)
    }

    /// Whether a piece joins two that run the same way.
    pub(super) fn is_jog(&self, line: usize) -> bool {
        self.neighbour(line, false).is_some_and(|before| self.goes_on(before, true).is_some())
    }

    /// Whether a piece has become nothing: the two it joins are one.
    fn is_straight(&self, line: usize) -> bool {
        let (from, to) = self.span(line);
        (from - to).abs() < 0.01 && self.neighbour(line, false).is_some() && self.neighbour(line, true).is_some()
    }

    /// From where to where a label reaches across the axis.
    fn reach(&self, label: &Label, is_x: bool, is_first: bool) -> (f64, f64) {
        let (at, size) = if is_x { (label.y, label.size.h) } else { (label.x, label.size.w) };
        let half = if is_first { THIN } else { size / 2.0 };
        (at - half, at + half)
    }

    /// The box of a title.
    pub(super) fn title(&self, group: usize) -> Rect {
        let size = self.graph.groups.get(group).map_or(Default::default(), |group| group.title);
        let rect = &self.rects[group];
        Rect { x: rect.x + BESIDE_TITLE, y: rect.y + OVER_TITLE, w: size.w, h: size.h }
    }

    /// Writes the places back.
    fn keep(&mut self, spots: &Spots, at: &[f64], is_x: bool) {
        let place = |spot: Spot| at[spot.0] + spot.1;
        for child in 0..self.tree.root {
            let (low, high) = (place(spots.low[child]), place(spots.high[child]));
            let rect = &mut self.rects[child];
            if is_x {
                (rect.x, rect.w) = (low, high - low);
            } else {
                (rect.y, rect.h) = (low, high - low);
            }
        }
        for (line, spot) in self.lines.lines.iter_mut().zip(&spots.lines) {
            if let Some(spot) = spot {
                line.at = place(*spot);
            }
        }
        for (label, spot) in self.labels.iter_mut().zip(&spots.labels) {
            if let (Some(label), Some(spot)) = (label.as_mut(), spot) {
                let size = if is_x { label.size.w } else { label.size.h };
                let middle = place(*spot) + size / 2.0;
                if is_x {
                    label.x = middle;
                } else {
                    label.y = middle;
                }
            }
        }
    }
}
