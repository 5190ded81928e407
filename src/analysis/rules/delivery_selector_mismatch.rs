//! `delivery/selector-mismatch`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::selector;
use crate::said;
use crate::source::Severity;

/// A workload selects the pods it makes.
pub static RULE: Rule = Rule {
    code: "delivery/selector-mismatch",
    summary: words("A workload selects the pods that it makes", "Une charge sélectionne les pods qu’elle fabrique"),
    why: words(
        "The API server refuses the object: its selector does not match the labels of its own template.",
        "L’API server refuse l’objet : son sélecteur ne correspond pas aux étiquettes de son propre modèle.",
    ),
    detects: words(
        "`spec.selector` against the labels of `spec.template`.",
        "`spec.selector` comparé aux étiquettes de `spec.template`.",
    ),
    exceptions: words("None is known.", "Aucune n’est connue."),
    remedy: words(
        "give the template the labels that the selector names",
        "donnez au modèle les étiquettes que nomme le sélecteur",
    ),
    sources: &["Kubernetes documentation, StatefulSets, Pod Selector"],
    severity: Severity::Error,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: wbe}}
    spec:
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
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view).into_iter().filter(|judged| !judged.is(&["Pod", "Job", "CronJob"])) {
        let Some(node) = judged.object.at(&["spec", "selector"]) else { continue };
        let labels = judged.object.pod_labels();
        let structured = node.get("matchLabels").is_some() || node.get("matchExpressions").is_some();
        let takes = if structured { selector::takes(node, &labels) } else { selector::plain(Some(node), &labels) };
        verdicts.push(if takes {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message = said!(
                "`{name}` does not select the pods that it makes",
                "`{name}` ne sélectionne pas les pods qu’il fabrique"
            );
            Verdict::fail(judged.path(), message).place(node.span)
        });
    }
    verdicts
}
