//! `stack/proc-unmasked`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::said;
use crate::source::Severity;

/// `/proc` of a container hides the node’s.
pub static RULE: Rule = Rule {
    code: "stack/proc-unmasked",
    summary: words("`/proc` of a container stays masked", "`/proc` d’un conteneur reste masqué"),
    why: words(
        "Unmasked, it shows and changes settings of the node’s kernel.",
        "Démasqué, il montre et change des réglages du noyau du nœud.",
    ),
    detects: words(
        "`procMount` of each container is `Default` or not said.",
        "`procMount` de chaque conteneur vaut `Default` ou n’est pas dit.",
    ),
    exceptions: words(
        "Containers within containers, with user namespaces, need `Unmasked`.",
        "Des conteneurs dans des conteneurs, avec user namespaces, ont besoin de `Unmasked`.",
    ),
    remedy: words("remove `procMount`", "retirez `procMount`"),
    sources: &["Kubernetes documentation, Pod Security Standards, Baseline, /proc Mount Type"],
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
          securityContext: {procMount: Unmasked}
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
          securityContext: {runAsNonRoot: true}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let breaks = |container: &Container<'_>| {
            !matches!(container.text(&["securityContext", "procMount"]), None | Some("Default"))
        };
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged
            .verdict(&broken, |who| said!("{who} sees the node’s `/proc`", "{who} voit le `/proc` du nœud", who = who));
        verdicts.push(verdict);
    }
    verdicts
}
