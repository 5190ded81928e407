//! What runs, and what it talks to.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::names::{ComponentName, FunctionName, Name, PlaceName, SecretName, SegmentName, SiteName};
use super::place::Asil;
use crate::design::quantity::{ByteRate, Bytes, Cpu, Duration, Period, Rate, Share};
use crate::design::text::Fact;

/// What runs. Keys that say nothing for a kind are mistakes there.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// What it is.
    pub kind: ComponentKind,
    /// The product.
    pub product: Option<String>,
    /// What runs it; people and other institutions' systems run on nothing of ours.
    pub runs_on: Option<PlaceName>,
    /// The site it is bound to, where what runs it is in several.
    #[serde(rename = "in")]
    pub at: Option<SiteName>,
    /// The segment it stands in, where what runs it does not say.
    pub segment: Option<SegmentName>,
    /// Its namespace in the cluster.
    pub namespace: Option<Name>,
    /// Which Kubernetes controller keeps it; a database or what has storage is a StatefulSet, the rest Deployments.
    pub workload: Option<Workload>,
    /// Its container image.
    pub image: Option<String>,
    /// The kernel it needs.
    pub kernel: Option<String>,
    /// Who shares it.
    pub tenancy: Option<Tenancy>,
    /// Whether it can be put in a container.
    pub containerizable: Option<bool>,
    /// For what regulation asks a virtual machine of its own.
    pub vm_required_per: Option<VmRequiredPer>,
    /// How many pods are wanted.
    #[schemars(range(min = 0, max = 100_000))]
    pub replicas: Option<u32>,
    /// How many machines it stands on, outside Kubernetes.
    #[schemars(range(min = 1, max = 10_000))]
    pub members: Option<u32>,
    /// What the scheduler keeps for one pod.
    pub requests: Option<Resources>,
    /// What one pod may use at most.
    pub limits: Option<Resources>,
    /// The load that one replica or member serves.
    pub serves_up_to: Option<Fact<Rate>>,
    /// From start to ready.
    pub starts_in: Option<Fact<Duration>>,
    /// How long its image takes to fetch, where a node does not have it.
    pub pulls_in: Option<Fact<Duration>>,
    /// How it ends.
    pub stops: Option<Stops>,
    /// How Kubernetes asks how it is.
    pub probes: Option<Probes>,
    /// How its pods are kept apart.
    pub spread: Option<Spread>,
    /// How many must stay while pods are evicted.
    pub disruption_budget: Option<DisruptionBudget>,
    /// How a new version replaces the old.
    pub update: Option<Update>,
    /// Environment variables that come from Secrets.
    #[serde(default)]
    #[schemars(schema_with = "secret_references")]
    pub env_from_secrets: IndexMap<String, SecretReference>,
    /// Files, by name, that are mounted from Secrets.
    #[serde(default)]
    #[schemars(schema_with = "secret_references")]
    pub files_from_secrets: IndexMap<String, SecretReference>,
    /// Environment variables that stand in the manifest as they are.
    #[serde(default)]
    pub env: IndexMap<String, String>,
    /// The volume of one replica or member.
    pub storage: Option<Storage>,
    /// Whether the institution stops without it.
    #[schemars(extend("x-kinds" = ["database"]))]
    pub critical: Option<bool>,
    /// How copies are kept.
    #[schemars(extend("x-kinds" = ["database", "consensus-store"]))]
    pub replication: Option<Replication>,
    /// Its backups, by name.
    #[serde(default)]
    #[schemars(extend("x-kinds" = ["database", "consensus-store", "object-storage"]), schema_with = "backups")]
    pub backups: IndexMap<String, Backup>,
    /// How it finds out that what it sends traffic to is dead.
    #[schemars(extend("x-kinds" = ["load-balancer", "gateway", "waf", "dns"]))]
    pub health_check: Option<HealthCheck>,
    /// How long its answers are kept by those who asked.
    #[schemars(extend("x-kinds" = ["dns"]))]
    pub ttl: Option<Duration>,
    /// What its provider promises.
    pub sla: Option<Fact<Share>>,
    /// What it speaks.
    #[schemars(extend("x-kinds" = ["identity-provider", "directory"]))]
    pub protocol: Option<String>,
    /// Whether what it stores is encrypted.
    #[schemars(extend("x-kinds" = ["object-storage"]))]
    pub encrypted: Option<bool>,
    /// Whether an overwritten object is kept.
    #[schemars(extend("x-kinds" = ["object-storage"]))]
    pub versioned: Option<bool>,
    /// The name under which images are pulled.
    #[schemars(extend("x-kinds" = ["registry"]))]
    pub host: Option<String>,
    /// Whether images are scanned for known vulnerabilities.
    #[schemars(extend("x-kinds" = ["registry"]))]
    pub scans: Option<bool>,
    /// Whether a tag, once pushed, stays what it is.
    #[schemars(extend("x-kinds" = ["registry"]))]
    pub immutable_tags: Option<bool>,
    /// Where copies of the images are.
    #[serde(default)]
    #[schemars(extend("x-kinds" = ["registry"]))]
    pub replicated_to: Vec<SiteName>,
    /// The secrets it keeps.
    #[serde(default)]
    #[schemars(extend("x-kinds" = ["secret-store"]))]
    pub holds: Vec<Name>,
    /// How secrets reach those who need them.
    #[schemars(extend("x-kinds" = ["secret-store"]))]
    pub delivered_by: Option<String>,
    /// How often its secrets change.
    #[schemars(extend("x-kinds" = ["secret-store"]))]
    pub rotates_every: Option<Period>,
    /// The tool.
    #[schemars(extend("x-kinds" = ["delivery"]))]
    pub tool: Option<String>,
    /// Where what is delivered comes from.
    #[schemars(extend("x-kinds" = ["delivery"]))]
    pub source: Option<String>,
    /// What happens between a change and production.
    #[serde(default)]
    #[schemars(extend("x-kinds" = ["delivery"]))]
    pub stages: Vec<Stage>,
    /// What it delivers.
    #[serde(default)]
    #[schemars(extend("x-kinds" = ["delivery"]))]
    pub deploys: Vec<ComponentName>,
    /// How a bad version is taken back.
    #[schemars(extend("x-kinds" = ["delivery"]))]
    pub rollback: Option<Rollback>,
    /// Whether somebody else approves every change.
    #[schemars(extend("x-kinds" = ["delivery"]))]
    pub four_eyes: Option<bool>,
    /// What it watches; everything it can reach where it does not say.
    #[serde(default)]
    #[schemars(extend("x-kinds" = ["monitoring"]))]
    pub watches: Vec<ComponentName>,
    /// How often it looks.
    #[schemars(extend("x-kinds" = ["monitoring"]))]
    pub period: Option<Duration>,
    /// Who is called.
    #[schemars(extend("x-kinds" = ["monitoring"]))]
    pub alerts_to: Option<ComponentName>,
    /// For which functions.
    #[serde(default)]
    #[schemars(extend("x-kinds" = ["monitoring"]))]
    pub alerts_for: Vec<FunctionName>,
    /// Whether there are dashboards.
    #[schemars(extend("x-kinds" = ["monitoring"]))]
    pub dashboards: Option<bool>,
    /// How long it keeps what it gets.
    #[schemars(extend("x-kinds" = ["logging", "monitoring"]))]
    pub keep: Option<Period>,
    /// How long what it got cannot be changed.
    #[schemars(extend("x-kinds" = ["logging"]))]
    pub immutable: Option<Period>,
    /// Where it sends what it gets.
    #[schemars(extend("x-kinds" = ["logging", "monitoring"]))]
    pub sends_to: Option<ComponentName>,
    /// Whether it is started again after it ended, outside Kubernetes.
    pub restart: Option<Restart>,
    /// Its safety goal (ISO 26262).
    pub safety: Option<Safety>,
    /// From a signal to what it promises, step by step.
    pub start_chain: Option<StartChain>,
    /// What it writes to flash memory.
    pub writes: Option<Fact<ByteRate>>,
    /// How it is updated.
    pub over_the_air: Option<OverTheAir>,
}

