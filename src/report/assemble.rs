//! A whole workspace as a site: the authors' reports, and a default page for every document.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Kind, Library, Narrative, Page, Site, compose, default};
use crate::analysis::runs::Runs;
use crate::design::text::When;
use crate::design::{Evidence, Workspace};
use crate::figure::typeset::typeset;
use crate::source::{Diagnostic, Lang, Said, Show};

/// Every page of a workspace, in every language, and everything that is wrong with its reports.
pub fn assemble(workspace: &Workspace, today: When) -> (Site, Vec<Diagnostic>) {
    assemble_keeping(workspace, today, &mut Kept::default())
}

/// What was worked out of a workspace's documents: as long as they stay the same, so does this.
#[derive(Debug, Default)]
pub struct Kept {
    documents: u64,
    runs: Runs,
    pages: Vec<Page>,
}

/// The same as [`assemble`], for whoever asks again and again: where only narratives changed, nothing
/// is simulated or drawn anew but what they show.
pub fn assemble_keeping(workspace: &Workspace, today: When, kept: &mut Kept) -> (Site, Vec<Diagnostic>) {
    let languages = workspace.languages();
    let title = workspace.config.title.as_ref().map_or_else(|| Said::same("épure"), |title| title.said());
    let documents = documents(workspace, today);
    let known = kept.documents == documents;
    if !known {
        *kept = Kept { documents, runs: Runs::spread(), pages: Vec::new() };
    }
    let runs = &kept.runs;
    let of_lang = |lang: Lang| default::pages(workspace, today, lang, runs);
    // Every language on a thread of its own, and the reports on this one: their order is the languages'.
    let (mut pages, made, diagnostics) = std::thread::scope(|scope| {
        let asked: &[Lang] = if known { &[] } else { &languages };
        let made: Vec<_> = asked.iter().map(|lang| (*lang, scope.spawn(|| of_lang(*lang)))).collect();
        let (pages, diagnostics) = reports(workspace, today, true, runs);
        // Should a thread ever not come back, its pages are made here, and what ails them is said.
        let made: Vec<Page> =
            made.into_iter().flat_map(|(lang, thread)| thread.join().unwrap_or_else(|_| of_lang(lang))).collect();
        (pages, made, diagnostics)
    });
    if !known {
        kept.pages = made;
    }
    pages.extend(kept.pages.iter().cloned());
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

/// What default pages and simulations are made of: every file but the narratives, and the day.
fn documents(workspace: &Workspace, today: When) -> u64 {
    let mut hash = DefaultHasher::new();
    today.show(Lang::En).hash(&mut hash);
    for (_, file) in workspace.sources.iter() {
        // Places name files by their number, which another file more or less would change.
        file.path.hash(&mut hash);
        if !file.path.ends_with(".md") {
            file.text.hash(&mut hash);
        }
    }
    for (path, evidence) in &workspace.evidence {
        path.hash(&mut hash);
        if let Evidence::Read { text, .. } = evidence {
            text.hash(&mut hash);
        }
    }
    hash.finish()
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
