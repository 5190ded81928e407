//! Who needs whom, how much arrives where, and who finds out about the dead.

use std::collections::BTreeSet;

use super::super::failure::Plan;
use super::super::model::{CheckSpec, ConnectionSpec, FunctionSpec, Home, Model};
use super::{Setup, components, time};
use crate::analysis::view::View;
use crate::design::model::component::{ComponentKind, Needs};
use crate::said;

/// Fills in what follows from connections and functions.
pub(super) fn connect(setup: &mut Setup<'_, '_>, model: &mut Model, plan: &Plan) {
    let view = setup.view;
    let number = |name: &str| view.design.components.get_index_of(name);
    for connection in view.design.connections.values() {
        let (Some(from), Some(to)) = (number(&connection.from), number(&connection.to)) else { continue };
        if from == to {
            continue;
        }
        // A database writes on for a while without the store that elects its primary: the failover knows.
        if model.components[from].database.is_some_and(|database| database.store == Some(to)) {
            continue;
        }
        let registry = model.components[to].kind == ComponentKind::Registry;
        match connection.needs {
            Some(Needs::Hard) => model.components[from].hard.push(to),
            // Images are fetched by nodes that lack them; the registry is no application's own need.
            Some(Needs::AtStart) if !registry => model.components[from].at_start.push(to),
            _ => {}
        }
    }
    registries(view, model);
    rates(setup, model, plan);
    passing_on(model, view);
    checks(setup, model);
    model.order = order(setup, model);
    model.functions = view
        .design
        .functions
        .keys()
        .map(|name| FunctionSpec { needs: view.needed_by(name).into_iter().filter_map(number).collect() })
        .collect();
    for at in model.components.ids() {
        let asked: BTreeSet<usize> =
            model.components[at].probes.iter().flatten().flat_map(|probe| probe.checks.iter().copied()).collect();
        for other in asked {
            model.components[other].probed_by.push(at);
        }
    }
    components::daemon_defaults(&mut model.components);
}

/// The registry that a component's image names, else the only one there is.
fn registries(view: &View<'_>, model: &mut Model) {
    let registries: Vec<(usize, Option<&str>)> = view
        .design
        .components
        .values()
        .enumerate()
        .filter(|(_, component)| component.kind == ComponentKind::Registry)
        .map(|(at, component)| (at, component.host.as_deref()))
        .collect();
    for (at, component) in view.design.components.values().enumerate() {
        if !matches!(model.components[at].home, Home::Cluster(_)) {
            continue;
        }
        let image = component.image.as_deref().unwrap_or("");
        let named = registries.iter().find(|(_, host)| host.is_some_and(|host| image.starts_with(host)));
        model.components[at].registry = named.map(|(registry, _)| *registry);
    }
}

/// Requests that arrive at each component: those of the functions that need it, scaled to the
/// scenario's load where it states one.
fn rates(setup: &mut Setup<'_, '_>, model: &mut Model, plan: &Plan) {
    let view = setup.view;
    let design = view.design;
    let entry = |name: &str| design.connections.get(name).map(|connection| connection.to.0.as_str());
    let loaded = plan.load.as_ref().and_then(|(into, rate)| Some((entry(into)?, *rate)));
    let peaks: Vec<(BTreeSet<&str>, Option<f64>)> = design
        .functions
        .iter()
        .map(|(name, function)| (view.needed_by(name), function.peak_load.as_ref().map(|peak| peak.value())))
        .collect();
    // What arrives on the scenario's connection is shared over the functions behind it by their peaks.
    let behind: f64 = peaks
        .iter()
        .filter(|(needs, _)| loaded.is_some_and(|(to, _)| needs.contains(to)))
        .map(|(_, peak)| peak.unwrap_or(0.0))
        .sum();
    let mut said_nothing = true;
    for (at, name) in design.components.keys().enumerate() {
        let mut rate = 0.0;
        for (needs, peak) in peaks.iter().filter(|(needs, _)| needs.contains(name.as_str())) {
            rate += match (loaded, peak) {
                (Some((to, load)), Some(peak)) if needs.contains(to) && behind > 0.0 => load * peak / behind,
                (Some((to, load)), None) if needs.contains(to) && behind <= 0.0 => load,
                (_, Some(peak)) => *peak,
                (_, None) => 0.0,
            };
        }
        if let Some((to, load)) = loaded
            && rate <= 0.0
            && reaches(view, to).contains(name.as_str())
        {
            rate = load;
        }
        said_nothing &= rate <= 0.0;
        model.components[at].rate = if rate > 0.0 { rate } else { 1.0 };
    }
    if said_nothing && !design.functions.is_empty() {
        let text = said!(
            "no function says how much is asked of it: one request a second, so that shares mean something",
            "aucune fonction ne dit combien on lui demande : une requête par seconde, pour que les parts aient un sens"
        );
        setup.assume(text, "functions");
    }
    for (name, connection) in &design.connections {
        let reached = reaches(view, &connection.to);
        let rate = match &plan.load {
            Some((into, rate)) if into == name => *rate,
            _ => design.components.get_index_of(connection.to.0.as_str()).map_or(1.0, |to| model.components[to].rate),
        };
        let reaches = reached.into_iter().filter_map(|name| design.components.get_index_of(name)).collect();
        model.connections.push(ConnectionSpec { reaches, rate });
    }
}

