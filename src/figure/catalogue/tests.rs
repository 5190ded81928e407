//! Every figure of every sample document can be made, in both languages.

use std::path::Path;

use super::{Entry, FIGURES, Of, Request};
use crate::design::model::report::{Fence, Names};
use crate::design::text::When;
use crate::design::{Input, Workspace, load};
use crate::figure::{Body, Cell, Figure, Table};
use crate::source::LANGS;

#[test]
fn every_figure_of_every_document_can_be_made() {
    let workspace = sample();
    let mut silent: Vec<String> = Vec::new();
    for entry in FIGURES {
        let mut made = 0;
        for subject in subjects(&workspace, entry.of) {
            for lang in LANGS {
                let fence = Fence { of: Some(Names(vec![subject.to_owned()])), ..empty_fence() };
                let today = workspace.config.as_of.unwrap_or(When { year: 2026, month: Some(11), day: Some(22) });
                let request =
                    Request { workspace: &workspace, today, lang, subjects: vec![subject.to_owned()], fence: &fence };
                let Some(figure) = entry.draw(&request) else { continue };
                made += 1;
                let place = format!("{} {} of {subject} in {}", entry.key, entry.word, lang.code());
                assert!(figure.answer.trim().len() > 3, "{place}: no answer");
                check(&workspace, &figure, &place);
            }
        }
        if made == 0 {
            silent.push(name(entry));
        }
    }
    assert!(silent.is_empty(), "no sample document shows these figures: {silent:?}");
}

/// Every cell stands under a column, no text has a name left that was never filled in, and every
/// fact is one of a document that exists.
fn check(workspace: &Workspace, figure: &Figure, place: &str) {
    let texts = [&figure.title, &figure.answer, &figure.note];
    texts.into_iter().for_each(|text| no_braces(text, place));
    for fact in &figure.facts {
        let document = fact.split('.').next().unwrap_or_default();
        assert!(workspace.root(document).is_some(), "{place}: `{fact}` is no address");
    }
    let Body::Table(Table { columns, rows, .. }) = &figure.body else { return };
    for row in rows {
        let header = row.cells.first().map_or("", |cell| cell.value.as_str());
        assert_eq!(row.cells.len(), columns.len(), "{place}: the row {header:?} does not fit its columns");
        for Cell { value, derivation, sources, .. } in &row.cells {
            [value, derivation].into_iter().chain(sources).for_each(|text| no_braces(text, place));
        }
    }
}

/// A name between braces, as in a template that was never filled in; `{secrets: aescbc}` is a text.
fn no_braces(text: &str, place: &str) {
    let unfilled = text.split('{').skip(1).any(|rest| {
        let name = rest.split('}').next().filter(|name| name.len() < rest.len());
        name.is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
    });
    assert!(!unfilled, "{place}: {text}");
}

fn name(entry: &Entry) -> String {
    format!("{}: {}", entry.key, entry.word)
}

fn subjects(workspace: &Workspace, of: Of) -> Vec<&str> {
    match of {
        Of::Design => workspace.designs.keys().map(String::as_str).collect(),
        Of::Stacks => workspace.stacks.keys().map(String::as_str).collect(),
        Of::Comparison => workspace.comparisons.keys().map(String::as_str).collect(),
        Of::Scenario => workspace.scenarios.keys().map(String::as_str).collect(),
    }
}

/// The sample workspace, which has no mistake.
fn sample() -> Workspace {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let mut inputs = Vec::new();
    read(&folder, "", &mut inputs);
    let (workspace, found) = load(&inputs);
    let said: Vec<&str> = found.iter().map(|diagnostic| diagnostic.message.en.as_str()).collect();
    assert!(said.is_empty(), "the samples have mistakes: {said:?}");
    workspace
}

fn read(folder: &Path, prefix: &str, inputs: &mut Vec<Input>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), inputs);
        } else if path.ends_with(".yaml") {
            inputs.push(Input { path, bytes: std::fs::read(entry.path()).unwrap() });
        }
    }
}

fn empty_fence() -> Fence {
    Fence {
        table: None,
        diagram: None,
        chart: None,
        timeline: None,
        findings: None,
        of: None,
        by: None,
        only: None,
        rules: None,
        family: None,
        at: None,
        predicted: indexmap::IndexMap::new(),
    }
}
