//! `kind: comparison`: subjects held against criteria, and when which is preferred.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use super::names::{Name, SubjectName};
use crate::design::quantity::Share;
use crate::design::text::{Text, When};

/// N stacks or designs against criteria.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Always `comparison`.
    pub kind: ComparisonKind,
    /// The comparison's name.
    pub name: Name,
    /// The title, in one language or in several.
    pub title: Option<Text>,
    /// What is compared: stacks or designs. Add a name, get a column.
    #[schemars(length(min = 1))]
    pub subjects: Vec<SubjectName>,
    /// What is assumed where stacks are compared.
    pub assume: Option<Assume>,
    /// How far apart the first two have to be for a clear winner, as a share of all weight; 5 % where it does not say.
    pub margin: Option<Share>,
    /// The criteria, in the order of the rows.
    pub criteria: Vec<Criterion>,
    /// When which subject is preferred.
    #[serde(default)]
    #[schemars(schema_with = "preferences")]
    pub prefer: IndexMap<String, Vec<Preference>>,
}

fn preferences(generator: &mut SchemaGenerator) -> Schema {
    let item = generator.subschema_for::<Preference>();
    let name = generator.subschema_for::<SubjectName>();
    json_schema!({"type": "object", "additionalProperties": {"type": "array", "items": item}, "propertyNames": name})
}

/// The document kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ComparisonKind {
    /// A comparison.
    Comparison,
}

/// How many applications on how many machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assume {
    /// Applications.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub applications: u32,
    /// Physical machines.
    #[schemars(range(min = 1, max = 100_000))]
    pub hosts: u32,
}

impl Default for Assume {
    /// Ten applications on two hosts: small enough to picture, large enough that sharing shows.
    fn default() -> Assume {
        Assume { applications: 10, hosts: 2 }
    }
}

/// A criterion: the name of a built-in measure, or a mapping that says more.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// A built-in measure, worked out.
    pub measure: Option<String>,
    /// A typed-in fact of the stacks.
    pub fact: Option<String>,
    /// A criterion of the author's own.
    pub name: Option<String>,
    /// Its title, where it is the author's own or should be called otherwise.
    pub title: Option<Text>,
    /// Its weight in the decision; 1 where it is not said.
    pub weight: Option<f64>,
    /// Which direction is better.
    pub better: Option<Better>,
    /// The words of the scale from worst to best.
    pub scale: Vec<String>,
    /// The author's own values, by subject.
    pub values: IndexMap<String, String>,
    /// Where the values come from.
    pub source: Option<Text>,
    /// When they were said.
    pub as_of: Option<When>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-exactly-one" = ["measure", "fact", "name"]))]
struct CriterionFields {
    /// A built-in measure, worked out.
    measure: Option<String>,
    /// A typed-in fact of the stacks.
    fact: Option<Name>,
    /// A criterion of the author's own.
    name: Option<Name>,
    /// Its title, in one language or in several.
    title: Option<Text>,
    /// Its weight in the decision; 1 where it is not said.
    #[schemars(range(min = 0))]
    weight: Option<f64>,
    /// Which direction is better.
    better: Option<Better>,
    /// The words of the scale from worst to best.
    #[serde(default)]
    scale: Vec<String>,
    /// The author's own values, by subject.
    #[serde(default)]
    #[schemars(schema_with = "values_by_subject")]
    values: IndexMap<String, String>,
    /// Where the values come from.
    source: Option<Text>,
    /// When they were said.
    as_of: Option<When>,
}

fn values_by_subject(generator: &mut SchemaGenerator) -> Schema {
    let name = generator.subschema_for::<SubjectName>();
    json_schema!({"type": "object", "additionalProperties": {"type": "string"}, "propertyNames": name})
}

impl Criterion {
    /// What the criterion is called in a path: its measure, fact or name.
    pub fn id(&self) -> &str {
        self.measure.as_deref().or(self.fact.as_deref()).or(self.name.as_deref()).unwrap_or("?")
    }
}

impl<'de> Deserialize<'de> for Criterion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Criterion, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Criterion;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a measure's name, or a mapping")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Criterion, E> {
                Ok(Criterion {
                    measure: Some(text.to_owned()),
                    fact: None,
                    name: None,
                    title: None,
                    weight: None,
                    better: None,
                    scale: Vec::new(),
                    values: IndexMap::new(),
                    source: None,
                    as_of: None,
                })
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Criterion, A::Error> {
                let fields = CriterionFields::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Criterion {
                    measure: fields.measure,
                    fact: fields.fact.map(|name| name.0),
                    name: fields.name.map(|name| name.0),
                    title: fields.title,
                    weight: fields.weight,
                    better: fields.better,
                    scale: fields.scale,
                    values: fields.values,
                    source: fields.source,
                    as_of: fields.as_of,
                })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Criterion {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "criterion".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields = generator.subschema_for::<CriterionFields>();
        json_schema!({"anyOf": [{"type": "string", "description": "A built-in measure, worked out."}, fields]})
    }
}

/// Which direction is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: it is shown and not ranked.
    None,
}

/// A condition under which a subject is preferred.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// A CEL expression over a component and its surroundings.
    pub when: String,
    /// Why, in one language or in several.
    pub because: Text,
    /// Who says so.
    pub source: Option<String>,
}
