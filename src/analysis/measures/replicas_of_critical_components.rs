//! `replicas-of-critical-components`

use super::needed::{ours, placement};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// How many copies the scarcest needed component has.
pub static MEASURE: Measure = Measure {
    id: "replicas-of-critical-components",
    title: words("Replicas of what is needed", "Réplicas de ce qui est nécessaire"),
    explains: words(
        "The least number of pods or members among the components of ours that a function needs.",
        "Le plus petit nombre de pods ou de membres parmi nos composants dont une fonction a besoin.",
    ),
    better: Some(Better::Higher),
    unit: "instances",
    sources: &["Kubernetes documentation, ReplicaSet"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let needed = ours(view);
    let Some(least) = needed.iter().map(|needed| view.wanted(needed.component)).min() else {
        return unanswered(said!(
            "no function needs a component that runs on machines of ours",
            "aucune fonction n’a besoin d’un composant qui tourne sur nos machines"
        ));
    };
    let each: Vec<Said> = needed
        .iter()
        .map(|needed| said!("{name} {n}", "{name} {n}", name = needed.name, n = view.wanted(needed.component)))
        .collect();
    Derived::new(
        Value::count(least as usize),
        said!("least of {each}", "minimum de {each}", each = Said::join(&each, ", ")),
    )
    .from_facts(needed.iter().flat_map(|needed| placement(view, needed)))
}
