//! Whether pods find room: at first, and after a loss.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::analysis::derived::Derived;
use crate::analysis::view::{Machine, View};
use crate::design::model::component::Workload;
use crate::design::quantity::{Bytes, Cpu, Measured, Quantity};
use crate::source::{Said, Show};

use super::room::ClusterRoom;
use super::spread::{spread_allows, volume_allows};
use super::{Amount, Loss};

/// A pod that finds no node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stranded {
    /// The pod, as an index into `View::instances`.
    pub instance: usize,
    /// What keeps it from every node.
    pub why: Why,
}

/// What keeps a pod from every node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// No node that it may go to has room for what it requests.
    Room,
    /// Its required spread lets it wait rather than go elsewhere.
    Spread,
    /// Its volume cannot be attached elsewhere.
    Volume,
}

/// What a loss leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallout {
    /// What is lost.
    pub loss: Loss,
    /// The pods that were on it and are wanted elsewhere; those of a DaemonSet are not.
    pub lost: usize,
    /// Those that find no node.
    pub stranded: Vec<Stranded>,
}

impl Fallout {
    /// How many pods no node has room for.
    pub fn without_room(&self) -> usize {
        self.stranded.iter().filter(|stranded| stranded.why == Why::Room).count()
    }
}

/// Packs every pod of a cluster anew, the largest first, each onto the first node that takes it,
/// and says which find none. Pods of a DaemonSet come first: they are bound to their nodes.
pub fn pack(view: &View<'_>, room: &ClusterRoom<'_>) -> Vec<Stranded> {
    packed(view, room).0
}

/// The packing with where each pod went.
fn packed(view: &View<'_>, room: &ClusterRoom<'_>) -> (Vec<Stranded>, BTreeMap<usize, usize>) {
    let mut board = Board::empty(view, room);
    let (bound, mut free): (Vec<usize>, Vec<usize>) =
        board.pods(view, room).into_iter().partition(|pod| board.is_daemon(*pod));
    let mut stranded = Vec::new();
    for pod in bound {
        let node = view.instances[pod].machine.filter(|node| board.has_room(pod, *node));
        match node {
            Some(node) => board.put(pod, node),
            None => stranded.push(Stranded { instance: pod, why: Why::Room }),
        }
    }
    board.largest_first(&mut free);
    let every = board.nodes.clone();
    stranded.extend(board.place(&free, &every, |_| None));
    (stranded, board.placed)
}

/// Where each pod stands before a loss: where the view puts it, or packed where that, which knows
/// nothing of sizes, puts more on a node than it has room for.
fn before(view: &View<'_>, room: &ClusterRoom<'_>) -> BTreeMap<usize, usize> {
    if room.nodes.iter().any(|node| !node.requested().fits_in(node.allocatable())) {
        return packed(view, room).1;
    }
    let board = Board::empty(view, room);
    board.pods(view, room).into_iter().filter_map(|pod| Some((pod, view.instances[pod].machine?))).collect()
}

/// The worst loss of one node: the one after which most pods find no room, then no node at all.
/// `None` where there is only one node.
pub fn lose_a_node(view: &View<'_>, room: &ClusterRoom<'_>) -> Option<Fallout> {
    worst(view, room, |machine| Some((machine.name.clone(), Loss::Node(machine.name.clone()))))
}

/// The worst loss of one zone; `None` where all nodes are in one.
pub fn lose_a_zone(view: &View<'_>, room: &ClusterRoom<'_>) -> Option<Fallout> {
    worst(view, room, |machine| machine.zone.clone().map(|zone| (zone.clone(), Loss::Zone(zone))))
}

/// The worst loss of one site; `None` where all nodes are in one.
pub fn lose_a_site(view: &View<'_>, room: &ClusterRoom<'_>) -> Option<Fallout> {
    worst(view, room, |machine| machine.site.clone().map(|site| (site.clone(), Loss::Site(site))))
}

type Domains = IndexMap<String, (Loss, Vec<usize>)>;

fn domains(
    view: &View<'_>,
    room: &ClusterRoom<'_>,
    of: impl Fn(&Machine) -> Option<(String, Loss)>,
) -> Option<Domains> {
    let mut domains: Domains = IndexMap::new();
    for node in room.nodes.iter() {
        let (name, loss) = of(&view.machines[node.machine])?;
        domains.entry(name).or_insert_with(|| (loss, Vec::new())).1.push(node.machine);
    }
    (domains.len() > 1).then_some(domains)
}

fn worst(view: &View<'_>, room: &ClusterRoom<'_>, of: impl Fn(&Machine) -> Option<(String, Loss)>) -> Option<Fallout> {
    let mut worst: Option<(Fallout, (usize, usize, usize))> = None;
    let before = before(view, room);
    for (_, (loss, machines)) in domains(view, room, of)? {
        let fallout = lose(view, room, &before, loss, &machines);
        let weight = (fallout.without_room(), fallout.stranded.len(), fallout.lost);
        // The first of equals is kept, so that the answer follows the order of the text.
        if worst.as_ref().is_none_or(|(_, so_far)| weight > *so_far) {
            worst = Some((fallout, weight));
        }
    }
    worst.map(|(fallout, _)| fallout)
}

