//! Where each component runs, how often, and over what it is spread.

use super::derived::Derived;
use super::view::{Home, View};
use crate::design::model::component::{Component, ComponentKind, SpreadMode, Workload};
use crate::said;
use crate::source::Said;

/// In which world something runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// In a Kubernetes cluster.
    Kubernetes,
    /// On machines or partitions of ours.
    Machines,
    /// Managed by a third party.
    Managed,
    /// Outside: people, other institutions' systems, parts of a machine.
    Outside,
}

impl Where {
    /// What it is called.
    pub fn title(self) -> Said {
        match self {
            Where::Kubernetes => said!("in Kubernetes", "dans Kubernetes"),
            Where::Machines => said!("on our machines", "sur nos machines"),
            Where::Managed => said!("managed", "géré par un tiers"),
            Where::Outside => said!("outside", "à l’extérieur"),
        }
    }
}

/// Where one component runs.
#[derive(Debug, Clone)]
pub struct Placed {
    /// In which world.
    pub which: Where,
    /// On what, by name.
    pub on: Said,
    /// How many of what.
    pub count: Said,
    /// Over what they are spread.
    pub spread: Said,
    /// What keeps them apart, and how strictly; empty where nothing is said.
    pub kept_apart: Said,
}

/// Where every component runs, in the order of the design.
pub fn placement<'a>(view: &View<'a>) -> Vec<(&'a str, Derived<Placed>)> {
    view.design.components.iter().map(|(name, component)| (name.as_str(), one(view, name, component))).collect()
}

fn one(view: &View<'_>, name: &str, component: &Component) -> Derived<Placed> {
    let path = |rest: &str| view.path(&format!("components.{name}.{rest}"));
    let wanted = view.wanted(component);
    let none = Said::default;
    let (which, on, formula) = match view.home(component) {
        Home::Cluster(cluster, facts) => (
            Where::Kubernetes,
            Said::same(cluster),
            said!(
                "{distribution}, namespace {namespace}",
                "{distribution}, namespace {namespace}",
                distribution = facts.distribution.title(),
                namespace = component.namespace.as_deref().unwrap_or("default")
            ),
        ),
        Home::Hosts(group, hosts) => {
            let stack = hosts.stack.as_deref().unwrap_or("?");
            (Where::Machines, Said::same(group), Said::same(stack))
        }
        Home::Partition(partition, facts) => {
            let (os, soc) = (facts.os.product.as_str(), facts.runs_on.0.as_str());
            (
                Where::Machines,
                Said::same(partition),
                said!("{os}, a partition of {soc}", "{os}, une partition de {soc}"),
            )
        }
        Home::ThirdParty(party, _) => {
            (Where::Managed, Said::same(party), component.at.as_ref().map_or_else(none, |at| Said::same(at.0.clone())))
        }
        Home::Nowhere => (Where::Outside, none(), none()),
    };
    let one = wanted == 1;
    let count = match (which, view.workload(component)) {
        (Where::Kubernetes, Workload::StatefulSet) if one => said!("1 pod (StatefulSet)", "1 pod (StatefulSet)"),
        (Where::Kubernetes, Workload::StatefulSet) => {
            said!("{n} pods (StatefulSet)", "{n} pods (StatefulSet)", n = wanted)
        }
        (Where::Kubernetes, Workload::DaemonSet) => said!("{n}, one a node", "{n}, un par nœud", n = wanted),
        (Where::Kubernetes, Workload::Job) => said!("a job", "une tâche"),
        (Where::Kubernetes, Workload::Deployment) if one => said!("1 pod", "1 pod"),
        (Where::Kubernetes, Workload::Deployment) => said!("{n} pods", "{n} pods", n = wanted),
        (Where::Machines, _) if one => said!("1", "1"),
        (Where::Machines, _) => said!("{n} members", "{n} membres", n = wanted),
        _ => none(),
    };
    let zones = view.zones_of(name);
    let grounds = view.grounds_of(name).len();
    let spread = match (zones.len(), grounds) {
        (0, 0) => component.at.as_ref().map_or_else(none, |at| Said::same(at.0.clone())),
        (_, 1) => said!("one machine", "une seule machine"),
        (0 | 1, machines) => said!("{machines} machines", "{machines} machines", machines = machines),
        (zones, machines) => said!(
            "{machines} machines in {zones} zones",
            "{machines} machines dans {zones} zones",
            machines = machines,
            zones = zones
        ),
    };
    let mut derived = Derived::new(Placed { which, on, count, spread, kept_apart: kept_apart(component) }, formula)
        .from_fact(path("runs_on"));
    let keys = [
        "replicas",
        "members",
        "replication.members",
        "workload",
        "spread.zone",
        "spread.node",
        "spread.site",
        "namespace",
        "in",
    ];
    derived = derived.from_facts(keys.iter().map(|key| path(key)).filter(|path| view.workspace.at(path).is_some()));
    if let Some(place) = component.runs_on.as_deref() {
        let groups: Vec<&str> = match view.home(component) {
            Home::Cluster(_, cluster) => cluster.workers.iter().map(|group| group.0.as_str()).collect(),
            Home::Partition(_, partition) => vec![partition.runs_on.0.as_str()],
            _ => vec![place],
        };
        for group in groups {
            derived = derived
                .from_fact(view.path(&format!("hosts.{group}.count")))
                .from_fact(view.path(&format!("hosts.{group}.in")));
        }
    }
    derived
}

