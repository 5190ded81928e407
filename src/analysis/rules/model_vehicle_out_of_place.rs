//! `model/vehicle-out-of-place`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::design::model::config::Context;
use crate::design::model::place::SiteKind;
use crate::said;
use crate::source::Severity;

/// A vehicle is a site of the automotive context, and nobody else's service stands in it.
pub static RULE: Rule = Rule {
    code: "model/vehicle-out-of-place",
    summary: words(
        "A vehicle stands in an automotive design, and carries what is ours",
        "Un véhicule est dans une conception automobile, et porte ce qui est à nous",
    ),
    why: words(
        "The context chooses the rules. A vehicle under another context is reviewed without start budgets, fault times and update slots, and what a third party runs cannot stand in a moving car.",
        "Le contexte choisit les règles. Un véhicule sous un autre contexte est revu sans budgets de démarrage, temps de faute ni slots de mise à jour, et ce qu’un tiers exploite ne peut être dans une voiture qui roule.",
    ),
    detects: words(
        "Sites of `kind: vehicle`: `context` is `automotive`, and nothing that runs on a third party is `in` it.",
        "Les sites `kind: vehicle` : `context` vaut `automotive`, et rien de ce qui tourne chez un tiers n’y est par `in`.",
    ),
    exceptions: words(
        "A fleet's backend may be drawn with one vehicle in it: draw the vehicle as a design of its own, or as an external system.",
        "Un système central de flotte peut se dessiner avec un véhicule dedans : faites du véhicule une conception à part, ou un système externe.",
    ),
    remedy: words(
        "set `context: automotive`, or say what kind of site it is",
        "passez `context: automotive`, ou dites de quelle sorte de site il s’agit",
    ),
    sources: &["ISO 26262-1:2018, 3.84 (item)", "C4 model, deployment diagram"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: fleet
context: cloud
sites: {car: {kind: vehicle}}
",
    passing: r"
kind: design
name: fleet
context: automotive
sites: {car: {kind: vehicle}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let vehicles = view.design.sites.iter().filter(|(_, site)| site.kind == SiteKind::Vehicle);
    vehicles
        .map(|(site, _)| {
            let path = format!("sites.{site}");
            if view.design.context != Context::Automotive {
                return Verdict::fail(
                    &path,
                    said!(
                        "`{site}` is a vehicle, and the context is {context}: no automotive rule looks at it",
                        "`{site}` est un véhicule, et le contexte est {context} : aucune règle automobile ne le regarde",
                        context = view.design.context.word()
                    ),
                )
                .at(format!("{path}.kind"))
                .also("context", said!("the context", "le contexte"));
            }
            let foreign = view.design.components.iter().find(|(_, component)| {
                matches!(view.home(component), Home::ThirdParty(..))
                    && component.at.as_deref().and_then(|at| view.site_of(at)).is_some_and(|(at, _)| at == site)
            });
            match foreign {
                None => Verdict::pass(path),
                Some((name, _)) => Verdict::fail(
                    &path,
                    said!(
                        "`{site}` is a vehicle, and `{name}`, which a third party runs, stands in it",
                        "`{site}` est un véhicule, et `{name}`, qu’un tiers exploite, y est"
                    ),
                )
                .at(format!("{path}.kind"))
                .also(format!("components.{name}.in"), said!("it stands there", "il est là")),
            }
        })
        .collect()
}
