//! What changes in a run, and what every actor needs to change it.

mod component;
mod machine;
mod pod;

use super::engine::{Event, Queue, Time, Which};
use super::model::{ComponentSpec, Home, Model};
use super::phases::Phases;
use super::table::Table;
use super::trace::{Actor, EntryId, Raw, Setting, Thing, Trace, What};

pub(super) use component::{Component, Database, Point, Served};
pub(super) use machine::{Cluster, Machine, Partition};
pub(super) use pod::{Leak, Pod, Stage, Volume};

/// No machine.
pub(super) const NOWHERE: usize = usize::MAX;

/// Everything that changes.
#[derive(Debug)]
pub(super) struct World<'m> {
    pub(super) model: &'m Model,
    pub(super) now: Time,
    pub(super) queue: Queue,
    pub(super) trace: Trace,
    pub(super) phases: Phases,
    pub(super) machines: Table<Machine>,
    pub(super) clusters: Table<Cluster>,
    pub(super) components: Table<Component>,
    pub(super) partitions: Table<Partition>,
    pub(super) pods: Table<Pod>,
    pub(super) volumes: Table<Volume>,
    /// Slots of pods that no longer exist, to be used again.
    pub(super) free: Vec<usize>,
    /// Whether each link between sites is cut, by the design's order.
    pub(super) links_cut: Vec<bool>,
    /// Components whose share served must be worked out anew.
    pub(super) dirty: Vec<usize>,
    pub(super) functions: Table<Served>,
    /// The share served below which there is an outage.
    pub(super) outage_below: f64,
    /// Whether some pod takes all the processor time there is, and whether some pod leaks.
    pub(super) noise: bool,
    pub(super) leaking: bool,
    /// Whether something has failed yet.
    pub(super) failing: bool,
    /// When somebody last repaired something.
    pub(super) repaired_at: Option<Time>,
}

impl<'m> World<'m> {
    pub(super) fn spec(&self, component: usize) -> &'m ComponentSpec {
        &self.model.components[component]
    }

    /// The component of a pod, as it is in the design.
    pub(super) fn spec_of(&self, pod: usize) -> &'m ComponentSpec {
        &self.model.components[self.pods[pod].component]
    }

    /// The cluster of a pod.
    pub(super) fn cluster_of(&self, pod: usize) -> Option<usize> {
        match self.spec_of(pod).home {
            Home::Cluster(cluster) => Some(cluster),
            _ => None,
        }
    }

    /// Whether a cluster's controllers act.
    pub(super) fn acts(&self, cluster: usize) -> bool {
        self.clusters[cluster].acts
    }

    /// A pod or member as the trace names it.
    pub(super) fn thing(&self, pod: usize) -> Thing {
        let pod = &self.pods[pod];
        Thing::Pod { component: pod.component as u32, serial: pod.serial }
    }

    /// Writes down that something happened.
    pub(super) fn note(&mut self, actor: Actor, object: Thing, what: What, because: EntryId) -> EntryId {
        self.note_fully(actor, object, what, Thing::Nothing, because, Setting::None)
    }

    /// The same with the setting that decided it.
    pub(super) fn note_by(
        &mut self,
        actor: Actor,
        object: Thing,
        what: What,
        because: EntryId,
        setting: Setting,
    ) -> EntryId {
        self.note_fully(actor, object, what, Thing::Nothing, because, setting)
    }

    pub(super) fn note_fully(
        &mut self,
        actor: Actor,
        object: Thing,
        what: What,
        on: Thing,
        because: EntryId,
        setting: Setting,
    ) -> EntryId {
        self.trace.write(Raw { at: self.now, actor, object, what, on, because, setting })
    }

    /// Asks for an event after a while.
    pub(super) fn after(&mut self, wait: Time, event: Event, because: EntryId) {
        self.queue.push(self.now.saturating_add(wait), event, because);
    }

    /// Asks for an event at a time, or at once where that has passed.
    pub(super) fn at(&mut self, time: Time, event: Event, because: EntryId) {
        self.queue.push(time.max(self.now), event, because);
    }

    /// A slot for a pod: one that is free, else a new one. Its generations go on counting, so that
    /// events of the pod that was there before are stale.
    pub(super) fn slot(&mut self, fresh: Pod) -> usize {
        let Some(slot) = self.free.pop() else { return self.pods.push(fresh) };
        let old = &self.pods[slot];
        let next = old.generation.wrapping_add(1);
        let probes = old.probe_generation.map(|generation| generation.wrapping_add(1));
        self.pods[slot] = Pod {
            generation: next,
            stop_generation: old.stop_generation.wrapping_add(1),
            probe_generation: probes,
            endpoint_generation: old.endpoint_generation.wrapping_add(1),
            check_generation: old.check_generation.wrapping_add(1),
            memory_generation: old.memory_generation.wrapping_add(1),
            ..fresh
        };
        slot
    }

    /// Whether a machine runs and can be reached.
    pub(super) fn works(&self, machine: usize) -> bool {
        machine != NOWHERE && self.machines[machine].up && self.machines[machine].reachable
    }

    /// A component's share must be worked out anew.
    pub(super) fn touch(&mut self, component: usize) {
        if !self.components[component].dirty {
            self.components[component].dirty = true;
            self.dirty.push(component);
        }
    }
}

/// A probe's place among the three.
pub(super) fn place(which: Which) -> usize {
    match which {
        Which::Startup => 0,
        Which::Readiness => 1,
        Which::Liveness => 2,
    }
}
