//! What changes in a run, and what every actor needs to change it.

use std::mem::discriminant;

use super::engine::{Event, NEVER, Queue, Time, Which};
use super::model::{ComponentSpec, Home, Model};
use super::outcome::FailedBy;
use super::phases::Phases;
use super::table::Table;
use super::trace::{Actor, EntryId, NO_ENTRY, Raw, Setting, Thing, Trace, What};
use crate::analysis::capacity::Amount;

/// What happened to what, and when for the first time.
pub(super) type First = (What, Thing, Time);

/// The most first times that a run remembers.
const MOST_FIRSTS: usize = 200;

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
    /// When each thing happened for the first time.
    pub(super) firsts: Vec<First>,
    /// Whether some pod takes all the processor time there is, and whether some pod leaks.
    pub(super) noise: bool,
    pub(super) leaking: bool,
    /// Whether something has failed yet.
    pub(super) failing: bool,
    /// When somebody last repaired something.
    pub(super) repaired_at: Option<Time>,
}

/// A machine, and what Kubernetes believes of it where it is a node.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    /// It has power and its system runs.
    pub(super) up: bool,
    /// It was cut off by name.
    pub(super) cut: bool,
    /// It can be reached from where users and the control plane are.
    pub(super) reachable: bool,
    /// The host it stands on now.
    pub(super) below: Option<usize>,
    /// Stale boots and placements carry an older number.
    pub(super) generation: u32,
    /// The Node object exists.
    pub(super) exists: bool,
    /// Ready is not Unknown.
    pub(super) ready: bool,
    pub(super) tainted: bool,
    pub(super) tainted_at: Time,
    pub(super) cordoned: bool,
    pub(super) out_of_service: bool,
    pub(super) pressure: bool,
    pub(super) draining: bool,
    /// Its agent's lease beats at this phase.
    pub(super) lease_phase: Time,
    /// Stale silences carry an older number.
    pub(super) silence: u32,
    /// What its pods request.
    pub(super) requested: Amount,
    pub(super) pods: u32,
    /// When its image puller is free again, where images are pulled one after the other.
    pub(super) puller_free: Time,
    /// Components whose image is there, with its version.
    pub(super) images: Vec<(usize, u32)>,
    pub(super) because: EntryId,
}

impl Default for Machine {
    fn default() -> Machine {
        Machine {
            up: true,
            cut: false,
            reachable: true,
            below: None,
            generation: 0,
            exists: true,
            ready: true,
            tainted: false,
            tainted_at: 0,
            cordoned: false,
            out_of_service: false,
            pressure: false,
            draining: false,
            lease_phase: 0,
            silence: 0,
            requested: Amount::default(),
            pods: 0,
            puller_free: 0,
            images: Vec::new(),
            because: NO_ENTRY,
        }
    }
}

/// A cluster's controllers.
#[derive(Debug, Clone, Default)]
pub(super) struct Cluster {
    /// The API answers and controllers act.
    pub(super) acts: bool,
    /// Somebody lost it as a whole.
    pub(super) lost: bool,
    pub(super) generation: u32,
    /// Which member holds the controllers' lease.
    pub(super) leader: usize,
    pub(super) monitor_phase: Time,
    pub(super) gc_phase: Time,
    /// When the next node of each zone may be tainted.
    pub(super) taint_free: Vec<(Option<usize>, Time)>,
    /// Pods that wait for a node.
    pub(super) pending: Vec<usize>,
    pub(super) because: EntryId,
}

/// A partition of a SoC.
#[derive(Debug, Clone, Default)]
pub(super) struct Partition {
    pub(super) down: bool,
    pub(super) generation: u32,
}

/// How far a pod has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stage {
    /// It does not exist.
    #[default]
    Gone,
    /// It has no node.
    Pending,
    /// It has a node, and waits for its volume, its image or its container.
    Creating,
    /// Its container runs.
    Running,
    /// Its container ended and will be started again.
    Waiting,
    /// Its container ended for good: evicted, or a member that nobody starts again.
    Ended,
}

