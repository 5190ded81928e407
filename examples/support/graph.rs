//! Graphs of the benchmark format.

use epure::figure::layout::{Direction, Edge, End, Graph, Group, Leaf, Size};
use serde_json::Value;

/// A number of an object, or nothing.
fn number(value: &Value, key: &str) -> f64 {
    value.get(key).and_then(Value::as_f64).unwrap_or(0.0)
}

/// A text of an object.
pub fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

/// A list of an object, or an empty one.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The graph that a file says.
pub fn read(file: &Value) -> Graph {
    let groups = list(file, "groups");
    let leaves = list(file, "nodes");
    let place = |all: &[Value], id: Option<&str>| all.iter().position(|one| text(one, "id") == id && id.is_some());
    let end = |id: Option<&str>| {
        place(leaves, id).map(End::Leaf).or(place(groups, id).map(End::Group)).unwrap_or(End::Leaf(usize::MAX))
    };
    Graph {
        groups: groups
            .iter()
            .map(|group| Group {
                parent: place(groups, text(group, "parent")),
                title: Size { w: text(group, "label").unwrap_or("").chars().count() as f64 * 7.2 + 4.0, h: 16.0 },
                direction: match text(group, "direction") {
                    Some("column") => Some(Direction::Down),
                    Some("row") => Some(Direction::Right),
                    _ => None,
                },
                order: Vec::new(),
            })
            .collect(),
        leaves: leaves
            .iter()
            .map(|leaf| Leaf {
                size: Size { w: number(leaf, "w"), h: number(leaf, "h") },
                parent: place(groups, text(leaf, "parent")),
            })
            .collect(),
        edges: list(file, "edges")
            .iter()
            .map(|edge| Edge {
                source: end(text(edge, "source")),
                target: end(text(edge, "target")),
                label: Some(Size { w: number(edge, "lw"), h: number(edge, "lh") }).filter(|size| size.w > 0.0),
            })
            .collect(),
    }
}
