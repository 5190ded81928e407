//! What a formula settles, and what it leaves to the simulator.

use super::{Held, Limit, expectations};
use crate::analysis::View;
use crate::design::text::When;
use crate::design::{Input, load};

const DESIGN: &str = r"
kind: design
name: shop
context: cloud
sites: {here: {kind: region, zones: [a, b, c]}}
hosts:
  nodes: {count: 3, in: [a, b, c]}
  disks: {count: 2, in: [a, b]}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  web:
    kind: service
    runs_on: main
    replicas: 3
    starts_in: 4 s
    probes: {readiness: {http: /ready, period: 5 s}}
    update: {surge: 1, unavailable: 0}
  alone: {kind: service, runs_on: main, replicas: 1, starts_in: 4 s}
  db: {kind: database, runs_on: disks, replication: {members: 2, mode: synchronous, strict: true, failover: patroni, ttl: 30 s}}
connections:
  store: {from: web, to: db, protocol: postgresql, needs: hard}
";

/// Each limit of a scenario with what the formulas say of it.
fn judged(events: &str, expect: &str) -> Vec<(Limit, Option<Held>, String)> {
    let scenario = format!("kind: scenario\nname: s\ndesign: shop\nevents: {events}\nuntil: 1 h\nexpect: {expect}\n");
    let input = |path: &str, text: &str| Input { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let (workspace, found) = load(&[input("d.yaml", DESIGN), input("s.yaml", &scenario)]);
    let said: Vec<&str> = found.iter().map(|diagnostic| diagnostic.message.en.as_str()).collect();
    assert!(said.is_empty(), "{said:?}");
    let view = View::of(&workspace, "shop", When::parse("2026-11-22").unwrap()).unwrap();
    expectations(&view, &workspace.scenarios["s"].value)
        .into_iter()
        .map(|expected| {
            let text = expected.answer.as_ref().map_or(String::new(), |answer| answer.value.value.en.clone());
            (expected.limit, expected.answer.map(|answer| answer.held), text)
        })
        .collect()
}

#[test]
fn replicas_that_remain_go_on_serving() {
    let found = judged("[{after: 60 s, lose: node/nodes-3}]", "{web: {outage: 0 s, failed_requests: 1 %}}");
    assert_eq!(found[0], (Limit::Outage, Some(Held::Always), "0\u{a0}s".to_owned()));
    assert_eq!(found[1].1, None, "shares of requests are simulated");
}

#[test]
fn the_only_replica_is_out_until_it_is_back() {
    let found = judged(
        "[{after: 60 s, lose: node-of/alone-1}]",
        "{alone: {outage: 1 min, replicas_back: 7 min, recovers: alone}}",
    );
    let held: Vec<Option<Held>> = found.iter().map(|(_, held, _)| *held).collect();
    assert_eq!(held, [Some(Held::Never), Some(Held::Always), Some(Held::Always)], "{found:?}");
}

#[test]
fn what_it_needs_hard_takes_it_along() {
    let found = judged("[{after: 60 s, lose: zone/a}]", "{web: {outage: 25 s}, db: {outage: 1 min, data_lost: 0 s}}");
    let held: Vec<Option<Held>> = found.iter().map(|(_, held, _)| *held).collect();
    assert_eq!(held, [Some(Held::NotAlways), Some(Held::Always), Some(Held::Always)], "{found:?}");
}

#[test]
fn an_update_one_by_one_interrupts_nothing() {
    let found = judged("[{after: 60 s, roll_out: web}]", "{web: {outage: 0 s}, alone: {outage: 0 s}}");
    assert!(found.iter().all(|(_, held, _)| *held == Some(Held::Always)), "{found:?}");
}

#[test]
fn a_second_failure_is_for_the_simulator() {
    let found =
        judged("[{after: 60 s, lose: node/nodes-3}, {after: 90 s, lose: node/nodes-2}]", "{web: {outage: 0 s}}");
    assert_eq!(found[0].1, None);
}