fn secret_references(generator: &mut SchemaGenerator) -> Schema {
    let value = generator.subschema_for::<SecretReference>();
    json_schema!({"type": "object", "additionalProperties": value})
}

fn backups(generator: &mut SchemaGenerator) -> Schema {
    let value = generator.subschema_for::<Backup>();
    let name = generator.subschema_for::<Name>();
    json_schema!({"type": "object", "additionalProperties": value, "propertyNames": name})
}

/// What a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ComponentKind {
    /// A person or a group of people.
    Person,
    /// A system of somebody else.
    ExternalSystem,
    /// A service of ours.
    Service,
    /// What takes requests in for services (ingress, API gateway).
    Gateway,
    /// What spreads requests over machines.
    LoadBalancer,
    /// Names to addresses.
    Dns,
    /// A web application firewall.
    Waf,
    /// A firewall.
    Firewall,
    /// A database.
    Database,
    /// A store of a few facts that several members agree on.
    ConsensusStore,
    /// A queue or a log of messages.
    MessageBroker,
    /// A cache.
    Cache,
    /// Object storage.
    ObjectStorage,
    /// A registry of images.
    Registry,
    /// A store of secrets.
    SecretStore,
    /// Who somebody is.
    IdentityProvider,
    /// A directory of people and machines.
    Directory,
    /// From a change to production.
    Delivery,
    /// Metrics and alerts.
    Monitoring,
    /// Logs.
    Logging,
    /// Something that senses.
    Sensor,
    /// Something that acts or shows.
    Actuator,
}

