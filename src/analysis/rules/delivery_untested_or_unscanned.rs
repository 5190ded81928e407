//! `delivery/untested-or-unscanned`

use crate::analysis::oversight::of_kind;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::{Component, ComponentKind, Stage};
use crate::design::model::config::Context;
use crate::said;
use crate::source::{Said, Severity};

/// What is delivered was tested, scanned, and approved where that is asked for.
pub static RULE: Rule = Rule {
    code: "delivery/untested-or-unscanned",
    summary: words(
        "What is delivered was tested, scanned, and approved where it must be",
        "Ce qui est livré a été testé, analysé, et approuvé là où il le faut",
    ),
    why: words(
        "A pipeline without tests delivers mistakes faster; one without a scan delivers known vulnerabilities; and one in which the author approves alone delivers whatever the author's stolen account wants.",
        "Un pipeline sans tests livre les erreurs plus vite ; sans analyse, il livre des vulnérabilités connues ; et si l’auteur approuve seul, il livre ce que veut son compte volé.",
    ),
    detects: words(
        "`stages` of each delivery component: `test`, and `scan` unless a registry of the design scans; in finance `approve` or `four_eyes: true`; in a vehicle `sign`. `source` has to say where it all comes from.",
        "`stages` de chaque composant de livraison : `test`, et `scan` sauf si un registre du design analyse ; en finance `approve` ou `four_eyes: true` ; dans un véhicule `sign`. `source` doit dire d’où tout cela vient.",
    ),
    exceptions: words(
        "A review before the merge is as good as an approval before the deployment, and better read: `four_eyes` covers both. Signing outside vehicles is recommended and not asked for.",
        "Une relecture avant fusion vaut une approbation avant déploiement, et elle est mieux lue : `four_eyes` couvre les deux. Hors véhicule, signer est recommandé et non exigé.",
    ),
    remedy: words("add the missing stages", "ajoutez les étapes manquantes"),
    sources: &[
        "PCI DSS v4.0.1, 6.2.3 (review before release), 6.3.3 (known vulnerabilities), 6.5.1 (approval by authorized parties)",
        "RTS (EU) 2024/1774 under DORA, art. 16 and 17 (testing; approval apart from who asks for the change)",
        "UNECE R156, 7.1.3 and 7.2.1.1 (authenticity and integrity of updates)",
        "SLSA v1.0, Build track",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
components: {pipeline: {kind: delivery, source: git, stages: [build, deploy]}}
",
    passing: r"
kind: design
name: shop
context: cloud
components: {pipeline: {kind: delivery, source: git, stages: [build, test, scan, deploy]}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    of_kind(view, ComponentKind::Delivery)
        .into_iter()
        .flat_map(|(name, pipeline)| judge(view, name, pipeline))
        .collect()
}

fn judge(view: &View<'_>, name: &str, pipeline: &Component) -> Vec<Verdict> {
    let path = format!("components.{name}");
    let mut verdicts = Vec::new();
    if pipeline.source.is_none() {
        let question =
            said!("from where does `{name}` take what it delivers?", "d’où `{name}` prend-il ce qu’il livre ?");
        verdicts.push(Verdict::unanswered(&path, question).help(said!("state `source`", "déclarez `source`")));
    }
    if pipeline.stages.is_empty() {
        let question = said!(
            "what happens in `{name}` between a change and production?",
            "que se passe-t-il dans `{name}` entre un changement et la production ?"
        );
        verdicts.push(Verdict::unanswered(&path, question).help(said!("list the `stages`", "énumérez les `stages`")));
        return verdicts;
    }
    let has = |stage: Stage| pipeline.stages.contains(&stage);
    let scanned = of_kind(view, ComponentKind::Registry).iter().any(|(_, registry)| registry.scans == Some(true));
    let mut missing: Vec<&str> = Vec::new();
    if !has(Stage::Test) {
        missing.push("test");
    }
    if !has(Stage::Scan) && !scanned {
        missing.push("scan");
    }
    if view.design.context == Context::Automotive && !has(Stage::Sign) {
        missing.push("sign");
    }
    if !missing.is_empty() {
        let stages = Said::list(&missing.iter().map(|stage| format!("`{stage}`")).collect::<Vec<_>>());
        verdicts.push(
            Verdict::fail(
                &path,
                said!("`{name}` delivers without {stages}", "`{name}` livre sans {stages}", stages = stages),
            )
            .at(format!("{path}.stages"))
            .help(said!(
                "add {stages} before `deploy`",
                "ajoutez {stages} avant `deploy`",
                stages = stages
            )),
        );
    }
    if view.design.context == Context::Finance && !has(Stage::Approve) {
        match pipeline.four_eyes {
            Some(true) => {}
            Some(false) => verdicts.push(
                Verdict::fail(
                    &path,
                    said!(
                        "whoever writes a change can deliver it alone through `{name}`",
                        "qui écrit un changement peut le livrer seul par `{name}`"
                    ),
                )
                .at(format!("{path}.four_eyes")),
            ),
            None => verdicts.push(
                Verdict::unanswered(
                    &path,
                    said!(
                        "does somebody else approve what `{name}` delivers?",
                        "quelqu’un d’autre approuve-t-il ce que livre `{name}` ?"
                    ),
                )
                .at(format!("{path}.stages"))
                .help(said!(
                    "add the stage `approve`, or state `four_eyes`",
                    "ajoutez l’étape `approve`, ou déclarez `four_eyes`"
                )),
            ),
        }
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}
