//! `availability/budget-blocks-drains`

use super::place::first_stated;
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A disruption budget leaves one pod to evict.
pub static RULE: Rule = Rule {
    code: "availability/budget-blocks-drains",
    summary: words(
        "A disruption budget leaves at least one pod to evict",
        "Un budget de perturbation laisse au moins un pod à évincer",
    ),
    why: words(
        "A budget that allows no eviction stops every drain: node upgrades hang until somebody deletes the pod or the budget by force, often at night.",
        "Un budget qui n’autorise aucune éviction arrête tout drain : les mises à niveau de nœuds restent bloquées jusqu’à ce que quelqu’un supprime le pod ou le budget de force, souvent la nuit.",
    ),
    detects: words(
        "`min_available` at least as large as the number of replicas, or `max_unavailable: 0`.",
        "`min_available` supérieur ou égal au nombre de réplicas, ou `max_unavailable: 0`.",
    ),
    exceptions: words(
        "Some set such a budget on purpose, so that a person must move a singleton by hand; that is a procedure, and belongs in a waiver with an owner.",
        "Certains posent un tel budget à dessein, pour qu’une personne déplace elle-même un composant unique ; c’est une procédure, à écrire dans une dérogation avec un responsable.",
    ),
    remedy: words(
        "state `max_unavailable: 1`, which keeps its meaning when the number of replicas changes",
        "écrivez `max_unavailable: 1`, qui garde son sens quand le nombre de réplicas change",
    ),
    sources: &["Kubernetes documentation, Disruptions", "Kubernetes documentation, Safely Drain a Node"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, disruption_budget: {min_available: 2}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, disruption_budget: {min_available: 1}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(budget) = component.disruption_budget.as_ref().filter(|_| view.in_kubernetes(component)) else {
            continue;
        };
        let path = format!("components.{name}");
        let replicas = view.wanted(component);
        let message = if budget.max_unavailable == Some(0) {
            said!(
                "the budget of `{name}` lets no pod go: `max_unavailable` is 0",
                "le budget de `{name}` ne laisse partir aucun pod : `max_unavailable` vaut 0"
            )
        } else if let Some(min) = budget.min_available.filter(|min| *min >= replicas) {
            said!(
                "the budget of `{name}` wants {min} pods to stay, and it has {replicas}: none may be evicted",
                "le budget de `{name}` veut que {min} pods restent, et il en a {replicas} : aucun ne peut être évincé",
                min = min,
                replicas = replicas
            )
        } else {
            verdicts.push(Verdict::pass(path));
            continue;
        };
        let budget = format!("{path}.disruption_budget");
        let at = first_stated(
            view,
            &[format!("{budget}.min_available"), format!("{budget}.max_unavailable"), budget.clone()],
        );
        let verdict = Verdict::fail(&path, message).at(at);
        verdicts.push(if component.replicas.is_some() {
            verdict.also(format!("{path}.replicas"), said!("this many pods", "nombre de pods"))
        } else {
            verdict
        });
    }
    verdicts
}

/// The same of objects: each PodDisruptionBudget, with the replicas of what it takes.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let judged = workloads(view);
    let mut verdicts = Vec::new();
    for (i, object) in manifests::objects(view, &["PodDisruptionBudget"]) {
        let targets = unit.links.targets.get(&i).map(Vec::as_slice).unwrap_or_default();
        let replicas = targets.first().map(|w| judged[*w].replicas());
        let (most, least) = (object.at(&["spec", "maxUnavailable"]), object.at(&["spec", "minAvailable"]));
        let zero = most.filter(|node| matches!(node.scalar(), Some("0" | "0%")));
        let all = least.filter(|node| {
            let text = node.scalar().unwrap_or("");
            let whole =
                text.strip_suffix('%').is_some_and(|share| share.parse::<f64>().is_ok_and(|share| share >= 100.0));
            let count = text.parse::<u32>().ok();
            whole || replicas.is_some_and(|replicas| targets.len() == 1 && count.is_some_and(|count| count >= replicas))
        });
        verdicts.push(match zero.or(all) {
            None => Verdict::pass(manifests::address(object)),
            Some(node) => {
                let name = &object.name;
                let message = said!(
                    "the budget `{name}` lets no pod go: drains and node upgrades hang",
                    "le budget `{name}` ne laisse partir aucun pod : drains et mises à jour de nœuds se bloquent"
                );
                let verdict = Verdict::fail(manifests::address(object), message).place(node.span);
                match replicas {
                    Some(count) => verdict.label(said!("of {count} replicas", "sur {count} réplicas", count = count)),
                    None => verdict,
                }
            }
        });
    }
    verdicts
}
