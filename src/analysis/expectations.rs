//! What a scenario expects, held against what follows by formula.
//!
//! Only what the timeline and the placement settle is answered: a share of requests, or what happens
//! after a second failure, is for the simulator to tell.

mod outage;

use super::derived::Derived;
use super::standing::recovery;
use super::timeline::{Step, Timeline, work_out};
use super::view::View;
use crate::design::model::Scenario;
use crate::design::model::component::{BackupKind, ReplicationMode};
use crate::design::model::scenario::{Expectation, Recovers};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Said, Show};

/// One limit on what one component may suffer.
#[derive(Debug, Clone)]
pub struct Expected<'a> {
    /// The component.
    pub component: &'a str,
    /// Which limit.
    pub limit: Limit,
    /// The limit as stated; it reads "at most".
    pub stated: Said,
    /// Its address: `lose-a-worker.expect.quote-app.outage`.
    pub path: String,
    /// What follows by formula; `None` where only a simulation can tell.
    pub answer: Option<Answer>,
}

/// What may be limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Time in which less than half of the requests are served.
    Outage,
    /// The share of requests that fail.
    FailedRequests,
    /// When all replicas are back.
    ReplicasBack,
    /// When the safe state is reached.
    SafeState,
    /// Writes that are lost.
    DataLost,
    /// How often a container is restarted.
    Restarts,
    /// Who makes it work again.
    Recovers,
}

impl Limit {
    /// What it is called.
    pub fn title(self) -> Said {
        match self {
            Limit::Outage => said!("outage", "interruption"),
            Limit::FailedRequests => said!("failed requests", "requêtes en échec"),
            Limit::ReplicasBack => said!("all replicas back", "tous les réplicas de retour"),
            Limit::SafeState => said!("safe state", "état sûr"),
            Limit::DataLost => said!("data lost", "données perdues"),
            Limit::Restarts => said!("restarts", "redémarrages"),
            Limit::Recovers => said!("recovers", "reprise"),
        }
    }
}

/// What follows by formula, and whether it keeps the limit.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The value in words, with its formula.
    pub value: Derived<Said>,
    /// Whether it keeps the limit.
    pub held: Held,
}

/// Whether a limit is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Whenever it falls within its interval.
    Always,
    /// On average or at best, not at worst.
    NotAlways,
    /// Never.
    Never,
}

/// A time that can fall into an interval, in seconds; infinite where it does not end.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    least: f64,
    mean: f64,
    most: f64,
}

/// Every expectation of a scenario, in the order of the text.
pub fn expectations<'a>(view: &View<'a>, scenario: &'a Scenario) -> Vec<Expected<'a>> {
    let asked = Asked { view, scenario, timeline: work_out(view.workspace, scenario, view.today) };
    scenario.expect.iter().flat_map(|(component, expectation)| asked.of(component, expectation)).collect()
}

struct Asked<'v, 'a> {
    view: &'v View<'a>,
    scenario: &'a Scenario,
    timeline: Option<Timeline>,
}

