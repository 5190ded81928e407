//! `stack/low-user-id`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// Users in containers are nobody on the node.
pub static RULE: Rule = Rule {
    code: "stack/low-user-id",
    summary: words(
        "Users and groups of containers are none of the node’s own",
        "Les utilisateurs et groupes des conteneurs ne sont pas ceux du nœud",
    ),
    why: words(
        "A user id below 10000 is often somebody on the node: who leaves the container has that one’s files.",
        "Un identifiant inférieur à 10000 est souvent quelqu’un sur le nœud : qui sort du conteneur a ses fichiers.",
    ),
    detects: words(
        "`runAsUser` and `runAsGroup` of each container, else of its pod, are above `at_least` (10000), where `ask: always` asks for it.",
        "`runAsUser` et `runAsGroup` de chaque conteneur, sinon de son pod, dépassent `at_least` (10000), si `ask: always` le demande.",
    ),
    exceptions: words(
        "Images are made for their own numbers, and user namespaces solve it better. The position here: not asked, unless `ask: always`.",
        "Les images sont faites pour leurs propres numéros, et les user namespaces règlent mieux la question. La position prise : ce n’est pas demandé, sauf `ask: always`.",
    ),
    remedy: words(
        "set `runAsUser` and `runAsGroup` above 10000",
        "fixez `runAsUser` et `runAsGroup` au-dessus de 10000",
    ),
    sources: &["Kubernetes documentation, Configure a Security Context for a Pod or Container"],
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
          securityContext: {runAsUser: 1000, runAsGroup: 1000}
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
          securityContext: {runAsUser: 10001, runAsGroup: 10001}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::Never) == Ask::Always;
    let least = view.at_least(RULE.code, 10_000);
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let pod = judged.pod();
        let breaks = |container: &Container<'_>| {
            let low = |key: &str| {
                container
                    .security(pod, key)
                    .and_then(|node| node.scalar()?.parse::<u64>().ok())
                    .is_none_or(|id| id < u64::from(least))
            };
            low("runAsUser") || low("runAsGroup")
        };
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!("{who} runs as somebody of the node", "{who} tourne sous un compte du nœud", who = who)
        });
        if always || broken.is_empty() {
            verdicts.push(verdict);
        }
    }
    verdicts
}
