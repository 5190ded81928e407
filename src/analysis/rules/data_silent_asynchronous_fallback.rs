//! `data/silent-asynchronous-fallback`

use super::data_copies::{databases, objectives};
use super::place::first_stated;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::{Failover, ReplicationMode};
use crate::design::model::organisation::Disruption;
use crate::said;
use crate::source::Severity;

/// Synchronous stays synchronous where nothing may be lost.
pub static RULE: Rule = Rule {
    code: "data/silent-asynchronous-fallback",
    summary: words(
        "Where nothing may be lost, synchronous replication does not fall back by itself",
        "Là où rien ne doit être perdu, la réplication synchrone ne se dégrade pas d’elle-même",
    ),
    why: words(
        "When the last standby is gone, Patroni switches to asynchronous writes so that service goes on; a second failure then loses what was confirmed to clients, and nothing had announced it.",
        "Quand le dernier standby disparaît, Patroni passe en écritures asynchrones pour que le service continue ; une seconde panne perd alors ce qui avait été confirmé aux clients, sans que rien ne l’ait annoncé.",
    ),
    detects: words(
        "A database with `mode: synchronous` and no `strict: true`, needed by a function that promises an RPO of zero for a node, zone, site or region. Under Patroni silence means fallback; under other failovers it is asked.",
        "Une base en `mode: synchronous` sans `strict: true`, nécessaire à une fonction qui promet un RPO nul pour un nœud, une zone, un site ou une région. Sous Patroni le silence veut dire dégradation ; avec une autre bascule, la question est posée.",
    ),
    exceptions: words(
        "The other choice is legitimate: availability before the last seconds of data. Then promise an RPO above zero. Strict mode stops writes while no standby is left, so it wants a further member.",
        "L’autre choix est légitime : la disponibilité avant les dernières secondes de données. Promettez alors un RPO non nul. Le mode strict arrête les écritures quand il ne reste aucun standby ; il demande donc un membre de plus.",
    ),
    remedy: words(
        "state `strict: true` (`synchronous_mode_strict` in Patroni), with at least three members",
        "écrivez `strict: true` (`synchronous_mode_strict` dans Patroni), avec au moins trois membres",
    ),
    sources: &["Patroni documentation, Replication modes (synchronous_mode_strict)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [data], recovery: {node: {rto: 2 min, rpo: 0 s}}}}
hosts: {machines: {count: 3}}
components:
  data: {kind: database, runs_on: machines, replication: {members: 2, mode: synchronous, failover: patroni, store: votes}}
  votes: {kind: consensus-store, runs_on: machines, members: 3}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [data], recovery: {node: {rto: 2 min, rpo: 0 s}}}}
hosts: {machines: {count: 3}}
components:
  data: {kind: database, runs_on: machines, replication: {members: 3, mode: synchronous, strict: true, failover: patroni, store: votes}}
  votes: {kind: consensus-store, runs_on: machines, members: 3}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in databases(view) {
        let Some(replication) =
            component.replication.as_ref().filter(|replication| replication.mode == ReplicationMode::Synchronous)
        else {
            continue;
        };
        let promise = objectives(view, name).into_iter().find(|(_, disruption, objective, _)| {
            !matches!(disruption, Disruption::Software | Disruption::Corruption) && objective.rpo.value() == 0.0
        });
        let Some((function, _, _, address)) = promise else { continue };
        let path = format!("components.{name}");
        let block = format!("{path}.replication");
        let at = first_stated(view, &[format!("{block}.strict"), format!("{block}.mode")]);
        let falls_back = replication.strict == Some(false)
            || (replication.strict.is_none() && replication.failover == Some(Failover::Patroni));
        let verdict = if replication.strict == Some(true) {
            verdicts.push(Verdict::pass(path));
            continue;
        } else if falls_back {
            let message = said!(
                "`{name}` turns asynchronous when its last standby is gone, and `{function}` may lose nothing",
                "`{name}` devient asynchrone quand son dernier standby disparaît, et `{function}` ne doit rien perdre"
            );
            Verdict::fail(&path, message)
        } else {
            let question = said!(
                "does `{name}` stop writing when its last copy is gone, or go on alone? Say `strict: true` or `false`",
                "`{name}` cesse-t-elle d’écrire quand sa dernière copie disparaît, ou continue-t-elle seule ? Dites `strict: true` ou `false`"
            );
            Verdict::unanswered(&path, question)
        };
        verdicts.push(
            verdict.at(at).also(format!("{address}.rpo"), said!("nothing may be lost", "rien ne doit être perdu")),
        );
    }
    verdicts
}
