//! `data/backup-to-no-store`

use crate::analysis::placement::kind_title;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// A backup goes to something that keeps files.
pub static RULE: Rule = Rule {
    code: "data/backup-to-no-store",
    summary: words("A backup goes to something that keeps it", "Une sauvegarde va vers quelque chose qui la garde"),
    why: words(
        "Retention, locks and restores are those of the store. A copy that goes to another database or to a service is a second production, with the same mistakes in it a second later.",
        "Rétention, verrous et restaurations sont ceux du stockage. Une copie vers une autre base ou un service est une seconde production, avec les mêmes erreurs une seconde plus tard.",
    ),
    detects: words(
        "`to` of each backup: the component has `kind: object-storage`, or is an external system or a third party’s service of that kind.",
        "`to` de chaque sauvegarde : le composant est `kind: object-storage`, ou un système externe qui en tient lieu.",
    ),
    exceptions: words(
        "A tape library or a file server counts as object storage here: what matters is that it keeps what it is given.",
        "Une bandothèque ou un serveur de fichiers compte ici comme stockage objet : il garde ce qu’on lui donne.",
    ),
    remedy: words("name an object storage in `to`", "nommez un stockage objet dans `to`"),
    sources: &["CISA Data Backup Options (3-2-1)", "PostgreSQL documentation, 25.3 (continuous archiving)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 2}}
components:
  data: {kind: database, runs_on: machines, backups: {base: {kind: base, every: 1 day, keep: 14 days, to: web}}}
  web: {kind: service, runs_on: machines}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {machines: {count: 2}}
components:
  data: {kind: database, runs_on: machines, backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store}}}
  store: {kind: object-storage, runs_on: machines}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        for (copy, backup) in &component.backups {
            let Some(store) = view.design.components.get(&backup.to.0) else { continue };
            let path = format!("components.{name}.backups.{copy}");
            verdicts.push(match store.kind {
                ComponentKind::ObjectStorage | ComponentKind::ExternalSystem => Verdict::pass(path),
                kind => Verdict::fail(
                    &path,
                    said!(
                        "`{copy}` of `{name}` goes to `{to}`, which is no store: {kind}",
                        "`{copy}` de `{name}` va vers `{to}`, qui n’est pas un stockage : {kind}",
                        to = backup.to,
                        kind = kind_title(kind)
                    ),
                )
                .at(format!("{path}.to"))
                .also(format!("components.{}.kind", backup.to), said!("what it is", "ce que c’est")),
            });
        }
    }
    verdicts
}
