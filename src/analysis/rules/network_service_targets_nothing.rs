//! `network/service-targets-nothing`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// A Service leads to some pod.
pub static RULE: Rule = Rule {
    code: "network/service-targets-nothing",
    summary: words("A Service leads to some pod", "Un Service mène à un pod"),
    why: words(
        "Every request to it fails at once: its list of endpoints is empty.",
        "Toute requête qui lui est faite échoue aussitôt : sa liste d’endpoints est vide.",
    ),
    detects: words(
        "The selector of each Service against the labels of all pods of its namespace in the same files. Services without a selector, and of type ExternalName, are not judged.",
        "Le sélecteur de chaque Service comparé aux étiquettes de tous les pods de son namespace dans les mêmes fichiers. Les Services sans sélecteur, et de type ExternalName, ne sont pas jugés.",
    ),
    exceptions: words(
        "The pods may be made by an operator, or stand in files that were not given: where no workload stands beside the Service, it is only noted, unless `ask: always`.",
        "Les pods sont peut-être fabriqués par un opérateur, ou dans des fichiers non donnés : si aucune charge n’est à côté du Service, c’est seulement noté, sauf `ask: always`.",
    ),
    remedy: words(
        "give the pods the labels that the selector names",
        "donnez aux pods les étiquettes que nomme le sélecteur",
    ),
    sources: &["Kubernetes documentation, Service, Defining a Service"],
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
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: wbe}, ports: [{port: 80}]}
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
    let Some(unit) = view.unit() else { return Vec::new() };
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for (i, object) in objects(view, &["Service"]) {
        let selector = object.at(&["spec", "selector"]).filter(|node| !node.entries().is_empty());
        let Some(selector) = selector else {
            // Nothing to select is said on purpose, for endpoints that are made by hand.
            if object.text(&["spec", "type"]) == Some("ExternalName") {
                verdicts.push(Verdict::pass(address(object)));
            }
            continue;
        };
        if unit.links.targets.get(&i).is_some_and(|targets| !targets.is_empty()) {
            verdicts.push(Verdict::pass(address(object)));
            continue;
        }
        let name = &object.name;
        let message = said!(
            "no pod has the labels that `{name}` selects",
            "aucun pod n’a les étiquettes que `{name}` sélectionne"
        );
        let verdict = Verdict::fail(address(object), message).place(selector.span);
        let alone = unit.workloads.is_empty();
        verdicts.push(if alone && !always { verdict.at_most(Severity::Note) } else { verdict });
    }
    verdicts
}
