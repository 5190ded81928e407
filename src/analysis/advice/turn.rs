//! What would turn an answer: each fact that conditions name, tried otherwise.

use serde_json::Value;

use crate::analysis::expression::{Facts, words};

/// One fact that, were it otherwise, would turn the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn<T> {
    /// The fact's name in a condition.
    pub name: String,
    /// Its address; that of the component's own key where nobody states it.
    pub path: String,
    /// The value that would turn it, as a condition writes it.
    pub value: String,
    /// Whether the fact is stated today, or follows from what is.
    pub stated: bool,
    /// The answer then.
    pub to: T,
}

/// Facts that are no facts to be otherwise: what something is, and where it happens to be.
const FIXED: [&str; 4] = ["name", "kind", "runs_in", "workload"];

/// Tries every fact that is named with every other value it could have, and gives the first value
/// for each answer that differs from today's.
pub(super) fn turns<T: PartialEq + Clone>(
    facts: &Facts,
    names: &[String],
    own: &str,
    today: &T,
    answer: impl Fn(&Facts, &str) -> T,
) -> Vec<Turn<T>> {
    let mut turns: Vec<Turn<T>> = Vec::new();
    let mut changed = facts.clone();
    for name in names.iter().filter(|name| !FIXED.contains(&name.as_str())) {
        let stated = facts.get(name);
        let path = facts.addresses.get(name).cloned().unwrap_or_else(|| format!("{own}.{name}"));
        for value in candidates(facts, name).into_iter().filter(|value| Some(value) != stated) {
            let to = {
                changed.set(name, Some(value.clone()));
                answer(&changed, name)
            };
            let known = turns.iter().any(|turn| turn.name == *name && turn.to == to);
            if to != *today && !known {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                turns.push(Turn { name: name.clone(), path: path.clone(), value, stated: stated.is_some(), to });
            }
        }
        changed.set(name, stated.cloned());
    }
    turns
}

/// Other values that a fact could have: every word it knows, yes and no, one and two, the kernel of
/// the host and another.
fn candidates(facts: &Facts, name: &str) -> Vec<Value> {
    // Where there is no safety level nobody asks what it could be.
    if name == "asil" && facts.get(name).and_then(Value::as_str) == Some("none") {
        return Vec::new();
    }
    if let Some(words) = words(&[name]) {
        return words.into_iter().map(Value::from).collect();
    }
    match name {
        "kernel" | "host_kernel" => {
            let other = if name == "kernel" { "host_kernel" } else { "kernel" };
            let same = facts.get(other).cloned();
            same.into_iter().chain([Value::from("linux"), Value::from("windows")]).collect()
        }
        "containerizable" | "critical" | "packaged" | "nodes_are_vms" => vec![Value::from(true), Value::from(false)],
        "cluster_nodes" | "replicas" | "members" => vec![Value::from(1), Value::from(2)],
        _ => Vec::new(),
    }
}
