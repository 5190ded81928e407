//! Which facts decide where a component stands, how often, and how it comes back: their addresses,
//! for derivations.

use super::measure::word;
use super::view::{Home, View};
use crate::design::model::component::Component;

/// The facts that decide what runs a component, and in which segment it stands.
pub fn home(view: &View<'_>, name: &str) -> Vec<String> {
    let mut facts = of(view, name, &["kind", "runs_on", "segment"]);
    let Some(component) = view.design.components.get(name) else { return facts };
    let group = |group: &str| view.path(&format!("hosts.{group}.segment"));
    match view.home(component) {
        Home::Cluster(cluster, declared) => {
            facts.push(view.path(&format!("clusters.{cluster}.workers")));
            facts.extend(declared.workers.iter().map(|workers| group(workers)));
        }
        Home::Hosts(hosts, _) => facts.push(group(hosts)),
        Home::Partition(partition, _) => {
            facts.extend(["runs_on", "segment"].map(|key| view.path(&format!("partitions.{partition}.{key}"))));
        }
        Home::ThirdParty(..) | Home::Nowhere => {}
    }
    facts
}

/// The facts that decide how many pods or members a component has.
pub fn count(view: &View<'_>, name: &str) -> Vec<String> {
    let mut facts = of(view, name, &["kind", "storage", "workload", "replicas", "members", "replication.members"]);
    // One a node counts the nodes.
    if let Some(component) = view.design.components.get(name) {
        facts.extend(groups(view, component).iter().map(|group| view.path(&format!("hosts.{group}.count"))));
    }
    facts
}

/// The facts that decide on which machines a component's instances stand. In a cluster these are
/// also those of its neighbours, because pods go where there is most room.
pub fn machines(view: &View<'_>, name: &str) -> Vec<String> {
    let mut facts = home(view, name);
    facts.extend(count(view, name));
    facts.extend(of(view, name, &["in", "spread"]));
    let Some(component) = view.design.components.get(name) else { return facts };
    let mut below = groups(view, component);
    let mut at = 0;
    while let Some(group) = below.get(at).copied() {
        facts.extend(["count", "in", "runs_on"].map(|key| view.path(&format!("hosts.{group}.{key}"))));
        let ground = view.design.hosts.get(group).and_then(|hosts| hosts.runs_on.as_deref());
        below.extend(ground.filter(|ground| !below.contains(ground)).into_iter().collect::<Vec<_>>());
        at += 1;
    }
    if let Home::Cluster(cluster, _) = view.home(component) {
        let beside = |other: &Component| other.runs_on.as_deref() == Some(cluster);
        for (other, _) in view.design.components.iter().filter(|(_, other)| beside(other)) {
            facts.extend(of(view, other, &["runs_on", "spread"]));
            facts.extend(count(view, other));
        }
    }
    facts
}

/// The facts that decide what a failure does to a component and how it comes back: where it stands,
/// how it starts, stops and is watched, its copies, and who is left to repair it.
pub fn recovery<'v>(view: &'v View<'_>, name: &str) -> &'v [String] {
    view.recovery(name)
}

pub(super) fn recovered_by(view: &View<'_>, name: &str) -> Vec<String> {
    let mut facts = machines(view, name);
    let own = [
        "starts_in",
        "stops",
        "probes",
        "update",
        "limits",
        "requests",
        "serves_up_to",
        "replication",
        "backups",
        "safety",
    ];
    facts.extend(of(view, name, &own));
    let Some(component) = view.design.components.get(name) else { return facts };
    match view.home(component) {
        Home::Cluster(cluster, declared) => {
            facts.extend(["kubernetes", "constants"].map(|key| view.path(&format!("clusters.{cluster}.{key}"))));
            if let Some(plane) = &declared.control_plane {
                facts.push(view.path(&format!("clusters.{cluster}.control_plane")));
                let path = |group: &str, key: &str| view.path(&format!("hosts.{group}.{key}"));
                facts.extend(plane.hosts.iter().flat_map(|group| ["count", "in"].map(|key| path(group, key))));
            }
        }
        Home::Partition(partition, _) => facts.push(view.path(&format!("partitions.{partition}.starts_in"))),
        _ => {}
    }
    for group in groups(view, component) {
        facts.push(view.path(&format!("hosts.{group}.stack")));
        let Some((name, stack)) = view.design.hosts.get(group).and_then(|hosts| view.stack(hosts)) else { continue };
        let layers = stack.layers.iter();
        facts.extend(
            layers.flat_map(|layer| ["per", "boot"].map(|key| format!("{name}.layers.{}.{key}", word(layer.kind)))),
        );
    }
    facts.retain(|fact| view.workspace.at(fact).is_some());
    facts
}

/// The facts that decide how anything in a design fails and comes back.
pub fn everything<'v>(view: &'v View<'_>) -> &'v [String] {
    view.everything()
}

pub(super) fn everywhere(view: &View<'_>) -> Vec<String> {
    let mut facts: Vec<String> = view.design.components.keys().flat_map(|name| recovery(view, name)).cloned().collect();
    for flow in view.design.connections.keys() {
        facts.extend(["from", "to", "needs"].map(|key| view.path(&format!("connections.{flow}.{key}"))));
    }
    facts.extend(view.design.functions.keys().map(|function| view.path(&format!("functions.{function}.uses"))));
    facts.sort_unstable();
    facts.dedup();
    facts.retain(|fact| view.workspace.at(fact).is_some());
    facts
}

/// The host groups that carry a component.
fn groups<'a>(view: &View<'a>, component: &Component) -> Vec<&'a str> {
    match view.home(component) {
        Home::Cluster(_, cluster) => cluster.workers.iter().map(|group| group.0.as_str()).collect(),
        Home::Hosts(group, _) => vec![group],
        Home::Partition(_, partition) => vec![partition.runs_on.0.as_str()],
        Home::ThirdParty(..) | Home::Nowhere => Vec::new(),
    }
}

fn of(view: &View<'_>, name: &str, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| view.path(&format!("components.{name}.{key}"))).collect()
}
