//! `data/log-without-base`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::BackupKind;
use crate::said;
use crate::source::Severity;

/// An archived log has a base backup to start from.
pub static RULE: Rule = Rule {
    code: "data/log-without-base",
    summary: words(
        "An archived log has a base backup to start from",
        "Un journal archivé a une sauvegarde de base d’où partir",
    ),
    why: words(
        "A log says what changed since a physical copy. Without that copy it restores nothing, and a logical dump is no such copy: it has other block addresses and no position in the log.",
        "Un journal dit ce qui a changé depuis une copie physique. Sans elle il ne restaure rien, et un dump logique n’en est pas une : il a d’autres adresses de blocs et aucune position dans le journal.",
    ),
    detects: words(
        "A backup of kind `log` where no backup of the same component is a `base` or a `snapshot`.",
        "Une sauvegarde de type `log` alors qu’aucune sauvegarde du même composant n’est une `base` ou un `snapshot`.",
    ),
    exceptions: words(
        "A snapshot counts as a base if it is atomic over all volumes of the database; otherwise it must be taken between the start and the end of a backup. Products whose dump carries a log position (MySQL's binary log with a recorded position) may be waived.",
        "Un snapshot compte comme base s’il est atomique sur tous les volumes de la base ; sinon il doit être pris entre le début et la fin d’une sauvegarde. Les produits dont le dump porte une position du journal (binlog de MySQL avec position notée) peuvent recevoir une dérogation.",
    ),
    remedy: words(
        "add a base backup (`pg_basebackup`, pgBackRest, Barman) at least once a week",
        "ajoutez une sauvegarde de base (`pg_basebackup`, pgBackRest, Barman) au moins hebdomadaire",
    ),
    sources: &["PostgreSQL documentation, Continuous Archiving and Point-in-Time Recovery"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 2}}
components:
  data:
    kind: database
    runs_on: machines
    backups: {dump: {kind: dump, every: 1 day, keep: 14 days, to: store}, wal: {kind: log, every: 1 min, keep: 14 days, to: store}}
  store: {kind: object-storage, runs_on: machines}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 2}}
components:
  data:
    kind: database
    runs_on: machines
    backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store}, wal: {kind: log, every: 1 min, keep: 14 days, to: store}}
  store: {kind: object-storage, runs_on: machines}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some((log, _)) = component.backups.iter().find(|(_, backup)| backup.kind == BackupKind::Log) else {
            continue;
        };
        let path = format!("components.{name}");
        let based =
            component.backups.values().any(|backup| matches!(backup.kind, BackupKind::Base | BackupKind::Snapshot));
        if based {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        let dump = component.backups.iter().find(|(_, backup)| backup.kind == BackupKind::Dump);
        let backups = format!("{path}.backups");
        let verdict = match dump {
            Some((dump, _)) => Verdict::fail(
                &path,
                said!(
                    "the log of `{name}` cannot be replayed: `{dump}` is a dump, not a base backup",
                    "le journal de `{name}` ne peut pas être rejoué : `{dump}` est un dump, pas une sauvegarde de base"
                ),
            )
            .also(
                format!("{backups}.{dump}.kind"),
                said!("no log can start here", "aucun journal ne peut partir d’ici"),
            ),
            None => Verdict::fail(
                &path,
                said!(
                    "the log of `{name}` cannot be replayed: there is no base backup",
                    "le journal de `{name}` ne peut pas être rejoué : il n’y a pas de sauvegarde de base"
                ),
            ),
        };
        verdicts.push(verdict.at(format!("{backups}.{log}")));
    }
    verdicts
}
