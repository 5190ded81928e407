//! From what was written down to what was observed: one line of time, the design's names.

use std::collections::BTreeSet;

use super::log::{Log, Sighting};
use super::names::{Names, component_of, machines_of, near};
use super::times::{Line, leading};
use super::{Observed, Reading, Since};
use crate::said;
use crate::source::{Diagnostic, Said, Severity, Span};

const DAY: f64 = 86_400.0;

/// Lines of time that can be laid on each other once the day is known.
fn group(line: Line) -> Line {
    match line {
        Line::OfDayZoned => Line::Zoned,
        Line::OfDay => Line::Local,
        other => other,
    }
}

/// Puts everything in order, counts it from one moment, and gives it the design's names.
pub(super) fn order(mut log: Log<'_>, names: &Names, since: Option<(&str, Span)>) -> Reading {
    let mut sightings = std::mem::take(&mut log.sightings);
    one_line(&mut sightings, &mut log.diagnostics);
    steps_back(&sightings, &mut log.diagnostics);
    let begins = sightings.first().map_or(0.0, |first| first.moment.at_s);
    let only_offsets = sightings.iter().all(|sighting| sighting.moment.line == Line::Offset);
    sightings.sort_by(|a, b| a.moment.at_s.total_cmp(&b.moment.at_s));
    let sign = sightings.iter().find(|sighting| is_ours(sighting, names) && sighting.what.is_sign_of_failure());
    let (zero, counted) = match since {
        Some((text, span)) => match given(text, sign.or(sightings.first())) {
            Some(zero) => {
                log.diagnostics.extend(far_since(zero, &sightings, sign, span));
                (zero, Since::Given)
            }
            None => {
                log.diagnostics.push(bad_since(text, span));
                (begins, Since::First)
            }
        },
        None if only_offsets => (0.0, Since::Given),
        None if log.by_hand => (begins, Since::Given),
        None => match sign {
            Some(sign) => (sign.moment.at_s, Since::FirstSign(sign.object.clone(), sign.what.clone())),
            None => (sightings.first().map_or(0.0, |first| first.moment.at_s), Since::First),
        },
    };
    log.diagnostics.extend(other_cluster(&sightings, names, log.origin.asked));
    // Whatever fails first is the first machine that is left; what was seen before comes after it.
    let (before, after): (Vec<&Sighting>, Vec<&Sighting>) =
        sightings.iter().partition(|sighting| sighting.moment.at_s < zero);
    let nodes = after.iter().chain(&before).filter_map(|sighting| sighting.object.strip_prefix("node/"));
    let machines = machines_of(nodes, names);
    let mut counted = counted;
    let observed = sightings
        .iter()
        .filter(|sighting| is_ours(sighting, names))
        .filter_map(|sighting| {
            let object = match sighting.object.strip_prefix("node/") {
                Some(node) if !names.nodes.is_empty() => format!("node/{}", machines.get(node)?),
                _ => sighting.object.clone(),
            };
            if let Since::FirstSign(sign, _) = &mut counted
                && *sign == sighting.object
            {
                sign.clone_from(&object);
            }
            Some(Observed {
                at_s: sighting.moment.at_s - zero,
                precision_s: sighting.moment.precision_s,
                component: component(&sighting.object, names),
                object,
                what: sighting.what.clone(),
                place: sighting.span,
            })
        })
        .collect();
    Reading { observed, since: counted, diagnostics: log.diagnostics }
}

/// The component that an object belongs to; without a design every pod has one of its own.
fn component(object: &str, names: &Names) -> Option<String> {
    let (kind, name) = object.split_once('/')?;
    if matches!(kind, "node" | "zone" | "site" | "host" | "cluster") {
        return None;
    }
    let known = names.components.iter().map(String::as_str);
    match component_of(name, known) {
        Some(component) => Some(component.to_owned()),
        None if names.components.is_empty() => Some(super::names::stem(name).to_owned()),
        None => None,
    }
}

/// Whether it concerns the design: other pods of the same cluster do not.
fn is_ours(sighting: &Sighting, names: &Names) -> bool {
    !sighting.object.starts_with("pod/") || component(&sighting.object, names).is_some()
}

