//! Topology: what runs where, and what talks to what, as nested boxes with connections.
//!
//! Boxes are placed group by group ([`place`](mod@place)); connections then run in the gutters
//! between them ([`route`](mod@route)), never through a box that is not theirs; names of connections
//! stand where nothing else does ([`label`](mod@label)). The same input gives the same drawing.

use super::drawing::Drawing;
use crate::source::Lang;

mod label;
mod paint;
mod place;
mod rank;
mod route;
#[cfg(test)]
mod tests;

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Topology {
    /// Sites, zones, clusters, host groups. A parent that does not exist, or that would make a
    /// circle, is taken as none.
    pub groups: Vec<Group>,
    /// What runs.
    pub nodes: Vec<Node>,
    /// What talks to what. An edge from or to something that does not exist, or to itself, is not drawn.
    pub edges: Vec<Edge>,
}

/// A box around others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// Unique among groups and nodes.
    pub id: String,
    /// Its title, in the reader's language.
    pub title: String,
    /// What it is ("zone", "cluster"), written small behind the title; may be empty.
    pub kind: String,
    /// The group that it stands in.
    pub parent: Option<String>,
    /// Whether it is outside of what is ours (a third party): a dashed frame.
    pub outside: bool,
    /// The address of the fact it stands for.
    pub fact: Option<String>,
}

/// A component at one place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Node {
    /// Unique among groups and nodes.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Product, replicas: written small beneath the name; may be empty.
    pub subtitle: String,
    /// The group that it stands in.
    pub parent: Option<String>,
    /// What it is.
    pub role: NodeRole,
    /// How it is, for a failure laid over the drawing.
    pub state: NodeState,
    /// The words of the tag for a single point of failure ("single point"), where it is one; the
    /// drawing adds a red outline and a sign.
    pub single_point: Option<String>,
    /// Further short tags.
    pub badges: Vec<String>,
    /// The address of the fact it stands for.
    pub fact: Option<String>,
    /// Where a click leads.
    pub href: Option<String>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum NodeRole {
    /// It is ours.
    #[default]
    Own,
    /// It is shared by several applications.
    Shared,
    /// It keeps data: a database, a store, a volume.
    Data,
    /// A system that somebody else runs: dashed.
    External,
    /// People: dashed, rounded, with a figure.
    Person,
}

/// How a node is at the moment that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum NodeState {
    /// Nothing to say.
    #[default]
    Normal,
    /// It works, with less than it should have.
    Degraded,
    /// It is down: tinted, with a cross in its corner.
    Down,
}

/// A connection.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edge {
    /// The node or group that calls.
    pub from: String,
    /// The node or group that is called.
    pub to: String,
    /// Protocol and port; may be empty.
    pub label: String,
    /// Whether the caller fails without it (solid) or not (dashed).
    pub hard: bool,
    /// Whether it is known not to be encrypted: marked with a sign and the colour of a warning.
    pub unencrypted: bool,
    /// The address of the fact it stands for.
    pub fact: Option<String>,
}

/// Lays a topology out and draws it. The language is that of the legend only.
pub fn layout_topology(topology: &Topology, lang: Lang) -> Drawing {
    let plan = plan(topology);
    paint::paint(topology, &plan, lang)
}

/// Everything placed: what the tests check and the painter draws.
#[derive(Debug, Clone, PartialEq, Default)]
struct Plan {
    width: i32,
    height: i32,
    /// One box for each group, in the order of the topology.
    groups: Vec<place::Rect>,
    /// One box for each node, in the order of the topology.
    nodes: Vec<place::Rect>,
    /// One route for each edge, in the order of the topology; empty where none is drawn.
    routes: Vec<Vec<(i32, i32)>>,
    /// The name of each edge, where there is room for it.
    labels: Vec<Option<label::Label>>,
}

fn plan(topology: &Topology) -> Plan {
    let tree = place::Tree::new(topology);
    let placed = place::place(topology, &tree);
    let routes = route::route(topology, &tree, &placed);
    let labels = label::label(topology, &placed, &routes);
    Plan { width: placed.width, height: placed.height, groups: placed.groups, nodes: placed.nodes, routes, labels }
}
