//! A design as analysis sees it: every machine, pod and member by name, and where it stands.
//!
//! Documents speak of groups ("three workers", "three replicas"); what follows from them depends
//! on which machine and which zone each one is in. This is worked out once, here, by the rules
//! that the schedulers use, so that every measure, rule and figure sees the same placement.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::advice::{Judged, judge};
use super::capacity::{self, Amount, NodeRoom};
use super::review::{Review, review};
use super::simulation::{Campaign, Options, Planned, campaign, planned};
use super::standing;
use crate::design::manifests::Unit;
use crate::design::model::component::{Component, ComponentKind, SpreadMode, Workload};
use crate::design::model::config::{Ask, Position};
use crate::design::model::place::{Cluster, Hosts, Partition, Site, ThirdParty};
use crate::design::text::When;
use crate::design::{Workspace, model::Design, model::Stack};
use crate::source::Node;

/// A design with everything in it expanded.
#[derive(Debug)]
pub struct View<'a> {
    /// The workspace it belongs to.
    pub workspace: &'a Workspace,
    /// Its name.
    pub name: &'a str,
    /// The design.
    pub design: &'a Design,
    /// The day on which ages and expiries are judged.
    pub today: When,
    /// Every machine, in the order of the groups.
    pub machines: Vec<Machine>,
    /// Every pod and member, in the order of the components.
    pub instances: Vec<Instance<'a>>,
    memo: Arc<Memo>,
}

/// What follows from a design at length, worked out once however many measures and figures ask.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Memo {
    review: OnceLock<Review>,
    campaign: OnceLock<Campaign>,
    planned: OnceLock<Vec<Planned>>,
    judged: OnceLock<Vec<Judged>>,
    rooms: OnceLock<Vec<Arc<Vec<NodeRoom>>>>,
    sizes: OnceLock<Vec<Option<Amount>>>,
    recovery: OnceLock<Vec<Vec<String>>>,
    everything: OnceLock<Vec<String>>,
}

/// One machine of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// `workers-1`.
    pub name: String,
    /// The group it is of.
    pub group: String,
    /// The zone it stands in, or the site where that has no zones.
    pub zone: Option<String>,
    /// The site.
    pub site: Option<String>,
    /// The machine it is a virtual machine of.
    pub below: Option<usize>,
}

/// One pod, or one member outside Kubernetes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance<'a> {
    /// `quote-app-1`.
    pub name: String,
    /// The component it is of.
    pub component: &'a str,
    /// The machine it runs on, as an index into [`View::machines`].
    pub machine: Option<usize>,
}

/// What runs a component.
#[derive(Debug, Clone, Copy)]
pub enum Home<'a> {
    /// A Kubernetes cluster.
    Cluster(&'a str, &'a Cluster),
    /// A host group.
    Hosts(&'a str, &'a Hosts),
    /// A partition of a SoC.
    Partition(&'a str, &'a Partition),
    /// Somebody else.
    ThirdParty(&'a str, &'a ThirdParty),
    /// Nothing of ours: a person, another institution's system, a part of a machine.
    Nowhere,
}

