//! `capacity/no-requests`

use super::place::first_stated;
use crate::analysis::capacity::{Qos, demand};
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Said, Severity};

/// Pods request processor time and memory.
pub static RULE: Rule = Rule {
    code: "capacity/no-requests",
    summary: words(
        "Pods request processor time and memory",
        "Les pods demandent du processeur et de la mémoire (requests)",
    ),
    why: words(
        "The scheduler keeps room only for what is requested: a pod without requests is put on a full node, gets the least processor time there, and is the first to be evicted.",
        "Le scheduler ne réserve que ce qui est demandé : un pod sans requests est placé sur un nœud plein, y reçoit le moins de processeur et en est évincé le premier.",
    ),
    detects: words(
        "`requests` of components in a cluster, completed as Kubernetes does: by their own limits, then by the namespace's `default_limits`.",
        "Les `requests` des composants d’un cluster, complétées comme le fait Kubernetes : par leurs propres limites, puis par les `default_limits` du namespace.",
    ),
    exceptions: words(
        "Jobs that may wait for spare room can do without. What a distribution packages often comes without requests; in production that is to be set too, since it takes room all the same. With `ask: always` a limit in a manifest does not stand for a request that is not said.",
        "Des tâches qui peuvent attendre une place libre peuvent s’en passer. Ce qu’une distribution embarque vient souvent sans requests ; en production, il faut les fixer aussi, car la place est prise de toute façon. Avec `ask: always`, une limite d’un manifeste ne tient pas lieu d’une request absente.",
    ),
    remedy: words(
        "state `requests` from what was measured: memory near the peak, processor time near the mean",
        "écrivez des `requests` mesurées : la mémoire proche du pic, le processeur proche de la moyenne",
    ),
    sources: &[
        "Kubernetes documentation, Resource Management for Pods and Containers",
        "Kubernetes documentation, Limit Ranges",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, requests: {cpu: 100m}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes], namespaces: {front: {default_limits: {memory: 256 MiB}}}}}
components:
  web: {kind: service, runs_on: main, namespace: front, replicas: 2, requests: {cpu: 100m}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(demand) = demand(view, name, component) else { continue };
        let path = format!("components.{name}");
        let missing: Said = match (&demand.request_cpu, &demand.request_memory) {
            (Some(_), Some(_)) => {
                verdicts.push(Verdict::pass(path));
                continue;
            }
            (None, Some(_)) => said!("no processor time", "pas de processeur"),
            (Some(_), None) => said!("no memory", "pas de mémoire"),
            (None, None) => said!("neither processor time nor memory", "ni processeur ni mémoire"),
        };
        let class = demand.qos();
        let message = said!("`{name}` requests {missing}", "`{name}` ne demande {missing}", missing = missing);
        let at = first_stated(view, &[format!("{path}.requests"), path.clone()]);
        let label = match class {
            Qos::BestEffort => said!("BestEffort: the first to be evicted", "BestEffort : évincé le premier"),
            Qos::Burstable | Qos::Guaranteed => Said::default(),
        };
        verdicts.push(Verdict::fail(path, message).at(at).label(label));
    }
    verdicts
}

/// The same of objects, container by container; a limit stands for a request that is not said.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let has = |container: &Container<'_>, what: &str| {
            let stands = || container.resource("limits", what).is_some() || manifests::default_limit(&judged, what);
            container.resource("requests", what).is_some() || (!always && stands())
        };
        let lacks = |container: &Container<'_>| !has(container, "cpu") || !has(container, "memory");
        let broken: Vec<_> = judged
            .containers()
            .into_iter()
            .filter(lacks)
            .map(|container| (container, container.key("resources")))
            .collect();
        let (cpu, memory) = (
            broken.iter().any(|(container, _)| !has(container, "cpu")),
            broken.iter().any(|(container, _)| !has(container, "memory")),
        );
        let missing = match (cpu, memory) {
            (true, true) => said!("neither processor time nor memory", "ni processeur ni mémoire"),
            (true, false) => said!("no processor time", "pas de processeur"),
            _ => said!("no memory", "pas de mémoire"),
        };
        let verdict = judged.verdict(&broken, |who| {
            said!("{who} requests {missing}", "{who} ne demande {missing}", who = who, missing = missing)
        });
        verdicts.push(verdict.at_most(if judged.serves() { Severity::Warning } else { Severity::Note }));
    }
    verdicts
}
