//! Selectors over labels, as Kubernetes evaluates them.

use crate::source::Node;

/// Whether a plain selector (of a Service or a ReplicationController) takes some labels. An empty
/// one takes nothing.
pub fn plain(selector: Option<&Node>, labels: &[(&str, &str)]) -> bool {
    let entries = selector.map(Node::entries).unwrap_or_default();
    !entries.is_empty()
        && entries.iter().all(|entry| labels.contains(&(&entry.key, entry.value.scalar().unwrap_or(""))))
}

/// Whether a label selector (`matchLabels`, `matchExpressions`) takes some labels. An empty one
/// takes everything; one that is absent is the caller's question.
pub fn takes(selector: &Node, labels: &[(&str, &str)]) -> bool {
    let equal = selector.get("matchLabels").map(Node::entries).unwrap_or_default();
    let every = equal.iter().all(|entry| labels.contains(&(&entry.key, entry.value.scalar().unwrap_or(""))));
    let expressions = selector.get("matchExpressions").map(Node::items).unwrap_or_default();
    every && expressions.iter().all(|expression| holds(expression, labels))
}

fn holds(expression: &Node, labels: &[(&str, &str)]) -> bool {
    let text = |key: &str| expression.get(key).and_then(Node::scalar).unwrap_or("");
    let key = text("key");
    let value = labels.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
    let values: Vec<&str> =
        expression.get("values").map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar).collect();
    match text("operator") {
        "In" => value.is_some_and(|value| values.contains(&value)),
        "NotIn" => value.is_none_or(|value| !values.contains(&value)),
        "Exists" => value.is_some(),
        "DoesNotExist" => value.is_none(),
        _ => false,
    }
}
