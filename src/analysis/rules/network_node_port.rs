//! `network/node-port`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A Service is not opened on every node.
pub static RULE: Rule = Rule {
    code: "network/node-port",
    summary: words(
        "A Service is not opened on a port of every node",
        "Un Service n’est pas ouvert sur un port de chaque nœud",
    ),
    why: words(
        "A NodePort is open on all nodes, past the load balancer and its rules, to whoever reaches a node’s address.",
        "Un NodePort est ouvert sur tous les nœuds, hors du répartiteur et de ses règles, à qui atteint l’adresse d’un nœud.",
    ),
    detects: words("`type: NodePort` of each Service.", "`type: NodePort` de chaque Service."),
    exceptions: words(
        "On bare metal a NodePort behind a load balancer of one’s own is common.",
        "Sur du matériel nu, un NodePort derrière son propre répartiteur est courant.",
    ),
    remedy: words("use an Ingress, a Gateway or a LoadBalancer", "utilisez un Ingress, un Gateway ou un LoadBalancer"),
    sources: &["Kubernetes documentation, Service, type: NodePort"],
    severity: Severity::Warning,
    failing: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}
",
    passing: r"
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["Service"]) {
        let node = object.at(&["spec", "type"]);
        verdicts.push(match node.filter(|node| node.scalar() == Some("NodePort")) {
            None => Verdict::pass(address(object)),
            Some(node) => {
                let name = &object.name;
                let message = said!("`{name}` is open on every node", "`{name}` est ouvert sur chaque nœud");
                Verdict::fail(address(object), message).place(node.span)
            }
        });
    }
    verdicts
}
