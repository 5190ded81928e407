//! SARIF 2.1.0 (OASIS), within what GitHub's code scanning takes: 25,000 results of a run, 10 MB when
//! compressed, ten related places of a result that it shows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Report;
use crate::analysis::consequence;
use crate::analysis::findings::Finding;
use crate::analysis::rules::RULES;
use crate::cli::codes::codes;
use crate::report::explained as pages;
use crate::said;
use crate::source::{Diagnostic, Edit, Label, Show, Span, State};

/// The most results of a run.
const RESULTS: usize = 25_000;
/// The most bytes of results. Compressed they take a tenth; GitHub takes 10 MB.
const BYTES: usize = 40 << 20;
/// The most places beside the first.
const RELATED: usize = 10;

pub(super) fn write(report: &Report<'_>) -> String {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let mut driver: Vec<Value> = Vec::new();
    let mut results: Vec<Value> = Vec::new();
    let mut bytes = 0;
    for finding in report.findings.all.iter().take(RESULTS) {
        let code = finding.diagnostic.code.as_str();
        let index = *rules.entry(code).or_insert_with(|| {
            driver.push(rule(code, report));
            driver.len() - 1
        });
        let result = result(finding, index, report);
        bytes += result.to_string().len();
        if bytes > BYTES {
            break;
        }
        results.push(result);
    }
    let left = report.findings.all.len() - results.len();
    let mut invocation = json!({"executionSuccessful": true});
    if left > 0 {
        let text = said!(
            "{left} further findings, the least of all, do not fit into one run and are left out",
            "{left} autres constats, les moindres, ne tiennent pas dans un passage et sont omis",
            left = left
        );
        invocation["toolExecutionNotifications"] =
            json!([{"level": "warning", "message": {"text": text.show(report.lang)}}]);
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "epure", "semanticVersion": env!("CARGO_PKG_VERSION"), "language": report.lang.code(),
                "rules": driver,
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"SRCROOT": {"description": {"text": said!("The top of the repository.", "Le haut du dépôt.").show(report.lang)}}},
            "automationDetails": {"id": "epure/check/"},
            "invocations": [invocation],
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A rule, or a code that no rule makes, with its page.
fn rule(code: &str, report: &Report<'_>) -> Value {
    let lang = report.lang;
    let family = code.split('/').next().unwrap_or(code);
    let stake = consequence::of(code);
    let mut tags = vec![json!(family), json!(stake.title().en)];
    if stake == consequence::Consequence::Exposure {
        tags.push(json!("security"));
    }
    let mut value = json!({"id": code, "properties": {"tags": tags}});
    if let Some(rule) = RULES.iter().find(|rule| rule.code == code) {
        let level = rule.severity_at_most();
        value["shortDescription"] = json!({"text": rule.summary.show(lang)});
        value["fullDescription"] = json!({"text": rule.why.show(lang)});
        value["help"] = json!({"text": rule.remedy.show(lang), "markdown": pages::rule(rule, lang, 1)});
        value["defaultConfiguration"] = json!({"level": level.word()});
    } else if let Some(other) = codes().find(|other| other.code == code) {
        value["shortDescription"] = json!({"text": other.summary.show(lang)});
        value["fullDescription"] = json!({"text": other.explains.show(lang)});
        value["help"] = json!({"text": other.explains.show(lang), "markdown": pages::code(other, lang, 1)});
    } else {
        value["shortDescription"] = json!({"text": code});
    }
    value
}

fn result(finding: &Finding<'_>, rule: usize, report: &Report<'_>) -> Value {
    let (diagnostic, lang) = (finding.diagnostic, report.lang);
    // SARIF asks for the level `none` wherever the kind is not `fail`.
    let (kind, level) = match diagnostic.state {
        State::Unanswered => ("open", "none"),
        State::Fail | State::Waived => ("fail", diagnostic.severity.word()),
    };
    let mut message = diagnostic.message.show(lang);
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!(". {}", pages::sentence(&help.show(lang))));
    }
    let mut place = json!({"physicalLocation": physical(&diagnostic.primary, true, report)});
    if let Some(path) = &diagnostic.path {
        place["logicalLocations"] = json!([{"fullyQualifiedName": path}]);
    }
    let mut value = json!({
        "ruleId": diagnostic.code, "ruleIndex": rule, "kind": kind, "level": level,
        "message": {"text": message},
        "locations": [place],
        "partialFingerprints": {
            "epure/v1": finding.fingerprint,
            // The only one that GitHub looks at.
            "primaryLocationLineHash": format!("{}:1", finding.fingerprint),
        },
    });
    let related: Vec<Value> = diagnostic
        .secondary
        .iter()
        .take(RELATED)
        .enumerate()
        .map(|(id, label)| {
            json!({"id": id, "physicalLocation": physical(label, false, report), "message": {"text": label.text.show(lang)}})
        })
        .collect();
    if !related.is_empty() {
        value["relatedLocations"] = related.into();
    }
    if let Some(accepted) = &diagnostic.accepted {
        let kind = if accepted.comment { "inSource" } else { "external" };
        let until = &accepted.until;
        let why = said!("until {until}: {why}", "jusqu’au {until} : {why}", why = accepted.reason);
        value["suppressions"] = json!([{"kind": kind, "status": "accepted", "justification": why.show(lang)}]);
    }
    if report.findings.has_baseline {
        value["baselineState"] = if finding.known { "unchanged" } else { "new" }.into();
    }
    if let Some(fix) = fix(diagnostic, report) {
        value["fixes"] = json!([fix]);
    }
    value
}

