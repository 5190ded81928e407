//! `automotive/rollback-not-tried`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::design::model::organisation::ExerciseKind;
use crate::said;
use crate::source::Severity;

/// Going back to the old version was tried for real.
pub static RULE: Rule = Rule {
    code: "automotive/rollback-not-tried",
    summary: words(
        "Going back from a bad update was tried",
        "Le retour arrière d’une mauvaise mise à jour a été essayé",
    ),
    why: words(
        "A car that does not come back from an update has to be fetched, one by one. The second slot that nobody ever started may hold nothing that starts.",
        "Une voiture qui ne revient pas d’une mise à jour doit être ramenée, une par une. Le second slot que personne n’a démarré ne contient peut-être rien qui démarre.",
    ),
    detects: words(
        "Each partition with `over_the_air`, and each component with its own: an exercise of `kind: rollback` of it, or of something that runs on the partition.",
        "Chaque partition avec `over_the_air`, et chaque composant qui a le sien : un exercice `kind: rollback` de lui, ou de ce qui tourne sur la partition.",
    ),
    exceptions: words(
        "One computer of a series stands for all with the same software and slots.",
        "Un calculateur d’une série vaut pour tous ceux de mêmes logiciel et slots.",
    ),
    remedy: words(
        "take a bad update back on a test vehicle, and record the exercise",
        "reprenez une mauvaise mise à jour sur un véhicule d’essai, et consignez l’exercice",
    ),
    sources: &[
        "UN Regulation No. 156, 7.2.2 (safe state or previous version after a failed update)",
        "ISO 24089:2023, 8.4 (software update campaign)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1, cores: 4}}
partitions:
  media: {runs_on: soc, memory: 2 GiB, os: {product: Linux, kernel: linux}, over_the_air: {slots: a-b, rollback: automatic}}
",
    passing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1, cores: 4}}
partitions:
  media: {runs_on: soc, memory: 2 GiB, os: {product: Linux, kernel: linux}, over_the_air: {slots: a-b, rollback: automatic}}
components: {player: {kind: service, runs_on: media}}
exercises: {back: {kind: rollback, of: [player], date: 2026-09-01, took: 4 min}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let design = view.design;
    let tried: Vec<&str> = design
        .exercises
        .values()
        .filter(|exercise| exercise.kind == ExerciseKind::Rollback)
        .flat_map(|exercise| exercise.of.iter().map(|of| of.0.as_str()))
        .collect();
    let on = |partition: &str| {
        tried
            .iter()
            .filter_map(|name| design.components.get(*name))
            .any(|component| matches!(view.home(component), Home::Partition(home, _) if home == partition))
    };
    let partitions = design
        .partitions
        .iter()
        .filter(|(_, partition)| partition.over_the_air.is_some())
        .map(|(name, _)| (format!("partitions.{name}"), name.as_str(), on(name)));
    let components = design
        .components
        .iter()
        .filter(|(_, component)| component.over_the_air.is_some())
        .map(|(name, _)| (format!("components.{name}"), name.as_str(), tried.contains(&name.as_str())));
    partitions
        .chain(components)
        .map(|(path, name, done)| {
            if done {
                return Verdict::pass(path);
            }
            Verdict::fail(
                &path,
                said!(
                    "`{name}` is updated over the air, and going back was never tried",
                    "`{name}` est mis à jour à distance, et le retour arrière n’a jamais été essayé"
                ),
            )
            .at(format!("{path}.over_the_air.rollback"))
        })
        .collect()
}
