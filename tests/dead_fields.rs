//! No dead fields: every leaf of the sample documents, changed to another valid value, changes some
//! finding, cell or figure. The mere echo of a value does not count, except for words that are there
//! to be read by people (a title, a reason, a source), which must be shown somewhere.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, dead_code)]

mod shown;

use std::collections::{BTreeMap, BTreeSet};

use epure::analysis::review::review;
use epure::analysis::runs::Runs;
use epure::analysis::view::View;
use epure::design::kinds;
use epure::design::model::report::{Fence, Names};
use epure::design::quantity::MEASURES;
use epure::design::reading::shape::{Scalar, Shape};
use epure::design::text::When;
use epure::design::{Input, Workspace, load};
use epure::figure::catalogue::{FIGURES, Of, Request};
use epure::figure::{Body, Figure, svg};
use epure::source::{Kind, Lang, Node};
use shown::samples;

/// Leaves that declare a name: a secret by who holds it, a criterion by what it is called.
const DECLARE: [&str; 3] = ["design.components.*.holds", "design.clusters.*.holds", "comparison.criteria[].name"];

/// What a leaf is: its document, its path, its place, and what may stand there.
struct Leaf {
    document: String,
    path: String,
    file: String,
    range: std::ops::Range<usize>,
    shape: Shape,
    written: String,
}

#[test]
fn every_leaf_has_an_effect() {
    let inputs = samples();
    let (workspace, diagnostics) = load(&inputs);
    assert!(diagnostics.is_empty());
    let leaves = leaves(&workspace);
    assert!(leaves.len() > 500, "only {} leaves", leaves.len());
    // Without optimisation all of them take minutes: then every sixteenth stands for its neighbours.
    let stride = if cfg!(debug_assertions) { 16 } else { 1 };
    let leaves: Vec<Leaf> = leaves.into_iter().step_by(stride).collect();
    let half = leaves.len() / 2;
    let (first, second) = leaves.split_at(half);
    let judge = |leaves: &[Leaf]| -> Vec<String> {
        let mut known = BTreeMap::new();
        let dead = leaves.iter().filter(|leaf| is_dead(&inputs, &workspace, leaf, &mut known));
        dead.inspect(|leaf| println!("dead: {} {}", leaf.document, leaf.path)).map(|leaf| leaf.path.clone()).collect()
    };
    let dead: BTreeSet<String> = std::thread::scope(|scope| {
        let other = scope.spawn(|| judge(first));
        let here = judge(second);
        other.join().unwrap().into_iter().chain(here).collect()
    });
    assert!(dead.is_empty(), "nothing reads these: {dead:#?}");
}

fn leaves(workspace: &Workspace) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    // Bases before their variants, whose inherited values are the same places.
    let mut roots: Vec<(&String, &Node)> = workspace.roots.iter().collect();
    roots.sort_by_key(|(_, root)| root.get("extends").is_some());
    for (document, root) in roots {
        let word = root.get("kind").and_then(Node::scalar).unwrap_or("epure");
        let Some(kind) = kinds::kind(word) else { continue };
        walk(workspace, root, &kind.shapes, kind.shapes.root, word, document, &mut leaves);
    }
    let mut seen = BTreeSet::new();
    leaves.retain(|leaf| seen.insert((leaf.file.clone(), leaf.range.start)));
    leaves
}

