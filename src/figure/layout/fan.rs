//! Fans: many connections that come together in one box, drawn as a tree with one trunk.
//!
//! Connections of a fan do not mind each other: they share gates for next to nothing, cross for
//! nothing, and pieces that take the same course lie on each other.

use std::collections::BTreeMap;

use super::channel::NONE;
use super::model::Graph;
use super::track::{Course, Lines};
use super::tree::Tree;

/// From so many connections on they are a fan: into a box, where they only come together, and out of one.
const INTO: usize = 32;
const OUT_OF: usize = 48;
/// With a label of its own a connection is a branch only among so many that lines of their own would be a weave.
const NAMED: usize = 160;

/// The fan of each edge, by its number; [`NONE`] for an edge that is in none.
pub(super) fn fans(graph: &Graph, tree: &Tree) -> Vec<usize> {
    let mut ends: BTreeMap<(usize, bool), Vec<usize>> = BTreeMap::new();
    for (edge, pair) in tree.ends.iter().enumerate() {
        let Some((from, to)) = *pair else { continue };
        // A way between a box and one around it is no branch of a tree.
        if from != to && tree.meet(from, to) != from && tree.meet(from, to) != to {
            ends.entry((from, false)).or_default().push(edge);
            ends.entry((to, true)).or_default().push(edge);
        }
    }
    let is_plain = |edge: &usize| graph.edges[*edge].label.is_none_or(|size| size.w <= 0.0 || size.h <= 0.0);
    let least = |is_into: bool| if is_into { INTO } else { OUT_OF };
    let mut found: Vec<(bool, Vec<usize>)> = ends
        .into_iter()
        .map(|((_, is_into), mut edges)| {
            if edges.len() < NAMED {
                edges.retain(is_plain);
            }
            (is_into, edges)
        })
        .filter(|(is_into, edges)| edges.len() >= least(*is_into))
        .collect();
    found.sort_by_key(|(_, edges)| std::cmp::Reverse(edges.len()));
    let mut fans = vec![NONE; tree.ends.len()];
    for (fan, (is_into, edges)) in found.iter().enumerate() {
        let free: Vec<usize> = edges.iter().copied().filter(|edge| fans[*edge] == NONE).collect();
        if free.len() >= least(*is_into) {
            free.into_iter().for_each(|edge| fans[edge] = fan);
        }
    }
    fans
}

/// Ties pieces of one fan that take the same course: through one gate, or along one region.
pub(super) fn tie(made: &mut Lines, fans: &[usize]) {
    let mut held: Vec<usize> = (0..made.lines.len()).collect();
    fn top(held: &mut [usize], mut at: usize) -> usize {
        while held[at] != at {
            held[at] = held[held[at]];
            at = held[at];
        }
        at
    }
    let mut first: BTreeMap<(usize, Course), usize> = BTreeMap::new();
    for &(course, line) in &made.courses {
        let fan = fans[made.lines[line].edge];
        if fan == NONE {
            continue;
        }
        let other = *first.entry((fan, course)).or_insert(line);
        let (a, b) = (top(&mut held, line), top(&mut held, other));
        held[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for line in 0..held.len() {
        if fans[made.lines[line].edge] != NONE {
            groups.entry(top(&mut held, line)).or_default().push(line);
        }
    }
    for (bus, list) in groups.into_values().filter(|list| list.len() > 1).enumerate() {
        let at = list.iter().map(|line| made.lines[*line].at).sum::<f64>() / list.len() as f64;
        for line in list {
            (made.lines[line].bus, made.lines[line].at) = (bus, at);
        }
    }
}

/// Ties pieces of one fan that lie on one line, with numbers from the first free one.
pub(super) fn tie_again(made: &mut Lines, fans: &[usize], free: usize) {
    let mut groups: BTreeMap<(usize, bool, i64), Vec<usize>> = BTreeMap::new();
    for (number, line) in made.lines.iter().enumerate().filter(|(_, line)| fans[line.edge] != NONE) {
        groups.entry((fans[line.edge], line.upright, (line.at * 20.0).round() as i64)).or_default().push(number);
    }
    for (bus, list) in groups.into_values().filter(|list| list.len() > 1).enumerate() {
        list.into_iter().for_each(|line| made.lines[line].bus = free + bus);
    }
}
