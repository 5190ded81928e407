//! The order of connections within each gate.
//!
//! Two connections that share gates are followed to where they part; what they do there says which
//! of them lies on which side, at every gate they share, so that they cross once at most.

use super::channel::{BOTTOM, Channels, LEFT, NONE};
use super::route::{Ways, common};

/// More than this in one gate are ordered by their edge alone.
const COMPARED: usize = 400;

/// The rank of each pass of each way within its gate, by coordinate.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Ranks {
    pub of: Vec<Vec<f64>>,
}

struct Follow<'a> {
    channels: &'a Channels,
    ways: &'a Ways,
    /// The regions between the gates of each way.
    between: Vec<Vec<usize>>,
}

/// What following two connections found: on which side the first one is, and how often sides were changed.
struct Parted {
    side: f64,
    sign: f64,
}

fn sign(side: usize) -> f64 {
    if side == BOTTOM || side == LEFT { -1.0 } else { 1.0 }
}

impl Follow<'_> {
    /// The step by which a way leaves the gate at a place of it into a region.
    fn step(&self, edge: usize, at: usize, region: usize) -> Option<isize> {
        let between = &self.between[edge];
        if between.get(at) == Some(&region) {
            return Some(1);
        }
        (at > 0 && between.get(at - 1) == Some(&region)).then_some(-1)
    }

    fn parted(&self, (e, i): (usize, usize), (f, j): (usize, usize), forward: bool) -> Parted {
        let mut found = Parted { side: 0.0, sign: 1.0 };
        let (first, second) = (&self.ways.gates[e], &self.ways.gates[f]);
        let step: isize = if forward { 1 } else { -1 };
        let (mut i, mut j) = (i as isize, j as isize);
        let region_at = |i: isize| {
            let index = if forward { i } else { i - 1 };
            usize::try_from(index).ok().and_then(|index| self.between[e].get(index).copied())
        };
        let Some(region) = region_at(i) else { return found };
        let Some(other) = self.step(f, j as usize, region) else { return found };
        while let Some(region) = region_at(i) {
            let back = usize::from(other < 0);
            let in_f = usize::try_from(j - back as isize).ok().and_then(|index| self.between[f].get(index).copied());
            if in_f != Some(region) {
                return found;
            }
            let (a, b) = (first[(i + step) as usize], second[(j + other) as usize]);
            let gate = &self.channels.gates[first[i as usize]];
            let here = usize::from(gate.regions[0] != region);
            let turn = |number: usize| {
                let next = &self.channels.gates[number];
                let index = usize::from(next.regions[0] != region);
                (next.turns[index], next.sides[index])
            };
            let (start, count) = (gate.turns[here], self.channels.regions[region].gates.len() as u32);
            if a != b {
                let away = |number: usize| (turn(number).0 + count - start) % count;
                // Clockwise around the region, the one that goes further lies first.
                let first = if away(a) > away(b) { -1.0 } else { 1.0 };
                found.side = found.sign * sign(gate.sides[here]) * first;
                return found;
            }
            found.sign *= -sign(gate.sides[here]) * sign(turn(a).1);
            i += step;
            j += other;
        }
        found
    }

    /// Less than nothing if the first connection comes before the second one in a gate.
    fn compare(&self, first: (usize, usize), second: (usize, usize)) -> f64 {
        if first.0 > second.0 {
            return -self.compare(second, first);
        }
        let ahead = self.parted(first, second, true);
        if ahead.side != 0.0 {
            return ahead.side;
        }
        let behind = self.parted(first, second, false);
        if behind.side != 0.0 { behind.side } else { -behind.sign }
    }
}

/// Orders every gate.
pub(super) fn bundle(channels: &Channels, ways: &Ways) -> Ranks {
    let region = |pair: &[usize]| match *pair {
        [a, b] => {
            let (gate, next) = (&channels.gates[a], &channels.gates[b]);
            common(gate, next).map_or(NONE, |(i, _)| gate.regions[i])
        }
        _ => NONE,
    };
    let between = ways.gates.iter().map(|way| way.windows(2).map(region).collect()).collect();
    let follow = Follow { channels, ways, between };
    let mut passes: Vec<Vec<(usize, usize)>> = vec![Vec::new(); channels.gates.len()];
    let mut ranks = Ranks { of: ways.gates.iter().map(|way| vec![0.0; way.len()]).collect() };
    for (edge, way) in ways.gates.iter().enumerate() {
        for (at, gate) in way.iter().enumerate() {
            passes[*gate].push((edge, at));
        }
    }
    for list in &passes {
        let middle = (list.len() as f64 - 1.0) / 2.0;
        let mut won: Vec<(i64, usize)> = (0..list.len()).map(|at| (0, at)).collect();
        if list.len() <= COMPARED {
            for a in 0..list.len() {
                for b in a + 1..list.len() {
                    let (first, second) = if follow.compare(list[a], list[b]) < 0.0 { (a, b) } else { (b, a) };
                    won[first].0 -= 1;
                    won[second].0 += 1;
                }
            }
        }
        won.sort_unstable();
        for (rank, (_, index)) in won.iter().enumerate() {
            let (edge, at) = list[*index];
            ranks.of[edge][at] = rank as f64 - middle;
        }
    }
    ranks
}
