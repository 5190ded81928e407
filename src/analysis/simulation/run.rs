//! One run: the world at its start, the loop, and what is left at the end.

use super::actors;
use super::engine::{Event, NEVER, Queue, Time, in_seconds};
use super::failure::Plan;
use super::model::{Home, Model};
use super::outcome::{FailedBy, Recovery};
use super::phases::{Phases, Stream};
use super::table::Table;
use super::trace::{NO_ENTRY, Trace};
use super::world::{Cluster, Component, Database, Machine, NOWHERE, Partition, Pod, Served, Stage, World};

/// The most events that a run handles. One that never settles, over years, is cut short rather than endless.
const MOST_EVENTS: u64 = 1_000_000;

/// A run that has ended.
pub(super) struct Ran<'m> {
    pub(super) world: World<'m>,
    pub(super) handled: u64,
    pub(super) cut_short: bool,
}

/// What one run gives for one component or function: plain numbers, infinite where there is no end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Numbers {
    pub(super) outage: f64,
    pub(super) longest: f64,
    pub(super) degraded: f64,
    pub(super) failed: f64,
    pub(super) failed_by: FailedBy,
    pub(super) data_lost: f64,
    pub(super) replicas_back: f64,
    /// `NaN` where there is no safety goal that was asked.
    pub(super) safe_state: f64,
    pub(super) restarts: f64,
    pub(super) recovers: Recovery,
}

/// Runs a plan.
pub(super) fn run<'m>(model: &'m Model, plan: &Plan, phases: Phases, kept: bool, outage_below: f64) -> Ran<'m> {
    run_checked(model, plan, phases, kept, outage_below, |_| ())
}

/// Runs a plan and lets somebody look at the world after every event.
pub(super) fn run_checked<'m>(
    model: &'m Model,
    plan: &Plan,
    phases: Phases,
    kept: bool,
    outage_below: f64,
    mut look: impl FnMut(&World<'m>),
) -> Ran<'m> {
    let mut world = at_start(model, phases, kept, outage_below);
    for (nth, happening) in plan.happenings.iter().enumerate() {
        world.queue.push(happening.at, Event::Happen { nth }, NO_ENTRY);
    }
    world.settle();
    let mut handled = 0;
    let mut cut_short = false;
    while world.queue.next() <= plan.until {
        let Some(due) = world.queue.pop() else { break };
        if handled >= MOST_EVENTS {
            cut_short = true;
            break;
        }
        handled += 1;
        world.now = due.at;
        let stream = world.stream(due.event);
        world.phases.follow(stream);
        if let Event::Happen { nth } = due.event {
            if !world.failing {
                world.failing = true;
                world.mark_before();
            }
            if let Some(happening) = plan.happenings.get(nth) {
                world.happen(nth, happening);
            }
        } else {
            world.handle(due.event, due.because);
        }
        world.settle();
        look(&world);
    }
    let until = if cut_short { world.now } else { plan.until };
    if !world.failing {
        world.mark_before();
    }
    world.close(until);
    Ran { world, handled, cut_short }
}

/// Everything as the design has it, long since started.
fn at_start<'m>(model: &'m Model, mut phases: Phases, kept: bool, outage_below: f64) -> World<'m> {
    let machines = model.machines.iter().enumerate().map(|(at, spec)| {
        phases.follow(Stream::Machine(at));
        let lease = spec.cluster.map_or(0, |cluster| model.clusters[cluster].timings.lease);
        Machine { below: spec.below, lease_phase: phases.phase(lease), ..Machine::default() }
    });
    let machines: Vec<Machine> = machines.collect();
    let clusters = model.clusters.iter().enumerate().map(|(at, spec)| {
        phases.follow(Stream::Cluster(at));
        Cluster {
            acts: true,
            leader: phases.one_of(spec.plane.len()),
            monitor_phase: phases.phase(spec.timings.monitor),
            gc_phase: phases.phase(spec.timings.gc_period),
            because: NO_ENTRY,
            ..Cluster::default()
        }
    });
    let clusters: Vec<Cluster> = clusters.collect();
    let components = model.components.iter().enumerate().map(|(at, spec)| {
        phases.follow(Stream::Component(at));
        Component {
            rate: spec.rate,
            database: spec.database.map(|database| Database {
                writing: true,
                enough: true,
                followed: true,
                loop_phase: phases.phase(database.loop_wait),
                lost_at: NEVER,
                ..Database::default()
            }),
            ..Component::default()
        }
    });
    let components: Vec<Component> = components.collect();
    let mut world = World {
        model,
        now: 0,
        queue: Queue::default(),
        trace: Trace { kept, ..Trace::default() },
        phases,
        machines: Table::of(machines),
        clusters: Table::of(clusters),
        components: Table::of(components),
        partitions: Table::of(vec![Partition::default(); model.partitions.len()]),
        pods: Table::default(),
        volumes: Table::default(),
        free: Vec::new(),
        links_cut: vec![false; model.links.len()],
        dirty: Vec::new(),
        functions: Table::of(vec![Served::default(); model.functions.len()]),
        outage_below,
        noise: false,
        leaking: false,
        failing: false,
        repaired_at: None,
    };
    for placed in &model.placed {
        world.place_at_start(placed.component, placed.serial, placed.machine);
    }
    for component in model.components.ids() {
        let first = world.components[component].pods.first().copied();
        if let Some(database) = &mut world.components[component].database {
            database.primary = first;
        }
        world.touch(component);
    }
    world
}

