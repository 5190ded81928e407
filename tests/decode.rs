//! Whatever passes the structural check decodes, whatever was done to the document; and nothing
//! that is written makes the program panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use epure::analysis::review::review_all;
use epure::analysis::runs::Runs;
use epure::design::text::When;
use epure::design::{Input, load};
use epure::source::{Entry, Kind, Node, Span, read_text};
use proptest::prelude::*;

/// What a scalar may be replaced with: good values of other places, and bad ones.
const VALUES: [&str; 30] = [
    "0",
    "1",
    "3",
    "-1",
    "70000",
    "1.5",
    "true",
    "false",
    "~",
    "\"\"",
    "\"3\"",
    "word",
    "linux",
    "eks",
    "none",
    "required",
    "30 s",
    "512 MiB",
    "250m",
    "99.9 %",
    "300/s",
    "14 days",
    "2026-11-22",
    "2026",
    "1.33",
    "[]",
    "{}",
    "[a, b]",
    "{value: 30 s, source: x}",
    "{en: a, fr: b}",
];

/// Every document of the samples, with the file it stands in.
fn samples() -> (Vec<Input>, Vec<(usize, Node)>) {
    let mut inputs: Vec<Input> = support::files(&support::root().join("designs"))
        .into_iter()
        .filter(|(path, _)| path.ends_with(".yaml"))
        .map(|(path, file)| Input { path, bytes: std::fs::read(file).unwrap() })
        .collect();
    // A file for each document, so that one can be replaced.
    let mut single = Vec::new();
    let mut trees = Vec::new();
    for input in inputs.drain(..) {
        let text = String::from_utf8(input.bytes).unwrap();
        let mut sources = epure::source::Sources::default();
        let id = sources.add(input.path.clone(), text.clone());
        let (documents, _) = read_text(&text, id, 0);
        for (i, root) in documents.into_iter().filter_map(|document| document.root).enumerate() {
            let path = if input.path == "epure.yaml" { input.path.clone() } else { format!("{}-{i}.yaml", input.path) };
            trees.push((single.len(), root.clone()));
            single.push(Input { path, bytes: written(&root).into_bytes() });
        }
    }
    (single, trees)
}

/// A tree as YAML on one line.
fn written(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { text, quoted: false } if plain(text) => text.clone(),
        Kind::Scalar { text, .. } => quoted(text),
        Kind::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Kind::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|entry| format!("{}: {}", quoted(&entry.key), written(&entry.value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A text in quotes; JSON's are YAML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Whether a text means itself without quotes.
fn plain(text: &str) -> bool {
    !text.is_empty()
        && text.starts_with(|c: char| c.is_alphanumeric() || "./-~".contains(c))
        && text.chars().all(|c| c.is_alphanumeric() || " ._/%+-~".contains(c))
        && !text.starts_with("- ")
}

/// A tree from one of the values above.
fn value(text: &str) -> Node {
    let (documents, _) = read_text(text, epure::source::FileId(0), 0);
    let span = Span { file: epure::source::FileId(0), start: 0, end: 0 };
    let nothing = Node { span, kind: Kind::Scalar { text: "~".into(), quoted: false } };
    documents.into_iter().find_map(|document| document.root).unwrap_or(nothing)
}

/// What is done at one place.
#[derive(Debug, Clone, Copy)]
enum Change {
    Delete,
    Duplicate,
    Replace(usize),
    Rename,
    Swap,
}

/// Changes the `at`-th value below a node, counted in the order of the text.
fn change(node: &mut Node, at: &mut usize, how: Change) -> bool {
    match &mut node.kind {
        Kind::Scalar { .. } => false,
        Kind::List(items) => {
            for i in 0..items.len() {
                if *at == 0 {
                    match how {
                        Change::Delete => drop(items.remove(i)),
                        Change::Duplicate => items.insert(i, items[i].clone()),
                        Change::Replace(with) => items[i] = value(VALUES[with % VALUES.len()]),
                        Change::Rename | Change::Swap => items.rotate_left(1),
                    }
                    return true;
                }
                *at -= 1;
                if change(&mut items[i], at, how) {
                    return true;
                }
            }
            false
        }
        Kind::Map(entries) => {
            for i in 0..entries.len() {
                if *at == 0 {
                    match how {
                        Change::Delete => drop(entries.remove(i)),
                        Change::Duplicate => {
                            let Entry { key, key_span, value } = entries[i].clone();
                            entries.insert(i, Entry { key, key_span, value });
                        }
                        Change::Replace(with) => entries[i].value = value(VALUES[with % VALUES.len()]),
                        Change::Rename => entries[i].key.push('x'),
                        Change::Swap => {
                            let next = (i + 1) % entries.len();
                            let (a, b) = (entries[i].value.clone(), entries[next].value.clone());
                            entries[i].value = b;
                            entries[next].value = a;
                        }
                    }
                    return true;
                }
                *at -= 1;
                if change(&mut entries[i].value, at, how) {
                    return true;
                }
            }
            false
        }
    }
}

fn changes() -> impl Strategy<Value = Change> {
    prop_oneof![
        2 => Just(Change::Delete),
        1 => Just(Change::Duplicate),
        4 => (0..VALUES.len()).prop_map(Change::Replace),
        1 => Just(Change::Rename),
        1 => Just(Change::Swap),
    ]
}

#[test]
fn the_samples_survive_being_written_on_one_line() {
    let (inputs, _) = samples();
    let (workspace, problems) = load(&inputs);
    assert!(problems.is_empty(), "{:#?}", problems.iter().map(|problem| &problem.message.en).collect::<Vec<_>>());
    assert!(workspace.designs.len() > 3);
}

#[test]
fn what_passes_decodes_and_nothing_panics() {
    let (inputs, trees) = samples();
    let today = When::parse("2026-11-22").unwrap();
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let places = proptest::collection::vec((0..400_usize, changes()), 1..3);
    runner
        .run(&(0..trees.len(), places), |(which, places)| {
            let (input, tree) = &trees[which];
            let mut tree = tree.clone();
            for (at, how) in places {
                change(&mut tree, &mut { at }, how);
            }
            let mut inputs = inputs.clone();
            inputs[*input].bytes = written(&tree).into_bytes();
            let (workspace, problems) = load(&inputs);
            for problem in &problems {
                prop_assert!(problem.code != "internal/decode", "{}", problem.message.en);
            }
            if problems.is_empty() {
                let _ = review_all(&workspace, today, &Runs::fixed());
            }
            Ok(())
        })
        .unwrap();
}
