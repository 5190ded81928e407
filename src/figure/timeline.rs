//! Timelines: what happened to whom, when, and because of what.

use super::drawing::{Drawing, Role};
use crate::source::Lang;

mod paint;
mod places;
#[cfg(test)]
mod tests;

/// What is to be drawn. All times are in seconds since the disturbance.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// One line for each actor or measure, from the top.
    pub lanes: Vec<Lane>,
    /// Why something happened: dashed verticals or arrows between lanes, with a sentence.
    pub causes: Vec<Cause>,
    /// What is due at a moment: a vertical through the lanes of what lasts, with its name above them.
    pub due: Vec<(f64, String)>,
    /// What is due only after the axis ends.
    pub due_later: Vec<String>,
    /// Where the axis begins, in seconds.
    pub from_s: f64,
    /// Where the axis ends, in seconds.
    pub to_s: f64,
}

/// One line of a timeline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lane {
    /// What the line is about.
    pub label: String,
    /// What lasts.
    pub spans: Vec<Span>,
    /// What happens at once.
    pub instants: Vec<Instant>,
    /// Whether a hairline separates it from the lane above: simulated from observed.
    pub apart: bool,
    /// The address of the fact it stands for.
    pub fact: Option<String>,
}

/// Something that lasts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Span {
    /// When it begins, in seconds.
    pub from_s: f64,
    /// When it ends, in seconds; beyond the axis it is cut, and says so with an open end.
    pub to_s: f64,
    /// What it says, inside of the bar where it fits, else beside it.
    pub text: String,
    /// What it means: good, bad, warn, accent.
    pub role: Role,
    /// Whether it is drawn in full strength rather than tinted.
    pub strong: bool,
    /// The earliest and latest end over all runs, in seconds: a thin bracket above the bar's end.
    pub interval_s: Option<(f64, f64)>,
}

/// Something that happens at once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Instant {
    /// When, in seconds.
    pub at_s: f64,
    /// What it says.
    pub text: String,
    /// How it is known.
    pub known: Known,
    /// The earliest and latest moment, in seconds: a thin bracket above the mark.
    pub interval_s: Option<(f64, f64)>,
}

/// How something is known, which decides its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Known {
    /// Simulated: a filled dot.
    #[default]
    Simulated,
    /// Observed: a ring.
    Observed,
    /// Predicted: a triangle.
    Predicted,
}

/// Why something happened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cause {
    /// When, in seconds.
    pub at_s: f64,
    /// The lane it comes from, counted from the top; with `to_lane` an arrow, else a dashed vertical
    /// through all lanes.
    pub from_lane: Option<usize>,
    /// The lane it works on.
    pub to_lane: Option<usize>,
    /// The sentence.
    pub text: String,
}

/// Draws a timeline at page width.
pub fn draw_timeline(timeline: &Timeline, lang: Lang) -> Drawing {
    paint::paint(timeline, lang)
}
