//! Who watches whom, who is called, and where logs end.

use std::collections::BTreeSet;

use super::exposure::{open_by_nature, zone_of};
use super::view::{Home, View};
use crate::design::model::component::{Component, ComponentKind, Workload};

/// The components of one kind, with their names.
pub fn of_kind<'a>(view: &View<'a>, kind: ComponentKind) -> Vec<(&'a str, &'a Component)> {
    view.design
        .components
        .iter()
        .filter(|(_, component)| component.kind == kind)
        .map(|(name, component)| (name.as_str(), component))
        .collect()
}

/// Whether a component is ours to watch: it runs on something of ours, and it is no part of the
/// tools that watch.
pub fn is_ours(view: &View<'_>, component: &Component) -> bool {
    let somebody = matches!(
        component.kind,
        ComponentKind::Person | ComponentKind::ExternalSystem | ComponentKind::Sensor | ComponentKind::Actuator
    );
    !somebody && !matches!(view.home(component), Home::ThirdParty(..) | Home::Nowhere)
}

/// What a monitoring component sees. One that lists nothing sees what it can reach; one that lists
/// what it checks from outside also sees what stands in front of that, because its request passes it.
pub fn watched_by<'a>(view: &View<'a>, name: &str, monitor: &'a Component) -> BTreeSet<&'a str> {
    let design = view.design;
    if monitor.watches.is_empty() {
        let all = design
            .components
            .iter()
            .filter(|(other, component)| other.as_str() != name && reaches(view, name, monitor, other, component));
        return all.map(|(other, _)| other.as_str()).collect();
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = monitor.watches.iter().map(|watched| watched.0.as_str()).collect();
    while let Some(at) = open.pop() {
        if !seen.insert(at) {
            continue;
        }
        for connection in design.connections.values().filter(|connection| *connection.to == *at) {
            let Some(before) = design.components.get(&connection.from.0) else { continue };
            if matches!(
                before.kind,
                ComponentKind::LoadBalancer | ComponentKind::Firewall | ComponentKind::Waf | ComponentKind::Gateway
            ) {
                open.push(&connection.from.0);
            }
        }
    }
    seen
}

fn reaches<'a>(view: &View<'a>, name: &str, monitor: &'a Component, other: &str, component: &'a Component) -> bool {
    let design = view.design;
    if design.connections.values().any(|connection| *connection.from == *name && *connection.to == *other) {
        return true;
    }
    let Some((target, border)) = zone_of(view, component) else { return true };
    let Some((from, _)) = zone_of(view, monitor) else { return open_by_nature(border) };
    from == target || open_by_nature(border) || border.allows.iter().any(|allowance| *allowance.from == *from)
}

/// The monitoring components that see a component.
pub fn watchers_of<'a>(view: &View<'a>, component: &str) -> Vec<(&'a str, &'a Component)> {
    let monitors = of_kind(view, ComponentKind::Monitoring).into_iter();
    monitors.filter(|(name, monitor)| watched_by(view, name, monitor).contains(component)).collect()
}

/// The stores in which a component's logs end: along its connections, or through a collector that
/// runs on every node of its cluster.
pub fn logs_of<'a>(view: &View<'a>, name: &str) -> Vec<(&'a str, &'a Component)> {
    let design = view.design;
    let Some(component) = design.components.get(name) else { return Vec::new() };
    let logging = of_kind(view, ComponentKind::Logging);
    let mut open: Vec<&str> = design
        .connections
        .values()
        .filter(|connection| *connection.from == *name)
        .map(|connection| connection.to.0.as_str())
        .collect();
    for (collector, logger) in &logging {
        let together = match (view.home(component), view.home(logger)) {
            (Home::Cluster(left, _), Home::Cluster(right, _)) => {
                left == right && view.workload(logger) == Workload::DaemonSet
            }
            // A collector in the same partition or group takes what its neighbours write.
            (Home::Partition(left, _), Home::Partition(right, _)) => left == right,
            _ => false,
        };
        if together {
            open.push(collector);
        }
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(at) = open.pop() {
        let Some((at, logger)) = logging.iter().find(|(other, _)| *other == at) else { continue };
        if seen.insert(at)
            && let Some(next) = &logger.sends_to
        {
            open.push(&next.0);
        }
    }
    // Where logs go on from, they do not stay.
    logging.into_iter().filter(|(other, logger)| seen.contains(other) && logger.sends_to.is_none()).collect()
}

/// Where a component can fail together with others: the cluster, group, partition or third party.
pub fn home_name<'a>(view: &View<'a>, component: &Component) -> Option<&'a str> {
    match view.home(component) {
        Home::Cluster(name, _) | Home::Hosts(name, _) | Home::Partition(name, _) | Home::ThirdParty(name, _) => {
            Some(name)
        }
        Home::Nowhere => None,
    }
}
