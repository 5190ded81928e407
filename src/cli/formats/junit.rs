//! For build servers: one suite a family, one case a finding; what passed is a case too, so that a run
//! without findings is no empty report. What does not make the run fail is no failure here either.

use std::collections::BTreeMap;

use super::{Report, word};
use crate::analysis::findings::Finding;
use crate::said;
use crate::source::{Show, State};

pub(super) fn write(report: &Report<'_>) -> String {
    let mut suites: BTreeMap<&str, Vec<&Finding<'_>>> = BTreeMap::new();
    for finding in &report.findings.all {
        suites.entry(finding.diagnostic.code.split('/').next().unwrap_or("")).or_default().push(finding);
    }
    let skips = |finding: &Finding<'_>| finding.known || finding.diagnostic.state != State::Fail;
    let totals = |findings: &[&Finding<'_>], more: usize| {
        let failures = findings.iter().filter(|finding| report.fails(finding)).count();
        let skipped = findings.iter().filter(|finding| skips(finding)).count();
        format!("tests=\"{}\" failures=\"{failures}\" skipped=\"{skipped}\" errors=\"0\"", findings.len() + more)
    };
    let all: Vec<&Finding<'_>> = report.findings.all.iter().collect();
    let empty = usize::from(all.is_empty());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"epure check\" {}>\n",
        totals(&all, empty)
    );
    for (family, findings) in &suites {
        out.push_str(&format!("  <testsuite name=\"{}\" {}>\n", escape(family), totals(findings, 0)));
        for finding in findings {
            out.push_str(&case(finding, report));
        }
        out.push_str("  </testsuite>\n");
    }
    if all.is_empty() {
        let name = said!("nothing to report", "rien à signaler").show(report.lang);
        out.push_str(&format!(
            "  <testsuite name=\"epure\" {}>\n    <testcase classname=\"epure\" name=\"{}\"/>\n  </testsuite>\n",
            totals(&all, 1),
            escape(&name)
        ));
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(finding: &Finding<'_>, report: &Report<'_>) -> String {
    let (diagnostic, lang) = (finding.diagnostic, report.lang);
    let message = diagnostic.message.show(lang);
    let (path, place) = (report.path(diagnostic), report.region(diagnostic).0);
    let mut body = format!("{path}:{}:{}: {message}\n", place.line, place.column);
    for more in diagnostic.why.iter().chain(&diagnostic.help) {
        body.push_str(&format!("{}\n", more.show(lang)));
    }
    let body = escape(&body);
    let inner = match (&diagnostic.accepted, finding.known, diagnostic.state) {
        (Some(accepted), ..) => {
            let (until, reason) = (&accepted.until, accepted.reason.clone());
            let text =
                said!("waived until {until}: {reason}", "accepté jusqu’au {until}\u{a0}: {reason}", reason = reason);
            format!("<skipped message=\"{}\"/>", escape(&text.show(lang)))
        }
        (None, true, _) => {
            let text = said!("in the baseline", "dans la référence");
            format!("<skipped message=\"{}\"/>", escape(&text.show(lang)))
        }
        (None, false, State::Unanswered) => {
            let text = said!("unanswered: {message}", "sans réponse\u{a0}: {message}");
            format!("<skipped message=\"{}\"/>", escape(&text.show(lang)))
        }
        _ if report.fails(finding) => format!(
            "<failure type=\"{}\" message=\"{}\">{body}</failure>",
            diagnostic.severity.word(),
            escape(&message)
        ),
        _ => format!("<system-out>{}: {body}</system-out>", escape(&word(finding).show(lang))),
    };
    let name = match &diagnostic.path {
        Some(path) => format!("{path}: {message}"),
        None => message,
    };
    format!(
        "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\">{inner}</testcase>\n",
        escape(&diagnostic.code),
        escape(&name),
        escape(&path),
        place.line
    )
}

/// Text as XML 1.0 holds it: what it cannot hold at all is a replacement character.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", c as u32)),
            c if (c as u32) < 0x20 || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(escape("<a & \"b\">\u{1b}\n"), "&lt;a &amp; &quot;b&quot;&gt;\u{fffd}&#10;");
    }
}
