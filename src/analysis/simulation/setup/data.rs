//! Databases: how copies are kept, who replaces the primary, and how lost data come back.

use super::super::engine::{SECOND, micros};
use super::super::model::{DatabaseSpec, RestoreSpec};
use super::super::phases::Lapse;
use super::{Setup, about, seconds, time};
use crate::analysis::constants::{PATRONI_LOOP_S, PATRONI_RETRY_S, PATRONI_TTL_S};
use crate::design::model::component::{BackupKind, ClientsFollow, Component, Failover, Replication, ReplicationMode};
use crate::design::model::organisation::ExerciseKind;
use crate::said;

/// How long a managed database takes to fail over where the design does not say (Amazon RDS
/// documentation, Multi-AZ DB instance deployments: typically 60 to 120 seconds).
const MANAGED_S: (f64, f64) = (60.0, 120.0);
/// How long a primary may be silent before the members of a built-in failover replace it, in seconds
/// (Redis documentation, Sentinel: `down-after-milliseconds 30000` in the file that Redis ships).
const DOWN_AFTER_S: f64 = 30.0;
/// CloudNativePG's lease and its renewal, in seconds (CloudNativePG documentation, Failover).
const CNPG_LEASE_S: f64 = 15.0;
const CNPG_RENEW_S: f64 = 2.0;
/// How long a restore takes where none was ever timed, in seconds.
const RESTORE_S: (f64, f64) = (3600.0, 4.0 * 3600.0);

/// What a component says about its copies and backups.
pub(super) fn of(
    setup: &mut Setup<'_, '_>,
    name: &str,
    component: &Component,
    ours: bool,
) -> (Option<DatabaseSpec>, RestoreSpec) {
    let replication = component.replication.as_ref().filter(|replication| {
        component.kind == crate::design::model::component::ComponentKind::Database
            && (replication.members > 1 || (!ours && replication.failover == Some(Failover::Managed)))
    });
    let database = replication.map(|replication| database(setup, name, component, replication));
    (database, restores(setup, name, component))
}

fn database(setup: &mut Setup<'_, '_>, name: &str, component: &Component, replication: &Replication) -> DatabaseSpec {
    let design = setup.view.design;
    let address = |key: &str| format!("components.{name}.replication.{key}");
    let failover = replication.failover.unwrap_or_else(|| {
        let text = said!(
            "`{name}` does not say what makes a standby the primary: a person",
            "`{name}` ne dit pas ce qui promeut un standby : une personne"
        );
        setup.assume(text, &address("failover"));
        Failover::Manual
    });
    let synchronous = replication.mode == ReplicationMode::Synchronous;
    let ttl_s = replication.ttl.as_ref().map(|ttl| ttl.value()).unwrap_or_else(|| match failover {
        Failover::Cloudnativepg => CNPG_LEASE_S,
        Failover::BuiltIn => {
            let text = said!(
                "`{name}` does not say how long its primary may be silent: 30 s",
                "`{name}` ne dit pas combien de temps son primaire peut rester muet : 30 s"
            );
            setup.assume(text, &address("ttl"));
            DOWN_AFTER_S
        }
        _ => PATRONI_TTL_S,
    });
    let beat_s = match failover {
        Failover::Cloudnativepg => CNPG_RENEW_S,
        // Sentinel and its like ask their primary once a second.
        Failover::BuiltIn => 1.0,
        _ => PATRONI_LOOP_S,
    };
    let lag = match (&replication.lag, synchronous) {
        (Some(lag), _) => Lapse::between(0, time(&lag.value)),
        (None, true) => Lapse::default(),
        (None, false) => {
            let text = said!(
                "`{name}` does not say how far its copies are behind: up to 1 s",
                "`{name}` ne dit pas de combien ses copies retardent : jusqu’à 1 s"
            );
            setup.assume(text, &address("lag"));
            Lapse::between(0, SECOND)
        }
    };
    let follow = replication.clients_follow.unwrap_or(ClientsFollow::ConnectionString);
    DatabaseSpec {
        synchronous,
        strict: replication.strict == Some(true),
        copies: replication.synchronous_members.unwrap_or(1),
        failover,
        ttl: micros(ttl_s),
        loop_wait: replication.loop_wait.as_ref().map_or(micros(beat_s), time).max(1),
        retry_timeout: replication.retry_timeout.as_ref().map_or(micros(PATRONI_RETRY_S), time),
        store: replication.store.as_ref().and_then(|store| design.components.get_index_of(store.0.as_str())),
        failsafe: replication.failsafe == Some(true),
        follows_in: follows_in(setup, component, follow),
        proxied: follow == ClientsFollow::Proxy,
        promotes_in: match failover {
            // A vote among the watchers, then the promotion.
            Failover::BuiltIn => Lapse::between(SECOND / 2, 2 * SECOND),
            // Candidates compare their positions, one takes the lock, Postgres leaves recovery.
            _ => Lapse::between(SECOND, 3 * SECOND),
        },
        managed_in: replication.takes_over_in.as_ref().map_or(seconds(MANAGED_S.0, MANAGED_S.1), about),
        lag,
        // `pg_rewind` and streaming from where it left off.
        catches_up_in: Lapse::between(5 * SECOND, 30 * SECOND),
    }
}