fn lose(
    view: &View<'_>,
    room: &ClusterRoom<'_>,
    before: &BTreeMap<usize, usize>,
    loss: Loss,
    machines: &[usize],
) -> Fallout {
    let mut board = Board::empty(view, room);
    let mut lost = Vec::new();
    for pod in board.pods(view, room) {
        match before.get(&pod).copied() {
            Some(node) if !machines.contains(&node) => board.put(pod, node),
            // What stood nowhere before is no consequence of the loss.
            None => {}
            Some(_) if board.is_daemon(pod) => {}
            Some(_) => lost.push(pod),
        }
    }
    board.largest_first(&mut lost);
    let left: Vec<usize> = board.nodes.iter().copied().filter(|node| !machines.contains(node)).collect();
    let stranded = board.place(&lost, &left, |pod| before.get(&pod).copied());
    Fallout { loss, lost: lost.len(), stranded }
}

/// The nodes of a cluster while pods are put on them.
struct Board<'v, 'a> {
    view: &'v View<'a>,
    /// Every node, lost ones included.
    nodes: Vec<usize>,
    free: BTreeMap<usize, Amount>,
    /// What one pod of a component requests.
    sizes: BTreeMap<&'a str, Amount>,
    /// The nodes of a component's pods.
    own: BTreeMap<&'a str, Vec<usize>>,
    /// The node of each pod that has one.
    placed: BTreeMap<usize, usize>,
    /// The largest node, against which sizes are compared.
    scale: Amount,
}

impl<'v, 'a> Board<'v, 'a> {
    fn empty(view: &'v View<'a>, room: &ClusterRoom<'_>) -> Board<'v, 'a> {
        let free: BTreeMap<usize, Amount> = room.nodes.iter().map(|node| (node.machine, node.allocatable())).collect();
        let sizes = view
            .design
            .components
            .iter()
            .zip(view.sizes())
            .filter(|((_, component), _)| component.runs_on.as_deref() == Some(room.name))
            .filter_map(|((name, _), size)| Some((name.as_str(), (*size)?)))
            .collect();
        let scale = free.values().fold(Amount { cpu: 0.0, memory: 0.0 }, |most, amount| Amount {
            cpu: most.cpu.max(amount.cpu),
            memory: most.memory.max(amount.memory),
        });
        Board {
            view,
            nodes: room.nodes.iter().map(|node| node.machine).collect(),
            free,
            sizes,
            own: BTreeMap::new(),
            placed: BTreeMap::new(),
            scale,
        }
    }

    fn pods(&self, view: &View<'_>, room: &ClusterRoom<'_>) -> Vec<usize> {
        let here = |i: &usize| {
            view.design
                .components
                .get(view.instances[*i].component)
                .is_some_and(|component| component.runs_on.as_deref() == Some(room.name))
        };
        (0..view.instances.len()).filter(here).collect()
    }

    fn size(&self, pod: usize) -> Amount {
        self.sizes.get(self.view.instances[pod].component).copied().unwrap_or_default()
    }

    fn is_daemon(&self, pod: usize) -> bool {
        let component = self.view.design.components.get(self.view.instances[pod].component);
        component.is_some_and(|component| self.view.workload(component) == Workload::DaemonSet)
    }

    fn has_room(&self, pod: usize, node: usize) -> bool {
        self.free.get(&node).is_some_and(|free| self.size(pod).fits_in(*free))
    }

    fn put(&mut self, pod: usize, node: usize) {
        let size = self.size(pod);
        if let Some(free) = self.free.get_mut(&node) {
            *free = free.minus(size);
        }
        self.own.entry(self.view.instances[pod].component).or_default().push(node);
        self.placed.insert(pod, node);
    }

    /// The share of the largest node that a pod takes, in whichever resource it takes more of.
    fn weight(&self, pod: usize) -> f64 {
        let size = self.size(pod);
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { part };
        share(size.cpu, self.scale.cpu).max(share(size.memory, self.scale.memory))
    }

    fn largest_first(&self, pods: &mut [usize]) {
        pods.sort_by(|a, b| self.weight(*b).total_cmp(&self.weight(*a)));
    }

