//! `restore-time`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, not_applicable, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::rules::data_copies::databases;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::model::organisation::ExerciseKind;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Said;

/// How long a restore takes, as measured.
pub static MEASURE: Measure = Measure {
    id: "restore-time",
    title: words("Time to restore, as last measured", "Durée d’une restauration, au dernier essai"),
    explains: words(
        "How long the last restore exercise of each database took; the slowest counts. A database that nobody has ever restored against the clock leaves the question open: a restore time that was not measured is a hope.",
        "La durée du dernier essai de restauration de chaque base ; la plus lente compte. Une base que personne n’a jamais restaurée montre en main laisse la question ouverte : une durée non mesurée est un espoir.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &["NIST SP 800-34 rev. 1, 3.5.2", "Regulation (EU) 2022/2554 (DORA), art. 12"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let mut slowest: Option<f64> = None;
    let (mut said, mut silent): (Vec<Said>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut derived = Derived::new((), Said::default());
    for (name, _) in databases(view) {
        let restores = view.design.exercises.iter().filter(|(_, exercise)| {
            exercise.kind == ExerciseKind::Restore && exercise.of.iter().any(|target| *target.0 == *name)
        });
        let last = restores.max_by_key(|(_, exercise)| exercise.date.last_day());
        let Some((exercise, took)) = last.and_then(|(exercise, facts)| Some((exercise, facts.took.as_ref()?))) else {
            silent.push(name);
            continue;
        };
        slowest = Some(slowest.map_or(took.value(), |slowest| slowest.max(took.value())));
        said.push(said!("`{name}`: {took} in `{exercise}`", "`{name}` : {took} lors de `{exercise}`", took = took));
        derived = derived.from_fact(view.path(&format!("exercises.{exercise}.took")));
    }
    if !silent.is_empty() {
        return unanswered(said!(
            "no timed restore of {who} is recorded (`exercises`)",
            "aucune restauration chronométrée de {who} n’est consignée (`exercises`)",
            who = names(&silent)
        ));
    }
    let Some(slowest) = slowest else {
        return not_applicable(said!("no database is described", "aucune base n’est décrite"));
    };
    derived.formula = parts(&said);
    derived.map(|()| Value::number(slowest, seconds(slowest)))
}
