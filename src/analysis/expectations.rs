//! What a scenario expects, held against what its simulation gives.

use super::derived::Derived;
use super::simulation::{ComponentOutcome, Recovery, Simulation, Spread};
use super::standing::recovery;
use super::view::View;
use crate::design::model::Scenario;
use crate::design::model::scenario::{Expectation, Recovers};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Diagnostic, Said, Show};

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
    /// What the simulation gives; `None` where it does not follow that component.
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
            Limit::Outage => said!("outage", "coupure"),
            Limit::FailedRequests => said!("failed requests", "requêtes en échec"),
            Limit::ReplicasBack => said!("all replicas back", "tous les réplicas de retour"),
            Limit::SafeState => said!("safe state", "état sûr"),
            Limit::DataLost => said!("data lost", "données perdues"),
            Limit::Restarts => said!("restarts", "redémarrages"),
            Limit::Recovers => said!("recovers", "reprise"),
        }
    }
}

/// What the simulation gives, and whether it keeps the limit.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The value in words, with what most runs stay between.
    pub value: Derived<Said>,
    /// Whether it keeps the limit.
    pub held: Held,
}

/// Whether a limit is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In every run.
    Always,
    /// In some runs, not in all.
    NotAlways,
    /// In none.
    Never,
}

/// Every expectation of a scenario, in the order of the text.
pub fn expectations<'a>(view: &View<'a>, scenario: &'a Scenario, simulation: &Simulation) -> Vec<Expected<'a>> {
    let asked = Asked { view, scenario, simulation };
    scenario.expect.iter().flat_map(|(component, expectation)| asked.of(component, expectation)).collect()
}

/// The expectations that a simulation does not keep, each where it is written.
pub fn unmet(view: &View<'_>, scenario: &Scenario, simulation: &Simulation) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for expected in expectations(view, scenario, simulation) {
        let Some(place) = view.workspace.place(&expected.path) else { continue };
        let (component, limit, stated) = (expected.component, expected.limit.title(), &expected.stated);
        let Some(answer) = expected.answer else {
            let message = said!(
                "nothing of ours runs `{component}`: its {limit} cannot be simulated",
                "rien à nous ne fait tourner `{component}` : sa {limit} ne se simule pas",
                limit = limit
            );
            found.push(Diagnostic::error("simulation/nothing-to-simulate", place, message).path(expected.path));
            continue;
        };
        let value = &answer.value;
        let message = match answer.held {
            Held::Always => continue,
            Held::Never => said!(
                "{limit} of `{component}`: {value} simulated, at most {stated} expected",
                "{limit} de `{component}` : {value} par simulation, au plus {stated} attendu",
                limit = limit,
                value = value.value,
                stated = stated
            ),
            Held::NotAlways => said!(
                "{limit} of `{component}`: at most {stated} expected, and not every run keeps it: {value} {formula}",
                "{limit} de `{component}` : au plus {stated} attendu, et tous les passages ne le tiennent pas : {value} {formula}",
                limit = limit,
                value = value.value,
                stated = stated,
                formula = value.formula
            ),
        };
        let mut diagnostic = Diagnostic::error("simulation/expectation-not-met", place, message).path(expected.path);
        if let Some(users) = &simulation.answers.users {
            diagnostic = diagnostic.help(users.text.clone());
        }
        found.push(diagnostic);
    }
    found
}

struct Asked<'v, 'a> {
    view: &'v View<'a>,
    scenario: &'a Scenario,
    simulation: &'v Simulation,
}

