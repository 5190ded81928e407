//! One run with fixed phases, and as many with drawn ones as are asked for, over several threads.

use super::engine::in_seconds;
use super::failure::{Plan, disruption, first};
use super::milestones::{MOST_RUNS, Seen, milestones, seen};
use super::model::Model;
use super::outcome::{ComponentOutcome, FunctionOutcome, Meets, Outcome, Recovery, Spread, StartChain};
use super::phases::Phases;
use super::run::{Numbers, numbers, run};
use super::trace::{Entry, What};
use super::world::World;
use super::{Answers, Options, Simulation, answers, publish, setup};
use crate::analysis::view::View;
use crate::design::model::Scenario;
use crate::design::model::organisation::Disruption;

/// The most threads that share the runs.
const MOST_THREADS: usize = 64;

/// What one run gives: components, functions, and what happens in it, where that is kept.
type Result = (Vec<Numbers>, Vec<Numbers>, Option<Seen>);

pub(super) fn simulate(view: &View<'_>, plan: &Plan, scenario: Option<&Scenario>, options: &Options) -> Simulation {
    simulate_in(view, &setup::model(view, plan), plan, scenario, options)
}

/// The same in a model that is there already: a campaign makes it once.
pub(super) fn simulate_in(
    view: &View<'_>,
    model: &Model,
    plan: &Plan,
    scenario: Option<&Scenario>,
    options: &Options,
) -> Simulation {
    let below = options.outage_below;
    let ran = run(model, plan, Phases::fixed(first(plan)), true, below);
    let (of_components, of_functions) = numbers(&ran);
    let mut results = vec![(of_components, of_functions, Some(seen(&ran.world.trace, first(plan))))];
    results.extend(drawn(model, plan, options));
    let seen: Vec<&Seen> = results.iter().filter_map(|(.., seen)| seen.as_ref()).collect();
    let milestones = milestones(view, &ran.world, &seen);
    let trace = publish::trace(view, plan, scenario, &ran.world, options.told);
    let disruption = disruption(view, plan);
    let components = components(view, model, &results, &ran.world, disruption, &trace);
    let functions = functions(view, &results, &ran.world, disruption);
    let lanes = if options.told { publish::lanes(&trace, in_seconds(plan.until)) } else { Vec::new() };
    let mut assumptions = publish::assumptions(view, model, &trace);
    assumptions.extend(publish::noticed(view, plan));
    let mut simulation = Simulation {
        kubernetes: view.design.clusters.values().next().map(|cluster| cluster.kubernetes.value.0.clone()),
        runs: options.runs.max(1),
        seed: options.seed,
        failed_at_s: in_seconds(first(plan)),
        until_s: in_seconds(plan.until),
        trace,
        left_off: ran.world.trace.left_off,
        handled: ran.handled,
        disruption,
        cut_short: ran.cut_short,
        components,
        functions,
        lanes,
        milestones,
        assumptions,
        answers: Answers::default(),
    };
    if options.told {
        let asked: Vec<&str> =
            scenario.iter().flat_map(|scenario| scenario.expect.keys().map(String::as_str)).collect();
        simulation.answers = answers::answers(view, &simulation, &asked);
    }
    simulation
}

/// The runs with drawn phases, in their order, however many threads share them.
fn drawn(model: &Model, plan: &Plan, options: &Options) -> Vec<Result> {
    let runs = options.runs.saturating_sub(1);
    let one = |number: u32| {
        let phases = Phases::drawn(options.seed, number, first(plan));
        let kept = number <= MOST_RUNS;
        let ran = run(model, plan, phases, kept, options.outage_below);
        let (components, functions) = numbers(&ran);
        (components, functions, kept.then(|| seen(&ran.world.trace, first(plan))))
    };
    let threads = options.threads.clamp(1, MOST_THREADS) as u32;
    if threads == 1 || runs < 2 {
        return (1..=runs).map(one).collect();
    }
    let share = runs.div_ceil(threads).max(1);
    let mut results = Vec::with_capacity(runs as usize);
    std::thread::scope(|scope| {
        let one = &one;
        let workers: Vec<_> = (0..threads)
            .map(|thread| {
                let (from, to) = (thread * share + 1, ((thread + 1) * share).min(runs));
                scope.spawn(move || (from..=to).map(one).collect::<Vec<Result>>())
            })
            .collect();
        // Joined in order, so that the result does not depend on who is done first.
        for worker in workers {
            results.extend(worker.join().unwrap_or_default());
        }
    });
    results
}

