//! For people: by rule, the worst first, with carets under the place of the worst example as long
//! as that fits on two screens; every one of them with `--all`.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};

use super::{Report, mended, summary, word};
use crate::analysis::findings::{Finding, Group};
use crate::said;
use crate::source::{Diagnostic, Label, Lang, Said, Severity, Show, Sources, State};

/// The lines that a run takes where not everything is asked for: two screens.
const LINES: usize = 60;
/// The longest line about a group, in characters.
const WIDTH: usize = 118;
/// A long path leaves a message this many characters: a longer line is read, a cut sentence is not.
const LEAST: usize = 60;

/// Lines shown before and after a place.
const AROUND: usize = 0;
/// The longest span that is underlined whole; a longer one is underlined at its start.
const LONGEST: usize = 160;

/// Writes what a run found.
pub(super) fn write(report: &Report<'_>) -> String {
    let findings = &report.findings;
    let lang = report.lang;
    let mut out = String::new();
    let mut folded = false;
    if report.all {
        for finding in findings.in_order() {
            out.push_str(&full(finding, None, report));
        }
    } else {
        let mut left = LINES.saturating_sub(findings.groups.len() + 4);
        let mut lines_before = false;
        for group in &findings.groups {
            let worst = &findings.of(group)[0];
            let told = worst.diagnostic.state != State::Waived && !worst.known;
            let block = full(worst, others_by_name(findings.of(group), group).as_ref(), report);
            let height = block.lines().count();
            // A mistake of the text is told whole, however many there are.
            let mistake = group.judged == 0 && worst.diagnostic.severity == Severity::Error && group.range.len() == 1;
            if told && (mistake || height <= left && !lines_before) {
                left = left.saturating_sub(height);
                folded |= group.range.len() > 1;
                out.push_str(&block);
            } else {
                lines_before |= told;
                folded |= told;
                out.push_str(&line(findings.of(group), group, report));
            }
        }
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
    }
    if findings.mended > 0 {
        let text = mended(findings.mended);
        out.push_str(&format!("{}\n", text.show(lang)));
    }
    out.push_str(&format!("{}\n", summary(report).show(lang)));
    if folded {
        let text = said!(
            "`epure check --all` shows each of them, `epure explain RULE` says why it matters",
            "`epure check --all` les montre tous, `epure explain RÈGLE` dit pourquoi ils importent"
        );
        out.push_str(&format!("{}\n", text.show(lang)));
    }
    out
}

/// One finding with carets, and how many others there are of its kind.
fn full(finding: &Finding<'_>, others: Option<&Said>, report: &Report<'_>) -> String {
    let text = snippets(finding.diagnostic, &word(finding), others, report.sources, report.lang, report.colour);
    format!("{text}\n\n")
}

