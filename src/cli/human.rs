//! Diagnostics for people: carets under the place, why it matters, what to write instead.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};

use crate::said;
use crate::source::{Diagnostic, Label, Lang, Said, Severity, Show, Sources, State};

/// Lines shown before and after a place.
const AROUND: usize = 0;
/// The longest span that is underlined whole; a longer one is underlined at its start.
const LONGEST: usize = 160;

/// Writes one diagnostic.
pub fn diagnostic(diagnostic: &Diagnostic, sources: &Sources, lang: Lang, colour: bool) -> String {
    let level = level(diagnostic, lang);
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

fn level(diagnostic: &Diagnostic, lang: Lang) -> Level<'static> {
    let (level, name) = match (diagnostic.state, diagnostic.severity) {
        (State::Waived, _) => (Level::INFO, said!("waived", "dérogation")),
        (State::Unanswered, _) => (Level::WARNING, said!("unanswered", "sans réponse")),
        (State::Fail, Severity::Error) => (Level::ERROR, said!("error", "erreur")),
        (State::Fail, Severity::Warning) => (Level::WARNING, said!("warning", "avertissement")),
        (State::Fail, Severity::Note) => (Level::NOTE, said!("note", "note")),
    };
    level.with_name(name.show(lang))
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

/// How many of what, in one line.
pub fn summary(diagnostics: &[&Diagnostic], documents: usize, components: usize) -> Said {
    let count = |wanted: fn(&Diagnostic) -> bool| diagnostics.iter().filter(|diagnostic| wanted(diagnostic)).count();
    let fails = |severity: Severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.state == State::Fail && diagnostic.severity == severity)
            .count()
    };
    let (errors, warnings, notes) = (fails(Severity::Error), fails(Severity::Warning), fails(Severity::Note));
    let unanswered = count(|diagnostic| diagnostic.state == State::Unanswered);
    let waived = count(|diagnostic| diagnostic.state == State::Waived);
    let mut parts = Vec::new();
    for (n, one, many) in [
        (errors, said!("1 error", "1 erreur"), said!("{n} errors", "{n} erreurs", n = errors)),
        (warnings, said!("1 warning", "1 avertissement"), said!("{n} warnings", "{n} avertissements", n = warnings)),
        (notes, said!("1 note", "1 note"), said!("{n} notes", "{n} notes", n = notes)),
        (
            unanswered,
            said!("1 unanswered", "1 sans réponse"),
            said!("{n} unanswered", "{n} sans réponse", n = unanswered),
        ),
        (waived, said!("1 waived", "1 dérogation"), said!("{n} waived", "{n} dérogations", n = waived)),
    ] {
        if n > 0 {
            parts.push(if n == 1 { one } else { many });
        }
    }
    let what = if parts.is_empty() { said!("nothing to report", "rien à signaler") } else { Said::join(&parts, ", ") };
    said!(
        "{documents} documents, {components} components: {what}",
        "{documents} documents, {components} composants : {what}",
        documents = documents,
        components = components,
        what = what
    )
}
