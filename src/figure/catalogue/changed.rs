//! The topology of a design with what a difference changed marked on it.

use std::collections::BTreeSet;

use super::topology::drawn;
use super::{Request, title_of};
use crate::analysis::difference::{ChangeKind, Difference};
use crate::figure::topology::NodeState;
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::Said;

/// The topology with the components marked that came or changed; nothing where none did.
pub fn changed(request: &Request<'_>, found: &Difference) -> Option<Figure> {
    let view = request.view()?;
    let prefix = format!("{}.components.", view.name);
    let (mut touched, mut added, mut removed): (BTreeSet<String>, BTreeSet<String>, BTreeSet<String>) =
        Default::default();
    let edits = found.edits.iter().filter(|edit| edit.designs.iter().any(|design| design == view.name));
    for change in edits.flat_map(|edit| &edit.changes) {
        // A variant's own paths begin with its base's name where it inherits.
        let Some((_, rest)) = change.path.split_once(".components.") else { continue };
        let whole = !rest.contains('.') && change.path.starts_with(&prefix);
        let name = rest.split('.').next().unwrap_or(rest).to_owned();
        match (whole, change.kind) {
            (true, ChangeKind::Added) => drop(added.insert(name)),
            (true, ChangeKind::Removed) => drop(removed.insert(name)),
            _ => drop(touched.insert(name)),
        }
    }
    if touched.is_empty() && added.is_empty() && removed.is_empty() {
        return None;
    }
    let marked = |name: &str| {
        if touched.contains(name) || added.contains(name) { NodeState::Degraded } else { NodeState::Normal }
    };
    let drawing = drawn(request, &view, &marked);
    let mut parts = Vec::new();
    for (names, what) in [
        (&added, said!("added", "ajoutés")),
        (&touched, said!("changed", "changés")),
        (&removed, said!("removed", "retirés")),
    ] {
        if !names.is_empty() {
            let list = Said::list(&names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>());
            parts.push(said!("{what}: {list}", "{what} : {list}", what = what, list = list));
        }
    }
    let answer = said!("Marked: {parts}.", "Marqués : {parts}.", parts = Said::join(&parts, "; "));
    let title = said!("What changed: {title}", "Ce qui a changé : {title}", title = title_of(&view));
    Some(request.figure("changed", &title, &answer, &Said::default(), Body::Drawing(drawing)).typeset(request.lang))
}
