//! Format: the table of `kubectl get events`, watched or not.

use super::lines::Row;
use super::log::{Log, Sighting};
use super::reasons::meaning;
use super::times::{Moment, age};

/// Takes `[NAMESPACE] 47s Warning Unhealthy pod/quote-app-… Readiness probe failed: …`: told by the
/// type between an age and a reason.
pub(super) fn take(row: &Row<'_>, log: &mut Log<'_>) -> bool {
    let Some(at) = row.words.iter().position(|word| matches!(*word, "Normal" | "Warning")) else { return false };
    let (Some(reason), Some(object)) = (row.words.get(at + 1), row.words.get(at + 2)) else { return false };
    let Some((kind, name)) = object.split_once('/').filter(|_| reason.starts_with(|c: char| c.is_ascii_uppercase()))
    else {
        return false;
    };
    // `3m (x5 over 10m)`: seen last three minutes ago, first ten.
    let ages: Vec<(f64, f64)> = row.words[..at].iter().filter_map(|word| age(word.trim_end_matches(')'))).collect();
    let is_age = |word: &&str| age(word).is_some() || word.starts_with("<unknown>");
    if !row.words[..at].iter().any(is_age) {
        return false;
    }
    log.objects += 1;
    let (age_s, precision_s) = ages.last().copied().unwrap_or((0.0, 1.0));
    let moment = match row.stamp {
        Some(stamp) => Moment { at_s: stamp.at_s - age_s, precision_s: stamp.precision_s.max(precision_s), ..stamp },
        None => Log::watched(-age_s, precision_s),
    };
    let message = row.rest.split_once(object).map_or("", |(_, message)| message.trim());
    if let Some((what, other)) = meaning(kind, reason, message) {
        let object = other.map_or_else(|| format!("{}/{name}", kind.to_lowercase()), |pod| format!("pod/{pod}"));
        let span = log.place(row.range.start, row.range.end);
        log.see(Sighting { moment, object, what, span, in_order: false });
    }
    true
}
