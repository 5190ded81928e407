//! `availability/budget-keeps-broken-pods`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A budget lets broken pods go.
pub static RULE: Rule = Rule {
    code: "availability/budget-keeps-broken-pods",
    summary: words(
        "A disruption budget lets broken pods go",
        "Un budget de perturbation laisse partir les pods cassés",
    ),
    why: words(
        "Pods that run and are not ready may by default not be evicted while the budget is used up: one crash loop keeps a node from being drained, and an upgrade waits for somebody at night.",
        "Par défaut, les pods qui tournent sans être prêts ne peuvent être évincés tant que le budget est épuisé : une boucle de plantage empêche de drainer un nœud, et une mise à niveau attend quelqu’un la nuit.",
    ),
    detects: words(
        "Whether each PodDisruptionBudget states `unhealthyPodEvictionPolicy`.",
        "Si chaque PodDisruptionBudget énonce `unhealthyPodEvictionPolicy`.",
    ),
    exceptions: words(
        "A store that counts on a member coming back on its own disk rather wants it kept, and says so with `IfHealthyBudget`: a note.",
        "Un stockage qui compte sur le retour d’un membre sur son propre disque préfère le garder, et le dit par `IfHealthyBudget` : une note.",
    ),
    remedy: words(
        "write `unhealthyPodEvictionPolicy: AlwaysAllow`",
        "écrivez `unhealthyPodEvictionPolicy: AlwaysAllow`",
    ),
    sources: &[
        "Kubernetes documentation, Specifying a Disruption Budget for your Application, Unhealthy Pod Eviction Policy",
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
      containers:
        - name: web
          image: registry.example/web:1.4.2
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
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
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: web}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["PodDisruptionBudget"]) {
        let node = object.at(&["spec", "unhealthyPodEvictionPolicy"]);
        verdicts.push(if node.is_some_and(|node| node.scalar().is_some()) {
            Verdict::pass(address(object))
        } else {
            let name = &object.name;
            let message = said!(
                "pods that are not ready use up the budget `{name}` and block drains",
                "des pods qui ne sont pas prêts épuisent le budget `{name}` et bloquent les drains"
            );
            Verdict::fail(address(object), message).place(node.map_or_else(|| object.place(), |node| node.span))
        });
    }
    verdicts
}
