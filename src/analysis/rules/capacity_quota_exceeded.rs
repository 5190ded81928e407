//! `capacity/quota-exceeded`

use super::place::first_stated;
use crate::analysis::capacity::quotas;
use crate::analysis::derived::Derived;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::quantity::{Measured, Quantity};
use crate::said;
use crate::source::{Said, Severity};

/// A namespace's pods fit its quota, an update included.
pub static RULE: Rule = Rule {
    code: "capacity/quota-exceeded",
    summary: words(
        "A namespace's pods fit its quota, also while an update runs",
        "Les pods d’un namespace tiennent dans son quota, y compris pendant une mise à jour",
    ),
    why: words(
        "The API refuses every pod beyond the quota: replicas are missing from the start, or an update stops halfway because its extra pod is refused, and only an event says so.",
        "L’API refuse tout pod au-delà du quota : des réplicas manquent dès le départ, ou une mise à jour s’arrête à mi-chemin parce que son pod en plus est refusé, et seul un événement le dit.",
    ),
    detects: words(
        "The sum of requests of a namespace's components, plus the largest surge of one rolling update, against its `quota`; and components that request nothing of what the quota counts, whose pods are refused outright.",
        "La somme des requests des composants d’un namespace, plus la plus grande surcharge d’une mise à jour progressive, comparée à son `quota` ; et les composants qui ne demandent rien de ce que le quota compte, dont les pods sont refusés d’emblée.",
    ),
    exceptions: words(
        "One update at a time is assumed; where a pipeline rolls out everything at once, more room is needed. Scaling beyond `replicas` is not counted.",
        "On suppose une mise à jour à la fois ; si un pipeline déploie tout d’un coup, il faut plus de place. Le passage à l’échelle au-delà de `replicas` n’est pas compté.",
    ),
    remedy: words(
        "raise the quota, or lower requests, replicas or surge",
        "relevez le quota, ou baissez requests, réplicas ou surcharge",
    ),
    sources: &["Kubernetes documentation, Resource Quotas"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes], namespaces: {front: {quota: {cpu: 1}}}}}
components:
  web: {kind: service, runs_on: main, namespace: front, replicas: 2, requests: {cpu: 500m}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes], namespaces: {front: {quota: {cpu: 2}}}}}
components:
  web: {kind: service, runs_on: main, namespace: front, replicas: 2, requests: {cpu: 500m}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for usage in quotas(view) {
        let path = format!("clusters.{}.namespaces.{}", usage.cluster, usage.namespace);
        let mut found = Vec::new();
        if let Some((quota, used)) = &usage.cpu {
            let what = said!(" CPU", " CPU");
            found.extend(over(&path, usage.namespace, "cpu", &what, quota, used, usage.surge.cpu));
        }
        if let Some((quota, used)) = &usage.memory {
            let what = said!(" of memory", " de mémoire");
            found.extend(over(&path, usage.namespace, "memory", &what, quota, used, usage.surge.memory));
        }
        for name in &usage.refused {
            let namespace = usage.namespace;
            let message = said!(
                "the quota of `{namespace}` refuses the pods of `{name}`, which do not request what it counts",
                "le quota de `{namespace}` refuse les pods de `{name}`, qui ne demandent pas ce qu’il compte"
            );
            let target = format!("components.{name}");
            let at = first_stated(view, &[format!("{target}.requests"), target]);
            found.push(
                Verdict::fail(&path, message)
                    .at(format!("{path}.quota"))
                    .also(at, said!("requests too little", "demande trop peu")),
            );
        }
        if found.is_empty() {
            found.push(Verdict::pass(path));
        }
        verdicts.extend(found);
    }
    verdicts
}

fn over<M: Measured>(
    path: &str,
    namespace: &str,
    key: &str,
    what: &Said,
    quota: &Quantity<M>,
    used: &Derived<Quantity<M>>,
    surge: f64,
) -> Option<Verdict> {
    let limit = quota.value() * 1.000_001;
    let total: Quantity<M> = Quantity::of(used.value.value() + surge);
    let extra: Quantity<M> = Quantity::of(surge);
    let message = if used.value.value() > limit {
        said!(
            "`{namespace}` requests {used}{what} ({formula}), and its quota is {quota}",
            "`{namespace}` demande {used}{what} ({formula}), et son quota est de {quota}",
            formula = used.formula,
            used = used.value,
            what = what,
            quota = quota
        )
    } else if total.value() > limit {
        said!(
            "an update in `{namespace}` needs {total}{what} ({formula}, and {extra} for the extra pods), and its quota is {quota}",
            "une mise à jour dans `{namespace}` demande {total}{what} ({formula}, et {extra} pour les pods en plus), et son quota est de {quota}",
            total = total,
            what = what,
            formula = used.formula,
            extra = extra,
            quota = quota
        )
    } else {
        return None;
    };
    Some(Verdict::fail(path, message).at(format!("{path}.quota.{key}")))
}
