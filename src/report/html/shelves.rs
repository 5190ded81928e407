//! The pages of one language in the order of the navigation, and the way from each to its neighbours.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::{Found, Kind, Page, SHELVES, Site, linked::Linked, links, words};
use crate::source::Lang;

/// With more pages than this a site's navigation lists those of the current kind alone.
const WHOLE: usize = 48;
/// With more pages of a kind than this the navigation lists the neighbours of the current one.
const NEAR: usize = 24;

/// The pages of one language.
pub(super) struct Shelves<'a> {
    pub(super) lang: Lang,
    pub(super) linked: Linked<'a>,
    /// For each kind its pages by title; those of other languages where there is no translation.
    shelves: Vec<(Kind, Vec<&'a Page>)>,
    places: BTreeMap<&'a str, (usize, usize)>,
    found: BTreeMap<&'a str, Vec<&'a Found>>,
}

/// A link to a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Way {
    pub(super) title: String,
    pub(super) href: String,
    pub(super) here: bool,
    /// The language of what it leads to, where that is another one.
    pub(super) foreign: Option<&'static str>,
}

/// A kind in the navigation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Section {
    title: &'static str,
    href: String,
    count: usize,
    here: bool,
    entries: Vec<Way>,
}

impl<'a> Shelves<'a> {
    pub(super) fn of(site: &'a Site, lang: Lang) -> Shelves<'a> {
        let shelves: Vec<(Kind, Vec<&Page>)> = SHELVES
            .into_iter()
            .map(|kind| (kind, site.listed(lang, kind)))
            .filter(|(_, pages)| !pages.is_empty())
            .collect();
        let mut places = BTreeMap::new();
        for (shelf, (_, pages)) in shelves.iter().enumerate() {
            for (at, page) in pages.iter().enumerate().filter(|(_, page)| page.lang == lang) {
                places.insert(page.slug.as_str(), (shelf, at));
            }
        }
        let mut found: BTreeMap<&str, Vec<&Found>> = BTreeMap::new();
        for one in &site.found {
            found.entry(&one.design).or_default().push(one);
        }
        Shelves { lang, linked: Linked::of(site, lang), shelves, places, found }
    }

    /// Every kind that has pages, with them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Kind, &[&'a Page])> {
        self.shelves.iter().map(|(kind, pages)| (*kind, pages.as_slice()))
    }

    /// The pages that are written in this language.
    pub(super) fn pages(&self) -> Vec<&'a Page> {
        let all = self.shelves.iter().flat_map(|(_, pages)| pages.iter().copied());
        all.filter(|page| page.lang == self.lang).collect()
    }

    /// What the review says of the design of a page.
    pub(super) fn found(&self, page: &Page) -> &[&'a Found] {
        let design = (page.kind == Kind::Design).then_some(page.document.as_str());
        design.and_then(|design| self.found.get(design)).map_or(&[], Vec::as_slice)
    }

    /// The navigation, seen from a page or from the index; `root` leads to the language's folder.
    pub(super) fn sections(&self, here: Option<&Page>, root: &str) -> Vec<Section> {
        let total: usize = self.shelves.iter().map(|(_, pages)| pages.len()).sum();
        let place = here.and_then(|page| self.places.get(page.slug.as_str()));
        let section = |(shelf, (kind, pages)): (usize, &(Kind, Vec<&Page>))| {
            let at = place.filter(|(other, _)| *other == shelf).map(|(_, at)| *at);
            let range = match at {
                _ if pages.len() == 1 && *kind == Kind::Glossary => 0..0,
                _ if total <= WHOLE => 0..pages.len(),
                Some(_) if pages.len() <= NEAR => 0..pages.len(),
                Some(at) => {
                    let from = at.saturating_sub(NEAR / 2).min(pages.len().saturating_sub(NEAR));
                    from..(from + NEAR).min(pages.len())
                }
                None => 0..0,
            };
            let entries = pages.get(range.clone()).unwrap_or_default().iter().enumerate();
            let entries = entries.map(|(i, page)| self.way(page, root, at == Some(range.start + i))).collect();
            let href = match pages.first() {
                Some(only) if *kind == Kind::Glossary => self.way(only, root, false).href,
                _ => format!("{root}{}", list_file(*kind, pages.len(), 0)),
            };
            let here = at.is_some();
            Section { title: words::kind(self.lang, *kind), href, count: pages.len(), here, entries }
        };
        self.shelves.iter().enumerate().map(section).collect()
    }

    /// The pages before and after one, of its kind.
    pub(super) fn neighbours(&self, page: &Page) -> (Option<Way>, Option<Way>) {
        let Some((shelf, at)) = self.places.get(page.slug.as_str()) else { return (None, None) };
        let Some((_, pages)) = self.shelves.get(*shelf) else { return (None, None) };
        let way = |at: Option<usize>| Some(self.way(pages.get(at?)?, "", false));
        (way(at.checked_sub(1)), way(at.checked_add(1)))
    }

    /// A link to a page, seen from where `root` leads to the language's folder.
    pub(super) fn way(&self, page: &Page, root: &str, here: bool) -> Way {
        let foreign = (page.lang != self.lang).then(|| page.lang.code());
        let folder = foreign.map_or(String::new(), |lang| format!("../{lang}/"));
        Way {
            title: page.title.clone(),
            href: format!("{root}{folder}{}.html", links::encoded(&page.slug)),
            here,
            foreign,
        }
    }
}

/// How many pages a list has at most.
pub(super) const LISTED: usize = 100;
/// The most pages of a kind that the home lists itself.
pub(super) const AT_HOME: usize = 40;

/// Where the pages of a kind are listed: on the home, or on a list of their own.
pub(super) fn list_file(kind: Kind, count: usize, at: usize) -> String {
    let word = word(kind);
    match at {
        _ if count <= AT_HOME => format!("index.html#{word}"),
        0 => format!("all-{word}.html"),
        at => format!("all-{word}-{}.html", at + 1),
    }
}

/// A kind in an address, the same in every language.
pub(super) fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Report => "reports",
        Kind::Design => "designs",
        Kind::Stack => "stacks",
        Kind::Comparison => "comparisons",
        Kind::Scenario => "scenarios",
        Kind::Decision => "decisions",
        Kind::Rule => "rules",
        Kind::Glossary => "glossary",
    }
}
