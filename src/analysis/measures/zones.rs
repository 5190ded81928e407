//! `zones`

use std::collections::BTreeSet;

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// Over how many failure domains the machines are spread.
pub static MEASURE: Measure = Measure {
    id: "zones",
    title: words("Zones with machines of ours", "Zones où sont nos machines"),
    explains: words(
        "How many zones the machines stand in; a site without zones is one. Where a host group does not say where it stands, the question is open.",
        "Dans combien de zones sont les machines ; un site sans zones en est une. Si un groupe d’hôtes ne dit pas où il est, la question reste ouverte.",
    ),
    better: Some(Better::Higher),
    unit: "zones",
    sources: &["Kubernetes documentation, Running in multiple zones"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let silent: BTreeSet<&str> =
        view.machines.iter().filter(|machine| machine.zone.is_none()).map(|machine| machine.group.as_str()).collect();
    if view.machines.is_empty() {
        return unanswered(said!("no machine is described (`hosts`)", "aucune machine n’est décrite (`hosts`)"));
    }
    if !silent.is_empty() {
        return unanswered(said!(
            "where {groups} stands is not stated (`in`)",
            "où se trouve {groups} n’est pas dit (`in`)",
            groups = names(&silent)
        ));
    }
    let zones: BTreeSet<&str> = view.machines.iter().filter_map(|machine| machine.zone.as_deref()).collect();
    let list: Vec<&str> = zones.iter().copied().collect();
    let facts = view.design.hosts.keys().map(|name| view.path(&format!("hosts.{name}.in")));
    Derived::new(Value::count(zones.len()), Said::same(list.join(", "))).from_facts(facts)
}
