//! Transcripts of the commands, whole. `SNAPSHOTS=overwrite cargo test --test commands` writes them
//! anew, to be read before they are kept.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use support::{Ran, Scratch, epure};

/// Compares a run with `tests/commands/NAME.txt`: the command line, what it printed, how it ended.
fn transcript(name: &str, line: &[&str], ran: &Ran, scratch: &Scratch) {
    let place = scratch.path();
    let shown: Vec<String> =
        line.iter().map(|word| if word.contains(' ') { format!("'{word}'") } else { (*word).to_owned() }).collect();
    let mut text = format!("$ epure {}\n{}", shown.join(" "), ran.out);
    if !ran.err.is_empty() {
        text.push_str(&format!("--- standard error\n{}", ran.err));
    }
    if ran.code != 0 {
        text.push_str(&format!("--- exit code {}\n", ran.code));
    }
    let text = text.replace(&place, "WORK");
    let file = support::root().join(format!("tests/commands/{name}.txt"));
    snapbox::assert_data_eq!(text, snapbox::Data::read_from(&file, None).raw());
}

fn run(name: &str, line: &[&str], scratch: &Scratch) {
    let ran = epure(line);
    transcript(name, line, &ran, scratch);
}

#[test]
fn from_new_to_a_report() {
    let scratch = Scratch::new("commands-en");
    let shop = scratch.join("shop");
    run("new", &["new", &shop], &scratch);
    run("check", &["check", &shop, "--as-of", "2026-11-22"], &scratch);
    run("check-json", &["check", &shop, "--as-of", "2026-11-22", "--format", "json"], &scratch);
    run("build", &["build", &shop, "--as-of", "2026-11-22", "--out", &scratch.join("output")], &scratch);
    run("build-again", &["build", &shop, "--as-of", "2026-11-22", "--out", &scratch.join("output")], &scratch);
    run("new-again", &["new", &shop], &scratch);
    run("check-warnings", &["check", &shop, "--as-of", "2026-11-22", "--fail-on", "warning"], &scratch);
}

#[test]
fn in_french() {
    let scratch = Scratch::new("commands-fr");
    let shop = scratch.join("boutique");
    run("new.fr", &["new", &shop, "--lang", "fr"], &scratch);
    run("check.fr", &["check", &shop, "--as-of", "2026-11-22"], &scratch);
}

#[test]
fn explanations() {
    let scratch = Scratch::new("commands-explain");
    run("explain-rule", &["explain", "availability/single-replica"], &scratch);
    run("explain-rule.fr", &["explain", "availability/single-replica", "--lang", "fr"], &scratch);
    run("explain-code", &["explain", "schema/unknown-key"], &scratch);
    run("explain-word", &["explain", "qos class"], &scratch);
    run("explain-measure", &["explain", "memory-overhead"], &scratch);
    run("explain-unknown", &["explain", "single-replica"], &scratch);
}

#[test]
fn schemas() {
    let scratch = Scratch::new("commands-schema");
    run("schema-report", &["schema", "report"], &scratch);
    run("schema-unknown", &["schema", "stak"], &scratch);
    for kind in ["stack", "design", "comparison", "scenario", "policy", "report", "epure", "fence"] {
        let ran = epure(&["schema", kind]);
        assert_eq!(ran.code, 0, "{kind}");
        serde_json::from_str::<serde_json::Value>(&ran.out).unwrap();
    }
}

#[test]
fn help() {
    let scratch = Scratch::new("commands-help");
    run("help", &["--help"], &scratch);
    let ran = epure(&["chek"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
}
