//! A simulation for programs: `simulate --format json`, a promise (`"version": 1`).

use serde_json::{Value as Json, json};

use crate::analysis::simulation::{Campaign, ComponentOutcome, Entry, Lost, Outcome, Simulation, Spread, What};
use crate::source::{Lang, Show};

/// The whole answer of `simulate --format json` for one scenario or failure.
pub fn report(simulation: &Simulation, design: &str, scenario: Option<&str>, lang: Lang) -> Json {
    let mut out = json!({"version": 1, "design": design, "scenario": scenario});
    if let (Json::Object(out), Json::Object(rest)) = (&mut out, one(simulation, lang)) {
        out.extend(rest);
    }
    out
}

/// The whole answer for a campaign.
pub fn campaign(campaign: &Campaign, design: &str, lang: Lang) -> Json {
    json!({
        "version": 1,
        "design": design,
        "campaign": campaign.failures.iter().map(|lost| failure(lost, lang)).collect::<Vec<_>>(),
        "worst": campaign.worst.iter().map(|worst| json!({
            "function": worst.function,
            "disruption": worst.disruption.word(),
            "failure": format!("{} {}", worst.failure.verb, worst.failure.object),
            "rto_s": worst.rto_s,
            "reached_s": worst.reached_s,
            "rpo_s": worst.rpo_s,
            "lost_s": worst.lost_s,
            "meets": worst.meets,
        })).collect::<Vec<_>>(),
        "no_room": campaign.no_room.iter().map(|loss| json!({
            "cluster": loss.cluster,
            "loss": loss.loss.show(lang),
            "lost": loss.lost,
            "stranded": loss.stranded.iter().map(|(pod, why)| json!({"pod": pod, "why": why.show(lang)})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn failure(lost: &Lost, lang: Lang) -> Json {
    let mut out = json!({
        "scenario": Json::Null,
        "failure": {"verb": lost.failure.verb, "object": lost.failure.object, "disruption": lost.disruption.word()},
        "recovers": lost.recovers.word(),
        "mending": lost.mending.as_ref().map(|mending| json!({
            "component": mending.component,
            "because": mending.because.show(lang),
            "change": mending.change.show(lang),
            "path": mending.path,
        })),
    });
    if let (Json::Object(out), Json::Object(rest)) = (&mut out, one(&lost.simulation, lang)) {
        out.extend(rest);
    }
    out
}

fn one(simulation: &Simulation, lang: Lang) -> Json {
    let answer = |answer: &Option<crate::analysis::simulation::Answer>| {
        answer
            .as_ref()
            .map(|answer| json!({"text": answer.text.show(lang), "events": answer.entries, "facts": answer.facts}))
    };
    json!({
        "kubernetes": simulation.kubernetes,
        "runs": simulation.runs,
        "seed": simulation.seed,
        "failed_at_s": simulation.failed_at_s,
        "until_s": simulation.until_s,
        "components": simulation.components.iter().map(component).collect::<Vec<_>>(),
        "functions": simulation.functions.iter().map(|function| {
            let mut out = outcome(&function.outcome);
            if let Json::Object(out) = &mut out {
                out.insert("name".to_owned(), json!(function.name));
            }
            out
        }).collect::<Vec<_>>(),
        "events": simulation.trace.iter().map(|entry| event(entry, simulation, lang)).collect::<Vec<_>>(),
        "events_left_off": simulation.left_off,
        "answers": {
            "who": answer(&simulation.answers.who),
            "why": answer(&simulation.answers.why),
            "users": answer(&simulation.answers.users),
            "avoided": answer(&simulation.answers.avoided),
        },
        "assumptions": simulation.assumptions.iter().map(|assumed| json!({
            "path": assumed.path, "text": assumed.text.show(lang),
        })).collect::<Vec<_>>(),
    })
}

fn component(component: &ComponentOutcome) -> Json {
    let mut out = outcome(&component.outcome);
    if let Json::Object(out) = &mut out {
        out.insert("name".to_owned(), json!(component.name));
        out.insert("replicas_back_s".to_owned(), json!(component.replicas_back_s.p50));
        out.insert("safe_state_s".to_owned(), json!(component.safe_state_s.p50));
        out.insert("restarts".to_owned(), json!(component.restarts.p50));
    }
    out
}

fn outcome(outcome: &Outcome) -> Json {
    json!({
        "name": Json::Null,
        "outage_s": spread(&outcome.outage_s),
        "longest_outage_s": spread(&outcome.longest_outage_s),
        "degraded_s": outcome.degraded_s.p50,
        "failed_requests": outcome.failed_requests.p50,
        "data_lost_s": outcome.data_lost_s.p50,
        "recovers": outcome.recovers.word(),
        "meets": {"rto": outcome.meets.rto, "rpo": outcome.meets.rpo, "availability": outcome.meets.availability},
    })
}

fn spread(spread: &Spread) -> Json {
    json!({"p5": spread.p5, "p50": spread.p50, "p95": spread.p95, "min": spread.min, "max": spread.max})
}

fn event(entry: &Entry, simulation: &Simulation, lang: Lang) -> Json {
    let caused = entry.because.entry.and_then(|at| simulation.trace.get(at).map(|cause| (at, cause)));
    json!({
        "t": entry.t_s,
        "actor": entry.actor.said().en,
        "object": entry.object.label(),
        "what": word(entry.what),
        "text": entry.text.show(lang),
        "because": {
            "event": caused.map(|(at, _)| at),
            "text": caused.map(|(_, cause)| format!("{} {}", cause.actor.said().show(lang), cause.text.show(lang))),
            "fact": entry.because.ground.as_ref().map(|ground| ground.path.clone()),
            "says": entry.because.ground.as_ref().map(|ground| ground.text.show(lang)),
        },
    })
}

/// A stable word for what happened: `node-not-ready`. It is the variant's own name, so that it never
/// differs from what the trace means.
fn word(what: What) -> String {
    let name = format!("{what:?}");
    let name = name.split('(').next().unwrap_or_default();
    let mut out = String::new();
    for (i, letter) in name.chars().enumerate() {
        if letter.is_ascii_uppercase() && i > 0 {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_what_happened_are_kebab_case() {
        assert_eq!(word(What::NodeNotReady), "node-not-ready");
        assert_eq!(word(What::BackOff(10)), "back-off");
    }
}
