//! A narrative filled in with figures and values.

use super::{Inset, Narrative, Page, Part, Piece, Prose};
use crate::{
    figure::Figure,
    source::{Diagnostic, Lang, Span},
};

/// What a narrative's figures and values are made from.
pub trait Material {
    /// The figures that a fence asks for, given the place of the lines between its fences; and what
    /// is to be said of what they were made from.
    ///
    /// # Errors
    /// Everything that is wrong with what the fence asks for.
    fn figures(&self, fence: Span, lang: Lang) -> Result<(Vec<Figure>, Vec<Diagnostic>), Vec<Diagnostic>>;

    /// The fact at a path, as a reader of the language writes it; the span is the path's place.
    ///
    /// # Errors
    /// Why there is no such fact.
    fn value(&self, path: &str, span: Span, lang: Lang) -> Result<String, Box<Diagnostic>>;
}

/// Fills a narrative in: gives the page its parts, and says everything that is wrong, in the order
/// of the text. A value that is not found keeps its braces, a figure that is not found leaves nothing.
pub fn compose(narrative: &Narrative<'_>, material: &dyn Material, mut page: Page) -> (Page, Vec<Diagnostic>) {
    let mut problems = narrative.problems.clone();
    for piece in &narrative.pieces {
        match piece {
            Piece::Prose(stretch) => {
                page.values.extend(stretch.insets.iter().filter_map(|inset| match inset {
                    Inset::Value(value) => Some(value.path.clone()),
                    Inset::Html(_) | Inset::Comment(_) => None,
                }));
                let text = filled(narrative.text, stretch, material, page.lang, &mut problems);
                page.parts.extend(prose(&text));
            }
            Piece::Fence(fence) => match material.figures(fence.body, page.lang) {
                Ok((figures, found)) => {
                    page.parts.extend(figures.into_iter().map(Part::Figure));
                    problems.extend(found);
                }
                Err(found) => problems.extend(found),
            },
        }
    }
    problems.sort_by_key(|problem| problem.primary.span);
    (page, problems)
}

/// Prose as a part of a page; nothing of a text that is blank.
pub(super) fn prose(text: &str) -> Option<Part> {
    let text = without_blank_ends(text);
    (!text.is_empty()).then(|| Part::Prose(format!("{text}\n")))
}

/// The prose with its values filled in, its raw HTML made text and its comments left out.
fn filled(text: &str, prose: &Prose, material: &dyn Material, lang: Lang, problems: &mut Vec<Diagnostic>) -> String {
    let mut out = String::new();
    let mut at = prose.span.start as usize;
    for inset in &prose.insets {
        let range = inset.span().range();
        out.push_str(&text[at..range.start]);
        match inset {
            Inset::Comment(_) => {}
            Inset::Html(_) => out.push_str(&text[range.clone()].replace('<', "\\<")),
            Inset::Value(value) => match material.value(&value.path, value.path_span, lang) {
                Ok(fact) => {
                    let starts_line = out.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
                    out.push_str(&escaped(&fact, starts_line, &text[range.end..]));
                }
                Err(problem) => {
                    out.push_str(&text[range.clone()]);
                    problems.push(*problem);
                }
            },
        }
        at = range.end;
    }
    out.push_str(&text[at..prose.span.end as usize]);
    out
}

/// A fact as Markdown that shows exactly its characters, on one line.
fn escaped(fact: &str, starts_line: bool, after: &str) -> String {
    let fact = fact.split(['\n', '\r']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    if starts_line && !fact.is_empty() && fact.bytes().all(|b| b.is_ascii_digit()) && after.starts_with(['.', ')']) {
        // `3.` at the start of a line would open a numbered list.
        return format!("&#{};{}", fact.as_bytes()[0], &fact[1..]);
    }
    super::markdown::escape(&fact)
}

/// A text without the blank lines at its start and the blanks at its end.
fn without_blank_ends(text: &str) -> &str {
    let mut rest = text.trim_end();
    while let Some((line, after)) = rest.split_once('\n') {
        if !line.trim().is_empty() {
            break;
        }
        rest = after;
    }
    rest
}
