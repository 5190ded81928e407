//! From the names of a running cluster to the names of a design.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::nearest;

/// The names that a design gives, and those that an author gives to nodes.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The components.
    pub components: Vec<String>,
    /// The machines, in the order in which unknown nodes are taken for them.
    pub nodes: Vec<String>,
    /// What the author says which node is: `ip-10-0-1-7` is `workers-1`.
    pub given: BTreeMap<String, String>,
}

/// The component that a pod's name belongs to, among the names of components.
///
/// `quote-app-7d9c6b7f5-x2x1z` is of a Deployment `quote-app`, `quote-db-0` of a StatefulSet
/// `quote-db`, `agent-x2x1z` of a DaemonSet or a Job `agent`. Of several that fit, the longest name
/// is meant: `quote-app-0` is no pod of `quote`.
pub fn component_of<'a>(pod: &str, components: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    components.into_iter().filter(|name| is_of(pod, name)).max_by_key(|name| name.len())
}

fn is_of(pod: &str, component: &str) -> bool {
    let Some(rest) = pod.strip_prefix(component) else { return false };
    if rest.is_empty() {
        return true;
    }
    let Some(rest) = rest.strip_prefix('-') else { return false };
    let parts: Vec<&str> = rest.split('-').collect();
    match parts.as_slice() {
        [one] => is_number(one) || is_suffix(one),
        [hash, suffix] => is_hash(hash) && is_suffix(suffix),
        _ => false,
    }
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.len() <= 5 && part.bytes().all(|b| b.is_ascii_digit())
}

/// The five characters that a controller adds to each pod's name.
fn is_suffix(part: &str) -> bool {
    part.len() == 5 && is_random(part)
}

/// The hash of a pod template, or the minute of a CronJob.
fn is_hash(part: &str) -> bool {
    (5..=10).contains(&part.len()) && is_random(part)
}

fn is_random(part: &str) -> bool {
    // A hash of five and more letters without any digit is a rare accident, a word is none: `quote-cache-redis`
    // is of no Deployment `quote`.
    part.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
        && (part.bytes().any(|b| b.is_ascii_digit()) || !part.bytes().any(|b| b"aeiou".contains(&b)))
}

/// A pod's name without what controllers add to it.
pub(super) fn stem(pod: &str) -> &str {
    let (head, last) = pod.rsplit_once('-').unwrap_or((pod, ""));
    if is_number(last) {
        return head;
    }
    if !is_suffix(last) {
        return pod;
    }
    match head.rsplit_once('-') {
        Some((name, hash)) if is_hash(hash) => name,
        _ => head,
    }
}

/// The component whose name is nearest to a pod's, if one is near.
pub(super) fn near<'a>(pod: &str, components: &'a [String]) -> Option<&'a str> {
    nearest(stem(pod), components.iter().map(String::as_str))
}

/// The design's machine for each node of the cluster: what the author says, else a machine of the
/// same name, else the first machine that is left, in the order in which the nodes appear.
pub fn machines_of<'a>(nodes: impl IntoIterator<Item = &'a str>, names: &Names) -> BTreeMap<&'a str, String> {
    let (mut order, mut known) = (Vec::new(), BTreeSet::new());
    for node in nodes {
        if order.len() < MAX_NODES && known.insert(node) {
            order.push(node);
        }
    }
    let machines: BTreeSet<&str> = names.nodes.iter().map(String::as_str).collect();
    let given = |node: &str| names.given.get(node).cloned();
    let same = |node: &str| machines.contains(node).then(|| node.to_owned());
    let mut found: BTreeMap<&str, String> =
        order.iter().filter_map(|node| Some((*node, given(node).or_else(|| same(node))?))).collect();
    let taken: BTreeSet<String> = found.values().cloned().collect();
    let mut free = names.nodes.iter().filter(|machine| !taken.contains(*machine));
    for node in order {
        if !found.contains_key(node) {
            let Some(machine) = free.next() else { break };
            found.insert(node, machine.clone());
        }
    }
    found
}

/// The most nodes that are told apart; a cluster that Kubernetes supports has at most 5,000.
const MAX_NODES: usize = 5_000;
