//! Policies: rules of the workspace's own, as conditions over what a design says, with their tests.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::config::SeverityWord;
use super::names::Name;
use crate::design::text::Text;

/// A rule of the workspace's own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The kind of this document.
    pub kind: PolicyKind,
    /// Its name; its code is `policy/NAME`.
    pub name: Name,
    /// One line: what is asked for.
    pub title: Option<Text>,
    /// What it judges, one by one; components where it does not say.
    pub over: Option<Over>,
    /// The condition in CEL under which it judges; always where it does not say.
    pub when: Option<String>,
    /// The condition in CEL that must hold.
    pub require: String,
    /// What is said where it does not; `{name}` stands for what was judged.
    pub message: Text,
    /// Why it matters.
    pub why: Option<Text>,
    /// What to do.
    pub help: Option<Text>,
    /// How much it matters; `warning` where it does not say.
    pub severity: Option<SeverityWord>,
    /// What it must say of examples: each is run with every check.
    #[serde(default)]
    #[schemars(schema_with = "tests")]
    pub tests: IndexMap<String, PolicyTest>,
}

fn tests(generator: &mut SchemaGenerator) -> Schema {
    let name = generator.subschema_for::<Name>();
    let test = generator.subschema_for::<PolicyTest>();
    json_schema!({"type": "object", "additionalProperties": test, "propertyNames": name})
}

/// The document kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyKind {
    /// A policy.
    Policy,
}

/// What a policy judges, one by one: the entries of a block of a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// What runs.
    #[default]
    Components,
    /// What talks to what.
    Connections,
    /// Clusters.
    Clusters,
    /// Groups of machines.
    Hosts,
    /// What the design is for.
    Functions,
    /// Network trust zones.
    Segments,
    /// Somebody else.
    ThirdParties,
}

impl Over {
    /// The block's key.
    pub fn block(self) -> &'static str {
        match self {
            Over::Components => "components",
            Over::Connections => "connections",
            Over::Clusters => "clusters",
            Over::Hosts => "hosts",
            Over::Functions => "functions",
            Over::Segments => "segments",
            Over::ThirdParties => "third_parties",
        }
    }
}

/// An example and what a policy must say of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyTest {
    /// The facts of the example, as a design would state them, and what follows from its surroundings.
    pub given: Anything,
    /// What the policy says of it.
    pub expect: Expected,
}

/// How a policy ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// It is kept.
    Pass,
    /// It is broken.
    Fail,
    /// A fact that it needs is not stated.
    Unanswered,
    /// It does not judge this.
    NotApplicable,
}

impl Expected {
    /// The word as it is written.
    pub fn word(self) -> &'static str {
        match self {
            Expected::Pass => "pass",
            Expected::Fail => "fail",
            Expected::Unanswered => "unanswered",
            Expected::NotApplicable => "not-applicable",
        }
    }
}

/// Facts of any shape: they are read from the tree, where they have their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anything;

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Anything, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Anything)
    }
}

impl JsonSchema for Anything {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "facts".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let value = json_schema!({
            "type": ["string", "number", "boolean", "array", "object"],
            "x-any": true,
            "items": {"type": ["string", "number", "boolean"], "x-any": true},
            "additionalProperties": {
                "type": ["string", "number", "boolean", "array", "object"],
                "x-any": true,
                "items": {"type": ["string", "number", "boolean"], "x-any": true},
                "additionalProperties": {"type": ["string", "number", "boolean"], "x-any": true},
            },
        });
        json_schema!({"type": "object", "additionalProperties": value})
    }
}
