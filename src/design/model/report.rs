//! A report's front matter, and the fences that place figures in its narrative.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use super::config::LangWord;
use super::names::Name;
use super::observation::Observation;
use crate::design::quantity::Duration;
use crate::design::text::Text;

/// The front matter of a report.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportMatter {
    /// Always `report`.
    pub kind: ReportKind,
    /// The title.
    pub title: Text,
    /// The course, subject or project it belongs to, under the title.
    pub course: Option<String>,
    /// Who wrote it, in the order in which they are named: under the title, and in the properties of files.
    #[serde(default)]
    pub authors: Vec<String>,
    /// The language of the narrative.
    pub lang: Option<LangWord>,
}

/// The document kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    /// A report.
    Report,
}

/// A fenced block with the info string `epure`: one figure and what it shows.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-exactly-one" = ["table", "diagram", "chart", "timeline", "findings"]))]
pub struct Fence {
    /// A table: a comparison's name, or one of the built-in tables with `of:`.
    pub table: Option<String>,
    /// A diagram: `stack` or `topology`, with `of:`.
    pub diagram: Option<String>,
    /// A chart, with `of:`.
    pub chart: Option<String>,
    /// A timeline of a scenario, by its name.
    pub timeline: Option<String>,
    /// The findings of a design, by its name.
    pub findings: Option<String>,
    /// What the figure is of: one name or several.
    pub of: Option<Names>,
    /// By which comparison's preferences advice is given.
    pub by: Option<Name>,
    /// Only the rows that differ between subjects.
    pub only: Option<Only>,
    /// Only findings of these rules.
    pub rules: Option<Names>,
    /// Only findings of this family.
    pub family: Option<String>,
    /// The moment that a picture of a scenario shows, counted from the failure; the worst one where it does not say.
    pub at: Option<Duration>,
    /// What the author predicted, by the name of a step: drawn beside what is worked out.
    #[serde(default)]
    #[schemars(schema_with = "predictions")]
    pub predicted: IndexMap<String, Duration>,
    /// What was observed: drawn beside what is worked out, and each difference named.
    pub observed: Option<Observation>,
}

fn predictions(generator: &mut SchemaGenerator) -> Schema {
    let duration = generator.subschema_for::<Duration>();
    json_schema!({"type": "object", "additionalProperties": duration})
}

/// Which rows of a comparison to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Only {
    /// Rows whose values differ.
    Differences,
}

/// One name, or several.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Names(pub Vec<String>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Names, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Names;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a name or a list of names")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Names, E> {
                Ok(Names(vec![text.to_owned()]))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Names, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = items.next_element()? {
                    names.push(name);
                }
                Ok(Names(names))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Names {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "names".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "array"], "items": {"type": "string"}})
    }
}