impl World<'_> {
    /// A pod or member that is there from the start, running; a pod for which its node has no room waits.
    fn place_at_start(&mut self, component: usize, serial: u32, machine: Option<usize>) {
        let spec = self.spec(component);
        let cluster = match spec.home {
            Home::Cluster(cluster) => Some(cluster),
            _ => None,
        };
        let fits = machine.is_some_and(|machine| {
            cluster.is_none()
                || self.machines[machine].requested.plus(spec.request).fits_in(self.model.machines[machine].room)
        });
        let state = &mut self.components[component];
        state.next_serial = state.next_serial.max(serial.saturating_add(1));
        let volume = spec.reach.filter(|_| cluster.is_some()).map(|_| self.volume_of(component, serial));
        let mut pod = Pod { component, serial, volume, ..Pod::default() };
        self.phases.follow(Stream::Pod(component, serial));
        for (which, probe) in spec.probes.iter().enumerate() {
            if let (Some(probe), Some(phase)) = (probe, pod.probe_phase.get_mut(which)) {
                *phase = self.phases.phase(probe.period);
            }
        }
        pod.check_phase = spec.check.map_or(0, |check| self.phases.phase(check.period));
        let Some(machine) = machine.filter(|_| fits) else {
            if cluster.is_some() {
                pod.stage = Stage::Pending;
                let pod = self.pods.push(pod);
                self.components[component].pods.push(pod);
                let generation = self.pods[pod].generation;
                self.queue.push(0, Event::Schedule { pod, generation }, NO_ENTRY);
            }
            return;
        };
        pod.machine = machine;
        pod.stage = Stage::Running;
        pod.up = true;
        pod.started = true;
        pod.ready = true;
        pod.responds = true;
        pod.answers = true;
        pod.wanted_in = cluster.is_some();
        pod.routed = cluster.is_some();
        let pod = self.pods.push(pod);
        self.components[component].pods.push(pod);
        if cluster.is_some() {
            self.machines[machine].requested = self.machines[machine].requested.plus(spec.request);
            self.machines[machine].pods += 1;
            if !self.machines[machine].images.contains(&(component, 0)) {
                self.machines[machine].images.push((component, 0));
            }
        }
        if let Some(volume) = volume {
            if self.volumes[volume].home == NOWHERE {
                self.volumes[volume].home = machine;
            }
            self.volumes[volume].attached_to = Some(machine);
        }
    }

    /// The first thing is about to fail: what is suffered is counted from here, and recovering means
    /// being as it was.
    fn mark_before(&mut self) {
        let below = self.outage_below;
        let now = self.now;
        for at in self.components.ids() {
            let state = &mut self.components[at];
            let (rate, failed) = (state.rate, state.failed);
            state.served.advance(now, rate, &failed, below);
            reset(&mut state.served);
            state.before = state.able;
            state.was_short = false;
            state.whole_since = None;
        }
        for at in self.functions.ids() {
            let failed = FailedBy { dependency: 1.0 - self.functions[at].share, ..FailedBy::default() };
            self.functions[at].advance(now, 1.0, &failed, below);
            reset(&mut self.functions[at]);
        }
    }

    /// Whose numbers an event draws.
    fn stream(&self, event: Event) -> Stream {
        use Event as E;
        match event {
            E::Happen { nth } => Stream::Plan(nth),
            E::NodeSilent { node, .. }
            | E::NodeTainted { node, .. }
            | E::NodeReports { node, .. }
            | E::Collect { node, .. }
            | E::PressureOver { node, .. }
            | E::Drain { node, .. } => Stream::Machine(node),
            E::Booted { machine, .. } | E::Placed { machine, .. } => Stream::Machine(machine),
            E::TolerationOver { pod, .. }
            | E::Schedule { pod, .. }
            | E::Attach { pod, .. }
            | E::Pull { pod, .. }
            | E::Pulled { pod, .. }
            | E::Start { pod, .. }
            | E::Up { pod, .. }
            | E::Probe { pod, .. }
            | E::Seen { pod, .. }
            | E::Terminate { pod, .. }
            | E::Ended { pod, .. }
            | E::Propagated { pod, .. }
            | E::Checked { pod, .. }
            | E::MemoryFull { pod, .. } => Stream::Pod(self.pods[pod].component, self.pods[pod].serial),
            E::ForceDetach { volume, .. } => Stream::Volume(volume),
            E::Failover { database, .. } => Stream::Component(database),
            E::ControlBack { cluster, .. } => Stream::Cluster(cluster),
            E::SafeState { component, .. } | E::Restored { component, .. } => Stream::Component(component),
            E::PartitionUp { partition, .. } => Stream::Partition(partition),
        }
    }

    /// Hands an event to its actor, unless it is stale.
    fn handle(&mut self, event: Event, because: super::trace::EntryId) {
        let node_current = |world: &Self, node: usize, generation: u32| world.machines[node].silence == generation;
        let machine_current = |world: &Self, at: usize, generation: u32| world.machines[at].generation == generation;
        let current = |world: &Self, pod: usize, generation: u32| world.pods[pod].generation == generation;
        let stopping = |world: &Self, pod: usize, generation: u32| world.pods[pod].stop_generation == generation;
        match event {
            Event::Happen { .. } => {}
            Event::NodeSilent { node, generation } if node_current(self, node, generation) => {
                self.node_silent(node, because);
            }
            Event::NodeTainted { node, generation } if node_current(self, node, generation) => {
                self.node_tainted(node, because);
            }
            Event::TolerationOver { pod, generation } if stopping(self, pod, generation) => {
                self.toleration_over(pod, because);
            }
            Event::Booted { machine, generation } if machine_current(self, machine, generation) => {
                self.booted(machine, because);
            }
            Event::Placed { machine, generation } if machine_current(self, machine, generation) => {
                self.placed(machine, because);
            }
            Event::NodeReports { node, generation } if node_current(self, node, generation) => {
                self.node_reports(node, because);
            }
            Event::Collect { node, generation } if node_current(self, node, generation) => self.collect(node, because),
            Event::Schedule { pod, generation } if current(self, pod, generation) => self.schedule(pod, because),
            Event::Attach { pod, generation } if current(self, pod, generation) => self.attach(pod, because),
            Event::Pull { pod, generation } if current(self, pod, generation) => self.pull(pod, because),
            Event::Pulled { pod, generation } if current(self, pod, generation) => self.pulled(pod, because),
            Event::Start { pod, generation } if current(self, pod, generation) => self.start_again(pod, because),
            Event::Up { pod, generation } if current(self, pod, generation) => self.up(pod, because),
            Event::Probe { pod, which, generation } => {
                let asked = self.pods[pod].probe_generation.get(super::world::place(which)).copied();
                if asked == Some(generation) {
                    self.probed(pod, which, because);
                }
            }
            Event::Seen { pod, generation } if current(self, pod, generation) => self.seen(pod, because),
            Event::Terminate { pod, generation } if stopping(self, pod, generation) => self.terminate(pod, because),
            Event::Ended { pod, generation } if stopping(self, pod, generation) => self.ended(pod, because),
            Event::Propagated { pod, generation } if self.pods[pod].endpoint_generation == generation => {
                self.propagated(pod, because);
            }
            Event::Checked { pod, generation } if self.pods[pod].check_generation == generation => {
                self.checked(pod, because);
            }
            Event::ForceDetach { volume, generation } if self.volumes[volume].generation == generation => {
                self.force_detach(volume, because);
            }
            Event::MemoryFull { pod, generation } if self.pods[pod].memory_generation == generation => {
                self.memory_full(pod, because);
            }
            Event::PressureOver { node, generation } if machine_current(self, node, generation) => {
                self.pressure_over(node, because);
            }
            Event::Drain { node, generation } if machine_current(self, node, generation) => {
                self.drain_round(node, because);
            }
            Event::Failover { database, step, generation } => self.failover_step(database, step, generation, because),
            Event::ControlBack { cluster, generation } if self.clusters[cluster].generation == generation => {
                self.control_back(cluster, because);
            }
            Event::SafeState { component, generation } if self.components[component].generation == generation => {
                self.safe_state(component, because);
            }
            Event::PartitionUp { partition, generation } if self.partitions[partition].generation == generation => {
                self.partition_up(partition, because);
            }
            Event::Restored { component, generation } if self.components[component].generation == generation => {
                self.restored(component, because);
            }
            // What remains is stale: something else came first.
            _ => {}
        }
    }
}

