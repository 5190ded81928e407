//! What was only renamed: recognised by how much it says the same, and renamed in the old workspace
//! before anything is compared, so that a new name is one line and no more.

use super::tree::likeness;
use crate::design::Workspace;
use crate::design::kinds;
use crate::design::profile;
use crate::design::reading::shape::{ShapeId, Shapes};
use crate::source::{Entry, Kind, Node};

/// A name that was given another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename {
    /// The design it is in; its new name.
    pub design: String,
    /// The block: `components`.
    pub block: String,
    /// What it was called.
    pub from: String,
    /// What it is called.
    pub to: String,
}

/// From how much likeness on two blocks are the same one renamed.
const ALIKE: f64 = 0.6;

/// The blocks of a design whose entries have names that others refer to.
const BLOCKS: [&str; 9] =
    ["components", "connections", "hosts", "clusters", "functions", "segments", "third_parties", "partitions", "sites"];

/// The old workspace with everything called as in the new one, and what that took.
pub(super) fn renamed(old: &Workspace, new: &Workspace) -> (Workspace, Vec<Rename>, Vec<(String, String)>) {
    let mut old = old.clone();
    let documents = documents(&mut old, new);
    let mut renames = Vec::new();
    let names: Vec<String> = old.designs.keys().cloned().collect();
    for name in names {
        let (Some(before), Some(after)) = (old.designs.get(&name), new.designs.get(&name)) else { continue };
        let mut root = before.root.clone();
        let mut found = Vec::new();
        for block in BLOCKS {
            for (from, to) in pairs(root.get(block), after.root.get(block)) {
                root = apply(&root, block, &from, &to);
                found.push(Rename { design: name.clone(), block: block.to_owned(), from, to });
            }
        }
        if !found.is_empty() && put(&mut old, &name, root) {
            // A variant's own names were renamed with its base's: one line for both.
            found.retain(|one: &Rename| {
                let known = |other: &&Rename| other.block == one.block && other.from == one.from && other.to == one.to;
                !renames.iter().any(|other| known(&other))
            });
            renames.extend(found);
        }
    }
    (old, renames, documents)
}

/// Puts another tree in the place of a design's; `false` where it does not read as one.
pub(super) fn put(workspace: &mut Workspace, name: &str, root: Node) -> bool {
    let Ok(value) = profile::design(&root, &workspace.config) else { return false };
    let Some(doc) = workspace.designs.get_mut(name) else { return false };
    doc.value = value;
    doc.root = root.clone();
    workspace.roots.insert(name.to_owned(), root);
    true
}

/// Designs that are there under another name.
fn documents(old: &mut Workspace, new: &Workspace) -> Vec<(String, String)> {
    let gone: Vec<String> = old.designs.keys().filter(|name| !new.designs.contains_key(*name)).cloned().collect();
    let come: Vec<String> = new.designs.keys().filter(|name| !old.designs.contains_key(*name)).cloned().collect();
    let mut pairs: Vec<(f64, String, String)> = Vec::new();
    for from in &gone {
        for to in &come {
            if let (Some(a), Some(b)) = (old.designs.get(from), new.designs.get(to)) {
                pairs.push((likeness(&a.root, &b.root), from.clone(), to.clone()));
            }
        }
    }
    let chosen = best(pairs);
    for (from, to) in &chosen {
        if let Some(mut doc) = old.designs.shift_remove(from) {
            doc.name = to.clone();
            doc.value.name.0 = to.clone();
            old.roots.remove(from);
            old.roots.insert(to.clone(), doc.root.clone());
            old.designs.insert(to.clone(), doc);
        }
    }
    chosen
}

/// The pairs that are alike enough, the most alike first, each name once.
fn best(mut pairs: Vec<(f64, String, String)>) -> Vec<(String, String)> {
    pairs.retain(|(alike, ..)| *alike >= ALIKE);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2))));
    let mut chosen: Vec<(String, String)> = Vec::new();
    for (_, from, to) in pairs {
        if chosen.iter().all(|(a, b)| *a != from && *b != to) {
            chosen.push((from, to));
        }
    }
    chosen
}

/// The entries of a block that only changed their name.
fn pairs(old: Option<&Node>, new: Option<&Node>) -> Vec<(String, String)> {
    let (Some(old), Some(new)) = (old, new) else { return Vec::new() };
    let mut pairs = Vec::new();
    for from in old.entries().iter().filter(|entry| new.get(&entry.key).is_none()) {
        for to in new.entries().iter().filter(|entry| old.get(&entry.key).is_none()) {
            let kind = |entry: &Entry| entry.value.get("kind").and_then(Node::scalar).map(str::to_owned);
            if kind(from) == kind(to) {
                pairs.push((likeness(&from.value, &to.value), from.key.clone(), to.key.clone()));
            }
        }
    }
    best(pairs)
}

/// A design with one entry renamed, wherever it is named.
fn apply(root: &Node, block: &str, from: &str, to: &str) -> Node {
    let Some(shapes) = kinds::kind("design").map(|kind| &kind.shapes) else { return root.clone() };
    let renaming = Renaming { shapes, block, from, to };
    let mut root = renaming.node(root, shapes.root);
    if let Kind::Map(entries) = &mut root.kind
        && let Some(named) = entries.iter_mut().find(|entry| entry.key == block)
        && let Kind::Map(entries) = &mut named.value.kind
    {
        for entry in entries.iter_mut().filter(|entry| entry.key == from) {
            entry.key = to.to_owned();
        }
    }
    root
}

struct Renaming<'a> {
    shapes: &'a Shapes,
    block: &'a str,
    from: &'a str,
    to: &'a str,
}

impl Renaming<'_> {
    fn node(&self, node: &Node, id: ShapeId) -> Node {
        let shape = self.shapes.get(id);
        let kind = match &node.kind {
            Kind::Scalar { text, quoted } => {
                let refers = shape.refers.iter().any(|target| target == self.block);
                let text = if refers && text == self.from { self.to.to_owned() } else { self.address(text) };
                Kind::Scalar { text, quoted: *quoted }
            }
            Kind::List(items) => match shape.list {
                Some(item) => Kind::List(items.iter().map(|node| self.node(node, item)).collect()),
                None => node.kind.clone(),
            },
            Kind::Map(entries) => match &shape.map {
                Some(map) => {
                    let keys = map.key_refers.iter().any(|target| target == self.block);
                    let each = entries.iter().map(|entry| {
                        let below = map.fields.get(&entry.key).map(|field| field.shape).or(map.named);
                        let value = below.map_or_else(|| entry.value.clone(), |below| self.node(&entry.value, below));
                        let key = if keys && entry.key == self.from { self.to.to_owned() } else { entry.key.clone() };
                        Entry { key, key_span: entry.key_span, value }
                    });
                    Kind::Map(each.collect())
                }
                None => node.kind.clone(),
            },
        };
        Node { span: node.span, kind }
    }

    /// An address within the design, such as a waiver's target.
    fn address(&self, text: &str) -> String {
        let old = format!("{}.{}", self.block, self.from);
        match text.strip_prefix(&old) {
            Some(rest) if rest.is_empty() || rest.starts_with('.') => format!("{}.{}{rest}", self.block, self.to),
            _ => text.to_owned(),
        }
    }
}
