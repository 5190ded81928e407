//! `kind: design`: a production design in its context.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::component::{Component, Connection};
use super::config::Context;
use super::drawing::Pin;
use super::names::{ComponentName, ContextName, DesignName, FrameName, Name};
use super::organisation::{Decision, Exercise, Function, Risk, Segment, Waiver};
use super::place::{Cluster, Hosts, Link, Partition, Site, ThirdParty};
use crate::design::text::Text;

/// A production design.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Always `design`.
    pub kind: DesignKind,
    /// The design's name.
    pub name: Name,
    /// The title, in one language or in several.
    pub title: Option<Text>,
    /// The design that this one is a variant of: it says only what differs.
    pub extends: Option<DesignName>,
    /// What the variant takes away, by path.
    #[serde(default)]
    pub without: Vec<String>,
    /// The profile of rules and defaults: `cloud`, `automotive`, `finance`, `lab`, or one of `profiles` in `epure.yaml`.
    #[schemars(with = "ContextName")]
    pub context: Context,
    /// Where it stands.
    pub status: Option<Status>,
    /// What it is for.
    #[serde(default)]
    #[schemars(schema_with = "block::<Function>")]
    pub functions: IndexMap<String, Function>,
    /// Where things can fail together.
    #[serde(default)]
    #[schemars(schema_with = "block::<Site>")]
    pub sites: IndexMap<String, Site>,
    /// What sites are joined by.
    #[serde(default)]
    #[schemars(schema_with = "block::<Link>")]
    pub links: IndexMap<String, Link>,
    /// Who provides what we do not run.
    #[serde(default)]
    #[schemars(schema_with = "block::<ThirdParty>")]
    pub third_parties: IndexMap<String, ThirdParty>,
    /// Network trust zones.
    #[serde(default)]
    #[schemars(schema_with = "block::<Segment>")]
    pub segments: IndexMap<String, Segment>,
    /// Groups of identical machines.
    #[serde(default)]
    #[schemars(schema_with = "block::<Hosts>")]
    pub hosts: IndexMap<String, Hosts>,
    /// Static shares of a SoC.
    #[serde(default)]
    #[schemars(schema_with = "block::<Partition>")]
    pub partitions: IndexMap<String, Partition>,
    /// Kubernetes clusters.
    #[serde(default)]
    #[schemars(schema_with = "block::<Cluster>")]
    pub clusters: IndexMap<String, Cluster>,
    /// What runs.
    #[serde(default)]
    #[schemars(schema_with = "block::<Component>")]
    pub components: IndexMap<String, Component>,
    /// The manifests that components run from, by component: what these say is what holds.
    #[serde(default)]
    #[schemars(schema_with = "bindings")]
    pub manifests: IndexMap<String, Binding>,
    /// What talks to what.
    #[serde(default)]
    #[schemars(schema_with = "block::<Connection>")]
    pub connections: IndexMap<String, Connection>,
    /// What was tried for real.
    #[serde(default)]
    #[schemars(schema_with = "block::<Exercise>")]
    pub exercises: IndexMap<String, Exercise>,
    /// What was decided.
    #[serde(default)]
    #[schemars(schema_with = "block::<Decision>")]
    pub decisions: IndexMap<String, Decision>,
    /// What is known to threaten it.
    #[serde(default)]
    #[schemars(schema_with = "block::<Risk>")]
    pub risks: IndexMap<String, Risk>,
    /// What is accepted for a time.
    #[serde(default)]
    #[schemars(schema_with = "block::<Waiver>")]
    pub waivers: IndexMap<String, Waiver>,
    /// How its topology is drawn, where that is to stay as it is.
    #[serde(default)]
    #[schemars(schema_with = "pins")]
    pub drawing: IndexMap<String, Pin>,
}

fn bindings(generator: &mut SchemaGenerator) -> Schema {
    let (value, name) = (generator.subschema_for::<Binding>(), generator.subschema_for::<ComponentName>());
    json_schema!({"type": "object", "additionalProperties": value, "propertyNames": name})
}

/// Where what runs is written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// A file of the workspace, or a folder of it with all below: Kubernetes objects, a Compose file, an Ankaios state.
    pub from: String,
    /// The workload or the service in it, where it is not called as the component is.
    pub object: Option<String>,
}

fn pins(generator: &mut SchemaGenerator) -> Schema {
    let (value, name) = (generator.subschema_for::<Pin>(), generator.subschema_for::<FrameName>());
    json_schema!({"type": "object", "additionalProperties": value, "propertyNames": name})
}

fn block<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    let value = generator.subschema_for::<T>();
    let name = generator.subschema_for::<Name>();
    json_schema!({"type": "object", "additionalProperties": value, "propertyNames": name})
}

/// The document kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DesignKind {
    /// A design.
    Design,
}

/// Where a design stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Put forward.
    Proposed,
    /// Accepted, not built.
    Accepted,
    /// In production.
    Running,
    /// No longer in use.
    Retired,
}
