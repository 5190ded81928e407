//! The line that an index shows beside a page's title.

use super::{Kind, Page};
use crate::{
    figure::{Body, Figure, Mark, Table, typeset::plain},
    said,
    source::{Lang, Said, Show},
};

/// What a page amounts to, in one line; may be empty.
pub(super) fn glance(page: &Page) -> String {
    if let Some(glimpse) = &page.glimpse {
        return glimpse.line.clone();
    }
    let parts = match page.kind {
        Kind::Report => report(page),
        Kind::Design => design(page),
        Kind::Comparison => comparison(page),
        Kind::Stack | Kind::Scenario | Kind::Decision | Kind::Rule | Kind::Glossary => Vec::new(),
    };
    let line = if parts.is_empty() { page.line().to_owned() } else { parts.join(" · ") };
    let line = plain(&line);
    match after_title(&line, &page.title) {
        Some(rest) => capitalised(rest),
        None => line.into_owned(),
    }
}

fn report(page: &Page) -> Vec<String> {
    let mut parts = subtitle(page);
    let n = page.figures().count();
    if n > 0 {
        let figures = said!(
            "{n} {figure}",
            "{n} {figure}",
            n = n,
            figure = Said::counted(n, ["figure", "figures"], ["figure", "figures"])
        );
        parts.push(figures.show(page.lang));
    }
    parts
}

/// The context, how many production objectives are shown, what the review found.
fn design(page: &Page) -> Vec<String> {
    let mut parts = subtitle(page);
    let before = parts.len();
    let marks = |word: &str, wanted: fn(Mark) -> bool| {
        let table = page.figures().find(|figure| figure.id.ends_with(word)).and_then(table)?;
        let rows = table.rows.iter().filter(|row| row.cells.iter().any(|cell| wanted(cell.mark)));
        Some((rows.count(), table.rows.len()))
    };
    if let Some((shown, all)) = marks(".coverage", |mark| mark == Mark::Good) {
        let said = said!(
            "{shown} of {all} {objectives} shown",
            "{shown} {objectives} sur {all}",
            shown = shown,
            all = all,
            objectives = Said {
                en: Said::counted(all, ["objective", "objectives"], [""; 2]).en,
                ..Said::counted(shown, [""; 2], ["objectif montré", "objectifs montrés"])
            }
        );
        parts.push(said.show(page.lang));
    }
    if parts.len() == before {
        return Vec::new();
    }
    // Where nothing was found there is no table of findings.
    let number = |wanted| marks(".findings", wanted).map_or(0, |(number, _)| number);
    let found = number(|mark| matches!(mark, Mark::Finding(_)));
    let open = number(|mark| mark == Mark::Unanswered);
    parts.push(counted(found, ["finding", "findings"], ["constat", "constats"], page.lang));
    parts.push(counted(
        open,
        ["open question", "open questions"],
        ["question ouverte", "questions ouvertes"],
        page.lang,
    ));
    parts
}

/// How many subjects and criteria, and the last sentence of the answer: who comes first.
fn comparison(page: &Page) -> Vec<String> {
    let mut compared = page.figures().filter(|figure| figure.id.ends_with(".comparison"));
    let Some((figure, table)) = compared.find_map(|figure| Some((figure, table(figure)?))) else {
        return Vec::new();
    };
    let mut parts = subtitle(page);
    let subjects = table.columns.len().saturating_sub(1);
    let criteria = table.rows.len();
    parts.push(
        said!(
            "{subjects} {subject}, {criteria} {criterion}",
            "{subjects} {subject}, {criteria} {criterion}",
            subjects = subjects,
            subject = Said::counted(subjects, ["subject", "subjects"], ["sujet", "sujets"]),
            criteria = criteria,
            criterion = Said::counted(criteria, ["criterion", "criteria"], ["critère", "critères"])
        )
        .show(page.lang),
    );
    parts.extend(figure.answer.rsplit(". ").next().map(str::to_owned).filter(|last| !last.is_empty()));
    parts
}

fn subtitle(page: &Page) -> Vec<String> {
    Some(page.subtitle.clone()).filter(|subtitle| !subtitle.is_empty()).into_iter().collect()
}

fn table(figure: &Figure) -> Option<&Table> {
    match &figure.body {
        Body::Table(table) => Some(table),
        Body::Drawing(_) => None,
    }
}

/// A number of things, or that there is none.
fn counted(n: usize, en: [&str; 2], fr: [&str; 2], lang: Lang) -> String {
    let things = Said::counted(n, en, fr);
    match (n, lang) {
        (0, Lang::En) => format!("no {}", things.en),
        (0, Lang::Fr) => format!("{} {}", if fr[0].starts_with("question") { "aucune" } else { "aucun" }, things.fr),
        _ => format!("{} {}", n.show(lang), things.show(lang)),
    }
}

/// What follows a title that a line only repeats: `Containers: shared up to…`.
fn after_title<'t>(line: &'t str, title: &str) -> Option<&'t str> {
    let rest = line.strip_prefix(title)?.trim_start().strip_prefix(':')?.trim_start();
    (!rest.is_empty()).then_some(rest)
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        figure::{Cell, Column, Row},
        report::Part,
        source::Severity,
    };

    fn figure(id: &str, answer: &str, columns: usize, marks: &[Mark]) -> Part {
        let rows = marks.iter().map(|mark| Row { cells: vec![Cell::new("x").marked(*mark)] }).collect();
        let table = Table { columns: vec![Column::default(); columns], rows, empty: String::new() };
        Part::Figure(Figure {
            id: id.into(),
            title: String::new(),
            answer: answer.into(),
            note: String::new(),
            cartouche: Vec::new(),
            body: Body::Table(table),
            facts: Default::default(),
        })
    }

    #[test]
    fn a_design_is_what_it_shows_and_what_is_found() {
        let mut page = Page::new("shop", Lang::Fr, "Boutique", Kind::Design);
        page.subtitle = "Contexte : cloud".into();
        assert_eq!(glance(&page), "Contexte : cloud");
        page.parts.push(figure("shop.coverage", "", 3, &[Mark::Good, Mark::Bad, Mark::Unanswered]));
        page.parts.push(figure("shop.findings", "", 3, &[Mark::Finding(Severity::Error), Mark::None]));
        assert_eq!(glance(&page), "Contexte : cloud · 1 objectif montré sur 3 · 1 constat · aucune question ouverte");
        page.lang = Lang::En;
        assert!(glance(&page).ends_with(" · 1 of 3 objectives shown · 1 finding · no open questions"));
    }

    #[test]
    fn a_comparison_is_its_size_and_its_winner() {
        let mut page = Page::new("a", Lang::En, "A or B?", Kind::Comparison);
        page.parts.push(figure(
            "a.comparison",
            "Best at: A 1, B 0. By the weights A comes first (60 %).",
            3,
            &[Mark::Best],
        ));
        assert_eq!(glance(&page), "2 subjects, 1 criterion · By the weights A comes first (60 %).");
    }

    #[test]
    fn a_line_does_not_repeat_the_title() {
        let mut page = Page::new("a", Lang::Fr, "Conteneurs", Kind::Stack);
        page.subtitle = "Conteneurs\u{a0}: partagé jusqu’à `runc`.".into();
        assert_eq!(glance(&page), "Partagé jusqu’à runc.");
        page.kind = Kind::Report;
        page.parts.push(figure("x", "y", 1, &[]));
        page.title = "Lab".into();
        page.subtitle = "RES507".into();
        assert_eq!(glance(&page), "RES507 · 1 figure");
    }
}
