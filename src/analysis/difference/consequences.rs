//! What follows from an edit: findings that come or go, measures and outages that move.

use std::collections::BTreeSet;

use super::snapshot::{Snapshot, Suffered};
use crate::analysis::measure::{Known, Value};
use crate::design::model::comparison::Better;
use crate::design::model::organisation::Disruption;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Said, Severity, State};

/// One thing that follows from an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Consequence {
    /// The design in which it follows.
    pub design: String,
    /// What it is about: a rule's code, a measure's name, `outage`.
    pub about: String,
    /// The address that it is about, within the design; may be empty.
    pub path: String,
    /// What sort it is.
    pub sort: Sort,
    /// In one line.
    pub text: Said,
    /// Whether that is worse; `None` where it is neither.
    pub worse: Option<bool>,
    /// The addresses that it was worked out from.
    pub facts: BTreeSet<String>,
}

/// What sort of consequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A finding that was not there before.
    New,
    /// A finding that is not there any more.
    Fixed,
    /// A simulated outage.
    Outage,
    /// A measure.
    Measure,
}

/// Measures that only count findings, each of which is told by itself, or what outages tell better.
const TOLD_ELSEWHERE: [&str; 12] = [
    "findings",
    "findings-errors",
    "findings-warnings",
    "findings-notes",
    "questions-unanswered",
    "worst-outage-software",
    "worst-outage-node",
    "worst-outage-zone",
    "worst-outage-site",
    "rto-kept",
    "rpo-kept",
    "worst-data-lost",
];

/// Everything that differs between two states of a design, as consequences.
pub(super) fn between(design: &str, before: &Snapshot, after: &Snapshot) -> Vec<Consequence> {
    let mut found = Vec::new();
    for (key, finding) in after.open().filter(|(key, _)| !before.findings.contains_key(*key)) {
        found.push(of_finding(design, key, finding.state, finding.severity, &finding.message, Sort::New));
    }
    for (key, finding) in before.open().filter(|(key, _)| !after.findings.contains_key(*key)) {
        found.push(of_finding(design, key, finding.state, finding.severity, &finding.message, Sort::Fixed));
    }
    found.extend(outages(design, before, after));
    for (measure, value) in after.measures.iter().filter(|(measure, _)| !TOLD_ELSEWHERE.contains(&measure.id)) {
        let Some(old) = before.measure(measure.id) else { continue };
        if old.value.text() == value.value.text() {
            continue;
        }
        found.push(Consequence {
            design: design.to_owned(),
            about: measure.id.to_owned(),
            path: String::new(),
            sort: Sort::Measure,
            text: said!(
                "{title}: {before} → {after}",
                "{title} : {before} → {after}",
                title = measure.title,
                before = shown(&old.value),
                after = shown(&value.value)
            ),
            worse: worse(measure.better, &old.value, &value.value),
            facts: value.facts.union(&old.facts).cloned().collect(),
        });
    }
    found
}

/// A value as a line tells it; a question that nobody answers is told as one.
pub(super) fn shown(value: &Value) -> Said {
    match value {
        Value::Known(Known { text, .. }) => text.clone(),
        Value::Unanswered(_) => said!("unanswered", "sans réponse"),
        Value::NotApplicable(_) => said!("not applicable", "sans objet"),
    }
}

/// Whether a value is worse than another; losing an answer is.
pub(super) fn worse(better: Option<Better>, before: &Value, after: &Value) -> Option<bool> {
    match (before.comparable(), after.comparable()) {
        (Some(before), Some(after)) => match better {
            Some(Better::Higher) => Some(after < before),
            Some(Better::Lower) => Some(after > before),
            _ => None,
        },
        _ => match (before, after) {
            (Value::Known(_), Value::Unanswered(_)) => Some(true),
            (Value::Unanswered(_), Value::Known(_)) => Some(false),
            _ => None,
        },
    }
}

