//! `stack/adds-capabilities`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::said;
use crate::source::{Node, Severity};

/// No container gets rights over its node.
pub static RULE: Rule = Rule {
    code: "stack/adds-capabilities",
    summary: words(
        "No container gets a capability that reaches its node",
        "Aucun conteneur ne reçoit de capability qui atteint son nœud",
    ),
    why: words(
        "`SYS_ADMIN`, `NET_ADMIN` and their like are most of what root is.",
        "`SYS_ADMIN`, `NET_ADMIN` et leurs semblables font l’essentiel de root.",
    ),
    detects: words(
        "`capabilities.add` of each container: `ALL`, `SYS_ADMIN`, `NET_ADMIN`, `SYS_PTRACE`, `SYS_MODULE`, `DAC_READ_SEARCH`, `BPF`.",
        "`capabilities.add` de chaque conteneur : `ALL`, `SYS_ADMIN`, `NET_ADMIN`, `SYS_PTRACE`, `SYS_MODULE`, `DAC_READ_SEARCH`, `BPF`.",
    ),
    exceptions: words(
        "Network plugins and agents need one of them: waive them by name.",
        "Greffons réseau et agents en ont besoin d’une : accordez-leur une dérogation nommée.",
    ),
    remedy: words("take it out, or add a smaller one", "retirez-la, ou ajoutez-en une plus petite"),
    sources: &["Kubernetes documentation, Pod Security Standards, Baseline, Capabilities"],
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
          securityContext: {capabilities: {add: [NET_ADMIN]}}
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
          securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let breaks =
            |container: &Container<'_>| listed(container, "add").iter().any(|word| GREAT.contains(&word.as_str()));
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!("{who} gets rights over its node", "{who} reçoit des droits sur son nœud", who = who)
        });
        verdicts.push(verdict);
    }
    verdicts
}

/// The capabilities that a list of the security context names, in capitals.
fn listed(container: &Container<'_>, key: &str) -> Vec<String> {
    let items = container.at(&["securityContext", "capabilities", key]).map(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::scalar).map(|word| word.trim_start_matches("CAP_").to_ascii_uppercase()).collect()
}

/// The capabilities with which a process reaches beyond its container.
const GREAT: [&str; 7] = ["ALL", "SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE", "SYS_MODULE", "DAC_READ_SEARCH", "BPF"];
