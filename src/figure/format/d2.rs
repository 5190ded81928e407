//! D2, for who goes on drawing there.

use std::fmt::Write as _;

use super::{Look, Nest, boxes, label, lines, title};
use crate::analysis::rule::{Words, words};
use crate::figure::Figure;
use crate::figure::topology::{Node, NodeRole};
use crate::source::{Lang, Said};

pub(super) const EXPLAINS: Words = words(
    "Boxes and flows as D2, for who goes on drawing there.",
    "Boîtes et flux en D2, pour qui continue à y dessiner.",
);

pub(super) fn write(figure: &Figure, look: &Look) -> Result<Vec<u8>, Said> {
    let topology = boxes(figure)?;
    let nest = Nest::new(topology);
    let mut out = format!("# {}\ndirection: down\n", figure.title.replace(char::is_control, " "));
    inside(&mut out, &nest, None, 0, look.lang);
    // D2 names a box by the way to it.
    let whole = |id: &str| -> Option<String> {
        let mut path = vec![nest.name(id)?];
        let node = topology.nodes.iter().find(|node| node.id == id);
        let group = topology.groups.iter().find(|group| group.id == id);
        let mut at = match (node, group) {
            (Some(node), _) => nest.home(node.parent.as_deref(), id),
            (None, Some(group)) => nest.home(group.parent.as_deref(), id),
            (None, None) => None,
        };
        while let Some(group) = at.and_then(|id| topology.groups.iter().find(|group| group.id == id)) {
            path.push(nest.name(&group.id)?);
            at = nest.home(group.parent.as_deref(), &group.id);
        }
        path.reverse();
        Some(path.join("."))
    };
    for (.., edge) in nest.edges() {
        let (Some(from), Some(to)) = (whole(&edge.from), whole(&edge.to)) else { continue };
        let _ = write!(out, "{from} -> {to}: {}", quoted(&label(edge)));
        out.push_str(if edge.hard { "\n" } else { " {style.stroke-dash: 4}\n" });
    }
    Ok(out.into_bytes())
}

fn inside<'a>(out: &mut String, nest: &Nest<'a>, parent: Option<&'a str>, depth: usize, lang: Lang) {
    let indent = "  ".repeat(depth);
    for group in nest.groups(parent) {
        let Some(name) = nest.name(&group.id) else { continue };
        let _ = writeln!(out, "{indent}{name}: {} {{", quoted(&title(group, lang)));
        if group.outside {
            let _ = writeln!(out, "{indent}  style.stroke-dash: 4");
        }
        inside(out, nest, Some(&group.id), depth + 1, lang);
        let _ = writeln!(out, "{indent}}}");
    }
    for node in nest.nodes(parent) {
        let Some(name) = nest.name(&node.id) else { continue };
        let words = quoted(&lines(node, lang).join("\n"));
        let _ = writeln!(out, "{indent}{name}: {words}{}", shape(node));
    }
}

fn shape(node: &Node) -> &'static str {
    match node.role {
        NodeRole::Data => " {shape: cylinder}",
        NodeRole::Person => " {shape: person}",
        NodeRole::External => " {style.stroke-dash: 4}",
        _ => "",
    }
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$").replace('\n', "\\n");
    format!("\"{}\"", text.replace(char::is_control, " "))
}
