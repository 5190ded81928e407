//! A comparison worked out: criteria by subjects, each cell with its derivation, the best marked.
//!
//! Add the name of a subject, get a column: nothing else has to be written. A cell that nothing
//! answers says what is missing, and is never ranked.

use super::derived::Derived;
use super::measure::{self, Applies, Value};
use crate::analysis::runs::Runs;
use crate::design::Workspace;
use crate::design::model::comparison::{Assume, Better, Comparison, Criterion};
use crate::design::text::When;
use crate::said;
use crate::source::{Diagnostic, Node, Said, nearest};
use work::Worker;

mod counts;
mod ranking;
mod units;
mod work;

pub use ranking::{Decided, Flip, MARGIN, Rank, Weighed};

/// A comparison worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its name; empty where it is made up on the spot.
    pub name: String,
    /// Its title.
    pub title: Said,
    /// What is assumed, where a stack is among the subjects.
    pub assume: Option<Assume>,
    /// How far apart the first two have to be for a clear winner, as a fraction of one.
    pub margin: f64,
    /// The columns.
    pub subjects: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Said,
    /// Whether it is a stack; else a design.
    pub is_stack: bool,
}

/// A criterion with a cell for each subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is called in a path.
    pub id: String,
    /// Where its values come from.
    pub origin: Origin,
    /// Its title.
    pub title: Said,
    /// What it means, for a built-in measure.
    pub explains: Option<Said>,
    /// Which direction is better; `None` where neither is.
    pub better: Option<Better>,
    /// The words from worst to best, where it has a scale.
    pub scale: Vec<String>,
    /// Its weight; 1 where none is stated.
    pub weight: f64,
    /// What its numbers count, in base units, where it has numbers.
    pub unit: Option<String>,
    /// Why it ranks nothing, where it does not.
    pub left_out: Option<Said>,
    /// One for each subject, in their order.
    pub cells: Vec<Cell>,
}

/// Where the values of a criterion come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A built-in measure.
    Measure,
    /// A typed-in fact of the stacks.
    Fact,
    /// The comparison itself.
    Own,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The value with its derivation; or what is missing, or why the question makes no sense.
    pub value: Derived<Value>,
    /// Whether no other is better, and some other is worse.
    pub best: bool,
}

impl Compared {
    /// The cell of a criterion and a subject.
    pub fn cell(&self, criterion: &str, subject: &str) -> Option<&Cell> {
        let column = self.subjects.iter().position(|column| column.name == subject)?;
        self.row(criterion)?.cells.get(column)
    }

    /// The row of a criterion.
    pub fn row(&self, criterion: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == criterion)
    }

    /// A cell by its path within the comparison: `cells.memory-overhead.containers`.
    pub fn at(&self, path: &str) -> Option<&Cell> {
        let (criterion, subject) = path.strip_prefix("cells.")?.split_once('.')?;
        self.cell(criterion, subject)
    }
}

impl Row {
    /// Whether its subjects differ.
    pub fn differs(&self) -> bool {
        self.cells.windows(2).any(|pair| pair[0].value.value.text() != pair[1].value.value.text())
    }
}

/// Works out a comparison of the workspace.
pub fn compare(workspace: &Workspace, name: &str, today: When) -> Option<(Compared, Vec<Diagnostic>)> {
    let doc = workspace.comparisons.get(name)?;
    Some(compare_in(workspace, &doc.value, &doc.root, today, &Runs::fixed()))
}

/// The text of a cell of a comparison of the workspace, for a narrative.
///
/// # Errors
/// The word that leads nowhere, and what there is instead.
pub fn cell_text(
    workspace: &Workspace,
    name: &str,
    criterion: &str,
    subject: &str,
    today: When,
) -> Result<Said, (String, Vec<String>)> {
    let Some((compared, _)) = compare(workspace, name, today) else {
        return Err((name.to_owned(), workspace.comparisons.keys().cloned().collect()));
    };
    if compared.row(criterion).is_none() {
        return Err((criterion.to_owned(), compared.rows.iter().map(|row| row.id.clone()).collect()));
    }
    match compared.cell(criterion, subject) {
        Some(cell) => Ok(cell.value.value.text().clone()),
        None => Err((subject.to_owned(), compared.subjects.iter().map(|column| column.name.clone()).collect())),
    }
}

