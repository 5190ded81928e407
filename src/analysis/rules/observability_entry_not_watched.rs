//! `observability/entry-not-watched`

use crate::analysis::oversight::{home_name, watchers_of};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// Where users come in, somebody looks from where they are.
pub static RULE: Rule = Rule {
    code: "observability/entry-not-watched",
    summary: words(
        "Where users come in, something looks from outside",
        "Là où entrent les utilisateurs, quelque chose regarde du dehors",
    ),
    why: words(
        "Everything inside can be green while nobody gets in: an expired certificate, a wrong record, a listener that is gone. Only a check from where users are sees what users see.",
        "Tout peut être au vert dedans alors que personne n’entre : un certificat expiré, un enregistrement faux, un écouteur disparu. Seule une vérification depuis chez les utilisateurs voit ce qu’ils voient.",
    ),
    detects: words(
        "Components of a function that people call, names (`dns`) apart: a monitoring component that calls somebody has to see each, directly or through what stands behind it, and run on nothing that carries the function.",
        "Les composants d’une fonction que des personnes appellent, hors noms (`dns`) : une supervision qui appelle quelqu’un doit voir chacun, directement ou à travers ce qui est derrière, et ne tourner sur rien de ce qui porte la fonction.",
    ),
    exceptions: words(
        "A system for a handful of colleagues beside it is watched by them. A name server is checked with every request that a check makes.",
        "Un système pour quelques collègues voisins est surveillé par eux. Un serveur de noms est vérifié à chaque requête d’une vérification.",
    ),
    remedy: words(
        "add a check from another provider, and name the entry in its `watches`",
        "ajoutez une vérification chez un autre fournisseur, et nommez l’entrée dans son `watches`",
    ),
    sources: &["Google SRE Book, chapter 6 (black-box monitoring)", "EU 2022/2554 (DORA), art. 10 (detection)"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  public: {kind: person}
  staff: {kind: person}
  web: {kind: service, runs_on: main}
  metrics: {kind: monitoring, runs_on: main, alerts_to: staff}
connections: {browse: {from: public, to: web, protocol: https}}
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
  public: {kind: person}
  staff: {kind: person}
  web: {kind: service, runs_on: main}
  outside: {kind: monitoring, runs_on: checks, watches: [web], alerts_to: staff}
connections: {browse: {from: public, to: web, protocol: https}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let design = view.design;
    let mut verdicts = Vec::new();
    for (name, component) in &design.components {
        let is_used = design.functions.values().any(|function| function.uses.iter().any(|used| **used == **name));
        let called = design.connections.iter().find(|(_, flow)| {
            let from = design.components.get(&flow.from.0);
            *flow.to == **name && from.is_some_and(|from| from.kind == ComponentKind::Person)
        });
        let Some((flow, _)) = called.filter(|_| is_used && component.kind != ComponentKind::Dns) else { continue };
        let path = format!("components.{name}");
        // From outside: on nothing that carries what the same functions need.
        let inside = |home: Option<&str>| {
            design
                .functions
                .keys()
                .map(|function| view.needed_by(function))
                .filter(|needed| needed.contains(name.as_str()))
                .any(|needed| {
                    needed
                        .iter()
                        .filter_map(|other| {
                            design.components.get(*other).filter(|other| other.kind != ComponentKind::Dns)
                        })
                        .any(|other| home_name(view, other) == home)
                })
        };
        let elsewhere = watchers_of(view, name)
            .into_iter()
            .any(|(_, monitor)| monitor.alerts_to.is_some() && !inside(home_name(view, monitor)));
        verdicts.push(if elsewhere {
            Verdict::pass(path)
        } else {
            Verdict::fail(
                &path,
                said!(
                    "users come in at `{name}`, and nothing that calls anybody looks at it from elsewhere",
                    "les utilisateurs entrent par `{name}`, et rien de ce qui appelle quelqu’un ne le regarde d’ailleurs"
                ),
            )
            .also(format!("connections.{flow}"), said!("they come in here", "ils entrent par là"))
        });
    }
    verdicts
}