/// What a request that arrives at a component goes on to, itself included.
fn reaches<'a>(view: &View<'a>, first: &str) -> BTreeSet<&'a str> {
    let mut reached: BTreeSet<&'a str> = BTreeSet::new();
    let design = view.design;
    let mut open: Vec<&'a str> =
        design.components.get_key_value(first).map(|(name, _)| name.as_str()).into_iter().collect();
    while let Some(name) = open.pop() {
        if !reached.insert(name) {
            continue;
        }
        let onward = design.connections.values().filter(|flow| *flow.from == *name && flow.needs == Some(Needs::Hard));
        open.extend(onward.map(|flow| flow.to.0.as_str()));
    }
    reached
}

/// A gateway's request goes to one of the services behind it, not to all.
fn passing_on(model: &mut Model, view: &View<'_>) {
    use ComponentKind as K;
    for (at, component) in view.design.components.values().enumerate() {
        let passes = matches!(component.kind, K::Gateway | K::LoadBalancer | K::Waf | K::Firewall);
        if !passes || model.components[at].hard.len() < 2 {
            continue;
        }
        let behind = model.components[at].hard.clone();
        let total: f64 = behind.iter().map(|to| model.components[*to].rate).sum();
        let shares = behind.iter().map(|to| (*to, model.components[*to].rate / total.max(f64::MIN_POSITIVE))).collect();
        model.components[at].passes_on = Some(shares);
    }
}

/// Senders that check what they send to: their period and counts hold for what they send to. In a
/// cluster pods that call each other go by endpoints alone.
fn checks(setup: &mut Setup<'_, '_>, model: &mut Model) {
    let view = setup.view;
    let design = view.design;
    for (at, (name, component)) in design.components.iter().enumerate() {
        let home = model.components[at].home;
        if !matches!(home, Home::Cluster(_) | Home::Machines | Home::Partition(_)) {
            continue;
        }
        let senders = design.connections.values().filter(|flow| *flow.to == **name && flow.needs == Some(Needs::Hard));
        let stated = senders.clone().find_map(|flow| {
            let sender = design.components.get(flow.from.0.as_str())?;
            let check = sender.health_check.as_ref()?;
            let successes = check.successes.unwrap_or(2);
            Some(CheckSpec { period: time(&check.period).max(1), failures: check.failures.max(1), successes })
        });
        let own = component.health_check.as_ref().map(|check| CheckSpec {
            period: time(&check.period).max(1),
            failures: check.failures.max(1),
            successes: check.successes.unwrap_or(2),
        });
        let several = model.components[at].wanted > 1;
        let replicated = model.components[at].database.is_some() || component.kind == ComponentKind::ConsensusStore;
        model.components[at].check = match (stated.or(own.filter(|_| home == Home::Machines)), home) {
            (Some(check), _) => Some(check),
            // Members of a database are followed by its own clients.
            (None, Home::Machines) if several && !replicated => {
                if senders.clone().next().is_some() {
                    let text = said!(
                        "nobody says how senders to `{name}` find out that a member is dead: three checks, five seconds apart",
                        "rien ne dit comment les appelants de `{name}` apprennent qu’un membre est mort : trois contrôles à cinq secondes d’intervalle"
                    );
                    setup.assume(text, &format!("components.{name}"));
                }
                Some(components::ASSUMED_CHECK)
            }
            _ => None,
        };
    }
}

/// Those that are needed before those that need them. A circle is cut where it closes, and said to be.
fn order(setup: &mut Setup<'_, '_>, model: &mut Model) -> Vec<usize> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; model.components.len()];
    let mut order = Vec::with_capacity(model.components.len());
    for root in model.components.ids() {
        // An explicit stack: a chain of dependencies may be as long as the design.
        let mut stack: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((at, next)) = stack.pop() {
            let Some(mark) = marks.get_mut(at) else { continue };
            if *mark == Mark::Done {
                continue;
            }
            *mark = Mark::Open;
            match model.components[at].hard.get(next).copied() {
                Some(to) => {
                    let state = marks.get(to).copied().unwrap_or(Mark::Done);
                    if state == Mark::Open {
                        model.components[at].hard.remove(next);
                        if let Some(shares) = &mut model.components[at].passes_on {
                            shares.retain(|(other, _)| *other != to);
                        }
                        cut(setup, at, to);
                        stack.push((at, next));
                    } else {
                        stack.push((at, next + 1));
                        if state == Mark::New {
                            stack.push((to, 0));
                        }
                    }
                }
                None => {
                    if let Some(mark) = marks.get_mut(at) {
                        *mark = Mark::Done;
                    }
                    order.push(at);
                }
            }
        }
    }
    order
}

fn cut(setup: &mut Setup<'_, '_>, from: usize, to: usize) {
    let design = setup.view.design;
    let name = |at: usize| design.components.get_index(at).map_or("", |(name, _)| name.as_str());
    let (from, to) = (name(from), name(to));
    let text = said!(
        "`{from}` and `{to}` need each other: the run lets `{from}` go on without `{to}`",
        "`{from}` et `{to}` dépendent l’un de l’autre : la simulation laisse `{from}` continuer sans `{to}`"
    );
    setup.assume(text, "connections");
}
