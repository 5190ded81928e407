//! Connections, each the cheapest way along the grid: around every box, with few bends and crossings.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::Topology;
use super::place::{GRID, Item, Placed, Rect, TITLE, Tree, title_width};

/// What one step costs, a bend, a crossing, and a step on somebody else's line.
const STEP: u32 = 10;
const BEND: u32 = 45;
const CROSS: u32 = 60;
const SHARED: u32 = 90;
/// A step beside somebody else's line or beside a box, on a frame, through a title, through a group
/// that has nothing to do with it.
const CLOSE: u32 = 7;
const FRAME: u32 = 25;
const THROUGH_TITLE: u32 = 160;
const FOREIGN: u32 = 12;

/// Right, down, left, up.
const DIRECTIONS: [(i32, i32); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

/// The grid, and what lies on it.
struct Field {
    wide: i32,
    high: i32,
    /// Points within or on a node.
    wall: Vec<bool>,
    /// Points beside one.
    near: Vec<bool>,
    /// Points in a group's title.
    title: Vec<bool>,
    /// Points on an upper or lower, on a left or right frame of a group.
    level: Vec<bool>,
    upright: Vec<bool>,
    /// Edges that run from a point to the right, and from a point down.
    right: Vec<Vec<usize>>,
    down: Vec<Vec<usize>>,
    /// Points with a line on them or beside them: everywhere else nothing has to be looked up.
    busy: Vec<u16>,
}

impl Field {
    fn new(topology: &Topology, placed: &Placed) -> Field {
        let (wide, high) = (placed.width / GRID + 1, placed.height / GRID + 1);
        let size = (wide * high) as usize;
        let mut field = Field {
            wide,
            high,
            wall: vec![false; size],
            near: vec![false; size],
            title: vec![false; size],
            level: vec![false; size],
            upright: vec![false; size],
            right: vec![Vec::new(); size],
            down: vec![Vec::new(); size],
            busy: vec![0; size],
        };
        for node in &placed.nodes {
            let around = Rect { x: node.x - GRID, y: node.y - GRID, w: node.w + 2 * GRID, h: node.h + 2 * GRID };
            mark(&mut field.near, wide, high, &around);
            mark(&mut field.wall, wide, high, node);
        }
        for (group, rect) in topology.groups.iter().zip(&placed.groups) {
            let w = (title_width(&group.title, &group.kind) as i32).min(rect.w);
            mark(&mut field.title, wide, high, &Rect { w, h: TITLE - GRID, ..*rect });
            mark(&mut field.level, wide, high, &Rect { h: 0, ..*rect });
            mark(&mut field.level, wide, high, &Rect { y: rect.bottom(), h: 0, ..*rect });
            mark(&mut field.upright, wide, high, &Rect { w: 0, ..*rect });
            mark(&mut field.upright, wide, high, &Rect { x: rect.right(), w: 0, ..*rect });
        }
        field
    }

    fn index(&self, x: i32, y: i32) -> Option<usize> {
        (x > 0 && y > 0 && x < self.wide - 1 && y < self.high - 1).then_some((y * self.wide + x) as usize)
    }

    /// The edges on the step from a point in a direction.
    fn step(&self, x: i32, y: i32, direction: usize) -> &[usize] {
        let (at, list) = match direction {
            0 => (self.index(x, y), &self.right),
            1 => (self.index(x, y), &self.down),
            2 => (self.index(x - 1, y), &self.right),
            _ => (self.index(x, y - 1), &self.down),
        };
        at.and_then(|at| list.get(at)).map_or(&[], Vec::as_slice)
    }

    /// Lays an edge on the grid, or takes it off.
    fn lay(&mut self, path: &[(i32, i32)], edge: usize, on: bool) {
        for pair in path.windows(2) {
            let [(x1, y1), (x2, y2)] = pair else { continue };
            let Some(at) = self.index(*x1.min(x2), *y1.min(y2)) else { continue };
            let list = if y1 == y2 { self.right.get_mut(at) } else { self.down.get_mut(at) };
            let Some(list) = list else { continue };
            for (dx, dy) in [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
                for (x, y) in [(*x1, *y1), (*x2, *y2)] {
                    let at = self.wide * (y + dy) + x + dx;
                    let slot = usize::try_from(at).ok().and_then(|at| self.busy.get_mut(at));
                    slot.into_iter()
                        .for_each(|slot| *slot = if on { slot.saturating_add(1) } else { slot.saturating_sub(1) });
                }
            }
            if on {
                list.push(edge);
            } else {
                list.retain(|other| *other != edge);
            }
        }
    }
}

fn mark(layer: &mut [bool], wide: i32, high: i32, rect: &Rect) {
    for y in (rect.y / GRID).max(0)..=(rect.bottom() / GRID).min(high - 1) {
        for x in (rect.x / GRID).max(0)..=(rect.right() / GRID).min(wide - 1) {
            layer.get_mut((y * wide + x) as usize).into_iter().for_each(|slot| *slot = true);
        }
    }
}

/// The corners of each edge's way, in pixels; empty where there is none.
pub(super) fn route(topology: &Topology, tree: &Tree, placed: &Placed) -> Vec<Vec<(i32, i32)>> {
    let mut field = Field::new(topology, placed);
    let rect = |item: Item| match item {
        Item::Group(i) => placed.groups.get(i).copied().unwrap_or_default(),
        Item::Node(i) => placed.nodes.get(i).copied().unwrap_or_default(),
    };
    let mut order: Vec<(i32, usize, (Item, Item))> = tree
        .edges
        .iter()
        .enumerate()
        .filter_map(|(i, ends)| {
            let (from, to) = (*ends)?;
            let (a, b) = (rect(from), rect(to));
            let far = (2 * a.x + a.w - 2 * b.x - b.w).abs() + (2 * a.y + a.h - 2 * b.y - b.h).abs();
            Some((far, i, (from, to)))
        })
        .collect();
    order.sort_unstable();
    let mut ways: Vec<Vec<(i32, i32)>> = vec![Vec::new(); tree.edges.len()];
    // Once again each, when it is known where all the others are.
    let rounds = if order.len() > 120 { 1 } else { 3 };
    let hurry = match order.len() {
        0..=40 => STEP,
        41..=120 => STEP * 2,
        _ => STEP * 5,
    };
    for _ in 0..rounds {
        for (_, i, (from, to)) in &order {
            let Some(way) = ways.get_mut(*i) else { continue };
            field.lay(way, *i, false);
            let foreign = foreign(tree, placed, *from, *to);
            let walk = Walk {
                field: &field,
                edges: &tree.edges,
                ends: (*from, *to),
                from: rect(*from),
                to: rect(*to),
                foreign,
                hurry,
            };
            *way = walk.find();
            field.lay(way, *i, true);
        }
    }
    ways.iter().map(|way| corners(way)).collect()
}

/// The groups that an edge has nothing to do with.
fn foreign(tree: &Tree, placed: &Placed, from: Item, to: Item) -> Vec<Rect> {
    let mut own: BTreeSet<usize> = tree.ancestors(from).into_iter().chain(tree.ancestors(to)).collect();
    own.extend([from, to].iter().filter_map(|item| if let Item::Group(i) = item { Some(*i) } else { None }));
    // The outermost ones say it all.
    let outermost = |i: &usize| {
        let parent = tree.parents.get(&Item::Group(*i)).copied().flatten();
        !own.contains(i) && parent.is_none_or(|parent| own.contains(&parent))
    };
    placed.groups.iter().enumerate().filter(|(i, _)| outermost(i)).map(|(_, rect)| *rect).collect()
}

fn corners(way: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut out: Vec<(i32, i32)> = Vec::new();
    for (x, y) in way {
        let here = (x * GRID, y * GRID);
        if let [.., (x1, y1), (x2, y2)] = out[..]
            && ((x1 == x2 && x2 == here.0) || (y1 == y2 && y2 == here.1))
        {
            out.pop();
        }
        out.push(here);
    }
    out
}

/// One search for the cheapest way (A*).
struct Walk<'a> {
    field: &'a Field,
    edges: &'a [Option<(Item, Item)>],
    ends: (Item, Item),
    from: Rect,
    to: Rect,
    foreign: Vec<Rect>,
    /// What a step still to go is taken to cost: in a large drawing more than the least, which finds
    /// a good way much sooner than the best one.
    hurry: u32,
}

