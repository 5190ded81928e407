//! `stack/host-namespaces`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::container::is_true;
use crate::said;
use crate::source::{Node, Severity};

/// A pod has namespaces of its own.
pub static RULE: Rule = Rule {
    code: "stack/host-namespaces",
    summary: words(
        "A pod does not share its node’s processes, network or memory",
        "Un pod ne partage pas les processus, le réseau ou la mémoire de son nœud",
    ),
    why: words(
        "It sees every process of the node, listens on its network past every policy, or reads other programs’ memory.",
        "Il voit chaque processus du nœud, écoute son réseau hors de toute politique, ou lit la mémoire d’autres programmes.",
    ),
    detects: words(
        "`hostNetwork`, `hostPID`, `hostIPC`, and `hostProcess` of Windows.",
        "`hostNetwork`, `hostPID`, `hostIPC`, et `hostProcess` de Windows.",
    ),
    exceptions: words(
        "Network plugins and node agents need them: of a DaemonSet it is only noted.",
        "Greffons réseau et agents de nœud en ont besoin : pour un DaemonSet, c’est seulement noté.",
    ),
    remedy: words("remove them", "retirez-les"),
    sources: &["Kubernetes documentation, Pod Security Standards, Baseline, Host Namespaces"],
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
      hostNetwork: true
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
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let pod = judged.pod();
        let yes = |node: Option<&Node>| node.filter(|node| is_true(Some(node))).map(|node| node.span);
        let shared = ["hostNetwork", "hostPID", "hostIPC"].iter().find_map(|key| Some((*key, yes(pod?.get(key))?)));
        let windows =
            |node: Option<&Node>| yes(node?.get("securityContext")?.get("windowsOptions")?.get("hostProcess"));
        let process =
            windows(pod).or_else(|| judged.all_containers().iter().find_map(|container| windows(Some(container.node))));
        let found = shared.or_else(|| Some(("hostProcess", process?)));
        verdicts.push(match found {
            None => Verdict::pass(judged.path()),
            Some((key, span)) => {
                let name = judged.name();
                let message = said!(
                    "`{name}` shares its node’s namespaces: `{key}`",
                    "`{name}` partage les espaces de son nœud : `{key}`"
                );
                let verdict = Verdict::fail(judged.path(), message).place(span);
                if judged.is(&["DaemonSet"]) { verdict.at_most(Severity::Note) } else { verdict }
            }
        });
    }
    verdicts
}
