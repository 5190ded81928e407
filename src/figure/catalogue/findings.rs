//! `findings`: what the review says of a design.

use super::{Request, title_of};
use crate::analysis::rule::{Words, words};
use crate::design::model::design::Status;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Diagnostic, Severity, State};

pub(super) const EXPLAINS: Words = words(
    "What the review finds in a design: failures, open questions and what is waived.",
    "Ce que la revue trouve dans une conception : défauts, questions ouvertes et dérogations.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let review = view.review();
    let wanted = |finding: &&Diagnostic| {
        let family =
            request.fence.family.as_deref().is_none_or(|family| finding.code.split('/').next() == Some(family));
        family && request.fence.rules.as_ref().is_none_or(|rules| rules.0.contains(&finding.code))
    };
    let mut found: Vec<&Diagnostic> = review.findings.iter().filter(wanted).collect();
    found.sort_by_key(|finding| (finding.state == State::Waived, finding.state, std::cmp::Reverse(finding.severity)));
    let rows = found
        .iter()
        .map(|finding| {
            let span = finding.primary.span;
            let place = request.workspace.sources.start(span);
            let file = &request.workspace.sources.file(span.file).path;
            let how = match (finding.state, finding.severity) {
                (State::Waived, _) => said!("waived", "dérogation"),
                (State::Unanswered, _) => said!("unanswered", "sans réponse"),
                (State::Fail, Severity::Error) => said!("error", "erreur"),
                (State::Fail, Severity::Warning) => said!("warning", "avertissement"),
                (State::Fail, Severity::Note) => said!("note", "note"),
            };
            let mark = match finding.state {
                State::Waived => Mark::None,
                State::Unanswered => Mark::Unanswered,
                State::Fail => Mark::Finding(finding.severity),
            };
            let path = finding.path.iter().chain(&finding.facts).cloned();
            let facts: Vec<String> = path.collect();
            let help = finding.help.as_ref().map(|help| request.say(help)).unwrap_or_default();
            Row::of(vec![
                request.cell(&how).marked(mark),
                request.cell(&finding.message).derived(help).facts(facts.iter().cloned()),
                Cell::new(finding.code.clone()).derived(format!("{file}:{}", place.line)),
            ])
        })
        .collect();
    let count = |state: State| found.iter().filter(|finding| finding.state == state).count();
    let (fails, open, waived, clean) =
        (count(State::Fail), count(State::Unanswered), count(State::Waived), review.clean);
    let answer = if view.design.status == Some(Status::Retired) {
        said!("The design is retired and is not reviewed.", "La conception est retirée et n’est pas revue.")
    } else if request.fence.family.is_none() && request.fence.rules.is_none() {
        said!(
            "{fails} findings, {open} open questions, {waived} waived; {clean} rules without complaint.",
            "{fails} constats, {open} questions ouvertes, {waived} dérogations ; {clean} règles sans reproche.",
            fails = fails,
            open = open,
            waived = waived,
            clean = clean
        )
    } else {
        said!(
            "{fails} findings, {open} open questions, {waived} waived.",
            "{fails} constats, {open} questions ouvertes, {waived} dérogations.",
            fails = fails,
            open = open,
            waived = waived
        )
    };
    let title = said!("What a reviewer says: {title}", "Ce qu’en dit la revue : {title}", title = title_of(&view));
    let columns = [said!("How", "Gravité"), said!("What", "Constat"), said!("Rule", "Règle")];
    let body = request.table(&columns, rows, &said!("Nothing to complain about.", "Rien à redire."));
    let note = said!(
        "A finding is a question that the design has to answer; it is no failure of its authors, and no absence of findings is a certificate.",
        "Un constat est une question à laquelle la conception doit répondre ; ce n’est pas un échec, et l’absence de constat n’est pas un certificat."
    );
    let word =
        request.fence.family.clone().map_or_else(|| "findings".to_owned(), |family| format!("findings-{family}"));
    let mut figure = request.figure(&word, &title, &answer, &note, body);
    figure.cartouche[0].0 = request.say(&said!("design", "conception"));
    Some(figure)
}
