//! `availability/objective-above-parts`

use crate::analysis::availability::{chains, percent};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A function promises no more than its parts do.
pub static RULE: Rule = Rule {
    code: "availability/objective-above-parts",
    summary: words(
        "A function promises no more than the promises of its parts allow",
        "Une fonction ne promet pas plus que ce que permettent les promesses de ses parties",
    ),
    why: words(
        "What needs five things that each work 99.9 % of the time works 99.5 % at best. A promise above that is broken by arithmetic, before anything has failed.",
        "Ce qui a besoin de cinq choses disponibles chacune 99,9 % du temps l’est à 99,5 % au mieux. Une promesse au-dessus est rompue par l’arithmétique, avant toute panne.",
    ),
    detects: words(
        "`availability` of a function against the product over what it stops without: `sla` of what others run; for ours `sla` of the machines, k of n, k being what survives and still carries the peak. Parts without a promise are left out.",
        "`availability` d’une fonction face au produit sur ce sans quoi elle s’arrête : `sla` de ce que d’autres exploitent ; pour le nôtre, `sla` des machines, k sur n, k étant ce qui survit et porte encore la pointe. Les parties sans promesse sont omises.",
    ),
    exceptions: words(
        "A provider’s promise is a price reduction, not a measurement: a part may do better for years. The product takes failures as independent, which flatters; passing is no proof.",
        "La promesse d’un fournisseur est une remise, pas une mesure : une partie peut faire mieux pendant des années. Le produit suppose les pannes indépendantes, ce qui flatte ; passer n’est pas une preuve.",
    ),
    remedy: words(
        "promise less, take a part out of the chain, or put a second one beside it",
        "promettez moins, ôtez une partie de la chaîne, ou mettez-en une seconde à côté",
    ),
    sources: &[
        "Google SRE Workbook, chapter 2 (dependencies and availability)",
        "IEC 61078:2016 (reliability block diagrams)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [door, names], availability: 99.9 %}}
third_parties: {provider: {provides: [doors]}}
components:
  door: {kind: load-balancer, runs_on: provider, sla: 99.9 %}
  names: {kind: dns, runs_on: provider, sla: 99.9 %}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [door, names], availability: 99.5 %}}
third_parties: {provider: {provides: [doors]}}
components:
  door: {kind: load-balancer, runs_on: provider, sla: 99.9 %}
  names: {kind: dns, runs_on: provider, sla: 99.9 %}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for chain in chains(view) {
        let promised = view.design.functions.get(chain.function).and_then(|function| function.availability.as_ref());
        let (Some(promised), Some(bound)) = (promised, &chain.bound) else { continue };
        let path = format!("functions.{}", chain.function);
        if bound.value >= promised.value() {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        let weakest = chain
            .parts
            .iter()
            .filter_map(|part| Some((part.component, part.works.as_ref()?.value)))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        let mut verdict = Verdict::fail(
            &path,
            said!(
                "`{function}` promises {promised}, and its parts allow {bound} at most",
                "`{function}` promet {promised}, et ses parties permettent au plus {bound}",
                function = chain.function,
                promised = promised,
                bound = percent(bound.value)
            ),
        )
        .at(format!("{path}.availability"))
        .from_facts(bound.facts.iter().cloned());
        if let Some((component, works)) = weakest {
            let text = said!("the weakest part: {works}", "la partie la plus faible : {works}", works = percent(works));
            verdict = verdict.also(format!("components.{component}"), text);
        }
        verdicts.push(verdict);
    }
    verdicts
}
