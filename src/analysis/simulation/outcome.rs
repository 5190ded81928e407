//! What a simulation gives.

use super::answers::Answers;
use super::milestones::Milestone;
use super::trace::{Assumption, Entry, What};
use crate::design::model::organisation::Disruption;
use crate::said;
use crate::source::Said;

/// What follows from what fails.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// The Kubernetes version of the first cluster, where there is one.
    pub kubernetes: Option<String>,
    /// How many runs the spreads are taken from.
    pub runs: u32,
    /// The seed that phases were drawn from.
    pub seed: u64,
    /// When the first thing fails, in seconds from the start.
    pub failed_at_s: f64,
    /// When the run ends, in seconds from the start.
    pub until_s: f64,
    /// What happened in the run with fixed phases, in the order of time.
    pub trace: Vec<Entry>,
    /// How many entries were left off because the trace is bounded.
    pub left_off: u64,
    /// How many events were handled in the run with fixed phases.
    pub handled: u64,
    /// Which disruption's objectives the first failure is held against.
    pub disruption: Option<Disruption>,
    /// Whether the run was stopped before its end because it does not settle.
    pub cut_short: bool,
    /// What every component suffered, in the order of the design; those that nothing of ours runs are left out.
    pub components: Vec<ComponentOutcome>,
    /// What every function suffered, in the order of the design.
    pub functions: Vec<FunctionOutcome>,
    /// States of nodes, pods and members over time, in the run with fixed phases.
    pub lanes: Vec<Lane>,
    /// When each thing happens over several runs.
    pub milestones: Vec<Milestone>,
    /// What had to be assumed because the design does not say.
    pub assumptions: Vec<Assumption>,
    /// The answers in words, from the run with fixed phases.
    pub answers: Answers,
}

impl Simulation {
    /// The same without what is as long as the run: trace, lanes, milestones and series. What is kept of
    /// many runs at once is what they came to.
    pub(in crate::analysis) fn without_history(&mut self) {
        self.trace = Vec::new();
        self.lanes = Vec::new();
        self.milestones = Vec::new();
        self.components.iter_mut().for_each(|component| component.series = Vec::new());
        self.functions.iter_mut().for_each(|function| function.series = Vec::new());
    }

    /// What a component suffered.
    pub fn component(&self, name: &str) -> Option<&ComponentOutcome> {
        self.components.iter().find(|component| component.name == name)
    }

    /// When something happened for the first time: `milestone("node/workers-1", What::NodeNotReady)`; pods and
    /// members are asked by their component, `component/quote-app`.
    pub fn milestone(&self, object: &str, what: What) -> Option<&Milestone> {
        self.milestones
            .iter()
            .find(|milestone| milestone.what == what && milestone.object == object && milestone.nth == 0)
    }

    /// What a function suffered.
    pub fn function(&self, name: &str) -> Option<&FunctionOutcome> {
        self.functions.iter().find(|function| function.name == name)
    }
}

/// A number over several runs; `None` where it has no end, which sorts after every number.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spread {
    /// In the run with fixed phases.
    pub fixed: Option<f64>,
    /// What one run in twenty stays below.
    pub p5: Option<f64>,
    /// The median.
    pub p50: Option<f64>,
    /// What one run in twenty exceeds.
    pub p95: Option<f64>,
    /// The least.
    pub min: Option<f64>,
    /// The most.
    pub max: Option<f64>,
}

impl Spread {
    /// The spread of a single value.
    pub fn single(value: Option<f64>) -> Spread {
        Spread { fixed: value, p5: value, p50: value, p95: value, min: value, max: value }
    }

    /// The spread of several values, the first of which is that of the run with fixed phases.
    /// Percentiles are nearest-rank and, where there are further runs, taken from those alone.
    pub fn of(values: &[f64]) -> Spread {
        let finite = |value: f64| value.is_finite().then_some(value);
        let Some((fixed, drawn)) = values.split_first() else { return Spread::default() };
        if drawn.is_empty() {
            return Spread::single(finite(*fixed));
        }
        let mut sorted = drawn.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let rank = (share * sorted.len() as f64).ceil() as usize;
            sorted.get(rank.saturating_sub(1)).copied().and_then(finite)
        };
        let (min, max) = (sorted.first().copied().and_then(finite), sorted.last().copied().and_then(finite));
        Spread { fixed: finite(*fixed), p5: at(0.05), p50: at(0.5), p95: at(0.95), min, max }
    }
}

/// Who makes it work again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recovery {
    /// Nobody has to act.
    Alone,
    /// Somebody has to act: bring something back, restore, promote.
    WithHuman,
    /// What is lost exists nowhere else.
    Never,
}

impl Recovery {
    /// The word of machine output: `alone`, `with-human`, `never`.
    pub fn word(self) -> &'static str {
        match self {
            Recovery::Alone => "alone",
            Recovery::WithHuman => "with-human",
            Recovery::Never => "never",
        }
    }

    /// In words.
    pub fn said(self) -> Said {
        match self {
            Recovery::Alone => said!("alone", "tout seul"),
            Recovery::WithHuman => said!("with somebody’s help", "avec une intervention"),
            Recovery::Never => said!("never", "jamais"),
        }
    }
}

