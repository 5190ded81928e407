//! `diagram: difference`: a variant laid over the design it extends, or a second design over a first.

use super::topology::topology;
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::rule::{Words, words};
use crate::figure::topology::{Change, NodeState, Topology, layout_topology};
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::{Node as Tree, Said};

pub(super) const EXPLAINS: Words = words(
    "A variant laid over the design that it extends, or the second of two designs over the first: what was added, removed and changed.",
    "Une variante posée sur la conception qu’elle prolonge, ou la seconde de deux conceptions sur la première : ce qui est ajouté, retiré et changé.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let named = |name: &str| request.runs.view(request.workspace, name, request.today);
    let (old, new) = match request.subjects.as_slice() {
        [old, new, ..] => (named(old)?, named(new)?),
        [one] => {
            let new = named(one)?;
            (named(&new.design.extends.as_ref()?.0)?, new)
        }
        [] => return None,
    };
    let states = [&old, &new].map(|view| topology(view, &|_| NodeState::Normal));
    let [before, after] = &states;
    let both = before.difference(after, &|name| is_changed(&old, &new, name));
    if both.nodes.iter().all(|node| node.change == Change::None)
        && both.edges.iter().all(|edge| edge.change == Change::None)
    {
        return None;
    }
    let title = said!(
        "What differs: {new} beside {old}",
        "Ce qui diffère : {new} à côté de {old}",
        new = title_of(&new),
        old = title_of(&old)
    );
    let answer = answer(&both, before, after);
    let drawing = layout_topology(&both, request.lang);
    let mut figure = request.figure("difference", &title, &answer, &Said::default(), Body::Drawing(drawing));
    figure.cartouche.insert(0, (request.say(&said!("beside", "à côté de")), old.name.to_owned()));
    figure.facts = [old, new].iter().flat_map(super::topology::facts).collect();
    Some(figure)
}

/// Whether anything that is stated of a component differs.
fn is_changed(old: &View<'_>, new: &View<'_>, name: &str) -> bool {
    let stated = |view: &View<'_>| view.workspace.at(&view.path(&format!("components.{name}"))).map(text);
    match (stated(old), stated(new)) {
        (Some(old), Some(new)) => old != new,
        _ => false,
    }
}

/// What a tree says, wherever it stands.
fn text(tree: &Tree) -> String {
    let mut out = tree.scalar().map(|scalar| format!("{scalar:?}")).unwrap_or_default();
    for entry in tree.entries() {
        out.push_str(&format!("{{{:?}:{}}}", entry.key, text(&entry.value)));
    }
    for item in tree.items() {
        out.push_str(&format!("[{}]", text(item)));
    }
    out
}

fn answer(both: &Topology, before: &Topology, after: &Topology) -> Said {
    let mut parts = Vec::new();
    // What a change does to the whole comes before what it is.
    let singles = |one: &Topology, other: &Topology| -> Vec<String> {
        let is_single = |topology: &Topology, id: &str| {
            topology.nodes.iter().any(|node| node.id == id && node.single_point.is_some())
        };
        let found = one.nodes.iter().filter(|node| node.single_point.is_some() && !is_single(other, &node.id));
        found.map(|node| node.title.clone()).collect()
    };
    let (fresh, gone) = (singles(after, before), singles(before, after));
    let fresh_words = match fresh.len() {
        1 => said!("new single point of failure", "nouveau point unique de défaillance"),
        _ => said!("new single points of failure", "nouveaux points uniques de défaillance"),
    };
    let gone_words = match gone.len() {
        1 => said!("no longer a single point", "n’est plus un point unique"),
        _ => said!("no longer single points", "ne sont plus des points uniques"),
    };
    for (names, what) in [(fresh, fresh_words), (gone, gone_words)] {
        if !names.is_empty() {
            parts.push(said!("{what}: {list}", "{what} : {list}", what = what, list = Said::list(&names)));
        }
    }
    let words = [
        (Change::Added, said!("added", "ajouté"), said!("added", "ajoutés")),
        (Change::Removed, said!("removed", "retiré"), said!("removed", "retirés")),
        (Change::Changed, said!("changed", "changé"), said!("changed", "changés")),
    ];
    for (change, one, several) in words {
        let names: Vec<&str> =
            both.nodes.iter().filter(|node| node.change == change).map(|node| node.title.as_str()).collect();
        if !names.is_empty() {
            let what = if names.len() == 1 { one } else { several };
            parts.push(said!("{what}: {list}", "{what} : {list}", what = what, list = Said::list(&names)));
        }
    }
    let flows = both.edges.iter().filter(|edge| edge.change != Change::None).count();
    if flows > 0 {
        parts.push(said!("flows that differ: {flows}", "flux qui diffèrent : {flows}", flows = flows));
    }
    let all = Said::join(&parts, "; ");
    Said::by(|lang| {
        let text = all.get(lang);
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    })
}