fn components(
    view: &View<'_>,
    model: &Model,
    results: &[Result],
    world: &World<'_>,
    disruption: Option<Disruption>,
    trace: &[Entry],
) -> Vec<ComponentOutcome> {
    let mut outcomes = Vec::new();
    for (at, name) in view.design.components.keys().enumerate() {
        let of = |pick: fn(&Numbers) -> f64| -> Vec<f64> {
            results.iter().filter_map(|(components, ..)| components.get(at)).map(pick).collect()
        };
        let Some(numbers) = results.first().and_then(|(components, ..)| components.get(at)) else { continue };
        // People and other institutions' systems have nothing of ours to suffer.
        if model.components[at].home == super::model::Home::Nowhere {
            continue;
        }
        let share = alone(results.iter().filter_map(|(components, ..)| components.get(at)));
        let safe: Vec<f64> = of(|numbers| numbers.safe_state);
        let safe_state_s = if safe.iter().any(|value| value.is_nan()) { Spread::default() } else { Spread::of(&safe) };
        outcomes.push(ComponentOutcome {
            name: name.clone(),
            outcome: outcome(numbers, &of, share, Meets::default()),
            replicas_back_s: Spread::of(&of(|numbers| numbers.replicas_back)),
            safe_state_s,
            start_chain: start_chain(view, name, trace),
            restarts: Spread::of(&of(|numbers| numbers.restarts)),
            rate: model.components[at].rate,
            series: publish::series(world, at),
        });
    }
    // A component is held against the strictest promise of the functions that need it.
    for outcome in &mut outcomes {
        let needing =
            view.design.functions.keys().filter(|function| view.needed_by(function).contains(outcome.name.as_str()));
        for function in needing {
            let meets = meets(view, function, disruption, &outcome.outcome);
            let all = &mut outcome.outcome.meets;
            all.rto = both(all.rto, meets.rto);
            all.rpo = both(all.rpo, meets.rpo);
            all.availability = both(all.availability, meets.availability);
        }
    }
    outcomes
}

/// A component's start chain: from the moment its machine gets power back to its first answer.
fn start_chain(view: &View<'_>, name: &str, trace: &[Entry]) -> Option<StartChain> {
    let component = view.design.components.get(name)?;
    let within_s = component.start_chain.as_ref()?.within.value.value();
    let powered = trace.iter().find(|entry| {
        entry.what == What::BroughtBack && matches!(entry.object.kind, "machine" | "node" | "zone" | "site")
    })?;
    let answers = trace.iter().find(|entry| {
        entry.t_s >= powered.t_s && entry.what == What::Answers && entry.object.component.as_deref() == Some(name)
    });
    let reached_s = answers.map(|entry| entry.t_s - powered.t_s);
    Some(StartChain { reached_s, within_s, meets: reached_s.is_some_and(|reached| reached <= within_s + 1e-6) })
}

/// An outcome against what a function is promised for a disruption.
fn meets(view: &View<'_>, function: &str, disruption: Option<Disruption>, outcome: &Outcome) -> Meets {
    let Some(function) = view.design.functions.get(function) else { return Meets::default() };
    let recovery = function.recovery.as_ref();
    let objective = recovery.and_then(|recovery| recovery.stated().find(|(word, _)| Some(*word) == disruption));
    // Sums of decimal fractions are not exact: a microsecond is forgiven.
    let within = |reached: Option<f64>, most: f64| reached.is_some_and(|reached| reached <= most + 1e-6);
    let availability =
        function.availability.as_ref().map(|share| within(outcome.outage_s.fixed, (1.0 - share.value()) * YEAR_S));
    Meets {
        rto: objective.map(|(_, objective)| within(outcome.longest_outage_s.fixed, objective.rto.value())),
        rpo: objective.map(|(_, objective)| within(outcome.data_lost_s.fixed, objective.rpo.value())),
        availability,
    }
}

/// A year of 365.25 days, in seconds.
const YEAR_S: f64 = 365.25 * 86_400.0;

fn both(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a && b),
        (a, b) => a.or(b),
    }
}

fn functions(
    view: &View<'_>,
    results: &[Result],
    world: &World<'_>,
    disruption: Option<Disruption>,
) -> Vec<FunctionOutcome> {
    let mut outcomes = Vec::new();
    for (at, name) in view.design.functions.keys().enumerate() {
        let of = |pick: fn(&Numbers) -> f64| -> Vec<f64> {
            results.iter().filter_map(|(_, functions, _)| functions.get(at)).map(pick).collect()
        };
        let Some(numbers) = results.first().and_then(|(_, functions, _)| functions.get(at)) else { continue };
        let share = alone(results.iter().filter_map(|(_, functions, _)| functions.get(at)));
        let mut outcome = outcome(numbers, &of, share, Meets::default());
        outcome.meets = meets(view, name, disruption, &outcome);
        let series = world.functions[at].series.iter().map(|(t, share)| (in_seconds(*t), *share)).collect();
        outcomes.push(FunctionOutcome { name: name.clone(), outcome, series });
    }
    outcomes
}

fn alone<'n>(numbers: impl Iterator<Item = &'n Numbers>) -> f64 {
    let (mut alone, mut all) = (0.0, 0.0);
    for numbers in numbers {
        all += 1.0;
        if numbers.recovers == Recovery::Alone {
            alone += 1.0;
        }
    }
    if all > 0.0 { alone / all } else { 0.0 }
}

fn outcome(fixed: &Numbers, of: &dyn Fn(fn(&Numbers) -> f64) -> Vec<f64>, alone: f64, meets: Meets) -> Outcome {
    Outcome {
        outage_s: Spread::of(&of(|numbers| numbers.outage)),
        longest_outage_s: Spread::of(&of(|numbers| numbers.longest)),
        degraded_s: Spread::of(&of(|numbers| numbers.degraded)),
        failed_requests: Spread::of(&of(|numbers| numbers.failed)),
        failed_by: fixed.failed_by,
        data_lost_s: Spread::of(&of(|numbers| numbers.data_lost)),
        recovers: fixed.recovers,
        alone,
        meets,
    }
}
