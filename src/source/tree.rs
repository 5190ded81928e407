//! A document as a small tree that remembers where every key and value stands.

use super::file::Span;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where the value stands; empty values have no width.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The three shapes of YAML.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A word, number or text.
    Scalar {
        /// The text after escapes; for a plain scalar this is the source text, so `1.30` stays `1.30`.
        text: String,
        /// Whether it stands in quotes or in a block, and so is a text whatever it looks like.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order of the text.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The key and value, if this is a mapping that has the key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar.
    pub fn scalar(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing stands here: `key:` with no value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar { text, quoted: false }
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The value at a path of keys, and names or positions in lists.
    ///
    /// An item of a list is addressed by its `name`, `kind`, `measure` or `fact`, else by its
    /// own text, else by its position from 0.
    pub fn at<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Option<&Node> {
        let mut node = self;
        for step in path {
            node = match &node.kind {
                Kind::Map(_) => node.get(step)?,
                Kind::List(items) => items.iter().enumerate().find(|(i, item)| item.is_at(*i, step))?.1,
                Kind::Scalar { .. } => return None,
            };
        }
        Some(node)
    }

    /// Whether an item of a list is called so in a path.
    fn is_at(&self, position: usize, step: &str) -> bool {
        match &self.kind {
            Kind::Scalar { text, .. } => text == step,
            _ => self.own_name().map_or_else(|| position.to_string() == step, |name| name == step),
        }
    }

    /// What an item of a list that is no scalar says of itself first.
    fn own_name(&self) -> Option<&str> {
        ["name", "kind", "measure", "fact"].iter().find_map(|key| self.get(key)?.scalar())
    }

    /// What an item of a list is called in a path.
    pub fn address(&self, position: usize) -> String {
        match &self.kind {
            Kind::Scalar { text, .. } => text.clone(),
            _ => self.own_name().map_or_else(|| position.to_string(), str::to_owned),
        }
    }
}
