//! Topology: what runs where, and what talks to what, as nested boxes with connections.
//!
//! Names become numbers and sizes ([`plan`](mod@plan)), the [layout](super::layout) places boxes and
//! finds ways between them, and `paint` draws what came out. The same input gives the same drawing.

use super::drawing::Drawing;
use crate::source::Lang;

mod paint;
mod plan;
#[cfg(test)]
mod tests;
mod words;

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
    /// Whether what stands in it stops with one machine: a red frame.
    pub single_point: bool,
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
    paint::paint(topology, &plan::plan(topology), lang)
}
