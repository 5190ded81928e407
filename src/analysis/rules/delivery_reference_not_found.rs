//! `delivery/reference-not-found`

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::manifests::{Judged, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::{Object, Unit};
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Node, Said, Severity, Span};

/// What a pod takes from a ConfigMap, a Secret or a claim is there.
pub static RULE: Rule = Rule {
    code: "delivery/reference-not-found",
    summary: words(
        "What a pod takes from a ConfigMap, a Secret or a claim is there",
        "Ce qu’un pod prend dans un ConfigMap, un Secret ou une demande de volume existe",
    ),
    why: words(
        "The pod is not started: `CreateContainerConfigError` for a missing key, `FailedMount` or `Pending` for a missing object, from the next deployment or the next node that is lost.",
        "Le pod ne démarre pas : `CreateContainerConfigError` pour une clé absente, `FailedMount` ou `Pending` pour un objet absent, dès le prochain déploiement ou le prochain nœud perdu.",
    ),
    detects: words(
        "Keys and names that environments and volumes refer to, against the ConfigMaps, Secrets and PersistentVolumeClaims of the same namespace in these files. What is `optional` may be missing.",
        "Les clés et les noms auxquels se réfèrent environnements et volumes, comparés aux ConfigMaps, Secrets et PersistentVolumeClaims du même namespace dans ces fichiers. Ce qui est `optional` peut manquer.",
    ),
    exceptions: words(
        "A key that an object of these files lacks is certain. An object that is not in them may be made by a generator, an operator or by hand: noted for ConfigMaps and claims where the files hold others of the kind, not judged for Secrets, which do not belong into files; with `ask: always` all are judged.",
        "Une clé qui manque à un objet de ces fichiers est certaine. Un objet qui n’y est pas peut venir d’un générateur, d’un opérateur ou de la main : noté pour les ConfigMaps et demandes de volume si les fichiers en ont d’autres, non jugé pour les Secrets, qui n’ont pas leur place dans des fichiers ; avec `ask: always` tous sont jugés.",
    ),
    remedy: words(
        "add the key or the object, or mark the reference `optional: true`",
        "ajoutez la clé ou l’objet, ou marquez la référence `optional: true`",
    ),
    sources: &[
        "Kubernetes documentation, ConfigMaps, Using ConfigMaps as files from a Pod",
        "Kubernetes documentation, Configure a Pod to Use a ConfigMap, Restrictions",
    ],
    severity: Severity::Error,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.2
          env: [{name: LOG_LEVEL, valueFrom: {configMapKeyRef: {name: web, key: LOG}}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {LOG_LEVEL: info}
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
      containers:
        - name: web
          image: registry.example/web:1.4.2
          env: [{name: LOG_LEVEL, valueFrom: {configMapKeyRef: {name: web, key: LOG_LEVEL}}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data: {LOG_LEVEL: info}
",
    check,
};

/// A reference of a pod: the kind, the name, the key where one is wanted, and where it is said.
struct Reference<'a> {
    kind: &'static str,
    name: &'a str,
    key: Option<&'a str>,
    span: Span,
}

/// What a unit holds that can be referred to: a cluster has thousands of objects and of references.
struct Known<'a> {
    objects: BTreeMap<(&'a str, &'a str, &'a str), &'a Object>,
    /// The kinds and namespaces of which the files hold any.
    told: BTreeSet<(&'a str, &'a str)>,
    /// The Secrets that a controller makes, by namespace: under its own name or that of its target.
    made: BTreeSet<(&'a str, &'a str)>,
}

fn known(unit: &Unit) -> Known<'_> {
    let mut known = Known { objects: BTreeMap::new(), told: BTreeSet::new(), made: BTreeSet::new() };
    for object in &unit.objects {
        let (kind, space) = (object.kind.as_str(), object.namespace());
        match kind {
            "ConfigMap" | "Secret" | "PersistentVolumeClaim" => {
                known.objects.insert((kind, space, &object.name), object);
                known.told.insert((kind, space));
            }
            "SealedSecret" | "ExternalSecret" | "Certificate" => {
                let target = object.text(&["spec", "target", "name"]).or_else(|| object.text(&["spec", "secretName"]));
                known.made.extend([object.name.as_str()].into_iter().chain(target).map(|name| (space, name)));
            }
            _ => {}
        }
    }
    known
}

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let known = known(unit);
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let references = references(&judged);
        if references.is_empty() {
            continue;
        }
        let missing: Vec<(Said, Span, bool)> =
            references.iter().filter_map(|reference| missing(&judged, reference, &known, always)).collect();
        // What is certain is told before what may lie elsewhere.
        let first = missing.iter().find(|(_, _, certain)| *certain).or_else(|| missing.first());
        verdicts.push(match first {
            None => Verdict::pass(judged.path()),
            Some((message, span, certain)) => {
                let verdict = Verdict::fail(judged.path(), message.clone()).place(*span);
                if *certain || always { verdict } else { verdict.at_most(Severity::Note) }
            }
        });
    }
    verdicts
}

