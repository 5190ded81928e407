//! The pages that a site has around its documents: decisions, the rules that occur, the glossary.

use std::collections::BTreeMap;

use super::decisions::Record;
use super::glossary::GLOSSARY;
use super::{Found, Kind, Page, Part, decisions, explained, words};
use crate::analysis::rule::Rule;
use crate::analysis::rules::RULES;
use crate::analysis::runs::Runs;
use crate::design::Workspace;
use crate::design::text::When;
use crate::figure::{Body, Cell, Column, Figure, Mark, Row, Table};
use crate::said;
use crate::source::{Lang, Said, Severity, Show, State};

/// The most occurrences that a rule's page lists; the designs' own pages list all of theirs.
const LISTED: usize = 100;

/// The name of the glossary's page.
pub(super) const GLOSSARY_SLUG: &str = "glossary";

/// Everything that the review says of every design, in the order of the designs.
pub(super) fn found(workspace: &Workspace, today: When, runs: &Runs) -> Vec<Found> {
    let mut all = Vec::new();
    for name in workspace.designs.keys() {
        let Some(view) = runs.view(workspace, name, today) else { continue };
        for finding in &view.review().findings {
            let span = finding.primary.span;
            all.push(Found {
                design: name.clone(),
                code: finding.code.clone(),
                message: finding.message.clone(),
                path: finding.path.clone().unwrap_or_default(),
                file: workspace.sources.file(span.file).path.clone(),
                line: workspace.sources.start(span).line,
                severity: finding.severity,
                state: finding.state,
            });
        }
    }
    all
}

/// The pages in one language.
pub(super) fn pages(workspace: &Workspace, today: When, lang: Lang, found: &[Found]) -> Vec<Page> {
    let mut pages: Vec<Page> =
        decisions::records(workspace, today, lang).into_iter().map(|record| decision(record, lang)).collect();
    let mut by_rule: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
    for one in found {
        by_rule.entry(&one.code).or_default().push(one);
    }
    pages.extend(RULES.iter().filter_map(|rule| Some(self::rule(workspace, rule, by_rule.get(rule.code)?, lang))));
    pages.push(glossary(lang));
    for page in &mut pages {
        page.as_of = today.show(Lang::En);
    }
    pages
}

fn decision(record: Record, lang: Lang) -> Page {
    let mut page = Page::new(format!("decision-{}", record.name), lang, record.title, Kind::Decision);
    let status = match record.status.as_str() {
        "proposed" => said!("proposed", "proposée"),
        "accepted" => said!("accepted", "acceptée"),
        "rejected" => said!("rejected", "rejetée"),
        "superseded" => said!("superseded", "remplacée"),
        other => Said::same(other),
    };
    let parts = [status.show(lang), words::date(lang, &record.date)];
    page.subtitle = parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    page.source_file = record.file;
    page.parts.push(Part::Prose(record.body));
    page
}

/// A rule's page: where it occurs here, then what `epure explain` says of it.
fn rule(workspace: &Workspace, rule: &Rule, found: &[&Found], lang: Lang) -> Page {
    let slug = format!("rule-{}", rule.code.replace('/', "-"));
    let mut page =
        Page::new(slug, lang, explained::sentence(&rule.summary.show(lang)).trim_end_matches('.'), Kind::Rule);
    page.document = rule.code.to_owned();
    page.subtitle = rule.code.to_owned();
    let here = said!("Here", "Ici");
    page.parts.push(Part::Prose(format!("## {}\n", here.show(lang))));
    page.parts.push(Part::Figure(occurrences(workspace, rule, found, lang)));
    let text = explained::rule(rule, lang, 1);
    // The page's own title and line stand where the text's first two paragraphs were.
    if let Some(at) = text.find("\n## ") {
        page.parts.push(Part::Prose(text[at + 1..].to_owned()));
    }
    page
}

fn occurrences(workspace: &Workspace, rule: &Rule, found: &[&Found], lang: Lang) -> Figure {
    let rows = found
        .iter()
        .take(LISTED)
        .map(|one| {
            let (how, mark) = how(one);
            let title = workspace.designs.get(&one.design).and_then(|doc| doc.value.title.as_ref());
            let title = title.map_or_else(|| Said::same(one.design.clone()), |title| title.said());
            Row {
                cells: vec![
                    Cell::new(how.show(lang)).marked(mark),
                    Cell::new(one.message.show(lang)),
                    Cell::new(format!("`{}`", one.design)).derived(title.show(lang)),
                    Cell::new(format!("{}:{}", one.file, one.line)),
                ],
            }
        })
        .collect();
    let titles =
        [said!("How", "Gravité"), said!("What", "Constat"), said!("Design", "Conception"), said!("Where", "Où")];
    let columns = titles.iter().map(|title| Column { title: title.show(lang), numeric: false }).collect();
    let designs = found.iter().map(|one| &one.design).collect::<std::collections::BTreeSet<_>>().len();
    let n = found.len();
    let answer = match (n, designs) {
        (1, _) => said!("Once in this workspace.", "Une fois dans cet espace de travail."),
        (_, 1) => said!("{n} times, in one design.", "{n} fois, dans une conception."),
        _ => said!("{n} times, in {designs} designs.", "{n} fois, dans {designs} conceptions."),
    };
    let more = n.saturating_sub(LISTED);
    let note = match more {
        0 => Said::default(),
        _ => {
            let left = Said::counted(
                more,
                ["more is not listed", "more are not listed"],
                ["autre n’est pas listée", "autres ne sont pas listées"],
            );
            said!(
                "{more} {left} here; each design’s page lists all of its own.",
                "{more} {left} ici ; la page de chaque conception liste toutes les siennes.",
                more = more,
                left = left
            )
        }
    };
    Figure {
        id: format!("{}.occurrences", rule.code),
        title: rule.summary.show(lang),
        answer: answer.show(lang),
        note: note.show(lang),
        cartouche: Vec::new(),
        body: Body::Table(Table { columns, rows, empty: String::new() }),
        facts: std::collections::BTreeSet::new(),
    }
    .typeset(lang)
}

/// How a finding stands, in words and as a mark.
pub(super) fn how(one: &Found) -> (Said, Mark) {
    match (one.state, one.severity) {
        (State::Waived, _) => (said!("waived", "dérogation"), Mark::None),
        (State::Unanswered, _) => (said!("unanswered", "sans réponse"), Mark::Unanswered),
        (State::Fail, Severity::Error) => (said!("error", "erreur"), Mark::Finding(Severity::Error)),
        (State::Fail, Severity::Warning) => (said!("warning", "avertissement"), Mark::Finding(Severity::Warning)),
        (State::Fail, Severity::Note) => (said!("note", "note"), Mark::Finding(Severity::Note)),
    }
}

fn glossary(lang: Lang) -> Page {
    let mut page = Page::new(GLOSSARY_SLUG, lang, said!("Glossary", "Glossaire").show(lang), Kind::Glossary);
    page.subtitle = said!("What the words mean here", "Ce que les mots veulent dire ici").show(lang);
    let text: String =
        GLOSSARY.iter().map(|term| format!("## {}\n\n{}\n\n", term.title.show(lang), term.means.show(lang))).collect();
    page.parts.push(Part::Prose(text));
    page
}
