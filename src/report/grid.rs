//! A table as the page's templates see it, with its sources as numbered notes.

use serde::Serialize;

use super::{
    Found,
    around::how,
    linked::Linked,
    pieces::{Piece, pieces},
    sheet::Names,
    words,
};
use crate::{
    figure::{
        Cell, Table,
        typeset::{plain, typeset},
    },
    source::Lang,
};

/// A value that starts with a number is set heavier unless it has more words than this: a sentence.
const FIGURE: usize = 4;

/// A table.
#[derive(Debug, Serialize)]
pub(super) struct Grid {
    columns: Vec<Head>,
    rows: Vec<Line>,
    empty: Vec<Piece>,
    notes: Vec<Note>,
}

/// A row.
#[derive(Debug, Default, Serialize)]
struct Line {
    /// The anchor of what the row is about; empty where nothing leads to it.
    id: String,
    cells: Vec<Field>,
    /// What the review says of what the row is about.
    beside: Vec<Remark>,
}

/// A finding beside a row.
#[derive(Debug, Serialize)]
struct Remark {
    sign: &'static str,
    word: &'static str,
    class: &'static str,
    text: Vec<Piece>,
    /// The row of the table of findings that says more.
    href: String,
}

#[derive(Debug, Serialize)]
struct Head {
    title: Vec<Piece>,
    numeric: bool,
}

/// A cell of a table.
#[derive(Debug, Default, Serialize)]
struct Field {
    value: Vec<Piece>,
    class: String,
    /// Whether the value is a number with its unit, and is set heavier.
    figure: bool,
    sign: &'static str,
    /// The mark in words where the value alone does not say it; it stands beneath.
    word: &'static str,
    /// The mark in words for who hears the sheet, where they are not shown.
    heard: String,
    derivation: Vec<Piece>,
    refs: Vec<Ref>,
}

/// A reference from a cell to a note.
#[derive(Debug, Serialize)]
struct Ref {
    number: usize,
    id: String,
    note: String,
    label: String,
    title: String,
}

/// A source of the table.
#[derive(Debug, Serialize)]
struct Note {
    id: String,
    text: Vec<Piece>,
    back: Vec<Back>,
}

/// The way back from a note to a cell.
#[derive(Debug, Serialize)]
struct Back {
    id: String,
    label: String,
}

/// The distinct sources of a table, in the order in which it is read.
pub(super) fn sources(table: &Table) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for source in table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.sources) {
        let source = source.trim();
        if !source.is_empty() && !found.contains(&source) {
            found.push(source);
        }
    }
    found
}