/// Brings every moment onto the line of the first one; what cannot be brought there is left out.
fn one_line(sightings: &mut Vec<Sighting>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(first) = sightings.iter().find(|sighting| sighting.moment.line != Line::Offset) else { return };
    let (line, place) = (group(first.moment.line), first.span);
    // Days: a time of day belongs to the date above it, and past midnight to the day after.
    let (mut day, mut last, mut zero) = (0.0, None::<f64>, None::<f64>);
    let of_line = |it: &&mut Sighting| it.moment.line == Line::Offset || group(it.moment.line) == line;
    for sighting in sightings.iter_mut().filter(of_line) {
        let moment = &mut sighting.moment;
        match moment.line {
            Line::Zoned | Line::Local => day = (moment.at_s / DAY).floor() * DAY,
            Line::OfDay | Line::OfDayZoned => {
                moment.at_s += day;
                if last.is_some_and(|last| moment.at_s < last - DAY / 2.0) {
                    day += DAY;
                    moment.at_s += DAY;
                }
            }
            Line::Offset | Line::Watch => {}
        }
        if moment.line != Line::Offset {
            last = Some(moment.at_s);
            zero.get_or_insert(moment.at_s);
        }
    }
    let zero = zero.unwrap_or(0.0);
    let mut strange = None;
    sightings.retain_mut(|sighting| {
        if sighting.moment.line == Line::Offset {
            sighting.moment.at_s += zero;
            sighting.moment.line = line;
            return true;
        }
        let fits = group(sighting.moment.line) == line;
        if !fits {
            strange.get_or_insert((sighting.moment.line, sighting.span));
        }
        fits
    });
    if let Some((other, span)) = strange {
        diagnostics.push(two_lines(line, other, span, place));
    }
}

fn two_lines(line: Line, other: Line, span: Span, first: Span) -> Diagnostic {
    let watch = line == Line::Watch || other == Line::Watch;
    let message = match watch {
        true => said!(
            "some rows have a time of day and others only an age: they cannot be put in order",
            "des lignes portent une heure et d’autres seulement un âge : on ne peut les ordonner"
        ),
        false => said!(
            "some times say their zone and others do not: they may be hours apart",
            "des heures disent leur fuseau et d’autres non : elles peuvent différer de plusieurs heures"
        ),
    };
    let label = match (watch, group(other)) {
        (true, _) => said!("this one and its like were left out", "celle-ci et ses semblables ont été écartées"),
        (_, Line::Zoned) => said!("this one says its zone", "celle-ci dit son fuseau"),
        _ => said!("this one says none", "celle-ci n’en dit aucun"),
    };
    Diagnostic::error("observed/time-zone", span, message)
        .label(label)
        .also(first, said!("the first one", "la première"))
        .help(said!(
            "write every time with its zone: `2026-11-26T11:35:06+01:00`, or `…Z` for UTC",
            "écrivez chaque heure avec son fuseau : `2026-11-26T11:35:06+01:00`, ou `…Z` pour UTC"
        ))
}

/// Times that run backwards. A step back of about whole hours is two clocks in two zones.
fn steps_back(sightings: &[Sighting], diagnostics: &mut Vec<Diagnostic>) {
    let mut last: Option<&Sighting> = None;
    for sighting in sightings.iter().filter(|sighting| sighting.in_order) {
        if let Some(before) = last {
            let (one, two) = (&before.moment, &sighting.moment);
            let back = one.at_s - two.at_s;
            if back > one.precision_s.max(two.precision_s) {
                diagnostics.push(step_back(back, before.span, sighting.span));
                return;
            }
        }
        last = Some(sighting);
    }
}

fn step_back(back: f64, before: Span, here: Span) -> Diagnostic {
    let hours = (back / 3600.0).round();
    // What was logged within ten minutes, on clocks that differ by whole hours.
    let zones = (1.0..=14.0).contains(&hours) && (back - hours * 3600.0).abs() < 600.0;
    let also = said!("this was later", "ceci était plus tard");
    if zones {
        return Diagnostic::error(
            "observed/time-zone",
            here,
            said!(
                "this goes back by about {hours} h: the times seem to be from two time zones",
                "ceci recule d’environ {hours} h : les heures semblent venir de deux fuseaux",
                hours = hours
            ),
        )
        .also(before, also)
        .help(said!(
            "write every time with its zone: `2026-11-26T11:35:06+01:00`, or `…Z` for UTC",
            "écrivez chaque heure avec son fuseau : `2026-11-26T11:35:06+01:00`, ou `…Z` pour UTC"
        ));
    }
    Diagnostic::error("observed/backwards", here, said!("time runs backwards here", "le temps recule ici"))
        .severity(Severity::Warning)
        .label(said!(
            "what was observed is put in the order of its times",
            "ce qui est observé est remis dans l’ordre de ses heures"
        ))
        .also(before, also)
        .help(said!(
            "check the times, and the clocks that they come from",
            "vérifiez les heures, et les horloges d’où elles viennent"
        ))
}

