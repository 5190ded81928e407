//! A difference for programs: `diff --format json`, a promise (`"version": 1`).

use serde_json::{Value as Json, json};

use crate::analysis::difference::{Consequence, Difference, Edit, Sort};
use crate::source::{Lang, Show};

/// The whole answer of `diff --format json`.
pub fn report(found: &Difference, lang: Lang) -> Json {
    let changes = found.edits.iter().flat_map(|edit| &edit.changes).map(|change| {
        json!({"path": change.path, "kind": change.kind.word(), "before": change.before, "after": change.after})
    });
    let outcomes = found.outcomes.iter().map(|outcome| {
        json!({
            "measure": outcome.measure, "subject": outcome.subject,
            "before": outcome.before.show(lang), "after": outcome.after.show(lang),
            "before_number": outcome.number_before, "after_number": outcome.number_after, "worse": outcome.worse,
        })
    });
    let (worse, better) = found.tally();
    json!({
        "version": 1,
        "simulated": found.simulated,
        "summary": {"edits": found.edits.len(), "worse": worse, "better": better},
        "changes": changes.collect::<Vec<_>>(),
        "findings": {
            "new": found.findings.new.iter().map(|one| finding(one, lang)).collect::<Vec<_>>(),
            "fixed": found.findings.fixed.iter().map(|one| finding(one, lang)).collect::<Vec<_>>(),
        },
        "outcomes": outcomes.collect::<Vec<_>>(),
        "edits": found.edits.iter().map(|one| edit(one, lang)).collect::<Vec<_>>(),
        "together": found.together.iter().map(|one| consequence(one, lang)).collect::<Vec<_>>(),
    })
}

fn finding(one: &Consequence, lang: Lang) -> Json {
    json!({"code": one.about, "path": format!("{}.{}", one.design, one.path), "message": one.text.show(lang)})
}

fn edit(edit: &Edit, lang: Lang) -> Json {
    json!({
        "title": edit.title.show(lang),
        "path": edit.path,
        "designs": edit.designs,
        "requirement": edit.demand.map(|demand| demand.word()),
        "changes": edit.changes.iter().map(|change| &change.path).collect::<Vec<_>>(),
        "consequences": edit.consequences.iter().map(|one| consequence(one, lang)).collect::<Vec<_>>(),
    })
}

fn consequence(one: &Consequence, lang: Lang) -> Json {
    let sort = match one.sort {
        Sort::New => "new-finding",
        Sort::Fixed => "fixed-finding",
        Sort::Outage => "outage",
        Sort::Measure => "measure",
    };
    json!({
        "sort": sort, "design": one.design, "about": one.about, "path": one.path, "text": one.text.show(lang),
        "worse": one.worse,
    })
}
