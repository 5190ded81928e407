//! Charts: lines over a quantity, bars against a limit.
//!
//! Axes, ticks and places come from `plotters`' coordinates; what is drawn are our own marks, with
//! our own measured text. Lines are told apart by their pattern and by a name at their end, never by
//! colour alone.

use super::drawing::{Drawing, Role};
use crate::source::Lang;

mod axis;
mod bars;
mod lines;
#[cfg(test)]
mod tests;

/// Writes a value of an axis, with its unit, in the reader's language.
pub type Format<'a> = &'a dyn Fn(f64) -> String;

/// Lines over a quantity.
pub struct LineChart<'a> {
    /// What is counted along the horizontal axis, with its unit.
    pub x_label: String,
    /// What the lines measure, with its unit.
    pub y_label: String,
    /// The lines; at most five can be told apart by their pattern.
    pub series: Vec<Series>,
    /// Whether the vertical axis begins at zero; what is compared by length must.
    pub zero: bool,
    /// Writes a tick of the horizontal axis.
    pub x_format: Format<'a>,
    /// Whether the horizontal axis counts seconds: its ticks then stand at whole minutes or hours.
    pub x_time: bool,
    /// Writes a tick of the vertical axis.
    pub y_format: Format<'a>,
    /// Thresholds across the picture: value, name.
    pub limits: Vec<(f64, String)>,
    /// What is due at a moment of the horizontal axis: a vertical across the picture with its name.
    pub due: Vec<(f64, String)>,
    /// What is due only after the axis ends.
    pub due_later: Vec<String>,
    /// Whether a value holds until the next one (counts over time) rather than being joined to it.
    pub steps: bool,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Its name, written at its end.
    pub label: String,
    /// Its points, ordered along the horizontal axis.
    pub points: Vec<(f64, f64)>,
    /// What it means; gives the colour.
    pub role: Role,
}

/// Horizontal bars, one or several a line, each of parts set end to end.
pub struct BarChart<'a> {
    /// What the bars measure, with its unit.
    pub x_label: String,
    /// One line for each node, component or subject.
    pub rows: Vec<BarRow>,
    /// Writes a tick.
    pub x_format: Format<'a>,
    /// The name of the rows' limits in the legend ("allocatable", "objective").
    pub limit_label: String,
}

/// One line of bars.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarRow {
    /// What the line is about.
    pub label: String,
    /// The bars of the line, above each other.
    pub bars: Vec<Bar>,
    /// What the bars are held against: a vertical stroke across the line.
    pub limit: Option<f64>,
    /// The address of the fact it stands for.
    pub fact: Option<String>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// What this bar of the line is ("requests", "limits"), written at its end with its sum.
    pub label: String,
    /// What it consists of, from the left.
    pub parts: Vec<Part>,
    /// What stands at the bar's end; its sum, where this is empty.
    pub text: String,
}

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Part {
    /// Its name: in the part where it fits, and in its tooltip.
    pub label: String,
    /// How much it is.
    pub value: f64,
    /// What it means.
    pub role: Role,
}

/// Draws a line chart at page width.
pub fn draw_lines(chart: &LineChart<'_>, lang: Lang) -> Drawing {
    lines::draw(chart, lang)
}

/// Draws a bar chart at page width.
pub fn draw_bars(chart: &BarChart<'_>, lang: Lang) -> Drawing {
    bars::draw(chart, lang)
}
