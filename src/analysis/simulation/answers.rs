//! The lab's questions, answered from the trace.

use super::mending::mend;
use super::outcome::{ComponentOutcome, Outcome, Recovery, Simulation};
use super::trace::{Entry, What};
use crate::analysis::view::View;
use crate::design::quantity::{Share, seconds};
use crate::said;
use crate::source::Said;

/// What may be asked of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Who repaired it?
    Who,
    /// Why?
    Why,
    /// What did users see?
    Users,
    /// What would have avoided it?
    Avoided,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The answer in one or two sentences.
    pub text: Said,
    /// The entries it rests on, as indices into the trace, causes first.
    pub entries: Vec<usize>,
    /// The addresses of the facts it rests on.
    pub facts: Vec<String>,
}

/// The four answers; one is empty where there is nothing to say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers {
    /// Who recreated, restarted or promoted what.
    pub who: Option<Answer>,
    /// The chain of causes back to the failure.
    pub why: Option<Answer>,
    /// What users saw.
    pub users: Option<Answer>,
    /// What would have avoided it.
    pub avoided: Option<Answer>,
}

/// The answers of a run.
pub(super) fn answers(view: &View<'_>, simulation: &Simulation) -> Answers {
    let Some(focus) = focus(simulation) else {
        return Answers { users: Some(nothing_noticed()), ..Answers::default() };
    };
    let repair = repair(simulation, &focus.name);
    Answers {
        who: who(simulation, focus, repair),
        why: repair.and_then(|at| why(simulation, at)),
        users: Some(users(view, simulation, focus)),
        avoided: avoided(view, simulation, focus),
    }
}

/// The component that suffers most by itself, else the first that the trace names.
fn focus(simulation: &Simulation) -> Option<&ComponentOutcome> {
    let own = |outcome: &ComponentOutcome| {
        let failed = &outcome.outcome.failed_by;
        failed.total() - failed.dependency
    };
    let named = |outcome: &&ComponentOutcome| {
        simulation.trace.iter().any(|entry| entry.object.component.as_deref() == Some(outcome.name.as_str()))
    };
    let mut worst: Option<&ComponentOutcome> = None;
    for outcome in simulation.components.iter().filter(named) {
        if worst.is_none_or(|worst| own(outcome) > own(worst)) {
            worst = Some(outcome);
        }
    }
    let first = simulation.trace.iter().find_map(|entry| entry.object.component.as_deref());
    match worst {
        Some(worst) if own(worst) > 0.0 => Some(worst),
        _ => simulation.components.iter().find(|outcome| Some(outcome.name.as_str()) == first).or(worst),
    }
}

/// The entry by which a component is repaired: the first that creates, restarts, promotes or brings back.
fn repair(simulation: &Simulation, component: &str) -> Option<usize> {
    let failed_at = simulation.failed_at_s;
    let of = |entry: &Entry| entry.object.component.as_deref() == Some(component);
    let later = |what: fn(What) -> bool| {
        let mut entries = simulation.trace.iter().enumerate();
        entries.find(|(_, entry)| entry.t_s >= failed_at && of(entry) && what(entry.what)).map(|(at, _)| at)
    };
    later(|what| matches!(what, What::Promoted | What::Restored))
        .or_else(|| later(|what| what == What::Created))
        .or_else(|| later(|what| what == What::ContainerStarted))
        .or_else(|| later(|what| what == What::TakenOut))
}

fn who(simulation: &Simulation, focus: &ComponentOutcome, repair: Option<usize>) -> Option<Answer> {
    let name = focus.name.as_str();
    let Some(at) = repair else {
        let text = if focus.outcome.recovers == Recovery::Alone {
            return None;
        } else {
            said!("Nobody: `{name}` does not come back by itself.", "Personne : `{name}` ne revient pas de lui-même.")
        };
        return Some(Answer { text, entries: Vec::new(), facts: Vec::new() });
    };
    let entry = simulation.trace.get(at)?;
    let (object, after) = (entry.object.name.as_str(), seconds(entry.t_s - simulation.failed_at_s));
    let actor = entry.actor.said();
    let what = match entry.what {
        What::Created => said!(
            "The {actor} created `{object}` after {after}",
            "{actor} a créé `{object}` après {after}",
            actor = actor,
            after = after
        ),
        What::Promoted => said!(
            "{actor} made `{object}` the primary after {after}",
            "{actor} a promu `{object}` primaire après {after}",
            actor = actor,
            after = after
        ),
        What::ContainerStarted => said!(
            "The {actor} started `{object}` again after {after}",
            "{actor} a relancé `{object}` après {after}",
            actor = actor,
            after = after
        ),
        What::Restored => said!(
            "A person restored `{object}` after {after}",
            "Une personne a restauré `{object}` après {after}",
            after = after
        ),
        _ => said!("{text}, after {after}", "{text}, après {after}", text = entry.text, after = after),
    };
    let back = focus.replicas_back_s.fixed.filter(|back| *back > 0.0);
    let text = match (back, entry.what) {
        (_, What::Restored) => said!("{what}.", "{what}.", what = what),
        (Some(back), _) => said!(
            "{what}; as many as before were ready after {back}.",
            "{what} ; autant qu’avant étaient prêts après {back}.",
            what = what,
            back = seconds(back)
        ),
        (None, _) if focus.replicas_back_s.fixed.is_none() => said!(
            "{what}; it never became as many as before.",
            "{what} ; il n’y en a jamais eu autant qu’avant.",
            what = what
        ),
        (None, _) => said!("{what}.", "{what}.", what = what),
    };
    let text = Said { en: capital(&text.en), fr: capital(&text.fr) };
    let mut facts: Vec<String> = entry.because.ground.iter().map(|ground| ground.path.clone()).collect();
    facts.sort();
    Some(Answer { text, entries: vec![at], facts })
}

