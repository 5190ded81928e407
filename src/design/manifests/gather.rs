//! From the documents of other tools to units, and what is to be said about documents that are no
//! whole objects: charts, kustomizations, patches.

use std::collections::{BTreeMap, BTreeSet};

use super::compose::{self, Project};
use super::state;
use super::unit::{self, Unit};
use super::{Form, Object};
use crate::said;
use crate::source::{Diagnostic, FileId, Kind, Node, Severity, Sources, Span};

/// A document of another tool.
#[derive(Debug, Clone)]
pub struct Stray {
    /// The file.
    pub file: FileId,
    /// What it is.
    pub form: Form,
    /// Its tree.
    pub root: Node,
}

/// The most objects that are gathered. The 899 files of the collection that is tested against hold
/// 1,300; what refers to what costs the square of the objects of one unit, so that there is an end.
pub const MAX_OBJECTS: usize = 10_000;

/// The deepest list within lists of objects.
const MAX_LISTS: usize = 4;

/// Gathers documents into units.
pub fn gather(strays: Vec<Stray>, sources: &Sources) -> (Vec<Unit>, Vec<Diagnostic>) {
    let mut said = Vec::new();
    let mut objects: Vec<Object> = Vec::new();
    let mut projects: Vec<Project> = Vec::new();
    let mut states: Vec<state::State> = Vec::new();
    let mut patches: BTreeSet<String> = BTreeSet::new();
    let mut left_out: Option<Span> = None;
    for stray in &strays {
        if stray.form == Form::Kustomization {
            patches.extend(named_patches(&stray.root, &folder(sources, stray.file)));
        }
    }
    let kustomized = strays.iter().any(|stray| stray.form == Form::Kustomization);
    for stray in strays {
        duplicates(&stray.root, &mut said);
        match stray.form {
            Form::Kubernetes => collect(stray.root, 0, &mut objects, &mut left_out),
            Form::Compose => projects.push(compose::read(stray.root)),
            Form::Ankaios => states.push(state::read(stray.root)),
            Form::Chart => said.push(chart(&stray, sources)),
            Form::Kustomization => said.push(kustomization(&stray, sources)),
        }
    }
    if let Some(span) = left_out {
        said.push(
            Diagnostic::error(
                "manifest/too-many-objects",
                span,
                said!(
                    "more than {n} objects in one run: those from here on are not judged",
                    "plus de {n} objets en une fois : ceux qui suivent ne sont pas jugés",
                    n = MAX_OBJECTS
                ),
            )
            .severity(Severity::Warning)
            .help(said!("check fewer folders at once", "vérifiez moins de dossiers à la fois")),
        );
    }
    // What could be a patch and has nothing to patch is all that somebody gave: it is judged as it stands.
    let whole: BTreeSet<(String, String)> = objects
        .iter()
        .filter(|object| !lacks_all(object))
        .map(|object| (object.kind.clone(), object.name.clone()))
        .collect();
    for object in &mut objects {
        let named = patches.contains(&sources.file(object.file).path);
        let completed = || kustomized || whole.contains(&(object.kind.clone(), object.name.clone()));
        if named || is_patch(object) || (lacks_all(object) && completed()) {
            object.partial = true;
            said.push(patch(object, named));
        }
    }
    let units = unit::units(objects, projects, states, sources);
    said.extend(units.iter().filter_map(|unit| unit.apart.diagnostic()));
    (units, said)
}

/// The folder of a file.
pub fn folder(sources: &Sources, file: FileId) -> String {
    sources.file(file).path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}

fn collect(root: Node, depth: usize, objects: &mut Vec<Object>, left_out: &mut Option<Span>) {
    let is_list = root.get("kind").and_then(Node::scalar).is_some_and(|kind| kind.ends_with("List"));
    if is_list && depth < MAX_LISTS && matches!(root.get("items").map(|items| &items.kind), Some(Kind::List(_))) {
        let Kind::Map(entries) = root.kind else { return };
        let items = entries.into_iter().find(|entry| entry.key == "items").map(|entry| entry.value.kind);
        if let Some(Kind::List(items)) = items {
            for item in items {
                collect(item, depth + 1, objects, left_out);
            }
        }
        return;
    }
    if root.get("kind").and_then(Node::scalar).is_none() {
        return;
    }
    if objects.len() >= MAX_OBJECTS {
        left_out.get_or_insert(root.span);
        return;
    }
    objects.push(Object::new(root));
}

/// The files that a kustomization names as patches.
fn named_patches(root: &Node, folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for key in ["patchesStrategicMerge", "patches", "patchesJson6902"] {
        for item in root.get(key).map(Node::items).unwrap_or_default() {
            let path = item.scalar().or_else(|| item.get("path").and_then(Node::scalar));
            if let Some(path) = path.filter(|path| !path.contains('\n')) {
                found.push(join(folder, path));
            }
        }
    }
    found
}

