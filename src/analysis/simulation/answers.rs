//! The lab's questions, answered from the trace.

use super::mending::mend;
use super::outcome::{ComponentOutcome, Outcome, Recovery, Simulation};
use super::trace::{Entry, What};
use crate::analysis::view::View;
use crate::design::quantity::seconds;
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
pub(super) fn answers(view: &View<'_>, simulation: &Simulation, asked: &[&str]) -> Answers {
    // Where a scenario asks about something that suffers, the answers are about that.
    let suffers = |outcome: &&ComponentOutcome| {
        outcome.outcome.failed_by.total() > 0.0
            || outcome.replicas_back_s.fixed != Some(0.0)
            || outcome.restarts.fixed > Some(0.0)
    };
    let asked = asked.iter().filter_map(|name| simulation.component(name)).find(suffers);
    let Some(focus) = asked.or_else(|| focus(view, simulation)) else {
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

/// The component that suffers most by itself, among those that a function needs where one of them
/// suffers; else the first that the trace names.
fn focus<'s>(view: &View<'_>, simulation: &'s Simulation) -> Option<&'s ComponentOutcome> {
    let own = |outcome: &ComponentOutcome| {
        let failed = &outcome.outcome.failed_by;
        failed.total() - failed.dependency
    };
    let named = |outcome: &&ComponentOutcome| {
        simulation.trace.iter().any(|entry| entry.object.component.as_deref() == Some(outcome.name.as_str()))
    };
    let mut worst: Option<(&ComponentOutcome, (bool, f64))> = None;
    for outcome in simulation.components.iter().filter(named) {
        let weight = (own(outcome) > 0.0 && view.is_needed(&outcome.name), own(outcome));
        let more = |most: &(bool, f64)| weight.0.cmp(&most.0).then(weight.1.total_cmp(&most.1)).is_gt();
        if worst.as_ref().is_none_or(|(_, most)| more(most)) {
            worst = Some((outcome, weight));
        }
    }
    let first = simulation.trace.iter().find_map(|entry| entry.object.component.as_deref());
    match worst {
        Some((worst, (_, suffered))) if suffered > 0.0 => Some(worst),
        _ => {
            let named_first = simulation.components.iter().find(|outcome| Some(outcome.name.as_str()) == first);
            named_first.or(worst.map(|(worst, _)| worst))
        }
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
    let object = entry.object.name.as_str();
    let wait = seconds(entry.t_s - simulation.failed_at_s);
    let after = if entry.t_s > simulation.failed_at_s {
        said!("after {wait}", "après {wait}", wait = wait)
    } else {
        said!("at once", "aussitôt")
    };
    let actor = entry.actor.the();
    let what = match entry.what {
        What::Created => said!(
            "{actor} created `{object}` {after}",
            "{actor} a créé `{object}` {after}",
            actor = actor,
            after = after
        ),
        What::Promoted => said!(
            "{actor} made `{object}` the primary {after}",
            "{actor} a promu `{object}` primaire {after}",
            actor = actor,
            after = after
        ),
        What::ContainerStarted => said!(
            "{actor} started `{object}` again {after}",
            "{actor} a relancé `{object}` {after}",
            actor = actor,
            after = after
        ),
        What::Restored => {
            said!("A person restored `{object}` {after}", "Une personne a restauré `{object}` {after}", after = after)
        }
        _ => said!("{text}, {after}", "{text}, {after}", text = entry.text, after = after),
    };
    let back = focus.replicas_back_s.fixed.filter(|back| *back > 0.0);
    let text = match (back, entry.what) {
        (_, What::Restored) => said!("{what}.", "{what}.", what = what),
        (Some(back), _) => said!(
            "{what}; all of `{name}` was ready again after {back}.",
            "{what} ; tout `{name}` était de nouveau prêt après {back}.",
            what = what,
            back = seconds(back)
        ),
        (None, _) if focus.replicas_back_s.fixed.is_none() => said!(
            "{what}; `{name}` does not come back to full strength within the run.",
            "{what} ; `{name}` ne retrouve pas son effectif pendant la simulation.",
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
    let share = crate::analysis::expectations::share(Some(failing(outcome)));
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
    let text = said!(
        "{change}, because {because}.",
        "{change}, car {because}.",
        change = mending.change,
        because = mending.because
    );
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
