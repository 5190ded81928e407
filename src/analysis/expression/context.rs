//! What a condition can name, and what that is for one component.
//!
//! The fields are those of the schema, so that a key that is added to the language can be named in
//! a condition at once; their values are read from the tree, in base units where they measure.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use crate::analysis::kernel::shared_kernel;
use crate::analysis::rule::{Words, words as said_words};
use crate::analysis::view::{Home, View};
use crate::design::kinds;
use crate::design::model::component::{Component, Workload};
use crate::design::model::organisation::SegmentKind;
use crate::design::quantity::{self, MEASURES};
use crate::design::reading::shape::{Scalar, Shape, Shapes};
use crate::source::{Kind, Node};

/// What a condition can name beside the component's own keys, and what each means.
pub static SURROUNDINGS: &[(&str, Words)] = &[
    ("name", said_words("the component’s name", "le nom du composant")),
    (
        "host_kernel",
        said_words(
            "the kernel that containers share where it runs",
            "le noyau que partagent les conteneurs là où il tourne",
        ),
    ),
    (
        "segment_kind",
        said_words(
            "the kind of the segment it stands in; `none` for a plain one",
            "le type du segment où il se trouve ; `none` s’il n’en a pas",
        ),
    ),
    (
        "cluster_nodes",
        said_words(
            "how many nodes its cluster has; 0 outside Kubernetes",
            "combien de nœuds a son cluster ; 0 hors de Kubernetes",
        ),
    ),
    ("needed", said_words("whether some function stops without it", "si une fonction s’arrête sans lui")),
    ("context", said_words("the design’s context", "le contexte du design")),
];

/// The facts of one component, by name.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    values: BTreeMap<String, Value>,
    /// The addresses that they were read from, by name.
    pub addresses: BTreeMap<String, String>,
}

impl Facts {
    /// Every fact that is stated or follows.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.values.iter()
    }

    /// One fact.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    fn follows(&mut self, name: &str, value: impl Into<Value>, address: String) {
        self.values.insert(name.to_owned(), value.into());
        self.addresses.insert(name.to_owned(), address);
    }
}

fn shapes() -> Option<&'static Shapes> {
    kinds::kind("design").map(|kind| &kind.shapes)
}

fn shape(steps: &[&str]) -> Option<&'static Shape> {
    shapes()?.at(["components", "_"].into_iter().chain(steps.iter().copied()))
}

/// The keys under a path within a component.
pub fn fields(steps: &[&str]) -> Vec<String> {
    let map = shape(steps).and_then(|shape| shape.map.as_ref());
    map.map(|map| map.fields.keys().cloned().collect()).unwrap_or_default()
}

/// Everything that a condition can begin with.
pub(super) fn names() -> Vec<String> {
    let mut names = fields(&[]);
    names.extend(SURROUNDINGS.iter().map(|(name, _)| (*name).to_owned()));
    names
}

/// Whether a path can be named in a condition.
pub(super) fn known(steps: &[&str]) -> bool {
    match steps {
        [] => true,
        [name] if SURROUNDINGS.iter().any(|(other, _)| other == name) => true,
        // A fact with its evidence is named by its value alone.
        [before @ .., _] => {
            shape(before).is_some_and(|shape| !shape.atomic || shape.scalar.is_none()) && shape(steps).is_some()
        }
    }
}

/// The words that a field can be, where it is a word.
pub(super) fn words(steps: &[&str]) -> Option<Vec<String>> {
    if *steps == ["segment_kind"] {
        let mut words = words_of(shapes()?.at(["segments", "_", "kind"])?)?;
        words.push("none".to_owned());
        return Some(words);
    }
    if *steps == ["context"] {
        return words_of(shapes()?.at(["context"])?);
    }
    let mut words = words_of(shape(steps)?)?;
    if *steps == ["workload"] {
        words.push("none".to_owned());
    }
    Some(words)
}

fn words_of(shape: &Shape) -> Option<Vec<String>> {
    match &shape.scalar {
        Some(Scalar::Word(words)) => Some(words.clone()),
        _ => None,
    }
}

