//! Components: how many, how large, how they start, stop and are watched.

use super::super::engine::{SECOND, Time};
use super::super::model::{Budget, CheckSpec, ClusterSpec, ComponentSpec, Home, ProbeSpec};
use super::super::phases::Lapse;
use super::super::table::Table;
use super::{Setup, about, data, seconds, time};
use crate::analysis::capacity::{self, Amount, Qos};
use crate::analysis::constants::{self, PROBE_FAILURES};
use crate::analysis::view;
use crate::design::model::component::{Component, Probe, Restart, Strategy, Workload};
use crate::design::model::stack::LayerKind;
use crate::said;

/// What a process without request or limit uses: about what an idle runtime takes (76.7 MB for Node.js,
/// gVisor website, performance/density.csv).
const IDLE_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// Every component of the design.
pub(super) fn components(setup: &mut Setup<'_, '_>, clusters: &Table<ClusterSpec>) -> Table<ComponentSpec> {
    let design = setup.view.design;
    Table::of(design.components.iter().map(|(name, component)| one(setup, clusters, name, component)).collect())
}

fn one(setup: &mut Setup<'_, '_>, clusters: &Table<ClusterSpec>, name: &str, component: &Component) -> ComponentSpec {
    let view = setup.view;
    let design = view.design;
    let home = match view.home(component) {
        view::Home::Cluster(cluster, _) => Home::Cluster(design.clusters.get_index_of(cluster).unwrap_or(0)),
        view::Home::Hosts(..) => Home::Machines,
        view::Home::Partition(partition, _) => Home::Partition(design.partitions.get_index_of(partition).unwrap_or(0)),
        view::Home::ThirdParty(..) => Home::ThirdParty,
        view::Home::Nowhere => Home::Nowhere,
    };
    let ours = matches!(home, Home::Cluster(_) | Home::Machines | Home::Partition(_));
    let demand = capacity::demand(view, name, component);
    let request = demand.as_ref().map_or(Amount::default(), |demand| demand.requested());
    let limit_memory = demand.as_ref().and_then(|demand| demand.limit_memory.as_ref());
    let limit_memory = limit_memory.map_or(f64::INFINITY, |limit| limit.value.value());
    let limit_cpu = demand.as_ref().and_then(|demand| demand.limit_cpu.as_ref());
    let uses_memory = if request.memory > 0.0 { request.memory } else { IDLE_BYTES.min(limit_memory) };
    let wanted = if ours { view.wanted(component) } else { 0 };
    let stops = component.stops.as_ref();
    let update = component.update.as_ref();
    let constant = |id: &str, otherwise: f64| {
        let view::Home::Cluster(cluster_name, cluster) = view.home(component) else { return otherwise };
        constants::of(view, cluster_name, cluster, id).map_or(otherwise, |constant| constant.value)
    };
    let default_period = super::micros(constant("probe-period", 10.0));
    let default_timeout = super::micros(constant("probe-timeout", 1.0));
    let grace = super::micros(constant("termination-grace-period", 30.0));
    let probes = component.probes.as_ref();
    let probe = |pick: fn(&crate::design::model::component::Probes) -> Option<&Probe>| {
        probes.and_then(pick).filter(|_| matches!(home, Home::Cluster(_))).map(|probe| ProbeSpec {
            period: probe.period.as_ref().map_or(default_period, time).max(SECOND),
            timeout: probe.timeout.as_ref().map_or(default_timeout, time),
            failures: probe.failures.unwrap_or(PROBE_FAILURES).max(1),
            successes: probe.successes.unwrap_or(1).max(1),
            initial_delay: probe.initial_delay.as_ref().map_or(0, time),
            checks: probe.checks.iter().filter_map(|name| design.components.get_index_of(name.0.as_str())).collect(),
        })
    };
    let quarter = |round_up: bool| if round_up { wanted.div_ceil(4) } else { wanted / 4 };
    let starts_in = if ours { starts_in(setup, name, component, home) } else { Lapse::default() };
    let pulls_in = if ours { pulls_in(setup, name, component, home) } else { Lapse::default() };
    let (database, restores) = data::of(setup, name, component, ours);
    ComponentSpec {
        kind: component.kind,
        home,
        workload: view.workload(component),
        wanted,
        request,
        limit_cpu: limit_cpu.map_or(f64::INFINITY, |limit| limit.value.value()),
        limit_memory,
        qos: demand.as_ref().map_or(Qos::BestEffort, |demand| demand.qos()),
        uses_memory,
        capacity: component.serves_up_to.as_ref().map_or(f64::INFINITY, |one| one.value.value()),
        rate: 1.0,
        starts_in,
        pre_stop: stops.and_then(|stops| stops.pre_stop.as_ref()).map_or(0, time),
        drains_in: stops.and_then(|stops| stops.drains_in.as_ref()).map(|drains| time(&drains.value)),
        grace: stops.and_then(|stops| stops.grace.as_ref()).map_or(grace, time),
        probes: [
            probe(|probes| probes.startup.as_ref()),
            probe(|probes| probes.readiness.as_ref()),
            probe(|probes| probes.liveness.as_ref()),
        ],
        spread_node: component.spread.as_ref().and_then(|spread| spread.node),
        spread_zone: component.spread.as_ref().and_then(|spread| spread.zone),
        spread_site: component.spread.as_ref().and_then(|spread| spread.site),
        bound_to: bound_to(setup, clusters, component, home),
        budget: component.disruption_budget.as_ref().and_then(|budget| {
            match (budget.min_available, budget.max_unavailable) {
                (Some(least), _) => Some(Budget::AtLeast(least)),
                (None, most) => most.map(Budget::AtMostAway),
            }
        }),
        surge: update.and_then(|update| update.surge).unwrap_or(quarter(true)),
        // Neither may be rounded to nothing at once: the update would never begin (Deployment validation).
        unavailable: update.and_then(|update| update.unavailable).unwrap_or(quarter(false)),
        recreate: update.is_some_and(|update| update.strategy == Some(Strategy::Recreate)),
        reach: component.storage.as_ref().map(|storage| {
            // A volume whose reach is not said is taken as one that follows within the region.
            storage.reach.unwrap_or(crate::design::model::component::Reach::Region)
        }),
        pulls_in,
        restart: restart(setup, name, component, home),
        check: None,
        database,
        safety: component.safety.as_ref().map(|safety| (time(&safety.detects_in.value), time(&safety.reacts_in.value))),
        restores,
        ..ComponentSpec::default()
    }
}

