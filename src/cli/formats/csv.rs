//! For spreadsheets: one line a finding, as RFC 4180 has it, in the order of the text.

use super::{Report, word};
use crate::source::Show;

/// The first line.
const COLUMNS: [&str; 15] = [
    "severity",
    "state",
    "known",
    "rule",
    "file",
    "line",
    "column",
    "end_line",
    "end_column",
    "path",
    "message",
    "help",
    "waived_until",
    "waived_because",
    "fingerprint",
];

pub(super) fn write(report: &Report<'_>) -> String {
    let mut out = format!("{}\r\n", COLUMNS.join(","));
    for finding in report.findings.in_order() {
        let diagnostic = finding.diagnostic;
        let (start, end) = report.region(diagnostic);
        let accepted = diagnostic.accepted.as_ref();
        let cells: [String; 15] = [
            diagnostic.severity.word().to_owned(),
            diagnostic.state.word().to_owned(),
            if finding.known { word(finding).en } else { String::new() },
            diagnostic.code.clone(),
            report.sources.file(diagnostic.primary.span.file).path.clone(),
            start.line.to_string(),
            start.column.to_string(),
            end.line.to_string(),
            end.column.to_string(),
            diagnostic.path.clone().unwrap_or_default(),
            diagnostic.message.show(report.lang),
            diagnostic.help.as_ref().map(|help| help.show(report.lang)).unwrap_or_default(),
            accepted.map(|accepted| accepted.until.clone()).unwrap_or_default(),
            accepted.map(|accepted| accepted.reason.show(report.lang)).unwrap_or_default(),
            finding.fingerprint.clone(),
        ];
        out.push_str(&cells.map(|text| cell(&text)).join(","));
        out.push_str("\r\n");
    }
    out
}

/// A cell: in quotes where it must be, and never a formula.
fn cell(text: &str) -> String {
    // A spreadsheet works out what starts like this; an apostrophe makes it text.
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_quoted_where_it_must_be_and_never_a_formula() {
        assert_eq!(cell("a"), "a");
        assert_eq!(cell("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(cell("=1+1"), "'=1+1");
    }
}
