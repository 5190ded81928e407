//! What nodes and partitions can give, and what stands on them.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::analysis::derived::Derived;
use crate::analysis::view::{Home, View};
use crate::design::model::component::Resources;
use crate::design::model::place::{Cluster, Distribution, Hosts};
use crate::design::model::stack::Per;
use crate::design::quantity::{Bytes, Cpu, Measured, Quantity};
use crate::design::text::Fact;
use crate::said;
use crate::source::{Said, Show};

use super::Amount;
use super::demand::{Demand, demand, sum};

/// The kubelet's hard eviction threshold for memory, upstream's default; k3s sets thresholds for
/// disks only, which drops this one (facts: `eviction.memory.available`, `k3s.kubelet.evictionHard`).
const EVICTION_BYTES: f64 = 100.0 * 1024.0 * 1024.0;

/// A cluster, node by node.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterRoom<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its nodes, in the order of the machines; worked out once for a view.
    pub nodes: Arc<Vec<NodeRoom>>,
}

/// A node: what it can give and what stands on it.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeRoom {
    /// The machine, as an index into `View::machines`.
    pub machine: usize,
    /// Processor time that pods may request; `None` where the machine's is not said.
    pub cpu: Option<Derived<Cpu>>,
    /// Memory that pods may request; `None` where the machine's is not said.
    pub memory: Option<Derived<Bytes>>,
    /// The pods on it, as indices into `View::instances`.
    pub pods: Vec<usize>,
    /// Processor time that they request.
    pub requested_cpu: Derived<Cpu>,
    /// Memory that they request.
    pub requested_memory: Derived<Bytes>,
    /// Processor time that they may use at most, those with a limit.
    pub limit_cpu: Derived<Cpu>,
    /// Memory that they may use at most, those with a limit.
    pub limit_memory: Derived<Bytes>,
}

impl NodeRoom {
    /// What pods may request; what is not known is no constraint.
    pub fn allocatable(&self) -> Amount {
        Amount {
            cpu: self.cpu.as_ref().map_or(f64::INFINITY, |cpu| cpu.value.value()),
            memory: self.memory.as_ref().map_or(f64::INFINITY, |memory| memory.value.value()),
        }
    }

    /// What its pods request.
    pub fn requested(&self) -> Amount {
        Amount { cpu: self.requested_cpu.value.value(), memory: self.requested_memory.value.value() }
    }
}

/// Every cluster with its nodes.
pub fn clusters<'a>(view: &View<'a>) -> Vec<ClusterRoom<'a>> {
    let names = view.design.clusters.keys();
    names.zip(view.rooms()).map(|(name, nodes)| ClusterRoom { name, nodes: Arc::clone(nodes) }).collect()
}

/// The nodes of every cluster, in the order of the clusters.
pub(in crate::analysis) fn rooms(view: &View<'_>) -> Vec<Arc<Vec<NodeRoom>>> {
    view.design.clusters.iter().map(|(name, cluster)| Arc::new(room(view, name, cluster))).collect()
}

/// What one pod of each component requests, in the order of the components; `None` outside Kubernetes.
pub(in crate::analysis) fn sizes(view: &View<'_>) -> Vec<Option<Amount>> {
    let components = view.design.components.iter();
    components.map(|(name, component)| Some(demand(view, name, component)?.requested())).collect()
}

fn room(view: &View<'_>, name: &str, cluster: &Cluster) -> Vec<NodeRoom> {
    let demands: IndexMap<&str, Demand> = view
        .design
        .components
        .iter()
        .filter(|(_, component)| component.runs_on.as_deref() == Some(name))
        .filter_map(|(component, value)| Some((component.as_str(), demand(view, component, value)?)))
        .collect();
    view.nodes(cluster).into_iter().map(|machine| node(view, cluster, machine, &demands)).collect()
}

fn node(view: &View<'_>, cluster: &Cluster, machine: usize, demands: &IndexMap<&str, Demand>) -> NodeRoom {
    let on_it =
        |i: &usize| view.instances[*i].machine == Some(machine) && demands.contains_key(view.instances[*i].component);
    let pods: Vec<usize> = (0..view.instances.len()).filter(on_it).collect();
    let mut counts: IndexMap<&str, u32> = IndexMap::new();
    for pod in &pods {
        *counts.entry(view.instances[*pod].component).or_default() += 1;
    }
    let parts = || counts.iter().filter_map(|(name, count)| Some((*count, demands.get(name)?)));
    let group = view.machines[machine].group.as_str();
    let hosts = view.design.hosts.get(group);
    NodeRoom {
        machine,
        cpu: hosts.and_then(|hosts| node_cpu(view, group, hosts)),
        memory: hosts.and_then(|hosts| node_memory(view, group, hosts, cluster)),
        requested_cpu: sum(parts().map(|(count, demand)| (count, demand.request_cpu.as_ref()))),
        requested_memory: sum(parts().map(|(count, demand)| (count, demand.request_memory.as_ref()))),
        limit_cpu: sum(parts().map(|(count, demand)| (count, demand.limit_cpu.as_ref()))),
        limit_memory: sum(parts().map(|(count, demand)| (count, demand.limit_memory.as_ref()))),
        pods,
    }
}

