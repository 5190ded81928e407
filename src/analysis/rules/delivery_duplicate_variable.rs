//! `delivery/duplicate-variable`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A variable is set once.
pub static RULE: Rule = Rule {
    code: "delivery/duplicate-variable",
    summary: words("A variable is set once", "Une variable est fixée une seule fois"),
    why: words(
        "The last one wins without a word: whoever changes the first wonders why nothing happens.",
        "La dernière gagne en silence : qui change la première se demande pourquoi rien ne se passe.",
    ),
    detects: words(
        "Names that stand twice in `env` of one container.",
        "Les noms qui figurent deux fois dans `env` d’un conteneur.",
    ),
    exceptions: words("None is known.", "Aucune n’est connue."),
    remedy: words("remove one of the two", "retirez l’une des deux"),
    sources: &["Kubernetes documentation, Define Environment Variables for a Container"],
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
          env: [{name: MODE, value: a}, {name: MODE, value: b}]
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
          env: [{name: MODE, value: a}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let mut broken = Vec::new();
        let mut names = Vec::new();
        for container in judged.all_containers() {
            let mut seen = std::collections::BTreeSet::new();
            for variable in container.environment() {
                if !seen.insert(variable.name) {
                    broken.push((container, variable.span));
                    names.push(format!("`{}`", variable.name));
                }
            }
        }
        names.dedup();
        verdicts.push(judged.verdict(&broken, |who| {
            said!(
                "{who} sets {names} twice",
                "{who} fixe {names} deux fois",
                who = who,
                names = crate::source::Said::list(&names)
            )
        }));
    }
    verdicts
}
