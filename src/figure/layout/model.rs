//! What is asked for and what is answered: plain data.

/// A width and a height, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// From left to right.
    pub w: f64,
    /// From top to bottom.
    pub h: f64,
}

/// A box in pixels, by its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// The left side.
    pub x: f64,
    /// The upper side.
    pub y: f64,
    /// From left to right.
    pub w: f64,
    /// From top to bottom.
    pub h: f64,
}

/// Which way the content of a group is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// What follows stands below.
    #[default]
    Down,
    /// What follows stands to the right.
    Right,
}

impl Direction {
    /// The other one.
    pub(super) fn turned(self) -> Direction {
        match self {
            Direction::Down => Direction::Right,
            Direction::Right => Direction::Down,
        }
    }
}

/// A leaf or a group, by its place in the graph's own list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A group.
    Group(usize),
    /// A leaf.
    Leaf(usize),
}

/// A box that holds others under a title.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// The group it stands in, or none at the top. A group within itself is set at the top.
    pub parent: Option<usize>,
    /// The size of its title; nothing is drawn across it.
    pub title: Size,
    /// The direction, where the author pins it.
    pub direction: Option<Direction>,
    /// The children in the order the author pins, the first one first; empty where none is pinned.
    /// Children left out of it follow in the order of the graph.
    pub order: Vec<End>,
}

/// A box of a given size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leaf {
    /// Its size, which is kept.
    pub size: Size,
    /// The group it stands in, or none at the top.
    pub parent: Option<usize>,
}

/// A connection between any two boxes.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Where it begins.
    pub source: End,
    /// Where its arrow points to.
    pub target: End,
    /// The size of its label, if it has one.
    pub label: Option<Size>,
}

/// What is to be drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// The groups.
    pub groups: Vec<Group>,
    /// The leaves.
    pub leaves: Vec<Leaf>,
    /// The connections.
    pub edges: Vec<Edge>,
}

/// How it is to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The width of the page over its height that is aimed at.
    pub aspect: f64,
    /// The direction that is preferred where none is pinned.
    pub flow: Direction,
    /// The empty border around the drawing.
    pub margin: f64,
}

impl Default for Options {
    fn default() -> Options {
        Options { aspect: 1.3, flow: Direction::Down, margin: 20.0 }
    }
}

/// The way of one connection.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// Its corners from source to target; empty if an end does not exist.
    pub points: Vec<(f64, f64)>,
    /// The box of its label.
    pub label: Option<Rect>,
}

/// Everything in its place. The lists are as long as those of the graph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// The size of the whole; all coordinates lie between nothing and this.
    pub size: Size,
    /// The boxes of the groups.
    pub groups: Vec<Rect>,
    /// The boxes of their titles.
    pub titles: Vec<Rect>,
    /// The boxes of the leaves.
    pub leaves: Vec<Rect>,
    /// The ways of the edges.
    pub edges: Vec<Route>,
    /// The direction in which each group was set, so that a caller can pin it the next time.
    pub directions: Vec<Direction>,
}
