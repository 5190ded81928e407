//! What a condition can name, and what that is for one component.
//!
//! The fields are those of the schema, so that a key that is added to the language can be named in
//! a condition at once; their values are read from the tree, in base units where they measure.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use crate::analysis::kernel::shared_kernel;
use crate::analysis::rule::{Words, words as said_words};
use crate::analysis::vehicle::asil_of;
use crate::analysis::view::{Home, View};
use crate::design::kinds;
use crate::design::model::component::{Component, Workload};
use crate::design::model::config::Context;
use crate::design::model::organisation::SegmentKind;
use crate::design::model::place::Cluster;
use crate::design::model::policy::Over;
use crate::design::model::stack::{Layer, LayerKind};
use crate::design::quantity::{self, MEASURES};
use crate::design::reading::shape::{Scalar, Shape, Shapes};
use crate::source::{Entry, Kind, Node};

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
    (
        "runs_in",
        said_words(
            "what kind of place it runs in: `cluster`, `hosts`, `partition`, `third-party`",
            "dans quelle sorte de lieu il tourne : `cluster`, `hosts`, `partition`, `third-party`",
        ),
    ),
    (
        "nodes_are_vms",
        said_words(
            "whether the nodes of its cluster are virtual machines",
            "si les nœuds de son cluster sont des machines virtuelles",
        ),
    ),
    ("packaged", said_words("whether it is delivered as a container image", "s’il est livré comme image de conteneur")),
    (
        "asil",
        said_words(
            "its integrity level, its own or its partition’s; `none` where there is none",
            "son niveau d’intégrité, le sien ou celui de sa partition ; `none` s’il n’y en a pas",
        ),
    ),
];

/// The words of `runs_in`.
const PLACES: [&str; 4] = ["cluster", "hosts", "partition", "third-party"];
/// The words of `asil`.
const ASILS: [&str; 6] = ["none", "QM", "A", "B", "C", "D"];

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

    /// Sets one fact otherwise, or takes it away.
    pub fn set(&mut self, name: &str, value: Option<Value>) {
        match value {
            Some(value) => drop(self.values.insert(name.to_owned(), value)),
            None => drop(self.values.remove(name)),
        }
    }

    fn follows(&mut self, name: &str, value: impl Into<Value>, address: String) {
        self.values.insert(name.to_owned(), value.into());
        self.addresses.insert(name.to_owned(), address);
    }
}

fn shapes() -> Option<&'static Shapes> {
    kinds::kind("design").map(|kind| &kind.shapes)
}

/// The shape at a path within an entry of a block of a design.
fn shape(over: Over, steps: &[&str]) -> Option<&'static Shape> {
    shapes()?.at([over.block(), "_"].into_iter().chain(steps.iter().copied()))
}

/// What follows from the surroundings of an entry, by name: all of it of a component, its name and the
/// design's context of anything else.
fn surroundings(over: Over) -> impl Iterator<Item = &'static str> {
    let all = over == Over::Components;
    SURROUNDINGS.iter().map(|(name, _)| *name).filter(move |name| all || matches!(*name, "name" | "context"))
}

/// The keys under a path within an entry of a block.
pub fn fields(over: Over, steps: &[&str]) -> Vec<String> {
    let map = shape(over, steps).and_then(|shape| shape.map.as_ref());
    map.map(|map| map.fields.keys().cloned().collect()).unwrap_or_default()
}

/// Everything that a condition can begin with.
pub(super) fn names(over: Over) -> Vec<String> {
    let mut names = fields(over, &[]);
    names.extend(surroundings(over).map(str::to_owned));
    names
}

/// Whether a path can be named in a condition.
pub(super) fn known(over: Over, steps: &[&str]) -> bool {
    match steps {
        [] => true,
        [name] if surroundings(over).any(|other| other == *name) => true,
        // A fact with its evidence is named by its value alone.
        [before @ .., _] => {
            shape(over, before).is_some_and(|shape| !shape.atomic || shape.scalar.is_none())
                && shape(over, steps).is_some()
        }
    }
}

/// The words that a field of a component can be, where it is a word.
pub fn words(steps: &[&str]) -> Option<Vec<String>> {
    words_over(Over::Components, steps)
}

