//! Mermaid, for places that render only that. It lays out itself, and not as well.

use std::fmt::Write as _;

use super::{Look, Nest, boxes, label, lines, title};
use crate::analysis::rule::{Words, words};
use crate::figure::Figure;
use crate::figure::topology::{Node, NodeRole, NodeState};
use crate::source::{Lang, Said};

pub(super) const EXPLAINS: Words = words(
    "Boxes and flows as a Mermaid flowchart, for places that render only that.",
    "Boîtes et flux en organigramme Mermaid, là où rien d’autre ne s’affiche.",
);

pub(super) fn write(figure: &Figure, look: &Look) -> Result<Vec<u8>, Said> {
    let nest = Nest::new(boxes(figure)?);
    let mut out = format!("---\ntitle: {}\n---\nflowchart TB\n", yaml(&figure.title));
    inside(&mut out, &nest, None, 1, look.lang);
    for (at, (from, to, edge)) in nest.edges().into_iter().enumerate() {
        let arrow = if edge.hard { "-->" } else { "-.->" };
        let words = label(edge);
        let words = if words.is_empty() { String::new() } else { format!("|{}|", quoted(&words)) };
        let _ = writeln!(out, "  {from} {arrow}{words} {to}");
        if edge.unencrypted {
            let _ = writeln!(out, "  linkStyle {at} stroke:#92590a");
        }
    }
    out.push_str("  classDef outside stroke-dasharray:6 4\n");
    out.push_str("  classDef single stroke:#b42318,stroke-width:2px\n");
    out.push_str("  classDef down fill:#f6d5d2,stroke:#b42318\n");
    out.push_str("  classDef degraded fill:#f0e2cd,stroke:#92590a\n");
    for (class, wanted) in CLASSES {
        let topology = boxes(figure)?;
        let named = topology.nodes.iter().filter(|node| wanted(node)).filter_map(|node| nest.name(&node.id));
        let groups = topology.groups.iter().filter(|group| class == "outside" && group.outside);
        let all: Vec<String> = named.chain(groups.filter_map(|group| nest.name(&group.id))).collect();
        if !all.is_empty() {
            let _ = writeln!(out, "  class {} {class}", all.join(","));
        }
    }
    Ok(out.into_bytes())
}

type Wanted = fn(&Node) -> bool;

/// What a box looks like besides its words, which say the same.
const CLASSES: [(&str, Wanted); 4] = [
    ("outside", |node| matches!(node.role, NodeRole::External | NodeRole::Person)),
    ("single", |node| node.single_point.is_some() && node.state == NodeState::Normal),
    ("down", |node| node.state == NodeState::Down),
    ("degraded", |node| node.state == NodeState::Degraded),
];

fn inside<'a>(out: &mut String, nest: &Nest<'a>, parent: Option<&'a str>, depth: usize, lang: Lang) {
    let indent = "  ".repeat(depth);
    for group in nest.groups(parent) {
        let Some(name) = nest.name(&group.id) else { continue };
        let _ = writeln!(out, "{indent}subgraph {name}[{}]", quoted(&title(group, lang)));
        let before = out.len();
        inside(out, nest, Some(&group.id), depth + 1, lang);
        if out.len() == before {
            // A group without content is no group to Mermaid.
            let _ = writeln!(out, "{indent}  {name}e[\" \"]");
        }
        let _ = writeln!(out, "{indent}end");
    }
    for node in nest.nodes(parent) {
        let Some(name) = nest.name(&node.id) else { continue };
        let words = lines(node, lang).iter().map(|line| entities(line)).collect::<Vec<String>>().join("<br/>");
        let (open, close) = match node.role {
            NodeRole::Data => ("[(", ")]"),
            NodeRole::Person => ("([", "])"),
            _ => ("[", "]"),
        };
        let _ = writeln!(out, "{indent}{name}{open}\"{words}\"{close}");
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", entities(text))
}

/// Mermaid knows entities by number or name between `#` and `;`. What it or the HTML of its labels would
/// take for more than a character is written so.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '*' | '_' | ';' => {
                let _ = write!(out, "#{};", c as u32);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn yaml(text: &str) -> String {
    format!("\"{}\"", text.replace(['\\', '"'], "'").replace(char::is_control, " "))
}
