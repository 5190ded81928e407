//! `stack/may-run-as-root`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::manifests::container::{is_false, is_true};
use crate::said;
use crate::source::{Node, Severity};

/// Containers do not run as root.
pub static RULE: Rule = Rule {
    code: "stack/may-run-as-root",
    summary: words("Containers do not run as root", "Les conteneurs ne tournent pas en root"),
    why: words(
        "Root in a container is root on the node as soon as one hole in the kernel or the runtime is found.",
        "Root dans un conteneur est root sur le nœud dès qu’une faille du noyau ou du runtime est trouvée.",
    ),
    detects: words(
        "`runAsNonRoot: true`, or a `runAsUser` other than 0, in the security context of each container, else of its pod.",
        "`runAsNonRoot: true`, ou un `runAsUser` autre que 0, dans le contexte de sécurité de chaque conteneur, sinon de son pod.",
    ),
    exceptions: words(
        "An image may name another user itself, which a file cannot show: say `runAsNonRoot` all the same, so that the next image must too. With user namespaces (`hostUsers: false`) root is nobody on the node, and passes.",
        "Une image peut nommer elle-même un autre utilisateur, ce qu’un fichier ne montre pas : dites `runAsNonRoot` quand même, pour que la prochaine image le doive aussi. Avec les user namespaces (`hostUsers: false`), root n’est personne sur le nœud, et cela passe.",
    ),
    remedy: words("write `runAsNonRoot: true`", "écrivez `runAsNonRoot: true`"),
    sources: &["Kubernetes documentation, Pod Security Standards, Restricted, Running as Non-root"],
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
          securityContext: {runAsNonRoot: false}
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
        let pod = judged.pod();
        let breaks = |container: &Container<'_>| {
            let text = |key: &str| container.security(pod, key).and_then(Node::scalar);
            let non_root = container.security(pod, "runAsNonRoot");
            let user = text("runAsUser").is_some_and(|user| user != "0");
            let spaces = is_false(pod.and_then(|pod| pod.get("hostUsers")));
            let safe = is_true(non_root) || (user && !is_false(non_root)) || spaces;
            !safe
        };
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict =
            judged.verdict(&broken, |who| said!("{who} may run as root", "{who} peut tourner en root", who = who));
        verdicts.push(verdict);
    }
    verdicts
}
