//! Waivers, baselines, fixes and policies, as whole transcripts. `SNAPSHOTS=overwrite cargo test --test
//! waivers` writes them anew, to be read before they are kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Scratch, epure, transcript};

const DESIGN: &str = "kind: design
name: shop
context: lab
functions:
  sell: {uses: [web]}
components:
  web:
    kind: service
    runs_on: main
    image: registry.example/web:1.4
    replicas: 1
    probes:
      readiness: {http: /ready, period: 5 s, failures: 3}
      liveness: {http: /alive, period: 10 s, failures: 3}
    requests: {cpu: 100m, memory: 128Mi}
    limits: {memory: 256Mi}
  batch:
    kind: service
    runs_on: main
    image: registry.example/batch:1.4
    replicas: 1
hosts:
  workers: {count: 1, cpu: 4, memory: 16 GiB}
clusters:
  main: {distribution: k3s, kubernetes: 1.35, workers: [workers]}
";

#[test]
fn a_waiver_past_its_day_and_one_that_matches_nothing() {
    let scratch = Scratch::new("waivers-document");
    scratch.write(
        "w/epure.yaml",
        "epure: 1
languages: [en]
teams: {shop: The shop}
waivers:
  lab-only: {rule: 'observability/*', target: 'shop.**', reason: it is a lab, owner: shop, until: 2027-01-31}
  old: {rule: 'availability/single-*', target: 'shop.components.*', reason: a demonstration, owner: shop, until: 2026-06-30}
  gone: {rule: data/no-backup, target: shop.components.store, reason: it was a cache, owner: shop, until: 2027-06-30}
",
    );
    scratch.write("w/shop.yaml", DESIGN);
    transcript(
        "waivers/document",
        &scratch,
        &[&["check", "./w", "--as-of", "2026-05-01"], &["check", "./w", "--as-of", "2026-11-26", "--fail-on", "error"]],
    );
}

#[test]
fn a_waiver_as_a_comment() {
    let scratch = Scratch::new("waivers-comment");
    scratch.write("w/epure.yaml", "epure: 1\nlanguages: [en]\n");
    scratch.write(
        "w/shop.yaml",
        DESIGN
            .replacen("    replicas: 1\n", "    replicas: 1 # epure-ignore availability/* until=2026-06-30 reason=a demonstration\n", 1)
            .replace("  batch:\n", "  # epure-ignore capacity/*, probes/* until=2027-06-30 owner=shop reason=\"runs once a month\"\n  batch:\n")
            .replace("hosts:\n", "hosts: # epure-ignore data/no-backup until=2027-01-01 reason=none here\n")
            .replace("clusters:\n", "clusters: # epure-ignore stack/weak-pod-security reason=no day\n"),
    );
    transcript(
        "waivers/comment",
        &scratch,
        &[
            &["check", "./w", "--as-of", "2026-05-01", "--all"],
            &["check", "./w", "--as-of", "2026-11-26"],
            &["check", "./w", "--as-of", "2026-11-26", "--fix"],
            &["check", "./w", "--as-of", "2026-11-26", "--fix"],
        ],
    );
    let text = std::fs::read_to_string(scratch.0.join("w/shop.yaml")).unwrap();
    assert!(text.contains("\nhosts:\n") && text.contains("# epure-ignore capacity/*"), "{text}");
}

#[test]
fn a_baseline_after_lines_moved() {
    let scratch = Scratch::new("waivers-baseline");
    scratch.write("w/epure.yaml", "epure: 1\nlanguages: [en]\nas_of: 2026-11-26\n");
    scratch.write("w/shop.yaml", DESIGN);
    let base = "./baseline.json";
    let ran =
        epure(&["check", &scratch.join("w"), "--fail-on", "note", "--write-baseline", &scratch.join("baseline.json")]);
    assert_eq!(ran.code, 0, "writing a baseline is no failure: {}", ran.err);
    // Lines move, a file is renamed, and one finding is mended; then a new one comes.
    std::fs::remove_file(scratch.0.join("w/shop.yaml")).unwrap();
    let moved = DESIGN.replacen("    replicas: 1\n", "\n    # Two, since a node was added.\n    replicas: 2\n", 1);
    let moved = format!("# The shop of the lab.\n\n{moved}");
    scratch.write("w/designs/shop.yaml", &moved);
    transcript("waivers/baseline", &scratch, &[&["check", "./w", "--fail-on", "note", "--baseline", base]]);
    scratch.write("w/designs/shop.yaml", moved.replace("    limits: {memory: 256Mi}\n", ""));
    transcript(
        "waivers/baseline-new",
        &scratch,
        &[
            &["check", "./w", "--fail-on", "note", "--baseline", base],
            &["check", "./w", "--baseline", "./w/epure.yaml"],
            &["check", "./w", "--baseline", "./none.json"],
        ],
    );
}

const POLICY: &str = "kind: policy
name: two-replicas
title: What is critical runs twice
when: needed && kind == \"service\"
require: replicas >= 2
message: \"{name} runs fewer than two times\"
severity: error
why: The house rule of 2026.
tests:
  two: {given: {kind: service, needed: true, replicas: 2}, expect: pass}
  one: {given: {kind: service, needed: true, replicas: 1}, expect: fail}
  idle: {given: {kind: service, needed: false, replicas: 1}, expect: not-applicable}
  unsaid: {given: {kind: service, needed: true}, expect: unanswered}
---
kind: policy
name: enough-memory
over: hosts
require: memory >= 8000000000.0
message: \"{name} has too little memory\"
tests:
  small: {given: {memory: 4 GiB}, expect: fail}
  large: {given: {memory: 16 GiB}, expect: pass}
";

#[test]
fn a_policy_judges_and_is_tested() {
    let scratch = Scratch::new("waivers-policy");
    scratch.write("w/epure.yaml", "epure: 1\nlanguages: [en]\nas_of: 2026-11-26\n");
    scratch.write("w/shop.yaml", DESIGN);
    scratch.write("w/policies.yaml", POLICY);
    transcript("waivers/policy", &scratch, &[&["check", "./w"]]);
    let wrong = POLICY
        .replace("replicas >= 2\n", "replicsa >= 2 && workload == \"deploymnt\"\n")
        .replace("given: {memory: 4 GiB}, expect: fail", "given: {memory: 4 GiB}, expect: pass")
        .replace("given: {memory: 16 GiB}", "given: {memroy: 16 GiB}");
    scratch.write("w/policies.yaml", wrong);
    transcript("waivers/policy-wrong", &scratch, &[&["check", "./w"], &["check", "./w", "--lang", "fr"]]);
}
