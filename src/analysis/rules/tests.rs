//! Every rule's page is complete, and its examples are its tests.

use super::RULES;
use crate::analysis::review::judge;
use crate::analysis::rule::{Outcome, Rule};
use crate::analysis::view::View;
use crate::design::manifests::adopt;
use crate::design::model::config::Context;
use crate::design::text::When;
use crate::design::{Input, load};
use crate::source::LANGS;

/// The day on which examples are judged.
const TODAY: &str = "2026-11-22";

/// An example as a workspace; a rule that is asked of nothing unless somebody wants it is wanted here.
fn inputs(rule: &Rule, example: &str) -> Vec<Input> {
    let input = |path: &str, text: &str| Input { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let mut inputs = vec![input("example.yaml", example)];
    if rule.exceptions.en.contains("not asked, unless") || rule.detects.en.contains("where `ask: always`") {
        inputs.push(input("epure.yaml", &format!("epure: 1\nrules:\n  {}: {{ask: always}}\n", rule.code)));
    }
    inputs
}

fn fails(rule: &Rule, example: &str, which: &str) -> usize {
    let (mut workspace, mut diagnostics) = load(&inputs(rule, example));
    diagnostics.extend(adopt(&mut workspace));
    let said: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.message.en.clone()).collect();
    assert!(said.is_empty(), "{}: the {which} example is not valid: {said:?}", rule.code);
    let today = When::parse(TODAY).unwrap();
    workspace
        .designs
        .values()
        .flat_map(|doc| judge(rule, &View::new(&workspace, &doc.name, &doc.value, today)))
        .filter(|verdict| !matches!(verdict.outcome, Outcome::Pass))
        .count()
}

fn passes(rule: &Rule, example: &str) -> usize {
    let (mut workspace, _) = load(&inputs(rule, example));
    adopt(&mut workspace);
    let today = When::parse(TODAY).unwrap();
    workspace
        .designs
        .values()
        .flat_map(|doc| judge(rule, &View::new(&workspace, &doc.name, &doc.value, today)))
        .filter(|verdict| matches!(verdict.outcome, Outcome::Pass))
        .count()
}

#[test]
fn failing_examples_fail_and_passing_ones_pass() {
    for rule in RULES {
        assert!(fails(rule, rule.failing, "failing") > 0, "{}: the failing example passes", rule.code);
        assert_eq!(fails(rule, rule.passing, "passing"), 0, "{}: the passing example fails", rule.code);
        assert!(passes(rule, rule.passing) > 0, "{}: the passing example is not judged at all", rule.code);
    }
}

#[test]
fn findings_point_at_a_place_that_exists() {
    for rule in RULES {
        let (mut workspace, _) = load(&inputs(rule, rule.failing));
        adopt(&mut workspace);
        for doc in workspace.designs.values() {
            let view = View::new(&workspace, &doc.name, &doc.value, When::parse(TODAY).unwrap());
            for verdict in judge(rule, &view) {
                assert!(
                    workspace.at(&view.path(&verdict.path)).is_some(),
                    "{}: `{}` is no address",
                    rule.code,
                    verdict.path
                );
                for path in verdict.at.iter().chain(verdict.also.iter().map(|(path, _)| path)) {
                    assert!(workspace.at(&view.path(path)).is_some(), "{}: `{path}` is no address", rule.code);
                }
            }
        }
    }
}

#[test]
fn every_page_is_complete_in_both_languages() {
    for rule in RULES {
        for words in [&rule.summary, &rule.why, &rule.detects, &rule.exceptions, &rule.remedy] {
            for lang in LANGS {
                let text = crate::source::Show::show(words, lang);
                assert!(text.chars().count() > 8, "{}: a paragraph is missing in {lang:?}", rule.code);
            }
            assert_ne!(words.en, words.fr, "{}: a paragraph is not translated", rule.code);
        }
        assert!(!rule.sources.is_empty(), "{}: no source", rule.code);
        assert!(
            Context::ALL.into_iter().any(|context| rule.severity_in(context).is_some()),
            "{}: judged nowhere",
            rule.code
        );
        assert!(rule.code.split('/').count() == 2, "{}: not family/name", rule.code);
    }
    let mut codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), RULES.len(), "two rules share a code");
}
