//! `table: observability`: what watches and what keeps logs, from where, and who is called.

use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::measure::counted;
use crate::analysis::oversight::{home_name, is_ours, logs_of, of_kind, watched_by, watchers_of};
use crate::analysis::placement::kind_title;
use crate::analysis::rule::{Words, words};
use crate::analysis::standing::home;
use crate::design::model::component::{Component, ComponentKind, Workload};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Everything that watches or keeps logs: what it sees, from inside or outside of that, who is called and for which functions, and what is kept for how long.",
    "Tout ce qui supervise ou garde des journaux : ce qu’il voit, de l’intérieur ou de l’extérieur, qui est appelé et pour quelles fonctions, et ce qui est gardé combien de temps.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let monitors = of_kind(&view, ComponentKind::Monitoring);
    let logging = of_kind(&view, ComponentKind::Logging);
    let rows: Vec<Row> =
        monitors.iter().chain(&logging).map(|(name, component)| row(request, &view, name, component)).collect();
    if rows.is_empty() {
        return None;
    }
    let title = said!("Who notices: {title}", "Qui s’en aperçoit : {title}", title = title_of(&view));
    let columns = [
        said!("Component", "Composant"),
        said!("Sees", "Voit"),
        said!("From", "D’où"),
        said!("Looks every", "Regarde tous les"),
        said!("Calls", "Appelle"),
        said!("Dashboards", "Tableaux de bord"),
        said!("Keeps for", "Garde"),
        said!("Sends on to", "Transmet à"),
    ];
    let body = request.compact(&columns, rows, &said!("Nothing watches.", "Rien ne supervise."));
    Some(request.figure("observability", &title, &answer(&view, &monitors), &Said::default(), body))
}

fn answer(view: &View<'_>, monitors: &[(&str, &Component)]) -> Said {
    let calling: Vec<&(&str, &Component)> =
        monitors.iter().filter(|(_, monitor)| monitor.alerts_to.is_some()).collect();
    let outside: Vec<&str> = calling
        .iter()
        .filter(|(name, monitor)| inside(view, name, monitor).is_empty())
        .map(|(name, _)| *name)
        .collect();
    if calling.is_empty() {
        said!("Nobody is called when something fails.", "Personne n’est appelé quand quelque chose tombe.")
    } else if outside.is_empty() {
        said!(
            "Everything that calls somebody runs beside what it watches: what takes both is noticed by nobody.",
            "Tout ce qui appelle quelqu’un tourne à côté de ce qu’il supervise : ce qui emporte les deux n’est vu de personne."
        )
    } else {
        let who: Vec<&str> = unique(calling.iter().filter_map(|(_, monitor)| monitor.alerts_to.as_deref()));
        said!(
            "Called: {who}; from outside of what it watches, by {outside}.",
            "Sont appelés : {who} ; de l’extérieur de ce qui est supervisé, par {outside}.",
            who = Said::list(&who),
            outside = Said::list(&outside)
        )
    }
}

fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut kept: Vec<&str> = Vec::new();
    for name in names {
        if !kept.contains(&name) {
            kept.push(name);
        }
    }
    kept
}

/// What a monitoring component sees that runs where it runs itself.
fn inside<'a>(view: &View<'a>, name: &str, monitor: &'a Component) -> Vec<&'a str> {
    let home = home_name(view, monitor);
    let beside = |other: &&str| view.design.components.get(*other).is_some_and(|other| home_name(view, other) == home);
    watched_by(view, name, monitor).into_iter().filter(|_| home.is_some()).filter(beside).collect()
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, component: &Component) -> Row {
    let path = |key: &str| view.path(&format!("components.{name}.{key}"));
    let product = component.product.as_ref().map_or_else(Said::default, |product| Said::same(product.clone()));
    let watches = component.kind == ComponentKind::Monitoring;
    let functions: Vec<&str> = component.alerts_for.iter().map(|function| function.0.as_str()).collect();
    let called = match &component.alerts_to {
        Some(somebody) => Cell::new(somebody.0.clone()),
        None if watches => request.cell(&said!("nobody", "personne")).marked(Mark::Warn),
        None => Cell::default(),
    };
    let called = if functions.is_empty() {
        called
    } else {
        let names = Said::list(&functions);
        called.derived(request.say(&said!("for {names}", "pour {names}", names = names)))
    };
    // A store has to say how long it keeps; what only passes logs on keeps nothing.
    let stores = component.kind == ComponentKind::Logging && component.sends_to.is_none();
    let keep = match &component.keep {
        Some(keep) => Cell::new(keep.show(request.lang)),
        None if stores => request.unanswered(),
        None => Cell::default(),
    };
    let fixed = component.immutable.as_ref().map_or_else(Said::default, |period| {
        said!("unchangeable for {period}", "inaltérable {period}", period = period)
    });
    let around = around(view);
    Row::of(vec![
        Cell::new(name)
            .derived(request.small(&[kind_title(component.kind), product]))
            .facts([path("kind"), path("product")]),
        if watches { sees(request, view, name, component) } else { takes(request, view, name, component) },
        from(request, view, name, component).facts([path("runs_on"), path("watches")]).facts(around),
        request.optional(component.period.as_ref(), path("period")),
        called.facts([path("alerts_to"), path("alerts_for")]),
        request.whether(component.dashboards, false, path("dashboards")),
        keep.derived(request.say(&fixed)).facts([path("keep"), path("immutable")]),
        request.optional(component.sends_to.as_ref(), path("sends_to")),
    ])
}

