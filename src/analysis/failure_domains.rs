//! What falls together: for each site, zone and machine, what goes on with less and what stops.

use std::collections::BTreeMap;

use super::derived::Derived;
use super::view::View;
use crate::design::model::component::{Component, ComponentKind};
use crate::said;
use crate::source::Said;

/// How big a domain is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A site, a region, a datacentre.
    Site,
    /// A zone.
    Zone,
    /// A machine.
    Machine,
}

impl Level {
    /// What it is called.
    pub fn title(self) -> Said {
        match self {
            Level::Site => said!("site", "site"),
            Level::Zone => said!("zone", "zone"),
            Level::Machine => said!("machine", "machine"),
        }
    }
}

/// A domain, and what its loss does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// How big it is.
    pub level: Level,
    /// Its name; for machines that carry the same, the first to the last.
    pub name: String,
    /// How many machines fall.
    pub machines: usize,
    /// Needed components that go on with fewer instances.
    pub reduced: Vec<String>,
    /// Needed components that stop.
    pub stopped: Vec<String>,
}

/// Every domain, the largest first.
pub fn domains(view: &View<'_>) -> Vec<Derived<Domain>> {
    let mut found = Vec::new();
    for level in [Level::Site, Level::Zone] {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        for (i, machine) in view.machines.iter().enumerate() {
            let name = if level == Level::Site { machine.site.clone() } else { machine.zone.clone() };
            let Some(name) = name else { continue };
            // A site without zones stands for its one zone; it is listed once, as the site.
            if level == Level::Zone && machine.site.as_deref() == Some(name.as_str()) {
                continue;
            }
            if !order.contains(&name) {
                order.push(name.clone());
            }
            groups.entry(name).or_default().push(i);
        }
        found.extend(order.into_iter().map(|name| {
            let lost = &groups[&name];
            domain(view, level, name.clone(), lost)
        }));
    }
    found.extend(machines(view));
    found
}

/// Physical machines; those of a group whose loss does the same are one.
fn machines(view: &View<'_>) -> Vec<Derived<Domain>> {
    let mut found: Vec<(String, Derived<Domain>, usize)> = Vec::new();
    for (i, machine) in view.machines.iter().enumerate() {
        if machine.below.is_some() {
            continue;
        }
        let lost: Vec<usize> = (0..view.machines.len()).filter(|other| view.ground(*other) == i).collect();
        let domain = domain(view, Level::Machine, machine.name.clone(), &lost);
        if domain.value.reduced.is_empty() && domain.value.stopped.is_empty() {
            continue;
        }
        let same = found.iter_mut().find(|(group, other, _)| {
            *group == machine.group
                && other.value.stopped == domain.value.stopped
                && other.value.reduced == domain.value.reduced
        });
        match same {
            Some((_, other, count)) => {
                *count += 1;
                let first = other.value.name.split(" … ").next().unwrap_or("").to_owned();
                other.value.name = format!("{first} … {}", machine.name);
                let n = *count;
                other.formula = said!("any one of {n}", "l’une quelconque des {n}", n = n);
            }
            None => found.push((machine.group.clone(), domain, 1)),
        }
    }
    found.into_iter().map(|(_, domain, _)| domain).collect()
}

fn domain(view: &View<'_>, level: Level, name: String, lost: &[usize]) -> Derived<Domain> {
    let (mut reduced, mut stopped, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for (component_name, component) in &view.design.components {
        let instances = view.instances_of(component_name);
        let hit =
            instances.iter().filter(|instance| instance.machine.is_some_and(|machine| lost.contains(&machine))).count();
        if hit == 0 || !view.is_needed(component_name) {
            continue;
        }
        facts.push(view.path(&format!("components.{component_name}.runs_on")));
        for key in ["replicas", "members", "replication.members"] {
            let path = view.path(&format!("components.{component_name}.{key}"));
            if view.workspace.at(&path).is_some() {
                facts.push(path);
            }
        }
        if survives(component, instances.len(), instances.len() - hit) {
            reduced.push(component_name.clone());
        } else {
            stopped.push(component_name.clone());
        }
    }
    for machine in lost {
        facts.push(view.path(&format!("hosts.{}.count", view.machines[*machine].group)));
        facts.push(view.path(&format!("hosts.{}.in", view.machines[*machine].group)));
    }
    Derived::new(Domain { level, name, machines: lost.len(), reduced, stopped }, Said::default()).from_facts(facts)
}

/// Whether what is left still works: one instance, or a majority where members must agree.
pub fn survives(component: &Component, all: usize, left: usize) -> bool {
    if component.kind == ComponentKind::ConsensusStore { left * 2 > all } else { left > 0 }
}