fn reset(served: &mut Served) {
    served.before = served.share;
    served.outage = 0;
    served.degraded = 0;
    served.out_since = None;
    served.longest = 0;
    served.back_at = 0;
}

/// What a run that has ended gives for every component, then for every function.
pub(super) fn numbers(ran: &Ran<'_>) -> (Vec<Numbers>, Vec<Numbers>) {
    let world = &ran.world;
    let components: Vec<Numbers> = world.components.ids().map(|at| component(world, at)).collect();
    let functions = world.model.functions.iter().enumerate().map(|(at, function)| {
        let parts = || function.needs.iter().filter_map(|need| components.get(*need));
        let served = &world.functions[at];
        let healthy = served.share >= served.before - actors::SAME;
        let never = parts().any(|part| part.recovers == Recovery::Never);
        let helped = world.repaired_at.is_some_and(|at| served.back_at >= at && served.degraded > 0);
        let recovers = match (healthy, helped, never) {
            (true, false, _) => Recovery::Alone,
            (false, _, true) => Recovery::Never,
            _ => Recovery::WithHuman,
        };
        Numbers {
            data_lost: parts().map(|part| part.data_lost).fold(0.0, f64::max),
            replicas_back: 0.0,
            safe_state: f64::NAN,
            restarts: 0.0,
            recovers,
            ..of_served(served, world.outage_below)
        }
    });
    let functions = functions.collect();
    (components, functions)
}

