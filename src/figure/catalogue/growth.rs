//! `chart: memory-overhead` and `chart: operating-systems`: what grows with the number of applications.

use std::collections::BTreeSet;

use super::Request;
use crate::analysis::measure::{self, OnStack, Subject};
use crate::analysis::rule::{Words, words};
use crate::design::model::comparison::Assume;
use crate::figure::chart::{LineChart, Series, draw_lines};
use crate::figure::drawing::Role;
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::{Lang, Said, Show};

pub(super) const EXPLAINS_MEMORY: Words = words(
    "Memory gone before any application runs, against the number of applications.",
    "La mémoire prise avant toute application, selon le nombre d’applications.",
);
pub(super) const EXPLAINS_SYSTEMS: Words = words(
    "Operating systems to patch, against the number of applications.",
    "Les systèmes d’exploitation à mettre à jour, selon le nombre d’applications.",
);

const GIB: f64 = 1024.0 * 1024.0 * 1024.0;

pub(super) fn memory(request: &Request<'_>) -> Option<Figure> {
    let lang = request.lang;
    let unit = if lang == Lang::Fr { "Gio" } else { "GiB" };
    let format = move |value: f64| format!("{}\u{a0}{unit}", lang.number(value, 1));
    let words = Naming {
        id: "memory-overhead",
        title: said!("Memory before any application", "Mémoire avant toute application"),
        y: said!("memory", "mémoire"),
        least: |least, most, n| {
            said!(
                "At {n} applications, the least memory: {least}; the most: {most}.",
                "À {n} applications, le moins de mémoire : {least} ; le plus : {most}.",
                n = n,
                least = least,
                most = most
            )
        },
    };
    draw(request, &words, &format, GIB)
}

pub(super) fn systems(request: &Request<'_>) -> Option<Figure> {
    let lang = request.lang;
    let format = move |value: f64| lang.number(value, 0);
    let words = Naming {
        id: "operating-systems-to-patch",
        title: said!("Operating systems to patch", "Systèmes d’exploitation à mettre à jour"),
        y: said!("systems", "systèmes"),
        least: |least, most, n| {
            said!(
                "At {n} applications, the fewest systems to patch: {least}; the most: {most}.",
                "À {n} applications, le moins de systèmes à mettre à jour : {least} ; le plus : {most}.",
                n = n,
                least = least,
                most = most
            )
        },
    };
    draw(request, &words, &format, 1.0)
}

struct Naming {
    id: &'static str,
    title: Said,
    y: Said,
    /// The sentence on who takes the least and who the most, at so many applications.
    least: fn(&Said, &Said, u32) -> Said,
}

fn draw(request: &Request<'_>, naming: &Naming, format: &dyn Fn(f64) -> String, unit: f64) -> Option<Figure> {
    let comparison = &request.workspace.comparisons.get(request.subject())?.value;
    let assume = comparison.assume.unwrap_or_default();
    let measure = measure::find(naming.id)?;
    let roles = [Role::Accent, Role::Bad, Role::Good, Role::Warn, Role::Observed, Role::Predicted];
    let (mut series, mut facts, mut last) = (Vec::new(), BTreeSet::new(), Vec::new());
    let most = assume.applications.max(2);
    for (i, subject) in comparison.subjects.iter().enumerate() {
        let Some(doc) = request.workspace.stacks.get(subject.0.as_str()) else { continue };
        let title = doc.value.title.as_ref().map_or_else(|| subject.0.clone(), |title| title.show(request.lang));
        let at = |applications: u32| {
            let on = OnStack {
                workspace: request.workspace,
                name: &doc.name,
                stack: &doc.value,
                assume: Assume { applications, ..assume },
                assumed_by: Some(request.subject()),
            };
            measure.of(&Subject::Stack(&on))
        };
        let stride = (most / 50).max(1);
        let mut counts: Vec<u32> = (1..=most).step_by(stride as usize).collect();
        if counts.last() != Some(&most) {
            counts.push(most);
        }
        let points: Vec<(f64, f64)> =
            counts.iter().filter_map(|n| Some((f64::from(*n), at(*n).value.comparable()? / unit))).collect();
        let Some((_, end)) = points.last() else { continue };
        last.push((title.clone(), *end));
        facts.extend(at(most).facts);
        series.push(Series { label: title, points, role: roles[i % roles.len()] });
    }
    let values = || last.iter().map(|(_, value)| *value);
    let (least, greatest) = (values().min_by(f64::total_cmp)?, values().max_by(f64::total_cmp)?);
    // Those that end at one place are named together.
    let named = |at: f64| Said::list(last.iter().filter(|(_, value)| *value == at).map(|(title, _)| title.as_str()));
    let answer = if least < greatest {
        (naming.least)(&named(least), &named(greatest), most)
    } else {
        said!("At {n} applications all are alike.", "À {n} applications, tous se valent.", n = most)
    };
    let lang = request.lang;
    let x_format = move |value: f64| lang.number(value, 0);
    let mut drawing = draw_lines(
        &LineChart {
            x_label: request.say(&said!("applications", "applications")),
            y_label: request.say(&naming.y),
            series,
            zero: true,
            x_format: &x_format,
            x_time: false,
            y_format: format,
            limits: Vec::new(),
            due: Vec::new(),
            due_later: Vec::new(),
            // What is counted goes up in steps, what is measured does not.
            steps: unit == 1.0,
        },
        request.lang,
    );
    // Applications are no time.
    drawing.clock = None;
    let note = said!("On {hosts} hosts.", "Sur {hosts} hôtes.", hosts = assume.hosts);
    let mut figure = request.figure("", &naming.title, &answer, &note, Body::Drawing(drawing));
    figure.id = format!("{}.{}-chart", request.subject(), naming.id);
    figure.cartouche[0].0 = request.say(&said!("comparison", "comparaison"));
    figure.facts = facts;
    Some(figure)
}
