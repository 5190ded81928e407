//! Where things run and are: sites, links, third parties, host groups, partitions, clusters.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::component::{OverTheAir, Resources, Restart};
use super::names::{ComponentName, FunctionName, HostName, Name, SegmentName, SiteName, StackName, TeamName};
use super::organisation::Exit;
use crate::design::quantity::{Bytes, Cpu, Duration, Endurance, Period, Price, Share};
use crate::design::text::{Fact, Version};

/// A failure domain.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// What kind of place it is.
    pub kind: SiteKind,
    /// The zones in it that fail apart from each other.
    #[serde(default)]
    pub zones: Vec<Name>,
}

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SiteKind {
    /// A provider's region.
    Region,
    /// A datacentre.
    Datacentre,
    /// A room.
    Room,
    /// A place that votes and keeps copies but serves nothing.
    Witness,
    /// A vehicle.
    Vehicle,
}

/// What two sites are joined by.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The two sites.
    #[schemars(length(min = 2, max = 2))]
    pub between: Vec<SiteName>,
    /// There and back.
    pub round_trip: Fact<Duration>,
    /// Whether what passes is encrypted.
    pub encrypted: Option<bool>,
    /// How many ways apart from each other it takes.
    #[schemars(range(min = 1, max = 100))]
    pub paths: Option<u32>,
}

/// Who provides something that we do not run.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThirdParty {
    /// What they provide.
    pub provides: Vec<String>,
    /// Where, as ISO 3166-1 codes.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Which functions rest on them.
    #[serde(default)]
    pub supports: Vec<FunctionName>,
    /// How they can be left.
    pub exit: Option<Exit>,
    /// Whether another could take over.
    pub substitutable: Option<Substitutable>,
}

/// Whether another third party could take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Substitutable {
    /// Within days.
    Easily,
    /// With work.
    WithEffort,
    /// Nobody else offers it.
    No,
}

/// A group of identical machines.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hosts {
    /// How many.
    #[schemars(range(min = 1, max = 100_000))]
    pub count: u32,
    /// Where; machines are spread over these in turn.
    #[serde(rename = "in", default)]
    pub at: Vec<SiteName>,
    /// The machines they are virtual machines of.
    pub runs_on: Option<HostName>,
    /// Whether no two of them stand on the same machine below.
    pub apart: Option<bool>,
    /// What stands on one of them, from the ground up.
    pub stack: Option<StackName>,
    /// Cores of one, in processor time.
    pub cpu: Option<Fact<Cpu>>,
    /// Cores of one SoC, by number.
    #[schemars(range(min = 1, max = 4096))]
    pub cores: Option<u32>,
    /// Memory of one.
    pub memory: Option<Fact<Bytes>>,
    /// What the system and the node's agents keep for themselves.
    pub reserved: Option<Resources>,
    /// The segment they stand in.
    pub segment: Option<SegmentName>,
    /// What makes them.
    pub provisioned_by: Option<String>,
    /// What is promised for one.
    pub sla: Option<Fact<Share>>,
    /// What one costs.
    pub price: Option<Fact<Price>>,
    /// From power to a running system, where its stack does not say.
    pub boot: Option<Fact<Duration>>,
    /// How lost virtual machines come back on them.
    pub restarts_vms: Option<RestartsVms>,
    /// Its flash memory.
    pub flash: Option<Flash>,
    /// Whether it starts only signed software.
    pub secure_boot: Option<bool>,
    /// How long it must last.
    pub lifetime: Option<Period>,
}

/// A hypervisor's high availability.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestartsVms {
    /// From the failure to declaring the host dead.
    pub declares_dead: Fact<Duration>,
    /// From there to starting its virtual machines elsewhere.
    pub places_in: Fact<Duration>,
}

/// A flash memory that wears out.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flash {
    /// Its size.
    pub size: Fact<Bytes>,
    /// What may be written over its life.
    pub endurance: Fact<Endurance>,
    /// Bytes written to the cells for each byte that software writes.
    #[schemars(range(min = 1))]
    pub write_amplification: Option<f64>,
}

/// A static share of a SoC.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partition {
    /// The SoC.
    pub runs_on: HostName,
    /// The cores that belong to it.
    #[serde(default)]
    pub pinned_cores: Vec<u32>,
    /// Its memory.
    pub memory: Fact<Bytes>,
    /// What the system in it keeps for itself.
    pub reserved: Option<Resources>,
    /// Its operating system.
    pub os: Os,
    /// Its automotive safety integrity level (ISO 26262), as declared.
    pub asil: Option<Asil>,
    /// What starts its containers.
    pub orchestrator: Option<String>,
    /// The segment it stands in.
    pub segment: Option<SegmentName>,
    /// What keeps other partitions from disturbing it.
    pub freedom_from_interference: Option<FreedomFromInterference>,
    /// How long its system takes to start.
    pub starts_in: Option<Fact<Duration>>,
    /// Whether it is started again after it ended.
    pub restart: Option<Restart>,
    /// How it is updated.
    pub over_the_air: Option<OverTheAir>,
}

/// An operating system.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Os {
    /// The product.
    pub product: String,
    /// The family of its kernel, or `own`.
    pub kernel: String,
}

/// Automotive safety integrity levels (ISO 26262); declared, never derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum Asil {
    /// Quality management.
    QM,
    /// Level A.
    A,
    /// Level B.
    B,
    /// Level C.
    C,
    /// Level D.
    D,
}

impl Asil {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Asil::QM => "QM",
            Asil::A => "A",
            Asil::B => "B",
            Asil::C => "C",
            Asil::D => "D",
        }
    }
}

