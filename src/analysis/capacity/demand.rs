//! What one pod asks for, as Kubernetes completes what its author wrote.

use crate::analysis::derived::Derived;
use crate::analysis::view::{Home, View};
use crate::design::model::component::{Component, Resources, Strategy, Workload};
use crate::design::model::place::{Cluster, Namespace};
use crate::design::quantity::{Bytes, Cpu, Measured, Quantity};
use crate::design::text::Fact;
use crate::said;
use crate::source::{Said, Show};

use super::Amount;

/// What one pod of a component asks for and may use.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// Processor time that the scheduler keeps.
    pub request_cpu: Option<Derived<Cpu>>,
    /// Memory that the scheduler keeps.
    pub request_memory: Option<Derived<Bytes>>,
    /// Processor time it may use at most.
    pub limit_cpu: Option<Derived<Cpu>>,
    /// Memory it may use at most.
    pub limit_memory: Option<Derived<Bytes>>,
}

/// Kubernetes' classes of service: who is killed last and first when a node runs short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qos {
    /// Processor time and memory are limited, and requests equal limits.
    Guaranteed,
    /// Something is requested or limited.
    Burstable,
    /// Nothing is.
    BestEffort,
}

impl Qos {
    /// The word that Kubernetes uses.
    pub fn word(self) -> &'static str {
        match self {
            Qos::Guaranteed => "Guaranteed",
            Qos::Burstable => "Burstable",
            Qos::BestEffort => "BestEffort",
        }
    }
}

impl Demand {
    /// What the scheduler counts; what is not requested counts as nothing.
    pub fn requested(&self) -> Amount {
        Amount { cpu: value(&self.request_cpu), memory: value(&self.request_memory) }
    }

    /// The class of service, by Kubernetes' rule.
    pub fn qos(&self) -> Qos {
        let nothing = self.request_cpu.is_none() && self.request_memory.is_none();
        // The API server sets a missing request to the limit, so no limit is left without a request.
        if nothing && self.limit_cpu.is_none() && self.limit_memory.is_none() {
            return Qos::BestEffort;
        }
        let same = equal(&self.request_cpu, &self.limit_cpu) && equal(&self.request_memory, &self.limit_memory);
        if same { Qos::Guaranteed } else { Qos::Burstable }
    }
}

fn value<M: Measured>(quantity: &Option<Derived<Quantity<M>>>) -> f64 {
    quantity.as_ref().map_or(0.0, |quantity| quantity.value.value())
}

fn equal<M: Measured>(request: &Option<Derived<Quantity<M>>>, limit: &Option<Derived<Quantity<M>>>) -> bool {
    matches!((request, limit), (Some(a), Some(b)) if a.value.value() == b.value.value())
}

/// What one pod of a component asks for; `None` outside Kubernetes.
///
/// What is not stated is completed as the API server does, in its order: a limit without a request
/// is its request; then the namespace's default limit, which is also the request where there is none.
pub fn demand(view: &View<'_>, name: &str, component: &Component) -> Option<Demand> {
    let Home::Cluster(cluster_name, cluster) = view.home(component) else { return None };
    let defaults = namespace(component, cluster).and_then(|(name, namespace)| {
        let path = view.path(&format!("clusters.{cluster_name}.namespaces.{name}.default_limits"));
        Some((path, namespace.default_limits.as_ref()?))
    });
    let own = view.path(&format!("components.{name}"));
    let (request_cpu, limit_cpu) =
        complete(&own, component, defaults.as_ref(), "cpu", |resources| resources.cpu.as_ref());
    let (request_memory, limit_memory) =
        complete(&own, component, defaults.as_ref(), "memory", |resources| resources.memory.as_ref());
    Some(Demand { request_cpu, request_memory, limit_cpu, limit_memory })
}

type Pair<M> = (Option<Derived<Quantity<M>>>, Option<Derived<Quantity<M>>>);

fn complete<M: Measured + Clone>(
    own: &str,
    component: &Component,
    defaults: Option<&(String, &Resources)>,
    key: &str,
    pick: fn(&Resources) -> Option<&Fact<Quantity<M>>>,
) -> Pair<M> {
    let stated = |fact: &Fact<Quantity<M>>, path: String| {
        let formula = Said::by(|lang| fact.show(lang));
        Derived::new(fact.value.clone(), formula).from_fact(path).sourced(fact.evidence())
    };
    let request = component.requests.as_ref().and_then(pick).map(|fact| stated(fact, format!("{own}.requests.{key}")));
    let limit = component.limits.as_ref().and_then(pick).map(|fact| stated(fact, format!("{own}.limits.{key}")));
    let default = defaults.and_then(|(path, resources)| Some(stated(pick(resources)?, format!("{path}.{key}"))));
    let noted = |from: Option<&Derived<Quantity<M>>>, why: Said| {
        from.map(|from| {
            let mut copy = from.clone();
            copy.formula = said!("{value} ({why})", "{value} ({why})", value = from.formula, why = why);
            copy
        })
    };
    let limit_is_request = noted(limit.as_ref(), said!("its limit", "sa limite"));
    let by_default = noted(default.as_ref(), said!("the namespace's default limit", "limite par défaut du namespace"));
    (request.or(limit_is_request).or(by_default.clone()), limit.or(by_default))
}

