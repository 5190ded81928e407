//! `delivery/recreate`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Node, Severity};

/// What serves requests is replaced a few pods at a time.
pub static RULE: Rule = Rule {
    code: "delivery/recreate",
    summary: words(
        "What serves requests is replaced a few pods at a time",
        "Ce qui sert des requêtes est remplacé quelques pods à la fois",
    ),
    why: words(
        "With `Recreate` every deployment is an outage: all old pods end before the first new one starts.",
        "Avec `Recreate`, chaque déploiement est une coupure : tous les anciens pods finissent avant que le premier nouveau démarre.",
    ),
    detects: words(
        "`strategy.type: Recreate` of a Deployment that a Service leads to; with `ask: always`, any type but a rolling one, of any Deployment.",
        "`strategy.type: Recreate` d’un Deployment vers lequel mène un Service ; avec `ask: always`, tout type qui n’est pas progressif, de tout Deployment.",
    ),
    exceptions: words(
        "A single pod that holds a volume or a lock has no other way: with one replica and a volume it passes.",
        "Un pod unique qui tient un volume ou un verrou ne peut faire autrement : avec un réplica et un volume, cela passe.",
    ),
    remedy: words("use `RollingUpdate`, the default", "utilisez `RollingUpdate`, le défaut"),
    sources: &["Kubernetes documentation, Deployments, Strategy"],
    severity: Severity::Warning,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.2
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
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
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view)
        .into_iter()
        .filter(|judged| judged.is(&["Deployment", "DeploymentConfig"]) && (always || judged.serves()))
    {
        let node = judged.object.at(&["spec", "strategy", "type"]);
        let holds = judged.replicas() <= 1
            && judged
                .pod()
                .and_then(|pod| pod.get("volumes"))
                .map(Node::items)
                .unwrap_or_default()
                .iter()
                .any(|volume| volume.get("persistentVolumeClaim").is_some());
        let stops = |word: &str| if always { !matches!(word, "RollingUpdate" | "Rolling") } else { word == "Recreate" };
        verdicts.push(match node.filter(|node| node.scalar().is_some_and(stops)) {
            Some(node) if always || !holds => {
                let name = judged.name();
                let message = said!(
                    "each deployment of `{name}` is an outage: all its pods end first",
                    "chaque déploiement de `{name}` est une coupure : tous ses pods finissent d’abord"
                );
                Verdict::fail(judged.path(), message).place(node.span)
            }
            _ => Verdict::pass(judged.path()),
        });
    }
    verdicts
}
