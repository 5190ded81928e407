//! The hard facts of a layout, on random nested graphs and on inputs nobody should hand in.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use epure::figure::layout::{Direction, Drawing, Edge, End, Graph, Group, Leaf, Options, Rect, Size, layout};

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

fn title(dice: &mut Dice) -> Size {
    Size { w: 30.0 + dice.roll(120) as f64, h: 16.0 }
}

/// A random nested graph.
fn random(seed: u64) -> Graph {
    let mut dice = Dice(seed.wrapping_mul(7919).wrapping_add(17));
    let mut graph = Graph::default();
    let groups = dice.roll(9);
    for at in 0..groups {
        let parent = if at == 0 || dice.roll(3) == 0 { None } else { Some(dice.roll(at)) };
        let direction = match dice.roll(12) {
            0 => Some(Direction::Down),
            1 => Some(Direction::Right),
            _ => None,
        };
        let title = title(&mut dice);
        graph.groups.push(Group { parent, title, direction, order: Vec::new() });
    }
    for _ in 0..1 + dice.roll(28) {
        let parent = if groups == 0 || dice.roll(6) == 0 { None } else { Some(dice.roll(groups)) };
        let size = Size { w: 40.0 + dice.roll(120) as f64, h: 26.0 + dice.roll(40) as f64 };
        graph.leaves.push(Leaf { size, parent });
    }
    for _ in 0..dice.roll(40) {
        let mut end = || {
            if groups > 0 && dice.roll(9) == 0 {
                End::Group(dice.roll(groups))
            } else {
                End::Leaf(dice.roll(graph.leaves.len()))
            }
        };
        let (source, target) = (end(), end());
        let label = (dice.roll(2) == 0).then(|| Size { w: 14.0 + dice.roll(90) as f64, h: 14.0 });
        graph.edges.push(Edge { source, target, label });
    }
    graph
}

fn parent(graph: &Graph, end: End) -> Option<End> {
    let up = match end {
        End::Group(at) => graph.groups[at].parent,
        End::Leaf(at) => graph.leaves[at].parent,
    };
    up.map(End::Group)
}

fn within(graph: &Graph, inner: End, around: End) -> bool {
    let mut at = Some(inner);
    for _ in 0..64 {
        match at {
            Some(end) if end == around => return true,
            Some(end) => at = parent(graph, end),
            None => return false,
        }
    }
    false
}

fn rect(drawing: &Drawing, end: End) -> Rect {
    match end {
        End::Group(at) => drawing.groups[at],
        End::Leaf(at) => drawing.leaves[at],
    }
}

fn overlap(a: &Rect, b: &Rect, inset: f64) -> bool {
    a.x + inset < b.x + b.w && b.x + inset < a.x + a.w && a.y + inset < b.y + b.h && b.y + inset < a.y + a.h
}

fn strikes(a: (f64, f64), b: (f64, f64), rect: &Rect, inset: f64) -> bool {
    let line = Rect { x: a.0.min(b.0), y: a.1.min(b.1), w: (a.0 - b.0).abs(), h: (a.1 - b.1).abs() };
    line.x < rect.x + rect.w - inset
        && line.x + line.w > rect.x + inset
        && line.y < rect.y + rect.h - inset
        && line.y + line.h > rect.y + inset
}

