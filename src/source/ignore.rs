//! Waivers as comments: `# epure-ignore RULE until=2026-12-31 reason=…` at the line it is about.
//!
//! A comment after something on its line is about what starts on that line; a comment on a line of
//! its own is about what starts on the next one: a key with all that is under it, an item of a list,
//! or, above the first key of a document, the whole document.

use std::ops::Range;

use super::file::{FileId, Sources, Span};
use super::tree::{Kind, Node};
use super::yaml::read;

/// The word after the `#`.
const WORD: &str = "epure-ignore";

/// One such comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// The comment.
    pub span: Span,
    /// The codes of rules, with `*` for any part, each with its place.
    pub rules: Vec<(String, Span)>,
    /// The last day, as it is written.
    pub until: Option<(String, Span)>,
    /// Why.
    pub reason: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// A key that is none of the three, with its place.
    pub unknown: Option<(String, Span)>,
    /// The bytes of the file that it is about.
    pub covers: Range<usize>,
}

impl Ignore {
    /// Whether it is about a place.
    pub fn is_about(&self, span: Span) -> bool {
        span.file == self.span.file && self.covers.contains(&(span.start as usize))
    }
}

/// Every such comment of a file, in the order of the text.
pub fn ignores(sources: &Sources, file: FileId) -> Vec<Ignore> {
    let text = &sources.file(file).text;
    if !text.contains(WORD) {
        return Vec::new();
    }
    let roots: Vec<Node> = read(sources, file).0.into_iter().filter_map(|document| document.root).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(hash) = comment(line)
            && !roots.iter().any(|root| in_scalar(root, start + hash))
        {
            let alone = line[..hash].trim().is_empty();
            let about = if alone { next_line(text, start + line.len()) } else { Some(start..start + line.len()) };
            let covers = about.and_then(|line| roots.iter().find_map(|root| starting_on(root, &line)));
            found.push(parse(line[hash..].trim_end(), file, start + hash, covers.unwrap_or(0..0)));
        }
        start += line.len();
    }
    found
}

/// Where such a comment starts in a line.
fn comment(line: &str) -> Option<usize> {
    line.match_indices('#').map(|(at, _)| at).find(|at| {
        let own = *at == 0 || line[..*at].ends_with([' ', '\t']);
        let rest = line[at + 1..].trim_start();
        own && rest.strip_prefix(WORD).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    })
}

fn in_scalar(node: &Node, at: usize) -> bool {
    match &node.kind {
        Kind::Scalar { .. } => node.span.range().contains(&at),
        Kind::List(items) => items.iter().any(|item| in_scalar(item, at)),
        Kind::Map(entries) => {
            entries.iter().any(|entry| entry.key_span.range().contains(&at) || in_scalar(&entry.value, at))
        }
    }
}

/// The next line that holds something.
fn next_line(text: &str, mut start: usize) -> Option<Range<usize>> {
    for line in text.get(start..)?.split_inclusive('\n') {
        let trimmed = line.trim();
        if !(trimmed.is_empty() || trimmed.starts_with(['#', '%']) || trimmed == "---") {
            return Some(start..start + line.len());
        }
        start += line.len();
    }
    None
}

/// The outermost thing that starts on a line.
fn starting_on(root: &Node, line: &Range<usize>) -> Option<Range<usize>> {
    if line.contains(&(root.span.start as usize)) { Some(root.span.range()) } else { within(root, line) }
}

fn within(node: &Node, line: &Range<usize>) -> Option<Range<usize>> {
    match &node.kind {
        Kind::Scalar { .. } => None,
        Kind::List(items) => items.iter().find_map(|item| {
            if line.contains(&(item.span.start as usize)) { Some(item.span.range()) } else { within(item, line) }
        }),
        Kind::Map(entries) => entries.iter().find_map(|entry| {
            let start = entry.key_span.start as usize;
            let end = (entry.value.span.end as usize).max(entry.key_span.end as usize);
            if line.contains(&start) { Some(start..end) } else { within(&entry.value, line) }
        }),
    }
}

