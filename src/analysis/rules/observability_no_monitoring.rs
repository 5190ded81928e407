//! `observability/no-monitoring`

use crate::analysis::oversight::{is_ours, watchers_of};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::{Said, Severity};

/// Everything a function needs is watched.
pub static RULE: Rule = Rule {
    code: "observability/no-monitoring",
    summary: words("Everything that a function needs is watched", "Tout ce dont une fonction a besoin est supervisé"),
    why: words(
        "What nobody watches fails in front of users first, and its first measurement is made during the outage.",
        "Ce que personne ne supervise tombe d’abord devant les utilisateurs, et sa première mesure se fait pendant la panne.",
    ),
    detects: words(
        "For each function: what it uses and needs hard, and runs on something of ours, against what monitoring components see. One without `watches` sees what its segment may reach; one with `watches` also sees what stands in front of it.",
        "Pour chaque fonction : ce qu’elle utilise et dont elle a strictement besoin, et qui tourne chez nous, face à ce que voient les composants de supervision. Sans `watches`, l’un d’eux voit ce que son segment peut joindre ; avec, il voit aussi ce qui se trouve devant.",
    ),
    exceptions: words(
        "A component with a safety goal watches itself (`safety.detects_in`) and is not judged here; sensors, actuators, people and what third parties run are not ours to scrape.",
        "Un composant qui a un objectif de sûreté se surveille lui-même (`safety.detects_in`) et n’est pas jugé ici ; capteurs, actionneurs, personnes et ce qu’exploitent des tiers ne sont pas à nous d’interroger.",
    ),
    remedy: words(
        "let a monitoring component watch it, and open the way to it",
        "faites-le superviser par un composant de supervision, et ouvrez-lui le chemin",
    ),
    sources: &[
        "Beyer et al., Site Reliability Engineering, chapter 6, Monitoring Distributed Systems",
        "DORA (EU) 2022/2554, art. 10(1) (detection of anomalous activities)",
    ],
    severity: Severity::Error,
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
hosts: {nodes: {count: 3}, tools: {count: 1}}
components: {web: {kind: service, runs_on: nodes}, metrics: {kind: monitoring, runs_on: tools}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let monitors = view.design.components.values().any(|component| component.kind == ComponentKind::Monitoring);
    for function in view.design.functions.keys() {
        let path = format!("functions.{function}");
        let needed = view.needed_by(function);
        let ours: Vec<&str> = needed
            .into_iter()
            .filter(|name| {
                view.design
                    .components
                    .get(*name)
                    .is_some_and(|component| is_ours(view, component) && component.safety.is_none())
            })
            .collect();
        if ours.is_empty() {
            continue;
        }
        let blind: Vec<&str> = ours.into_iter().filter(|name| watchers_of(view, name).is_empty()).collect();
        verdicts.push(if blind.is_empty() {
            Verdict::pass(path)
        } else if monitors {
            let names = Said::list(&blind.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>());
            let mut verdict = Verdict::fail(
                &path,
                said!(
                    "nothing watches {names}, which `{function}` needs",
                    "rien ne supervise {names}, dont `{function}` a besoin",
                    names = names
                ),
            );
            for name in blind {
                verdict = verdict.also(format!("components.{name}"), said!("not watched", "non supervisé"));
            }
            verdict
        } else {
            Verdict::fail(
                &path,
                said!(
                    "nothing watches what `{function}` needs: the design has no monitoring",
                    "rien ne supervise ce dont `{function}` a besoin : le design n’a pas de supervision"
                ),
            )
        });
    }
    verdicts
}