impl<'a> View<'a> {
    /// Expands a design.
    pub fn new(workspace: &'a Workspace, name: &'a str, design: &'a Design, today: When) -> View<'a> {
        let mut view = View {
            workspace,
            name,
            design,
            today,
            machines: machines(design),
            instances: Vec::new(),
            memo: Arc::default(),
        };
        view.instances = view.place_all();
        view
    }

    /// The view of a design of the workspace.
    pub fn of(workspace: &'a Workspace, name: &str, today: When) -> Option<View<'a>> {
        let doc = workspace.designs.get(name)?;
        Some(View::new(workspace, &doc.name, &doc.value, today))
    }

    /// The same, with what an earlier view of the same design on the same day has worked out.
    pub(in crate::analysis) fn sharing(mut self, memo: Arc<Memo>) -> View<'a> {
        self.memo = memo;
        self
    }

    /// Its review, without what has to be simulated.
    pub fn review(&self) -> &Review {
        self.memo.review.get_or_init(|| review(self))
    }

    /// What follows from losing every single thing in it in turn, at fixed phases; without the traces.
    pub fn campaign(&self) -> &Campaign {
        self.memo.campaign.get_or_init(|| {
            let mut campaign = campaign(self, &Options { told: false, ..Options::default() });
            campaign.failures.iter_mut().for_each(|lost| lost.simulation.without_history());
            campaign
        })
    }

    /// What follows from a new version of each component and from every drain, at fixed phases; without
    /// the traces.
    pub fn planned(&self) -> &[Planned] {
        self.memo.planned.get_or_init(|| {
            let mut planned = planned(self, &Options { told: false, ..Options::default() });
            planned.iter_mut().for_each(|work| work.simulation.without_history());
            planned
        })
    }

    /// In which form each component is best run, and why.
    pub fn judged(&self) -> &[Judged] {
        self.memo.judged.get_or_init(|| judge(self))
    }

    /// The nodes of every cluster with what they can give, in the order of the clusters.
    pub(in crate::analysis) fn rooms(&self) -> &[Arc<Vec<NodeRoom>>] {
        self.memo.rooms.get_or_init(|| capacity::rooms(self))
    }

    /// What one pod of each component requests, in the order of the components.
    pub(in crate::analysis) fn sizes(&self) -> &[Option<Amount>] {
        self.memo.sizes.get_or_init(|| capacity::sizes(self))
    }

    /// The facts that decide how a component fails and comes back.
    pub(in crate::analysis) fn recovery(&self, component: &str) -> &[String] {
        let of = |name: &String| standing::recovered_by(self, name);
        let all = self.memo.recovery.get_or_init(|| self.design.components.keys().map(of).collect());
        let at = self.design.components.get_index_of(component);
        at.and_then(|at| all.get(at)).map_or(&[], Vec::as_slice)
    }

    /// The facts that decide how anything fails and comes back.
    pub(in crate::analysis) fn everything(&self) -> &[String] {
        self.memo.everything.get_or_init(|| standing::everywhere(self))
    }

    /// The full address of something in the design: `quote-app-cloud.components.quote-app`.
    pub fn path(&self, within: &str) -> String {
        [self.name, ".", within].concat()
    }

    /// The other tools' files that stand behind the design, where it was made from such.
    pub fn unit(&self) -> Option<&'a Unit> {
        self.workspace.units.get(self.name)
    }

