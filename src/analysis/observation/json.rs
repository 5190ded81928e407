//! JSON as `kubectl` prints it: one object, several in a row, or the beginning of one.
//!
//! Only the keys that tell of a failure are kept. What stands under any other key (the environment,
//! annotations, a Secret's data) is passed over character by character and never becomes a value.

use crate::source::{Entry, FileId, Kind, Node, Span};

/// The keys whose values are kept.
const KEPT: [&str; 44] = [
    "kind",
    "items",
    "object",
    "type",
    "metadata",
    "name",
    "namespace",
    "creationTimestamp",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "spec",
    "nodeName",
    "status",
    "phase",
    "reason",
    "message",
    "note",
    "conditions",
    "lastTransitionTime",
    "containerStatuses",
    "initContainerStatuses",
    "ready",
    "restartCount",
    "state",
    "lastState",
    "waiting",
    "running",
    "terminated",
    "startedAt",
    "finishedAt",
    "involvedObject",
    "regarding",
    "firstTimestamp",
    "lastTimestamp",
    "eventTime",
    "series",
    "lastObservedTime",
    "count",
    "deprecatedFirstTimestamp",
    "deprecatedLastTimestamp",
    "deprecatedCount",
    "apiVersion",
    "started",
    "startTime",
];
/// The deepest nesting that is kept; a Pod's status is eight levels deep within a list.
const MAX_DEPTH: usize = 32;
/// The most values that are kept: some 60,000 events.
const MAX_VALUES: usize = 1_000_000;
/// The longest text that is kept, in bytes. What tells events apart stands at their beginning.
const MAX_TEXT: usize = 400;

/// What a text held.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Every value at the top, whole or as far as it goes.
    pub values: Vec<Node>,
    /// Where the first one breaks off, if one does, and whether that is the end of the text.
    pub broken: Option<(usize, bool)>,
    /// Whether there was more than is kept.
    pub too_much: bool,
}

/// Whether a text looks like JSON.
pub(super) fn looks_like(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{')
        || (text.starts_with('[') && !text[1..].trim_start().starts_with(|c: char| c.is_alphanumeric()))
}

/// Reads every value of a text that stands at a byte of a file.
pub(super) fn read(text: &str, file: FileId, offset: usize) -> Read {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, file, offset, values: 0, broken: None };
    let mut read = Read::default();
    loop {
        reader.blanks();
        if reader.at >= reader.bytes.len() || reader.values > MAX_VALUES {
            break;
        }
        reader.broken = None;
        read.values.extend(reader.value(0));
        let Some(at) = reader.broken else { continue };
        read.broken.get_or_insert((at, reader.at >= text.len()));
        // After a break, reading goes on where the next object starts on a line of its own.
        let from = floor(text, at.max(reader.at));
        match text[from..].find("\n{") {
            Some(next) => reader.at = from + next + 1,
            None => break,
        }
    }
    read.too_much = reader.values > MAX_VALUES;
    read
}

