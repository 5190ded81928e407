//! A partition of a vehicle's computer crashes.

use super::pod::state;
use super::{Case, Health, Lane, Timeline, step};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Said;

/// A partition ends: each safety goal on it falls to its safe state, then the partition restarts.
pub(super) fn crash(case: &Case<'_>, object: &str) -> Option<Timeline> {
    let (_, name) = object.split_once('/')?;
    let partition = case.view.design.partitions.get(name)?;
    let (goal_name, component) = case
        .view
        .design
        .components
        .iter()
        .filter(|(_, component)| component.runs_on.as_deref() == Some(name))
        .find(|(component, _)| case.scenario.expect.contains_key(component.as_str()))
        .or_else(|| {
            case.view
                .design
                .components
                .iter()
                .find(|(_, component)| component.runs_on.as_deref() == Some(name) && component.safety.is_some())
        })?;
    let safety = component.safety.as_ref()?;
    let path = |rest: &str| case.view.path(&format!("components.{goal_name}.{rest}"));
    let mut timeline = Timeline::default();
    let (detects, reacts, ftti) =
        (safety.detects_in.value.value(), safety.reacts_in.value.value(), safety.ftti.value());
    let monitor = said!("monitor", "surveillance");
    let hypervisor = said!("hypervisor", "hyperviseur");
    let detected = case.at(detects, said!("{d}", "{d}", d = seconds(detects))).from_fact(path("safety.detects_in"));
    timeline.steps.push(step(
        "detected",
        detected,
        (0.0, detects),
        &monitor,
        said!("detects the fault", "détecte la faute"),
        said!("its declared detection time", "son temps de détection déclaré"),
    ));
    let safe = detects + reacts;
    let at = case
        .at(safe, said!("{d} + {r}", "{d} + {r}", d = seconds(detects), r = seconds(reacts)))
        .from_fact(path("safety.detects_in"))
        .from_fact(path("safety.reacts_in"));
    let state_name = safety.on_failure.as_str();
    timeline.steps.push(step(
        "safe-state",
        at,
        (0.0, safe),
        &monitor,
        said!("falls to `{state_name}`", "passe en `{state_name}`"),
        said!("the declared reaction", "la réaction déclarée"),
    ));
    let os = partition.starts_in.as_ref().map_or(0.0, |fact| fact.value.value());
    let app = component.starts_in.as_ref().map_or(0.0, |fact| fact.value.value());
    let back = detects + os + app;
    let at = case
        .at(
            back,
            said!(
                "{d} + {os} + {app}",
                "{d} + {os} + {app}",
                d = seconds(detects),
                os = seconds(os),
                app = seconds(app)
            ),
        )
        .from_fact(path("safety.detects_in"))
        .from_fact(path("starts_in"))
        .from_fact(case.view.path(&format!("partitions.{name}.starts_in")));
    timeline.steps.push(step(
        "restarted",
        at,
        (os + app, back),
        &hypervisor,
        said!("the partition and `{goal_name}` run again", "la partition et `{goal_name}` tournent à nouveau"),
        said!("restart: always", "restart: always"),
    ));
    timeline.lanes = vec![
        Lane {
            label: Said::same(goal_name.clone()),
            states: vec![
                state(0.0, safe, said!("unsafe", "non sûr"), Health::Bad),
                state(safe, back, Said::same(state_name), Health::Reduced),
                state(back, f64::INFINITY, said!("works", "fonctionne"), Health::Good),
            ],
        },
        Lane { label: said!("FTTI", "FTTI"), states: vec![state(0.0, ftti, seconds(ftti), Health::Waiting)] },
    ];
    let holds = safe < ftti;
    timeline.answer = if holds {
        said!(
            "The safe state is reached in {safe}, within the {ftti} that are tolerated.",
            "L’état sûr est atteint en {safe}, dans les {ftti} tolérés.",
            safe = seconds(safe),
            ftti = seconds(ftti)
        )
    } else {
        said!(
            "The safe state takes {safe}: longer than the {ftti} that are tolerated.",
            "L’état sûr demande {safe} : plus que les {ftti} tolérés.",
            safe = seconds(safe),
            ftti = seconds(ftti)
        )
    };
    timeline.users = said!(
        "The driver sees `{state_name}`, then the picture again after {back}.",
        "Le conducteur voit `{state_name}`, puis l’image après {back}.",
        back = seconds(back)
    );
    Some(timeline)
}
