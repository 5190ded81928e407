//! `capacity/no-ephemeral-storage`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// Containers say how much disk of the node they use.
pub static RULE: Rule = Rule {
    code: "capacity/no-ephemeral-storage",
    summary: words(
        "Containers say how much disk of the node they use",
        "Les conteneurs disent combien de disque du nœud ils utilisent",
    ),
    why: words(
        "Logs and scratch files of one container fill the node’s disk, and the kubelet evicts others first.",
        "Les journaux et fichiers temporaires d’un conteneur remplissent le disque du nœud, et le kubelet évince d’autres d’abord.",
    ),
    detects: words(
        "`ephemeral-storage` in `requests` and `limits` of each container, where `ask: always` asks for it.",
        "`ephemeral-storage` dans `requests` et `limits` de chaque conteneur, si `ask: always` le demande.",
    ),
    exceptions: words(
        "Hardly anybody states it, and few suffer from it. The position here: not asked, unless `ask: always`.",
        "Presque personne ne le dit, et peu en souffrent. La position prise : ce n’est pas demandé, sauf `ask: always`.",
    ),
    remedy: words(
        "state `ephemeral-storage` in `requests` and `limits`",
        "écrivez `ephemeral-storage` dans `requests` et `limits`",
    ),
    sources: &["Kubernetes documentation, Local ephemeral storage"],
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
          resources: {requests: {ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 1Gi}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::Never) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let open = |container: &Container<'_>| {
            ["requests", "limits"].iter().any(|which| container.resource(which, "ephemeral-storage").is_none())
        };
        let broken: Vec<_> = judged
            .containers()
            .into_iter()
            .filter(open)
            .map(|container| (container, container.key("resources")))
            .collect();
        if always || broken.is_empty() {
            verdicts.push(judged.verdict(&broken, |who| {
                said!("{who} may fill the disk of its node", "{who} peut remplir le disque de son nœud", who = who)
            }));
        }
    }
    verdicts
}