/// Which Kubernetes controller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Workload {
    /// Interchangeable pods.
    Deployment,
    /// Pods with an identity, at most one of each.
    StatefulSet,
    /// One pod a node.
    DaemonSet,
    /// Pods that run to an end.
    Job,
}

/// Who shares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tenancy {
    /// Only we.
    Own,
    /// Others whom we trust.
    Shared,
    /// Others who may attack.
    Hostile,
}

/// For what a virtual machine of its own is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VmRequiredPer {
    /// Nothing asks for one.
    None,
    /// One for each application.
    Application,
    /// One for each client.
    Client,
}

/// Processor time and memory.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Resources {
    /// Cores.
    pub cpu: Option<Fact<Cpu>>,
    /// Memory.
    pub memory: Option<Fact<Bytes>>,
}

/// How a pod ends.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stops {
    /// How long it waits before it is told to end, so that traffic goes elsewhere first.
    pub pre_stop: Option<Duration>,
    /// How long it takes to finish what it has begun once told.
    pub drains_in: Option<Fact<Duration>>,
    /// When it is killed; 30 s where it does not say.
    pub grace: Option<Duration>,
}

/// The three probes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Probes {
    /// Until it passes, the other two wait.
    pub startup: Option<Probe>,
    /// Whether it may get traffic.
    pub readiness: Option<Probe>,
    /// Whether it must be restarted.
    pub liveness: Option<Probe>,
}

/// One probe.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-atomic" = true, "x-exactly-one" = ["http", "tcp", "exec", "grpc"]))]
pub struct Probe {
    /// A path that must answer.
    pub http: Option<String>,
    /// A port that must open.
    #[schemars(range(min = 1, max = 65_535))]
    pub tcp: Option<u16>,
    /// A command that must succeed.
    pub exec: Option<String>,
    /// A port that must answer in gRPC's health protocol.
    #[schemars(range(min = 1, max = 65_535))]
    pub grpc: Option<u16>,
    /// Components that the answer depends on.
    #[serde(default)]
    pub checks: Vec<ComponentName>,
    /// How often; 10 s where it does not say.
    pub period: Option<Duration>,
    /// How long an answer may take; 1 s where it does not say.
    pub timeout: Option<Duration>,
    /// How many failures in a row count; 3 where it does not say.
    #[schemars(range(min = 1, max = 1000))]
    pub failures: Option<u32>,
    /// How many successes in a row count; 1 where it does not say.
    #[schemars(range(min = 1, max = 1000))]
    pub successes: Option<u32>,
    /// How long to wait before the first.
    pub initial_delay: Option<Duration>,
}

