//! What changed between two states of a workspace, and what each change does.
//!
//! What was only renamed is renamed in the old state first, so that it is one line. What is left is
//! gathered into edits. To know what an edit does, the old state is given that edit alone and
//! reviewed, measured and simulated again: whatever then differs is its consequence. What appears
//! only once several edits come together is hung under those whose absence makes it go, and else
//! said apart; nothing is told that holds of the old state as well.

use std::collections::BTreeMap;

use super::measure::Value;
use crate::design::Workspace;
use crate::design::text::When;
use crate::said;
use crate::source::{Node, Said};
use consequences::{between, numbers, shown, worse};
use edits::{Group, edit, groups};
use renames::{put, renamed};
use snapshot::{Snapshot, take};
use tree::{differences, same, taking};

mod consequences;
mod edits;
mod renames;
mod snapshot;
mod tree;
mod words;

pub use consequences::{Consequence, Sort};
pub use edits::{Change, ChangeKind, Edit};
pub use renames::Rename;
pub use words::Demand;

/// What changed, and what that does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// Every edit, in the order of the documents.
    pub edits: Vec<Edit>,
    /// What follows only from several edits together.
    pub together: Vec<Consequence>,
    /// Findings that were not there before, and those that are not there any more.
    pub findings: Findings,
    /// What can be measured or simulated and came out otherwise.
    pub outcomes: Vec<Outcome>,
    /// Designs that differ.
    pub designs: Vec<String>,
    /// Whether failures were simulated.
    pub simulated: bool,
}

/// Findings that came and went.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// Not there before.
    pub new: Vec<Consequence>,
    /// Not there any more.
    pub fixed: Vec<Consequence>,
}

/// A measure or a simulated outcome, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The measure's name, or `outage_s:FUNCTION:DISRUPTION` and its like.
    pub measure: String,
    /// The design.
    pub subject: String,
    /// What it was.
    pub before: Said,
    /// What it is.
    pub after: Said,
    /// The number that it was, in base units; `None` where it had none or has no end.
    pub number_before: Option<f64>,
    /// The number that it is.
    pub number_after: Option<f64>,
    /// Whether that is worse.
    pub worse: Option<bool>,
}

impl Difference {
    /// Whether anything is worse: a consequence, an outcome, or a requirement that asks for less.
    pub fn is_worse(&self) -> bool {
        let all = self.edits.iter().flat_map(|edit| &edit.consequences).chain(&self.together);
        all.clone().any(|consequence| consequence.worse == Some(true))
            || self.outcomes.iter().any(|outcome| outcome.worse == Some(true))
            || self.edits.iter().any(|edit| edit.demand == Some(Demand::Loosened))
    }

    /// How many consequences are worse, and how many better.
    pub fn tally(&self) -> (usize, usize) {
        let all = || self.edits.iter().flat_map(|edit| &edit.consequences).chain(&self.together);
        let count = |wanted: bool| all().filter(|consequence| consequence.worse == Some(wanted)).count();
        (count(true), count(false))
    }
}

/// Compares two states of a workspace.
pub fn difference(old: &Workspace, new: &Workspace, today: When, simulate: bool) -> Difference {
    let (old, renames, documents) = renamed(old, new);
    let mut found = Difference { simulated: simulate, ..Difference::default() };
    for (from, to) in &documents {
        found.edits.push(only_renamed(
            to,
            &said!("design `{from}` renamed to `{to}`", "conception `{from}` renommée en `{to}`"),
            from,
            to,
        ));
    }
    for rename in &renames {
        let (from, to) = (rename.from.as_str(), rename.to.as_str());
        let what = words::block(&rename.block);
        let title = said!("{what} `{from}` renamed to `{to}`", "{what} `{from}` renommé en `{to}`", what = what);
        let path = format!("{}.{}.{to}", rename.design, rename.block);
        found.edits.push(only_renamed(&path, &title, &format!("{}.{}.{from}", rename.design, rename.block), &path));
    }
    // Designs in the order of the new state, a base before its variants.
    let mut names: Vec<&String> = new.designs.keys().collect();
    names.sort_by_key(|name| depth(new, name));
    let mut pending: Vec<Pending> = Vec::new();
    for name in names {
        let Some(after) = new.designs.get(name) else { continue };
        let Some(before) = old.designs.get(name) else {
            found.edits.push(whole(
                name,
                &said!("design `{name}` added", "conception `{name}` : ajout"),
                ChangeKind::Added,
            ));
            continue;
        };
        for group in groups(differences(&before.root, &after.root)) {
            match pending.iter_mut().find(|other| inherits(new, name, &other.document) && other.group == group) {
                Some(other) => other.edit.designs.push(name.clone()),
                None => pending.push(Pending { document: name.clone(), edit: edit(name, &group), group }),
            }
        }
    }
    for name in old.designs.keys().filter(|name| !new.designs.contains_key(*name)) {
        found.edits.push(whole(
            name,
            &said!("design `{name}` removed", "conception `{name}` : retrait"),
            ChangeKind::Removed,
        ));
    }
    consequences_of(&old, new, today, simulate, &mut pending, &mut found);
    found.edits.extend(pending.into_iter().map(|pending| pending.edit));
    found.edits.extend(others(&old, new));
    found
}

