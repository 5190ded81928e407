//! Texts that are read line by line: pasted tables, and lists that somebody wrote.

use super::log::Log;
use super::times::{Moment, leading};
use super::{FORMATS, Takes};
use crate::said;
use crate::source::{Diagnostic, Severity};

/// The longest line that is looked at; what stands beyond is no column of ours.
const MAX_LINE: usize = 4_096;

/// One line, taken apart as far as every format wants it.
#[derive(Debug)]
pub(super) struct Row<'t> {
    /// The time that it starts with, if it does.
    pub stamp: Option<Moment>,
    /// What `--output-watch-events` put before it: `ADDED`, `MODIFIED`, `DELETED`.
    pub event: &'t str,
    /// What follows, in words.
    pub words: Vec<&'t str>,
    /// What follows, as it stands.
    pub rest: &'t str,
    /// Its bytes in the text.
    pub range: std::ops::Range<usize>,
}

impl<'t> Row<'t> {
    /// A line that starts at a byte of the text; nothing for a blank one or a comment.
    pub(super) fn of(line: &'t str, start: usize) -> Option<Row<'t>> {
        let text = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        let range = from..from + text.len();
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let end = (0..=text.len().min(MAX_LINE)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let text = &text[..end];
        let (stamp, rest) = leading(text).map_or((None, text), |(moment, rest)| (Some(moment), rest));
        let first = rest.split_whitespace().next().unwrap_or("");
        let is_event = matches!(first, "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK");
        let (event, rest) = if is_event { (first, rest[first.len()..].trim_start()) } else { ("", rest) };
        Some(Row { stamp, event, words: rest.split_whitespace().take(64).collect(), rest, range })
    }

    /// Whether it is a table's head, which says nothing but that a table begins.
    pub(super) fn is_head(&self) -> bool {
        let has = |word: &str| self.words.contains(&word);
        (has("NAME") && has("AGE")) || (has("REASON") && has("OBJECT"))
    }

    /// Whether it is what a shell says around a table.
    fn is_shell(&self) -> bool {
        let first = self.words.first().copied().unwrap_or("");
        matches!(first, "$" | "%" | ">" | "kubectl" | "k" | "^C" | "^C%") || self.rest.contains("kubectl ")
    }
}

/// The rows of a text with the bytes at which they start.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    let mut start = 0;
    text.split('\n').filter_map(move |line| {
        let row = Row::of(line, start);
        start += line.len() + 1;
        row
    })
}

/// Reads every line by the format that takes it; `false` where none takes any.
pub(super) fn read(text: &str, log: &mut Log<'_>) -> bool {
    let (mut any, mut unread) = (false, Vec::new());
    for row in rows(text) {
        let taken = FORMATS.iter().any(|format| match format.takes {
            Takes::Lines(take) => take(&row, log),
            Takes::Whole(..) => false,
        });
        any |= taken;
        if !taken && !row.is_head() && !row.is_shell() {
            unread.push(row.range);
        }
        if log.too_much {
            break;
        }
    }
    if let Some(first) = unread.first().filter(|_| any) {
        let place = log.place(first.start, first.end);
        let n = unread.len();
        let message = if n == 1 {
            said!("this line was not understood, and left out", "cette ligne n’a pas été comprise, et a été écartée")
        } else {
            said!(
                "{n} lines were not understood, and left out; this is the first",
                "{n} lignes n’ont pas été comprises, et ont été écartées ; voici la première",
                n = n
            )
        };
        let help = said!(
            "a line of a list reads `11:35:06 node/worker-3 NotReady`; put `#` before what is no observation",
            "une ligne d’une liste s’écrit `11:35:06 node/worker-3 NotReady` ; mettez `#` devant ce qui n’est pas une observation"
        );
        log.diagnostics
            .push(Diagnostic::error("observed/unread-line", place, message).severity(Severity::Warning).help(help));
    }
    any
}

/// The text with every line that no format takes as dots of the same length: safe to be shown. A line
/// that starts with a time was written to be an observation, and is shown so that it can be mended.
pub(super) fn masked(text: &str, log: &mut Log<'_>) -> String {
    let mut out = text.to_owned();
    for row in rows(text) {
        let taken = row.stamp.is_some()
            || row.is_head()
            || FORMATS.iter().any(|format| matches!(format.takes, Takes::Lines(take) if take(&row, log)));
        if !taken && let Some(line) = text.get(row.range.clone()) {
            out.replace_range(row.range, &".".repeat(line.len()));
        }
    }
    out
}
