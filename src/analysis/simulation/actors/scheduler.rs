//! The scheduler: which node takes a pod, and why none does.

use super::super::engine::Event;
use super::super::model::Home;
use super::super::trace::{Actor, EntryId, Setting, Thing, Unfit, What};
use super::super::world::{NOWHERE, Stage, World};
use crate::analysis::capacity::Qos;
use crate::design::model::component::{Reach, SpreadMode};

impl World<'_> {
    /// Finds a node for a pod, or says why there is none.
    pub(in super::super) fn schedule(&mut self, pod: usize, because: EntryId) {
        let Home::Cluster(cluster) = self.spec_of(pod).home else { return };
        if self.pods[pod].stage != Stage::Pending || self.pods[pod].terminating {
            return;
        }
        if !self.acts(cluster) {
            self.wait_for_node(cluster, pod);
            return;
        }
        match self.pick(cluster, pod) {
            Ok(node) => self.bind(pod, node, because),
            Err(why) => {
                let timings = &self.model.clusters[cluster].timings;
                // Tried again once something changes in the cluster, and no sooner than its back-off.
                let doubled = timings.schedule_initial << self.pods[pod].attempts.min(4);
                self.pods[pod].attempts += 1;
                self.pods[pod].schedule_after = self.now + doubled.min(timings.schedule_most);
                self.wait_for_node(cluster, pod);
                if !self.pods[pod].unfit_said {
                    self.pods[pod].unfit_said = true;
                    let thing = self.thing(pod);
                    let key = match why {
                        Unfit::Room | Unfit::NoNode => "requests",
                        Unfit::Spread => "spread",
                        Unfit::Volume => "storage",
                    };
                    let setting = Setting::Component(self.pods[pod].component as u32, key);
                    let entry = self.note_by(Actor::Scheduler, thing, What::Pending(why), because, setting);
                    self.pods[pod].because = entry;
                }
            }
        }
    }

    fn wait_for_node(&mut self, cluster: usize, pod: usize) {
        if !self.clusters[cluster].pending.contains(&pod) {
            self.clusters[cluster].pending.push(pod);
        }
    }

    /// Something changed that may let waiting pods onto a node.
    pub(in super::super) fn wake(&mut self, cluster: usize, because: EntryId) {
        if !self.acts(cluster) {
            return;
        }
        for pod in std::mem::take(&mut self.clusters[cluster].pending) {
            if self.pods[pod].stage != Stage::Pending {
                continue;
            }
            let generation = self.pods[pod].generation;
            let at = self.pods[pod].schedule_after;
            self.at(at, Event::Schedule { pod, generation }, because);
        }
    }

    /// The node that takes a pod. Among those that may, Kubernetes spreads the pods of one workload
    /// over zones, then over nodes (PodTopologySpread, default constraints); among equals the least
    /// loaded is taken, then the first: the same order as [`View`](crate::analysis::View) places by.
    fn pick(&self, cluster: usize, pod: usize) -> Result<usize, Unfit> {
        let nodes = &self.model.clusters[cluster].nodes;
        let component = self.pods[pod].component;
        let made_for = self.pods[pod].made_for;
        if made_for != NOWHERE {
            // It tolerates every taint that a silent node gets, and spreads by being made for each node.
            let there = &self.machines[made_for];
            let room = self.model.machines[made_for].room;
            let fits = there.requested.plus(self.spec(component).request).fits_in(room);
            return match (there.exists, fits) {
                (false, _) => Err(Unfit::NoNode),
                (true, false) => Err(Unfit::Room),
                (true, true) => Ok(made_for),
            };
        }
        let own = self.own_nodes(component, pod);
        let mut why = Unfit::NoNode;
        let mut best: Option<((usize, usize, usize, u32), usize)> = None;
        for node in nodes.iter().copied() {
            match self.unfit(cluster, pod, node, &own) {
                Some(unfit) => why = why.max(unfit),
                None => {
                    let (site, zone, same) = self.crowd(node, &own);
                    let weight = (site, zone, same, self.machines[node].pods);
                    if best.as_ref().is_none_or(|(least, _)| weight < *least) {
                        best = Some((weight, node));
                    }
                }
            }
        }
        best.map(|(_, node)| node).ok_or(why)
    }

    /// The nodes of a component's other pods; pods that are going are not counted (PodTopologySpread).
    fn own_nodes(&self, component: usize, except: usize) -> Vec<usize> {
        let pods = self.components[component].pods.iter().copied().filter(|other| *other != except);
        pods.filter(|pod| {
            let pod = &self.pods[*pod];
            pod.exists() && !pod.terminating && pod.stage != Stage::Ended && pod.machine != NOWHERE
        })
        .map(|pod| self.pods[pod].machine)
        .collect()
    }

    /// How many of a component's pods stand on the same site, in the same zone, on the same node.
    fn crowd(&self, node: usize, own: &[usize]) -> (usize, usize, usize) {
        let here = &self.model.machines[node];
        let mut crowd = (0, 0, 0);
        for other in own {
            let there = &self.model.machines[*other];
            crowd.0 += usize::from(there.site == here.site);
            crowd.1 += usize::from(there.zone == here.zone);
            crowd.2 += usize::from(*other == node);
        }
        crowd
    }

    /// What keeps a pod from a node. `NoNode` where the node itself is out of the question.
    fn unfit(&self, cluster: usize, pod: usize, node: usize, own: &[usize]) -> Option<Unfit> {
        let machine = &self.machines[node];
        let spec = self.spec_of(pod);
        if !machine.exists || !machine.ready || machine.tainted || machine.cordoned || machine.out_of_service {
            return Some(Unfit::NoNode);
        }
        // Memory pressure repels only pods that request nothing (Node-pressure Eviction).
        if machine.pressure && spec.qos == Qos::BestEffort {
            return Some(Unfit::NoNode);
        }
        if spec.bound_to.as_ref().is_some_and(|nodes| !nodes.contains(&node)) {
            return Some(Unfit::NoNode);
        }
        if !self.volume_allows(pod, node) {
            return Some(Unfit::Volume);
        }
        if !self.spread_allows(cluster, pod, node, own) {
            return Some(Unfit::Spread);
        }
        let full = !machine.requested.plus(spec.request).fits_in(self.model.machines[node].room);
        full.then_some(Unfit::Room)
    }

    fn volume_allows(&self, pod: usize, node: usize) -> bool {
        let Some(volume) = self.pods[pod].volume else { return true };
        let home = self.volumes[volume].home;
        if home == NOWHERE {
            return true;
        }
        let (from, to) = (&self.model.machines[home], &self.model.machines[node]);
        match self.spec_of(pod).reach {
            Some(Reach::Node) => home == node,
            Some(Reach::Zone) => from.zone == to.zone,
            Some(Reach::Region) => from.site == to.site,
            None => true,
        }
    }

    /// `required` is `whenUnsatisfiable: DoNotSchedule` with `maxSkew: 1`; over nodes it is never two on one.
    /// Lost zones still count, with no pod in them: taints are ignored by default (`nodeTaintsPolicy: Ignore`).
    fn spread_allows(&self, cluster: usize, pod: usize, node: usize, own: &[usize]) -> bool {
        let spec = self.spec_of(pod);
        let required = |mode: Option<SpreadMode>| mode == Some(SpreadMode::Required);
        if required(spec.spread_node) && own.contains(&node) {
            return false;
        }
        let machines = &self.model.machines;
        let even = |place: &dyn Fn(usize) -> Option<usize>| {
            let count = |at: usize| own.iter().filter(|other| place(**other) == place(at)).count();
            let nodes = self.model.clusters[cluster].nodes.iter().copied().filter(|node| self.machines[*node].exists);
            count(node) <= nodes.map(count).min().unwrap_or(0)
        };
        (!required(spec.spread_zone) || even(&|at| machines[at].zone))
            && (!required(spec.spread_site) || even(&|at| machines[at].site))
    }

    /// Binds a pod to a node; its kubelet sees it if it can.
    pub(in super::super) fn bind(&mut self, pod: usize, node: usize, because: EntryId) {
        let spec = self.spec_of(pod);
        self.pods[pod].machine = node;
        self.pods[pod].stage = Stage::Creating;
        self.pods[pod].generation = self.pods[pod].generation.wrapping_add(1);
        self.machines[node].requested = self.machines[node].requested.plus(spec.request);
        self.machines[node].pods += 1;
        let thing = self.thing(pod);
        let setting = Setting::Component(self.pods[pod].component as u32, "requests");
        let on = Thing::Machine(node as u32);
        let entry = self.note_fully(Actor::Scheduler, thing, What::Scheduled, on, because, setting);
        self.pods[pod].because = entry;
        if let Some(volume) = self.pods[pod].volume
            && self.volumes[volume].home == NOWHERE
        {
            // WaitForFirstConsumer: the volume is made where the pod goes first.
            self.volumes[volume].home = node;
        }
        let at = self.now;
        let spec = self.spec_of(pod);
        for which in 0..3 {
            // A probe's worker starts when the kubelet sees the pod, and ticks from there.
            if let Some(probe) = spec.probes.get(which).and_then(Option::as_ref)
                && let Some(phase) = self.pods[pod].probe_phase.get_mut(which)
            {
                *phase = at % probe.period;
            }
        }
        if self.works(node) {
            self.begin(pod, entry);
        }
        self.balance_processor(node, entry);
    }
}
