//! Where a report says what was observed of a failure.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

/// What was observed: a file of the workspace or the text itself, and how its times and names are meant.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observation {
    /// The path of a file within the workspace; or the evidence itself, a text of several lines.
    pub from: String,
    /// The moment of the failure, written as the evidence writes its times.
    pub since: Option<String>,
    /// Which machine of the design each node of the cluster is.
    pub nodes: IndexMap<String, String>,
}

impl Observation {
    /// The path, unless the evidence itself is given.
    pub fn path(&self) -> Option<&str> {
        (!self.from.contains('\n')).then(|| self.from.trim())
    }
}

impl<'de> Deserialize<'de> for Observation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Observation, D::Error> {
        #[derive(Deserialize)]
        struct Long {
            from: String,
            since: Option<String>,
            #[serde(default)]
            nodes: IndexMap<String, String>,
        }
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Observation;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a path, a text, or a mapping with `from`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Observation, E> {
                Ok(Observation { from: text.to_owned(), ..Observation::default() })
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Observation, A::Error> {
                let Long { from, since, nodes } = Long::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Observation { from, since, nodes })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Observation {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "observation".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What was observed: the path of a file within the workspace, or the evidence itself as a text of several lines.",
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {
                        "from": {
                            "type": "string",
                            "description": "The path of a file within the workspace, or the evidence itself as a text of several lines.",
                        },
                        "since": {
                            "type": "string",
                            "description": "The moment of the failure, written as the evidence writes its times: `2026-11-26T11:35:06Z`. Without it times count from the first sign of the failure.",
                        },
                        "nodes": {
                            "type": "object",
                            "additionalProperties": {"type": "string"},
                            "description": "Which machine of the design each node of the cluster is: `ip-10-0-1-7: workers-1`. Others are taken in the order in which they appear.",
                        },
                    },
                    "required": ["from"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
