//! `data/rpo-out-of-reach`

use super::data_copies::{databases, freshest, objectives, sites_of};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Machine, View};
use crate::design::model::component::{Backup, BackupKind};
use crate::design::model::organisation::Disruption;
use crate::said;
use crate::source::Severity;

/// Copies are made as often as the recovery point asks.
pub static RULE: Rule = Rule {
    code: "data/rpo-out-of-reach",
    summary: words("Copies are made as often as the RPO asks", "Les copies sont aussi fréquentes que le RPO l’exige"),
    why: words(
        "Data written since the last copy that can be restored are lost. An RPO shorter than the interval of copies is missed even when everything goes well.",
        "Les données écrites depuis la dernière copie restaurable sont perdues. Un RPO plus court que l’intervalle des copies est manqué même si tout se passe bien.",
    ),
    detects: words(
        "For corruption: the interval of the most frequent archived log that a base backup or snapshot can start, else of the most frequent whole copy, against the `rpo` of every function that needs the database. For a site or region that holds all members: the same, among copies that go elsewhere.",
        "Pour la corruption : l’intervalle du journal archivé le plus fréquent qu’une base ou un snapshot permet de rejouer, sinon de la copie complète la plus fréquente, comparé au `rpo` de chaque fonction qui a besoin de la base. Pour un site ou une région qui porte tous les membres : de même, parmi les copies qui vont ailleurs.",
    ),
    exceptions: words(
        "A log that is streamed rather than shipped every so often loses less than its interval; state the interval that is guaranteed. Only the worst case is judged.",
        "Un journal transmis en continu perd moins que son intervalle ; indiquez l’intervalle garanti. Seul le pire cas est jugé.",
    ),
    remedy: words(
        "archive the log at least this often (`archive_timeout` in PostgreSQL), or promise less",
        "archivez le journal au moins à cette fréquence (`archive_timeout` dans PostgreSQL), ou promettez moins",
    ),
    sources: &[
        "PostgreSQL documentation, Continuous Archiving and Point-in-Time Recovery (archive_timeout)",
        "ISO 22300:2021 (recovery point objective)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [data], recovery: {corruption: {rto: 4 h, rpo: 15 min}}}}
hosts: {machines: {count: 2}}
components:
  data: {kind: database, runs_on: machines, backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store}}}
  store: {kind: object-storage, runs_on: machines}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [data], recovery: {corruption: {rto: 4 h, rpo: 15 min}}}}
hosts: {machines: {count: 2}}
components:
  data:
    kind: database
    runs_on: machines
    backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store}, wal: {kind: log, every: 5 min, keep: 14 days, to: store}}
  store: {kind: object-storage, runs_on: machines}
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
        let own = sites_of(view, name);
        for (function, disruption, objective, address) in objectives(view, name) {
            let elsewhere = matches!(disruption, Disruption::Site | Disruption::Region);
            let alone = single(view, name, |machine| machine.site.as_deref());
            if !(disruption == Disruption::Corruption || (elsewhere && alone)) {
                continue;
            }
            // Copies whose site is not said are given the benefit of the doubt: another rule asks.
            let counts =
                |backup: &Backup| !elsewhere || sites_of(view, &backup.to).iter().all(|site| !own.contains(site));
            let Some((copy, every)) = freshest(component.backups.iter().filter(|(_, backup)| counts(backup))) else {
                let message = said!(
                    "`{function}` may lose {rpo} with its {what}, and no copy of `{name}` is elsewhere",
                    "`{function}` peut perdre {rpo} avec son lieu ({what}), et aucune copie de `{name}` n’est ailleurs",
                    rpo = objective.rpo,
                    what = disruption.word()
                );
                verdicts.push(
                    Verdict::fail(&path, message)
                        .at(format!("{address}.rpo"))
                        .also(format!("{path}.backups"), said!("all in the same place", "toutes au même endroit")),
                );
                continue;
            };
            verdicts.push(if every.value() <= objective.rpo.value() {
                Verdict::pass(&path)
            } else {
                let message = said!(
                    "`{function}` may lose {rpo} ({what}), and the newest copy of `{name}` to go back to may be {every} old",
                    "`{function}` peut perdre {rpo} ({what}), et la copie de `{name}` la plus récente où revenir peut dater de {every}",
                    rpo = objective.rpo,
                    what = disruption.word(),
                    every = every
                );
                let verdict = Verdict::fail(&path, message)
                    .at(format!("{path}.backups.{copy}.every"))
                    .also(format!("{address}.rpo"), said!("the promise", "la promesse"));
                if component.backups.values().any(|backup| backup.kind == BackupKind::Log) {
                    verdict
                } else {
                    verdict.help(said!(
                        "archive the log too, every {rpo} or more often",
                        "archivez aussi le journal, toutes les {rpo} ou plus souvent",
                        rpo = objective.rpo
                    ))
                }
            });
        }
    }
    verdicts
}

/// Whether all members of a component stand in one place.
fn single(view: &View<'_>, name: &str, place: fn(&Machine) -> Option<&str>) -> bool {
    let mut places: Vec<&str> =
        view.instances_of(name).into_iter().filter_map(|instance| place(&view.machines[instance.machine?])).collect();
    places.sort_unstable();
    places.dedup();
    places.len() == 1
}
