//! Other tools' files into a workspace: a design for each unit, over which every rule can run.

use super::Unit;
use super::design::draft;
use super::gather::gather;
use super::pieces::{Map, text};
use crate::design::Workspace;
use crate::design::profile;
use crate::design::workspace::Doc;
use crate::said;
use crate::source::{Diagnostic, Entry, Kind, Node};

/// Gathers the other tools' documents of a workspace into units, and adds the design that follows
/// from each.
pub fn adopt(workspace: &mut Workspace) -> Vec<Diagnostic> {
    adopt_in(workspace, None)
}

/// The same, judged in a context of the caller's choice instead of the one that their form suggests.
pub fn adopt_in(workspace: &mut Workspace, context: Option<&str>) -> Vec<Diagnostic> {
    let strays = std::mem::take(&mut workspace.strays);
    let (units, mut said) = gather(strays, &workspace.sources);
    for mut unit in units {
        while workspace.designs.contains_key(&unit.name) {
            unit.name.push('x');
        }
        let Some(draft) = draft(&unit) else { continue };
        let mut draft = draft;
        if let Some(context) = context {
            profile::say_context(&mut draft.root, context);
        }
        match profile::design(&draft.root, &workspace.config) {
            Ok(value) => {
                let file = draft.root.span.file;
                let name = unit.name.clone();
                let root = with_objects(draft.root, &unit);
                workspace.roots.insert(name.clone(), root.clone());
                workspace.designs.insert(name.clone(), Doc { name: name.clone(), file, root, value });
                workspace.units.insert(name, unit);
            }
            Err(error) => {
                let span = error.span.unwrap_or(draft.root.span);
                said.push(Diagnostic::error(
                    "internal/decode",
                    span,
                    said!(
                        "épure made a design of these files and then could not read it ({message}): a mistake of épure, please report it",
                        "épure a fait une conception de ces fichiers puis n’a pas su la lire ({message}) : une erreur d’épure, merci de la signaler",
                        message = error.message
                    ),
                ));
            }
        }
    }
    said
}

/// The address of an object within the design of its unit.
pub fn address(label: &str) -> String {
    format!("objects.{}", label.replace('.', "_"))
}

/// The tree of a unit's design with an address for each object.
fn with_objects(root: Node, unit: &Unit) -> Node {
    let mut objects = Map::new(root.span);
    for object in unit.objects.iter().filter(|object| !object.runs_pods()) {
        let label = object.label().replace('.', "_");
        objects.put_at(&label, object.place(), text(object.place(), object.kind.clone()));
    }
    let Node { span, kind } = root;
    let Kind::Map(mut entries) = kind else { return Node { span, kind } };
    if let Some(value) = objects.some() {
        entries.push(Entry { key: "objects".to_owned(), key_span: span, value });
    }
    Node { span, kind: Kind::Map(entries) }
}
