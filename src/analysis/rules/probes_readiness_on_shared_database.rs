//! `probes/readiness-on-shared-database`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// Replicas do not all leave the endpoints together.
pub static RULE: Rule = Rule {
    code: "probes/readiness-on-shared-database",
    summary: words(
        "Replicas do not all leave the endpoints because of one shared dependency",
        "Les réplicas ne quittent pas tous les endpoints à cause d’une même dépendance",
    ),
    why: words(
        "When the database fails, every replica turns unready at once: clients get refused connections instead of an error page or what a cache still knows, and a failover of seconds takes the whole service out for as long as the probes need.",
        "Quand la base tombe, tous les réplicas sont retirés à la fois : les clients voient des connexions refusées au lieu d’une page d’erreur ou de ce que sait encore un cache, et une bascule de quelques secondes coupe tout le service le temps que les sondes reviennent.",
    ),
    detects: words(
        "`checks` of a readiness probe that name a component, where two replicas or more share it.",
        "Les `checks` d’une sonde de readiness qui nomment un composant, quand deux réplicas ou plus se le partagent.",
    ),
    exceptions: words(
        "Disputed: Kubernetes' documentation allows readiness to check a strict dependency. The position here: a dependency that all replicas share tells nothing about this replica, so it does not belong in its readiness; what is one replica's own (its connection pool, its warm cache) does. A single replica is not judged. Asking once, while starting, is fine: let the startup path wait, not the probe.",
        "Discuté : la documentation de Kubernetes admet que la readiness vérifie une dépendance stricte. La position prise : une dépendance commune à tous les réplicas ne dit rien de ce réplica, elle n’a donc pas sa place dans sa readiness ; ce qui lui est propre (son pool de connexions, son cache) y a sa place. Un réplica unique n’est pas jugé. Vérifier une fois au démarrage convient : que le démarrage attende, pas la sonde.",
    ),
    remedy: words(
        "let readiness answer for this replica alone, and answer 503 yourself while the database is down; watch the database apart",
        "faites répondre la readiness du seul réplica, et répondez vous-même 503 tant que la base est en panne ; surveillez la base à part",
    ),
    sources: &[
        "Kubernetes documentation, Liveness, Readiness, and Startup Probes",
        "AWS Builders' Library, Implementing health checks",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}, machines: {count: 1}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  data: {kind: database, runs_on: machines}
  web: {kind: service, runs_on: main, replicas: 2, probes: {readiness: {http: /ready, checks: [data]}}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}, machines: {count: 1}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  data: {kind: database, runs_on: machines}
  web: {kind: service, runs_on: main, replicas: 2, probes: {readiness: {http: /ready}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(readiness) = component.probes.as_ref().and_then(|probes| probes.readiness.as_ref()) else { continue };
        let replicas = view.wanted(component);
        if !view.in_kubernetes(component) || replicas < 2 {
            continue;
        }
        let path = format!("components.{name}");
        if readiness.checks.is_empty() {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        for shared in &readiness.checks {
            let message = said!(
                "when `{shared}` is down, all {replicas} replicas of `{name}` leave the endpoints at once",
                "quand `{shared}` est en panne, les {replicas} réplicas de `{name}` quittent les endpoints à la fois",
                replicas = replicas
            );
            let also = said!("shared by all of them", "commun à tous");
            let at = format!("{path}.probes.readiness.checks");
            verdicts.push(Verdict::fail(&path, message).at(at).also(format!("components.{shared}"), also));
        }
    }
    verdicts
}
