//! `capacity/no-cpu-limit`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// Containers have a limit on processor time, where that is wanted.
pub static RULE: Rule = Rule {
    code: "capacity/no-cpu-limit",
    summary: words(
        "Containers have a limit on processor time, where that is wanted",
        "Les conteneurs ont une limite de processeur, si on la veut",
    ),
    why: words(
        "Without one a container may use every idle cycle of its node, and neighbours feel it where they rely on more than they requested.",
        "Sans elle, un conteneur peut utiliser chaque cycle libre de son nœud, et ses voisins le sentent s’ils comptent sur plus que leurs requests.",
    ),
    detects: words(
        "`resources.limits.cpu` of each container, where `ask: always` asks for it.",
        "`resources.limits.cpu` de chaque conteneur, si `ask: always` le demande.",
    ),
    exceptions: words(
        "Peers ask for one everywhere. The position here: not asked, since processor time is shared out by requests, and a limit throttles a pod at every peak although its node is idle. Hostile tenants and pinned cores are the exceptions.",
        "D’autres outils l’exigent partout. La position prise : ce n’est pas demandé, car le processeur se partage selon les requests, et une limite bride le pod à chaque pic même sur un nœud inactif. Des locataires hostiles et des cœurs réservés sont les exceptions.",
    ),
    remedy: words("state `resources.limits.cpu`", "écrivez `resources.limits.cpu`"),
    sources: &["Kubernetes documentation, Resource Management for Pods and Containers"],
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
          resources: {requests: {cpu: 100m}}
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
          resources: {limits: {cpu: 200m}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::Never) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let open: Vec<_> =
            judged.containers().into_iter().filter(|container| container.resource("limits", "cpu").is_none()).collect();
        if !always && !open.is_empty() {
            continue;
        }
        let broken: Vec<_> = open.iter().map(|container| (*container, container.key("resources"))).collect();
        verdicts.push(judged.verdict(&broken, |who| {
            said!(
                "{who} may use every idle cycle of its node",
                "{who} peut utiliser chaque cycle libre de son nœud",
                who = who
            )
        }));
    }
    verdicts
}
