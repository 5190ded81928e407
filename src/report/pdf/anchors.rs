//! What links can lead to within a document: its pages, their headings, their figures.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::report::narrative::options;
use crate::report::sheet::Names;
use crate::report::{Kind, Page, Site, aims, body, links};

/// The labels of a document, under the names that the site gives the same places.
#[derive(Debug, Default)]
pub(super) struct Anchors<'a> {
    labels: BTreeSet<String>,
    /// The pages by the names of the documents that they are of; empty where there is but one page.
    names: BTreeMap<&'a str, String>,
    pages: BTreeSet<String>,
}

/// The anchors of one page: its headings and its figures, in order.
#[derive(Debug, Default)]
pub(super) struct OfPage {
    pub(super) headings: Vec<String>,
    pub(super) figures: Vec<String>,
}

impl OfPage {
    /// Names them as the site does: headings first.
    pub(super) fn new(page: &Page) -> OfPage {
        let mut names = Names::reserving(&aims::RESERVED);
        let (text, _) = body::assembled(page);
        let mut events = Parser::new_ext(&text, options());
        let mut headings = Vec::new();
        while let Some(event) = events.next() {
            if matches!(event, Event::Start(Tag::Heading { .. })) {
                let end = |event: &Event<'_>| !matches!(event, Event::End(TagEnd::Heading(_)));
                let inside: Vec<_> = events.by_ref().take_while(end).collect();
                headings.push(names.unique(&body::plain(&inside)));
            }
        }
        let figures = page.figures().map(|figure| names.unique(&format!("figure-{}", figure.id))).collect();
        OfPage { headings, figures }
    }
}

impl<'a> Anchors<'a> {
    pub(super) fn of(pages: &[&'a Page]) -> Anchors<'a> {
        let mut anchors = Anchors::default();
        for page in pages {
            let of_page = OfPage::new(page);
            let inside = of_page.headings.iter().chain(&of_page.figures).map(|anchor| within(page, anchor));
            anchors.labels.extend(inside);
            anchors.labels.insert(label(page));
            anchors.pages.insert(page.id());
            let named = matches!(page.kind, Kind::Design | Kind::Stack | Kind::Comparison | Kind::Scenario);
            if pages.len() > 1 && named && !page.document.is_empty() {
                anchors.names.entry(&page.document).or_insert_with(|| label(page));
            }
        }
        anchors
    }

    /// The label of a document's page, by the document's name.
    pub(super) fn name(&self, text: &str) -> Option<&str> {
        self.names.get(text).map(String::as_str)
    }

    /// What an address of the narrative leads to: a label of this document, or an address on the web.
    pub(super) fn target(&self, site: &Site, page: &Page, address: &str) -> Option<Target> {
        if links::scheme(address).is_some() {
            return links::is_safe(address).then(|| Target::Web(address.to_owned()));
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let to = if path.is_empty() {
            page
        } else {
            let found = site.of_file(&links::workspace_path(&page.source_file, path)?, page.lang)?;
            let translated = found.other_languages.iter().find(|(lang, _)| *lang == page.lang);
            let same =
                |other: &&Page| translated.is_some_and(|(lang, slug)| other.lang == *lang && other.slug == *slug);
            site.pages.iter().find(same).unwrap_or(found)
        };
        if self.pages.contains(&to.id()) {
            let exact = within(to, fragment);
            return Some(Target::Label(if self.labels.contains(&exact) { exact } else { label(to) }));
        }
        // A page that this document does not hold is on the site, where its address is known.
        let base = site.settings.base_url.as_ref()?;
        let hash = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
        Some(Target::Web(format!("{base}{}/{}.html{hash}", to.lang.code(), links::encoded(&to.slug))))
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Label(String),
    Web(String),
}

/// The label of a page.
pub(super) fn label(page: &Page) -> String {
    page.id()
}

/// The label of a place within a page.
pub(super) fn within(page: &Page, anchor: &str) -> String {
    format!("{}#{anchor}", page.id())
}
