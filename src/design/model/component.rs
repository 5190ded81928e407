//! What runs, and what it talks to.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

pub use super::connection::{Connection, HealthCheck, Needs, Protection};
pub use super::data::{
    Account, Backup, BackupKind, ClientsFollow, Failover, Reach, Replication, ReplicationMode, Storage,
};
use super::names::{ComponentName, FunctionName, Name, PlaceName, SegmentName, SiteName};
pub use super::vehicle::{Applied, OverTheAir, Restart, Rollback, Safety, Signal, Slots, StartChain};
pub use super::workload::{
    DisruptionBudget, Probe, Probes, Resources, SecretReference, Spread, SpreadMode, Stops, Strategy, Update, Workload,
};
use crate::design::quantity::{ByteRate, Duration, Period, Rate, Share};
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
    /// The ports on which it is reached, its own and those that lead to it.
    #[serde(default)]
    #[schemars(schema_with = "ports")]
    pub ports: Vec<u16>,
    /// What it mounts, by path.
    #[serde(default)]
    pub volumes: IndexMap<String, Mount>,
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

fn ports(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 65_535}})
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

/// What a path of a component leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mount {
    /// A volume that outlives the pod or the container.
    Claim,
    /// Room that ends with the pod.
    Ephemeral,
    /// A folder of the machine that it happens to run on.
    Host,
    /// Files made of configuration and secrets.
    Configuration,
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
