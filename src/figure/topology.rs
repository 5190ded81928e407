//! Topology: what runs where, and what talks to what, as nested boxes with connections.
//!
//! Names become numbers and sizes ([`plan`](mod@plan)), the [layout](super::layout) places boxes and
//! finds ways between them, and `paint` draws what came out. The same input gives the same drawing.

use super::drawing::{Behind, Drawing, Whole};
use super::layout::Direction;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::{Lang, Said};

mod difference;
mod overview;
mod paint;
mod plan;
#[cfg(test)]
mod tests;
mod told;
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
    /// Its title.
    pub title: String,
    /// What it is ("zone", "cluster"), written small behind the title; may be empty.
    pub kind: Said,
    /// The group that it stands in.
    pub parent: Option<String>,
    /// Whether it is outside of what is ours (a third party): a dashed frame.
    pub outside: bool,
    /// Whether what stands in it stops with one machine: a red frame.
    pub single_point: bool,
    /// The direction in which its content is read, where the author pins it.
    pub direction: Option<Direction>,
    /// Its children in the order that the author pins, by their identifiers.
    pub order: Vec<String>,
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
    pub subtitle: Said,
    /// The group that it stands in.
    pub parent: Option<String>,
    /// What it is.
    pub role: NodeRole,
    /// Its kind, drawn as a sign before its name; people have a figure of their own, and a box for many
    /// things has none.
    pub kind: Option<ComponentKind>,
    /// How it is, for a failure laid over the drawing.
    pub state: NodeState,
    /// The words of the tag for a single point of failure ("single point"), where it is one; the
    /// drawing adds a red outline and a sign.
    pub single_point: Option<Said>,
    /// Further short tags.
    pub badges: Vec<Said>,
    /// What became of it, where two states are laid over each other.
    pub change: Change,
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

/// What became of something between two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Change {
    /// It is as it was, or nothing is compared.
    #[default]
    None,
    /// It is new: a strong line.
    Added,
    /// It is gone: a dotted line.
    Removed,
    /// It is otherwise: a long-dashed line.
    Changed,
}

/// A connection.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edge {
    /// Its name, unique among edges where it has one; by it two states are held against each other.
    pub id: String,
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
    /// What somebody on the wire could read, where that is what the drawing is about; it then says
    /// nothing of what fails without what.
    pub wire: Wire,
    /// What became of it, where two states are laid over each other.
    pub change: Change,
    /// The address of the fact it stands for.
    pub fact: Option<String>,
}

/// What somebody on the wire could read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Wire {
    /// The drawing is not about that.
    #[default]
    NotAsked,
    /// Nothing: a solid line and a tick.
    Encrypted,
    /// Everything: long dashes and a sign.
    Plain,
    /// The design does not say: dots and a question mark.
    Unsaid,
    /// Nothing that matters: no network is crossed, or it is public anyway. A thin line.
    Local,
}

/// The most components that a drawing shows one by one; beyond, groups are collapsed.
pub const MOST: usize = 60;

/// Lays a topology out and draws it. Boxes are large enough for the words of either language, so that
/// both languages show the same arrangement. A topology of more than [`MOST`] components is drawn as
/// an overview, with the whole behind it.
pub fn layout_topology(topology: &Topology, lang: Lang) -> Drawing {
    let paint = |topology: &Topology| paint::paint(topology, &plan::plan(topology), lang);
    let overview = topology.overview(MOST);
    let mut drawing = paint(overview.as_ref().unwrap_or(topology));
    let whole = overview.map(|_| {
        let words = said!("Show all {n} components", "Montrer les {n} composants", n = topology.nodes.len());
        Whole { words: words.get(lang).to_owned(), drawing: paint(topology) }
    });
    let told = told::told(topology, lang);
    drawing.behind = Some(Box::new(Behind { told, topology: topology.clone(), whole }));
    drawing
}