fn of_finding(
    design: &str,
    (code, path, _): &(String, String, &'static str),
    state: State,
    severity: Severity,
    message: &Said,
    sort: Sort,
) -> Consequence {
    let word = match (state, severity) {
        (State::Unanswered, _) => said!("unanswered", "sans réponse"),
        (_, Severity::Error) => said!("error", "erreur"),
        (_, Severity::Warning) => said!("warning", "avertissement"),
        (_, Severity::Note) => said!("note", "note"),
    };
    let text = match sort {
        Sort::Fixed => said!(
            "no longer {word} {code}: {message}",
            "plus de {word} {code} : {message}",
            word = word,
            message = message
        ),
        _ => said!("{word} {code}: {message}", "{word} {code} : {message}", word = word, message = message),
    };
    Consequence {
        design: design.to_owned(),
        about: code.clone(),
        path: path.clone(),
        sort,
        text,
        worse: Some(sort == Sort::New),
        facts: BTreeSet::from([format!("{design}.{path}")]),
    }
}

fn outages(design: &str, before: &Snapshot, after: &Snapshot) -> Vec<Consequence> {
    let mut found = Vec::new();
    for ((function, disruption), now) in &after.suffered {
        let Some(then) = before.suffered.get(&(function.clone(), *disruption)) else { continue };
        let mut parts = Vec::new();
        let mut direction = 0.0;
        if apart(then.outage_s, now.outage_s, 0.5) {
            parts.push(said!(
                "out for {before} → {after}",
                "coupée {before} → {after}",
                before = time(then.outage_s),
                after = time(now.outage_s)
            ));
            direction += sign(then.outage_s, now.outage_s) * 4.0;
        }
        // Less than one in a hundred is no difference that anybody could see.
        if apart(then.requests, now.requests, 1.0_f64.max(then.requests * 0.01)) {
            parts.push(said!(
                "{before} → {after} requests fail within {time}",
                "{before} → {after} requêtes échouent en {time}",
                before = count(then.requests),
                after = count(now.requests),
                time = seconds(now.followed_s)
            ));
            direction += sign(then.requests, now.requests);
        }
        if apart(then.lost_s, now.lost_s, 0.5) {
            parts.push(said!(
                "writes lost: {before} → {after}",
                "écritures perdues : {before} → {after}",
                before = data(then.lost_s),
                after = data(now.lost_s)
            ));
            direction += sign(then.lost_s, now.lost_s) * 2.0;
        }
        if parts.is_empty() {
            continue;
        }
        found.push(Consequence {
            design: design.to_owned(),
            about: "outage".to_owned(),
            path: format!("functions.{function}.recovery.{}", disruption.word()),
            sort: Sort::Outage,
            text: said!(
                "when {what}, `{function}`: {parts}",
                "quand {what}, `{function}` : {parts}",
                what = lost(*disruption),
                parts = Said::join(&parts, ", ")
            ),
            worse: Some(direction > 0.0),
            facts: BTreeSet::new(),
        });
    }
    found
}

/// The worst of a function as numbers, for machine output.
pub(super) fn numbers(suffered: &Suffered) -> [(&'static str, f64); 3] {
    [("outage_s", suffered.outage_s), ("failed_requests", suffered.requests), ("data_lost_s", suffered.lost_s)]
}

fn apart(a: f64, b: f64, least: f64) -> bool {
    a != b && (a.is_infinite() || b.is_infinite() || (a - b).abs() >= least)
}

fn sign(before: f64, after: f64) -> f64 {
    if after > before { 1.0 } else { -1.0 }
}

fn time(value: f64) -> Said {
    if value.is_finite() { seconds(value.round()) } else { said!("no end", "sans fin") }
}

fn data(value: f64) -> Said {
    if value == 0.0 {
        said!("none", "aucune")
    } else if value.is_finite() {
        said!("{time} of them", "{time} d’écritures", time = seconds(value.round()))
    } else {
        said!("all", "toutes")
    }
}

fn count(value: f64) -> Said {
    said!("{n}", "{n}", n = value.round() as i64)
}

fn lost(disruption: Disruption) -> Said {
    match disruption {
        Disruption::Software => said!("a process is lost", "un processus est perdu"),
        Disruption::Node => said!("a machine is lost", "une machine est perdue"),
        Disruption::Zone => said!("a zone is lost", "une zone est perdue"),
        Disruption::Site => said!("a site is lost", "un site est perdu"),
        Disruption::Region => said!("a region is lost", "une région est perdue"),
        Disruption::Corruption => said!("the data become wrong", "les données deviennent fausses"),
    }
}
