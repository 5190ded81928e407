//! `delivery/update-takes-all-down`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A deployment leaves some pods serving.
pub static RULE: Rule = Rule {
    code: "delivery/update-takes-all-down",
    summary: words("A deployment leaves some pods serving", "Un déploiement laisse servir des pods"),
    why: words(
        "Where every pod may be gone at once, a rolling update rolls nothing: the old ones end together, and users wait for the new ones to start, if they do.",
        "Si tous les pods peuvent manquer à la fois, une mise à jour progressive ne l’est plus : les anciens finissent ensemble, et les utilisateurs attendent que les nouveaux démarrent, s’ils démarrent.",
    ),
    detects: words(
        "`maxUnavailable` of Deployments with several replicas that a Service leads to, as a number or a share, against the replicas.",
        "`maxUnavailable` des Deployments à plusieurs réplicas auxquels mène un Service, en nombre ou en part, comparé aux réplicas.",
    ),
    exceptions: words(
        "Software of which two versions may not run side by side says `strategy: Recreate` instead, and accepts the outage.",
        "Un logiciel dont deux versions ne peuvent tourner côte à côte dit plutôt `strategy: Recreate`, et accepte la coupure.",
    ),
    remedy: words(
        "write `maxUnavailable: 0` with `maxSurge: 1`, or a number below the replicas",
        "écrivez `maxUnavailable: 0` avec `maxSurge: 1`, ou un nombre inférieur aux réplicas",
    ),
    sources: &["Kubernetes documentation, Deployments, Max Unavailable"],
    severity: Severity::Warning,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 100%, maxSurge: 1}}
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
  replicas: 3
  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0, maxSurge: 1}}
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
    let mut verdicts = Vec::new();
    for judged in workloads(view).into_iter().filter(|judged| judged.is(&["Deployment"]) && judged.serves()) {
        let replicas = judged.replicas();
        let Some(node) = judged.object.at(&["spec", "strategy", "rollingUpdate", "maxUnavailable"]) else { continue };
        let Some(written) = node.scalar().filter(|_| replicas > 1) else { continue };
        // Kubernetes rounds a share down here.
        let gone = match written.strip_suffix('%') {
            Some(share) => share.trim().parse::<f64>().ok().map(|share| (share / 100.0 * f64::from(replicas)).floor()),
            None => written.parse::<f64>().ok(),
        };
        let Some(gone) = gone else { continue };
        verdicts.push(if gone < f64::from(replicas) {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message = said!(
                "a deployment of `{name}` may take all {replicas} pods away at once",
                "un déploiement de `{name}` peut retirer ses {replicas} pods à la fois"
            );
            Verdict::fail(judged.path(), message).place(node.span)
        });
    }
    verdicts
}