/// Whether what is promised is kept; `None` where nothing is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Meets {
    /// The longest outage against the recovery time objective.
    pub rto: Option<bool>,
    /// The data lost against the recovery point objective.
    pub rpo: Option<bool>,
    /// The outage against what the availability objective leaves of one year.
    pub availability: Option<bool>,
}

/// What one component or function suffered, from the first failure on.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Seconds in which the share served is below the threshold, all taken together; `None` where it does not end.
    pub outage_s: Spread,
    /// The longest single outage, in seconds; `None` where it does not end.
    pub longest_outage_s: Spread,
    /// Seconds in which less than everything is served; `None` where it does not end.
    pub degraded_s: Spread,
    /// The share of the run's requests that fail, as a fraction of one.
    pub failed_requests: Spread,
    /// The same by cause, in the run with fixed phases.
    pub failed_by: FailedBy,
    /// Acknowledged writes that are lost, as seconds of writing; `None` where everything is lost.
    pub data_lost_s: Spread,
    /// Who makes it work again, in the run with fixed phases.
    pub recovers: Recovery,
    /// The share of runs in which it recovers alone, as a fraction of one.
    pub alone: f64,
    /// Whether what is promised is kept in the run with fixed phases.
    pub meets: Meets,
}

/// What one component suffered.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentOutcome {
    /// Its name.
    pub name: String,
    /// What its callers saw.
    pub outcome: Outcome,
    /// When the declared number is ready again for good, in seconds from the first failure; `None` where it is not.
    pub replicas_back_s: Spread,
    /// When the last safe state was reached, in seconds from its fault; `None` where there is none or it is not reached.
    pub safe_state_s: Spread,
    /// Its start chain against its budget, where its machine was brought back in the run with fixed phases.
    pub start_chain: Option<StartChain>,
    /// How often its containers were started again, all pods together.
    pub restarts: Spread,
    /// Requests that arrive, per second, before anything fails; 1 where nobody says.
    pub rate: f64,
    /// How it is over time in the run with fixed phases, changes only; the first is the start.
    pub series: Vec<Sample>,
}

/// From a machine's power to a program that answers, against the budget.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StartChain {
    /// When it answered, in seconds from the power; `None` where it did not.
    pub reached_s: Option<f64>,
    /// The budget, in seconds.
    pub within_s: f64,
    /// Whether it is kept.
    pub meets: bool,
}

/// What one function suffered.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionOutcome {
    /// Its name.
    pub name: String,
    /// What its users saw.
    pub outcome: Outcome,
    /// What its users saw over time in the run with fixed phases, changes only: time in seconds and share served.
    pub series: Vec<(f64, f64)>,
}

/// How a component is from a moment on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// From when, in seconds from the start.
    pub t_s: f64,
    /// How many pods or members are able to serve.
    pub ready: u32,
    /// How many are wanted.
    pub wanted: u32,
    /// What those in the endpoints can serve, in requests per second; infinite where the design does not say.
    pub capacity: f64,
    /// The share of requests that is served, as a fraction of one.
    pub served: f64,
    /// The rest, by cause.
    pub failed: FailedBy,
}

/// Shares of requests that fail, by cause, as fractions of one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FailedBy {
    /// There is no endpoint to send it to.
    pub no_endpoint: f64,
    /// It goes to what is dead, cut off or hangs.
    pub dead_endpoint: f64,
    /// It goes to a process that still starts.
    pub not_ready: f64,
    /// It goes to a process that has been told to end.
    pub terminating: f64,
    /// There is more than can be carried, or too little processor time for it.
    pub overloaded: f64,
    /// Something it cannot do without does not answer.
    pub dependency: f64,
}

impl FailedBy {
    /// All causes together.
    pub fn total(&self) -> f64 {
        self.no_endpoint + self.dead_endpoint + self.not_ready + self.terminating + self.overloaded + self.dependency
    }

    /// The shares in a fixed order, that of [`FailedBy::named`].
    pub(super) fn shares(&self) -> [f64; 6] {
        [self.no_endpoint, self.dead_endpoint, self.not_ready, self.terminating, self.overloaded, self.dependency]
    }

    /// The causes with their names, in a fixed order.
    pub fn named(&self) -> [(Said, f64); 6] {
        [
            (said!("no endpoint", "aucun endpoint"), self.no_endpoint),
            (said!("dead endpoint", "endpoint mort"), self.dead_endpoint),
            (said!("not ready yet", "pas encore prêt"), self.not_ready),
            (said!("terminating", "en cours d’arrêt"), self.terminating),
            (said!("overloaded", "surchargé"), self.overloaded),
            (said!("dependency down", "dépendance en panne"), self.dependency),
        ]
    }
}

/// A thing over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// What it is: `node/workers-1`, `pod/quote-app-1`.
    pub label: String,
    /// Its states, one after the other.
    pub states: Vec<LaneState>,
}

/// A state that lasts.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneState {
    /// From, in seconds from the start.
    pub from_s: f64,
    /// To, in seconds from the start; the end of the run where it lasts.
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