/// From a new primary to clients that write to it.
fn follows_in(setup: &Setup<'_, '_>, component: &Component, follow: ClientsFollow) -> Lapse {
    let design = setup.view.design;
    match follow {
        // A pool finds the open connections dead and tries the next host of its list.
        ClientsFollow::ConnectionString => Lapse::between(0, 3 * SECOND),
        // A gratuitous ARP, at once for those who hear it.
        ClientsFollow::VirtualIp => Lapse::between(SECOND / 10, 2 * SECOND),
        ClientsFollow::Dns => {
            let ttl =
                component.ttl.as_ref().or_else(|| design.components.values().find_map(|other| other.ttl.as_ref()));
            Lapse::between(0, ttl.map_or(60 * SECOND, time))
        }
        // A proxy asks every member which one writes: two successes in a row, three seconds apart
        // (Patroni's HAProxy template: inter 3s, rise 2).
        ClientsFollow::Proxy => {
            let period = component.health_check.as_ref().map_or(3 * SECOND, |check| time(&check.period));
            Lapse::between(period, 2 * period)
        }
    }
}

fn restores(setup: &mut Setup<'_, '_>, name: &str, component: &Component) -> RestoreSpec {
    let finest = component
        .backups
        .values()
        .filter(|backup| backup.kind == BackupKind::Log)
        .chain(component.backups.values().filter(|backup| backup.kind != BackupKind::Log))
        .min_by(|a, b| {
            // A log goes on up to the mistake; without one, all since the last copy is lost.
            let key = |backup: &crate::design::model::component::Backup| {
                (backup.kind != BackupKind::Log, backup.every.value())
            };
            key(a).0.cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1))
        });
    let Some(finest) = finest else { return RestoreSpec::default() };
    let exercises = setup.view.design.exercises.values();
    let last = exercises
        .filter(|exercise| exercise.kind == ExerciseKind::Restore && exercise.of.iter().any(|target| **target == *name))
        .max_by_key(|exercise| exercise.date.last_day());
    let takes = match last.and_then(|exercise| exercise.took.as_ref()) {
        Some(took) => Lapse::between(micros(took.value() * 0.9), micros(took.value() * 1.1)),
        None => {
            let text = said!(
                "no restore of `{name}` was ever timed: 1 to 4 h",
                "aucune restauration de `{name}` n’a jamais été chronométrée : 1 à 4 h"
            );
            setup.assume(text, "exercises");
            seconds(RESTORE_S.0, RESTORE_S.1)
        }
    };
    RestoreSpec { takes: Some(takes), lacks: Lapse::between(0, time(&finest.every)) }
}
