//! `data/restore-not-tested`

use super::data_copies::{databases, objectives};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::{Disruption, Exercise, ExerciseKind};
use crate::said;
use crate::source::Severity;

/// How old an exercise may be, in days: a year.
const VALID_DAYS: i64 = 365;

/// A backup was restored within the year, in time.
pub static RULE: Rule = Rule {
    code: "data/restore-not-tested",
    summary: words(
        "A backup was restored within the last twelve months, in the time and with the loss that are promised",
        "Une sauvegarde a été restaurée dans les douze derniers mois, dans le délai et avec la perte promis",
    ),
    why: words(
        "A backup that was never restored is a hope: missing log files, lost keys and a restore of two days are found on the day they are needed.",
        "Une sauvegarde jamais restaurée est un espoir : journaux manquants, clés perdues et restauration de deux jours se découvrent le jour où on en a besoin.",
    ),
    detects: words(
        "For each database with backups: the newest exercise of kind `restore` of it, or of a function that needs it, its age on the workspace's day, and its `took` and `lost` against the corruption objective of every function that needs it.",
        "Pour chaque base sauvegardée : le plus récent exercice de type `restore` de cette base, ou d’une fonction qui en a besoin, son âge au jour du workspace, et ses `took` et `lost` comparés à l’objectif de corruption de chaque fonction qui en a besoin.",
    ),
    exceptions: words(
        "Twelve months is what regulators ask for critical functions; automatic restores every night are better, and the last one is then the exercise. A rebuild elsewhere counts only if it is recorded as a restore too.",
        "Douze mois est ce que demandent les régulateurs pour les fonctions critiques ; des restaurations automatiques chaque nuit valent mieux, et la dernière est alors l’exercice. Une reconstruction ailleurs ne compte que si elle est aussi inscrite comme restauration.",
    ),
    remedy: words(
        "restore it on other machines, and record the exercise",
        "restaurez-la sur d’autres machines, et inscrivez l’exercice",
    ),
    sources: &["EU 2022/2554 (DORA), art. 12(2)", "ISO 22301:2019, 8.5"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: finance
functions: {sell: {uses: [data], recovery: {corruption: {rto: 4 h, rpo: 15 min}}}}
hosts: {machines: {count: 2}}
components:
  data: {kind: database, runs_on: machines, backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store}}}
  store: {kind: object-storage, runs_on: machines}
exercises:
  restore-may: {kind: restore, of: [data], date: 2026-05-04, took: 6 h, lost: 2 min}
",
    passing: r"
kind: design
name: shop
context: finance
functions: {sell: {uses: [data], recovery: {corruption: {rto: 4 h, rpo: 15 min}}}}
hosts: {machines: {count: 2}}
components:
  data: {kind: database, runs_on: machines, backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store}}}
  store: {kind: object-storage, runs_on: machines}
exercises:
  restore-may: {kind: restore, of: [data], date: 2026-05-04, took: 2 h, lost: 2 min}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in databases(view) {
        if component.backups.is_empty() {
            continue;
        }
        let path = format!("components.{name}");
        let backups = format!("{path}.backups");
        let today = view.today.first_day();
        // An exercise that is still to come proves nothing yet.
        let last = view
            .design
            .exercises
            .iter()
            .filter(|(_, exercise)| {
                exercise.kind == ExerciseKind::Restore && exercise.of.iter().any(|of| covers(view, of, name))
            })
            .filter(|(_, exercise)| exercise.date.first_day() <= today)
            .max_by_key(|(_, exercise)| exercise.date.last_day());
        let Some((exercise_name, exercise)) = last else {
            let message =
                said!("no restore of `{name}` is on record", "aucune restauration de `{name}` n’est inscrite");
            verdicts.push(Verdict::fail(path, message).at(backups));
            continue;
        };
        let at = format!("exercises.{exercise_name}");
        if today - exercise.date.last_day() > VALID_DAYS {
            let message = said!(
                "`{name}` was last restored on {date}, more than twelve months ago",
                "`{name}` a été restaurée pour la dernière fois le {date}, il y a plus de douze mois",
                date = exercise.date
            );
            verdicts.push(
                Verdict::fail(&path, message)
                    .at(format!("{at}.date"))
                    .also(backups, said!("what is to be restored", "ce qui est à restaurer")),
            );
            continue;
        }
        let against = promises(view, name, &path, &at, exercise);
        verdicts.extend(if against.is_empty() { vec![Verdict::pass(path)] } else { against });
    }
    verdicts
}

/// Whether what was tried includes a database: itself, or a function that needs it.
fn covers(view: &View<'_>, tried: &str, database: &str) -> bool {
    tried == database || view.needed_by(tried).contains(database)
}

fn promises(view: &View<'_>, name: &str, path: &str, at: &str, exercise: &Exercise) -> Vec<Verdict> {
    let mut found = Vec::new();
    for (function, _, objective, address) in
        objectives(view, name).into_iter().filter(|(_, disruption, ..)| *disruption == Disruption::Corruption)
    {
        match &exercise.took {
            Some(took) if took.value() > objective.rto.value() => {
                let message = said!(
                    "restoring `{name}` took {took}, and `{function}` promises {rto} after a corruption",
                    "restaurer `{name}` a pris {took}, et `{function}` promet {rto} après une corruption",
                    took = took,
                    rto = objective.rto
                );
                found.push(
                    Verdict::fail(path, message)
                        .at(format!("{at}.took"))
                        .also(format!("{address}.rto"), said!("the promise", "la promesse")),
                );
            }
            Some(_) => {}
            None => {
                let question = said!(
                    "how long did that restore of `{name}` take? `{function}` promises {rto} after a corruption",
                    "combien de temps cette restauration de `{name}` a-t-elle pris ? `{function}` promet {rto} après une corruption",
                    rto = objective.rto
                );
                found.push(
                    Verdict::unanswered(path, question)
                        .at(at)
                        .help(said!("state `took` and `lost`", "écrivez `took` et `lost`")),
                );
            }
        }
        if let Some(lost) = exercise.lost.as_ref().filter(|lost| lost.value() > objective.rpo.value()) {
            let message = said!(
                "restoring `{name}` lost {lost}, and `{function}` may lose {rpo} after a corruption",
                "restaurer `{name}` a perdu {lost}, et `{function}` peut perdre {rpo} après une corruption",
                lost = lost,
                rpo = objective.rpo
            );
            found.push(
                Verdict::fail(path, message)
                    .at(format!("{at}.lost"))
                    .also(format!("{address}.rpo"), said!("the promise", "la promesse")),
            );
        }
    }
    found
}