/// One line for a group: how bad, the rule, the worst example and its place, how many others.
fn line(findings: &[Finding<'_>], group: &Group, report: &Report<'_>) -> String {
    let (worst, lang) = (&findings[0], report.lang);
    let diagnostic = worst.diagnostic;
    let place = report.sources.start(diagnostic.primary.span);
    let file = &report.sources.file(diagnostic.primary.span.file).path;
    let mut tail = format!(" · {file}:{}", place.line);
    if let Some(accepted) = &diagnostic.accepted {
        let until = said!(" · until {until}", " · jusqu’au {until}", until = accepted.until);
        tail.push_str(&until.show(lang));
    }
    if let Some(others) = others(findings, group) {
        tail.push_str(&format!(" · {}", others.show(lang)));
    }
    let head = format!("{}[{}]", word(worst).show(lang), diagnostic.code);
    let colon = if lang == Lang::Fr { "\u{a0}: " } else { ": " };
    let room = WIDTH.saturating_sub(head.chars().count() + colon.len() + tail.chars().count()).max(LEAST);
    let message = diagnostic.message.show(lang);
    let shown: String =
        if message.chars().count() > room { message.chars().take(room - 1).chain(['…']).collect() } else { message };
    let head = if report.colour { format!("\u{1b}[1m{head}\u{1b}[0m") } else { head };
    format!("{head}{colon}{shown}{tail}\n")
}

/// How many others a rule found: `and 10 others, 11 of 12 judged`.
fn others(findings: &[Finding<'_>], group: &Group) -> Option<Said> {
    let (count, judged) = (findings.len(), group.judged);
    match count - 1 {
        0 => None,
        others if judged > count => {
            let of = said!("{count} of {judged} judged", "{count} sur {judged} jugés", count = count, judged = judged);
            Some(said!("and {others} more, {of}", "et {others} de plus, {of}", others = others, of = of))
        }
        others => Some(said!("and {others} more", "et {others} de plus", others = others)),
    }
}

/// What the others are about, as far as that fits on a line.
fn names(findings: &[Finding<'_>]) -> String {
    let (mut told, mut shown) = (Vec::new(), String::new());
    for path in findings[1..].iter().filter_map(|finding| finding.diagnostic.path.as_deref()) {
        let name = name(path);
        if told.contains(&name) {
            continue;
        }
        if shown.chars().count() + name.chars().count() > WIDTH - 50 {
            shown.push_str(", …");
            break;
        }
        shown.push_str(if told.is_empty() { "" } else { ", " });
        shown.push_str(name);
        told.push(name);
    }
    shown
}

/// The same with what they are about: `and 10 more, 11 of 12 judged: adservice, cartservice, …`.
fn others_by_name(findings: &[Finding<'_>], group: &Group) -> Option<Said> {
    let (others, names) = (others(findings, group)?, names(findings));
    Some(if names.is_empty() { others } else { said!("{others}: {names}", "{others}\u{a0}: {names}", others = others) })
}

/// What an address is about, for a list of many: `quote-app` of `cloud.components.quote-app.env`.
fn name(path: &str) -> &str {
    path.split('.').nth(2).or_else(|| path.split('.').next_back()).unwrap_or(path)
}

/// Writes one diagnostic.
pub fn diagnostic(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, colour: bool) -> String {
    let finding = Finding { diagnostic, fingerprint: String::new(), known: false };
    snippets(diagnostic, &word(&finding), None, sources, lang, colour)
}

fn snippets(
    diagnostic: &Diagnostic,
    word: &Said,
    others: Option<&Said>,
    sources: &Sources,
    lang: Lang,
    colour: bool,
) -> String {
    let level = level(diagnostic).with_name(word.show(lang));
    let message = diagnostic.message.show(lang);
    let mut group = level.primary_title(message).id(diagnostic.code.clone()).element(snippet(
        &diagnostic.primary,
        true,
        sources,
        lang,
    ));
    for label in &diagnostic.secondary {
        group = group.element(snippet(label, false, sources, lang));
    }
    if let Some(accepted) = &diagnostic.accepted {
        let text = said!("waived here until {until}", "accepté ici jusqu’au {until}", until = accepted.until);
        group = group.element(snippet(&Label { span: accepted.span, text }, false, sources, lang));
    }
    if let Some(others) = others {
        let name = said!("more", "autres");
        group = group.element(Level::NOTE.with_name(name.show(lang)).message(others.show(lang)));
    }
    if let Some(why) = &diagnostic.why {
        let name = said!("why", "pourquoi");
        group = group.element(Level::NOTE.with_name(name.show(lang)).message(why.show(lang)));
    }
    if let Some(help) = &diagnostic.help {
        let name = said!("help", "aide");
        group = group.element(Level::HELP.with_name(name.show(lang)).message(help.show(lang)));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

fn level(diagnostic: &Diagnostic) -> Level<'static> {
    match (diagnostic.state, diagnostic.severity) {
        (State::Waived, _) => Level::INFO,
        (State::Unanswered, _) => Level::WARNING,
        (State::Fail, Severity::Error) => Level::ERROR,
        (State::Fail, Severity::Warning) => Level::WARNING,
        (State::Fail, Severity::Note) => Level::NOTE,
    }
}

/// Only the lines around a place are handed over, so that a finding in a big file costs little.
fn snippet<'a>(
    label: &Label,
    primary: bool,
    sources: &'a Sources,
    lang: Lang,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = sources.file(label.span.file);
    let mut range = label.span.range();
    range.start = range.start.min(file.text.len());
    range.end = range.end.clamp(range.start, file.text.len());
    let first = file.place(range.start).line;
    if range.len() > LONGEST || file.text[range.clone()].contains('\n') {
        let rest = &file.text[range.start..range.end];
        let end = rest.find('\n').unwrap_or(rest.len());
        let end =
            rest[..end].char_indices().map(|(i, c)| i + c.len_utf8()).take_while(|i| *i <= LONGEST).last().unwrap_or(0);
        range.end = range.start + end;
    }
    let from = first.saturating_sub(AROUND).max(1);
    let window = file.window(from, first + AROUND);
    let text = sources.shown(label.span.file, window.clone());
    let local = range.start - window.start..range.end - window.start;
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let mut annotation = kind.span(local);
    if !label.text.is_empty() {
        annotation = annotation.label(label.text.show(lang));
    }
    Snippet::source(text).line_start(from).path(file.path.as_str()).annotation(annotation)
}
