//! DOT, for Graphviz and whatever reads its language.

use std::fmt::Write as _;

use super::{Look, Nest, boxes, label, lines, title};
use crate::analysis::rule::{Words, words};
use crate::figure::Figure;
use crate::figure::topology::{Node, NodeRole};
use crate::source::{Lang, Said};

pub(super) const EXPLAINS: Words = words(
    "Boxes and flows as DOT, for Graphviz and whatever reads its language.",
    "Boîtes et flux en DOT, pour Graphviz et tout ce qui lit sa langue.",
);

pub(super) fn write(figure: &Figure, look: &Look) -> Result<Vec<u8>, Said> {
    let topology = boxes(figure)?;
    let nest = Nest::new(topology);
    let mut out = format!(
        "digraph {} {{\n  compound=true\n  newrank=true\n  node [shape=box]\n  labeljust=l\n",
        quoted(&figure.title)
    );
    inside(&mut out, &nest, None, 1, look.lang);
    for (.., edge) in nest.edges() {
        // Graphviz draws from node to node only; a group's edge ends at its border.
        let (Some(from), Some(to)) = (leaf(&nest, &edge.from), leaf(&nest, &edge.to)) else { continue };
        let mut attributes = vec![format!("label={}", quoted(&label(edge)))];
        for (key, end, node) in [("ltail", &edge.from, &from), ("lhead", &edge.to, &to)] {
            if let Some(name) = nest.name(end).filter(|name| name != node) {
                attributes.push(format!("{key}=cluster_{name}"));
            }
        }
        if !edge.hard {
            attributes.push("style=dashed".to_owned());
        }
        let _ = writeln!(out, "  {from} -> {to} [{}]", attributes.join(", "));
    }
    out.push_str("}\n");
    Ok(out.into_bytes())
}

/// A node, or the first one in a group.
fn leaf(nest: &Nest<'_>, id: &str) -> Option<String> {
    if nest.topology.nodes.iter().any(|node| node.id == id) {
        return nest.name(id);
    }
    let group = nest.topology.groups.iter().find(|group| group.id == id)?;
    let own = nest.nodes(Some(&group.id)).first().and_then(|node| nest.name(&node.id));
    own.or_else(|| nest.groups(Some(&group.id)).into_iter().find_map(|group| leaf(nest, &group.id)))
}

fn inside<'a>(out: &mut String, nest: &Nest<'a>, parent: Option<&'a str>, depth: usize, lang: Lang) {
    let indent = "  ".repeat(depth);
    for group in nest.groups(parent) {
        let Some(name) = nest.name(&group.id) else { continue };
        let style = if group.outside { format!("\n{indent}  style=dashed") } else { String::new() };
        let _ =
            writeln!(out, "{indent}subgraph cluster_{name} {{\n{indent}  label={}{style}", quoted(&title(group, lang)));
        inside(out, nest, Some(&group.id), depth + 1, lang);
        let _ = writeln!(out, "{indent}}}");
    }
    for node in nest.nodes(parent) {
        let Some(name) = nest.name(&node.id) else { continue };
        let _ = writeln!(out, "{indent}{name} [label={}{}]", quoted(&lines(node, lang).join("\n")), shape(node));
    }
}

fn shape(node: &Node) -> &'static str {
    match node.role {
        NodeRole::Data => ", shape=cylinder",
        NodeRole::Person => ", style=\"rounded,dashed\"",
        NodeRole::External => ", style=dashed",
        _ => "",
    }
}

fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{}\"", text.replace(char::is_control, " "))
}
