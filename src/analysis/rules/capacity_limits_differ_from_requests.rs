//! `capacity/limits-differ-from-requests`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::{Container, quantities};
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// Limits equal requests, where Guaranteed is wanted.
pub static RULE: Rule = Rule {
    code: "capacity/limits-differ-from-requests",
    summary: words(
        "Limits equal requests, where Guaranteed is wanted",
        "Les limites égalent les requests, si l’on veut Guaranteed",
    ),
    why: words(
        "Only pods whose limits equal their requests are Guaranteed: the last to be evicted, and the only ones that can get cores of their own.",
        "Seuls les pods dont les limites égalent les requests sont Guaranteed : évincés en dernier, et seuls à pouvoir obtenir des cœurs réservés.",
    ),
    detects: words(
        "`requests` and `limits` of processor time and memory of each container, where `ask: always` asks for it.",
        "`requests` et `limits` de processeur et de mémoire de chaque conteneur, si `ask: always` le demande.",
    ),
    exceptions: words(
        "Most services are fine as Burstable. The position here: not asked, unless `ask: always`.",
        "La plupart des services vont bien en Burstable. La position prise : ce n’est pas demandé, sauf `ask: always`.",
    ),
    remedy: words("set both to the same value", "donnez la même valeur aux deux"),
    sources: &["Kubernetes documentation, Pod Quality of Service Classes"],
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
          resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}
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
          resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 100m, memory: 64Mi}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::Never) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let differs = |container: &Container<'_>| {
            ["cpu", "memory"].iter().any(|what| {
                let value = |which: &str| quantities::number(container.resource(which, what)?.scalar()?);
                value("requests").is_none() || value("requests") != value("limits")
            })
        };
        let broken: Vec<_> = judged
            .containers()
            .into_iter()
            .filter(differs)
            .map(|container| (container, container.key("resources")))
            .collect();
        if always || broken.is_empty() {
            verdicts.push(judged.verdict(&broken, |who| {
                said!("limits and requests of {who} differ", "limites et requests de {who} diffèrent", who = who)
            }));
        }
    }
    verdicts
}
