//! `secrets/default-account`

use crate::analysis::manifests::{address, objects, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Node, Severity};

/// The default account has no rights.
pub static RULE: Rule = Rule {
    code: "secrets/default-account",
    summary: words(
        "The default account of a namespace has no rights",
        "Le compte par défaut d’un namespace n’a pas de droits",
    ),
    why: words(
        "Every pod that names no account runs as it: what one of them needs, all of them get, whoever breaks into one included.",
        "Tout pod qui ne nomme pas de compte tourne sous lui : ce dont l’un a besoin, tous l’obtiennent, comme qui s’introduit dans l’un d’eux.",
    ),
    detects: words(
        "Bindings whose subject is the ServiceAccount `default`. With `ask: always`, also pods that name no account of their own.",
        "Les liaisons dont un sujet est le ServiceAccount `default`. Avec `ask: always`, aussi les pods qui ne nomment pas de compte à eux.",
    ),
    exceptions: words(
        "Some checkers ask every pod for an account of its own. The position here: without rights and without a token (`secrets/token-automount`) an account is only a name.",
        "Certains outils demandent à chaque pod un compte à lui. La position d’ici : sans droits et sans jeton (`secrets/token-automount`), un compte n’est qu’un nom.",
    ),
    remedy: words(
        "make an account for the pods that need the rights, and bind it",
        "créez un compte pour les pods qui ont besoin des droits, et liez-le",
    ),
    sources: &["CIS Kubernetes Benchmark 1.8, 5.1.5", "Kubernetes documentation, RBAC Good Practices, Least privilege"],
    severity: Severity::Warning,
    failing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reads}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: default, namespace: shop}]
",
    passing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reads}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: reader, namespace: shop}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["RoleBinding", "ClusterRoleBinding"]) {
        let subjects = object.root.get("subjects").map(Node::items).unwrap_or_default();
        let is = |node: &Node, key: &str, word: &str| node.get(key).and_then(Node::scalar) == Some(word);
        // Users and groups name the same account as the API server sees it.
        let named = |one: &Node, start: &str, end: &str| {
            let name = one.get("name").and_then(Node::scalar).unwrap_or("");
            name.starts_with(start) && name.ends_with(end)
        };
        let default = subjects.iter().find(|one| {
            (is(one, "kind", "ServiceAccount") && is(one, "name", "default"))
                || (is(one, "kind", "User") && named(one, "system:serviceaccount:", ":default"))
                || (is(one, "kind", "Group")
                    && (is(one, "name", "system:serviceaccounts") || named(one, "system:serviceaccounts:", "")))
        });
        verdicts.push(match default {
            None => Verdict::pass(address(object)),
            Some(subject) => {
                let name = &object.name;
                let message = said!(
                    "`{name}` gives rights to every pod that names no account",
                    "`{name}` donne des droits à tout pod qui ne nomme pas de compte"
                );
                let place = subject.get("name").map_or(subject.span, |node| node.span);
                Verdict::fail(address(object), message).place(place)
            }
        });
    }
    if view.ask(RULE.code, Ask::WhereItMatters) != Ask::Always {
        return verdicts;
    }
    for judged in workloads(view) {
        let account = judged.pod_text("serviceAccountName").or_else(|| judged.pod_text("serviceAccount"));
        verdicts.push(if account.is_some_and(|account| !account.is_empty() && account != "default") {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message = said!("`{name}` runs as the default account", "`{name}` tourne sous le compte par défaut");
            Verdict::fail(judged.path(), message).place(judged.object.place())
        });
    }
    verdicts
}
