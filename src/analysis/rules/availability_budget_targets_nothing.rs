//! `availability/budget-targets-nothing`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// A disruption budget counts some pod.
pub static RULE: Rule = Rule {
    code: "availability/budget-targets-nothing",
    summary: words("A disruption budget counts some pod", "Un budget de perturbation compte un pod"),
    why: words(
        "Drains go on as if there were none: every replica may be taken at once, and nobody is told.",
        "Les drains se font comme s’il n’y en avait pas : tous les réplicas peuvent être pris à la fois, et personne ne l’apprend.",
    ),
    detects: words(
        "The selector of each PodDisruptionBudget against the labels of the pods of its namespace in these files.",
        "Le sélecteur de chaque PodDisruptionBudget comparé aux étiquettes des pods de son namespace dans ces fichiers.",
    ),
    exceptions: words(
        "The pods may be made by an operator, or stand in files that were not given: where no workload stands beside the budget, it is only noted.",
        "Les pods sont peut-être fabriqués par un opérateur, ou dans des fichiers non donnés : si aucune charge n’est à côté du budget, c’est seulement noté.",
    ),
    remedy: words("let the selector name the labels of the pods", "nommez dans le sélecteur les étiquettes des pods"),
    sources: &["Kubernetes documentation, Specifying a Disruption Budget for your Application"],
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
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: wbe}}}
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
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let mut verdicts = Vec::new();
    for (i, object) in objects(view, &["PodDisruptionBudget"]) {
        let selector = object.at(&["spec", "selector"]);
        let every = selector.is_some_and(|node| node.entries().is_empty());
        if every || unit.links.targets.get(&i).is_some_and(|targets| !targets.is_empty()) {
            verdicts.push(Verdict::pass(address(object)));
            continue;
        }
        let name = &object.name;
        let message = said!(
            "no pod has the labels that the budget `{name}` selects",
            "aucun pod n’a les étiquettes que sélectionne le budget `{name}`"
        );
        let place = selector.map_or_else(|| object.place(), |node: &Node| node.span);
        let verdict = Verdict::fail(address(object), message).place(place);
        let beside = unit.workloads.iter().any(|one| unit.object(one).namespace() == object.namespace());
        verdicts.push(if beside { verdict } else { verdict.at_most(Severity::Note) });
    }
    verdicts
}
