//! What a design needs: the components without which some function stops, and what runs them.

use crate::analysis::view::{Home, View};
use crate::design::model::component::{Component, ComponentKind, Failover, Reach, ReplicationMode};
use crate::said;
use crate::source::Said;

/// A component that some function needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Needed<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// The component.
    pub(super) component: &'a Component,
}

impl Needed<'_> {
    /// Whether it holds data that are gone with it.
    pub(super) fn holds_data(&self) -> bool {
        self.component.storage.is_some() || self.component.kind == ComponentKind::Database
    }
}

/// The needed components that run on machines of ours.
pub(super) fn ours<'a>(view: &View<'a>) -> Vec<Needed<'a>> {
    needed(view)
        .into_iter()
        .filter(|needed| {
            matches!(view.home(needed.component), Home::Cluster(..) | Home::Hosts(..) | Home::Partition(..))
        })
        .collect()
}

/// The needed components that run elsewhere: at a third party, or on nothing that is described.
pub(super) fn elsewhere<'a>(view: &View<'a>) -> Vec<Needed<'a>> {
    needed(view)
        .into_iter()
        .filter(|needed| matches!(view.home(needed.component), Home::ThirdParty(..) | Home::Nowhere))
        .collect()
}

fn needed<'a>(view: &View<'a>) -> Vec<Needed<'a>> {
    let design = view.design;
    let people =
        |component: &Component| matches!(component.kind, ComponentKind::Person | ComponentKind::ExternalSystem);
    let of_functions: Vec<_> = design.functions.keys().map(|function| view.needed_by(function)).collect();
    design
        .components
        .iter()
        .filter(|(name, component)| {
            !people(component) && of_functions.iter().any(|needed| needed.contains(name.as_str()))
        })
        .map(|(name, component)| Needed { name, component })
        .collect()
}

/// The addresses that the number and place of a component's instances depend on.
pub(super) fn placement(view: &View<'_>, needed: &Needed<'_>) -> Vec<String> {
    let component = needed.component;
    let path = |key: &str| view.path(&format!("components.{}.{key}", needed.name));
    let mut facts = vec![path("runs_on")];
    if component.replicas.is_some() {
        facts.push(path("replicas"));
    } else if component.replication.is_some() {
        facts.push(path("replication.members"));
    } else if component.members.is_some() {
        facts.push(path("members"));
    }
    match view.home(component) {
        Home::Cluster(name, cluster) => {
            facts.push(view.path(&format!("clusters.{name}.workers")));
            facts.extend(cluster.workers.iter().map(|group| view.path(&format!("hosts.{group}.count"))));
        }
        Home::Hosts(name, _) => facts.push(view.path(&format!("hosts.{name}.count"))),
        _ => {}
    }
    facts
}

/// What happens to a component when some of its instances are lost.
pub(super) enum After {
    /// It goes on.
    Serves,
    /// Nothing is left of it.
    Gone,
    /// It stops: why.
    Stops(Said),
    /// The design does not say.
    Unknown(Said),
}

/// What the loss of the machines for which `lost` holds does to a component.
pub(super) fn after(view: &View<'_>, needed: &Needed<'_>, lost: impl Fn(usize) -> bool) -> After {
    let Needed { name, component } = *needed;
    let instances = view.instances_of(name);
    let total = instances.len();
    let left = instances.iter().filter(|instance| instance.machine.is_some_and(|machine| !lost(machine))).count();
    let touched = instances.iter().any(|instance| instance.machine.is_some_and(&lost));
    if !touched {
        return After::Serves;
    }
    if left == 0 {
        return After::Gone;
    }
    if component.kind == ComponentKind::ConsensusStore && left * 2 <= total {
        return After::Stops(said!(
            "`{name}` has {left} of {total} members, no majority",
            "`{name}` a {left} membres sur {total}, pas de majorité"
        ));
    }
    let Some(replication) = &component.replication else {
        // Copies of a database that nobody says are kept alike.
        return if component.kind == ComponentKind::Database && total > 1 {
            After::Unknown(said!(
                "how `{name}` keeps its copies is not stated (`replication`)",
                "comment `{name}` tient ses copies n’est pas dit (`replication`)"
            ))
        } else {
            After::Serves
        };
    };
    let waits_for = replication.synchronous_members.unwrap_or(1) as usize;
    if replication.mode == ReplicationMode::Synchronous && replication.strict == Some(true) && left < waits_for + 1 {
        return After::Stops(said!(
            "`{name}` cannot commit: {left} left, a write waits for {waits_for} copies",
            "`{name}` ne peut plus valider : il en reste {left}, une écriture attend {waits_for} copies"
        ));
    }
    match replication.failover {
        Some(Failover::Manual) => After::Stops(said!(
            "`{name}` waits for a person to name a new primary",
            "`{name}` attend qu’une personne désigne un nouveau primaire"
        )),
        Some(_) => After::Serves,
        None => After::Unknown(said!(
            "what makes a standby of `{name}` the primary is not stated (`failover`)",
            "ce qui promeut une réplique de `{name}` n’est pas dit (`failover`)"
        )),
    }
}

/// Whether the only copy of a component's data dies with its machine; `None` where nobody says.
pub(super) fn bound_to_node(view: &View<'_>, needed: &Needed<'_>) -> Option<bool> {
    match needed.component.storage.as_ref().and_then(|storage| storage.reach) {
        Some(reach) => Some(reach == Reach::Node),
        // Outside Kubernetes a volume is a disk of the machine.
        None => (!view.in_kubernetes(needed.component)).then_some(true),
    }
}
