//! An axis: its ticks from `plotters`, its places, its texts.

use plotters::coord::ranged1d::{BoldPoints, Ranged};
use plotters::coord::types::RangedCoordf64;

/// A linear axis between two pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    /// The value at the first pixel.
    pub from: f64,
    /// The value at the last pixel.
    pub to: f64,
    /// The pixel of the first value.
    pub start: f64,
    /// The pixel of the last value.
    pub end: f64,
}

/// An axis is worked out in hundredths of a pixel, because `plotters` counts whole ones.
const FINE: f64 = 100.0;

impl Axis {
    /// An axis over some values, widened to whole ticks, of which there are at most `most`.
    pub(super) fn over(values: impl IntoIterator<Item = f64>, zero: bool, most: usize, start: f64, end: f64) -> Axis {
        let (mut from, mut to) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if from > to {
            (from, to) = (0.0, 1.0);
        }
        if zero {
            (from, to) = (from.min(0.0), to.max(0.0));
        }
        if to - from < f64::EPSILON * to.abs().max(1.0) {
            to = from + 1.0;
        }
        let ticks = Axis { from, to, start, end }.ticks(most);
        if let [first, second, ..] = ticks[..] {
            let step = second - first;
            from = (from / step + 1e-9).floor() * step;
            to = (to / step - 1e-9).ceil() * step;
        }
        Axis { from, to, start, end }
    }

    /// The round values at which a tick stands.
    pub(super) fn ticks(&self, most: usize) -> Vec<f64> {
        let range = RangedCoordf64::from(self.from..self.to);
        range.key_points(BoldPoints(most))
    }

    /// The pixel of a value.
    pub(super) fn at(&self, value: f64) -> f64 {
        let range = RangedCoordf64::from(self.from..self.to);
        let limit = ((self.start * FINE) as i32, (self.end * FINE) as i32);
        f64::from(range.map(&value.clamp(self.from, self.to), limit)) / FINE
    }
}
