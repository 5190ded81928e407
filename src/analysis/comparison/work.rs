//! From criteria and subjects to cells: measured, typed in as a fact, or the author's own.

use super::ranking::mark_best;
use super::units::{quantity, units};
use super::{Cell, Column, Compared, Origin, Row, suggest};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{self, Applies, Known, OnStack, Subject, Value};
use crate::analysis::runs::Runs;
use crate::analysis::view::View;
use crate::design::Workspace;
use crate::design::model::comparison::{Assume, Better, Criterion};
use crate::design::model::stack::{FactValue, show_scalar};
use crate::design::text::When;
use crate::said;
use crate::source::{Diagnostic, Node, Said, Severity, Show, Span, State, nearest};

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

/// Subjects that one thread measures: so few are not worth another.
const AT_ONCE: usize = 16;
/// The most threads that share the subjects.
const THREADS: usize = 4;

/// Every measure of every subject, by criterion; nothing for a criterion that is no measure. Many
/// subjects are shared among threads, each in its place, so that the result does not depend on them.
fn measured(criteria: &[Criterion], subjects: &[Ready<'_>]) -> Vec<Vec<Derived<Value>>> {
    let measures: Vec<Option<&measure::Measure>> =
        criteria.iter().map(|criterion| criterion.measure.as_deref().and_then(measure::find)).collect();
    let of = |subject: &Ready<'_>| -> Vec<Option<Derived<Value>>> {
        measures.iter().map(|measure| measure.map(|measure| measure.of(&subject.subject()))).collect()
    };
    let each = subjects.len().div_ceil(THREADS).max(AT_ONCE);
    let by_subject: Vec<Vec<Option<Derived<Value>>>> = if subjects.len() <= each {
        subjects.iter().map(of).collect()
    } else {
        std::thread::scope(|scope| {
            let of = &of;
            let parts: Vec<_> = subjects
                .chunks(each)
                .map(|part| scope.spawn(move || part.iter().map(of).collect::<Vec<_>>()))
                .collect();
            // Should a thread ever not come back, its part is worked out here: no value may move to another's place.
            let again = |part: &[Ready<'_>]| part.iter().map(of).collect::<Vec<_>>();
            let joined = parts.into_iter().zip(subjects.chunks(each));
            joined.flat_map(|(part, chunk)| part.join().unwrap_or_else(|_| again(chunk))).collect()
        })
    };
    let mut rows: Vec<Vec<Derived<Value>>> = measures.iter().map(|_| Vec::with_capacity(subjects.len())).collect();
    for values in by_subject {
        for (row, value) in rows.iter_mut().zip(values) {
            row.extend(value);
        }
    }
    rows
}

/// Works out a comparison and keeps what is wrong with it.
pub(super) struct Worker<'a> {
    pub(super) name: &'a str,
    pub(super) root: Option<&'a Node>,
    pub(super) margin: f64,
    pub(super) runs: &'a Runs,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Worker<'_> {
    pub(super) fn work_out<'w>(
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
                    let view = self.runs.view(workspace, name, today)?;
                    return Some((
                        Ready::Design(Box::new(view)),
                        Column { name: doc.name.clone(), title, is_stack: false },
                    ));
                }
                let doc = workspace.stacks.get(*name)?;
                let title = doc.value.title.as_ref().map_or_else(|| Said::same(*name), |title| title.said());
                let on = OnStack { workspace, name: &doc.name, stack: &doc.value, assume: assumed, assumed_by };
                Some((Ready::Stack(on), Column { name: doc.name.clone(), title, is_stack: true }))
            })
            .collect();
        let (subjects, columns): (Vec<Ready<'w>>, Vec<Column>) = ready.into_iter().unzip();
        self.mixed_kinds(&columns);
        let mut measured = measured(criteria, &subjects).into_iter();
        let rows: Vec<Row> = criteria
            .iter()
            .map(|criterion| self.row(workspace, criterion, &subjects, measured.next().unwrap_or_default()))
            .collect();
        self.no_weight(&rows);
        let assume = columns.iter().any(|column| column.is_stack).then_some(assumed);
        Compared { name: self.name.to_owned(), title, assume, margin: self.margin, subjects: columns, rows }
    }

    fn row(
        &mut self,
        workspace: &Workspace,
        criterion: &Criterion,
        subjects: &[Ready<'_>],
        worked_out: Vec<Derived<Value>>,
    ) -> Row {
        let id = criterion.id().to_owned();
        let measure = criterion.measure.as_deref().and_then(measure::find);
        let (origin, values) = if let Some(name) = &criterion.measure {
            (Origin::Measure, self.measured(name, measure, &id, subjects, worked_out))
        } else if let Some(fact) = &criterion.fact {
            (Origin::Fact, self.facts(workspace, fact, criterion, subjects))
        } else {
            (Origin::Own, self.own(criterion, subjects))
        };
        let scaled = (!criterion.scale.is_empty()).then_some(Better::Higher);
        let better = criterion
            .better
            .or(measure.and_then(|measure| measure.better))
            .or(scaled)
            .filter(|better| *better != Better::None);
        let title = match (&criterion.title, measure) {
            (Some(title), _) => title.said(),
            (None, Some(measure)) => measure.title.said(),
            (None, None) => called(&id),
        };
        let mut values = values;
        let weight = self.weight(criterion);
        let left_out = self.left_out(&id, better, weight, &mut values);
        let unit = units(&values).first().cloned().or_else(|| measure.map(|measure| measure.unit.to_owned()));
        let mut row = Row {
            id,
            origin,
            title,
            explains: measure.map(|measure| measure.explains.said()),
            better,
            scale: criterion.scale.clone(),
            weight,
            unit: unit.filter(|unit| !unit.is_empty()),
            left_out,
            cells: values.into_iter().map(|value| Cell { value, best: false }).collect(),
        };
        mark_best(&mut row);
        row
    }

    fn measured(
        &mut self,
        name: &str,
        measure: Option<&measure::Measure>,
        id: &str,
        subjects: &[Ready<'_>],
        worked_out: Vec<Derived<Value>>,
    ) -> Vec<Derived<Value>> {
        let Some(measure) = measure else {
            let span = self.place(&["criteria", id, "measure"]);
            let mut diagnostic = span.map(|span| {
                Diagnostic::error(
                    "reference/unknown-measure",
                    span,
                    said!("no measure is called `{name}`", "aucune mesure ne s’appelle `{name}`"),
                )
            });
            diagnostic = diagnostic.map(|diagnostic| suggest(diagnostic, measure::near(name)));
            self.say(diagnostic, id);
            return subjects
                .iter()
                .map(|_| measure::unanswered(said!("no such measure", "cette mesure n’existe pas")))
                .collect();
        };
        let apart: Vec<&str> =
            subjects.iter().filter(|subject| !measure.applies_to(&subject.subject())).map(Ready::name).collect();
        if !apart.is_empty() {
            let kind = if measure.applies() == Applies::Stack {
                said!("stacks", "stacks")
            } else {
                said!("designs", "designs")
            };
            let message = said!(
                "`{name}` is a measure of {kind}; it says nothing of {who}",
                "`{name}` mesure des {kind} ; elle ne dit rien de {who}",
                kind = kind,
                who = measure::names(&apart)
            );
            let severity = if apart.len() == subjects.len() { Severity::Error } else { Severity::Warning };
            let diagnostic = self
                .place(&["criteria", id, "measure"])
                .map(|span| Diagnostic::error("comparison/measure-does-not-apply", span, message).severity(severity));
            self.say(diagnostic, id);
        }
        worked_out
    }

    fn facts(
        &mut self,
        workspace: &Workspace,
        fact: &str,
        criterion: &Criterion,
        subjects: &[Ready<'_>],
    ) -> Vec<Derived<Value>> {
        let mut cells = Vec::new();
        let mut stated = false;
        for subject in subjects {
            let Ready::Stack(on) = subject else {
                cells.push(measure::not_applicable(said!(
                    "facts are stated by stacks",
                    "les faits sont dits par les stacks"
                )));
                continue;
            };
            let Some(found) = on.stack.facts.get(fact) else {
                cells.push(measure::unanswered(said!(
                    "`{name}` does not state `{fact}`",
                    "`{name}` ne dit pas `{fact}`",
                    name = on.name
                )));
                continue;
            };
            stated = true;
            let path = format!("{}.facts.{fact}", on.name);
            let number = match &found.value {
                FactValue::One(text) if criterion.scale.is_empty() => quantity(text),
                FactValue::One(text) => self.on_scale(
                    text,
                    criterion,
                    workspace.place(&format!("{path}.value")).or_else(|| workspace.place(&path)),
                ),
                FactValue::Range(..) | FactValue::Several(_) => None,
            };
            let text = Said::by(|lang| found.show(lang));
            let formula = found.conditions.as_ref().map(|text| text.said()).unwrap_or_default();
            cells.push(Derived::new(known(text, number), formula).from_fact(path).sourced(found.evidence()));
        }
        if !stated && subjects.iter().any(|subject| matches!(subject, Ready::Stack(_))) {
            let all = workspace.stacks.values().flat_map(|doc| doc.value.facts.keys()).map(String::as_str);
            let message = said!("no subject states the fact `{fact}`", "aucun sujet ne dit le fait `{fact}`");
            let diagnostic = self
                .place(&["criteria", fact, "fact"])
                .map(|span| suggest(Diagnostic::error("reference/unknown-fact", span, message), nearest(fact, all)));
            self.say(diagnostic, fact);
        }
        cells
    }

    fn own(&mut self, criterion: &Criterion, subjects: &[Ready<'_>]) -> Vec<Derived<Value>> {
        let id = criterion.id();
        let silent: Vec<&str> =
            subjects.iter().map(Ready::name).filter(|name| !criterion.values.contains_key(*name)).collect();
        if !silent.is_empty() {
            let message = said!(
                "`{id}` has no value for {who}",
                "`{id}` n’a pas de valeur pour {who}",
                who = measure::names(&silent)
            );
            let place = self.place(&["criteria", id, "values"]).or_else(|| self.place(&["criteria", id, "name"]));
            let mut diagnostic =
                place.map(|span| Diagnostic::error("comparison/no-value", span, message).severity(Severity::Warning));
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
                    return measure::unanswered(said!(
                        "no value is given for `{name}`",
                        "aucune valeur n’est donnée pour `{name}`"
                    ));
                };
                let number = if criterion.scale.is_empty() {
                    quantity(value)
                } else {
                    self.on_scale(value, criterion, self.place(&["criteria", id, "values", name]))
                };
                let evidence = Said::by(|lang| {
                    let when = criterion.as_of.as_ref().map(|when| when.show(lang));
                    [criterion.source.as_ref().map(|text| text.show(lang)), when]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(", ")
                });
                Derived::new(known(Said::by(|lang| show_scalar(value, lang)), number), Said::default())
                    .from_fact(format!("{}.criteria.{id}.values.{name}", self.name))
                    .sourced(evidence)
            })
            .collect()
    }

    /// The rank of a word on the criterion's scale; a word outside it is said where it stands.
    fn on_scale(&mut self, word: &str, criterion: &Criterion, place: Option<Span>) -> Option<(f64, &'static str)> {
        if let Some(rank) = criterion.scale.iter().position(|other| other == word) {
            return Some((rank as f64, "rank"));
        }
        let scale = criterion.scale.join(", ");
        let diagnostic = place.map(|span| {
            let message = said!(
                "`{word}` is not on the scale of `{id}`: {scale}",
                "`{word}` n’est pas sur l’échelle de `{id}` : {scale}",
                id = criterion.id()
            );
            suggest(
                Diagnostic::error("comparison/off-scale", span, message),
                nearest(word, criterion.scale.iter().map(String::as_str)),
            )
        });
        self.say(diagnostic, criterion.id());
        None
    }

    /// The place of something in the comparison; a criterion that is only a name stands for its own keys.
    pub(super) fn place(&self, path: &[&str]) -> Option<Span> {
        let root = self.root?;
        (1..=path.len()).rev().find_map(|length| root.at(path[..length].iter().copied())).map(|node| node.span)
    }

    pub(super) fn say(&mut self, diagnostic: Option<Diagnostic>, criterion: &str) {
        self.diagnostics
            .extend(diagnostic.map(|diagnostic| diagnostic.path(format!("{}.criteria.{criterion}", self.name))));
    }
}

/// What a fact is called where the comparison gives it no title.
fn called(id: &str) -> Said {
    match id {
        "live-migration" => said!("Live migration", "Migration à chaud"),
        "live-migration-downtime" => said!("Interruption of a live migration", "Interruption d’une migration à chaud"),
        "device-access" => said!("Device access", "Accès aux périphériques"),
        "restart-after-host-failure" => said!("Restart after a host failure", "Redémarrage après la panne d’un hôte"),
        _ => {
            let words = id.replace('-', " ");
            let mut letters = words.chars();
            Said::same(
                letters
                    .next()
                    .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>()),
            )
        }
    }
}

fn known(text: Said, number: Option<(f64, &str)>) -> Value {
    let unit = number.map(|(_, unit)| unit.to_owned());
    Value::Known(Known { text, number: number.map(|(number, _)| number), leaves_out: Vec::new(), unit })
}