/// A place, with the text of its line where that is wanted; credentials in it are dots.
fn physical(label: &Label, snippet: bool, report: &Report<'_>) -> Value {
    let span = label.span;
    let mut region = region(span, report);
    if snippet {
        let line = report.sources.start(span).line;
        let window = report.sources.file(span.file).window(line, line);
        let text = report.sources.shown(span.file, window);
        let text: String = text.trim_end_matches(['\n', '\r']).chars().take(500).collect();
        if !text.is_empty() {
            region["snippet"] = json!({"text": text});
        }
    }
    json!({"artifactLocation": artifact(span, report), "region": region})
}

fn artifact(span: Span, report: &Report<'_>) -> Value {
    let path = report.at_top(&report.sources.file(span.file).path);
    // What was given by a whole path is no part of the repository.
    if path.starts_with('/') {
        return json!({"uri": format!("file://{}", uri(&path))});
    }
    json!({"uri": uri(&path), "uriBaseId": "SRCROOT"})
}

fn region(span: Span, report: &Report<'_>) -> Value {
    let (start, end) = (report.sources.start(span), report.sources.end(span));
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

/// A fix that holds a credential is only ever written into the file it mends.
fn fix(diagnostic: &Diagnostic, report: &Report<'_>) -> Option<Value> {
    let fix = diagnostic.fix.as_ref().filter(|fix| !fix.holds_secrets())?;
    let mut files: BTreeMap<u32, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(edit.span.file.0).or_default().push(edit);
    }
    let changes: Vec<Value> = files
        .values()
        .map(|edits| {
            let replacements: Vec<Value> = edits
                .iter()
                .map(|edit| json!({"deletedRegion": region(edit.span, report), "insertedContent": {"text": edit.text}}))
                .collect();
            json!({"artifactLocation": artifact(edits[0].span, report), "replacements": replacements})
        })
        .collect();
    let help = diagnostic.help.as_ref()?.show(report.lang);
    Some(json!({"description": {"text": help}, "artifactChanges": changes}))
}

/// A relative path as a URI reference (RFC 3986): whatever is not unreserved is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_a_uri_reference() {
        assert_eq!(uri("a b/c:d/é#.yaml"), "a%20b/c%3Ad/%C3%A9%23.yaml");
    }
}
