//! What was observed, as lanes beneath a timeline and as words beside it.

use super::Request;
use crate::analysis::observation::{Difference, How, Observed, Reading, Simulated, Since, What, differences};
use crate::analysis::timeline::Timeline;
use crate::analysis::view::View;
use crate::design::model::Scenario;
use crate::design::quantity::seconds;
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

/// What a timeline says will be seen, as the differences want it.
fn worked_out(view: &View<'_>, scenario: &Scenario, timeline: &Timeline) -> Vec<Simulated> {
    let node = timeline.lanes.iter().map(|lane| lane.label.en.clone()).find(|label| label.starts_with("node/"));
    let event = scenario.events.first().map_or("", |event| event.what().1);
    let hit = event.rsplit('/').next().unwrap_or("");
    let of_hit = view.instances.iter().find(|instance| instance.name == hit).map(|instance| instance.component);
    let serves = |name: &&str| view.design.components.get(*name).is_some_and(|component| view.in_kubernetes(component));
    let asked = scenario.expect.keys().map(String::as_str).find(serves);
    let Some(component) = of_hit.or(asked) else { return Vec::new() };
    let component = format!("component/{component}");
    let step = |id: &str| {
        Some(match id {
            "not-ready" => (node.clone()?, What::NodeNotReady),
            "evicted" => (component.clone(), What::PodTerminating),
            "replaced" => (component.clone(), What::PodCreated),
            "ready" => (component.clone(), What::PodReady),
            "killed" => (component.clone(), What::OomKilled),
            "restarted" => (component.clone(), What::PodRestarted(1)),
            "unready" => (component.clone(), What::PodNotReady),
            "stopped" => (component.clone(), What::PodGone),
            _ => return None,
        })
    };
    let mut all: Vec<Simulated> = timeline
        .steps
        .iter()
        .filter_map(|it| step(it.id).map(|(object, what)| (object, what, it.interval_s.0, it.interval_s.1)))
        .collect();
    if event.starts_with("pod/") && scenario.events.first().is_some_and(|event| event.delete.is_some()) {
        all.push((component, What::PodTerminating, 0.0, 0.0));
    }
    all
}

/// What is to be said of the evidence: from where it counts, and where it differs from what is worked out.
pub(super) fn notes(request: &Request<'_>, scenario: &Scenario, timeline: &Timeline, reading: &Reading) -> Vec<Said> {
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
    let Some(view) = View::of(request.workspace, &scenario.design, request.today) else { return notes };
    let found = differences(&reading.observed, &worked_out(&view, scenario, timeline));
    let of = |wanted: fn(&How) -> bool| -> Vec<&Difference> { found.iter().filter(|it| wanted(&it.how)).collect() };
    let within = of(|how| matches!(how, How::Within));
    if !within.is_empty() {
        notes.push(said!("As worked out: {list}.", "Conforme au calcul : {list}.", list = listed(&within)));
    }
    let outside = of(|how| matches!(how, How::Earlier(_) | How::Later(_)));
    if !outside.is_empty() {
        notes.push(said!("Not as worked out: {list}.", "Écart au calcul : {list}.", list = listed(&outside)));
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
