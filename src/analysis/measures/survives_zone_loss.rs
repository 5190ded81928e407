//! `survives-zone-loss`

use std::collections::{BTreeMap, BTreeSet};

use super::needed::ours;
use super::survives_node_loss::{Domain, survives};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;

/// Whether every function goes on when one zone is lost.
pub static MEASURE: Measure = Measure {
    id: "survives-zone-loss",
    title: words("Survives the loss of a zone", "Survit à la perte d’une zone"),
    explains: words(
        "The same as for a node, with all machines of one zone lost at once; a site without zones is one.",
        "La même chose que pour un nœud, toutes les machines d’une zone étant perdues d’un coup ; un site sans zones en est une.",
    ),
    better: Some(Better::Higher),
    unit: "rank",
    sources: &["Kubernetes documentation, Running in multiple zones"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut zones: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (machine, at) in view.machines.iter().enumerate() {
        if let Some(zone) = &at.zone {
            zones.entry(zone).or_default().insert(machine);
        }
    }
    let nowhere: BTreeSet<&str> = ours(view)
        .iter()
        .flat_map(|needed| view.instances_of(needed.name))
        .filter_map(|instance| Some(&view.machines[instance.machine?]))
        .filter(|machine| machine.zone.is_none())
        .map(|machine| machine.group.as_str())
        .collect();
    if !nowhere.is_empty() {
        return unanswered(said!(
            "which zone {groups} stands in is not stated (`in`)",
            "la zone de {groups} n’est pas dite (`in`)",
            groups = names(&nowhere)
        ));
    }
    let places: Vec<String> = view
        .design
        .hosts
        .iter()
        .filter(|(_, hosts)| !hosts.at.is_empty())
        .map(|(name, _)| view.path(&format!("hosts.{name}.in")))
        .collect();
    let domains: Vec<_> = zones.into_iter().map(|(zone, machines)| (zone.to_owned(), machines)).collect();
    survives(view, &domains, &said!("zones", "zones"), Domain::Zone).from_facts(places)
}
