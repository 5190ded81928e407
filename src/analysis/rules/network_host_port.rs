//! `network/host-port`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// A pod opens no port of its node.
pub static RULE: Rule = Rule {
    code: "network/host-port",
    summary: words("A pod opens no port of its node", "Un pod n’ouvre pas de port de son nœud"),
    why: words(
        "Two such pods cannot share a node, the port is open past every policy, and an update waits for the old pod.",
        "Deux pods de ce type ne peuvent partager un nœud, le port est ouvert hors de toute politique, et une mise à jour attend l’ancien pod.",
    ),
    detects: words("`hostPort` of each container.", "`hostPort` de chaque conteneur."),
    exceptions: words(
        "Agents of a DaemonSet do it on purpose; there it is only noted.",
        "Les agents d’un DaemonSet le font exprès ; c’est alors seulement noté.",
    ),
    remedy: words("use a Service", "utilisez un Service"),
    sources: &["Kubernetes documentation, Pod Security Standards, Baseline, Host Ports"],
    severity: Severity::Warning,
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
          ports: [{containerPort: 80, hostPort: 80}]
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
          ports: [{containerPort: 80}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let mut broken = Vec::new();
        for container in judged.all_containers() {
            let ports = container.node.get("ports").map(Node::items).unwrap_or_default();
            broken.extend(ports.iter().filter_map(|port| Some((container, port.get("hostPort")?.span))));
        }
        let verdict = judged.verdict(&broken, |who| {
            said!("{who} opens a port of its node", "{who} ouvre un port de son nœud", who = who)
        });
        verdicts.push(if judged.is(&["DaemonSet"]) { verdict.at_most(Severity::Note) } else { verdict });
    }
    verdicts
}