/// What keeps a component's pods apart: "zones always, nodes where there is room".
fn kept_apart(component: &Component) -> Said {
    let Some(spread) = &component.spread else { return Said::default() };
    let how = |mode: SpreadMode| match mode {
        SpreadMode::Required => said!("always", "toujours"),
        SpreadMode::Preferred => said!("where there is room", "si la place le permet"),
    };
    let over = [
        (said!("sites", "sites"), spread.site),
        (said!("zones", "zones"), spread.zone),
        (said!("nodes", "nœuds"), spread.node),
    ];
    let parts: Vec<Said> = over
        .into_iter()
        .filter_map(|(what, mode)| Some(said!("{what} {how}", "{what} {how}", what = what, how = how(mode?))))
        .collect();
    if parts.is_empty() {
        return Said::default();
    }
    said!("apart: {parts}", "séparés : {parts}", parts = Said::join(&parts, ", "))
}

/// What a kind of component is called.
pub fn kind_title(kind: ComponentKind) -> Said {
    use ComponentKind as K;
    match kind {
        K::Person => said!("people", "personnes"),
        K::ExternalSystem => said!("external system", "système externe"),
        K::Service => said!("service", "service"),
        K::Gateway => said!("gateway", "passerelle"),
        K::LoadBalancer => said!("load balancer", "répartiteur de charge"),
        K::Dns => said!("DNS", "DNS"),
        K::Waf => said!("web application firewall", "pare-feu applicatif"),
        K::Firewall => said!("firewall", "pare-feu"),
        K::Database => said!("database", "base de données"),
        K::ConsensusStore => said!("consensus store", "magasin de consensus"),
        K::MessageBroker => said!("message broker", "file de messages"),
        K::Cache => said!("cache", "cache"),
        K::ObjectStorage => said!("object storage", "stockage objet"),
        K::Registry => said!("image registry", "registre d’images"),
        K::SecretStore => said!("secret store", "coffre à secrets"),
        K::IdentityProvider => said!("identity provider", "fournisseur d’identité"),
        K::Directory => said!("directory", "annuaire"),
        K::Delivery => said!("delivery", "livraison continue"),
        K::Monitoring => said!("monitoring", "supervision"),
        K::Logging => said!("logging", "journalisation"),
        K::Sensor => said!("sensor", "capteur"),
        K::Actuator => said!("actuator", "actionneur"),
    }
}
