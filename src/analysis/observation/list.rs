//! Format: a list that somebody wrote from logs: `11:35:06 node/worker-3 NotReady`.

use super::lines::Row;
use super::log::{Log, Sighting};
use super::what::What;

/// The kinds of objects that a line may be about.
const KINDS: [&str; 16] = [
    "node",
    "pod",
    "component",
    "endpoints",
    "service",
    "deployment",
    "replicaset",
    "statefulset",
    "daemonset",
    "job",
    "volume",
    "cluster",
    "zone",
    "site",
    "host",
    "partition",
];

/// The longest free words that are kept of a line.
const MAX_WORDS: usize = 120;

/// Takes a line that starts with a time and names an object.
pub(super) fn take(row: &Row<'_>, log: &mut Log<'_>) -> bool {
    let (Some(moment), Some(object)) = (row.stamp, row.words.first()) else { return false };
    let Some((kind, name)) = object.split_once('/').filter(|(kind, name)| KINDS.contains(kind) && !name.is_empty())
    else {
        return false;
    };
    let words: String =
        row.rest[object.len()..].split(" #").next().unwrap_or("").trim().chars().take(MAX_WORDS).collect();
    if words.is_empty() {
        return false;
    }
    log.by_hand = true;
    log.objects += 1;
    let what = match kind {
        "endpoints" => What::EndpointsChanged,
        _ => What::from_words(kind, &words),
    };
    let span = log.place(row.range.start, row.range.end);
    log.see(Sighting { moment, object: format!("{kind}/{}", name.trim_end_matches(':')), what, span, in_order: true });
    true
}
