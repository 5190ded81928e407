//! What the rules on data have in common: which databases, which objectives, where copies are.

use std::collections::BTreeSet;

use crate::analysis::view::View;
use crate::design::model::component::{Backup, BackupKind, Component, ComponentKind};
use crate::design::model::organisation::{Disruption, Objective};
use crate::design::quantity::Duration;

/// Every database of the design.
pub fn databases<'a>(view: &View<'a>) -> impl Iterator<Item = (&'a str, &'a Component)> {
    view.design
        .components
        .iter()
        .filter(|(_, component)| component.kind == ComponentKind::Database)
        .map(|(name, component)| (name.as_str(), component))
}

/// What functions that need a component promise, with the promise's address.
pub fn objectives<'a>(view: &View<'a>, component: &str) -> Vec<(&'a str, Disruption, &'a Objective, String)> {
    let mut found = Vec::new();
    for (function, value) in &view.design.functions {
        let Some(recovery) = value.recovery.as_ref().filter(|_| view.needed_by(function).contains(component)) else {
            continue;
        };
        for (disruption, objective) in recovery.stated() {
            found.push((
                function.as_str(),
                disruption,
                objective,
                format!("functions.{function}.recovery.{}", disruption.word()),
            ));
        }
    }
    found
}

/// Whether a backup can be restored without another one.
pub fn stands_alone(backup: &Backup) -> bool {
    backup.kind != BackupKind::Log
}

/// The sites in which a component stands, its own `in` first; empty where nothing says.
pub fn sites_of<'a>(view: &View<'a>, name: &str) -> BTreeSet<&'a str> {
    let Some(component) = view.design.components.get(name) else { return BTreeSet::new() };
    if let Some(at) = &component.at {
        return view.site_of(at).map(|(site, _)| site).into_iter().collect();
    }
    view.instances_of(name)
        .into_iter()
        .filter_map(|instance| view.site_of(view.machines[instance.machine?].site.as_deref()?))
        .map(|(site, _)| site)
        .collect()
}

/// How far back the newest restorable state may lie: the interval of the most frequent log that a
/// base or a snapshot can start, else of the most frequent whole copy. With the backup's name.
pub fn freshest<'a>(
    backups: impl Iterator<Item = (&'a String, &'a Backup)> + Clone,
) -> Option<(&'a str, &'a Duration)> {
    let whole = backups.clone().filter(|(_, backup)| stands_alone(backup));
    let replayable = whole.clone().any(|(_, backup)| matches!(backup.kind, BackupKind::Base | BackupKind::Snapshot));
    let logs = backups.filter(|(_, backup)| replayable && backup.kind == BackupKind::Log);
    logs.chain(whole)
        .min_by(|(_, a), (_, b)| a.every.value().total_cmp(&b.every.value()))
        .map(|(name, backup)| (name.as_str(), &backup.every))
}
