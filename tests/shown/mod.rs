//! Everything that a workspace shows, flattened so that two states of it can be compared: each
//! cell, each drawing, each sentence and each finding by its address, with the facts behind it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use epure::analysis::review::review_all;
use epure::analysis::runs::Runs;
use epure::cli::evidence::read_evidence;
use epure::design::text::When;
use epure::design::{Input, load};
use epure::figure::{Body, svg};
use epure::report::{Part, assemble};
use epure::source::{Diagnostic, Lang};

/// What stands at one address, and the facts that it was worked out from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text.
    pub text: String,
    /// The facts.
    pub facts: BTreeSet<String>,
}

/// The sample workspace as it stands in the repository.
pub fn samples() -> Vec<Input> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("designs");
    let mut inputs = Vec::new();
    collect(&root, &root, &mut inputs);
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    inputs
}

fn collect(root: &Path, dir: &Path, inputs: &mut Vec<Input>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, inputs);
        } else if path.extension().is_some_and(|ext| ext == "yaml" || ext == "md") {
            let relative = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            inputs.push(Input { path: relative, bytes: std::fs::read(&path).unwrap() });
        }
    }
}

/// The inputs with one text replaced in one file, which must hold it exactly once.
pub fn edited(inputs: &[Input], file: &str, from: &str, to: &str) -> Vec<Input> {
    let mut inputs = inputs.to_vec();
    let input = inputs.iter_mut().find(|input| input.path == file).unwrap_or_else(|| panic!("no file {file}"));
    let text = String::from_utf8(input.bytes.clone()).unwrap();
    assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {file}");
    input.bytes = text.replace(from, to).into_bytes();
    inputs
}

/// Everything that a workspace shows; `Err` with the structural mistakes.
pub fn show(inputs: &[Input], langs: &[Lang]) -> Result<BTreeMap<String, Shown>, Vec<Diagnostic>> {
    let (mut workspace, diagnostics) = load(inputs);
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    read_evidence(&mut workspace, &Path::new(env!("CARGO_MANIFEST_DIR")).join("designs"));
    let today = workspace.config.as_of.unwrap_or(When { year: 2026, month: Some(11), day: Some(22) });
    let mut all = BTreeMap::new();
    let (site, _) = assemble(&workspace, today);
    for page in site.pages.iter().filter(|page| langs.contains(&page.lang)) {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for part in &page.parts {
            let Part::Figure(figure) = part else { continue };
            let number = numbers.entry(figure.id.clone()).or_default();
            *number += 1;
            let at = format!("{}/{} {}#{number}", page.lang.code(), page.slug, figure.id);
            let mut put = |key: String, text: String, facts: BTreeSet<String>| {
                if !text.is_empty() {
                    all.insert(key, Shown { text, facts });
                }
            };
            put(format!("{at} title"), figure.title.clone(), figure.facts.clone());
            put(format!("{at} answer"), figure.answer.clone(), figure.facts.clone());
            put(format!("{at} note"), figure.note.clone(), figure.facts.clone());
            match &figure.body {
                Body::Drawing(_) => {
                    put(format!("{at} drawing"), svg::inline(figure).unwrap_or_default(), figure.facts.clone());
                }
                Body::Table(table) => {
                    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
                    let mut header = String::new();
                    for row in &table.rows {
                        // A row without a header of its own goes on with the one above.
                        if let Some(first) = row.cells.first().filter(|cell| !cell.value.is_empty()) {
                            header = first.value.clone();
                        }
                        // A finding is known by what it says; its number in the list is not its own.
                        if figure.id.contains(".findings") {
                            header =
                                row.cells.iter().skip(1).map(|cell| cell.value.as_str()).collect::<Vec<_>>().join(", ");
                        }
                        let n = seen.entry(header.clone()).or_default();
                        *n += 1;
                        for (cell, column) in row.cells.iter().zip(&table.columns) {
                            let text = format!(
                                "{} | {} | {:?} | {}",
                                cell.value,
                                cell.derivation,
                                cell.mark,
                                cell.sources.join("; ")
                            );
                            put(format!("{at} [{header} {n}, {}]", column.title), text, (*cell.facts).clone());
                        }
                    }
                }
            }
        }
    }
    for review in review_all(&workspace, today, &Runs::fixed()) {
        for finding in &review.findings {
            let text = format!("{:?} {:?} {}", finding.severity, finding.state, finding.message.en);
            let path = finding.path.clone().unwrap_or_default();
            let facts = finding.facts.iter().cloned().chain([path.clone()]).collect();
            all.insert(format!("finding {} {} {path}", review.design, finding.code), Shown { text, facts });
        }
    }
    Ok(all)
}

/// The addresses at which two states differ.
pub fn differences<'a>(
    a: &'a BTreeMap<String, Shown>,
    b: &'a BTreeMap<String, Shown>,
) -> Vec<(&'a str, Option<&'a Shown>, Option<&'a Shown>)> {
    let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    keys.into_iter()
        .filter(|key| a.get(*key).map(|shown| &shown.text) != b.get(*key).map(|shown| &shown.text))
        .map(|key| (key.as_str(), a.get(key), b.get(key)))
        .collect()
}
