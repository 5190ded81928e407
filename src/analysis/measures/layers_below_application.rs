//! `layers-below-application`

use super::isolation_boundary::titles;
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, OnStack, Value, Work};
use crate::analysis::rule::words;
use crate::design::model::stack::{Layer, LayerKind};

/// How many layers lie below an application.
pub static MEASURE: Measure = Measure {
    id: "layers-below-application",
    title: words("Layers below the application", "Couches sous l’application"),
    explains: words(
        "How many layers there are from the ground up to the application. Neither direction is better: a layer costs and isolates.",
        "Combien de couches il y a du sol jusqu’à l’application. Aucun sens n’est meilleur : une couche coûte et isole.",
    ),
    better: None,
    unit: "layers",
    sources: &[],
    work_out: Work::Stack(work_out),
};

fn work_out(on: &OnStack<'_>) -> Derived<Value> {
    let below: Vec<&Layer> = on.stack.layers.iter().filter(|layer| layer.kind != LayerKind::Application).collect();
    Derived::new(Value::count(below.len()), titles(&below)).from_facts(below.iter().map(|layer| on.fact(layer, "kind")))
}
