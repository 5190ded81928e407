//! Variants: `extends` merges trees by meaning, `without` takes away by path.
//!
//! Mappings merge by name; what the schema marks as one value (a text, a fact with its evidence, a
//! probe) and every list is replaced as a whole. Each node keeps the file and span it came from.

use super::shape::{ShapeId, Shapes};
use crate::said;
use crate::source::{Diagnostic, Entry, Kind, Node, Span, nearest};

/// The keys of a variant that are its own and never merge.
const OWN: [&str; 2] = ["extends", "without"];

/// Merges a variant over its base.
pub fn merge(base: &Node, variant: &Node, shapes: &Shapes) -> (Node, Vec<Diagnostic>) {
    let mut merged = over(base, variant, Some(shapes.root), shapes);
    let mut diagnostics = Vec::new();
    if let Kind::Map(entries) = &mut merged.kind {
        entries.retain(|entry| !OWN.contains(&entry.key.as_str()) || variant.entry(&entry.key).is_some());
    }
    for path in variant.get("without").map(Node::items).unwrap_or_default() {
        if let Some(text) = path.scalar()
            && let Err(near) = remove(&mut merged, text)
        {
            let mut diagnostic = Diagnostic::error(
                "reference/without",
                path.span,
                said!("`{text}` is not there to be taken away", "`{text}` n’existe pas, il ne peut donc être retiré"),
            );
            if let Some(near) = near {
                diagnostic = diagnostic
                    .help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"))
                    .fix(path.span, near);
            }
            diagnostics.push(diagnostic);
        }
    }
    (merged, diagnostics)
}

fn over(base: &Node, variant: &Node, shape: Option<ShapeId>, shapes: &Shapes) -> Node {
    let mapping = shape.map(|id| shapes.get(id));
    let (Kind::Map(old), Kind::Map(new)) = (&base.kind, &variant.kind) else { return variant.clone() };
    if mapping.is_some_and(|shape| shape.atomic) {
        return variant.clone();
    }
    let map = mapping.and_then(|shape| shape.map.as_ref());
    let mut entries: Vec<Entry> = old.clone();
    for entry in new {
        let below = map.and_then(|map| map.fields.get(&entry.key).map(|field| field.shape).or(map.named));
        match entries.iter_mut().find(|existing| existing.key == entry.key) {
            Some(existing) if !OWN.contains(&entry.key.as_str()) => {
                let value = over(&existing.value, &entry.value, below, shapes);
                // A value that the variant replaces is found under the variant's own key.
                if value.span == entry.value.span {
                    existing.key_span = entry.key_span;
                }
                existing.value = value;
            }
            Some(existing) => *existing = entry.clone(),
            None => entries.push(entry.clone()),
        }
    }
    Node { span: variant.span, kind: Kind::Map(entries) }
}

/// Takes away the value at a path; the nearest path that exists where there is none.
fn remove(root: &mut Node, path: &str) -> Result<(), Option<String>> {
    let (parent, last) = path.rsplit_once('.').map_or(("", path), |(parent, last)| (parent, last));
    let mut node = root;
    for step in parent.split('.').filter(|step| !step.is_empty()) {
        let Kind::Map(entries) = &mut node.kind else { return Err(None) };
        let near =
            nearest(step, entries.iter().map(|entry| entry.key.as_str())).map(|near| path.replacen(step, near, 1));
        node = match entries.iter_mut().find(|entry| entry.key == step) {
            Some(entry) => &mut entry.value,
            None => return Err(near),
        };
    }
    match &mut node.kind {
        Kind::Map(entries) => match entries.iter().position(|entry| entry.key == last) {
            Some(at) => {
                entries.remove(at);
                Ok(())
            }
            None => {
                let near = nearest(last, entries.iter().map(|entry| entry.key.as_str()));
                Err(near.map(|near| if parent.is_empty() { near.to_owned() } else { format!("{parent}.{near}") }))
            }
        },
        Kind::List(items) => match (0..items.len()).find(|i| items[*i].address(*i) == last) {
            Some(at) => {
                items.remove(at);
                Ok(())
            }
            None => Err(None),
        },
        Kind::Scalar { .. } => Err(None),
    }
}

/// Where a name dangles because a variant took its declaration away: the `without` line.
pub fn taken_away(variant: &Node, target: &str, name: &str) -> Option<Span> {
    let path = format!("{target}.{name}");
    variant
        .get("without")
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .find(|node| node.scalar() == Some(&path))
        .map(|node| node.span)
}
