//! `observability/monitors-only-itself`

use crate::analysis::oversight::{home_name, of_kind, watched_by, watchers_of};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::design::model::component::{Component, ComponentKind};
use crate::said;
use crate::source::Severity;

/// Monitoring is watched from somewhere else.
pub static RULE: Rule = Rule {
    code: "observability/monitors-only-itself",
    summary: words(
        "What watches is itself watched from outside",
        "Ce qui supervise est lui-même supervisé de l’extérieur",
    ),
    why: words(
        "A dead cluster sends no alert: monitoring that fails together with what it watches is silent in exactly the outage that matters most, and silence looks like health.",
        "Un cluster mort n’envoie pas d’alerte : une supervision qui tombe avec ce qu’elle supervise se tait précisément dans la panne la plus grave, et le silence ressemble à la santé.",
    ),
    detects: words(
        "Each monitoring component that calls somebody, and runs in the cluster, group or sites of what it watches: another one, elsewhere, has to watch it or at least the same function from outside.",
        "Chaque composant de supervision qui appelle quelqu’un et tourne dans le cluster, le groupe ou les sites de ce qu’il supervise : un autre, ailleurs, doit le superviser, ou au moins la même fonction de l’extérieur.",
    ),
    exceptions: words(
        "A dead man's switch at a provider counts: declare it as a monitoring component that runs on a third party and watches this one. A vehicle has its watchdogs in the hypervisor and is not judged.",
        "Un dispositif d’homme mort chez un prestataire compte : déclarez-le comme composant de supervision sur un tiers, qui supervise celui-ci. Un véhicule a ses chiens de garde dans l’hyperviseur et n’est pas jugé.",
    ),
    remedy: words(
        "let something outside miss its heartbeat: an external check with `watches:` on it and on the entry of the function",
        "faites remarquer son silence de l’extérieur : une sonde externe avec `watches:` sur lui et sur l’entrée de la fonction",
    ),
    sources: &[
        "Prometheus documentation, Alerting (metamonitoring and heartbeat alerts)",
        "Beyer et al., Site Reliability Engineering, chapter 6, black-box monitoring",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  staff: {kind: person}
  web: {kind: service, runs_on: main}
  metrics: {kind: monitoring, runs_on: main, alerts_to: staff, alerts_for: [sell]}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
third_parties: {checks: {provides: [external checks]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  staff: {kind: person}
  web: {kind: service, runs_on: main}
  metrics: {kind: monitoring, runs_on: main, alerts_to: staff, alerts_for: [sell]}
  outside: {kind: monitoring, runs_on: checks, watches: [web, metrics], alerts_to: staff, alerts_for: [sell]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let monitors = of_kind(view, ComponentKind::Monitoring);
    let calling = monitors.iter().filter(|(_, monitor)| monitor.alerts_to.is_some());
    let mut verdicts = Vec::new();
    for (name, monitor) in calling {
        let Some(home) = home_name(view, monitor) else { continue };
        if matches!(view.home(monitor), Home::ThirdParty(..)) {
            continue;
        }
        let design = view.design;
        let shared = watched_by(view, name, monitor)
            .into_iter()
            .find(|other| design.components.get(*other).is_some_and(|other| together(view, monitor, other)));
        let path = format!("components.{name}");
        let Some(shared) = shared else {
            verdicts.push(Verdict::pass(path));
            continue;
        };
        // Another one elsewhere sees this one fall silent, or sees the functions that it calls for.
        let outside = |other: &Component| !together(view, monitor, other) && other.alerts_to.is_some();
        let heartbeat = watchers_of(view, name).into_iter().any(|(_, other)| outside(other));
        let same_function = monitors.iter().any(|(_, other)| {
            outside(other)
                && !monitor.alerts_for.is_empty()
                && monitor.alerts_for.iter().all(|function| other.alerts_for.contains(function))
        });
        verdicts.push(if heartbeat || same_function {
            Verdict::pass(path)
        } else {
            Verdict::fail(
                &path,
                said!("`{name}` runs on `{home}`, like `{shared}` that it watches: when `{home}` fails, nobody is called", "`{name}` tourne sur `{home}`, comme `{shared}` qu’il supervise : si `{home}` tombe, personne n’est appelé"),
            )
            .at(format!("{path}.runs_on"))
            .also(format!("components.{shared}.runs_on"), said!("watched, and here too", "supervisé, et ici aussi"))
        });
    }
    verdicts
}

/// Whether one failure takes both: the same cluster or group, or machines that share their sites.
fn together(view: &View<'_>, one: &Component, other: &Component) -> bool {
    let (Some(left), Some(right)) = (home_name(view, one), home_name(view, other)) else { return false };
    left == right || {
        let sites = |component: &Component| -> Vec<String> {
            let groups: Vec<&str> = match view.home(component) {
                Home::Cluster(_, cluster) => cluster.workers.iter().map(|group| group.0.as_str()).collect(),
                Home::Hosts(name, _) => vec![name],
                _ => Vec::new(),
            };
            let machines = view.machines.iter().filter(|machine| groups.contains(&machine.group.as_str()));
            let mut sites: Vec<String> = machines.filter_map(|machine| machine.site.clone()).collect();
            sites.sort_unstable();
            sites.dedup();
            sites
        };
        let (left, right) = (sites(one), sites(other));
        // Monitoring with a machine in a site that the other lacks survives the loss of all the other's sites.
        !left.is_empty() && left.iter().all(|site| right.contains(site))
    }
}
