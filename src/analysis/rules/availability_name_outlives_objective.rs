//! `availability/name-outlives-objective`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::design::model::organisation::Disruption;
use crate::said;
use crate::source::Severity;

/// A name is forgotten well before the outage that it is to end has to be over.
pub static RULE: Rule = Rule {
    code: "availability/name-outlives-objective",
    summary: words(
        "A DNS name lives at most half the shortest RTO that a change of it has to keep",
        "Un nom DNS vit au plus la moitié du plus court RTO qu’un changement doit tenir",
    ),
    why: words(
        "Whoever has looked a name up keeps the answer for its TTL, and asks the old address until then. A name that lives longer than the outage may last makes a change of address useless; the other half is for whoever notices and decides.",
        "Qui a résolu un nom garde la réponse pendant son TTL et s’adresse à l’ancienne adresse jusque-là. Un nom qui vit plus longtemps que la coupure permise rend le changement d’adresse inutile ; l’autre moitié est pour qui constate et décide.",
    ),
    detects: words(
        "The `ttl` of each component of kind `dns` that a function needs, against the shortest RTO that these functions promise for the loss of a site or a region.",
        "Le `ttl` de chaque composant de genre `dns` dont une fonction a besoin, face au plus court RTO que ces fonctions promettent pour la perte d’un site ou d’une région.",
    ),
    exceptions: words(
        "A zone or a node is not judged: what stands in several zones keeps its address when one is lost. Addresses that are announced from several places (anycast) do not change; waive with that reason. Some resolvers keep a name longer than they are told: half is a least margin.",
        "Ni la zone ni le nœud ne sont jugés : ce qui est dans plusieurs zones garde son adresse quand l’une est perdue. Une adresse annoncée de plusieurs endroits (anycast) ne change pas : dérogez avec cette raison. Certains résolveurs gardent un nom plus longtemps que demandé : la moitié est une marge minimale.",
    ),
    remedy: words("shorten the `ttl`, 60 s being usual", "raccourcissez le `ttl`, 60 s étant l’usage"),
    sources: &["RFC 1035, 3.2.1 (TTL)", "RFC 8767 (stale answers)"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [names], recovery: {region: {rto: 15 min, rpo: 0 s}}}}
third_parties: {registrar: {provides: [dns]}}
components:
  names: {kind: dns, runs_on: registrar, ttl: 1 h}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [names], recovery: {region: {rto: 15 min, rpo: 0 s}}}}
third_parties: {registrar: {provides: [dns]}}
components:
  names: {kind: dns, runs_on: registrar, ttl: 60 s}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let (ComponentKind::Dns, Some(ttl)) = (component.kind, &component.ttl) else { continue };
        let promised =
            view.design.functions.iter().filter(|(function, _)| view.needed_by(function).contains(name.as_str()));
        let moves = |disruption: Disruption| matches!(disruption, Disruption::Site | Disruption::Region);
        let objectives = promised.flat_map(|(function, stated)| {
            let recovery = stated.recovery.iter().flat_map(|recovery| recovery.stated());
            recovery.filter(|(disruption, _)| moves(*disruption)).map(move |(_, objective)| (function, &objective.rto))
        });
        let Some((function, rto)) = objectives.min_by(|a, b| a.1.value().total_cmp(&b.1.value())) else { continue };
        let path = format!("components.{name}");
        verdicts.push(if ttl.value() * 2.0 <= rto.value() {
            Verdict::pass(path)
        } else {
            Verdict::fail(
                &path,
                said!(
                    "`{name}` is remembered for {ttl}, and `{function}` promises to be back within {rto} of a lost site or region",
                    "`{name}` reste en mémoire {ttl}, et `{function}` promet de revenir {rto} après la perte d’un site ou d’une région",
                    ttl = ttl,
                    rto = rto
                ),
            )
            .at(format!("{path}.ttl"))
        });
    }
    verdicts
}