    /// The context as the design writes it: one of épure's, or a profile of the workspace.
    pub fn context(&self) -> &'a str {
        let written = self.workspace.root(self.name).and_then(|root| root.get("context")).and_then(Node::scalar);
        written.unwrap_or_else(|| self.design.context.word())
    }

    /// The position that the workspace, or the profile that the design is in, takes on a rule.
    pub fn position(&self, code: &str) -> Position {
        self.workspace.config.position(self.context(), code)
    }

    /// Of what a rule is asked: the workspace's position, else the rule's own.
    pub fn ask(&self, code: &str, own: Ask) -> Ask {
        self.position(code).ask.unwrap_or(own)
    }

    /// How many are enough for a rule that counts: the workspace's position, else the rule's own.
    pub fn at_least(&self, code: &str, own: u32) -> u32 {
        self.position(code).at_least.unwrap_or(own)
    }

    /// What runs a component.
    pub fn home(&self, component: &Component) -> Home<'a> {
        let Some(place) = component.runs_on.as_deref() else { return Home::Nowhere };
        let design = self.design;
        if let Some((name, cluster)) = design.clusters.get_key_value(place) {
            Home::Cluster(name, cluster)
        } else if let Some((name, hosts)) = design.hosts.get_key_value(place) {
            Home::Hosts(name, hosts)
        } else if let Some((name, partition)) = design.partitions.get_key_value(place) {
            Home::Partition(name, partition)
        } else if let Some((name, party)) = design.third_parties.get_key_value(place) {
            Home::ThirdParty(name, party)
        } else {
            Home::Nowhere
        }
    }

    /// Whether a component runs in Kubernetes.
    pub fn in_kubernetes(&self, component: &Component) -> bool {
        matches!(self.home(component), Home::Cluster(..))
    }

    /// Which controller keeps a component's pods. What is not said follows Kubernetes' habit: what
    /// has an identity (a database, a volume of its own) is a StatefulSet, the rest Deployments.
    pub fn workload(&self, component: &Component) -> Workload {
        component.workload.unwrap_or({
            let has_identity = matches!(
                component.kind,
                ComponentKind::Database | ComponentKind::ConsensusStore | ComponentKind::MessageBroker
            );
            if has_identity || component.storage.is_some() { Workload::StatefulSet } else { Workload::Deployment }
        })
    }

    /// How many pods or members are wanted: what is said, else one; a DaemonSet has one a node.
    pub fn wanted(&self, component: &Component) -> u32 {
        if let (Home::Cluster(_, cluster), Workload::DaemonSet) = (self.home(component), self.workload(component)) {
            return self.nodes(cluster).len() as u32;
        }
        component
            .replicas
            .or(component.replication.as_ref().map(|replication| replication.members))
            .or(component.members)
            .unwrap_or(1)
    }

    /// The nodes of a cluster, as indices into [`View::machines`].
    pub fn nodes(&self, cluster: &Cluster) -> Vec<usize> {
        (0..self.machines.len())
            .filter(|i| cluster.workers.iter().any(|group| **group == self.machines[*i].group))
            .collect()
    }

    /// The machines of a group.
    pub fn group(&self, name: &str) -> Vec<usize> {
        (0..self.machines.len()).filter(|i| self.machines[*i].group == name).collect()
    }

    /// The pods or members of a component.
    pub fn instances_of(&self, component: &str) -> Vec<&Instance<'a>> {
        self.instances.iter().filter(|instance| instance.component == component).collect()
    }

    /// The stack of a host group.
    pub fn stack(&self, hosts: &Hosts) -> Option<(&'a str, &'a Stack)> {
        let doc = self.workspace.stacks.get(hosts.stack.as_deref()?)?;
        Some((&doc.name, &doc.value))
    }

    /// The segment a component stands in: its own, or that of what runs it.
    pub fn segment(&self, component: &'a Component) -> Option<&'a str> {
        component.segment.as_deref().or_else(|| match self.home(component) {
            Home::Cluster(_, cluster) => {
                cluster.workers.iter().find_map(|group| self.design.hosts.get(&group.0)?.segment.as_deref())
            }
            Home::Hosts(_, hosts) => hosts.segment.as_deref(),
            Home::Partition(_, partition) => partition.segment.as_deref(),
            Home::ThirdParty(..) | Home::Nowhere => None,
        })
    }

    /// The site of a name that is a site or one of its zones.
    pub fn site_of(&self, place: &str) -> Option<(&'a str, &'a Site)> {
        site_of(self.design, place)
    }

    /// The machine that a machine finally stands on: itself, or the one below it, and so on.
    pub fn ground(&self, machine: usize) -> usize {
        let mut at = machine;
        for _ in 0..self.machines.len() {
            match self.machines[at].below {
                Some(below) => at = below,
                None => break,
            }
        }
        at
    }

    /// The distinct zones that a component's instances stand in.
    pub fn zones_of(&self, component: &str) -> Vec<&str> {
        let mut zones: Vec<&str> = self
            .instances_of(component)
            .into_iter()
            .filter_map(|instance| self.machines[instance.machine?].zone.as_deref())
            .collect();
        zones.sort_unstable();
        zones.dedup();
        zones
    }

    /// The distinct physical machines that a component's instances stand on.
    pub fn grounds_of(&self, component: &str) -> Vec<usize> {
        let mut grounds: Vec<usize> = self
            .instances_of(component)
            .into_iter()
            .filter_map(|instance| Some(self.ground(instance.machine?)))
            .collect();
        grounds.sort_unstable();
        grounds.dedup();
        grounds
    }

    fn place_all(&self) -> Vec<Instance<'a>> {
        let mut placed: Vec<Instance<'a>> = Vec::new();
        let mut load: BTreeMap<usize, usize> = BTreeMap::new();
        let design = self.design;
        for (name, component) in &design.components {
            let wanted = self.wanted(component);
            match self.home(component) {
                Home::Cluster(_, cluster) => {
                    let nodes = self.nodes(cluster);
                    for i in 0..wanted {
                        let machine = self.pick(&nodes, name, component, i as usize, &placed, &load);
                        if let Some(machine) = machine {
                            *load.entry(machine).or_default() += 1;
                        }
                        placed.push(Instance { name: format!("{name}-{}", i + 1), component: name, machine });
                    }
                }
                Home::Hosts(group, _) => self.members(group, name, wanted, &mut placed),
                Home::Partition(_, partition) => self.members(&partition.runs_on, name, wanted, &mut placed),
                Home::ThirdParty(..) | Home::Nowhere => {}
            }
        }
        placed
    }

    fn members(&self, group: &str, component: &'a str, wanted: u32, placed: &mut Vec<Instance<'a>>) {
        let machines = self.group(group);
        for i in 0..wanted as usize {
            let machine = (!machines.is_empty()).then(|| machines[i % machines.len()]);
            placed.push(Instance { name: format!("{component}-{}", i + 1), component, machine });
        }
    }

    /// The node for the next pod. Kubernetes spreads the pods of one workload over zones, then over
    /// nodes, by default as far as it can (PodTopologySpread, default constraints); a `required`
    /// spread only makes sure. Among equals the least loaded node is taken, then the first.
    fn pick(
        &self,
        nodes: &[usize],
        name: &str,
        component: &Component,
        turn: usize,
        placed: &[Instance<'a>],
        load: &BTreeMap<usize, usize>,
    ) -> Option<usize> {
        if self.workload(component) == Workload::DaemonSet {
            return nodes.get(turn).copied();
        }
        let own: Vec<usize> =
            placed.iter().filter(|other| other.component == name).filter_map(|other| other.machine).collect();
        let in_same = |node: usize, what: fn(&Machine) -> Option<&str>| {
            own.iter().filter(|other| what(&self.machines[**other]) == what(&self.machines[node])).count()
        };
        let spread = component.spread.as_ref();
        let required = |mode: Option<SpreadMode>| mode == Some(SpreadMode::Required);
        let allowed = |node: &usize| {
            let alone = !required(spread.and_then(|spread| spread.node)) || !own.contains(node);
            let least = nodes.iter().map(|other| in_same(*other, |machine| machine.zone.as_deref())).min().unwrap_or(0);
            let even = !required(spread.and_then(|spread| spread.zone))
                || in_same(*node, |machine| machine.zone.as_deref()) <= least;
            alone && even
        };
        nodes.iter().copied().filter(allowed).min_by_key(|node| {
            (
                in_same(*node, |machine| machine.site.as_deref()),
                in_same(*node, |machine| machine.zone.as_deref()),
                own.iter().filter(|other| *other == node).count(),
                load.get(node).copied().unwrap_or(0),
                *node,
            )
        })
    }
}