/// What is wrong with a drawing.
fn faults(graph: &Graph, drawing: &Drawing) -> Vec<String> {
    let mut out = Vec::new();
    let mut ends: Vec<End> = (0..graph.groups.len()).map(End::Group).collect();
    ends.extend((0..graph.leaves.len()).map(End::Leaf));
    for (index, a) in ends.iter().enumerate() {
        let r = rect(drawing, *a);
        if r.x < -0.01 || r.y < -0.01 || r.x + r.w > drawing.size.w + 0.01 || r.y + r.h > drawing.size.h + 0.01 {
            out.push(format!("{a:?} is off the page"));
        }
        if let Some(up) = parent(graph, *a) {
            let p = rect(drawing, up);
            if r.x < p.x + 1.0 || r.y < p.y + 1.0 || r.x + r.w > p.x + p.w - 1.0 || r.y + r.h > p.y + p.h - 1.0 {
                out.push(format!("{a:?} leaves {up:?}"));
            }
        }
        for b in &ends[index + 1..] {
            if !within(graph, *a, *b) && !within(graph, *b, *a) && overlap(&r, &rect(drawing, *b), 0.0) {
                out.push(format!("{a:?} overlaps {b:?}"));
            }
        }
    }
    for (at, leaf) in graph.leaves.iter().enumerate() {
        if (drawing.leaves[at].w - leaf.size.w).abs() > 0.02 || (drawing.leaves[at].h - leaf.size.h).abs() > 0.02 {
            out.push(format!("leaf {at} has another size"));
        }
    }
    for (number, edge) in graph.edges.iter().enumerate() {
        let route = &drawing.edges[number];
        if route.points.len() < 2 {
            out.push(format!("edge {number} is missing"));
            continue;
        }
        if edge.label.is_some() && route.label.is_none() {
            out.push(format!("label {number} is missing"));
        }
        let (a, b) = (rect(drawing, edge.source), rect(drawing, edge.target));
        for (at, r) in [(route.points[0], a), (route.points[route.points.len() - 1], b)] {
            let is_on = at.0 > r.x - 0.1 && at.0 < r.x + r.w + 0.1 && at.1 > r.y - 0.1 && at.1 < r.y + r.h + 0.1;
            let is_in = at.0 > r.x + 0.1 && at.0 < r.x + r.w - 0.1 && at.1 > r.y + 0.1 && at.1 < r.y + r.h - 0.1;
            if !is_on || is_in {
                out.push(format!("edge {number} does not end at its box"));
            }
        }
        for pair in route.points.windows(2) {
            let (p, q) = (pair[0], pair[1]);
            if (p.0 - q.0).abs() > 0.03 && (p.1 - q.1).abs() > 0.03 {
                out.push(format!("edge {number} is askew"));
            }
            for other in &ends {
                let own = *other == edge.source || *other == edge.target;
                let around = within(graph, edge.source, *other) || within(graph, edge.target, *other);
                if !own && !around && strikes(p, q, &rect(drawing, *other), 1.0) {
                    out.push(format!("edge {number} runs through {other:?}"));
                }
            }
            for (group, title) in drawing.titles.iter().enumerate() {
                if strikes(p, q, title, 0.5) {
                    out.push(format!("edge {number} strikes the title of {group}"));
                }
            }
            for (other, route) in drawing.edges.iter().enumerate() {
                if other != number && route.label.is_some_and(|label| strikes(p, q, &label, 0.5)) {
                    out.push(format!("edge {number} strikes the label of {other}"));
                }
            }
        }
        if let Some(label) = &route.label {
            if label.x < 0.0
                || label.y < 0.0
                || label.x + label.w > drawing.size.w
                || label.y + label.h > drawing.size.h
            {
                out.push(format!("label {number} is off the page"));
            }
            for (at, leaf) in drawing.leaves.iter().enumerate() {
                if overlap(label, leaf, 0.5) {
                    out.push(format!("label {number} is on leaf {at}"));
                }
            }
            for (other, route) in drawing.edges.iter().enumerate().skip(number + 1) {
                if route.label.is_some_and(|other| overlap(label, &other, 0.5)) {
                    out.push(format!("labels {number} and {other} overlap"));
                }
            }
        }
    }
    out
}

/// How many random graphs are tried; without optimisation a few stand for the rest.
const GRAPHS: u64 = if cfg!(debug_assertions) { 60 } else { 2000 };
/// How many edges come together in one box; the same.
const MANY: usize = if cfg!(debug_assertions) { 120 } else { 1000 };

#[test]
fn random_graphs_hold_the_hard_facts() {
    let mut bad = Vec::new();
    for seed in 0..GRAPHS {
        let graph = random(seed);
        let drawing = layout(&graph, &Options::default());
        let mut found = faults(&graph, &drawing);
        if seed % 10 == 0 && drawing != layout(&graph, &Options::default()) {
            found.push("differs on the second run".into());
        }
        if let Some(first) = found.first() {
            bad.push(format!("{seed}: {} {first}", found.len()));
        }
    }
    assert!(bad.is_empty(), "{} of {GRAPHS} are at fault:\n{}", bad.len(), bad.join("\n"));
}

#[test]
fn pinned_directions_are_kept() {
    let mut pinned = 0;
    for seed in 0..GRAPHS {
        let graph = random(seed);
        let drawing = layout(&graph, &Options::default());
        for (at, (group, taken)) in graph.groups.iter().zip(&drawing.directions).enumerate() {
            assert!(group.direction.is_none_or(|wanted| wanted == *taken), "group {at} of graph {seed} turned");
            pinned += usize::from(group.direction.is_some());
        }
    }
    assert!(pinned > 20, "only {pinned} groups were pinned");
}

