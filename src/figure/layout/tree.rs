//! Who stands in whom, with one numbering for all boxes.
//!
//! Groups come first, then leaves, then the page itself, which is the root.

use super::model::{End, Graph};

/// Nesting deeper than this is flattened, so that work and recursion stay bounded.
const DEEPEST: usize = 32;

/// The tree of boxes and the edges between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree {
    /// How many groups there are; boxes below this number are groups.
    pub groups: usize,
    /// The number of the page.
    pub root: usize,
    /// The box around each box; the root is its own.
    pub parent: Vec<usize>,
    /// What stands directly in each box, in the order of the graph or the one pinned.
    pub children: Vec<Vec<usize>>,
    /// How many boxes stand around each.
    pub depth: Vec<usize>,
    /// Groups and the root, the inner ones before the outer ones.
    pub inner_first: Vec<usize>,
    /// The ends of every edge whose ends exist.
    pub ends: Vec<Option<(usize, usize)>>,
}

impl Tree {
    /// Reads the tree of a graph and mends what cannot be: groups within themselves, ends that are not there.
    pub(super) fn new(graph: &Graph) -> Tree {
        let groups = graph.groups.len();
        let root = groups + graph.leaves.len();
        let held = |parent: Option<usize>| parent.filter(|at| *at < groups).unwrap_or(root);
        let mut parent: Vec<usize> = graph.groups.iter().map(|group| held(group.parent)).collect();
        for start in 0..groups {
            let (mut at, mut steps) = (parent[start], 1);
            while at != root && at != start && steps <= DEEPEST {
                at = parent[at];
                steps += 1;
            }
            if at != root {
                parent[start] = root;
            }
        }
        parent.extend(graph.leaves.iter().map(|leaf| held(leaf.parent)));
        parent.push(root);
        let mut tree = Tree { groups, root, parent, ..Tree::default() };
        tree.children = vec![Vec::new(); root + 1];
        // Leaves and groups are told apart by number only, so the order of the graph is groups, then leaves.
        for child in 0..root {
            tree.children[tree.parent[child]].push(child);
        }
        for (at, group) in graph.groups.iter().enumerate().filter(|(_, group)| !group.order.is_empty()) {
            let pinned: Vec<usize> = group.order.iter().filter_map(|end| tree.number(*end)).collect();
            let place = |child: &usize| pinned.iter().position(|other| other == child).unwrap_or(usize::MAX);
            tree.children[at].sort_by_key(place);
        }
        tree.depth = vec![0; root + 1];
        let mut open = vec![root];
        while let Some(at) = open.pop() {
            tree.inner_first.push(at);
            for index in 0..tree.children[at].len() {
                let child = tree.children[at][index];
                tree.depth[child] = tree.depth[at] + 1;
                if child < groups {
                    open.push(child);
                }
            }
        }
        tree.inner_first.reverse();
        tree.ends =
            graph.edges.iter().map(|edge| Some((tree.number(edge.source)?, tree.number(edge.target)?))).collect();
        tree
    }

    fn number(&self, end: End) -> Option<usize> {
        match end {
            End::Group(at) => (at < self.groups).then_some(at),
            End::Leaf(at) => Some(self.groups + at).filter(|at| *at < self.root),
        }
    }

    /// Whether a box is a group or the page.
    pub(super) fn holds(&self, at: usize) -> bool {
        at < self.groups || at == self.root
    }

    /// The innermost box in which the way between two boxes runs. For a box and itself that is the box around it.
    pub(super) fn meet(&self, a: usize, b: usize) -> usize {
        if a == b {
            return self.parent[a];
        }
        let (mut a, mut b) = (a, b);
        while a != b {
            if self.depth[a] >= self.depth[b] {
                a = self.parent[a];
            } else {
                b = self.parent[b];
            }
        }
        a
    }

    /// The child of a box that holds another box, or is it.
    pub(super) fn child_towards(&self, around: usize, inner: usize) -> usize {
        let mut at = inner;
        while at != self.root && self.parent[at] != around {
            at = self.parent[at];
        }
        at
    }

    /// Whether a box stands somewhere in another one, or is it.
    pub(super) fn within(&self, inner: usize, around: usize) -> bool {
        let mut at = inner;
        loop {
            if at == around {
                return true;
            }
            if at == self.root {
                return false;
            }
            at = self.parent[at];
        }
    }
}
