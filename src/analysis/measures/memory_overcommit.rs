//! `memory-overcommit`

use crate::analysis::capacity::{self, NodeRoom};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, not_applicable, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::quantity::{Bytes, Share};
use crate::said;
use crate::source::{Said, Show};

/// How much memory is promised for each byte that there is.
pub static MEASURE: Measure = Measure {
    id: "memory-overcommit",
    title: words("Memory promised on the fullest machine", "Mémoire promise sur la machine la plus chargée"),
    explains: words(
        "The sum of memory limits on a node over what it can give pods; for a partition of a SoC, over its memory less what its system keeps. The fullest one counts. Over 100 % means that programs which all use what they may are killed. What has no limit is named, and makes it a lower bound.",
        "La somme des limites de mémoire sur un nœud, rapportée à ce qu’il peut donner aux pods ; pour une partition de SoC, à sa mémoire moins ce que garde son système. Le plus chargé compte. Au-delà de 100 %, des programmes qui prennent tous ce à quoi ils ont droit sont tués. Ce qui n’a pas de limite est nommé, et la valeur devient un minorant.",
    ),
    better: Some(Better::Lower),
    unit: "share",
    sources: &["Kubernetes documentation, Resource Management for Pods and Containers; Node-pressure Eviction"],
    work_out: Work::Design(work_out),
};

/// What is promised in one place, of how much.
struct Promised {
    place: String,
    limits: Derived<Bytes>,
    memory: Derived<Bytes>,
}

impl Promised {
    fn share(&self) -> f64 {
        let memory = self.memory.value.value();
        if memory > 0.0 { self.limits.value.value() / memory } else { f64::INFINITY }
    }
}

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut places: Vec<Promised> = Vec::new();
    let mut silent: Vec<&str> = Vec::new();
    for room in capacity::clusters(view) {
        for node in room.nodes.iter() {
            let NodeRoom { machine, memory: Some(memory), limit_memory: limits, .. } = node else {
                return unanswered(said!(
                    "the memory of a node of `{name}` is not stated",
                    "la mémoire d’un nœud de `{name}` n’est pas dite",
                    name = room.name
                ));
            };
            let place = view.machines.get(*machine).map_or_else(String::new, |machine| machine.name.clone());
            places.push(Promised { place, limits: limits.clone(), memory: memory.clone() });
        }
    }
    for (name, component) in &view.design.components {
        if capacity::demand(view, name, component).is_some_and(|demand| demand.limit_memory.is_none()) {
            silent.push(name);
        }
    }
    for room in capacity::partitions(view) {
        silent.extend(room.unlimited.iter().copied());
        places.push(Promised { place: room.name.to_owned(), limits: room.limits, memory: room.memory });
    }
    let Some(fullest) = places.iter().reduce(|a, b| if b.share() > a.share() { b } else { a }) else {
        return not_applicable(said!("no cluster and no partition", "ni cluster, ni partition"));
    };
    let text = Said::by(|lang| Share::of((fullest.share() * 100.0).round() / 100.0).show(lang));
    let mut said = vec![said!(
        "`{place}`: {limits} promised of {memory}",
        "`{place}` : {limits} promis sur {memory}",
        place = fullest.place,
        limits = fullest.limits.value,
        memory = fullest.memory.value
    )];
    let mut value = Value::number(fullest.share(), text);
    if !silent.is_empty() {
        let silent = names(&silent);
        said.push(said!("no limit: {silent}", "sans limite : {silent}", silent = silent));
        value = value.without(vec![silent]);
    }
    let facts = places.iter().flat_map(|place| place.limits.facts.iter().chain(&place.memory.facts)).cloned();
    Derived::new(value, parts(&said)).from_facts(facts)
}
