//! `manifests:` of a design: components that run from files of the workspace take their facts from there.
//!
//! The file is the truth for what it carries: its value, at its place, takes the place of what the design
//! says, and where both say something and not the same that is kept as a [`Drift`].

use std::collections::BTreeMap;

use super::design::{REDACTED, draft};
use super::gather::{gather, join};
use super::names::kebab;
use super::pieces::list;
use super::{Form, Stray, secrets};
use crate::design::quantity::{MEASURES, read};
use crate::said;
use crate::source::{Diagnostic, Entry, Kind, Node, Said, Sources, Span, nearest};

/// What of a component no manifest tells: what it is, and what a drawn-up design assumes around it.
const OWN: [&str; 4] = ["kind", "product", "runs_on", "namespace"];

/// Blocks that say one thing together, so that half of one and half of another say nothing.
const WHOLE: [&str; 4] = ["startup", "readiness", "liveness", "disruption_budget"];

/// The longest value that is repeated in a message.
const SHORT: usize = 60;

/// A component that a manifest was found for.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The component.
    pub component: String,
    /// What the design says otherwise.
    pub drifts: Vec<Drift>,
}

/// A fact that the design and the manifest state differently.
#[derive(Debug, Clone)]
pub struct Drift {
    /// The address within the design.
    pub path: String,
    /// What the design says and what the manifest says, where both are short and neither is secret.
    pub values: Option<(String, String)>,
    /// Where the design says it.
    pub stated: Span,
    /// Where the manifest does.
    pub runs: Span,
}

/// A component as a manifest tells it.
#[derive(Debug, Clone)]
struct Told {
    name: String,
    root: Node,
}

/// Reads each place that designs name once.
#[derive(Debug)]
pub struct Binder<'a> {
    strays: &'a [Stray],
    read: BTreeMap<String, Vec<Told>>,
}

impl<'a> Binder<'a> {
    /// Over the other tools' documents of a workspace.
    pub fn new(strays: &'a [Stray]) -> Binder<'a> {
        Binder { strays, read: BTreeMap::new() }
    }

    /// Puts what the manifests of a design say into its tree.
    pub fn bind(&mut self, root: &mut Node, sources: &mut Sources) -> (Vec<Bound>, Vec<Diagnostic>) {
        let (mut bound, mut said) = (Vec::new(), Vec::new());
        let bindings: Vec<Entry> = root.get("manifests").map(Node::entries).unwrap_or_default().to_vec();
        for binding in bindings {
            let component = &binding.key;
            let Some(from) = binding.value.get("from").filter(|node| node.scalar().is_some()) else { continue };
            let told = match self.told(from, sources) {
                Ok(told) => told,
                Err(diagnostic) => {
                    said.push(*diagnostic);
                    continue;
                }
            };
            let object = binding.value.get("object").filter(|node| node.scalar().is_some());
            match choose(&told, component, object, from) {
                Ok(told) => {
                    if let Some(drifts) = supply(root, component, &told.root, sources) {
                        bound.push(Bound { component: component.clone(), drifts });
                    }
                }
                Err(diagnostic) => said.push(*diagnostic),
            }
        }
        (bound, said)
    }

    /// The components that the files at a path tell of.
    fn told(&mut self, from: &Node, sources: &Sources) -> Result<Vec<Told>, Box<Diagnostic>> {
        let written = from.scalar().unwrap_or("");
        let path = join("", written);
        if written.starts_with('/') || path.split('/').any(|part| part == "..") {
            return Err(Box::new(
                Diagnostic::error(
                    "manifest/outside",
                    from.span,
                    said!("`{written}` leads out of the workspace", "`{written}` sort de l’espace de travail"),
                )
                .help(said!(
                    "name a file below the folder of `epure.yaml`",
                    "nommez un fichier sous le dossier d’`epure.yaml`"
                )),
            ));
        }
        if !self.read.contains_key(&path) {
            let below = format!("{path}/");
            let inside = |stray: &&Stray| {
                let file = &sources.file(stray.file).path;
                path.is_empty() || *file == path || file.starts_with(&below)
            };
            let kept = |stray: &&Stray| !matches!(stray.form, Form::Chart | Form::Kustomization);
            let chosen: Vec<Stray> = self.strays.iter().filter(inside).filter(kept).cloned().collect();
            let (units, _) = gather(chosen, sources);
            let drafts = units.iter().filter_map(draft);
            let components = drafts.flat_map(|draft| match draft.root.get("components").map(|node| &node.kind) {
                Some(Kind::Map(entries)) => entries.clone(),
                _ => Vec::new(),
            });
            let runs = |entry: &Entry| entry.value.get("image").is_some() || entry.value.get("workload").is_some();
            let told = components.filter(runs).map(|entry| Told { name: entry.key, root: entry.value }).collect();
            self.read.insert(path.clone(), told);
        }
        match self.read.get(&path) {
            Some(told) if !told.is_empty() => Ok(told.clone()),
            _ => Err(Box::new(self.nothing(from, &path, sources))),
        }
    }

    fn nothing(&self, from: &Node, path: &str, sources: &Sources) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            "manifest/not-found",
            from.span,
            said!(
                "no manifest that runs something stands at `{path}`",
                "aucun manifeste ne fait tourner quoi que ce soit en `{path}`"
            ),
        );
        let files = self.strays.iter().map(|stray| sources.file(stray.file).path.as_str());
        match nearest(path, files) {
            Some(near) if near != path => {
                diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")).fix(from.span, near)
            }
            _ => diagnostic.help(said!(
                "paths start at the folder of `epure.yaml`; YAML and JSON files are read, hidden folders are not",
                "les chemins partent du dossier d’`epure.yaml` ; les fichiers YAML et JSON sont lus, les dossiers cachés non"
            )),
        }
    }
}

