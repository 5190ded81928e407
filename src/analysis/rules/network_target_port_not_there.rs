//! `network/target-port-not-there`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Unit;
use crate::said;
use crate::source::{Node, Severity};

/// A Service leads to a port that its pods have.
pub static RULE: Rule = Rule {
    code: "network/target-port-not-there",
    summary: words("A Service leads to a port that its pods have", "Un Service mène à un port que ses pods ont"),
    why: words(
        "A name that no container gives a port leads nowhere: the Service has endpoints without that port, and every request to it fails.",
        "Un nom qu’aucun conteneur ne donne à un port ne mène nulle part : le Service a des endpoints sans ce port, et toute requête échoue.",
    ),
    detects: words(
        "`targetPort` of each Service against the ports of the containers that its selector takes: a name that none of them has, or one that Kubernetes allows no port to have. A number that none of them lists, where they list any, is noted.",
        "Le `targetPort` de chaque Service comparé aux ports des conteneurs que prend son sélecteur : un nom qu’aucun n’a, ou que Kubernetes ne permet à aucun port. Un numéro qu’aucun n’énumère, si des ports sont énumérés, est noté.",
    ),
    exceptions: words(
        "A number need not be listed to be listened on; what is listed and what is led to should still be one. A name that no pod has is only noted where a proxy is put into pods as they start (Istio, Linkerd), which may bring it.",
        "Un numéro n’a pas besoin d’être énuméré pour être écouté ; ce qui est énuméré et ce vers quoi l’on mène devraient pourtant être un. Un nom qu’aucun pod n’a est seulement noté là où un proxy est mis dans les pods à leur démarrage (Istio, Linkerd), qui peut l’apporter.",
    ),
    remedy: words(
        "name the port in the container, or write the number that it listens on",
        "nommez le port dans le conteneur, ou écrivez le numéro qu’il écoute",
    ),
    sources: &["Kubernetes documentation, Service, Port definitions"],
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
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: web}]}
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
          ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let mut verdicts = Vec::new();
    for (i, object) in objects(view, &["Service"]) {
        let targets = unit.links.targets.get(&i).map(Vec::as_slice).unwrap_or_default();
        let ports = object.at(&["spec", "ports"]).map(Node::items).unwrap_or_default();
        let led: Vec<(&str, &Node)> = ports
            .iter()
            .filter_map(|port| port.get("targetPort"))
            .filter_map(|node| Some((node.scalar()?, node)))
            .filter(|(written, _)| *written != "0")
            .collect();
        if led.is_empty() {
            continue;
        }
        let name = &object.name;
        let wrong = led.into_iter().find_map(|(written, node)| {
            let number = written.parse::<u32>().ok();
            if number.map_or(!can_be_a_name(written), |number| number > 65_535) {
                let message = said!(
                    "`{name}` leads to the port `{written}`, which no port can be called",
                    "`{name}` mène au port `{written}`, et aucun port ne peut s’appeler ainsi"
                );
                return Some(Verdict::fail(address(object), message).place(node.span));
            }
            if targets.is_empty() || has(unit, targets, written, number.is_some()) {
                return None;
            }
            let message = said!(
                "`{name}` leads to the port `{written}`, which no container of its pods has",
                "`{name}` mène au port `{written}`, qu’aucun conteneur de ses pods n’a"
            );
            let verdict = Verdict::fail(address(object), message).place(node.span);
            let uncertain = number.is_some() || is_injected(unit, targets);
            Some(if uncertain { verdict.at_most(Severity::Note) } else { verdict })
        });
        verdicts.push(wrong.unwrap_or_else(|| Verdict::pass(address(object))));
    }
    verdicts
}

/// Whether some container of some workload has a port; a number is had wherever nothing is listed.
fn has(unit: &Unit, targets: &[usize], written: &str, number: bool) -> bool {
    targets.iter().any(|w| {
        let object = unit.object(&unit.workloads[*w]);
        let mut containers = object.containers();
        containers.extend(object.init_containers());
        let ports: Vec<&Node> =
            containers.iter().flat_map(|one| one.node.get("ports").map(Node::items).unwrap_or_default()).collect();
        let key = if number { "containerPort" } else { "name" };
        (number && ports.is_empty()) || ports.iter().any(|port| port.get(key).and_then(Node::scalar) == Some(written))
    })
}

/// Whether a service mesh puts a container of its own into the pods, or into all of the namespace.
fn is_injected(unit: &Unit, targets: &[usize]) -> bool {
    const MARKS: [&str; 4] = ["sidecar.istio.io/inject", "istio-injection", "istio.io/rev", "linkerd.io/inject"];
    let marked = |node: &Node, at: &[&str]| {
        ["labels", "annotations"].iter().any(|block| {
            let path: Vec<&str> = at.iter().copied().chain([*block]).collect();
            let entries = node.at(path).map(Node::entries).unwrap_or_default();
            entries.iter().any(|entry| {
                MARKS.contains(&entry.key.as_str()) && !matches!(entry.value.scalar(), Some("false" | "disabled"))
            })
        })
    };
    targets.iter().any(|w| {
        let object = unit.object(&unit.workloads[*w]);
        let mut spaces = unit.of_kind("Namespace").filter(|(_, space)| space.name == object.namespace());
        marked(&object.root, &["spec", "template", "metadata"])
            || marked(&object.root, &["metadata"])
            || spaces.any(|(_, space)| marked(&space.root, &["metadata"]))
    })
}

/// What Kubernetes allows as the name of a port: at most fifteen small letters, digits and single
/// hyphens, at least one letter.
fn can_be_a_name(text: &str) -> bool {
    text.len() <= 15
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && text.chars().any(|c| c.is_ascii_lowercase())
        && !text.contains("--")
        && !text.starts_with('-')
        && !text.ends_with('-')
}
