//! Small differences and what they do.

use super::*;
use crate::design::{Input, load};

const SHOP: &str = "kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], availability: 99 %, recovery: {node: {rto: 5 min, rpo: 0 s}}}}
sites: {west: {kind: region, zones: [a, b]}}
hosts: {m: {count: 2, in: [a, b]}}
components:
  web: {kind: service, runs_on: m, members: 2}
  cache: {kind: cache, runs_on: m, members: 2, env: {API_KEY: hunter2hunter2}}
connections:
  ask: {from: web, to: cache, protocol: https, needs: soft}
";

fn read(text: &str) -> Workspace {
    let (workspace, found) = load(&[Input { path: "d.yaml".into(), bytes: text.into() }]);
    assert!(found.is_empty(), "{found:?}");
    workspace
}

fn changed_by(edits: &[(&str, &str)]) -> Difference {
    let mut text = SHOP.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    difference(&read(SHOP), &read(&text), When::parse("2026-11-22").unwrap(), false)
}

fn titles(found: &Difference) -> Vec<&str> {
    found.edits.iter().map(|edit| edit.title.en.as_str()).collect()
}

#[test]
fn the_same_is_no_difference() {
    let found = changed_by(&[]);
    assert_eq!(found, Difference::default());
    assert!(!found.is_worse());
}

#[test]
fn a_rename_is_one_line_wherever_it_is_named() {
    let found = changed_by(&[("cache: {kind", "store: {kind"), ("to: cache", "to: store")]);
    assert_eq!(titles(&found), ["component `cache` renamed to `store`"]);
    assert!(found.outcomes.is_empty() && found.findings.new.is_empty() && !found.is_worse());
}

#[test]
fn an_edit_has_its_consequences_and_no_other() {
    let found = changed_by(&[
        ("web: {kind: service, runs_on: m, members: 2}", "web: {kind: service, runs_on: m, members: 1}"),
        ("99 %", "99.5 %"),
    ]);
    assert_eq!(titles(&found), ["`functions.sell.availability`: 99 % → 99.5 %", "`components.web.members`: 2 → 1"]);
    assert_eq!(found.edits[0].demand, Some(Demand::Tightened));
    let spof = |edit: &Edit| edit.consequences.iter().any(|one| one.about == "single-points-of-failure");
    assert!(spof(&found.edits[1]) && !spof(&found.edits[0]));
    assert!(found.is_worse());
}

#[test]
fn what_comes_with_an_entry_hangs_under_it() {
    let found = changed_by(&[
        ("components:\n", "components:\n  log: {kind: logging, runs_on: m}\n"),
        ("connections:\n", "connections:\n  ship: {from: web, to: log, protocol: https, needs: soft}\n"),
    ]);
    assert_eq!(titles(&found), ["component `log` added"]);
    assert_eq!(found.edits[0].changes.len(), 2);
}

#[test]
fn a_credential_is_never_told() {
    let found = changed_by(&[("hunter2hunter2", "hunter3hunter3")]);
    let told = format!("{found:?}");
    assert!(!told.contains("hunter"), "{told}");
    assert_eq!(found.edits.len(), 1);
}