/// What keeps other partitions from disturbing one (ISO 26262-6, annex D).
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FreedomFromInterference {
    /// What protects its memory.
    pub memory: Option<String>,
    /// What protects it from other partitions' devices.
    pub devices: Option<String>,
    /// What protects its processor time.
    pub timing: Option<String>,
    /// What protects its messages.
    pub messages: Option<String>,
}

/// A Kubernetes cluster.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// Which distribution.
    pub distribution: Distribution,
    /// The Kubernetes version; constants follow it.
    pub kubernetes: Fact<Version>,
    /// The host groups whose machines are its nodes.
    #[schemars(length(min = 1))]
    pub workers: Vec<HostName>,
    /// The control plane, where it is ours.
    pub control_plane: Option<ControlPlane>,
    /// What the provider promises for the API.
    pub sla: Option<Fact<Share>>,
    /// What is encrypted where it is stored.
    pub encryption_at_rest: Option<EncryptionAtRest>,
    /// Who may read its secrets.
    #[serde(default)]
    pub secret_readers: Vec<ComponentName>,
    /// Secrets that live in the cluster alone.
    #[serde(default)]
    pub holds: Vec<Name>,
    /// Whether reading and writing its API is recorded.
    pub audit_log: Option<bool>,
    /// What a pod may reach where no policy says otherwise.
    pub network_policy: Option<NetworkPolicy>,
    /// The pod security standard that is enforced.
    pub pod_security: Option<PodSecurity>,
    /// Its namespaces.
    #[serde(default)]
    #[schemars(schema_with = "namespaces")]
    pub namespaces: IndexMap<String, Namespace>,
    /// Constants that differ from the version's defaults, by their name.
    #[serde(default)]
    #[schemars(schema_with = "constants")]
    pub constants: IndexMap<String, Duration>,
}

fn namespaces(generator: &mut SchemaGenerator) -> Schema {
    let value = generator.subschema_for::<Namespace>();
    let name = generator.subschema_for::<Name>();
    json_schema!({"type": "object", "additionalProperties": value, "propertyNames": name})
}

fn constants(generator: &mut SchemaGenerator) -> Schema {
    let value = generator.subschema_for::<Duration>();
    let name = generator.subschema_for::<Name>();
    json_schema!({"type": "object", "additionalProperties": value, "propertyNames": name})
}

/// Kubernetes distributions whose defaults differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// Amazon's managed Kubernetes.
    Eks,
    /// Google's managed Kubernetes.
    Gke,
    /// Microsoft's managed Kubernetes.
    Aks,
    /// Kubernetes as upstream installs it.
    Kubeadm,
    /// The small distribution of one binary.
    K3s,
    /// Red Hat's distribution.
    Openshift,
    /// Rancher's distribution.
    Rke2,
}

impl Distribution {
    /// Whether the control plane is the provider's own.
    pub fn managed(self) -> bool {
        matches!(self, Distribution::Eks | Distribution::Gke | Distribution::Aks)
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Distribution::Eks => "EKS",
            Distribution::Gke => "GKE",
            Distribution::Aks => "AKS",
            Distribution::Kubeadm => "Kubernetes",
            Distribution::K3s => "k3s",
            Distribution::Openshift => "OpenShift",
            Distribution::Rke2 => "RKE2",
        }
    }
}

/// A control plane of our own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ControlPlane {
    /// The host groups it stands on.
    pub hosts: Vec<HostName>,
    /// How many members it has.
    #[schemars(range(min = 1, max = 99))]
    pub members: u32,
    /// Where its state is kept.
    pub datastore: Datastore,
}

/// Where a control plane keeps its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Datastore {
    /// A file on the one server.
    Sqlite,
    /// A consensus store.
    Etcd,
    /// A database elsewhere.
    External,
}

/// What is encrypted where it is stored, and at which level.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EncryptionAtRest {
    /// The provider that encrypts Secrets before they are stored.
    pub secrets: SecretsProvider,
    /// At which level.
    pub level: Option<EncryptionLevel>,
    /// The component that keeps the keys.
    pub keys_in: Option<ComponentName>,
}

/// Kubernetes' encryption providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SecretsProvider {
    /// Stored as they are.
    None,
    /// A local key, AES-CBC.
    Aescbc,
    /// A local key, AES-GCM.
    Aesgcm,
    /// A local key, XSalsa20 and Poly1305.
    Secretbox,
    /// A key service, first version (deprecated).
    KmsV1,
    /// A key service.
    KmsV2,
}

impl SecretsProvider {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            SecretsProvider::None => "none",
            SecretsProvider::Aescbc => "aescbc",
            SecretsProvider::Aesgcm => "aesgcm",
            SecretsProvider::Secretbox => "secretbox",
            SecretsProvider::KmsV1 => "kms-v1",
            SecretsProvider::KmsV2 => "kms-v2",
        }
    }
}

/// At which level something is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EncryptionLevel {
    /// Before it is written to the datastore: a copy of the datastore tells nothing.
    Api,
    /// The disk only: whoever reads the mounted disk or a dump of the datastore reads it.
    Disk,
}

/// What pods may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkPolicy {
    /// Nothing that is not allowed.
    DefaultDeny,
    /// Policies for some namespaces.
    Partial,
    /// Everything.
    None,
}

/// Pod security standards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PodSecurity {
    /// Anything.
    Privileged,
    /// Known escalations are refused.
    Baseline,
    /// Hardened.
    Restricted,
}

/// A namespace with its owner and quota.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Namespace {
    /// Whose it is.
    pub team: Option<TeamName>,
    /// The sum of requests that it may hold.
    pub quota: Option<Resources>,
    /// Limits that a container gets where it states none.
    pub default_limits: Option<Resources>,
}
