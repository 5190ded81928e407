//! From a topology to boxes and ways: names become numbers for the layout, and its answer a plan.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::words::{self, Words};
use super::{Edge, Topology, Wire};
use crate::figure::layout::{self, Direction, End, Graph, Options, Rect, Size};
use crate::figure::text::{self, Weight};
use crate::source::Lang;

/// The size of a connection's name, in pixels.
pub(super) const SMALL: f64 = 11.0;
/// The height of a connection's name, in pixels.
const HIGH: f64 = 16.0;
/// The longest name of a connection, in pixels: a longer one is cut.
const LONGEST: f64 = 220.0;
/// The widest drawing on which a name of 11 px is still 9 px tall where a page gives it 942 px, as the site does
/// on a screen of 1,280.
const WIDEST: f64 = 1_140.0;
/// Shapes that are tried, the width over the height, the first that fits the page being taken.
const ASPECTS: [f64; 7] = [1.45, 1.2, 1.0, 0.85, 0.72, 0.6, 0.5];
/// How many layouts are kept.
const KEPT: usize = 64;

/// Everything placed: what the tests check and the painter draws.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plan {
    pub(super) size: Size,
    /// One box for each group, in the order of the topology.
    pub(super) groups: Vec<Rect>,
    /// How many groups each group stands in.
    pub(super) depths: Vec<usize>,
    /// One box for each node, in the order of the topology, with what is written in it in each language.
    pub(super) nodes: Vec<(Rect, [Words; 2])>,
    /// One way for each edge, in the order of the topology; empty where none is drawn.
    pub(super) routes: Vec<Vec<(f64, f64)>>,
    /// The name of each edge and its box.
    pub(super) labels: Vec<Option<(String, Rect)>>,
}

/// Lays a topology out.
pub(super) fn plan(topology: &Topology) -> Plan {
    let words: Vec<[Words; 2]> = topology.nodes.iter().map(words::both).collect();
    let names: Vec<Option<String>> = topology.edges.iter().map(name).collect();
    let ends = Ends::new(topology);
    let drawing = kept(&graph(topology, &ends, &words, &names));
    let mut routes = vec![Vec::new(); topology.edges.len()];
    let mut labels = vec![None; topology.edges.len()];
    for ((at, name), route) in
        ends.drawn.iter().map(|(at, ..)| (*at, names.get(*at).cloned().flatten())).zip(drawing.edges.iter().cloned())
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
        groups: drawing.groups.clone(),
        nodes: drawing.leaves.iter().copied().zip(words).collect(),
        routes,
        labels,
    }
}

type Layouts = BTreeMap<Vec<u64>, Arc<OnceLock<Arc<layout::Drawing>>>>;

/// A graph laid out once, however many languages and failures are drawn over it. A layout follows from
/// its graph alone, so it does not matter who asks first, nor what is forgotten.
fn kept(graph: &Graph) -> Arc<layout::Drawing> {
    static LAYOUTS: Mutex<Layouts> = Mutex::new(BTreeMap::new());
    let slot = {
        let mut layouts = LAYOUTS.lock().unwrap_or_else(PoisonError::into_inner);
        if layouts.len() >= KEPT {
            layouts.clear();
        }
        Arc::clone(layouts.entry(key(graph)).or_default())
    };
    Arc::clone(slot.get_or_init(|| Arc::new(fitted(graph))))
}

/// All that a layout follows from.
fn key(graph: &Graph) -> Vec<u64> {
    let end = |end: &End| match *end {
        End::Group(at) => at as u64 * 2,
        End::Leaf(at) => at as u64 * 2 + 1,
    };
    let up = |parent: Option<usize>| parent.map_or(0, |at| at as u64 + 1);
    let mut key = vec![graph.groups.len() as u64, graph.leaves.len() as u64, graph.edges.len() as u64];
    for group in &graph.groups {
        let direction = group.direction.map_or(0, |direction| 1 + u64::from(direction == Direction::Down));
        key.extend([up(group.parent), group.title.w.to_bits(), group.title.h.to_bits(), direction]);
        key.push(group.order.len() as u64);
        key.extend(group.order.iter().map(end));
    }
    for leaf in &graph.leaves {
        key.extend([up(leaf.parent), leaf.size.w.to_bits(), leaf.size.h.to_bits()]);
    }
    for edge in &graph.edges {
        let label = edge.label.unwrap_or_default();
        key.extend([end(&edge.source), end(&edge.target), label.w.to_bits(), label.h.to_bits()]);
    }
    key
}

/// Lays a graph out so that it fits the page; as narrow as can be where no shape does.
fn fitted(graph: &Graph) -> layout::Drawing {
    // What no page holds is as wide as it is high, and laid out once.
    let aspects = if graph.leaves.len() > 2 * super::MOST { &ASPECTS[2..3] } else { &ASPECTS[..] };
    let mut best = layout::Drawing::default();
    for &aspect in aspects {
        let tried = layout::layout(graph, &Options { aspect, flow: Direction::Down, margin: 24.0 });
        let fits = tried.size.w <= WIDEST;
        if best.size.w == 0.0 || tried.size.w < best.size.w {
            best = tried;
        }
        if fits {
            break;
        }
    }
    best
}

/// The name of an edge as it is written, with its sign.
fn name(edge: &Edge) -> Option<String> {
    if edge.label.is_empty() {
        return None;
    }
    let sign = match edge.wire {
        Wire::Encrypted => "✓ ",
        Wire::Unsaid => "? ",
        Wire::Plain => "⚠ ",
        Wire::NotAsked if edge.unencrypted => "⚠ ",
        Wire::NotAsked | Wire::Local => "",
    };
    let whole = format!("{sign}{}", edge.label);
    Some(text::fit(&whole, LONGEST, SMALL, Weight::Regular))
}

fn graph(topology: &Topology, ends: &Ends, words: &[[Words; 2]], names: &[Option<String>]) -> Graph {
    let title = |group: &super::Group| {
        let wide = |lang| words::title_width(&group.title, group.kind.get(lang));
        wide(Lang::En).max(wide(Lang::Fr)).min(420.0)
    };
    let group = |(i, group): (usize, &super::Group)| layout::Group {
        parent: ends.parents.get(i).copied().flatten(),
        title: Size { w: title(group), h: words::TITLE },
        direction: group.direction,
        order: group.order.iter().filter_map(|id| ends.items.get(id).copied()).collect(),
    };
    let leaf = |(node, [words, _]): (&super::Node, &[Words; 2])| layout::Leaf {
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
    items: BTreeMap<String, End>,
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
        for (i, node) in topology.nodes.iter().enumerate() {
            ends.items.entry(node.id.clone()).or_insert(End::Leaf(i));
        }
        for (i, group) in topology.groups.iter().enumerate() {
            ends.items.entry(group.id.clone()).or_insert(End::Group(i));
        }
        let items = &ends.items;
        let found = topology.edges.iter().enumerate().filter_map(|(at, edge)| {
            let (from, to) = (*items.get(edge.from.as_str())?, *items.get(edge.to.as_str())?);
            (from != to).then_some((at, from, to))
        });
        let drawn = found.collect();
        ends.drawn = drawn;
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
