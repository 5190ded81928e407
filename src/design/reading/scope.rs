//! The names that a document may refer to, by the block that declares them.

use std::collections::BTreeMap;

use crate::source::Node;

/// Declared names by target: the key of a block (`clusters`), or one of the words below.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    names: BTreeMap<String, Vec<String>>,
    /// Targets about which not everything is known, because a document could not be read; an
    /// unknown name there would be a cascade and is not reported.
    pub open: Vec<String>,
}

/// The blocks of a design whose keys are names.
const BLOCKS: [&str; 14] = [
    "functions",
    "sites",
    "segments",
    "third_parties",
    "hosts",
    "partitions",
    "clusters",
    "components",
    "connections",
    "decisions",
    "exercises",
    "risks",
    "waivers",
    "secrets",
];

impl Scope {
    /// Adds names under a target.
    pub fn declare(&mut self, target: &str, names: impl IntoIterator<Item = String>) {
        self.names.entry(target.to_owned()).or_default().extend(names);
    }

    /// What is declared under a target.
    pub fn declared(&self, target: &str) -> &[String] {
        self.names.get(target).map_or(&[], Vec::as_slice)
    }

    /// The names of one design, on top of the workspace's.
    pub fn of_design(&self, root: &Node) -> Scope {
        let mut scope = self.clone();
        for block in BLOCKS {
            let keys = root.get(block).map(Node::entries).unwrap_or_default().iter().map(|entry| entry.key.clone());
            scope.declare(block, keys);
        }
        for site in root.get("sites").map(Node::entries).unwrap_or_default() {
            let zones = site.value.get("zones").map(Node::items).unwrap_or_default();
            scope.declare("zones", zones.iter().filter_map(Node::scalar).map(str::to_owned));
        }
        for cluster in root.get("clusters").map(Node::entries).unwrap_or_default() {
            let namespaces = cluster.value.get("namespaces").map(Node::entries).unwrap_or_default();
            scope.declare("namespaces", namespaces.iter().map(|entry| entry.key.clone()));
        }
        for block in ["clusters", "components"] {
            for holder in root.get(block).map(Node::entries).unwrap_or_default() {
                let holds = holder.value.get("holds").map(Node::items).unwrap_or_default();
                scope.declare("secrets", holds.iter().filter_map(Node::scalar).map(str::to_owned));
            }
        }
        scope
    }
}