    /// Puts pods, in turn, onto the first node that takes them; `from` is where a pod's volume is.
    fn place(&mut self, pods: &[usize], nodes: &[usize], from: impl Fn(usize) -> Option<usize>) -> Vec<Stranded> {
        let mut stranded = Vec::new();
        for pod in pods {
            let name = self.view.instances[*pod].component;
            let Some(component) = self.view.design.components.get(name) else { continue };
            let own = self.own.get(name).cloned().unwrap_or_default();
            let reach: Vec<usize> =
                nodes.iter().copied().filter(|node| volume_allows(self.view, component, from(*pod), *node)).collect();
            let may: Vec<usize> = reach
                .iter()
                .copied()
                .filter(|node| spread_allows(self.view, component, &own, &self.nodes, *node))
                .collect();
            let node = may.iter().copied().find(|node| self.has_room(*pod, *node));
            match node {
                Some(node) => self.put(*pod, node),
                None if reach.is_empty() => stranded.push(Stranded { instance: *pod, why: Why::Volume }),
                None if may.is_empty() => stranded.push(Stranded { instance: *pod, why: Why::Spread }),
                None => stranded.push(Stranded { instance: *pod, why: Why::Room }),
            }
        }
        stranded
    }
}

/// What the nodes that are left can give, against what all pods request.
#[derive(Debug, Clone, PartialEq)]
pub struct Headroom {
    /// What is lost: the largest node, or the zone or site that gives most.
    pub loss: Loss,
    /// Processor time that the rest can give.
    pub cpu: Option<Derived<Cpu>>,
    /// Memory that the rest can give.
    pub memory: Option<Derived<Bytes>>,
    /// What pods request there, those of the lost nodes included.
    pub requested: Amount,
}

/// A cluster's room in sums: with every node, without the largest node, without the largest zone,
/// without the largest site. Losses that would leave nothing are not listed.
pub fn headroom(view: &View<'_>, room: &ClusterRoom<'_>) -> Vec<Headroom> {
    let mut all = vec![left(view, room, Loss::Nothing, &[])];
    let by_node = domains(view, room, |machine| Some((machine.name.clone(), Loss::Node(machine.name.clone()))));
    let by_zone = domains(view, room, |machine| machine.zone.clone().map(|zone| (zone.clone(), Loss::Zone(zone))));
    let by_site = domains(view, room, |machine| machine.site.clone().map(|site| (site.clone(), Loss::Site(site))));
    for domains in [by_node, by_zone, by_site].into_iter().flatten() {
        let given = |machines: &[usize]| {
            let nodes = room.nodes.iter().filter(|node| machines.contains(&node.machine));
            nodes.fold(Amount::default(), |sum, node| sum.plus(node.allocatable())).memory
        };
        let mut largest: Option<(f64, Loss, Vec<usize>)> = None;
        for (_, (loss, machines)) in domains {
            let size = given(&machines);
            if largest.as_ref().is_none_or(|(so_far, ..)| size > *so_far) {
                largest = Some((size, loss, machines));
            }
        }
        if let Some((_, loss, machines)) = largest {
            all.push(left(view, room, loss, &machines));
        }
    }
    all
}

fn left(view: &View<'_>, room: &ClusterRoom<'_>, loss: Loss, machines: &[usize]) -> Headroom {
    let rest = || room.nodes.iter().filter(|node| !machines.contains(&node.machine));
    let board = Board::empty(view, room);
    // A DaemonSet's pod goes with its node and asks for no room elsewhere.
    let stays = |pod: &usize| {
        !board.is_daemon(*pod) || view.instances[*pod].machine.is_none_or(|node| !machines.contains(&node))
    };
    let requested =
        board.pods(view, room).into_iter().filter(stays).fold(Amount::default(), |sum, pod| sum.plus(board.size(pod)));
    Headroom {
        loss,
        cpu: total(rest().map(|node| node.cpu.as_ref())),
        memory: total(rest().map(|node| node.memory.as_ref())),
        requested,
    }
}

/// `5 × (4 − 80m)`, `3 × 4`, `4 − 80m`.
fn times(count: u32, formula: &str) -> String {
    match (count, formula.contains('−')) {
        (1, _) => formula.to_owned(),
        (_, true) => format!("{count} × ({formula})"),
        (_, false) => format!("{count} × {formula}"),
    }
}

/// `5 × (4 − 80m)`: equal nodes are counted, not repeated. `None` where one of them is not known.
fn total<'d, M: Measured + Clone + 'd>(
    nodes: impl Iterator<Item = Option<&'d Derived<Quantity<M>>>>,
) -> Option<Derived<Quantity<M>>> {
    let mut groups: Vec<(u32, &Derived<Quantity<M>>)> = Vec::new();
    for node in nodes {
        let node = node?;
        match groups.iter_mut().find(|(_, other)| other.formula == node.formula) {
            Some((count, _)) => *count += 1,
            None => groups.push((1, node)),
        }
    }
    let value: f64 = groups.iter().map(|(count, node)| f64::from(*count) * node.value.value()).sum();
    let terms: Vec<Said> =
        groups.iter().map(|(count, node)| Said::by(|lang| times(*count, &node.formula.show(lang)))).collect();
    let mut derived = Derived::new(Quantity::of(value), Said::join(&terms, " + "));
    for (_, node) in groups {
        derived.facts.extend(node.facts.iter().cloned());
        for source in &node.sources {
            derived = derived.sourced(source.clone());
        }
    }
    Some(derived)
}
