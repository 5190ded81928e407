//! How long a component is out, by what is left of it and of what it needs.

use super::{Asked, Span};
use crate::analysis::derived::Derived;
use crate::analysis::failure_domains::survives;
use crate::analysis::standing::recovery;
use crate::design::model::component::{Component, Needs, Strategy};
use crate::design::model::scenario::Event;
use crate::said;
use crate::source::Said;

const NONE: Span = Span { least: 0.0, mean: 0.0, most: 0.0 };

impl Asked<'_, '_> {
    /// The time in which less than half of a component's requests are served: its own, or that of
    /// what it stops without, whichever is longest. `None` where one of them is for the simulator.
    pub(super) fn outage(&self, name: &str) -> Option<Derived<Span>> {
        let mut needed = vec![name];
        let mut at = 0;
        while let Some(asker) = needed.get(at).copied() {
            let flows = self.view.design.connections.values();
            for flow in flows.filter(|flow| *flow.from == *asker && flow.needs == Some(Needs::Hard)) {
                if !needed.contains(&flow.to.0.as_str()) {
                    needed.push(&flow.to.0);
                }
            }
            at += 1;
        }
        let mut facts = self.events();
        for asker in &needed {
            facts.extend(recovery(self.view, asker));
            let path = |flow: &str, key: &str| self.view.path(&format!("connections.{flow}.{key}"));
            let flows = self.view.design.connections.iter().filter(|(_, flow)| *flow.from == **asker);
            facts.extend(flows.flat_map(|(flow, _)| ["from", "to", "needs"].map(|key| path(flow, key))));
        }
        let mut longest: Option<Derived<Span>> = None;
        for needed in needed {
            let own = self.own_outage(needed)?;
            let own = if needed == name { own } else { through(needed, own) };
            if longest.as_ref().is_none_or(|longest| own.value.most > longest.value.most) {
                longest = Some(own);
            }
        }
        longest.map(|longest| longest.from_facts(facts))
    }

    /// The addresses of what happens, to what, and under which load.
    pub(super) fn events(&self) -> Vec<String> {
        let name = &self.scenario.name.0;
        let mut facts = ["design", "load.rate"].map(|key| format!("{name}.{key}")).to_vec();
        for (at, event) in self.scenario.events.iter().enumerate() {
            facts.extend([event.what().0, "after"].map(|key| format!("{name}.events.{at}.{key}")));
        }
        // The timeline follows the first component that is asked about, so each has a say in it.
        facts.extend(self.scenario.expect.keys().flat_map(|asked| recovery(self.view, asked)));
        facts
    }

    /// How many instances of a component what happens hits, and how many there are.
    pub(super) fn hit(&self, name: &str) -> Option<(usize, usize)> {
        let event = self.scenario.events.first().filter(|_| self.one_failure())?;
        let (verb, object) = event.what();
        let instances = self.view.instances_of(name);
        let (kind, target) = object.split_once('/').unwrap_or(("", object));
        let hit = match verb {
            "lose" => {
                let lost = self.lost(kind, target);
                instances
                    .iter()
                    .filter(|instance| instance.machine.is_some_and(|machine| lost.contains(&machine)))
                    .count()
            }
            "crash" if kind == "partition" => {
                let component = self.view.design.components.get(name)?;
                if component.runs_on.as_deref() == Some(target) { instances.len() } else { 0 }
            }
            "delete" | "hang" | "leak" | "crash" => instances.iter().filter(|instance| instance.name == target).count(),
            "corrupt" => {
                if target == name {
                    instances.len()
                } else {
                    0
                }
            }
            // A new version of something else takes nothing from this one.
            "roll_out" if target != name => 0,
            _ => return None,
        };
        Some((hit, instances.len()))
    }

    /// Whether only the first event takes something away: what comes back or is restored after it does not.
    pub(super) fn one_failure(&self) -> bool {
        let repairs = |event: &Event| matches!(event.what().0, "bring_back" | "restore");
        self.scenario.events.iter().skip(1).all(repairs)
    }

