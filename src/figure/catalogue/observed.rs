//! What was observed, as lanes beneath a timeline and as words beside it.

use super::{Request, evidence};
use crate::analysis::observation::{Difference, How, Observed, Reading, Simulated, Since, What, differences};
use crate::analysis::runs::Runs;
use crate::analysis::simulation::{Simulation, What as Happens};
use crate::design::Workspace;
use crate::design::model::report::Fence;
use crate::design::quantity::seconds;
use crate::design::text::When;
use crate::figure::timeline::{Instant, Known, Lane};
use crate::said;
use crate::source::Said;

/// The most marks of one lane: more would be no picture.
const MAX_MARKS: usize = 12;
/// The most lanes.
const MAX_LANES: usize = 6;
/// The most differences of one sort that a note names.
const MAX_NAMED: usize = 4;

/// One mark: what happened at about the same time to the same kind of thing.
struct Marked<'r> {
    seen: &'r Observed,
    times: usize,
}

/// The object that a lane is about: a node, or the component whose pods stand in for each other.
fn of(seen: &Observed) -> &str {
    seen.component.as_deref().unwrap_or(&seen.object)
}

/// What is drawn: not what was seen before the failure, and what happened at once to several pods once.
fn marked(reading: &Reading, until_s: f64) -> Vec<Marked<'_>> {
    let mut marks: Vec<Marked<'_>> = Vec::new();
    for seen in reading.observed.iter().filter(|seen| seen.at_s >= 0.0 && seen.at_s <= until_s) {
        let same = marks.iter_mut().rev().take(MAX_MARKS).find(|mark| {
            of(mark.seen) == of(seen) && mark.seen.what.same_kind(&seen.what) && seen.at_s - mark.seen.at_s <= 1.0
        });
        match same {
            Some(mark) => mark.times += 1,
            None => marks.push(Marked { seen, times: 1 }),
        }
    }
    marks
}

/// When the last thing that is worth drawing was seen.
pub(super) fn until(reading: &Reading, least_s: f64) -> f64 {
    let last = reading.observed.iter().map(|seen| seen.at_s).filter(|at| *at <= least_s * 3.0);
    last.map(|at| at * 1.15).fold(least_s, f64::max)
}

/// The lanes: one where all fits on it, else one for each node and component.
pub(super) fn lanes(request: &Request<'_>, reading: &Reading, until_s: f64) -> Vec<Lane> {
    let marks = marked(reading, until_s);
    let mut objects: Vec<&str> = Vec::new();
    for mark in &marks {
        if !objects.contains(&of(mark.seen)) {
            objects.push(of(mark.seen));
        }
    }
    let observed = request.say(&said!("observed", "observé"));
    let lane = |label: String, of_lane: &dyn Fn(&Marked<'_>) -> bool, apart: bool| {
        let instants = marks.iter().filter(|mark| of_lane(mark)).take(MAX_MARKS).map(|mark| instant(request, mark));
        Lane { label, instants: instants.collect(), apart, ..Lane::default() }
    };
    if objects.len() <= 1 || marks.len() <= 4 {
        return vec![lane(observed, &|_| true, true)];
    }
    let each = objects.iter().take(MAX_LANES).enumerate();
    each.map(|(i, object)| {
        let object = *object;
        lane(format!("{observed} · {object}"), &|mark| of(mark.seen) == object, i == 0)
    })
    .collect()
}

fn instant(request: &Request<'_>, mark: &Marked<'_>) -> Instant {
    let what = request.say(&mark.seen.what.said());
    let what = if mark.times > 1 { format!("{what} ×{}", mark.times) } else { what };
    let precision = mark.seen.precision_s;
    Instant {
        at_s: mark.seen.at_s,
        text: format!("{} · {what}", request.say(&seconds(mark.seen.at_s))),
        known: Known::Observed,
        interval_s: (precision > 1.0).then(|| ((mark.seen.at_s - precision).max(0.0), mark.seen.at_s + precision)),
    }
}

