//! Narrative and figures made into documents: Markdown, HTML, the site, PDF.
//!
//! One way through: [`Narrative::read`] finds prose, figures and values in an author's Markdown,
//! [`compose`] fills them in with what a [`Material`] worked out and gives a [`Page`], and
//! [`markdown::files`] and [`html::files`] turn a [`Site`] of pages into bytes. Nothing here reads a
//! file, a clock or the environment, so the same input gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    figure::Figure,
    figure::replay::Replay,
    source::{Lang, Said, Severity, State},
};

mod aims;
mod around;
mod assemble;
mod before;
mod beside;
mod body;
mod compose;
pub mod coursework;
pub mod decisions;
pub mod default;
mod drawn;
mod evidence;
pub mod explained;
mod fingerprint;
mod glance;
pub mod glossary;
mod grid;
pub mod html;
mod library;
mod linked;
mod links;
pub mod markdown;
mod narrative;
mod paper;
#[cfg(feature = "pdf")]
pub mod pdf;
mod pieces;
mod settings;
mod sheet;
#[cfg(test)]
mod site_tests;
mod stated;
mod terms;
pub mod words;

pub use assemble::{Kept, assemble, assemble_keeping, assemble_knowing, problems};
pub use before::{Before, Glimpse, inputs, key, texts};
pub use compose::{Material, compose};
pub use evidence::evidence;
pub use fingerprint::{fingerprints, frame};
pub use library::Library;
pub use links::images;
pub use narrative::{Aim, Fence, Inset, Narrative, Piece, Prose, Value};
pub use settings::Settings;
pub use stated::{Spot, Stated};

/// A document in one language, ready to be written in any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The stem of its files, unique within a language: `containers-or-vms`.
    pub slug: String,
    /// The language it is written in.
    pub lang: Lang,
    /// The title, which is its only heading of the first level.
    pub title: String,
    /// One line under the title, which the index shows too; may be empty.
    pub subtitle: String,
    /// Who wrote it; empty for pages that nobody did.
    pub authors: Vec<String>,
    /// What it is about, by which the index groups it.
    pub kind: Kind,
    /// Prose and figures, in the order in which they are read.
    pub parts: Vec<Part>,
    /// The same page in other languages: which language, and its slug there.
    pub other_languages: Vec<(Lang, String)>,
    /// The file it was made from, relative to the workspace.
    pub source_file: String,
    /// The date it stands for, as `2026-11-22`; may be empty.
    pub as_of: String,
    /// The name of the document that it is of, or a rule's code; empty for other pages.
    pub document: String,
    /// The addresses of the values that its narrative shows.
    pub values: BTreeSet<String>,
    /// Where the facts behind it were said.
    pub stated: Vec<Stated>,
    /// A failure that the page can play, of a scenario.
    pub replay: Option<Replay>,
    /// What is remembered of it where it stands as an earlier build made it, without parts.
    pub glimpse: Option<Glimpse>,
}

impl Page {
    /// A page without parts; the remaining fields are empty.
    pub fn new(slug: impl Into<String>, lang: Lang, title: impl Into<String>, kind: Kind) -> Page {
        Page {
            slug: slug.into(),
            lang,
            title: title.into(),
            subtitle: String::new(),
            authors: Vec::new(),
            kind,
            parts: Vec::new(),
            other_languages: Vec::new(),
            source_file: String::new(),
            as_of: String::new(),
            document: String::new(),
            values: BTreeSet::new(),
            stated: Vec::new(),
            replay: None,
            glimpse: None,
        }
    }

    /// What tells it from every other page: `fr/lab`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.lang.code(), self.slug)
    }

    /// The line that an index shows beneath its title: the subtitle, else the first figure's answer.
    pub fn line(&self) -> &str {
        if !self.subtitle.is_empty() {
            return &self.subtitle;
        }
        self.figures().next().map_or("", |figure| &figure.answer)
    }

    /// Its figures, in order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.parts.iter().filter_map(|part| match part {
            Part::Figure(figure) => Some(figure),
            Part::Prose(_) => None,
        })
    }
}

/// What a page is about; the index lists the kinds in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An author's narrative.
    Report,
    /// A production design.
    Design,
    /// A stack.
    Stack,
    /// A comparison of stacks or designs.
    Comparison,
    /// What fails when, and what follows.
    Scenario,
    /// A decision; the site alone has a page for it.
    Decision,
    /// A rule that occurs; the site alone has a page for it.
    Rule,
    /// What words mean; the site alone has a page for it.
    Glossary,
}

/// The kinds of which a page of Markdown is made too, in the order of an index.
pub const KINDS: [Kind; 5] = [Kind::Report, Kind::Design, Kind::Stack, Kind::Comparison, Kind::Scenario];