/// Works out a comparison with the tree it was read from, and with what is known already of the designs
/// it compares.
pub(in crate::analysis) fn compare_in(
    workspace: &Workspace,
    comparison: &Comparison,
    root: &Node,
    today: When,
    runs: &Runs,
) -> (Compared, Vec<Diagnostic>) {
    let names: Vec<&str> = comparison.subjects.iter().map(|name| name.0.as_str()).collect();
    let margin = comparison.margin.as_ref().map_or(MARGIN, |margin| margin.value());
    let mut worker = Worker { name: &comparison.name.0, root: Some(root), margin, runs, diagnostics: Vec::new() };
    let title = comparison.title.as_ref().map_or_else(|| Said::same(&*comparison.name.0), |title| title.said());
    let assumed_by = comparison.assume.map(|_| &*comparison.name.0);
    let compared =
        worker.work_out(workspace, title, &names, (comparison.assume, assumed_by), &comparison.criteria, today);
    (compared, worker.diagnostics)
}

/// A subject that the workspace does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSubject {
    /// The name.
    pub name: String,
    /// What was probably meant.
    pub near: Option<String>,
}

/// Compares any stacks or designs by every measure that applies to them, and by every fact that
/// any of the stacks states. Measures that simulate are left out unless they are asked for.
///
/// # Errors
/// The subjects that the workspace does not have.
pub fn compare_ad_hoc(
    workspace: &Workspace,
    subjects: &[String],
    today: When,
    simulate: bool,
) -> Result<Compared, Vec<UnknownSubject>> {
    let known = || workspace.designs.keys().chain(workspace.stacks.keys()).map(String::as_str);
    let unknown: Vec<UnknownSubject> = subjects
        .iter()
        .filter(|name| !known().any(|other| other == name.as_str()))
        .map(|name| UnknownSubject { name: name.clone(), near: nearest(name, known()).map(str::to_owned) })
        .collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let stacks: Vec<_> = subjects
        .iter()
        .filter(|name| !workspace.designs.contains_key(*name))
        .filter_map(|name| workspace.stacks.get(name))
        .collect();
    let asked = |applies: Applies| match applies {
        Applies::Stack => !stacks.is_empty(),
        Applies::Design => stacks.len() < subjects.len(),
        Applies::Both => true,
    };
    let mut criteria: Vec<Criterion> = measure::MEASURES
        .iter()
        .filter(|measure| asked(measure.applies()) && (simulate || !measure.simulates()))
        .map(|measure| criterion(Some(measure.id), None))
        .collect();
    let mut facts: Vec<&str> = Vec::new();
    for fact in stacks.iter().flat_map(|doc| doc.value.facts.keys()) {
        // A fact that one subject alone states sets nothing apart.
        let stated = stacks.iter().filter(|doc| doc.value.facts.contains_key(fact)).count();
        if !facts.contains(&fact.as_str()) && (stated > 1 || stacks.len() == 1) {
            facts.push(fact);
        }
    }
    criteria.extend(facts.into_iter().map(|fact| criterion(None, Some(fact))));
    let names: Vec<&str> = subjects.iter().map(String::as_str).collect();
    let runs = Runs::fixed();
    let mut worker = Worker { name: "", root: None, margin: MARGIN, runs: &runs, diagnostics: Vec::new() };
    let mut compared = worker.work_out(workspace, Said::default(), &names, (None, None), &criteria, today);
    compared.title = Said::join(compared.subjects.iter().map(|column| &column.title), " · ");
    Ok(compared)
}

fn criterion(measure: Option<&str>, fact: Option<&str>) -> Criterion {
    Criterion {
        measure: measure.map(str::to_owned),
        fact: fact.map(str::to_owned),
        name: None,
        title: None,
        weight: None,
        better: None,
        scale: Vec::new(),
        values: indexmap::IndexMap::new(),
        source: None,
        as_of: None,
    }
}

/// The diagnostic with what was probably meant.
pub(in crate::analysis) fn suggest(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    let span = diagnostic.primary.span;
    match near {
        Some(near) => diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests;
