//! `stack/host-path`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// A pod does not mount folders of its node.
pub static RULE: Rule = Rule {
    code: "stack/host-path",
    summary: words("A pod does not mount folders of its node", "Un pod ne monte pas de dossiers de son nœud"),
    why: words(
        "It reads and writes what belongs to the node, the runtime’s socket included; and its data stay behind when it moves.",
        "Il lit et écrit ce qui appartient au nœud, la socket du runtime comprise ; et ses données restent sur place quand il se déplace.",
    ),
    detects: words("`hostPath` volumes of each workload.", "Les volumes `hostPath` de chaque charge."),
    exceptions: words(
        "Agents of a DaemonSet read logs and metrics there: only noted.",
        "Les agents d’un DaemonSet y lisent journaux et métriques : seulement noté.",
    ),
    remedy: words(
        "use a PersistentVolumeClaim, a ConfigMap or an `emptyDir`",
        "utilisez un PersistentVolumeClaim, un ConfigMap ou un `emptyDir`",
    ),
    sources: &["Kubernetes documentation, Pod Security Standards, Baseline, HostPath Volumes"],
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
      volumes: [{name: data, hostPath: {path: /srv/data}}]
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
      volumes: [{name: data, emptyDir: {}}]
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let volumes = judged.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
        let mut paths = volumes.iter().filter_map(|volume| volume.get("hostPath"));
        verdicts.push(match paths.next() {
            None => Verdict::pass(judged.path()),
            Some(node) => {
                let name = judged.name();
                let path = node.get("path").and_then(Node::scalar).unwrap_or("?");
                let message = said!("`{name}` mounts `{path}` of its node", "`{name}` monte `{path}` de son nœud");
                let span = node.get("path").map_or(node.span, |node| node.span);
                let verdict = Verdict::fail(judged.path(), message).place(span);
                if judged.is(&["DaemonSet"]) { verdict.at_most(Severity::Note) } else { verdict }
            }
        });
    }
    verdicts
}
