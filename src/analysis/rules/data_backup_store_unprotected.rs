//! `data/backup-store-unprotected`

use std::collections::BTreeSet;

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// Where backups lie, they are encrypted and an overwritten one is kept.
pub static RULE: Rule = Rule {
    code: "data/backup-store-unprotected",
    summary: words(
        "Where backups lie, they are encrypted and an overwritten one is kept",
        "Là où reposent les sauvegardes, elles sont chiffrées et une version écrasée est gardée",
    ),
    why: words(
        "A backup holds everything the database held, without its access rights; and a store without versions lets one wrong job overwrite the last good copy.",
        "Une sauvegarde contient tout ce que contenait la base, sans ses droits d’accès ; et un stockage sans versions laisse une mauvaise tâche écraser la dernière bonne copie.",
    ),
    detects: words(
        "`encrypted` and `versioned` of each object storage that some backup names in `to`.",
        "`encrypted` et `versioned` de chaque stockage objet qu’une sauvegarde désigne dans `to`.",
    ),
    exceptions: words(
        "Object lock alone also keeps an overwritten copy; a provider that encrypts by default still answers the question only once somebody says so. A lab is not judged.",
        "Un verrou d’objets suffit aussi à garder une copie écrasée ; un fournisseur qui chiffre par défaut ne répond à la question que si quelqu’un le dit. Un lab n’est pas jugé.",
    ),
    remedy: words(
        "write `encrypted: true` and `versioned: true` once the store is set up so",
        "écrivez `encrypted: true` et `versioned: true` une fois le stockage ainsi réglé",
    ),
    sources: &["PostgreSQL manual, Continuous Archiving", "NIST SP 800-209, 4.7"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 1}}
components:
  orders: {kind: database, runs_on: machines, backups: {nightly: {kind: base, every: 1 day, keep: 14 days, to: store}}}
  store: {kind: object-storage, runs_on: machines, encrypted: true, versioned: false}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 1}}
components:
  orders: {kind: database, runs_on: machines, backups: {nightly: {kind: base, every: 1 day, keep: 14 days, to: store}}}
  store: {kind: object-storage, runs_on: machines, encrypted: true, versioned: true}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let backups = || view.design.components.values().flat_map(|component| component.backups.values());
    let stores: BTreeSet<&str> = backups().map(|backup| backup.to.0.as_str()).collect();
    let mut verdicts = Vec::new();
    for (name, store) in &view.design.components {
        if store.kind != ComponentKind::ObjectStorage || !stores.contains(name.as_str()) {
            continue;
        }
        let path = format!("components.{name}");
        match (store.encrypted, store.versioned) {
            (Some(true), Some(true)) => verdicts.push(Verdict::pass(path)),
            (encrypted, versioned) => {
                if encrypted == Some(false) {
                    let message =
                        said!("backups lie unencrypted in `{name}`", "les sauvegardes reposent en clair dans `{name}`");
                    verdicts.push(Verdict::fail(&path, message).at(format!("{path}.encrypted")));
                }
                if versioned == Some(false) {
                    let message = said!(
                        "a backup in `{name}` can be overwritten for good",
                        "une sauvegarde dans `{name}` peut être écrasée pour de bon"
                    );
                    verdicts.push(Verdict::fail(&path, message).at(format!("{path}.versioned")));
                }
                if encrypted.is_none() || versioned.is_none() {
                    let question = said!(
                        "is `{name}`, where backups lie, encrypted and versioned?",
                        "`{name}`, où reposent les sauvegardes, est-il chiffré et versionné ?"
                    );
                    verdicts.push(Verdict::unanswered(&path, question));
                }
            }
        }
    }
    verdicts
}
