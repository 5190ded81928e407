//! `table: brief`: a comparison on one page, for somebody who decides and reads nothing else.

use super::{Request, comparison, ranking};
use crate::analysis::comparison::{Compared, Decided, Row as Criterion};
use crate::analysis::decision::Verdict;
use crate::analysis::measure::Value;
use crate::analysis::rule::{Words, words};
use crate::analysis::view::View;
use crate::figure::{Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Severity, State};

pub(super) const EXPLAINS: Words = words(
    "A comparison on one page: what to take, why, what it costs, what could go wrong, what is not known, what would change our mind.",
    "Une comparaison en une page : quoi prendre, pourquoi, ce que cela coûte, ce qui pourrait mal tourner, ce qu’on ne sait pas, ce qui nous ferait changer d’avis.",
);

/// How many reasons are told: more are not read.
pub(super) const TOLD: usize = 4;

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let worked_out = request.runs.compared(request.workspace, request.subject(), request.today)?;
    let compared = &worked_out.0;
    let decided = compared.decide();
    let first = decided.first().filter(|_| compared.subjects.len() > 1)?.clone();
    let at = compared.subjects.iter().position(|column| column.name == first.subject)?;
    let answers = [
        (said!("Recommendation", "Recommandation"), recommendation(compared, &decided)),
        (said!("Why", "Pourquoi"), reasons(compared, at, true)),
        (said!("What it costs", "Ce que cela coûte"), reasons(compared, at, false)),
        (said!("What could go wrong", "Ce qui pourrait mal tourner"), wrong(request, &first.subject)),
        (said!("What is not known", "Ce qu’on ne sait pas"), unknown(compared)),
        (said!("What would change our mind", "Ce qui nous ferait changer d’avis"), change(request, compared, &decided)),
    ];
    let title = said!("In short: {title}", "En bref : {title}", title = compared.title);
    let mut figure = page(request, "brief", &title, &answers, &ranking::sentence(compared, &decided));
    let facts = ranking::behind(request, compared);
    rest_on(&mut figure, facts);
    if let Some(label) = figure.cartouche.first_mut() {
        *label = (request.say(&said!("comparison", "comparaison")), comparison::called(compared));
    }
    Some(figure)
}

/// A page of questions and answers; a question without an answer says so.
pub(super) fn page(
    request: &Request<'_>,
    word: &str,
    title: &Said,
    answers: &[(Said, Vec<Said>)],
    answer: &Said,
) -> Figure {
    let rows = answers.iter().map(|(question, told)| {
        let text =
            if told.is_empty() { said!("Nothing that is stated.", "Rien de ce qui est dit.") } else { sentences(told) };
        Row::of(vec![request.cell(question), request.cell(&text).marked(Mark::None)])
    });
    let columns = [said!("Question", "Question"), said!("Answer", "Réponse")];
    let body = request.table(&columns, rows.collect(), &Said::default());
    request.figure(word, title, answer, &Said::default(), body)
}

/// Gives every cell the facts that the whole page rests on.
pub(super) fn rest_on(figure: &mut Figure, facts: std::collections::BTreeSet<String>) {
    if let crate::figure::Body::Table(table) = &mut figure.body {
        for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
            cell.facts.extend(facts.iter().cloned());
        }
    }
    figure.facts.extend(facts);
}

