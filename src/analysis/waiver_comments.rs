//! Waivers as comments (`# epure-ignore …`): applied, and judged themselves.

use super::pattern;
use super::waiver::open;
use super::waiver_findings::{expired, unknown_rule, waits_for_simulation};
use crate::design::Workspace;
use crate::design::text::When;
use crate::said;
use crate::source::{Accepted, Diagnostic, Edit, Fix, Ignore, Lang, Said, Severity, Show, Sources, Span, ignores};

/// Applies the comments of every YAML file to what was found, and says what is wrong with them.
pub(super) fn apply(found: &mut [Diagnostic], workspace: &Workspace, simulated: bool, today: When) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    for (file, source) in workspace.sources.iter() {
        if source.path.ends_with(".md") || workspace.evidence.contains_key(&source.path) {
            continue;
        }
        for ignore in ignores(&workspace.sources, file) {
            said.extend(comment(&ignore, found, workspace, simulated, today));
        }
    }
    said
}

fn comment(
    ignore: &Ignore,
    found: &mut [Diagnostic],
    workspace: &Workspace,
    simulated: bool,
    today: When,
) -> Vec<Diagnostic> {
    let mut said: Vec<Diagnostic> = unusable(ignore).into_iter().collect();
    if !said.is_empty() {
        return said;
    }
    let until = ignore.until.as_ref().and_then(|(text, span)| Some((When::parse(text)?, *span)));
    let (Some((until, until_span)), Some(reason)) = (until, &ignore.reason) else { return said };
    let in_force = today <= until;
    for (rule, span) in &ignore.rules {
        if let Some(unknown) = unknown_rule(workspace, rule, *span) {
            said.push(unknown);
            continue;
        }
        let mut met = false;
        for diagnostic in found.iter_mut().filter(|diagnostic| {
            open(diagnostic) && ignore.is_about(diagnostic.primary.span) && pattern::matches(rule, &diagnostic.code)
        }) {
            met = true;
            if in_force {
                *diagnostic = diagnostic.clone().accept(Accepted {
                    reason: Said::same(reason.clone()),
                    owner: ignore.owner.clone(),
                    until: until.show(Lang::En),
                    span: ignore.span,
                    comment: true,
                });
            }
        }
        if !met && (simulated || !waits_for_simulation(rule)) {
            said.push(unmatched(ignore, rule, *span, &workspace.sources));
        } else if met && !in_force {
            said.push(expired(&until.show(Lang::En), ignore.owner.as_deref(), until_span));
        }
    }
    said
}

/// What keeps a comment from being a waiver at all: a part that is missing, or none of its parts.
fn unusable(ignore: &Ignore) -> Option<Diagnostic> {
    let help = said!(
        "write `# epure-ignore RULE until=2026-12-31 reason=…`, and `owner=…` if you like",
        "écrivez `# epure-ignore RÈGLE until=2026-12-31 reason=…`, et `owner=…` si vous voulez"
    );
    let (span, message) = if let Some((word, span)) = &ignore.unknown {
        (*span, said!("`{word}` means nothing in a waiver", "`{word}` ne veut rien dire dans une dérogation"))
    } else if ignore.rules.is_empty() {
        (ignore.span, said!("this waiver names no rule", "cette dérogation ne nomme aucune règle"))
    } else if let Some((text, span)) = ignore.until.as_ref().filter(|(text, _)| When::parse(text).is_none()) {
        (*span, said!("`{text}` is not a date", "`{text}` n’est pas une date"))
    } else if ignore.until.is_none() {
        (ignore.span, said!("this waiver does not say until when", "cette dérogation ne dit pas jusqu’à quand"))
    } else if ignore.reason.is_none() {
        (ignore.span, said!("this waiver gives no reason", "cette dérogation ne donne pas de raison"))
    } else {
        return None;
    };
    Some(Diagnostic::error("model/waiver-incomplete", span, message).help(help))
}

/// A comment that accepts nothing. Where all of it does nothing it can be taken away.
fn unmatched(ignore: &Ignore, rule: &str, span: Span, sources: &Sources) -> Diagnostic {
    let message = said!(
        "this waiver accepts nothing: `{rule}` has no complaint about what stands here",
        "cette dérogation n’accepte rien : `{rule}` n’a rien à dire de ce qui est ici"
    );
    let mut diagnostic = Diagnostic::error("model/waiver-unmatched", span, message).severity(Severity::Warning).help(
        said!("take it away, or put it at the line it is about", "retirez-la, ou mettez-la à la ligne concernée"),
    );
    if ignore.rules.len() == 1 {
        diagnostic.fix = Some(Fix { edits: vec![without(ignore, sources)], safe: true, hidden: Vec::new() });
    }
    diagnostic
}

/// The edit that takes a comment away, and its line where it stands alone.
fn without(ignore: &Ignore, sources: &Sources) -> Edit {
    let text = &sources.file(ignore.span.file).text;
    let range = ignore.span.range();
    let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..range.start];
    let (start, end) = if before.trim().is_empty() {
        (line, text[range.end..].find('\n').map_or(text.len(), |at| range.end + at + 1))
    } else {
        (line + before.trim_end().len(), range.end)
    };
    let span = Span { file: ignore.span.file, start: start as u32, end: end as u32 };
    Edit { span, text: String::new(), secrets: Vec::new() }
}
