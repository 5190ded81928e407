use super::place::{Item, Rect, Tree};
use super::*;

/// A small generator of its own, so that a failure can be repeated from its number.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

fn random(seed: u64) -> Topology {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
    let mut out = Topology::default();
    for i in 0..dice.below(6) {
        let parent = (i > 0 && dice.below(2) == 0).then(|| format!("g{}", dice.below(i)));
        out.groups.push(Group {
            id: format!("g{i}"),
            title: format!("zone {i}"),
            kind: "zone".into(),
            parent,
            ..Group::default()
        });
    }
    let nodes = 1 + dice.below(12);
    for i in 0..nodes {
        let parent =
            (!out.groups.is_empty() && dice.below(4) > 0).then(|| format!("g{}", dice.below(out.groups.len())));
        let subtitle = if dice.below(2) == 0 { "PostgreSQL 17 · 3 membres".into() } else { String::new() };
        let single_point = (dice.below(5) == 0).then(|| "point unique".to_owned());
        out.nodes.push(Node {
            id: format!("n{i}"),
            title: format!("component-{i}"),
            subtitle,
            parent,
            single_point,
            ..Node::default()
        });
    }
    for _ in 0..dice.below(nodes + nodes / 2) {
        let end = |dice: &mut Dice| {
            if !out.groups.is_empty() && dice.below(8) == 0 {
                format!("g{}", dice.below(out.groups.len()))
            } else {
                format!("n{}", dice.below(nodes))
            }
        };
        let (from, to) = (end(&mut dice), end(&mut dice));
        out.edges.push(Edge { from, to, label: "https 443".into(), hard: dice.below(2) == 0, ..Edge::default() });
    }
    out
}

/// Everything that must hold of any drawing.
fn check(topology: &Topology, plan: &Plan, seed: u64) {
    let tree = Tree::new(topology);
    let sheet = Rect { x: 0, y: 0, w: plan.width, h: plan.height };
    let rect = |item: Item| match item {
        Item::Group(i) => plan.groups[i],
        Item::Node(i) => plan.nodes[i],
    };
    let items: Vec<Item> = tree.parents.keys().copied().collect();
    for (i, one) in items.iter().enumerate() {
        assert!(rect(*one).w > 0 && sheet.contains(&rect(*one)), "seed {seed}: {one:?} off the sheet");
        if let Some(parent) = tree.parents[one] {
            assert!(plan.groups[parent].contains(&rect(*one)), "seed {seed}: {one:?} escapes");
        }
        for other in items.iter().skip(i + 1) {
            let within = |a: Item, b: Item| matches!(a, Item::Group(g) if tree.ancestors(b).contains(&g));
            if !within(*one, *other) && !within(*other, *one) {
                assert!(!rect(*one).overlaps(&rect(*other)), "seed {seed}: {one:?} on {other:?}");
            }
        }
    }
    for (i, route) in plan.routes.iter().enumerate() {
        let Some((from, to)) = tree.edges[i] else {
            assert!(route.is_empty());
            continue;
        };
        assert!(route.len() >= 2, "seed {seed}: edge {i} has no way");
        for pair in route.windows(2) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            assert!(x1 == x2 || y1 == y2, "seed {seed}: edge {i} is not square");
            for (n, node) in plan.nodes.iter().enumerate() {
                let inner = Rect { x: node.x - 1, y: node.y - 1, w: node.w + 2, h: node.h + 2 };
                let line = Rect { x: x1.min(x2), y: y1.min(y2), w: (x1 - x2).abs().max(1), h: (y1 - y2).abs().max(1) };
                let own = [from, to].contains(&Item::Node(n));
                assert!(own || !inner.overlaps(&line), "seed {seed}: edge {i} through node {n}");
            }
        }
    }
    let labels: Vec<&Rect> = plan.labels.iter().flatten().map(|label| &label.rect).collect();
    for (i, label) in labels.iter().enumerate() {
        assert!(sheet.contains(label), "seed {seed}: a label off the sheet");
        assert!(!plan.nodes.iter().any(|node| node.overlaps(label)), "seed {seed}: a label on a node");
        assert!(!labels.iter().skip(i + 1).any(|other| other.overlaps(label)), "seed {seed}: labels on each other");
    }
}

#[test]
fn random_topologies_keep_the_hard_rules() {
    for seed in 0..300 {
        let topology = random(seed);
        let plan = plan(&topology);
        check(&topology, &plan, seed);
        if seed % 10 == 0 {
            assert_eq!(plan, super::plan(&topology), "the same input gives the same drawing");
        }
    }
}

#[test]
fn strange_input_is_drawn_as_far_as_it_can_be() {
    let group = |id: &str, parent: &str| Group {
        id: id.into(),
        title: id.into(),
        parent: Some(parent.into()),
        ..Group::default()
    };
    let node = |id: &str, parent: &str| Node {
        id: id.into(),
        title: id.into(),
        parent: Some(parent.into()),
        ..Node::default()
    };
    let edge = |from: &str, to: &str| Edge { from: from.into(), to: to.into(), ..Edge::default() };
    let topology = Topology {
        groups: vec![group("a", "b"), group("b", "a"), group("c", "c"), group("d", "nowhere")],
        nodes: vec![node("x", "a"), node("y", "nowhere"), node("x", "b")],
        edges: vec![edge("x", "y"), edge("x", "x"), edge("x", "unknown"), edge("a", "y")],
    };
    let plan = plan(&topology);
    check(&topology, &plan, 0);
    assert!(plan.routes[1].is_empty() && plan.routes[2].is_empty());
    assert!(super::plan(&Topology::default()).width > 0);
}

#[test]
fn a_single_point_is_said_in_words() {
    let node = Node {
        id: "db".into(),
        title: "quote-db".into(),
        single_point: Some("point unique".into()),
        ..Node::default()
    };
    let drawing = layout_topology(&Topology { nodes: vec![node], ..Topology::default() }, Lang::Fr);
    let mut found = false;
    drawing.each(|mark| {
        found |= matches!(mark, crate::figure::drawing::Mark::Text(text) if text.text == "⚠ point unique");
    });
    assert!(found);
    assert!(drawing.legend.iter().any(|entry| entry.text.contains("point unique de défaillance")));
}
