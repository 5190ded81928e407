//! `stack/weak-pod-security`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::Tenancy;
use crate::design::model::config::Context;
use crate::design::model::place::PodSecurity;
use crate::said;
use crate::source::Severity;

/// A cluster refuses pods that could take over their node.
pub static RULE: Rule = Rule {
    code: "stack/weak-pod-security",
    summary: words(
        "A cluster refuses pods that could take over their node",
        "Un cluster refuse les pods qui pourraient prendre leur nœud",
    ),
    why: words(
        "Containers share their node's kernel. A privileged pod, or one that mounts the host, is root on the node, and with it on every pod there.",
        "Les conteneurs partagent le noyau de leur nœud. Un pod privilégié, ou qui monte l’hôte, est root sur le nœud, et donc sur tous ses pods.",
    ),
    detects: words(
        "`pod_security` of each cluster: `privileged` fails; `baseline` fails in finance, and where a component with hostile tenants runs in the cluster; unsaid is a question, because Kubernetes enforces nothing by itself.",
        "`pod_security` de chaque cluster : `privileged` échoue ; `baseline` échoue en finance, et là où un composant à locataires hostiles tourne dans le cluster ; non précisé, c’est une question, car Kubernetes n’impose rien de lui-même.",
    ),
    exceptions: words(
        "Node agents (network, storage, some monitoring) need privileges: exempt their namespaces, not the cluster. `restricted` alone does not hold hostile tenants; a sandbox or a virtual machine does.",
        "Les agents de nœud (réseau, stockage, une part de la supervision) ont besoin de privilèges : exemptez leurs namespaces, pas le cluster. `restricted` seul ne tient pas des locataires hostiles ; un bac à sable ou une VM, si.",
    ),
    remedy: words(
        "enforce `restricted` and exempt the namespaces of node agents",
        "imposez `restricted` et exemptez les namespaces des agents de nœud",
    ),
    sources: &[
        "Kubernetes documentation, Pod Security Standards, Pod Security Admission",
        "CIS Kubernetes Benchmark, section 5.2",
        "NSA and CISA, Kubernetes Hardening Guide 1.2",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], pod_security: privileged}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], pod_security: restricted}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, cluster) in &view.design.clusters {
        let path = format!("clusters.{name}");
        let at = format!("{path}.pod_security");
        let hostile = view.design.components.iter().find(|(_, component)| {
            component.tenancy == Some(Tenancy::Hostile)
                && component.runs_on.as_ref().is_some_and(|place| **place == **name)
        });
        verdicts.push(match cluster.pod_security {
            Some(PodSecurity::Restricted) => Verdict::pass(path),
            Some(PodSecurity::Privileged) => Verdict::fail(path, said!("any pod of `{name}` may become root on its node", "tout pod de `{name}` peut devenir root sur son nœud")).at(at),
            Some(PodSecurity::Baseline) => match hostile {
                Some((tenant, _)) => Verdict::fail(path, said!("`{name}` runs `{tenant}` for hostile tenants, and refuses only known escalations", "`{name}` fait tourner `{tenant}` pour des locataires hostiles, et ne refuse que les escalades connues"))
                    .at(at)
                    .also(format!("components.{tenant}.tenancy"), said!("hostile tenants", "locataires hostiles")),
                None if view.design.context == Context::Finance => {
                    Verdict::fail(path, said!("`{name}` lets pods run as root and keep their capabilities", "`{name}` laisse les pods tourner en root et garder leurs capacités")).at(at)
                }
                None => Verdict::pass(path),
            },
            None => Verdict::unanswered(path, said!("which pod security standard does `{name}` enforce? Kubernetes enforces none by itself", "quel standard de sécurité des pods `{name}` impose-t-il ? Kubernetes n’en impose aucun de lui-même"))
                .help(said!("state `pod_security`", "déclarez `pod_security`")),
        });
    }
    verdicts
}
