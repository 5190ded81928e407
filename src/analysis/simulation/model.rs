//! A design as the simulator sees it: numbers instead of names, times instead of quantities.
//!
//! It is made once and shared by all runs; nothing in it changes.

use super::engine::Time;
use super::phases::Lapse;
use super::table::Table;
use super::trace::Assumption;
use crate::analysis::capacity::{Amount, Qos};
use crate::design::model::component::{ComponentKind, Failover, Reach, Restart, SpreadMode, Workload};

/// Everything that does not change.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// As [`View::machines`](crate::analysis::View::machines).
    pub(super) machines: Table<MachineSpec>,
    /// As the design's clusters.
    pub(super) clusters: Table<ClusterSpec>,
    /// As the design's components, all of them.
    pub(super) components: Table<ComponentSpec>,
    /// As the design's partitions.
    pub(super) partitions: Table<PartitionSpec>,
    /// As the design's functions.
    pub(super) functions: Vec<FunctionSpec>,
    /// As the design's links: the two sites.
    pub(super) links: Vec<Option<(usize, usize)>>,
    /// As the design's connections: who answers.
    pub(super) connections: Vec<ConnectionSpec>,
    pub(super) zones: Vec<String>,
    pub(super) sites: Vec<String>,
    /// Where pods and members stand at first.
    pub(super) placed: Vec<Placed>,
    /// Components in an order in which those that are needed come before those that need them.
    pub(super) order: Vec<usize>,
    pub(super) assumptions: Vec<Assumption>,
    /// When the first failure is.
    pub(super) failed_at: Time,
}

/// A pod or member at the start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) component: usize,
    /// The number in its name.
    pub(super) serial: u32,
    pub(super) machine: Option<usize>,
}

/// A flow.
#[derive(Debug, Clone, Default)]
pub(super) struct ConnectionSpec {
    /// Components that get load from it, itself included.
    pub(super) reaches: Vec<usize>,
    /// Requests a second at first.
    pub(super) rate: f64,
}

/// A machine.
#[derive(Debug, Clone, Default)]
pub(super) struct MachineSpec {
    pub(super) zone: Option<usize>,
    pub(super) site: Option<usize>,
    /// The machine it is a virtual machine of.
    pub(super) below: Option<usize>,
    /// Its virtual machines.
    pub(super) above: Vec<usize>,
    /// The number of its host group, to find others like it.
    pub(super) group: usize,
    /// How its hypervisor brings virtual machines back elsewhere: declares dead, places.
    pub(super) restarts_vms: Option<(Lapse, Lapse)>,
    /// From power to a system that runs.
    pub(super) boot: Lapse,
    /// The cluster it is a node of.
    pub(super) cluster: Option<usize>,
    /// What pods may request there; infinite where the design does not say.
    pub(super) room: Amount,
    /// Memory of the machine less what its system takes, in bytes: what usage is held against.
    pub(super) memory: f64,
}

/// A cluster.
#[derive(Debug, Clone, Default)]
pub(super) struct ClusterSpec {
    pub(super) nodes: Vec<usize>,
    /// The machines of its control plane, where it is ours.
    pub(super) plane: Vec<usize>,
    /// How many of them must work.
    pub(super) majority: usize,
    pub(super) k3s: bool,
    pub(super) minor: u32,
    pub(super) timings: Timings,
}

/// What Kubernetes waits for, in virtual time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Timings {
    pub(super) grace: Time,
    pub(super) lease: Time,
    pub(super) monitor: Time,
    pub(super) toleration: Time,
    pub(super) crash_initial: Time,
    pub(super) crash_most: Time,
    pub(super) crash_reset: Time,
    pub(super) propagation: Lapse,
    pub(super) reaction: Lapse,
    pub(super) container_start: Lapse,
    pub(super) relist: Lapse,
    pub(super) attach: Lapse,
    pub(super) force_detach: Time,
    pub(super) gc_period: Time,
    pub(super) quarantine: Time,
    pub(super) eviction_interval: Time,
    pub(super) leader_change: Lapse,
    pub(super) control_start: Lapse,
    pub(super) node_report: Lapse,
    pub(super) schedule_initial: Time,
    pub(super) schedule_most: Time,
    pub(super) pull_initial: Time,
    pub(super) pull_most: Time,
    pub(super) housekeeping: Time,
    pub(super) pressure: Time,
    pub(super) drain_retry: Time,
}

/// What runs a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Home {
    Cluster(usize),
    /// Machines of a host group.
    Machines,
    Partition(usize),
    ThirdParty,
    #[default]
    Nowhere,
}