/// The numbers of a cell's sources among those of its table, each once.
pub(super) fn numbers(cell: &Cell, sources: &[&str]) -> Vec<usize> {
    let mut numbers: Vec<usize> = cell
        .sources
        .iter()
        .filter_map(|source| sources.iter().position(|other| *other == source.trim()))
        .map(|at| at + 1)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

impl Grid {
    /// A table; the ids of its notes and of the references to them start with `prefix`.
    pub(super) fn new(table: &Table, lang: Lang, prefix: &str, names: &mut Names) -> Grid {
        let mut notes = Notes::new(sources(table), lang, prefix, names);
        let mut rows = Vec::new();
        let mut header = "";
        for row in &table.rows {
            if let Some(first) = row.cells.first().filter(|first| !first.value.trim().is_empty()) {
                header = &first.value;
            }
            let mut fields = Vec::new();
            for (i, cell) in row.cells.iter().enumerate() {
                let column = table.columns.get(i);
                let place = match column {
                    Some(column) if i > 0 => format!("{header}, {}", column.title),
                    _ => header.to_owned(),
                };
                let mut field = Field::new(cell, column.is_some_and(|column| column.numeric), i == 0, lang);
                field.refs = notes.refer(cell, &place);
                fields.push(field);
            }
            rows.push(Line { cells: fields, ..Line::default() });
        }
        let columns = table.columns.iter();
        let columns = columns.map(|column| Head { title: pieces(&column.title), numeric: column.numeric }).collect();
        Grid { columns, rows, empty: pieces(&table.empty), notes: notes.notes }
    }
}

impl Grid {
    /// Gives names in the cells their links; `here` is the page's own file.
    pub(super) fn link(&mut self, linked: &Linked<'_>, here: &str) {
        for cell in self.rows.iter_mut().flat_map(|line| &mut line.cells) {
            for pieces in [&mut cell.value, &mut cell.derivation] {
                *pieces = linked.resolve(std::mem::take(pieces), here);
            }
        }
    }

    /// Gives each row that is headed by one of these names an anchor, unless the page has it already;
    /// says which names got which.
    pub(super) fn name_rows(&mut self, wanted: &[String], names: &mut Names) -> Vec<(String, String)> {
        let mut given = Vec::new();
        for line in self.rows.iter_mut().filter(|line| line.id.is_empty()) {
            let head = line.cells.first().map(|cell| cell.value.as_slice());
            let Some([Piece { text, .. }]) = head else { continue };
            let anchor = format!("component-{text}");
            if wanted.contains(text) && !names.has(&anchor) {
                line.id = names.unique(&anchor);
                given.push((text.clone(), line.id.clone()));
            }
        }
        given
    }

    /// Gives the rows of a table of findings their anchors: `finding-3` for the fourth of the design.
    pub(super) fn name_findings(&mut self, found: &[Found], names: &mut Names) {
        for line in &mut self.rows {
            let text = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
            let Some(last) = line.cells.last() else { continue };
            let (code, place) = (text(&last.value), text(&last.derivation));
            let same = |one: &&Found| one.code == code && format!("{}:{}", one.file, one.line) == place;
            let mut numbers = found.iter().enumerate().filter(|(_, one)| same(one)).map(|(number, _)| number);
            if let Some(number) = numbers.find(|number| !names.has(&format!("finding-{number}"))) {
                line.id = names.unique(&format!("finding-{number}"));
            }
        }
    }

    /// Puts findings beside a row.
    pub(super) fn put_beside(&mut self, row: usize, numbers: &[usize], found: &[Found], lang: Lang) {
        let Some(line) = self.rows.get_mut(row) else { return };
        for number in numbers {
            let Some(one) = found.get(*number) else { continue };
            let (_, mark) = how(one);
            let Some(mark) = words::mark(lang, mark) else { continue };
            let text = pieces(typeset(one.message.get(lang), lang).as_ref());
            let href = format!("#finding-{number}");
            line.beside.push(Remark { sign: mark.sign, word: mark.word, class: mark.class, text, href });
        }
    }
}

/// A table's notes while its cells are read.
struct Notes<'a> {
    sources: Vec<&'a str>,
    notes: Vec<Note>,
    lang: Lang,
    prefix: &'a str,
    names: &'a mut Names,
}

