//! The times that a safety goal and a start promise: whether declared steps add up to no more than
//! what they have to stay under.

use super::derived::Derived;
use super::view::View;
use crate::design::model::component::{Safety, StartChain};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Said, Show};

/// A time that steps take, against the time they may take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// What the steps take together, in seconds.
    pub takes_s: f64,
    /// What they may take, in seconds.
    pub allowed_s: f64,
    /// Whether they keep it.
    pub holds: bool,
}

/// Sums of decimal fractions are not exact; no step is as short as this.
const FORGIVEN_S: f64 = 1e-9;

impl Budget {
    /// What is left; negative where it is overdrawn.
    pub fn margin_s(&self) -> f64 {
        self.allowed_s - self.takes_s
    }

    /// What is left in words: "100 ms to spare", "20 ms too long".
    pub fn margin(&self) -> Said {
        let left = self.margin_s();
        if left.abs() < FORGIVEN_S {
            said!("nothing to spare", "aucune marge")
        } else if left > 0.0 {
            said!("{left} to spare", "marge de {left}", left = seconds(left))
        } else {
            said!("{over} too long", "trop long de {over}", over = seconds(-left))
        }
    }
}

/// From a fault to the safe state, against the fault tolerant time interval. A hazard may come at
/// its end, so the safe state has to come before.
pub fn reaction(view: &View<'_>, name: &str, safety: &Safety) -> Derived<Budget> {
    let path = |key: &str| view.path(&format!("components.{name}.safety.{key}"));
    let (detects, reacts) = (&safety.detects_in, &safety.reacts_in);
    let takes_s = detects.value.value() + reacts.value.value();
    let allowed_s = safety.ftti.value();
    let budget = Budget { takes_s, allowed_s, holds: allowed_s - takes_s > FORGIVEN_S };
    Derived::new(budget, said!("{detects} + {reacts}", "{detects} + {reacts}", detects = detects, reacts = reacts))
        .from_facts(["detects_in", "reacts_in", "ftti"].map(path))
        .sourced(detects.evidence())
        .sourced(reacts.evidence())
}

/// From a signal to what is promised, step by step, against its budget.
pub fn start(view: &View<'_>, name: &str, chain: &StartChain) -> Derived<Budget> {
    let path = |key: &str| view.path(&format!("components.{name}.start_chain.{key}"));
    let takes_s: f64 = chain.steps.values().map(|step| step.value.value()).sum();
    let allowed_s = chain.within.value.value();
    let terms: Vec<Said> = chain.steps.values().map(|step| Said::by(|lang| step.show(lang))).collect();
    let budget = Budget { takes_s, allowed_s, holds: takes_s - allowed_s < FORGIVEN_S };
    let mut derived = Derived::new(budget, Said::join(&terms, " + "))
        .from_fact(path("within"))
        .from_fact(path("counted_from"))
        .from_facts(chain.steps.keys().map(|step| path(&format!("steps.{step}"))))
        .sourced(chain.within.evidence());
    for step in chain.steps.values() {
        derived = derived.sourced(step.evidence());
    }
    derived
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::text::When;
    use crate::design::{Input, load};

    const DESIGN: &str = r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1}}
partitions:
  safe: {runs_on: soc, memory: 1 GiB, os: {product: QNX, kernel: own}, asil: B}
components:
  view:
    kind: service
    runs_on: safe
    safety: {asil: B, on_failure: blank, ftti: 100 ms, detects_in: 60 ms, reacts_in: 40 ms}
    start_chain: {within: 830 ms, counted_from: ignition, steps: {firmware: 180 ms, hypervisor: 100 ms, os: 250 ms, app: 300 ms}}
";

    #[test]
    fn declared_times_are_added_up() {
        let (workspace, found) = load(&[Input { path: "d.yaml".to_owned(), bytes: DESIGN.as_bytes().to_vec() }]);
        assert!(found.is_empty(), "{found:?}");
        let view = View::of(&workspace, "car", When::parse("2026-11-22").unwrap()).unwrap();
        let component = &view.design.components["view"];
        let reaction = reaction(&view, "view", component.safety.as_ref().unwrap());
        assert!(!reaction.value.holds, "a safe state at the end of the interval is too late");
        assert_eq!(reaction.formula.fr, "60\u{a0}ms + 40\u{a0}ms");
        assert_eq!(reaction.value.margin().en, "nothing to spare");
        let start = start(&view, "view", component.start_chain.as_ref().unwrap());
        assert!(start.value.holds, "a start may take all of its budget: {:?}", start.value);
    }
}
