//! The home: the portfolio at a glance, and the pages by what they are about; lists of what is too long for it.

use serde::Serialize;
use tera::{Context, Tera};

use super::frame::Frame;
use super::shelves::{AT_HOME, LISTED, Shelves, list_file, word};
use super::{TemplateProblem, folder, problem};
use crate::report::{Found, Glimpse, Kind, Output, Page, Site, glance::glance, words};
use crate::source::{Severity, State};

/// A kind's pages.
#[derive(Serialize)]
struct Group {
    title: &'static str,
    word: &'static str,
    count: usize,
    entries: Vec<Entry>,
    /// Where all of them are listed, if not here.
    all: Option<String>,
    /// The designs by context; empty for other kinds.
    contexts: Vec<OfContext>,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    line: String,
    lang: &'static str,
    href: String,
    foreign: bool,
}

/// The designs of one context.
#[derive(Serialize)]
struct OfContext {
    title: String,
    designs: Vec<Standing>,
}

/// How a design stands.
#[derive(Serialize, Default)]
struct Standing {
    title: String,
    name: String,
    href: String,
    foreign: Option<&'static str>,
    status: String,
    /// How many of its objectives are shown, and of how many.
    shown: usize,
    objectives: usize,
    counts: Counts,
    /// Where its findings are listed.
    findings: String,
}

/// What a review found, counted.
#[derive(Serialize, Default, Clone, Copy)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
    open: usize,
    waived: usize,
}

impl Counts {
    fn of<'f>(found: impl IntoIterator<Item = &'f Found>) -> Counts {
        let mut counts = Counts::default();
        for one in found {
            match (one.state, one.severity) {
                (State::Waived, _) => counts.waived += 1,
                (State::Unanswered, _) => counts.open += 1,
                (State::Fail, Severity::Error) => counts.errors += 1,
                (State::Fail, Severity::Warning) => counts.warnings += 1,
                (State::Fail, Severity::Note) => counts.notes += 1,
            }
        }
        counts
    }
}

/// The front page, which speaks the first language, at the site's root.
pub(super) fn front(site: &Site, tera: &Tera, shelves: &Shelves<'_>) -> Result<Option<Output>, TemplateProblem> {
    let folder = format!("{}/", shelves.lang.code());
    home(site, tera, shelves, "", &folder, "site/index.html").map(Some)
}

/// A language's home, and its lists of kinds with many pages.
pub(super) fn lists(site: &Site, tera: &Tera, shelves: &Shelves<'_>) -> Result<Vec<Output>, TemplateProblem> {
    let mut files = vec![home(site, tera, shelves, "../", "", &format!("{}/index.html", folder(shelves.lang)))?];
    for (kind, pages) in shelves.iter().filter(|(_, pages)| pages.len() > AT_HOME) {
        let chunks: Vec<&[&Page]> = pages.chunks(LISTED).collect();
        for (at, chunk) in chunks.iter().enumerate() {
            let file = list_file(kind, pages.len(), at);
            let frame =
                Frame { title: words::kind(shelves.lang, kind), ..Frame::of_file(site, shelves, &file, "../", "") };
            let group = group(site, shelves, kind, chunk, pages.len(), "");
            let pager: Vec<(usize, String, bool)> =
                (0..chunks.len()).map(|i| (i + 1, list_file(kind, pages.len(), i), i == at)).collect();
            let mut context = Context::new();
            context.insert("page", &frame);
            context.insert("words", words::words(shelves.lang));
            context.insert("group", &group);
            context.insert("pages", &words::pages(shelves.lang, pages.len()));
            context.insert("pager", if pager.len() > 1 { pager.as_slice() } else { &[] });
            let html = tera.render("index.html", &context).map_err(|error| problem(site, &error))?;
            files.push(Output::text(format!("{}/{file}", folder(shelves.lang)), html));
        }
    }
    Ok(files)
}

fn home(
    site: &Site,
    tera: &Tera,
    shelves: &Shelves<'_>,
    root: &str,
    way: &str,
    path: &str,
) -> Result<Output, TemplateProblem> {
    let lang = shelves.lang;
    let mut groups: Vec<Group> = shelves
        .iter()
        .filter(|(kind, _)| *kind != Kind::Glossary)
        .map(|(kind, pages)| {
            let some = if pages.len() > AT_HOME { &pages[..AT_HOME.min(pages.len())] } else { pages };
            let mut group = group(site, shelves, kind, some, pages.len(), way);
            group.all = (pages.len() > AT_HOME).then(|| format!("{way}{}", list_file(kind, pages.len(), 0)));
            group
        })
        .collect();
    // What there is to decide on comes first.
    groups.sort_by_key(|group| group.contexts.is_empty());
    let designs = site.designs.len();
    let counts = Counts::of(&site.found);
    let frame = Frame::of_file(site, shelves, "index.html", root, way);
    let count =
        |kinds: &[Kind]| shelves.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, pages)| pages.len()).sum();
    let mut context = Context::new();
    context.insert("page", &frame);
    context.insert("words", words::words(lang));
    context.insert("as_of", &words::date(lang, &site.as_of));
    context.insert("pages", &words::pages(lang, count(&crate::report::SHELVES)));
    context.insert("designs", &designs);
    context.insert("counts", &counts);
    context.insert("found", &words::counted(lang, designs, counts.errors, counts.warnings, counts.open));
    context.insert("groups", &groups);
    let html = tera.render("home.html", &context).map_err(|error| problem(site, &error))?;
    Ok(Output::text(path, html))
}

fn group(site: &Site, shelves: &Shelves<'_>, kind: Kind, pages: &[&Page], count: usize, way: &str) -> Group {
    let lang = shelves.lang;
    let entry = |page: &&Page| {
        let link = shelves.way(page, way, false);
        let foreign = link.foreign.is_some();
        Entry {
            title: page.title.clone(),
            line: short(&glance(page)),
            lang: page.lang.code(),
            href: link.href,
            foreign,
        }
    };
    let contexts = if kind == Kind::Design { contexts(site, shelves, pages, way) } else { Vec::new() };
    let entries = if contexts.is_empty() { pages.iter().map(entry).collect() } else { Vec::new() };
    Group { title: words::kind(lang, kind), word: word(kind), count, entries, all: None, contexts }
}

/// The designs by context, in the order in which contexts first occur.
fn contexts(site: &Site, shelves: &Shelves<'_>, pages: &[&Page], way: &str) -> Vec<OfContext> {
    let mut contexts: Vec<OfContext> = Vec::new();
    for page in pages {
        let Some((context, status)) = site.designs.get(&page.document) else { continue };
        let title = context.get(shelves.lang).to_owned();
        let standing = standing(shelves, page, status.get(shelves.lang), way);
        match contexts.iter_mut().find(|other| other.title == title) {
            Some(context) => context.designs.push(standing),
            None => contexts.push(OfContext { title, designs: vec![standing] }),
        }
    }
    contexts
}

fn standing(shelves: &Shelves<'_>, page: &Page, status: &str, way: &str) -> Standing {
    let Glimpse { shown: (shown, objectives), findings: anchor, .. } = Glimpse::of(page);
    let link = shelves.way(page, way, false);
    Standing {
        title: page.title.clone(),
        name: page.document.clone(),
        findings: format!("{}{anchor}", link.href),
        href: link.href,
        foreign: link.foreign,
        status: status.to_owned(),
        shown,
        objectives,
        counts: Counts::of(shelves.found(page).iter().copied()),
    }
}

/// A line that fits a list.
fn short(line: &str) -> String {
    const MOST: usize = 200;
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MOST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(start, _)| start))
}
