//! `availability/naked-pod`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// A pod has a controller that replaces it.
pub static RULE: Rule = Rule {
    code: "availability/naked-pod",
    summary: words("A pod has a controller that replaces it", "Un pod a un contrôleur qui le remplace"),
    why: words(
        "Nobody brings back a bare pod when its node is lost or drained: it is gone for good.",
        "Personne ne ramène un pod nu quand son nœud est perdu ou vidé : il disparaît pour de bon.",
    ),
    detects: words("Objects of kind Pod that no controller owns.", "Les objets Pod qu’aucun contrôleur ne possède."),
    exceptions: words(
        "A pod for one experiment, and static pods of a control plane, are meant to be bare: one that nothing sends requests to is only noted, unless `ask: always`.",
        "Un pod pour un essai, et les pods statiques d’un plan de contrôle, sont nus exprès : celui à qui rien n’envoie de requêtes est seulement noté, sauf `ask: always`.",
    ),
    remedy: words(
        "put its specification under a Deployment, or a Job if it runs to an end",
        "mettez sa spécification dans un Deployment, ou un Job s’il se termine",
    ),
    sources: &["Kubernetes documentation, Pods, Working with Pods"],
    severity: Severity::Warning,
    failing: r"
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'registry.example/web:1.4.2'}]}
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
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        if !judged.is(&["Pod"]) {
            verdicts.push(Verdict::pass(judged.path()));
            continue;
        }
        if judged.object.owner().is_some() {
            continue;
        }
        let name = judged.name();
        let message = said!(
            "nothing brings the pod `{name}` back once it is gone",
            "rien ne ramène le pod `{name}` une fois disparu"
        );
        let verdict = Verdict::fail(judged.path(), message).place(judged.object.place());
        verdicts.push(if always { verdict } else { judged.weighed(verdict) });
    }
    verdicts
}
