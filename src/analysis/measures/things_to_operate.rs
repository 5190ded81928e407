//! `things-to-operate`

use super::operating_systems_to_patch::{outsider, owners};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, OnStack, Value, Work, parts as joined, unanswered};

use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// How many things somebody of ours runs.
pub static MEASURE: Measure = Measure {
    id: "things-to-operate",
    title: words("Things to operate", "Éléments à exploiter"),
    explains: words(
        "The layers that somebody of ours operates or patches, times how many of each there are. What a provider or vendor looks after is left to them, and what nobody is named for is not counted.",
        "Les couches que quelqu’un de chez nous exploite ou met à jour, fois leur nombre. Ce dont un fournisseur ou un éditeur s’occupe lui revient, et ce pour quoi personne n’est nommé n’est pas compté.",
    ),
    better: Some(Better::Lower),
    unit: "things",
    sources: &[],
    work_out: Work::Stack(work_out),
};

fn work_out(on: &OnStack<'_>) -> Derived<Value> {
    let mut total = 0;
    let mut terms = Vec::new();
    let mut theirs = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for layer in &on.stack.layers {
        let named: Vec<(&str, &str)> = [("operated_by", &layer.operated_by), ("patched_by", &layer.patched_by)]
            .into_iter()
            .filter_map(|(key, team)| Some((key, team.as_deref()?)))
            .collect();
        if named.is_empty() {
            continue;
        }
        derived =
            derived.from_facts(named.iter().map(|(key, _)| on.fact(layer, key))).from_facts(on.counted_from(layer));
        if named.iter().all(|(_, team)| outsider(team)) {
            theirs.push((layer.kind.title(), named[0].1.to_owned()));
            continue;
        }
        let Some(instances) = on.instances(layer) else { return on.no_per_host() };
        total += instances;
        terms.push(said!("{n} × {layer}", "{n} × {layer}", n = instances, layer = layer.kind.title()));
    }
    if terms.is_empty() && theirs.is_empty() {
        return unanswered(said!(
            "no layer says who operates or patches it",
            "aucune couche ne dit qui l’exploite ou la met à jour"
        ));
    }
    let mut parts = vec![Said::join(&terms, " + ")];
    parts.extend(owners(&theirs));
    parts.retain(|part| !part.is_empty());
    derived.formula = joined(&parts);
    derived.map(|()| Value::count(total as usize))
}
