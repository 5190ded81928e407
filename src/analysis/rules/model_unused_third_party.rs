//! `model/unused-third-party`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A third party that is declared provides something.
pub static RULE: Rule = Rule {
    code: "model/unused-third-party",
    summary: words(
        "A third party that is declared provides something here",
        "Un tiers déclaré fournit ici quelque chose",
    ),
    why: words(
        "A provider that nothing uses is either gone, and still in the register, or used by something that the drawing forgot.",
        "Un prestataire dont rien ne se sert est soit parti, et encore au registre, soit utilisé par quelque chose que le dessin a oublié.",
    ),
    detects: words(
        "Each third party: some component has to run on it, or it has to support a function.",
        "Chaque tiers : un composant doit tourner chez lui, ou il doit soutenir une fonction.",
    ),
    exceptions: words(
        "A vendor of data or advice runs nothing of ours: say in `supports` what rests on it.",
        "Un fournisseur de données ou de conseil ne fait rien tourner pour nous : dites dans `supports` ce qui en dépend.",
    ),
    remedy: words(
        "take it away, or let something run on it or rest on it",
        "retirez-le, ou faites-y tourner ou reposer quelque chose",
    ),
    sources: &["DORA (EU) 2022/2554, art. 28(3) (register of information)"],
    severity: Severity::Note,
    failing: r"
kind: design
name: shop
context: cloud
third_parties: {cloud: {provides: [machines]}}
",
    passing: r"
kind: design
name: shop
context: cloud
third_parties: {cloud: {provides: [machines]}}
components: {web: {kind: service, runs_on: cloud}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let parties = view.design.third_parties.iter();
    parties
        .map(|(name, party)| {
            let path = format!("third_parties.{name}");
            let runs = view
                .design
                .components
                .values()
                .any(|component| component.runs_on.as_ref().is_some_and(|place| **place == **name));
            if runs || !party.supports.is_empty() {
                Verdict::pass(path)
            } else {
                Verdict::fail(
                    path,
                    said!(
                        "nothing runs on `{name}` and nothing rests on it",
                        "rien ne tourne chez `{name}` et rien n’en dépend"
                    ),
                )
            }
        })
        .collect()
}
