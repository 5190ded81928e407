//! `stack/privileged`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::manifests::container::is_true;
use crate::said;
use crate::source::Severity;

/// No container has the rights of its node.
pub static RULE: Rule = Rule {
    code: "stack/privileged",
    summary: words("No container has all rights of its node", "Aucun conteneur n’a tous les droits de son nœud"),
    why: words(
        "A privileged container is root on its node: whoever takes it over has the node, and every pod and Secret on it.",
        "Un conteneur privilégié est root sur son nœud : qui en prend le contrôle a le nœud, et chaque pod et Secret qui s’y trouve.",
    ),
    detects: words(
        "`securityContext.privileged` of each container.",
        "`securityContext.privileged` de chaque conteneur.",
    ),
    exceptions: words(
        "Drivers of storage and networks need it: put them in a namespace of their own, and waive them.",
        "Les pilotes de stockage et de réseau en ont besoin : mettez-les dans un namespace à part, et accordez-leur une dérogation.",
    ),
    remedy: words(
        "remove `privileged`, and add the one capability that is needed",
        "retirez `privileged`, et ajoutez la seule capability nécessaire",
    ),
    sources: &["Kubernetes documentation, Pod Security Standards, Baseline, Privileged Containers"],
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
          securityContext: {privileged: true}
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
          securityContext: {privileged: false}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let pod = judged.pod();
        let breaks = |container: &Container<'_>| is_true(container.security(pod, "privileged"));
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!("{who} has all rights of its node", "{who} a tous les droits de son nœud", who = who)
        });
        verdicts.push(verdict);
    }
    verdicts
}