fn site_of<'a>(design: &'a Design, place: &str) -> Option<(&'a str, &'a Site)> {
    design
        .sites
        .iter()
        .find(|(name, site)| *name == place || site.zones.iter().any(|zone| **zone == *place))
        .map(|(name, site)| (name.as_str(), site))
}

/// Machines by group; virtual machines stand on the machines below in the same zone, apart from
/// each other where the design asks for it, in turn in any case.
fn machines(design: &Design) -> Vec<Machine> {
    let mut machines: Vec<Machine> = Vec::new();
    // Groups that stand on others come after them, whatever the order of the text.
    let mut names: Vec<&String> = design.hosts.keys().collect();
    names.sort_by_key(|name| depth(design, name, 0));
    for name in names {
        let hosts = &design.hosts[name.as_str()];
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        for i in 0..hosts.count {
            let zone = (!hosts.at.is_empty()).then(|| hosts.at[i as usize % hosts.at.len()].0.clone());
            let below = hosts.runs_on.as_ref().and_then(|group| {
                machines
                    .iter()
                    .enumerate()
                    .filter(|(_, machine)| machine.group == **group && (zone.is_none() || machine.zone == zone))
                    .min_by_key(|(at, _)| (taken.get(at).copied().unwrap_or(0), *at))
                    .map(|(at, _)| at)
            });
            if let Some(below) = below {
                *taken.entry(below).or_default() += 1;
            }
            let site = zone.as_deref().and_then(|zone| site_of(design, zone)).map(|(site, _)| site.to_owned());
            machines.push(Machine { name: format!("{name}-{}", i + 1), group: name.clone(), zone, site, below });
        }
    }
    machines
}

fn depth(design: &Design, name: &str, so_far: usize) -> usize {
    match design.hosts.get(name).and_then(|hosts| hosts.runs_on.as_ref()) {
        Some(below) if so_far <= design.hosts.len() => depth(design, below, so_far + 1),
        _ => so_far,
    }
}
