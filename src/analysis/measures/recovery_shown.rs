//! `recovery-shown`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// How many promised recoveries somebody has seen.
pub static MEASURE: Measure = Measure {
    id: "recovery-shown",
    title: words("Promised recoveries shown by an exercise", "Reprises promises montrées par un exercice"),
    explains: words(
        "Of the recovery objectives that functions state for each disruption, the share for which the last exercise took no longer than the RTO and lost no more than the RPO. An exercise that does not say what was lost shows nothing.",
        "Parmi les objectifs de reprise que les fonctions énoncent pour chaque perturbation, la part pour laquelle le dernier exercice n’a pas duré plus que le RTO ni perdu plus que le RPO. Un exercice qui ne dit pas ce qui a été perdu ne montre rien.",
    ),
    better: Some(Better::Higher),
    unit: "share",
    sources: &["ISO 22301:2019, 8.5", "Regulation (EU) 2022/2554 (DORA), art. 11(6)"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let (mut shown, mut stated) = (0u32, 0u32);
    let mut said: Vec<Said> = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for (function, declared) in &view.design.functions {
        let needed = view.needed_by(function);
        for (disruption, objective) in declared.recovery.iter().flat_map(|recovery| recovery.stated()) {
            stated += 1;
            let word = disruption.word();
            derived = derived.from_fact(view.path(&format!("functions.{function}.recovery.{word}")));
            let last = view
                .design
                .exercises
                .iter()
                .filter(|(_, exercise)| {
                    exercise.disruption == Some(disruption)
                        && exercise.of.iter().any(|target| **target == **function || needed.contains(&*target.0))
                })
                .max_by_key(|(_, exercise)| exercise.date.last_day());
            let Some((name, exercise)) = last else { continue };
            let holds = exercise.took.as_ref().is_some_and(|took| took.value() <= objective.rto.value())
                && exercise.lost.as_ref().is_some_and(|lost| lost.value() <= objective.rpo.value());
            derived = derived.from_fact(view.path(&format!("exercises.{name}")));
            if holds {
                shown += 1;
                said.push(said!("{word} of `{function}` by `{name}`", "{word} de `{function}` par `{name}`"));
            }
        }
    }
    if stated == 0 {
        return unanswered(said!(
            "no function promises a recovery (`recovery`)",
            "aucune fonction ne promet de reprise (`recovery`)"
        ));
    }
    derived.formula = if said.is_empty() { said!("no exercise", "aucun exercice") } else { parts(&said) };
    let text = said!("{shown} of {stated}", "{shown} sur {stated}", shown = shown, stated = stated);
    derived.map(|()| Value::number(f64::from(shown) / f64::from(stated), text))
}