/// The facts of a component: what it states, and what follows from what runs it.
pub fn facts(view: &View<'_>, name: &str, component: &Component) -> Facts {
    let mut facts = Facts::default();
    let path = view.path(&format!("components.{name}"));
    if let Some(node) = view.workspace.designs.get(view.name).and_then(|doc| doc.root.at(["components", name])) {
        for entry in node.entries() {
            if let Some(value) = shape(&[&entry.key]).and_then(|shape| value(&entry.value, shape)) {
                facts.follows(&entry.key, value, format!("{path}.{}", entry.key));
            }
        }
    }
    facts.follows("name", name, path.clone());
    facts.follows("context", view.design.context.word(), view.path("context"));
    facts.follows("needed", view.is_needed(name), view.path("functions"));
    let home = view.home(component);
    if let Home::Cluster(cluster_name, cluster) = home {
        facts.follows(
            "cluster_nodes",
            view.nodes(cluster).len(),
            view.path(&format!("clusters.{cluster_name}.workers")),
        );
        if component.workload.is_none() {
            let workload = match view.workload(component) {
                Workload::Deployment => "deployment",
                Workload::StatefulSet => "stateful-set",
                Workload::DaemonSet => "daemon-set",
                Workload::Job => "job",
            };
            facts.follows("workload", workload, path.clone());
        }
    } else if component.runs_on.is_some() {
        facts.follows("cluster_nodes", 0, format!("{path}.runs_on"));
        facts.follows("workload", "none", format!("{path}.runs_on"));
    }
    if !matches!(home, Home::ThirdParty(..) | Home::Nowhere) {
        let address = facts.addresses.get("replicas").cloned().unwrap_or_else(|| path.clone());
        facts.follows("replicas", view.wanted(component), address);
    }
    // What has an image is in a container already.
    if component.containerizable.is_none() && component.image.is_some() {
        facts.follows("containerizable", true, format!("{path}.image"));
    }
    if let Some((kernel, address)) = shared_kernel(view, &home) {
        facts.follows("host_kernel", kernel, address);
    }
    if let Some(segment_name) = view.segment(component)
        && let Some(segment) = view.design.segments.get(segment_name)
    {
        let kind = match segment.kind {
            Some(SegmentKind::Dmz) => "dmz",
            None => "none",
        };
        facts.follows("segment_kind", kind, view.path(&format!("segments.{segment_name}")));
    }
    facts
}

/// A node as CEL sees it: numbers in base units, words as texts, a fact as its value alone.
fn value(node: &Node, shape: &Shape) -> Option<Value> {
    let shapes = shapes()?;
    match &node.kind {
        Kind::Scalar { text, .. } => scalar(text, shape.scalar.as_ref()?),
        Kind::List(items) => {
            let item = shapes.get(shape.list?);
            Some(Value::Array(items.iter().filter_map(|node| value(node, item)).collect()))
        }
        Kind::Map(entries) => {
            if shape.atomic && shape.scalar.is_some() {
                return value(node.get("value")?, shape);
            }
            let map = shape.map.as_ref()?;
            let mut out = Map::new();
            for entry in entries {
                let inner = map.fields.get(&entry.key).map(|field| field.shape).or(map.named)?;
                if let Some(value) = value(&entry.value, shapes.get(inner)) {
                    out.insert(entry.key.clone(), value);
                }
            }
            Some(Value::Object(out))
        }
    }
}

fn scalar(text: &str, scalar: &Scalar) -> Option<Value> {
    match scalar {
        Scalar::Integer { .. } => text.parse::<i64>().ok().map(Value::from),
        Scalar::Number => text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        Scalar::Bool => text.parse::<bool>().ok().map(Value::Bool),
        Scalar::Quantity(id) => match MEASURES.into_iter().find(|measure| measure.id == id) {
            Some(measure) => {
                let (number, unit) = quantity::read(measure, text).ok()?;
                Number::from_f64(number * unit.map_or(1.0, |unit| unit.factor)).map(Value::Number)
            }
            // Dates and versions are compared as they are written.
            None => Some(Value::from(text)),
        },
        Scalar::Text | Scalar::Name | Scalar::Word(_) => Some(Value::from(text)),
    }
}
