//! What happens when it fails: a discrete-event simulation in virtual time.
//!
//! A design and what fails in it go in; what follows comes out: a trace in which every entry names
//! its cause, what users saw integrated exactly between changes, and for several runs with seeded
//! phases the spread of each. The same input gives the same output, whatever the machine.
//!
//! Start reading at [`simulate`]; `setup` turns a [`View`] into a [`model::Model`], `world` is what
//! changes, `run` hands each event to its actor, and every actor has a file of its own.

mod answers;
mod campaign;
mod cause;
mod engine;
mod failure;
mod mending;
mod milestones;
mod model;
mod outcome;
mod phases;
mod planned;
mod publish;
mod run;
mod runs;
mod setup;
mod table;
mod trace;
mod words;
mod world;

mod actors;

pub use answers::{Answer, Answers, Question};
pub use campaign::{Campaign, Lost, Mending, NoRoom, Worst, campaign, failures};
pub use failure::{Failure, Impossible};
pub use milestones::Milestone;
pub use outcome::{
    ComponentOutcome, FailedBy, FunctionOutcome, Health, Lane, LaneState, Meets, Outcome, Recovery, Sample, Simulation,
    Spread, StartChain,
};
pub use planned::{Planned, planned};
pub use trace::{Actor, Assumption, Cause, Entry, Ground, Object, Unfit, What};

use crate::analysis::view::View;
use crate::design::model::Scenario;

/// How to simulate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How many runs. The first has fixed phases: what fails does so half way between two beats of
    /// every loop. Further ones draw their phases, and are what the spreads are taken from.
    pub runs: u32,
    /// From what phases are drawn: the same seed gives the same bytes.
    pub seed: u64,
    /// The share served below which there is an outage, as a fraction of one.
    pub outage_below: f64,
    /// How many threads share the runs; the result does not depend on it.
    pub threads: usize,
    /// Whether what happens is told in words, with lanes and answers: whoever only wants to know what
    /// many runs came to spares more time by it than they take.
    pub told: bool,
}

impl Default for Options {
    /// One run with fixed phases, an outage below one half.
    fn default() -> Options {
        Options { runs: 1, seed: 1, outage_below: 0.5, threads: 2, told: true }
    }
}

/// Simulates a scenario.
///
/// # Errors
/// What the scenario asks that cannot happen to this design: nothing of that name exists.
pub fn simulate(view: &View<'_>, scenario: &Scenario, options: &Options) -> Result<Simulation, Impossible> {
    let plan = failure::of_scenario(view, scenario)?;
    Ok(runs::simulate(view, &plan, Some(scenario), options))
}

/// Simulates one failure, without a scenario around it.
///
/// # Errors
/// What cannot happen to this design: nothing of that name exists.
pub fn simulate_failure(view: &View<'_>, failure: &Failure, options: &Options) -> Result<Simulation, Impossible> {
    let plan = failure::of_failure(view, failure)?;
    Ok(runs::simulate(view, &plan, None, options))
}

#[cfg(test)]
mod tests;
