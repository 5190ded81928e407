//! `secrets/role-not-found`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// A binding names a role that exists.
pub static RULE: Rule = Rule {
    code: "secrets/role-not-found",
    summary: words("A binding names a role that exists", "Une liaison nomme un rôle qui existe"),
    why: words(
        "It gives nothing today, and whatever right somebody later gives to a role of that name.",
        "Elle ne donne rien aujourd’hui, et demain tout droit qu’on donnera à un rôle de ce nom.",
    ),
    detects: words(
        "`roleRef` of each binding against the roles of the same files and Kubernetes’ own.",
        "`roleRef` de chaque liaison comparé aux rôles des mêmes fichiers et à ceux de Kubernetes.",
    ),
    exceptions: words(
        "Roles are often kept in other files: a note, unless `ask: always`.",
        "Les rôles sont souvent gardés ailleurs : une note, sauf `ask: always`.",
    ),
    remedy: words("correct the name, or add the role", "corrigez le nom, ou ajoutez le rôle"),
    sources: &["Kubernetes documentation, Using RBAC Authorization, RoleBinding and ClusterRoleBinding"],
    severity: Severity::Warning,
    failing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: Group, name: readers}]
",
    passing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: Group, name: readers}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let roles = objects(view, &["Role", "ClusterRole"]);
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["RoleBinding", "ClusterRoleBinding"]) {
        let Some(role) = object.at(&["roleRef", "name"]) else { continue };
        let (kind, named) = (object.text(&["roleRef", "kind"]).unwrap_or(""), role.scalar().unwrap_or(""));
        let own = kind == "ClusterRole"
            && (named.starts_with("system:") || matches!(named, "admin" | "edit" | "view" | "cluster-admin"));
        let found = own || roles.iter().any(|(_, other)| other.kind == kind && other.name == named);
        verdicts.push(if found {
            Verdict::pass(address(object))
        } else {
            let name = &object.name;
            let message = said!(
                "`{name}` gives the role `{named}`, which is not in these files",
                "`{name}` donne le rôle `{named}`, qui n’est pas dans ces fichiers"
            );
            let verdict = Verdict::fail(address(object), message).place(role.span);
            if always { verdict } else { verdict.at_most(Severity::Note) }
        });
    }
    verdicts
}
