//! One run, or many over several threads.

use super::answers::Answers;
use super::engine::in_seconds;
use super::failure::{Plan, first};
use super::{Options, Simulation};
use crate::analysis::view::View;
use crate::design::model::Scenario;

pub(super) fn simulate(view: &View<'_>, plan: &Plan, scenario: Option<&Scenario>, options: &Options) -> Simulation {
    let _ = (view, scenario);
    Simulation {
        kubernetes: None,
        runs: options.runs.max(1),
        seed: options.seed,
        failed_at_s: in_seconds(first(plan)),
        until_s: in_seconds(plan.until),
        trace: Vec::new(),
        left_off: 0,
        handled: 0,
        cut_short: false,
        components: Vec::new(),
        functions: Vec::new(),
        lanes: Vec::new(),
        assumptions: Vec::new(),
        answers: Answers::default(),
    }
}
