//! `availability/statefulset-without-service`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// A StatefulSet’s governing Service is there and headless.
pub static RULE: Rule = Rule {
    code: "availability/statefulset-without-service",
    summary: words(
        "The Service that names a StatefulSet’s pods exists and is headless",
        "Le Service qui nomme les pods d’un StatefulSet existe et est headless",
    ),
    why: words(
        "Members find each other by the names that this Service gives them; without it `db-0.db` leads nowhere, and replication never starts.",
        "Les membres se trouvent par les noms que ce Service leur donne ; sans lui, `db-0.db` ne mène nulle part et la réplication ne démarre jamais.",
    ),
    detects: words(
        "`serviceName` of a StatefulSet: a Service of that name in its namespace has `clusterIP: None` and selects its pods.",
        "`serviceName` d’un StatefulSet : un Service de ce nom dans son namespace a `clusterIP: None` et sélectionne ses pods.",
    ),
    exceptions: words(
        "A single member without peers needs no such names, and Kubernetes no longer asks for `serviceName` since 1.33: one that states none passes unless `ask: always`.",
        "Un membre unique sans pairs n’a pas besoin de ces noms, et Kubernetes n’exige plus `serviceName` depuis 1.33 : qui n’en dit pas passe, sauf `ask: always`.",
    ),
    remedy: words(
        "add a Service with `clusterIP: None` and the selector of the StatefulSet",
        "ajoutez un Service avec `clusterIP: None` et le sélecteur du StatefulSet",
    ),
    sources: &["Kubernetes documentation, StatefulSets, Stable Network ID"],
    severity: Severity::Warning,
    failing: r"
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
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
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
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
spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view).into_iter().filter(|judged| judged.is(&["StatefulSet"])) {
        let node = judged.object.at(&["spec", "serviceName"]);
        let Some(service) = node.and_then(|node| node.scalar()) else {
            if always {
                let name = judged.name();
                let message = said!("`{name}` names no Service", "`{name}` ne nomme pas de Service");
                verdicts.push(Verdict::fail(judged.path(), message).place(judged.object.place()));
            }
            continue;
        };
        let leads = &judged.unit.links.services[judged.at];
        let headless = leads
            .iter()
            .map(|i| &judged.unit.objects[*i])
            .any(|object| object.name == service && object.text(&["spec", "clusterIP"]) == Some("None"));
        verdicts.push(if headless {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message = said!(
                "`{service}` gives the pods of `{name}` no names: no headless Service of that name selects them",
                "`{service}` ne donne pas de noms aux pods de `{name}` : aucun Service headless de ce nom ne les sélectionne"
            );
            Verdict::fail(judged.path(), message).place(node.map_or_else(|| judged.object.place(), |node| node.span))
        });
    }
    verdicts
}
