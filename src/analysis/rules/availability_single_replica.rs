//! `availability/single-replica`

use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::{ComponentKind, Workload};
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Said, Severity};

/// A component that serves requests runs more than once.
pub static RULE: Rule = Rule {
    code: "availability/single-replica",
    summary: words(
        "What serves requests runs more than once",
        "Ce qui répond à des requêtes tourne en plusieurs exemplaires",
    ),
    why: words(
        "A single pod is gone with its node, and Kubernetes replaces it only after detection and toleration: about six minutes with the defaults.",
        "Un pod unique disparaît avec son nœud, et Kubernetes ne le remplace qu’après détection et tolérance : environ six minutes avec les réglages par défaut.",
    ),
    detects: words(
        "A service or gateway in a cluster, used by a function or hard-needed by something that is, with `replicas` below two. Where `replicas` is not said, Kubernetes starts one.",
        "Un service ou une passerelle dans un cluster, utilisé par une fonction ou strictement nécessaire à ce qui l’est, avec `replicas` inférieur à deux. Sans `replicas`, Kubernetes en démarre un.",
    ),
    exceptions: words(
        "Two replicas are enough to pass: peers ask for three, which matters only where a rolling update and a failure must be survived together; the capacity rules judge that. A DaemonSet has one pod a node and is not judged.",
        "Deux réplicas suffisent : d’autres outils en exigent trois, ce qui ne compte que s’il faut survivre à la fois à une mise à jour et à une panne ; les règles de capacité en jugent. Un DaemonSet a un pod par nœud et n’est pas jugé.",
    ),
    remedy: words(
        "set `replicas` to at least 2 and spread them over nodes",
        "portez `replicas` à 2 au moins et répartissez-les sur plusieurs nœuds",
    ),
    sources: &["Kubernetes documentation, Disruptions", "Kubernetes documentation, Taints and Tolerations (300 s)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 1}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let enough = view.at_least(RULE.code, 2);
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let serves = matches!(component.kind, ComponentKind::Service | ComponentKind::Gateway);
        if !serves
            || !view.in_kubernetes(component)
            || view.workload(component) == Workload::DaemonSet
            || !view.is_needed(name)
        {
            continue;
        }
        let path = format!("components.{name}");
        let wanted = view.wanted(component);
        verdicts.push(if wanted >= enough {
            Verdict::pass(path)
        } else if component.replicas.is_some() {
            let message = if wanted == 1 {
                said!("`{name}` runs once", "`{name}` tourne en un seul exemplaire")
            } else {
                said!("`{name}` runs {n} times", "`{name}` tourne en {n} exemplaires", n = wanted)
            };
            Verdict::fail(&path, message).at(format!("{path}.replicas")).help(enough_of(enough))
        } else {
            Verdict::fail(
                &path,
                said!(
                    "`{name}` says no `replicas`: Kubernetes starts one",
                    "`{name}` ne dit pas `replicas` : Kubernetes en démarre un"
                ),
            )
        });
    }
    verdicts
}

/// What to do, with the number that is asked for here.
fn enough_of(enough: u32) -> Said {
    if enough == 2 {
        return RULE.remedy.said();
    }
    said!("set `replicas` to at least {enough}", "portez `replicas` à au moins {enough}")
}

/// The same of objects: whatever a Service leads to, the default of one replica counted as one.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let enough = view.at_least(RULE.code, 2);
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        // How many copies a database has is the matter of its replication, not of this number.
        let interchangeable = !judged.is(&["Pod", "DaemonSet", "StatefulSet"]) && !judged.object.ends();
        let replicas = judged.replicas();
        if !interchangeable || replicas == 0 || !(judged.serves() || always) {
            continue;
        }
        if replicas >= enough {
            verdicts.push(Verdict::pass(judged.path()));
            continue;
        }
        let name = judged.name();
        let message = if judged.replicas_place().is_none() {
            said!(
                "`{name}` says no `replicas`: Kubernetes starts one",
                "`{name}` ne dit pas `replicas` : Kubernetes en démarre un"
            )
        } else if replicas == 1 {
            said!("`{name}` runs once", "`{name}` tourne en un seul exemplaire")
        } else {
            said!("`{name}` runs {replicas} times", "`{name}` tourne en {replicas} exemplaires", replicas = replicas)
        };
        let place = judged.replicas_place().unwrap_or_else(|| judged.object.place());
        verdicts.push(Verdict::fail(judged.path(), message).place(place).help(enough_of(enough)));
    }
    verdicts
}
