//! `kind: scenario`: what fails when, and what is expected then.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::names::{DesignName, Name};
use crate::design::quantity::{ByteRate, Duration, Rate, Share};
use crate::design::text::Text;

/// What fails when, in which design.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Always `scenario`.
    pub kind: ScenarioKind,
    /// The scenario's name.
    pub name: Name,
    /// The title, in one language or in several.
    pub title: Option<Text>,
    /// The design it happens to.
    pub design: DesignName,
    /// What users ask meanwhile.
    pub load: Option<Load>,
    /// What happens, in the order of time.
    pub events: Vec<Event>,
    /// When the run ends.
    pub until: Duration,
    /// What is expected of each component, at most.
    #[serde(default)]
    #[schemars(schema_with = "expectations")]
    pub expect: IndexMap<String, Expectation>,
}

fn expectations(generator: &mut SchemaGenerator) -> Schema {
    let value = generator.subschema_for::<Expectation>();
    let name = generator.subschema_for::<Name>();
    json_schema!({"type": "object", "additionalProperties": value, "propertyNames": name})
}

/// The document kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScenarioKind {
    /// A scenario.
    Scenario,
}

/// Requests that arrive while things fail.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Load {
    /// The connection on which they arrive.
    pub into: Name,
    /// How many.
    pub rate: Rate,
}

/// One thing that happens. Objects are `kind/name`; the members of a group are `name-1`, `name-2` …
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-exactly-one" = [
    "delete", "lose", "bring_back", "hang", "leak", "crash", "corrupt", "restore", "roll_out",
    "slow_start", "noisy_neighbour", "surge", "drain", "delete_node", "taint_out_of_service"
]))]
pub struct Event {
    /// When, counted from the start.
    pub after: Duration,
    /// A pod that is deleted: `pod/quote-app-1`.
    pub delete: Option<String>,
    /// What is lost: `node/workers-1`, `node-of/quote-app-1`, `zone/…`, `site/…`, a member of a control plane
    /// (`control-plane/main-1`, all of it without the number), a volume (`volume/quote-db-1`), a component
    /// (`component/registry`) or a link between sites (`link/…`).
    pub lose: Option<String>,
    /// What was lost and comes back.
    pub bring_back: Option<String>,
    /// A pod whose process stops answering without dying.
    pub hang: Option<String>,
    /// A pod whose memory grows.
    pub leak: Option<String>,
    /// A pod or partition that ends at once.
    pub crash: Option<String>,
    /// A component whose data become wrong.
    pub corrupt: Option<String>,
    /// A component that is restored from its backups.
    pub restore: Option<String>,
    /// A component that gets a new version.
    pub roll_out: Option<Name>,
    /// A component whose starts take longer from then on.
    pub slow_start: Option<Name>,
    /// A pod that takes all the processor time it can get.
    pub noisy_neighbour: Option<String>,
    /// A connection on which more requests arrive from then on.
    pub surge: Option<Name>,
    /// A node that is emptied through the Eviction API, which disruption budgets bind.
    pub drain: Option<String>,
    /// A node whose object is deleted, as a cloud does once the machine is gone.
    pub delete_node: Option<String>,
    /// A node that somebody declares dead, so that its pods and volumes may go elsewhere.
    pub taint_out_of_service: Option<String>,
    /// How it is lost.
    pub how: Option<How>,
    /// How fast memory grows.
    pub rate: Option<ByteRate>,
    /// How long a slow start takes.
    pub takes: Option<Duration>,
    /// How many requests arrive from then on.
    pub to: Option<Rate>,
}

/// How a machine is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It stops.
    Power,
    /// It runs on and cannot be reached.
    Network,
}

impl Event {
    /// The verb and the object: `("lose", "node/workers-1")`.
    pub fn what(&self) -> (&'static str, &str) {
        let verbs: [(&'static str, Option<&str>); 15] = [
            ("delete", self.delete.as_deref()),
            ("lose", self.lose.as_deref()),
            ("bring_back", self.bring_back.as_deref()),
            ("hang", self.hang.as_deref()),
            ("leak", self.leak.as_deref()),
            ("crash", self.crash.as_deref()),
            ("corrupt", self.corrupt.as_deref()),
            ("restore", self.restore.as_deref()),
            ("roll_out", self.roll_out.as_deref()),
            ("slow_start", self.slow_start.as_deref()),
            ("noisy_neighbour", self.noisy_neighbour.as_deref()),
            ("surge", self.surge.as_deref()),
            ("drain", self.drain.as_deref()),
            ("delete_node", self.delete_node.as_deref()),
            ("taint_out_of_service", self.taint_out_of_service.as_deref()),
        ];
        verbs.into_iter().find_map(|(verb, object)| Some((verb, object?))).unwrap_or(("lose", ""))
    }
}

/// Limits on what a component may suffer; a value reads "at most".
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Time in which less than half of the requests are served.
    pub outage: Option<Duration>,
    /// The share of requests that fail.
    pub failed_requests: Option<Share>,
    /// When the declared number of replicas is back, counted from the event.
    pub replicas_back: Option<Duration>,
    /// When the safe state is reached.
    pub safe_state_in: Option<Duration>,
    /// Writes that are lost, as a time.
    pub data_lost: Option<Duration>,
    /// How often a container is restarted.
    pub restarts: Option<u32>,
    /// Whether it recovers by itself.
    pub recovers: Option<Recovers>,
}

/// Who makes it work again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Recovers {
    /// Nobody has to act.
    Alone,
    /// Somebody has to act.
    WithHuman,
}
