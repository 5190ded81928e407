//! Making a design's tree out of pieces of other trees, each with the place that it was said at.

use std::collections::BTreeSet;

use crate::source::{Entry, Kind, Node, Span};

/// A scalar that is said at a place.
pub fn text(span: Span, text: impl Into<String>) -> Node {
    Node { span, kind: Kind::Scalar { text: text.into(), quoted: false } }
}

/// The same scalar under the words of a design.
pub fn said(node: &Node, words: impl Into<String>) -> Node {
    text(node.span, words)
}

/// A list.
pub fn list(span: Span, items: Vec<Node>) -> Node {
    Node { span, kind: Kind::List(items) }
}

/// A mapping that is being made.
#[derive(Debug, Clone)]
pub struct Map {
    span: Span,
    entries: Vec<Entry>,
    keys: BTreeSet<String>,
}

impl Map {
    /// An empty mapping for what stands at a place.
    pub fn new(span: Span) -> Map {
        Map { span, entries: Vec::new(), keys: BTreeSet::new() }
    }

    /// With a value, whose key is taken to stand where the value does.
    pub fn with(mut self, key: &str, value: Node) -> Map {
        self.put(key, value);
        self
    }

    /// With a value where there is one.
    pub fn maybe(mut self, key: &str, value: Option<Node>) -> Map {
        if let Some(value) = value {
            self.put(key, value);
        }
        self
    }

    /// Adds a value; a key that is there already keeps its own.
    pub fn put(&mut self, key: &str, value: Node) {
        let span = value.span;
        self.put_at(key, span, value);
    }

    /// Adds a value whose key stands at a place.
    pub fn put_at(&mut self, key: &str, key_span: Span, value: Node) {
        if self.keys.insert(key.to_owned()) {
            self.entries.push(Entry { key: key.to_owned(), key_span, value });
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The mapping as a value.
    pub fn node(self) -> Node {
        Node { span: self.span, kind: Kind::Map(self.entries) }
    }

    /// The mapping as a value, where something is in it.
    pub fn some(self) -> Option<Node> {
        (!self.is_empty()).then(|| self.node())
    }
}
