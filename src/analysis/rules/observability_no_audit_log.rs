//! `observability/no-audit-log`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A cluster records who did what to it.
pub static RULE: Rule = Rule {
    code: "observability/no-audit-log",
    summary: words("A cluster records who did what to it", "Un cluster enregistre qui lui a fait quoi"),
    why: words(
        "Without an audit log nobody can say who read a Secret or who deleted a workload: neither after an intrusion nor after an accident.",
        "Sans journal d’audit, nul ne peut dire qui a lu un Secret ou supprimé une charge : ni après une intrusion, ni après un accident.",
    ),
    detects: words("`audit_log` of each cluster.", "`audit_log` de chaque cluster."),
    exceptions: words(
        "Upstream Kubernetes, k3s and EKS record nothing until told to; GKE and OpenShift record by default, and still have to say so here, because where the record goes is a decision.",
        "Kubernetes, k3s et EKS n’enregistrent rien tant qu’on ne le leur demande pas ; GKE et OpenShift le font par défaut, et doivent pourtant le dire ici, car la destination est une décision.",
    ),
    remedy: words(
        "give the API server an audit policy, reads of Secrets included at the level Metadata, and send the log out of the cluster",
        "donnez une politique d’audit à l’API server, lectures de Secrets comprises au niveau Metadata, et envoyez le journal hors du cluster",
    ),
    sources: &[
        "Kubernetes documentation, Auditing",
        "CIS Kubernetes Benchmark, section 3.2 (logging)",
        "PCI DSS v4.0.1, 10.2.1",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes], audit_log: false}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes], audit_log: true}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let judge = |(name, cluster): (&String, &crate::design::model::place::Cluster)| {
        let path = format!("clusters.{name}");
        match cluster.audit_log {
            Some(true) => Verdict::pass(path),
            Some(false) => Verdict::fail(
                &path,
                said!("nobody can say who did what to `{name}`", "nul ne peut dire qui a fait quoi à `{name}`"),
            )
            .at(format!("{path}.audit_log")),
            None => Verdict::unanswered(
                path,
                said!("does `{name}` record who did what to it?", "`{name}` enregistre-t-il qui lui a fait quoi ?"),
            )
            .help(said!("write `audit_log: true` or `false`", "écrivez `audit_log: true` ou `false`")),
        }
    };
    view.design.clusters.iter().map(judge).collect()
}
