//! Advice for programs: `advise --format json`, a promise (`"version": 1`).

use serde_json::{Value as Json, json};

use crate::analysis::advice::{Because, Form, Judged, advise};
use crate::analysis::view::View;
use crate::design::Doc;
use crate::design::model::Comparison;
use crate::source::{Lang, Show};

/// The whole answer, by the built-in reasons.
pub fn report(design: &str, judged: &[Judged], lang: Lang) -> Json {
    json!({"version": 1, "design": design, "by": Json::Null, "advice": components(design, judged, lang)})
}

/// The advice for each component.
pub fn components(design: &str, judged: &[Judged], lang: Lang) -> Vec<Json> {
    let word = |form: Option<Form>| form.map_or(Json::Null, |form| Json::from(form.word()));
    let reason = |because: &Because| {
        let facts: Vec<Json> = because
            .facts
            .iter()
            .map(|fact| json!({"path": fact.path, "fact": fact.name, "value": fact.value}))
            .collect();
        json!({
            "form": because.form.word(), "because": because.because.show(lang), "when": because.when,
            "source": because.source, "facts": facts,
        })
    };
    let one = |one: &Judged| {
        let turns = one.turns.iter().map(|turn| {
            json!({"path": turn.path, "fact": turn.name, "value": turn.value, "stated": turn.stated, "advised": word(turn.to)})
        });
        json!({
            "design": design,
            "component": one.component,
            "chosen": word(one.chosen),
            "advised": word(one.advised),
            "agrees": one.agrees(),
            "because": one.because.iter().map(reason).collect::<Vec<_>>(),
            "also": one.also.iter().map(reason).collect::<Vec<_>>(),
            "would_change_if": turns.collect::<Vec<_>>(),
            "unanswered": one.open,
        })
    };
    judged.iter().map(one).collect()
}

/// The whole answer, by a comparison's own conditions.
pub fn by_comparison(view: &View<'_>, doc: &Doc<Comparison>, lang: Lang) -> Json {
    let (advice, _) = advise(view, doc);
    let one = |one: &crate::analysis::advice::Advice| {
        let because = one.preferred.iter().map(|preferred| {
            json!({
                "subject": preferred.subject, "because": preferred.because.show(lang), "when": preferred.when,
                "source": preferred.source, "path": preferred.path, "facts": preferred.facts,
            })
        });
        json!({
            "component": one.component, "preferred": one.subjects(), "because": because.collect::<Vec<_>>(),
            "unanswered": one.missing(),
        })
    };
    json!({"version": 1, "design": view.name, "by": doc.name, "advice": advice.iter().map(one).collect::<Vec<_>>()})
}
