//! What follows for a vehicle: integrity levels, and how fast its flash memory wears out.

use super::derived::Derived;
use super::view::{Home, View};
use crate::design::model::component::{Component, OverTheAir};
use crate::design::model::place::{Asil, Flash};
use crate::design::quantity::{Bytes, Endurance, Period, Quantity};
use crate::said;

/// The integrity level of a component, as declared: its own safety goal's, else its partition's.
/// The second value is the address, within the design, of the fact that says so.
pub fn asil_of(view: &View<'_>, name: &str, component: &Component) -> Option<(Asil, String)> {
    if let Some(safety) = &component.safety {
        return Some((safety.asil, format!("components.{name}.safety.asil")));
    }
    match view.home(component) {
        Home::Partition(partition, declared) => {
            declared.asil.map(|asil| (asil, format!("partitions.{partition}.asil")))
        }
        _ => None,
    }
}

/// Everything that is updated on a machine: partitions and components, by their address.
pub fn updates_on<'a>(view: &View<'a>, host: &str) -> Vec<(String, &'a OverTheAir)> {
    let design = view.design;
    let partitions = design.partitions.iter().filter(|(_, partition)| *partition.runs_on == *host);
    let partitions = partitions
        .filter_map(|(name, partition)| Some((format!("partitions.{name}"), partition.over_the_air.as_ref()?)));
    let components = design.components.iter().filter(|(_, component)| stands_on(view, component, host));
    let components = components
        .filter_map(|(name, component)| Some((format!("components.{name}"), component.over_the_air.as_ref()?)));
    partitions.chain(components).collect()
}

/// Whether a component runs on a machine, directly or in one of its partitions.
pub fn stands_on(view: &View<'_>, component: &Component, host: &str) -> bool {
    match view.home(component) {
        Home::Hosts(name, _) => name == host,
        Home::Partition(_, partition) => *partition.runs_on == *host,
        _ => false,
    }
}

/// The bytes that a machine's flash cells take over a lifetime: what software writes, times the
/// amplification, and every update into its slot. Each machine of a group has a memory of its own,
/// and what runs on the group is taken to run on each. Updates are written in one piece, and so once.
pub fn flash_wear(view: &View<'_>, host: &str, flash: &Flash, lifetime: &Period) -> Derived<f64> {
    let path = view.path(&format!("hosts.{host}"));
    let amplification = flash.write_amplification.unwrap_or(1.0);
    let mut facts = vec![format!("{path}.lifetime")];
    facts.extend(flash.write_amplification.map(|_| format!("{path}.flash.write_amplification")));
    let mut rate = 0.0;
    for (name, component) in view.design.components.iter().filter(|(_, component)| stands_on(view, component, host)) {
        if let Some(writes) = &component.writes {
            rate += writes.value.value();
            facts.push(view.path(&format!("components.{name}.writes")));
        }
    }
    let mut updates = 0.0;
    for (address, update) in updates_on(view, host) {
        if let (Some(slot), Some(every)) = (&update.slot, &update.every)
            && every.value() > 0.0
        {
            updates += slot.value.value() * lifetime.value() / every.value();
            facts.push(view.path(&format!("{address}.over_the_air.slot")));
            facts.push(view.path(&format!("{address}.over_the_air.every")));
        }
    }
    let written = rate * amplification * lifetime.value();
    let total = written + updates;
    let per_day = Bytes::of(rate * 86_400.0);
    let ota = Endurance::of(updates);
    let sum = Endurance::of(total);
    let formula = said!(
        "{per_day} a day × {amplification} × {lifetime} + {ota} of updates = {sum}",
        "{per_day} par jour × {amplification} × {lifetime} + {ota} de mises à jour = {sum}",
        per_day = per_day,
        amplification = amplification,
        lifetime = lifetime,
        ota = ota,
        sum = sum,
    );
    Derived::new(total, formula).from_facts(facts).sourced(flash.endurance.evidence())
}

/// The sum of quantities, in base units.
pub fn sum<'a, M: crate::design::quantity::Measured + 'a>(values: impl IntoIterator<Item = &'a Quantity<M>>) -> f64 {
    values.into_iter().map(Quantity::value).sum()
}
