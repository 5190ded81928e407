//! What the simulated measures have in common: the worst that functions suffer.

use crate::analysis::derived::Derived;
use crate::analysis::expectations::lasting;
use crate::analysis::measure::{Known, Value, not_applicable, unanswered};
use crate::analysis::simulation::{Failure, Lost, Outcome};
use crate::analysis::standing::everything;
use crate::analysis::view::View;
use crate::design::model::organisation::Disruption;
use crate::said;
use crate::source::Said;

/// The longest outage of any function over every simulated failure of a kind.
pub(super) fn longest_outage(view: &View<'_>, disruption: Disruption) -> Derived<Value> {
    worst(view, Some(disruption), |outcome| outcome.longest_outage_s.fixed, &said!("no end", "sans fin"))
}

/// The worst of something over every function and every simulated failure of a kind, or of any.
pub(super) fn worst(
    view: &View<'_>,
    disruption: Option<Disruption>,
    suffered: impl Fn(&Outcome) -> Option<f64>,
    endless: &Said,
) -> Derived<Value> {
    let campaign = view.campaign();
    if campaign.failures.is_empty() {
        return unanswered(said!(
            "nothing in this design can be simulated: no function, or nothing of ours that could fail",
            "rien dans cette conception ne se simule : aucune fonction, ou rien à nous qui puisse tomber"
        ));
    }
    let of_kind = |lost: &&Lost| disruption.is_none_or(|disruption| lost.disruption == disruption);
    let failures: Vec<&Lost> = campaign.failures.iter().filter(of_kind).collect();
    if failures.is_empty() {
        return not_applicable(said!("there is no such thing to lose", "il n’y a rien de tel à perdre"));
    }
    let mut most: Option<(f64, &str, &Failure)> = None;
    for lost in &failures {
        for function in &lost.simulation.functions {
            let here = suffered(&function.outcome).unwrap_or(f64::INFINITY);
            if most.as_ref().is_none_or(|(so_far, ..)| here > *so_far) {
                most = Some((here, function.name.as_str(), &lost.failure));
            }
        }
    }
    let Some((number, function, failure)) = most else {
        return unanswered(said!(
            "no function is described (`functions`)",
            "aucune fonction n’est décrite (`functions`)"
        ));
    };
    let text = if number.is_finite() { lasting(Some(number)) } else { endless.clone() };
    let n = failures.len();
    let formula = if number == 0.0 {
        said!("{n} failures simulated", "{n} pannes simulées", n = n)
    } else {
        said!(
            "`{function}` when {failure}; {n} failures simulated",
            "`{function}` quand {failure} ; {n} pannes simulées",
            failure = failure.said(),
            n = n
        )
    };
    let value = Value::Known(Known { text, number: Some(number), leaves_out: Vec::new(), unit: None });
    Derived::new(value, formula).from_facts(everything(view).iter().cloned())
}

/// How many promises of a kind the simulation keeps: of the recovery times, or of the data lost.
pub(super) fn kept(view: &View<'_>, of_data: bool) -> Derived<Value> {
    let worst = &view.campaign().worst;
    if worst.is_empty() {
        return unanswered(said!(
            "no function states an objective that can be simulated (`recovery`)",
            "aucune fonction n’énonce d’objectif qui se simule (`recovery`)"
        ));
    }
    let keeps = |reached: Option<f64>, promised: f64| reached.is_some_and(|reached| reached <= promised);
    let mut missed: Vec<Said> = Vec::new();
    for one in worst {
        let (reached, promised) = if of_data { (one.lost_s, one.rpo_s) } else { (one.reached_s, one.rto_s) };
        if !keeps(reached, promised) {
            missed.push(said!(
                "{word} of `{function}`: {reached} of {promised}",
                "{word} de `{function}` : {reached} pour {promised}",
                word = one.disruption.word(),
                function = one.function,
                reached = if of_data && reached.is_none() { said!("everything", "tout") } else { lasting(reached) },
                promised = lasting(Some(promised))
            ));
        }
    }
    let (kept, all) = (worst.len() - missed.len(), worst.len());
    let formula = if missed.is_empty() {
        said!("every one", "tous")
    } else {
        said!("missed: {missed}", "manqués : {missed}", missed = Said::join(&missed, ", "))
    };
    let stated = view.design.functions.keys().map(|function| view.path(&format!("functions.{function}.recovery")));
    let text = said!("{kept} of {all}", "{kept} sur {all}", kept = kept, all = all);
    Derived::new(Value::number(kept as f64 / all as f64, text), formula)
        .from_facts(everything(view).iter().cloned())
        .from_facts(stated.filter(|path| view.workspace.at(path).is_some()))
}
