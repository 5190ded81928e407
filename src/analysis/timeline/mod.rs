//! A small timeline of a scenario, worked out by formula from the constants.
//!
//! This is no simulation: one failure, fixed phases, the chain of causes that the documentation
//! states. Every step carries its formula, the interval it can fall into, and its cause.

mod data;
mod node;
mod partition;
mod pod;

use std::collections::BTreeSet;

use super::constants;
use super::derived::Derived;
use super::view::{Home, View};
use crate::design::Workspace;
use crate::design::model::Scenario;
use crate::design::model::component::Component;
use crate::design::quantity::seconds;
use crate::design::text::When;
use crate::said;
use crate::source::{Said, Show};

/// What follows from a scenario, step by step.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    /// The steps in the order of time.
    pub steps: Vec<Step>,
    /// States of things over time, for the lanes of the drawing.
    pub lanes: Vec<Lane>,
    /// The answer in one sentence: who did what, and when.
    pub answer: Said,
    /// What users saw, in one sentence.
    pub users: Said,
    /// What had to be assumed because the design does not say.
    pub assumed: Vec<Said>,
    /// The end of what is worth drawing, in seconds since the first event.
    pub until_s: f64,
}

/// Something that happens.
#[derive(Debug, Clone)]
pub struct Step {
    /// What a narrative calls it: `not-ready`, `replaced`, `ready`.
    pub id: &'static str,
    /// Seconds since the first event, with the formula.
    pub at: Derived<f64>,
    /// The earliest and the latest it can be, in seconds.
    pub interval_s: (f64, f64),
    /// Who does it.
    pub actor: Said,
    /// What is done, to what.
    pub what: Said,
    /// Why: the step or the setting that causes it.
    pub because: Said,
}

/// A thing over time.
#[derive(Debug, Clone)]
pub struct Lane {
    /// What it is: `node/workers-1`, "endpoints".
    pub label: Said,
    /// Its states, one after the other.
    pub states: Vec<LaneState>,
}

/// A state that lasts.
#[derive(Debug, Clone)]
pub struct LaneState {
    /// From, in seconds.
    pub from_s: f64,
    /// To, in seconds; the end of the drawing where it is infinite.
    pub to_s: f64,
    /// What it is called.
    pub text: Said,
    /// How it is.
    pub health: Health,
}

/// How a state is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// As wanted.
    Good,
    /// Less than wanted, and working.
    Reduced,
    /// Unknown, or waiting.
    Waiting,
    /// Not working.
    Bad,
}

/// Works out the timeline of a scenario; `None` where its design could not be read, or where what
/// fails is not among the failures that have a formula.
pub fn work_out(workspace: &Workspace, scenario: &Scenario, today: When) -> Option<Timeline> {
    let view = View::of(workspace, &scenario.design, today)?;
    let event = scenario.events.first()?;
    let (verb, object) = event.what();
    let base = format!("{}.events.0.{verb}", scenario.name.0);
    let case = Case { view: &view, scenario, base };
    let mut timeline = match verb {
        "delete" => pod::delete(&case, object),
        "leak" => pod::leak(&case, object, event.rate.as_ref()?),
        "hang" => pod::hang(&case, object),
        "roll_out" => pod::roll_out(&case, object),
        "lose" => node::lose(&case, object),
        "crash" => partition::crash(&case, object),
        "corrupt" => data::corrupt(&case, object),
        _ => None,
    }?;
    timeline.steps.sort_by(|a, b| a.at.value.total_cmp(&b.at.value));
    let last = timeline.steps.iter().map(|step| step.interval_s.1).filter(|at| at.is_finite()).fold(0.0, f64::max);
    timeline.until_s = if last > 0.0 { last * 1.15 } else { scenario.until.value() };
    Some(timeline)
}

/// A scenario in its design.
struct Case<'a> {
    view: &'a View<'a>,
    scenario: &'a Scenario,
    /// The address of what happens, part of every derivation.
    base: String,
}

impl<'a> Case<'a> {
    fn at(&self, value: f64, formula: Said) -> Derived<f64> {
        Derived::new(value, formula).from_fact(&self.base)
    }

    /// The component and its name that a pod's name belongs to: `pod/quote-app-1`.
    fn component_of(&self, object: &str) -> Option<(&'a str, &'a Component)> {
        let name = object.rsplit('/').next().unwrap_or(object);
        let instance = self.view.instances.iter().find(|instance| instance.name == name);
        let component = instance.map_or(name, |instance| instance.component);
        let design = self.view.design;
        design.components.get_key_value(component).map(|(name, component)| (name.as_str(), component))
    }

    /// A constant of the component's cluster.
    fn constant(&self, component: &Component, id: &str) -> Option<Derived<f64>> {
        match self.view.home(component) {
            Home::Cluster(name, cluster) => constants::of(self.view, name, cluster, id),
            _ => None,
        }
    }

    /// From the start of a container to the moment it may get traffic: its start, then the next
    /// probe that lets it in.
    fn becomes_ready(&self, name: &str, component: &Component, timeline: &mut Timeline) -> Ready {
        let path = |rest: &str| self.view.path(&format!("components.{name}.{rest}"));
        let mut facts = BTreeSet::new();
        let start = match &component.starts_in {
            Some(fact) => {
                facts.insert(path("starts_in"));
                fact.value.value()
            }
            None => {
                // Kubernetes' own objective for a stateless pod, without image pull: 99th percentile.
                timeline.assumed.push(said!(
                    "`{name}` does not say how long it starts: 5 s, Kubernetes' own objective",
                    "`{name}` ne dit pas combien de temps il démarre : 5 s, l’objectif de Kubernetes"
                ));
                5.0
            }
        };
        let probes = component.probes.as_ref();
        let gate = probes.and_then(|probes| {
            probes
                .startup
                .as_ref()
                .map(|probe| ("startup", probe))
                .or(probes.readiness.as_ref().map(|probe| ("readiness", probe)))
        });
        let Some((word, probe)) = gate else {
            return Ready {
                min: start,
                mean: start,
                max: start,
                formula: said!("{start}", "{start}", start = seconds(start)),
                facts,
            };
        };
        let period = match &probe.period {
            Some(period) => {
                facts.insert(path(&format!("probes.{word}.period")));
                period.value()
            }
            None => self.constant(component, "probe-period").map_or(10.0, |constant| constant.value),
        };
        let formula =
            said!("{start} + ½ × {period}", "{start} + ½ × {period}", start = seconds(start), period = seconds(period));
        Ready { min: start, mean: start + period / 2.0, max: start + period, formula, facts }
    }
}

/// How long something takes: at least, on average, at most.
struct Ready {
    min: f64,
    mean: f64,
    max: f64,
    formula: Said,
    facts: BTreeSet<String>,
}

/// A step at a known moment.
fn step(id: &'static str, at: Derived<f64>, interval_s: (f64, f64), actor: &Said, what: Said, because: Said) -> Step {
    Step { id, at, interval_s, actor: actor.clone(), what, because }
}

/// `2 of 3`.
fn of(n: u32, all: u32) -> Said {
    said!("{n} of {all}", "{n} sur {all}", n = n, all = all)
}

/// A share of requests, as a percentage.
fn share(part: f64) -> Said {
    Said::by(|lang| format!("{}\u{a0}%", (part * 100.0).round().show(lang)))
}
