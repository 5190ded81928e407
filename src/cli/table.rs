//! A table for a terminal: columns under each other, the derivation beneath each value.

use crate::figure::{Body, Figure};
use crate::report::words::mark;
use crate::source::Lang;

/// The widest a column gets, in characters.
const WIDEST: usize = 36;

/// Writes a table figure as plain text; a drawing has none.
pub fn plain(figure: &Figure, lang: Lang) -> String {
    let Body::Table(table) = &figure.body else { return String::new() };
    let header: Vec<Vec<String>> = table.columns.iter().map(|column| wrap(&column.title)).collect();
    let rows: Vec<Vec<Vec<String>>> = table
        .rows
        .iter()
        .map(|row| {
            row.cells
                .iter()
                .map(|cell| {
                    let word = mark(lang, cell.mark).map_or_else(String::new, |mark| format!(" [{}]", mark.word));
                    let mut lines = wrap(&format!("{}{word}", cell.value));
                    lines.extend(
                        wrap(&cell.derivation)
                            .into_iter()
                            .filter(|line| !line.is_empty())
                            .map(|line| format!("  {line}")),
                    );
                    lines
                })
                .collect()
        })
        .collect();
    let widths: Vec<usize> = (0..table.columns.len())
        .map(|i| {
            let cells = std::iter::once(&header).chain(rows.iter()).filter_map(|row| row.get(i));
            cells.flatten().map(|line| line.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut out = format!("{}\n\n", figure.title);
    out.push_str(&lines(&header, &widths));
    out.push_str(&format!("{}\n", widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join("  ")));
    for row in &rows {
        out.push_str(&lines(row, &widths));
        out.push('\n');
    }
    if !figure.answer.is_empty() {
        out.push_str(&format!("{}\n", figure.answer));
    }
    if !figure.note.is_empty() {
        out.push_str(&format!("{}\n", figure.note));
    }
    out
}

fn lines(cells: &[Vec<String>], widths: &[usize]) -> String {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for i in 0..height {
        let line: Vec<String> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| {
                let text = cell.get(i).map_or("", String::as_str);
                format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
            })
            .collect();
        out.push_str(line.join("  ").trim_end());
        out.push('\n');
    }
    out
}

fn wrap(text: &str) -> Vec<String> {
    wrapped(text, WIDEST)
}

/// A text in lines of at most so many characters, words whole.
pub fn wrapped(text: &str, widest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > widest {
            lines.push(word.to_owned());
        } else {
            if !lines[last].is_empty() {
                lines[last].push(' ');
            }
            lines[last].push_str(word);
        }
    }
    lines
}
