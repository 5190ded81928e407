//! `model/status-contradicted`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::design::Status;
use crate::said;
use crate::source::{Said, Severity};

/// What is not built yet was not exercised.
pub static RULE: Rule = Rule {
    code: "model/status-contradicted",
    summary: words(
        "A design that is not built has no exercise on record",
        "Une conception qui n’est pas construite n’a aucun exercice à son actif",
    ),
    why: words(
        "An exercise shows what a running system can do. On a proposal it was made on something else, and the objectives that it seems to show are not shown.",
        "Un exercice montre ce dont un système en service est capable. Sur une proposition, il a été mené sur autre chose, et les objectifs qu’il semble démontrer ne le sont pas.",
    ),
    detects: words(
        "`status` is `proposed` or `accepted`, and an entry under `exercises` says how long it took.",
        "`status` vaut `proposed` ou `accepted`, et une entrée d’`exercises` dit combien de temps elle a pris.",
    ),
    exceptions: words(
        "A prototype or a test bench can be exercised before production: then the record should say so, and a waiver carries it until the real one has been tried. A retired design is not reviewed at all.",
        "Un prototype ou un banc d’essai s’éprouve avant la production : la trace doit alors le dire, et une dérogation la porte jusqu’à l’essai réel. Une conception retirée n’est pas revue du tout.",
    ),
    remedy: words(
        "set `status: running` if it is, or take the exercise away",
        "passez `status: running` si elle l’est, ou retirez l’exercice",
    ),
    sources: &["ISO 22301:2019, 8.5 (exercise programme)", "MADR 4.0, status"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
status: proposed
components: {web: {kind: service}}
exercises: {rebuild: {kind: rebuild, of: [web], date: 2026-06-01, took: 2 h}}
",
    passing: r"
kind: design
name: shop
context: cloud
status: running
components: {web: {kind: service}}
exercises: {rebuild: {kind: rebuild, of: [web], date: 2026-06-01, took: 2 h}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(status) = view.design.status else { return Vec::new() };
    let tried: Vec<&str> = view
        .design
        .exercises
        .iter()
        .filter(|(_, exercise)| exercise.took.is_some())
        .map(|(name, _)| name.as_str())
        .collect();
    let stands = match status {
        Status::Proposed => said!("only proposed", "seulement proposée"),
        Status::Accepted => said!("accepted and not built", "acceptée et pas construite"),
        Status::Running | Status::Retired => return vec![Verdict::pass("status")],
    };
    let Some(first) = tried.first() else { return vec![Verdict::pass("status")] };
    let names = Said::list(&tried);
    vec![
        Verdict::fail(
            "status",
            said!(
                "the design is {stands}, and {names} on record took their time on something",
                "la conception est {stands}, et {names} ont pourtant été menés sur quelque chose",
                stands = stands,
                names = names
            ),
        )
        .also(format!("exercises.{first}"), said!("tried on what?", "essayé sur quoi ?")),
    ]
}
