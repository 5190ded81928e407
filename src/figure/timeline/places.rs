//! Where on a timeline things go: the axis, and texts that must not lie on each other.

use crate::figure::moments;
use crate::source::Lang;

/// Seconds on a horizontal axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    pub from_s: f64,
    pub to_s: f64,
    pub left: f64,
    pub right: f64,
}

impl Axis {
    /// Where a moment stands; what lies outside of the axis stands at its end.
    pub(super) fn x(&self, second: f64) -> f64 {
        let share = (second - self.from_s) / (self.to_s - self.from_s);
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// The moments of the ticks, and how they are written.
    pub(super) fn ticks(&self, lang: Lang) -> Vec<(f64, String)> {
        let most = ((self.right - self.left) / 80.0).floor().max(2.0);
        let (ticks, step) = moments::ticks(self.from_s, self.to_s, most);
        let (unit, name) = match step {
            step if step >= 86400.0 => (86400.0, if lang == Lang::Fr { "j" } else { "d" }),
            step if step >= 3600.0 => (3600.0, "h"),
            step if step >= 60.0 => (60.0, "min"),
            _ => (1.0, "s"),
        };
        ticks.into_iter().map(|second| (second, format!("{}\u{a0}{name}", lang.number(second / unit, 1)))).collect()
    }
}

/// Stretches that are taken, in rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    rows: Vec<Vec<(f64, f64)>>,
    /// Verticals that lead from a mark down to a row: they may stand close, but not in a text.
    lines: Vec<(usize, f64)>,
}

impl Taken {
    /// Whether a stretch of a row is free, with a little air on both sides.
    pub(super) fn free(&self, row: usize, from: f64, to: f64) -> bool {
        self.rows.get(row).is_none_or(|taken| taken.iter().all(|(a, b)| to + 3.0 <= *a || *b + 3.0 <= from))
    }

    /// Whether a vertical reaches this stretch of a row.
    pub(super) fn crossed(&self, row: usize, from: f64, to: f64) -> bool {
        self.lines.iter().any(|(down, x)| *down >= row && from - 2.0 <= *x && *x <= to + 2.0)
    }

    /// Draws a vertical from the marks down to a row.
    pub(super) fn lead(&mut self, row: usize, x: f64) {
        self.lines.push((row, x));
    }

    /// Takes a stretch of a row.
    pub(super) fn take(&mut self, row: usize, from: f64, to: f64) {
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        if let Some(taken) = self.rows.get_mut(row) {
            taken.push((from, to));
        }
    }

    /// How many rows hold something.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }
}