impl<'a> Asked<'_, 'a> {
    fn of(&self, component: &'a str, expectation: &'a Expectation) -> Vec<Expected<'a>> {
        let outcome = self.simulation.component(component);
        let mut found = Vec::new();
        let mut push = |limit: Limit, key: &str, stated: Option<Said>, answer: Option<Answer>| {
            let path = format!("{}.expect.{component}.{key}", self.scenario.name.0);
            if let Some(stated) = stated {
                found.push(Expected { component, limit, stated, path, answer });
            }
        };
        let time = |limit: &crate::design::quantity::Duration| Said::by(|lang| limit.show(lang));
        let times = |spread: fn(&ComponentOutcome) -> &Spread, limit: f64| {
            outcome.map(|outcome| self.against(component, spread(outcome), limit, &lasting))
        };
        let limit = expectation.outage.as_ref();
        let answer = limit.and_then(|limit| times(|outcome| &outcome.outcome.outage_s, limit.value()));
        push(Limit::Outage, "outage", limit.map(time), answer);
        let limit = expectation.failed_requests.as_ref();
        let answer = limit.and_then(|limit| {
            outcome.map(|outcome| self.against(component, &outcome.outcome.failed_requests, limit.value(), &share))
        });
        push(Limit::FailedRequests, "failed_requests", limit.map(|share| Said::by(|lang| share.show(lang))), answer);
        let limit = expectation.replicas_back.as_ref();
        let answer = limit.and_then(|limit| times(|outcome| &outcome.replicas_back_s, limit.value()));
        push(Limit::ReplicasBack, "replicas_back", limit.map(time), answer);
        let limit = expectation.safe_state_in.as_ref();
        let answer = limit.and_then(|limit| times(|outcome| &outcome.safe_state_s, limit.value()));
        push(Limit::SafeState, "safe_state_in", limit.map(time), answer);
        let limit = expectation.data_lost.as_ref();
        let answer = limit.and_then(|limit| times(|outcome| &outcome.outcome.data_lost_s, limit.value()));
        push(Limit::DataLost, "data_lost", limit.map(time), answer);
        let limit = expectation.restarts;
        let count = |value: Option<f64>| Said::by(|lang| value.map_or_else(|| "∞".to_owned(), |n| n.show(lang)));
        let answer = limit.and_then(|limit| {
            outcome.map(|outcome| self.against(component, &outcome.restarts, f64::from(limit), &count))
        });
        push(Limit::Restarts, "restarts", limit.map(|n| Said::by(|lang| n.show(lang))), answer);
        let limit = expectation.recovers;
        let answer = limit.zip(outcome).map(|(limit, outcome)| self.recovers(component, outcome, limit));
        push(Limit::Recovers, "recovers", limit.map(by_whom), answer);
        found
    }

    /// A number of every run against a limit.
    fn against(&self, component: &str, spread: &Spread, limit: f64, words: &dyn Fn(Option<f64>) -> Said) -> Answer {
        // Sums of times are not exact; no limit is as fine as this.
        let keeps = |value: Option<f64>| value.is_some_and(|value| value <= limit + 1e-9);
        let held = if keeps(spread.max) && keeps(spread.fixed) {
            Held::Always
        } else if keeps(spread.min) || keeps(spread.fixed) {
            Held::NotAlways
        } else {
            Held::Never
        };
        let mut formula = if spread.p5 == spread.p95 {
            said!("simulated", "simulé")
        } else {
            said!(
                "simulated; 19 of 20 runs from {low} to {high}",
                "simulé ; 19 passages sur 20 de {low} à {high}",
                low = words(spread.p5),
                high = words(spread.p95)
            )
        };
        if held == Held::Always {
            // What the worst run leaves of the limit.
            let worst = spread.max.into_iter().chain(spread.fixed).fold(0.0, f64::max);
            let spare = if limit - worst > 1e-9 {
                said!("{spare} to spare", "{spare} de marge", spare = words(Some(limit - worst)))
            } else {
                said!("nothing to spare", "sans marge")
            };
            formula = Said::join(&[formula, spare], "; ");
        }
        Answer { value: Derived::new(words(spread.fixed), formula).from_facts(self.facts(component)), held }
    }

    fn recovers(&self, component: &str, outcome: &ComponentOutcome, limit: Recovers) -> Answer {
        let who = outcome.outcome.recovers;
        let held = match (limit, who) {
            (Recovers::WithHuman, Recovery::Alone | Recovery::WithHuman) => Held::Always,
            (Recovers::Alone, _) if outcome.outcome.alone >= 1.0 => Held::Always,
            (Recovers::Alone, _) if outcome.outcome.alone > 0.0 => Held::NotAlways,
            _ => Held::Never,
        };
        let value = Derived::new(who.said(), said!("simulated", "simulé")).from_facts(self.facts(component));
        Answer { value, held }
    }

    /// What decides an outcome: the events, the component's own recovery and that of what it needs.
    fn facts(&self, component: &str) -> Vec<String> {
        let name = &self.scenario.name.0;
        let mut facts: Vec<String> = ["design", "load", "until"].iter().map(|key| format!("{name}.{key}")).collect();
        for (at, event) in self.scenario.events.iter().enumerate() {
            facts.extend([event.what().0, "after", "how", "rate"].map(|key| format!("{name}.events.{at}.{key}")));
        }
        let mut needed: Vec<&str> = vec![component];
        let mut at = 0;
        while let Some(asker) = needed.get(at).copied() {
            for (flow, connection) in &self.view.design.connections {
                if *connection.from == *asker {
                    facts.extend(
                        ["from", "to", "needs"].map(|key| self.view.path(&format!("connections.{flow}.{key}"))),
                    );
                    if !needed.contains(&connection.to.0.as_str()) {
                        needed.push(&connection.to.0);
                    }
                }
            }
            at += 1;
        }
        facts.extend(needed.iter().flat_map(|needed| recovery(self.view, needed)).cloned());
        facts
    }
}

fn by_whom(limit: Recovers) -> Said {
    match limit {
        Recovers::Alone => said!("alone", "tout seul"),
        Recovers::WithHuman => said!("with somebody’s help", "avec une intervention"),
    }
}

/// A time in seconds as people say it, or that it has no end.
pub fn lasting(time_s: Option<f64>) -> Said {
    time_s.map_or_else(|| said!("no end", "sans fin"), seconds)
}

/// A share of requests: none, a little, or a percentage.
pub fn share(share: Option<f64>) -> Said {
    let percent = share.unwrap_or(1.0) * 100.0;
    if percent <= 0.0 {
        said!("none", "aucune")
    } else if percent < 0.01 {
        said!("under 0.01 %", "moins de 0,01 %")
    } else {
        // Two digits that count: small shares are told apart, large ones are not overdone.
        let scale = if percent < 1.0 { 100.0 } else { 10.0 };
        Said::by(|lang| format!("{}\u{a0}%", ((percent * scale).round() / scale).show(lang)))
    }
}
