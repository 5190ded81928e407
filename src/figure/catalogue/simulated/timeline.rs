//! `timeline`: what follows from a scenario as simulated, beside what was predicted.

use super::{Request, Run, about, answered, assumed, facts, focus, promised, run, tells};
use crate::analysis::observation::Reading;
use crate::analysis::rule::{Words, words};
use crate::analysis::simulation::{self, Actor, ComponentOutcome, Entry, Health, LaneState, Sample, What};
use crate::design::quantity::seconds;
use crate::figure::catalogue::simulated::together::Told;
use crate::figure::catalogue::{evidence, observed};
use crate::figure::drawing::Role;
use crate::figure::timeline::{Instant, Known, Lane, Span, Timeline as Picture, draw_timeline};
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::{Said, Show};

pub(in super::super) const EXPLAINS: Words = words(
    "What happens after a failure, as simulated: machines and pods, replicas ready, requests failed, and who does what when.",
    "Ce qui se passe après une panne, d’après la simulation : machines et pods, réplicas prêts, requêtes en échec, et qui fait quoi quand.",
);

/// The most lanes of machines and pods, and the most marks of one actor: a picture is read at a glance.
const MOST_THINGS: usize = 6;
const MOST_MARKS: usize = 7;
/// The longest text of a mark, in letters.
const LONGEST: usize = 120;

pub(in super::super) fn make(request: &Request<'_>) -> Option<Figure> {
    let run = run(request)?;
    let focus = focus(&run.view, Some(run.scenario), &run.simulation);
    let reading = evidence::observed(request.workspace, request.today, request.fence, request.subject());
    let promises = promised::promises(&run, &focus);
    let picture = picture(request, &run, &focus, reading.as_ref(), &promises);
    let title = run.scenario.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let answers = answered(&run.simulation);
    let who = answers.first().map(|(_, answer)| answer.clone());
    let answer = rolled_out(&run).or(who).unwrap_or_default();
    let users = run.simulation.answers.users.as_ref().map(|answer| answer.text.clone()).unwrap_or_default();
    let notes = [users, promised::kept(&run, &focus), assumed(&run.simulation, &focus)];
    let mut notes: Vec<Said> = notes.into_iter().filter(|note| !note.is_empty() && *note != answer).collect();
    if let Some(reading) = &reading {
        notes.extend(observed::notes(&run.simulation, &focus, reading));
    }
    let drawing = draw_timeline(&picture, request.lang);
    let mut figure = request.figure("", &title, &answer, &Said::join(&notes, " "), Body::Drawing(drawing));
    figure.id = format!("{}.timeline", request.subject());
    figure.cartouche[0] = (request.say(&said!("scenario", "scénario")), request.subject().to_owned());
    figure.cartouche.insert(1, (request.say(&said!("design", "conception")), run.scenario.design.0.clone()));
    if let Some(version) = &run.simulation.kubernetes {
        figure.cartouche.insert(2, ("Kubernetes".to_owned(), version.clone()));
    }
    figure.facts = facts(request, &run);
    figure.facts.extend(promises.into_iter().map(|promise| promise.fact));
    Some(figure)
}

/// When what was asked for was done, where something was asked for: nobody repairs a new version.
fn rolled_out(run: &Run<'_>) -> Option<Said> {
    let done = run.simulation.trace.iter().rfind(|entry| entry.what == What::RolledOut)?;
    let after = seconds(done.t_s - run.simulation.failed_at_s);
    Some(Said::by(|lang| {
        let mut letters = done.text.get(lang).chars();
        let text: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        said!("{text} after {after}.", "{text} après {after}.", after = after.show(lang)).get(lang).to_owned()
    }))
}