/// The chain of causes of an entry, the failure first.
pub(super) fn chain(trace: &[Entry], at: usize) -> Vec<usize> {
    let mut chain = vec![at];
    let mut here = at;
    // Causes are earlier entries, so that the chain ends.
    while let Some(cause) = trace.get(here).and_then(|entry| entry.because.entry).filter(|cause| *cause < here) {
        chain.push(cause);
        here = cause;
    }
    chain.reverse();
    chain
}

fn why(simulation: &Simulation, at: usize) -> Option<Answer> {
    let entries = chain(&simulation.trace, at);
    let failed_at = simulation.failed_at_s;
    let mut steps = Vec::new();
    let mut facts = Vec::new();
    for at in &entries {
        let entry = simulation.trace.get(*at)?;
        let after = entry.t_s - failed_at;
        let actor = entry.actor.said();
        let step = match (steps.is_empty(), after > 0.0) {
            (true, _) => entry.text.clone(),
            (false, true) => said!(
                "{actor}: {text} ({after})",
                "{actor} : {text} ({after})",
                actor = actor,
                text = entry.text,
                after = seconds(after)
            ),
            (false, false) => said!("{actor}: {text}", "{actor} : {text}", actor = actor, text = entry.text),
        };
        facts.extend(entry.because.ground.iter().map(|ground| ground.path.clone()));
        steps.push(step);
    }
    let text = Said::join(&steps, " → ");
    Some(Answer { text: Said { en: capital(&text.en) + ".", fr: capital(&text.fr) + "." }, entries, facts })
}

fn nothing_noticed() -> Answer {
    let text = said!("Users noticed nothing.", "Les utilisateurs n’ont rien vu.");
    Answer { text, entries: Vec::new(), facts: Vec::new() }
}

/// What users of the function that suffers most saw; without functions, what callers of the component saw.
fn users(view: &View<'_>, simulation: &Simulation, focus: &ComponentOutcome) -> Answer {
    let failing = |outcome: &Outcome| outcome.failed_requests.fixed.unwrap_or(0.0);
    let mut worst: Option<(&str, &Outcome)> = None;
    for function in &simulation.functions {
        if worst.is_none_or(|(_, outcome)| failing(&function.outcome) > failing(outcome)) {
            worst = Some((&function.name, &function.outcome));
        }
    }
    let (name, outcome) = match worst {
        Some((name, outcome))
            if failing(outcome) > 0.0 || simulation.functions.len() == view.design.functions.len() =>
        {
            (name, outcome)
        }
        _ => (focus.name.as_str(), &focus.outcome),
    };
    if failing(outcome) <= 0.0 {
        return nothing_noticed();
    }
    let share = Share::of(failing(outcome));
    let cause = focus
        .outcome
        .failed_by
        .named()
        .into_iter()
        .filter(|(_, share)| *share > 0.0)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let cause = cause.map_or_else(Said::default, |(cause, _)| cause);
    let text = match (outcome.outage_s.fixed, outcome.degraded_s.fixed) {
        (None, _) => said!(
            "`{name}` does not come back within the run: {share} of its requests fail ({cause}).",
            "`{name}` ne revient pas pendant la simulation : {share} de ses requêtes échouent ({cause}).",
            share = share,
            cause = cause
        ),
        (Some(outage), _) if outage > 0.0 => said!(
            "`{name}` was out for {outage}: {share} of the run’s requests failed ({cause}).",
            "`{name}` a été interrompu {outage} : {share} des requêtes de la simulation ont échoué ({cause}).",
            outage = seconds(outage),
            share = share,
            cause = cause
        ),
        (_, Some(degraded)) => said!(
            "`{name}` went on; for {degraded} some requests failed, {share} of the run’s ({cause}).",
            "`{name}` a continué ; pendant {degraded} des requêtes ont échoué, {share} de celles de la simulation ({cause}).",
            degraded = seconds(degraded),
            share = share,
            cause = cause
        ),
        (_, None) => said!(
            "`{name}` goes on with less: {share} of the run’s requests fail ({cause}).",
            "`{name}` continue avec moins : {share} des requêtes de la simulation échouent ({cause}).",
            share = share,
            cause = cause
        ),
    };
    let facts = vec![view.path(&format!("components.{}", focus.name))];
    Answer { text, entries: Vec::new(), facts }
}

fn avoided(view: &View<'_>, simulation: &Simulation, focus: &ComponentOutcome) -> Option<Answer> {
    let mending = mend(view, simulation, focus)?;
    let text =
        said!("{change}: {because}.", "{change} : {because}.", change = mending.change, because = mending.because);
    let text = Said { en: capital(&text.en), fr: capital(&text.fr) };
    Some(Answer { text, entries: Vec::new(), facts: vec![mending.path] })
}

/// A sentence starts with a capital letter, unless it starts with a name.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}