fn flat(leaves: usize) -> Graph {
    let leaf = Leaf { size: Size { w: 90.0, h: 40.0 }, parent: None };
    Graph { leaves: vec![leaf; leaves], ..Graph::default() }
}

fn edge(from: usize, to: usize) -> Edge {
    Edge { source: End::Leaf(from), target: End::Leaf(to), label: None }
}

fn holds(name: &str, graph: &Graph) {
    let drawing = layout(graph, &Options::default());
    let found = faults(graph, &drawing);
    assert!(found.is_empty(), "{name}: {} {:?}", found.len(), &found[..found.len().min(5)]);
}

#[test]
fn nothing_and_little() {
    holds("nothing", &Graph::default());
    holds("one", &flat(1));
    let group = Group { title: Size { w: 50.0, h: 16.0 }, ..Group::default() };
    holds("an empty group", &Graph { groups: vec![group.clone()], ..Graph::default() });
    let mut one = flat(1);
    one.leaves[0].parent = Some(0);
    one.groups = vec![group];
    one.edges.push(Edge { source: End::Group(0), target: End::Leaf(0), label: Some(Size { w: 40.0, h: 14.0 }) });
    one.edges.push(Edge { source: End::Leaf(0), target: End::Group(0), label: None });
    one.edges.push(Edge { source: End::Group(0), target: End::Group(0), label: None });
    holds("a group and its only child", &one);
}

#[test]
fn very_many_edges_into_one_box() {
    let mut graph = flat(MANY + 1);
    graph.edges = (1..=MANY).map(|from| edge(from, 0)).collect();
    holds("very many into one", &graph);
    graph.edges = (1..=MANY).map(|to| edge(0, to)).collect();
    holds("very many from one", &graph);
    // With labels they are one trunk all the same, each label on a branch of its own.
    let mut graph = flat(MANY.max(200) + 1);
    let named = |from| Edge { label: Some(Size { w: 60.0, h: 14.0 }), ..edge(from, 0) };
    graph.edges = (1..graph.leaves.len()).map(named).collect();
    holds("very many with labels into one", &graph);
    for at in 0..10 {
        graph.groups.push(Group { title: Size { w: 60.0, h: 16.0 }, ..Group::default() });
        graph.leaves.iter_mut().skip(1 + at).step_by(10).for_each(|leaf| leaf.parent = Some(at));
    }
    holds("very many with labels out of groups into one", &graph);
    let mut graph = flat(2);
    graph.edges = (0..MANY).map(|_| edge(0, 1)).collect();
    holds("very many between two", &graph);
}

#[test]
fn loops_parallels_and_long_labels() {
    let mut graph = flat(3);
    graph.edges = vec![edge(0, 0), edge(0, 1), edge(0, 1), edge(1, 0), edge(1, 2), edge(2, 0), edge(2, 2)];
    graph.edges[1].label = Some(Size { w: 2100.0, h: 14.0 });
    graph.edges[0].label = Some(Size { w: 30.0, h: 14.0 });
    holds("loops", &graph);
}

#[test]
fn depth_and_cycles_of_groups() {
    let mut graph = flat(13);
    for depth in 0..12_usize {
        let parent = depth.checked_sub(1);
        graph.groups.push(Group { parent, title: Size { w: 60.0, h: 16.0 }, ..Group::default() });
        graph.leaves[depth].parent = Some(depth);
    }
    graph.edges = (0..12).map(|at| edge(at, at + 1)).collect();
    graph.edges.push(Edge { source: End::Group(0), target: End::Group(11), label: None });
    graph.edges.push(edge(11, 12));
    holds("depth", &graph);
    graph.groups[0].parent = Some(11);
    let _ = layout(&graph, &Options::default());
    let mut graph = flat(6);
    for at in 0..3 {
        graph.groups.push(Group { title: Size { w: 60.0, h: 16.0 }, ..Group::default() });
        graph.leaves[at].parent = Some(at);
        graph.edges.push(Edge { source: End::Group(at), target: End::Group((at + 1) % 3), label: None });
    }
    holds("a cycle of groups", &graph);
}
