//! What stands under the components of a design: the stacks of its host groups, counted.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::derived::Derived;
use super::view::{Home, View};
use crate::design::model::component::Component;
use crate::design::model::stack::{Layer, LayerKind, Per, Stack};
use crate::said;
use crate::source::Said;

/// Host groups of one stack, and the layers on their machines.
#[derive(Debug, Clone)]
pub struct Group {
    /// The stack.
    pub stack: String,
    /// The host groups.
    pub groups: Vec<String>,
    /// The components that they carry.
    pub carries: Vec<String>,
    /// The layers from the ground up.
    pub layers: Vec<Derived<Counted>>,
}

/// A layer with its number.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What it is.
    pub kind: LayerKind,
    /// The product.
    pub product: Option<String>,
    /// How many there are; `None` where the design does not say on how many hosts its VMs stand.
    pub count: Option<u64>,
    /// By how much one of them is shared.
    pub shared: Said,
    /// Who patches it.
    pub patched_by: Said,
}

/// The word under which a layer is addressed: `host-os`.
pub fn kind_word(layer: &Layer) -> String {
    super::measure::word(layer.kind).to_owned()
}

/// The layers under every host group that says its stack, by stack.
pub fn below(view: &View<'_>) -> Vec<Group> {
    let mut found: IndexMap<&str, Under<'_>> = IndexMap::new();
    for (name, hosts) in &view.design.hosts {
        let Some((stack_name, stack)) = view.stack(hosts) else { continue };
        let under = found.entry(stack_name).or_insert_with(|| Under::new(stack));
        under.groups.push(name);
        let machines = view.group(name);
        under.machines += machines.len() as u64;
        under.partitions +=
            view.design.partitions.values().filter(|partition| *partition.runs_on == **name).count() as u64;
        under.carried.extend(
            view.design
                .components
                .iter()
                .filter(|(_, component)| carries(view, name, component))
                .map(|(name, facts)| (name.as_str(), view.wanted(facts))),
        );
        // Machines of a stack with virtual machines are those VMs; what they stand on is another
        // group where the design says so, and not known otherwise.
        match (under.machines_are_vms(), hosts.runs_on.is_some()) {
            (false, _) => under.hosts.extend(machines),
            (true, true) => under.hosts.extend(machines.into_iter().map(|machine| view.ground(machine))),
            (true, false) => under.unknown_hosts = true,
        }
    }
    found.into_iter().map(|(name, under)| under.group(view, name)).collect()
}

fn carries(view: &View<'_>, group: &str, component: &Component) -> bool {
    match view.home(component) {
        Home::Cluster(_, cluster) => cluster.workers.iter().any(|other| **other == *group),
        Home::Hosts(other, _) => other == group,
        Home::Partition(_, partition) => *partition.runs_on == *group,
        _ => false,
    }
}

/// What stands on one stack.
struct Under<'a> {
    stack: &'a Stack,
    groups: Vec<&'a str>,
    carried: Vec<(&'a str, u32)>,
    machines: u64,
    partitions: u64,
    hosts: BTreeSet<usize>,
    unknown_hosts: bool,
}

impl<'a> Under<'a> {
    fn new(stack: &'a Stack) -> Under<'a> {
        Under {
            stack,
            groups: Vec::new(),
            carried: Vec::new(),
            machines: 0,
            partitions: 0,
            hosts: BTreeSet::new(),
            unknown_hosts: false,
        }
    }

    /// Where virtual machines begin in the stack.
    fn first_vm(&self) -> Option<usize> {
        self.stack.layers.iter().position(|layer| matches!(layer.kind, LayerKind::VirtualMachine | LayerKind::MicroVm))
    }

    fn machines_are_vms(&self) -> bool {
        self.first_vm().is_some()
    }

    /// How many there are of the layer at a position, and of what there is one for.
    fn count(&self, at: usize, layer: &Layer) -> (Option<u64>, Said) {
        let instances: u64 = self.carried.iter().map(|(_, count)| u64::from(*count)).sum();
        let runs_in_it = matches!(layer.kind, LayerKind::Pod | LayerKind::Container | LayerKind::Application);
        if layer.per == Per::Application && (runs_in_it || !self.machines_are_vms()) {
            return (Some(instances), said!("one for each pod or member", "un par pod ou membre"));
        }
        match self.first_vm() {
            Some(vm) if at < vm => {
                let known = (!self.unknown_hosts).then_some(self.hosts.len() as u64);
                (known, said!("one for each host below the VMs", "un par hôte sous les VM"))
            }
            Some(_) => (Some(self.machines), said!("one for each VM", "un par VM")),
            None if layer.per == Per::Vm => {
                (Some(self.partitions), said!("one for each partition", "un par partition"))
            }
            None => (Some(self.machines), said!("one for each machine", "un par machine")),
        }
    }

    fn group(self, view: &View<'_>, name: &str) -> Group {
        let layers =
            self.stack.layers.iter().enumerate().map(|(at, layer)| self.counted(view, name, at, layer)).collect();
        Group {
            stack: name.to_owned(),
            groups: self.groups.iter().map(|name| (*name).to_owned()).collect(),
            carries: self.carried.iter().map(|(name, _)| (*name).to_owned()).collect(),
            layers,
        }
    }

    fn counted(&self, view: &View<'_>, stack: &str, at: usize, layer: &Layer) -> Derived<Counted> {
        let path = |key: &str| format!("{stack}.layers.{}.{key}", kind_word(layer));
        let instances: u64 = self.carried.iter().map(|(_, count)| u64::from(*count)).sum();
        let (count, formula) = self.count(at, layer);
        let shared = match count {
            Some(count) if count > 0 && instances > count => {
                said!("up to {n} pods or members", "{n} pods ou membres au plus", n = instances.div_ceil(count))
            }
            Some(count) if count > 0 && instances > 0 => said!("one each", "un chacun"),
            _ => Said::default(),
        };
        let team = layer.patched_by.as_ref().or(layer.operated_by.as_ref());
        let patched_by = team.map_or_else(Said::default, |team| {
            view.workspace
                .config
                .teams
                .get(team.0.as_str())
                .map_or_else(|| Said::same(team.0.clone()), |text| text.said())
        });
        let value = Counted { kind: layer.kind, product: layer.product.clone(), count, shared, patched_by };
        let hosts = self
            .groups
            .iter()
            .flat_map(|group| ["count", "stack", "runs_on"].map(|key| view.path(&format!("hosts.{group}.{key}"))));
        let numbers = self.carried.iter().flat_map(|(component, _)| {
            ["replicas", "members", "replication.members"]
                .map(|key| view.path(&format!("components.{component}.{key}")))
        });
        Derived::new(value, formula)
            .from_facts(["per", "kind", "per_host", "product", "patched_by", "operated_by"].iter().map(|key| path(key)))
            .from_facts(hosts)
            .from_facts(numbers)
    }
}
