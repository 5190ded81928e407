//! A comparison for programs: `compare --format json`, a promise (`"version": 1`).

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::advised_json;
use crate::analysis::comparison::{Compared, Decided};
use crate::analysis::decision::{MOST_TRIED, Verdict};
use crate::analysis::measure::Value;
use crate::analysis::view::View;
use crate::design::Workspace;
use crate::design::model::comparison::Better;
use crate::design::text::When;
use crate::source::{Lang, Show};

/// The whole answer of `compare --format json`.
pub fn report(compared: &Compared, workspace: &Workspace, today: When, lang: Lang) -> Json {
    let criteria = compared.rows.iter().map(|row| {
        json!({
            "id": row.id,
            "title": row.title.show(lang),
            "unit": row.unit,
            "better": row.better.map(|better| match better { Better::Higher => "higher", Better::Lower => "lower", Better::None => "none" }),
            "weight": row.weight,
            "left_out": row.left_out.as_ref().map(|why| why.show(lang)),
        })
    });
    let cells = compared.rows.iter().flat_map(|row| {
        row.cells.iter().zip(&compared.subjects).map(|(cell, subject)| {
            let (value, state) = match &cell.value.value {
                Value::Known(known) => (known.number.map_or(Json::Null, finite), "known"),
                Value::Unanswered(_) => (Json::Null, "unanswered"),
                Value::NotApplicable(_) => (Json::Null, "not-applicable"),
            };
            json!({
                "subject": subject.name,
                "criterion": row.id,
                "state": state,
                "value": value,
                "at_least": cell.value.value.is_partial(),
                "text": cell.value.value.text().show(lang),
                "derivation": {"formula": cell.value.formula.show(lang), "facts": cell.value.facts},
                "source": cell.value.sources.iter().map(|source| source.show(lang)).collect::<Vec<_>>(),
                "best": cell.best,
            })
        })
    });
    let decided = compared.decide();
    json!({
        "version": 1,
        "subjects": compared.subjects.iter().map(|subject| &subject.name).collect::<Vec<_>>(),
        "criteria": criteria.collect::<Vec<_>>(),
        "cells": cells.collect::<Vec<_>>(),
        "ranking": ranking(&decided),
        "sensitivity": sensitivity(&decided),
        "advice": advice(compared, workspace, today, lang),
    })
}

/// A number that JSON has; an endless one is `null`.
fn finite(number: f64) -> Json {
    if number.is_finite() { Json::from(number) } else { Json::Null }
}

fn ranking(decided: &Decided) -> Json {
    let mut dominated: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (by, who) in &decided.dominated {
        dominated.entry(who).or_default().push(by);
    }
    let by = |subject: &str| dominated.get(subject).cloned().unwrap_or_default();
    let ranks = decided.ranks.iter().map(|rank| {
        json!({
            "subject": rank.subject, "score": rank.score, "low": rank.low, "high": rank.high,
            "open": rank.open, "dominated_by": by(&rank.subject),
        })
    });
    Json::Array(if decided.verdict == Verdict::Nothing { Vec::new() } else { ranks.collect() })
}

fn sensitivity(decided: &Decided) -> Json {
    let weights = decided.weights.iter().map(|one| {
        json!({
            "criterion": one.criterion, "weight": one.weight, "from": one.from, "to": finite(one.to),
            "first_below": one.below, "first_above": one.above,
        })
    });
    let cells = decided.flips.iter().map(|flip| {
        json!({
            "criterion": flip.criterion, "subject": flip.subject, "better": flip.better, "reaches": flip.reaches,
            "passes": flip.passes, "open": flip.open, "first": flip.winner,
        })
    });
    let verdict = match decided.verdict {
        Verdict::Clear => "clear",
        Verdict::Open => "open",
        Verdict::Narrow => "no-clear-winner",
        Verdict::Nothing => "nothing-ranked",
    };
    json!({
        "verdict": verdict,
        "margin": decided.margin,
        "weights": weights.collect::<Vec<_>>(),
        "cells": cells.collect::<Vec<_>>(),
    })
}

/// When which subject is preferred, as the comparison states it; and for every component of a
/// design that is compared, in which form it is best run.
fn advice(compared: &Compared, workspace: &Workspace, today: When, lang: Lang) -> Json {
    let doc = workspace.comparisons.get(&compared.name).filter(|_| !compared.name.is_empty());
    let stated = doc.into_iter().flat_map(|doc| doc.value.prefer.iter()).flat_map(|(subject, preferences)| {
        preferences.iter().enumerate().map(move |(at, preference)| {
            json!({
                "subject": subject, "when": preference.when, "because": preference.because.show(lang),
                "source": preference.source, "path": format!("{}.prefer.{subject}.{at}", compared.name),
            })
        })
    });
    // Among so many designs nobody reads what suits each component of each.
    let designs = compared.subjects.iter().filter(|column| !column.is_stack && compared.subjects.len() <= MOST_TRIED);
    let judged = designs.filter_map(|column| View::of(workspace, &column.name, today));
    let judged = judged.flat_map(|view| advised_json::components(view.name, view.judged(), lang));
    Json::Array(stated.chain(judged).collect())
}
