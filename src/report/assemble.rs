//! A whole workspace as a site: the authors' reports, and a default page for every document.

use std::collections::BTreeSet;

use super::{Kind, Library, Narrative, Page, Site, compose, default};
use crate::analysis::runs::Runs;
use crate::design::Workspace;
use crate::design::text::When;
use crate::figure::typeset::typeset;
use crate::source::{Diagnostic, Lang, Said, Show};

/// Every page of a workspace, in every language, and everything that is wrong with its reports.
pub fn assemble(workspace: &Workspace, today: When) -> (Site, Vec<Diagnostic>) {
    let languages = workspace.languages();
    let title = workspace.config.title.as_ref().map_or_else(|| Said::same("épure"), |title| title.said());
    let runs = Runs::spread();
    let of_lang = |lang: Lang| default::pages(workspace, today, lang, &runs);
    // Every language on a thread of its own, and the reports on this one: their order is the languages'.
    let (mut pages, diagnostics) = std::thread::scope(|scope| {
        let made: Vec<_> = languages.iter().map(|lang| (*lang, scope.spawn(|| of_lang(*lang)))).collect();
        let (mut pages, diagnostics) = reports(workspace, today, true, &runs);
        for (lang, thread) in made {
            // Should a thread ever not come back, its pages are made here, and what ails them is said.
            pages.extend(thread.join().unwrap_or_else(|_| of_lang(lang)));
        }
        (pages, diagnostics)
    });
    name_apart(&mut pages);
    let known: Vec<(String, Lang, Kind)> = pages.iter().map(|page| (page.slug.clone(), page.lang, page.kind)).collect();
    for page in &mut pages {
        page.title = typeset(&page.title, page.lang).into_owned();
        page.subtitle = typeset(&page.subtitle, page.lang).into_owned();
        page.other_languages = known
            .iter()
            .filter(|(slug, lang, kind)| *slug == page.slug && *lang != page.lang && *kind == page.kind)
            .map(|(slug, lang, _)| (*lang, slug.clone()))
            .collect();
    }
    let site = Site { title, languages, pages, as_of: today.show(Lang::En), ..Site::default() };
    (site, diagnostics)
}

/// Everything that is wrong with the authors' reports, without drawing any figure.
pub fn problems(workspace: &Workspace, today: When) -> Vec<Diagnostic> {
    reports(workspace, today, false, &Runs::fixed()).1
}

/// The authors' reports, filled in, and everything that is wrong with them.
fn reports(workspace: &Workspace, today: When, drawn: bool, runs: &Runs) -> (Vec<Page>, Vec<Diagnostic>) {
    let library = Library { workspace, today, drawn, runs };
    let (mut pages, mut diagnostics) = (Vec::new(), Vec::new());
    for report in &workspace.reports {
        let file = workspace.sources.file(report.file);
        let narrative = Narrative::read(report.file, &file.text, report.body);
        let mut head = Page::new(report.name.clone(), report.lang, report.matter.title.show(report.lang), Kind::Report);
        head.subtitle = report.matter.course.clone().unwrap_or_default();
        head.source_file = file.path.clone();
        head.as_of = today.show(Lang::En);
        let (page, found) = compose(&narrative, &library, head);
        pages.push(page);
        diagnostics.extend(found);
    }
    // Reports in two languages lay the same evidence beside their figures: what is wrong with it is said once.
    let mut said = BTreeSet::new();
    diagnostics
        .retain(|it: &Diagnostic| !it.code.starts_with("observed/") || said.insert((it.primary.span, it.code.clone())));
    (pages, diagnostics)
}

/// Two documents of different kinds may share a name; their pages may not share a file.
fn name_apart(pages: &mut [Page]) {
    for i in 0..pages.len() {
        let taken = pages[..i].iter().any(|page| page.slug == pages[i].slug && page.lang == pages[i].lang);
        if taken {
            let word = match pages[i].kind {
                Kind::Report => "report",
                Kind::Design => "design",
                Kind::Stack => "stack",
                Kind::Comparison => "comparison",
                Kind::Scenario => "scenario",
            };
            pages[i].slug = format!("{}-{word}", pages[i].slug);
        }
    }
}