fn component(world: &World<'_>, at: usize) -> Numbers {
    let state = &world.components[at];
    let failed_at = world.model.failed_at;
    let whole = state.able >= world.wanted_now(at).min(state.before);
    let complete = state.database.as_ref().is_none_or(|database| database.enough && database.alone_since.is_none());
    let healthy = state.served.share >= state.served.before - actors::SAME && whole && complete;
    let back_at = match state.whole_since {
        Some(since) if state.was_short => since.max(state.served.back_at),
        _ => state.served.back_at,
    };
    let suffered = state.was_short || state.served.degraded > 0 || state.served.outage > 0;
    let helped = world.repaired_at.is_some_and(|at| back_at >= at) && suffered;
    let recovers = match (healthy, helped) {
        (true, false) => Recovery::Alone,
        (false, _) if state.gone_for_good => Recovery::Never,
        _ => Recovery::WithHuman,
    };
    let replicas_back = match (state.was_short, state.whole_since) {
        (false, _) => 0.0,
        (true, Some(since)) => in_seconds(since.saturating_sub(failed_at)),
        (true, None) => f64::INFINITY,
    };
    let safe_state = match (state.safe_state_asked, state.safe_state_at) {
        (None, _) => f64::NAN,
        (Some(_), None) => f64::INFINITY,
        (Some(_), Some(took)) => in_seconds(took),
    };
    Numbers {
        data_lost: state.data_lost,
        replicas_back,
        safe_state,
        restarts: f64::from(state.restarts),
        recovers,
        ..of_served(&state.served, world.outage_below)
    }
}

fn of_served(served: &Served, below: f64) -> Numbers {
    let endless = |ends: bool, time: Time| if ends { in_seconds(time) } else { f64::INFINITY };
    let in_outage = served.share < below;
    let degraded_still = served.share < 1.0 - actors::SAME && served.share < served.before - actors::SAME;
    let share = |part: f64| if served.asked > 0.0 { part / served.asked } else { 0.0 };
    let failed = &served.failed;
    Numbers {
        outage: endless(!in_outage, served.outage),
        longest: endless(!in_outage, served.longest),
        degraded: endless(!degraded_still, served.degraded),
        failed: share(failed.total()),
        failed_by: FailedBy {
            no_endpoint: share(failed.no_endpoint),
            dead_endpoint: share(failed.dead_endpoint),
            not_ready: share(failed.not_ready),
            terminating: share(failed.terminating),
            overloaded: share(failed.overloaded),
            dependency: share(failed.dependency),
        },
        data_lost: 0.0,
        replicas_back: 0.0,
        safe_state: f64::NAN,
        restarts: 0.0,
        recovers: Recovery::Alone,
    }
}
