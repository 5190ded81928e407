//! A comparison worked out: criteria by subjects, each cell with its derivation, the best marked.
//!
//! Add the name of a subject, get a column: nothing else has to be written. A cell that nothing
//! answers says what is missing, and is never ranked.

use super::derived::Derived;
use super::measure::{self, Applies, Known, OnStack, Subject, Value};
use super::view::View;
use crate::design::Workspace;
use crate::design::model::comparison::{Assume, Better, Comparison, Criterion};
use crate::design::model::stack::{FactValue, show_scalar};
use crate::design::quantity::{Bytes, Cpu, Duration, Share};
use crate::design::text::When;
use crate::said;
use crate::source::{Diagnostic, Node, Said, Severity, Show, Span, State, nearest};

mod ranking;

pub use ranking::{Rank, Sensitivity};

/// A comparison worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Its name; empty where it is made up on the spot.
    pub name: String,
    /// Its title.
    pub title: Said,
    /// What is assumed, where a stack is among the subjects.
    pub assume: Option<Assume>,
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
    /// Its weight.
    pub weight: f64,
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
    Some(compare_inline(workspace, &doc.value, &doc.root, today))
}

/// The text of a cell of a comparison of the workspace, for a narrative.
///
/// # Errors
/// The word that leads nowhere, and what there is instead.
pub fn cell_text(workspace: &Workspace, name: &str, criterion: &str, subject: &str, today: When) -> Result<Said, (String, Vec<String>)> {
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

/// Works out a comparison that stands somewhere else, with the tree it was read from.
pub fn compare_inline(workspace: &Workspace, comparison: &Comparison, root: &Node, today: When) -> (Compared, Vec<Diagnostic>) {
    let names: Vec<&str> = comparison.subjects.iter().map(|name| name.0.as_str()).collect();
    let mut worker = Worker { name: &comparison.name.0, root: Some(root), diagnostics: Vec::new() };
    let title = comparison.title.as_ref().map_or_else(|| Said::same(&*comparison.name.0), |title| title.said());
    let assumed_by = comparison.assume.map(|_| &*comparison.name.0);
    let compared = worker.work_out(workspace, title, &names, (comparison.assume, assumed_by), &comparison.criteria, today);
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
/// any of the stacks states.
///
/// # Errors
/// The subjects that the workspace does not have.
pub fn compare_ad_hoc(workspace: &Workspace, subjects: &[String], today: When) -> Result<Compared, Vec<UnknownSubject>> {
    let known = || workspace.designs.keys().chain(workspace.stacks.keys()).map(String::as_str);
    let unknown: Vec<UnknownSubject> = subjects
        .iter()
        .filter(|name| !known().any(|other| other == name.as_str()))
        .map(|name| UnknownSubject { name: name.clone(), near: nearest(name, known()).map(str::to_owned) })
        .collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let stacks: Vec<_> = subjects.iter().filter(|name| !workspace.designs.contains_key(*name)).filter_map(|name| workspace.stacks.get(name)).collect();
    let asked = |applies: Applies| match applies {
        Applies::Stack => !stacks.is_empty(),
        Applies::Design => stacks.len() < subjects.len(),
        Applies::Both => true,
    };
    let mut criteria: Vec<Criterion> =
        measure::MEASURES.iter().filter(|measure| asked(measure.applies())).map(|measure| criterion(Some(measure.id), None)).collect();
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
    let mut worker = Worker { name: "", root: None, diagnostics: Vec::new() };
    Ok(worker.work_out(workspace, Said::default(), &names, (None, None), &criteria, today))
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

/// A subject with what its measures need.
enum Ready<'a> {
    Stack(OnStack<'a>),
    Design(Box<View<'a>>),
}

impl Ready<'_> {
    fn subject(&self) -> Subject<'_> {
        match self {
            Ready::Stack(stack) => Subject::Stack(stack),
            Ready::Design(view) => Subject::Design(view),
        }
    }

    fn name(&self) -> &str {
        match self {
            Ready::Stack(stack) => stack.name,
            Ready::Design(view) => view.name,
        }
    }
}

struct Worker<'a> {
    name: &'a str,
    root: Option<&'a Node>,
    diagnostics: Vec<Diagnostic>,
}

impl Worker<'_> {
    fn work_out<'w>(
        &mut self,
        workspace: &'w Workspace,
        title: Said,
        names: &[&str],
        (assume, assumed_by): (Option<Assume>, Option<&'w str>),
        criteria: &[Criterion],
        today: When,
    ) -> Compared {
        let assumed = assume.unwrap_or_default();
        // A name of two kinds means the design, as in an address.
        let ready: Vec<(Ready<'w>, Column)> = names
            .iter()
            .filter_map(|name| {
                if let Some(doc) = workspace.designs.get(*name) {
                    let title = doc.value.title.as_ref().map_or_else(|| Said::same(*name), |title| title.said());
                    let view = View::new(workspace, &doc.name, &doc.value, today);
                    return Some((Ready::Design(Box::new(view)), Column { name: doc.name.clone(), title, is_stack: false }));
                }
                let doc = workspace.stacks.get(*name)?;
                let title = doc.value.title.as_ref().map_or_else(|| Said::same(*name), |title| title.said());
                let on = OnStack { workspace, name: &doc.name, stack: &doc.value, assume: assumed, assumed_by };
                Some((Ready::Stack(on), Column { name: doc.name.clone(), title, is_stack: true }))
            })
            .collect();
        let (subjects, columns): (Vec<Ready<'w>>, Vec<Column>) = ready.into_iter().unzip();
        let rows = criteria.iter().map(|criterion| self.row(workspace, criterion, &subjects)).collect();
        let assume = columns.iter().any(|column| column.is_stack).then_some(assumed);
        Compared { name: self.name.to_owned(), title, assume, subjects: columns, rows }
    }

    fn row(&mut self, workspace: &Workspace, criterion: &Criterion, subjects: &[Ready<'_>]) -> Row {
        let id = criterion.id().to_owned();
        let measure = criterion.measure.as_deref().and_then(measure::find);
        let (origin, values) = if let Some(name) = &criterion.measure {
            (Origin::Measure, self.measured(name, measure, &id, subjects))
        } else if let Some(fact) = &criterion.fact {
            (Origin::Fact, self.facts(workspace, fact, criterion, subjects))
        } else {
            (Origin::Own, self.own(criterion, subjects))
        };
        let scaled = (!criterion.scale.is_empty()).then_some(Better::Higher);
        let better = criterion.better.or(measure.and_then(|measure| measure.better)).or(scaled).filter(|better| *better != Better::None);
        let title = match (&criterion.title, measure) {
            (Some(title), _) => title.said(),
            (None, Some(measure)) => measure.title.said(),
            (None, None) => Said::same(id.replace('-', " ")),
        };
        let mut row = Row {
            id,
            origin,
            title,
            explains: measure.map(|measure| measure.explains.said()),
            better,
            scale: criterion.scale.clone(),
            weight: criterion.weight.unwrap_or(1.0),
            cells: values.into_iter().map(|value| Cell { value, best: false }).collect(),
        };
        ranking::mark_best(&mut row);
        row
    }

    fn measured(&mut self, name: &str, measure: Option<&measure::Measure>, id: &str, subjects: &[Ready<'_>]) -> Vec<Derived<Value>> {
        let Some(measure) = measure else {
            let span = self.place(&["criteria", id, "measure"]);
            let mut diagnostic = span.map(|span| {
                Diagnostic::error("reference/unknown-measure", span, said!("no measure is called `{name}`", "aucune mesure ne s’appelle `{name}`"))
            });
            diagnostic = diagnostic.map(|diagnostic| suggest(diagnostic, measure::near(name)));
            self.say(diagnostic, id);
            return subjects.iter().map(|_| measure::unanswered(said!("no such measure", "cette mesure n’existe pas"))).collect();
        };
        let apart: Vec<&str> = subjects.iter().filter(|subject| !measure.applies_to(&subject.subject())).map(Ready::name).collect();
        if !apart.is_empty() {
            let kind = if measure.applies() == Applies::Stack { said!("stacks", "piles") } else { said!("designs", "designs") };
            let message = said!("`{name}` is a measure of {kind}; it says nothing of {who}", "`{name}` mesure des {kind} ; elle ne dit rien de {who}",
                                kind = kind, who = measure::names(&apart));
            let severity = if apart.len() == subjects.len() { Severity::Error } else { Severity::Warning };
            let diagnostic = self.place(&["criteria", id, "measure"]).map(|span| Diagnostic::error("comparison/measure-does-not-apply", span, message).severity(severity));
            self.say(diagnostic, id);
        }
        subjects.iter().map(|subject| measure.of(&subject.subject())).collect()
    }

    fn facts(&mut self, workspace: &Workspace, fact: &str, criterion: &Criterion, subjects: &[Ready<'_>]) -> Vec<Derived<Value>> {
        let mut cells = Vec::new();
        let mut stated = false;
        for subject in subjects {
            let Ready::Stack(on) = subject else {
                cells.push(measure::not_applicable(said!("facts are stated by stacks", "les faits sont dits par les piles")));
                continue;
            };
            let Some(found) = on.stack.facts.get(fact) else {
                cells.push(measure::unanswered(said!("`{name}` does not state `{fact}`", "`{name}` ne dit pas `{fact}`", name = on.name)));
                continue;
            };
            stated = true;
            let path = format!("{}.facts.{fact}", on.name);
            let number = match &found.value {
                FactValue::One(text) if criterion.scale.is_empty() => quantity(text),
                FactValue::One(text) => self.on_scale(text, criterion, workspace.place(&format!("{path}.value")).or_else(|| workspace.place(&path))),
                FactValue::Range(..) | FactValue::Several(_) => None,
            };
            let text = Said::by(|lang| found.show(lang));
            let formula = found.conditions.as_ref().map(|text| text.said()).unwrap_or_default();
            cells.push(Derived::new(known(text, number), formula).from_fact(path).sourced(found.evidence()));
        }
        if !stated && subjects.iter().any(|subject| matches!(subject, Ready::Stack(_))) {
            let all = workspace.stacks.values().flat_map(|doc| doc.value.facts.keys()).map(String::as_str);
            let message = said!("no subject states the fact `{fact}`", "aucun sujet ne dit le fait `{fact}`");
            let diagnostic = self.place(&["criteria", fact, "fact"]).map(|span| suggest(Diagnostic::error("reference/unknown-fact", span, message), nearest(fact, all)));
            self.say(diagnostic, fact);
        }
        cells
    }

    fn own(&mut self, criterion: &Criterion, subjects: &[Ready<'_>]) -> Vec<Derived<Value>> {
        let id = criterion.id();
        let silent: Vec<&str> = subjects.iter().map(Ready::name).filter(|name| !criterion.values.contains_key(*name)).collect();
        if !silent.is_empty() {
            let message = said!("`{id}` has no value for {who}", "`{id}` n’a pas de valeur pour {who}", who = measure::names(&silent));
            let place = self.place(&["criteria", id, "values"]).or_else(|| self.place(&["criteria", id, "name"]));
            let mut diagnostic = place.map(|span| Diagnostic::error("comparison/no-value", span, message).severity(Severity::Warning));
            if let Some(diagnostic) = &mut diagnostic {
                diagnostic.state = State::Unanswered;
            }
            self.say(diagnostic, id);
        }
        subjects
            .iter()
            .map(|subject| {
                let name = subject.name();
                let Some(value) = criterion.values.get(name) else {
                    return measure::unanswered(said!("no value is given for `{name}`", "aucune valeur n’est donnée pour `{name}`"));
                };
                let number = if criterion.scale.is_empty() {
                    quantity(value)
                } else {
                    self.on_scale(value, criterion, self.place(&["criteria", id, "values", name]))
                };
                let evidence = Said::by(|lang| {
                    let when = criterion.as_of.as_ref().map(|when| when.show(lang));
                    [criterion.source.clone(), when].into_iter().flatten().collect::<Vec<_>>().join(", ")
                });
                Derived::new(known(Said::by(|lang| show_scalar(value, lang)), number), Said::default())
                    .from_fact(format!("{}.criteria.{id}.values.{name}", self.name))
                    .sourced(evidence)
            })
            .collect()
    }

    /// The rank of a word on the criterion's scale; a word outside it is said where it stands.
    fn on_scale(&mut self, word: &str, criterion: &Criterion, place: Option<Span>) -> Option<f64> {
        if let Some(rank) = criterion.scale.iter().position(|other| other == word) {
            return Some(rank as f64);
        }
        let scale = criterion.scale.join(", ");
        let diagnostic = place.map(|span| {
            let message = said!("`{word}` is not on the scale of `{id}`: {scale}", "`{word}` n’est pas sur l’échelle de `{id}` : {scale}", id = criterion.id());
            suggest(Diagnostic::error("comparison/off-scale", span, message), nearest(word, criterion.scale.iter().map(String::as_str)))
        });
        self.say(diagnostic, criterion.id());
        None
    }

    /// The place of something in the comparison; a criterion that is only a name stands for its own keys.
    fn place(&self, path: &[&str]) -> Option<Span> {
        let root = self.root?;
        (1..=path.len()).rev().find_map(|length| root.at(path[..length].iter().copied())).map(|node| node.span)
    }

    fn say(&mut self, diagnostic: Option<Diagnostic>, criterion: &str) {
        self.diagnostics.extend(diagnostic.map(|diagnostic| diagnostic.path(format!("{}.criteria.{criterion}", self.name))));
    }
}

/// The diagnostic with what was probably meant.
pub(super) fn suggest(diagnostic: Diagnostic, near: Option<&str>) -> Diagnostic {
    let span = diagnostic.primary.span;
    match near {
        Some(near) => diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(span, near),
        None => diagnostic,
    }
}

fn known(text: Said, number: Option<f64>) -> Value {
    Value::Known(Known { text, number, leaves_out: Vec::new() })
}

/// What a typed-in scalar measures, in base units, where it measures anything.
fn quantity(text: &str) -> Option<f64> {
    let bytes = Bytes::parse(text).map(|value| value.value());
    bytes
        .or_else(|_| Duration::parse(text).map(|value| value.value()))
        .or_else(|_| Share::parse(text).map(|value| value.value()))
        .or_else(|_| Cpu::parse(text).map(|value| value.value()))
        .ok()
}

#[cfg(test)]
mod tests;
