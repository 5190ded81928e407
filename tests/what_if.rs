//! `epure simulate --set`: the same failure, were a fact otherwise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use serde_json::Value;
use support::{epure, root};

/// The outage of `quote-app`, in seconds, when what fails fails with these facts set.
fn outage(set: &[&str]) -> f64 {
    let designs = root().join("designs").display().to_string();
    let mut line =
        vec!["simulate", "quote-app-cloud", "--fail", "node-of/quote-app-1", "--workspace", designs.as_str()];
    line.extend(["--format", "json", "--lang", "en"]);
    for fact in set {
        line.extend(["--set", fact]);
    }
    let ran = epure(&line);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let components = report["components"].as_array().unwrap();
    let app = components.iter().find(|component| component["name"] == "quote-app").unwrap();
    app["outage_s"]["p50"].as_f64().unwrap()
}

#[test]
fn a_failure_is_simulated_as_if_a_fact_were_otherwise() {
    assert_eq!(outage(&[]), 0.0);
    // The only replica stands on the node that is lost: five minutes of toleration, and detection before.
    let alone = outage(&["components.quote-app.replicas=1"]);
    assert!((330.0..420.0).contains(&alone), "{alone}");
    let impatient =
        outage(&["components.quote-app.replicas=1", "clusters.main.constants={toleration-unreachable: 30 s}"]);
    assert!((alone - impatient - 270.0).abs() < 1.0, "{alone} {impatient}");
}
