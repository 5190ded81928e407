//! `timeline`: what follows from a scenario, by formula, beside what was predicted and what was observed.

use std::collections::BTreeSet;

use super::{Request, evidence, observed};
use crate::analysis::observation::Reading;
use crate::analysis::rule::{Words, words};
use crate::analysis::timeline::{Health, Timeline, work_out};
use crate::design::quantity::seconds;
use crate::figure::drawing::Role;
use crate::figure::timeline::{Cause, Instant, Known, Lane, Span, Timeline as Picture, draw_timeline};
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "What happens after a failure, step by step, worked out from the constants of Kubernetes and its neighbours; beside it what was predicted and what was observed.",
    "Ce qui se passe après une panne, pas à pas, d’après les constantes de Kubernetes et de ses voisins ; à côté, ce qui était prédit et ce qui a été observé.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let scenario = &request.workspace.scenarios.get(request.subject())?.value;
    let timeline = work_out(request.workspace, scenario, request.today)?;
    let reading = evidence::observed(request.workspace, request.today, request.fence, request.subject());
    let picture = picture(request, &timeline, reading.as_ref());
    let title = scenario.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let mut notes = vec![timeline.users.clone()];
    if !timeline.assumed.is_empty() {
        let list = Said::join(&timeline.assumed, "; ");
        notes.push(said!("Assumed: {list}.", "Supposé : {list}.", list = list));
    }
    if let Some(reading) = &reading {
        notes.extend(observed::notes(request, scenario, &timeline, reading));
    }
    let mut figure = request.figure(
        "",
        &title,
        &timeline.answer,
        &Said::join(&notes, " "),
        Body::Drawing(draw_timeline(&picture, request.lang)),
    );
    figure.id = format!("{}.timeline", request.subject());
    figure.cartouche[0] = (request.say(&said!("scenario", "scénario")), request.subject().to_owned());
    figure.cartouche.insert(1, (request.say(&said!("design", "conception")), scenario.design.0.clone()));
    figure.facts = timeline.steps.iter().flat_map(|step| step.at.facts.iter().cloned()).collect::<BTreeSet<_>>();
    Some(figure)
}

fn role(health: Health) -> Role {
    match health {
        Health::Good => Role::Good,
        Health::Reduced => Role::Accent,
        Health::Waiting => Role::Warn,
        Health::Bad => Role::Bad,
    }
}

fn picture(request: &Request<'_>, timeline: &Timeline, reading: Option<&Reading>) -> Picture {
    let end = request.fence.predicted.values().map(|time| time.value() * 1.15).fold(timeline.until_s, f64::max);
    let end = reading.map_or(end, |reading| observed::until(reading, end));
    let mut lanes: Vec<Lane> = timeline
        .lanes
        .iter()
        .map(|lane| Lane {
            label: request.say(&lane.label),
            spans: lane
                .states
                .iter()
                .filter(|state| state.from_s < end)
                .map(|state| Span {
                    from_s: state.from_s,
                    to_s: state.to_s.min(end * 2.0),
                    text: request.say(&state.text),
                    role: role(state.health),
                    strong: state.health == Health::Bad && lane.label.en == "failed requests",
                    interval_s: None,
                })
                .collect(),
            ..Lane::default()
        })
        .collect();
    // One lane for each who acts, in the order in which they first do.
    let mut actors: Vec<&Said> = Vec::new();
    for step in &timeline.steps {
        if !actors.contains(&&step.actor) {
            actors.push(&step.actor);
        }
    }
    for (i, actor) in actors.iter().enumerate() {
        let instants = timeline
            .steps
            .iter()
            .filter(|step| step.actor == **actor)
            .map(|step| Instant {
                at_s: step.at.value,
                text: format!("{} · {}", request.say(&seconds(step.at.value)), request.say(&step.what)),
                known: Known::Simulated,
                interval_s: (step.interval_s.1 - step.interval_s.0 > 0.5).then_some(step.interval_s),
            })
            .collect();
        lanes.push(Lane { label: request.say(actor), instants, apart: i == 0, ..Lane::default() });
    }
    let before = lanes.len();
    if let Some(reading) = reading {
        lanes.extend(observed::lanes(request, reading, end));
    }
    if !request.fence.predicted.is_empty() {
        let instants = request
            .fence
            .predicted
            .iter()
            .map(|(id, time)| Instant {
                at_s: time.value(),
                text: format!("{id} · {}", time.show(request.lang)),
                known: Known::Predicted,
                interval_s: None,
            })
            .collect();
        lanes.push(Lane {
            label: request.say(&said!("predicted", "prédit")),
            instants,
            // Observed and predicted are both somebody's word, and stand together.
            apart: lanes.len() == before,
            ..Lane::default()
        });
    }
    Picture { lanes, causes: Vec::<Cause>::new(), from_s: 0.0, to_s: end }
}
