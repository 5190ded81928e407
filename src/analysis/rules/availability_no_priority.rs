//! `availability/no-priority`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// Pods say how important they are.
pub static RULE: Rule = Rule {
    code: "availability/no-priority",
    summary: words("Pods say how important they are", "Les pods disent leur importance"),
    why: words(
        "When a node is short of room, pods without a class are all worth the same: the one that takes orders may go before the one that draws statistics.",
        "Quand un nœud manque de place, les pods sans classe se valent tous : celui qui prend les commandes peut partir avant celui qui fait des statistiques.",
    ),
    detects: words("`priorityClassName` of each workload.", "`priorityClassName` de chaque charge."),
    exceptions: words(
        "Where all pods matter alike, classes only make more to maintain. The position here: not asked, unless `ask: always`.",
        "Si tous les pods comptent autant, des classes ne font qu’ajouter de l’entretien. La position prise : ce n’est pas demandé, sauf `ask: always`.",
    ),
    remedy: words("define a few PriorityClasses and name one", "définissez quelques PriorityClass et nommez-en une"),
    sources: &["Kubernetes documentation, Pod Priority and Preemption"],
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
      priorityClassName: orders
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::Never) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        if judged.pod_text("priorityClassName").is_some() {
            verdicts.push(Verdict::pass(judged.path()));
        } else if always {
            let name = judged.name();
            let message = said!("`{name}` has no priority class", "`{name}` n’a pas de classe de priorité");
            verdicts.push(Verdict::fail(judged.path(), message).place(judged.object.place()));
        }
    }
    verdicts
}
