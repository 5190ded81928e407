//! Ways through the gates: for each connection the cheapest one, given all the others.
//!
//! A region is a rectangle and connections are chords in it, so two of them cross in a region if
//! and only if their ends alternate around it. That makes the price of a crossing exact. After the
//! first round every connection is taken out and laid again, several times.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::channel::{Channels, Gate, NONE, RIGHT};
use super::model::Rect;
use super::tree::Tree;

/// Prices, in pixels of detour.
const BEND: i64 = 80;
const CROSSING: i64 = 300;
const FULL: i64 = 600;
const PORT: i64 = 12;
const BORDER: i64 = 4;
/// The share that a way costs where others of its fan run already.
const SHARE: i64 = 5;

/// How many chords of a region are looked at before it is only sampled: first, and when much work was done.
const LOOKED_AT: usize = 160;
const SAMPLED: usize = 12;
/// After this many looks crossings are only sampled, and after twice as many they are not counted any more.
const WORK: usize = 4_000_000;

/// The gates of every connection from source to target; empty if there is nothing to draw.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ways {
    pub gates: Vec<Vec<usize>>,
}

/// A connection within one region: the turns of its ends, the lower one first.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Chord {
    low: u32,
    high: u32,
    edge: u32,
}

pub(super) struct Router<'a> {
    tree: &'a Tree,
    channels: &'a Channels,
    rects: &'a [Rect],
    fans: &'a [usize],
    /// For each gate how often connections of a fan pass from it to another one, or begin or end there:
    /// the fan, the other gate or the same one, how often.
    shared: Vec<Vec<(usize, usize, usize)>>,
    /// The gates that connections of the fan at hand reach from the gate at hand, valid if the stamp is of it.
    beside: Vec<usize>,
    turn: usize,
    /// How many connections of a fan end at a box.
    ended: BTreeMap<(usize, usize), usize>,
    chords: Vec<Vec<Chord>>,
    used: Vec<u32>,
    /// The best price of each state, valid if its stamp is of this search.
    best: Vec<(u32, i64, usize)>,
    stamp: u32,
    work: usize,
    towards: Vec<(u32, usize)>,
    from: Vec<u32>,
}

