//! What a lab expects of a submission.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use super::names::ScenarioName;

/// A lab: a workspace that is handed out and handed in.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lab {
    /// What a complete submission has; whatever is missing is a finding.
    #[serde(default)]
    pub expects: Expects,
}

/// What a complete submission has.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expects {
    /// Sections of the reports by their headings, each with text of its own beneath. What stands in a
    /// quotation is the question and does not count.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Figures that the reports place, as a fence names them: `timeline: delete-a-pod`.
    #[serde(default)]
    pub figures: Vec<String>,
    /// Scenarios of which a report predicts the course before it is tried.
    #[serde(default)]
    pub predicted: Vec<ScenarioName>,
    /// Scenarios of which a report shows what was observed.
    #[serde(default)]
    pub observed: Vec<ScenarioName>,
    /// Rules that must pass wherever they apply.
    #[serde(default)]
    pub rules: Vec<String>,
}

/// A section that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading, or how it starts.
    pub title: String,
    /// The fewest words beneath it.
    pub words: u32,
}

/// The fewest words of a section that does not say how many: a few sentences.
const WORDS: u32 = 20;

impl<'de> Deserialize<'de> for Section {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Section, D::Error> {
        #[derive(Deserialize)]
        struct Long {
            title: String,
            words: Option<u32>,
        }
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Section;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a heading, or a mapping with `title`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Section, E> {
                Ok(Section { title: text.to_owned(), words: WORDS })
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Section, A::Error> {
                let Long { title, words } = Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Section { title, words: words.unwrap_or(WORDS) })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Section {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "section".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A section by its heading, or by how its heading starts; with at least 20 words, unless it says how many.",
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {
                        "title": {"type": "string", "description": "The heading, or how it starts."},
                        "words": {"type": "integer", "minimum": 1, "description": "The fewest words of the author's own beneath it."},
                    },
                    "required": ["title"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