impl<'a> Asked<'_, 'a> {
    fn of(&self, component: &'a str, expectation: &'a Expectation) -> Vec<Expected<'a>> {
        let mut found = Vec::new();
        let mut push = |limit: Limit, key: &str, stated: Option<Said>, answer: Option<Answer>| {
            let path = format!("{}.expect.{component}.{key}", self.scenario.name.0);
            if let Some(stated) = stated {
                found.push(Expected { component, limit, stated, path, answer });
            }
        };
        let time = |limit: &crate::design::quantity::Duration| Said::by(|lang| limit.show(lang));
        let outage = expectation.outage.as_ref();
        let answer = outage.and_then(|limit| Some(against(self.outage(component)?, limit.value())));
        push(Limit::Outage, "outage", outage.map(time), answer);
        let failed = expectation.failed_requests.as_ref();
        push(Limit::FailedRequests, "failed_requests", failed.map(|share| Said::by(|lang| share.show(lang))), None);
        let back = expectation.replicas_back.as_ref();
        let answer = back.and_then(|limit| Some(against(self.step_of(component, &["ready"])?, limit.value())));
        push(Limit::ReplicasBack, "replicas_back", back.map(time), answer);
        let safe = expectation.safe_state_in.as_ref();
        let answer = safe.and_then(|limit| Some(against(self.step_of(component, &["safe-state"])?, limit.value())));
        push(Limit::SafeState, "safe_state_in", safe.map(time), answer);
        let lost = expectation.data_lost.as_ref();
        let answer = lost.and_then(|limit| Some(against(self.data_lost(component)?, limit.value())));
        push(Limit::DataLost, "data_lost", lost.map(time), answer);
        let restarts = expectation.restarts;
        let answer = restarts.and_then(|limit| self.restarts(component, limit));
        push(Limit::Restarts, "restarts", restarts.map(|n| Said::by(|lang| n.show(lang))), answer);
        let recovers = expectation.recovers;
        push(
            Limit::Recovers,
            "recovers",
            recovers.map(by_whom),
            recovers.and_then(|limit| self.recovers(component, limit)),
        );
        found
    }

    /// The last step of these names that was worked out from facts of a component.
    fn step(&self, component: &str, ids: &[&str]) -> Option<&Step> {
        let of = format!("{}.", self.view.path(&format!("components.{component}")));
        let steps = self.timeline.as_ref()?.steps.iter().rev();
        let restored = |step: &Step| step.id == "restored" && self.corrupted() == Some(component);
        steps
            .filter(|step| ids.contains(&step.id))
            .find(|step| restored(step) || step.at.facts.iter().any(|fact| fact.starts_with(&of)))
    }

    fn step_of(&self, component: &str, ids: &[&str]) -> Option<Derived<Span>> {
        let step = self.step(component, ids)?;
        let (least, most) = step.interval_s;
        Some(step.at.clone().map(|mean| Span { least, mean, most }).from_facts(recovery(self.view, component)))
    }

    /// The component whose data become wrong.
    fn corrupted(&self) -> Option<&str> {
        let (verb, object) = self.scenario.events.first()?.what();
        (verb == "corrupt").then(|| object.rsplit('/').next().unwrap_or(object))
    }

    fn data_lost(&self, component: &str) -> Option<Derived<Span>> {
        let facts = self.view.design.components.get(component)?;
        let path = |key: &str| self.view.path(&format!("components.{component}.{key}"));
        let none = Span { least: 0.0, mean: 0.0, most: 0.0 };
        if self.corrupted() == Some(component) {
            // A log goes on up to the mistake; else all since the last copy is lost.
            let log = facts.backups.iter().find(|(_, backup)| backup.kind == BackupKind::Log);
            let finest = || facts.backups.iter().min_by(|(_, a), (_, b)| a.every.value().total_cmp(&b.every.value()));
            let (name, backup) = log.or_else(finest)?;
            let most = backup.every.value();
            let formula = said!("{name}, every {every}", "{name}, tous les {every}", every = backup.every);
            let span = Span { least: 0.0, mean: most / 2.0, most };
            return Some(
                Derived::new(span, formula)
                    .from_fact(path(&format!("backups.{name}.every")))
                    .from_fact(path(&format!("backups.{name}.kind"))),
            );
        }
        let (hit, all) = self.hit(component)?;
        if hit == 0 {
            let formula = said!("it is not hit", "il n’est pas touché");
            return Some(
                Derived::new(none, formula).from_facts(recovery(self.view, component)).from_facts(self.events()),
            );
        }
        let replication = facts.replication.as_ref()?;
        let strict = replication.mode == ReplicationMode::Synchronous && replication.strict == Some(true);
        let formula = said!(
            "strictly synchronous: no write counts before a copy has it",
            "strictement synchrone : aucune écriture ne compte avant d’être copiée"
        );
        let derived =
            Derived::new(none, formula).from_fact(path("replication.mode")).from_fact(path("replication.strict"));
        let derived = derived.from_facts(recovery(self.view, component)).from_facts(self.events());
        (strict && hit < all).then_some(derived)
    }

    /// A hang ends in as many restarts as the timeline shows; a leak goes on, and is simulated.
    fn restarts(&self, component: &str, limit: u32) -> Option<Answer> {
        let (verb, _) = self.scenario.events.first().filter(|_| self.one_failure())?.what();
        let step = self.step(component, &["restarted"]).filter(|_| verb == "hang")?;
        let formula = said!("once, after {time}", "une fois, après {time}", time = seconds(step.at.value));
        let value = Derived::new(said!("{n}", "{n}", n = 1), formula)
            .from_facts(step.at.facts.iter().cloned())
            .from_facts(self.events());
        Some(Answer { value, held: if limit >= 1 { Held::Always } else { Held::Never } })
    }

    fn recovers(&self, component: &str, limit: Recovers) -> Option<Answer> {
        let back = self.step(component, &["ready", "restarted", "restored", "promoted"])?;
        let steps = self.timeline.as_ref()?.steps.iter();
        let by_a_person = steps.filter(|step| step.at.value <= back.at.value).find(|step| step.actor.en == "a person");
        let who = if by_a_person.is_some() { Recovers::WithHuman } else { Recovers::Alone };
        let formula = match by_a_person {
            Some(step) => said!("a person {what}", "une personne {what}", what = step.what),
            None => said!("{actor}: {what}", "{actor} : {what}", actor = back.actor, what = back.what),
        };
        let value = Derived::new(by_whom(who), formula)
            .from_facts(back.at.facts.iter().cloned())
            .from_facts(recovery(self.view, component))
            .from_facts(self.events());
        let held = if limit == Recovers::WithHuman || who == Recovers::Alone { Held::Always } else { Held::Never };
        Some(Answer { value, held })
    }
}

fn by_whom(who: Recovers) -> Said {
    match who {
        Recovers::Alone => said!("alone", "tout seul"),
        Recovers::WithHuman => said!("with somebody’s help", "avec une intervention"),
    }
}

/// A time against its limit, in seconds; sums of decimal fractions are not exact.
fn against(found: Derived<Span>, limit: f64) -> Answer {
    let Span { least, mean, most } = found.value;
    let held = if most <= limit + 1e-9 {
        Held::Always
    } else if least > limit + 1e-9 {
        Held::Never
    } else {
        Held::NotAlways
    };
    let text = if !most.is_finite() {
        said!("it does not end", "elle ne finit pas")
    } else if most - least > 0.5 {
        said!(
            "{mean}, between {least} and {most}",
            "{mean}, entre {least} et {most}",
            mean = seconds(mean),
            least = seconds(least),
            most = seconds(most)
        )
    } else {
        seconds(mean)
    };
    Answer { value: found.map(|_| text), held }
}

#[cfg(test)]
mod tests;
