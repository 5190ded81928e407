//! `availability/spread-constraint-invalid`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// A spread constraint says something that Kubernetes accepts.
pub static RULE: Rule = Rule {
    code: "availability/spread-constraint-invalid",
    summary: words(
        "A topology spread constraint says all that it needs",
        "Une contrainte de répartition dit tout ce qu’il faut",
    ),
    why: words(
        "The API server refuses the object, or counts no pods at all: the spread that the file promises never happens.",
        "L’API server refuse l’objet, ou ne compte aucun pod : la répartition promise n’a jamais lieu.",
    ),
    detects: words(
        "Each item of `topologySpreadConstraints`: `maxSkew` of at least 1, `minDomains` of at least 1 where it is said, a `topologyKey`, a known `whenUnsatisfiable`, and a `labelSelector`.",
        "Chaque élément de `topologySpreadConstraints` : `maxSkew` d’au moins 1, `minDomains` d’au moins 1 s’il est dit, un `topologyKey`, un `whenUnsatisfiable` connu, et un `labelSelector`.",
    ),
    exceptions: words(
        "None is known: without a selector no pod is counted.",
        "Aucune n’est connue : sans sélecteur, aucun pod n’est compté.",
    ),
    remedy: words("complete the constraint", "complétez la contrainte"),
    sources: &["Kubernetes documentation, Pod Topology Spread Constraints"],
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
      topologySpreadConstraints: [{maxSkew: 0, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]
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
      topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}]
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let items = judged.pod().and_then(|pod| pod.get("topologySpreadConstraints")).map(Node::items);
        let Some(items) = items.filter(|items| !items.is_empty()) else { continue };
        let wrong: Vec<(&Node, &str)> = items.iter().filter_map(|item| Some((item, wrong(item)?))).collect();
        verdicts.push(match wrong.first() {
            None => Verdict::pass(judged.path()),
            Some((item, key)) => {
                let name = judged.name();
                let message = said!(
                    "a spread constraint of `{name}` cannot work: `{key}`",
                    "une contrainte de répartition de `{name}` ne peut pas agir : `{key}`"
                );
                let place = item.get(key).map_or(item.span, |node| node.span);
                Verdict::fail(judged.path(), message).place(place)
            }
        });
    }
    verdicts
}

/// The key that is absent or wrong.
fn wrong(item: &Node) -> Option<&'static str> {
    let text = |key: &str| item.get(key).and_then(Node::scalar);
    let least = |key: &str| text(key).and_then(|text| text.parse::<i64>().ok());
    if least("maxSkew").is_none_or(|skew| skew < 1) {
        Some("maxSkew")
    } else if text("minDomains").is_some() && least("minDomains").is_none_or(|domains| domains < 1) {
        Some("minDomains")
    } else if text("topologyKey").is_none_or(str::is_empty) {
        Some("topologyKey")
    } else if !matches!(text("whenUnsatisfiable").map(str::trim), Some("DoNotSchedule" | "ScheduleAnyway")) {
        Some("whenUnsatisfiable")
    } else if item.get("labelSelector").is_none_or(|node| node.entries().is_empty()) {
        Some("labelSelector")
    } else {
        None
    }
}
