//! What a document is, told by what stands in it and never by the name of its file.

use crate::said;
use crate::source::{Kind, Node, Said};

/// What another tool's document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// One or several Kubernetes objects.
    Kubernetes,
    /// What kustomize builds objects from.
    Kustomization,
    /// The description of a Helm chart.
    Chart,
    /// A Compose project.
    Compose,
    /// The workloads of Eclipse Ankaios.
    Ankaios,
}

impl Form {
    /// What it is called.
    pub fn title(self) -> Said {
        match self {
            Form::Kubernetes => said!("a Kubernetes object", "un objet Kubernetes"),
            Form::Kustomization => said!("a kustomization", "une kustomization"),
            Form::Chart => said!("a Helm chart", "un chart Helm"),
            Form::Compose => said!("a Compose file", "un fichier Compose"),
            Form::Ankaios => said!("an Ankaios state", "un état Ankaios"),
        }
    }
}

/// What a document is; `None` where it is none of these.
pub fn form(root: &Node) -> Option<Form> {
    let text = |key: &str| root.get(key).and_then(Node::scalar).filter(|text| !text.is_empty());
    let version = text("apiVersion");
    if let Some(kind) = text("kind") {
        let kustomize = version.is_some_and(|version| version.starts_with("kustomize.config.k8s.io"));
        if kustomize || (kind == "Kustomization" && version.is_none()) {
            return Some(Form::Kustomization);
        }
        // A patch may leave the version out; a word in lower case is no kind of Kubernetes'.
        let proper = kind.starts_with(|first: char| first.is_ascii_uppercase());
        let body = ["metadata", "spec", "data", "items", "rules"].iter().any(|key| root.get(key).is_some());
        return (version.is_some() || (proper && body)).then_some(Form::Kubernetes);
    }
    let maps = |key: &str| root.get(key).is_some_and(|node| matches!(node.kind, Kind::Map(_)));
    if maps("workloads") && (version.is_some() || text("formatVersion").is_some() || is_ankaios(root)) {
        return Some(Form::Ankaios);
    }
    if root.get("desiredState").and_then(|state| state.get("workloads")).is_some() {
        return Some(Form::Ankaios);
    }
    if version.is_some() && text("name").is_some() && text("version").is_some() {
        return Some(Form::Chart);
    }
    if let Some(services) = root.get("services")
        && services.entries().iter().all(|entry| entry.value.is_null() || matches!(entry.value.kind, Kind::Map(_)))
        && services.entries().iter().any(|entry| COMPOSE.iter().any(|key| entry.value.get(key).is_some()))
    {
        return Some(Form::Compose);
    }
    let lists = |key: &str| root.get(key).is_some_and(|node| matches!(node.kind, Kind::List(_)));
    let kustomizes = ["patchesStrategicMerge", "patchesJson6902", "configMapGenerator", "bases", "namePrefix"];
    if lists("resources") && (root.entries().len() == 1 || kustomizes.iter().any(|key| root.get(key).is_some()))
        || lists("patchesStrategicMerge")
        || lists("configMapGenerator")
    {
        return Some(Form::Kustomization);
    }
    // The first Compose files had no `services`: every key was one.
    let entries = root.entries();
    let service = |node: &Node| ["image", "build"].iter().any(|key| node.get(key).is_some());
    let known = entries.iter().all(|entry| matches!(entry.value.kind, Kind::Map(_)) && service(&entry.value));
    (!entries.is_empty() && known).then_some(Form::Compose)
}

/// Keys of which a Compose service has at least one.
const COMPOSE: [&str; 12] = [
    "image",
    "build",
    "extends",
    "command",
    "ports",
    "volumes",
    "environment",
    "deploy",
    "depends_on",
    "networks",
    "env_file",
    "profiles",
];

fn is_ankaios(root: &Node) -> bool {
    let workloads = root.get("workloads").map(Node::entries).unwrap_or_default();
    workloads.iter().any(|entry| entry.value.get("runtime").is_some() || entry.value.get("runtimeConfig").is_some())
}
