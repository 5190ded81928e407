//! Memory that grows: a container's limit, the kubelet's eviction, the kernel's killer.

use super::super::engine::{Event, NEVER, Time};
use super::super::model::Home;
use super::super::phases::beat;
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{NOWHERE, Stage, World};
use crate::analysis::capacity::Qos;

/// What a kernel kills first, in oom_score_adj (kubelet, `GetContainerOOMScoreAdjust`).
const ADJUST_GUARANTEED: f64 = -997.0;
const ADJUST_BEST_EFFORT: f64 = 1000.0;

impl World<'_> {
    /// What a pod uses at a time, in bytes.
    fn uses(&self, pod: usize, at: Time) -> f64 {
        let state = &self.pods[pod];
        if state.stage != Stage::Running || state.machine == NOWHERE || !self.machines[state.machine].up {
            return 0.0;
        }
        let grown = state.leak.map_or(0.0, |leak| leak.rate * at.saturating_sub(leak.since) as f64);
        self.spec_of(pod).uses_memory + grown
    }

    /// A pod's memory grows, or has started to anew: when it reaches its limit is worked out.
    pub(in super::super) fn watch_memory(&mut self, pod: usize, because: EntryId) {
        self.pods[pod].memory_generation = self.pods[pod].memory_generation.wrapping_add(1);
        let machine = self.pods[pod].machine;
        let limit = self.spec_of(pod).limit_memory;
        if let Some(leak) = self.pods[pod].leak
            && limit.is_finite()
        {
            let at = self.reaches(limit - self.uses(pod, self.now), leak.rate);
            let generation = self.pods[pod].memory_generation;
            self.queue.push(at, Event::MemoryFull { pod, generation }, because);
        }
        if machine != NOWHERE && self.machines[machine].up {
            self.watch_node_memory(machine, because);
        }
    }

    /// When a rate has filled what is left.
    fn reaches(&self, left: f64, rate: f64) -> Time {
        if rate <= 0.0 || !left.is_finite() {
            return NEVER;
        }
        self.now.saturating_add((left.max(0.0) / rate).ceil() as Time)
    }

    /// A node's memory is filled by pods without a limit: when the kubelet or the kernel acts is worked out.
    pub(in super::super) fn watch_node_memory(&mut self, machine: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[machine].cluster else { return };
        let memory = self.model.machines[machine].memory;
        if !self.leaking || !memory.is_finite() || !self.machines[machine].up {
            return;
        }
        let pods = self.pods_on(machine);
        let unlimited = |pod: &usize| self.pods[*pod].leak.is_some() && self.spec_of(*pod).limit_memory.is_infinite();
        let Some(leaking) = pods.iter().copied().find(|pod| unlimited(pod) && self.pods[*pod].stage == Stage::Running)
        else {
            return;
        };
        let rate: f64 = pods.iter().filter_map(|pod| self.pods[*pod].leak).map(|leak| leak.rate).sum();
        let used: f64 = pods.iter().map(|pod| self.uses(*pod, self.now)).sum();
        let full = self.reaches(memory - used, rate);
        // The kubelet looks every ten seconds; k3s sets no threshold on memory, so that the kernel acts.
        let timings = &self.model.clusters[cluster].timings;
        let at = if self.model.clusters[cluster].k3s || full == NEVER {
            full
        } else {
            beat(self.machines[machine].lease_phase, timings.housekeeping, full)
        };
        self.pods[leaking].memory_generation = self.pods[leaking].memory_generation.wrapping_add(1);
        let generation = self.pods[leaking].memory_generation;
        self.queue.push(at, Event::MemoryFull { pod: leaking, generation }, because);
    }

    /// Memory has grown as far as it may.
    pub(in super::super) fn memory_full(&mut self, pod: usize, because: EntryId) {
        let component = self.pods[pod].component as u32;
        let machine = self.pods[pod].machine;
        if self.spec_of(pod).limit_memory.is_finite() {
            let thing = self.thing(pod);
            let setting = Setting::Component(component, "limits.memory");
            let entry = self.note_by(Actor::Kernel, thing, What::OutOfMemory, because, setting);
            self.exited(pod, entry);
            return;
        }
        let Some(cluster) = self.cluster_of(pod) else { return };
        if self.model.clusters[cluster].k3s {
            self.kill_by_score(machine, because);
        } else {
            self.evict_by_rank(cluster, machine, because);
        }
        self.watch_node_memory(machine, because);
    }

    /// The kernel kills the process with the highest score: its share of memory and the adjustment of its class.
    fn kill_by_score(&mut self, machine: usize, because: EntryId) {
        let memory = self.model.machines[machine].memory;
        let mut worst: Option<(usize, f64)> = None;
        for pod in self.pods_on(machine) {
            let uses = self.uses(pod, self.now);
            if uses <= 0.0 {
                continue;
            }
            let spec = self.spec_of(pod);
            let adjust = match spec.qos {
                Qos::Guaranteed => ADJUST_GUARANTEED,
                Qos::BestEffort => ADJUST_BEST_EFFORT,
                Qos::Burstable => (1000.0 - 1000.0 * spec.request.memory / memory).clamp(2.0, 999.0),
            };
            let score = uses / memory * 1000.0 + adjust;
            if worst.is_none_or(|(_, most)| score > most) {
                worst = Some((pod, score));
            }
        }
        let Some((victim, _)) = worst else { return };
        let thing = self.thing(victim);
        let setting = Setting::Component(self.pods[victim].component as u32, "limits");
        let on = Thing::Machine(machine as u32);
        let entry = self.note_fully(Actor::Kernel, thing, What::OutOfMemory, on, because, setting);
        self.exited(victim, entry);
    }

    /// The kubelet evicts: first what uses more than it requested, by how much more
    /// (Kubernetes documentation, Node-pressure Eviction). Budgets do not bind it.
    fn evict_by_rank(&mut self, cluster: usize, machine: usize, because: EntryId) {
        let setting = Setting::Cluster(cluster as u32, "distribution");
        let entry =
            self.note_by(Actor::Kubelet, Thing::Machine(machine as u32), What::MemoryPressure, because, setting);
        self.machines[machine].pressure = true;
        let wait = self.model.clusters[cluster].timings.pressure;
        let generation = self.machines[machine].generation;
        self.after(wait, Event::PressureOver { node: machine, generation }, entry);
        let mut worst: Option<(usize, f64)> = None;
        for pod in self.pods_on(machine) {
            if !matches!(self.spec_of(pod).home, Home::Cluster(_)) || self.pods[pod].stage != Stage::Running {
                continue;
            }
            let over = self.uses(pod, self.now) - self.spec_of(pod).request.memory;
            if worst.is_none_or(|(_, most)| over > most) {
                worst = Some((pod, over));
            }
        }
        let Some((victim, _)) = worst else { return };
        let thing = self.thing(victim);
        let component = self.pods[victim].component;
        let setting = Setting::Component(component as u32, "limits");
        let entry = self.note_by(Actor::Kubelet, thing, What::Evicted, entry, setting);
        self.evict(victim, entry);
    }

    /// A pod is evicted: it has failed for good, and its controller makes another.
    fn evict(&mut self, pod: usize, because: EntryId) {
        let state = &mut self.pods[pod];
        state.stage = Stage::Ended;
        state.up = false;
        state.ready = false;
        state.leak = None;
        state.because = because;
        state.generation = state.generation.wrapping_add(1);
        state.stop_generation = state.stop_generation.wrapping_add(1);
        state.memory_generation = state.memory_generation.wrapping_add(1);
        state.probe_generation = state.probe_generation.map(|generation| generation.wrapping_add(1));
        self.refresh(pod, because);
        self.lead(pod, because);
        // The failed pod keeps nothing of the node; what is left of it is an entry in the API.
        self.delete_pod(pod, because);
    }

    /// Memory pressure is no longer reported.
    pub(in super::super) fn pressure_over(&mut self, node: usize, because: EntryId) {
        self.machines[node].pressure = false;
        if let Some(cluster) = self.model.machines[node].cluster {
            self.wake(cluster, because);
        }
    }

    /// A pod's memory starts to grow.
    pub(in super::super) fn leaks(&mut self, pod: usize, bytes_a_second: f64, because: EntryId) {
        let now = self.now;
        self.leaking = true;
        self.pods[pod].leak = Some(super::super::world::Leak { rate: bytes_a_second / 1e6, since: now });
        self.watch_memory(pod, because);
    }
}