/// Reads `# epure-ignore RULE[, RULE] until=… owner=… reason=…`, which stands at byte `offset`.
fn parse(comment: &str, file: FileId, offset: usize, covers: Range<usize>) -> Ignore {
    let span =
        |range: Range<usize>| Span { file, start: (offset + range.start) as u32, end: (offset + range.end) as u32 };
    let mut ignore = Ignore {
        span: span(0..comment.len()),
        rules: Vec::new(),
        until: None,
        reason: None,
        owner: None,
        unknown: None,
        covers,
    };
    let mut at = comment.find(WORD).map_or(comment.len(), |at| at + WORD.len());
    while let Some(skipped) = comment[at..].find(|c: char| !c.is_whitespace() && c != ',') {
        at += skipped;
        let rest = &comment[at..];
        let word = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        if !rest[word..].starts_with('=') {
            ignore.rules.push((rest[..word].to_owned(), span(at..at + word)));
            at += word.max(1);
            continue;
        }
        let value = at + word + 1;
        let (text, length) = value_of(&comment[value..], &rest[..word]);
        match &rest[..word] {
            "until" => ignore.until = Some((text, span(value..value + length))),
            "reason" => ignore.reason = Some(text).filter(|text| !text.is_empty()),
            "owner" => ignore.owner = Some(text).filter(|text| !text.is_empty()),
            other => ignore.unknown = Some((other.to_owned(), span(at..at + word))),
        }
        at = value + length;
    }
    ignore
}

/// The text of a value and how many bytes it takes: in quotes, one word, or, of a reason, all up to the
/// next key.
fn value_of(rest: &str, key: &str) -> (String, usize) {
    if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\''))
        && let Some(end) = rest[1..].find(quote)
    {
        return (rest[1..=end].to_owned(), end + 2);
    }
    if key != "reason" {
        let end = rest.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(rest.len());
        return (rest[..end].to_owned(), end);
    }
    let end = ["until=", "owner="].iter().filter_map(|key| rest.find(&format!(" {key}"))).min().unwrap_or(rest.len());
    (rest[..end].trim().to_owned(), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Vec<Ignore>, Vec<String>) {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", text);
        let found = ignores(&sources, file);
        let about = found.iter().map(|ignore| text[ignore.covers.clone()].to_owned()).collect();
        (found, about)
    }

    #[test]
    fn a_comment_is_about_what_it_stands_at() {
        let text = "# epure-ignore all/*\n---\n# a word\nkind: Deployment\nspec:\n  # epure-ignore a/b\n  replicas: 1\n  containers:\n  - name: x # epure-ignore c/d, e/f\n    image: y\n  - name: z\n    text: |\n      # epure-ignore no/comment\n";
        let (found, about) = of(text);
        assert_eq!(found.len(), 3);
        assert!(about[0].starts_with("kind: Deployment") && about[0].contains("name: z"));
        assert_eq!(about[1], "replicas: 1");
        assert_eq!(about[2], "name: x # epure-ignore c/d, e/f\n    image: y");
        let rules: Vec<&str> = found[2].rules.iter().map(|(rule, _)| rule.as_str()).collect();
        assert_eq!(rules, ["c/d", "e/f"]);
    }

    #[test]
    fn a_comment_says_until_when_why_and_who() {
        let (found, _) = of(
            "a: 1 # epure-ignore a/b reason=it is a batch, runs at night until=2026-12-31 owner=\"the team\" why=x\n",
        );
        let ignore = &found[0];
        assert_eq!(ignore.reason.as_deref(), Some("it is a batch, runs at night"));
        assert_eq!(ignore.until.as_ref().map(|(text, _)| text.as_str()), Some("2026-12-31"));
        assert_eq!(ignore.owner.as_deref(), Some("the team"));
        assert_eq!(ignore.unknown.as_ref().map(|(text, _)| text.as_str()), Some("why"));
    }
}
