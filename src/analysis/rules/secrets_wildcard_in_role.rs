//! `secrets/wildcard-in-role`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// A role names what it gives.
pub static RULE: Rule = Rule {
    code: "secrets/wildcard-in-role",
    summary: words("A role names what it gives", "Un rôle nomme ce qu’il donne"),
    why: words(
        "A `*` also gives what is added later: the next resource that an operator brings, the next verb, exec into pods and every Secret among them.",
        "Un `*` donne aussi ce qui viendra : la prochaine ressource d’un opérateur, le prochain verbe, l’entrée dans les pods et tous les Secrets compris.",
    ),
    detects: words(
        "`*` among the verbs, resources or groups of the rules of Roles and ClusterRoles.",
        "`*` parmi les verbes, ressources ou groupes des règles des Roles et ClusterRoles.",
    ),
    exceptions: words(
        "Roles that are put together from others by `aggregationRule`, and those named `system:…`, are Kubernetes’ own, and pass. A tool that restores whole clusters needs everything, and says so in a waiver.",
        "Les rôles assemblés d’autres par `aggregationRule`, et ceux nommés `system:…`, sont ceux de Kubernetes, et passent. Un outil qui restaure des clusters entiers a besoin de tout, et le dit dans une dérogation.",
    ),
    remedy: words(
        "name the groups, resources and verbs that are used",
        "nommez les groupes, ressources et verbes utilisés",
    ),
    sources: &["Kubernetes documentation, RBAC Good Practices, Least privilege", "CIS Kubernetes Benchmark 1.8, 5.1.3"],
    severity: Severity::Warning,
    failing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules: [{apiGroups: [apps], resources: ['*'], verbs: [get, patch]}]
",
    passing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules: [{apiGroups: [apps], resources: [deployments], verbs: [get, patch]}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["Role", "ClusterRole"]) {
        if object.name.starts_with("system:") || object.at(&["aggregationRule"]).is_some() {
            continue;
        }
        let rules = object.root.get("rules").map(Node::items).unwrap_or_default();
        let lists = rules.iter().flat_map(|rule| ["verbs", "resources", "apiGroups"].map(|key| (key, rule.get(key))));
        let mut found =
            lists.filter_map(|(key, list)| Some((key, list?.items().iter().find(|item| item.scalar() == Some("*"))?)));
        verdicts.push(match found.next() {
            None => Verdict::pass(address(object)),
            Some((key, node)) => {
                let name = &object.name;
                let every = match key {
                    "verbs" => said!("every verb", "tous les verbes"),
                    "resources" => said!("every resource", "toutes les ressources"),
                    _ => said!("the objects of every group", "les objets de tous les groupes"),
                };
                let message = said!(
                    "`{name}` gives {every}, now and later",
                    "`{name}` donne {every}, à présent et à l’avenir",
                    every = every
                );
                Verdict::fail(address(object), message).place(node.span)
            }
        });
    }
    verdicts
}
