//! A topology told in words, for who does not see it: what stands where, and what talks to what.

use super::{Change, Edge, Node, NodeState, Topology, Wire};
use crate::said;
use crate::source::{Lang, Said};

/// A sentence for every group with what stands in it, and one for every connection.
pub(super) fn told(topology: &Topology, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    let inside = |parent: Option<&str>| -> Vec<String> {
        topology.nodes.iter().filter(|node| home(topology, node) == parent).map(|node| boxed(node, lang)).collect()
    };
    for group in &topology.groups {
        let kind = group.kind.get(lang);
        let name = if kind.is_empty() { group.title.clone() } else { format!("{} ({kind})", group.title) };
        let name = match topology.groups.iter().find(|around| Some(&around.id) == group.parent.as_ref()) {
            Some(around) => {
                said!("{name} in {around}", "{name} dans {around}", around = around.title).get(lang).to_owned()
            }
            None => name,
        };
        let held = inside(Some(&group.id));
        if !held.is_empty() {
            out.push(said!("{name}: {held}", "{name} : {held}", held = held.join(", ")).get(lang).to_owned());
        }
    }
    let held = inside(None);
    if !held.is_empty() {
        let held = held.join(", ");
        out.push(said!("Elsewhere: {held}", "Ailleurs : {held}").get(lang).to_owned());
    }
    out.extend(topology.edges.iter().map(|edge| flow(topology, edge, lang)));
    out
}

/// The group that a node stands in, if it exists.
fn home<'a>(topology: &Topology, node: &'a Node) -> Option<&'a str> {
    node.parent.as_deref().filter(|id| topology.groups.iter().any(|group| group.id == *id))
}

fn boxed(node: &Node, lang: Lang) -> String {
    let state = match node.state {
        NodeState::Normal => None,
        NodeState::Degraded => Some(said!("degraded", "dégradé")),
        NodeState::Down => Some(said!("down", "à l’arrêt")),
    };
    let parts: Vec<&str> = std::iter::once(&node.subtitle)
        .chain(&node.single_point)
        .chain(&node.badges)
        .chain(&state)
        .map(|part| part.get(lang))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() { node.title.clone() } else { format!("{} ({})", node.title, parts.join(", ")) }
}

/// A connection with all that its line shows.
fn flow(topology: &Topology, edge: &Edge, lang: Lang) -> String {
    let name = |id: &str| {
        let node = topology.nodes.iter().find(|node| node.id == id).map(|node| node.title.as_str());
        let group = || topology.groups.iter().find(|group| group.id == id).map(|group| group.title.as_str());
        node.or_else(group).unwrap_or(id).to_owned()
    };
    let mut parts: Vec<Said> = Vec::new();
    if !edge.label.is_empty() {
        parts.push(Said::same(edge.label.clone()));
    }
    if edge.hard && edge.wire == Wire::NotAsked {
        parts.push(said!("cannot work without it", "ne peut s’en passer"));
    }
    match edge.wire {
        Wire::Encrypted => parts.push(said!("encrypted", "chiffré")),
        Wire::Unsaid => parts.push(said!("encryption not said", "chiffrement non précisé")),
        Wire::Plain => parts.push(said!("not encrypted", "non chiffré")),
        Wire::NotAsked if edge.unencrypted => parts.push(said!("not encrypted", "non chiffré")),
        Wire::NotAsked | Wire::Local => {}
    }
    match edge.change {
        Change::None => {}
        Change::Added => parts.push(said!("added", "ajouté")),
        Change::Removed => parts.push(said!("removed", "retiré")),
        Change::Changed => parts.push(said!("changed", "changé")),
    }
    let told: Vec<&str> = parts.iter().map(|part| part.get(lang)).collect();
    let (from, to) = (name(&edge.from), name(&edge.to));
    if told.is_empty() { format!("{from} → {to}") } else { format!("{from} → {to} ({})", told.join(", ")) }
}
