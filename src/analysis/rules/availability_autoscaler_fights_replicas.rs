//! `availability/autoscaler-fights-replicas`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// Either the autoscaler or the manifest says how many.
pub static RULE: Rule = Rule {
    code: "availability/autoscaler-fights-replicas",
    summary: words(
        "Either the autoscaler or the manifest says how many pods there are",
        "Soit l’autoscaler, soit le manifeste dit combien de pods il y a",
    ),
    why: words(
        "Each deployment sets the count of the manifest and takes away pods that the autoscaler had added, at the very moment of load; the autoscaler brings them back minutes later.",
        "Chaque déploiement remet le nombre du manifeste et retire les pods ajoutés par l’autoscaler, au moment même de la charge ; l’autoscaler les ramène des minutes plus tard.",
    ),
    detects: words(
        "A workload states `spec.replicas` and a HorizontalPodAutoscaler names it.",
        "Une charge dit `spec.replicas` et un HorizontalPodAutoscaler la nomme.",
    ),
    exceptions: words(
        "In a dump of a live cluster the field is always there, and is what the autoscaler set; dumps are not judged.",
        "Dans l’export d’un cluster, le champ est toujours là, et c’est l’autoscaler qui l’a mis ; les exports ne sont pas jugés.",
    ),
    remedy: words("remove `replicas` from the manifest", "retirez `replicas` du manifeste"),
    sources: &[
        "Kubernetes documentation, Horizontal Pod Autoscaling, Migrating Deployments and StatefulSets to horizontal autoscaling",
    ],
    severity: Severity::Warning,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
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
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let Some(autoscaler) = judged.unit.links.autoscalers[judged.at].first() else { continue };
        if judged.object.at(&["metadata", "uid"]).is_some() {
            continue;
        }
        let autoscaler = &judged.unit.objects[*autoscaler];
        verdicts.push(match judged.object.at(&["spec", "replicas"]) {
            None => Verdict::pass(judged.path()),
            Some(node) => {
                let (name, other) = (judged.name(), &autoscaler.name);
                let message = said!(
                    "`{name}` states `replicas`, and `{other}` scales it",
                    "`{name}` dit `replicas`, et `{other}` le fait varier"
                );
                Verdict::fail(judged.path(), message)
                    .place(node.span)
                    .and(autoscaler.place(), said!("scales it", "le fait varier"))
            }
        });
    }
    verdicts
}
