//! The routing graph: free rectangles and the gates between them.
//!
//! The free space of a box is cut into streets (between its rows) and gaps (between the children of
//! a row). Where two of them meet, or where one meets a border, there is a gate. A connection is a
//! sequence of gates, so the graph grows with the number of boxes and not with the area.

use super::model::{Graph, Rect};
use super::place::OVER_TITLE;
use super::plan::Plan;
use super::tree::Tree;

/// The owner of a gate that is on no border, and the region of a gate that leads nowhere.
pub(super) const NONE: usize = usize::MAX;

/// The sides of boxes and regions, clockwise.
pub(super) const TOP: usize = 0;
pub(super) const RIGHT: usize = 1;
pub(super) const BOTTOM: usize = 2;
pub(super) const LEFT: usize = 3;

/// A place where connections pass from one region to the next, or begin and end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gate {
    pub x: f64,
    pub y: f64,
    /// How far a connection may slide along the border without leaving the gate.
    pub slack: f64,
    /// Whether connections pass from above to below, not from left to right.
    pub upright: bool,
    /// The box on whose border it is.
    pub owner: usize,
    /// The region inside (of the owner) and the one outside; for a gate in a gap the gap and the street.
    pub regions: [usize; 2],
    /// The side of each of these regions on which it is.
    pub sides: [usize; 2],
    /// Its place among the gates of each region, clockwise from the upper left.
    pub turns: [u32; 2],
}

/// A free rectangle.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Region {
    /// The box in which it is.
    pub group: usize,
    /// Whether its tracks run from left to right.
    pub level: bool,
    pub rect: Rect,
    /// Its gates by owner, each with the number of this region in it.
    pub gates: Vec<(usize, usize, usize)>,
}

/// All regions and gates.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Channels {
    pub regions: Vec<Region>,
    pub gates: Vec<Gate>,
    /// The gates on each side of each box.
    pub borders: Vec<[Vec<usize>; 4]>,
}

/// Where the children of one box are, in regions.
struct Block {
    /// The first gate that was made for it.
    first: usize,
    streets: Vec<usize>,
    gaps: Vec<Vec<usize>>,
}

impl Channels {
    /// Cuts the free space.
    pub(super) fn new(graph: &Graph, tree: &Tree, plan: &Plan, rects: &[Rect]) -> Channels {
        let mut made = Channels { borders: vec![Default::default(); tree.root + 1], ..Channels::default() };
        for (leaf, rect) in rects.iter().enumerate().take(tree.root).skip(tree.groups) {
            made.plain(leaf, rect);
        }
        for &at in &tree.inner_first {
            if tree.children[at].is_empty() {
                made.plain(at, &rects[at]);
                continue;
            }
            let title = graph.groups.get(at).map_or(0.0, |group| group.title.h + OVER_TITLE);
            let block = made.cut(at, plan, rects, title);
            made.connect(at, plan, &block);
            if at != tree.root {
                let beyond = rects[at].x + graph.groups.get(at).map_or(0.0, |group| group.title.w) + 22.0;
                made.border(at, plan, rects, &block, beyond);
            }
        }
        made.order();
        made
    }

    /// The side of its owner on which a gate is.
    pub(super) fn side(&self, gate: usize) -> usize {
        let owner = self.gates[gate].owner;
        (0..4).find(|side| self.borders[owner][*side].contains(&gate)).unwrap_or(TOP)
    }

    fn gate(&mut self, x: f64, y: f64, slack: f64, upright: bool, owner: usize, regions: [usize; 2]) -> usize {
        self.gates.push(Gate { x, y, slack, upright, owner, regions, sides: [0; 2], turns: [0; 2] });
        self.gates.len() - 1
    }

    /// One gate in the middle of each side, for a box without content.
    fn plain(&mut self, at: usize, rect: &Rect) {
        let (x, y) = (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0);
        let (wide, high) = ((rect.w / 2.0 - 10.0).max(0.0), (rect.h / 2.0 - 10.0).max(0.0));
        let gates = [
            self.gate(x, rect.y, wide, true, at, [NONE; 2]),
            self.gate(rect.x + rect.w, y, high, false, at, [NONE; 2]),
            self.gate(x, rect.y + rect.h, wide, true, at, [NONE; 2]),
            self.gate(rect.x, y, high, false, at, [NONE; 2]),
        ];
        self.borders[at] = gates.map(|gate| vec![gate]);
    }

