//! `epure.yaml`: what holds for the whole workspace.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::lab::Lab;
use super::names::{ContextName, Name};
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
    /// Contexts of the workspace's own: each is another one with other positions on rules.
    #[serde(default)]
    #[schemars(schema_with = "profiles")]
    pub profiles: IndexMap<String, Profile>,
    /// Another position on a rule about which opinions differ, by the rule's code.
    #[serde(default)]
    #[schemars(schema_with = "positions")]
    pub rules: IndexMap<String, Position>,
    /// Where the site will be found, such as `https://example.org/designs/`: for its sitemap and for what search engines are told.
    pub base_url: Option<String>,
    /// Where a file of the workspace is edited, with `{path}` in the place of its path: `https://example.org/edit/main/{path}`.
    pub edit_url: Option<String>,
    /// Old names of documents and reports, and what each is called now: the old addresses of their pages lead to the new ones.
    #[serde(default)]
    pub redirects: IndexMap<String, String>,
    /// How the site looks.
    #[serde(default)]
    pub theme: Theme,
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

fn profiles(generator: &mut SchemaGenerator) -> Schema {
    let name = generator.subschema_for::<Name>();
    let profile = generator.subschema_for::<Profile>();
    json_schema!({"type": "object", "additionalProperties": profile, "propertyNames": name})
}

/// A context of the workspace's own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The context that it is a variant of: one of épure's, or another of the workspace's.
    #[schemars(with = "ContextName")]
    pub extends: Option<ContextName>,
    /// Its positions on rules, by their codes; they go before those of what it extends.
    #[serde(default)]
    #[schemars(schema_with = "positions")]
    pub rules: IndexMap<String, Position>,
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

/// How the site looks, where it is not as épure makes it. A template is replaced as a whole by a file
/// of its name in the folder `theme`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// An image of the workspace at the head of every page: its path.
    pub logo: Option<String>,
    /// A WOFF2 file of the workspace in which the text of pages is set; drawings keep the font that they were measured in.
    pub font: Option<String>,
    /// Colours by name (`accent`, `paper`, `ink`), on the white sheet and on the blueprint.
    #[serde(default)]
    pub colours: IndexMap<String, Shades>,
}

/// A colour on the white sheet and on the blueprint.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shades {
    /// On the white sheet, as `#1d4ed8`.
    pub light: String,
    /// On the blueprint, as `#8db8ff`.
    pub dark: String,
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
    /// Every context, in the order in which they are listed.
    pub const ALL: [Context; 4] = [Context::Cloud, Context::Automotive, Context::Finance, Context::Lab];

    /// The context that is written with a word.
    pub fn of(word: &str) -> Option<Context> {
        Context::ALL.into_iter().find(|context| context.word() == word)
    }

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
