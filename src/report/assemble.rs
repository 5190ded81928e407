//! A whole workspace as a site: the authors' reports, and a default page for every document.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;

use super::aims::Aims;
use super::compose::prose;
use super::settings::settings;
use super::stated::stated;
use super::{Aim, Before, Kind, Library, Narrative, Page, Piece, Site, around, compose, default};
use crate::analysis::review::comparisons;
use crate::analysis::runs::Runs;
use crate::design::model::config::Context;
use crate::design::model::design::Status;
use crate::design::text::When;
use crate::design::{Evidence, Workspace};
use crate::figure::typeset::typeset;
use crate::said;
use crate::source::{Diagnostic, Lang, Said, Show};

/// Every page of a workspace, in every language, and everything that is wrong with its comparisons, with
/// its reports and with what `epure.yaml` says of the site.
pub fn assemble(workspace: &Workspace, today: When) -> (Site, Vec<Diagnostic>) {
    assemble_knowing(workspace, today, &Before::default())
}

/// The same, for whoever knows what an earlier build made.
pub fn assemble_knowing(workspace: &Workspace, today: When, before: &Before) -> (Site, Vec<Diagnostic>) {
    let mut kept = Kept::default();
    made(workspace, today, &mut kept, before, |kept| std::mem::take(&mut kept.pages))
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
    made(workspace, today, kept, &Before::default(), |kept| kept.pages.clone())
}

