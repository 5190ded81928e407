//! `secrets/role-reads-secrets`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// Roles do not read every Secret.
pub static RULE: Rule = Rule {
    code: "secrets/role-reads-secrets",
    summary: words("A role does not read every Secret", "Un rôle ne lit pas tous les Secrets"),
    why: words(
        "Whoever has the role has every credential of its namespace, of the whole cluster for a ClusterRole.",
        "Qui a le rôle a tous les identifiants de son namespace, de tout le cluster pour un ClusterRole.",
    ),
    detects: words(
        "Rules of Roles and ClusterRoles over `secrets` (or `*`) with `get`, `list`, `watch` or `*` and without `resourceNames`.",
        "Les règles des Roles et ClusterRoles sur `secrets` (ou `*`) avec `get`, `list`, `watch` ou `*`, sans `resourceNames`.",
    ),
    exceptions: words(
        "Operators that make Secrets read them too; roles named `system:…` are Kubernetes’ own, and pass.",
        "Les opérateurs qui fabriquent des Secrets les lisent aussi ; les rôles `system:…` sont ceux de Kubernetes, et passent.",
    ),
    remedy: words(
        "name the Secrets in `resourceNames`, with `get` alone",
        "nommez les Secrets dans `resourceNames`, avec le seul `get`",
    ),
    sources: &["Kubernetes documentation, RBAC Good Practices, Listing secrets", "PCI DSS v4.0.1, 7.2.2"],
    severity: Severity::Warning,
    failing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [''], resources: [secrets], verbs: [get, list]}]
",
    passing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [''], resources: [secrets], resourceNames: [db], verbs: [get]}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["Role", "ClusterRole"]) {
        if object.name.starts_with("system:") {
            continue;
        }
        let rules = object.root.get("rules").map(Node::items).unwrap_or_default();
        let reads = rules.iter().find(|rule| {
            names(rule, "apiGroups", &["", "*"])
                && names(rule, "resources", &["secrets", "*"])
                && names(rule, "verbs", &["get", "list", "watch", "*"])
                && rule.get("resourceNames").is_none_or(|node| node.items().is_empty())
        });
        verdicts.push(match reads {
            None => Verdict::pass(address(object)),
            Some(rule) => {
                let name = &object.name;
                let message = said!("who has `{name}` reads every Secret", "qui a `{name}` lit tous les Secrets");
                Verdict::fail(address(object), message).place(rule.get("resources").map_or(rule.span, |node| node.span))
            }
        });
    }
    verdicts
}

/// Whether a list of a rule names something, or everything.
fn names(rule: &Node, key: &str, words: &[&str]) -> bool {
    rule.get(key).map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar).any(|word| words.contains(&word))
}
