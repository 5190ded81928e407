//! `data/retention-too-short`

use super::data_copies::stands_alone;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::BackupKind;
use crate::design::quantity::Period;
use crate::said;
use crate::source::Severity;

/// For how long a mistake may go unseen: a week, so that one made before a weekend and noticed
/// after it can still be undone.
const UNSEEN_DAYS: f64 = 7.0;
const DAY: f64 = 86_400.0;

/// Copies are kept until a mistake is noticed and the next copy is there.
pub static RULE: Rule = Rule {
    code: "data/retention-too-short",
    summary: words(
        "Copies are kept until the next one is there, and until a mistake is noticed",
        "Les copies sont gardées jusqu’à la suivante, et le temps qu’une erreur soit remarquée",
    ),
    why: words(
        "Wrong data are often noticed days later; if every copy that is kept is younger than the mistake, there is nothing good to restore. And a log that is kept for less than the interval of base backups leaves times to which nothing can go back.",
        "Des données fausses se remarquent souvent des jours plus tard ; si toutes les copies gardées sont plus jeunes que l’erreur, il n’y a rien de sain à restaurer. Et un journal gardé moins longtemps que l’intervalle des sauvegardes de base laisse des instants auxquels on ne peut revenir.",
    ),
    detects: words(
        "For each backup: `keep` is at least `every`. For a log: `keep` is at least the interval of the most frequent base backup or snapshot. For a component: some whole copy is kept for at least 7 days.",
        "Pour chaque sauvegarde : `keep` vaut au moins `every`. Pour un journal : `keep` vaut au moins l’intervalle de la base ou du snapshot le plus fréquent. Pour un composant : une copie complète est gardée 7 jours au moins.",
    ),
    exceptions: words(
        "Seven days is a position, not a law: a store of events that are checked hourly may need less, accounts that are closed monthly need more. Some data must not be kept for longer than a law allows; then say so in a waiver.",
        "Sept jours est une position, pas une loi : des événements vérifiés toutes les heures peuvent demander moins, des comptes arrêtés chaque mois demandent plus. Certaines données ne doivent pas être gardées au-delà d’un délai légal ; dites-le alors dans une dérogation.",
    ),
    remedy: words("raise `keep`", "augmentez `keep`"),
    sources: &[
        "PostgreSQL documentation, Continuous Archiving and Point-in-Time Recovery",
        "NIST SP 800-34 rev. 1, 3.4.2",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 2}}
components:
  data:
    kind: database
    runs_on: machines
    backups: {base: {kind: base, every: 7 days, keep: 14 days, to: store}, wal: {kind: log, every: 1 min, keep: 2 days, to: store}}
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
    backups: {base: {kind: base, every: 7 days, keep: 14 days, to: store}, wal: {kind: log, every: 1 min, keep: 14 days, to: store}}
  store: {kind: object-storage, runs_on: machines}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        if component.backups.is_empty() {
            continue;
        }
        let path = format!("components.{name}");
        let base = component
            .backups
            .iter()
            .filter(|(_, backup)| matches!(backup.kind, BackupKind::Base | BackupKind::Snapshot))
            .min_by(|(_, a), (_, b)| a.every.value().total_cmp(&b.every.value()));
        let mut found = Vec::new();
        for (backup_name, backup) in &component.backups {
            let at = format!("{path}.backups.{backup_name}");
            let keep = backup.keep.value();
            if keep < backup.every.value() {
                let message = said!(
                    "`{backup_name}` of `{name}` is deleted after {keep}, before the next one is made ({every})",
                    "`{backup_name}` de `{name}` est supprimée au bout de {keep}, avant la suivante ({every})",
                    keep = backup.keep,
                    every = backup.every
                );
                let also = said!("made this often", "fréquence");
                found.push(Verdict::fail(&path, message).at(format!("{at}.keep")).also(format!("{at}.every"), also));
            } else if let Some((base_name, base)) =
                base.filter(|(_, base)| backup.kind == BackupKind::Log && keep < base.every.value())
            {
                let message = said!(
                    "the log of `{name}` is kept for {keep}, and base backups are {every} apart: times between them cannot be restored",
                    "le journal de `{name}` est gardé {keep}, et les sauvegardes de base sont espacées de {every} : les instants intermédiaires ne peuvent être restaurés",
                    keep = backup.keep,
                    every = base.every
                );
                let also = said!("base backups this far apart", "intervalle des sauvegardes de base");
                let base = format!("{path}.backups.{base_name}.every");
                found.push(Verdict::fail(&path, message).at(format!("{at}.keep")).also(base, also));
            }
        }
        let longest = component
            .backups
            .iter()
            .filter(|(_, backup)| stands_alone(backup))
            .max_by(|(_, a), (_, b)| a.keep.value().total_cmp(&b.keep.value()));
        if let Some((backup_name, backup)) = longest.filter(|(_, backup)| backup.keep.value() < UNSEEN_DAYS * DAY) {
            let message = said!(
                "no copy of `{name}` is older than {keep}: a mistake that goes unseen for {days} cannot be undone",
                "aucune copie de `{name}` n’a plus de {keep} : une erreur passée inaperçue pendant {days} ne peut être défaite",
                keep = backup.keep,
                days = Period::of(UNSEEN_DAYS * DAY)
            );
            found.push(Verdict::fail(&path, message).at(format!("{path}.backups.{backup_name}.keep")));
        }
        if found.is_empty() {
            found.push(Verdict::pass(path));
        }
        verdicts.extend(found);
    }
    verdicts
}