impl<'a> Notes<'a> {
    fn new(sources: Vec<&'a str>, lang: Lang, prefix: &'a str, names: &'a mut Names) -> Notes<'a> {
        let note = |(i, source): (usize, &&str)| Note {
            id: names.unique(&format!("{prefix}-note-{}", i + 1)),
            text: pieces(source),
            back: Vec::new(),
        };
        let notes = sources.iter().enumerate().map(note).collect();
        Notes { sources, notes, lang, prefix, names }
    }

    /// A cell's references to notes, which from now on lead back to it.
    fn refer(&mut self, cell: &Cell, place: &str) -> Vec<Ref> {
        let words = words::words(self.lang);
        let mut refs = Vec::new();
        for number in numbers(cell, &self.sources) {
            let (Some(note), Some(source)) = (self.notes.get_mut(number - 1), self.sources.get(number - 1)) else {
                continue;
            };
            let id = self.names.unique(&format!("{}-use-{number}", self.prefix));
            let label = words::labelled(self.lang, words.back_to, &plain(&place.replace('\n', " ")));
            note.back.push(Back { id: id.clone(), label });
            let label = format!("{}\u{a0}{number}", words.note);
            refs.push(Ref { number, id, note: note.id.clone(), label, title: plain(source).into_owned() });
        }
        refs
    }
}

impl Field {
    fn new(cell: &Cell, numeric: bool, first: bool, lang: Lang) -> Field {
        let value = cell.value.trim();
        let mut field = Field {
            value: pieces(value),
            figure: is_figure(value),
            derivation: pieces(&cell.derivation),
            ..Field::default()
        };
        let mut classes = Vec::new();
        if let Some(mark) = words::mark(lang, cell.mark) {
            classes.push(mark.class);
            field.sign = mark.sign;
            if words::stands_beneath(cell.mark, mark.word, value) {
                field.word = mark.word;
            } else if !words::says(value, mark.word) {
                field.heard = words::labelled(lang, mark.word, "");
            }
        }
        if numeric {
            classes.push("number");
        }
        if first && value.is_empty() {
            classes.push("more");
        }
        field.class = classes.join(" ");
        field
    }
}

/// Whether a value is a number with its unit, and is set heavier.
pub(super) fn is_figure(value: &str) -> bool {
    let digits = value.trim_start_matches(['−', '-', '+', '~', '≈', '<', '>', '≤', '≥', ' ', '\u{a0}', '\u{202f}']);
    digits.starts_with(|c: char| c.is_ascii_digit()) && value.split(' ').count() <= FIGURE && !is_date(value)
}

/// Whether a value is a date: its digits are not read as an amount.
fn is_date(value: &str) -> bool {
    value.split('-').count() == 3 && value.chars().all(|c| c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Column, Mark, Row};

    fn sourced(value: &str, sources: &[&str]) -> Cell {
        Cell { sources: sources.iter().map(|source| (*source).to_owned()).collect(), ..Cell::new(value) }
    }

    fn table(rows: Vec<Vec<Cell>>) -> Table {
        let columns = ["Criterion", "A", "B"].map(|title| Column { title: title.into(), numeric: false });
        Table {
            columns: columns.into(),
            rows: rows.into_iter().map(|cells| Row { cells }).collect(),
            empty: String::new(),
        }
    }

    #[test]
    fn the_same_source_is_one_note() {
        let table = table(vec![
            vec![
                Cell::new("Start"),
                sourced("1 s", &["x, 2026, cold", " y "]),
                sourced("2 s", &["x, 2026, warm", "x, 2026, cold"]),
            ],
            vec![Cell::default(), sourced("3 s", &["y", "y", ""]), Cell::new("4 s")],
        ]);
        assert_eq!(sources(&table), ["x, 2026, cold", "y", "x, 2026, warm"]);
        let mut names = Names::default();
        names.unique("figure-2-use-1");
        let grid = Grid::new(&table, Lang::Fr, "figure-2", &mut names);
        let numbers =
            |row: usize, cell: usize| grid.rows[row].cells[cell].refs.iter().map(|one| one.number).collect::<Vec<_>>();
        assert_eq!((numbers(0, 1), numbers(0, 2), numbers(1, 1)), (vec![1, 2], vec![1, 3], vec![2]));
        assert_eq!(
            grid.notes.iter().map(|note| note.id.as_str()).collect::<Vec<_>>(),
            ["figure-2-note-1", "figure-2-note-2", "figure-2-note-3"]
        );
        let back: Vec<(&str, &str)> =
            grid.notes[1].back.iter().map(|back| (back.id.as_str(), back.label.as_str())).collect();
        assert_eq!(
            back,
            [("figure-2-use-2", "retour à\u{a0}: Start, A"), ("figure-2-use-2-2", "retour à\u{a0}: Start, A")]
        );
        assert_eq!(grid.notes[0].back[0].id, "figure-2-use-1-2", "an id that is taken is not given twice");
        let first = &grid.rows[0].cells[1].refs[0];
        assert_eq!(
            (first.note.as_str(), first.label.as_str(), first.title.as_str()),
            ("figure-2-note-1", "note\u{a0}1", "x, 2026, cold")
        );
    }

    #[test]
    fn a_mark_is_shown_once_and_always_heard() {
        let field = |value: &str, mark: Mark| Field::new(&Cell::new(value).marked(mark), false, false, Lang::En);
        let stops = field("quote-db", Mark::Bad);
        assert_eq!((stops.sign, stops.word, stops.heard.as_str(), stops.class.as_str()), ("✗", "", "problem: ", "bad"));
        let best = field("3", Mark::Best);
        assert_eq!((best.word, best.heard.as_str(), best.figure), ("best", "", true));
        let open = field("not stated", Mark::Unanswered);
        assert_eq!((open.sign, open.word, open.heard.as_str()), ("?", "", ""));
        assert_eq!(field("", Mark::Unanswered).word, "not stated");
    }

    #[test]
    fn numbers_are_told_from_sentences() {
        let field = |value: &str| Field::new(&Cell::new(value), false, true, Lang::En);
        for value in ["568\u{a0}ms", "−3", "5\u{a0}min 49\u{a0}s", "≈ 3 GiB", "2 pods (StatefulSet)"] {
            assert!(field(value).figure, "{value}");
        }
        for value in ["6 nodes in 3 zones", "quote-db 3 × 100 GiB", "2026-09-05", ""] {
            assert!(!field(value).figure, "{value}");
        }
        assert_eq!(field(" ").class, "more");
    }
}
