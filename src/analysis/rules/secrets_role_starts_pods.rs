//! `secrets/role-starts-pods`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// A role that starts pods is known to give more.
pub static RULE: Rule = Rule {
    code: "secrets/role-starts-pods",
    summary: words("A role that starts pods is given to few", "Un rôle qui lance des pods est donné à peu de monde"),
    why: words(
        "Who may create a pod may run it as any account of the namespace, mount any of its Secrets, and, where Pod Security does not forbid it, own the node.",
        "Qui peut créer un pod peut le lancer sous n’importe quel compte du namespace, monter n’importe lequel de ses Secrets et, si la Pod Security ne l’interdit pas, posséder le nœud.",
    ),
    detects: words(
        "Rules of Roles and ClusterRoles that `create` (or `*`) pods, or what makes pods: Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs, CronJobs.",
        "Les règles des Roles et ClusterRoles qui font `create` (ou `*`) de pods, ou de ce qui en fabrique : Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs, CronJobs.",
    ),
    exceptions: words(
        "Operators and what deploys need it: a note, to be read once. Roles named `system:…` are Kubernetes’ own, and pass.",
        "Les opérateurs et ce qui déploie en ont besoin : une note, à lire une fois. Les rôles `system:…` sont ceux de Kubernetes, et passent.",
    ),
    remedy: words(
        "give it in namespaces of their own, under Pod Security `restricted`",
        "donnez-le dans des namespaces à part, sous Pod Security `restricted`",
    ),
    sources: &[
        "Kubernetes documentation, RBAC Good Practices, Workload creation",
        "CIS Kubernetes Benchmark 1.8, 5.1.4",
    ],
    severity: Severity::Note,
    failing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules: [{apiGroups: [''], resources: [pods], verbs: [create]}]
",
    passing: r"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: deployer}
rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]
",
    check,
};

/// What pods are made from.
const MAKES: [&str; 8] =
    ["pods", "deployments", "statefulsets", "daemonsets", "replicasets", "jobs", "cronjobs", "replicationcontrollers"];

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["Role", "ClusterRole"]) {
        if object.name.starts_with("system:") {
            continue;
        }
        let rules = object.root.get("rules").map(Node::items).unwrap_or_default();
        let starts = rules.iter().find_map(|rule| {
            let list = |key: &str| rule.get(key).map(Node::items).unwrap_or_default();
            let creates = list("verbs").iter().filter_map(Node::scalar).any(|verb| matches!(verb, "create" | "*"));
            let made = list("resources").iter().find(|item| item.scalar().is_some_and(|word| MAKES.contains(&word)));
            made.filter(|_| creates)
        });
        verdicts.push(match starts {
            None => Verdict::pass(address(object)),
            Some(node) => {
                let (name, what) = (&object.name, node.scalar().unwrap_or("pods"));
                let message = said!(
                    "who has `{name}` may create `{what}`, and so use every Secret and account beside them",
                    "qui a `{name}` peut créer des `{what}`, et donc user de tous les Secrets et comptes à côté"
                );
                Verdict::fail(address(object), message).place(node.span)
            }
        });
    }
    verdicts
}
