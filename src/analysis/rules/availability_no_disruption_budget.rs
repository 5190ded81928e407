//! `availability/no-disruption-budget`

use super::place::first_stated;
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::design::model::component::Workload;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// What a function needs keeps some replicas while nodes are drained.
pub static RULE: Rule = Rule {
    code: "availability/no-disruption-budget",
    summary: words(
        "What a function needs keeps some replicas while nodes are drained",
        "Ce dont une fonction a besoin garde des réplicas pendant qu’on vide des nœuds",
    ),
    why: words(
        "A drain for maintenance or the autoscaler may evict every replica at once; nothing but a disruption budget makes it wait until others are ready.",
        "Un drain de maintenance ou l’autoscaler peut évincer tous les réplicas à la fois ; seul un budget de perturbation le fait attendre que d’autres soient prêts.",
    ),
    detects: words(
        "Components in a cluster of several nodes that a function needs and that run at least twice: `disruption_budget` is stated.",
        "Les composants d’un cluster de plusieurs nœuds dont une fonction a besoin et qui tournent au moins deux fois : `disruption_budget` est dit.",
    ),
    exceptions: words(
        "A budget binds evictions only: it changes nothing for a rolling update, a deleted pod or a dead node. With a single replica it could only block drains, so none is asked for; a DaemonSet and a cluster of one node are not judged.",
        "Un budget ne lie que les évictions : il ne change rien pour une mise à jour progressive, un pod supprimé ou un nœud mort. Avec un seul réplica il ne pourrait que bloquer les drains, on n’en demande donc pas ; un DaemonSet et un cluster d’un seul nœud ne sont pas jugés.",
    ),
    remedy: words(
        "state `disruption_budget: {max_unavailable: 1}`",
        "écrivez `disruption_budget: {max_unavailable: 1}`",
    ),
    sources: &[
        "Kubernetes documentation, Disruptions",
        "Kubernetes documentation, Specifying a Disruption Budget for your Application",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, disruption_budget: {max_unavailable: 1}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Home::Cluster(_, cluster) = view.home(component) else { continue };
        let keeps = matches!(view.workload(component), Workload::Deployment | Workload::StatefulSet);
        let replicas = view.wanted(component);
        if !keeps || replicas < 2 || view.nodes(cluster).len() < 2 || !view.is_needed(name) {
            continue;
        }
        let path = format!("components.{name}");
        verdicts.push(if component.disruption_budget.is_some() {
            Verdict::pass(path)
        } else {
            let message = said!(
                "a drain may evict all {replicas} replicas of `{name}` at once: it has no disruption budget",
                "un drain peut évincer les {replicas} réplicas de `{name}` à la fois : il n’a pas de budget de perturbation",
                replicas = replicas
            );
            let at = first_stated(view, &[format!("{path}.replicas"), path.clone()]);
            Verdict::fail(path, message).at(at)
        });
    }
    verdicts
}

/// The same of objects: a PodDisruptionBudget of the namespace takes the pods.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in
        workloads(view).into_iter().filter(|judged| judged.is(&["Deployment", "StatefulSet", "DeploymentConfig"]))
    {
        if !judged.unit.links.budgets[judged.at].is_empty() {
            verdicts.push(Verdict::pass(judged.path()));
        } else if always || judged.replicas() >= 2 {
            let name = judged.name();
            let message = said!(
                "a drain may evict every pod of `{name}` at once: no disruption budget takes them",
                "un drain peut évincer tous les pods de `{name}` à la fois : aucun budget de perturbation ne les prend"
            );
            let place = judged.replicas_place().unwrap_or_else(|| judged.object.place());
            verdicts.push(Verdict::fail(judged.path(), message).place(place));
        }
    }
    verdicts
}
