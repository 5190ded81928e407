//! `epure.yaml`: what holds for the whole workspace.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::lab::Lab;
use super::names::Name;
use super::organisation::Waiver;
use crate::design::text::{Text, When};
use crate::source::{Lang, Severity};

/// The workspace.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The version of the language that the documents are written in.
    #[schemars(range(min = 1, max = 1))]
    pub epure: u32,
    /// The title of the whole.
    pub title: Option<Text>,
    /// The languages that reports are written in; messages come in the first.
    #[serde(default)]
    pub languages: Vec<LangWord>,
    /// The day on which ages and expiries are judged.
    pub as_of: Option<When>,
    /// The contexts whose rules are used.
    #[serde(default)]
    pub contexts: Vec<Context>,
    /// Who patches, operates and owns: declared once, named everywhere.
    #[serde(default)]
    #[schemars(schema_with = "teams")]
    pub teams: IndexMap<String, Text>,
    /// What is accepted for a time, anywhere in the workspace: a target is an address or the path of a file.
    #[serde(default)]
    #[schemars(schema_with = "waivers")]
    pub waivers: IndexMap<String, Waiver>,
    /// Where the workspace is a lab's: what a complete submission has.
    pub lab: Option<Lab>,
    /// Another position on a rule about which opinions differ, by the rule's code.
    #[serde(default)]
    #[schemars(schema_with = "positions")]
    pub rules: IndexMap<String, Position>,
}

fn waivers(generator: &mut SchemaGenerator) -> Schema {
    let name = generator.subschema_for::<Name>();
    let waiver = generator.subschema_for::<Waiver>();
    json_schema!({"type": "object", "additionalProperties": waiver, "propertyNames": name})
}

fn positions(generator: &mut SchemaGenerator) -> Schema {
    let value = generator.subschema_for::<Position>();
    json_schema!({"type": "object", "additionalProperties": value})
}

/// A position on a rule.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Position {
    /// Of what the rule is asked.
    pub ask: Option<Ask>,
    /// How many are enough, where the rule counts.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub at_least: Option<u32>,
    /// How much a finding of it matters.
    pub severity: Option<SeverityWord>,
}

/// Of what a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// Of nothing.
    Never,
    /// Of that to which its reason applies.
    WhereItMatters,
    /// Of everything, as stricter checkers do.
    Always,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityWord {
    /// Wrong, or a loss of service or data waiting to happen.
    Error,
    /// To be mended or accepted in writing.
    Warning,
    /// Worth knowing.
    Note,
}

impl SeverityWord {
    /// The severity.
    pub fn severity(self) -> Severity {
        match self {
            SeverityWord::Error => Severity::Error,
            SeverityWord::Warning => Severity::Warning,
            SeverityWord::Note => Severity::Note,
        }
    }
}

fn teams(generator: &mut SchemaGenerator) -> Schema {
    let name = generator.subschema_for::<Name>();
    let text = generator.subschema_for::<Text>();
    json_schema!({"type": "object", "additionalProperties": text, "propertyNames": name})
}

/// A language's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LangWord {
    /// English.
    En,
    /// French.
    Fr,
}

impl LangWord {
    /// The language.
    pub fn lang(self) -> Lang {
        match self {
            LangWord::En => Lang::En,
            LangWord::Fr => Lang::Fr,
        }
    }
}

/// What kind of world a design lives in: a profile of rules and defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// Production in a cloud or a datacentre.
    Cloud,
    /// A vehicle.
    Automotive,
    /// A financial institution.
    Finance,
    /// A lab, where a design teaches and promises little.
    Lab,
}

impl Context {
    /// The word as it is written.
    pub fn word(self) -> &'static str {
        match self {
            Context::Cloud => "cloud",
            Context::Automotive => "automotive",
            Context::Finance => "finance",
            Context::Lab => "lab",
        }
    }
}