/// The text with every string that is no key as dots of the same length: safe to be shown.
pub(super) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('"') {
        out.push_str(&rest[..=open]);
        rest = &rest[open + 1..];
        let end = string_end(rest.as_bytes()).unwrap_or(rest.len());
        let is_key = rest.get(end + 1..).is_some_and(|after| after.trim_start().starts_with(':'));
        match is_key {
            true => out.push_str(&rest[..end]),
            // A dot for each byte keeps the places that follow where they were.
            false => out.extend(rest[..end].bytes().map(|b| if b == b'\n' { '\n' } else { '.' })),
        }
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix('"') {
            out.push('"');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// How many bytes of a string stand before its closing quotation mark.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    file: FileId,
    offset: usize,
    values: usize,
    broken: Option<usize>,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn span(&self, from: usize) -> Span {
        Span { file: self.file, start: (from + self.offset) as u32, end: (self.at.max(from) + self.offset) as u32 }
    }

    /// Says that the text breaks here; the place is the last one at which something still made sense.
    fn breaks(&mut self) {
        let at = floor(self.text, self.at.min(self.bytes.len()));
        self.broken.get_or_insert(at);
    }

    /// A value, as far as it goes.
    fn value(&mut self, depth: usize) -> Option<Node> {
        self.blanks();
        self.values += 1;
        let from = self.at;
        let kind = match self.bytes.get(self.at) {
            _ if self.values > MAX_VALUES => {
                self.breaks();
                return None;
            }
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                self.skip();
                return None;
            }
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Kind::Scalar { text: self.string()?, quoted: true },
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => Kind::Scalar { text: self.plain(), quoted: false },
            _ => {
                self.breaks();
                return None;
            }
        };
        Some(Node { span: self.span(from), kind })
    }

    fn map(&mut self, depth: usize) -> Kind {
        self.at += 1;
        let mut entries = Vec::new();
        while self.goes_on(b'}') {
            let from = self.at;
            let Some(key) = self.string() else { break };
            let key_span = self.span(from);
            self.blanks();
            if self.bytes.get(self.at) != Some(&b':') {
                self.breaks();
                break;
            }
            self.at += 1;
            if KEPT.contains(&key.as_str()) {
                if let Some(value) = self.value(depth + 1) {
                    entries.push(Entry { key, key_span, value });
                }
            } else {
                self.skip();
            }
        }
        Kind::Map(entries)
    }

    fn list(&mut self, depth: usize) -> Kind {
        self.at += 1;
        let mut items = Vec::new();
        while self.goes_on(b']') {
            items.extend(self.value(depth + 1));
        }
        Kind::List(items)
    }

    /// Whether another entry or item follows; takes the comma before it, or the closing bracket.
    fn goes_on(&mut self, closing: u8) -> bool {
        if self.broken.is_some() {
            return false;
        }
        self.blanks();
        match self.bytes.get(self.at) {
            Some(b) if *b == closing => {
                self.at += 1;
                false
            }
            Some(b',') => {
                self.at += 1;
                self.blanks();
                true
            }
            // The first entry has no comma before it; that others want one is not held.
            Some(_) => true,
            None => {
                self.breaks();
                false
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        if self.bytes.get(self.at) != Some(&b'"') {
            self.breaks();
            return None;
        }
        let from = self.at + 1;
        let Some(length) = string_end(&self.bytes[from..]) else {
            // Half a name or half a time would be a wrong one.
            self.breaks();
            self.at = self.bytes.len();
            return None;
        };
        self.at = from + length + 1;
        let raw = &self.text[from..from + length];
        Some(unescaped(&raw[..floor(raw, MAX_TEXT)]))
    }

    fn plain(&mut self) -> String {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)) {
            self.at += 1;
        }
        self.text[from..self.at.min(from + 40)].to_owned()
    }

    /// Passes over a value without keeping anything of it.
    fn skip(&mut self) {
        let mut depth = 0usize;
        loop {
            self.blanks();
            match self.bytes.get(self.at) {
                None => return self.breaks(),
                Some(b'{' | b'[') => depth += 1,
                Some(b'}' | b']') if depth == 0 => return,
                Some(b'}' | b']') => depth -= 1,
                Some(b'"') => match string_end(&self.bytes[self.at + 1..]) {
                    Some(length) => self.at += length + 1,
                    None => {
                        self.breaks();
                        self.at = self.bytes.len();
                        return;
                    }
                },
                Some(b',') if depth == 0 => return,
                Some(_) => {}
            }
            self.at += 1;
            let next = self.bytes.get(self.at);
            if depth == 0 && matches!(next, Some(b',' | b'}' | b']' | b'\n')) {
                return;
            }
        }
    }
}

/// A string after its escapes.
fn unescaped(raw: &str) -> String {
    if !raw.contains('\\') {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some('n' | 'r' | 't') => out.push(' '),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}
