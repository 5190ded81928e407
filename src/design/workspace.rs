//! The resolved workspace: every document of a folder, typed, with the tree it came from.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::manifests::bind::Bound;
use super::manifests::{Stray, Unit};
use super::model::{Comparison, Config, Design, Policy, ReportMatter, Scenario, Stack};
use crate::source::{FileId, Lang, Node, Sources, Span};

/// One typed document with its tree.
#[derive(Debug, Clone)]
pub struct Doc<T> {
    /// The document's name.
    pub name: String,
    /// The file it stands in.
    pub file: FileId,
    /// The tree, after merging where it is a variant.
    pub root: Node,
    /// The typed document.
    pub value: T,
}

impl Doc<()> {
    /// The same document with its value.
    pub(super) fn with<T>(self, value: T) -> Doc<T> {
        Doc { name: self.name, file: self.file, root: self.root, value }
    }
}

/// A report: front matter and the narrative after it.
#[derive(Debug, Clone)]
pub struct ReportDoc {
    /// The file's stem without the language: `res507` of `res507.fr.md`.
    pub name: String,
    /// The file.
    pub file: FileId,
    /// The front matter.
    pub matter: ReportMatter,
    /// The byte at which the narrative starts.
    pub body: usize,
    /// The language it is written in.
    pub lang: Lang,
}

/// A file with observations that a report names, as it was found.
#[derive(Clone)]
pub enum Evidence {
    /// Its text. Among the sources stands only what may be shown of it.
    Read {
        /// The file among the sources.
        file: FileId,
        /// All of it.
        text: String,
    },
    /// There is no such file.
    Missing,
    /// The path leads out of the workspace.
    Outside,
    /// It is larger than what is read.
    TooLarge,
    /// It is no text.
    NotText,
    /// The system's reason for which it cannot be read.
    Unreadable(String),
}

impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The text of evidence may hold credentials, and is printed nowhere.
        f.write_str(match self {
            Evidence::Read { .. } => "Read",
            Evidence::Missing => "Missing",
            Evidence::Outside => "Outside",
            Evidence::TooLarge => "TooLarge",
            Evidence::NotText => "NotText",
            Evidence::Unreadable(_) => "Unreadable",
        })
    }
}

/// A workspace that could be read, or as much of it as could.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// Every file.
    pub sources: Sources,
    /// `epure.yaml`, or its defaults.
    pub config: Config,
    /// Its tree, where there is one.
    pub config_root: Option<Node>,
    /// Stacks by name.
    pub stacks: IndexMap<String, Doc<Stack>>,
    /// Designs by name.
    pub designs: IndexMap<String, Doc<Design>>,
    /// Comparisons by name.
    pub comparisons: IndexMap<String, Doc<Comparison>>,
    /// Scenarios by name.
    pub scenarios: IndexMap<String, Doc<Scenario>>,
    /// Policies by name.
    pub policies: IndexMap<String, Doc<Policy>>,
    /// Reports in the order of their files.
    pub reports: Vec<ReportDoc>,
    /// What was observed of failures: files that reports name, by their paths.
    pub evidence: BTreeMap<String, Evidence>,
    /// Other tools' documents, until they are gathered into units.
    pub strays: Vec<Stray>,
    /// What manifests say of the components that are bound to them, by design.
    pub bound: BTreeMap<String, Vec<Bound>>,
    /// Other tools' files as units, by the name of the design that stands for each.
    pub units: BTreeMap<String, Unit>,
    /// The paths of the folder's other files, images among them, where somebody looked.
    pub others: Option<std::collections::BTreeSet<String>>,
    /// How many documents there are, unreadable ones included.
    pub documents: usize,
    /// Every address that exists, by file and path, is looked up in these trees.
    pub roots: BTreeMap<String, Node>,
}

impl Workspace {
    /// The value at an address such as `quote-app-cloud.components.quote-app.replicas`.
    pub fn at(&self, path: &str) -> Option<&Node> {
        let (document, rest) = path.split_once('.').unwrap_or((path, ""));
        let root = self.root(document)?;
        if rest.is_empty() { Some(root) } else { root.at(rest.split('.')) }
    }

    /// The tree of a document by its name.
    pub fn root(&self, document: &str) -> Option<&Node> {
        self.roots.get(document)
    }

    /// Where a fact was said: the span of its value, or of the nearest thing around it that exists.
    pub fn place(&self, path: &str) -> Option<Span> {
        let mut path = path;
        loop {
            if let Some(span) = self.key_place(path) {
                return Some(span);
            }
            path = path.rsplit_once('.')?.0;
        }
    }

    fn key_place(&self, path: &str) -> Option<Span> {
        let node = self.at(path)?;
        if node.scalar().is_some() {
            return Some(node.span);
        }
        // A block is pointed at by its key, a document by the line that names it.
        let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
        if parent.is_empty() {
            return Some(node.get("name").map_or(node.span, |name| name.span));
        }
        match self.at(parent)?.entry(last) {
            Some(entry) => Some(entry.key_span),
            None => Some(node.entries().first().map_or(node.span, |entry| entry.key_span)),
        }
    }

    /// Whether any document of épure's own was read.
    pub fn has_own(&self) -> bool {
        self.config_root.is_some()
            || !self.reports.is_empty()
            || !(self.stacks.is_empty()
                && self.designs.is_empty()
                && self.comparisons.is_empty()
                && self.scenarios.is_empty())
    }

    /// The languages, in the order of `epure.yaml`.
    pub fn languages(&self) -> Vec<Lang> {
        let langs: Vec<Lang> = self.config.languages.iter().map(|lang| lang.lang()).collect();
        if langs.is_empty() { vec![Lang::En] } else { langs }
    }
}
