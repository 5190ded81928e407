//! A unit: objects that could all be in one cluster, or one Compose project.
//!
//! No two objects of a cluster share kind, namespace and name. So the units of a folder are its
//! largest sub-folders in which no two workloads or Services do: where a name comes twice, these are
//! variants, environments or examples, and references do not lead from one into the other.

use std::collections::{BTreeMap, BTreeSet};

use super::compose::Project;
use super::gather::folder;
use super::live::{self, Apart};
use super::names::{kebab, unique};
use super::state::State;
use super::{Form, Links, Object};
use crate::source::{Sources, Span};

/// Objects, or a project, that are judged together.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its name as a design: unique in a run.
    pub name: String,
    /// The folder that holds all of it.
    pub folder: String,
    /// What it is written for.
    pub form: Form,
    /// Every whole object, of whatever kind.
    pub objects: Vec<Object>,
    /// What runs pods.
    pub workloads: Vec<Workload>,
    /// What refers to what.
    pub links: Links,
    /// What the cluster itself runs, set apart.
    pub apart: Apart,
    /// The Compose project, where it is one.
    pub project: Option<Project>,
    /// The Ankaios state, where it is one.
    pub state: Option<State>,
}

/// An object that runs pods, under the name of its component.
#[derive(Debug, Clone)]
pub struct Workload {
    /// Which of the unit's objects.
    pub object: usize,
    /// The component's name.
    pub component: String,
    /// How many pods stand for it where its own object is not there: pods whose owner is unknown.
    pub found: Option<u32>,
}

impl Unit {
    /// The object of a workload.
    pub fn object(&self, workload: &Workload) -> &Object {
        &self.objects[workload.object]
    }

    /// Every object of a kind.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (usize, &'a Object)> + 'a {
        self.objects.iter().enumerate().filter(move |(_, object)| object.kind == kind)
    }

    /// Where it starts.
    pub fn start(&self) -> Option<Span> {
        let object = self.objects.first().map(Object::start);
        object
            .or_else(|| self.project.as_ref().map(|project| project.root.span))
            .or_else(|| self.state.as_ref().map(|state| state.root.span))
    }
}

/// What identifies an object of a cluster.
type Identity = (String, String, String);

fn identity(object: &Object) -> Option<Identity> {
    let counts =
        (object.runs_pods() || object.kind == "Service") && !object.name.is_empty() && object.owner().is_none();
    counts.then(|| (object.kind.clone(), object.namespace().to_owned(), object.name.clone()))
}

/// The units of everything that was read, in the order of their folders.
pub fn units(objects: Vec<Object>, projects: Vec<Project>, states: Vec<State>, sources: &Sources) -> Vec<Unit> {
    let mut by_folder: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, object) in objects.iter().enumerate() {
        if !object.partial {
            by_folder.entry(folder(sources, object.file)).or_default().push(i);
        }
    }
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let tree = Tree::new(&by_folder);
    let top = tree.merge("", &objects, sources, &mut groups);
    groups.extend(top.map(|(group, _)| group));
    groups.retain(|(_, members)| !members.is_empty());
    groups.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut taken = BTreeMap::new();
    let mut pool: Vec<Option<Object>> = objects.into_iter().map(Some).collect();
    let mut units: Vec<Unit> = Vec::new();
    for (path, mut members) in groups {
        members.sort_unstable();
        let own: Vec<Object> = members.into_iter().filter_map(|i| pool[i].take()).collect();
        let name = unique(&named(&path), &mut taken);
        units.push(kubernetes(name, path, own));
    }
    for project in projects {
        let path = sources.file(project.root.span.file).path.clone();
        let name = project
            .name
            .clone()
            .unwrap_or_else(|| named(path.rsplit_once('/').map_or("compose", |(folder, _)| folder)));
        let name = unique(&kebab(&name), &mut taken);
        units.push(bare(name, path, Form::Compose, Some(project), None));
    }
    for state in states {
        let path = sources.file(state.root.span.file).path.clone();
        let name = unique(&named(path.rsplit_once('/').map_or("ankaios", |(folder, _)| folder)), &mut taken);
        units.push(bare(name, path, Form::Ankaios, None, Some(state)));
    }
    units
}

/// A unit's name: the last parts of its folder that tell something.
fn named(path: &str) -> String {
    let dull = ["", ".", "..", "base", "k8s", "kubernetes", "manifests", "deploy", "kustomize", "yaml"];
    let file = path.rsplit('/').next().filter(|name| name.contains('.') && *name != "." && *name != "..");
    let parts: Vec<&str> = path.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
    let at = parts.iter().rposition(|part| !dull.contains(part)).unwrap_or(parts.len().saturating_sub(1));
    let name = match file {
        Some(file) => file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned(),
        None => parts.get(at..).unwrap_or_default().join("-"),
    };
    kebab(if name.is_empty() { "manifests" } else { &name })
}

fn bare(name: String, folder: String, form: Form, project: Option<Project>, state: Option<State>) -> Unit {
    let (links, apart) = (Links::default(), Apart::default());
    Unit { name, folder, form, objects: Vec::new(), workloads: Vec::new(), links, apart, project, state }
}