/// Statements one after the other, each with its end.
fn sentences(told: &[Said]) -> Said {
    let ended = |text: &str| if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") };
    Said::by(|lang| told.iter().map(|one| ended(&capital(one.get(lang)))).collect::<Vec<_>>().join(" "))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn recommendation(compared: &Compared, decided: &Decided) -> Vec<Said> {
    let (Some(first), second) = (decided.ranks.first(), decided.ranks.get(1)) else { return Vec::new() };
    let open: Vec<Said> = compared
        .rows
        .iter()
        .filter(|row| row.left_out.is_none() && row.cells.iter().any(|cell| cell.value.value.comparable().is_none()))
        .take(TOLD)
        .map(|row| row.title.clone())
        .collect();
    match (decided.verdict, second) {
        (Verdict::Narrow, Some(second)) => vec![said!(
            "take neither on these criteria alone: {first} and {second} are as good as level; decide what matters more, or add what is missing",
            "ne prenez ni l’un ni l’autre sur ces seuls critères : {first} et {second} se valent ; décidez de ce qui compte le plus, ou ajoutez ce qui manque",
            first = ranking::quoted(compared, &first.subject),
            second = ranking::quoted(compared, &second.subject)
        )],
        (Verdict::Open, _) => vec![said!(
            "take {first}, unless the answer to what is open turns out otherwise: {open}",
            "prenez {first}, sauf si la réponse à ce qui reste ouvert en décide autrement : {open}",
            first = ranking::quoted(compared, &first.subject),
            open = Said::join(&open, ", ")
        )],
        _ => vec![said!(
            "take {first}: weighed by the criteria below it reaches {share} of all weight, {second} {other}",
            "prenez {first} : pesé selon les critères ci-dessous, il atteint {share} de tout le poids, {second} {other}",
            first = ranking::quoted(compared, &first.subject),
            share = ranking::percent(first.score),
            second = second.map_or_else(Said::default, |second| ranking::quoted(compared, &second.subject)),
            other = second.map_or_else(Said::default, |second| ranking::percent(second.score))
        )],
    }
}

/// The criteria on which the first is best, or on which another is, the weightiest first.
fn reasons(compared: &Compared, at: usize, good: bool) -> Vec<Said> {
    let mut rows: Vec<&Criterion> = compared
        .rows
        .iter()
        .filter(|row| row.left_out.is_none())
        .filter(|row| {
            let own = row.cells.get(at).is_some_and(|cell| cell.best);
            let others = row.cells.iter().enumerate().any(|(other, cell)| other != at && cell.best);
            if good { own } else { others && !own }
        })
        .collect();
    rows.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let told = rows.iter().take(TOLD).filter_map(|row| {
        let own = row.cells.get(at)?.value.value.text().clone();
        let others = row.cells.iter().zip(&compared.subjects).enumerate().filter(|(other, _)| *other != at);
        let against: Vec<Said> = others
            .filter(|(_, (cell, _))| good || cell.best)
            .map(|(_, (cell, column))| {
                said!(
                    "{value} for {who}",
                    "{value} pour {who}",
                    value = cell.value.value.text(),
                    who = ranking::quoted(compared, &column.name)
                )
            })
            .collect();
        Some(said!(
            "{title}: {own}, against {others}",
            "{title} : {own}, contre {others}",
            title = row.title,
            own = own,
            others = Said::join(&against, ", ")
        ))
    });
    told.collect()
}

/// What the review of the first still finds, where it is a design.
fn wrong(request: &Request<'_>, subject: &str) -> Vec<Said> {
    let Some(view) = request.runs.view(request.workspace, subject, request.today) else { return Vec::new() };
    findings(&view)
}

/// The weightiest findings of a design, and its risks.
pub(super) fn findings(view: &View<'_>) -> Vec<Said> {
    let mut found: Vec<_> = view.review().findings.iter().filter(|finding| finding.state == State::Fail).collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let grave = found.iter().filter(|finding| finding.severity >= Severity::Warning);
    let mut told: Vec<Said> = grave.clone().take(TOLD).map(|finding| finding.message.clone()).collect();
    let more = grave.count().saturating_sub(told.len());
    if more > 0 {
        let other = Said::counted(more, ["more finding", "more findings"], ["autre constat", "autres constats"]);
        told.push(said!("and {n} {other}", "et {n} {other}", n = more, other = other));
    }
    told.extend(
        view.design
            .risks
            .values()
            .take(2)
            .map(|risk| said!("a known risk: {title}", "un risque connu : {title}", title = risk.title.said())),
    );
    told
}

fn unknown(compared: &Compared) -> Vec<Said> {
    let mut told = Vec::new();
    for row in &compared.rows {
        for (cell, column) in row.cells.iter().zip(&compared.subjects) {
            if let Value::Unanswered(why) = &cell.value.value {
                told.push(said!(
                    "{title} of {who}: {why}",
                    "{title} de {who} : {why}",
                    title = row.title,
                    who = ranking::quoted(compared, &column.name),
                    why = why
                ));
            }
        }
    }
    let more = told.len().saturating_sub(TOLD);
    told.truncate(TOLD);
    if more > 0 {
        let other = Said::counted(more, ["more cell", "more cells"], ["autre cellule", "autres cellules"]);
        told.push(said!("and {n} {other}", "et {n} {other}", n = more, other = other));
    }
    told
}

fn change(request: &Request<'_>, compared: &Compared, decided: &Decided) -> Vec<Said> {
    let mut told: Vec<Said> = decided.tightest().map(|weighed| ranking::turn(compared, weighed)).into_iter().collect();
    told.extend(decided.flips.iter().take(2).map(|flip| {
        let title = compared.row(&flip.criterion).map_or_else(Said::default, |row| row.title.clone());
        said!("{title}: {flip}", "{title} : {flip}", title = title, flip = ranking::flipped(compared, flip))
    }));
    // A comparison's own conditions: when another is preferred whatever the weights say.
    let first = decided.first().map(|rank| rank.subject.as_str());
    let doc = request.workspace.comparisons.get(&compared.name);
    let stated =
        doc.into_iter().flat_map(|doc| &doc.value.prefer).filter(|(subject, _)| Some(subject.as_str()) != first);
    told.extend(
        stated.flat_map(|(subject, preferences)| preferences.iter().map(move |one| (subject, one))).take(TOLD).map(
            |(subject, preference)| {
                said!(
                    "{who}, where {because}",
                    "{who}, quand {because}",
                    who = ranking::quoted(compared, subject),
                    because = preference.because.said()
                )
            },
        ),
    );
    if told.is_empty() {
        told.push(said!(
            "no single weight and no single cell puts another first",
            "aucun poids ni aucune cellule à eux seuls n’en mettent un autre en tête"
        ));
    }
    told
}
