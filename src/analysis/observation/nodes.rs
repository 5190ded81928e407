//! Format: the table of `kubectl get nodes`, watched or not.

use super::lines::Row;
use super::log::{Log, Sighting};
use super::pods::{Seen, moment};
use super::times::age;
use super::what::What;

/// Takes `NAME Ready,SchedulingDisabled <roles> 3d4h v1.33.2 …`: told by its status and its version.
pub(super) fn take(row: &Row<'_>, log: &mut Log<'_>) -> bool {
    let [name, status, _roles, old, version, ..] = row.words.as_slice() else { return false };
    let (state, _) = status.split_once(',').unwrap_or((status, ""));
    let is_version = version.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let (Some(age), true) = (age(old), is_version && matches!(state, "Ready" | "NotReady" | "Unknown")) else {
        return false;
    };
    log.objects += 1;
    let object = format!("node/{}", name.trim_start_matches("node/"));
    let before = log.seen.get(&object).cloned();
    log.listing &= before.is_none() && matches!(row.event, "" | "ADDED");
    let listed = log.listing;
    let moment = moment(row, before.as_ref(), age, log);
    let created = before.as_ref().map_or((moment.at_s - age.0, moment.precision_s.max(age.1)), Seen::created);
    let was = before.as_ref().map_or(if listed { "Ready" } else { "" }, Seen::status);
    let what = match state {
        "Ready" if was == "Ready" => None,
        "Ready" => Some(What::NodeReady),
        _ if was == "NotReady" => None,
        _ => Some(What::NodeNotReady),
    };
    let state = if state == "Ready" { "Ready" } else { "NotReady" };
    log.seen.insert(object.clone(), Seen::node(created, state));
    if let Some(what) = what {
        let span = log.place(row.range.start, row.range.end);
        log.see(Sighting { moment, object, what, span, in_order: true });
    }
    true
}
