//! What happened, and because of what.

use super::engine::Time;
use crate::said;
use crate::source::Said;

/// The number of an entry within a run; [`NO_ENTRY`] for none.
pub(super) type EntryId = u32;

/// No entry.
pub(super) const NO_ENTRY: EntryId = u32::MAX;

/// Something that happened, as it is published.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When, in seconds from the start of the run.
    pub t_s: f64,
    /// Who did it.
    pub actor: Actor,
    /// To what.
    pub object: Object,
    /// What happened.
    pub what: What,
    /// On which node, to which other thing.
    pub on: Option<String>,
    /// What happened, in words: "creates `quote-app-4`".
    pub text: Said,
    /// Because of what.
    pub because: Cause,
}

/// Because of what something happened: an earlier entry, and the fact or setting that decided it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cause {
    /// The entry that caused it, as an index into [`Simulation::trace`](super::Simulation::trace); always an earlier one.
    pub entry: Option<usize>,
    /// The fact or setting that decided it.
    pub ground: Option<Ground>,
}

/// A fact or setting that decides something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Its address: `quote-app-lab.components.quote-app.replicas`; that of the cluster's version for a default.
    pub path: String,
    /// What it says, in words: "3 replicas are declared", with the source of a default.
    pub text: Said,
}

/// What something happened to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Its kind: `pod`, `node`, `component`, `database`, `volume`, `cluster`, `zone`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The component it belongs to.
    pub component: Option<String>,
}

impl Object {
    /// `pod/quote-app-1`.
    pub fn label(&self) -> String {
        format!("{}/{}", self.kind, self.name)
    }
}

/// Something that had to be assumed because the design does not say.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assumption {
    /// What was assumed, in words.
    pub text: Said,
    /// The address at which the design could say it.
    pub path: String,
}

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Actor {
    /// What the scenario says, or somebody who acts.
    #[default]
    Person,
    /// Users and what calls on their behalf.
    Users,
    /// The controller of Deployments, which scales ReplicaSets.
    Deployment,
    /// The controller that keeps the number of a Deployment's pods.
    ReplicaSet,
    /// The controller that keeps pods with an identity.
    StatefulSet,
    /// The controller that keeps one pod a node.
    DaemonSet,
    /// The controller of Jobs.
    Job,
    /// The scheduler.
    Scheduler,
    /// The agent on a node.
    Kubelet,
    /// The kernel of a node.
    Kernel,
    /// The controller of EndpointSlices, and the proxies that follow it.
    EndpointSlice,
    /// The node lifecycle controller.
    NodeController,
    /// The controller that deletes pods which do not tolerate a taint.
    TaintEviction,
    /// The controller that attaches and detaches volumes.
    AttachDetach,
    /// Pod garbage collection.
    PodGc,
    /// The Eviction API.
    EvictionApi,
    /// The control plane as a whole.
    ControlPlane,
    /// A hypervisor's high availability.
    Hypervisor,
    /// A machine and its power.
    Machine,
    /// A network.
    Network,
    /// The application itself.
    Application,
    /// A service manager outside Kubernetes.
    ServiceManager,
    /// Patroni.
    Patroni,
    /// CloudNativePG.
    CloudNativePg,
    /// The provider of a managed service.
    Provider,
    /// A database.
    Database,
    /// A store that several members agree on.
    ConsensusStore,
    /// What checks the health of what it sends traffic to.
    HealthCheck,
    /// A registry of images.
    Registry,
    /// A monitor of safety goals.
    SafetyMonitor,
}

impl Actor {
    /// What it is called, with its article: "the kubelet", « le kubelet ».
    pub fn the(self) -> Said {
        let name = self.said();
        let french = match self {
            Actor::Person => return name,
            Actor::Users => return said!("users", "les utilisateurs"),
            Actor::Patroni | Actor::CloudNativePg => return name,
            Actor::EvictionApi | Actor::Hypervisor | Actor::Application => "l’",
            Actor::Machine | Actor::Database | Actor::SafetyMonitor => "la ",
            _ => "le ",
        };
        Said { en: format!("the {}", name.en), fr: format!("{french}{}", name.fr) }
    }

