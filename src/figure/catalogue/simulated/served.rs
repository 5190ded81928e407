//! `chart: served`: the share of requests served over time, as simulated.

use super::{Request, facts, focus, promised, run};
use crate::analysis::rule::{Words, words};
use crate::design::quantity::seconds;
use crate::figure::chart::{LineChart, Series, draw_lines};
use crate::figure::drawing::Role;
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::{Said, Show};

pub(in super::super) const EXPLAINS: Words = words(
    "The share of requests that is served over time after a failure, as simulated, for each component that is asked about.",
    "La part des requêtes servies au fil du temps après une panne, d’après la simulation, pour chaque composant interrogé.",
);

/// More lines than this cannot be told apart.
const MOST: usize = 4;

pub(in super::super) fn make(request: &Request<'_>) -> Option<Figure> {
    let run = run(request)?;
    let focus = focus(&run.view, Some(run.scenario), &run.simulation);
    let failed_at = run.simulation.failed_at_s;
    let roles = [Role::Accent, Role::Warn, Role::Good, Role::Bad];
    let components: Vec<_> = focus.iter().filter_map(|name| run.simulation.component(name)).take(MOST).collect();
    let changed = components
        .iter()
        .flat_map(|component| component.series.iter().map(|sample| sample.t_s))
        .fold(failed_at, f64::max);
    // A little after the last change, so that the end is seen to be one.
    let promises = promised::promises(&run, &focus);
    let end = promised::until(&promises, (changed - failed_at).max(1.0) * 1.1);
    let series: Vec<Series> = components
        .iter()
        .zip(roles)
        .map(|(component, role)| {
            let mut points: Vec<(f64, f64)> = Vec::new();
            for sample in &component.series {
                let (at, served) = ((sample.t_s - failed_at).max(0.0), sample.served * 100.0);
                // A sample from before the failure is where the line begins.
                if let Some(last) = points.last_mut().filter(|last| last.0 == at) {
                    last.1 = served;
                } else {
                    points.push((at, served));
                }
            }
            if let Some((_, last)) = points.last().copied() {
                points.push((end, last));
            }
            Series { label: component.name.clone(), points, role }
        })
        .collect();
    // A flat line says nothing that the sentence does not.
    if series.iter().all(|series| series.points.iter().all(|(_, served)| *served >= 100.0)) {
        return None;
    }
    let lang = request.lang;
    let (due, due_later) = promised::on_axis(&promises, end, lang);
    let x_format = move |value: f64| seconds(value).show(lang);
    let y_format = move |value: f64| format!("{}\u{a0}%", lang.number(value, 0));
    let drawing = draw_lines(
        &LineChart {
            x_label: request.say(&said!("after the event", "après l’événement")),
            y_label: request.say(&said!("requests served", "requêtes servies")),
            series,
            zero: true,
            x_format: &x_format,
            x_time: true,
            y_format: &y_format,
            limits: vec![(50.0, request.say(&said!("below: outage", "en dessous : coupure")))],
            due,
            due_later,
            steps: true,
        },
        lang,
    );
    let title = run.scenario.title.as_ref().map_or_else(|| Said::same(request.subject()), |title| title.said());
    let title = said!("Requests served: {title}", "Requêtes servies : {title}", title = title);
    let answer = run.simulation.answers.users.as_ref().map_or_else(Said::default, |answer| answer.text.clone());
    let mut figure = request.figure("served", &title, &answer, &Said::default(), Body::Drawing(drawing));
    figure.id = format!("{}.served-chart", request.subject());
    figure.cartouche.insert(1, (request.say(&said!("design", "conception")), run.scenario.design.0.clone()));
    figure.facts = facts(request, &run);
    figure.facts.extend(promises.into_iter().map(|promise| promise.fact));
    Some(figure)
}