/// How pods are kept apart.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Over nodes.
    pub node: Option<SpreadMode>,
    /// Over zones.
    pub zone: Option<SpreadMode>,
    /// Over sites.
    pub site: Option<SpreadMode>,
}

/// How strict a spread is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpreadMode {
    /// A pod waits rather than break it.
    Required,
    /// Where it can be kept.
    Preferred,
}

/// How many must stay while pods are evicted.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-atomic" = true, "x-exactly-one" = ["min_available", "max_unavailable"]))]
pub struct DisruptionBudget {
    /// How many must stay.
    pub min_available: Option<u32>,
    /// How many may go.
    pub max_unavailable: Option<u32>,
}

/// How a new version replaces the old.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// The strategy; rolling where it does not say.
    pub strategy: Option<Strategy>,
    /// How many pods more than wanted there may be.
    pub surge: Option<u32>,
    /// How many pods fewer than wanted there may be.
    pub unavailable: Option<u32>,
}

/// An update strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// A few at a time.
    Rolling,
    /// All old ones end before a new one starts.
    Recreate,
}

/// A value in a Secret.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecretReference {
    /// The Secret.
    pub secret: SecretName,
    /// The key in it.
    pub key: String,
}

/// A volume.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Storage {
    /// Its size.
    pub size: Fact<Bytes>,
    /// Its storage class.
    pub class: Option<String>,
    /// From where it can be attached.
    pub reach: Option<Reach>,
    /// Whether it is encrypted.
    pub encrypted: Option<bool>,
}

/// From where a volume can be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// One machine: it dies with it.
    Node,
    /// One zone.
    Zone,
    /// The whole region or site.
    Region,
}

/// How a database keeps copies.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replication {
    /// How many members, the primary included.
    #[schemars(range(min = 1, max = 1000))]
    pub members: u32,
    /// Whether a write waits for a copy.
    pub mode: ReplicationMode,
    /// Whether writes stop rather than go on without a copy.
    pub strict: Option<bool>,
    /// How many copies a write waits for.
    #[schemars(range(min = 1, max = 100))]
    pub synchronous_members: Option<u32>,
    /// What makes a standby the primary.
    pub failover: Option<Failover>,
    /// How long a leader's lock holds, or how long a primary may be silent before the members replace it.
    pub ttl: Option<Duration>,
    /// How often the lock is renewed.
    pub loop_wait: Option<Duration>,
    /// How long the store is asked again before the leader gives up.
    pub retry_timeout: Option<Duration>,
    /// Whether a primary that reaches every member goes on without its store.
    pub failsafe: Option<bool>,
    /// How far an asynchronous copy is behind.
    pub lag: Option<Fact<Duration>>,
    /// From the loss of the primary to the next one, where the provider replaces it.
    pub takes_over_in: Option<Fact<Duration>>,
    /// The consensus store that decides.
    pub store: Option<ComponentName>,
    /// How clients find the new primary.
    pub clients_follow: Option<ClientsFollow>,
}

/// Whether a write waits for a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReplicationMode {
    /// It waits.
    Synchronous,
    /// It does not.
    Asynchronous,
}

/// What makes a standby the primary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Failover {
    /// Patroni, which needs a consensus store.
    Patroni,
    /// CloudNativePG, on Kubernetes' own store.
    Cloudnativepg,
    /// The provider.
    Managed,
    /// The product itself.
    BuiltIn,
    /// A person.
    Manual,
}

/// How clients find the new primary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClientsFollow {
    /// They know all members and ask for the one that writes.
    ConnectionString,
    /// An address moves.
    VirtualIp,
    /// A name changes.
    Dns,
    /// A proxy knows.
    Proxy,
}

/// One backup.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// What it copies.
    pub kind: BackupKind,
    /// How often.
    pub every: Duration,
    /// How long copies are kept.
    pub keep: Period,
    /// Where to.
    pub to: ComponentName,
    /// How long a copy cannot be changed or deleted.
    pub immutable: Option<Period>,
    /// Whose account holds it.
    pub account: Option<Account>,
    /// Whether it is encrypted.
    pub encrypted: Option<bool>,
}