impl<'a> Router<'a> {
    pub(super) fn new(tree: &'a Tree, channels: &'a Channels, rects: &'a [Rect], fans: &'a [usize]) -> Router<'a> {
        Router {
            tree,
            channels,
            rects,
            fans,
            shared: vec![Vec::new(); channels.gates.len()],
            beside: vec![0; channels.gates.len()],
            turn: 0,
            ended: BTreeMap::new(),
            chords: vec![Vec::new(); channels.regions.len()],
            used: vec![0; channels.gates.len()],
            best: vec![(0, 0, NONE); channels.gates.len() * 2],
            stamp: 0,
            work: 0,
            towards: vec![(0, NONE); tree.root + 1],
            from: vec![0; tree.root + 1],
        }
    }

    /// Lays all connections.
    pub(super) fn run(&mut self, rounds: usize) -> Ways {
        let mut ways = Ways { gates: vec![Vec::new(); self.tree.ends.len()] };
        let mut order: Vec<(i64, usize)> = Vec::new();
        for (edge, ends) in self.tree.ends.iter().enumerate() {
            let Some((from, to)) = *ends else { continue };
            let (a, b) = (&self.rects[from], &self.rects[to]);
            let far = (a.x + a.w / 2.0 - b.x - b.w / 2.0).abs() + (a.y + a.h / 2.0 - b.y - b.h / 2.0).abs();
            order.push((far as i64, edge));
        }
        order.sort_unstable();
        for round in 0..=rounds {
            let mut is_changed = false;
            for &(_, edge) in &order {
                let Some((from, to)) = self.tree.ends[edge] else { continue };
                let before = std::mem::take(&mut ways.gates[edge]);
                self.count(&before, edge, false);
                let after = self.search(from, to, self.fans[edge]);
                self.count(&after, edge, true);
                is_changed |= after != before;
                ways.gates[edge] = after;
            }
            if (round > 0 && !is_changed) || self.work > WORK {
                break;
            }
        }
        ways
    }

    /// Adds a way to what others have to cross, or takes it away.
    fn count(&mut self, way: &[usize], edge: usize, is_added: bool) {
        for pair in way.windows(2) {
            let [a, b] = *pair else { continue };
            let (gate, next) = (&self.channels.gates[a], &self.channels.gates[b]);
            let Some((i, j)) = common(gate, next) else { continue };
            let (low, high) = (gate.turns[i].min(next.turns[j]), gate.turns[i].max(next.turns[j]));
            let list = &mut self.chords[gate.regions[i]];
            if is_added {
                list.push(Chord { low, high, edge: edge as u32 });
            } else if let Some(at) = list.iter().position(|chord| chord.edge == edge as u32) {
                list.remove(at);
            }
        }
        let fan = self.fans[edge];
        if fan != NONE {
            for pair in way.windows(2) {
                let [a, b] = *pair else { continue };
                self.share(fan, a, b, is_added);
                self.share(fan, b, a, is_added);
            }
        }
        for end in [way.first(), way.last()].into_iter().flatten() {
            if fan != NONE {
                let ended = self.ended.entry((fan, self.channels.gates[*end].owner)).or_insert(0);
                *ended = if is_added { *ended + 1 } else { ended.saturating_sub(1) };
                // A trunk fills one place at a side, however many come with it.
                if self.share(fan, *end, *end, is_added) {
                    continue;
                }
            }
            let used = &mut self.used[*end];
            *used = if is_added { *used + 1 } else { used.saturating_sub(1) };
        }
    }

    /// Counts a place of a fan; whether others are there too.
    fn share(&mut self, fan: usize, from: usize, to: usize, is_added: bool) -> bool {
        let list = &mut self.shared[from];
        match list.iter().position(|known| (known.0, known.1) == (fan, to)) {
            Some(at) if is_added => {
                list[at].2 += 1;
                true
            }
            Some(at) if list[at].2 > 1 => {
                list[at].2 -= 1;
                true
            }
            Some(at) => {
                list.swap_remove(at);
                false
            }
            None => {
                if is_added {
                    list.push((fan, to, 1));
                }
                false
            }
        }
    }

    /// Whether connections of a fan begin or end at a gate.
    fn is_end_of(&self, fan: usize, gate: usize) -> bool {
        fan != NONE && self.shared[gate].iter().any(|known| (known.0, known.1) == (fan, gate))
    }

    /// Marks the gates that connections of a fan reach from a gate.
    fn look_beside(&mut self, fan: usize, gate: usize) {
        self.turn += 1;
        for (known, to, _) in &self.shared[gate] {
            if *known == fan && *to != gate {
                self.beside[*to] = self.turn;
            }
        }
    }

    fn crossings(&mut self, region: usize, a: u32, b: u32, fan: usize) -> i64 {
        if self.work > 2 * WORK {
            return 0;
        }
        let (low, high) = (a.min(b), a.max(b));
        let inside = |turn: u32| low < turn && turn < high;
        let outside = |turn: u32| turn < low || high < turn;
        let chords = &self.chords[region];
        let step = chords.len() / if self.work > WORK { SAMPLED } else { LOOKED_AT } + 1;
        self.work += chords.len() / step + 1;
        let is_foreign = |chord: &&Chord| fan == NONE || self.fans[chord.edge as usize] != fan;
        let met =
            chords.iter().step_by(step).filter(is_foreign).filter(|chord| {
                (inside(chord.low) && outside(chord.high)) || (outside(chord.low) && inside(chord.high))
            });
        (met.count() * step) as i64
    }

    /// The price of beginning or ending at a gate.
    fn port(&self, gate: usize, fan: usize) -> i64 {
        if self.is_end_of(fan, gate) {
            return 0;
        }
        if fan != NONE && self.ended.get(&(fan, self.channels.gates[gate].owner)).is_some_and(|ended| *ended > 0) {
            // Its trunk comes in elsewhere.
            return FULL;
        }
        let used = i64::from(self.used[gate]);
        let room = (self.channels.gates[gate].slack * 2.0 / 12.0) as i64 + 1;
        PORT * used + FULL * (used + 1 - room).max(0)
    }

    /// The price of going from one gate of a region to another, but for crossings.
    fn step(&self, region: usize, (gate, i): (&Gate, usize), (next, j): (&Gate, usize)) -> i64 {
        let (dx, dy) = ((gate.x - next.x).abs(), (gate.y - next.y).abs());
        let level = self.channels.regions[region].level;
        let is_end = |gate: &Gate| gate.upright != level;
        let (mut length, bends) = match (is_end(gate), is_end(next)) {
            (true, true) => (dx + dy, 0),
            (true, false) | (false, true) => (dx + dy, 1),
            (false, false) => {
                let off = if level { dx } else { dy };
                let slack = (gate.slack + next.slack) * if gate.owner == next.owner { 0.0 } else { 1.0 };
                let is_straight = gate.sides[i] != next.sides[j] && off <= slack;
                if is_straight { (dx + dy - off * 0.7, 0) } else { (dx + dy, 2) }
            }
        };
        if bends == 2 && gate.sides[i] == next.sides[j] {
            length += 30.0;
        }
        length as i64 + bends * BEND
    }

    fn search(&mut self, source: usize, target: usize, fan: usize) -> Vec<usize> {
        self.stamp += 1;
        let (tree, channels, stamp) = (self.tree, self.channels, self.stamp);
        let meet = tree.meet(source, target);
        let mut at = source;
        while at != meet && tree.parent[at] != meet && at != tree.root {
            at = tree.parent[at];
            self.from[at] = stamp;
        }
        let mut at = target;
        while at != meet && at != tree.root {
            self.towards[tree.parent[at]] = (stamp, at);
            at = tree.parent[at];
        }
        let is_loop = source == target;
        let goal = self.rects[target];
        let least = |gate: &Gate| {
            let dx = (goal.x - gate.x).max(gate.x - goal.x - goal.w).max(0.0);
            let dy = (goal.y - gate.y).max(gate.y - goal.y - goal.h).max(0.0);
            if meet == target { 0 } else { (dx + dy) as i64 / if fan == NONE { 1 } else { SHARE } }
        };
        // Whichever side of a crowded box is entered, its price is paid: counted from the start it keeps the
        // search from looking everywhere for a way around it.
        let entry = channels.borders[target].iter().flatten().map(|gate| self.port(*gate, fan)).min().unwrap_or(0);
        let mut open: BinaryHeap<(Reverse<i64>, usize)> = BinaryHeap::new();
        let out = usize::from(meet != source || is_loop);
        for (side, gates) in channels.borders[source].iter().enumerate() {
            if is_loop && side != RIGHT {
                continue;
            }
            for &gate in gates {
                let price = self.port(gate, fan);
                self.best[gate * 2 + out] = (stamp, price, NONE);
                open.push((Reverse(price + entry + least(&channels.gates[gate])), gate * 2 + out));
            }
        }
        while let Some((Reverse(estimate), state)) = open.pop() {
            let (at, exit) = (state / 2, state % 2);
            let (_, price, before) = self.best[state];
            let gate = &channels.gates[at];
            if before != NONE && gate.owner == target {
                return self.back(state);
            }
            if estimate > price + entry + least(gate) {
                continue;
            }
            let number = gate.regions[exit];
            let Some(region) = channels.regions.get(number) else { continue };
            let inward = match self.towards[region.group] {
                (seen, child) if seen == stamp => child,
                _ => NONE,
            };
            if fan != NONE {
                self.look_beside(fan, at);
            }
            // Outwards from where it comes, inwards to where it goes, and anywhere between boxes.
            let outward = if self.from[region.group] == stamp || region.group == target { region.group } else { NONE };
            for (turn, owner) in [NONE, inward, outward].into_iter().enumerate() {
                if turn > 0 && owner == NONE {
                    continue;
                }
                let start = region.gates.partition_point(|entry| entry.0 < owner);
                let is_done = |entry: &&(usize, usize, usize)| entry.0 == owner;
                for &(_, next, index) in region.gates[start..].iter().take_while(is_done) {
                    let other = &channels.gates[next];
                    if next == at || (is_loop && owner == target && other.sides[1] == gate.sides[1]) {
                        continue;
                    }
                    let step = self.step(number, (gate, exit), (other, index));
                    let is_shared = fan != NONE && self.beside[next] == self.turn;
                    let mut cost = price + if is_shared { step / SHARE + 1 } else { step };
                    if owner == target {
                        cost += self.port(next, fan);
                    } else if owner != NONE {
                        cost += BORDER;
                    }
                    let state_next = next * 2 + 1 - index;
                    let (seen, known, _) = self.best[state_next];
                    if seen == stamp && cost >= known {
                        continue;
                    }
                    if !is_shared {
                        cost += CROSSING * self.crossings(number, gate.turns[exit], other.turns[index], fan);
                    }
                    if seen != stamp || cost < known {
                        self.best[state_next] = (stamp, cost, state);
                        let rest = if owner == target { 0 } else { entry };
                        open.push((Reverse(cost + rest + least(other)), state_next));
                    }
                }
            }
        }
        Vec::new()
    }

    fn back(&self, mut state: usize) -> Vec<usize> {
        let mut way = Vec::new();
        loop {
            way.push(state / 2);
            let before = self.best[state].2;
            if before == NONE {
                break;
            }
            state = before;
        }
        way.reverse();
        way
    }
}

/// The region that two gates have in common, as its number in each of them.
pub(super) fn common(a: &Gate, b: &Gate) -> Option<(usize, usize)> {
    (0..2)
        .flat_map(|i| (0..2).map(move |j| (i, j)))
        .find(|(i, j)| a.regions[*i] != NONE && a.regions[*i] == b.regions[*j])
}