/// An edit that is not told yet.
struct Pending {
    document: String,
    edit: Edit,
    group: Group,
}

fn only_renamed(path: &str, title: &Said, before: &str, after: &str) -> Edit {
    let mut edit = whole(path, title, ChangeKind::Renamed);
    if let Some(change) = edit.changes.first_mut() {
        (change.before, change.after) = (Some(before.to_owned()), Some(after.to_owned()));
    }
    edit
}

fn whole(path: &str, title: &Said, kind: ChangeKind) -> Edit {
    let design = path.split('.').next().unwrap_or(path).to_owned();
    Edit {
        title: title.clone(),
        path: path.to_owned(),
        designs: vec![design],
        changes: vec![Change { path: path.to_owned(), kind, before: None, after: None }],
        demand: None,
        consequences: Vec::new(),
    }
}

/// How many bases a design stands on.
fn depth(workspace: &Workspace, name: &str) -> usize {
    let mut at = name;
    for steps in 0..=workspace.designs.len() {
        match workspace.designs.get(at).and_then(|doc| doc.value.extends.as_ref()) {
            Some(base) => at = &base.0,
            None => return steps,
        }
    }
    workspace.designs.len()
}

fn inherits(workspace: &Workspace, name: &str, base: &str) -> bool {
    let mut at = name;
    for _ in 0..=workspace.designs.len() {
        match workspace.designs.get(at).and_then(|doc| doc.value.extends.as_ref()) {
            Some(next) if &*next.0 == base => return true,
            Some(next) => at = &next.0,
            None => return false,
        }
    }
    false
}

/// Stacks, comparisons and scenarios that differ, each place a line; a stack's consequences are told
/// by what stands on it.
fn others(old: &Workspace, new: &Workspace) -> Vec<Edit> {
    let mut edits = Vec::new();
    let roots: BTreeMap<&String, (&Node, Option<&Node>)> = new
        .roots
        .iter()
        .filter(|(name, _)| !new.designs.contains_key(*name))
        .map(|(name, root)| (name, (root, old.roots.get(name))))
        .collect();
    for (name, (after, before)) in roots {
        let kind = after.get("kind").and_then(Node::scalar).unwrap_or("epure").to_owned();
        match before {
            None => {
                edits.push(whole(name, &said!("{kind} `{name}` added", "{kind} `{name}` : ajout"), ChangeKind::Added));
            }
            Some(before) if !same(before, after) => {
                let leaves = differences(before, after);
                edits.extend(leaves.into_iter().map(|leaf| {
                    let group = Group { key: leaf.path.clone(), leaves: vec![leaf] };
                    edit(name, &group)
                }));
            }
            Some(_) => {}
        }
    }
    for (name, root) in
        old.roots.iter().filter(|(name, _)| !new.roots.contains_key(*name) && !old.designs.contains_key(*name))
    {
        let kind = root.get("kind").and_then(Node::scalar).unwrap_or("epure").to_owned();
        edits.push(whole(name, &said!("{kind} `{name}` removed", "{kind} `{name}` : retrait"), ChangeKind::Removed));
    }
    edits
}

