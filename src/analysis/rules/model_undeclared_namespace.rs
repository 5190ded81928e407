//! `model/undeclared-namespace`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::said;
use crate::source::{Severity, nearest};

/// Namespaces that every cluster has (Kubernetes documentation, Namespaces).
const BUILT_IN: [&str; 4] = ["default", "kube-system", "kube-public", "kube-node-lease"];

/// What stands in a namespace stands in one that somebody owns.
pub static RULE: Rule = Rule {
    code: "model/undeclared-namespace",
    summary: words(
        "A component stands in a namespace that its cluster declares",
        "Un composant est dans un namespace que son cluster déclare",
    ),
    why: words(
        "Quotas, default limits and owners hang on the namespace. In one that nobody declared there is no quota, and no team is called.",
        "Quotas, limites par défaut et responsables tiennent au namespace. Dans un namespace que personne n’a déclaré, il n’y a ni quota ni équipe à appeler.",
    ),
    detects: words(
        "`namespace` of what runs on a cluster that lists `namespaces`: it is one of them, or one that every cluster has.",
        "`namespace` de ce qui tourne sur un cluster qui liste des `namespaces` : c’est l’un d’eux, ou l’un de ceux de tout cluster.",
    ),
    exceptions: words(
        "A cluster that lists no namespace is not judged. What a distribution puts into `kube-system` stays there.",
        "Un cluster qui ne liste aucun namespace n’est pas jugé. Ce qu’une distribution met dans `kube-system` y reste.",
    ),
    remedy: words(
        "declare it under the cluster’s `namespaces`, or correct the name",
        "déclarez-le dans les `namespaces` du cluster, ou corrigez le nom",
    ),
    sources: &["Kubernetes documentation, Namespaces", "Kubernetes documentation, Resource Quotas"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes], namespaces: {sales: {quota: {cpu: 2}}}}}
components: {web: {kind: service, runs_on: main, namespace: sale}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes], namespaces: {sales: {quota: {cpu: 2}}}}}
components: {web: {kind: service, runs_on: main, namespace: sales}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let (Home::Cluster(cluster_name, cluster), Some(namespace)) = (view.home(component), &component.namespace)
        else {
            continue;
        };
        if cluster.namespaces.is_empty() {
            continue;
        }
        let path = format!("components.{name}");
        if cluster.namespaces.contains_key(namespace.0.as_str()) || BUILT_IN.contains(&namespace.0.as_str()) {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        let message = said!(
            "`{name}` stands in namespace `{namespace}`, which `{cluster_name}` does not declare",
            "`{name}` est dans le namespace `{namespace}`, que `{cluster_name}` ne déclare pas"
        );
        let mut verdict = Verdict::fail(&path, message)
            .at(format!("{path}.namespace"))
            .also(format!("clusters.{cluster_name}.namespaces"), said!("the declared ones", "ceux qui sont déclarés"));
        if let Some(near) = nearest(&namespace.0, cluster.namespaces.keys().map(String::as_str)) {
            verdict = verdict.help(said!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"));
        }
        verdicts.push(verdict);
    }
    verdicts
}
