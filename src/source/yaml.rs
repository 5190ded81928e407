//! YAML text into trees, with every syntax error of a file and the budgets that keep hostile
//! input from costing unbounded time or memory.

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError};

use super::diagnostic::Diagnostic;
use super::file::{FileId, Sources, Span};
use super::said::Said;
use super::tree::{Entry, Kind, Node};
use crate::said;

/// The largest file that is read, in bytes. The largest real manifest collection that was measured
/// is 6 MB in all its files together; a single file ten times as large is no description.
pub const MAX_BYTES: usize = 64 << 20;
/// The deepest nesting. Real documents stay under 30; custom resource definitions reach 60.
pub const MAX_DEPTH: usize = 200;
/// The most values in one file, those that aliases repeat included.
pub const MAX_NODES: usize = 2_000_000;

/// One document of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The tree; `None` for an empty document.
    pub root: Option<Node>,
    /// Whether a syntax error cut it short, so that nothing is known of it.
    pub broken: bool,
}

/// Reads every document of a file. After a syntax error reading goes on at the next `---`.
pub fn read(sources: &Sources, file: FileId) -> (Vec<Document>, Vec<Diagnostic>) {
    let text = &sources.file(file).text;
    read_text(text, file, 0)
}

/// Reads YAML that stands inside another text: `text` starts at byte `offset` of the file.
pub fn read_text(text: &str, file: FileId, offset: usize) -> (Vec<Document>, Vec<Diagnostic>) {
    let mut reader = Reader {
        text,
        file,
        offset,
        nodes: 0,
        open: Vec::new(),
        root: None,
        anchors: Vec::new(),
        documents: Vec::new(),
        diagnostics: Vec::new(),
    };
    if text.len() > MAX_BYTES {
        let span = reader.span(0..0);
        reader.diagnostics.push(Diagnostic::error(
            "syntax/too-large",
            span,
            said!(
                "this file is larger than {mib} MiB and was not read",
                "ce fichier dépasse {mib} Mio et n’a pas été lu",
                mib = MAX_BYTES >> 20
            ),
        ));
        return (Vec::new(), reader.diagnostics);
    }
    reader.run();
    (reader.documents, reader.diagnostics)
}

enum Open {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<(String, Span)> },
}

struct Level {
    start: usize,
    anchor: usize,
    open: Open,
}

