//! Differences gathered into edits: what somebody did, rather than every line that it touched.

use super::tree::Leaf;
use super::words::{self, Demand};
use crate::source::Said;

/// Something that somebody changed, with every place that it touched.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What was done, in one line.
    pub title: Said,
    /// Its address; of the block where it touched several places.
    pub path: String,
    /// The designs that it is in: the one that says it, and the variants that inherit it.
    pub designs: Vec<String>,
    /// Every place that it touched, with what stood and stands there.
    pub changes: Vec<Change>,
    /// Whether it asks for more or for less than before, where it is about what is asked for.
    pub demand: Option<Demand>,
    /// What follows from it.
    pub consequences: Vec<super::Consequence>,
}

/// One place that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its address.
    pub path: String,
    /// How.
    pub kind: ChangeKind,
    /// What stood there, in one line.
    pub before: Option<String>,
    /// What stands there, in one line.
    pub after: Option<String>,
}

/// How a place was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Nothing stood there.
    Added,
    /// Nothing stands there.
    Removed,
    /// It says something else.
    Changed,
    /// It has another name and says the same.
    Renamed,
}

impl ChangeKind {
    /// The word of machine output.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Changed => "changed",
            ChangeKind::Renamed => "renamed",
        }
    }
}

/// Keys of a component that go with it when it is moved.
const MOVES: [&str; 14] = [
    "replication",
    "runs_on",
    "in",
    "segment",
    "namespace",
    "workload",
    "image",
    "members",
    "requests",
    "limits",
    "storage",
    "spread",
    "disruption_budget",
    "starts_in",
];

/// A group of differences: within one document, one entry of one block, and what belongs together there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) key: Vec<String>,
    pub(super) leaves: Vec<Leaf>,
}

impl Group {
    /// Whether it is a whole entry that came or went; then which.
    fn whole(&self) -> Option<(&str, &str)> {
        match self.leaves.as_slice() {
            [Leaf { path, before, after }] if path.len() == 2 && (before.is_none() || after.is_none()) => {
                Some((path.first()?, path.get(1)?))
            }
            _ => None,
        }
    }

    /// The paths that it touched.
    pub(super) fn paths(&self) -> Vec<Vec<String>> {
        self.leaves.iter().map(|leaf| leaf.path.clone()).collect()
    }
}

/// The differences of one document in groups, in the order in which they are met.
pub(super) fn groups(leaves: Vec<Leaf>) -> Vec<Group> {
    let moved: Vec<String> = leaves
        .iter()
        .filter(|leaf| matches!(leaf.path.as_slice(), [block, _, key] if block == "components" && key == "runs_on"))
        .filter_map(|leaf| leaf.path.get(1).cloned())
        .collect();
    let mut groups: Vec<Group> = Vec::new();
    // What a variant takes away is told by what it then lacks.
    for leaf in leaves.into_iter().filter(|leaf| leaf.path.first().is_none_or(|key| key != "without")) {
        let key = key(&leaf.path, &moved);
        match groups.iter_mut().find(|group| group.key == key) {
            Some(group) => group.leaves.push(leaf),
            None => groups.push(Group { key, leaves: vec![leaf] }),
        }
    }
    folded(groups)
}

fn key(path: &[String], moved: &[String]) -> Vec<String> {
    let take = |n: usize| path.iter().take(n).cloned().collect::<Vec<_>>();
    match path {
        [block, entry, key, ..] if block == "components" => {
            if moved.contains(entry) && MOVES.contains(&key.as_str()) {
                vec![block.clone(), entry.clone(), "runs_on".to_owned()]
            } else {
                take(3)
            }
        }
        [block, _, key, ..] if block == "functions" => take(if key == "recovery" { 4 } else { 3 }),
        [block, _, ..] if block != "kind" => take(2),
        _ => take(1),
    }
}

/// What only follows from an entry that came or went (its connections, its name in a list) goes with it.
fn folded(groups: Vec<Group>) -> Vec<Group> {
    let components: Vec<String> = groups
        .iter()
        .filter_map(Group::whole)
        .filter(|(block, _)| *block == "components")
        .map(|(_, entry)| entry.to_owned())
        .collect();
    let (mut heads, mut rest): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|group| {
        group.whole().is_some_and(|(block, entry)| block == "components" && components.iter().any(|one| one == entry))
    });
    rest.retain(|group| {
        let Some(owner) = owner(group, &components) else { return true };
        let head = heads
            .iter_mut()
            .find(|head| head.whole().is_some_and(|(_, entry)| entry == owner) || head.key.get(1) == Some(&owner));
        match head {
            Some(head) => {
                head.leaves.extend(group.leaves.iter().cloned());
                false
            }
            None => true,
        }
    });
    heads.extend(rest);
    heads
}

/// The component that a group only follows: a whole connection to or from it, or its name alone in lists.
fn owner(group: &Group, components: &[String]) -> Option<String> {
    components.iter().find(|name| group.leaves.iter().all(|leaf| follows(leaf, name))).cloned()
}

fn follows(leaf: &Leaf, name: &str) -> bool {
    let texts = (leaf.before.as_deref(), leaf.after.as_deref());
    match (leaf.path.first().map(String::as_str), texts) {
        (Some("connections"), (Some(text), None) | (None, Some(text))) => {
            [format!("from: {name},"), format!("to: {name},"), format!("to: {name}}}")]
                .iter()
                .any(|end| text.contains(end.as_str()))
        }
        (Some("waivers"), (Some(text), None) | (None, Some(text))) => {
            text.contains(&format!("target: components.{name}"))
        }
        (_, (Some(before), Some(after))) => match (items(before), items(after)) {
            (Some(before), Some(after)) => {
                let gone = before.iter().filter(|item| !after.contains(item));
                let come = after.iter().filter(|item| !before.contains(item));
                let mut different = gone.chain(come).peekable();
                different.peek().is_some() && different.all(|item| item == name)
            }
            _ => false,
        },
        _ => false,
    }
}

fn items(text: &str) -> Option<Vec<String>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.split(", ").filter(|item| !item.is_empty()).map(str::to_owned).collect())
}

/// A group as an edit, told in words.
pub(super) fn edit(document: &str, group: &Group) -> Edit {
    let changes: Vec<Change> = group
        .leaves
        .iter()
        .map(|leaf| Change {
            path: format!("{document}.{}", leaf.path.join(".")),
            kind: match (&leaf.before, &leaf.after) {
                (None, _) => ChangeKind::Added,
                (_, None) => ChangeKind::Removed,
                _ => ChangeKind::Changed,
            },
            before: leaf.before.clone(),
            after: leaf.after.clone(),
        })
        .collect();
    let path = match group.leaves.as_slice() {
        [leaf] => leaf.path.clone(),
        _ => group.key.clone(),
    };
    Edit {
        title: words::title(group),
        path: format!("{document}.{}", path.join(".")),
        designs: vec![document.to_owned()],
        demand: words::demand(&group.leaves),
        changes,
        consequences: Vec::new(),
    }
}
