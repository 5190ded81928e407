//! What components talk about with each other.

use schemars::JsonSchema;
use serde::Deserialize;

use super::names::ComponentName;
use crate::design::quantity::Duration;

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
