//! `memory-per-application`

use super::memory_overhead;
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Known, Measure, OnStack, Subject, Value, Work};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::quantity::Bytes;
use crate::said;
use crate::source::Show;

/// What one application costs in memory before it does anything.
pub static MEASURE: Measure = Measure {
    id: "memory-per-application",
    title: words("Memory overhead of one application", "Surcoût mémoire d’une application"),
    explains: words(
        "The memory before any application (`memory-overhead`) divided by how many applications are assumed: what sharing a host, a kernel and its daemons saves.",
        "La mémoire avant toute application (`memory-overhead`) divisée par le nombre d’applications supposé : ce qu’épargne le partage d’un hôte, d’un noyau et de ses démons.",
    ),
    better: Some(Better::Lower),
    unit: "B",
    sources: &["Kubernetes documentation, Pod Overhead"],
    work_out: Work::Stack(work_out),
};

fn work_out(on: &OnStack<'_>) -> Derived<Value> {
    let whole = memory_overhead::MEASURE.of(&Subject::Stack(on));
    let Value::Known(Known { text, number: Some(total), leaves_out, .. }) = whole.value.clone() else { return whole };
    let applications = on.assume.applications.max(1);
    let each = total / f64::from(applications);
    let shown = crate::source::Said::by(|lang| Bytes::of((each / 104_857.6).round() * 104_857.6).show(lang));
    let mut derived = whole.map(|_| Value::number(each, shown).without(leaves_out));
    derived.formula =
        said!("{text} / {applications}", "{text} / {applications}", text = text, applications = applications);
    derived
}