    /// The streets and gaps of one box.
    fn cut(&mut self, at: usize, plan: &Plan, rects: &[Rect], title: f64) -> Block {
        let down = plan.down[at];
        // Along and across the rows, whichever way they run.
        let turn = |a: f64, b: f64, c: f64, d: f64| {
            if down { Rect { x: a, y: b, w: c - a, h: d - b } } else { Rect { x: b, y: a, w: d - b, h: c - a } }
        };
        let low = |rect: &Rect| if down { (rect.x, rect.y) } else { (rect.y, rect.x) };
        let high =
            |rect: &Rect| if down { (rect.x + rect.w, rect.y + rect.h) } else { (rect.y + rect.h, rect.x + rect.w) };
        let mut own = rects[at];
        own.y += title;
        own.h -= title;
        let mut block = Block { first: self.gates.len(), streets: Vec::new(), gaps: Vec::new() };
        let mut before = low(&own).1;
        for row in &plan.rows[at] {
            let start = row.iter().map(|child| low(&rects[*child]).1).fold(f64::MAX, f64::min);
            let end = row.iter().map(|child| high(&rects[*child]).1).fold(f64::MIN, f64::max);
            block.streets.push(self.region(at, down, turn(low(&own).0, before, high(&own).0, start)));
            let mut gaps = Vec::new();
            let mut from = low(&own).0;
            for child in row {
                gaps.push(self.region(at, !down, turn(from, start, low(&rects[*child]).0, end)));
                from = high(&rects[*child]).0;
            }
            gaps.push(self.region(at, !down, turn(from, start, high(&own).0, end)));
            block.gaps.push(gaps);
            before = end;
        }
        block.streets.push(self.region(at, down, turn(low(&own).0, before, high(&own).0, high(&own).1)));
        block
    }

    fn region(&mut self, group: usize, level: bool, rect: Rect) -> usize {
        self.regions.push(Region { group, level, rect, gates: Vec::new() });
        self.regions.len() - 1
    }

    /// Tells the children's gates what is outside, and opens the gaps to the streets.
    fn connect(&mut self, at: usize, plan: &Plan, block: &Block) {
        let down = plan.down[at];
        let (before, after, first, last) = if down { (TOP, BOTTOM, LEFT, RIGHT) } else { (LEFT, RIGHT, TOP, BOTTOM) };
        for (index, row) in plan.rows[at].iter().enumerate() {
            for (place, child) in row.iter().enumerate() {
                let outside = [
                    (before, block.streets[index]),
                    (after, block.streets[index + 1]),
                    (first, block.gaps[index][place]),
                    (last, block.gaps[index][place + 1]),
                ];
                for (side, region) in outside {
                    for gate in self.borders[*child][side].clone() {
                        self.gates[gate].regions[1] = region;
                    }
                }
            }
            for gap in &block.gaps[index] {
                let rect = self.regions[*gap].rect;
                let (streets, own) = ([block.streets[index], block.streets[index + 1]], *gap);
                if down {
                    let (x, slack) = (rect.x + rect.w / 2.0, rect.w / 2.0 - 10.0);
                    self.gate(x, rect.y, slack, true, NONE, [own, streets[0]]);
                    self.gate(x, rect.y + rect.h, slack, true, NONE, [own, streets[1]]);
                } else {
                    let (y, slack) = (rect.y + rect.h / 2.0, rect.h / 2.0 - 10.0);
                    self.gate(rect.x, y, slack, false, NONE, [own, streets[0]]);
                    self.gate(rect.x + rect.w, y, slack, false, NONE, [own, streets[1]]);
                }
            }
        }
    }

