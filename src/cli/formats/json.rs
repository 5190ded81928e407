//! For programs: a promise (`"version": 1`), in the order of the text.

use serde_json::{Value, json};

use super::Report;
use crate::analysis::findings::Finding;
use crate::source::{Diagnostic, Place, Severity, Show, State};

/// The whole answer of `check --format json`.
pub(super) fn write(report: &Report<'_>) -> String {
    let all = report.findings.in_order();
    let count = |wanted: &dyn Fn(&Diagnostic) -> bool| all.iter().filter(|finding| wanted(finding.diagnostic)).count();
    let severity = |severity: Severity| count(&|diagnostic| diagnostic.severity == severity);
    let state = |state: State| count(&|diagnostic| diagnostic.state == state);
    let mut value = json!({
        "version": 1,
        "summary": {
            "files": report.sources.iter().count(),
            "documents": report.documents,
            "components": report.components,
            "by_severity": {
                "error": severity(Severity::Error), "warning": severity(Severity::Warning), "note": severity(Severity::Note),
            },
            "by_state": {
                "fail": state(State::Fail), "unanswered": state(State::Unanswered), "waived": state(State::Waived),
            },
        },
        "diagnostics": all.iter().map(|finding| one(finding, report)).collect::<Vec<_>>(),
    });
    if report.findings.has_baseline {
        let known = all.iter().filter(|finding| finding.known).count();
        value["summary"]["baseline"] = json!({"known": known, "mended": report.findings.mended});
    }
    format!("{value:#}\n")
}

fn one(finding: &Finding<'_>, report: &Report<'_>) -> Value {
    let (diagnostic, sources, lang) = (finding.diagnostic, report.sources, report.lang);
    let place = |place: Place| json!({"line": place.line, "column": place.column});
    let (start, end) = report.region(diagnostic);
    // A fix that holds a credential is only ever written into the file it mends.
    let fix = diagnostic.fix.as_ref().filter(|fix| !fix.holds_secrets()).map(|fix| {
        let edits = fix.edits.iter().map(|edit| {
            json!({
                "file": sources.file(edit.span.file).path,
                "start": place(sources.start(edit.span)), "end": place(sources.end(edit.span)), "text": edit.text,
            })
        });
        json!({"safe": fix.safe, "edits": edits.collect::<Vec<_>>()})
    });
    let mut value = json!({
        "code": diagnostic.code,
        "severity": diagnostic.severity.word(),
        "state": diagnostic.state.word(),
        "message": diagnostic.message.show(lang),
        "help": diagnostic.help.as_ref().map(|help| help.show(lang)),
        "file": sources.file(diagnostic.primary.span.file).path,
        "start": place(start),
        "end": place(end),
        "path": diagnostic.path,
        "document": diagnostic.path.as_ref().map(|path| path.split('.').next().unwrap_or(path)),
        "fix": fix,
        "fixable": diagnostic.fix.as_ref().is_some_and(|fix| fix.safe),
        "fingerprint": finding.fingerprint,
    });
    if let Some(accepted) = &diagnostic.accepted {
        value["waiver"] = json!({
            "reason": accepted.reason.show(lang), "owner": accepted.owner, "until": accepted.until,
            "file": sources.file(accepted.span.file).path, "line": sources.start(accepted.span).line,
        });
    }
    if report.findings.has_baseline {
        value["known"] = finding.known.into();
    }
    value
}
