//! `table: objectives`: what is promised for each disruption, beside what was ever shown to hold.

use super::{Request, title_of};
use crate::analysis::rule::{Words, words};
use crate::design::model::organisation::{Criticality, Exercise, Function};
use crate::design::quantity::Duration;
use crate::design::text::When;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "For each function and disruption: the promised recovery time and data loss, and the exercise that showed them.",
    "Pour chaque fonction et perturbation : le délai de reprise et la perte promis, et l’exercice qui les a montrés.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let mut rows = Vec::new();
    let (mut stated, mut shown) = (0, 0);
    for (name, function) in &view.design.functions {
        let needed = view.needed_by(name);
        let criticality = function.criticality.map(|_| view.path(&format!("functions.{name}.criticality")));
        let mut first = true;
        for (disruption, objective) in function.recovery.iter().flat_map(|recovery| recovery.stated()) {
            stated += 1;
            let path = |key: &str| view.path(&format!("functions.{name}.recovery.{}.{key}", disruption.word()));
            let exercise = view
                .design
                .exercises
                .iter()
                .filter(|(_, exercise)| {
                    exercise.disruption == Some(disruption)
                        && exercise.of.iter().any(|target| **target == **name || needed.contains(&*target.0))
                })
                .max_by_key(|(_, exercise)| exercise.date.last_day());
            let reached = |reached: Option<&Duration>, promised: &Duration, exercise: &str, key: &str| match reached {
                None => request.cell(&said!("not shown", "non démontré")).marked(Mark::Unanswered),
                Some(time) => request
                    .cell(&said!("{time}", "{time}", time = time))
                    .marked(if time.value() <= promised.value() { Mark::Good } else { Mark::Bad })
                    .facts([
                        view.path(&format!("exercises.{exercise}.{key}")),
                        view.path(&format!("exercises.{exercise}.disruption")),
                    ]),
            };
            let took = exercise.and_then(|(_, exercise)| exercise.took.as_ref());
            shown += usize::from(took.is_some_and(|took| took.value() <= objective.rto.value()));
            let exercise_name = exercise.map_or("", |(name, _)| name.as_str());
            let header = if first {
                let mut parts = Vec::new();
                if let Some(availability) = &function.availability {
                    parts.push(said!("availability {a}", "disponibilité {a}", a = availability));
                }
                if let Some(tolerable) = &function.tolerable {
                    parts.push(said!("tolerable {t}", "tolérable {t}", t = tolerable));
                }
                if let Some(latency) = &function.latency_p99 {
                    parts.push(said!("99 % under {t}", "99 % sous {t}", t = latency));
                }
                if let Some(load) = &function.peak_load {
                    parts.push(said!("peak {l}", "pointe {l}", l = load));
                }
                Cell::new(name.clone()).derived(request.say(&Said::join(&parts, " · "))).facts(
                    ["availability", "tolerable", "latency_p99", "peak_load"]
                        .map(|key| view.path(&format!("functions.{name}.{key}"))),
                )
            } else {
                Cell::default()
            };
            first = false;
            let evidence = exercise.map_or_else(Cell::default, |(name, exercise)| {
                let date = Said::by(|lang| exercise.date.show(lang));
                let record = Said::same(exercise.evidence.clone().unwrap_or_default());
                Cell::new(name.clone())
                    .derived(request.small(&[date, record, due(function, exercise)]))
                    .facts([
                        view.path(&format!("exercises.{name}.date")),
                        view.path(&format!("exercises.{name}.evidence")),
                    ])
                    .facts(criticality.clone())
            });
            rows.push(Row::of(vec![
                header,
                request.cell(&disruption_title(disruption)),
                request.cell(&said!("{t}", "{t}", t = objective.rto)).facts([path("rto")]),
                reached(took, &objective.rto, exercise_name, "took").facts([path("rto")]),
                request.cell(&said!("{t}", "{t}", t = objective.rpo)).facts([path("rpo")]),
                reached(
                    exercise.and_then(|(_, exercise)| exercise.lost.as_ref()),
                    &objective.rpo,
                    exercise_name,
                    "lost",
                )
                .facts([path("rpo")]),
                evidence,
            ]));
        }
    }
    let answer = said!(
        "{shown} of {stated} promised recovery times were shown to hold by an exercise.",
        "{shown} des {stated} délais de reprise promis ont été démontrés par un exercice.",
        shown = shown,
        stated = stated
    );
    let title = said!(
        "Promises and what is known to hold: {title}",
        "Promesses et ce qu’on sait tenir : {title}",
        title = title_of(&view)
    );
    let columns = [
        said!("Function", "Fonction"),
        said!("Disruption", "Perturbation"),
        said!("Back within (RTO)", "Reprise sous (RTO)"),
        said!("Shown", "Démontré"),
        said!("Data lost at most (RPO)", "Perte au plus (RPO)"),
        said!("Shown", "Démontré"),
        said!("Exercise", "Exercice"),
    ];
    let body = request.table(
        &columns,
        rows,
        &said!("No function states an objective.", "Aucune fonction n’énonce d’objectif."),
    );
    Some(request.figure("objectives", &title, &answer, &Said::default(), body))
}

/// When a critical or important function has to be exercised again: a year later (EU 2022/2554,
/// DORA, art. 11(6)); no other function has to by law.
fn due(function: &Function, exercise: &Exercise) -> Said {
    if function.criticality != Some(Criticality::CriticalOrImportant) {
        return Said::default();
    }
    let again = When { year: exercise.date.year + 1, ..exercise.date };
    said!("critical: again by {again}", "critique : à refaire avant {again}", again = again)
}

pub(super) fn disruption_title(disruption: crate::design::model::organisation::Disruption) -> Said {
    use crate::design::model::organisation::Disruption as D;
    match disruption {
        D::Software => said!("software", "logiciel"),
        D::Node => said!("node", "nœud"),
        D::Zone => said!("zone", "zone"),
        D::Site => said!("site", "site"),
        D::Region => said!("region", "région"),
        D::Corruption => said!("corruption", "corruption"),
    }
}
