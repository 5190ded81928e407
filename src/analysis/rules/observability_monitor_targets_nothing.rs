//! `observability/monitor-targets-nothing`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::{Object, selector::takes};
use crate::said;
use crate::source::{Node, Severity};

/// A monitor finds what it is to watch.
pub static RULE: Rule = Rule {
    code: "observability/monitor-targets-nothing",
    summary: words(
        "A ServiceMonitor or PodMonitor finds what it is to watch",
        "Un ServiceMonitor ou PodMonitor trouve ce qu’il doit surveiller",
    ),
    why: words(
        "Nothing is scraped and nothing complains: dashboards stay empty and alerts that need a value never fire.",
        "Rien n’est collecté et rien ne se plaint : les tableaux de bord restent vides et les alertes qui attendent une valeur ne se déclenchent jamais.",
    ),
    detects: words(
        "The selector of each ServiceMonitor against the labels of the Services, of each PodMonitor against those of the pods, in the namespaces that it names, in these files.",
        "Le sélecteur de chaque ServiceMonitor comparé aux étiquettes des Services, de chaque PodMonitor à celles des pods, dans les namespaces qu’il nomme, dans ces fichiers.",
    ),
    exceptions: words(
        "What it watches may stand in files that were not given: where nothing of that kind does, it is only noted.",
        "Ce qu’il surveille peut être dans des fichiers non donnés : si rien de cette sorte n’y est, c’est seulement noté.",
    ),
    remedy: words(
        "let the selector name labels of the Service itself, not of its pods",
        "nommez dans le sélecteur des étiquettes du Service lui-même, pas de ses pods",
    ),
    sources: &["Prometheus Operator documentation, Getting Started, Using ServiceMonitors"],
    severity: Severity::Warning,
    failing: r"
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: wbe}}, endpoints: [{port: http}]}
",
    passing: r"
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: http}]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["ServiceMonitor", "PodMonitor"]) {
        let Some(selector) = object.at(&["spec", "selector"]) else { continue };
        let watched: Vec<(&Object, Vec<(&str, &str)>)> = if object.kind == "ServiceMonitor" {
            unit.of_kind("Service").map(|(_, service)| (service, service.labels())).collect()
        } else {
            unit.workloads.iter().map(|workload| unit.object(workload)).map(|one| (one, one.pod_labels())).collect()
        };
        let near = |other: &Object| inside(object, other);
        if watched.iter().any(|(other, labels)| near(other) && takes(selector, labels)) {
            verdicts.push(Verdict::pass(address(object)));
            continue;
        }
        let name = &object.name;
        let message = said!(
            "`{name}` watches nothing: nothing has the labels that it selects",
            "`{name}` ne surveille rien : rien n’a les étiquettes qu’il sélectionne"
        );
        let verdict = Verdict::fail(address(object), message).place(selector.span);
        let told = watched.iter().any(|(other, _)| near(other));
        verdicts.push(if told { verdict } else { verdict.at_most(Severity::Note) });
    }
    verdicts
}

/// Whether a monitor looks into the namespace of something.
fn inside(monitor: &Object, other: &Object) -> bool {
    let spaces = monitor.at(&["spec", "namespaceSelector"]);
    if spaces.and_then(|node| node.get("any")).and_then(Node::scalar) == Some("true") {
        return true;
    }
    let named = spaces.and_then(|node| node.get("matchNames")).map(Node::items).unwrap_or_default();
    if named.is_empty() {
        return monitor.namespace() == other.namespace();
    }
    named.iter().any(|name| name.scalar() == Some(other.namespace()))
}
