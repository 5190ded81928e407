//! `blast-radius`

use std::collections::BTreeSet;

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, counted, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::model::component::{ComponentKind, Needs};
use crate::said;
use crate::source::Said;

/// How much stops with one component.
pub static MEASURE: Measure = Measure {
    id: "blast-radius",
    title: words("Blast radius of one component", "Rayon d’impact d’un composant"),
    explains: words(
        "How many other components stop with one that stops, however many instances it has: those that need it hard, those that need these, and so on. The component that takes most with it counts; people and other institutions’ systems are not counted. Which functions stop with it is said beside it.",
        "Combien d’autres composants s’arrêtent avec un composant qui s’arrête, quel que soit son nombre d’instances : ceux à qui il est indispensable, ceux à qui ceux-là le sont, et ainsi de suite. Le composant qui en entraîne le plus compte ; ni les personnes, ni les systèmes d’autres institutions ne sont comptés. Les fonctions arrêtées sont dites à côté.",
    ),
    better: Some(Better::Lower),
    unit: "components",
    sources: &["Nygard, Release It!, 2nd ed., 2018 (cascading failures)"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let design = view.design;
    if design.connections.is_empty() {
        return unanswered(said!(
            "what needs what is not described (`connections`)",
            "ce qui dépend de quoi n’est pas décrit (`connections`)"
        ));
    }
    let mut worst: Option<(&str, BTreeSet<&str>)> = None;
    for name in design.components.keys() {
        let stopped = stops_with(view, name);
        if worst.as_ref().is_none_or(|(_, most)| stopped.len() > most.len()) {
            worst = Some((name, stopped));
        }
    }
    let Some((name, stopped)) = worst else {
        return unanswered(said!("no component is described", "aucun composant n’est décrit"));
    };
    let list = Said::list(&stopped.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>());
    let with = |function: &&String| view.needed_by(function).contains(name);
    let functions: Vec<String> = design.functions.keys().filter(with).map(|name| format!("`{name}`")).collect();
    let mut said = vec![if stopped.is_empty() {
        said!("nothing stops with another", "rien ne s’arrête avec autre chose")
    } else {
        said!("with `{name}`: {list}", "avec `{name}` : {list}", list = list)
    }];
    if !functions.is_empty() && !stopped.is_empty() {
        let n = counted(functions.len() as u32, words("function", "fonction"), words("functions", "fonctions"));
        said.push(said!("{n}: {list}", "{n} : {list}", n = n, list = Said::list(&functions)));
    }
    let facts = design
        .connections
        .keys()
        .flat_map(|flow| ["from", "to", "needs"].map(|key| format!("connections.{flow}.{key}")));
    let facts = facts.map(|path| view.path(&path)).filter(|path| view.workspace.at(path).is_some());
    Derived::new(Value::count(stopped.len()), parts(&said)).from_facts(facts)
}

/// What cannot go on once a component has stopped, itself and people left out.
fn stops_with<'a>(view: &View<'a>, name: &'a str) -> BTreeSet<&'a str> {
    let (mut stopped, mut open): (BTreeSet<&str>, Vec<&str>) = (BTreeSet::new(), vec![name]);
    while let Some(down) = open.pop() {
        for connection in view.design.connections.values() {
            let asker = connection.from.0.as_str();
            if *connection.to == *down && connection.needs == Some(Needs::Hard) && stopped.insert(asker) {
                open.push(asker);
            }
        }
    }
    stopped.remove(name);
    let ours = |name: &&str| {
        let kind = view.design.components.get(*name).map(|component| component.kind);
        !matches!(kind, Some(ComponentKind::Person | ComponentKind::ExternalSystem))
    };
    stopped.into_iter().filter(ours).collect()
}