/// A value less what is taken from it, with the formula `4 − 80m`.
struct Less<M> {
    derived: Derived<f64>,
    tag: std::marker::PhantomData<M>,
}

impl<M: Measured> Less<M> {
    fn of(fact: &Fact<Quantity<M>>, path: String) -> Less<M> {
        let derived =
            Derived::new(fact.value.value(), Said::by(|lang| fact.show(lang))).from_fact(path).sourced(fact.evidence());
        Less { derived, tag: std::marker::PhantomData }
    }

    fn taking(mut self, value: &Quantity<M>, path: Option<String>, evidence: Said) -> Less<M> {
        let so_far = self.derived.formula.clone();
        self.derived.value -= value.value();
        self.derived.formula = Said::by(|lang| format!("{} − {}", so_far.get(lang), value.show(lang)));
        self.derived = self.derived.from_facts(path).sourced(evidence);
        self
    }

    fn done(self) -> Derived<Quantity<M>> {
        self.derived.map(Quantity::of)
    }
}

fn node_cpu(view: &View<'_>, group: &str, hosts: &Hosts) -> Option<Derived<Cpu>> {
    let path = view.path(&format!("hosts.{group}"));
    let mut left = Less::of(hosts.cpu.as_ref()?, format!("{path}.cpu"));
    if let Some(reserved) = hosts.reserved.as_ref().and_then(|reserved| reserved.cpu.as_ref()) {
        left = left.taking(&reserved.value, Some(format!("{path}.reserved.cpu")), reserved.evidence());
    }
    Some(left.done())
}

fn node_memory(view: &View<'_>, group: &str, hosts: &Hosts, cluster: &Cluster) -> Option<Derived<Bytes>> {
    let path = view.path(&format!("hosts.{group}"));
    let mut left = Less::of(hosts.memory.as_ref()?, format!("{path}.memory"));
    if let Some(reserved) = hosts.reserved.as_ref().and_then(|reserved: &Resources| reserved.memory.as_ref()) {
        left = left.taking(&reserved.value, Some(format!("{path}.reserved.memory")), reserved.evidence());
    } else if let Some((stack_name, stack)) = view.stack(hosts) {
        // A node that is a virtual machine carries what there is one of for each; what stands
        // below it takes the host's memory, not the node's.
        let on_node = if stack.layers.iter().any(|layer| layer.per == Per::Vm) { Per::Vm } else { Per::Host };
        let layers = view.workspace.at(&format!("{stack_name}.layers"));
        for (i, layer) in stack.layers.iter().enumerate().filter(|(_, layer)| layer.per == on_node) {
            if let Some(memory) = &layer.memory {
                let path = layers
                    .and_then(|layers| layers.items().get(i))
                    .map(|layer| format!("{stack_name}.layers.{}.memory", layer.address(i)));
                left = left.taking(&memory.value, path, memory.evidence());
            }
        }
    }
    if cluster.distribution != Distribution::K3s {
        let evidence = said!(
            "kubelet's hard eviction threshold (Kubernetes documentation, Node-pressure Eviction)",
            "seuil d’éviction strict du kubelet (documentation Kubernetes, Node-pressure Eviction)"
        );
        left = left.taking(&Bytes::of(EVICTION_BYTES), None, evidence);
    }
    Some(left.done())
}

/// A partition: what it can give and what its programs may take.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionRoom<'a> {
    /// Its name.
    pub name: &'a str,
    /// Memory less what its system keeps.
    pub memory: Derived<Bytes>,
    /// The sum of its components' limits.
    pub limits: Derived<Bytes>,
    /// Components that state no limit.
    pub unlimited: Vec<&'a str>,
}

/// Every partition of the design.
pub fn partitions<'a>(view: &View<'a>) -> Vec<PartitionRoom<'a>> {
    let mut rooms = Vec::new();
    for (name, partition) in &view.design.partitions {
        let path = view.path(&format!("partitions.{name}"));
        let mut memory = Less::of(&partition.memory, format!("{path}.memory"));
        if let Some(reserved) = partition.reserved.as_ref().and_then(|reserved| reserved.memory.as_ref()) {
            memory = memory.taking(&reserved.value, Some(format!("{path}.reserved.memory")), reserved.evidence());
        }
        let mut parts: Vec<(u32, Derived<Bytes>)> = Vec::new();
        let mut unlimited = Vec::new();
        for (component_name, component) in &view.design.components {
            if !matches!(view.home(component), Home::Partition(home, _) if home == name) {
                continue;
            }
            match component.limits.as_ref().and_then(|limits| limits.memory.as_ref()) {
                Some(limit) => {
                    let fact = view.path(&format!("components.{component_name}.limits.memory"));
                    let one = Derived::new(limit.value.clone(), Said::by(|lang| limit.show(lang))).from_fact(fact);
                    parts.push((view.wanted(component), one.sourced(limit.evidence())));
                }
                None => unlimited.push(component_name.as_str()),
            }
        }
        let limits = sum(parts.iter().map(|(count, one)| (*count, Some(one))));
        rooms.push(PartitionRoom { name, memory: memory.done(), limits, unlimited });
    }
    rooms
}
