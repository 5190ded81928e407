//! `epure.yaml`: what holds for the whole workspace.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::lab::Lab;
use super::names::Name;
use super::organisation::Waiver;
use crate::design::text::{Text, When};
use crate::source::Lang;

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
}

fn waivers(generator: &mut SchemaGenerator) -> Schema {
    let name = generator.subschema_for::<Name>();
    let waiver = generator.subschema_for::<Waiver>();
    json_schema!({"type": "object", "additionalProperties": waiver, "propertyNames": name})
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