/// The component that a binding is about: the one that it names, else the one that is called as the
/// design's is, else the only one.
fn choose<'t>(
    told: &'t [Told],
    component: &str,
    object: Option<&Node>,
    from: &Node,
) -> Result<&'t Told, Box<Diagnostic>> {
    let wanted = object.and_then(Node::scalar).map_or_else(|| component.to_owned(), kebab);
    let mut named = told.iter().filter(|one| one.name == wanted);
    if let Some(found) = named.next() {
        return Ok(found);
    }
    if let ([only], None) = (told, object) {
        return Ok(only);
    }
    let names: Vec<String> = told.iter().map(|one| format!("`{}`", one.name)).collect();
    let path = from.scalar().unwrap_or("");
    let span = object.map_or(from.span, |node| node.span);
    let mut diagnostic = Diagnostic::error(
        "manifest/no-such-object",
        span,
        said!(
            "nothing that runs is called `{wanted}` in `{path}`",
            "rien de ce qui tourne ne s’appelle `{wanted}` dans `{path}`"
        ),
    );
    diagnostic = match nearest(&wanted, told.iter().map(|one| one.name.as_str())) {
        Some(near) => {
            let diagnostic = diagnostic.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"));
            if object.is_some() { diagnostic.fix(span, near) } else { diagnostic }
        }
        None => diagnostic.help(said!(
            "say which with `object:`: {names}",
            "dites lequel avec `object:` : {names}",
            names = Said::list(&names)
        )),
    };
    Err(Box::new(diagnostic))
}

/// Puts what a manifest says into a component; `None` where the design has no such component, which is
/// said where the binding names it.
fn supply(root: &mut Node, component: &str, told: &Node, sources: &mut Sources) -> Option<Vec<Drift>> {
    let extends = root.get("extends").is_some();
    let held = held(root);
    let mut told = told.clone();
    entries(&mut told)?.retain(|entry| !OWN.contains(&entry.key.as_str()));
    let own = root.at(["components", component]);
    // Compose counts members where a cluster counts replicas.
    if own.is_some_and(|own| own.get("replicas").is_some()) {
        for entry in entries(&mut told)?.iter_mut().filter(|entry| entry.key == "members") {
            entry.key = "replicas".to_owned();
        }
    }
    let place = told.span;
    let cluster = own.and_then(|own| own.get("runs_on")).and_then(Node::scalar).map(str::to_owned);
    hold(root, cluster.as_deref(), &held, &mut told);
    if !extends {
        root.at(["components", component])?;
    }
    let components = child(root, "components", place)?;
    let own = child(components, component, place)?;
    let mut drifts = Vec::new();
    over(own, &told, &format!("components.{component}"), &mut drifts, sources);
    Some(drifts)
}

/// The secrets that a design says somebody holds.
fn held(root: &Node) -> Vec<String> {
    let holders = ["clusters", "components"].into_iter().filter_map(|block| root.get(block)).flat_map(Node::entries);
    let names = holders.filter_map(|entry| entry.value.get("holds")).flat_map(Node::items).filter_map(Node::scalar);
    names.map(str::to_owned).collect()
}

/// A Secret that a manifest refers to lies in the cluster that the component runs on, whether or not
/// the design says so; where there is no such cluster the reference is left out.
fn hold(root: &mut Node, cluster: Option<&str>, held: &[String], told: &mut Node) {
    let mut missing: Vec<Node> = Vec::new();
    let holder = cluster.filter(|name| root.at(["clusters", name]).is_some()).map(str::to_owned);
    let Some(blocks) = entries(told) else { return };
    for block in blocks.iter_mut().filter(|entry| entry.key.ends_with("_from_secrets")) {
        let Some(references) = entries(&mut block.value) else { continue };
        references.retain(|reference| {
            let Some(secret) = reference.value.get("secret") else { return false };
            let name = secret.scalar().unwrap_or("");
            let known = held.iter().any(|held| held == name);
            if !known && holder.is_some() && !missing.iter().any(|other| other.scalar() == Some(name)) {
                missing.push(secret.clone());
            }
            known || holder.is_some()
        });
    }
    blocks.retain(|entry| !entry.key.ends_with("_from_secrets") || !entry.value.entries().is_empty());
    let Some(first) = missing.first().map(|node| node.span) else { return };
    let Some(holder) = holder else { return };
    let Some(block) = child(root, "clusters", first).and_then(|node| child(node, &holder, first)) else { return };
    let Some(block) = entries(block) else { return };
    match block.iter_mut().find(|entry| entry.key == "holds") {
        Some(Entry { value: Node { kind: Kind::List(items), .. }, .. }) => items.extend(missing),
        Some(_) => {}
        None => block.push(Entry { key: "holds".to_owned(), key_span: first, value: list(first, missing) }),
    }
}

