//! `delivery/no-rollback`

use crate::analysis::oversight::of_kind;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::{Component, ComponentKind, Rollback};
use crate::design::quantity::Duration;
use crate::said;
use crate::source::Severity;

/// Somebody has to be called, to look and to decide: less than this no person does at night.
const A_PERSON: f64 = 15.0 * 60.0;

/// A bad version is taken back in time.
pub static RULE: Rule = Rule {
    code: "delivery/no-rollback",
    summary: words("A bad version is taken back in time", "Une mauvaise version est retirée à temps"),
    why: words(
        "Changes cause most outages. Where nobody has said how one is taken back, the way back is invented during the outage.",
        "Les changements causent la plupart des pannes. Si nul n’a dit comment on en revient, le chemin de retour s’invente pendant la panne.",
    ),
    detects: words(
        "`rollback` of each delivery component. Unsaid is a question; `manual` fails where a function that needs what it deploys promises to work again within 15 minutes of a software failure.",
        "`rollback` de chaque composant de livraison. Non précisé, c’est une question ; `manual` échoue si une fonction qui dépend de ce qu’il déploie promet de remarcher en moins de 15 minutes après une défaillance logicielle.",
    ),
    exceptions: words(
        "Some teams only ever roll forward. That is a rollback by hand here, and the same clock runs. A change of the database's structure cannot be taken back by a pipeline at all.",
        "Certaines équipes ne vont qu’en avant. C’est ici un retour manuel, et la même horloge tourne. Un changement de structure de base ne se retire de toute façon pas par un pipeline.",
    ),
    remedy: words(
        "let the pipeline watch the new version and take it back by itself",
        "laissez le pipeline observer la nouvelle version et la retirer lui-même",
    ),
    sources: &[
        "Beyer et al., Site Reliability Engineering, chapter 8, Release Engineering, and chapter 26",
        "PCI DSS v4.0.1, 6.5.1 (procedures to address failures and return to a secure state)",
        "RTS (EU) 2024/1774 under DORA, art. 17(1) (fall-back procedures)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], recovery: {software: {rto: 1 min, rpo: 0 s}}}}
components: {web: {kind: service}, pipeline: {kind: delivery, deploys: [web], rollback: manual}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], recovery: {software: {rto: 1 min, rpo: 0 s}}}}
components: {web: {kind: service}, pipeline: {kind: delivery, deploys: [web], rollback: automatic}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let judge = |(name, pipeline): (&str, &Component)| {
        let path = format!("components.{name}");
        match pipeline.rollback {
            Some(Rollback::Automatic) => Verdict::pass(path),
            None => Verdict::unanswered(
                path,
                said!(
                    "how is a bad version that `{name}` delivered taken back?",
                    "comment retire-t-on une mauvaise version livrée par `{name}` ?"
                ),
            )
            .help(said!("state `rollback`", "déclarez `rollback`")),
            Some(Rollback::Manual) => match strictest(view, pipeline) {
                Some((function, rto)) if rto.value() < A_PERSON => Verdict::fail(
                    &path,
                    said!(
                        "`{name}` takes versions back by hand, and `{function}` promises to work again in {rto}",
                        "`{name}` retire les versions à la main, et `{function}` promet de remarcher en {rto}",
                        rto = rto
                    ),
                )
                .at(format!("{path}.rollback"))
                .also(format!("functions.{function}.recovery.software.rto"), said!("promised here", "promis ici")),
                _ => Verdict::pass(path),
            },
        }
    };
    of_kind(view, ComponentKind::Delivery).into_iter().map(judge).collect()
}

/// The shortest promise after a software failure among the functions that need what is deployed.
fn strictest<'a>(view: &View<'a>, pipeline: &Component) -> Option<(&'a str, &'a Duration)> {
    let design = view.design;
    design
        .functions
        .iter()
        .filter(|(name, _)| {
            let needed = view.needed_by(name);
            pipeline.deploys.iter().any(|deployed| needed.contains(&**deployed))
        })
        .filter_map(|(name, function)| Some((name.as_str(), &function.recovery.as_ref()?.software.as_ref()?.rto)))
        .min_by(|(_, a), (_, b)| a.value().total_cmp(&b.value()))
}
