//! An Eclipse Ankaios state: workloads on the agents of a vehicle's computers, as a design.

use std::collections::{BTreeMap, BTreeSet};

use super::compose::word;
use super::design::{Draft, head};
use super::image;
use super::names::{kebab, unique};
use super::pieces::{Map, list, said, text};
use crate::said;
use crate::source::{Entry, Kind, Node, Span, read_text};

/// A state.
#[derive(Debug, Clone)]
pub struct State {
    /// Its tree.
    pub root: Node,
}

/// Reads a state.
pub fn read(root: Node) -> State {
    State { root }
}

impl State {
    /// Its workloads.
    pub fn workloads(&self) -> impl Iterator<Item = &Entry> {
        let node = self.root.get("desiredState").unwrap_or(&self.root);
        let entries = node.get("workloads").map(Node::entries).unwrap_or_default();
        entries.iter().filter(|entry| matches!(entry.value.kind, Kind::Map(_)))
    }
}

/// The design of a state: a host group for each agent.
pub fn draft(state: &State, name: &str, start: Span) -> Draft {
    let mut taken = BTreeMap::new();
    let names: BTreeMap<&str, String> =
        state.workloads().map(|entry| (entry.key.as_str(), unique(&kebab(&entry.key), &mut taken))).collect();
    let mut agents: BTreeMap<String, Span> = BTreeMap::new();
    let mut components = Map::new(start);
    let mut connections = Map::new(start);
    for entry in state.workloads() {
        let component = &names[entry.key.as_str()];
        let node = &entry.value;
        let agent = node.get("agent").filter(|agent| agent.scalar().is_some_and(|text| !text.is_empty()));
        let host = agent.and_then(Node::scalar).map_or_else(|| "agent".to_owned(), |agent| named(&kebab(agent)));
        let at = agent.map_or(entry.key_span, |node| node.span);
        agents.entry(host.clone()).or_insert(at);
        let image = runtime_image(node);
        let product = image.as_ref().and_then(|image| image::product(image.scalar()?));
        let mut map = Map::new(entry.key_span);
        map.put("kind", text(entry.key_span, product.map_or("service", |(_, kind)| word(kind))));
        if let Some((name, _)) = product {
            map.put("product", text(entry.key_span, name));
        }
        map.put("runs_on", text(at, host));
        if let Some(image) = image {
            map.put("image", image);
        }
        if let Some(policy) = node.get("restartPolicy").or_else(|| node.get("restart")) {
            let word = match policy.scalar().unwrap_or("") {
                "ALWAYS" | "true" => "always",
                "ON_FAILURE" => "on-failure",
                _ => "never",
            };
            map.put("restart", said(policy, word));
        }
        components.put_at(component, entry.key_span, map.node());
        let mut met = BTreeSet::new();
        for dependency in node.get("dependencies").map(Node::entries).unwrap_or_default() {
            let Some(to) = names.get(dependency.key.as_str()).filter(|to| met.insert((*to).clone())) else { continue };
            let span = dependency.key_span;
            let flow = Map::new(span)
                .with("from", text(span, component.clone()))
                .with("to", text(span, to.clone()))
                .with("protocol", text(span, "not said"))
                .with("needs", said(&dependency.value, "at-start"));
            connections.put_at(&format!("{component}-to-{to}"), span, flow.node());
        }
    }
    let mut root = head(name, "automotive", start);
    let mut hosts = Map::new(start);
    for (host, span) in &agents {
        hosts.put_at(host, *span, Map::new(*span).with("count", text(*span, "1")).node());
    }
    if let Some(hosts) = hosts.some() {
        root.put("hosts", hosts);
        root.put("components", components.node());
    }
    if let Some(connections) = connections.some() {
        root.put("connections", connections);
    }
    let _ = list;
    Draft {
        root: root.node(),
        assumed: vec![(
            "hosts".to_owned(),
            said!(
                "one computer for each agent: a state names agents only",
                "un calculateur par agent : un état ne nomme que des agents"
            ),
        )],
        unanswered: vec![
            said!(
                "which partitions, cores and operating systems do the agents stand on (`hosts`, `partitions`)?",
                "sur quelles partitions, quels cœurs et quels systèmes sont les agents (`hosts`, `partitions`) ?"
            ),
            said!(
                "which workloads are safety-relevant, with which integrity level and FTTI (`safety`, `asil`)?",
                "quelles charges touchent à la sécurité, avec quel niveau d’intégrité et quel FTTI (`safety`, `asil`) ?"
            ),
            said!(
                "how is it updated and rolled back (`over_the_air`)?",
                "comment est-il mis à jour et rétabli (`over_the_air`) ?"
            ),
        ],
        redacted: Vec::new(),
    }
}

/// The host group of an agent, which many states call an agent already.
fn named(agent: &str) -> String {
    if agent.starts_with("agent") { agent.to_owned() } else { format!("agent-{agent}") }
}

/// The image in a workload's runtime configuration, which is YAML within YAML.
fn runtime_image(node: &Node) -> Option<Node> {
    let config = node.get("runtimeConfig")?;
    let (documents, _) = read_text(config.scalar()?, config.span.file, 0);
    let root = documents.into_iter().find_map(|document| document.root)?;
    let image = root.get("image")?.scalar()?.to_owned();
    Some(text(config.span, image))
}
