//! Data become wrong, and replication copies the mistake.

use super::pod::state;
use super::{Case, Health, Lane, Timeline, step};
use crate::design::model::component::BackupKind;
use crate::design::model::organisation::ExerciseKind;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Said;

/// A component's data are wrong until it is restored, as long as its last exercise took.
pub(super) fn corrupt(case: &Case<'_>, object: &str) -> Option<Timeline> {
    let (name, component) = case.component_of(object)?;
    let mut timeline = Timeline::default();
    let design = case.view.design;
    let start = case.scenario.events.first().map_or(0.0, |event| event.after.value());
    let everywhere = said!("replication", "réplication");
    timeline.steps.push(step(
        "copied",
        case.at(0.0, said!("at once", "aussitôt")),
        (0.0, 1.0),
        &everywhere,
        said!("every copy has the mistake", "chaque copie contient l’erreur"),
        said!("replication copies writes, right or wrong", "la réplication copie les écritures, bonnes ou mauvaises"),
    ));
    let restore = case.scenario.events.iter().enumerate().find(|(_, event)| event.restore.is_some());
    let exercise = design
        .exercises
        .iter()
        .filter(|(_, exercise)| {
            exercise.kind == ExerciseKind::Restore && exercise.of.iter().any(|target| **target == *name)
        })
        .max_by_key(|(_, exercise)| exercise.date.last_day());
    let log = component
        .backups
        .iter()
        .find(|(_, backup)| backup.kind == BackupKind::Log)
        .or_else(|| component.backups.iter().next());
    let mut back = f64::INFINITY;
    if let Some((i, event)) = restore {
        let begins = event.after.value() - start;
        let fact = format!("{}.events.{i}.after", case.scenario.name.0);
        timeline.steps.push(step(
            "restore-begins",
            case.at(begins, said!("{b} − {a}", "{b} − {a}", a = seconds(start), b = seconds(event.after.value())))
                .from_fact(&fact),
            (begins, begins),
            &said!("a person", "une personne"),
            said!("starts the restore", "lance la restauration"),
            said!("somebody noticed", "quelqu’un s’en est aperçu"),
        ));
        if let Some((exercise_name, exercise)) = exercise
            && let Some(took) = &exercise.took
        {
            back = begins + took.value();
            let at = case
                .at(back, said!("{begins} + {took}", "{begins} + {took}", begins = seconds(begins), took = took))
                .from_fact(&fact)
                .from_fact(case.view.path(&format!("exercises.{exercise_name}.took")));
            timeline.steps.push(step(
                "restored",
                at,
                (back, back),
                &said!("a person", "une personne"),
                said!("`{name}` serves right data again", "`{name}` sert de nouveau des données justes"),
                said!(
                    "base backup, then the log up to the mistake; as long as the exercise `{exercise_name}` took",
                    "sauvegarde de base, puis journal jusqu’à l’erreur ; aussi long que l’exercice `{exercise_name}`"
                ),
            ));
        } else {
            timeline.assumed.push(said!(
                "no restore of `{name}` was ever timed",
                "aucune restauration de `{name}` n’a jamais été chronométrée"
            ));
        }
    }
    let mut states = vec![state(0.0, back, said!("wrong, on every copy", "fausses, sur chaque copie"), Health::Bad)];
    if back.is_finite() {
        states.push(state(back, f64::INFINITY, said!("restored", "restaurées"), Health::Good));
    }
    timeline.lanes = vec![Lane { label: Said::same(name), states }];
    timeline.answer = if back.is_finite() {
        said!(
            "Only a backup goes back before the mistake: right again after {back}.",
            "Seule une sauvegarde revient avant l’erreur : données justes après {back}.",
            back = seconds(back)
        )
    } else {
        said!(
            "Only a backup goes back before the mistake, and none is known to be restorable.",
            "Seule une sauvegarde revient avant l’erreur, et aucune n’est réputée restaurable."
        )
    };
    timeline.users = match log {
        Some((backup_name, backup)) => said!(
            "What was written in the last {every} before the mistake may be lost (`{backup_name}`).",
            "Ce qui a été écrit moins de {every} avant l’erreur peut être perdu (`{backup_name}`).",
            every = backup.every
        ),
        None => said!("There is no backup.", "Il n’y a pas de sauvegarde."),
    };
    Some(timeline)
}