/// The unit of some objects; what another of them owns is folded into its owner.
fn kubernetes(name: String, folder: String, objects: Vec<Object>) -> Unit {
    let mut unit = bare(name, folder, Form::Kubernetes, None, None);
    (unit.objects, unit.apart) = live::deployed(objects);
    let present: BTreeSet<(String, String, String)> = unit
        .objects
        .iter()
        .map(|object| (object.kind.clone(), object.namespace().to_owned(), object.name.clone()))
        .collect();
    let mut taken = BTreeMap::new();
    let mut orphans: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (i, object) in unit.objects.iter().enumerate() {
        if !object.runs_pods() || object.kind == "PodTemplate" {
            continue;
        }
        let mut component = kebab(&object.name);
        if let Some((kind, owner)) = object.owner() {
            let namespace = object.namespace().to_owned();
            // A ReplicaSet is named after its Deployment, with the hash of its template.
            let above = owner.rsplit_once('-').map_or(owner, |(start, _)| start).to_owned();
            let known = present.contains(&(kind.to_owned(), namespace.clone(), owner.to_owned()))
                || (kind == "ReplicaSet"
                    && present.contains(&("Deployment".to_owned(), namespace.clone(), above.clone())))
                || (kind == "Job" && present.contains(&("CronJob".to_owned(), namespace.clone(), above.clone())));
            if known
                || !matches!(
                    kind,
                    "ReplicaSet"
                        | "Deployment"
                        | "StatefulSet"
                        | "DaemonSet"
                        | "Job"
                        | "CronJob"
                        | "ReplicationController"
                        | "Node"
                )
            {
                if known {
                    continue;
                }
            } else if kind != "Node" {
                // The owner is not in the dump: its first pod stands for it.
                match orphans.get(&(namespace.clone(), owner.to_owned())) {
                    Some(first) => {
                        let first: &mut Workload = &mut unit.workloads[*first];
                        first.found = first.found.map(|found| found + 1);
                        continue;
                    }
                    None => drop(orphans.insert((namespace, owner.to_owned()), unit.workloads.len())),
                }
                component = kebab(if kind == "ReplicaSet" { &above } else { owner });
                let component = unique(&component, &mut taken);
                unit.workloads.push(Workload { object: i, component, found: Some(1) });
                continue;
            }
        }
        let component = unique(&component, &mut taken);
        unit.workloads.push(Workload { object: i, component, found: None });
    }
    unit.links = Links::of(&unit);
    unit
}

/// The folders as a tree.
struct Tree<'a> {
    own: &'a BTreeMap<String, Vec<usize>>,
    children: BTreeMap<String, BTreeSet<String>>,
}

/// A group of objects with the folder that holds it, and who is in it.
type Merged = ((String, Vec<usize>), BTreeSet<Identity>);

impl<'a> Tree<'a> {
    fn new(own: &'a BTreeMap<String, Vec<usize>>) -> Tree<'a> {
        let mut children: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for path in own.keys() {
            let mut at = path.as_str();
            while !at.is_empty() {
                let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
                children.entry(parent.to_owned()).or_default().insert(at.to_owned());
                at = parent;
            }
        }
        for set in children.values_mut() {
            set.remove("");
        }
        Tree { own, children }
    }

    /// One group of everything under a folder, where that can be one cluster; else `None`, its
    /// parts having been put among the finished groups.
    fn merge(
        &self,
        folder: &str,
        objects: &[Object],
        sources: &Sources,
        done: &mut Vec<(String, Vec<usize>)>,
    ) -> Option<Merged> {
        let mut parts: Vec<Merged> = Vec::new();
        let mut whole = true;
        for child in self.children.get(folder).into_iter().flatten() {
            match self.merge(child, objects, sources, done) {
                Some(part) => parts.push(part),
                None => whole = false,
            }
        }
        if let Some(own) = self.own.get(folder) {
            match joined(folder, own, objects) {
                Some(part) => parts.push(part),
                None => {
                    whole = false;
                    done.extend(by_file(own, objects, sources));
                }
            }
        }
        if whole {
            let mut members = Vec::new();
            let mut all = BTreeSet::new();
            let mut clash = false;
            for ((_, part), identities) in &parts {
                clash |= identities.iter().any(|identity| !all.insert(identity.clone()));
                members.extend(part);
            }
            if !clash {
                // A folder with a single part is named after the part.
                let path = if let [((path, _), _)] = parts.as_slice() { path.clone() } else { folder.to_owned() };
                return Some(((path, members), all));
            }
        }
        done.extend(parts.into_iter().map(|(group, _)| group));
        None
    }
}

fn joined(folder: &str, own: &[usize], objects: &[Object]) -> Option<Merged> {
    let mut all = BTreeSet::new();
    for i in own {
        // A name that stands twice in one file is a mistake there, not another cluster.
        if let Some(identity) = identity(&objects[*i])
            && !all.insert(identity.clone())
            && !own.iter().any(|j| {
                j < i
                    && objects[*j].file == objects[*i].file
                    && self::identity(&objects[*j]).as_ref() == Some(&identity)
            })
        {
            return None;
        }
    }
    Some(((folder.to_owned(), own.to_vec()), all))
}

fn by_file(own: &[usize], objects: &[Object], sources: &Sources) -> Vec<(String, Vec<usize>)> {
    let mut files: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in own {
        files.entry(sources.file(objects[*i].file).path.clone()).or_default().push(*i);
    }
    files.into_iter().collect()
}
