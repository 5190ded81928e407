//! Diagnostics for programs: `check --format json`, a promise (`"version": 1`).

use serde_json::{Value, json};

use crate::source::{Diagnostic, Lang, Place, Severity, Show, Sources, State};

/// The whole answer of `check --format json`.
pub fn report(
    diagnostics: &[&Diagnostic],
    sources: &Sources,
    documents: usize,
    components: usize,
    lang: Lang,
) -> Value {
    let count =
        |wanted: &dyn Fn(&Diagnostic) -> bool| diagnostics.iter().filter(|diagnostic| wanted(diagnostic)).count();
    let severity = |severity: Severity| count(&|diagnostic| diagnostic.severity == severity);
    let state = |state: State| count(&|diagnostic| diagnostic.state == state);
    json!({
        "version": 1,
        "summary": {
            "files": sources.iter().count(),
            "documents": documents,
            "components": components,
            "by_severity": {
                "error": severity(Severity::Error), "warning": severity(Severity::Warning), "note": severity(Severity::Note),
            },
            "by_state": {
                "fail": state(State::Fail), "unanswered": state(State::Unanswered), "waived": state(State::Waived),
            },
        },
        "diagnostics": diagnostics.iter().map(|diagnostic| one(diagnostic, sources, lang)).collect::<Vec<_>>(),
    })
}

fn one(diagnostic: &Diagnostic, sources: &Sources, lang: Lang) -> Value {
    let span = diagnostic.primary.span;
    let place = |place: Place| json!({"line": place.line, "column": place.column});
    json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity.word(),
        "state": diagnostic.state.word(),
        "message": diagnostic.message.show(lang),
        "help": diagnostic.help.as_ref().map(|help| help.show(lang)),
        "file": sources.file(span.file).path,
        "start": place(sources.start(span)),
        "end": place(sources.end(span)),
        "path": diagnostic.path,
        "document": diagnostic.path.as_ref().map(|path| path.split('.').next().unwrap_or(path)),
        "fix": diagnostic.fix.as_ref().map(|fix| json!({
            "start": place(sources.start(fix.span)), "end": place(sources.end(fix.span)), "text": fix.text,
        })),
    })
}
