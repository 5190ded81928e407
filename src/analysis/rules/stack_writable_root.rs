//! `stack/writable-root`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::manifests::container::is_true;
use crate::said;
use crate::source::Severity;

/// A container cannot change its own image’s files.
pub static RULE: Rule = Rule {
    code: "stack/writable-root",
    summary: words(
        "A container does not write to its own root filesystem",
        "Un conteneur n’écrit pas sur son système de fichiers racine",
    ),
    why: words(
        "Whoever gets in can leave tools and change the program; what is written fills the node’s disk.",
        "Qui s’introduit peut y laisser des outils et changer le programme ; ce qui est écrit remplit le disque du nœud.",
    ),
    detects: words(
        "`readOnlyRootFilesystem: true` of each container.",
        "`readOnlyRootFilesystem: true` de chaque conteneur.",
    ),
    exceptions: words(
        "Software that writes where it stands needs an `emptyDir` there first. A note.",
        "Un logiciel qui écrit là où il est a d’abord besoin d’un `emptyDir`. Une note.",
    ),
    remedy: words(
        "write `readOnlyRootFilesystem: true`, and mount an `emptyDir` where it writes",
        "écrivez `readOnlyRootFilesystem: true`, et montez un `emptyDir` là où il écrit",
    ),
    sources: &["NSA and CISA, Kubernetes Hardening Guide 1.2, Immutable container file systems"],
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
          securityContext: {readOnlyRootFilesystem: false}
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
          securityContext: {readOnlyRootFilesystem: true}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let pod = judged.pod();
        let breaks = |container: &Container<'_>| !is_true(container.security(pod, "readOnlyRootFilesystem"));
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!("{who} may change its own files", "{who} peut changer ses propres fichiers", who = who)
        });
        verdicts.push(verdict);
    }
    verdicts
}
