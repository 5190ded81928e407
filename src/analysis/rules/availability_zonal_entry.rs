//! `availability/zonal-entry`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::said;
use crate::source::Severity;

/// What a third party runs for a function outlives a zone, where the function has to.
pub static RULE: Rule = Rule {
    code: "availability/zonal-entry",
    summary: words(
        "What others run for a function is bound to no single zone, where the function survives one",
        "Ce que d’autres exploitent pour une fonction n’est lié à aucune zone, si la fonction y survit",
    ),
    why: words(
        "Three replicas in three zones behind a load balancer that lives in one of them are one zone from an outage, and nobody sees it until that zone is gone.",
        "Trois réplicas dans trois zones derrière un répartiteur qui vit dans l’une d’elles sont à une zone de la coupure, et nul ne le voit avant que cette zone parte.",
    ),
    detects: words(
        "Components on a third party that a function with a `recovery.zone` stops without: `in` names a site, not one of its zones.",
        "Les composants chez un tiers sans lesquels une fonction avec `recovery.zone` s’arrête : `in` nomme un site, pas l’une de ses zones.",
    ),
    exceptions: words(
        "A zonal service whose twin stands in another zone is two components; draw both, and let the caller need either.",
        "Un service zonal dont le jumeau est dans une autre zone fait deux composants ; dessinez les deux, l’appelant n’ayant besoin que d’un.",
    ),
    remedy: words("take the regional form of the service", "prenez la forme régionale du service"),
    sources: &[
        "AWS Well-Architected, REL10-BP01 (deploy to multiple locations)",
        "AWS documentation, zonal and regional services",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [door], recovery: {zone: {rto: 5 min, rpo: 0 s}}}}
sites: {west: {kind: region, zones: [west-a, west-b]}}
third_parties: {provider: {provides: [doors]}}
components: {door: {kind: load-balancer, runs_on: provider, in: west-a}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [door], recovery: {zone: {rto: 5 min, rpo: 0 s}}}}
sites: {west: {kind: region, zones: [west-a, west-b]}}
third_parties: {provider: {provides: [doors]}}
components: {door: {kind: load-balancer, runs_on: provider, in: west}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(at) = component.at.as_deref() else { continue };
        if !matches!(view.home(component), Home::ThirdParty(..)) {
            continue;
        }
        let promising = view.design.functions.iter().find(|(function, value)| {
            value.recovery.as_ref().is_some_and(|recovery| recovery.zone.is_some())
                && view.needed_by(function).contains(name.as_str())
        });
        let Some((function, _)) = promising else { continue };
        let path = format!("components.{name}");
        verdicts.push(if view.design.sites.contains_key(at) {
            Verdict::pass(path)
        } else {
            Verdict::fail(
                &path,
                said!(
                    "`{function}` is promised back after the loss of a zone, and `{name}` stands in `{at}` alone",
                    "`{function}` est promise après la perte d’une zone, et `{name}` n’est que dans `{at}`"
                ),
            )
            .at(format!("{path}.in"))
            .also(format!("functions.{function}.recovery.zone"), said!("the promise", "la promesse"))
        });
    }
    verdicts
}
