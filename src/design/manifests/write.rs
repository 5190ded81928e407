//! A design's tree as YAML that a person goes on with: every fact with the place it came from.

use crate::source::{Kind, Node, Sources, Span};

/// Keys whose values are text whatever they look like.
const TEXTS: [&str; 12] =
    ["env", "image", "exec", "http", "class", "key", "product", "protocol", "host", "tool", "kernel", "title"];

/// Writes a tree. The place of a value stands behind it where it is another line than the one
/// around it.
pub fn write(root: &Node, sources: &Sources) -> String {
    let mut writer = Writer { sources, out: String::new() };
    writer.entries(root, 0, false, root.span);
    writer.out
}

struct Writer<'a> {
    sources: &'a Sources,
    out: String,
}

impl Writer<'_> {
    fn entries(&mut self, node: &Node, depth: usize, texts: bool, around: Span) {
        for entry in node.entries() {
            self.out.push_str(&"  ".repeat(depth));
            self.out.push_str(&key(&entry.key));
            self.out.push(':');
            let texts = texts || TEXTS.contains(&entry.key.as_str());
            match &entry.value.kind {
                Kind::Scalar { text, .. } => {
                    self.out.push(' ');
                    self.out.push_str(&scalar(text, texts));
                    self.place(entry.value.span, around, depth);
                }
                Kind::List(items) => self.list(items, texts, entry.value.span, around, depth),
                Kind::Map(entries) if entries.is_empty() => {
                    self.out.push_str(" {}");
                    self.place(entry.value.span, around, depth);
                }
                Kind::Map(_) => {
                    let span = entry.key_span;
                    self.place(span, around, depth);
                    self.entries(&entry.value, depth + 1, texts, span);
                }
            }
        }
    }

    fn list(&mut self, items: &[Node], texts: bool, span: Span, around: Span, depth: usize) {
        let words: Vec<String> = items.iter().map(|item| scalar(item.scalar().unwrap_or(""), texts)).collect();
        self.out.push_str(&format!(" [{}]", words.join(", ")));
        self.place(items.first().map_or(span, |item| item.span), around, depth);
    }

    /// Ends a line; says where its fact came from, in what a component or a connection says.
    fn place(&mut self, span: Span, around: Span, depth: usize) {
        let line = self.sources.start(span).line;
        if depth == 1 || (depth > 1 && span.file != around.file) {
            self.out.push_str(&format!("  # {}:{line}", self.sources.file(span.file).path));
        } else if depth > 1 && line != self.sources.start(around).line {
            self.out.push_str(&format!("  # line {line}"));
        }
        self.out.push('\n');
    }
}

fn key(text: &str) -> String {
    let plain = !text.is_empty()
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && !ambiguous(text);
    if plain { text.to_owned() } else { quoted(text) }
}

fn scalar(text: &str, is_text: bool) -> String {
    let safe = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, ' ' | '_' | '-' | '.' | '/' | ':' | '@' | '%' | '(' | ')' | '+' | '=' | '~' | '$' | ';')
    };
    let wrong = text.ends_with([' ', ':']) || text.contains(": ") || (is_text && ambiguous(text));
    let plain = text.chars().all(safe)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '(' | '_' | '.'))
        && !wrong;
    if plain { text.to_owned() } else { quoted(text) }
}

/// Whether a plain text would be read as a number, a truth value, nothing, or a quantity.
fn ambiguous(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "~" | "y" | "n")
        || text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))
}

/// A text between quotation marks, as JSON and so YAML write it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
