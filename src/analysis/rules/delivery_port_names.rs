//! `delivery/port-names`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// Ports are numbered, and their names are valid and used once.
pub static RULE: Rule = Rule {
    code: "delivery/port-names",
    summary: words(
        "Ports have a number, and names that are valid and used once",
        "Les ports ont un numéro, et des noms valides et uniques",
    ),
    why: words(
        "The API server refuses the pod, or a Service that names the port leads to another one.",
        "L’API server refuse le pod, ou un Service qui nomme le port mène à un autre.",
    ),
    detects: words(
        "`ports` of each container: `containerPort` is stated; names are up to 15 characters and unique in the pod.",
        "`ports` de chaque conteneur : `containerPort` est dit ; les noms ont au plus 15 caractères et sont uniques dans le pod.",
    ),
    exceptions: words("None is known.", "Aucune n’est connue."),
    remedy: words(
        "shorten or rename the port, and state its number",
        "raccourcissez ou renommez le port, et dites son numéro",
    ),
    sources: &["Kubernetes documentation, Service, Port definitions", "RFC 6335, 5.1"],
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
          ports: [{name: a-name-of-more-than-fifteen, containerPort: 80}]
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
          ports: [{name: http, containerPort: 80}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let mut broken = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for container in judged.containers() {
            for port in container.node.get("ports").map(Node::items).unwrap_or_default() {
                let name = port.get("name").and_then(Node::scalar).map(str::trim);
                let number = port.get("containerPort").and_then(|node| node.scalar()?.parse::<u16>().ok());
                let long = name.is_some_and(|name| name.len() > 15);
                if number.is_none() || long || name.is_some_and(|name| !seen.insert(name)) {
                    broken.push((container, port.get("name").map_or(port.span, |node| node.span)));
                }
            }
        }
        verdicts.push(judged.verdict(&broken, |who| {
            said!(
                "a port of {who} has no number, or a name that is too long or taken",
                "un port de {who} n’a pas de numéro, ou un nom trop long ou déjà pris",
                who = who
            )
        }));
    }
    verdicts
}