fn picture(
    request: &Request<'_>,
    run: &Run<'_>,
    focus: &[String],
    reading: Option<&Reading>,
    promises: &[promised::Promise],
) -> Picture {
    let failed_at = run.simulation.failed_at_s;
    let told: Vec<&Entry> = run
        .simulation
        .trace
        .iter()
        .filter(|entry| entry.t_s >= failed_at && about(entry, focus) && tells(entry))
        .collect();
    let changes =
        focus.iter().filter_map(|name| run.simulation.component(name)).flat_map(|component| &component.series);
    let last = told.iter().map(|entry| entry.t_s).chain(changes.map(|sample| sample.t_s)).fold(failed_at, f64::max);
    let settled = ((last - failed_at) * 1.15).max(1.0);
    let end = request.fence.predicted.values().map(|time| time.value() * 1.15).fold(settled, f64::max);
    let end = reading.map_or(end, |reading| observed::until(reading, end));
    let end = promised::until(promises, end);
    let (due, due_later) = promised::on_axis(promises, end, request.lang);
    let mut lanes = things(request, run, &told, end);
    let components: Vec<&ComponentOutcome> =
        focus.iter().filter_map(|name| run.simulation.component(name)).take(3).collect();
    for component in &components {
        lanes.push(ready(request, component, failed_at, end));
        lanes.extend(failed(request, component, failed_at, end, components.len() > 1));
    }
    lanes.extend(actors(request, &told, failed_at));
    let before = lanes.len();
    if let Some(reading) = reading {
        lanes.extend(observed::lanes(request, reading, end));
    }
    if !request.fence.predicted.is_empty() {
        let instants = request.fence.predicted.iter().map(|(id, time)| Instant {
            at_s: time.value(),
            text: format!("{id} · {}", time.show(request.lang)),
            known: Known::Predicted,
            interval_s: None,
        });
        let label = request.say(&said!("predicted", "prédit"));
        // Observed and predicted are both somebody's word, and stand together.
        let apart = lanes.len() == before;
        lanes.push(Lane { label, instants: instants.collect(), apart, ..Lane::default() });
    }
    Picture { lanes, causes: Vec::new(), due, due_later, from_s: 0.0, to_s: end }
}

/// The machines and pods that something happens to.
fn things(request: &Request<'_>, run: &Run<'_>, told: &[&Entry], end: f64) -> Vec<Lane> {
    let failed_at = run.simulation.failed_at_s;
    let hit = |label: &str| told.iter().any(|entry| entry.object.label() == label);
    let lanes = run.simulation.lanes.iter().filter(|lane| {
        hit(&lane.label) && lane.states.iter().any(|state| state.to_s > failed_at && state.health != Health::Good)
    });
    let drawn = lanes.take(MOST_THINGS).map(|lane| Lane {
        label: lane.label.clone(),
        spans: legible(lane, failed_at, end)
            .iter()
            .map(|state| Span {
                from_s: (state.from_s - failed_at).max(0.0),
                to_s: (state.to_s - failed_at).min(end * 2.0),
                text: request.say(&state.text),
                role: role(state.health),
                ..Span::default()
            })
            .collect(),
        ..Lane::default()
    });
    drawn.collect()
}

/// A state that takes less than this share of the picture's width has no room for its name.
const SHORT: f64 = 0.08;

/// The states of a thing that can be read: several short ones of one health are one, called after
/// the longest.
fn legible(lane: &simulation::Lane, failed_at: f64, end: f64) -> Vec<LaneState> {
    let visible = |state: &&LaneState| state.to_s > failed_at && state.from_s - failed_at < end;
    let long = |state: &LaneState| state.to_s.min(failed_at + end) - state.from_s.max(failed_at);
    let mut out: Vec<(f64, LaneState)> = Vec::new();
    for state in lane.states.iter().filter(visible) {
        let short = |length: f64| length < end * SHORT;
        match out.last_mut() {
            Some((longest, last)) if last.health == state.health && (short(long(state)) || short(long(last))) => {
                if long(state) > *longest {
                    *longest = long(state);
                    last.text = state.text.clone();
                }
                last.to_s = state.to_s;
            }
            _ => out.push((long(state), state.clone())),
        }
    }
    out.into_iter().map(|(_, state)| state).collect()
}

fn role(health: Health) -> Role {
    match health {
        Health::Good => Role::Good,
        Health::Reduced => Role::Accent,
        Health::Waiting => Role::Warn,
        Health::Bad => Role::Bad,
    }
}

