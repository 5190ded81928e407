//! Format: the table of `kubectl get pods`, watched or not, with times before its rows or without.

use super::lines::Row;
use super::log::{Log, Sighting};
use super::times::{Moment, age};
use super::what::What;

/// A pod or a node as it was last seen in a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// When it was created, on the table's own line of time, and how far off that may be.
    created: (f64, f64),
    status: String,
    ready: bool,
    runs: bool,
    scheduled: bool,
    restarts: u32,
}

/// The columns of a row.
struct Columns<'t> {
    name: &'t str,
    ready: bool,
    status: &'t str,
    restarts: u32,
    age: (f64, f64),
    /// The node, where the table is wide.
    node: Option<&'t str>,
}

/// `[NAMESPACE] NAME 1/1 Running 2 (5m ago) 3d4h [IP NODE …]`: told by the count of ready containers
/// between a name and a status.
fn columns<'t>(words: &[&'t str]) -> Option<Columns<'t>> {
    let count = |word: &str| -> Option<(u32, u32)> {
        let (ready, all) = word.split_once('/')?;
        Some((ready.parse().ok()?, all.parse().ok()?))
    };
    let at = words.iter().take(3).position(|word| count(word).is_some()).filter(|at| *at > 0)?;
    let (ready, all) = count(words[at])?;
    let name = words[at - 1].trim_start_matches("pod/");
    let is_name = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.');
    let restarts: u32 = words.get(at + 2)?.parse().ok()?;
    let since = if words.get(at + 3).is_some_and(|word| word.starts_with('(')) { 5 } else { 3 };
    let age = age(words.get(at + since)?)?;
    let node = words.get(at + since + 2).copied();
    is_name.then_some(Columns { name, ready: all > 0 && ready >= all, status: words[at + 1], restarts, age, node })
}

/// Takes a row of the table.
pub(super) fn take(row: &Row<'_>, log: &mut Log<'_>) -> bool {
    let Some(columns) = columns(&row.words) else { return false };
    log.objects += 1;
    let object = format!("pod/{}", columns.name);
    let (age_s, age_precision) = columns.age;
    let before = log.seen.get(&object).cloned();
    // The first rows list what there is. That ends where a row repeats or is a change, or a pod is new.
    log.listing &= before.is_none() && matches!(row.event, "" | "ADDED") && age_s > 0.0;
    let listing = log.listing;
    let moment = moment(row, before.as_ref(), columns.age, log);
    let mut now = before.clone().unwrap_or_else(|| Seen {
        created: (moment.at_s - age_s, moment.precision_s.max(age_precision)),
        restarts: if listing { columns.restarts } else { 0 },
        scheduled: listing,
        ..Seen::default()
    });
    let mut changes = Vec::new();
    if before.is_none() {
        let born = Moment { at_s: now.created.0, precision_s: now.created.1, line: moment.line };
        // A pod that appears while one watches is created then, or as long ago as its age says.
        see(row, log, &object, What::PodCreated, born);
    }
    if columns.restarts > now.restarts {
        changes.push(What::PodRestarted(columns.restarts));
    }
    let has_node = columns.node.is_some_and(|node| node != "<none>");
    let starts = matches!(columns.status, "ContainerCreating" | "PodInitializing" | "Running")
        || columns.status.starts_with("Init:");
    if !now.scheduled && (has_node || starts) {
        now.scheduled = true;
        changes.push(What::PodScheduled);
    }
    if before.is_none() || columns.status != now.status || columns.ready != now.ready {
        changes.extend(changed(&columns, &now, listing && before.is_none()));
    }
    if row.event == "DELETED" {
        changes.push(What::PodGone);
    }
    now.runs |= columns.status == "Running";
    now.ready = columns.ready;
    now.restarts = columns.restarts;
    columns.status.clone_into(&mut now.status);
    log.seen.insert(object.clone(), now);
    for what in changes {
        see(row, log, &object, what, moment);
    }
    true
}

fn see(row: &Row<'_>, log: &mut Log<'_>, object: &str, what: What, moment: Moment) {
    let span = log.place(row.range.start, row.range.end);
    let in_order = row.stamp == Some(moment);
    log.see(Sighting { moment, object: object.to_owned(), what, span, in_order });
}

/// When a row was printed: its own time, else what its age says, never before the row above it.
pub(super) fn moment(
    row: &Row<'_>,
    before: Option<&Seen>,
    (age_s, precision): (f64, f64),
    log: &mut Log<'_>,
) -> Moment {
    if let Some(stamp) = row.stamp {
        return stamp;
    }
    let by_age = before.filter(|_| !log.listing).map(|seen| (seen.created.0 + age_s, seen.created.1.max(precision)));
    match by_age {
        Some((at, precision)) if at > log.now.0 => log.now = (at, precision),
        // No later than the row above, as far as ages tell: it happened about then.
        Some(_) | None => log.now.1 = log.now.1.max(1.0),
    }
    Log::watched(log.now.0, log.now.1)
}

/// What a row says that the one before it did not; the first rows of a watch tell only what is wrong.
fn changed(columns: &Columns<'_>, before: &Seen, listing: bool) -> Vec<What> {
    let pending = |reason: &str| vec![What::PodPending(reason.to_owned())];
    let status = columns.status.strip_prefix("Init:").filter(|rest| !rest.contains('/')).unwrap_or(columns.status);
    let same = columns.status == before.status;
    match status {
        "Running" if listing => Vec::new(),
        "Running" => {
            let mut changes = Vec::new();
            if !before.runs {
                changes.push(What::PodRunning);
            }
            match (columns.ready, before.ready) {
                (true, false) => changes.push(What::PodReady),
                (false, true) => changes.push(What::PodNotReady),
                _ => {}
            }
            changes
        }
        "Terminating" if !same => vec![What::PodTerminating],
        "CrashLoopBackOff" if !same => vec![What::CrashLoopBackOff],
        "OOMKilled" if !same => vec![What::OomKilled],
        "Evicted" if !same => vec![What::Evicted],
        "ErrImagePull" | "ImagePullBackOff" | "CreateContainerConfigError" | "Unschedulable" if !same => {
            pending(status)
        }
        "Error" | "Unknown" | "NodeLost" | "ContainerStatusUnknown" if !same => vec![What::Other(status.to_owned())],
        _ => Vec::new(),
    }
}

impl Seen {
    /// A node of a table: when it was created, and what it was.
    pub(super) fn node(created: (f64, f64), status: &str) -> Seen {
        Seen { created, status: status.to_owned(), ..Seen::default() }
    }

    /// What it was when it was last seen.
    pub(super) fn status(&self) -> &str {
        &self.status
    }

    /// When it was created.
    pub(super) fn created(&self) -> (f64, f64) {
        self.created
    }
}
