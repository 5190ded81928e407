//! `restore-tested`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, counted, names, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::model::component::ComponentKind;
use crate::design::model::organisation::ExerciseKind;
use crate::said;

/// How old the last restore exercise is.
pub static MEASURE: Measure = Measure {
    id: "restore-tested",
    title: words("Last restore exercise", "Dernier essai de restauration"),
    explains: words(
        "How many days ago a backup was last restored for real. Databases that no restore exercise names are said.",
        "Depuis combien de jours une sauvegarde a été restaurée pour de bon. Les bases qu’aucun essai ne nomme sont dites.",
    ),
    better: Some(Better::Lower),
    unit: "days",
    sources: &["NIST SP 800-34 rev. 1, 3.5.2"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let design = view.design;
    let restores: Vec<_> =
        design.exercises.iter().filter(|(_, exercise)| exercise.kind == ExerciseKind::Restore).collect();
    let Some((name, last)) = restores.iter().max_by_key(|(_, exercise)| exercise.date.last_day()) else {
        return unanswered(said!(
            "no restore exercise is recorded (`exercises`)",
            "aucun essai de restauration n’est consigné (`exercises`)"
        ));
    };
    let days = (view.today.last_day() - last.date.last_day()).max(0);
    let text = match days {
        0 => said!("today", "aujourd’hui"),
        _ => {
            let ago = counted(days as u32, words("day", "jour"), words("days", "jours"));
            said!("{ago} ago", "il y a {ago}", ago = ago)
        }
    };
    let mut formula = vec![said!("`{name}`, {date}", "`{name}`, {date}", date = last.date)];
    if let Some(took) = &last.took {
        formula.push(said!("took {took}", "durée {took}", took = took));
    }
    let untested: Vec<&str> = design
        .components
        .iter()
        .filter(|(name, component)| {
            component.kind == ComponentKind::Database
                && !restores.iter().any(|(_, exercise)| exercise.of.iter().any(|target| *target.0 == ***name))
        })
        .map(|(name, _)| name.as_str())
        .collect();
    if !untested.is_empty() {
        formula.push(said!("never: {who}", "jamais : {who}", who = names(&untested)));
    }
    Derived::new(Value::number(days as f64, text), parts(&formula))
        .from_fact(view.path(&format!("exercises.{name}.date")))
}
