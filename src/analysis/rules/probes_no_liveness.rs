//! `probes/no-liveness`

use super::place::first_stated;
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::Workload;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// What can hang without dying is restarted.
pub static RULE: Rule = Rule {
    code: "probes/no-liveness",
    summary: words(
        "What can hang without dying has a liveness probe",
        "Ce qui peut se figer sans mourir a une sonde de liveness",
    ),
    why: words(
        "A process that hangs is never restarted by itself: it is out of the endpoints once its readiness fails, and stays there until somebody comes.",
        "Un processus figé n’est jamais redémarré de lui-même : il sort des endpoints quand sa readiness échoue, et y reste jusqu’à ce que quelqu’un intervienne.",
    ),
    detects: words(
        "Components in a cluster that a function needs: `probes.liveness` is stated.",
        "Les composants d’un cluster dont une fonction a besoin : `probes.liveness` est dit.",
    ),
    exceptions: words(
        "Peers disagree. The position here: a note and no more. A process that dies when it cannot go on needs no liveness probe, Kubernetes restarts it anyway, and a wrong probe restarts healthy pods under load. Add one where hangs were seen or where a runtime can deadlock.",
        "Les avis divergent. La position prise : une simple note. Un processus qui meurt quand il ne peut plus continuer n’a pas besoin de liveness, Kubernetes le redémarre de toute façon, et une mauvaise sonde redémarre des pods sains sous la charge. Ajoutez-en une si des blocages ont été vus ou si le runtime peut se bloquer.",
    ),
    remedy: words(
        "state `probes.liveness` with a path that depends on nothing but the process, and with more patience than readiness",
        "écrivez `probes.liveness` avec un chemin qui ne dépend que du processus, et plus de patience que la readiness",
    ),
    sources: &["Kubernetes documentation, Liveness, Readiness, and Startup Probes"],
    severity: Severity::Note,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, probes: {readiness: {http: /ready}}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, probes: {readiness: {http: /ready}, liveness: {http: /live}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        if !view.in_kubernetes(component) || view.workload(component) == Workload::Job || !view.is_needed(name) {
            continue;
        }
        let path = format!("components.{name}");
        verdicts.push(if component.probes.as_ref().is_some_and(|probes| probes.liveness.is_some()) {
            Verdict::pass(path)
        } else {
            let at = first_stated(view, &[format!("{path}.probes"), path.clone()]);
            let message = said!(
                "nothing restarts `{name}` if it hangs without dying",
                "rien ne redémarre `{name}` s’il se fige sans mourir"
            );
            Verdict::fail(path, message).at(at)
        });
    }
    verdicts
}

/// The same of objects, container by container. What no Service leads to is only noted, and so is a
/// container beside one that has the probe; `ask: always` asks it of all alike.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view).into_iter().filter(|judged| !judged.object.ends()) {
        let containers = judged.containers();
        let broken: Vec<_> = containers
            .iter()
            .filter(|container| container.at(&["livenessProbe"]).is_none())
            .map(|container| (*container, container.place()))
            .collect();
        let beside = broken.len() < containers.len();
        let verdict = judged.verdict(&broken, |who| {
            said!(
                "nothing restarts {who} if it hangs: no liveness probe",
                "rien ne redémarre {who} s’il se fige : pas de sonde de liveness",
                who = who
            )
        });
        verdicts.push(match (always, beside) {
            (true, _) => verdict,
            (false, true) => verdict.at_most(Severity::Note),
            (false, false) => judged.weighed(verdict),
        });
    }
    verdicts
}
