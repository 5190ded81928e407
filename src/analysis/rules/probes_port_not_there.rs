//! `probes/port-not-there`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Node, Severity, Span};

/// A probe asks at a port that its container has.
pub static RULE: Rule = Rule {
    code: "probes/port-not-there",
    summary: words("A probe asks at a port that its container has", "Une sonde interroge un port que son conteneur a"),
    why: words(
        "A name that the container gives no port cannot be asked: the probe fails for ever, and the pod is never ready or is restarted in a circle.",
        "Un nom que le conteneur ne donne à aucun port ne peut être interrogé : la sonde échoue toujours, et le pod n’est jamais prêt ou redémarre en boucle.",
    ),
    detects: words(
        "`port` of `httpGet`, `tcpSocket` and `grpc` probes against the names of the ports of the same container; numbers too where `ask: always`.",
        "Le `port` des sondes `httpGet`, `tcpSocket` et `grpc` comparé aux noms des ports du même conteneur ; les numéros aussi avec `ask: always`.",
    ),
    exceptions: words(
        "Some checkers ask for every number to be listed. The position here: a port need not be listed to be listened on, and a management port is often kept out of the list.",
        "Certains outils demandent que chaque numéro soit énuméré. La position d’ici : un port n’a pas besoin de l’être pour être écouté, et un port d’administration en est souvent tenu à l’écart.",
    ),
    remedy: words(
        "name the port in the container, or write its number in the probe",
        "nommez le port dans le conteneur, ou écrivez son numéro dans la sonde",
    ),
    sources: &["Kubernetes documentation, Liveness, Readiness, and Startup Probes, Use a named port"],
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
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: web}}
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
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /ready, port: http}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let containers: Vec<_> = judged.all_containers();
        if containers.iter().all(|container| asked(container).is_empty()) {
            continue;
        }
        let missing = |container: &Container<'_>| -> Option<Span> {
            let ports = container.node.get("ports").map(Node::items).unwrap_or_default();
            let of =
                |key: &str, word: &str| ports.iter().any(|port| port.get(key).and_then(Node::scalar) == Some(word));
            let unknown = |(written, _): &(&str, Span)| {
                if written.parse::<u16>().is_ok() {
                    always && !of("containerPort", written)
                } else {
                    !of("name", written)
                }
            };
            asked(container).into_iter().find(unknown).map(|(_, span)| span)
        };
        let broken: Vec<_> =
            containers.into_iter().filter_map(|container| Some((container, missing(&container)?))).collect();
        verdicts.push(judged.verdict(&broken, |who| {
            said!(
                "a probe of {who} asks at a port that the container does not have",
                "une sonde de {who} interroge un port que le conteneur n’a pas",
                who = who
            )
        }));
    }
    verdicts
}

/// The ports that the probes of a container ask at, as they are written.
fn asked<'a>(container: &Container<'a>) -> Vec<(&'a str, Span)> {
    let mut found = Vec::new();
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        for kind in ["httpGet", "tcpSocket", "grpc"] {
            let port = container.at(&[probe, kind, "port"]);
            found.extend(port.and_then(|node| Some((node.scalar()?, node.span))));
        }
    }
    found
}
