//! How Kubernetes runs a workload: resources, probes, spread, updates.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::{ComponentName, SecretName};
use crate::design::quantity::{Bytes, Cpu, Duration};
use crate::design::text::Fact;

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
