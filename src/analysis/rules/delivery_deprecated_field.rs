//! `delivery/deprecated-field`

use crate::analysis::manifests::{address, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity, Span};

/// Objects use the names that Kubernetes has today.
pub static RULE: Rule = Rule {
    code: "delivery/deprecated-field",
    summary: words(
        "Objects use the names that Kubernetes has today",
        "Les objets utilisent les noms que Kubernetes emploie aujourd’hui",
    ),
    why: words(
        "An old name works until it does not: a selector of a label that nodes no longer carry leaves pods `Pending`, and a security profile in an annotation is accepted and no longer read.",
        "Un ancien nom marche jusqu’au jour où il ne marche plus : un sélecteur sur une étiquette que les nœuds ne portent plus laisse les pods `Pending`, et un profil de sécurité en annotation est accepté et n’est plus lu.",
    ),
    detects: words(
        "Names that Kubernetes replaced: `serviceAccount`, labels of nodes under `beta.kubernetes.io`, annotations of classes and profiles, `gitRepo` volumes.",
        "Les noms que Kubernetes a remplacés : `serviceAccount`, étiquettes de nœuds sous `beta.kubernetes.io`, annotations de classes et de profils, volumes `gitRepo`.",
    ),
    exceptions: words(
        "Some are still heeded (`serviceAccount`, the class of an Ingress in an annotation, the labels of systems and processors): the message says which are read no longer. What the API server fills in beside the new name is not judged.",
        "Certains sont encore suivis (`serviceAccount`, la classe d’un Ingress en annotation, les étiquettes de système et de processeur) : le message dit lesquels ne sont plus lus. Ce que l’API server remplit à côté du nouveau nom n’est pas jugé.",
    ),
    remedy: words("write the name that replaces it", "écrivez le nom qui le remplace"),
    sources: &[
        "Kubernetes documentation, Well-Known Labels, Annotations and Taints",
        "Kubernetes documentation, Deprecated API Migration Guide",
    ],
    severity: Severity::Note,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccount: web
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    passing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

/// Labels and annotations with what replaced them.
const OLD: [(&str, &str); 10] = [
    ("beta.kubernetes.io/os", "kubernetes.io/os"),
    ("beta.kubernetes.io/arch", "kubernetes.io/arch"),
    ("beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type"),
    ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
    ("node-role.kubernetes.io/master", "node-role.kubernetes.io/control-plane"),
    ("kubernetes.io/ingress.class", "spec.ingressClassName"),
    ("volume.beta.kubernetes.io/storage-class", "spec.storageClassName"),
    ("scheduler.alpha.kubernetes.io/critical-pod", "priorityClassName"),
    ("seccomp.security.alpha.kubernetes.io/pod", "securityContext.seccompProfile"),
];

/// Those of which nothing is left: Nodes lost the label with 1.24, the annotations of profiles went with
/// 1.27, those of critical pods with 1.16, and `gitRepo` is off since 1.33.
const DEAD: [&str; 4] = [
    "node-role.kubernetes.io/master",
    "scheduler.alpha.kubernetes.io/critical-pod",
    "seccomp.security.alpha.kubernetes.io/pod",
    "gitRepo",
];

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let Some(pod) = judged.pod() else { continue };
        let old = alias(pod).or_else(|| worded(&judged.object.root, false));
        verdicts.push(verdict(judged.path(), judged.name(), old));
    }
    for object in &unit.objects {
        if !object.runs_pods()
            && matches!(object.kind.as_str(), "Ingress" | "PersistentVolumeClaim" | "PersistentVolume")
        {
            verdicts.push(verdict(address(object), &object.name, worded(&object.root, false)));
        }
    }
    verdicts
}

fn verdict(path: String, name: &str, old: Option<(&str, Span, &str)>) -> Verdict {
    match old {
        None => Verdict::pass(path),
        Some((written, span, instead)) => {
            let message = if DEAD.contains(&written) {
                said!(
                    "`{name}` uses `{written}`, which is no longer read: it is `{instead}` today",
                    "`{name}` utilise `{written}`, qui n’est plus lu : c’est `{instead}` aujourd’hui"
                )
            } else {
                said!(
                    "`{name}` uses `{written}`, which is `{instead}` today",
                    "`{name}` utilise `{written}`, qui est `{instead}` aujourd’hui"
                )
            };
            Verdict::fail(path, message).place(span)
        }
    }
}

/// A field of a pod under its old name; a cluster's dump has both.
fn alias(pod: &Node) -> Option<(&str, Span, &'static str)> {
    if let Some(entry) = pod.entry("serviceAccount").filter(|_| pod.get("serviceAccountName").is_none()) {
        return Some(("serviceAccount", entry.key_span, "serviceAccountName"));
    }
    let volumes = pod.get("volumes").map(Node::items).unwrap_or_default();
    let cloned = volumes.iter().find_map(|volume| volume.entry("gitRepo"))?;
    Some(("gitRepo", cloned.key_span, "emptyDir"))
}

/// An old label or annotation anywhere that one is named: as a key of a selector or of annotations, or
/// as the word under `key` or `topologyKey`. What tolerates a taint names what nodes may still carry.
fn worded(node: &Node, names: bool) -> Option<(&str, Span, &'static str)> {
    let old = |word: &str| OLD.iter().find(|(old, _)| *old == word).map(|(_, instead)| *instead);
    for entry in node.entries() {
        let key = entry.key.as_str();
        if matches!(key, "status" | "managedFields" | "tolerations" | "containers" | "initContainers") {
            continue;
        }
        if let Some(instead) = old(key).filter(|_| names) {
            return Some((key, entry.key_span, instead));
        }
        if matches!(key, "key" | "topologyKey")
            && let Some(word) = entry.value.scalar()
            && let Some(instead) = old(word)
        {
            return Some((word, entry.value.span, instead));
        }
        let named = matches!(key, "annotations" | "nodeSelector" | "matchLabels");
        if let Some(found) = worded(&entry.value, named) {
            return Some(found);
        }
    }
    node.items().iter().find_map(|item| worded(item, false))
}
