//! `model/risk-without-response`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::{Level, Response, Risk};
use crate::said;
use crate::source::Severity;

/// A risk that is mitigated says through what.
pub static RULE: Rule = Rule {
    code: "model/risk-without-response",
    summary: words(
        "A risk has an owner, and what mitigates it exists",
        "Un risque a un responsable, et ce qui l’atténue existe",
    ),
    why: words(
        "“Mitigated” without saying through what is a wish, and an address that leads nowhere was true once: both look like an answer on the page of risks.",
        "« Atténué » sans dire par quoi est un vœu, et une adresse qui ne mène nulle part fut vraie un jour : les deux ressemblent à une réponse sur la page des risques.",
    ),
    detects: words(
        "Each risk: `mitigate` and `transfer` need `through`, each address of which has to exist in the design; an accepted one of high likelihood and high impact fails; no `owner` is a question.",
        "Chaque risque : `mitigate` et `transfer` ont besoin de `through`, dont chaque adresse doit exister dans le design ; un risque accepté de forte vraisemblance et de fort impact échoue ; sans `owner`, c’est une question.",
    ),
    exceptions: words(
        "An institution may bear a high risk knowingly: that is a waiver of this rule, with a name and a last day.",
        "Une institution peut porter sciemment un risque fort : c’est une dérogation à cette règle, avec un nom et un dernier jour.",
    ),
    remedy: words(
        "name the exercises, components or waivers in `through`",
        "nommez les exercices, composants ou dérogations dans `through`",
    ),
    sources: &["ISO 31000:2018, 6.5.3 (risk treatment plans)", "DORA (EU) 2022/2554, art. 6(8)"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
components: {web: {kind: service}}
risks: {fire: {title: Fire, of: [sell], likelihood: low, impact: high, response: mitigate, through: [exercises.drill], owner: platform}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
components: {web: {kind: service}}
exercises: {drill: {kind: rebuild, of: [sell], date: 2026-06-01}}
risks: {fire: {title: Fire, of: [sell], likelihood: low, impact: high, response: mitigate, through: [exercises.drill], owner: platform}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design.risks.iter().flat_map(|(name, risk)| judge(view, name, risk)).collect()
}

fn judge(view: &View<'_>, name: &str, risk: &Risk) -> Vec<Verdict> {
    let path = format!("risks.{name}");
    let mut verdicts = Vec::new();
    if risk.through.is_empty() && matches!(risk.response, Response::Mitigate | Response::Transfer) {
        let message = match risk.response {
            Response::Transfer => said!(
                "`{name}` is transferred, and nothing says to whom",
                "`{name}` est transféré, et rien ne dit à qui"
            ),
            _ => said!(
                "`{name}` is mitigated, and nothing says through what",
                "`{name}` est atténué, et rien ne dit par quoi"
            ),
        };
        verdicts.push(Verdict::fail(&path, message).at(format!("{path}.response")));
    }
    for address in &risk.through {
        // An address may also lead into another document of the workspace.
        if view.workspace.at(&view.path(address)).is_none() && view.workspace.at(address).is_none() {
            let message = said!(
                "`{name}` is answered through `{address}`, which does not exist",
                "`{name}` est traité par `{address}`, qui n’existe pas"
            );
            verdicts.push(Verdict::fail(&path, message).at(format!("{path}.through")).help(said!(
                "write an address of the design, such as `exercises.restore`",
                "écrivez une adresse du design, comme `exercises.restore`"
            )));
        }
    }
    if risk.response == Response::Accept && risk.likelihood == Level::High && risk.impact == Level::High {
        let message = said!(
            "`{name}` is likely, would hurt badly, and is accepted",
            "`{name}` est vraisemblable, ferait grand mal, et est accepté"
        );
        verdicts.push(
            Verdict::fail(&path, message)
                .at(format!("{path}.response"))
                .also(format!("{path}.impact"), said!("impact", "impact")),
        );
    }
    if risk.owner.is_none() {
        verdicts.push(
            Verdict::unanswered(&path, said!("who answers for `{name}`?", "qui répond de `{name}` ?"))
                .help(said!("state `owner`", "déclarez `owner`")),
        );
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}
