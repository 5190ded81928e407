//! `probes/no-readiness`

use super::place::first_stated;
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::Workload;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// Who receives connections says when it may get them.
pub static RULE: Rule = Rule {
    code: "probes/no-readiness",
    summary: words(
        "What receives connections has a readiness probe",
        "Ce qui reçoit des connexions a une sonde de readiness",
    ),
    why: words(
        "Without one a pod gets requests as soon as its process has started and keeps getting them while it hangs: each deployment answers some of them with 502 or 503.",
        "Sans elle, un pod reçoit des requêtes dès que son processus a démarré et continue d’en recevoir quand il est figé : chaque déploiement en fait échouer une partie en 502 ou 503.",
    ),
    detects: words(
        "Components in a cluster to which some connection leads: `probes.readiness` is stated.",
        "Les composants d’un cluster vers lesquels mène une connexion : `probes.readiness` est dit.",
    ),
    exceptions: words(
        "Other tools ask for probes on every pod. What nobody connects to needs no readiness, since no Service sends it anything, and is not judged; neither are Jobs.",
        "D’autres outils exigent des sondes sur tout pod. Ce à quoi personne ne se connecte n’a pas besoin de readiness, puisqu’aucun Service ne lui envoie rien, et n’est pas jugé ; les Jobs non plus.",
    ),
    remedy: words(
        "state `probes.readiness` with a path that answers once the process can serve",
        "écrivez `probes.readiness` avec un chemin qui répond dès que le processus peut servir",
    ),
    sources: &["Kubernetes documentation, Liveness, Readiness, and Startup Probes"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  clients: {kind: person}
  web: {kind: service, runs_on: main, replicas: 2, probes: {liveness: {http: /live}}}
connections: {browse: {from: clients, to: web, protocol: https}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  clients: {kind: person}
  web: {kind: service, runs_on: main, replicas: 2, probes: {readiness: {http: /ready}}}
connections: {browse: {from: clients, to: web, protocol: https}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        if !view.in_kubernetes(component) || view.workload(component) == Workload::Job {
            continue;
        }
        let Some((connection, _)) = view.design.connections.iter().find(|(_, connection)| *connection.to == **name)
        else {
            continue;
        };
        let path = format!("components.{name}");
        verdicts.push(if component.probes.as_ref().is_some_and(|probes| probes.readiness.is_some()) {
            Verdict::pass(path)
        } else {
            let at = first_stated(view, &[format!("{path}.probes"), path.clone()]);
            let message = said!(
                "`{name}` gets connections and has no readiness probe",
                "`{name}` reçoit des connexions et n’a pas de sonde de readiness"
            );
            Verdict::fail(path, message)
                .at(at)
                .also(format!("connections.{connection}"), said!("sends it requests", "lui envoie des requêtes"))
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
            .filter(|container| container.at(&["readinessProbe"]).is_none())
            .map(|container| (*container, container.place()))
            .collect();
        let beside = broken.len() < containers.len();
        let verdict = judged.verdict(&broken, |who| {
            if judged.serves() {
                said!(
                    "{who} gets requests while it cannot serve: no readiness probe",
                    "{who} reçoit des requêtes sans pouvoir servir : pas de sonde de readiness",
                    who = who
                )
            } else {
                said!(
                    "nothing tells when {who} can serve: no readiness probe, and no Service leads to it",
                    "rien ne dit quand {who} peut servir : pas de sonde de readiness, et aucun Service n’y mène",
                    who = who
                )
            }
        });
        verdicts.push(match (always, beside) {
            (true, _) => verdict,
            (false, true) => verdict.at_most(Severity::Note),
            (false, false) => judged.weighed(verdict),
        });
    }
    verdicts
}