    /// The machines that are lost, those that stand on them included.
    fn lost(&self, kind: &str, target: &str) -> Vec<usize> {
        let view = self.view;
        let at = |name: &str| {
            view.instances.iter().find(|instance| instance.name == name).and_then(|instance| instance.machine)
        };
        let direct = |machine: usize| {
            let facts = &view.machines[machine];
            match kind {
                "zone" => facts.zone.as_deref() == Some(target),
                "site" => facts.site.as_deref() == Some(target),
                "node-of" => at(target) == Some(machine),
                _ => facts.name == target,
            }
        };
        let falls = |machine: &usize| {
            let mut below = Some(*machine);
            for _ in 0..=view.machines.len() {
                match below {
                    Some(machine) if direct(machine) => return true,
                    Some(machine) => below = view.machines[machine].below,
                    None => return false,
                }
            }
            false
        };
        (0..view.machines.len()).filter(falls).collect()
    }

    fn own_outage(&self, name: &str) -> Option<Derived<Span>> {
        let component = self.view.design.components.get(name)?;
        if self.scenario.events.first().map(Event::what) == Some(("roll_out", name)) {
            return self.rolled_out(name, component);
        }
        let (hit, all) = self.hit(name)?;
        let left = all - hit;
        if hit == 0 {
            return Some(Derived::new(NONE, said!("it is not hit", "il n’est pas touché")));
        }
        if self.corrupted() == Some(name) {
            return self.step_of(name, &["restored"]);
        }
        if left == 0 {
            return self.step_of(name, &["ready", "restarted"]);
        }
        if component.replication.is_some() {
            return self.failover(name, component, hit, all);
        }
        // Until they are found out, requests still go to those that do not answer.
        let half = hit * 2 <= all;
        let serves = half && survives(component, all, left) && self.carries(component, left);
        let formula =
            said!("{left} of {all} go on serving", "{left} sur {all} continuent de servir", left = left, all = all);
        serves.then(|| Derived::new(NONE, formula))
    }

    /// A rolling update keeps most pods, and lets a new one in only once it is ready.
    fn rolled_out(&self, name: &str, component: &Component) -> Option<Derived<Span>> {
        let path = |key: &str| self.view.path(&format!("components.{name}.{key}"));
        let update = component.update.as_ref()?;
        let unavailable = update.unavailable.filter(|_| update.strategy != Some(Strategy::Recreate))?;
        let gated = component.probes.as_ref().is_some_and(|probes| probes.readiness.is_some());
        let keeps = gated && unavailable * 2 <= self.view.wanted(component) && self.one_failure();
        let formula = said!(
            "at most {n} fewer, and a new pod counts once its readiness probe passes",
            "au plus {n} de moins, et un nouveau pod compte une fois sa sonde readiness passée",
            n = unavailable
        );
        keeps.then(|| Derived::new(NONE, formula).from_facts(["update.unavailable", "update.strategy"].map(path)))
    }

    /// A database writes on where its primary is not hit, else once a standby has taken over.
    fn failover(&self, name: &str, component: &Component, hit: usize, all: usize) -> Option<Derived<Span>> {
        if let Some(promoted) = self.step_of(name, &["promoted"]) {
            let formula = said!(
                "{time}, the first member taken for the primary",
                "{time}, le premier membre supposé primaire",
                time = promoted.formula
            );
            return Some(Derived { formula, ..promoted });
        }
        let lost = self.scenario.events.first().map(|event| event.what())?;
        let (kind, target) = lost.1.split_once('/').unwrap_or(("", lost.1));
        let first = self.view.instances_of(name).first().and_then(|instance| instance.machine);
        let primary_hit = lost.0 != "lose" || first.is_none_or(|machine| self.lost(kind, target).contains(&machine));
        let formula = said!(
            "the first member, taken for the primary, is not hit",
            "le premier membre, supposé primaire, n’est pas touché"
        );
        let members = self.view.path(&format!("components.{name}.replication.members"));
        (!primary_hit && survives(component, all, all - hit)).then(|| Derived::new(NONE, formula).from_fact(members))
    }

    /// Whether what is left serves at least half of the load that arrives, as far as both are stated.
    fn carries(&self, component: &Component, left: usize) -> bool {
        match (&self.scenario.load, &component.serves_up_to) {
            (Some(load), Some(one)) => one.value.value() * left as f64 * 2.0 >= load.rate.value(),
            _ => true,
        }
    }
}

/// The outage of something else, which a component stops without.
fn through(needed: &str, own: Derived<Span>) -> Derived<Span> {
    let formula: Said =
        said!("{needed}, without which it stops: {why}", "{needed}, sans quoi il s’arrête : {why}", why = own.formula);
    Derived { formula, ..own }
}
