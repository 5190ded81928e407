//! Which finding belongs beside which row of a page's tables: the one that says most of what it is about.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::{Found, Page};
use crate::figure::{Body, Figure, Row};
use crate::source::State;

/// A row that rests on more facts than this is about many things, and no finding's place.
const UNSPECIFIC: usize = 40;
/// Document, block, name: with less in common a row is about something else.
const SAME: usize = 3;

/// For each figure and row of a page, the numbers of the findings that belong beside it.
pub(super) fn beside(page: &Page, found: &[Found]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut places: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let figures: Vec<&Figure> = page.figures().collect();
    for (number, finding) in found.iter().enumerate() {
        if finding.state == State::Waived {
            continue;
        }
        let mut best: Option<(usize, bool, (usize, usize))> = None;
        for (f, figure) in figures.iter().enumerate() {
            let Body::Table(table) = &figure.body else { continue };
            if lists_findings(figure) {
                continue;
            }
            for (r, row) in table.rows.iter().enumerate() {
                let Some((depth, named)) = nearness(row, &finding.path) else { continue };
                let better = best.is_none_or(|(other, was_named, _)| (depth, named) > (other, was_named));
                if better {
                    best = Some((depth, named, (f, r)));
                }
            }
        }
        if let Some((.., place)) = best {
            places.entry(place).or_default().push(number);
        }
    }
    places
}

/// Whether a figure is made of findings itself.
pub(super) fn lists_findings(figure: &Figure) -> bool {
    let word = figure.id.rsplit('.').next().unwrap_or("");
    word.starts_with("findings") || word == "summary" || word == "coverage" || word == "waivers"
}

/// How many steps of an address a row's facts share with it, and whether the row is named after it.
fn nearness(row: &Row, path: &str) -> Option<(usize, bool)> {
    let head = row.cells.first()?;
    let name = path.split('.').nth(2);
    let named = name.is_some() && Some(head.value.as_str()) == name;
    let facts = &head.facts;
    if facts.is_empty() || facts.len() > UNSPECIFIC {
        return None;
    }
    // They are ordered: those with that much in common stand together.
    let start = path.match_indices('.').nth(SAME - 1).map_or(path, |(at, _)| &path[..at]);
    let near = facts.range::<str, _>((Bound::Included(start), Bound::Unbounded));
    let shared = |fact: &String| fact.split('.').zip(path.split('.')).take_while(|(a, b)| a == b).count();
    let depth = near.take_while(|fact| fact.starts_with(start)).map(shared).max().unwrap_or(0);
    (depth >= SAME).then_some((depth, named))
}
