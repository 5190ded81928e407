//! What typed-in values measure, so that only like is ordered with like.

use crate::analysis::derived::Derived;
use crate::analysis::measure::Value;
use crate::design::quantity::{Bytes, Cpu, Duration, Share};
use crate::said;
use crate::source::Said;

/// What a typed-in scalar measures, in base units, where it measures anything.
pub(super) fn quantity(text: &str) -> Option<(f64, &'static str)> {
    let bytes = Bytes::parse(text).map(|value| (value.value(), "B"));
    bytes
        .or_else(|_| Duration::parse(text).map(|value| (value.value(), "s")))
        .or_else(|_| Share::parse(text).map(|value| (value.value(), "share")))
        .or_else(|_| Cpu::parse(text).map(|value| (value.value(), "")))
        .ok()
}

/// The units among the values of a row, each once, in the order in which they come.
pub(super) fn units(cells: &[Derived<Value>]) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for cell in cells {
        if let Value::Known(known) = &cell.value
            && known.number.is_some()
            && let Some(unit) = &known.unit
            && !units.contains(unit)
        {
            units.push(unit.clone());
        }
    }
    units
}

/// A unit as people say it.
pub(super) fn called(unit: &str) -> Said {
    match unit {
        "B" => said!("memory or storage", "mémoire ou stockage"),
        "s" => said!("a time", "une durée"),
        "share" => said!("a percentage", "un pourcentage"),
        "" => said!("a plain number", "un nombre sans unité"),
        other => Said::same(other),
    }
}