fn walk(
    workspace: &Workspace,
    node: &Node,
    shapes: &epure::design::reading::shape::Shapes,
    id: usize,
    path: &str,
    document: &str,
    leaves: &mut Vec<Leaf>,
) {
    let shape = shapes.get(id);
    match &node.kind {
        Kind::Scalar { .. } => {
            // A variant's inherited values are its base's leaves.
            let file = workspace.sources.file(node.span.file);
            leaves.push(Leaf {
                document: document.to_owned(),
                path: path.to_owned(),
                file: file.path.clone(),
                range: node.span.range(),
                shape: shape.clone(),
                written: workspace.sources.text(node.span).to_owned(),
            });
        }
        Kind::List(items) => {
            for item in items {
                if let Some(inner) = shape.list {
                    walk(workspace, item, shapes, inner, &format!("{path}[]"), document, leaves);
                }
            }
        }
        Kind::Map(entries) => {
            for entry in entries {
                let Some(map) = &shape.map else { continue };
                let (inner, step) = match map.fields.get(&entry.key) {
                    Some(field) => (field.shape, entry.key.clone()),
                    None => match map.named {
                        Some(named) => (named, "*".to_owned()),
                        None => continue,
                    },
                };
                if matches!(entry.key.as_str(), "kind" | "name" | "epure")
                    && matches!(path, "design" | "stack" | "comparison" | "scenario" | "epure")
                {
                    continue;
                }
                // Like the keys of a mapping, these declare a name that others refer to.
                if DECLARE.contains(&format!("{path}.{step}").as_str()) {
                    continue;
                }
                walk(workspace, &entry.value, shapes, inner, &format!("{path}.{step}"), document, leaves);
            }
        }
    }
}

/// Words that people read and nothing computes with: their echo is their effect.
fn for_people(leaf: &Leaf) -> bool {
    matches!(leaf.shape.scalar, Some(Scalar::Text)) && leaf.shape.refers.is_empty()
}

/// What is shown before any change, by document, with and without the costly drawings.
type Known = BTreeMap<(String, bool, bool), BTreeMap<String, String>>;

fn is_dead(inputs: &[Input], workspace: &Workspace, leaf: &Leaf, known: &mut Known) -> bool {
    let mut first: Option<(Workspace, String)> = None;
    for candidate in candidates(workspace, leaf).into_iter().take(6) {
        let mut changed = inputs.to_vec();
        let input = changed.iter_mut().find(|input| input.path == leaf.file).unwrap();
        input.bytes.splice(leaf.range.clone(), candidate.bytes());
        let (other, diagnostics) = load(&changed);
        if !diagnostics.is_empty() {
            continue;
        }
        let before = known
            .entry((leaf.document.clone(), leaf.path.ends_with(".fr"), false))
            .or_insert_with(|| effects(workspace, leaf, false));
        if differ(before, &effects(&other, leaf, false), leaf, &candidate) {
            return false;
        }
        first.get_or_insert((other, candidate));
    }
    // What could not be changed to anything valid cannot be shown to be dead.
    let Some((other, candidate)) = first else { return false };
    // The drawings that cost most are made last.
    let before = known
        .entry((leaf.document.clone(), leaf.path.ends_with(".fr"), true))
        .or_insert_with(|| effects(workspace, leaf, true));
    !differ(before, &effects(&other, leaf, true), leaf, &candidate)
}