fn entries(node: &mut Node) -> Option<&mut Vec<Entry>> {
    match &mut node.kind {
        Kind::Map(entries) => Some(entries),
        _ => None,
    }
}

/// The mapping under a key, made where there is none.
fn child<'n>(node: &'n mut Node, key: &str, place: Span) -> Option<&'n mut Node> {
    let entries = entries(node)?;
    let at = match entries.iter().position(|entry| entry.key == key) {
        Some(at) => at,
        None => {
            let value = Node { span: place, kind: Kind::Map(Vec::new()) };
            entries.push(Entry { key: key.to_owned(), key_span: place, value });
            entries.len() - 1
        }
    };
    entries.get_mut(at).map(|entry| &mut entry.value)
}

/// Lays what a manifest says over what the design says.
fn over(own: &mut Node, told: &Node, path: &str, drifts: &mut Vec<Drift>, sources: &mut Sources) {
    let Some(mine) = entries(own) else { return };
    for entry in told.entries() {
        let path = format!("{path}.{}", entry.key);
        let Some(at) = mine.iter().position(|other| other.key == entry.key) else {
            mine.push(entry.clone());
            continue;
        };
        let stated = &mut mine[at];
        let maps = matches!((&stated.value.kind, &entry.value.kind), (Kind::Map(_), Kind::Map(_)));
        if maps && !WHOLE.contains(&entry.key.as_str()) {
            over(&mut stated.value, &entry.value, &path, drifts, sources);
            continue;
        }
        // A secret value is neither compared nor repeated: what the design says of it stays to be reported.
        if entry.value.scalar() == Some(REDACTED) {
            continue;
        }
        if maps {
            let before = drifts.len();
            let mut compared = stated.value.clone();
            over(&mut compared, &entry.value, &path, drifts, sources);
            let both = |inner: &Entry| entry.value.get(&inner.key).is_some();
            if drifts.len() == before && !stated.value.entries().iter().any(both) {
                drifts.push(Drift { path, values: None, stated: stated.key_span, runs: entry.key_span });
            }
        } else if let Some(drift) = differs(&stated.value, entry, &path, sources) {
            drifts.push(drift);
        }
        *stated = entry.clone();
    }
}

/// How two values of one fact differ, if they do.
fn differs(stated: &Node, told: &Entry, path: &str, sources: &mut Sources) -> Option<Drift> {
    let verbatim = path.contains(".env.");
    let same = match (stated.scalar(), told.value.scalar()) {
        (Some(one), Some(other)) => one == other || (!verbatim && same_quantity(one, other)),
        _ => {
            let words = |node: &Node| -> Vec<String> {
                node.items().iter().filter_map(Node::scalar).map(str::to_owned).collect()
            };
            let (one, other) = (words(stated), words(&told.value));
            !one.is_empty() && one == other
        }
    };
    if same {
        return None;
    }
    let values = stated.scalar().zip(told.value.scalar()).map(|(one, other)| (one.to_owned(), other.to_owned()));
    let secret = |value: &str| secrets::because(&told.key, value).is_some() || secrets::in_text(value);
    let hidden = values.as_ref().is_some_and(|(one, other)| secret(one) || secret(other));
    if hidden {
        // The value leaves the design with this, and whoever hides credentials would not find it any more.
        sources.hide(stated.span);
    }
    let values = values.filter(|(one, other)| {
        !hidden && one.len().max(other.len()) <= SHORT && !one.contains('\n') && !other.contains('\n')
    });
    Some(Drift { path: path.to_owned(), values, stated: stated.span, runs: told.value.span })
}

/// Whether two texts are the same quantity: `512Mi` and `512 MiB`, `1` and `1000m`.
fn same_quantity(one: &str, other: &str) -> bool {
    let value = |measure, text: &str| {
        read(measure, text).ok().map(|(number, unit)| number * unit.map_or(1.0, |unit| unit.factor))
    };
    MEASURES.iter().any(|measure| match (value(measure, one), value(measure, other)) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(other.abs()),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::same_quantity;

    #[test]
    fn quantities_are_compared_by_what_they_mean() {
        assert!(same_quantity("512Mi", "512 MiB") && same_quantity("1", "1000m") && same_quantity("30s", "30 s"));
        assert!(!same_quantity("512Mi", "512 MB") && !same_quantity("2", "3") && !same_quantity("web", "shop"));
    }
}
