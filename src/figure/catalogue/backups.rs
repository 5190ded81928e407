//! `table: backups`: what is copied, where to, how long it is kept, and whether it was ever restored.

use super::cells::ago;
use super::{Request, not_said, title_of, yes_no};
use crate::analysis::rule::{Words, words};
use crate::design::model::component::{Account, BackupKind};
use crate::design::model::organisation::ExerciseKind;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every backup: what it copies, how often, where to, how long it is kept and protected, and the last restore.",
    "Chaque sauvegarde : ce qu’elle copie, à quel rythme, vers où, combien de temps elle est gardée et protégée, et la dernière restauration.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let (mut rows, mut restored) = (Vec::new(), Vec::new());
    for (name, component) in &view.design.components {
        let exercise = view
            .design
            .exercises
            .iter()
            .filter(|(_, exercise)| {
                exercise.kind == ExerciseKind::Restore && exercise.of.iter().any(|target| **target == **name)
            })
            .max_by_key(|(_, exercise)| exercise.date.last_day());
        for (i, (backup_name, backup)) in component.backups.iter().enumerate() {
            let path = |key: &str| view.path(&format!("components.{name}.backups.{backup_name}.{key}"));
            let kind = match backup.kind {
                BackupKind::Base => said!("base", "base"),
                BackupKind::Log => said!("log", "journal"),
                BackupKind::Dump => said!("logical dump", "export logique"),
                BackupKind::Snapshot => said!("snapshot", "instantané"),
            };
            let copies = (backup.keep.value() / backup.every.value()).floor();
            let keep = request.cell(&said!("{keep}", "{keep}", keep = backup.keep)).derived(request.say(&said!(
                "about {n} copies: {keep} ÷ {every}",
                "environ {n} copies : {keep} ÷ {every}",
                n = copies,
                keep = backup.keep,
                every = backup.every
            )));
            let separate = backup.account == Some(Account::Separate);
            let protected = match &backup.immutable {
                Some(period) => said!("unchangeable for {period}", "inaltérable {period}", period = period),
                None => said!("can be deleted", "peut être effacée"),
            };
            let account = match backup.account {
                Some(Account::Separate) => said!("separate account", "compte séparé"),
                Some(Account::Same) => said!("production’s account", "compte de production"),
                None => said!("account not said", "compte non précisé"),
            };
            let encrypted = backup.encrypted.map_or_else(not_said, yes_no);
            let last = match exercise {
                Some((_, exercise)) if i == 0 => {
                    let age = ago(view.today, exercise.date);
                    restored.push(name.clone());
                    let took = exercise.took.as_ref().map_or_else(not_said, |took| Said::by(|lang| took.show(lang)));
                    let lost = exercise.lost.as_ref().map_or_else(not_said, |lost| Said::by(|lang| lost.show(lang)));
                    request
                        .cell(&said!("{date}", "{date}", date = exercise.date))
                        .derived(request.say(&said!(
                            "{age}; took {took}, lost {lost}",
                            "{age} ; durée {took}, perte {lost}",
                            age = age,
                            took = took,
                            lost = lost
                        )))
                        .marked(Mark::Good)
                        .facts(exercise_paths(&view, &exercise_name(&view, name)))
                }
                None if i == 0 => request.cell(&said!("never", "jamais")).marked(Mark::Bad),
                _ => Cell::default(),
            };
            rows.push(Row::of(vec![
                if i == 0 { Cell::new(name.clone()) } else { Cell::default() },
                Cell::new(backup_name.clone()).derived(request.say(&kind)).facts([path("kind")]),
                request.cell(&said!("{every}", "{every}", every = backup.every)).facts([path("every")]),
                keep.facts([path("keep"), path("every")]),
                Cell::new(backup.to.0.clone()).derived(request.say(&account)).facts([path("to"), path("account")]),
                request
                    .cell(&protected)
                    .derived(request.say(&said!(
                        "encrypted: {encrypted}",
                        "chiffrée : {encrypted}",
                        encrypted = encrypted
                    )))
                    .marked(if separate && backup.immutable.is_some() { Mark::Good } else { Mark::Warn })
                    .facts([path("immutable"), path("encrypted")]),
                last,
            ]));
        }
    }
    let answer = if rows.is_empty() {
        said!("Nothing is backed up.", "Rien n’est sauvegardé.")
    } else if restored.is_empty() {
        said!(
            "No backup was ever restored: they are hopes.",
            "Aucune sauvegarde n’a jamais été restaurée : ce sont des espoirs."
        )
    } else {
        let names = Said::list(&restored);
        said!(
            "Restored for real at least once: {names}.",
            "Restauré pour de vrai au moins une fois : {names}.",
            names = names
        )
    };
    let title = said!("Backups: {title}", "Sauvegardes : {title}", title = title_of(&view));
    let columns = [
        said!("Component", "Composant"),
        said!("Backup", "Sauvegarde"),
        said!("Every", "Tous les"),
        said!("Kept", "Gardée"),
        said!("To", "Vers"),
        said!("Protected", "Protégée"),
        said!("Last restore", "Dernière restauration"),
    ];
    let body = request.table(&columns, rows, &said!("Nothing is backed up.", "Rien n’est sauvegardé."));
    Some(request.figure("backups", &title, &answer, &Said::default(), body))
}

fn exercise_name(view: &crate::analysis::View<'_>, component: &str) -> String {
    view.design
        .exercises
        .iter()
        .filter(|(_, exercise)| {
            exercise.kind == ExerciseKind::Restore && exercise.of.iter().any(|target| **target == *component)
        })
        .max_by_key(|(_, exercise)| exercise.date.last_day())
        .map_or_else(String::new, |(name, _)| name.clone())
}

fn exercise_paths(view: &crate::analysis::View<'_>, name: &str) -> Vec<String> {
    ["date", "took", "lost", "of"].iter().map(|key| view.path(&format!("exercises.{name}.{key}"))).collect()
}
