use super::plan::{Plan, plan};
use super::*;
use crate::figure::layout::Rect;

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
            kind: Said::same("zone"),
            parent,
            ..Group::default()
        });
    }
    let nodes = 1 + dice.below(12);
    for i in 0..nodes {
        let parent =
            (!out.groups.is_empty() && dice.below(4) > 0).then(|| format!("g{}", dice.below(out.groups.len())));
        let subtitle = if dice.below(2) == 0 { Said::same("PostgreSQL 17 · 3 membres") } else { Said::default() };
        let single_point = (dice.below(5) == 0).then(|| Said::same("point unique"));
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

fn overlap(a: &Rect, b: &Rect, by: f64) -> bool {
    a.x.max(b.x) + by < (a.x + a.w).min(b.x + b.w) && a.y.max(b.y) + by < (a.y + a.h).min(b.y + b.h)
}

fn within(inner: &Rect, outer: &Rect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.w <= outer.x + outer.w
        && inner.y + inner.h <= outer.y + outer.h
}

/// Everything that must hold of any drawing; the layout's own tests hold the rest.
fn check(topology: &Topology, plan: &Plan, seed: u64) {
    let sheet = Rect { x: 0.0, y: 0.0, w: plan.size.w, h: plan.size.h };
    let nodes: Vec<&Rect> = plan.nodes.iter().map(|(rect, _)| rect).collect();
    assert_eq!((nodes.len(), plan.groups.len()), (topology.nodes.len(), topology.groups.len()));
    for (i, node) in nodes.iter().enumerate() {
        assert!(node.w > 0.0 && within(node, &sheet), "seed {seed}: node {i} off the sheet");
        let parent = topology.nodes[i].parent.as_ref();
        if let Some(at) = parent.and_then(|parent| topology.groups.iter().position(|group| group.id == *parent)) {
            assert!(within(node, &plan.groups[at]), "seed {seed}: node {i} escapes");
        }
        for (j, other) in nodes.iter().enumerate().skip(i + 1) {
            assert!(!overlap(node, other, 0.0), "seed {seed}: node {i} on {j}");
        }
    }
    for (i, route) in plan.routes.iter().enumerate() {
        for pair in route.windows(2) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            assert!((x1 - x2).abs() < 1e-6 || (y1 - y2).abs() < 1e-6, "seed {seed}: edge {i} is not square");
            let line =
                Rect { x: x1.min(x2) - 0.5, y: y1.min(y2) - 0.5, w: (x1 - x2).abs() + 1.0, h: (y1 - y2).abs() + 1.0 };
            for (n, node) in nodes.iter().enumerate() {
                let ends = [&topology.edges[i].from, &topology.edges[i].to];
                let own = ends.contains(&&topology.nodes[n].id);
                assert!(own || !overlap(&line, node, 0.0), "seed {seed}: edge {i} through node {n}");
            }
        }
    }
    let labels: Vec<&Rect> = plan.labels.iter().flatten().map(|(_, rect)| rect).collect();
    for (i, label) in labels.iter().enumerate() {
        assert!(within(label, &sheet), "seed {seed}: a label off the sheet");
        assert!(!nodes.iter().any(|node| overlap(node, label, 0.0)), "seed {seed}: a label on a node");
        assert!(
            !labels.iter().skip(i + 1).any(|other| overlap(other, label, 0.0)),
            "seed {seed}: labels on each other"
        );
    }
}

