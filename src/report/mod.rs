//! Narrative and figures made into documents: Markdown, HTML, the site.
//!
//! One way through: [`Narrative::read`] finds prose, figures and values in an author's Markdown,
//! [`compose`] fills them in with what a [`Material`] worked out and gives a [`Page`], and
//! [`markdown::files`] and [`html::files`] turn a [`Site`] of pages into bytes. Nothing here reads a
//! file, a clock or the environment, so the same input gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    figure::Figure,
    source::{Lang, Said},
};

mod assemble;
mod body;
mod compose;
pub mod coursework;
pub mod decisions;
pub mod default;
mod drawn;
mod evidence;
mod fingerprint;
mod glance;
mod grid;
pub mod html;
mod library;
mod links;
pub mod markdown;
mod narrative;
mod paper;
mod pieces;
mod sheet;
#[cfg(test)]
mod site_tests;
pub mod words;

pub use assemble::{Kept, assemble, assemble_keeping, problems};
pub use compose::{Material, compose};
pub use evidence::evidence;
pub use fingerprint::fingerprints;
pub use library::Library;
pub use links::images;
pub use narrative::{Fence, Inset, Narrative, Piece, Prose, Value};

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
}

impl Page {
    /// A page without parts; the remaining fields are empty.
    pub fn new(slug: impl Into<String>, lang: Lang, title: impl Into<String>, kind: Kind) -> Page {
        Page {
            slug: slug.into(),
            lang,
            title: title.into(),
            subtitle: String::new(),
            kind,
            parts: Vec::new(),
            other_languages: Vec::new(),
            source_file: String::new(),
            as_of: String::new(),
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
}

/// Every kind, in the order of an index.
pub const KINDS: [Kind; 5] = [Kind::Report, Kind::Design, Kind::Stack, Kind::Comparison, Kind::Scenario];

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
    /// The date it stands for, as `2026-11-22`; may be empty.
    pub as_of: String,
    /// Images that narratives show: their bytes by path relative to the workspace (see [`images`]).
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The workspace's own templates, by the name of the built-in one that each replaces.
    pub templates: BTreeMap<String, String>,
    /// Pages, by their ids, whose files an earlier build made and which are not made again.
    pub current: BTreeSet<String>,
}

impl Site {
    /// The pages that the index of a language lists under a kind, by title: those in that language,
    /// and those of other languages that have no translation into it.
    pub fn listed(&self, lang: Lang, kind: Kind) -> Vec<&Page> {
        let mut pages: Vec<&Page> = self
            .pages
            .iter()
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
}

impl Output {
    /// A file with a text.
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> Output {
        Output::bytes(path, text.into().into_bytes())
    }

    /// A file with bytes.
    pub fn bytes(path: impl Into<String>, bytes: Vec<u8>) -> Output {
        Output { path: path.into(), bytes, page: String::new() }
    }

    /// The same, made of one page alone.
    pub fn of(mut self, page: &Page) -> Output {
        self.page = page.id();
        self
    }
}
