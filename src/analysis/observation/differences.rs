//! What was observed beside what was simulated: within, earlier, later, or only one of both.

use super::names::stem;
use super::{Observed, What};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Said, Span};

/// What is simulated of an object: what happens, and the earliest and the latest that it does, in
/// seconds since the failure.
pub type Simulated = (String, What, f64, f64);

/// One thing, as it was observed and as it was simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The object: `node/workers-1`, or the component of a pod.
    pub object: String,
    /// What happened.
    pub what: What,
    /// When it was observed, in seconds.
    pub observed_s: Option<f64>,
    /// When it is simulated: at the earliest and at the latest, in seconds.
    pub simulated_s: Option<(f64, f64)>,
    /// How the two relate.
    pub how: How,
    /// Where the evidence says so.
    pub place: Option<Span>,
}

/// How what was observed relates to what was simulated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum How {
    /// Within what was simulated, as far as the times tell.
    Within,
    /// Earlier than the earliest, by so many seconds.
    Earlier(f64),
    /// Later than the latest, by so many seconds.
    Later(f64),
    /// Observed, and not simulated.
    NotSimulated,
    /// Simulated, and not observed.
    NotObserved,
}

/// Lays what was observed beside what was simulated. Things of one kind that happen to one object
/// are paired in order; the pods of a component are one object, since they stand in for each other.
pub fn differences(observed: &[Observed], simulated: &[Simulated]) -> Vec<Difference> {
    let mut pairs: Vec<Option<&Simulated>> = vec![None; observed.len()];
    let mut order: Vec<&Simulated> = simulated.iter().collect();
    order.sort_by(|a, b| a.2.total_cmp(&b.2));
    let mut left: Vec<&Simulated> = Vec::new();
    for expected in order {
        let object = key(&expected.0, None);
        let pair = observed.iter().enumerate().find(|(i, seen)| {
            pairs[*i].is_none() && counts(seen) && seen.what.same_kind(&expected.1) && key_of(seen) == object
        });
        match pair {
            Some((i, _)) => pairs[i] = Some(expected),
            None => left.push(expected),
        }
    }
    let mut out: Vec<Difference> = observed
        .iter()
        .zip(&pairs)
        .filter(|(seen, _)| counts(seen))
        .map(|(seen, pair)| Difference {
            object: key_of(seen).to_owned(),
            what: seen.what.clone(),
            observed_s: Some(seen.at_s),
            simulated_s: pair.map(|expected| (expected.2, expected.3)),
            how: pair.map_or(How::NotSimulated, |expected| how(seen, expected)),
            place: Some(seen.place),
        })
        .collect();
    out.extend(left.into_iter().map(|expected| Difference {
        object: key(&expected.0, None).to_owned(),
        what: expected.1.clone(),
        observed_s: None,
        simulated_s: Some((expected.2, expected.3)),
        how: How::NotObserved,
        place: None,
    }));
    out
}

/// What happened before the failure is none of its course, and free words are nobody's prediction.
fn counts(seen: &Observed) -> bool {
    seen.at_s + seen.precision_s >= 0.0 && !matches!(seen.what, What::Other(_))
}

fn key_of(seen: &Observed) -> &str {
    key(&seen.object, seen.component.as_deref())
}

/// Nodes by their own name, pods by their component's.
fn key<'a>(object: &'a str, component: Option<&'a str>) -> &'a str {
    match (component, object.split_once('/')) {
        (Some(component), _) => component,
        (None, Some(("pod", name))) => stem(name),
        (None, Some(("component" | "endpoints" | "service" | "deployment" | "statefulset", name))) => name,
        _ => object,
    }
}

fn how(seen: &Observed, (_, _, from_s, to_s): &Simulated) -> How {
    if seen.at_s + seen.precision_s < *from_s {
        How::Earlier(from_s - seen.at_s)
    } else if seen.at_s - seen.precision_s > *to_s {
        How::Later(seen.at_s - to_s)
    } else {
        How::Within
    }
}

impl Difference {
    /// It in one sentence without a full stop.
    pub fn said(&self) -> Said {
        let (object, what) = (self.object.as_str(), self.what.said());
        let at = seconds(self.observed_s.unwrap_or(0.0));
        let between = match self.simulated_s {
            Some((from, to)) if !to.is_finite() => said!("from {from} on", "à partir de {from}", from = seconds(from)),
            Some((from, to)) if to - from < 0.5 => said!("{from}", "{from}", from = seconds(from)),
            Some((from, to)) => said!("{from} to {to}", "{from} à {to}", from = seconds(from), to = seconds(to)),
            None => Said::default(),
        };
        match self.how {
            How::Within => said!(
                "{object} {what} after {at}, as expected ({between})",
                "{object} {what} après {at}, comme attendu ({between})",
                what = what,
                at = at,
                between = between
            ),
            How::Earlier(by) => said!(
                "{object} {what} after {at}, {by} earlier than expected ({between})",
                "{object} {what} après {at}, {by} plus tôt qu’attendu ({between})",
                what = what,
                at = at,
                by = seconds(by),
                between = between
            ),
            How::Later(by) => said!(
                "{object} {what} after {at}, {by} later than expected ({between})",
                "{object} {what} après {at}, {by} plus tard qu’attendu ({between})",
                what = what,
                at = at,
                by = seconds(by),
                between = between
            ),
            How::NotSimulated => said!(
                "{object} {what} after {at}, which was not expected",
                "{object} {what} après {at}, ce qui n’était pas attendu",
                what = what,
                at = at
            ),
            How::NotObserved => said!(
                "{object} {what}, expected ({between}), was not observed",
                "{object} {what}, attendu ({between}), n’a pas été observé",
                what = what,
                between = between
            ),
        }
    }
}
