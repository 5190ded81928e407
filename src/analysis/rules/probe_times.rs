//! How long a probe waits before it acts.

use crate::design::model::component::Probe;

/// How long it fails before that has consequences: period × failures, 10 s × 3 where not said.
pub fn patience(probe: &Probe) -> f64 {
    probe.period.as_ref().map_or(10.0, |period| period.value()) * f64::from(probe.failures.unwrap_or(3))
}
