//! `table: safety`: safety goals against their time, and starts against their budget.

use super::cells::asil;
use super::{Request, title_of};
use crate::analysis::rule::{Words, words};
use crate::analysis::safety::{Budget, reaction, start};
use crate::analysis::view::Home;
use crate::analysis::{Derived, View};
use crate::design::model::component::{Component, Signal};
use crate::design::quantity::seconds;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "Every safety goal and start chain: the declared level, the safe state, and whether the declared times stay within the fault tolerant time interval and the budget.",
    "Chaque objectif de sûreté et chaîne de démarrage : le niveau déclaré, l’état sûr, et si les temps déclarés tiennent dans l’intervalle de tolérance aux fautes et dans le budget.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let mut rows = Vec::new();
    let (mut late, mut slow) = (Vec::new(), Vec::new());
    // The goal that comes closest to its interval says how much room there is.
    let mut tightest: Option<(&str, Budget)> = None;
    for (name, component) in &view.design.components {
        if component.safety.is_none() && component.start_chain.is_none() {
            continue;
        }
        let reaction = component.safety.as_ref().map(|safety| reaction(&view, name, safety));
        let start = component.start_chain.as_ref().map(|chain| start(&view, name, chain));
        if let Some(budget) = reaction.as_ref().map(|reaction| reaction.value) {
            if !budget.holds {
                late.push(name.as_str());
            }
            if tightest.is_none_or(|(_, other)| budget.margin_s() < other.margin_s()) {
                tightest = Some((name, budget));
            }
        }
        if start.as_ref().is_some_and(|start| !start.value.holds) {
            slow.push(name.as_str());
        }
        rows.push(row(request, &view, name, component, reaction.as_ref(), start.as_ref()));
    }
    if rows.is_empty() {
        return None;
    }
    let title = said!(
        "Safety goals and starts: {title}",
        "Objectifs de sûreté et démarrages : {title}",
        title = title_of(&view)
    );
    let columns = [
        said!("Component", "Composant"),
        said!("Level declared", "Niveau déclaré"),
        said!("Partition", "Partition"),
        said!("Safe state", "État sûr"),
        said!("From fault to safe state, within the FTTI", "De la faute à l’état sûr, dans le FTTI"),
        said!("From signal to service, within the budget", "Du signal au service, dans le budget"),
    ];
    let note = said!(
        "Levels and times are declared, never derived; what is worked out is whether they add up. FTTI: the time from a fault to a possible hazard.",
        "Les niveaux et les temps sont déclarés, jamais déduits ; ce qui est calculé, c’est s’ils s’additionnent. FTTI : le temps entre une faute et un danger possible."
    );
    let body = request.compact(&columns, rows, &said!("No safety goal.", "Aucun objectif de sûreté."));
    Some(request.figure("safety", &title, &answer(&late, &slow, tightest), &note, body))
}

fn answer(late: &[&str], slow: &[&str], tightest: Option<(&str, Budget)>) -> Said {
    match (late, slow, tightest) {
        ([], [], Some((name, budget))) => said!(
            "Every safe state comes in time, the tightest being that of {name}: {takes} of {allowed}.",
            "Chaque état sûr arrive à temps, le plus juste étant celui de {name} : {takes} sur {allowed}.",
            takes = seconds(budget.takes_s),
            allowed = seconds(budget.allowed_s)
        ),
        ([], [], None) => said!("Every start keeps its budget.", "Chaque démarrage tient son budget."),
        ([], ..) => {
            said!("Starts over their budget: {slow}.", "Démarrages hors budget : {slow}.", slow = Said::list(slow))
        }
        _ => said!(
            "The safe state comes too late: {late}.",
            "L’état sûr arrive trop tard : {late}.",
            late = Said::list(late)
        ),
    }
}

fn row(
    request: &Request<'_>,
    view: &View<'_>,
    name: &str,
    component: &Component,
    reaction: Option<&Derived<Budget>>,
    start: Option<&Derived<Budget>>,
) -> Row {
    let path = |key: &str| view.path(&format!("components.{name}.{key}"));
    let safety = component.safety.as_ref();
    let level = safety.map(|safety| asil(safety.asil));
    let counted = component.start_chain.as_ref().map(|chain| match chain.counted_from {
        Signal::Ignition => said!("from ignition", "depuis le contact"),
        Signal::ReverseSelected => said!("from reverse gear", "depuis la marche arrière"),
        Signal::PowerOn => said!("from power", "depuis la mise sous tension"),
    });
    let steps = component.start_chain.as_ref().map_or_else(Said::default, |chain| {
        Said::same(chain.steps.keys().map(String::as_str).collect::<Vec<_>>().join(" → "))
    });
    Row::of(vec![
        Cell::new(name),
        request.optional(level.as_ref(), path("safety.asil")),
        partition(request, view, name, component),
        request.optional(safety.map(|safety| &safety.on_failure), path("safety.on_failure")),
        reaction.map_or_else(Cell::default, |reaction| against(request, reaction, &[])),
        start.map_or_else(Cell::default, |start| against(request, start, &[counted.unwrap_or_default(), steps])),
    ])
}

/// The partition's level has to be at least that of the goal.
fn partition(request: &Request<'_>, view: &View<'_>, name: &str, component: &Component) -> Cell {
    let Home::Partition(home, facts) = view.home(component) else {
        return Cell::new(component.runs_on.as_ref().map_or_else(String::new, |place| place.0.clone()))
            .facts([view.path(&format!("components.{name}.runs_on"))]);
    };
    let paths = [view.path(&format!("components.{name}.runs_on")), view.path(&format!("partitions.{home}.asil"))];
    let wanted = component.safety.as_ref().map(|safety| safety.asil);
    let mark = match (facts.asil, wanted) {
        (_, None) => Mark::None,
        (None, Some(_)) => Mark::Unanswered,
        (Some(level), Some(wanted)) => {
            if level >= wanted {
                Mark::Good
            } else {
                Mark::Bad
            }
        }
    };
    let level = facts.asil.map_or_else(String::new, |level| request.say(&asil(level)));
    let cell = if mark == Mark::Unanswered {
        request.unanswered().derived(home)
    } else {
        Cell::new(home).derived(level).marked(mark)
    };
    cell.facts(paths)
}

/// What is taken of what is allowed, how it adds up and what is left.
fn against(request: &Request<'_>, derived: &Derived<Budget>, remarks: &[Said]) -> Cell {
    let budget = derived.value;
    let value = said!(
        "{takes} of {allowed}",
        "{takes} sur {allowed}",
        takes = seconds(budget.takes_s),
        allowed = seconds(budget.allowed_s)
    );
    let mut parts = vec![derived.formula.clone(), budget.margin()];
    parts.extend(remarks.iter().cloned());
    let mark = if budget.holds { Mark::Good } else { Mark::Bad };
    request.derived(&value, derived).derived(request.small(&parts)).marked(mark)
}
