//! `finance/backup-not-segregated`

use std::collections::BTreeSet;

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::{Criticality, ExerciseKind};
use crate::said;
use crate::source::Severity;

/// Backups are restored on systems apart from their source.
pub static RULE: Rule = Rule {
    code: "finance/backup-not-segregated",
    summary: words(
        "Backups are restored on systems apart from their source",
        "Les sauvegardes sont restaurées sur des systèmes séparés de la source",
    ),
    why: words(
        "After an intrusion the source is the last place to restore to: who is in it is in the restored data a minute later. A restore that was only ever tried in place was never tried for that day.",
        "Après une intrusion, la source est le dernier endroit où restaurer : qui s’y trouve est dans les données restaurées une minute plus tard. Une restauration seulement éprouvée sur place ne l’a jamais été pour ce jour-là.",
    ),
    detects: words(
        "`segregated` of exercises of kind `restore` of something that a critical or important function needs. Only the latest exercise of each component counts.",
        "`segregated` des exercices `restore` de ce dont dépend une fonction critique ou importante. Seul compte le dernier exercice de chaque composant.",
    ),
    exceptions: words(
        "DORA asks it of restores with the institution's own systems; a provider that restores for you answers in the contract. Whether a restore was tried at all is another rule's question.",
        "DORA le demande des restaurations par les systèmes propres de l’entité ; un prestataire qui restaure pour vous en répond au contrat. Si une restauration a été éprouvée tout court relève d’une autre règle.",
    ),
    remedy: words(
        "restore into an environment with its own network and accounts, and state `segregated: true`",
        "restaurez dans un environnement aux réseau et comptes propres, et déclarez `segregated: true`",
    ),
    sources: &["DORA (EU) 2022/2554, art. 12(3) (systems physically and logically segregated from the source)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: finance
functions: {pay: {uses: [db], criticality: critical-or-important}}
components: {db: {kind: database}}
exercises: {restore: {kind: restore, of: [db], date: 2026-09-01, segregated: false}}
",
    passing: r"
kind: design
name: shop
context: finance
functions: {pay: {uses: [db], criticality: critical-or-important}}
components: {db: {kind: database}}
exercises: {restore: {kind: restore, of: [db], date: 2026-09-01, segregated: true}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let critical = view
        .design
        .functions
        .iter()
        .filter(|(_, function)| function.criticality == Some(Criticality::CriticalOrImportant));
    let mut needed: BTreeSet<&str> = BTreeSet::new();
    for (name, _) in critical {
        needed.extend(view.needed_by(name));
    }
    let mut latest: BTreeSet<&str> = BTreeSet::new();
    for component in &needed {
        let restores = view.design.exercises.iter().filter(|(_, exercise)| {
            exercise.kind == ExerciseKind::Restore && exercise.of.iter().any(|of| **of == **component)
        });
        latest.extend(restores.max_by_key(|(_, exercise)| exercise.date.last_day()).map(|(name, _)| name.as_str()));
    }
    let exercises = view.design.exercises.iter().filter(|(name, _)| latest.contains(name.as_str()));
    exercises
        .map(|(name, exercise)| {
            let path = format!("exercises.{name}");
            match exercise.segregated {
                Some(true) => Verdict::pass(path),
                Some(false) => Verdict::fail(
                    &path,
                    said!(
                        "`{name}` restored onto the source's own systems",
                        "`{name}` a restauré sur les systèmes mêmes de la source"
                    ),
                )
                .at(format!("{path}.segregated")),
                None => Verdict::unanswered(
                    path,
                    said!(
                        "did `{name}` restore onto systems apart from the source?",
                        "`{name}` a-t-il restauré sur des systèmes séparés de la source ?"
                    ),
                )
                .help(said!("state `segregated`", "déclarez `segregated`")),
            }
        })
        .collect()
}
