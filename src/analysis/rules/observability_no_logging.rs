//! `observability/no-logging`

use crate::analysis::oversight::{is_ours, logs_of};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// Logs outlive what wrote them.
pub static RULE: Rule = Rule {
    code: "observability/no-logging",
    summary: words("Logs outlive what wrote them", "Les journaux survivent à ce qui les a écrits"),
    why: words(
        "A pod's log goes with the pod: after a crash, a rescheduling or an intrusion, what happened can no longer be read where it happened.",
        "Le journal d’un pod disparaît avec lui : après un plantage, un déplacement ou une intrusion, on ne peut plus lire ce qui s’est passé là où c’est arrivé.",
    ),
    detects: words(
        "For each function: whether the log of at least one component that it needs and we run ends in a logging component, along connections, through a DaemonSet of the cluster or a collector of the partition.",
        "Pour chaque fonction : si le journal d’au moins un composant nécessaire que nous exploitons finit dans un composant de journalisation, par des connexions, un DaemonSet du cluster ou un collecteur de la partition.",
    ),
    exceptions: words(
        "One component is enough here, because drawings seldom show every log flow; for what is in the scope of PCI DSS, `observability/logs-not-collected` asks for each.",
        "Un composant suffit ici, car les dessins montrent rarement chaque flux de journaux ; pour le périmètre PCI DSS, `observability/logs-not-collected` en demande un pour chacun.",
    ),
    remedy: words(
        "add a log store and a collector on every node",
        "ajoutez un stockage de journaux et un collecteur sur chaque nœud",
    ),
    sources: &[
        "Kubernetes documentation, Logging Architecture, Cluster-level logging",
        "PCI DSS v4.0.1, 10.3.3",
        "DORA: RTS (EU) 2024/1774, art. 12 (logging)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
components: {web: {kind: service, runs_on: nodes}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main}
  store: {kind: logging, runs_on: main}
  collector: {kind: logging, runs_on: main, workload: daemon-set, sends_to: store}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let store = view
        .design
        .components
        .iter()
        .find(|(_, component)| component.kind == ComponentKind::Logging && component.sends_to.is_none());
    for function in view.design.functions.keys() {
        let needed = view.needed_by(function);
        let ours = |name: &&str| view.design.components.get(*name).is_some_and(|component| is_ours(view, component));
        let ours: Vec<&str> = needed.into_iter().filter(ours).collect();
        // Safety partitions keep their event memory by other means than a log store.
        if ours.iter().all(|name| view.design.components.get(*name).is_some_and(|component| component.safety.is_some()))
        {
            continue;
        }
        let path = format!("functions.{function}");
        verdicts.push(if ours.iter().any(|name| !logs_of(view, name).is_empty()) {
            Verdict::pass(path)
        } else if let Some((name, _)) = store {
            Verdict::fail(
                &path,
                said!(
                    "no log of what `{function}` needs reaches `{name}`",
                    "aucun journal de ce dont `{function}` a besoin n’atteint `{name}`"
                ),
            )
            .also(format!("components.{name}"), said!("logs are kept here", "les journaux sont gardés ici"))
            .help(said!(
                "draw the connections that carry them, or a collector on every node",
                "dessinez les connexions qui les portent, ou un collecteur par nœud"
            ))
        } else {
            Verdict::fail(
                &path,
                said!(
                    "the logs of what `{function}` needs are kept nowhere",
                    "les journaux de ce dont `{function}` a besoin ne sont gardés nulle part"
                ),
            )
        });
    }
    verdicts
}
