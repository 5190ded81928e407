//! `secrets/exec-into-pods`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Object;
use crate::said;
use crate::source::{Node, Severity};

/// Nobody may enter running pods as a matter of course.
pub static RULE: Rule = Rule {
    code: "secrets/exec-into-pods",
    summary: words(
        "A role does not let people enter running pods",
        "Un rôle ne laisse pas entrer dans les pods qui tournent",
    ),
    why: words(
        "Who may `exec` or `attach` reads every variable and mounted Secret of a pod, and leaves no trace in the application’s own logs.",
        "Qui peut faire `exec` ou `attach` lit chaque variable et Secret monté d’un pod, sans trace dans les journaux de l’application.",
    ),
    detects: words(
        "Roles and ClusterRoles over `pods/exec` or `pods/attach` (or `*`) with `create`, `get` or `*`, and bindings to them. `admin`, `edit`, `cluster-admin` and names that start with `system:` are Kubernetes’ own.",
        "Les Roles et ClusterRoles sur `pods/exec` ou `pods/attach` (ou `*`) avec `create`, `get` ou `*`, et les liaisons vers eux. `admin`, `edit`, `cluster-admin` et les noms en `system:` sont ceux de Kubernetes.",
    ),
    exceptions: words(
        "Somebody has to at night: give it for a time, by name, and record it.",
        "Il le faut bien la nuit : donnez-le pour un temps, nommément, et tracez-le.",
    ),
    remedy: words(
        "take `pods/exec` and `pods/attach` out, or give them for a time",
        "retirez `pods/exec` et `pods/attach`, ou donnez-les pour un temps",
    ),
    sources: &[
        "Kubernetes documentation, RBAC Good Practices",
        "NSA and CISA, Kubernetes Hardening Guide 1.2, Authentication and authorization",
    ],
    severity: Severity::Warning,
    failing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: helper}
rules: [{apiGroups: [''], resources: [pods/exec], verbs: [create]}]
",
    passing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: helper}
rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let roles = objects(view, &["Role", "ClusterRole"]);
    for (_, object) in &roles {
        let name = &object.name;
        verdicts.push(match enters(object).filter(|_| !exempt(name)) {
            None => Verdict::pass(address(object)),
            Some(rule) => {
                let message = said!(
                    "who has `{name}` may enter running pods",
                    "qui a `{name}` peut entrer dans les pods qui tournent"
                );
                Verdict::fail(address(object), message).place(rule.get("resources").map_or(rule.span, |node| node.span))
            }
        });
    }
    for (_, binding) in objects(view, &["RoleBinding", "ClusterRoleBinding"]) {
        let name = &binding.name;
        let kind = binding.text(&["roleRef", "kind"]).unwrap_or("");
        let named = binding.text(&["roleRef", "name"]);
        let role = roles.iter().find(|(_, role)| {
            role.kind == kind
                && Some(role.name.as_str()) == named
                && (kind == "ClusterRole" || role.namespace() == binding.namespace())
        });
        let entering = role.is_some_and(|(_, role)| enters(role).is_some());
        verdicts.push(if entering && !exempt(name) {
            let message = said!(
                "`{name}` lets its subjects enter running pods",
                "`{name}` laisse ses sujets entrer dans les pods qui tournent"
            );
            Verdict::fail(address(binding), message).place(binding.place())
        } else {
            Verdict::pass(address(binding))
        });
    }
    verdicts
}

fn exempt(name: &str) -> bool {
    name.starts_with("system:")
        || matches!(name, "admin" | "edit" | "cluster-admin" | "gce:podsecuritypolicy:calico-sa")
}

fn enters(role: &Object) -> Option<&Node> {
    role.root.get("rules").map(Node::items).unwrap_or_default().iter().find(|rule| {
        names(rule, "apiGroups", &["", "*"])
            && names(rule, "resources", &["pods/exec", "pods/attach", "pods/*", "*"])
            && names(rule, "verbs", &["create", "get", "*"])
    })
}

/// Whether a list of a rule names something, or everything.
fn names(rule: &Node, key: &str, words: &[&str]) -> bool {
    rule.get(key).map(Node::items).unwrap_or_default().iter().filter_map(Node::scalar).any(|word| words.contains(&word))
}
