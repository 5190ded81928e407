//! Where the facts behind a page were said: file and line of each, gathered by what they are about.

use std::collections::{BTreeMap, BTreeSet};

use super::{Page, Part};
use crate::design::Workspace;
use crate::figure::{Body, Facts};

/// Where a fact was said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file, relative to the workspace.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// The facts behind one thing: a component, a host group, a layer, a document's own keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The address of the thing: `shop.components.web`.
    pub about: String,
    /// Where it stands.
    pub spot: Spot,
    /// Its facts, by their address within it, and the lines where they stand, in the order of the lines.
    pub facts: Vec<(String, usize)>,
}

/// The blocks of a document whose entries have names of their own.
fn depth(path: &str) -> usize {
    let mut steps = path.split('.').skip(1);
    match (steps.next(), steps.next()) {
        (Some(_), Some(_)) => 3,
        (Some(_), None) => 1,
        _ => 1,
    }
}

/// Everything that a page was worked out from, by where it was said.
pub(super) fn stated(workspace: &Workspace, page: &Page) -> Vec<Stated> {
    let mut by_thing: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for path in behind(page) {
        let end = path.match_indices('.').nth(depth(path) - 1).map_or(path.len(), |(at, _)| at);
        let (thing, rest) = (&path[..end], path.get(end + 1..).unwrap_or(""));
        let rests = by_thing.entry(thing).or_default();
        if !rest.is_empty() {
            rests.insert(rest);
        }
    }
    let mut found: Vec<Stated> = Vec::new();
    for (thing, rests) in by_thing {
        // A fact that nobody stated has no place of its own.
        let Some(spot) = workspace.at(thing).and_then(|_| spot(workspace, thing)) else { continue };
        let mut facts: Vec<(String, usize)> = Vec::new();
        for rest in rests {
            let path = format!("{thing}.{rest}");
            if workspace.at(&path).is_none() {
                continue;
            }
            match self::spot(workspace, &path) {
                Some(place) if place.file == spot.file => facts.push((rest.to_owned(), place.line)),
                // With `extends`, a fact may stand in another file than its block.
                Some(place) => found.push(Stated { about: path, spot: place, facts: Vec::new() }),
                None => {}
            }
        }
        facts.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        found.push(Stated { about: thing.to_owned(), spot, facts });
    }
    found.sort_by(|a, b| (&a.spot, &a.about).cmp(&(&b.spot, &b.about)));
    found
}

/// Where an address was said.
pub(super) fn spot(workspace: &Workspace, path: &str) -> Option<Spot> {
    let span = workspace.place(path)?;
    let file = workspace.sources.file(span.file).path.clone();
    Some(Spot { file, line: workspace.sources.start(span).line })
}

/// The addresses of every fact that a page shows or was worked out from.
fn behind(page: &Page) -> BTreeSet<&str> {
    let mut paths: BTreeSet<&str> = page.values.iter().map(String::as_str).collect();
    for part in &page.parts {
        let Part::Figure(figure) = part else { continue };
        paths.extend(figure.facts.iter().map(String::as_str));
        let Body::Table(table) = &figure.body else { continue };
        for row in &table.rows {
            let mut last: Option<&Facts> = None;
            for cell in &row.cells {
                if !last.is_some_and(|last| last.shared_with(&cell.facts)) {
                    paths.extend(cell.facts.iter().map(String::as_str));
                }
                last = Some(&cell.facts);
            }
        }
    }
    paths
}
