//! Markdown as GitHub shows it: small type and line breaks by the few tags that it lets through.

use super::{Flavor, escape};
use crate::figure::{Body, Cell, Figure, Table, typeset::plain};
use crate::report::{Page, grid, links, pieces, words};
use crate::source::Lang;

pub(super) static FLAVOR: Flavor = Flavor { name: "github", head, figure };

fn head(page: &Page) -> String {
    let mut out = format!("# {}\n", escape(&page.title));
    if !page.subtitle.is_empty() {
        out.push_str(&format!("\n{}\n", escape(&page.subtitle)));
    }
    if !page.authors.is_empty() {
        out.push_str(&format!("\n{}\n", escape(&page.authors.join(", "))));
    }
    out
}

pub(super) fn figure(figure: &Figure, lang: Lang, name: &str) -> String {
    let mut out = String::new();
    if !figure.title.is_empty() {
        out.push_str(&format!("**{}**\n\n", pieces::markdown(&figure.title)));
    }
    match &figure.body {
        Body::Table(table) => out.push_str(&table_text(table, lang)),
        Body::Drawing(_) => {
            let answer = if figure.answer.is_empty() { &figure.title } else { &figure.answer };
            out.push_str(&format!("![{}](figures/{}.svg)\n", escape(&plain(answer)), links::encoded(name)));
        }
    }
    let said: Vec<String> = [&figure.answer, &figure.note].into_iter().map(|text| sentence(text)).collect();
    let cells = figure.cartouche.iter().map(|(label, value)| escape(&words::labelled(lang, label, value)));
    let lines = [said.join(" "), cells.collect::<Vec<_>>().join(" · ")];
    let lines = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let caption: Vec<String> = lines.map(|line| format!("*{line}*")).collect();
    if !caption.is_empty() {
        out.push_str(&format!("\n{}\n", caption.join("<br>")));
    }
    out
}

/// A text in a caption, with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let stop = if text.is_empty() || text.ends_with(['.', '!', '?', ':', '…']) { "" } else { "." };
    format!("{}{stop}", pieces::markdown(text))
}

fn table_text(table: &Table, lang: Lang) -> String {
    if table.rows.is_empty() {
        return if table.empty.is_empty() { String::new() } else { format!("{}\n", pieces::markdown(&table.empty)) };
    }
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = row(table.columns.iter().map(|column| pieces::markdown(&column.title)).collect());
    out.push_str(&row(table
        .columns
        .iter()
        .map(|column| if column.numeric { "---:" } else { "---" }.to_owned())
        .collect()));
    let sources = grid::sources(table);
    for line in &table.rows {
        // As many cells as columns, whatever the row has: GitHub drops what is too much.
        out.push_str(&row((0..table.columns.len())
            .map(|i| line.cells.get(i).map_or(String::new(), |cell| cell_text(cell, &sources, lang)))
            .collect()));
    }
    if !sources.is_empty() {
        out.push('\n');
    }
    // A list of its own, in small type; its numbers are those in the cells.
    for (i, source) in sources.iter().enumerate() {
        out.push_str(&format!("{}. <sub>{}</sub>\n", i + 1, pieces::markdown(source)));
    }
    out
}

/// A cell: its sign and value, and beneath them, small, what says more, and the numbers of its sources.
fn cell_text(cell: &Cell, sources: &[&str], lang: Lang) -> String {
    let value = cell.value.trim();
    let mut out = value.lines().map(|line| pieces::markdown(line.trim_end())).collect::<Vec<_>>().join("<br>");
    let mut small = Vec::new();
    if let Some(mark) = words::mark(lang, cell.mark) {
        if words::stands_beneath(cell.mark, mark.word, value) {
            small.push(format!("{} **{}**", escape(mark.sign), mark.word));
        } else {
            out.insert_str(0, &format!("{}\u{a0}", escape(mark.sign)));
        }
    }
    if !cell.derivation.is_empty() {
        small.push(pieces::markdown(&cell.derivation));
    }
    // Beside the value, where a raised number stands on a line of full height.
    let numbers: Vec<String> = grid::numbers(cell, sources).iter().map(usize::to_string).collect();
    if !numbers.is_empty() {
        out.push_str(&format!(" <sup>{}</sup>", numbers.join(", ")));
    }
    if !small.is_empty() {
        let line = if out.is_empty() { "" } else { "<br>" };
        out.push_str(&format!("{line}<sub>{}</sub>", small.join(" · ")));
    }
    out.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::*;
    use crate::figure::{Column, Mark, Row};
    use crate::report::narrative::options;

    #[test]
    fn a_cell_says_value_mark_derivation_and_sources() {
        let mut cell = Cell::new("1,3 Gio\nenviron").derived("3 × 380 | `x`").marked(Mark::Best);
        cell.sources = vec!["b".into(), "a".into(), "b".into()];
        assert_eq!(
            cell_text(&cell, &["a", "b"], Lang::Fr),
            "1,3 Gio<br>environ <sup>1, 2</sup><br><sub>▲ **meilleur** · 3 × 380 \\| `x`</sub>"
        );
        let said = |value: &str, mark: Mark| cell_text(&Cell::new(value).marked(mark), &[], Lang::En);
        assert_eq!(said("quote-db, [x]", Mark::Bad), "✗\u{a0}quote-db, \\[x\\]");
        assert_eq!(said("not shown", Mark::Unanswered), "?\u{a0}not shown");
        assert_eq!(said("", Mark::Unanswered), "<sub>? **not stated**</sub>");
        assert_eq!(said("", Mark::None), "");
        let alone = Cell { sources: vec!["a".into()], ..Cell::new("12") };
        assert_eq!(cell_text(&alone, &["a"], Lang::En), "12 <sup>1</sup>");
    }

    #[test]
    fn sources_are_listed_once_under_their_table() {
        let mut cell = Cell::new("2");
        cell.sources = vec!["arXiv 2602.15214, 2026".into(), "<b> | \n- x".into()];
        let columns = ["a", "b"].map(|title| Column { title: title.into(), numeric: false }).into();
        let rows = vec![Row { cells: vec![Cell::new("x"), cell.clone()] }, Row { cells: vec![Cell::new("y"), cell] }];
        let text = table_text(&Table { columns, rows, empty: String::new() }, Lang::En);
        assert_eq!(
            text,
            "| a | b |\n| --- | --- |\n| x | 2 <sup>1, 2</sup> |\n| y | 2 <sup>1, 2</sup> |\n\n\
             1. <sub>[arXiv 2602.15214](https://arxiv.org/abs/2602.15214), 2026</sub>\n2. <sub>&lt;b> \\|  - x</sub>\n"
        );
        let mut shown = String::new();
        pulldown_cmark::html::push_html(&mut shown, Parser::new_ext(&text, options()));
        assert_eq!(
            (shown.matches("<table>").count(), shown.matches("<ol>").count(), shown.matches("<li>").count()),
            (1, 1, 2)
        );
    }

    #[test]
    fn a_table_keeps_its_columns() {
        let column = |title: &str, numeric| Column { title: title.into(), numeric };
        let table = Table {
            columns: vec![column("a|b", false), column("n", true)],
            rows: vec![
                Row { cells: vec![Cell::new("x")] },
                Row { cells: vec![Cell::new("y"), Cell::new("2"), Cell::new("3")] },
            ],
            empty: "rien".into(),
        };
        assert_eq!(table_text(&table, Lang::En), "| a\\|b | n |\n| --- | ---: |\n| x |  |\n| y | 2 |\n");
        assert_eq!(table_text(&Table { rows: vec![], ..table }, Lang::En), "rien\n");
    }
}
