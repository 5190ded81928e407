//! Using what room is left: lines become straight, boxes move to what they are connected with.
//!
//! Beginning with the least places, single lines, boxes with their ports, and whole groups are moved
//! to the weighted middle of what they are linked to, as far as the distances allow. No move breaks
//! a distance and none lengthens the links it looks at.

use std::collections::BTreeMap;

use super::axis::{Scene, Spot, Spots};
use super::solve::Problem;

/// Two places that want to be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Link {
    pub a: Spot,
    pub b: Spot,
    pub weight: f64,
}

struct Mover {
    links: Vec<Link>,
    /// The variables that each one keeps a distance from, after it and before it, and its links.
    out: Vec<Vec<(usize, f64)>>,
    into: Vec<Vec<(usize, f64)>>,
    held: Vec<Vec<usize>>,
    stamp: Vec<u32>,
    now: u32,
}

impl Mover {
    /// Moves variables as one, to the middle of their links.
    fn shift(&mut self, unit: &[usize], at: &mut [f64]) {
        self.now += 1;
        for var in unit {
            self.stamp[*var] = self.now;
        }
        let is_in = |var: usize, stamp: &[u32]| stamp[var] == self.now;
        let mut wishes: Vec<(f64, f64)> = Vec::new();
        for var in unit {
            for index in &self.held[*var] {
                let link = &self.links[*index];
                let (a, b) = (at[link.a.0] + link.a.1, at[link.b.0] + link.b.1);
                match (is_in(link.a.0, &self.stamp), is_in(link.b.0, &self.stamp)) {
                    (true, false) => wishes.push((b - a, link.weight)),
                    (false, true) => wishes.push((a - b, link.weight)),
                    _ => {}
                }
            }
        }
        if wishes.is_empty() {
            return;
        }
        wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
        let half = wishes.iter().map(|wish| wish.1).sum::<f64>() / 2.0;
        let mut sum = 0.0;
        let mut wish = 0.0;
        for (delta, weight) in wishes {
            sum += weight;
            if sum >= half - 1e-9 {
                wish = delta;
                break;
            }
        }
        if wish.abs() < 1e-6 {
            return;
        }
        let mut room = wish.abs();
        for var in unit {
            let list = if wish > 0.0 { &self.out[*var] } else { &self.into[*var] };
            for (other, least) in list {
                if !is_in(*other, &self.stamp) {
                    let apart = if wish > 0.0 { at[*other] - at[*var] } else { at[*var] - at[*other] };
                    room = room.min(apart - least);
                }
            }
        }
        if room > 1e-6 {
            for var in unit {
                at[*var] += room * wish.signum();
            }
        }
    }
}

/// Moves what can be moved for the better.
pub(super) fn relax(scene: &Scene, problem: &Problem, spots: &Spots, links: &[Link], at: &mut [f64]) {
    let count = problem.keys.len();
    let mut mover = Mover {
        links: merged(links),
        out: vec![Vec::new(); count],
        into: vec![Vec::new(); count],
        held: vec![Vec::new(); count],
        stamp: vec![0; count],
        now: 0,
    };
    // Of several distances between two variables the largest one says it all.
    let mut most: Vec<(usize, usize, f64)> =
        problem.bounds.iter().map(|bound| (bound.from, bound.to, bound.least)).collect();
    most.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    most.dedup_by_key(|(from, to, _)| (*from, *to));
    for (from, to, least) in most {
        mover.out[from].push((to, least));
        mover.into[to].push((from, least));
    }
    for (index, link) in mover.links.iter().enumerate() {
        mover.held[link.a.0].push(index);
        mover.held[link.b.0].push(index);
    }
    let units = units(scene, spots);
    let mut singles: Vec<usize> = spots.lines.iter().flatten().map(|spot| spot.0).collect();
    singles.extend(spots.labels.iter().flatten().map(|spot| spot.0));
    singles.extend((0..scene.tree.groups).flat_map(|group| [spots.high[group].0, spots.low[group].0]));
    // Pieces that lie on each other share a variable, which is moved once.
    let mut is_known = vec![false; count];
    singles.retain(|var| !std::mem::replace(&mut is_known[*var], true));
    let root = spots.high[scene.tree.root].0;
    for round in 0..5 {
        for var in &singles {
            mover.shift(&[*var], at);
        }
        let order: Box<dyn Iterator<Item = &Vec<usize>>> =
            if round % 2 == 0 { Box::new(units.iter()) } else { Box::new(units.iter().rev()) };
        for unit in order {
            if !unit.contains(&root) {
                mover.shift(unit, at);
            }
        }
        for var in singles.iter().rev() {
            mover.shift(&[*var], at);
        }
    }
}

/// Links between the same two places as one link of their weight together: the many pieces of a trunk
/// ask for the same thing.
fn merged(links: &[Link]) -> Vec<Link> {
    let key = |link: &Link| [link.a.0 as u64, link.a.1.to_bits(), link.b.0 as u64, link.b.1.to_bits()];
    let mut sorted: Vec<([u64; 4], usize)> = links.iter().enumerate().map(|(at, link)| (key(link), at)).collect();
    sorted.sort_unstable();
    let mut first: Vec<usize> = (0..links.len()).collect();
    for pair in sorted.windows(2) {
        if pair[0].0 == pair[1].0 {
            first[pair[1].1] = first[pair[0].1];
        }
    }
    let mut out: Vec<Link> = Vec::new();
    let mut place = vec![0; links.len()];
    for (at, link) in links.iter().enumerate() {
        if first[at] == at {
            place[at] = out.len();
            out.push(*link);
        } else {
            out[place[first[at]]].weight += link.weight;
        }
    }
    out
}

/// What moves as one: each box with everything in it and its ports.
fn units(scene: &Scene, spots: &Spots) -> Vec<Vec<usize>> {
    let tree = scene.tree;
    let mut units: Vec<Vec<usize>> = vec![Vec::new(); tree.root + 1];
    for (unit, (low, high)) in units.iter_mut().zip(spots.low.iter().zip(&spots.high)).take(tree.root) {
        unit.extend([low.0, high.0]);
    }
    for number in 0..scene.lines.lines.len() {
        let Some((var, _)) = spots.lines[number] else { continue };
        units[scene.holder(number)].push(var);
    }
    for (edge, spot) in spots.labels.iter().enumerate() {
        let (Some(spot), Some((from, to))) = (spot, scene.tree.ends[edge]) else { continue };
        units[tree.meet(from, to)].push(spot.0);
    }
    for &group in &tree.inner_first {
        for &child in &tree.children[group] {
            let inner = units[child].clone();
            units[group].extend(inner);
        }
        units[group].sort_unstable();
        units[group].dedup();
    }
    // Boxes that share a row share a variable; moving it means moving the row.
    let mut by_var: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for child in 0..tree.root {
        by_var.entry(spots.low[child].0).or_default().push(child);
    }
    let mut out: Vec<Vec<usize>> = Vec::new();
    for &group in &tree.inner_first {
        for &child in &tree.children[group] {
            let row = &by_var[&spots.low[child].0];
            if row.first() == Some(&child) {
                let mut unit: Vec<usize> = row.iter().flat_map(|child| units[*child].iter().copied()).collect();
                unit.sort_unstable();
                unit.dedup();
                out.push(unit);
            }
        }
    }
    out
}
