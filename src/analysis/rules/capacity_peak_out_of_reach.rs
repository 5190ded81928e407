//! `capacity/peak-out-of-reach`

use super::place::first_stated;
use crate::analysis::capacity::traffic;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Said, Severity};

/// All replicas together serve the peak.
pub static RULE: Rule = Rule {
    code: "capacity/peak-out-of-reach",
    summary: words(
        "All replicas together serve the peak load",
        "Tous les réplicas ensemble servent la charge de pointe",
    ),
    why: words(
        "Requests beyond what is served wait, time out and come again as retries: the overload feeds itself with every machine healthy.",
        "Les requêtes au-delà de ce qui est servi attendent, expirent et reviennent en nouvelles tentatives : la surcharge s’entretient alors que toutes les machines vont bien.",
    ),
    detects: words(
        "`serves_up_to` times the replicas or members, against the sum of the `peak_load` of the functions that need the component.",
        "`serves_up_to` multiplié par les réplicas ou membres, comparé à la somme des `peak_load` des fonctions qui ont besoin du composant.",
    ),
    exceptions: words(
        "Functions that never peak together need less than the sum; a cache in front may take most of it. Say so where the load that arrives here is smaller.",
        "Des fonctions qui n’ont jamais leur pointe ensemble demandent moins que la somme ; un cache devant peut en absorber l’essentiel. Dites-le si la charge qui arrive ici est moindre.",
    ),
    remedy: words("add replicas, or a faster one", "ajoutez des réplicas, ou rendez-les plus rapides"),
    sources: &["Google SRE Book, Addressing Cascading Failures"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], peak_load: 300/s}}
hosts: {nodes: {count: 2}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, serves_up_to: 100/s}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], peak_load: 300/s}}
hosts: {nodes: {count: 2}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 3, serves_up_to: 100/s}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for load in traffic(view) {
        let name = load.component;
        let path = format!("components.{name}");
        if load.all.value.value() >= load.peak.value.value() {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        let message = said!(
            "`{name}` serves {all} ({formula}), and the peak is {peak}{sum}",
            "`{name}` sert {all} ({formula}), et la pointe est de {peak}{sum}",
            all = load.all.value,
            formula = load.all.formula,
            peak = load.peak.value,
            sum = if load.peak.facts.len() > 1 {
                said!(" ({sum})", " ({sum})", sum = load.peak.formula)
            } else {
                Said::default()
            }
        );
        let at = first_stated(
            view,
            &[format!("{path}.replicas"), format!("{path}.members"), format!("{path}.serves_up_to")],
        );
        let mut verdict = Verdict::fail(&path, message)
            .at(at)
            .also(format!("{path}.serves_up_to"), said!("by one of them", "par exemplaire"));
        for fact in &load.peak.facts {
            if let Some(within) = fact.strip_prefix(view.name).and_then(|rest| rest.strip_prefix('.')) {
                verdict = verdict.also(within, said!("the peak", "la pointe"));
            }
        }
        verdicts.push(verdict);
    }
    verdicts
}