    /// What it is called.
    pub fn said(self) -> Said {
        match self {
            Actor::Person => said!("scenario", "scénario"),
            Actor::Users => said!("users", "les utilisateurs"),
            Actor::Deployment => Said::same("Deployment"),
            Actor::ReplicaSet => Said::same("ReplicaSet"),
            Actor::StatefulSet => Said::same("StatefulSet"),
            Actor::DaemonSet => Said::same("DaemonSet"),
            Actor::Job => Said::same("Job"),
            Actor::Scheduler => Said::same("scheduler"),
            Actor::Kubelet => Said::same("kubelet"),
            Actor::Kernel => said!("kernel", "noyau"),
            Actor::EndpointSlice => Said::same("EndpointSlice"),
            Actor::NodeController => said!("node controller", "contrôleur de nœuds"),
            Actor::TaintEviction => said!("taint eviction controller", "contrôleur d’éviction par taint"),
            Actor::AttachDetach => said!("attach/detach controller", "contrôleur attach/detach"),
            Actor::PodGc => said!("pod garbage collection", "ramasse-miettes des pods"),
            Actor::EvictionApi => said!("Eviction API", "API d’éviction"),
            Actor::ControlPlane => Said::same("control plane"),
            Actor::Hypervisor => said!("hypervisor", "hyperviseur"),
            Actor::Machine => said!("machine", "machine"),
            Actor::Network => said!("network", "réseau"),
            Actor::Application => said!("application", "application"),
            Actor::ServiceManager => said!("service manager", "gestionnaire de services"),
            Actor::Patroni => Said::same("Patroni"),
            Actor::CloudNativePg => Said::same("CloudNativePG"),
            Actor::Provider => said!("provider", "fournisseur"),
            Actor::Database => said!("database", "base de données"),
            Actor::ConsensusStore => said!("consensus store", "magasin de consensus"),
            Actor::HealthCheck => said!("health check", "contrôle de santé"),
            Actor::Registry => said!("registry", "registre d’images"),
            Actor::SafetyMonitor => said!("monitor", "surveillance"),
        }
    }
}

/// What happened. Words for it are in [`Entry::text`].
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum What {
    // What the scenario says, and what it does at once.
    /// Somebody deletes a pod.
    #[default]
    Deleted,
    /// A machine loses power, with everything on it.
    PowerLost,
    /// A machine runs on and cannot be reached.
    CutOff,
    /// Something is lost as a whole: a zone, a site, a link, a component, a control plane's member.
    Lost,
    /// A volume's data are gone.
    VolumeLost,
    /// What was lost comes back.
    BroughtBack,
    /// A process stops answering without dying.
    Hangs,
    /// A process' memory starts to grow.
    Leaks,
    /// A process ends at once.
    Crashed,
    /// Data become wrong, and replication copies the mistake.
    Corrupted,
    /// A restore from backups begins.
    RestoreStarted,
    /// A new version is asked for.
    RollOutStarted,
    /// Starts take longer from now on.
    SlowStarts,
    /// A pod takes all the processor time it can get.
    TakesProcessor,
    /// More requests arrive.
    Surge,
    /// A node is to be emptied.
    DrainStarted,
    /// A Node object is deleted.
    NodeDeleted,
    /// A node is declared out of service.
    OutOfService,

    // Pods.
    /// A controller creates a pod.
    Created,
    /// A pod is bound to a node.
    Scheduled,
    /// No node takes a pod; why is in the words.
    Pending(Unfit),
    /// A pod gets its deletion timestamp.
    MarkedForDeletion,
    /// A controller deletes a pod of the old version or one too many.
    ScaledDown,
    /// An image is being fetched.
    Pulling,
    /// An image cannot be fetched.
    PullFailed,
    /// A container starts.
    ContainerStarted,
    /// A process answers for the first time since its start.
    Answers,
    /// A pod is ready.
    Ready,
    /// A pod's readiness probe has failed often enough.
    NotReady,
    /// A pod's startup probe has failed often enough.
    StartupFailed,
    /// A pod's liveness probe has failed often enough.
    LivenessFailed,
    /// A process is told to end.
    Terminated,
    /// A process is killed: its grace period is over.
    Killed,
    /// A process has ended.
    Ended,
    /// A container waits before it is started again, in microseconds.
    BackOff(u64),
    /// A container is killed for the memory it uses.
    OutOfMemory,
    /// A pod is evicted because its node runs short.
    Evicted,
    /// The Eviction API grants an eviction.
    EvictionGranted,
    /// The Eviction API refuses one: a budget would be broken.
    EvictionRefused,
    /// A pod no longer exists.
    Gone,
    /// A rolling update is done.
    RolledOut,
    /// A drain is done.
    Drained,

    // Endpoints and health checks.
    /// Traffic is led to a pod.
    JoinedEndpoints,
    /// Traffic is no longer led to a pod.
    LeftEndpoints,
    /// A sender stops sending to a member.
    TakenOut,
    /// A sender sends to a member again.
    TakenIn,

    // Nodes and machines.
    /// A node has not renewed its lease for the grace period.
    NodeNotReady,
    /// A node gets the taint that its pods do not tolerate for ever.
    NodeTainted,
    /// A node's agent reports again.
    NodeReady,
    /// A machine's system has booted.
    Booted,
    /// A virtual machine is started on another host.
    VmRestarted,
    /// A node reports memory pressure.
    MemoryPressure,
    /// The control plane no longer acts.
    ControlPlaneDown,
    /// The control plane acts again.
    ControlPlaneUp,

    // Volumes.
    /// A pod waits because its volume is still attached to another node.
    VolumeAttachedElsewhere,
    /// A volume is attached.
    VolumeAttached,
    /// A volume is detached by force.
    VolumeForceDetached,

    // Databases and stores.
    /// A store no longer has a majority.
    QuorumLost,
    /// A store has a majority again.
    QuorumBack,
    /// A primary's lock has run out.
    LockExpired,
    /// A primary gives its lock back.
    LockReleased,
    /// What watches notices that the primary is gone.
    PrimaryMissed,
    /// A standby becomes the primary.
    Promoted,
    /// A primary stops writing because it cannot keep its lock.
    Demoted,
    /// Writes stop: too few copies would have them.
    WritesStop,
    /// Writes go on without a copy.
    GoesAsynchronous,
    /// Clients have found the primary.
    ClientsFollow,
    /// Acknowledged writes are lost, in microseconds of writing.
    DataLost(u64),
    /// Nobody promotes a standby unless a person does.
    WaitsForPerson,
    /// Data are right again.
    Restored,

    // Vehicles.
    /// A safety goal is in its safe state.
    SafeState,
    /// A partition's system runs again.
    PartitionRestarted,
}

