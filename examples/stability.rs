//! What single edits of a graph do to its drawing: `stability GRAPH.json [EDITS] [SEED]`.
//!
//! Each edit is drawn from the seed: a leaf added, removed, made longer or moved to another group, a connection added,
//! removed, turned around, or its label added or removed. For each kind it prints how many edits turn the direction of
//! a group, how many keep the order of 95 % of all pairs of leaves, what share of all pairs keeps it, and in how many
//! the median leaf moves by less than a tenth of the diagonal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::print_stderr)]

use epure::figure::layout::{Drawing, Edge, End, Graph, Leaf, Options, Rect, Size, layout};
use serde_json::Value;

#[path = "support/graph.rs"]
mod graph;

/// The kinds of edits.
const KINDS: [&str; 8] =
    ["leaf added", "leaf removed", "connection added", "connection removed", "resized", "moved", "turned", "label"];

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

/// A graph after one edit, and for each leaf its number afterwards.
fn edit(base: &Graph, kind: usize, dice: &mut Dice) -> (Graph, Vec<Option<usize>>) {
    let mut graph = base.clone();
    let count = graph.leaves.len();
    let mut now: Vec<Option<usize>> = (0..count).map(Some).collect();
    let group = |dice: &mut Dice| (!base.groups.is_empty()).then(|| dice.roll(base.groups.len()));
    let (leaf, edge) = (dice.roll(count), dice.roll(base.edges.len()));
    match kind {
        0 => {
            let (parent, to) = (group(dice), dice.roll(count));
            graph.leaves.push(Leaf { size: base.leaves[leaf].size, parent });
            let (from, to) = if dice.roll(2) == 0 { (count, to) } else { (to, count) };
            graph.edges.push(Edge { source: End::Leaf(from), target: End::Leaf(to), label: None });
        }
        1 => {
            graph.leaves.remove(leaf);
            graph.edges.retain(|edge| edge.source != End::Leaf(leaf) && edge.target != End::Leaf(leaf));
            let after = |end: End| match end {
                End::Leaf(at) if at > leaf => End::Leaf(at - 1),
                other => other,
            };
            for edge in &mut graph.edges {
                (edge.source, edge.target) = (after(edge.source), after(edge.target));
            }
            now[leaf] = None;
            now.iter_mut().skip(leaf + 1).for_each(|at| *at = at.map(|at| at - 1));
        }
        2 => {
            let to = (leaf + 1 + dice.roll(count - 1)) % count;
            let label = (dice.roll(2) == 0).then_some(Size { w: 52.0, h: 14.0 });
            graph.edges.push(Edge { source: End::Leaf(leaf), target: End::Leaf(to), label });
        }
        3 => drop(graph.edges.remove(edge)),
        4 => graph.leaves[leaf].size.w += [-24.0, 16.0, 32.0, 48.0][dice.roll(4)],
        5 => graph.leaves[leaf].parent = group(dice),
        6 => {
            let edge = &mut graph.edges[edge];
            std::mem::swap(&mut edge.source, &mut edge.target);
        }
        _ => {
            let label = &mut graph.edges[edge].label;
            *label = if label.is_some() { None } else { Some(Size { w: 60.0, h: 14.0 }) };
        }
    }
    (graph, now)
}

/// What share of the pairs that stood apart on an axis still stand in the same order there.
fn kept(before: &Drawing, after: &Drawing, now: &[Option<usize>]) -> f64 {
    let pairs: Vec<(Rect, Rect)> =
        before.leaves.iter().zip(now).filter_map(|(old, at)| at.map(|at| (*old, after.leaves[at]))).collect();
    let (mut same, mut all) = (0, 0);
    for (index, (a, a_now)) in pairs.iter().enumerate() {
        for (b, b_now) in &pairs[index + 1..] {
            for is_x in [true, false] {
                let reach = |rect: &Rect| if is_x { (rect.x, rect.w) } else { (rect.y, rect.h) };
                let apart = |one: &Rect, other: &Rect| {
                    let (one, other) = (reach(one), reach(other));
                    one.0 + one.1 / 2.0 - other.0 - other.1 / 2.0
                };
                if apart(a, b).abs() >= (reach(a).1 + reach(b).1) / 2.0 {
                    all += 1;
                    same += usize::from(apart(a, b) * apart(a_now, b_now) > 0.0);
                }
            }
        }
    }
    same as f64 / f64::max(all as f64, 1.0)
}

/// How far the median leaf moves, as a share of the diagonal.
fn moved(before: &Drawing, after: &Drawing, now: &[Option<usize>]) -> f64 {
    let far = |(old, at): (&Rect, &Option<usize>)| {
        at.map(|at| (old.x - after.leaves[at].x).hypot(old.y - after.leaves[at].y))
    };
    let mut all: Vec<f64> = before.leaves.iter().zip(now).filter_map(far).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0) / before.size.w.hypot(before.size.h).max(1.0)
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let Some(path) = arguments.get(1) else {
        eprintln!("stability GRAPH.json [EDITS] [SEED]");
        std::process::exit(2);
    };
    let number = |at: usize, or: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(or);
    let (edits, seed) = (number(2, 50), number(3, 0));
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap_or_default()).unwrap_or_default();
    let base = graph::read(&file);
    if base.leaves.len() < 2 || base.edges.is_empty() {
        eprintln!("the graph has nothing to edit");
        std::process::exit(1);
    }
    let before = layout(&base, &Options::default());
    let mut counts = [[0; 4]; KINDS.len()];
    let mut shares = 0.0;
    for number in seed..seed + edits {
        let mut dice = Dice((number as u64).wrapping_mul(7919).wrapping_add(17));
        for _ in 0..5 {
            dice.roll(1);
        }
        let kind = number % KINDS.len();
        let (graph, now) = edit(&base, kind, &mut dice);
        let after = layout(&graph, &Options::default());
        let is_turned = before.directions.iter().zip(&after.directions).any(|(old, new)| old != new);
        let row = &mut counts[kind];
        row[0] += 1;
        row[1] += usize::from(is_turned);
        let share = kept(&before, &after, &now);
        shares += share;
        row[2] += usize::from(share >= 0.95);
        row[3] += usize::from(moved(&before, &after, &now) < 0.1);
    }
    println!("| edit | number | a direction turns | order kept in 95 % | median moves < 10 % |\n|---|---|---|---|---|");
    for (kind, [number, turned, kept, near]) in KINDS.iter().zip(&counts) {
        println!("| {kind} | {number} | {turned} | {kept} | {near} |");
    }
    let all = |at: usize| counts.iter().map(|row| row[at]).sum::<usize>();
    println!("| all | {} | {} | {} | {} |", all(0), all(1), all(2), all(3));
    println!("\nOf all pairs {:.1} % keep their order.", 100.0 * shares / edits.max(1) as f64);
}
