//! What a cluster's dump holds that nobody deployed: what the cluster itself runs, and what no longer runs.

use std::collections::BTreeMap;

use super::Object;
use crate::said;
use crate::source::{Diagnostic, Node, Said, Severity, Span};

/// What was set apart of a dump.
#[derive(Debug, Clone, Default)]
pub struct Apart {
    /// How many workloads of each namespace are the cluster's own.
    pub system: BTreeMap<String, usize>,
    /// Where the first of them stands.
    pub place: Option<Span>,
}

/// The namespaces that Kubernetes and its distributions keep for themselves.
fn is_system(namespace: &str) -> bool {
    matches!(namespace, "kube-system" | "kube-public" | "kube-node-lease" | "gmp-system" | "openshift")
        || namespace.starts_with("openshift-")
        || namespace.starts_with("gke-managed-")
}

/// Whether a server wrote an object down, and not only somebody who wants it: what a file puts into
/// `kube-system` is judged as anything else.
fn is_live(object: &Object) -> bool {
    object.at(&["metadata", "uid"]).is_some()
}

/// Whether a pod has come to its end: done, failed or evicted.
fn has_ended(object: &Object) -> bool {
    object.kind == "Pod" && matches!(object.text(&["status", "phase"]), Some("Succeeded" | "Failed"))
}

/// Whether a pod is one that a kubelet starts from a file: a part of the control plane.
fn is_static(object: &Object) -> bool {
    let mirrors = object.annotation("kubernetes.io/config.mirror").is_some();
    object.kind == "Pod" && (mirrors || object.owner().is_some_and(|(kind, _)| kind == "Node"))
}

/// What somebody deployed, of the objects of a dump; all where the dump holds nothing else, for then it is
/// the cluster's own that was asked about.
pub fn deployed(objects: Vec<Object>) -> (Vec<Object>, Apart) {
    let mut apart = Apart::default();
    let own = |object: &Object| is_static(object) || (is_live(object) && is_system(object.namespace()));
    let theirs = |object: &Object| object.runs_pods() && !own(object) && !has_ended(object);
    if !objects.iter().any(theirs) {
        return (objects, apart);
    }
    let mut kept = Vec::new();
    for object in objects {
        if has_ended(&object) {
            continue;
        }
        if !own(&object) {
            kept.push(object);
            continue;
        }
        // What another of them owns is counted with its owner.
        if object.runs_pods() && (is_static(&object) || object.owner().is_none()) {
            *apart.system.entry(object.namespace().to_owned()).or_insert(0) += 1;
            apart.place.get_or_insert(object.place());
        }
    }
    (kept, apart)
}

impl Apart {
    /// Which namespaces, with how many workloads, where there are any.
    pub fn told(&self) -> Option<Said> {
        if self.system.is_empty() {
            return None;
        }
        let names: Vec<String> = self.system.keys().map(|name| format!("`{name}`")).collect();
        let n: usize = self.system.values().sum();
        if n == 1 {
            return Some(said!(
                "1 workload of {names} is the cluster’s own, and not judged",
                "1 charge de {names} est propre au cluster, et n’est pas jugée",
                names = Said::list(&names)
            ));
        }
        Some(said!(
            "{n} workloads of {names} are the cluster’s own, and not judged",
            "{n} charges de {names} sont propres au cluster, et ne sont pas jugées",
            names = Said::list(&names),
            n = n
        ))
    }

    /// The same as a note at the first of them.
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let (message, place) = (self.told()?, self.place?);
        let name = self.system.keys().next()?;
        Some(Diagnostic::error("manifest/of-the-cluster", place, message).severity(Severity::Note).help(said!(
            "to have them judged, give them alone: `kubectl get deploy,ds,po -n {name} -o json | epure check -`",
            "pour les faire juger, donnez-les seules : `kubectl get deploy,ds,po -n {name} -o json | epure check -`"
        )))
    }
}

/// Whether a Node can be reached and takes pods.
pub fn is_ready(node: &Object) -> bool {
    let conditions = node.at(&["status", "conditions"]).map(Node::items).unwrap_or_default();
    let ready = conditions.iter().find(|one| one.get("type").and_then(Node::scalar) == Some("Ready"));
    ready.is_none_or(|one| one.get("status").and_then(Node::scalar) == Some("True"))
}

/// Whether a Node is a part of the control plane, and whether it keeps other pods away.
pub fn control_plane(node: &Object) -> Option<bool> {
    let roles = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];
    let labels = node.at(&["metadata", "labels"])?;
    roles.iter().find(|role| labels.get(role).is_some())?;
    let taints = node.at(&["spec", "taints"]).map(Node::items).unwrap_or_default();
    Some(taints.iter().any(|taint| {
        let is =
            |key: &str, words: &[&str]| taint.get(key).and_then(Node::scalar).is_some_and(|text| words.contains(&text));
        is("key", &roles) && is("effect", &["NoSchedule", "NoExecute"])
    }))
}
