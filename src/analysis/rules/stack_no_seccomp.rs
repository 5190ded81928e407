//! `stack/no-seccomp`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::said;
use crate::source::{Node, Severity};

/// System calls that are not needed are refused.
pub static RULE: Rule = Rule {
    code: "stack/no-seccomp",
    summary: words(
        "System calls that are not needed are refused (seccomp)",
        "Les appels système inutiles sont refusés (seccomp)",
    ),
    why: words(
        "Without a profile a container may make every system call, those with last week’s hole among them.",
        "Sans profil, un conteneur peut faire tout appel système, y compris celui de la faille de la semaine dernière.",
    ),
    detects: words(
        "`seccompProfile` of each container, else of its pod, or the older annotation; `Unconfined` is none.",
        "`seccompProfile` de chaque conteneur, sinon de son pod, ou l’ancienne annotation ; `Unconfined` n’en est pas un.",
    ),
    exceptions: words(
        "A kubelet can give every pod the runtime’s profile (`seccompDefault`), which a file cannot show: a note.",
        "Un kubelet peut donner à tout pod le profil du runtime (`seccompDefault`), ce qu’un fichier ne montre pas : une note.",
    ),
    remedy: words("write `seccompProfile: {type: RuntimeDefault}`", "écrivez `seccompProfile: {type: RuntimeDefault}`"),
    sources: &["Kubernetes documentation, Pod Security Standards, Restricted, Seccomp"],
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
      containers:
        - name: web
          image: registry.example/web:1.4.2
          securityContext: {seccompProfile: {type: RuntimeDefault}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let pod = judged.pod();
        let breaks = |container: &Container<'_>| {
            let profile =
                container.security(pod, "seccompProfile").and_then(|node| node.get("type")).and_then(Node::scalar);
            let metadata = judged.object.template().and_then(|template| template.get("metadata"));
            let annotations = metadata.and_then(|metadata| metadata.get("annotations")).map(Node::entries);
            let old = annotations
                .unwrap_or_default()
                .iter()
                .any(|entry| entry.key.starts_with("seccomp.security.alpha.kubernetes.io/"));
            matches!(profile, None | Some("Unconfined")) && !old
        };
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!("{who} may make every system call", "{who} peut faire tout appel système", who = who)
        });
        verdicts.push(verdict);
    }
    verdicts
}
