//! Which places of other tools' files hold secret values: those are hidden from every output.

use super::Stray;
use crate::design::credential::looks_like_one;
use crate::source::{Kind, Node, Said, Span};

/// Why a variable's value is taken for a secret.
pub fn because(name: &str, value: &str) -> Option<Said> {
    looks_like_one(name, value)
}

/// Whether a text holds something that is a secret by its own form.
pub fn in_text(text: &str) -> bool {
    looks_like_one("", text).is_some()
        || text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\'')).any(assigned)
}

/// `--password=…`, `PGPASSWORD=…`: a word that assigns a secret.
fn assigned(word: &str) -> bool {
    let Some((name, value)) = word.split_once(['=', ':']) else { return looks_like_one("", word).is_some() };
    looks_like_one(name.trim_start_matches('-'), value).is_some()
}

/// Every place of a document whose text must never be shown.
pub fn places(stray: &Stray) -> Vec<Span> {
    let mut found = Vec::new();
    let kind = stray.root.get("kind").and_then(Node::scalar).unwrap_or("");
    walk(&stray.root, kind, "", &mut found);
    found
}

fn walk(node: &Node, kind: &str, key: &str, found: &mut Vec<Span>) {
    match &node.kind {
        Kind::Scalar { text, .. } => {
            if because(key, text).is_some() || in_text(text) {
                found.push(node.span);
            }
        }
        Kind::List(items) => {
            for (i, item) in items.iter().enumerate() {
                // `--password`, `value`: the word after one that names a secret.
                let before = i.checked_sub(1).and_then(|before| items[before].scalar()).unwrap_or("");
                let named = before.starts_with('-') && item.scalar().is_some();
                let name = if named { before.trim_start_matches('-') } else { key };
                walk(item, kind, if item.scalar().is_some() && !named { "" } else { name }, found);
            }
        }
        Kind::Map(entries) => {
            // A list of Secrets within another object, and what `kubectl` keeps of a whole object.
            let own = node.get("kind").and_then(Node::scalar);
            let kind = if node.get("apiVersion").is_some() { own.unwrap_or(kind) } else { kind };
            let named = node.get("name").and_then(Node::scalar);
            for entry in entries {
                let secret = kind == "Secret" && matches!(entry.key.as_str(), "data" | "stringData")
                    || entry.key == "kubectl.kubernetes.io/last-applied-configuration";
                if secret {
                    hide_all(&entry.value, found);
                    continue;
                }
                // `{name: DB_PASSWORD, value: …}` names its value beside it.
                let key = if entry.key == "value" { named.unwrap_or("") } else { entry.key.as_str() };
                walk(&entry.value, kind, key, found);
            }
        }
    }
}

fn hide_all(node: &Node, found: &mut Vec<Span>) {
    match &node.kind {
        Kind::Scalar { .. } => found.push(node.span),
        Kind::List(items) => items.iter().for_each(|item| hide_all(item, found)),
        Kind::Map(entries) => entries.iter().for_each(|entry| hide_all(&entry.value, found)),
    }
}