    /// The gates in the border of a group: at the ends of its streets, and straight on from what is next to it.
    fn border(&mut self, at: usize, plan: &Plan, rects: &[Rect], block: &Block, beyond: f64) {
        let (down, rect, rows) = (plan.down[at], rects[at], &plan.rows[at]);
        let (before, after, first, last) = if down { (TOP, BOTTOM, LEFT, RIGHT) } else { (LEFT, RIGHT, TOP, BOTTOM) };
        let mut found: [Vec<(f64, f64, usize)>; 4] = Default::default();
        let along = |gate: &Gate| if gate.upright { gate.x } else { gate.y };
        for (side, row, street) in
            [(before, rows.first(), block.streets.first()), (after, rows.last(), block.streets.last())]
        {
            let (Some(row), Some(street)) = (row, street) else { continue };
            let facing = row.iter().flat_map(|child| self.borders[*child][side].iter().copied());
            // The gaps of this box were opened last, so their gates are the last ones.
            let own = (block.first..self.gates.len())
                .filter(|gate| self.gates[*gate].owner == NONE && self.gates[*gate].regions[1] == *street);
            let all: Vec<usize> = facing.chain(own).collect();
            found[side].extend(all.into_iter().map(|gate| (along(&self.gates[gate]), self.gates[gate].slack, *street)));
        }
        for street in &block.streets {
            let room = self.regions[*street].rect;
            let (middle, slack) =
                if down { (room.y + room.h / 2.0, room.h / 2.0) } else { (room.x + room.w / 2.0, room.w / 2.0) };
            found[first].push((middle, slack, *street));
            found[last].push((middle, slack, *street));
        }
        for (row, gaps) in rows.iter().zip(&block.gaps) {
            for (side, child, gap) in [(first, row.first(), gaps.first()), (last, row.last(), gaps.last())] {
                let (Some(child), Some(gap)) = (child, gap) else { continue };
                for gate in &self.borders[*child][side] {
                    found[side].push((along(&self.gates[*gate]), self.gates[*gate].slack, *gap));
                }
            }
        }
        if let Some(street) = block.streets.last().filter(|_| !down).or(block.streets.first()) {
            let right = rect.x + rect.w;
            found[TOP].iter_mut().for_each(|(x, slack, _)| {
                if *x < beyond && *x + *slack >= beyond {
                    *x = beyond;
                }
            });
            found[TOP].retain(|(x, _, _)| *x >= beyond);
            if found[TOP].is_empty() {
                found[TOP].push(((beyond + right) / 2.0, 10.0, *street));
            }
        }
        for (side, list) in found.iter_mut().enumerate() {
            list.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
            list.dedup_by(|a, b| (a.0 - b.0).abs() < 1.0);
            for (place, slack, inside) in list.iter() {
                let (x, y) = match side {
                    TOP => (*place, rect.y),
                    BOTTOM => (*place, rect.y + rect.h),
                    LEFT => (rect.x, *place),
                    _ => (rect.x + rect.w, *place),
                };
                let gate = self.gate(x, y, *slack, side == TOP || side == BOTTOM, at, [*inside, NONE]);
                self.borders[at][side].push(gate);
            }
        }
    }

    /// Orders the gates of each region clockwise.
    fn order(&mut self) {
        let mut around: Vec<Vec<(usize, f64, usize, usize)>> = vec![Vec::new(); self.regions.len()];
        for (number, gate) in self.gates.iter_mut().enumerate() {
            for index in 0..2 {
                let Some(region) = self.regions.get_mut(gate.regions[index]) else { continue };
                let rect = region.rect;
                let side = match gate.upright {
                    true if gate.y < rect.y + rect.h / 2.0 => TOP,
                    true => BOTTOM,
                    false if gate.x < rect.x + rect.w / 2.0 => LEFT,
                    false => RIGHT,
                };
                gate.sides[index] = side;
                let along = if gate.upright { gate.x } else { gate.y };
                let key = if side == TOP || side == RIGHT { along } else { -along };
                around[gate.regions[index]].push((side, key, number, index));
                region.gates.push((gate.owner, number, index));
            }
        }
        for list in &mut around {
            list.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
            for (turn, (_, _, gate, index)) in list.iter().enumerate() {
                self.gates[*gate].turns[*index] = turn as u32;
            }
        }
        self.regions.iter_mut().for_each(|region| region.gates.sort_unstable());
    }
}
