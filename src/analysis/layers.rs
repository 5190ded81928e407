//! What stands under the components of a design: the stacks of its host groups, counted.

use super::derived::Derived;
use super::view::{Home, View};
use crate::design::model::stack::{Layer, LayerKind, Per};
use crate::said;
use crate::source::Said;

/// A host group and the layers on one of its machines.
#[derive(Debug, Clone)]
pub struct Group {
    /// The host group.
    pub name: String,
    /// The components that it carries.
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
    /// How many there are in the group.
    pub count: u64,
    /// By how much one of them is shared.
    pub shared: Said,
    /// Who patches it.
    pub patched_by: Said,
}

/// The word under which a layer is addressed: `host-os`.
pub fn kind_word(layer: &Layer) -> String {
    // The address of a list item is the text of its `kind`, which is the schema's own word.
    serde_word(layer.kind)
}

fn serde_word(kind: LayerKind) -> String {
    let debug = format!("{kind:?}");
    let mut word = String::new();
    for (i, c) in debug.chars().enumerate() {
        if c.is_ascii_uppercase() && i > 0 {
            word.push('-');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}

/// The layers under every host group that says its stack.
pub fn below(view: &View<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    for (name, hosts) in &view.design.hosts {
        let Some((stack_name, stack)) = view.stack(hosts) else { continue };
        let machines = view.group(name);
        let carried: Vec<(&str, u32)> = view
            .design
            .components
            .iter()
            .filter(|(_, component)| match view.home(component) {
                Home::Cluster(_, cluster) => cluster.workers.iter().any(|group| **group == *name),
                Home::Hosts(group, _) => group == name,
                Home::Partition(_, partition) => *partition.runs_on == *name,
                _ => false,
            })
            .map(|(component, facts)| (component.as_str(), view.wanted(facts)))
            .collect();
        let applications: u64 = carried.iter().map(|(_, count)| u64::from(*count)).sum();
        // A stack whose virtual machines are the nodes: the group's machines are those VMs, and the
        // hosts under them are as many as its `per_host` says.
        let per_host = stack.layers.iter().find_map(|layer| layer.per_host).map_or(1, u64::from);
        let has_vms = stack.layers.iter().any(|layer| layer.per == Per::Vm);
        let partitions = view.design.partitions.values().filter(|partition| *partition.runs_on == *name).count() as u64;
        let count_of = |per: Per| match per {
            Per::Host if has_vms && partitions == 0 => (machines.len() as u64).div_ceil(per_host),
            Per::Host => machines.len() as u64,
            Per::Vm if partitions > 0 => partitions,
            Per::Vm => machines.len() as u64,
            Per::Application => applications,
        };
        let layers = stack.layers.iter().map(|layer| counted(view, name, stack_name, layer, count_of(layer.per), &carried)).collect();
        groups.push(Group { name: name.clone(), carries: carried.iter().map(|(name, _)| (*name).to_owned()).collect(), layers });
    }
    groups
}

fn counted(view: &View<'_>, group: &str, stack: &str, layer: &Layer, count: u64, carried: &[(&str, u32)]) -> Derived<Counted> {
    let applications: u64 = carried.iter().map(|(_, count)| u64::from(*count)).sum();
    let path = |key: &str| format!("{stack}.layers.{}.{key}", serde_word(layer.kind));
    let shared = match layer.per {
        Per::Application => said!("one each", "un chacun"),
        _ if applications == 0 || count == 0 => Said::default(),
        _ => said!("up to {n} instances", "{n} instances au plus", n = applications.div_ceil(count)),
    };
    let team = layer.patched_by.as_ref().or(layer.operated_by.as_ref());
    let patched_by = team.map_or_else(Said::default, |team| {
        view.workspace.config.teams.get(team.0.as_str()).map_or_else(|| Said::same(team.0.clone()), |text| text.said())
    });
    let formula = match layer.per {
        Per::Application => said!("one for each pod or member", "un par pod ou membre"),
        per => said!("one for each {per}", "un par {per}", per = per.title()),
    };
    Derived::new(Counted { kind: layer.kind, product: layer.product.clone(), count, shared, patched_by }, formula)
        .from_fact(path("per"))
        .from_fact(path("kind"))
        .from_fact(path("per_host"))
        .from_fact(path("product"))
        .from_fact(path("patched_by"))
        .from_fact(path("operated_by"))
        .from_fact(view.path(&format!("hosts.{group}.count")))
        .from_fact(view.path(&format!("hosts.{group}.stack")))
        .from_facts(carried.iter().flat_map(|(component, _)| {
            ["replicas", "members", "replication.members"].map(|key| view.path(&format!("components.{component}.{key}")))
        }))
}
