//! Markdown as pandoc reads it, and so DOCX, ODT and EPUB: metadata in front, captions that are numbered
//! and listed, and no HTML.

use super::Flavor;
use crate::figure::{Body, Cell, Figure, Table, typeset::plain};
use crate::report::{Page, grid, links, pieces, words};
use crate::source::Lang;

pub(super) static FLAVOR: Flavor = Flavor { name: "pandoc", head, figure };

fn head(page: &Page) -> String {
    let mut out = format!("---\ntitle: {}\n", quoted(&page.title));
    if !page.subtitle.is_empty() {
        out.push_str(&format!("subtitle: {}\n", quoted(&page.subtitle)));
    }
    if !page.authors.is_empty() {
        let authors: Vec<String> = page.authors.iter().map(|author| quoted(author)).collect();
        out.push_str(&format!("author: [{}]\n", authors.join(", ")));
    }
    if !page.as_of.is_empty() {
        out.push_str(&format!("date: {}\n", quoted(&page.as_of)));
    }
    out.push_str(&format!("lang: {}\n---\n", page.lang.code()));
    out
}

/// A text as a YAML scalar. A JSON string is one.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn figure(figure: &Figure, lang: Lang, name: &str) -> String {
    let caption = caption(figure, lang);
    match &figure.body {
        // A caption beneath anything but rows would be a definition.
        Body::Table(table) if table.rows.is_empty() => format!("{}\n{caption}\n", rows(table, lang)),
        Body::Table(table) => format!("{}\n: {caption}\n{}", rows(table, lang), sources(table)),
        Body::Drawing(_) => {
            let answer = if figure.answer.is_empty() { &figure.title } else { &figure.answer };
            let alt = plain(answer).replace('"', "\u{201d}");
            // Alone in its paragraph an image is a figure with its caption.
            format!("![{caption}](figures/{}.svg){{width=100% alt=\"{alt}\"}}\n", links::encoded(name))
        }
    }
}

/// Title, answer, note and cartouche on one line.
fn caption(figure: &Figure, lang: Lang) -> String {
    let mut parts = Vec::new();
    if !figure.title.is_empty() {
        parts.push(format!("**{}**", text(&figure.title)));
    }
    for said in [&figure.answer, &figure.note].into_iter().filter(|said| !said.is_empty() && **said != figure.title) {
        let stop = if said.trim_end().ends_with(['.', '!', '?', ':', '…']) { "" } else { "." };
        parts.push(format!("{}{stop}", text(said)));
    }
    let cells = figure.cartouche.iter().map(|(label, value)| text(&words::labelled(lang, label, value)));
    let cells = cells.collect::<Vec<_>>().join(" · ");
    if !cells.is_empty() {
        parts.push(format!("*{cells}*"));
    }
    parts.join(" ")
}

/// A figure's text. Pandoc raises what stands between carets, and GitHub does not.
fn text(said: &str) -> String {
    pieces::markdown(said).replace('^', "\\^").replace('@', "\\@")
}

fn rows(table: &Table, lang: Lang) -> String {
    if table.rows.is_empty() {
        return if table.empty.is_empty() { String::new() } else { format!("{}\n", text(&table.empty)) };
    }
    let sources = grid::sources(table);
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = row(table.columns.iter().map(|column| text(&column.title)).collect());
    // The dashes give the columns' shares of the width, since the rows are longer than a line.
    out.push_str(&row((0..table.columns.len())
        .map(|i| {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(i));
            let most = cells.map(|cell| cell.value.chars().count() + cell.derivation.chars().count()).max();
            let dashes = "-".repeat((most.unwrap_or(3) as f64).sqrt().round().clamp(3.0, 16.0) as usize);
            if table.columns[i].numeric { format!("{dashes}:") } else { format!("{dashes}-") }
        })
        .collect()));
    for line in &table.rows {
        let cells = (0..table.columns.len()).map(|i| line.cells.get(i));
        out.push_str(&row(cells.map(|cell| cell.map_or(String::new(), |cell| one(cell, &sources, lang))).collect()));
    }
    out
}

/// A cell on one line: pandoc's tables of bars know no other.
fn one(cell: &Cell, sources: &[&str], lang: Lang) -> String {
    let value = cell.value.trim();
    let mut out = value.lines().map(|line| text(line.trim_end())).collect::<Vec<_>>().join("; ");
    let mut more = Vec::new();
    if let Some(mark) = words::mark(lang, cell.mark) {
        if words::stands_beneath(cell.mark, mark.word, value) {
            more.push(format!("{} **{}**", text(mark.sign), mark.word));
        } else {
            out.insert_str(0, &format!("{}\u{a0}", text(mark.sign)));
        }
    }
    let numbers: Vec<String> = grid::numbers(cell, sources).iter().map(usize::to_string).collect();
    if !numbers.is_empty() {
        out.push_str(&format!("^{}^", numbers.join(",")));
    }
    if !cell.derivation.is_empty() {
        more.push(text(&cell.derivation));
    }
    if !more.is_empty() {
        let dash = if out.is_empty() { "" } else { " — " };
        out.push_str(&format!("{dash}{}", more.join(" · ")));
    }
    out
}

fn sources(table: &Table) -> String {
    let sources = grid::sources(table);
    let lines = sources.iter().enumerate().map(|(i, source)| format!("{}. {}\n", i + 1, text(source)));
    let list: String = lines.collect();
    if list.is_empty() { list } else { format!("\n{list}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Column, Row};
    use crate::report::Kind;

    #[test]
    fn a_page_is_for_pandoc_alone() {
        let mut page = Page::new("x", Lang::Fr, "a: \"b\"", Kind::Report);
        page.as_of = "2026-11-22".into();
        page.authors = vec!["A".into(), "B: C".into()];
        assert_eq!(
            head(&page),
            "---\ntitle: \"a: \\\"b\\\"\"\nauthor: [\"A\", \"B: C\"]\ndate: \"2026-11-22\"\nlang: fr\n---\n"
        );
        let mut cell = Cell::new("1,3 Gio\nenviron").derived("3 × 380 | x^2");
        cell.sources = vec!["a".into()];
        let columns = ["a", "b"].map(|title| Column { title: title.into(), numeric: title == "b" }).into();
        let table = Table { columns, rows: vec![Row { cells: vec![Cell::new("x"), cell] }], empty: String::new() };
        let text = rows(&table, Lang::Fr);
        assert!(text.contains("| x | 1,3 Gio; environ^1^ — 3 × 380 \\| x\\^2 |"), "{text}");
        assert!(!text.contains('<'), "{text}");
    }
}