/// Stretches of time in which something stays the same.
fn stretches<T: PartialEq>(
    component: &ComponentOutcome,
    failed_at: f64,
    end: f64,
    what: impl Fn(&Sample) -> T,
) -> Vec<(f64, f64, T)> {
    let mut out: Vec<(f64, f64, T)> = Vec::new();
    for (i, sample) in component.series.iter().enumerate() {
        let from = (sample.t_s - failed_at).max(0.0);
        let to = component.series.get(i + 1).map_or(end * 2.0, |next| next.t_s - failed_at);
        if to <= 0.0 || to - from <= 0.0 {
            continue;
        }
        let value = what(sample);
        match out.last_mut().filter(|last| last.2 == value) {
            Some(last) => last.1 = to,
            None => out.push((from, to, value)),
        }
    }
    out
}

fn ready(request: &Request<'_>, component: &ComponentOutcome, failed_at: f64, end: f64) -> Lane {
    let spans = stretches(component, failed_at, end, |sample| (sample.ready, sample.wanted));
    let span = |(from_s, to_s, (ready, wanted)): (f64, f64, (u32, u32))| Span {
        from_s,
        to_s,
        text: request.say(&said!("{ready} of {wanted}", "{ready} sur {wanted}", ready = ready, wanted = wanted)),
        role: if ready >= wanted {
            Role::Good
        } else if ready == 0 {
            Role::Bad
        } else {
            Role::Accent
        },
        ..Span::default()
    };
    let name = &component.name;
    Lane {
        label: request.say(&said!("{name} ready", "{name} prêts")),
        spans: spans.into_iter().map(span).collect(),
        ..Lane::default()
    }
}

/// Requests that fail; no lane where none does.
fn failed(request: &Request<'_>, component: &ComponentOutcome, failed_at: f64, end: f64, named: bool) -> Option<Lane> {
    // Shares that differ by less than a percent are one to the eye.
    let percent = |sample: &Sample| (sample.failed.total() * 100.0).ceil() as i64;
    let spans: Vec<Span> = stretches(component, failed_at, end, percent)
        .into_iter()
        .filter(|(.., percent)| *percent > 0)
        .map(|(from_s, to_s, percent)| Span {
            from_s,
            to_s,
            text: format!("{}\u{a0}%", percent.show(request.lang)),
            role: Role::Bad,
            strong: true,
            ..Span::default()
        })
        .collect();
    if spans.is_empty() {
        return None;
    }
    let name = &component.name;
    let label = if named {
        said!("{name}: failed", "{name} : échecs")
    } else {
        said!("failed requests", "requêtes en échec")
    };
    Some(Lane { label: request.say(&label), spans, ..Lane::default() })
}

/// One lane for each who acts, in the order in which they first do.
fn actors(request: &Request<'_>, told: &[&Entry], failed_at: f64) -> Vec<Lane> {
    let mut order: Vec<Actor> = Vec::new();
    for entry in told {
        if !order.contains(&entry.actor) {
            order.push(entry.actor);
        }
    }
    let mut lanes = Vec::new();
    for (i, actor) in order.iter().enumerate() {
        // What happens to several things at one moment is one mark.
        let mut moments: Vec<(f64, Told)> = Vec::new();
        let mut more = 0;
        for entry in told.iter().filter(|entry| entry.actor == *actor) {
            let at_s = entry.t_s - failed_at;
            let text = request.say(&entry.text);
            let full = moments.len() >= MOST_MARKS;
            match moments.iter_mut().find(|(other, _)| (other - at_s).abs() < 0.05) {
                Some((_, told)) => told.add(&text, &entry.object.name),
                None if full => more += 1,
                None => {
                    let mut told = Told::default();
                    told.add(&text, &entry.object.name);
                    moments.push((at_s, told));
                }
            }
        }
        let mark = |(at_s, told): (f64, Told)| {
            let text = format!("{} · {}", seconds(at_s).show(request.lang), told.sentence(LONGEST, request.lang));
            Instant { at_s, text, known: Known::Simulated, interval_s: None }
        };
        let mut instants: Vec<Instant> = moments.into_iter().map(mark).collect();
        if more > 0
            && let Some(last) = instants.last_mut()
        {
            let other = Said::counted(more, ["more"; 2], ["autre", "autres"]);
            let text = said!(" … and {more} {other}", " … et {more} {other}", more = more, other = other);
            last.text.push_str(&request.say(&text));
        }
        lanes.push(Lane { label: request.say(&actor.said()), instants, apart: i == 0, ..Lane::default() });
    }
    lanes
}
