//! `simulation/objective-missed`

use crate::analysis::expectations::lasting;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::simulation::Worst;
use crate::analysis::view::View;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Severity;

/// What is promised for a failure is kept when it happens.
pub static RULE: Rule = Rule {
    code: "simulation/objective-missed",
    summary: words(
        "Every single failure is over within the RTO, and loses no more than the RPO",
        "Chaque panne simple finit dans le RTO, et ne perd pas plus que le RPO",
    ),
    why: words(
        "A recovery time objective is a promise about loops, probes, timeouts and people. Most are written without adding those up, and are broken on the first bad night.",
        "Un objectif de reprise est une promesse sur des boucles, des sondes, des délais et des personnes. La plupart s’écrivent sans les additionner, et cèdent à la première mauvaise nuit.",
    ),
    detects: words(
        "With `--simulate`: each pod, node, zone, site, control-plane member, volume and database host is lost in turn, with fixed phases; the longest outage and the data lost by each function are held against `recovery` of that disruption.",
        "Avec `--simulate` : chaque pod, nœud, zone, site, membre de plan de contrôle, volume et hôte de base est perdu tour à tour, à phases fixes ; la plus longue coupure et les données perdues de chaque fonction sont comparées au `recovery` de cette perturbation.",
    ),
    exceptions: words(
        "What the design does not say is assumed from stated defaults, listed by `epure simulate`. Two failures at once, slow disks and human error are not simulated. Where no loop repairs anything, an exercise of that disruption within the objectives passes.",
        "Ce que la conception ne dit pas est supposé selon des défauts énoncés, listés par `epure simulate`. Deux pannes à la fois, les disques lents et l’erreur humaine ne sont pas simulés. Là où aucune boucle ne répare, un exercice de cette perturbation dans les objectifs suffit.",
    ),
    remedy: words(
        "ask `epure simulate` for the chain of causes, and shorten its longest link; or promise what can be kept",
        "demandez à `epure simulate` la chaîne des causes, et raccourcissez son plus long maillon ; ou promettez ce qui peut être tenu",
    ),
    sources: &["ISO 22301:2019, 8.2.2 (business impact analysis)", "EU 2022/2554 (DORA), art. 12(6)"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], recovery: {node: {rto: 1 min, rpo: 0 s}}}}
hosts: {nodes: {count: 2, cpu: 4, memory: 8 GiB}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 1, starts_in: 4 s, probes: {readiness: {http: /ready, period: 5 s}}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], recovery: {node: {rto: 1 min, rpo: 0 s}}}}
hosts: {nodes: {count: 3, cpu: 4, memory: 8 GiB}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 3, starts_in: 4 s, probes: {readiness: {http: /ready, period: 5 s}}}
",
    check,
};

/// Whether what no loop repairs was brought back by people in time, in an exercise on record.
fn exercised(view: &View<'_>, worst: &Worst) -> bool {
    let needed = view.needed_by(&worst.function);
    let concerns = |of: &str| of == worst.function || needed.contains(of);
    worst.reached_s.is_none()
        && view.design.exercises.values().any(|exercise| {
            exercise.disruption == Some(worst.disruption)
                && exercise.of.iter().any(|of| concerns(of))
                && exercise.took.as_ref().is_some_and(|took| took.value() <= worst.rto_s)
                && exercise.lost.as_ref().is_none_or(|lost| lost.value() <= worst.rpo_s)
        })
}

fn check(view: &View<'_>) -> Vec<Verdict> {
    let worst = &view.campaign().worst;
    let verdicts = worst.iter().map(|worst| {
        let path = format!("functions.{}.recovery.{}", worst.function, worst.disruption.word());
        if worst.meets || exercised(view, worst) {
            return Verdict::pass(path);
        }
        let function = &worst.function;
        let late = worst.reached_s.is_none_or(|reached| reached > worst.rto_s);
        if late {
            let message = said!(
                "{failure}: `{function}` is out for {reached}, and is promised back after {rto}",
                "{failure} : `{function}` est coupée {reached}, et promise de retour en {rto}",
                failure = worst.failure.said(),
                reached = lasting(worst.reached_s),
                rto = seconds(worst.rto_s)
            );
            Verdict::fail(&path, message).at(format!("{path}.rto"))
        } else {
            let message = said!(
                "{failure}: `{function}` loses {lost} of writes, and {rpo} at most is promised",
                "{failure} : `{function}` perd {lost} d’écritures, et {rpo} au plus est promis",
                failure = worst.failure.said(),
                lost = lasting(worst.lost_s),
                rpo = seconds(worst.rpo_s)
            );
            Verdict::fail(&path, message).at(format!("{path}.rpo"))
        }
    });
    verdicts.collect()
}