#[test]
fn random_topologies_keep_the_hard_rules() {
    for seed in 0..100 {
        let topology = random(seed);
        let plan = plan(&topology);
        check(&topology, &plan, seed);
        let drawn = |edge: &Edge| edge.from != edge.to;
        for (i, edge) in topology.edges.iter().enumerate().filter(|(_, edge)| drawn(edge)) {
            assert!(plan.routes[i].len() >= 2, "seed {seed}: no way from {} to {}", edge.from, edge.to);
        }
        if seed % 10 == 0 {
            assert_eq!(plan, self::plan(&topology), "the same input gives the same drawing");
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
        nodes: vec![node("x", "a"), node("y", "nowhere"), node("z", "b")],
        edges: vec![edge("x", "y"), edge("x", "x"), edge("x", "unknown"), edge("a", "y")],
    };
    let plan = plan(&topology);
    check(&topology, &plan, 0);
    assert!(plan.routes[1].is_empty() && plan.routes[2].is_empty());
    assert!(self::plan(&Topology::default()).size.w >= 0.0);
}

#[test]
fn a_single_point_is_said_in_words() {
    let node = Node {
        id: "db".into(),
        title: "quote-db".into(),
        single_point: Some(Said::same("point unique")),
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

#[test]
fn both_languages_show_one_arrangement() {
    let node = |id: &str, en: &str, fr: &str| Node {
        id: id.into(),
        title: id.into(),
        subtitle: Said { en: en.into(), fr: fr.into() },
        ..Node::default()
    };
    let edge = Edge { from: "a".into(), to: "b".into(), label: "https 443".into(), ..Edge::default() };
    let nodes =
        vec![node("a", "people", "personnes qui utilisent le service"), node("b", "a queue of long orders", "file")];
    let topology = Topology { nodes, edges: vec![edge], ..Topology::default() };
    let places = |lang| {
        let mut places = Vec::new();
        layout_topology(&topology, lang).each(|mark| {
            if let crate::figure::drawing::Mark::Rect { x, y, width, height, .. } = mark {
                places.push([*x, *y, *width, *height].map(|value| (value * 100.0) as i64));
            }
        });
        places
    };
    assert_eq!(places(Lang::En)[..3], places(Lang::Fr)[..3]);
}

#[test]
fn what_is_large_is_drawn_as_an_overview() {
    let mut topology = Topology::default();
    for zone in 0..5 {
        topology.groups.push(Group { id: format!("z{zone}"), title: format!("zone {zone}"), ..Group::default() });
        for at in 0..16 {
            let (id, parent) = (format!("n{zone}-{at}"), Some(format!("z{zone}")));
            topology.nodes.push(Node { title: id.clone(), id, parent, ..Node::default() });
        }
    }
    for at in 0..16 {
        let (from, to) = (format!("n0-{at}"), format!("n1-{at}"));
        topology.edges.push(Edge { from, to, label: "https 443".into(), hard: at == 3, ..Edge::default() });
    }
    let overview = topology.overview(MOST).unwrap();
    assert_eq!((overview.groups.len(), overview.nodes.len(), overview.edges.len()), (0, 5, 1));
    assert!(overview.nodes[0].subtitle.en.contains("16"), "{:?}", overview.nodes[0]);
    assert!(overview.edges[0].label.contains("16 ×") && overview.edges[0].hard, "{:?}", overview.edges[0]);
    let drawing = layout_topology(&topology, Lang::En);
    assert!(drawing.behind.unwrap().whole.is_some());
    assert!(topology.overview(80).is_none());
}

#[test]
fn a_difference_shows_what_came_and_what_went() {
    let node = |id: &str, subtitle: &str| Node {
        id: id.into(),
        title: id.into(),
        subtitle: Said::same(subtitle),
        fact: Some(format!("{subtitle}.{id}")),
        ..Node::default()
    };
    let edge =
        |id: &str, from: &str, to: &str| Edge { id: id.into(), from: from.into(), to: to.into(), ..Edge::default() };
    let old = Topology {
        nodes: vec![node("web", "3"), node("cache", "1"), node("db", "2")],
        edges: vec![edge("web-db", "web", "db"), edge("web-cache", "web", "cache")],
        ..Topology::default()
    };
    let new = Topology {
        nodes: vec![node("web", "4"), node("db", "2"), node("queue", "1")],
        edges: vec![edge("web-db", "web", "db"), edge("web-queue", "web", "queue")],
        ..Topology::default()
    };
    let both = old.difference(&new, &|_| false);
    let of = |id: &str| both.nodes.iter().find(|node| node.id == id).unwrap().change;
    assert_eq!(
        [of("web"), of("cache"), of("db"), of("queue")],
        [Change::Changed, Change::Removed, Change::None, Change::Added]
    );
    let ways: Vec<(&str, Change)> = both.edges.iter().map(|edge| (edge.id.as_str(), edge.change)).collect();
    assert_eq!(ways, [("web-db", Change::None), ("web-queue", Change::Added), ("web-cache", Change::Removed)]);
}
