//! `start-budget-used`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, not_applicable, parts};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::quantity::{Share, seconds};
use crate::said;
use crate::source::{Said, Show};

/// How much of its budget a start takes.
pub static MEASURE: Measure = Measure {
    id: "start-budget-used",
    title: words("Start time against its budget", "Démarrage rapporté à son budget"),
    explains: words(
        "The steps of a start chain added up, over the budget that it must keep (`start_chain.within`); the tightest chain counts. Over 100 % the promise is broken.",
        "Les étapes d’une chaîne de démarrage additionnées, rapportées au budget à tenir (`start_chain.within`) ; la chaîne la plus serrée compte. Au-delà de 100 %, la promesse est rompue.",
    ),
    better: Some(Better::Lower),
    unit: "share",
    sources: &["49 CFR 571.111 (FMVSS 111), S5.5.3"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut tightest: Option<f64> = None;
    let mut said = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for (name, component) in &view.design.components {
        let Some(chain) = &component.start_chain else { continue };
        let path = view.path(&format!("components.{name}.start_chain"));
        let steps: f64 = chain.steps.values().map(|step| step.value.value()).sum();
        let within = chain.within.value.value();
        let share = if within > 0.0 { steps / within } else { f64::INFINITY };
        tightest = Some(tightest.map_or(share, |tightest| tightest.max(share)));
        let each: Vec<Said> = chain.steps.values().map(|step| Said::by(|lang| step.show(lang))).collect();
        said.push(said!(
            "`{name}`: {sum} = {took} of {within}",
            "`{name}` : {sum} = {took} sur {within}",
            sum = Said::join(&each, " + "),
            took = seconds(steps),
            within = chain.within.value
        ));
        derived = derived
            .from_fact(format!("{path}.within"))
            .from_facts(chain.steps.keys().map(|step| format!("{path}.steps.{step}")))
            .sourced(chain.within.evidence());
    }
    let Some(tightest) = tightest else {
        return not_applicable(said!("no start has a budget", "aucun démarrage n’a de budget"));
    };
    derived.formula = parts(&said);
    let text = Said::by(|lang| Share::of((tightest * 100.0).round() / 100.0).show(lang));
    derived.map(|()| Value::number(tightest, text))
}
