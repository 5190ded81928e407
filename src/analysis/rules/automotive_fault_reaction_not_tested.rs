//! `automotive/fault-reaction-not-tested`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::ExerciseKind;
use crate::said;
use crate::source::Severity;

/// The reaction to a fault was tried by injecting one.
pub static RULE: Rule = Rule {
    code: "automotive/fault-reaction-not-tested",
    summary: words(
        "The reaction to a fault was tried by injecting one",
        "La réaction à une faute a été essayée en en injectant une",
    ),
    why: words(
        "Detection and reaction times are promises of a datasheet until a fault was injected and a clock was read. What was not tried works in the meeting room.",
        "Les temps de détection et de réaction sont des promesses de fiche technique tant qu’on n’a pas injecté une faute et lu une horloge. Ce qui n’a pas été essayé fonctionne en salle de réunion.",
    ),
    detects: words(
        "Each component with `safety`: an exercise of `kind: fault-injection` has it among `of`, and what it `took` is below `ftti`.",
        "Chaque composant avec `safety` : un exercice `kind: fault-injection` l’a dans `of`, et sa durée `took` est inférieure à `ftti`.",
    ),
    exceptions: words(
        "ISO 26262 recommends fault injection at every level and highly recommends it at the upper ones; this rule asks for it wherever a safety goal is stated. A design that is only proposed has nothing to inject into.",
        "L’ISO 26262 recommande l’injection de fautes à tous les niveaux et la recommande fortement aux plus hauts ; cette règle la demande partout où un objectif de sûreté est déclaré. Une conception seulement proposée n’a rien où injecter.",
    ),
    remedy: words(
        "inject the fault on the bench, and record the exercise",
        "injectez la faute au banc, et consignez l’exercice",
    ),
    sources: &[
        "ISO 26262-6:2018, clause 10 (software integration, fault injection test)",
        "ISO 26262-4:2018, clause 7 (system integration and testing)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: car
context: automotive
components:
  view: {kind: service, safety: {asil: B, on_failure: blank, ftti: 200 ms, detects_in: 60 ms, reacts_in: 40 ms}}
",
    passing: r"
kind: design
name: car
context: automotive
components:
  view: {kind: service, safety: {asil: B, on_failure: blank, ftti: 200 ms, detects_in: 60 ms, reacts_in: 40 ms}}
exercises:
  injected: {kind: fault-injection, of: [view], date: 2026-10-01, took: 95 ms}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let goals = view.design.components.iter().filter_map(|(name, component)| Some((name, component.safety.as_ref()?)));
    goals
        .map(|(name, safety)| {
            let path = format!("components.{name}");
            let tried = view
                .design
                .exercises
                .iter()
                .filter(|(_, exercise)| {
                    exercise.kind == ExerciseKind::FaultInjection && exercise.of.iter().any(|of| **of == **name)
                })
                .max_by_key(|(_, exercise)| exercise.date.last_day());
            let Some((exercise, record)) = tried else {
                return Verdict::fail(
                    &path,
                    said!(
                        "`{name}` has a safety goal, and no fault was ever injected into it",
                        "`{name}` a un objectif de sûreté, et aucune faute n’y a jamais été injectée"
                    ),
                )
                .at(format!("{path}.safety"));
            };
            match &record.took {
                Some(took) if took.value() >= safety.ftti.value() => Verdict::fail(
                    &path,
                    said!(
                        "in `{exercise}` the reaction took {took}, and the hazard comes after {ftti}",
                        "dans `{exercise}` la réaction a pris {took}, et le danger survient après {ftti}",
                        took = took,
                        ftti = safety.ftti
                    ),
                )
                .at(format!("exercises.{exercise}.took"))
                .also(format!("{path}.safety.ftti"), said!("the interval", "l’intervalle")),
                _ => Verdict::pass(path),
            }
        })
        .collect()
}
