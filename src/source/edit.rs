//! Edits of a text: applied all or not at all, and shown as a diff.

use super::diagnostic::Edit;
use super::file::{FileId, Sources};

/// Lines shown before and after a change.
const CONTEXT: usize = 3;

/// Two edits that want the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict;

/// The text of a file after some edits of it. An edit that stands there twice is made once; two
/// insertions at one place are made in their order.
///
/// # Errors
/// Two edits overlap, or one lies outside of the text.
pub fn apply(text: &str, edits: &[&Edit]) -> Result<String, Conflict> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in in_order(edits) {
        let range = edit.span.range();
        if range.start < at || range.end < range.start {
            return Err(Conflict);
        }
        out.push_str(text.get(at..range.start).ok_or(Conflict)?);
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(text.get(at..).ok_or(Conflict)?);
    Ok(out)
}

/// The same edits as a unified diff, credentials as dots; empty where nothing changes.
pub fn unified(sources: &Sources, file: FileId, edits: &[&Edit]) -> String {
    let source = sources.file(file);
    let lines = source.text.lines().count();
    // Blocks of whole lines that change together: first and last line from 1, old and new text.
    let mut blocks: Vec<(usize, usize, Vec<&Edit>)> = Vec::new();
    for edit in in_order(edits) {
        let first = source.place(edit.span.start as usize).line;
        // What ends at the start of a line does not touch it.
        let end = source.place(edit.span.end as usize);
        let last = if end.column == 1 && end.line > first { end.line - 1 } else { end.line };
        match blocks.last_mut() {
            Some((_, before, edits)) if first <= *before => {
                *before = (*before).max(last);
                edits.push(edit);
            }
            _ => blocks.push((first, last, vec![edit])),
        }
    }
    let mut out = format!("--- a/{0}\n+++ b/{0}\n", source.path);
    let mut shift = 0_isize;
    let mut rest = blocks.as_slice();
    while let Some(first) = rest.first() {
        let close = |pair: &[(usize, usize, Vec<&Edit>)]| pair[1].0 <= pair[0].1 + 2 * CONTEXT + 1;
        let count = 1 + rest.windows(2).take_while(|pair| close(pair)).count();
        let (hunk, later) = rest.split_at(count);
        let from = first.0.saturating_sub(CONTEXT).max(1);
        let to = (hunk[count - 1].1 + CONTEXT).min(lines);
        let (mut body, mut old, mut new) = (String::new(), 0_usize, 0_usize);
        let mut line = from;
        let mut keep = |line: &mut usize, until: usize, body: &mut String| {
            while *line < until {
                body.push_str(&format!(" {}\n", whole(&sources.shown(file, source.window(*line, *line)))));
                (*line, old, new) = (*line + 1, old + 1, new + 1);
            }
        };
        let mut changed = (0, 0);
        for (first, last, edits) in hunk {
            keep(&mut line, *first, &mut body);
            let window = source.window(*first, *last);
            let before = sources.shown(file, window.clone());
            let (mut after, mut at) = (String::new(), window.start);
            for edit in edits {
                after.push_str(&sources.shown(file, at..edit.span.start as usize));
                after.push_str(&edit.shown());
                at = edit.span.end as usize;
            }
            after.push_str(&sources.shown(file, at..window.end));
            // Lines that both begin or end with are context.
            let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
            let same = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
            let tail = before.len().min(after.len()) - same;
            let tail = before.iter().rev().zip(after.iter().rev()).take(tail).take_while(|(a, b)| a == b).count();
            before[..same].iter().for_each(|text| body.push_str(&format!(" {text}\n")));
            before[same..before.len() - tail].iter().for_each(|text| body.push_str(&format!("-{text}\n")));
            after[same..after.len() - tail].iter().for_each(|text| body.push_str(&format!("+{text}\n")));
            before[before.len() - tail..].iter().for_each(|text| body.push_str(&format!(" {text}\n")));
            changed = (changed.0 + before.len(), changed.1 + after.len());
            line = last + 1;
        }
        keep(&mut line, to + 1, &mut body);
        let (old, new) = (old + changed.0, new + changed.1);
        out.push_str(&format!("@@ -{from},{old} +{},{new} @@\n{body}", from.saturating_add_signed(shift)));
        shift += new as isize - old as isize;
        rest = later;
    }
    if blocks.is_empty() { String::new() } else { out }
}

/// A line without its end.
fn whole(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r'])
}

fn in_order<'a>(edits: &[&'a Edit]) -> Vec<&'a Edit> {
    let mut ordered: Vec<&Edit> = edits.to_vec();
    ordered.sort_by_key(|edit| (edit.span.start, edit.span.end));
    ordered.dedup();
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn edit(file: FileId, range: std::ops::Range<u32>, text: &str) -> Edit {
        Edit { span: Span { file, start: range.start, end: range.end }, text: text.to_owned(), secrets: Vec::new() }
    }

    #[test]
    fn edits_are_applied_once_and_never_over_each_other() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", "abc\ndef\n");
        let (one, two) = (edit(file, 0..1, "X"), edit(file, 4..7, "Y"));
        assert_eq!(apply("abc\ndef\n", &[&two, &one, &one]), Ok("Xbc\nY\n".to_owned()));
        assert_eq!(apply("abc\ndef\n", &[&two, &edit(file, 5..6, "Z")]), Err(Conflict));
        assert_eq!(apply("abc\n", &[&two]), Err(Conflict));
    }

    #[test]
    fn a_diff_hides_what_is_hidden() {
        let mut sources = Sources::default();
        let text = "a: 1\nb: 2\nc: hunter2\nd: 4\ne: 5\nf: 6\ng: 7\nh: 8\ni: 9\nj: 10\nk: 11\nl: 12\n";
        let file = sources.add("a.yaml", text);
        sources.hide(Span { file, start: 13, end: 20 });
        let mut moved = edit(file, text.len() as u32..text.len() as u32, "s: hunter2\n");
        moved.secrets.push(3..10);
        let diff = unified(&sources, file, &[&edit(file, 13..20, "{from: s}"), &moved]);
        assert!(!diff.contains("hunter2"), "{diff}");
        assert_eq!(
            diff,
            "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,6 +1,6 @@\n a: 1\n b: 2\n-c: .......\n+c: {from: s}\n d: 4\n e: 5\n f: 6\n\
             @@ -10,3 +10,4 @@\n j: 10\n k: 11\n l: 12\n+s: •••••••\n"
        );
    }
}
