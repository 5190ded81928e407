//! `third-parties-needed`

use std::collections::BTreeMap;

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::{Home, View};
use crate::design::model::comparison::Better;
use crate::design::model::organisation::Criticality;
use crate::said;
use crate::source::Said;

/// On how many third parties a critical function rests.
pub static MEASURE: Measure = Measure {
    id: "third-parties-needed",
    title: words("Third parties a critical function rests on", "Prestataires dont dépend une fonction critique"),
    explains: words(
        "The third parties that run a component a function stops without, or that are declared to support it. Functions declared ordinary do not count; one whose criticality nobody states counts, and is said to.",
        "Les prestataires qui exploitent un composant sans lequel une fonction s’arrête, ou qui sont déclarés la soutenir. Les fonctions déclarées ordinaires ne comptent pas ; une fonction dont personne ne dit la criticité compte, et c’est dit.",
    ),
    better: Some(Better::Lower),
    unit: "third parties",
    sources: &["Regulation (EU) 2022/2554 (DORA), art. 28 and 29"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let design = view.design;
    if design.functions.is_empty() {
        return unanswered(said!(
            "no function is described (`functions`)",
            "aucune fonction n’est décrite (`functions`)"
        ));
    }
    let mut parties: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut unsaid: Vec<String> = Vec::new();
    let mut derived = Derived::new((), Said::default());
    for (function, declared) in &design.functions {
        match declared.criticality {
            Some(Criticality::Ordinary) => continue,
            Some(Criticality::CriticalOrImportant) => {
                derived = derived.from_fact(view.path(&format!("functions.{function}.criticality")));
            }
            None => unsaid.push(format!("`{function}`")),
        }
        derived = derived.from_fact(view.path(&format!("functions.{function}.uses")));
        for needed in view.needed_by(function) {
            let Some(component) = design.components.get(needed) else { continue };
            if let Home::ThirdParty(party, _) = view.home(component) {
                parties.entry(party).or_default().push(format!("`{needed}`"));
                derived = derived.from_fact(view.path(&format!("components.{needed}.runs_on")));
            }
        }
        for (party, declared) in &design.third_parties {
            if declared.supports.iter().any(|supported| **supported == **function) {
                parties.entry(party).or_default();
                derived = derived.from_fact(view.path(&format!("third_parties.{party}.supports")));
            }
        }
    }
    let mut said: Vec<Said> = parties
        .iter()
        .map(|(party, runs)| {
            let mut runs = runs.clone();
            runs.sort_unstable();
            runs.dedup();
            if runs.is_empty() {
                return said!("`{party}` (declared)", "`{party}` (déclaré)");
            }
            said!("`{party}` ({list})", "`{party}` ({list})", list = Said::list(&runs))
        })
        .collect();
    if !unsaid.is_empty() {
        let list = Said::list(&unsaid);
        said.push(said!(
            "criticality not stated, counted: {list}",
            "criticité non dite, comptée : {list}",
            list = list
        ));
    }
    derived.formula = parts(&said);
    derived.map(|()| Value::count(parties.len()))
}
