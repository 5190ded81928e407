//! `single-points-of-failure`

use super::needed::{elsewhere, ours, placement};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// Components of which there is one, or one place.
pub static MEASURE: Measure = Measure {
    id: "single-points-of-failure",
    title: words("Single points of failure", "Points de défaillance uniques"),
    explains: words(
        "Components that a function needs (those it uses, and what these need hard) and that run once, or all on one machine, or all in one zone of ours. What third parties run, and what runs on nothing described, is named and not counted.",
        "Les composants dont une fonction a besoin (ceux qu’elle utilise et ce qui leur est indispensable) et qui tournent une seule fois, ou tous sur une machine, ou tous dans une zone à nous. Ce que font tourner des tiers, ou que rien ne décrit, est nommé et non compté.",
    ),
    better: Some(Better::Lower),
    unit: "components",
    sources: &["ISO/IEC 27031:2025"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    if view.design.functions.is_empty() {
        return unanswered(said!(
            "no function says what it needs (`functions`)",
            "aucune fonction ne dit ce dont elle a besoin (`functions`)"
        ));
    }
    let needed = ours(view);
    let (mut once, mut machine, mut zone): (Vec<&str>, Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new(), Vec::new());
    let mut derived = Derived::new((), Said::default());
    for needed in &needed {
        let zones = view.zones_of(needed.name);
        if view.wanted(needed.component) < 2 {
            once.push(needed.name);
        } else if view.grounds_of(needed.name).len() == 1 {
            machine.push(needed.name);
        } else if zones.len() == 1 && view.instances_of(needed.name).iter().all(|instance| instance.machine.is_some()) {
            zone.push(needed.name);
        }
        derived = derived.from_facts(placement(view, needed));
    }
    let count = once.len() + machine.len() + zone.len();
    let mut said = Vec::new();
    let groups = [
        (&once, said!("once", "une seule fois")),
        (&machine, said!("on one machine", "sur une seule machine")),
        (&zone, said!("in one zone", "dans une seule zone")),
    ];
    for (group, how) in groups {
        if !group.is_empty() {
            said.push(said!("{how}: {who}", "{how} : {who}", how = how, who = names(group.iter().copied())));
        }
    }
    if count == 0 {
        said.push(said!(
            "{n} needed components, each in several places",
            "{n} composants nécessaires, chacun à plusieurs endroits",
            n = needed.len()
        ));
    }
    let others: Vec<&str> = elsewhere(view).iter().map(|needed| needed.name).collect();
    if !others.is_empty() {
        said.push(said!("not ours: {who}", "hors de chez nous : {who}", who = names(&others)));
    }
    derived.formula = parts(&said);
    let functions = view.design.functions.keys().map(|function| view.path(&format!("functions.{function}.uses")));
    derived
        .from_facts(functions)
        .map(|()| if count == 0 { Value::number(0.0, said!("none", "aucun")) } else { Value::count(count) })
}
