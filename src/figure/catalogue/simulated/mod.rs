//! What a simulation shows: the same figures for a scenario, a failure given on the line, a campaign.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Request;
use crate::analysis::simulation::{Answer, Campaign, ComponentOutcome, Entry, Simulation, What};
use crate::analysis::standing::recovery;
use crate::analysis::view::View;
use crate::design::model::Scenario;
use crate::figure::Figure;
use crate::said;
use crate::source::Said;

mod campaign;
mod outcomes;
mod overlay;
mod planned;
mod promised;
mod replay;
mod served;
mod steps;
mod timeline;
mod together;

pub(super) use overlay::{EXPLAINS as EXPLAINS_OVERLAY, make as overlay};
pub(super) use served::{EXPLAINS as EXPLAINS_SERVED, make as served};
pub(super) use timeline::{EXPLAINS as EXPLAINS_TIMELINE, make as timeline};

pub use replay::replay;

pub(super) use campaign::{EXPLAINS as EXPLAINS_CAMPAIGN, EXPLAINS_STUCK, make as campaign, make_stuck as stuck};
pub(super) use outcomes::{EXPLAINS as EXPLAINS_OUTCOMES, make as outcomes};
pub(super) use planned::{EXPLAINS as EXPLAINS_PLANNED, make as planned};
pub(super) use steps::{EXPLAINS as EXPLAINS_STEPS, make as steps};

/// A scenario's simulation, with the design it happens to.
pub(in super::super) struct Run<'a> {
    pub(in super::super) view: View<'a>,
    pub(in super::super) scenario: &'a Scenario,
    pub(in super::super) simulation: Arc<Simulation>,
}

/// Simulates the scenario that a figure is of.
pub(in super::super) fn run<'a>(request: &Request<'a>) -> Option<Run<'a>> {
    let scenario = &request.workspace.scenarios.get(request.subject())?.value;
    let view = request.runs.view(request.workspace, &scenario.design, request.today)?;
    let simulation = request.runs.scenario(request.workspace, request.subject(), request.today)?;
    Some(Run { view, scenario, simulation })
}

/// The tables of one simulation, for a command that prints them.
pub fn tables(
    request: &Request<'_>,
    view: &View<'_>,
    scenario: Option<&Scenario>,
    title: &Said,
    simulation: &Simulation,
) -> Vec<Figure> {
    let focus = focus(view, scenario, simulation);
    vec![
        steps::table(request, title, simulation, &focus, &BTreeSet::new()),
        outcomes::table(request, view, title, simulation, &focus, &BTreeSet::new()),
    ]
}

/// The tables of a campaign, for a command that prints them.
pub fn campaign_tables(request: &Request<'_>, view: &View<'_>, campaign: &Campaign) -> Vec<Figure> {
    campaign::tables(request, view, campaign)
}

/// The questions that a simulation answers, with the answers.
pub fn answered(simulation: &Simulation) -> Vec<(Said, Said)> {
    let answers = &simulation.answers;
    let questions = [
        (said!("Who repaired it?", "Qui a réparé ?"), &answers.who),
        (said!("Why?", "Pourquoi ?"), &answers.why),
        (said!("What did users see?", "Qu’ont vu les utilisateurs ?"), &answers.users),
        (said!("What would have avoided it?", "Qu’est-ce qui l’aurait évité ?"), &answers.avoided),
    ];
    let given = |answer: &Option<Answer>| answer.as_ref().map(|answer| answer.text.clone());
    questions.into_iter().filter_map(|(question, answer)| Some((question, given(answer)?))).collect()
}

/// What a figure is about: what is asked about and hit, else what suffers and is needed, else what suffers.
pub(super) fn focus(view: &View<'_>, scenario: Option<&Scenario>, simulation: &Simulation) -> Vec<String> {
    let asked: Vec<String> = scenario
        .iter()
        .flat_map(|scenario| scenario.expect.keys().cloned())
        .filter(|name| simulation.component(name).is_some())
        .collect();
    if !asked.is_empty() {
        return asked;
    }
    let hit = |component: &&ComponentOutcome| suffers(component);
    let needed: Vec<String> = simulation
        .components
        .iter()
        .filter(hit)
        .filter(|component| view.is_needed(&component.name))
        .map(|component| component.name.clone())
        .collect();
    if needed.is_empty() {
        simulation.components.iter().filter(hit).map(|component| component.name.clone()).collect()
    } else {
        needed
    }
}

/// Whether anything happened to a component.
pub(super) fn suffers(component: &ComponentOutcome) -> bool {
    let some = |value: Option<f64>| value.is_none_or(|value| value > 0.0);
    some(component.outcome.degraded_s.fixed)
        || some(component.outcome.data_lost_s.fixed)
        || some(component.restarts.fixed)
        || some(component.replicas_back_s.fixed)
}

/// Whether an entry is about one of the components, or about what they stand on.
pub(super) fn about(entry: &Entry, focus: &[String]) -> bool {
    match &entry.object.component {
        Some(component) => focus.contains(component),
        None => true,
    }
}

/// Whether an entry is a step that people name, and no mere detail on the way to one.
pub(super) fn tells(entry: &Entry) -> bool {
    !matches!(
        entry.what,
        What::Pulling | What::Answers | What::Ended | What::Gone | What::EvictionGranted | What::VolumeAttached
    )
}

/// The facts that decide what a scenario does: what happens, and how every component comes back.
pub(super) fn facts(request: &Request<'_>, run: &Run<'_>) -> BTreeSet<String> {
    let name = request.subject();
    let mut facts: BTreeSet<String> = ["design", "load", "until"].iter().map(|key| format!("{name}.{key}")).collect();
    for (at, event) in run.scenario.events.iter().enumerate() {
        let (verb, _) = event.what();
        facts.extend(
            [verb, "after", "rate", "how", "takes", "to"].iter().map(|key| format!("{name}.events.{at}.{key}")),
        );
    }
    for component in run.view.design.components.keys() {
        facts.extend(recovery(&run.view, component).iter().cloned());
    }
    for flow in run.view.design.connections.keys() {
        facts.extend(["from", "to", "needs"].iter().map(|key| run.view.path(&format!("connections.{flow}.{key}"))));
    }
    facts.extend(run.simulation.trace.iter().filter_map(|entry| Some(entry.because.ground.as_ref()?.path.clone())));
    facts.extend(run.simulation.assumptions.iter().map(|assumption| assumption.path.clone()));
    facts
}

/// What was assumed, as a sentence; nothing where nothing was.
pub(super) fn assumed(simulation: &Simulation, focus: &[String]) -> Said {
    let about = |path: &str| {
        let mut steps = path.split('.').skip_while(|step| *step != "components");
        steps.next();
        steps.next().is_none_or(|component| focus.iter().any(|name| name == component))
    };
    let assumed: Vec<Said> = simulation
        .assumptions
        .iter()
        .filter(|assumption| about(&assumption.path))
        .map(|assumption| assumption.text.clone())
        .collect();
    if assumed.is_empty() {
        return Said::default();
    }
    said!("Assumed: {list}.", "Supposé : {list}.", list = Said::join(&assumed, "; "))
}
