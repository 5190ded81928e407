//! Two states of a topology laid over each other: what came, what went, what became otherwise.

use super::{Change, Edge, Group, Node, Topology};
use crate::said;
use crate::source::Said;

impl Topology {
    /// This state with a later one laid over it. Boxes are the same where their identifiers are, and
    /// connections where their names are. The function says of a node whether it has become otherwise
    /// in what the drawing does not show.
    #[must_use]
    pub fn difference(&self, later: &Topology, is_changed: &dyn Fn(&str) -> bool) -> Topology {
        let mut both = later.clone();
        for node in &mut both.nodes {
            let before = self.nodes.iter().find(|other| other.id == node.id);
            let change = match before {
                None => Change::Added,
                Some(before) if is_changed(&node.id) || !is_same(before, node) => Change::Changed,
                Some(_) => Change::None,
            };
            mark(node, change);
            if let Some(before) = before {
                node.subtitle = became(&before.subtitle, &node.subtitle);
            }
        }
        for group in &mut both.groups {
            if let Some(before) = self.groups.iter().find(|other| other.id == group.id) {
                group.kind = became(&before.kind, &group.kind);
            }
        }
        for edge in &mut both.edges {
            edge.change = match self.edges.iter().find(|other| is_one(other, edge)) {
                None => Change::Added,
                Some(before) if before.label != edge.label || before.unencrypted != edge.unencrypted => Change::Changed,
                Some(before) if before.hard != edge.hard || before.from != edge.from || before.to != edge.to => {
                    Change::Changed
                }
                Some(_) => Change::None,
            };
        }
        both.nodes.extend(self.nodes.iter().filter(|node| !later.nodes.iter().any(|other| other.id == node.id)).map(
            |node| {
                let mut node = node.clone();
                mark(&mut node, Change::Removed);
                node
            },
        ));
        let gone = self.edges.iter().filter(|edge| !later.edges.iter().any(|other| is_one(other, edge)));
        both.edges.extend(gone.map(|edge| Edge { change: Change::Removed, ..edge.clone() }));
        both.add_homes(&self.groups);
        both
    }

    /// Groups that only what is gone stood in.
    fn add_homes(&mut self, before: &[Group]) {
        for group in before {
            let stands = |parent: &Option<String>| parent.as_deref() == Some(&group.id);
            let is_used = self.nodes.iter().any(|node| stands(&node.parent) && node.change == Change::Removed);
            if is_used && !self.groups.iter().any(|other| other.id == group.id) {
                self.groups.push(group.clone());
            }
        }
    }
}

/// What was said and what is: "service × 3 → 1". The words that stay are said once.
fn became(before: &Said, after: &Said) -> Said {
    if before == after || before.is_empty() || after.is_empty() {
        return after.clone();
    }
    Said::by(|lang| {
        let (before, after) = (before.get(lang), after.get(lang));
        let words = before.split_inclusive(' ').zip(after.split_inclusive(' '));
        let same: usize = words.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum();
        format!("{before} → {}", after.get(same..).unwrap_or(after))
    })
}

fn is_same(before: &Node, after: &Node) -> bool {
    let shown = |node: &Node| (node.title.clone(), node.subtitle.clone(), node.parent.clone(), node.role);
    shown(before) == shown(after)
}

fn is_one(before: &Edge, after: &Edge) -> bool {
    if before.id.is_empty() { (&before.from, &before.to) == (&after.from, &after.to) } else { before.id == after.id }
}

/// Marks a node, in words too.
fn mark(node: &mut Node, change: Change) {
    node.change = change;
    node.badges.extend(word(change));
}

fn word(change: Change) -> Option<Said> {
    match change {
        Change::None => None,
        Change::Added => Some(said!("+ added", "+ ajouté")),
        Change::Removed => Some(said!("− removed", "− retiré")),
        Change::Changed => Some(said!("~ changed", "~ changé")),
    }
}
