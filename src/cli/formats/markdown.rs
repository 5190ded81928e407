//! A step summary or a comment in a pull request: a table of the groups, then each group in a section
//! that unfolds. What does not fit in a comment is cut by sections, and what was cut is counted.

use super::{Report, mended, summary, word};
use crate::analysis::consequence;
use crate::analysis::findings::{Finding, Group};
use crate::said;
use crate::source::{Said, Show, State};

/// What a comment may hold, in characters; a step summary may hold 1 MiB, which this never reaches.
const LONGEST: usize = 65_536;
/// Kept free for the line that says what was cut.
const TAIL: usize = 300;
/// How many findings stand in a section where not all of them fit.
const ITEMS: usize = 20;

pub(super) fn write(report: &Report<'_>) -> String {
    let lang = report.lang;
    let title = if report.findings.all.iter().any(|finding| report.fails(finding)) {
        said!("épure: findings", "épure : constats")
    } else {
        said!("épure: passed", "épure : réussi")
    };
    let mut out = format!("<!-- epure check -->\n## {}\n\n{}\n", title.show(lang), summary(report).show(lang));
    if report.findings.mended > 0 {
        let text = mended(report.findings.mended);
        out.push_str(&format!("\n{}\n", text.show(lang)));
    }
    let whole = body(report, usize::MAX, LONGEST.saturating_sub(out.chars().count()));
    let body = match whole {
        (text, 0) => text,
        // Where not everything fits, some of every rule is worth more than all of the first one.
        _ => {
            let (mut text, cut) = body(report, ITEMS, LONGEST.saturating_sub(out.chars().count() + TAIL));
            let said = said!(
                "{cut} findings do not fit here and are left out; `epure check --all` shows them.",
                "{cut} constats ne tiennent pas ici et sont omis ; `epure check --all` les montre.",
                cut = cut
            );
            text.push_str(&format!("\n{}\n", said.show(lang)));
            text
        }
    };
    out.push_str(&body);
    out
}

/// The table and the sections, at most so many findings in each and so many characters in all; and how
/// many findings are left out.
fn body(report: &Report<'_>, items: usize, room: usize) -> (String, usize) {
    let groups = &report.findings.groups;
    let (mut out, mut length) = (String::new(), 0);
    if groups.is_empty() {
        return (out, 0);
    }
    let mut fits = |out: &mut String, text: &str| {
        let more = text.chars().count();
        let fits = length + more <= room;
        if fits {
            length += more;
            out.push_str(text);
        }
        fits
    };
    // A row costs little and a section much: all rows that fit stand before the first section.
    let head = said!("rule | how many | at stake", "règle | combien | enjeu").show(report.lang);
    fits(&mut out, &format!("\n| | {head} |\n| --- | --- | --- | --- |\n"));
    let rows = groups.iter().take_while(|group| fits(&mut out, &row(group, report))).count();
    let mut shown = 0;
    for group in groups.iter().take(rows) {
        if !fits(&mut out, &section(group, items, report)) {
            break;
        }
        shown += group.range.len().min(items);
    }
    (out, report.findings.all.len() - shown)
}

fn row(group: &Group, report: &Report<'_>) -> String {
    let findings = report.findings.of(group);
    let worst = &findings[0];
    let count = if group.judged > findings.len() {
        said!("{n} of {judged}", "{n} sur {judged}", n = findings.len(), judged = group.judged)
    } else {
        Said::by(|lang| findings.len().show(lang))
    };
    format!(
        "| {} | `{}` | {} | {} |\n",
        word(worst).show(report.lang),
        worst.diagnostic.code,
        count.show(report.lang),
        consequence::of(&worst.diagnostic.code).title().show(report.lang)
    )
}

fn section(group: &Group, items: usize, report: &Report<'_>) -> String {
    let lang = report.lang;
    let findings = report.findings.of(group);
    let worst = findings[0].diagnostic;
    let open = if report.fails(&findings[0]) && findings.len() <= 3 { " open" } else { "" };
    let mut out = format!(
        "\n<details{open}><summary>{} <code>{}</code> ({})</summary>\n\n",
        word(&findings[0]).show(lang),
        worst.code,
        findings.len()
    );
    if let Some(why) = &worst.why {
        out.push_str(&format!("{}\n\n", text(&why.show(lang))));
    }
    for finding in findings.iter().take(items) {
        out.push_str(&item(finding, report));
    }
    if findings.len() > items {
        let more = said!("- and {n} more", "- et {n} de plus", n = findings.len() - items);
        out.push_str(&format!("{}\n", more.show(lang)));
    }
    if let Some(help) = &worst.help {
        let help = Said::by(|lang| text(&help.show(lang)));
        out.push_str(&format!("\n{}\n", said!("**Help**: {help}", "**Aide** : {help}", help = help).show(lang)));
    }
    out.push_str("\n</details>\n");
    out
}

fn item(finding: &Finding<'_>, report: &Report<'_>) -> String {
    let (diagnostic, lang) = (finding.diagnostic, report.lang);
    let line = report.region(diagnostic).0.line;
    let path = report.path(diagnostic).replace('`', "'");
    let mut out = format!("- `{path}:{line}` {}", text(&diagnostic.message.show(lang)));
    if let Some(accepted) = &diagnostic.accepted {
        let reason = text(&accepted.reason.show(lang));
        let until = &accepted.until;
        let said = said!(" (waived until {until}: {reason})", " (accepté jusqu’au {until} : {reason})");
        out.push_str(&said.show(lang));
    } else if finding.known && diagnostic.state != State::Waived {
        out.push_str(&said!(" (in the baseline)", " (dans la référence)").show(lang));
    }
    out.push('\n');
    out
}

/// A sentence as Markdown: code stays code, and nothing in it is HTML or a new line.
fn text(sentence: &str) -> String {
    let mut out = String::with_capacity(sentence.len());
    for (i, part) in sentence.replace(['\n', '\r'], " ").split('`').enumerate() {
        if i > 0 {
            out.push('`');
        }
        if i % 2 == 1 {
            out.push_str(part);
        } else {
            for c in part.chars() {
                match c {
                    '<' => out.push_str("&lt;"),
                    '&' => out.push_str("&amp;"),
                    '*' | '_' | '[' | ']' | '|' | '\\' => out.extend(['\\', c]),
                    // A zero-width joiner keeps a name from being called.
                    '@' => out.push_str("@\u{2060}"),
                    c => out.push(c),
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_sentence_stays_a_sentence() {
        assert_eq!(text("`a_b` <b> x_y\n@all"), "`a_b` &lt;b> x\\_y @\u{2060}all");
    }
}