/// A path relative to a folder, without `.` and `..`.
pub fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let absolute = folder.starts_with('/');
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if absolute { format!("/{joined}") } else { joined }
}

/// Whether an object says of itself that it is a patch, or does not say what it is.
fn is_patch(object: &Object) -> bool {
    object.api_version.is_empty() || (object.runs_pods() && object.at(&["$patch"]).is_some())
}

/// Whether a workload lacks what a patch leaves out: a selector, and an image for each container.
fn lacks_all(object: &Object) -> bool {
    if !object.runs_pods() || object.kind == "Pod" {
        return false;
    }
    let containers = object.containers();
    let selector = object.at(&["spec", "selector"]).is_some();
    let listed = object.pod().and_then(|pod| pod.get("containers")).is_some();
    !selector && (!listed || (!containers.is_empty() && containers.iter().all(|container| container.image().is_none())))
}

fn chart(stray: &Stray, sources: &Sources) -> Diagnostic {
    let folder = shown_folder(sources, stray.file);
    let name = stray.root.get("name");
    let span = name.map_or(stray.root.span, |name| name.span);
    Diagnostic::error(
        "manifest/chart",
        span,
        said!(
            "this is a Helm chart: its templates are no objects yet",
            "ceci est un chart Helm : ses modèles ne sont pas encore des objets"
        ),
    )
    .severity(Severity::Note)
    .help(said!("`helm template {folder} | epure check -`", "`helm template {folder} | epure check -`"))
}

fn kustomization(stray: &Stray, sources: &Sources) -> Diagnostic {
    let folder = shown_folder(sources, stray.file);
    let span = stray.root.entries().first().map_or(stray.root.span, |entry| entry.key_span);
    let component = stray.root.get("kind").and_then(Node::scalar) == Some("Component");
    let help = if component {
        said!(
            "build an overlay that uses this component: `kustomize build OVERLAY | epure check -`",
            "construisez un overlay qui utilise ce composant : `kustomize build OVERLAY | epure check -`"
        )
    } else {
        said!("`kustomize build {folder} | epure check -`", "`kustomize build {folder} | epure check -`")
    };
    Diagnostic::error(
        "manifest/kustomization",
        span,
        said!(
            "this is a kustomization: its whole files are judged as they stand, its patches are not",
            "ceci est une kustomization : ses fichiers entiers sont jugés tels quels, ses correctifs non"
        ),
    )
    .severity(Severity::Note)
    .help(help)
}

fn shown_folder(sources: &Sources, file: FileId) -> String {
    let folder = folder(sources, file);
    if folder.is_empty() { ".".to_owned() } else { folder }
}

fn patch(object: &Object, named: bool) -> Diagnostic {
    let label = object.label();
    let message = if named {
        said!(
            "a kustomization names this as a patch: `{label}` is not judged",
            "une kustomization le nomme comme correctif : `{label}` n’est pas jugé"
        )
    } else {
        said!(
            "this is only a part of `{label}`, and is not judged",
            "ceci n’est qu’une partie de `{label}`, et n’est pas jugé"
        )
    };
    Diagnostic::error("manifest/patch", object.place(), message).severity(Severity::Note).help(said!(
        "check what comes out: `kustomize build DIR | epure check -`",
        "vérifiez ce qui en sort : `kustomize build DIR | epure check -`"
    ))
}

/// Keys that stand twice in one mapping: Kubernetes and Compose take the last, or refuse.
fn duplicates(node: &Node, said: &mut Vec<Diagnostic>) {
    match &node.kind {
        Kind::Map(entries) => {
            let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
            for entry in entries {
                if entry.key == "<<" {
                    continue;
                }
                if let Some(first) = seen.insert(&entry.key, entry.key_span) {
                    // The places of a repeated alias are those of its anchor: one mistake.
                    if said.last().is_some_and(|last: &Diagnostic| last.primary.span == entry.key_span) {
                        continue;
                    }
                    let key = shorten(&entry.key);
                    said.push(
                        Diagnostic::error(
                            "schema/duplicate-key",
                            entry.key_span,
                            said!("`{key}` stands here twice", "`{key}` est écrit deux fois"),
                        )
                        .also(first, said!("first here", "une première fois ici"))
                        .help(said!("keep one of the two", "gardez l’un des deux")),
                    );
                }
                duplicates(&entry.value, said);
            }
        }
        Kind::List(items) => items.iter().for_each(|item| duplicates(item, said)),
        Kind::Scalar { .. } => {}
    }
}

/// Enough of a key to recognise it.
fn shorten(key: &str) -> String {
    if key.chars().count() <= 60 { key.to_owned() } else { key.chars().take(59).chain(['…']).collect() }
}