struct Reader<'a> {
    text: &'a str,
    file: FileId,
    offset: usize,
    nodes: usize,
    open: Vec<Level>,
    root: Option<Node>,
    anchors: Vec<(usize, Node, usize)>,
    documents: Vec<Document>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span { file: self.file, start: (range.start + self.offset) as u32, end: (range.end + self.offset) as u32 }
    }

    fn run(&mut self) {
        let mut options = Options::default();
        options.flow_nesting_limit = MAX_DEPTH;
        options.block_nesting_limit = MAX_DEPTH;
        let mut parser = Parser::new_from_str_with_options(self.text, options);
        let mut said_broken = false;
        loop {
            match parser.next_event() {
                None => break,
                Some(Ok((event, span))) => {
                    let range = span.byte_range().unwrap_or(0..0);
                    if matches!(event, Event::DocumentStart(..)) {
                        said_broken = false;
                    }
                    if !self.event(event, range.clone()) {
                        self.diagnostics.push(Diagnostic::error(
                            "syntax/too-many-values",
                            self.span(range.start..range.start),
                            said!(
                                "more than {n} values, repeated ones included: the rest of the file was not read",
                                "plus de {n} valeurs, répétitions comprises : la suite du fichier n’a pas été lue",
                                n = MAX_NODES
                            ),
                        ));
                        break;
                    }
                }
                Some(Err(error)) => {
                    // A second error before the next document would only repeat the first one.
                    if !said_broken {
                        let diagnostic = self.explain(&error);
                        self.diagnostics.push(diagnostic);
                    }
                    said_broken = true;
                    self.open.clear();
                    self.root = None;
                    self.documents.push(Document { root: None, broken: true });
                    if !matches!(parser.proceed_next_document(), Ok(true)) {
                        break;
                    }
                }
            }
        }
    }

    /// Takes one event; `false` once the budget is used up.
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) -> bool {
        match event {
            Event::DocumentStart(..) => {
                self.root = None;
                self.anchors.clear();
            }
            Event::DocumentEnd => {
                let root = self.root.take().filter(|node| !node.is_null());
                self.documents.push(Document { root, broken: false });
                // An empty document costs something too.
                self.nodes += 1;
                return self.nodes <= MAX_NODES;
            }
            Event::Scalar(text, style, anchor, _) => {
                let quoted = style != ScalarStyle::Plain;
                let node = Node { span: self.span(range), kind: Kind::Scalar { text: text.into_owned(), quoted } };
                return self.close(node, anchor, 1);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open.push(Level { start: range.start, anchor, open: Open::List(Vec::new()) });
            }
            Event::MappingStart(_, anchor, _) => {
                self.open.push(Level {
                    start: range.start,
                    anchor,
                    open: Open::Map { entries: Vec::new(), key: None },
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(level) = self.open.pop() else { return true };
                // A block collection's end event stands after the line break; its last child is
                // where it really ends.
                let kind = match level.open {
                    Open::List(items) => Kind::List(items),
                    Open::Map { entries, .. } => Kind::Map(entries),
                };
                let inner = match &kind {
                    Kind::List(items) => items.last().map(|node| node.span.end),
                    Kind::Map(entries) => entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end)),
                    Kind::Scalar { .. } => None,
                };
                let closing = self.text.get(range.clone()).is_some_and(|text| text.ends_with([']', '}']));
                let span = self.span(level.start..range.end);
                let end = if closing { span.end } else { inner.unwrap_or(span.end) };
                return self.close(Node { span: Span { end: end.max(span.start), ..span }, kind }, level.anchor, 1);
            }
            Event::Alias(id) => {
                let Some((_, node, size)) = self.anchors.iter().rev().find(|(anchor, ..)| *anchor == id) else {
                    let span = self.span(range);
                    return self.close(Node { span, kind: Kind::Scalar { text: String::new(), quoted: false } }, 0, 1);
                };
                let (node, size) = (node.clone(), *size);
                return self.close(node, 0, size);
            }
            _ => {}
        }
        true
    }

    /// Puts a finished value where it belongs.
    fn close(&mut self, node: Node, anchor: usize, size: usize) -> bool {
        self.nodes += size;
        if self.nodes > MAX_NODES {
            return false;
        }
        if anchor > 0 {
            let size = count(&node);
            self.anchors.push((anchor, node.clone(), size));
        }
        match self.open.last_mut().map(|level| &mut level.open) {
            None => self.root = Some(node),
            Some(Open::List(items)) => items.push(node),
            Some(Open::Map { entries, key }) => match key.take() {
                None => {
                    let text = node.scalar().unwrap_or("?").to_owned();
                    *key = Some((text, node.span));
                }
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
            },
        }
        true
    }

    fn explain(&self, error: &ScanError) -> Diagnostic {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        let end = self.text[at..].chars().next().filter(|c| *c != '\n').map_or(at, |c| at + c.len_utf8());
        let (code, message, help) = words(error.kind(), &error.info());
        let mut diagnostic = Diagnostic::error(code, self.span(at..end), message)
            .label(said!("the rest of this document was not read", "la suite de ce document n’a pas été lue"));
        diagnostic.help = help;
        diagnostic
    }
}

fn count(node: &Node) -> usize {
    1 + match &node.kind {
        Kind::Scalar { .. } => 0,
        Kind::List(items) => items.iter().map(count).sum(),
        Kind::Map(entries) => entries.iter().map(|entry| 1 + count(&entry.value)).sum(),
    }
}

