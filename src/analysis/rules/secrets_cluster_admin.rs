//! `secrets/cluster-admin`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// Nobody is bound to every right there is.
pub static RULE: Rule = Rule {
    code: "secrets/cluster-admin",
    summary: words("Nobody is bound to a role with every right", "Personne n’est lié à un rôle qui a tous les droits"),
    why: words(
        "One stolen token is then the whole cluster: every Secret, every node, every pod.",
        "Un seul jeton volé est alors tout le cluster : chaque Secret, chaque nœud, chaque pod.",
    ),
    detects: words(
        "RoleBindings and ClusterRoleBindings to `cluster-admin`, or to a role of the files that allows every verb on every resource of every group. Names that start with `system:` are Kubernetes’ own.",
        "Les RoleBindings et ClusterRoleBindings vers `cluster-admin`, ou vers un rôle des fichiers qui permet tout verbe sur toute ressource de tout groupe. Les noms en `system:` sont ceux de Kubernetes.",
    ),
    exceptions: words(
        "One group for emergencies, watched, is common: waive it by name.",
        "Un groupe pour les urgences, surveillé, est courant : accordez-lui une dérogation par son nom.",
    ),
    remedy: words(
        "bind to a role with the verbs and resources that are used",
        "liez à un rôle qui a les verbes et ressources utilisés",
    ),
    sources: &["Kubernetes documentation, RBAC Good Practices, Least privilege", "PCI DSS v4.0.1, 7.2.2"],
    severity: Severity::Error,
    failing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deployers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: Group, name: deployers}]
",
    passing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: viewers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: Group, name: viewers}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["RoleBinding", "ClusterRoleBinding"]) {
        let name = object.name.as_str();
        if name.starts_with("system:") || matches!(name, "cluster-admin" | "gce:podsecuritypolicy:calico-sa") {
            verdicts.push(Verdict::pass(address(object)));
            continue;
        }
        let Some(role) = object.at(&["roleRef", "name"]) else { continue };
        let (kind, named) = (object.text(&["roleRef", "kind"]).unwrap_or(""), role.scalar().unwrap_or(""));
        let found = objects(view, &["Role", "ClusterRole"]).into_iter().map(|(_, other)| other).find(|other| {
            other.kind == kind
                && other.name == named
                && (kind == "ClusterRole" || other.namespace() == object.namespace())
        });
        let everything = (kind == "ClusterRole" && named == "cluster-admin")
            || found.is_some_and(|role| role.root.get("rules").map(Node::items).unwrap_or_default().iter().any(all));
        verdicts.push(if everything {
            let message = said!("`{name}` gives every right there is", "`{name}` donne tous les droits qui existent");
            let verdict = Verdict::fail(address(object), message).place(role.span);
            match found {
                Some(role) => verdict.and(role.place(), said!("everything is allowed here", "tout est permis ici")),
                None => verdict,
            }
        } else {
            Verdict::pass(address(object))
        });
    }
    verdicts
}

/// Whether a rule allows everything: every verb on every resource of every group.
fn all(rule: &Node) -> bool {
    let has = |key: &str, word: &str| {
        rule.get(key).map(Node::items).unwrap_or_default().iter().any(|item| item.scalar() == Some(word))
    };
    let verbs = ["get", "list", "watch", "create", "update", "patch", "delete"];
    has("apiGroups", "*") && has("resources", "*") && (has("verbs", "*") || verbs.iter().all(|verb| has("verbs", verb)))
}