/// From a process to one that answers.
fn starts_in(setup: &mut Setup<'_, '_>, name: &str, component: &Component, home: Home) -> Lapse {
    if let Some(fact) = &component.starts_in {
        return about(fact);
    }
    let address = format!("components.{name}.starts_in");
    if matches!(home, Home::Cluster(_)) {
        let text = said!(
            "`{name}` does not say how long it takes to start: 1 to 5 s, within Kubernetes' objective for a stateless pod (SIG Scalability)",
            "`{name}` ne dit pas en combien de temps il démarre : 1 à 5 s, dans l’objectif de Kubernetes pour un pod sans état (SIG Scalability)"
        );
        setup.assume(text, &address);
        return seconds(1.0, 5.0);
    }
    let text = said!(
        "`{name}` does not say how long it takes to start: 1 to 10 s",
        "`{name}` ne dit pas en combien de temps il démarre : 1 à 10 s"
    );
    setup.assume(text, &address);
    seconds(1.0, 10.0)
}

/// How long an image takes to fetch: what the component says, else its nodes' stack, else a constant.
fn pulls_in(setup: &mut Setup<'_, '_>, name: &str, component: &Component, home: Home) -> Lapse {
    let view = setup.view;
    if let Some(fact) = &component.pulls_in {
        return about(fact);
    }
    let view::Home::Cluster(cluster_name, cluster) = view.home(component) else { return Lapse::default() };
    if !matches!(home, Home::Cluster(_)) {
        return Lapse::default();
    }
    let stacks = cluster.workers.iter().filter_map(|group| view.stack(view.design.hosts.get(group.0.as_str())?));
    let mut layers =
        stacks.flat_map(|(_, stack)| stack.layers.iter()).filter(|layer| layer.kind == LayerKind::Container);
    if let Some(pull) = layers.find_map(|layer| layer.image_pull.as_ref()) {
        let middle = pull.value.value();
        return seconds(middle * 0.5, middle * 1.5);
    }
    let constant = constants::of(view, cluster_name, cluster, "image-pull").map_or(10.0, |constant| constant.value);
    let text = said!(
        "neither `{name}` nor its nodes' stack says how long its image takes to fetch: {least} to {most} s",
        "ni `{name}` ni la pile de ses nœuds ne dit combien de temps son image met à arriver : {least} à {most} s",
        least = constant * 0.5,
        most = constant * 1.5
    );
    setup.assume(text, &format!("components.{name}.pulls_in"));
    seconds(constant * 0.5, constant * 1.5)
}

/// Nodes of the site or zone that a component is bound to.
fn bound_to(
    setup: &Setup<'_, '_>,
    clusters: &Table<ClusterSpec>,
    component: &Component,
    home: Home,
) -> Option<Vec<usize>> {
    let Home::Cluster(cluster) = home else { return None };
    let place = component.at.as_ref()?.0.as_str();
    let view = setup.view;
    let there = |machine: &usize| {
        let machine = view.machines.get(*machine);
        machine.is_some_and(|machine| machine.zone.as_deref() == Some(place) || machine.site.as_deref() == Some(place))
    };
    Some(clusters[cluster].nodes.iter().copied().filter(there).collect())
}

fn restart(setup: &mut Setup<'_, '_>, name: &str, component: &Component, home: Home) -> Restart {
    if let Some(restart) = component.restart {
        return restart;
    }
    // A failover manager, or the members' own, starts a member again.
    let managed = component.replication.is_some()
        || component.kind == crate::design::model::component::ComponentKind::ConsensusStore;
    match home {
        Home::Machines | Home::Partition(_) if !managed => {
            let text = said!(
                "`{name}` does not say whether it is started again after it ended: it is not",
                "`{name}` ne dit pas s’il est relancé après s’être arrêté : il ne l’est pas"
            );
            setup.assume(text, &format!("components.{name}.restart"));
            Restart::Never
        }
        _ => Restart::Always,
    }
}

/// A DaemonSet's own default: one pod may be away.
pub(super) fn daemon_defaults(components: &mut Table<ComponentSpec>) {
    for at in components.ids() {
        let component = &mut components[at];
        if component.workload != Workload::Deployment && component.unavailable == 0 {
            component.unavailable = 1;
        }
        if component.surge == 0 && component.unavailable == 0 {
            component.unavailable = 1;
        }
    }
}

/// How senders outside Kubernetes find out that a receiver is dead, where they do not say: HAProxy's
/// defaults are two and three checks.
pub(super) const ASSUMED_CHECK: CheckSpec = CheckSpec { period: ASSUMED_PERIOD, failures: 3, successes: 2 };
const ASSUMED_PERIOD: Time = 5 * SECOND;
