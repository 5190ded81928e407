//! Edits in words, and whether they ask for more or for less.

use super::edits::Group;
use super::tree::Leaf;
use crate::design::kinds;
use crate::design::quantity::{MEASURES, read};
use crate::design::reading::shape::Scalar;
use crate::said;
use crate::source::Said;

/// Whether an edit asks for more or for less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// More is asked for.
    Tightened,
    /// Less is asked for, or a finding is accepted.
    Loosened,
}

impl Demand {
    /// In words.
    pub fn said(self) -> Said {
        match self {
            Demand::Tightened => said!("asks for more", "demande plus"),
            Demand::Loosened => said!("asks for less", "demande moins"),
        }
    }

    /// The word of machine output.
    pub fn word(self) -> &'static str {
        match self {
            Demand::Tightened => "tightened",
            Demand::Loosened => "loosened",
        }
    }
}

/// The longest value that is told in a title, in characters.
const LONGEST: usize = 60;

/// A value as a line shows it: cut where it would drown the rest.
pub(super) fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST - 1).collect();
    format!("{cut}…")
}

/// What was done, in one line.
pub(super) fn title(group: &Group) -> Said {
    let entry = group.key.get(1).map_or("", String::as_str);
    let leaves = group.leaves.as_slice();
    if let Some(Leaf { path, before, after }) = leaves.first()
        && path.len() == 2
    {
        let what = block(path.first().map_or("", String::as_str));
        match (before, after) {
            (None, Some(_)) => return said!("{what} `{entry}` added", "{what} `{entry}` : ajout", what = what),
            (Some(_), None) => return said!("{what} `{entry}` removed", "{what} `{entry}` : retrait", what = what),
            _ => {}
        }
    }
    let moved = leaves.iter().find(|leaf| {
        leaf.path.first().is_some_and(|block| block == "components")
            && leaf.path.get(2).is_some_and(|key| key == "runs_on")
    });
    if let Some(Leaf { before: Some(before), after: Some(after), .. }) = moved {
        return said!("`{entry}` moved from `{before}` to `{after}`", "`{entry}` passe de `{before}` à `{after}`");
    }
    match leaves {
        [Leaf { path, before, after }] => {
            let path = path.join(".");
            match (before.as_deref().map(short), after.as_deref().map(short)) {
                (Some(before), Some(after)) => {
                    said!("`{path}`: {before} → {after}", "`{path}` : {before} → {after}")
                }
                (None, Some(after)) => said!("`{path}` added: {after}", "`{path}` : ajout de {after}"),
                (Some(before), None) => said!("`{path}` removed: {before}", "`{path}` : retrait de {before}"),
                (None, None) => Said::same(path),
            }
        }
        many => {
            let path = group.key.join(".");
            said!("`{path}` changed in {n} places", "`{path}` changé en {n} endroits", n = many.len())
        }
    }
}

/// What an entry of a block is called.
pub(super) fn block(name: &str) -> Said {
    match name {
        "components" => said!("component", "composant"),
        "connections" => said!("connection", "connexion"),
        "functions" => said!("function", "fonction"),
        "hosts" => said!("host group", "groupe d’hôtes"),
        "clusters" => said!("cluster", "cluster"),
        "sites" => said!("site", "site"),
        "links" => said!("link", "lien"),
        "segments" => said!("segment", "segment"),
        "third_parties" => said!("third party", "prestataire"),
        "partitions" => said!("partition", "partition"),
        "exercises" => said!("exercise", "exercice"),
        "decisions" => said!("decision", "décision"),
        "risks" => said!("risk", "risque"),
        "waivers" => said!("waiver", "dérogation"),
        other => Said::same(other),
    }
}

/// Keys under which less is more demanding.
const LESS: [&str; 4] = ["rto", "rpo", "latency_p99", "tolerable"];
/// Keys under which more is.
const MORE: [&str; 2] = ["availability", "peak_load"];

/// Whether some differences ask for more or for less: objectives of functions, and waivers.
pub(super) fn demand(leaves: &[Leaf]) -> Option<Demand> {
    leaves.iter().find_map(|leaf| {
        let steps: Vec<&str> = leaf.path.iter().map(String::as_str).collect();
        match steps.as_slice() {
            ["waivers", _] => Some(if leaf.before.is_none() { Demand::Loosened } else { Demand::Tightened }),
            ["waivers", _, "until"] => {
                Some(if leaf.after > leaf.before { Demand::Loosened } else { Demand::Tightened })
            }
            ["functions", _, "criticality"] => {
                let critical = leaf.after.as_deref() == Some("critical-or-important");
                Some(if critical { Demand::Tightened } else { Demand::Loosened })
            }
            ["functions", _, "recovery", ..] | ["functions", _, _] => objective(leaf, &steps),
            _ => None,
        }
    })
}

fn objective(leaf: &Leaf, steps: &[&str]) -> Option<Demand> {
    let key = steps.last()?;
    let known = LESS.contains(key) || MORE.contains(key) || steps.contains(&"recovery");
    match (&leaf.before, &leaf.after) {
        (None, _) if known => Some(Demand::Tightened),
        (_, None) if known => Some(Demand::Loosened),
        (Some(before), Some(after)) => {
            let (before, after) = (number(steps, before)?, number(steps, after)?);
            let more =
                if LESS.contains(key) { after < before } else { MORE.contains(key).then_some(after > before)? };
            Some(if more { Demand::Tightened } else { Demand::Loosened })
        }
        _ => None,
    }
}

/// A quantity at a place of a design, in base units.
fn number(steps: &[&str], text: &str) -> Option<f64> {
    let shape = kinds::kind("design")?.shapes.at(steps.iter().copied())?;
    let Some(Scalar::Quantity(id)) = &shape.scalar else { return None };
    let measure = MEASURES.into_iter().find(|measure| measure.id == id)?;
    let (number, unit) = read(measure, text).ok()?;
    Some(number * unit.map_or(1.0, |unit| unit.factor))
}
