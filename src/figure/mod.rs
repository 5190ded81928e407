//! What a reader looks at: tables, diagrams, charts, timelines.
//!
//! A figure is data (cells, marks) until a renderer writes it, so that Markdown, HTML and SVG all
//! draw the same figure. Nothing here reads files or knows a report.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use crate::source::Severity;

pub mod catalogue;
pub mod chart;
pub mod drawing;
pub mod format;
pub mod layout;
mod moments;
pub mod replay;
pub mod sign;
pub mod stack;
pub mod svg;
pub mod text;
pub mod theme;
pub mod timeline;
pub mod topology;
pub mod typeset;

pub use drawing::Drawing;

/// One figure in one language, ready to be written by any renderer.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// A stem for file names and anchors, unique for what it shows: `containers-or-vms.comparison`.
    pub id: String,
    /// What the figure is about, as a heading.
    pub title: String,
    /// The sentence that says what the figure shows; first line of the cartouche, and the text
    /// alternative of a drawing.
    pub answer: String,
    /// How to read it, or what was assumed; second line of the cartouche.
    pub note: String,
    /// The rest of the title block: label and value (document, date, version).
    pub cartouche: Vec<(String, String)>,
    /// The table or the drawing.
    pub body: Body,
    /// The addresses of the facts that the figure was worked out from.
    pub facts: BTreeSet<String>,
}

/// What a figure consists of.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Cells.
    Table(Table),
    /// Marks.
    Drawing(Drawing),
}

/// Cells in rows and columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The column titles, that of the row headers first.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What is said where there is no row.
    pub empty: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// The title.
    pub title: String,
    /// Whether numbers stand right-aligned in it.
    pub numeric: bool,
}

/// One row: the first cell is its header.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// As many cells as there are columns.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// The value, large.
    pub value: String,
    /// What it was worked out from, small beneath it: `3 × 380 MiB + 50 × 4.1 MB`.
    pub derivation: String,
    /// How it stands against its neighbours or its objective.
    pub mark: Mark,
    /// Where typed-in values come from, with their year and conditions.
    pub sources: Vec<String>,
    /// The addresses of the facts that the cell was worked out from.
    pub facts: Facts,
}

/// Addresses of facts. The cells of a row mostly rest on the same ones, and share them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Facts(Arc<BTreeSet<String>>);

impl Deref for Facts {
    type Target = BTreeSet<String>;
    fn deref(&self) -> &BTreeSet<String> {
        &self.0
    }
}

impl Facts {
    /// Whether the two are one set in memory: a quick way to see that they are the same.
    pub fn shared_with(&self, other: &Facts) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl From<BTreeSet<String>> for Facts {
    fn from(facts: BTreeSet<String>) -> Facts {
        Facts(Arc::new(facts))
    }
}

impl FromIterator<String> for Facts {
    fn from_iter<I: IntoIterator<Item = String>>(facts: I) -> Facts {
        Facts(Arc::new(facts.into_iter().collect()))
    }
}

impl IntoIterator for Facts {
    type Item = String;
    type IntoIter = std::collections::btree_set::IntoIter<String>;
    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.0).into_iter()
    }
}

impl Extend<String> for Facts {
    fn extend<I: IntoIterator<Item = String>>(&mut self, facts: I) {
        let mut facts = facts.into_iter().peekable();
        if facts.peek().is_some() {
            Arc::make_mut(&mut self.0).extend(facts);
        }
    }
}

/// How a cell stands; always also shown by a sign and said to who hears it, never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mark {
    /// Nothing to say.
    #[default]
    None,
    /// The best of its row.
    Best,
    /// Meets what was asked.
    Good,
    /// Does not meet what was asked.
    Bad,
    /// Worth a look.
    Warn,
    /// The design does not say.
    Unanswered,
    /// A finding of this severity.
    Finding(Severity),
}

impl Figure {
    /// Whether it is a table without a row: there is nothing to show.
    pub fn is_empty(&self) -> bool {
        matches!(&self.body, Body::Table(table) if table.rows.is_empty())
    }
}

impl Cell {
    /// A cell with a value and nothing else.
    pub fn new(value: impl Into<String>) -> Cell {
        Cell { value: value.into(), ..Cell::default() }
    }

    /// The same with what it was worked out from.
    pub fn derived(mut self, derivation: impl Into<String>) -> Cell {
        self.derivation = derivation.into();
        self
    }

    /// The same with a mark.
    pub fn marked(mut self, mark: Mark) -> Cell {
        self.mark = mark;
        self
    }
}
