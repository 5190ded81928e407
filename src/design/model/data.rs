//! Where data are kept: volumes, copies, backups.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::ComponentName;
use crate::design::quantity::{Bytes, Duration, Period};
use crate::design::text::Fact;

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
