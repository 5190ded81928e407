//! Distances between things that see each other.
//!
//! Things are taken in their order along the axis; the last one seen at every height is remembered,
//! and whoever comes next keeps its distance from it. So there are about as many distances as things.

use super::solve::{Firm, Problem};

/// What a thing is, which says how far others keep from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A leaf.
    Leaf,
    /// The first side of a group.
    Open,
    /// The last side of a group.
    Close,
    /// A title.
    Title,
    /// A piece of a way.
    Line,
    /// A label.
    Label,
}

/// Something with an extent along the axis and one across it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Thing {
    pub kind: Kind,
    /// The variable and offset of its first side, and of its last one.
    pub low: (usize, f64),
    pub high: (usize, f64),
    /// From where to where it reaches across the axis.
    pub from: f64,
    pub to: f64,
    /// Its place in the order.
    pub key: f64,
    /// Its number, if it is a piece of a way, and those of the pieces it may become one with.
    pub line: usize,
    pub meets: [usize; 2],
}

/// The distance between two kinds of things, the first one before the second one.
fn apart(a: Kind, b: Kind, is_level: bool) -> (f64, Firm) {
    use Kind::{Close, Label, Leaf, Line, Open, Title};
    match (a, b) {
        (Line, Line) => (10.0, Firm::Line),
        (Label, Label) => (6.0, Firm::Label),
        (Label, Line) | (Line, Label) => (7.0, Firm::Label),
        (Label, _) | (_, Label) => (7.0, Firm::Label),
        (Line, Leaf) | (Leaf, Line) => (12.0, Firm::Near),
        (Line, Title) | (Title, Line) => (8.0, Firm::Near),
        (Line, _) | (_, Line) => (10.0, Firm::Near),
        (Leaf, Leaf) => (if is_level { 30.0 } else { 34.0 }, Firm::Fixed),
        (Open, Open) | (Close, Close) => (14.0, Firm::Fixed),
        (Open, Leaf) | (Leaf, Close) => (16.0, Firm::Fixed),
        (Close, Open) => (24.0, Firm::Fixed),
        (Close, Leaf) | (Leaf, Open) => (28.0, Firm::Fixed),
        (Title, Close) => (12.0, Firm::Fixed),
        (Title, _) | (_, Title) => (8.0, Firm::Fixed),
        (Open, Close) => (20.0, Firm::Fixed),
    }
}

/// Adds the distances between all things that see each other.
pub(super) fn sweep(problem: &mut Problem, things: &mut [Thing], is_level: bool, ease: f64) {
    things.sort_by(|a, b| a.key.total_cmp(&b.key));
    let mut cuts: Vec<f64> = things.iter().flat_map(|thing| [thing.from, thing.to]).collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let cell = |at: f64| cuts.partition_point(|cut| *cut < at);
    // From a first cell to the cell after the last one, in order: who was seen last.
    let mut front: Vec<(usize, usize, usize)> = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    for index in 0..things.len() {
        let thing = things[index];
        let (from, to) = (cell(thing.from), cell(thing.to));
        if from >= to {
            continue;
        }
        let first = front.partition_point(|(_, end, _)| *end <= from);
        let last = first + front[first..].partition_point(|(start, _, _)| *start < to);
        seen.clear();
        for &(_, _, other) in &front[first..last] {
            if seen.contains(&other) {
                continue;
            }
            seen.push(other);
            let before = things[other];
            if before.high.0 == thing.low.0 {
                continue;
            }
            let (gap, firm) = match before.line != usize::MAX && thing.meets.contains(&before.line) {
                true => (0.0, Firm::Line),
                false => {
                    let (gap, firm) = apart(before.kind, thing.kind, is_level);
                    if firm == Firm::Fixed { (gap, firm) } else { (gap * ease, firm) }
                }
            };
            problem.add(before.high.0, thing.low.0, gap + before.high.1 - thing.low.1, firm);
        }
        // What is left of those that were seen on either side of it.
        let left = front[first..last].first().filter(|(start, _, _)| *start < from).map(|seen| (seen.0, from, seen.2));
        let right = front[first..last].last().filter(|(_, end, _)| *end > to).map(|seen| (to, seen.1, seen.2));
        front.splice(first..last, left.into_iter().chain([(from, to, index)]).chain(right));
    }
}
