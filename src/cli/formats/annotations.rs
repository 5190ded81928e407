//! Workflow commands that GitHub turns into annotations of a pull request, the worst first: it shows
//! ten errors, ten warnings and ten notices of a step, and the rest stay in the log.

use super::{Report, word};
use crate::analysis::findings::Finding;
use crate::said;
use crate::source::{Severity, Show, State};

/// How many of each kind GitHub shows for one step.
const SHOWN: usize = 10;

pub(super) fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    let mut counts = [0_usize; 3];
    for finding in &report.findings.all {
        match kind(finding) {
            Some((kind, index)) => {
                counts[index] += 1;
                out.push_str(&annotation(finding, kind, report));
            }
            None => out.push_str(&plain(finding, report)),
        }
    }
    let hidden: usize = counts.iter().map(|count| count.saturating_sub(SHOWN)).sum();
    if hidden > 0 {
        let text = said!(
            "GitHub shows ten annotations of a kind; {hidden} more stand in this log",
            "GitHub montre dix annotations de chaque sorte ; {hidden} autres sont dans ce journal",
            hidden = hidden
        );
        out.push_str(&format!("{}\n", text.show(report.lang)));
    }
    out.push_str(&format!("{}\n", super::summary(report).show(report.lang)));
    out
}

/// The command, and which of GitHub's counts it falls under; none for what is accepted or known.
fn kind(finding: &Finding<'_>) -> Option<(&'static str, usize)> {
    match (finding.diagnostic.state, finding.known) {
        (State::Waived, _) | (_, true) => None,
        (State::Unanswered, _) => Some(("notice", 2)),
        (State::Fail, _) => Some(match finding.diagnostic.severity {
            Severity::Error => ("error", 0),
            Severity::Warning => ("warning", 1),
            Severity::Note => ("notice", 2),
        }),
    }
}

fn annotation(finding: &Finding<'_>, kind: &str, report: &Report<'_>) -> String {
    let (diagnostic, lang) = (finding.diagnostic, report.lang);
    let (start, end) = report.region(diagnostic);
    // GitHub takes columns only where both stand on one line.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column.max(start.column))
    } else {
        String::new()
    };
    let mut text = diagnostic.message.show(lang);
    if let Some(help) = &diagnostic.help {
        text.push_str(&format!("\n{}", help.show(lang)));
    }
    format!(
        "::{kind} file={},line={},endLine={}{columns},title={}::{}\n",
        property(&report.path(diagnostic)),
        start.line,
        end.line,
        property(&diagnostic.code),
        data(&text)
    )
}

/// A line of the log that is no command.
fn plain(finding: &Finding<'_>, report: &Report<'_>) -> String {
    let (diagnostic, lang) = (finding.diagnostic, report.lang);
    let line = report.region(diagnostic).0.line;
    let message = diagnostic.message.show(lang).replace(['\n', '\r'], " ");
    format!("{} {} {}:{line}: {message}\n", word(finding).show(lang), diagnostic.code, report.path(diagnostic))
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of one of its properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn a_command_ends_where_it_should() {
        assert_eq!(data("50 %\n::error::x"), "50 %25%0A::error::x");
        assert_eq!(property("a,b:c"), "a%2Cb%3Ac");
    }
}
