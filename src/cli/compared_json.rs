//! A comparison for programs: `compare --format json`, a promise (`"version": 1`).

use serde_json::{Value as Json, json};

use crate::analysis::comparison::Compared;
use crate::analysis::measure::Value;
use crate::design::model::comparison::Better;
use crate::source::{Lang, Show};

/// The whole answer of `compare --format json`.
pub fn report(compared: &Compared, lang: Lang) -> Json {
    let criteria = compared.rows.iter().map(|row| {
        json!({
            "id": row.id,
            "title": row.title.show(lang),
            "unit": Json::Null,
            "better": row.better.map(|better| match better { Better::Higher => "higher", Better::Lower => "lower", Better::None => "none" }),
            "weight": row.weight,
        })
    });
    let cells = compared.rows.iter().flat_map(|row| {
        row.cells.iter().zip(&compared.subjects).map(|(cell, subject)| {
            let value = match &cell.value.value {
                Value::Known(known) => known.number.filter(|number| number.is_finite()).map_or(Json::Null, Json::from),
                _ => Json::Null,
            };
            json!({
                "subject": subject.name,
                "criterion": row.id,
                "value": value,
                "text": cell.value.value.text().show(lang),
                "derivation": {"formula": cell.value.formula.show(lang), "facts": cell.value.facts},
                "source": cell.value.sources.iter().map(|source| source.show(lang)).collect::<Vec<_>>(),
                "best": cell.best,
            })
        })
    });
    json!({
        "version": 1,
        "subjects": compared.subjects.iter().map(|subject| &subject.name).collect::<Vec<_>>(),
        "criteria": criteria.collect::<Vec<_>>(),
        "cells": cells.collect::<Vec<_>>(),
        "ranking": compared.ranking().iter().map(|rank| json!({"subject": rank.subject, "score": rank.score, "open": rank.open})).collect::<Vec<_>>(),
        "sensitivity": compared.sensitivity().iter().map(|one| json!({"criterion": one.criterion, "without": one.without, "doubled": one.doubled})).collect::<Vec<_>>(),
        "advice": Json::Array(Vec::new()),
    })
}
