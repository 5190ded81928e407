//! What was promised for the moment after a failure: where on an axis of time it stands.

use super::Run;
use crate::analysis::simulation::What;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Said, Show};

/// A promise as a moment after the failure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Promise {
    /// When it is due, in seconds after the failure.
    pub by_s: f64,
    /// What is due: "RTO 2 min".
    pub text: Said,
    /// The address of the fact that promises it.
    pub fact: String,
}

/// More than this crowd a picture.
const MOST: usize = 3;

/// What is promised of the components that a figure is about, the soonest first: the recovery times of
/// the functions that need them, fault tolerant time intervals, and the budgets of starts.
pub(super) fn promises(run: &Run<'_>, focus: &[String]) -> Vec<Promise> {
    let (view, simulation) = (&run.view, &run.simulation);
    let mut found: Vec<Promise> = Vec::new();
    let mut due = |by_s: f64, text: Said, fact: String| {
        if !found.iter().any(|other| other.text == text) {
            found.push(Promise { by_s, text, fact: view.path(&fact) });
        }
    };
    for (name, function) in &view.design.functions {
        let needed = view.needed_by(name);
        if !focus.iter().any(|component| needed.contains(component.as_str())) {
            continue;
        }
        let recovery = function.recovery.as_ref();
        let stated = recovery
            .and_then(|recovery| recovery.stated().find(|(disruption, _)| Some(*disruption) == simulation.disruption));
        if let Some((_, objective)) = stated {
            // The clock of an objective starts with the outage, not with what leads to it.
            let Some(since_s) = suffers_from(run, focus) else { continue };
            due(
                since_s + objective.rto.value(),
                said!("RTO {rto}", "RTO {rto}", rto = objective.rto),
                format!("functions.{name}.recovery"),
            );
        }
    }
    for name in focus {
        let Some(component) = view.design.components.get(name) else { continue };
        let reached = simulation.component(name);
        if let Some(safety) = component.safety.as_ref().filter(|_| {
            // Where no fault reaches it there is nothing to react to.
            reached.is_some_and(|component| component.safe_state_s.fixed.is_some_and(|after| after > 0.0))
        }) {
            due(
                safety.ftti.value(),
                said!("FTTI {ftti}", "FTTI {ftti}", ftti = safety.ftti),
                format!("components.{name}.safety.ftti"),
            );
        }
        if let Some(chain) = reached.and_then(|component| component.start_chain.as_ref()) {
            let powered = simulation.trace.iter().find(|entry| {
                entry.what == What::BroughtBack && matches!(entry.object.kind, "machine" | "node" | "zone" | "site")
            });
            if let Some(powered) = powered {
                let by_s = powered.t_s - simulation.failed_at_s + chain.within_s;
                let text = said!("start budget {t}", "budget de démarrage {t}", t = seconds(chain.within_s));
                due(by_s, text, format!("components.{name}.start_chain.within"));
            }
        }
    }
    found.sort_by(|a, b| a.by_s.total_cmp(&b.by_s));
    found.truncate(MOST);
    found
}

/// Whether the recovery times of the functions that a figure is about are kept: a line on an axis does not
/// say what it is held against.
pub(super) fn kept(run: &Run<'_>, focus: &[String]) -> Said {
    let mut told: Vec<Said> = Vec::new();
    for function in &run.simulation.functions {
        let needed = run.view.needed_by(&function.name);
        let Some(kept) = function.outcome.meets.rto else { continue };
        if !focus.iter().any(|component| needed.contains(component.as_str())) {
            continue;
        }
        let (name, outcome) = (&function.name, &function.outcome);
        if outcome.outage_s.fixed == Some(0.0) {
            if outcome.failed_requests.fixed.is_some_and(|share| share > 0.0) {
                told.push(said!(
                    "That is no outage: the RTO of {name} does not start.",
                    "Ce n’est pas une coupure : le RTO de {name} ne court pas."
                ));
            }
        } else if kept {
            told.push(said!("The outage of {name} keeps its RTO.", "La coupure de {name} tient son RTO."));
        } else {
            told.push(said!("The outage of {name} misses its RTO.", "La coupure de {name} dépasse son RTO."));
        }
    }
    Said::join(&told, " ")
}

/// When the outage of what a figure is about begins, in seconds after the failure; where less is lost than
/// makes an outage, when something is.
fn suffers_from(run: &Run<'_>, focus: &[String]) -> Option<f64> {
    let failed_at = run.simulation.failed_at_s;
    let samples = || {
        let components = focus.iter().filter_map(|name| run.simulation.component(name));
        components.flat_map(|component| &component.series).filter(|sample| sample.t_s >= failed_at)
    };
    let first = |below: f64| {
        samples().filter(|sample| sample.served < below).map(|sample| sample.t_s - failed_at).min_by(f64::total_cmp)
    };
    first(0.5).or_else(|| first(1.0))
}

/// The promises that stand on an axis up to its end, and in words those that are due only later.
pub(super) fn on_axis(promises: &[Promise], end: f64, lang: crate::source::Lang) -> (Vec<(f64, String)>, Vec<String>) {
    let (on, later): (Vec<&Promise>, Vec<&Promise>) = promises.iter().partition(|promise| promise.by_s <= end);
    let words = |promise: &Promise| promise.text.show(lang);
    (on.iter().map(|promise| (promise.by_s, words(promise))).collect(), later.into_iter().map(words).collect())
}

/// Where an axis ends that shows what happens: at what is promised, if that is not much later.
pub(super) fn until(promises: &[Promise], end: f64) -> f64 {
    let near = promises.iter().map(|promise| promise.by_s * 1.06).filter(|by| *by <= end * NEAR);
    near.fold(end, f64::max)
}

/// How much longer an axis may become for a promise to stand on it.
const NEAR: f64 = 1.8;