/// What a backup copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BackupKind {
    /// The whole, from which a log can be replayed.
    Base,
    /// The log since a base backup.
    Log,
    /// A logical dump, from which no log can be replayed.
    Dump,
    /// A snapshot of the volume.
    Snapshot,
}

/// Whose account holds a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Account {
    /// That of production.
    Same,
    /// Another, which production cannot write to at will.
    Separate,
}

/// How a sender of traffic finds out that a receiver is dead.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HealthCheck {
    /// How often it looks.
    pub period: Duration,
    /// How many failures in a row count.
    #[schemars(range(min = 1, max = 1000))]
    pub failures: u32,
    /// How many successes in a row let a receiver in again; 2 where it does not say.
    #[schemars(range(min = 1, max = 1000))]
    pub successes: Option<u32>,
}

/// What happens between a change and production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It is built.
    Build,
    /// It is tested.
    Test,
    /// It is scanned for known vulnerabilities.
    Scan,
    /// It is signed.
    Sign,
    /// Somebody approves it.
    Approve,
    /// It is deployed.
    Deploy,
    /// It is sent to vehicles, a few first.
    Campaign,
}

/// How a bad version is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rollback {
    /// By itself.
    Automatic,
    /// By a person.
    Manual,
}

/// Whether something is started again after it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Restart {
    /// Always.
    Always,
    /// When it failed.
    OnFailure,
    /// Never.
    Never,
}

/// A safety goal (ISO 26262).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Safety {
    /// Its integrity level, as declared.
    pub asil: Asil,
    /// The safe state it falls to.
    pub on_failure: String,
    /// The fault tolerant time interval.
    pub ftti: Duration,
    /// From the fault to its detection.
    pub detects_in: Fact<Duration>,
    /// From its detection to the safe state.
    pub reacts_in: Fact<Duration>,
}

/// From a signal to what is promised.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartChain {
    /// The budget.
    pub within: Fact<Duration>,
    /// From which signal it is counted.
    pub counted_from: Signal,
    /// The steps, in order.
    pub steps: IndexMap<String, Fact<Duration>>,
}

/// A signal from which a start is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// Ignition.
    Ignition,
    /// Reverse gear.
    ReverseSelected,
    /// Power.
    PowerOn,
}

/// How software in a vehicle is updated.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverTheAir {
    /// Whether the running version stays while the new one is written.
    pub slots: Slots,
    /// The size of one slot.
    pub slot: Option<Fact<Bytes>>,
    /// How a bad version is taken back.
    pub rollback: Rollback,
    /// How the new version proves whose it is.
    pub verified: Option<String>,
    /// When it is applied.
    pub applied: Option<Applied>,
    /// How often an update comes.
    pub every: Option<Period>,
}

/// Whether the running version stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Slots {
    /// Two slots: the old one stays.
    AB,
    /// One slot.
    Single,
}

/// When an update is applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Applied {
    /// While the vehicle is parked.
    Parked,
    /// At any time.
    Anytime,
}

/// A flow from one component to another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Who asks.
    pub from: ComponentName,
    /// Who answers.
    pub to: ComponentName,
    /// What is spoken.
    pub protocol: String,
    /// At which port.
    #[schemars(range(min = 1, max = 65_535))]
    pub port: Option<u16>,
    /// Whether it is encrypted, where the protocol does not say.
    pub encrypted: Option<bool>,
    /// Whether the asker proves who it is.
    pub authenticated: Option<bool>,
    /// What protects messages between safety levels.
    pub protection: Option<Protection>,
    /// Whether the asker stops without it.
    pub needs: Option<Needs>,
}

/// What protects messages between safety levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// End-to-end protection (AUTOSAR E2E): counter, checksum, timeout.
    E2e,
    /// Nothing.
    None,
}

/// Whether the asker stops without the answerer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Needs {
    /// It stops.
    Hard,
    /// It goes on with less.
    Soft,
    /// It needs it to start only.
    AtStart,
}
