//! `data/backup-in-same-account`

use super::data_copies::{databases, sites_of, stands_alone};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::{Account, Backup};
use crate::said;
use crate::source::{Said, Severity};

/// A copy survives whoever destroys the original.
pub static RULE: Rule = Rule {
    code: "data/backup-in-same-account",
    summary: words(
        "One whole copy is out of reach: another account, another site, unchangeable",
        "Une copie complète est hors d’atteinte : autre compte, autre site, non modifiable",
    ),
    why: words(
        "Whoever takes over production deletes the backups first if the same account may; a fire or a flood takes those of the same site; and a script with a bug overwrites what can be changed.",
        "Qui prend le contrôle de la production efface d’abord les sauvegardes si le même compte le peut ; un incendie ou une inondation emporte celles du même site ; et un script fautif écrase ce qui peut être modifié.",
    ),
    detects: words(
        "For each database with backups, some whole copy (not a log) has `account: separate`, `immutable`, and a `to` that stands in none of the sites of the database. One copy has to be all three.",
        "Pour chaque base sauvegardée, une copie complète (pas un journal) a `account: separate`, `immutable`, et un `to` situé dans aucun des sites de la base. Une même copie doit réunir les trois.",
    ),
    exceptions: words(
        "Where the site of a database is not said, the site of its copies is not judged. A tape in a safe is immutable and in another account. Immutability for less than the retention is accepted: it must outlast the time in which an attack is noticed.",
        "Si le site d’une base n’est pas dit, celui de ses copies n’est pas jugé. Une bande dans un coffre est non modifiable et dans un autre compte. Une immuabilité plus courte que la rétention est admise : elle doit dépasser le délai de détection d’une attaque.",
    ),
    remedy: words(
        "copy to an object storage in another account and site, with object lock",
        "copiez vers un stockage objet d’un autre compte et d’un autre site, avec verrouillage des objets",
    ),
    sources: &["EU 2022/2554 (DORA), art. 12(3)", "CISA #StopRansomware Guide, backups", "NIST SP 800-209"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
sites: {west: {kind: region}}
hosts: {machines: {count: 2, in: [west]}}
components:
  data: {kind: database, runs_on: machines, backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store, account: same}}}
  store: {kind: object-storage, runs_on: machines}
",
    passing: r"
kind: design
name: shop
context: cloud
sites: {west: {kind: region}, north: {kind: region}}
third_parties: {provider: {provides: [object storage]}}
hosts: {machines: {count: 2, in: [west]}}
components:
  data: {kind: database, runs_on: machines, backups: {base: {kind: base, every: 1 day, keep: 14 days, to: store, account: separate, immutable: 14 days}}}
  store: {kind: object-storage, runs_on: provider, in: north}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in databases(view) {
        let copies: Vec<(&String, &Backup)> =
            component.backups.iter().filter(|(_, backup)| stands_alone(backup)).collect();
        let path = format!("components.{name}");
        let own = sites_of(view, name);
        // The copy that lacks least speaks for the database.
        let best = copies
            .iter()
            .map(|(copy, backup)| (lacks(view, backup, &own), *copy, *backup))
            .min_by_key(|(lacks, ..)| lacks.failed.len() * 4 + lacks.unsaid.len());
        let Some((lacks, copy, backup)) = best else { continue };
        let at = format!("{path}.backups.{copy}");
        verdicts.push(if !lacks.failed.is_empty() {
            let message = said!(
                "no copy of `{name}` is out of reach; the best, `{copy}`, is {list}",
                "aucune copie de `{name}` n’est hors d’atteinte ; la meilleure, `{copy}`, est {list}",
                list = Said::list(&lacks.failed)
            );
            Verdict::fail(&path, message)
                .at(at)
                .also(format!("components.{}", backup.to), said!("where it goes", "sa destination"))
        } else if !lacks.unsaid.is_empty() {
            let message = said!(
                "copy `{copy}` of `{name}`: {list}?",
                "copie `{copy}` de `{name}` : {list} ?",
                list = Said::list(&lacks.unsaid)
            );
            let help = said!(
                "state `account` for the backup, and `in` for its destination",
                "écrivez `account` pour la sauvegarde, et `in` pour sa destination"
            );
            Verdict::unanswered(&path, message).at(at).help(help)
        } else {
            Verdict::pass(&path)
        });
    }
    verdicts
}

/// What a copy lacks to be out of reach, and what is not said about it.
struct Lacks {
    failed: Vec<Said>,
    unsaid: Vec<Said>,
}

fn lacks(view: &View<'_>, backup: &Backup, own: &std::collections::BTreeSet<&str>) -> Lacks {
    let mut lacks = Lacks { failed: Vec::new(), unsaid: Vec::new() };
    match backup.account {
        Some(Account::Separate) => {}
        Some(Account::Same) => lacks.failed.push(said!("in the account of production", "dans le compte de production")),
        None => lacks.unsaid.push(said!("whose account holds it", "quel compte la détient")),
    }
    if backup.immutable.is_none() {
        lacks.failed.push(said!("not immutable", "modifiable"));
    }
    let there = sites_of(view, &backup.to);
    if !own.is_empty() && there.is_empty() {
        lacks.unsaid.push(said!("at which site is it", "sur quel site est-elle"));
    } else if let Some(site) = there.iter().find(|site| own.contains(*site)) {
        lacks.failed.push(said!("at a site of the data, `{site}`", "sur un site des données, `{site}`"));
    }
    lacks
}