/// A component.
#[derive(Debug, Clone)]
pub(super) struct ComponentSpec {
    pub(super) kind: ComponentKind,
    pub(super) home: Home,
    pub(super) workload: Workload,
    pub(super) wanted: u32,
    pub(super) request: Amount,
    /// Cores it may use at most; infinite without a limit.
    pub(super) limit_cpu: f64,
    /// Bytes it may use at most; infinite without a limit.
    pub(super) limit_memory: f64,
    pub(super) qos: Qos,
    /// Bytes that it uses when nothing leaks.
    pub(super) uses_memory: f64,
    /// Requests a second of one replica; infinite where the design does not say.
    pub(super) capacity: f64,
    /// Requests a second that arrive at first.
    pub(super) rate: f64,
    pub(super) starts_in: Lapse,
    pub(super) pre_stop: Time,
    /// How long it finishes what it has begun once told to end; `None` where it does not say.
    pub(super) drains_in: Option<Time>,
    pub(super) grace: Time,
    /// Startup, readiness, liveness.
    pub(super) probes: [Option<ProbeSpec>; 3],
    pub(super) spread_node: Option<SpreadMode>,
    pub(super) spread_zone: Option<SpreadMode>,
    pub(super) spread_site: Option<SpreadMode>,
    /// The machines it may stand on, where it is bound to a site or zone.
    pub(super) bound_to: Option<Vec<usize>>,
    pub(super) budget: Option<Budget>,
    pub(super) surge: u32,
    pub(super) unavailable: u32,
    pub(super) recreate: bool,
    /// From where its volumes can be attached; `None` without one.
    pub(super) reach: Option<Reach>,
    pub(super) pulls_in: Lapse,
    /// Whether it is started again after it ended, outside Kubernetes.
    pub(super) restart: Restart,
    /// What it stops without.
    pub(super) hard: Vec<usize>,
    /// What it needs to start only.
    pub(super) at_start: Vec<usize>,
    /// Whether a request goes on to one of what it needs rather than to all, each with its share.
    pub(super) passes_on: Option<Vec<(usize, f64)>>,
    /// The registries that it pulls from.
    pub(super) registry: Option<usize>,
    /// Components whose probes ask about this one.
    pub(super) probed_by: Vec<usize>,
    /// How senders find out that a member is dead, where they are not Kubernetes' own proxies.
    pub(super) check: Option<CheckSpec>,
    pub(super) database: Option<DatabaseSpec>,
    /// From fault to detection, and from there to the safe state.
    pub(super) safety: Option<(Time, Time)>,
    pub(super) restores: RestoreSpec,
}

impl Default for ComponentSpec {
    fn default() -> ComponentSpec {
        ComponentSpec {
            kind: ComponentKind::ExternalSystem,
            home: Home::Nowhere,
            workload: Workload::Deployment,
            wanted: 0,
            request: Amount::default(),
            limit_cpu: f64::INFINITY,
            limit_memory: f64::INFINITY,
            qos: Qos::BestEffort,
            uses_memory: 0.0,
            capacity: f64::INFINITY,
            rate: 1.0,
            starts_in: Lapse::default(),
            pre_stop: 0,
            drains_in: None,
            grace: 0,
            probes: [None, None, None],
            spread_node: None,
            spread_zone: None,
            spread_site: None,
            bound_to: None,
            budget: None,
            surge: 0,
            unavailable: 1,
            recreate: false,
            reach: None,
            pulls_in: Lapse::default(),
            restart: Restart::Never,
            hard: Vec::new(),
            at_start: Vec::new(),
            passes_on: None,
            registry: None,
            probed_by: Vec::new(),
            check: None,
            database: None,
            safety: None,
            restores: RestoreSpec::default(),
        }
    }
}

/// A probe with all its settings.
#[derive(Debug, Clone, Default)]
pub(super) struct ProbeSpec {
    pub(super) period: Time,
    pub(super) timeout: Time,
    pub(super) failures: u32,
    pub(super) successes: u32,
    pub(super) initial_delay: Time,
    /// Components that the answer depends on.
    pub(super) checks: Vec<usize>,
}

/// How many must stay while pods are evicted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Budget {
    AtLeast(u32),
    AtMostAway(u32),
}

/// A sender's health check.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CheckSpec {
    pub(super) period: Time,
    pub(super) failures: u32,
    /// Successes in a row that let a member in again.
    pub(super) successes: u32,
}

/// A partition of a SoC.
#[derive(Debug, Clone, Default)]
pub(super) struct PartitionSpec {
    pub(super) machine: Option<usize>,
    pub(super) starts_in: Lapse,
    pub(super) restart: bool,
}

/// How a database keeps copies.
#[derive(Debug, Clone, Copy)]
pub(super) struct DatabaseSpec {
    pub(super) synchronous: bool,
    pub(super) strict: bool,
    /// Copies that a write waits for.
    pub(super) copies: u32,
    pub(super) failover: Failover,
    pub(super) ttl: Time,
    pub(super) loop_wait: Time,
    pub(super) retry_timeout: Time,
    pub(super) store: Option<usize>,
    /// Whether a primary that reaches every member writes on without its store.
    pub(super) failsafe: bool,
    pub(super) follows_in: Lapse,
    /// A proxy stands between that checks its members.
    pub(super) proxied: bool,
    pub(super) promotes_in: Lapse,
    pub(super) managed_in: Lapse,
    /// How far an asynchronous copy is behind, in virtual time.
    pub(super) lag: Lapse,
    pub(super) catches_up_in: Lapse,
}

/// How a component's data come back.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RestoreSpec {
    /// How long a restore takes; `None` without a backup.
    pub(super) takes: Option<Lapse>,
    /// What the finest backup may lack.
    pub(super) lacks: Lapse,
}

/// A function.
#[derive(Debug, Clone, Default)]
pub(super) struct FunctionSpec {
    /// Components without which it stops.
    pub(super) needs: Vec<usize>,
}
