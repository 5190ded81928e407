//! The registry of formats in which a figure can be written to a file of its own: one file each, one
//! line each.
//!
//! A picture format writes the sheet, with its cartouche. The others write boxes and flows for
//! programs that lay out themselves, and have nothing to say of a chart or a timeline.

use super::{Body, Figure};
use crate::analysis::rule::Words;
use crate::figure::topology::Topology;
use crate::source::{Lang, Said};

mod d2;
mod dot;
mod mermaid;
mod png;
mod raster;
mod svg;
#[cfg(test)]
mod tests;

/// How a figure is to be written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// On the white sheet or on the blueprint; as the reader's system asks, where the format can and
    /// nothing is said.
    pub dark: Option<bool>,
    /// Pixels of a raster for each pixel of the drawing.
    pub scale: f64,
    /// The reader's language.
    pub lang: Lang,
}

/// A format of files.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// How its files end, without the dot.
    pub ending: &'static str,
    /// What it is for.
    pub explains: Words,
    /// Writes a figure; says why where it cannot.
    pub write: fn(&Figure, &Look) -> Result<Vec<u8>, Said>,
}

/// Every format.
pub static FORMATS: &[Format] = &[
    Format { name: "svg", ending: "svg", explains: svg::EXPLAINS, write: svg::write },
    Format { name: "png", ending: "png", explains: png::EXPLAINS, write: png::write },
    Format { name: "mermaid", ending: "mmd", explains: mermaid::EXPLAINS, write: mermaid::write },
    Format { name: "d2", ending: "d2", explains: d2::EXPLAINS, write: d2::write },
    Format { name: "dot", ending: "dot", explains: dot::EXPLAINS, write: dot::write },
];

/// The format of a name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The format of a file, by how its name ends.
pub fn of_file(name: &str) -> Option<&'static Format> {
    let (_, ending) = name.rsplit_once('.')?;
    FORMATS.iter().find(|format| format.ending.eq_ignore_ascii_case(ending))
}

/// The boxes and flows of a figure; says why where it has none.
fn boxes(figure: &Figure) -> Result<&Topology, Said> {
    let found = match &figure.body {
        Body::Drawing(drawing) => drawing.behind.as_ref().map(|behind| &behind.topology),
        Body::Table(_) => None,
    };
    found.ok_or_else(|| {
        crate::said!(
            "this format has boxes and flows only, and the figure is none of these: write it as svg or png",
            "ce format n’a que des boîtes et des flux, et la figure n’en est pas : écrivez-la en svg ou en png"
        )
    })
}

/// Why there is no picture of a table.
fn no_picture() -> Said {
    crate::said!("there is nothing to draw", "il n’y a rien à dessiner")
}

/// What the writers of boxes and flows share: who stands in whom, and names that are plain letters.
struct Nest<'a> {
    topology: &'a Topology,
}

impl<'a> Nest<'a> {
    fn new(topology: &'a Topology) -> Nest<'a> {
        Nest { topology }
    }

    /// The groups directly in a group, or at the top. What names no group, or itself, stands at the top.
    fn groups(&self, parent: Option<&'a str>) -> Vec<&'a super::topology::Group> {
        let groups = self.topology.groups.iter();
        groups.filter(|group| self.home(group.parent.as_deref(), &group.id) == parent).collect()
    }

    /// The nodes directly in a group, or at the top.
    fn nodes(&self, parent: Option<&'a str>) -> Vec<&'a super::topology::Node> {
        self.topology.nodes.iter().filter(|node| self.home(node.parent.as_deref(), &node.id) == parent).collect()
    }

    fn home(&self, parent: Option<&'a str>, own: &str) -> Option<&'a str> {
        let mut at = parent;
        // Around in a circle there is no top: then it is here.
        for _ in 0..=self.topology.groups.len() {
            match at.and_then(|id| self.topology.groups.iter().find(|group| group.id == id)) {
                None => return parent.filter(|id| self.topology.groups.iter().any(|group| group.id == *id)),
                Some(group) if group.id == own => return None,
                Some(group) => at = group.parent.as_deref(),
            }
        }
        None
    }

    /// A name that every language of graphs takes: letters and digits, the same for the same thing, and unique.
    fn name(&self, id: &str) -> Option<String> {
        if let Some(at) = self.topology.nodes.iter().position(|node| node.id == id) {
            return Some(format!("n{at}"));
        }
        self.topology.groups.iter().position(|group| group.id == id).map(|at| format!("g{at}"))
    }

    /// The edges whose ends exist, with the names of their ends.
    fn edges(&self) -> Vec<(String, String, &'a super::topology::Edge)> {
        let named = |edge: &'a super::topology::Edge| Some((self.name(&edge.from)?, self.name(&edge.to)?, edge));
        self.topology.edges.iter().filter(|edge| edge.from != edge.to).filter_map(named).collect()
    }
}

/// The words of a node, a line each: what it is called, what it is, its tags.
fn lines(node: &super::topology::Node, lang: Lang) -> Vec<String> {
    let single = node.single_point.as_ref().map(|words| format!("⚠ {}", words.get(lang)));
    let more = [node.subtitle.get(lang).to_owned()].into_iter().chain(single);
    let more = more.chain(node.badges.iter().map(|badge| badge.get(lang).to_owned()));
    std::iter::once(node.title.clone()).chain(more).filter(|line| !line.is_empty()).collect()
}

/// The title of a group with what it is.
fn title(group: &super::topology::Group, lang: Lang) -> String {
    let kind = group.kind.get(lang);
    if kind.is_empty() { group.title.clone() } else { format!("{} ({kind})", group.title) }
}

/// The words of a connection, with their sign.
fn label(edge: &super::topology::Edge) -> String {
    match (edge.label.as_str(), edge.unencrypted) {
        ("", true) => "⚠".to_owned(),
        (label, true) => format!("⚠ {label}"),
        (label, false) => label.to_owned(),
    }
}
