//! The node lifecycle controller: leases, NotReady, the taint that evicts, and how fast it may go.

use super::super::engine::{Event, NEVER, Time};
use super::super::model::Home;
use super::super::phases::{beat, beat_before};
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{Stage, World};
use crate::design::model::component::Workload;

/// Nodes of a zone that are not ready before evictions there are slowed (node controller,
/// `unhealthy-zone-threshold`), as a fraction of one, and how many at least.
const UNHEALTHY_SHARE: f64 = 0.55;
const UNHEALTHY_LEAST: usize = 3;
/// Up to how many nodes a cluster counts as small, where a partly disrupted zone is not evicted at all.
const SMALL_CLUSTER: usize = 50;
/// How much slower evictions are in a partly disrupted zone of a large cluster (0.01 instead of 0.1 a second).
const SECONDARY: Time = 10;

/// How a zone is, to the node controller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ZoneState {
    Normal,
    Partial,
    Full,
}

impl World<'_> {
    /// A node no longer renews its lease. The controller looks at its own pace and counts the grace
    /// period from the round in which it saw the last renewal; its rounds start a little later each
    /// time, so that the round at the end of the period already finds it over.
    pub(in super::super) fn node_silent_from(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        let timings = &self.model.clusters[cluster].timings;
        let (grace, lease, monitor) = (timings.grace, timings.lease, timings.monitor);
        self.machines[node].silence = self.machines[node].silence.wrapping_add(1);
        if !self.machines[node].exists || !self.machines[node].ready {
            return;
        }
        let monitor_phase = self.clusters[cluster].monitor_phase;
        let renewed = beat_before(self.machines[node].lease_phase, lease, self.now);
        let observed = beat(monitor_phase, monitor, renewed);
        let silent = beat(monitor_phase, monitor, observed.saturating_add(grace));
        let generation = self.machines[node].silence;
        self.at(silent, Event::NodeSilent { node, generation }, because);
    }

    /// The grace period is over: the node is NotReady, its pods leave the endpoints at once.
    pub(in super::super) fn node_silent(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        if !self.acts(cluster) || !self.machines[node].ready {
            return;
        }
        let setting = Setting::Constant(cluster as u32, "node-monitor-grace-period");
        let entry =
            self.note_by(Actor::NodeController, Thing::Machine(node as u32), What::NodeNotReady, because, setting);
        self.machines[node].ready = false;
        self.machines[node].because = entry;
        for pod in self.pods_on(node) {
            self.readiness_changed(pod, entry);
        }
        self.ask_taint(node, entry);
    }

    /// The round after the one that found a node silent puts it into its zone's queue of taints.
    fn ask_taint(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        let monitor = self.model.clusters[cluster].timings.monitor;
        let generation = self.machines[node].silence;
        self.after(monitor, Event::NodeTainted { node, generation }, because);
    }

    /// A node that is silent is tainted, one every ten seconds a zone, unless so much of the cluster is
    /// silent that it is more likely the controller's own fault.
    pub(in super::super) fn node_tainted(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        let machine = &self.machines[node];
        if !self.acts(cluster) || machine.ready || machine.tainted || !machine.exists {
            return;
        }
        let zone = self.model.machines[node].zone;
        let state = self.zone_state(cluster, zone);
        let every_zone_full =
            self.zones(cluster).into_iter().all(|zone| self.zone_state(cluster, zone) == ZoneState::Full);
        let small = self.model.clusters[cluster].nodes.len() <= SMALL_CLUSTER;
        if every_zone_full || (state == ZoneState::Partial && small) {
            // It waits in the queue; a node that comes back has it looked at again.
            return;
        }
        let interval = self.model.clusters[cluster].timings.eviction_interval;
        let interval = if state == ZoneState::Partial { interval.saturating_mul(SECONDARY) } else { interval };
        let now = self.now;
        let queue = &mut self.clusters[cluster].taint_free;
        let slot = match queue.iter().position(|(known, _)| *known == zone) {
            Some(at) => queue.get_mut(at),
            None => {
                queue.push((zone, 0));
                queue.last_mut()
            }
        };
        let Some((_, free)) = slot else { return };
        if *free > now {
            let generation = self.machines[node].silence;
            let at = *free;
            self.at(at, Event::NodeTainted { node, generation }, because);
            return;
        }
        *free = now.saturating_add(interval);
        self.machines[node].tainted = true;
        self.machines[node].tainted_at = now;
        let setting = Setting::Constant(cluster as u32, "node-monitor-period");
        let entry =
            self.note_by(Actor::NodeController, Thing::Machine(node as u32), What::NodeTainted, because, setting);
        let toleration = self.model.clusters[cluster].timings.toleration;
        for pod in self.pods_on(node) {
            // DaemonSet pods tolerate it for ever.
            if self.spec_of(pod).workload != Workload::DaemonSet && !self.pods[pod].terminating {
                let generation = self.pods[pod].stop_generation;
                self.after(toleration, Event::TolerationOver { pod, generation }, entry);
            }
        }
    }

    /// A pod's toleration is over, if its node still has the taint.
    pub(in super::super) fn toleration_over(&mut self, pod: usize, because: EntryId) {
        let node = self.pods[pod].machine;
        let Some(cluster) = self.cluster_of(pod) else { return };
        let toleration = self.model.clusters[cluster].timings.toleration;
        let machine = &self.machines[node];
        let still = machine.tainted && self.now >= machine.tainted_at.saturating_add(toleration);
        if !still || !self.acts(cluster) || self.pods[pod].terminating || !self.pods[pod].exists() {
            return;
        }
        let thing = self.thing(pod);
        let setting = Setting::Constant(cluster as u32, "toleration-unreachable");
        let entry = self.note_by(Actor::TaintEviction, thing, What::MarkedForDeletion, because, setting);
        self.delete_pod(pod, entry);
    }

    /// A node's agent reports again: Ready, no taint, and its pods are brought to what is wanted.
    pub(in super::super) fn node_reports(&mut self, node: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[node].cluster else { return };
        if !self.works(node) || !self.machines[node].exists {
            return;
        }
        if !self.acts(cluster) {
            return;
        }
        self.machines[node].silence = self.machines[node].silence.wrapping_add(1);
        let was_ready = self.machines[node].ready;
        self.machines[node].ready = true;
        self.machines[node].tainted = false;
        let entry = if was_ready {
            because
        } else {
            self.note(Actor::Kubelet, Thing::Machine(node as u32), What::NodeReady, because)
        };
        self.machines[node].because = entry;
        for pod in self.pods_on(node) {
            self.back_on_node(pod, entry);
        }
        // Others that waited in the taint queue because too many were silent are looked at again.
        for other in self.model.clusters[cluster].nodes.clone() {
            if !self.machines[other].ready && !self.machines[other].tainted {
                self.ask_taint(other, entry);
            }
        }
        if let Some(component) = self.first_daemon_set(cluster) {
            self.reconcile(component, entry);
        }
        self.wake(cluster, entry);
    }

    fn first_daemon_set(&self, cluster: usize) -> Option<usize> {
        let of = |at: &usize| {
            let spec = self.spec(*at);
            spec.home == Home::Cluster(cluster) && spec.workload == Workload::DaemonSet
        };
        self.model.components.ids().find(of)
    }

    /// What a kubelet that is back does with a pod of its node.
    fn back_on_node(&mut self, pod: usize, because: EntryId) {
        if !self.pods[pod].exists() {
            return;
        }
        if self.pods[pod].terminating {
            let running = self.pods[pod].stage == Stage::Running && self.pods[pod].up;
            if running {
                self.pods[pod].deleted_at = self.now;
                self.tell_to_end(pod, because);
            } else {
                self.gone(pod, because);
            }
            return;
        }
        let state = &self.pods[pod];
        match state.stage {
            // It ran when the machine lost power: its container is made anew, without any back-off.
            Stage::Running if state.up_at == NEVER => {
                self.pods[pod].stage = Stage::Waiting;
                self.pods[pod].ready = false;
                self.pods[pod].generation = self.pods[pod].generation.wrapping_add(1);
                let generation = self.pods[pod].generation;
                let wait = self.container_start(pod);
                self.readiness_changed(pod, because);
                self.after(wait, Event::Start { pod, generation }, because);
            }
            Stage::Creating => self.begin(pod, because),
            Stage::Waiting => {
                self.pods[pod].generation = self.pods[pod].generation.wrapping_add(1);
                let generation = self.pods[pod].generation;
                let wait = self.container_start(pod);
                self.after(wait, Event::Start { pod, generation }, because);
            }
            _ => self.readiness_changed(pod, because),
        }
    }

    fn container_start(&mut self, pod: usize) -> Time {
        match self.cluster_of(pod) {
            Some(cluster) => self.phases.lapse(self.model.clusters[cluster].timings.container_start),
            None => 0,
        }
    }

    /// Every pod and member on a machine, in a fixed order.
    pub(in super::super) fn pods_on(&self, machine: usize) -> Vec<usize> {
        let on = |pod: &usize| self.pods[*pod].exists() && self.pods[*pod].machine == machine;
        self.pods.ids().filter(on).collect()
    }

    fn zones(&self, cluster: usize) -> Vec<Option<usize>> {
        let mut zones: Vec<Option<usize>> =
            self.model.clusters[cluster].nodes.iter().map(|node| self.model.machines[*node].zone).collect();
        zones.sort_unstable();
        zones.dedup();
        zones
    }

    /// Normal, partly or fully disrupted (node controller, `ComputeZoneState`).
    fn zone_state(&self, cluster: usize, zone: Option<usize>) -> ZoneState {
        let nodes = self.model.clusters[cluster].nodes.iter().copied();
        let there = nodes.filter(|node| self.model.machines[*node].zone == zone && self.machines[*node].exists);
        let (mut ready, mut silent) = (0_usize, 0_usize);
        for node in there {
            if self.machines[node].ready { ready += 1 } else { silent += 1 }
        }
        if ready == 0 && silent > 0 {
            ZoneState::Full
        } else if silent >= UNHEALTHY_LEAST && silent as f64 >= UNHEALTHY_SHARE * (ready + silent) as f64 {
            ZoneState::Partial
        } else {
            ZoneState::Normal
        }
    }
}
