//! A figure as the page's templates see it: a sheet with its cartouche.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Page, drawn,
    grid::Grid,
    linked::Linked,
    paper::Paper,
    pieces::{Piece, pieces},
    words,
};
use crate::{
    figure::{Body, Drawing, Figure, drawing::Clock, typeset::plain},
    source::Lang,
};

/// The longest name, in bytes: a file's name ends at 255, its ending and a number included.
const LONGEST: usize = 200;

/// Names and ids that have been given on a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// Names of which some are given already.
    pub(super) fn reserving(reserved: &[&str]) -> Names {
        Names { given: reserved.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Whether exactly this name is given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.given.contains(name)
    }

    /// The wanted name in lower case, without what a file name or an anchor cannot have, and with a
    /// number where it is taken.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let mut name = String::new();
        for c in wanted.trim().to_lowercase().chars() {
            match c {
                c if c.is_alphanumeric() || c == '_' => name.push(c),
                _ if name.ends_with('-') || name.is_empty() => {}
                ' ' | '\u{a0}' | '\u{202f}' | '-' | '.' | '/' | ':' => name.push('-'),
                _ => {}
            }
        }
        let name = match name.trim_matches('-') {
            "" => "part".to_owned(),
            name => {
                let mut end = name.len().min(LONGEST);
                while !name.is_char_boundary(end) {
                    end -= 1;
                }
                name[..end].trim_end_matches('-').to_owned()
            }
        };
        let mut out = name.clone();
        let mut number = 2;
        while !self.given.insert(out.clone()) {
            out = format!("{name}-{number}");
            number += 1;
        }
        out
    }
}

/// A sheet.
#[derive(Debug, Serialize)]
pub(super) struct Sheet<'a> {
    pub(super) anchor: String,
    pub(super) title: Vec<Piece>,
    pub(super) answer: Vec<Piece>,
    pub(super) note: Vec<Piece>,
    pub(super) cartouche: Vec<Entry<'a>>,
    /// The number of the sheet on its page, as `1 / 3`; empty where it is the only one.
    pub(super) number: String,
    /// The name of its scroll region.
    pub(super) region: String,
    /// The drawing as SVG.
    pub(super) drawing: Option<String>,
    pub(super) table: Option<Grid>,
    /// The class of the paper it is printed on; empty where that is its page's.
    pub(super) paper: &'static str,
    /// Its axis of time: seconds and pixels of both ends, then upper and lower edge; empty where it has none.
    pub(super) clock: String,
    /// Whether the drawing is too wide to be made smaller on a screen.
    pub(super) broad: bool,
}

/// Where a sheet stands: its place among those of its page, and the paper the page is printed on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) number: usize,
    pub(super) of: usize,
    pub(super) paper: Paper,
}

/// A cell of the cartouche.
#[derive(Debug, Serialize)]
pub(super) struct Entry<'a> {
    label: &'a str,
    value: &'a str,
    /// Where the value leads, if it is a document's name.
    href: String,
}

impl<'a> Sheet<'a> {
    /// A figure as a sheet; its ids are taken from `names`.
    pub(super) fn new(
        figure: &'a Figure,
        lang: Lang,
        place: Place,
        linked: &Linked<'_>,
        names: &mut Names,
    ) -> Sheet<'a> {
        let words = words::words(lang);
        let anchor = names.unique(&format!("figure-{}", figure.id));
        let (kind, drawing, table, paper) = match &figure.body {
            Body::Table(table) => {
                let grid = Grid::new(table, lang, &format!("sheet-{}", place.number), names);
                (words.table, None, Some(grid), "")
            }
            Body::Drawing(drawing) => {
                let paper = place.paper.leaf(drawing).map_or("", Paper::class);
                (words.drawing, drawn::inline(figure, &anchor, linked), None, paper)
            }
        };
        let name = plain(if figure.title.is_empty() { &figure.answer } else { &figure.title });
        // Two regions of a page have two names.
        let kind = if place.of > 1 { format!("{kind}\u{a0}{}", place.number) } else { kind.to_owned() };
        let region = if name.is_empty() { kind } else { words::labelled(lang, &kind, &name) };
        let number = if place.of > 1 { format!("{}\u{a0}/\u{a0}{}", place.number, place.of) } else { String::new() };
        Sheet {
            anchor,
            title: if figure.title == figure.answer { Vec::new() } else { pieces(&figure.title) },
            answer: pieces(&figure.answer),
            note: pieces(&figure.note),
            cartouche: figure
                .cartouche
                .iter()
                .map(|(label, value)| Entry { label, value, href: String::new() })
                .collect(),
            number,
            region,
            drawing,
            table,
            paper,
            broad: broad(figure),
            clock: match &figure.body {
                Body::Drawing(Drawing { clock: Some(clock), .. }) => {
                    let Clock { from_s, to_s, left, right, top, bottom } = clock.as_ref();
                    format!("{from_s:.3} {to_s:.3} {left:.1} {right:.1} {top:.1} {bottom:.1}")
                }
                _ => String::new(),
            },
        }
    }

    /// Gives names in its words and its cartouche their links.
    pub(super) fn link(&mut self, linked: &Linked<'_>) {
        for pieces in [&mut self.answer, &mut self.note] {
            *pieces = linked.resolve(std::mem::take(pieces), "");
        }
        for entry in &mut self.cartouche {
            entry.href = linked.name(entry.value).unwrap_or("").to_owned();
        }
    }
}

/// Whether a drawing's words would fall under 9 px where the page makes it as narrow as itself: it scrolls
/// instead. The style sheet leaves a drawing 942 px on a screen of 1,280.
pub(super) fn broad(figure: &Figure) -> bool {
    matches!(&figure.body, Body::Drawing(drawing) if drawing.width > 1_140.0)
}

/// What a page was made from, and the date it stands for, as a sentence.
pub(super) fn made(page: &Page) -> String {
    let words = words::words(page.lang);
    let date = if page.as_of.is_empty() {
        String::new()
    } else {
        format!("{} {}", words.as_of, words::date(page.lang, &page.as_of))
    };
    let made = if page.source_file.is_empty() {
        "épure".to_owned()
    } else {
        format!("{} {}", words.made_from, page.source_file)
    };
    if date.is_empty() { made } else { format!("{made}, {date}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_unique() {
        let mut names = Names::default();
        assert_eq!(names.unique("1. Été : panne d'un nœud"), "1-été-panne-dun-nœud");
        assert_eq!(names.unique("a.b/../c"), "a-b-c");
        assert_eq!(names.unique("A b c"), "a-b-c-2");
        assert_eq!(names.unique("***"), "part");
    }
}
