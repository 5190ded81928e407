//! Advice: which subjects of a comparison are preferred for each component of a design, and why.

mod form;
mod judge;
mod reasons;
mod turn;

pub use form::Form;
pub use judge::{Because, Cited, Judged, judge, together};
pub use reasons::{REASONS, Reason};
pub use turn::Turn;

use std::collections::BTreeSet;

use super::expression::{Answer, Condition, facts};
use super::measure::names;
use super::view::{Home, View};
use crate::design::Doc;
use crate::design::model::Comparison;
use crate::design::model::component::{Component, ComponentKind};
use crate::said;
use crate::source::{Diagnostic, Said, Severity, nearest};

/// The advice for one component.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The component.
    pub component: String,
    /// What runs it today.
    pub today: Today,
    /// The subjects that are preferred, with every condition that says so, in the comparison's
    /// order. More than one subject means that they are combined, or that somebody has to weigh.
    pub preferred: Vec<Preferred>,
    /// Conditions that the design does not answer.
    pub unanswered: Vec<Open>,
}

/// What runs a component today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Today {
    /// A Kubernetes cluster.
    Cluster(String),
    /// A host group.
    Hosts(String),
    /// A partition of a SoC.
    Partition(String),
    /// A third party: nothing is to be chosen, it is managed.
    Managed(String),
}

/// A subject that is preferred, by one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Preferred {
    /// The subject.
    pub subject: String,
    /// Why.
    pub because: Said,
    /// Who says so.
    pub source: Option<String>,
    /// The condition as it is written.
    pub when: String,
    /// The address of the preference: `containers-or-vms.prefer.virtual-machines.0`.
    pub path: String,
    /// The addresses of the facts that the condition read.
    pub facts: BTreeSet<String>,
}

/// A condition that the design does not answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// The subject that it would prefer.
    pub subject: String,
    /// The fact that is not stated.
    pub missing: String,
    /// The address of the preference.
    pub path: String,
}

impl Advice {
    /// The preferred subjects, each once, in the comparison's order.
    pub fn subjects(&self) -> Vec<&str> {
        let mut subjects: Vec<&str> = Vec::new();
        for preferred in &self.preferred {
            if !subjects.contains(&preferred.subject.as_str()) {
                subjects.push(&preferred.subject);
            }
        }
        subjects
    }

    /// The facts that are not stated, each once.
    pub fn missing(&self) -> Vec<&str> {
        let mut missing: Vec<&str> = Vec::new();
        for open in &self.unanswered {
            if !missing.contains(&open.missing.as_str()) {
                missing.push(&open.missing);
            }
        }
        missing
    }
}

/// A preference that was read.
struct Ready<'a> {
    subject: &'a str,
    condition: Condition,
    when: &'a str,
    because: Said,
    source: Option<String>,
    path: String,
}

/// What is wrong with the preferences of a comparison, whatever design they are asked of.
pub fn check(sources: &crate::source::Sources, doc: &Doc<Comparison>) -> Vec<Diagnostic> {
    read(sources, doc).1
}

/// Evaluates a comparison's preferences for each component that a choice is to be made for: what
/// runs on machines of ours; what third parties run is listed as managed. People, other
/// institutions' systems and parts of a machine are left out.
pub fn advise(view: &View<'_>, doc: &Doc<Comparison>) -> (Vec<Advice>, Vec<Diagnostic>) {
    let (ready, mut diagnostics) = read(&view.workspace.sources, doc);
    let mut advice = Vec::new();
    for (name, component) in &view.design.components {
        let Some(today) = today(view, component) else { continue };
        let mut one = Advice { component: name.clone(), today, preferred: Vec::new(), unanswered: Vec::new() };
        if !matches!(one.today, Today::Managed(_)) {
            let facts = facts(view, name, component);
            for ready in &ready {
                match ready.condition.ask(&facts) {
                    Ok(Answer::Holds) => one.preferred.push(Preferred {
                        subject: ready.subject.to_owned(),
                        because: ready.because.clone(),
                        source: ready.source.clone(),
                        when: ready.when.to_owned(),
                        path: ready.path.clone(),
                        facts: ready
                            .condition
                            .names
                            .iter()
                            .filter_map(|name| facts.addresses.get(name).cloned())
                            .collect(),
                    }),
                    Ok(Answer::Fails) => {}
                    Ok(Answer::Unanswered(missing)) => {
                        one.unanswered.push(Open {
                            subject: ready.subject.to_owned(),
                            missing,
                            path: ready.path.clone(),
                        });
                    }
                    Err(diagnostic) => {
                        let diagnostic = diagnostic.path(ready.path.clone());
                        // One mistake, however many components meet it.
                        if !diagnostics.contains(&diagnostic) {
                            diagnostics.push(diagnostic);
                        }
                    }
                }
            }
        }
        advice.push(one);
    }
    (advice, diagnostics)
}

pub(super) fn today(view: &View<'_>, component: &Component) -> Option<Today> {
    use ComponentKind::{Actuator, ExternalSystem, Person, Sensor};
    if matches!(component.kind, Person | ExternalSystem | Sensor | Actuator) {
        return None;
    }
    Some(match view.home(component) {
        Home::Cluster(name, _) => Today::Cluster(name.to_owned()),
        Home::Hosts(name, _) => Today::Hosts(name.to_owned()),
        Home::Partition(name, _) => Today::Partition(name.to_owned()),
        Home::ThirdParty(name, _) => Today::Managed(name.to_owned()),
        Home::Nowhere => return None,
    })
}

/// Reads every condition of a comparison.
fn read<'a>(sources: &crate::source::Sources, doc: &'a Doc<Comparison>) -> (Vec<Ready<'a>>, Vec<Diagnostic>) {
    let mut ready = Vec::new();
    let mut diagnostics = Vec::new();
    let compared: Vec<&str> = doc.value.subjects.iter().map(|name| name.0.as_str()).collect();
    for (subject, preferences) in &doc.value.prefer {
        if !compared.contains(&subject.as_str())
            && let Some(entry) = doc.root.get("prefer").and_then(|prefer| prefer.entry(subject))
        {
            let message = said!(
                "`{subject}` is preferred here and not compared",
                "`{subject}` est préféré ici sans être comparé"
            );
            let help = match nearest(subject, compared.iter().copied()) {
                Some(near) => said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"),
                None => said!("subjects: {subjects}", "sujets : {subjects}", subjects = names(&compared)),
            };
            let diagnostic = Diagnostic::error("comparison/not-compared", entry.key_span, message)
                .severity(Severity::Warning)
                .help(help);
            diagnostics.push(diagnostic.path(format!("{}.prefer.{subject}", doc.name)));
        }
        for (i, preference) in preferences.iter().enumerate() {
            let path = format!("{}.prefer.{subject}.{i}", doc.name);
            let Some(node) = doc
                .root
                .get("prefer")
                .and_then(|prefer| prefer.get(subject))
                .and_then(|list| list.items().get(i)?.get("when"))
            else {
                continue;
            };
            match Condition::read(sources, node) {
                Ok(condition) => ready.push(Ready {
                    subject,
                    condition,
                    when: &preference.when,
                    because: preference.because.said(),
                    source: preference.source.clone(),
                    path,
                }),
                Err(found) => diagnostics.extend(found.into_iter().map(|diagnostic| diagnostic.path(path.clone()))),
            }
        }
    }
    (ready, diagnostics)
}

#[cfg(test)]
mod tests;
