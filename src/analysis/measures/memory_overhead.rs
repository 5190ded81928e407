//! `memory-overhead`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, OnStack, Value, Work, unanswered};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::model::stack::{Layer, LayerKind, Per};
use crate::design::quantity::Bytes;
use crate::said;
use crate::source::{Lang, Said, Show};

/// Memory before any application runs.
pub static MEASURE: Measure = Measure {
    id: "memory-overhead",
    title: words("Memory before any application", "Mémoire avant toute application"),
    explains: words(
        "What the layers below the applications take: the memory of each, times how many of it there are. A layer whose memory nobody states is named and makes the sum a lower bound.",
        "Ce que prennent les couches sous les applications : la mémoire de chacune, fois leur nombre. Une couche dont personne ne dit la mémoire est nommée, et la somme devient un minorant.",
    ),
    better: Some(Better::Lower),
    unit: "B",
    sources: &["Kubernetes documentation, Pod Overhead"],
    work_out: Work::Stack(work_out),
};

fn work_out(on: &OnStack<'_>) -> Derived<Value> {
    let mut total = 0.0;
    let mut terms = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for per in [Per::Host, Per::Vm, Per::Application] {
        let layers: Vec<(&Layer, &Bytes)> = on
            .stack
            .layers
            .iter()
            .filter(|layer| layer.per == per && takes_memory(layer.kind))
            .filter_map(|layer| Some((layer, &layer.memory.as_ref()?.value)))
            .collect();
        if layers.is_empty() {
            continue;
        }
        let Some(instances) = on.instances_per(per) else { return on.no_per_host() };
        total += f64::from(instances) * layers.iter().map(|(_, memory)| memory.value()).sum::<f64>();
        let each: Vec<&Bytes> = layers.iter().map(|(_, memory)| *memory).collect();
        terms.push(said!("{n} × {each}", "{n} × {each}", n = instances, each = sum(&each)));
        for (layer, _) in layers {
            derived = derived.from_fact(on.fact(layer, "memory")).from_facts(on.counted_from(layer));
            if let Some(memory) = &layer.memory {
                derived = derived.sourced(memory.evidence());
            }
        }
    }
    let silent: Vec<Said> = on
        .stack
        .layers
        .iter()
        .filter(|layer| takes_memory(layer.kind) && layer.memory.is_none())
        .map(|layer| layer.kind.title())
        .collect();
    if terms.is_empty() {
        return unanswered(said!(
            "no layer says how much memory it takes (`memory`)",
            "aucune couche ne dit combien de mémoire elle prend (`memory`)"
        ));
    }
    let mut formula = Said::join(&terms, " + ");
    if !silent.is_empty() {
        formula = said!(
            "{formula}; not stated: {layers}",
            "{formula} ; non dit : {layers}",
            formula = formula,
            layers = Said::list(&silent)
        );
    }
    derived.formula = formula;
    derived.map(|()| Value::number(total, Said::by(|lang| short(total).show(lang))).without(silent))
}

/// Whether a layer takes memory of its own. Hardware and firmware have it, a partition is given it,
/// a pod is a group of containers, and the application is what the rest is there for.
fn takes_memory(kind: LayerKind) -> bool {
    !matches!(
        kind,
        LayerKind::Hardware | LayerKind::Firmware | LayerKind::Partition | LayerKind::Pod | LayerKind::Application
    )
}

/// A sum of memories as one would write it: one number where the units agree, else the terms.
fn sum(each: &[&Bytes]) -> Said {
    let unit = |bytes: &Bytes| bytes.show(Lang::En).rsplit('\u{a0}').next().map(str::to_owned);
    match each {
        [one] => Said::by(|lang| one.show(lang)),
        [first, rest @ ..] if rest.iter().all(|other| unit(other) == unit(first)) => {
            let binary = unit(first).is_some_and(|unit| unit.contains('i'));
            let total: f64 = each.iter().map(|bytes| bytes.value()).sum();
            if binary { Said::by(|lang| Bytes::of(total).show(lang)) } else { terms(each) }
        }
        _ => terms(each),
    }
}

fn terms(each: &[&Bytes]) -> Said {
    Said::by(|lang| format!("({})", each.iter().map(|bytes| bytes.show(lang)).collect::<Vec<_>>().join(" + ")))
}

/// A worked-out memory to one decimal of its unit: more would pretend to a precision that idle
/// systems do not have.
fn short(value: f64) -> Bytes {
    let mut unit = 1.0;
    while value >= unit * 1024.0 {
        unit *= 1024.0;
    }
    Bytes::of((value / unit * 10.0).round() / 10.0 * unit)
}
