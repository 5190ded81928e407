//! Comparisons of the sample workspace, as somebody on the command line asks for them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{Ran, Scratch, epure, files, root};

/// The sample workspace's folder.
fn designs() -> String {
    root().join("designs").display().to_string()
}

fn compare(arguments: &[&str]) -> Ran {
    let designs = designs();
    let mut line = vec!["compare"];
    line.extend(arguments);
    line.extend(["--workspace", designs.as_str(), "--lang", "en"]);
    epure(&line)
}

fn as_json(arguments: &[&str]) -> Value {
    let ran = compare(&[arguments, &["--format", "json"]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

/// The cells of each criterion.
fn rows(report: &Value) -> BTreeMap<String, Vec<Value>> {
    let mut rows: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for cell in report["cells"].as_array().unwrap() {
        rows.entry(cell["criterion"].as_str().unwrap().to_owned()).or_default().push(cell.clone());
    }
    rows
}

#[test]
fn four_stacks_on_twelve_criteria() {
    let report = as_json(&["containers", "virtual-machines", "kubernetes-on-vms", "microvms"]);
    let criteria = report["criteria"].as_array().unwrap();
    assert!(criteria.len() >= 12, "{} criteria", criteria.len());
    let worked_out = rows(&report)
        .values()
        .filter(|cells| cells.iter().all(|cell| !cell["derivation"]["formula"].as_str().unwrap().is_empty()))
        .filter(|cells| cells.iter().any(|cell| cell["derivation"]["facts"].as_array().unwrap().len() > 1))
        .count();
    assert!(worked_out >= 8, "{worked_out} criteria worked out");
    assert_eq!(report["ranking"].as_array().unwrap().len(), 4);
    assert!(!report["sensitivity"]["weights"].as_array().unwrap().is_empty());
}

#[test]
fn three_contexts_on_twenty_measures() {
    let scratch = Scratch::new("contexts");
    for (path, file) in files(&root().join("designs")) {
        scratch.write(&path, std::fs::read(file).unwrap());
    }
    scratch.write("contexts.yaml", std::fs::read(root().join("tests/compare/contexts.yaml")).unwrap());
    let ran = epure(&["compare", "three-contexts", "--workspace", &scratch.path(), "--format", "json", "--lang", "en"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let rows = rows(&report);
    let everywhere = rows.values().filter(|cells| cells.iter().all(|cell| cell["state"] == "known")).count();
    assert!(rows.len() >= 20 && everywhere >= 12, "{everywhere} of {} measures have a value in all three", rows.len());
    eprintln!("{everywhere} of {} measures have a value in all three contexts", rows.len());
}

#[test]
fn a_ranking_never_stands_without_its_weights() {
    let ran = compare(&["lab-or-production"]);
    assert!(ran.out.contains("Who comes first: ") && ran.out.contains("Share won, then weight"), "{}", ran.out);
    assert!(ran.out.contains("What would put another first"), "{}", ran.out);
    let french = epure(&["compare", "lab-or-production", "--workspace", &designs(), "--lang", "fr"]);
    assert!(french.out.contains("Qui arrive en tête"), "{}", french.out);
}

#[test]
fn what_if_is_compared_beside_its_base() {
    let report = as_json(&["quote-app-cloud", "--set", "components.quote-app.replicas=1"]);
    assert_eq!(report["subjects"], serde_json::json!(["quote-app-cloud", "quote-app-cloud-what-if"]));
    let cells = &rows(&report)["single-points-of-failure"];
    assert_eq!((cells[0]["value"].as_f64(), cells[1]["value"].as_f64()), (Some(0.0), Some(1.0)));
    let fewer = compare(&["quote-app-cloud", "--set", "components.quote-app.replicas=1", "--only", "differences"]);
    let all = compare(&["quote-app-cloud", "--set", "components.quote-app.replicas=1"]);
    assert!(fewer.out.lines().count() < all.out.lines().count() && fewer.out.contains("do not differ are left out"));
}

#[test]
fn a_variant_alone_is_compared_with_its_base() {
    let report = as_json(&["quote-app-frugal"]);
    assert_eq!(report["subjects"], serde_json::json!(["quote-app-cloud", "quote-app-frugal"]));
}

#[test]
fn what_is_set_wrongly_is_said() {
    let wrong = |set: &str| {
        let ran = compare(&["quote-app-cloud", "--set", set]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{set}");
        ran.err
    };
    assert!(wrong("components.quote-ap.replicas=1").contains("did you mean `components.quote-app.replicas`?"));
    assert!(wrong("components.quote-app.replicsa=1").contains("did you mean `components.quote-app.replicas`?"));
    let one = wrong("components.quote-app.replicas=one");
    assert!(one.contains("schema/wrong-type") && one.contains("--set components.quote-app.replicas=one"), "{one}");
    let place = wrong("components.quote-app.runs_on=mian");
    assert!(place.contains("did you mean `main`?"), "{place}");
    assert!(wrong("replicas").contains("write a path and a value"));
    let stacks = compare(&["containers", "--set", "layers.x=1"]);
    assert!(stacks.code == 2 && stacks.err.contains("none is named here"), "{}", stacks.err);
    let two = compare(&["quote-app-cloud", "cockpit", "--set", "status=proposed"]);
    assert!(two.err.contains("Write `quote-app-cloud.status=proposed`"), "{}", two.err);
    let both = compare(&["quote-app-cloud", "cockpit", "--set", "cockpit.status=proposed"]);
    assert_eq!((both.code, both.err.as_str()), (0, ""));
}

/// Many at once, each in a column of its own; `benches/comparing.rs` times a thousand.
#[test]
fn many_designs_are_compared_at_once() {
    let scratch = Scratch::new("many");
    for (path, file) in files(&root().join("designs")) {
        if path.starts_with("stacks/") || path.starts_with("cloud/") || path == "epure.yaml" {
            scratch.write(&path, std::fs::read(file).unwrap());
        }
    }
    let base = std::fs::read_to_string(root().join("designs/cloud/quote-app.yaml")).unwrap();
    let base = base.split("\n---\n").next().unwrap();
    let names: Vec<String> = (0..40).map(|n| format!("d{n}")).collect();
    for (n, name) in names.iter().enumerate() {
        let text = base.replace("name: quote-app-cloud", &format!("name: {name}"));
        scratch
            .write(&format!("many/{name}.yaml"), text.replacen("replicas: 3", &format!("replicas: {}", 1 + n % 3), 1));
    }
    let path = scratch.path();
    let mut line: Vec<&str> = vec!["compare"];
    line.extend(names.iter().map(String::as_str));
    line.extend(["--workspace", path.as_str(), "--format", "json", "--lang", "en"]);
    let ran = epure(&line);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["subjects"], serde_json::json!(names));
    // One replica of three is a single point of failure; two and three are none.
    let cells = &rows(&report)["single-points-of-failure"];
    let found: Vec<f64> = cells.iter().map(|cell| cell["value"].as_f64().unwrap()).collect();
    let expected: Vec<f64> = (0..40).map(|n| if n % 3 == 0 { 1.0 } else { 0.0 }).collect();
    assert_eq!(found, expected);
}