impl Walk<'_> {
    fn find(&self) -> Vec<(i32, i32)> {
        let field = self.field;
        let states = field.wall.len() * 4;
        let mut best = vec![u32::MAX; states];
        let mut before = vec![u32::MAX; states];
        let mut open = BinaryHeap::new();
        let mut strange = vec![false; field.wall.len()];
        for rect in &self.foreign {
            mark(&mut strange, field.wide, field.high, rect);
        }
        for (x, y, direction, price) in ports(&self.from) {
            let Some(at) = field.index(x, y) else { continue };
            // From a group that holds the other end, the way leads inwards.
            let direction = if self.from.contains(&self.to) { (direction + 2) % 4 } else { direction };
            let state = at * 4 + direction;
            if let Some(slot) = best.get_mut(state) {
                *slot = price;
                open.push(Reverse((price + self.least(x, y), state as u32)));
            }
        }
        while let Some(Reverse((estimate, state))) = open.pop() {
            let (at, direction) = (state as usize / 4, state as usize % 4);
            let (x, y) = (at as i32 % field.wide, at as i32 / field.wide);
            let price = best.get(state as usize).copied().unwrap_or(u32::MAX);
            if estimate > price.saturating_add(self.least(x, y)) {
                continue;
            }
            let started = before.get(state as usize) == Some(&u32::MAX);
            if !started && self.arrived(x, y, direction) {
                return self.back(&before, state);
            }
            for (turn, (dx, dy)) in DIRECTIONS.iter().enumerate() {
                if turn == (direction + 2) % 4 || (started && turn != direction) {
                    continue;
                }
                let (nx, ny) = (x + dx, y + dy);
                let Some(next) = field.index(nx, ny) else { continue };
                if field.wall.get(next) == Some(&true) && !self.arrived(nx, ny, turn) {
                    continue;
                }
                let bend = if turn == direction { 0 } else { BEND };
                let cost = price + bend + self.cost((x, y), (nx, ny), next, turn, &strange);
                let state_next = next * 4 + turn;
                if let (Some(slot), Some(link)) = (best.get_mut(state_next), before.get_mut(state_next))
                    && cost < *slot
                {
                    *slot = cost;
                    *link = state;
                    open.push(Reverse((cost + self.least(nx, ny), state_next as u32)));
                }
            }
        }
        Vec::new()
    }

    /// What a step costs besides its bend.
    fn cost(&self, (x, y): (i32, i32), (nx, ny): (i32, i32), next: usize, turn: usize, strange: &[bool]) -> u32 {
        let field = self.field;
        let on = |layer: &[bool]| layer.get(next) == Some(&true);
        let mut cost = STEP;
        let is_level = turn.is_multiple_of(2);
        if field.busy.get(next).is_some_and(|lines| *lines > 0) {
            cost += self.lines((x, y), (nx, ny), turn);
        }
        if on(&field.near) {
            cost += CLOSE;
        }
        if on(&field.title) {
            cost += THROUGH_TITLE;
        }
        if on(if is_level { &field.level } else { &field.upright }) {
            cost += FRAME;
        }
        if on(strange) {
            cost += FOREIGN;
        }
        cost
    }

    /// What the lines of others add to a step.
    fn lines(&self, (x, y): (i32, i32), (nx, ny): (i32, i32), turn: usize) -> u32 {
        let (field, is_level) = (self.field, turn.is_multiple_of(2));
        let strangers = |edges: &[usize]| edges.iter().filter(|other| !self.related(**other)).count() as u32;
        let along = field.step(x, y, turn);
        let mut cost = strangers(along) * SHARED + (along.len() as u32) * 2;
        // Lines across the next point.
        for across in if is_level { [1, 3] } else { [0, 2] } {
            cost += strangers(field.step(nx, ny, across)) * CROSS / 2;
        }
        let (sx, sy) = if is_level { (0, 1) } else { (1, 0) };
        for side in [-1, 1] {
            cost += strangers(field.step(x + sx * side, y + sy * side, turn)) * CLOSE;
        }
        cost
    }

    /// Whether another edge begins or ends where this one does, and so may share its line.
    fn related(&self, other: usize) -> bool {
        self.edges.get(other).copied().flatten().is_some_and(|(from, to)| from == self.ends.0 || to == self.ends.1)
    }

    /// The least that is still to pay from a point.
    fn least(&self, x: i32, y: i32) -> u32 {
        let (left, right) = (self.to.x / GRID, self.to.right() / GRID);
        let (top, bottom) = (self.to.y / GRID, self.to.bottom() / GRID);
        let dx = (left - x).max(x - right);
        let dy = (top - y).max(y - bottom);
        if dx <= 0 && dy <= 0 {
            return 0;
        }
        ((dx.max(0) + dy.max(0)) as u32) * self.hurry
    }

    /// Whether a point lies on the target's edge, not at its corner, and is met square on.
    fn arrived(&self, x: i32, y: i32, direction: usize) -> bool {
        let (left, right) = (self.to.x / GRID, self.to.right() / GRID);
        let (top, bottom) = (self.to.y / GRID, self.to.bottom() / GRID);
        let inward = if self.to.contains(&self.from) { 2 } else { 0 };
        match (direction + inward) % 4 {
            0 => x == left && y > top && y < bottom,
            1 => y == top && x > left && x < right,
            2 => x == right && y > top && y < bottom,
            _ => y == bottom && x > left && x < right,
        }
    }

    fn back(&self, before: &[u32], mut state: u32) -> Vec<(i32, i32)> {
        let mut out = Vec::new();
        loop {
            let at = state as i32 / 4;
            out.push((at % self.field.wide, at / self.field.wide));
            match before.get(state as usize) {
                Some(link) if *link != u32::MAX => state = *link,
                _ => break,
            }
        }
        out.reverse();
        out
    }
}

/// Where a way may begin on a box: grid points on its sides, their direction, and a price that rises
/// towards the corners.
fn ports(rect: &Rect) -> Vec<(i32, i32, usize, u32)> {
    let (left, right) = (rect.x / GRID, rect.right() / GRID);
    let (top, bottom) = (rect.y / GRID, rect.bottom() / GRID);
    let price = |at: i32, from: i32, to: i32| ((2 * at - from - to).unsigned_abs()) * 3;
    let mut out = Vec::new();
    for x in left + 1..right {
        out.push((x, top, 3, price(x, left, right)));
        out.push((x, bottom, 1, price(x, left, right)));
    }
    for y in top + 1..bottom {
        out.push((left, y, 2, price(y, top, bottom) + STEP));
        out.push((right, y, 0, price(y, top, bottom) + STEP));
    }
    out
}
