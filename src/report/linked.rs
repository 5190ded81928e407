//! Names that lead somewhere: a rule's code, a document's name, a place in a file.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kind, Site, links, pieces::Piece};
use crate::source::Lang;

/// What leads where on the pages of one language, seen from one of them.
#[derive(Debug, Default)]
pub(super) struct Linked<'a> {
    names: BTreeMap<&'a str, String>,
    files: BTreeSet<&'a str>,
    /// The pages of designs, each with the components that it has a row for.
    components: BTreeMap<&'a str, &'a [String]>,
}

impl<'a> Linked<'a> {
    /// The names that pages of a language know.
    pub(super) fn of(site: &'a Site, lang: Lang) -> Linked<'a> {
        let mut names = BTreeMap::new();
        let mut components = BTreeMap::new();
        for page in site.pages.iter().chain(&site.extras).filter(|page| page.lang == lang) {
            let known =
                matches!(page.kind, Kind::Rule | Kind::Design | Kind::Stack | Kind::Comparison | Kind::Scenario);
            if known && !page.document.is_empty() {
                names.entry(page.document.as_str()).or_insert_with(|| format!("{}.html", links::encoded(&page.slug)));
            }
            if let Some(held) = site.components.get(&page.document).filter(|_| page.kind == Kind::Design) {
                components.entry(page.document.as_str()).or_insert(held.as_slice());
            }
        }
        Linked { names, files: site.sources.iter().map(|(path, _)| path.as_str()).collect(), components }
    }

    /// Where a name leads; nothing for other texts.
    pub(super) fn name(&self, text: &str) -> Option<&str> {
        self.names.get(text).map(String::as_str)
    }

    /// Where the box of a component in a drawing leads: to its row on its design's page. The fact is
    /// the component's address, `shop.components.web`.
    pub(super) fn component(&self, fact: &str) -> Option<String> {
        let (design, name) = fact.split_once(".components.")?;
        self.components.get(design)?.iter().find(|component| *component == name)?;
        Some(format!("{}#component-{name}", self.name(design)?))
    }

    /// Where a line of a file is shown, if the site shows it.
    pub(super) fn line(&self, file: &str, line: usize) -> Option<String> {
        self.files.contains(file).then(|| format!("../source/{}.html#L{line}", links::encoded(file)))
    }

    /// Gives names between backticks, and texts that are nothing but a name or a place, their links.
    pub(super) fn resolve(&self, mut pieces: Vec<Piece>, here: &str) -> Vec<Piece> {
        let alone = pieces.len() == 1;
        for piece in pieces.iter_mut().filter(|piece| piece.link.is_empty()) {
            let target = match self.name(&piece.text) {
                Some(target) if piece.code || alone => Some(target.to_owned()),
                _ if alone => self.place(&piece.text),
                _ => None,
            };
            if let Some(target) = target.filter(|target| target != here) {
                piece.link = target;
            }
        }
        pieces
    }

    /// Where `designs/shop.yaml:65` leads.
    fn place(&self, text: &str) -> Option<String> {
        let (file, line) = text.rsplit_once(':')?;
        self.line(file, line.parse().ok()?)
    }
}
