//! `probes/liveness-checks-dependency`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Said, Severity};

/// A pod is not restarted for what another component does.
pub static RULE: Rule = Rule {
    code: "probes/liveness-checks-dependency",
    summary: words(
        "A pod is not restarted because something else is down",
        "Un pod n’est pas redémarré parce qu’autre chose est en panne",
    ),
    why: words(
        "When the dependency fails, every pod is restarted again and again, with a growing back-off: a short outage becomes a long one, and the crowd of restarting pods keeps the dependency down.",
        "Quand la dépendance tombe, tous les pods sont redémarrés encore et encore, avec une attente croissante : une courte panne en devient une longue, et la foule des pods qui redémarrent empêche la dépendance de revenir.",
    ),
    detects: words(
        "`checks` of a liveness probe, or of a startup probe, which restarts as well.",
        "Les `checks` d’une sonde de liveness, ou de startup, qui redémarre aussi.",
    ),
    exceptions: words(
        "A helper in the same pod may be asked for, since it is restarted with it. Whether readiness may ask is disputed, and judged by `probes/readiness-on-shared-database`.",
        "Un auxiliaire du même pod peut être interrogé, puisqu’il est redémarré avec lui. Que la readiness puisse interroger une dépendance se discute, et relève de `probes/readiness-on-shared-database`.",
    ),
    remedy: words("let the probe answer for the process alone", "faites répondre la sonde du seul processus"),
    sources: &[
        "Kubernetes documentation, Configure Liveness, Readiness and Startup Probes",
        "Amazon EKS Best Practices Guide, Reliability, Applications",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}, machines: {count: 1}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  data: {kind: database, runs_on: machines}
  web: {kind: service, runs_on: main, replicas: 2, probes: {liveness: {http: /live, checks: [data]}}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, probes: {liveness: {http: /live}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(probes) = component.probes.as_ref().filter(|_| view.in_kubernetes(component)) else { continue };
        let path = format!("components.{name}");
        let mut judged = false;
        let mut failed = false;
        for (word, probe) in [("liveness", &probes.liveness), ("startup", &probes.startup)] {
            let Some(probe) = probe else { continue };
            judged = true;
            if probe.checks.is_empty() {
                continue;
            }
            failed = true;
            let on = Said::list(
                probe.checks.iter().map(|other| Said::same(format!("`{other}`"))).collect::<Vec<_>>().iter(),
            );
            let message = said!(
                "`{name}` is restarted whenever {on} is down: its {word} probe depends on it",
                "`{name}` est redémarré dès que {on} est en panne : sa sonde de {word} en dépend",
                on = on
            );
            verdicts.push(Verdict::fail(&path, message).at(format!("{path}.probes.{word}.checks")));
        }
        if judged && !failed {
            verdicts.push(Verdict::pass(path));
        }
    }
    verdicts
}