/// The same, with the documents' pages taken as whoever asks wants them: a copy, or all there is.
fn made(
    workspace: &Workspace,
    today: When,
    kept: &mut Kept,
    before: &Before,
    take: fn(&mut Kept) -> Vec<Page>,
) -> (Site, Vec<Diagnostic>) {
    let languages = workspace.languages();
    let title = workspace.config.title.as_ref().map_or_else(|| Said::same("épure"), |title| title.said());
    let documents = documents(workspace, today);
    let known = kept.documents == documents;
    if !known {
        *kept = Kept { documents, runs: Runs::spread(), pages: Vec::new() };
    }
    let runs = &kept.runs;
    let asked: &[Lang] = if known { &[] } else { &languages };
    let (fresh, (mut pages, mut diagnostics, plain)) = rayon::join(
        || {
            asked
                .par_iter()
                .flat_map_iter(|lang| default::pages(workspace, today, *lang, before, runs))
                .collect::<Vec<_>>()
        },
        || reports(workspace, today, true, &before.plain, runs),
    );
    if !known {
        kept.pages = fresh;
    }
    pages.extend(take(kept));
    // They are worked out already, by the pages that show them.
    diagnostics.splice(..0, comparisons(workspace, today, &kept.runs));
    let found = around::found(workspace, today, &kept.runs);
    let mut extras: Vec<Page> =
        languages.par_iter().flat_map_iter(|lang| around::pages(workspace, today, *lang, &found)).collect();
    name_apart(&mut pages, &mut extras);
    let known: BTreeMap<(String, Kind), Vec<Lang>> =
        pages.iter().chain(&extras).fold(BTreeMap::new(), |mut known, page| {
            known.entry((page.slug.clone(), page.kind)).or_insert_with(Vec::new).push(page.lang);
            known
        });
    pages.par_iter_mut().chain(&mut extras).for_each(|page| {
        page.title = typeset(&page.title, page.lang).into_owned();
        page.subtitle = typeset(&page.subtitle, page.lang).into_owned();
        let langs = known.get(&(page.slug.clone(), page.kind)).map_or(&[] as &[Lang], Vec::as_slice);
        page.other_languages =
            langs.iter().filter(|lang| **lang != page.lang).map(|lang| (*lang, page.slug.clone())).collect();
        page.stated = stated(workspace, page);
    });
    let names: BTreeSet<&str> = pages.iter().map(|page| page.slug.as_str()).collect();
    let (settings, problems) = settings(workspace, &names);
    diagnostics.extend(problems);
    let designs = workspace
        .designs
        .values()
        .map(|doc| (doc.name.clone(), (context(doc.value.context), status(doc.value.status))));
    let components =
        workspace.designs.values().map(|doc| (doc.name.clone(), doc.value.components.keys().cloned().collect()));
    let site = Site {
        title,
        designs: designs.collect(),
        components: components.collect(),
        sources: sources(workspace, &pages),
        languages,
        pages,
        extras,
        found,
        settings,
        as_of: today.show(Lang::En),
        plain,
        ..Site::default()
    };
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

/// The files that facts of the pages were said in, as they may be shown.
fn sources(workspace: &Workspace, pages: &[Page]) -> Vec<(String, String)> {
    let made = pages.iter().flat_map(|page| &page.stated).map(|stated| stated.spot.file.as_str());
    let kept = pages.iter().filter_map(|page| page.glimpse.as_ref()).flat_map(|glimpse| &glimpse.files);
    let stated: BTreeSet<&str> = made.chain(kept.map(String::as_str)).collect();
    let files = workspace.sources.iter().filter(|(_, file)| stated.contains(file.path.as_str()));
    files.map(|(id, file)| (file.path.clone(), workspace.sources.shown(id, 0..file.text.len()))).collect()
}

fn context(context: Context) -> Said {
    match context {
        Context::Cloud => said!("Cloud and datacentre", "Cloud et datacentre"),
        Context::Automotive => said!("Vehicle", "Véhicule"),
        Context::Finance => said!("Finance", "Finance"),
        Context::Lab => said!("Lab", "Lab"),
    }
}

/// A design's status in words; nothing where it does not say.
fn status(status: Option<Status>) -> Said {
    match status {
        None => Said::default(),
        Some(Status::Proposed) => said!("proposed", "proposée"),
        Some(Status::Accepted) => said!("accepted", "acceptée"),
        Some(Status::Running) => said!("running", "en service"),
        Some(Status::Retired) => said!("retired", "retirée"),
    }
}

/// Everything that is wrong with the authors' reports and with the site's settings, without drawing any
/// figure.
pub fn problems(workspace: &Workspace, today: When, runs: &Runs) -> Vec<Diagnostic> {
    let mut found = reports(workspace, today, false, &BTreeSet::new(), runs).1;
    let mut names: BTreeSet<&str> = workspace.reports.iter().map(|report| report.name.as_str()).collect();
    names.extend(workspace.designs.keys().map(String::as_str));
    names.extend(workspace.stacks.keys().map(String::as_str));
    names.extend(workspace.comparisons.keys().map(String::as_str));
    names.extend(workspace.scenarios.keys().map(String::as_str));
    found.extend(settings(workspace, &names).1);
    found
}

/// The authors' reports, filled in, everything that is wrong with them, and the files of those that are plain.
fn reports(
    workspace: &Workspace,
    today: When,
    drawn: bool,
    known: &BTreeSet<String>,
    runs: &Runs,
) -> (Vec<Page>, Vec<Diagnostic>, BTreeSet<String>) {
    let library = Library { workspace, today, drawn, runs };
    let aims = Aims::of(workspace);
    let made: Vec<(Page, Vec<Diagnostic>, bool)> = workspace
        .reports
        .par_iter()
        .map(|report| {
            let file = workspace.sources.file(report.file);
            let mut head =
                Page::new(report.name.clone(), report.lang, report.matter.title.show(report.lang), Kind::Report);
            head.subtitle = report.matter.course.clone().unwrap_or_default();
            head.authors = report.matter.authors.clone();
            head.source_file = file.path.clone();
            head.as_of = today.show(Lang::En);
            head.document = report.name.clone();
            if known.contains(&file.path) {
                head.parts.extend(prose(file.text.get(report.body..).unwrap_or("")));
                return (head, Vec::new(), true);
            }
            let narrative = Narrative::read(report.file, &file.text, report.body);
            let broken = aims.broken(&file.path, &narrative);
            let (page, mut found) = compose(&narrative, &library, head);
            found.extend(broken);
            found.sort_by_key(|one| one.primary.span);
            let plain = found.is_empty() && is_plain(&narrative);
            (page, found, plain)
        })
        .collect();
    let (mut pages, mut diagnostics, mut plain) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (page, found, is_plain) in made {
        if is_plain {
            plain.insert(page.source_file.clone());
        }
        diagnostics.extend(found);
        pages.push(page);
    }
    // Reports in two languages lay the same evidence beside their figures: what is wrong with it is said once.
    let mut said = BTreeSet::new();
    diagnostics
        .retain(|it: &Diagnostic| !it.code.starts_with("observed/") || said.insert((it.primary.span, it.code.clone())));
    (pages, diagnostics, plain)
}

/// Whether a page of a narrative is its text and nothing else: no figure, no value, nothing left out. A
/// link to a heading of another report is no matter of its text alone.
fn is_plain(narrative: &Narrative<'_>) -> bool {
    let prose = |piece: &Piece| matches!(piece, Piece::Prose(prose) if prose.insets.is_empty());
    let elsewhere = |aim: &Aim| aim.address.contains('#') && !aim.address.starts_with('#');
    matches!(narrative.pieces.as_slice(), [only] if prose(only)) && !narrative.aims.iter().any(elsewhere)
}

/// Two documents of different kinds may share a name; their pages may not share a file, on no system:
/// where case makes no difference, and where a name is a device's.
fn name_apart(pages: &mut [Page], extras: &mut [Page]) {
    let mut taken: BTreeSet<(Lang, String)> = BTreeSet::new();
    for page in pages.iter_mut().chain(extras) {
        let word = match page.kind {
            Kind::Report => "report",
            Kind::Design => "design",
            Kind::Stack => "stack",
            Kind::Comparison => "comparison",
            Kind::Scenario => "scenario",
            Kind::Decision => "decision",
            Kind::Rule => "rule",
            Kind::Glossary => "words",
        };
        if is_reserved(&page.slug) || taken.contains(&(page.lang, page.slug.to_lowercase())) {
            page.slug = format!("{}-{word}", page.slug);
        }
        let plain = page.slug.clone();
        let mut number = 2;
        while !taken.insert((page.lang, page.slug.to_lowercase())) {
            page.slug = format!("{plain}-{number}");
            number += 1;
        }
    }
}

/// Whether a page cannot have this name: the index has it, the lists have, or a device of Windows.
fn is_reserved(slug: &str) -> bool {
    let stem = slug.split('.').next().unwrap_or(slug).to_lowercase();
    let numbered = |device: &str| stem.strip_prefix(device).is_some_and(|rest| rest.len() == 1 && rest != "0");
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "index" | "readme")
        || stem.starts_with("all-")
        || numbered("com")
        || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_pages_share_a_file_anywhere() {
        let page = |slug: &str, kind| Page::new(slug, Lang::En, slug, kind);
        let mut pages = [
            page("Lab", Kind::Report),
            page("lab", Kind::Report),
            page("lab", Kind::Design),
            page("nul", Kind::Stack),
            page("com1.x", Kind::Report),
            page("console", Kind::Stack),
            page("index", Kind::Report),
        ];
        name_apart(&mut pages, &mut [page("glossary", Kind::Glossary)]);
        let slugs: Vec<&str> = pages.iter().map(|page| page.slug.as_str()).collect();
        assert_eq!(slugs, ["Lab", "lab-report", "lab-design", "nul-stack", "com1.x-report", "console", "index-report"]);
    }
}
