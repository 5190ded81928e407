//! `requests-headroom`

use crate::analysis::capacity::{self, Headroom, Loss};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, not_applicable, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::quantity::{Bytes, Cpu, Share};
use crate::said;
use crate::source::{Said, Show};

/// How much of the nodes nobody has asked for.
pub static MEASURE: Measure = Measure {
    id: "requests-headroom",
    title: words("Room left by requests", "Place laissée par les requests"),
    explains: words(
        "The share of the nodes' allocatable processor time and memory that no request claims; the scarcer of the two, in the tightest cluster. Components without requests are named.",
        "La part du processeur et de la mémoire allouables des nœuds qu’aucune request ne réclame ; la plus rare des deux, dans le cluster le plus serré. Les composants sans requests sont nommés.",
    ),
    better: Some(Better::Higher),
    unit: "share",
    sources: &["Kubernetes documentation, Reserve Compute Resources for System Daemons"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut least: Option<f64> = None;
    let mut said = Vec::new();
    let mut facts = Vec::new();
    for room in capacity::clusters(view) {
        let name = room.name;
        let whole = capacity::headroom(view, &room).into_iter().find(|headroom| headroom.loss == Loss::Nothing);
        let Some(Headroom { cpu: Some(cpu), memory: Some(memory), requested, .. }) = whole else {
            return unanswered(said!(
                "the processor time or memory of a node of `{name}` is not stated",
                "le processeur ou la mémoire d’un nœud de `{name}` n’est pas dit"
            ));
        };
        let free = |asked: f64, room: f64| if room > 0.0 { 1.0 - asked / room } else { 0.0 };
        let here = free(requested.cpu, cpu.value.value()).min(free(requested.memory, memory.value.value()));
        least = Some(least.map_or(here, |least| least.min(here)));
        said.push(said!(
            "`{name}`: {a} of {b} cores, {c} of {d} asked for",
            "`{name}` : {a} cœurs demandés sur {b}, {c} sur {d}",
            a = Said::by(|lang| Cpu::of(requested.cpu).show(lang)),
            b = cpu.value,
            c = Said::by(|lang| Bytes::of(requested.memory).show(lang)),
            d = memory.value
        ));
        facts.extend(cpu.facts);
        facts.extend(memory.facts);
    }
    let Some(least) = least else { return not_applicable(said!("no cluster", "aucun cluster")) };
    let silent: Vec<&str> = view
        .design
        .components
        .iter()
        .filter(|(_, component)| {
            let whole =
                component.requests.as_ref().is_some_and(|requests| requests.cpu.is_some() && requests.memory.is_some());
            view.in_kubernetes(component) && !whole
        })
        .map(|(name, _)| name.as_str())
        .collect();
    let asked = view
        .design
        .components
        .iter()
        .filter(|(_, component)| view.in_kubernetes(component) && component.requests.is_some());
    facts.extend(asked.map(|(name, _)| view.path(&format!("components.{name}.requests"))));
    let text = Said::by(|lang| Share::of((least * 100.0).round() / 100.0).show(lang));
    let mut value = Value::number(least, text);
    if !silent.is_empty() {
        let silent = names(&silent);
        said.push(said!("not all requests stated: {silent}", "requests incomplètes : {silent}", silent = silent));
        value = value.without(vec![silent]);
    }
    Derived::new(value, parts(&said)).from_facts(facts)
}
