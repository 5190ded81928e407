//! What an earlier build made of documents' pages: as long as all that a page is made from stays the
//! same, it is neither worked out nor simulated again.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::glance::glance;
use super::{Kind, Page};
use crate::design::Workspace;
use crate::design::text::When;
use crate::figure::{Body, Mark};
use crate::source::{File, FileId, Lang, Show};

/// What is known before a site is made.
#[derive(Debug, Clone, Default)]
pub struct Before {
    /// The files of reports that are plain (see [`super::Site::plain`]).
    pub plain: BTreeSet<String>,
    /// Documents' pages that stand as they are, by [`key`].
    pub pages: BTreeMap<String, Glimpse>,
}

/// What the rest of a site shows of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glimpse {
    /// The line that lists show beneath its title.
    pub line: String,
    /// How many production objectives a design shows, and how many it has.
    pub shown: (usize, usize),
    /// The anchor of its findings; empty where it lists none.
    pub findings: String,
    /// The files that its facts were said in.
    pub files: BTreeSet<String>,
}

impl Glimpse {
    /// What a page shows of itself: what is remembered of it, if it was not made.
    pub fn of(page: &Page) -> Glimpse {
        if let Some(glimpse) = &page.glimpse {
            return glimpse.clone();
        }
        let coverage = page.figures().find(|figure| figure.id.ends_with(".coverage"));
        let shown = match coverage.map(|figure| &figure.body) {
            Some(Body::Table(table)) => {
                let good = table.rows.iter().filter(|row| row.cells.iter().any(|cell| cell.mark == Mark::Good));
                (good.count(), table.rows.len())
            }
            _ => (0, 0),
        };
        let listed = page.figures().find(|figure| figure.id.ends_with(".findings"));
        Glimpse {
            line: glance(page),
            shown,
            findings: listed.map_or(String::new(), |figure| format!("#figure-{}", figure.id.replace('.', "-"))),
            files: page.stated.iter().map(|stated| stated.spot.file.clone()).collect(),
        }
    }
}

/// What tells a document's page from every other before there are pages.
pub fn key(lang: Lang, kind: Kind, document: &str) -> String {
    format!("{}/{kind:?}/{document}", lang.code())
}

/// What each page of a design and of a scenario is made from, as a number: the design's own file and
/// those of the designs that it extends, and every file that holds anything but designs and narratives.
///
/// Pages of stacks and comparisons show several documents, and are made each time.
pub fn inputs(workspace: &Workspace, today: When) -> BTreeMap<String, u64> {
    let others = shared(workspace);
    let mut common = DefaultHasher::new();
    today.show(Lang::En).hash(&mut common);
    for (id, file) in workspace.sources.iter() {
        if others.contains(&id) {
            (&file.path, &file.text).hash(&mut common);
        }
    }
    let common = common.finish();
    let of = |name: &str| {
        let mut hash = DefaultHasher::new();
        common.hash(&mut hash);
        let mut next = Some(name);
        // A design that extends itself was refused before.
        for _ in 0..=workspace.designs.len() {
            let Some(doc) = next.and_then(|name| workspace.designs.get(name)) else { break };
            let file = workspace.sources.file(doc.file);
            (&doc.name, &file.path, &file.text).hash(&mut hash);
            next = doc.value.extends.as_ref().map(|base| base.0.as_str());
        }
        hash.finish()
    };
    let mut inputs = BTreeMap::new();
    for lang in workspace.languages() {
        inputs.extend(workspace.designs.keys().map(|name| (key(lang, Kind::Design, name), of(name))));
        let scenarios = workspace.scenarios.values();
        inputs.extend(scenarios.map(|doc| (key(lang, Kind::Scenario, &doc.name), of(&doc.value.design))));
    }
    inputs
}

/// What a report's page depends on where that is its text: the text, and which files there are to lead to.
pub fn texts(workspace: &Workspace) -> BTreeMap<String, u64> {
    let mut names = DefaultHasher::new();
    for (_, file) in workspace.sources.iter() {
        file.path.hash(&mut names);
    }
    workspace.others.hash(&mut names);
    let names = names.finish();
    let reports = workspace.reports.par_iter().map(|report| workspace.sources.file(report.file));
    let depends = |file: &File| {
        let mut hash = DefaultHasher::new();
        (names, &file.text).hash(&mut hash);
        hash.finish()
    };
    reports.map(|file| (file.path.clone(), depends(file))).collect()
}

/// The files that hold anything but designs and narratives.
fn shared(workspace: &Workspace) -> BTreeSet<FileId> {
    let designs: BTreeSet<FileId> = workspace.designs.values().map(|doc| doc.file).collect();
    let mut others: BTreeSet<FileId> = workspace
        .sources
        .iter()
        .filter(|(id, file)| !designs.contains(id) && !file.path.ends_with(".md"))
        .map(|(id, _)| id)
        .collect();
    others.extend(workspace.config_root.as_ref().map(|root| root.span.file));
    others.extend(workspace.stacks.values().map(|doc| doc.file));
    others.extend(workspace.comparisons.values().map(|doc| doc.file));
    others.extend(workspace.scenarios.values().map(|doc| doc.file));
    others.extend(workspace.policies.values().map(|doc| doc.file));
    others.extend(workspace.strays.iter().map(|stray| stray.file));
    others
}
