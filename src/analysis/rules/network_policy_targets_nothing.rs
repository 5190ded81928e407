//! `network/policy-targets-nothing`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A network policy takes some pod.
pub static RULE: Rule = Rule {
    code: "network/policy-targets-nothing",
    summary: words("A network policy applies to some pod", "Une politique réseau s’applique à un pod"),
    why: words(
        "It protects nothing, and whoever reads it believes that it does.",
        "Elle ne protège rien, et qui la lit croit le contraire.",
    ),
    detects: words(
        "`podSelector` of each NetworkPolicy against the labels of the pods of its namespace in the same files; an empty one takes every pod.",
        "`podSelector` de chaque NetworkPolicy comparé aux étiquettes des pods de son namespace dans les mêmes fichiers ; vide, il prend tout pod.",
    ),
    exceptions: words(
        "The pods may stand in files that were not given: where no workload stands beside the policy, it is only noted.",
        "Les pods sont peut-être dans des fichiers non donnés : si aucune charge n’est à côté de la politique, c’est seulement noté.",
    ),
    remedy: words("correct the labels", "corrigez les étiquettes"),
    sources: &["Kubernetes documentation, Network Policies"],
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
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: wbe}}, policyTypes: [Ingress]}
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
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let mut verdicts = Vec::new();
    for (i, object) in objects(view, &["NetworkPolicy"]) {
        let selector = object.at(&["spec", "podSelector"]);
        let every = selector.is_none_or(|node| node.entries().is_empty());
        if every || unit.links.targets.get(&i).is_some_and(|targets| !targets.is_empty()) {
            verdicts.push(Verdict::pass(address(object)));
            continue;
        }
        let name = &object.name;
        let message = said!(
            "no pod has the labels that the policy `{name}` names",
            "aucun pod n’a les étiquettes que nomme la politique `{name}`"
        );
        let verdict =
            Verdict::fail(address(object), message).place(selector.map_or_else(|| object.place(), |node| node.span));
        verdicts.push(if unit.workloads.is_empty() { verdict.at_most(Severity::Note) } else { verdict });
    }
    verdicts
}
