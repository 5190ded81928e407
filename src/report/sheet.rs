//! A figure as the page's templates see it: a sheet with its cartouche.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Page, drawn, words};
use crate::{
    figure::{Body, Cell, Figure, Table},
    source::Lang,
};

/// Names and ids that have been given on a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
}

impl Names {
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
            name => name.to_owned(),
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
    pub(super) title: &'a str,
    pub(super) answer: &'a str,
    pub(super) note: &'a str,
    pub(super) cartouche: Vec<Entry<'a>>,
    /// The number of the sheet on its page, as `1 / 3`; empty where it is the only one.
    pub(super) number: String,
    /// The name of its scroll region.
    pub(super) region: String,
    /// The drawing as SVG.
    pub(super) drawing: Option<String>,
    pub(super) table: Option<Grid<'a>>,
}

/// A cell of the cartouche.
#[derive(Debug, Serialize)]
pub(super) struct Entry<'a> {
    label: &'a str,
    value: &'a str,
}

/// A table.
#[derive(Debug, Serialize)]
pub(super) struct Grid<'a> {
    columns: Vec<Head<'a>>,
    rows: Vec<Vec<Field<'a>>>,
    empty: &'a str,
}

#[derive(Debug, Serialize)]
struct Head<'a> {
    title: &'a str,
    numeric: bool,
}

/// A cell of a table.
#[derive(Debug, Serialize)]
struct Field<'a> {
    value: &'a str,
    /// Whether the value is a number or starts with one, and is set heavier.
    figure: bool,
    numeric: bool,
    class: &'static str,
    sign: &'static str,
    word: &'static str,
    derivation: &'a str,
    sources: Vec<Vec<Source>>,
}

/// A piece of a source: text, and where it leads if anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Source {
    pub(super) text: String,
    pub(super) link: String,
}

impl<'a> Sheet<'a> {
    /// A figure as a sheet.
    pub(super) fn new(figure: &'a Figure, lang: Lang, anchor: String, number: String) -> Sheet<'a> {
        let words = words::words(lang);
        let (kind, drawing, table) = match &figure.body {
            Body::Table(table) => (words.table, None, Some(Grid::new(table, lang))),
            Body::Drawing(_) => (words.drawing, drawn::inline(figure, &anchor), None),
        };
        let name = if figure.title.is_empty() { &figure.answer } else { &figure.title };
        let region = if name.is_empty() { kind.to_owned() } else { words::labelled(lang, kind, name) };
        let cartouche = figure.cartouche.iter().map(|(label, value)| Entry { label, value }).collect();
        let title = if figure.title == figure.answer { "" } else { &figure.title };
        Sheet { anchor, title, answer: &figure.answer, note: &figure.note, cartouche, number, region, drawing, table }
    }
}

impl<'a> Grid<'a> {
    fn new(table: &'a Table, lang: Lang) -> Grid<'a> {
        let columns =
            table.columns.iter().map(|column| Head { title: &column.title, numeric: column.numeric }).collect();
        let cells = |cells: &'a [Cell]| {
            let numeric = table.columns.iter().map(|column| column.numeric).chain(std::iter::repeat(false));
            cells.iter().zip(numeric).map(|(cell, numeric)| Field::new(cell, numeric, lang)).collect()
        };
        Grid { columns, rows: table.rows.iter().map(|row| cells(&row.cells)).collect(), empty: &table.empty }
    }
}

impl<'a> Field<'a> {
    fn new(cell: &'a Cell, numeric: bool, lang: Lang) -> Field<'a> {
        let mark = words::mark(lang, cell.mark);
        let value = cell.value.trim();
        let first = value.trim_start_matches(['−', '-', '+', '~', '≈', '<', '>', '≤', '≥', ' ', '\u{a0}', '\u{202f}']);
        Field {
            value,
            figure: first.starts_with(|c: char| c.is_ascii_digit()),
            numeric,
            class: mark.map_or("", |mark| mark.class),
            sign: mark.map_or("", |mark| mark.sign),
            word: mark.map_or("", |mark| mark.word),
            derivation: &cell.derivation,
            sources: cell.sources.iter().map(|source| sources(source)).collect(),
        }
    }
}

/// A source in pieces: web addresses and arXiv numbers lead there, the rest is text.
pub(super) fn sources(source: &str) -> Vec<Source> {
    let mut out = Vec::new();
    let mut rest = source;
    while let Some((at, text, link)) = next_link(rest) {
        if at > 0 {
            out.push(Source { text: rest[..at].to_owned(), link: String::new() });
        }
        rest = &rest[at + text.len()..];
        out.push(Source { text: shown(text), link });
    }
    if !rest.is_empty() {
        out.push(Source { text: rest.to_owned(), link: String::new() });
    }
    out
}

/// An address as it is shown: without its scheme, and no more than its host where it is long.
fn shown(address: &str) -> String {
    let Some((_, rest)) = address.split_once("://") else { return address.to_owned() };
    let rest = rest.trim_end_matches('/').trim_start_matches("www.");
    match rest.split_once('/') {
        Some((host, _)) if rest.len() > 40 => format!("{host}/…"),
        _ => rest.to_owned(),
    }
}

/// The next address in a text: where it starts, the text it takes, where it leads.
fn next_link(text: &str) -> Option<(usize, &str, String)> {
    let web = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min().map(|at| {
        let end =
            text[at..].find(|c: char| c.is_whitespace() || "<>\"`".contains(c)).map_or(text.len(), |end| at + end);
        let address = text[at..end].trim_end_matches([',', '.', ';', ':', ')', '!', '?']);
        (at, address, address.to_owned())
    });
    let arxiv =
        ["arXiv ", "arXiv:", "arXiv\u{a0}"].iter().filter_map(|word| text.find(word).map(|at| (at, word.len()))).min();
    let arxiv = arxiv.and_then(|(at, skip)| {
        let digits = &text[at + skip..];
        let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(digits.len());
        let number = digits[..end].trim_end_matches('.');
        let known = number.split_once('.').is_some_and(|(year, rest)| year.len() == 4 && (4..=5).contains(&rest.len()));
        known.then(|| (at, &text[at..at + skip + number.len()], format!("https://arxiv.org/abs/{number}")))
    });
    match (web, arxiv) {
        (Some(web), Some(arxiv)) => Some(if web.0 < arxiv.0 { web } else { arxiv }),
        (web, arxiv) => web.or(arxiv),
    }
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

    #[test]
    fn sources_lead_to_where_they_are_found() {
        let pieces: Vec<(String, String)> = sources("measured (https://a.example/x?b=1), arXiv 2602.15214, 2026")
            .into_iter()
            .map(|s| (s.text, s.link))
            .collect();
        let piece = |text: &str, link: &str| (text.to_owned(), link.to_owned());
        assert_eq!(
            pieces,
            [
                piece("measured (", ""),
                piece("a.example/x?b=1", "https://a.example/x?b=1"),
                piece("), ", ""),
                piece("arXiv 2602.15214", "https://arxiv.org/abs/2602.15214"),
                piece(", 2026", ""),
            ]
        );
        assert_eq!(sources("https://www.a.example/a/long/path/that/would/fill/the/cell.html")[0].text, "a.example/…");
        assert_eq!(sources("arXiv said so"), [Source { text: "arXiv said so".into(), link: String::new() }]);
    }
}