/// What the simulation says will be seen, as the differences want it.
fn simulated(simulation: &Simulation) -> Vec<Simulated> {
    let seen = |what: Happens| {
        Some(match what {
            Happens::NodeNotReady => What::NodeNotReady,
            Happens::NodeReady => What::NodeReady,
            Happens::Created => What::PodCreated,
            Happens::Scheduled => What::PodScheduled,
            Happens::Pending(_) => What::PodPending(String::new()),
            Happens::Ready => What::PodReady,
            Happens::NotReady => What::PodNotReady,
            Happens::MarkedForDeletion | Happens::Deleted => What::PodTerminating,
            Happens::Gone => What::PodGone,
            Happens::OutOfMemory => What::OomKilled,
            Happens::Evicted => What::Evicted,
            Happens::BackOff(_) => What::CrashLoopBackOff,
            _ => return None,
        })
    };
    let milestones = simulation.milestones.iter().filter(|milestone| milestone.at_s.fixed.is_some());
    milestones
        .filter_map(|milestone| {
            let what = seen(milestone.what)?;
            let least = milestone.at_s.min.or(milestone.at_s.fixed)?;
            Some((milestone.object.clone(), what, least, milestone.at_s.max.unwrap_or(f64::INFINITY)))
        })
        .collect()
}

/// What a fence says was observed of a scenario, held against what is simulated of it; nothing where
/// there is no evidence that can be read.
pub fn held(workspace: &Workspace, today: When, fence: &Fence, scenario: &str, runs: &Runs) -> Option<Vec<Difference>> {
    let reading = evidence::observed(workspace, today, fence, scenario)?;
    let simulation = runs.scenario(workspace, scenario, today)?;
    Some(differences(&reading.observed, &simulated(&simulation)))
}

/// What is to be said of the evidence: from where it counts, and where it differs from what is worked out.
pub(super) fn notes(simulation: &Simulation, focus: &[String], reading: &Reading) -> Vec<Said> {
    let mut notes = Vec::new();
    match &reading.since {
        Since::Given => {}
        Since::FirstSign(object, what) => notes.push(said!(
            "What was observed counts from its first sign, {object} {what}; the failure itself may be earlier.",
            "L’observé se compte depuis son premier signe, {object} {what} ; la panne elle-même peut être antérieure.",
            object = object,
            what = what
        )),
        Since::First => notes.push(said!(
            "What was observed counts from its first moment.",
            "L’observé se compte depuis son premier moment."
        )),
    }
    // What was not observed is named only where the picture is about it.
    let asked = |object: &str| object.strip_prefix("component/").is_none_or(|name| focus.iter().any(|it| it == name));
    let mut found = differences(&reading.observed, &simulated(simulation));
    found.retain(|it| !matches!(it.how, How::NotObserved) || asked(&it.object));
    let of = |wanted: fn(&How) -> bool| -> Vec<&Difference> { found.iter().filter(|it| wanted(&it.how)).collect() };
    let within = of(|how| matches!(how, How::Within));
    if !within.is_empty() {
        notes.push(said!("As simulated: {list}.", "Conforme à la simulation : {list}.", list = listed(&within)));
    }
    let outside = of(|how| matches!(how, How::Earlier(_) | How::Later(_)));
    if !outside.is_empty() {
        notes.push(said!("Not as simulated: {list}.", "Écart à la simulation : {list}.", list = listed(&outside)));
    }
    let missing = of(|how| matches!(how, How::NotObserved));
    if !missing.is_empty() {
        let named: Vec<Said> = missing
            .iter()
            .take(MAX_NAMED)
            .map(|it| said!("{object} {what}", "{object} {what}", object = it.object, what = it.what))
            .collect();
        notes.push(said!("Not observed: {list}.", "Non observé : {list}.", list = Said::list(&named)));
    }
    notes
}

fn listed(found: &[&Difference]) -> Said {
    let mut all: Vec<Said> = found.iter().take(MAX_NAMED).map(|it| it.said()).collect();
    if found.len() > MAX_NAMED {
        let n = found.len() - MAX_NAMED;
        all.push(said!("and {n} more", "et {n} de plus", n = n));
    }
    Said::join(&all, "; ")
}