/// A pod, or a member outside Kubernetes.
#[derive(Debug, Clone)]
pub(super) struct Pod {
    pub(super) component: usize,
    /// The number in its name.
    pub(super) serial: u32,
    /// The version it is of.
    pub(super) version: u32,
    pub(super) machine: usize,
    /// The only node it may go to: a DaemonSet's pod is made for one.
    pub(super) made_for: usize,
    pub(super) stage: Stage,
    /// It has a deletion timestamp.
    pub(super) terminating: bool,
    /// Its process was told to end and takes nothing more.
    pub(super) told: bool,
    /// Its process has been asked to end so that the container starts again, not the pod deleted.
    pub(super) restarting: bool,
    /// Its application has started.
    pub(super) up: bool,
    pub(super) hung: bool,
    /// Its application waits for something it needs to start.
    pub(super) blocked: bool,
    /// Its data are gone.
    pub(super) empty: bool,
    /// Its process would answer somebody on the same machine.
    pub(super) responds: bool,
    /// Its process answers its callers.
    pub(super) answers: bool,
    /// More arrives than it can carry.
    pub(super) overloaded: bool,
    pub(super) started_at: Time,
    pub(super) up_at: Time,
    pub(super) restarts: u32,
    pub(super) back_off: Time,
    pub(super) back_off_set: Time,
    /// The startup probe has passed, or there is none.
    pub(super) started: bool,
    /// Kubernetes' Ready condition.
    pub(super) ready: bool,
    pub(super) probe_phase: [Time; 3],
    pub(super) probe_generation: [u32; 3],
    /// Endpoints should lead to it; they do.
    pub(super) wanted_in: bool,
    pub(super) routed: bool,
    pub(super) endpoint_generation: u32,
    /// Senders that check find it well.
    pub(super) checked: bool,
    pub(super) check_phase: Time,
    pub(super) check_generation: u32,
    pub(super) generation: u32,
    pub(super) stop_generation: u32,
    pub(super) leak: Option<Leak>,
    pub(super) memory_generation: u32,
    pub(super) noisy: bool,
    /// The share of the processor time that it needs and gets.
    pub(super) processor: f64,
    pub(super) attempts: u32,
    pub(super) pulls: u32,
    /// Schedule no earlier than this.
    pub(super) schedule_after: Time,
    pub(super) unfit_said: bool,
    pub(super) volume: Option<usize>,
    /// Its copies are as new as the primary's.
    pub(super) in_sync: bool,
    /// When its deletion was asked for, and how long it may take.
    pub(super) deleted_at: Time,
    pub(super) because: EntryId,
}

impl Default for Pod {
    fn default() -> Pod {
        Pod {
            component: 0,
            serial: 0,
            version: 0,
            machine: NOWHERE,
            made_for: NOWHERE,
            stage: Stage::Gone,
            terminating: false,
            told: false,
            restarting: false,
            up: false,
            hung: false,
            blocked: false,
            empty: false,
            responds: false,
            answers: false,
            overloaded: false,
            started_at: 0,
            up_at: 0,
            restarts: 0,
            back_off: 0,
            back_off_set: 0,
            started: false,
            ready: false,
            probe_phase: [0; 3],
            probe_generation: [0; 3],
            wanted_in: false,
            routed: false,
            endpoint_generation: 0,
            checked: true,
            check_phase: 0,
            check_generation: 0,
            generation: 0,
            stop_generation: 0,
            leak: None,
            memory_generation: 0,
            noisy: false,
            processor: 1.0,
            attempts: 0,
            pulls: 0,
            schedule_after: 0,
            unfit_said: false,
            volume: None,
            in_sync: true,
            deleted_at: NEVER,
            because: NO_ENTRY,
        }
    }
}

impl Pod {
    pub(super) fn exists(&self) -> bool {
        self.stage != Stage::Gone
    }
}

/// Memory that grows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leak {
    /// Bytes a microsecond.
    pub(super) rate: f64,
    /// Since when the process has been growing.
    pub(super) since: Time,
}

/// A volume of one pod.
#[derive(Debug, Clone, Default)]
pub(super) struct Volume {
    pub(super) component: usize,
    pub(super) serial: u32,
    /// The machine that decides its zone or, for a local one, where it is.
    pub(super) home: usize,
    pub(super) attached_to: Option<usize>,
    pub(super) generation: u32,
    /// When it is going to be detached by force.
    pub(super) detaching: bool,
    pub(super) lost: bool,
}