/// What keeps a pod from every node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Unfit {
    /// There is no node that works.
    #[default]
    NoNode,
    /// No node that it may go to has room for what it requests.
    Room,
    /// Its required spread lets it wait rather than go elsewhere.
    Spread,
    /// Its volume cannot be attached elsewhere.
    Volume,
}

/// An entry of a running simulation, by numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Raw {
    pub(super) at: Time,
    pub(super) actor: Actor,
    pub(super) object: Thing,
    pub(super) what: What,
    pub(super) on: Thing,
    pub(super) because: EntryId,
    pub(super) setting: Setting,
}

/// A thing by its number in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Thing {
    #[default]
    Nothing,
    /// A pod or member: its component, the number in its name, and whether it is a pod.
    Pod {
        component: u32,
        serial: u32,
    },
    Machine(u32),
    Component(u32),
    Cluster(u32),
    Zone(u32),
    Site(u32),
    Link(u32),
    Partition(u32),
    Connection(u32),
}

/// The address of what decided something, resolved only where it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Setting {
    #[default]
    None,
    /// A key of a component.
    Component(u32, &'static str),
    /// A constant of a cluster.
    Constant(u32, &'static str),
    /// A key of a cluster.
    Cluster(u32, &'static str),
    /// A key of a machine's host group.
    Hosts(u32, &'static str),
    /// A key of a partition.
    Partition(u32, &'static str),
    /// The plan's nth entry.
    Planned(u32),
}

/// The most entries that a run keeps. A run that never settles would fill any memory otherwise.
pub(super) const MOST_ENTRIES: usize = 20_000;

/// What has happened so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Trace {
    pub(super) entries: Vec<Raw>,
    /// Entries that were not kept.
    pub(super) left_off: u64,
    /// Whether entries are kept at all: runs for spreads are not read.
    pub(super) kept: bool,
}

impl Trace {
    /// Writes an entry down and gives its number.
    pub(super) fn write(&mut self, raw: Raw) -> EntryId {
        if !self.kept {
            return NO_ENTRY;
        }
        if self.entries.len() >= MOST_ENTRIES {
            self.left_off += 1;
            return raw.because;
        }
        self.entries.push(raw);
        (self.entries.len() - 1) as EntryId
    }
}