/// Other values that may stand in the place of a leaf.
fn candidates(workspace: &Workspace, leaf: &Leaf) -> Vec<String> {
    let written = leaf.written.trim_matches(['"', '\'']);
    if !leaf.shape.refers.is_empty() {
        let root = workspace.root(&leaf.document).unwrap();
        let mut names: Vec<String> = leaf
            .shape
            .refers
            .iter()
            .flat_map(|target| match target.as_str() {
                "stack" => workspace.stacks.keys().cloned().collect(),
                "design" => workspace.designs.keys().cloned().collect(),
                "teams" => workspace.config.teams.keys().cloned().collect(),
                "zones" => root
                    .get("sites")
                    .map(Node::entries)
                    .unwrap_or_default()
                    .iter()
                    .flat_map(|site| {
                        site.value
                            .get("zones")
                            .map(Node::items)
                            .unwrap_or_default()
                            .iter()
                            .filter_map(Node::scalar)
                            .map(str::to_owned)
                            .collect::<Vec<_>>()
                    })
                    .collect(),
                "secrets" => ["clusters", "components"]
                    .iter()
                    .flat_map(|block| root.get(block).map(Node::entries).unwrap_or_default())
                    .flat_map(|holder| {
                        holder
                            .value
                            .get("holds")
                            .map(Node::items)
                            .unwrap_or_default()
                            .iter()
                            .filter_map(Node::scalar)
                            .map(str::to_owned)
                            .collect::<Vec<_>>()
                    })
                    .collect(),
                "namespaces" => root
                    .get("clusters")
                    .map(Node::entries)
                    .unwrap_or_default()
                    .iter()
                    .flat_map(|cluster| {
                        cluster
                            .value
                            .get("namespaces")
                            .map(Node::entries)
                            .unwrap_or_default()
                            .iter()
                            .map(|entry| entry.key.clone())
                            .collect::<Vec<_>>()
                    })
                    .collect(),
                block => root
                    .get(block)
                    .map(Node::entries)
                    .unwrap_or_default()
                    .iter()
                    .map(|entry| entry.key.clone())
                    .collect::<Vec<_>>(),
            })
            .filter(|name| name != written)
            .collect();
        names.truncate(8);
        return names;
    }
    match leaf.shape.scalar.as_ref() {
        Some(Scalar::Word(words)) => words.iter().filter(|word| *word != written).cloned().collect(),
        Some(Scalar::Bool) => vec![if written == "true" { "false" } else { "true" }.to_owned()],
        Some(Scalar::Integer { .. }) => {
            let number: i64 = written.parse().unwrap_or(1);
            [1, number + 1, number * 5, number - 1, 0]
                .iter()
                .filter(|other| **other != number)
                .map(i64::to_string)
                .collect()
        }
        Some(Scalar::Number) => vec!["7".to_owned(), "0.5".to_owned()],
        Some(Scalar::Name) => vec![format!("{written}x")],
        Some(Scalar::Quantity(id)) if id == "date" => vec!["2024-01-15".to_owned(), "2031-12-31".to_owned()],
        Some(Scalar::Quantity(id)) if id == "version" => vec!["\"1.29\"".to_owned()],
        Some(Scalar::Quantity(id)) => {
            let measure = MEASURES.iter().find(|measure| measure.id == id).unwrap();
            let split = written.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(written.len());
            let number: f64 = written[..split].parse().unwrap_or(1.0);
            // Nothing times anything stays nothing.
            let number = if number == 0.0 { 7.0 } else { number };
            let unit = &written[split..];
            let share = measure.id == "share";
            let factors: &[f64] = if share { &[0.5, 0.9, 0.002] } else { &[3.0, 0.25, 400.0, 0.002] };
            factors.iter().map(|factor| format!("{}{unit}", number * factor)).collect()
        }
        _ => {
            if written.contains(['\'', '"', '\n']) {
                return vec!["\"something else\"".to_owned()];
            }
            let text = format!("{written} x");
            vec![format!("\"{text}\""), "3 h".to_owned(), "\"another\"".to_owned()]
        }
    }
}

/// Everything that could show a leaf's effect, by its address.
fn effects(workspace: &Workspace, leaf: &Leaf, drawings: bool) -> BTreeMap<String, String> {
    let today = workspace.config.as_of.unwrap_or(When { year: 2026, month: Some(11), day: Some(22) });
    // A French text shows in French.
    let lang = if leaf.path.ends_with(".fr") { Lang::Fr } else { Lang::En };
    let mut all = BTreeMap::new();
    let runs = &Runs::fixed();
    // Where no `as_of` is stated the clock decides, and nothing here may depend on it.
    all.insert("as of".to_owned(), epure::source::Show::show(&today, Lang::En));
    all.insert(
        "title".to_owned(),
        workspace.config.title.as_ref().map_or_else(String::new, |title| epure::source::Show::show(title, lang)),
    );
    if leaf.document == "epure" {
        all.insert("config".to_owned(), format!("{:?} {:?}", workspace.languages(), workspace.config.contexts));
    }
    for entry in FIGURES {
        let costly = matches!((entry.key, entry.word), ("diagram", "topology" | "failure") | ("table", "campaign"));
        if costly != drawings {
            continue;
        }
        let of: Vec<Vec<String>> = match entry.of {
            Of::Design => workspace
                .designs
                .keys()
                .filter(|name| concerns(workspace, leaf, name))
                .map(|name| vec![name.clone()])
                .collect(),
            Of::Stacks => workspace
                .stacks
                .keys()
                .filter(|name| leaf.document == "epure" || leaf.document == **name)
                .map(|name| vec![name.clone()])
                .collect(),
            Of::Comparison => workspace
                .comparisons
                .keys()
                .filter(|name| concerns_comparison(workspace, leaf, name))
                .map(|name| vec![name.clone()])
                .collect(),
            Of::Scenario => workspace
                .scenarios
                .iter()
                .filter(|(name, doc)| **name == leaf.document || *doc.value.design == *leaf.document)
                .map(|(name, _)| vec![name.clone()])
                .collect(),
        };
        for subjects in of {
            let fence = fence(&subjects);
            let request = Request { workspace, today, lang, subjects: subjects.clone(), fence: &fence, runs };
            if let Some(figure) = (entry.make)(&request) {
                flatten(&figure, &mut all);
            }
        }
    }
    if !drawings {
        for (name, doc) in workspace.designs.iter().filter(|(name, _)| concerns(workspace, leaf, name)) {
            for finding in review(&View::new(workspace, name, &doc.value, today)).findings {
                let key = format!("finding {name} {} {}", finding.code, finding.path.clone().unwrap_or_default());
                all.insert(key, format!("{:?} {:?} {}", finding.severity, finding.state, finding.message.en));
            }
        }
    }
    all
}

