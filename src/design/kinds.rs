//! The document kinds: each one's word, schema and shapes, made once per process.

use std::sync::LazyLock;

use serde_json::Value;

use super::model::{Comparison, Config, Design, Policy, ReportMatter, Scenario, Stack, report::Fence};
use super::reading::schema::{schema_of, spell_out};
use super::reading::shape::Shapes;

/// The version of the language that this program reads.
pub const LANGUAGE: u32 = 1;

/// A kind of document.
#[derive(Debug)]
pub struct DocumentKind {
    /// The word after `kind:`; `epure` for `epure.yaml`, which has none.
    pub word: &'static str,
    /// The schema as it is derived from the types.
    derived: Value,
    /// The same as the check walks it.
    pub shapes: Shapes,
}

impl DocumentKind {
    fn new(word: &'static str, derived: Value) -> DocumentKind {
        let shapes = Shapes::new(&derived);
        DocumentKind { word, derived, shapes }
    }

    /// The published schema. It is spelt out where it is asked for: no check needs it.
    pub fn schema(&self) -> Value {
        let mut schema = self.derived.clone();
        spell_out(&mut schema);
        if let Some(object) = schema.as_object_mut() {
            object.insert("title".into(), format!("épure {}, language {LANGUAGE}", self.word).into());
        }
        schema
    }
}

/// Makes the kinds that most workspaces hold, the largest first. Deriving them takes as long as reading
/// a workspace's files, so that a second thread does it meanwhile.
pub(super) fn prepare() {
    for kind in [&DESIGN, &STACK, &SCENARIO, &COMPARISON] {
        LazyLock::force(kind);
    }
}

static CONFIG: LazyLock<DocumentKind> = LazyLock::new(|| DocumentKind::new("epure", schema_of::<Config>()));
static STACK: LazyLock<DocumentKind> = LazyLock::new(|| DocumentKind::new("stack", schema_of::<Stack>()));
static DESIGN: LazyLock<DocumentKind> = LazyLock::new(|| DocumentKind::new("design", schema_of::<Design>()));
static COMPARISON: LazyLock<DocumentKind> =
    LazyLock::new(|| DocumentKind::new("comparison", schema_of::<Comparison>()));
static SCENARIO: LazyLock<DocumentKind> = LazyLock::new(|| DocumentKind::new("scenario", schema_of::<Scenario>()));
static POLICY: LazyLock<DocumentKind> = LazyLock::new(|| DocumentKind::new("policy", schema_of::<Policy>()));
static REPORT: LazyLock<DocumentKind> = LazyLock::new(|| DocumentKind::new("report", schema_of::<ReportMatter>()));
static FENCE: LazyLock<DocumentKind> = LazyLock::new(|| DocumentKind::new("fence", schema_of::<Fence>()));

/// The words of the documents that a workspace holds, in the order in which they are listed.
pub const WORDS: [&str; 6] = ["stack", "design", "comparison", "scenario", "policy", "report"];

/// A kind by its word; `epure` is the workspace's own file, `fence` a figure in a report.
pub fn kind(word: &str) -> Option<&'static DocumentKind> {
    Some(match word {
        "epure" => &CONFIG,
        "stack" => &STACK,
        "design" => &DESIGN,
        "comparison" => &COMPARISON,
        "scenario" => &SCENARIO,
        "policy" => &POLICY,
        "report" => &REPORT,
        "fence" => &FENCE,
        _ => return None,
    })
}

/// One schema for editors, that chooses by `kind`.
pub fn published() -> Value {
    let mut definitions = serde_json::Map::new();
    let mut cases = Vec::new();
    for word in ["stack", "design", "comparison", "scenario", "policy"] {
        let Some(kind) = kind(word) else { continue };
        let mut schema = kind.schema();
        if let Some(object) = schema.as_object_mut() {
            object.shift_remove("$schema");
            if let Some(Value::Object(defs)) = object.shift_remove("$defs") {
                definitions.extend(defs);
            }
            if word == "design" {
                // A variant says only what differs from the design it extends.
                object.shift_remove("required");
                object.insert("required".into(), serde_json::json!(["kind", "name"]));
            }
        }
        definitions.insert(word.to_owned(), schema);
        cases.push(serde_json::json!({
            "if": {"properties": {"kind": {"const": word}}, "required": ["kind"]},
            "then": {"$ref": format!("#/$defs/{word}")},
        }));
    }
    let mut config = CONFIG.schema();
    if let Some(object) = config.as_object_mut() {
        object.shift_remove("$schema");
        if let Some(Value::Object(defs)) = object.shift_remove("$defs") {
            definitions.extend(defs);
        }
    }
    definitions.insert("epure".to_owned(), config);
    cases.push(serde_json::json!({"if": {"required": ["epure"]}, "then": {"$ref": "#/$defs/epure"}}));
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("épure documents, language {LANGUAGE}"),
        "type": "object",
        "anyOf": [{"required": ["kind"]}, {"required": ["epure"]}],
        "properties": {"kind": {"enum": ["stack", "design", "comparison", "scenario", "policy"]}},
        "allOf": cases,
        "$defs": definitions,
    })
}