/// The namespace of a component, where its cluster declares it.
pub(super) fn namespace<'a>(component: &'a Component, cluster: &'a Cluster) -> Option<(&'a str, &'a Namespace)> {
    let (name, namespace) = cluster.namespaces.get_key_value(component.namespace.as_deref()?)?;
    Some((name.as_str(), namespace))
}

/// A namespace's quota against what its pods request.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotaUse<'a> {
    /// The cluster.
    pub cluster: &'a str,
    /// The namespace.
    pub namespace: &'a str,
    /// The quota of processor time, and the sum of what is requested.
    pub cpu: Option<(Cpu, Derived<Cpu>)>,
    /// The quota of memory, and the sum of what is requested.
    pub memory: Option<(Bytes, Derived<Bytes>)>,
    /// What a rolling update adds while it runs: the largest surge of one component.
    pub surge: Amount,
    /// Components whose pods the quota refuses, because they request nothing of what it counts.
    pub refused: Vec<&'a str>,
}

/// Every namespace with a quota.
pub fn quotas<'a>(view: &View<'a>) -> Vec<QuotaUse<'a>> {
    let mut uses = Vec::new();
    for (cluster_name, cluster) in &view.design.clusters {
        for (name, namespace) in &cluster.namespaces {
            let Some(quota) = &namespace.quota else { continue };
            let mut tenants: Vec<(&'a str, &'a Component, Demand)> = Vec::new();
            for (component_name, component) in &view.design.components {
                let at_home =
                    component.runs_on.as_deref() == Some(cluster_name) && component.namespace.as_deref() == Some(name);
                if let Some(demand) = at_home.then(|| demand(view, component_name, component)).flatten() {
                    tenants.push((component_name, component, demand));
                }
            }
            let counts = |component: &Component| view.wanted(component);
            let cpu = quota.cpu.as_ref().map(|limit| {
                (
                    limit.value.clone(),
                    sum(tenants.iter().map(|(_, component, demand)| (counts(component), demand.request_cpu.as_ref()))),
                )
            });
            let memory = quota.memory.as_ref().map(|limit| {
                let parts =
                    tenants.iter().map(|(_, component, demand)| (counts(component), demand.request_memory.as_ref()));
                (limit.value.clone(), sum(parts))
            });
            let refused = tenants
                .iter()
                .filter(|(_, _, demand)| {
                    (quota.cpu.is_some() && demand.request_cpu.is_none())
                        || (quota.memory.is_some() && demand.request_memory.is_none())
                })
                .map(|(name, ..)| *name)
                .collect();
            let surge = tenants.iter().fold(Amount::default(), |most, (_, component, demand)| {
                let extra = f64::from(surge(view, component));
                let one = demand.requested();
                Amount { cpu: most.cpu.max(one.cpu * extra), memory: most.memory.max(one.memory * extra) }
            });
            uses.push(QuotaUse { cluster: cluster_name, namespace: name, cpu, memory, surge, refused });
        }
    }
    uses
}

/// How many pods more than wanted an update of a Deployment starts: what is said, else a quarter, rounded up.
fn surge(view: &View<'_>, component: &Component) -> u32 {
    if view.workload(component) != Workload::Deployment {
        return 0;
    }
    match &component.update {
        Some(update) if update.strategy == Some(Strategy::Recreate) => 0,
        Some(update) if update.surge.is_some() => update.surge.unwrap_or(0),
        _ => view.wanted(component).div_ceil(4),
    }
}

/// `3 × 100m + 250m`, with every address that went into it.
pub(super) fn sum<'d, M: Measured + Clone + 'd>(
    parts: impl IntoIterator<Item = (u32, Option<&'d Derived<Quantity<M>>>)>,
) -> Derived<Quantity<M>> {
    let mut total = 0.0;
    let mut terms: Vec<Said> = Vec::new();
    let mut derived = Derived::new((), Said::same("0"));
    for (count, one) in parts {
        let Some(one) = one.filter(|_| count > 0) else { continue };
        total += f64::from(count) * one.value.value();
        let value = &one.value;
        terms.push(if count == 1 {
            Said::by(|lang| value.show(lang))
        } else {
            Said::by(|lang| format!("{count} × {}", value.show(lang)))
        });
        derived.facts.extend(one.facts.iter().cloned());
        for source in &one.sources {
            derived = derived.sourced(source.clone());
        }
    }
    if !terms.is_empty() {
        derived.formula = Said::join(&terms, " + ");
    }
    derived.map(|_| Quantity::of(total))
}
