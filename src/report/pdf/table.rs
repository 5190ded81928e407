//! A table figure as Typst: its head repeated on every page, a cell's derivation small beneath it.

use super::prose::{inline, narrow};
use super::written::{shown, string};
use crate::figure::text::{self, Weight};
use crate::figure::{Cell, Mark, Table};
use crate::report::{grid, words};
use crate::source::Lang;

/// The table; nothing where it has no row.
pub(super) fn set(table: &Table, lang: Lang, anchor: &str) -> Option<String> {
    if table.rows.is_empty() {
        return None;
    }
    let sources = grid::sources(table);
    let widths: Vec<String> = widths(table).iter().map(|width| format!("{width:.1}pt")).collect();
    let align = table.columns.iter().map(|column| if column.numeric { "right" } else { "left" });
    let mut out = format!("({},), ({},),\n  table.header(", widths.join(", "), align.collect::<Vec<_>>().join(", "));
    for column in &table.columns {
        out.push_str(&format!("[{}], ", narrow(&column.title)));
    }
    out.push_str("),\n");
    for row in &table.rows {
        let cells = (0..table.columns.len())
            .map(|i| row.cells.get(i).map_or(String::new(), |it| cell(it, &sources, lang, anchor)));
        let cells: Vec<String> = cells.map(|cell| format!("[{cell}]")).collect();
        out.push_str(&format!("  {},\n", cells.join(", ")));
    }
    Some(out)
}

/// The numbered sources beneath it; empty where there are none.
pub(super) fn sources(table: &Table, lang: Lang, anchor: &str) -> String {
    let sources = grid::sources(table);
    if sources.is_empty() {
        return String::new();
    }
    let item = |(i, source): (usize, &&str)| {
        format!("[#metadata(none)#label({}){}]", string(&note(anchor, i + 1)), inline(source))
    };
    let items: Vec<String> = sources.iter().enumerate().map(item).collect();
    format!("#look.sources({}, {})\n", string(words::words(lang).sources), items.join(", "))
}

/// The label of a source.
fn note(anchor: &str, number: usize) -> String {
    format!("{anchor} {number}")
}

/// What a table may take across, in points: the sheet without its edges.
const ACROSS: f64 = 504.0;
/// What stands beside a cell's text, in points.
const BESIDE: f64 = 11.0;
/// The sizes of values and of what stands beneath them, as the template has them.
const SIZES: (f64, f64) = (7.8, 6.8);
/// A word wider than this may be hyphenated, in points.
const WORD: f64 = 62.0;

/// How wide the columns are, in points: as wide as their longest words at least, and the rest shared by how much
/// there is to read in each.
fn widths(table: &Table) -> Vec<f64> {
    let columns: Vec<(f64, f64)> = (0..table.columns.len()).map(|i| (least(table, i), usual(table, i))).collect();
    let least: f64 = columns.iter().map(|(least, _)| least).sum();
    let usual: f64 = columns.iter().map(|(_, usual)| usual).sum();
    let shrunk = (ACROSS / least).min(1.0);
    let rest = (ACROSS - least).max(0.0);
    columns.iter().map(|(least, share)| least * shrunk + rest * share / usual).collect()
}

/// What the longest word of a column takes.
fn least(table: &Table, i: usize) -> f64 {
    let word = |text: &str, size: f64, weight: Weight| {
        let words = text.split([' ', '\n', '\u{a0}']).flat_map(|word| word.split_inclusive(['-', '_', '/']));
        words.map(|word| text::width(word, size, weight)).fold(0.0, f64::max)
    };
    let title = table.columns.get(i).map_or(0.0, |column| word(&column.title, SIZES.0, Weight::SemiBold));
    let cells = table.rows.iter().filter_map(|row| row.cells.get(i)).map(|cell| {
        let marked = if cell.mark == Mark::None { 0.0 } else { SIZES.0 };
        let weight = if grid::is_figure(cell.value.trim()) { Weight::SemiBold } else { Weight::Regular };
        let value = word(&cell.value, SIZES.0, weight).min(WORD) + marked;
        value.max(word(&cell.derivation, SIZES.1, Weight::Regular).min(WORD))
    });
    cells.fold(title, f64::max) + BESIDE
}

/// How much there is to read in a column: its share of what is left.
fn usual(table: &Table, i: usize) -> f64 {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(i));
    let lengths = cells.map(|cell| cell.value.chars().count() + cell.derivation.chars().count() / 2);
    let all: usize = lengths.sum();
    (all as f64 / table.rows.len().max(1) as f64 + 1.0).sqrt()
}

fn cell(cell: &Cell, sources: &[&str], lang: Lang, anchor: &str) -> String {
    let value = cell.value.trim();
    let mut out = value.lines().map(|line| narrow(line.trim_end())).collect::<Vec<_>>().join("#linebreak();");
    if grid::is_figure(value) {
        out = format!("#strong[{out}]");
    }
    let mut small = Vec::new();
    if let Some(mark) = words::mark(lang, cell.mark) {
        let sign = |word: &str| format!("#look.sign(\"{}\", {}, {});", mark.class, string(mark.sign), string(word));
        if words::stands_beneath(cell.mark, mark.word, value) {
            small.push(sign(mark.word));
        } else {
            out.insert_str(0, &sign(""));
        }
    }
    if !cell.derivation.is_empty() {
        small.push(narrow(&cell.derivation));
    }
    let numbers = grid::numbers(cell, sources);
    if !numbers.is_empty() {
        let links = numbers
            .iter()
            .map(|number| format!("#link(label({}))[{}]", string(&note(anchor, *number)), shown(&number.to_string())));
        out.push_str(&format!("#super[{}]", links.collect::<Vec<_>>().join("#\", \";")));
    }
    if !small.is_empty() {
        let line = if out.is_empty() { "" } else { "#linebreak();" };
        out.push_str(&format!("{line}#look.small[{}]", small.join("#\" · \";")));
    }
    out
}
