//! One Kubernetes object: its identity, and the parts that several kinds share.

use super::container::Container;
use crate::source::{FileId, Node, Span};

/// A Kubernetes object as it stands in a file.
#[derive(Debug, Clone)]
pub struct Object {
    /// `Deployment`.
    pub kind: String,
    /// `apps/v1`; empty where a patch leaves it out.
    pub api_version: String,
    /// The namespace, where it is said.
    pub namespace: Option<String>,
    /// The name; what `generateName` starts with where that is all there is.
    pub name: String,
    /// The file.
    pub file: FileId,
    /// Its tree.
    pub root: Node,
    /// Whether it is only a part of an object: a patch.
    pub partial: bool,
}

impl Object {
    /// The object that a tree is.
    pub fn new(root: Node) -> Object {
        let text = |node: Option<&Node>| node.and_then(Node::scalar).unwrap_or("").to_owned();
        let metadata = root.get("metadata");
        let within = |key: &str| text(metadata.and_then(|metadata| metadata.get(key)));
        let mut name = within("name");
        if name.is_empty() {
            name = within("generateName").trim_end_matches('-').to_owned();
        }
        let namespace = Some(within("namespace")).filter(|text| !text.is_empty());
        Object {
            kind: text(root.get("kind")),
            api_version: text(root.get("apiVersion")),
            namespace,
            name,
            file: root.span.file,
            root,
            partial: false,
        }
    }

    /// The value at a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(&self.root, |node, key| node.get(key))
    }

    /// The text at a path of keys.
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        self.at(path)?.scalar()
    }

    /// Where the object is named, or where it starts.
    pub fn place(&self) -> Span {
        let named = self.at(&["metadata", "name"]).or_else(|| self.at(&["metadata", "generateName"]));
        named.map_or_else(|| self.start(), |node| node.span)
    }

    /// Where its first key stands.
    pub fn start(&self) -> Span {
        self.root.entries().first().map_or(self.root.span, |entry| entry.key_span)
    }

    /// Its namespace; `default` where none is said.
    pub fn namespace(&self) -> &str {
        self.namespace.as_deref().unwrap_or("default")
    }

    /// Its group: `apps` of `apps/v1`, nothing for the core.
    pub fn group(&self) -> &str {
        self.api_version.rsplit_once('/').map_or("", |(group, _)| group)
    }

    /// The template of its pods: metadata and specification.
    pub fn template(&self) -> Option<&Node> {
        match self.kind.as_str() {
            "Pod" => Some(&self.root),
            "CronJob" | "ScheduledJob" => self.at(&["spec", "jobTemplate", "spec", "template"]),
            "Deployment"
            | "StatefulSet"
            | "DaemonSet"
            | "ReplicaSet"
            | "ReplicationController"
            | "Job"
            | "DeploymentConfig" => self.at(&["spec", "template"]),
            // What somebody else's controller runs pods from has the same shape.
            _ => self.at(&["spec", "template"]).filter(|template| {
                let spec = template.get("spec");
                let containers = spec.and_then(|spec| spec.get("containers")).map(Node::items).unwrap_or_default();
                containers.iter().any(|container| container.get("image").is_some())
            }),
        }
    }

    /// The specification of its pods.
    pub fn pod(&self) -> Option<&Node> {
        self.template()?.get("spec")
    }

    /// Whether it runs pods.
    pub fn runs_pods(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "Pod"
                | "CronJob"
                | "ScheduledJob"
                | "Deployment"
                | "StatefulSet"
                | "DaemonSet"
                | "ReplicaSet"
                | "ReplicationController"
                | "Job"
                | "DeploymentConfig"
        ) || self.template().is_some()
    }

    /// The labels of its pods.
    pub fn pod_labels(&self) -> Vec<(&str, &str)> {
        labels(self.template().and_then(|template| template.get("metadata")))
    }

    /// Its own labels.
    pub fn labels(&self) -> Vec<(&str, &str)> {
        labels(self.root.get("metadata"))
    }

    /// An annotation.
    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.at(&["metadata", "annotations", key])?.scalar()
    }

    /// The containers of its pods, those that only prepare left out.
    pub fn containers(&self) -> Vec<Container<'_>> {
        self.listed("containers", false)
    }

    /// The containers that prepare its pods.
    pub fn init_containers(&self) -> Vec<Container<'_>> {
        self.listed("initContainers", true)
    }

    fn listed(&self, key: &str, prepares: bool) -> Vec<Container<'_>> {
        let items = self.pod().and_then(|pod| pod.get(key)).map(Node::items).unwrap_or_default();
        items.iter().filter(|node| !node.entries().is_empty()).map(|node| Container { node, prepares }).collect()
    }

    /// How many pods are wanted, where it says so as a number.
    pub fn replicas(&self) -> Option<u32> {
        self.text(&["spec", "replicas"])?.parse().ok()
    }

    /// Whether its pods run to an end.
    pub fn ends(&self) -> bool {
        matches!(self.kind.as_str(), "Job" | "CronJob" | "ScheduledJob")
    }

    /// The controller that made it, by kind and name.
    pub fn owner(&self) -> Option<(&str, &str)> {
        let owners = self.at(&["metadata", "ownerReferences"]).map(Node::items).unwrap_or_default();
        let controls = |node: &&Node| node.get("controller").and_then(Node::scalar) == Some("true");
        let owner = owners.iter().find(controls).or_else(|| owners.first())?;
        Some((owner.get("kind")?.scalar()?, owner.get("name")?.scalar()?))
    }

    /// What it is called among all objects: `deployment/frontend`, the namespace before the name where it is said.
    pub fn label(&self) -> String {
        let kind = self.kind.to_lowercase();
        match &self.namespace {
            Some(namespace) => format!("{kind}/{namespace}/{}", self.name),
            None => format!("{kind}/{}", self.name),
        }
    }
}

/// The labels under a `metadata`.
fn labels(metadata: Option<&Node>) -> Vec<(&str, &str)> {
    let entries = metadata.and_then(|metadata| metadata.get("labels")).map(Node::entries).unwrap_or_default();
    entries.iter().filter_map(|entry| Some((entry.key.as_str(), entry.value.scalar()?))).collect()
}
