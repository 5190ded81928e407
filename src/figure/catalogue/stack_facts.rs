//! `table: stack-facts`: what does not follow from a stack's layers, with who says so and when.

use super::Request;
use super::stack_layers::title_of_stack;
use crate::analysis::rule::{Words, words};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "The facts typed into a stack: value, the conditions under which it holds, who says so and when.",
    "Les faits saisis dans une stack : valeur, conditions dans lesquelles elle vaut, qui le dit et quand.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let several = request.subjects.len() > 1;
    let mut rows = Vec::new();
    let mut silent = Vec::new();
    for name in &request.subjects {
        let stack = &request.workspace.stacks.get(name)?.value;
        for (fact_name, fact) in &stack.facts {
            let path = |key: &str| format!("{name}.facts.{fact_name}.{key}");
            let of = if several { request.say(&title_of_stack(name, stack)) } else { String::new() };
            if fact.source.is_none() {
                silent.push(fact_name.replace('-', " "));
            }
            // The source stands under the table, with its number beside the value.
            let value = Cell::new(fact.show(request.lang));
            let value = match &fact.source {
                Some(source) => Cell { sources: vec![source.show(request.lang)], ..value },
                None => value.derived(request.say(&said!("no source", "sans source"))).marked(Mark::Warn),
            };
            let conditions = fact.conditions.as_ref().map(|conditions| conditions.said());
            rows.push(Row::of(vec![
                Cell::new(fact_name.replace('-', " ")).derived(of),
                value.facts([format!("{name}.facts.{fact_name}"), path("value"), path("source")]),
                request.optional(conditions.as_ref(), path("conditions")),
                request.optional(fact.as_of.as_ref(), path("as_of")),
            ]));
        }
    }
    if rows.is_empty() {
        return None;
    }
    let answer = if silent.is_empty() {
        said!("Every fact says where it comes from.", "Chaque fait dit d’où il vient.")
    } else {
        said!("Without a source: {silent}.", "Sans source : {silent}.", silent = Said::list(&silent))
    };
    let title = match request.subjects.as_slice() {
        [name] => {
            let stack = &request.workspace.stacks.get(name)?.value;
            said!("Facts: {title}", "Faits : {title}", title = title_of_stack(name, stack))
        }
        _ => said!("Facts", "Faits"),
    };
    let columns =
        [said!("Fact", "Fait"), said!("Value", "Valeur"), said!("Holds for", "Vaut pour"), said!("As of", "Date")];
    let note = said!(
        "Facts of different conditions are never merged.",
        "Des faits de conditions différentes ne sont jamais fusionnés."
    );
    let body = request.compact(&columns, rows, &said!("No fact is typed in.", "Aucun fait n’est saisi."));
    Some(request.figure("stack-facts", &title, &answer, &note, body))
}