/// The parser's error in the words of both languages, with what to do about it.
fn words(kind: &ErrorKind, info: &str) -> (&'static str, Said, Option<Said>) {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => (
            "syntax/tab",
            said!("a tab where YAML asks for spaces", "une tabulation là où YAML exige des espaces"),
            Some(said!("indent with spaces", "indentez avec des espaces")),
        ),
        E::MismatchedFlowCollectionEnd { open, close } => (
            "syntax/bracket",
            said!("`{open}` is closed by `{close}`", "`{open}` est fermé par `{close}`"),
            Some(brackets()),
        ),
        E::UnclosedFlowCollection { open } => {
            ("syntax/bracket", said!("`{open}` is never closed", "`{open}` n’est jamais fermé"), Some(brackets()))
        }
        E::MisplacedFlowCollectionEnd => (
            "syntax/bracket",
            said!("nothing opened this bracket", "rien n’a ouvert ce crochet ou cette accolade"),
            Some(brackets()),
        ),
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::BlockEntryInFlowCollection => (
            "syntax/bracket",
            said!(
                "a bracket or a comma is missing before this",
                "il manque un crochet, une accolade ou une virgule avant ceci"
            ),
            Some(brackets()),
        ),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => {
            ("syntax/quote", said!("a quotation mark is never closed", "un guillemet n’est jamais fermé"), None)
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "syntax/quote",
            said!(
                "the text ended at its quotation mark, and something follows",
                "le texte finit à son guillemet, et quelque chose suit"
            ),
            Some(said!(
                "double a quotation mark inside single quotes; put a backslash before one inside double quotes",
                "doublez l’apostrophe dans un texte entre apostrophes ; mettez une barre oblique inverse devant un guillemet droit"
            )),
        ),
        E::InvalidQuotedScalarIndent => (
            "syntax/quote",
            said!(
                "a text in quotation marks goes on too far to the left",
                "un texte entre guillemets continue trop à gauche"
            ),
            None,
        ),
        E::UnknownQuotedScalarEscape => (
            "syntax/quote",
            said!("a backslash before this means nothing", "une barre oblique inverse devant ceci ne veut rien dire"),
            Some(said!(
                "double the backslash, or use single quotes",
                "doublez la barre oblique inverse, ou utilisez des apostrophes"
            )),
        ),
        E::UnexpectedCharacter { character } => (
            "syntax/yaml",
            said!("a text cannot start with `{character}`", "un texte ne peut pas commencer par `{character}`"),
            Some(said!("put it in quotes", "mettez-le entre guillemets")),
        ),
        E::UnknownAnchor => (
            "syntax/anchor",
            said!("this alias names no anchor of this document", "cet alias ne désigne aucune ancre de ce document"),
            Some(said!(
                "put quotes around a text that starts with `*`",
                "mettez entre guillemets un texte qui commence par `*`"
            )),
        ),
        E::RecursionLimitExceeded => (
            "syntax/too-deep",
            said!("nested more than {n} deep", "plus de {n} niveaux d’imbrication", n = MAX_DEPTH),
            None,
        ),
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::BlockSequenceEntryNotAllowed
        | E::MappingKeyNotAllowed
        | E::MappingValueNotAllowed
        | E::SimpleKeyExpected
        | E::InvalidSimpleKey => (
            "syntax/indentation",
            said!("this line does not fit the lines above it", "cette ligne ne s’accorde pas avec celles du dessus"),
            Some(said!(
                "a key ends in `: ` and stands exactly under its neighbours; a text that contains `: ` needs quotes",
                "une clé finit par `: ` et s’aligne exactement sous ses voisines ; un texte qui contient `: ` demande des guillemets"
            )),
        ),
        // What else there is concerns directives and tags, which no document here has.
        _ => ("syntax/yaml", said!("this is not YAML: {info}", "ce n’est pas du YAML ({info})"), None),
    }
}

fn brackets() -> Said {
    said!(
        "every `[` needs its `]`, every `{{` its `}}`, and commas between the items",
        "chaque `[` demande son `]`, chaque `{{` son `}}`, et des virgules entre les éléments"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Sources, Vec<Document>, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let id = sources.add("t.yaml", text);
        let (documents, diagnostics) = read(&sources, id);
        (sources, documents, diagnostics)
    }

    #[test]
    fn spans_are_exact() {
        let (sources, documents, diagnostics) = parse("a: é\nb:\n  - {c: 1.30}\n  - \"x\"\n");
        assert!(diagnostics.is_empty());
        let root = documents[0].root.as_ref().unwrap();
        let c = root.at(["b", "0", "c"]).unwrap();
        assert_eq!(sources.text(c.span), "1.30");
        assert_eq!((sources.start(c.span).line, sources.start(c.span).column), (3, 9));
        assert_eq!(sources.text(root.get("b").unwrap().span), "- {c: 1.30}\n  - \"x\"");
    }

    #[test]
    fn a_broken_document_does_not_hide_the_next() {
        let (_, documents, diagnostics) = parse("a: [1, 2\n---\nb: 1\n---\nc: }\n");
        assert_eq!(diagnostics.len(), 2);
        assert_eq!(documents.iter().map(|d| d.broken).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn tabs_are_named() {
        let (_, _, diagnostics) = parse("a:\n\tb: 1\n");
        assert_eq!(diagnostics[0].code, "syntax/tab");
    }

    #[test]
    fn bombs_end_in_a_diagnostic() {
        let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for i in 1..9 {
            let refs = vec![format!("*a{}", i - 1); 10].join(", ");
            text.push_str(&format!("a{i}: &a{i} [{refs}]\n"));
        }
        let (_, _, diagnostics) = parse(&text);
        assert_eq!(diagnostics[0].code, "syntax/too-many-values");
        let (_, _, diagnostics) = parse(&"[".repeat(100_000));
        assert_eq!(diagnostics.len(), 1);
    }
}