fn concerns(workspace: &Workspace, leaf: &Leaf, design: &str) -> bool {
    if leaf.document == "epure" || leaf.document == design {
        return true;
    }
    let Some(doc) = workspace.designs.get(design) else { return false };
    doc.value.hosts.values().any(|hosts| hosts.stack.as_deref() == Some(leaf.document.as_str()))
}

fn concerns_comparison(workspace: &Workspace, leaf: &Leaf, comparison: &str) -> bool {
    leaf.document == "epure"
        || leaf.document == comparison
        || workspace
            .comparisons
            .get(comparison)
            .is_some_and(|doc| doc.value.subjects.iter().any(|subject| **subject == *leaf.document))
}

fn fence(of: &[String]) -> Fence {
    Fence {
        table: None,
        diagram: None,
        chart: None,
        timeline: None,
        findings: None,
        of: Some(Names(of.to_vec())),
        by: None,
        only: None,
        rules: None,
        family: None,
        at: None,
        predicted: indexmap::IndexMap::new(),
        observed: None,
    }
}

fn flatten(figure: &Figure, all: &mut BTreeMap<String, String>) {
    for (key, text) in [("title", &figure.title), ("answer", &figure.answer), ("note", &figure.note)] {
        all.insert(format!("{} {key}", figure.id), text.clone());
    }
    match &figure.body {
        Body::Drawing(_) => drop(all.insert(format!("{} drawing", figure.id), svg::inline(figure).unwrap_or_default())),
        Body::Table(table) => {
            for (r, row) in table.rows.iter().enumerate() {
                for (c, cell) in row.cells.iter().enumerate() {
                    let text = format!("{}|{}|{:?}|{}", cell.value, cell.derivation, cell.mark, cell.sources.join("|"));
                    all.insert(format!("{} {r} {c}", figure.id), text);
                }
            }
        }
    }
}

/// Whether two states differ by more than the echo of the leaf's value.
fn differ(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, leaf: &Leaf, candidate: &str) -> bool {
    if before.len() != after.len() {
        return true;
    }
    let people = for_people(leaf);
    let (old, new) = (echo(&leaf.written), echo(candidate));
    before.iter().any(|(key, text)| match after.get(key) {
        None => true,
        Some(other) if other == text => false,
        Some(_) if people => true,
        Some(other) => text.replace(&old, "§") != other.replace(&new, "§"),
    })
}

/// How a value is printed: without quotes, its number and unit apart by a no-break space.
fn echo(written: &str) -> String {
    let text = written.trim_matches(['"', '\'']);
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let unit = text[split..].trim();
    if split == 0 || unit.is_empty() { text.to_owned() } else { format!("{}\u{a0}{unit}", &text[..split]) }
}
