//! `availability/budget-above-autoscaler`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A budget asks for no more pods than the autoscaler keeps.
pub static RULE: Rule = Rule {
    code: "availability/budget-above-autoscaler",
    summary: words(
        "A budget asks for no more pods than the autoscaler keeps",
        "Un budget ne demande pas plus de pods que l’autoscaler n’en garde",
    ),
    why: words(
        "When the load is low the autoscaler goes down to its minimum, and from then on no pod may be evicted: drains and node upgrades hang.",
        "Quand la charge est basse, l’autoscaler descend à son minimum, et plus aucun pod ne peut être évincé : les drains et les mises à jour de nœuds se bloquent.",
    ),
    detects: words(
        "`minAvailable` of a PodDisruptionBudget, as a number or a share of the replicas, against `minReplicas` of the autoscaler of the same workload.",
        "`minAvailable` d’un PodDisruptionBudget, en nombre ou en part des réplicas, comparé au `minReplicas` de l’autoscaler de la même charge.",
    ),
    exceptions: words(
        "Equal bounds block drains at the minimum too; that is only noted, since a rise of the load frees one.",
        "Des bornes égales bloquent aussi les drains au minimum ; c’est seulement noté, car une hausse de charge en libère un.",
    ),
    remedy: words(
        "state `maxUnavailable: 1` in the budget, or raise `minReplicas`",
        "écrivez `maxUnavailable: 1` dans le budget, ou augmentez `minReplicas`",
    ),
    sources: &["Kubernetes documentation, Specifying a Disruption Budget for your Application"],
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
spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 3, selector: {matchLabels: {app: web}}}
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
spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 5}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let links = &judged.unit.links;
        let (Some(budget), Some(autoscaler)) = (links.budgets[judged.at].first(), links.autoscalers[judged.at].first())
        else {
            continue;
        };
        let (budget, autoscaler) = (&judged.unit.objects[*budget], &judged.unit.objects[*autoscaler]);
        let Some(node) = budget.at(&["spec", "minAvailable"]) else { continue };
        let least = autoscaler.text(&["spec", "minReplicas"]).and_then(|text| text.parse::<f64>().ok());
        let Some(least) = least else { continue };
        let written = node.scalar().unwrap_or("");
        let wanted = match written.strip_suffix('%') {
            // A share counts the replicas that are wanted, which the autoscaler sets unless they are said.
            Some(share) => share
                .parse::<f64>()
                .ok()
                .map(|share| (share / 100.0 * judged.object.replicas().map_or(least, f64::from)).ceil()),
            None => written.parse::<f64>().ok(),
        };
        let Some(wanted) = wanted else { continue };
        verdicts.push(if wanted < least {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message = said!(
                "the budget of `{name}` wants {wanted} pods to stay, and its autoscaler keeps {least}",
                "le budget de `{name}` veut que {wanted} pods restent, et son autoscaler en garde {least}",
                wanted = wanted,
                least = least
            );
            let verdict = Verdict::fail(judged.path(), message)
                .place(node.span)
                .and(autoscaler.place(), said!("goes down to {least}", "descend à {least}", least = least));
            if wanted > least { verdict } else { verdict.at_most(Severity::Note) }
        });
    }
    verdicts
}
