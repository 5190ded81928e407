//! The load that is still served after a loss, where the design says what one replica serves.

use std::collections::BTreeMap;

use crate::analysis::derived::Derived;
use crate::analysis::view::{Home, Machine, View};
use crate::design::model::component::Component;
use crate::design::quantity::Rate;
use crate::source::{Said, Show};

use super::Loss;

/// A component's load, at its peak and as far as it can be served.
#[derive(Debug, Clone, PartialEq)]
pub struct Traffic<'a> {
    /// The component.
    pub component: &'a str,
    /// The sum of the peak loads of the functions that need it.
    pub peak: Derived<Rate>,
    /// What all its replicas or members serve.
    pub all: Derived<Rate>,
    /// What those serve that are left after the worst loss of each kind, until the lost are
    /// replaced; losses that there is only one of are not listed.
    pub after: Vec<(Loss, Derived<Rate>)>,
}

/// Every component that says what one replica serves, and that a function with a peak load needs.
pub fn traffic<'a>(view: &View<'a>) -> Vec<Traffic<'a>> {
    view.design.components.iter().filter_map(|(name, component)| of(view, name, component)).collect()
}

/// Makes the loss of a named thing.
type Make = fn(String) -> Loss;
/// What of one kind a machine would be lost with.
type Domain<'d> = dyn Fn(usize) -> Option<String> + 'd;

fn of<'a>(view: &View<'a>, name: &'a str, component: &'a Component) -> Option<Traffic<'a>> {
    let one = component.serves_up_to.as_ref()?;
    let peak = peak(view, name)?;
    let placed: Vec<usize> = view.instances_of(name).into_iter().filter_map(|instance| instance.machine).collect();
    let served = |count: usize| {
        let shown = &one.value;
        Derived::new(
            Rate::of(count as f64 * one.value.value()),
            Said::by(|lang| format!("{count} × {}", shown.show(lang))),
        )
        .from_fact(view.path(&format!("components.{name}.serves_up_to")))
        .sourced(one.evidence())
    };
    let wanted = view.wanted(component) as usize;
    let homes: Vec<usize> = match view.home(component) {
        Home::Cluster(_, cluster) => view.nodes(cluster),
        Home::Hosts(group, _) => view.group(group),
        Home::Partition(..) | Home::ThirdParty(..) | Home::Nowhere => Vec::new(),
    };
    let mut after = Vec::new();
    // A node here is a machine that fails on its own: the physical one where virtual ones share it.
    let node = |machine: usize| Some(view.machines[view.ground(machine)].name.clone());
    let place = |machine: usize, what: fn(&Machine) -> Option<&str>| what(&view.machines[machine]).map(str::to_owned);
    let kinds: [(Make, &Domain<'_>); 3] = [
        (Loss::Node, &node),
        (Loss::Zone, &|machine| place(machine, |machine| machine.zone.as_deref())),
        (Loss::Site, &|machine| place(machine, |machine| machine.site.as_deref())),
    ];
    for (loss, domain) in kinds {
        if let Some((name, count)) = fullest(&homes, &placed, domain) {
            after.push((loss(name), served(wanted.saturating_sub(count))));
        }
    }
    Some(Traffic { component: name, peak, all: served(wanted), after })
}

/// The domain with most instances, the first of equals; `None` where there is only one domain.
fn fullest(homes: &[usize], placed: &[usize], domain: &Domain<'_>) -> Option<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for machine in homes {
        counts.entry(domain(*machine)?).or_default();
    }
    for machine in placed {
        *counts.entry(domain(*machine)?).or_default() += 1;
    }
    if counts.len() < 2 {
        return None;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most)
}

fn peak(view: &View<'_>, component: &str) -> Option<Derived<Rate>> {
    let mut total = 0.0;
    let mut terms: Vec<Said> = Vec::new();
    let mut facts = Vec::new();
    for (name, function) in &view.design.functions {
        let Some(load) = function.peak_load.as_ref().filter(|_| view.needed_by(name).contains(component)) else {
            continue;
        };
        total += load.value();
        terms.push(Said::by(|lang| load.show(lang)));
        facts.push(view.path(&format!("functions.{name}.peak_load")));
    }
    (!terms.is_empty()).then(|| Derived::new(Rate::of(total), Said::join(&terms, " + ")).from_facts(facts))
}
