//! A failure that a reader can play: moments in order, what happens at each, how every component is.

use super::Figure;
use super::topology::NodeState;

/// A simulated failure as moments over a topology.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// The topology with nothing wrong; its boxes are named after the components.
    pub topology: Figure,
    /// The moments, in the order of time.
    pub moments: Vec<Moment>,
    /// Where the axis of time ends, in seconds after the failure.
    pub until_s: f64,
    /// The moment at which most is wrong, in seconds after the failure.
    pub worst_s: f64,
}

/// Something happens, or a component changes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Moment {
    /// When, in seconds after the failure.
    pub t_s: f64,
    /// The same in the reader's words.
    pub when: String,
    /// Who does what.
    pub says: Vec<(String, String)>,
    /// The components that are otherwise than at the moment before.
    pub changes: Vec<Change>,
}

/// How a component is from a moment on.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Its name.
    pub component: String,
    /// Whether it is down, or works with less.
    pub state: NodeState,
    /// How many pods or members are able to serve.
    pub ready: u32,
    /// How many are wanted.
    pub wanted: u32,
    /// The share of its requests that is served, as a fraction of one.
    pub served: f64,
}