/// What is wrong with a reference, and whether that is certain.
fn missing(
    judged: &Judged<'_>,
    reference: &Reference<'_>,
    known: &Known<'_>,
    always: bool,
) -> Option<(Said, Span, bool)> {
    let Reference { kind, name, key, span } = *reference;
    let (who, space) = (judged.name(), judged.object.namespace());
    // What a controller makes, or fills in, is none of what these files know.
    if kind == "Secret" && known.made.contains(&(space, name)) {
        return None;
    }
    if let Some(object) = known.objects.get(&(kind, space, name)) {
        let blocks = ["data", "binaryData", "stringData"];
        let key = key.filter(|key| !blocks.iter().any(|block| object.at(&[*block, *key]).is_some()))?;
        // One without any key is filled in by somebody else.
        let filled = blocks.iter().any(|block| object.at(&[*block]).is_some_and(|node| !node.entries().is_empty()));
        let message = said!(
            "`{who}` takes `{key}` from the {kind} `{name}`, which has no such key",
            "`{who}` prend `{key}` dans le {kind} `{name}`, qui n’a pas cette clé"
        );
        return filled.then_some((message, span, true));
    }
    // Secrets do not belong into files, and every namespace is given these certificates.
    let given = ["kube-root-ca.crt", "openshift-service-ca.crt"].contains(&name);
    let told = kind != "Secret" && known.told.contains(&(kind, space));
    if given || !(told || always) {
        return None;
    }
    let message = said!(
        "`{who}` needs the {kind} `{name}`, which is not in these files",
        "`{who}` a besoin du {kind} `{name}`, qui n’est pas dans ces fichiers"
    );
    Some((message, span, false))
}

/// Everything that the pods of a workload cannot start without.
fn references<'a>(judged: &Judged<'a>) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    let mut add = |kind: &'static str, node: Option<&'a Node>, name_key: &str, keys: Vec<&'a Node>| {
        let Some(node) = node.filter(|node| node.get("optional").and_then(Node::scalar) != Some("true")) else {
            return;
        };
        let Some((name, span)) = node.get(name_key).and_then(|name| Some((name.scalar()?, name.span))) else { return };
        if keys.is_empty() {
            found.push(Reference { kind, name, key: None, span });
        }
        for key in keys {
            found.push(Reference { kind, name, key: key.scalar(), span: key.span });
        }
    };
    for container in judged.all_containers() {
        for from in container.environment().into_iter().filter_map(|variable| variable.from) {
            for (kind, reference) in [("ConfigMap", "configMapKeyRef"), ("Secret", "secretKeyRef")] {
                let node = from.get(reference);
                add(kind, node, "name", node.and_then(|node| node.get("key")).into_iter().collect());
            }
        }
        for source in container.node.get("envFrom").map(Node::items).unwrap_or_default() {
            add("ConfigMap", source.get("configMapRef"), "name", Vec::new());
            add("Secret", source.get("secretRef"), "name", Vec::new());
        }
    }
    let volumes = judged.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
    for volume in volumes {
        add("ConfigMap", volume.get("configMap"), "name", items(volume.get("configMap")));
        add("Secret", volume.get("secret"), "secretName", items(volume.get("secret")));
        add("PersistentVolumeClaim", volume.get("persistentVolumeClaim"), "claimName", Vec::new());
        let projected = volume.get("projected").and_then(|projected| projected.get("sources"));
        for source in projected.map(Node::items).unwrap_or_default() {
            add("ConfigMap", source.get("configMap"), "name", items(source.get("configMap")));
            add("Secret", source.get("secret"), "name", items(source.get("secret")));
        }
    }
    found
}

/// The keys that a volume takes out of an object, where it does not take all.
fn items(node: Option<&Node>) -> Vec<&Node> {
    let items = node.and_then(|node| node.get("items")).map(Node::items).unwrap_or_default();
    items.iter().filter_map(|item| item.get("key")).collect()
}
