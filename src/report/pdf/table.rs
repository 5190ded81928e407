//! A table figure as Typst: its head repeated on every page, a cell's derivation small beneath it.

use super::prose::{inline, narrow};
use super::written::{shown, string};
use crate::figure::{Cell, Table};
use crate::report::{grid, words};
use crate::source::Lang;

/// The table; nothing where it has no row.
pub(super) fn set(table: &Table, lang: Lang, anchor: &str) -> Option<String> {
    if table.rows.is_empty() {
        return None;
    }
    let sources = grid::sources(table);
    let widths: Vec<String> = (0..table.columns.len()).map(|i| format!("{:.2}fr", width(table, i))).collect();
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

/// A column's share of the width: what its longest word and its usual length ask for.
fn width(table: &Table, i: usize) -> f64 {
    let title = table.columns.get(i).map_or("", |column| column.title.as_str());
    let cells = || table.rows.iter().filter_map(|row| row.cells.get(i));
    let texts = cells().map(|cell| cell.value.chars().count() + cell.derivation.chars().count() / 2);
    let lengths: Vec<usize> = texts.chain([title.chars().count()]).collect();
    let usual = lengths.iter().sum::<usize>() as f64 / lengths.len() as f64;
    let word = |text: &str| text.split([' ', '\n', '-', '_', '/']).map(|word| word.chars().count()).max().unwrap_or(0);
    let longest = cells().map(|cell| word(&cell.value)).chain([word(title) + 1]).max().unwrap_or(0);
    let small = cells().map(|cell| word(&cell.derivation)).max().unwrap_or(0);
    usual.sqrt().max(longest as f64 * 0.4).max(small as f64 * 0.34).clamp(1.8, 8.0)
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
