//! `findings`

use std::collections::BTreeMap;

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, counted, parts};
use crate::analysis::rule::{Words, words};
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::{Diagnostic, Said, Severity, State};

/// What the review still finds.
pub static MEASURE: Measure = Measure {
    id: "findings",
    title: words("Findings of the review", "Constats de la revue"),
    explains: words(
        "What fails in the review, by severity; more errors are worse than any number of warnings. Open questions and waived findings are said beside it.",
        "Ce qui échoue à la revue, par gravité ; plus d’erreurs est pire que n’importe quel nombre d’avertissements. Les questions ouvertes et les constats acceptés sont dits à côté.",
    ),
    better: Some(Better::Lower),
    unit: "rank",
    sources: &[],
    work_out: Work::Design(work_out),
};

const KINDS: [(Severity, Words, Words); 3] = [
    (Severity::Error, words("error", "erreur"), words("errors", "erreurs")),
    (Severity::Warning, words("warning", "avertissement"), words("warnings", "avertissements")),
    (Severity::Note, words("note", "note"), words("notes", "notes")),
];

fn work_out(view: &View<'_>) -> Derived<Value> {
    let review = view.review();
    let count = |state: State, severity: Option<Severity>| {
        let of = |severity: Option<Severity>, other: Severity| severity.is_none_or(|severity| severity == other);
        review.findings.iter().filter(|finding| finding.state == state && of(severity, finding.severity)).count() as u32
    };
    let mut number = 0.0;
    let mut said = Vec::new();
    for (severity, one, many) in KINDS {
        let n = count(State::Fail, Some(severity));
        // Severities are compared in order: no count of a lesser one reaches the next.
        number = number * 1e6 + f64::from(n);
        if n > 0 {
            said.push(counted(n, one, many));
        }
    }
    let text = if said.is_empty() { said!("none", "aucun") } else { Said::join(&said, ", ") };
    let mut beside = Vec::new();
    let open = count(State::Unanswered, None);
    if open > 0 {
        beside.push(counted(
            open,
            words("open question", "question ouverte"),
            words("open questions", "questions ouvertes"),
        ));
    }
    let waived = count(State::Waived, None);
    if waived > 0 {
        beside.push(counted(waived, words("waived", "accepté"), words("waived", "acceptés")));
    }
    Derived::new(Value::number(number, text), parts(&beside))
        .from_facts(review.findings.iter().filter_map(|finding| finding.path.clone()))
}

/// How many findings of one severity there are, by rule.
pub(super) fn of_severity(view: &View<'_>, severity: Severity) -> Derived<Value> {
    tally(view, |finding| finding.state == State::Fail && finding.severity == severity)
}

/// How many findings of a kind there are, and of which rules.
pub(super) fn tally(view: &View<'_>, wanted: impl Fn(&Diagnostic) -> bool) -> Derived<Value> {
    let found: Vec<&Diagnostic> = view.review().findings.iter().filter(|finding| wanted(finding)).collect();
    let mut rules: BTreeMap<&str, u32> = BTreeMap::new();
    for finding in &found {
        *rules.entry(finding.code.as_str()).or_default() += 1;
    }
    let each: Vec<Said> = rules
        .iter()
        .map(|(rule, n)| if *n == 1 { Said::same(*rule) } else { said!("{n} × {rule}", "{n} × {rule}", n = *n) })
        .collect();
    let value = if found.is_empty() { Value::number(0.0, said!("none", "aucun")) } else { Value::count(found.len()) };
    let facts = found.iter().filter_map(|finding| finding.path.clone());
    Derived::new(value, Said::join(&each, ", ")).from_facts(facts)
}
