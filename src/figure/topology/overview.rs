//! An overview of a large topology: groups collapsed to boxes, parallel connections bundled and counted.

use std::collections::BTreeMap;

use super::{Change, Edge, Group, Node, NodeRole, NodeState, Topology, Wire};
use crate::said;
use crate::source::Said;

/// What can be said of two connections at once: what is plain or unknown of one is so of both.
fn worse(one: Wire, other: Wire) -> Wire {
    let weight = |wire: Wire| match wire {
        Wire::NotAsked => 0,
        Wire::Local => 1,
        Wire::Encrypted => 2,
        Wire::Unsaid => 3,
        Wire::Plain => 4,
    };
    if weight(other) > weight(one) { other } else { one }
}

/// How many protocols a bundle names before it only counts.
const NAMED: usize = 2;

impl Topology {
    /// The same with at most so many boxes, as far as groups allow: those that stand deepest become one
    /// box each, level by level. Nothing where there are no more boxes than that, or no groups.
    #[must_use]
    pub fn overview(&self, most: usize) -> Option<Topology> {
        if self.nodes.len() <= most {
            return None;
        }
        let depths: Vec<usize> = self.groups.iter().map(|group| self.depth(group)).collect();
        let deepest = depths.iter().copied().max()?;
        let mut found = None;
        for depth in (0..=deepest).rev() {
            let is_collapsed = |at: usize| depths[at] == depth;
            let overview = self.collapsed(&depths, depth, &is_collapsed);
            let is_small = overview.nodes.len() <= most;
            found = Some(overview);
            if is_small {
                break;
            }
        }
        found
    }

    /// How many groups a group stands in.
    fn depth(&self, group: &Group) -> usize {
        let (mut depth, mut at) = (0, group.parent.as_deref());
        while let Some(parent) = at.and_then(|id| self.groups.iter().find(|other| other.id == id)) {
            depth += 1;
            if depth > self.groups.len() {
                break;
            }
            at = parent.parent.as_deref();
        }
        depth
    }

    /// The same with the groups of a level as single boxes.
    fn collapsed(&self, depths: &[usize], depth: usize, is_collapsed: &dyn Fn(usize) -> bool) -> Topology {
        // Where everything is found: in the box of a collapsed group, or where it was.
        let mut homes: BTreeMap<&str, &str> = BTreeMap::new();
        let home = |parent: Option<&str>| {
            let mut at = parent;
            for _ in 0..=self.groups.len() {
                let (number, group) =
                    self.groups.iter().enumerate().find(|(_, group)| Some(group.id.as_str()) == at)?;
                if is_collapsed(number) {
                    return Some(group.id.as_str());
                }
                at = group.parent.as_deref();
            }
            None
        };
        for group in &self.groups {
            homes.insert(&group.id, home(Some(&group.id)).unwrap_or(&group.id));
        }
        for node in &self.nodes {
            homes.insert(&node.id, home(node.parent.as_deref()).unwrap_or(&node.id));
        }
        let mut out = Topology::default();
        for (at, group) in self.groups.iter().enumerate() {
            if is_collapsed(at) {
                out.nodes.push(self.boxed(group, &homes));
            } else if depths.get(at).is_some_and(|own| *own < depth) {
                out.groups.push(group.clone());
            }
        }
        out.nodes
            .extend(self.nodes.iter().filter(|node| homes.get(node.id.as_str()) == Some(&node.id.as_str())).cloned());
        out.edges = self.bundled(&homes);
        out
    }

    /// A group as one box, which says how much stands in it and how that is.
    fn boxed(&self, group: &Group, homes: &BTreeMap<&str, &str>) -> Node {
        let inside: Vec<&Node> =
            self.nodes.iter().filter(|node| homes.get(node.id.as_str()) == Some(&group.id.as_str())).collect();
        let count = inside.len();
        let kind = &group.kind;
        let words = if count == 1 {
            said!("1 component", "1 composant")
        } else {
            said!("{count} components", "{count} composants", count = count)
        };
        let subtitle = if kind.is_empty() { words } else { Said::join([kind, &words], " · ") };
        let singles = inside.iter().filter(|node| node.single_point.is_some()).count();
        let single = said!("single points: {n}", "points uniques : {n}", n = singles);
        let is_all = |state: NodeState| inside.iter().all(|node| node.state == state);
        let state = match () {
            () if is_all(NodeState::Normal) => NodeState::Normal,
            () if is_all(NodeState::Down) => NodeState::Down,
            () => NodeState::Degraded,
        };
        let change = if inside.iter().all(|node| node.change == Change::None) { Change::None } else { Change::Changed };
        Node {
            id: group.id.clone(),
            title: group.title.clone(),
            subtitle,
            parent: group.parent.clone(),
            role: if group.outside { NodeRole::External } else { NodeRole::Own },
            state,
            single_point: (singles > 0).then_some(single),
            change,
            fact: group.fact.clone(),
            ..Node::default()
        }
    }

    /// Connections between what is left; those between the same two boxes are one, with their number.
    fn bundled(&self, homes: &BTreeMap<&str, &str>) -> Vec<Edge> {
        let mut out: Vec<(Edge, usize, Vec<&str>)> = Vec::new();
        for edge in &self.edges {
            let (Some(from), Some(to)) = (homes.get(edge.from.as_str()), homes.get(edge.to.as_str())) else { continue };
            if from == to {
                continue;
            }
            let known = out.iter_mut().find(|(other, ..)| other.from == *from && other.to == *to);
            let (held, count, labels) = match known {
                Some(known) => known,
                None => {
                    let new = Edge { from: (*from).to_owned(), to: (*to).to_owned(), ..edge.clone() };
                    out.push((new, 0, Vec::new()));
                    let Some(last) = out.last_mut() else { continue };
                    last
                }
            };
            *count += 1;
            held.hard |= edge.hard;
            held.unencrypted |= edge.unencrypted;
            held.wire = worse(held.wire, edge.wire);
            if held.change != edge.change {
                held.change = Change::Changed;
            }
            if !edge.label.is_empty() && !labels.contains(&edge.label.as_str()) {
                labels.push(&edge.label);
            }
        }
        let named = |(mut edge, count, labels): (Edge, usize, Vec<&str>)| {
            if count > 1 {
                let names = if labels.len() <= NAMED { labels.join(", ") } else { String::new() };
                edge.label = format!("{count} × {names}").trim_end().to_owned();
                (edge.fact, edge.id) = (None, String::new());
            }
            edge
        };
        out.into_iter().map(named).collect()
    }
}
