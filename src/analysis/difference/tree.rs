//! What differs between two trees, leaf by leaf; and one tree with some of it taken over.

use crate::analysis::credentials::looks_like_one;
use crate::source::{Entry, Kind, Node};

/// One place at which two trees differ, from the root of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    /// The steps that lead there.
    pub(super) path: Vec<String>,
    /// What stood there, as it is written; nothing where there was nothing.
    pub(super) before: Option<String>,
    /// What stands there.
    pub(super) after: Option<String>,
}

/// Where two trees differ. Lists and what only one of them has are one place.
pub(super) fn differences(old: &Node, new: &Node) -> Vec<Leaf> {
    let mut found = Vec::new();
    walk(old, new, &mut Vec::new(), &mut found);
    found
}

fn walk(old: &Node, new: &Node, path: &mut Vec<String>, found: &mut Vec<Leaf>) {
    if let (Kind::Map(before), Kind::Map(after)) = (&old.kind, &new.kind) {
        for entry in before {
            path.push(entry.key.clone());
            match new.get(&entry.key) {
                Some(value) => walk(&entry.value, value, path, found),
                None => found.push(Leaf { path: path.clone(), before: Some(written(&entry.value, path)), after: None }),
            }
            path.pop();
        }
        for entry in after.iter().filter(|entry| old.get(&entry.key).is_none()) {
            path.push(entry.key.clone());
            found.push(Leaf { path: path.clone(), before: None, after: Some(written(&entry.value, path)) });
            path.pop();
        }
        return;
    }
    if !same(old, new) {
        found.push(Leaf { path: path.clone(), before: Some(written(old, path)), after: Some(written(new, path)) });
    }
}

/// Whether two values say the same, wherever they stand and however they are quoted.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Scalar { text: a, .. }, Kind::Scalar { text: b, .. }) => a == b,
        (Kind::List(a), Kind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Kind::Map(a), Kind::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|entry| b.iter().any(|other| other.key == entry.key && same(&entry.value, &other.value)))
        }
        _ => false,
    }
}

/// A value in one line, as YAML would be written; a credential is never written out.
pub(super) fn written(node: &Node, path: &[String]) -> String {
    match &node.kind {
        Kind::Scalar { text, .. } => {
            let in_env = path.iter().rev().nth(1).is_some_and(|step| step == "env");
            let secret = in_env && path.last().is_some_and(|key| looks_like_one(key, text).is_some());
            if secret { "•••".to_owned() } else { text.clone() }
        }
        Kind::List(items) => {
            let items: Vec<String> = items.iter().map(|item| written(item, path)).collect();
            format!("[{}]", items.join(", "))
        }
        Kind::Map(entries) => {
            let each = entries.iter().map(|entry| {
                let mut path = path.to_vec();
                path.push(entry.key.clone());
                format!("{}: {}", entry.key, written(&entry.value, &path))
            });
            format!("{{{}}}", each.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A tree with what stands at some paths taken over from another, or away where that has nothing.
pub(super) fn taking(tree: &Node, from: &Node, paths: &[Vec<String>]) -> Node {
    let mut tree = tree.clone();
    for path in paths {
        let value = from.at(path.iter().map(String::as_str));
        put(&mut tree, path, value, from);
    }
    tree
}

fn put(tree: &mut Node, path: &[String], value: Option<&Node>, from: &Node) {
    let Some((first, rest)) = path.split_first() else { return };
    let Kind::Map(entries) = &mut tree.kind else { return };
    let at = entries.iter().position(|entry| entry.key == *first);
    if rest.is_empty() {
        match (at, value) {
            (Some(at), Some(value)) => {
                if let Some(entry) = entries.get_mut(at) {
                    entry.value = value.clone();
                }
            }
            (Some(at), None) => drop(entries.remove(at)),
            (None, Some(value)) => {
                entries.push(Entry { key: first.clone(), key_span: value.span, value: value.clone() });
            }
            (None, None) => {}
        }
        return;
    }
    let inner = from.get(first);
    match (at.and_then(|at| entries.get_mut(at)), value) {
        (Some(entry), _) => put(&mut entry.value, rest, value, inner.unwrap_or(from)),
        (None, Some(value)) => {
            let mut block = Node { span: value.span, kind: Kind::Map(Vec::new()) };
            put(&mut block, rest, Some(value), inner.unwrap_or(from));
            entries.push(Entry { key: first.clone(), key_span: value.span, value: block });
        }
        (None, None) => {}
    }
}

/// How much two blocks say the same, from 0 to 1: leaves that are equal over all leaves.
pub(super) fn likeness(a: &Node, b: &Node) -> f64 {
    let (a, b) = (leaves(a), leaves(b));
    let common = a.iter().filter(|leaf| b.contains(leaf)).count();
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * common as f64 / all as f64 }
}

fn leaves(node: &Node) -> Vec<String> {
    match &node.kind {
        Kind::Map(entries) => {
            let each = entries.iter().flat_map(|entry| {
                leaves(&entry.value).into_iter().map(|leaf| format!("{}.{leaf}", entry.key)).collect::<Vec<_>>()
            });
            each.collect()
        }
        _ => vec![written(node, &[])],
    }
}