/// Every kind, in the order of the site's navigation.
pub const SHELVES: [Kind; 8] = [
    Kind::Report,
    Kind::Design,
    Kind::Stack,
    Kind::Comparison,
    Kind::Scenario,
    Kind::Decision,
    Kind::Rule,
    Kind::Glossary,
];

/// A piece of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Markdown whose values are already filled in, without raw HTML.
    Prose(String),
    /// A table or a drawing.
    Figure(Figure),
}

/// Every page of a workspace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Site {
    /// The workspace's title.
    pub title: Said,
    /// The languages, the first of which the site's front page speaks.
    pub languages: Vec<Lang>,
    /// The pages of all languages.
    pub pages: Vec<Page>,
    /// The pages that the site alone has: decisions, rules that occur, the glossary.
    pub extras: Vec<Page>,
    /// What the review says of the designs.
    pub found: Vec<Found>,
    /// The context and the status of each design, by its name.
    pub designs: BTreeMap<String, (Said, Said)>,
    /// The components of each design, by its name.
    pub components: BTreeMap<String, Vec<String>>,
    /// The files that facts were said in: path, and text as it may be shown.
    pub sources: Vec<(String, String)>,
    /// What `epure.yaml` says of the site.
    pub settings: Settings,
    /// The date it stands for, as `2026-11-22`; may be empty.
    pub as_of: String,
    /// Images that narratives show: their bytes by path relative to the workspace (see [`images`]).
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The workspace's own templates, by the name of the built-in one that each replaces.
    pub templates: BTreeMap<String, String>,
    /// The files of reports whose page is their text and nothing else, with nothing wrong in it: as long as
    /// the text and the names of the workspace's files stay the same, so does the page.
    pub plain: BTreeSet<String>,
    /// Pages, by their ids, whose files an earlier build made and which are not made again, with what it
    /// remembered of each for the search ([`Output::found`]).
    pub current: BTreeMap<String, String>,
    /// The pages by the files that they were made from, once somebody asks.
    by_file: ByFile,
}

/// Made from the pages when first asked for; equal to any other.
#[derive(Debug, Default)]
struct ByFile(std::sync::OnceLock<BTreeMap<String, Vec<usize>>>);

impl Clone for ByFile {
    fn clone(&self) -> ByFile {
        ByFile::default()
    }
}

impl PartialEq for ByFile {
    fn eq(&self, _: &ByFile) -> bool {
        true
    }
}

/// Something that the review says of a design.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The design.
    pub design: String,
    /// The rule's code.
    pub code: String,
    /// What is wrong.
    pub message: Said,
    /// The address that it is about.
    pub path: String,
    /// The file that says it, relative to the workspace.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// How much it matters.
    pub severity: Severity,
    /// How the check ended.
    pub state: State,
}

impl Site {
    /// The page made from a file, in this language if there is one. The first page made from a file that
    /// holds several documents.
    pub(crate) fn of_file(&self, file: &str, lang: Lang) -> Option<&Page> {
        let by_file = self.by_file.0.get_or_init(|| {
            let mut by_file: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, page) in self.pages.iter().enumerate() {
                by_file.entry(page.source_file.clone()).or_default().push(at);
            }
            by_file
        });
        let pages: Vec<&Page> = by_file.get(file)?.iter().filter_map(|at| self.pages.get(*at)).collect();
        pages.iter().find(|page| page.lang == lang).or(pages.first()).copied()
    }

    /// The pages that the index of a language lists under a kind, by title: those in that language,
    /// and those of other languages that have no translation into it.
    pub fn listed(&self, lang: Lang, kind: Kind) -> Vec<&Page> {
        let mut pages: Vec<&Page> = self
            .pages
            .iter()
            .chain(&self.extras)
            .filter(|page| page.kind == kind)
            .filter(|page| page.lang == lang || page.other_languages.iter().all(|(other, _)| *other != lang))
            .collect();
        pages.sort_by(|a, b| (&a.title, &a.slug, a.lang).cmp(&(&b.title, &b.slug, b.lang)));
        pages
    }
}

/// A file to be written beneath the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The path relative to the output folder, with `/` on every system.
    pub path: String,
    /// What it contains.
    pub bytes: Vec<u8>,
    /// The id of the page that it is made of; empty where it belongs to several.
    pub page: String,
    /// What the search finds of that page, for whoever does not make it again; empty for other files.
    pub found: String,
}

impl Output {
    /// A file with a text.
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> Output {
        Output::bytes(path, text.into().into_bytes())
    }

    /// A file with bytes.
    pub fn bytes(path: impl Into<String>, bytes: Vec<u8>) -> Output {
        Output { path: path.into(), bytes, page: String::new(), found: String::new() }
    }

    /// The same, made of one page alone.
    pub fn of(mut self, page: &Page) -> Output {
        self.page = page.id();
        self
    }
}
