//! What software in a vehicle promises and how it is updated.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use super::place::Asil;
use crate::design::quantity::{Bytes, Duration, Period};
use crate::design::text::Fact;

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
