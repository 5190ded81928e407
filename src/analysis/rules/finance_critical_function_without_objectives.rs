//! `finance/critical-function-without-objectives`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::{Criticality, Disruption, Exercise, Function, Objective};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Lang, Severity, Show};

/// Continuity plans are tested at least yearly.
const YEAR: i64 = 366;

/// A critical function has objectives, and they were tried.
pub static RULE: Rule = Rule {
    code: "finance/critical-function-without-objectives",
    summary: words(
        "A critical function has recovery objectives, and they were tried",
        "Une fonction critique a des objectifs de reprise, et ils ont été éprouvés",
    ),
    why: words(
        "Without an objective nobody can say that a recovery was too slow; and an objective that was never tried is a hope with a number.",
        "Sans objectif, nul ne peut dire qu’une reprise fut trop lente ; et un objectif jamais éprouvé est un espoir chiffré.",
    ),
    detects: words(
        "Each function: its `criticality`, and for critical or important ones `tolerable` and `recovery`. The objectives for the loss of a site or region and for corruption need an exercise of the function, or of what it needs, within twelve months, with evidence, and within RTO and RPO.",
        "Chaque fonction : sa `criticality`, et pour les critiques ou importantes `tolerable` et `recovery`. Les objectifs pour la perte d’un site ou d’une région et pour la corruption demandent un exercice de la fonction, ou de ce dont elle dépend, sous douze mois, avec preuve, et dans le RTO et le RPO.",
    ),
    exceptions: words(
        "DORA asks an RTO and an RPO for each function and fixes no number; the two hours of the CPMI-IOSCO principles bind market infrastructures only. Losses of a pod, a node or a zone happen often enough to be seen, and ask for no exercise here.",
        "DORA demande un RTO et un RPO par fonction sans fixer de nombre ; les deux heures des principes CPMI-IOSCO ne lient que les infrastructures de marché. Les pertes d’un pod, d’un nœud ou d’une zone arrivent assez souvent, et ne demandent pas ici d’exercice.",
    ),
    remedy: words(
        "state `criticality`, `tolerable` and `recovery`, and exercise each objective once a year",
        "déclarez `criticality`, `tolerable` et `recovery`, et éprouvez chaque objectif une fois par an",
    ),
    sources: &[
        "DORA (EU) 2022/2554, art. 8(1) (classification), art. 11(5) and 11(6) (impact analysis; tests at least yearly), art. 12(6) (RTO and RPO for each function)",
        "ISO 22301:2019, 8.2.2 (business impact analysis)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: finance
functions: {pay: {uses: [web], criticality: critical-or-important, tolerable: 4 h}}
components: {web: {kind: service}}
",
    passing: r"
kind: design
name: shop
context: finance
functions: {pay: {uses: [web], criticality: critical-or-important, tolerable: 4 h, recovery: {site: {rto: 2 h, rpo: 0 s}, corruption: {rto: 4 h, rpo: 15 min}}}}
components: {web: {kind: service}}
exercises:
  switch: {kind: site-switch, of: [pay], disruption: site, date: 2026-06-01, took: 90 min, lost: 0 s, evidence: exercises.md}
  restore: {kind: restore, of: [web], disruption: corruption, date: 2026-09-01, took: 3 h, lost: 5 min, evidence: exercises.md}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design.functions.iter().flat_map(|(name, function)| judge(view, name, function)).collect()
}

fn judge(view: &View<'_>, name: &str, function: &Function) -> Vec<Verdict> {
    let path = format!("functions.{name}");
    match function.criticality {
        None => {
            let question = said!(
                "is `{name}` a critical or important function?",
                "`{name}` est-elle une fonction critique ou importante ?"
            );
            return vec![
                Verdict::unanswered(path, question).help(said!("state `criticality`", "déclarez `criticality`")),
            ];
        }
        Some(Criticality::Ordinary) => return vec![Verdict::pass(path)],
        Some(Criticality::CriticalOrImportant) => {}
    }
    let mut verdicts = Vec::new();
    if function.tolerable.is_none() {
        let question = said!(
            "for how long can the institution bear the loss of `{name}`?",
            "combien de temps l’institution supporte-t-elle la perte de `{name}` ?"
        );
        verdicts.push(
            Verdict::unanswered(&path, question)
                .at(format!("{path}.criticality"))
                .help(said!("state `tolerable`", "déclarez `tolerable`")),
        );
    }
    let stated: Vec<(Disruption, &Objective)> =
        function.recovery.iter().flat_map(|recovery| recovery.stated()).collect();
    if stated.is_empty() {
        verdicts.push(
            Verdict::fail(
                &path,
                said!("`{name}` is critical and has neither RTO nor RPO", "`{name}` est critique et n’a ni RTO ni RPO"),
            )
            .at(format!("{path}.criticality")),
        );
    }
    for (disruption, objective) in stated {
        if matches!(disruption, Disruption::Site | Disruption::Region | Disruption::Corruption) {
            verdicts.extend(tried(view, name, disruption, objective));
        }
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}

/// What the latest exercise of an objective says about it.
fn tried(view: &View<'_>, name: &str, disruption: Disruption, objective: &Objective) -> Vec<Verdict> {
    let path = format!("functions.{name}");
    let word = disruption.word();
    let at = format!("{path}.recovery.{word}");
    let needed = view.needed_by(name);
    let counts = |exercise: &Exercise| {
        exercise.disruption == Some(disruption) && exercise.of.iter().any(|of| **of == *name || needed.contains(&**of))
    };
    let latest = view
        .design
        .exercises
        .iter()
        .filter(|(_, exercise)| counts(exercise))
        .max_by_key(|(_, exercise)| exercise.date.last_day());
    let Some((exercise, declared)) = latest else {
        let message = said!(
            "no exercise shows that `{name}` recovers from `{word}` within {rto}",
            "aucun exercice ne montre que `{name}` se remet de `{word}` en {rto}",
            rto = objective.rto
        );
        return vec![Verdict::fail(path, message).at(format!("{at}.rto"))];
    };
    let done = format!("exercises.{exercise}");
    let mut verdicts = Vec::new();
    if view.today.last_day() - declared.date.last_day() > YEAR {
        let on = declared.date.show(Lang::En);
        let message = said!(
            "the recovery of `{name}` from `{word}` was last exercised on {on}, more than a year ago",
            "la reprise de `{name}` après `{word}` a été éprouvée le {on}, il y a plus d’un an"
        );
        verdicts.push(
            Verdict::fail(&path, message)
                .at(format!("{at}.rto"))
                .also(format!("{done}.date"), said!("the latest", "le dernier")),
        );
    }
    for (key, reached, promised, what) in [
        ("took", &declared.took, &objective.rto, said!("took", "a duré")),
        ("lost", &declared.lost, &objective.rpo, said!("lost", "a perdu")),
    ] {
        let objective_key = if key == "took" { "rto" } else { "rpo" };
        match reached {
            Some(reached) if reached.value() > promised.value() => {
                let message = said!(
                    "`{exercise}` {what} {reached}, and `{name}` promises {promised} for `{word}`",
                    "`{exercise}` {what} {reached}, et `{name}` promet {promised} pour `{word}`",
                    what = what,
                    reached = reached,
                    promised = seconds(promised.value())
                );
                verdicts.push(
                    Verdict::fail(&path, message)
                        .at(format!("{at}.{objective_key}"))
                        .also(format!("{done}.{key}"), said!("measured here", "mesuré ici")),
                );
            }
            Some(_) => {}
            None => {
                let question = said!(
                    "what did `{exercise}` measure? It does not say `{key}`",
                    "qu’a mesuré `{exercise}` ? Il ne dit pas `{key}`"
                );
                verdicts.push(
                    Verdict::unanswered(&path, question)
                        .at(done.clone())
                        .also(format!("{at}.{objective_key}"), said!("for this objective", "pour cet objectif")),
                );
            }
        }
    }
    if declared.evidence.is_none() {
        verdicts.push(
            Verdict::unanswered(
                &path,
                said!("where is the record of `{exercise}`?", "où est le compte rendu de `{exercise}` ?"),
            )
            .at(done)
            .help(said!("state `evidence`", "déclarez `evidence`")),
        );
    }
    verdicts
}
