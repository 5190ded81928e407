//! `network/route-targets-nothing`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::{Object, Unit, links};
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Node, Severity};

/// An Ingress or a route leads to a Service and a port that exist.
pub static RULE: Rule = Rule {
    code: "network/route-targets-nothing",
    summary: words(
        "An Ingress or a route leads to a Service and a port that exist",
        "Un Ingress ou une route mène à un Service et à un port qui existent",
    ),
    why: words(
        "Visitors get 503 or the controller’s own 404: the backend is not there.",
        "Les visiteurs reçoivent un 503 ou le 404 du contrôleur : le service visé n’existe pas.",
    ),
    detects: words(
        "The backends of Ingresses and routes: a Service of that name in the namespace of the same files, with that port by number or name. A backend written for another version of the API leads nowhere.",
        "Les services visés par les Ingress et les routes : un Service de ce nom dans le namespace des mêmes fichiers, avec ce port par numéro ou par nom. Un service visé écrit pour une autre version de l’API ne mène nulle part.",
    ),
    exceptions: words(
        "The Service may stand in files that were not given: where there is no Service at all, or one of that name in other files of the same run, it is only noted, unless `ask: always`.",
        "Le Service est peut-être dans des fichiers non donnés : s’il n’y a aucun Service, ou s’il y en a un de ce nom dans d’autres fichiers de la même exécution, c’est seulement noté, sauf `ask: always`.",
    ),
    remedy: words("correct the name or the port", "corrigez le nom ou le port"),
    sources: &["Kubernetes documentation, Ingress", "Gateway API, HTTPRoute"],
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
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 8080}}}}]}}]}
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
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    let any = unit.of_kind("Service").next().is_some();
    for (_, object) in objects(view, &["Ingress", "HTTPRoute", "GRPCRoute", "Route"]) {
        let old = object.kind == "Ingress" && object.api_version == "networking.k8s.io/v1";
        let backends = links::backends(object);
        let wrong = backends.iter().find(|(name, port, span)| {
            // The key of the old form stands before the name: `serviceName: web`.
            let of_old_form = old
                && view.workspace.sources.file(span.file).text[..span.start as usize]
                    .trim_end()
                    .ends_with("serviceName:");
            of_old_form || !leads(unit, object, name, *port)
        });
        verdicts.push(match wrong {
            None => Verdict::pass(address(object)),
            Some((service, _, span)) => {
                let name = &object.name;
                let message = said!(
                    "`{name}` sends visitors to `{service}`, which has no such port or is not there",
                    "`{name}` envoie les visiteurs vers `{service}`, qui n’a pas ce port ou n’existe pas"
                );
                let verdict = Verdict::fail(address(object), message).place(*span);
                let certain = any && (beside(unit, object, service) || !elsewhere(view, object, service));
                if certain || always || old { verdict } else { verdict.at_most(Severity::Note) }
            }
        });
    }
    verdicts
}

/// Whether files that may be of another cluster, for they hold some object again, have a Service of a name:
/// then nobody knows beside which of them the route is applied.
fn elsewhere(view: &View<'_>, route: &Object, name: &str) -> bool {
    let mut others = view.workspace.units.iter().filter(|(design, _)| *design != view.name);
    others.any(|(_, unit)| beside(unit, route, name))
}

/// Whether files have a Service of that name in the namespace of a route.
fn beside(unit: &Unit, route: &Object, name: &str) -> bool {
    unit.of_kind("Service").any(|(_, service)| service.name == name && service.namespace() == route.namespace())
}

fn leads(unit: &Unit, object: &Object, name: &str, port: Option<&Node>) -> bool {
    unit.of_kind("Service").any(|(_, service)| {
        let ports = service.at(&["spec", "ports"]).map(Node::items).unwrap_or_default();
        let wanted = port.and_then(Node::scalar);
        let listens = |item: &Node| ["port", "name"].iter().any(|key| item.get(key).and_then(Node::scalar) == wanted);
        service.name == name
            && service.namespace() == object.namespace()
            && (wanted.is_none() || ports.is_empty() || ports.iter().any(listens))
    })
}