/// What can be reached and what is beside it follow from where everything stands, from the borders
/// of the network, and from the flows.
fn around(view: &View<'_>) -> Vec<String> {
    let design = view.design;
    let mut facts: Vec<String> = design.components.keys().flat_map(|component| home(view, component)).collect();
    let logs = ["sends_to", "workload", "watches", "alerts_to"];
    for component in design.components.keys() {
        facts.extend(logs.map(|key| view.path(&format!("components.{component}.{key}"))));
    }
    for segment in design.segments.keys() {
        facts.extend(["trust", "kind", "allows"].map(|key| view.path(&format!("segments.{segment}.{key}"))));
    }
    for flow in design.connections.keys() {
        facts.extend(["from", "to"].map(|key| view.path(&format!("connections.{flow}.{key}"))));
    }
    facts.into_iter().filter(|fact| view.workspace.at(fact).is_some()).collect()
}

/// What it watches as it says, else how much of what is ours it can reach.
fn sees(request: &Request<'_>, view: &View<'_>, name: &str, monitor: &Component) -> Cell {
    let path = view.path(&format!("components.{name}.watches"));
    let ours = |other: &&str| view.design.components.get(*other).is_some_and(|other| is_ours(view, other));
    let Some(monitor) = view.design.components.get(name).filter(|_| monitor.kind == ComponentKind::Monitoring) else {
        return Cell::default();
    };
    let seen = watched_by(view, name, monitor);
    if monitor.watches.is_empty() {
        let reached: Vec<&str> = seen.into_iter().filter(ours).collect();
        let all = view.design.components.keys().map(String::as_str).filter(|other| *other != name).filter(ours).count();
        let value = said!(
            "all it can reach: {n} of {all} of ours",
            "tout ce qu’il atteint : {n} de nos {all}",
            n = reached.len(),
            all = all
        );
        return request.cell(&value).derived(reached.join(", ")).facts([path]);
    }
    let said: Vec<&str> = monitor.watches.iter().map(|watched| watched.0.as_str()).collect();
    let passed: Vec<&str> = seen.into_iter().filter(|other| !said.contains(other)).collect();
    let on_the_way = if passed.is_empty() {
        Said::default()
    } else {
        said!("and on the way: {passed}", "et au passage : {passed}", passed = Said::list(&passed))
    };
    Cell::new(said.join(", ")).derived(request.say(&on_the_way)).facts([path])
}

/// Whose logs it takes.
fn takes(request: &Request<'_>, view: &View<'_>, name: &str, logger: &Component) -> Cell {
    let design = view.design;
    if logger.sends_to.is_some() && view.in_kubernetes(logger) && view.workload(logger) == Workload::DaemonSet {
        let value = said!("every pod of its node", "chaque pod de son nœud");
        return request.cell(&value).facts([view.path(&format!("components.{name}.workload"))]);
    }
    let ends_here = |other: &&str| logs_of(view, other).iter().any(|(store, _)| *store == name);
    let ours = |other: &&str| design.components.get(*other).is_some_and(|other| is_ours(view, other));
    let from: Vec<&str> = design
        .components
        .keys()
        .map(String::as_str)
        .filter(|other| *other != name)
        .filter(ours)
        .filter(ends_here)
        .collect();
    let flows = design.connections.iter().filter(|(_, connection)| *connection.to == *name);
    let facts: Vec<String> = flows.map(|(flow, _)| view.path(&format!("connections.{flow}.to"))).collect();
    if from.is_empty() {
        return request
            .cell(&said!("nobody’s logs, as far as is said", "aucun journal, d’après ce qui est dit"))
            .marked(Mark::Warn);
    }
    request
        .cell(&said!(
            "logs of {n}",
            "journaux de {n}",
            n = counted(from.len() as u32, words("component", "composant"), words("components", "composants"))
        ))
        .derived(from.join(", "))
        .facts(facts)
}

/// Where it stands: beside what it watches, or outside of it.
fn from(request: &Request<'_>, view: &View<'_>, name: &str, component: &Component) -> Cell {
    let Some(home) = home_name(view, component) else { return Cell::default() };
    if component.kind != ComponentKind::Monitoring {
        return Cell::new(home);
    }
    let beside = view.design.components.get(name).map(|monitor| inside(view, name, monitor)).unwrap_or_default();
    if beside.is_empty() {
        let on = said!(
            "on {home}, where nothing runs that it watches",
            "sur {home}, où ne tourne rien de ce qu’il supervise"
        );
        return request.cell(&said!("outside", "à l’extérieur")).derived(request.say(&on)).marked(Mark::Good);
    }
    let elsewhere: Vec<&str> = watchers_of(view, name)
        .into_iter()
        .filter(|(_, other)| home_name(view, other) != Some(home))
        .map(|(other, _)| other)
        .collect();
    let on =
        said!("on {home}, beside {n} that it watches", "sur {home}, à côté de {n} qu’il supervise", n = beside.len());
    let (watched, mark) = if elsewhere.is_empty() {
        (said!("watched by nothing elsewhere", "rien ne le supervise d’ailleurs"), Mark::Warn)
    } else {
        (
            said!("watched from elsewhere by {who}", "supervisé d’ailleurs par {who}", who = Said::list(&elsewhere)),
            Mark::None,
        )
    };
    request.cell(&said!("inside", "à l’intérieur")).derived(request.small(&[on, watched])).marked(mark)
}