fn consequences_of(
    old: &Workspace,
    new: &Workspace,
    today: When,
    simulate: bool,
    pending: &mut [Pending],
    found: &mut Difference,
) {
    for (name, after) in &new.designs {
        let Some(before) = old.designs.get(name) else { continue };
        let stacks = before.value.hosts.values().filter_map(|hosts| hosts.stack.as_deref());
        let mut stacks = stacks.filter_map(|stack| Some((old.stacks.get(stack)?, new.stacks.get(stack)?)));
        let same_ground = stacks.all(|(before, after)| same(&before.root, &after.root));
        if same(&before.root, &after.root) && same_ground {
            continue;
        }
        found.designs.push(name.clone());
        let (Some(then), Some(now)) = (take(old, name, today, simulate), take(new, name, today, simulate)) else {
            continue;
        };
        found.outcomes.extend(outcomes(name, &then, &now));
        let mut all = between(name, &then, &now);
        for consequence in &all {
            match consequence.sort {
                Sort::New => found.findings.new.push(consequence.clone()),
                Sort::Fixed => found.findings.fixed.push(consequence.clone()),
                _ => {}
            }
        }
        if pending.iter().filter(|one| one.edit.designs.contains(name)).count() > MOST_ALONE {
            found.together.extend(by_address(name, all, pending));
            continue;
        }
        // Each edit alone, on the old state.
        let mut told: Vec<(String, String, Sort)> = Vec::new();
        let key = |consequence: &Consequence| (consequence.about.clone(), consequence.path.clone(), consequence.sort);
        for one in pending.iter_mut().filter(|one| one.edit.designs.contains(name)) {
            let Some(with) = changed(old, name, &before.root, &after.root, &one.group, today, simulate) else {
                continue;
            };
            for consequence in between(name, &then, &with) {
                // What another edit undoes is no consequence of the whole; and a finding has one cause.
                let known = told.contains(&key(&consequence));
                let stands = all.iter().any(|other| key(other) == key(&consequence));
                let once = matches!(consequence.sort, Sort::New | Sort::Fixed) && known;
                let repeated = one
                    .edit
                    .consequences
                    .iter()
                    .any(|other| key(other) == key(&consequence) && other.text == consequence.text);
                if stands && !once {
                    told.push(key(&consequence));
                    if !repeated {
                        one.edit.consequences.push(consequence);
                    }
                }
            }
        }
        all.retain(|consequence| !told.contains(&key(consequence)));
        if all.is_empty() {
            continue;
        }
        // What only comes about together: whoever's absence makes it go.
        for one in pending.iter_mut().filter(|one| one.edit.designs.contains(name)) {
            let Some(without) = changed(new, name, &after.root, &before.root, &one.group, today, simulate) else {
                continue;
            };
            let gone = between(name, &without, &now);
            for consequence in &all {
                if !told.contains(&key(consequence)) && gone.iter().any(|other| key(other) == key(consequence)) {
                    told.push(key(consequence));
                    one.edit.consequences.push(consequence.clone());
                }
            }
        }
        all.retain(|consequence| !told.contains(&key(consequence)));
        found.together.extend(all);
    }
}

/// So many edits of one design are each applied alone; more are told apart by the addresses that
/// their consequences were worked out from.
const MOST_ALONE: usize = 60;

/// Hangs each consequence under the first edit that touched a fact behind it; gives back the rest.
fn by_address(design: &str, all: Vec<Consequence>, pending: &mut [Pending]) -> Vec<Consequence> {
    let mut rest = Vec::new();
    for consequence in all {
        let touches = |one: &&mut Pending| {
            let paths = one.group.paths();
            let mut paths = paths.iter().map(|path| format!("{design}.{}", path.join(".")));
            paths.any(|path| consequence.facts.iter().any(|fact| within(&path, fact) || within(fact, &path)))
        };
        match pending.iter_mut().filter(|one| one.edit.designs.iter().any(|name| name == design)).find(touches) {
            Some(one) => one.edit.consequences.push(consequence),
            None => rest.push(consequence),
        }
    }
    rest
}

/// Whether an address is another or lies within it.
fn within(path: &str, around: &str) -> bool {
    path.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A state of a design with one group of differences taken over from another.
fn changed(
    workspace: &Workspace,
    name: &str,
    tree: &Node,
    from: &Node,
    group: &Group,
    today: When,
    simulate: bool,
) -> Option<Snapshot> {
    let mut workspace = workspace.clone();
    put(&mut workspace, name, taking(tree, from, &group.paths())).then(|| take(&workspace, name, today, simulate))?
}

fn outcomes(design: &str, then: &Snapshot, now: &Snapshot) -> Vec<Outcome> {
    let mut found = Vec::new();
    for (measure, value) in &now.measures {
        let Some(old) = then.measure(measure.id).filter(|old| old.value.text() != value.value.text()) else { continue };
        let number = |value: &Value| value.comparable().filter(|number| number.is_finite());
        found.push(Outcome {
            measure: measure.id.to_owned(),
            subject: design.to_owned(),
            before: shown(&old.value),
            after: shown(&value.value),
            number_before: number(&old.value),
            number_after: number(&value.value),
            worse: worse(measure.better, &old.value, &value.value),
        });
    }
    for ((function, disruption), now) in &now.suffered {
        let Some(then) = then.suffered.get(&(function.clone(), *disruption)) else { continue };
        for ((what, before), (_, after)) in numbers(then).into_iter().zip(numbers(now)) {
            if (before - after).abs() < 0.5 || before == after {
                continue;
            }
            let text = |number: f64| {
                if number.is_finite() { Said::same(format!("{number:.0}")) } else { said!("no end", "sans fin") }
            };
            found.push(Outcome {
                measure: format!("{what}:{function}:{}", disruption.word()),
                subject: design.to_owned(),
                before: text(before),
                after: text(after),
                number_before: before.is_finite().then_some(before),
                number_after: after.is_finite().then_some(after),
                worse: Some(after > before),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests;
