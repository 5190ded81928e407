//! `availability/autoscaler-without-target`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// An autoscaler names a workload that exists.
pub static RULE: Rule = Rule {
    code: "availability/autoscaler-without-target",
    summary: words("An autoscaler names a workload that exists", "Un autoscaler nomme une charge qui existe"),
    why: words(
        "It scales nothing, says so only in its status, and the load it was meant for meets the replicas of the first day.",
        "Il ne fait rien varier, ne le dit que dans son statut, et la charge prévue rencontre les réplicas du premier jour.",
    ),
    detects: words(
        "`scaleTargetRef` of a HorizontalPodAutoscaler: no workload of that kind and name stands in the same namespace of the same files.",
        "`scaleTargetRef` d’un HorizontalPodAutoscaler : aucune charge de ce type et de ce nom n’est dans le même namespace des mêmes fichiers.",
    ),
    exceptions: words(
        "The workload may stand in files that were not given: check them together.",
        "La charge est peut-être dans des fichiers qui n’ont pas été donnés : vérifiez-les ensemble.",
    ),
    remedy: words("correct the name, the kind or the namespace", "corrigez le nom, le type ou le namespace"),
    sources: &["Kubernetes documentation, Horizontal Pod Autoscaling"],
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
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {kind: Deployment, name: wbe}, minReplicas: 2, maxReplicas: 5}
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
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let mut verdicts = Vec::new();
    for (i, object) in objects(view, &["HorizontalPodAutoscaler"]) {
        let target = object.at(&["spec", "scaleTargetRef", "name"]);
        let found = unit.links.targets.get(&i).is_some_and(|targets| !targets.is_empty());
        verdicts.push(if found {
            Verdict::pass(address(object))
        } else {
            let (name, target_name) = (&object.name, target.and_then(|node| node.scalar()).unwrap_or("?"));
            let message = said!(
                "`{name}` scales `{target_name}`, which is not there",
                "`{name}` fait varier `{target_name}`, qui n’existe pas"
            );
            Verdict::fail(address(object), message).place(target.map_or_else(|| object.place(), |node| node.span))
        });
    }
    verdicts
}