/// The words that a field can be, where it is a word.
pub(super) fn words_over(over: Over, steps: &[&str]) -> Option<Vec<String>> {
    if *steps == ["context"] {
        // A profile of the workspace is judged as the context that it comes down to.
        return Some(Context::ALL.map(|context| context.word().to_owned()).to_vec());
    }
    if over != Over::Components {
        return words_of(shape(over, steps)?);
    }
    if *steps == ["segment_kind"] {
        let mut words = words_of(shapes()?.at(["segments", "_", "kind"])?)?;
        words.push("none".to_owned());
        return Some(words);
    }
    let list = |words: &[&str]| Some(words.iter().map(|word| (*word).to_owned()).collect());
    match steps {
        ["runs_in"] => return list(&PLACES),
        ["asil"] => return list(&ASILS),
        _ => {}
    }
    let mut words = words_of(shape(over, steps)?)?;
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
            if let Some(value) = shape(Over::Components, &[&entry.key]).and_then(|shape| value(&entry.value, shape)) {
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
    // What has an image, or runs as a pod, is in a container already.
    let in_cluster = matches!(home, Home::Cluster(..));
    let image = if component.image.is_some() { "image" } else { "runs_on" };
    if component.containerizable.is_none() && (component.image.is_some() || in_cluster) {
        facts.follows("containerizable", true, format!("{path}.{image}"));
    }
    if component.image.is_some() || component.runs_on.is_some() {
        facts.follows("packaged", component.image.is_some() || in_cluster, format!("{path}.{image}"));
    }
    let place = match home {
        Home::Cluster(..) => Some("cluster"),
        Home::Hosts(..) => Some("hosts"),
        Home::Partition(..) => Some("partition"),
        Home::ThirdParty(..) => Some("third-party"),
        Home::Nowhere => None,
    };
    if let Some(place) = place {
        facts.follows("runs_in", place, format!("{path}.runs_on"));
    }
    if let Home::Cluster(_, cluster) = home
        && let Some((vms, address)) = nodes_are_vms(view, cluster)
    {
        facts.follows("nodes_are_vms", vms, address);
    }
    let (asil, address) = asil_of(view, name, component)
        .map_or(("none", format!("components.{name}")), |(level, address)| (level.word(), address));
    facts.follows("asil", asil, view.path(&address));
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

/// The facts of an entry of any block: what it states, its name and the design's context; of a
/// component also what follows from what runs it.
pub fn facts_of(view: &View<'_>, over: Over, name: &str) -> Facts {
    if over == Over::Components
        && let Some(component) = view.design.components.get(name)
    {
        return facts(view, name, component);
    }
    let path = view.path(&format!("{}.{name}", over.block()));
    let mut facts = Facts::default();
    if let Some(node) = view.workspace.at(&path) {
        facts = given(over, node, &path).0;
    }
    facts.follows("name", name, path);
    facts.follows("context", view.design.context.word(), view.path("context"));
    facts
}

/// Facts as an example gives them, and the keys that nothing of the kind can have.
pub(in crate::analysis) fn given<'a>(over: Over, node: &'a Node, path: &str) -> (Facts, Vec<&'a Entry>) {
    let (mut facts, mut unknown) = (Facts::default(), Vec::new());
    for entry in node.entries() {
        let address = format!("{path}.{}", entry.key);
        // What follows from the surroundings is given as it is.
        let value = match shape(over, &[&entry.key]) {
            Some(shape) => value(&entry.value, shape),
            None if surroundings(over).any(|name| name == entry.key) => plain(&entry.value),
            None => None,
        };
        match value {
            Some(value) => facts.follows(&entry.key, value, address),
            None => unknown.push(entry),
        }
    }
    (facts, unknown)
}

/// A word, number or truth value as it is written.
fn plain(node: &Node) -> Option<Value> {
    let text = node.scalar()?;
    Some(match (text.parse::<i64>(), text.parse::<bool>()) {
        (Ok(number), _) => Value::from(number),
        (_, Ok(truth)) => Value::from(truth),
        _ => Value::from(text),
    })
}

/// Whether the nodes of a cluster are virtual machines, with what says so: a stack that holds one, or
/// a host group that stands on another.
fn nodes_are_vms(view: &View<'_>, cluster: &Cluster) -> Option<(bool, String)> {
    let group = cluster.workers.first()?;
    let hosts = view.design.hosts.get(&group.0)?;
    if hosts.runs_on.is_some() {
        return Some((true, view.path(&format!("hosts.{group}.runs_on"))));
    }
    let (_, stack) = view.stack(hosts)?;
    let is_vm = |layer: &Layer| matches!(layer.kind, LayerKind::VirtualMachine | LayerKind::GuestOs);
    Some((stack.layers.iter().any(is_vm), view.path(&format!("hosts.{group}.stack"))))
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
        Scalar::Text | Scalar::Name | Scalar::Word(_) | Scalar::Any => Some(Value::from(text)),
    }
}