/// What a component's callers see, and what its controller knows.
#[derive(Debug, Clone)]
pub(super) struct Component {
    /// Its pods and members, by slot.
    pub(super) pods: Vec<usize>,
    pub(super) next_serial: u32,
    pub(super) version: u32,
    pub(super) rolling: bool,
    /// Its controller is at work, and something changed meanwhile.
    pub(super) reconciling: bool,
    pub(super) look_again: bool,
    /// Somebody lost it as a whole; it is nothing of ours, or its provider's.
    pub(super) lost: bool,
    pub(super) corrupted: bool,
    /// A restore is under way.
    pub(super) restoring: bool,
    pub(super) generation: u32,
    /// How long starts take from now on, where somebody slowed them.
    pub(super) slowed: Option<Time>,
    /// Requests a second that arrive now.
    pub(super) rate: f64,
    /// Of what arrives at it, the share that its own pods serve, and the rest by cause.
    pub(super) own: f64,
    pub(super) own_failed: FailedBy,
    pub(super) dirty: bool,
    pub(super) served: Served,
    pub(super) failed: FailedBy,
    pub(super) database: Option<Database>,
    pub(super) quorum: bool,
    pub(super) restarts: u32,
    pub(super) data_lost: f64,
    pub(super) gone_for_good: bool,
    pub(super) safe_state_at: Option<Time>,
    pub(super) safe_state_asked: Option<Time>,
    /// How many were able to serve before the first failure, and since when all are again.
    pub(super) before: u32,
    pub(super) able: u32,
    pub(super) whole_since: Option<Time>,
    pub(super) was_short: bool,
    pub(super) budget_refused: bool,
    pub(super) because: EntryId,
    pub(super) series: Vec<Point>,
}

impl Default for Component {
    fn default() -> Component {
        Component {
            pods: Vec::new(),
            next_serial: 1,
            version: 0,
            rolling: false,
            reconciling: false,
            look_again: false,
            lost: false,
            corrupted: false,
            restoring: false,
            generation: 0,
            slowed: None,
            rate: 1.0,
            own: 1.0,
            own_failed: FailedBy::default(),
            dirty: false,
            served: Served::default(),
            failed: FailedBy::default(),
            database: None,
            quorum: true,
            restarts: 0,
            data_lost: 0.0,
            gone_for_good: false,
            safe_state_at: None,
            safe_state_asked: None,
            before: 0,
            able: 0,
            whole_since: None,
            was_short: false,
            budget_refused: false,
            because: NO_ENTRY,
            series: Vec::new(),
        }
    }
}

/// A point of a component's series.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) at: Time,
    pub(super) ready: u32,
    pub(super) capacity: f64,
    pub(super) served: f64,
    pub(super) failed: FailedBy,
}

/// What somebody saw so far, integrated up to the last change.
#[derive(Debug, Clone)]
pub(super) struct Served {
    pub(super) share: f64,
    /// The share before the first failure.
    pub(super) before: f64,
    pub(super) since: Time,
    pub(super) outage: Time,
    pub(super) degraded: Time,
    /// When the outage that lasts began, and the longest that ended.
    pub(super) out_since: Option<Time>,
    pub(super) longest: Time,
    pub(super) failed: FailedBy,
    pub(super) asked: f64,
    /// When it last came back to what it was.
    pub(super) back_at: Time,
    pub(super) series: Vec<(Time, f64)>,
}

impl Default for Served {
    fn default() -> Served {
        Served {
            share: 1.0,
            before: 1.0,
            since: 0,
            outage: 0,
            degraded: 0,
            out_since: None,
            longest: 0,
            failed: FailedBy::default(),
            asked: 0.0,
            back_at: 0,
            series: Vec::new(),
        }
    }
}

/// A replicated database.
#[derive(Debug, Clone, Default)]
pub(super) struct Database {
    pub(super) primary: Option<usize>,
    /// The primary holds its lock and may write.
    pub(super) writing: bool,
    /// Enough copies take part.
    pub(super) enough: bool,
    /// Clients write to it.
    pub(super) followed: bool,
    /// Since when writes go on without a copy, where they should wait for one.
    pub(super) alone_since: Option<Time>,
    pub(super) failing_over: bool,
    /// Its operator has named another primary: the one of before may not come back as one.
    pub(super) committed: bool,
    pub(super) waits_for_person: bool,
    pub(super) demoting: bool,
    pub(super) generation: u32,
    pub(super) loop_phase: Time,
    /// When the last primary was lost.
    pub(super) lost_at: Time,
    pub(super) lost_alone: Option<Time>,
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
        self.first_time(what, object);
        self.trace.write(Raw { at: self.now, actor, object, what, on, because, setting })
    }

    /// Remembers when something happened to a thing for the first time since the first failure.
    fn first_time(&mut self, what: What, object: Thing) {
        let same = |(known, thing, _): &First| *thing == object && discriminant(known) == discriminant(&what);
        if self.failing && self.firsts.len() < MOST_FIRSTS && !self.firsts.iter().any(same) {
            self.firsts.push((what, object, self.now));
        }
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
