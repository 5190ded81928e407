//! `stack/privilege-escalation`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::manifests::container::is_false;
use crate::said;
use crate::source::Severity;

/// A process cannot get more rights than it started with.
pub static RULE: Rule = Rule {
    code: "stack/privilege-escalation",
    summary: words(
        "A process cannot get more rights than it started with",
        "Un processus ne peut pas gagner de droits",
    ),
    why: words(
        "A setuid program in the image makes any process root again.",
        "Un programme setuid dans l’image rend root n’importe quel processus.",
    ),
    detects: words(
        "`allowPrivilegeEscalation: false` of each container.",
        "`allowPrivilegeEscalation: false` de chaque conteneur.",
    ),
    exceptions: words(
        "A note: it matters most together with `runAsNonRoot`.",
        "Une note : cela compte surtout avec `runAsNonRoot`.",
    ),
    remedy: words("write `allowPrivilegeEscalation: false`", "écrivez `allowPrivilegeEscalation: false`"),
    sources: &["Kubernetes documentation, Pod Security Standards, Restricted, Privilege Escalation"],
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
          securityContext: {allowPrivilegeEscalation: true}
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
          securityContext: {allowPrivilegeEscalation: false}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let breaks =
            |container: &Container<'_>| !is_false(container.at(&["securityContext", "allowPrivilegeEscalation"]));
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!("a process of {who} may get more rights", "un processus de {who} peut gagner des droits", who = who)
        });
        verdicts.push(verdict);
    }
    verdicts
}