/// The moment that the author counts from, on the line of something that was seen.
fn given(text: &str, seen: Option<&Sighting>) -> Option<f64> {
    let (moment, rest) = leading(text)?;
    let base = seen.map_or(Line::Offset, |seen| group(seen.moment.line));
    let at_s = seen.map_or(0.0, |seen| seen.moment.at_s);
    let fits = rest.is_empty()
        && match (moment.line, base) {
            (Line::Offset, Line::Offset | Line::Watch) => true,
            (line, base) => group(line) == base && line != Line::Offset,
        };
    fits.then(|| match moment.line {
        // The nearest such time of day to what was seen.
        Line::OfDay | Line::OfDayZoned => moment.at_s + ((at_s - moment.at_s) / DAY).round() * DAY,
        _ => moment.at_s,
    })
}

/// A moment after everything that was seen, or whole hours before it: most likely one of another zone.
fn far_since(zero: f64, sightings: &[Sighting], sign: Option<&Sighting>, span: Span) -> Option<Diagnostic> {
    let last = sightings.last()?;
    let help = said!(
        "write it with the zone that the evidence has: `kubectl … -o json` gives UTC, `…Z`",
        "écrivez-le avec le fuseau du relevé : `kubectl … -o json` donne UTC, `…Z`"
    );
    if last.moment.at_s + last.moment.precision_s < zero {
        let message = said!(
            "nothing of this evidence was seen after this moment",
            "rien de ce relevé n’a été vu après ce moment"
        );
        return Some(Diagnostic::error("observed/since", span, message).help(help));
    }
    let later = sign?.moment.at_s - zero;
    let hours = (later / 3600.0).round();
    if !(1.0..=14.0).contains(&hours) || (later - hours * 3600.0).abs() > 600.0 {
        return None;
    }
    let message = said!(
        "the first sign of the failure is about {hours} h after this moment: is it of another time zone?",
        "le premier signe de la panne vient environ {hours} h après ce moment : est-il d’un autre fuseau ?",
        hours = hours
    );
    Some(Diagnostic::error("observed/time-zone", span, message).severity(Severity::Warning).help(help))
}

fn bad_since(text: &str, span: Span) -> Diagnostic {
    let readable = leading(text).is_some_and(|(_, rest)| rest.is_empty());
    let message = match readable {
        true => said!(
            "this moment cannot be laid on the times of the evidence",
            "ce moment ne peut être rapporté aux heures du relevé"
        ),
        false => said!("this is no moment", "ceci n’est pas un moment"),
    };
    Diagnostic::error("observed/since", span, message).help(said!(
        "write it as the evidence does, with its zone where that has one: `2026-11-26T11:35:06Z`; `+12 s` counts from where a table begins",
        "écrivez-le comme le relevé, avec son fuseau s’il en a un : `2026-11-26T11:35:06Z` ; `+12 s` se compte depuis le début d’un tableau"
    ))
}

/// Evidence of which no pod is the design's.
fn other_cluster(sightings: &[Sighting], names: &Names, place: Span) -> Option<Diagnostic> {
    let pods: BTreeSet<&str> = sightings.iter().filter_map(|sighting| sighting.object.strip_prefix("pod/")).collect();
    let ours = sightings
        .iter()
        .filter(|sighting| !sighting.object.starts_with("node/"))
        .any(|it| component(&it.object, names).is_some());
    if pods.is_empty() || names.components.is_empty() || ours {
        return None;
    }
    let shown: Vec<String> = pods.iter().take(3).map(|pod| format!("`{pod}`")).collect();
    let message = if pods.len() > shown.len() {
        let list = shown.join(", ");
        said!(
            "no pod of this evidence belongs to a component of the design: {list} …",
            "aucun pod de ce relevé n’appartient à un composant de la conception : {list}…"
        )
    } else {
        said!(
            "no pod of this evidence belongs to a component of the design: {list}",
            "aucun pod de ce relevé n’appartient à un composant de la conception : {list}",
            list = Said::list(&shown)
        )
    };
    let help = match pods.iter().find_map(|pod| near(pod, &names.components)) {
        Some(near) => said!("did you mean pods of `{near}`?", "vouliez-vous dire des pods de `{near}` ?"),
        None => {
            let list = names.components.iter().take(8).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            said!(
                "it is of another cluster or another design; pods here are named after {list}",
                "il vient d’un autre cluster ou d’une autre conception ; ici, les pods portent les noms de {list}"
            )
        }
    };
    Some(Diagnostic::error("observed/other-cluster", place, message).help(help))
}
