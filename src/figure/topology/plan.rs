//! From a topology to boxes and ways: names become numbers for the layout, and its answer a plan.

use std::collections::BTreeMap;

use super::words::{self, Words};
use super::{Edge, Topology};
use crate::figure::layout::{self, Direction, End, Graph, Options, Rect, Size};
use crate::figure::text::{self, Weight};

/// The size of a connection's name, in pixels.
pub(super) const SMALL: f64 = 11.0;
/// The height of a connection's name, in pixels.
const HIGH: f64 = 16.0;
/// The longest name of a connection, in pixels: a longer one is cut.
const LONGEST: f64 = 220.0;
/// The widest drawing on which a name of 11 px is still 9 px tall at page width (1,120 px).
const WIDEST: f64 = 1_360.0;
/// Shapes that are tried, the width over the height, the first that fits the page being taken.
const ASPECTS: [f64; 6] = [1.45, 1.2, 1.0, 0.85, 0.72, 0.6];

/// Everything placed: what the tests check and the painter draws.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plan {
    pub(super) size: Size,
    /// One box for each group, in the order of the topology.
    pub(super) groups: Vec<Rect>,
    /// How many groups each group stands in.
    pub(super) depths: Vec<usize>,
    /// One box for each node, in the order of the topology, with what is written in it.
    pub(super) nodes: Vec<(Rect, Words)>,
    /// One way for each edge, in the order of the topology; empty where none is drawn.
    pub(super) routes: Vec<Vec<(f64, f64)>>,
    /// The name of each edge and its box.
    pub(super) labels: Vec<Option<(String, Rect)>>,
}

/// Lays a topology out.
pub(super) fn plan(topology: &Topology) -> Plan {
    let words: Vec<Words> = topology.nodes.iter().map(words::of).collect();
    let names: Vec<Option<String>> = topology.edges.iter().map(name).collect();
    let ends = Ends::new(topology);
    let graph = graph(topology, &ends, &words, &names);
    let mut drawing = layout::Drawing::default();
    for aspect in ASPECTS {
        let tried = layout::layout(&graph, &Options { aspect, flow: Direction::Down, margin: 24.0 });
        let fits = tried.size.w <= WIDEST;
        if drawing.size.w == 0.0 || tried.size.w < drawing.size.w {
            drawing = tried;
        }
        if fits {
            break;
        }
    }
    let mut routes = vec![Vec::new(); topology.edges.len()];
    let mut labels = vec![None; topology.edges.len()];
    for ((at, name), route) in
        ends.drawn.iter().map(|(at, ..)| (*at, names.get(*at).cloned().flatten())).zip(drawing.edges)
    {
        if let Some(slot) = labels.get_mut(at) {
            *slot = name.zip(route.label);
        }
        if let Some(slot) = routes.get_mut(at) {
            *slot = route.points;
        }
    }
    Plan {
        size: drawing.size,
        depths: (0..topology.groups.len()).map(|group| ends.depth(group)).collect(),
        groups: drawing.groups,
        nodes: drawing.leaves.into_iter().zip(words).collect(),
        routes,
        labels,
    }
}

/// The name of an edge as it is written, with its sign.
fn name(edge: &Edge) -> Option<String> {
    if edge.label.is_empty() {
        return None;
    }
    let whole = if edge.unencrypted { format!("⚠ {}", edge.label) } else { edge.label.clone() };
    Some(text::fit(&whole, LONGEST, SMALL, Weight::Regular))
}

fn graph(topology: &Topology, ends: &Ends, words: &[Words], names: &[Option<String>]) -> Graph {
    let group = |(i, group): (usize, &super::Group)| layout::Group {
        parent: ends.parents.get(i).copied().flatten(),
        title: Size { w: words::title_width(&group.title, &group.kind).min(420.0), h: words::TITLE },
        direction: None,
        order: Vec::new(),
    };
    let leaf = |(node, words): (&super::Node, &Words)| layout::Leaf {
        size: Size { w: words.w, h: words.h },
        parent: node.parent.as_deref().and_then(|parent| ends.groups.get(parent).copied()),
    };
    let edge = |(at, source, target): &(usize, End, End)| layout::Edge {
        source: *source,
        target: *target,
        label: names.get(*at).and_then(|name| {
            let name = name.as_ref()?;
            Some(Size { w: text::width(name, SMALL, Weight::Regular).ceil() + 8.0, h: HIGH })
        }),
    };
    Graph {
        groups: topology.groups.iter().enumerate().map(group).collect(),
        leaves: topology.nodes.iter().zip(words).map(leaf).collect(),
        edges: ends.drawn.iter().map(edge).collect(),
    }
}

/// What names stand for. The first of two with one name is meant; a group in itself stands at the top.
#[derive(Debug, Default)]
struct Ends {
    groups: BTreeMap<String, usize>,
    parents: Vec<Option<usize>>,
    /// The edges that are drawn, by their place in the topology.
    drawn: Vec<(usize, End, End)>,
}

impl Ends {
    fn new(topology: &Topology) -> Ends {
        let mut ends = Ends::default();
        for (i, group) in topology.groups.iter().enumerate() {
            ends.groups.entry(group.id.clone()).or_insert(i);
        }
        ends.parents = topology
            .groups
            .iter()
            .map(|group| group.parent.as_deref().and_then(|parent| ends.groups.get(parent).copied()))
            .collect();
        for i in 0..topology.groups.len() {
            if ends.depth(i) > topology.groups.len()
                && let Some(parent) = ends.parents.get_mut(i)
            {
                *parent = None;
            }
        }
        let mut items: BTreeMap<&str, End> = BTreeMap::new();
        for (i, node) in topology.nodes.iter().enumerate() {
            items.entry(&node.id).or_insert(End::Leaf(i));
        }
        for (i, group) in topology.groups.iter().enumerate() {
            items.entry(&group.id).or_insert(End::Group(i));
        }
        let found = topology.edges.iter().enumerate().filter_map(|(at, edge)| {
            let (from, to) = (*items.get(edge.from.as_str())?, *items.get(edge.to.as_str())?);
            (from != to).then_some((at, from, to))
        });
        ends.drawn = found.collect();
        ends
    }

    /// How many groups a group stands in; more than there are where it stands in itself.
    fn depth(&self, group: usize) -> usize {
        let (mut depth, mut at) = (0, self.parents.get(group).copied().flatten());
        while let Some(parent) = at {
            depth += 1;
            if depth > self.parents.len() {
                break;
            }
            at = self.parents.get(parent).copied().flatten();
        }
        depth
    }
}
