//! A pull request with five edits, as its author and its reviewer see it; and states that cannot be
//! compared. `SNAPSHOTS=overwrite cargo test --test diff` writes the transcripts anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::process::Command;

use serde_json::Value;
use support::{Ran, Scratch, epure, files, root};

/// The five edits: what stands in the cloud sample, and what the pull request puts in its place.
const EDITS: [(&str, &str); 8] = [
    // One: replicas 3 to 1.
    ("    vm_required_per: none\n    replicas: 3\n", "    vm_required_per: none\n    replicas: 1\n"),
    // Two: a probe removed.
    (
        "      startup: {http: /live, period: 2 s, failures: 15}\n      readiness: {http: /ready, period: 5 s}\n",
        "      startup: {http: /live, period: 2 s, failures: 15}\n",
    ),
    // Three: the database moved into the cluster.
    (
        "    runs_on: databases\n    critical: true\n",
        "    runs_on: main\n    namespace: quotes\n    image: registry.example/postgres:17.6\n    requests: {cpu: 1, memory: 4 GiB}\n    limits: {memory: 4 GiB}\n    critical: true\n",
    ),
    (
        "storage: {size: 100 GiB, class: ssd, encrypted: true}",
        "storage: {size: 100 GiB, class: local-path, reach: node, encrypted: true}",
    ),
    (
        "replication: {members: 3, mode: synchronous, strict: true, failover: patroni, ttl: 30 s, store: quote-db-etcd, clients_follow: connection-string}",
        "replication: {members: 1, mode: asynchronous}",
    ),
    // Four: a backup's retention cut.
    (
        "base-backup: {kind: base, every: 1 day, keep: 14 days, to: object-store, immutable: 14 days",
        "base-backup: {kind: base, every: 1 day, keep: 2 days, to: object-store, immutable: 2 days",
    ),
    (
        "wal-archive: {kind: log, every: 1 min, keep: 14 days, to: object-store, immutable: 14 days",
        "wal-archive: {kind: log, every: 1 min, keep: 2 days, to: object-store, immutable: 2 days",
    ),
    // Five: a component renamed, wherever it is named.
    ("log-collector", "alloy"),
];

/// The sample workspace, and the same with the five edits.
fn states(name: &str) -> Scratch {
    let scratch = Scratch::new(name);
    for (path, file) in files(&root().join("designs")) {
        // Reports place what they say by name, and are none of a design's consequences.
        if path.ends_with(".md") {
            continue;
        }
        let mut text = std::fs::read_to_string(file).unwrap();
        scratch.write(&format!("old/{path}"), &text);
        if path == "cloud/quote-app.yaml" {
            for (from, to) in EDITS {
                assert!(text.contains(from), "{from}");
                text = text.replace(from, to);
            }
        }
        scratch.write(&format!("new/{path}"), &text);
    }
    scratch
}

fn diff(scratch: &Scratch, more: &[&str]) -> Ran {
    let (old, new) = (scratch.join("old"), scratch.join("new"));
    let mut line = vec!["diff", old.as_str(), new.as_str(), "--lang", "en"];
    line.extend(more);
    epure(&line)
}

fn transcript(name: &str, ran: &Ran, scratch: &Scratch) {
    let text = ran.out.replace(&scratch.path(), "WORK");
    let file = root().join(format!("tests/diff/{name}.txt"));
    snapbox::assert_data_eq!(text, snapbox::Data::read_from(&file, None).raw());
}

#[test]
fn five_edits_and_what_each_does() {
    let scratch = states("pull-request");
    let report = diff(&scratch, &["--format", "json"]);
    assert_eq!((report.code, report.err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&report.out).unwrap();
    let edits = report["edits"].as_array().unwrap();
    let titles: Vec<&str> = edits.iter().map(|edit| edit["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        [
            "component `log-collector` renamed to `alloy`",
            "`components.quote-app.replicas`: 3 → 1",
            "`components.quote-app.probes.readiness` removed: {http: /ready, period: 5 s}",
            "`quote-db` moved from `databases` to `main`",
            "`components.quote-db.backups` changed in 4 places",
        ]
    );
    // Everything hangs under one of the five, and the rename has no consequence.
    assert_eq!(report["together"], Value::Array(Vec::new()));
    assert_eq!(edits[0]["consequences"], Value::Array(Vec::new()));
    for edit in &edits[1..] {
        assert!(!edit["consequences"].as_array().unwrap().is_empty(), "{edit:#}");
    }
    let texts: Vec<&str> = edits
        .iter()
        .flat_map(|edit| edit["consequences"].as_array().unwrap())
        .map(|one| one["text"].as_str().unwrap())
        .collect();
    let minutes = texts.iter().any(|text| text.contains("out for") && text.contains("min"));
    let requests = texts.iter().any(|text| text.contains("requests fail"));
    let data =
        texts.iter().any(|text| text.contains("Data lost with a node: 0") || text.contains("writes lost: none → "));
    assert!(minutes && requests && data, "{texts:#?}");
    // No finding of the untouched base is repeated.
    let old = epure(&["check", &scratch.join("old"), "--format", "json", "--lang", "en"]);
    let old: Value = serde_json::from_str(&old.out).unwrap();
    for finding in report["findings"]["new"].as_array().unwrap() {
        let same = |other: &&Value| {
            other["code"] == finding["code"] && other["path"] == finding["path"] && other["state"] != "waived"
        };
        assert!(old["diagnostics"].as_array().unwrap().iter().find(same).is_none(), "{finding}");
    }
}

#[test]
fn the_comment_for_the_pull_request() {
    let scratch = states("pull-comment");
    let ran = diff(&scratch, &["--format", "markdown"]);
    assert!(ran.out.starts_with("<!-- epure-diff -->\n"));
    assert!(ran.out.chars().count() < 65_536);
    transcript("comment", &ran, &scratch);
    transcript("terminal", &diff(&scratch, &[]), &scratch);
    let french = epure(&["diff", &scratch.join("old"), &scratch.join("new"), "--lang", "fr", "--format", "markdown"]);
    assert!(french.out.contains("renommé en") && french.out.contains("conséquences en mal"), "{}", french.out);
}

#[test]
fn worse_fails_and_the_same_does_not() {
    let scratch = states("fail-on");
    assert_eq!(diff(&scratch, &["--fail-on", "worse", "--no-simulate"]).code, 1);
    let same = epure(&["diff", &scratch.join("old"), &scratch.join("old"), "--fail-on", "worse", "--lang", "en"]);
    assert_eq!(same.code, 0);
    assert!(same.out.contains("nothing changed"), "{}", same.out);
}

#[test]
fn a_page_that_asks_nobody() {
    let scratch = states("diff-page");
    let ran = diff(&scratch, &["--format", "html", "--no-simulate"]);
    assert!(ran.out.starts_with("<!doctype html>") && ran.out.contains("<svg") && ran.out.contains("Marked: "));
    assert!(!ran.out.contains("src=\"http") && !ran.out.contains("<link") && !ran.out.contains("<script"));
}

#[test]
fn a_comment_is_cut_by_section_and_says_so() {
    let scratch = Scratch::new("huge");
    let design = |members: u32| {
        let mut text = "kind: design\nname: huge\ncontext: cloud\nhosts: {m: {count: 2}}\nfunctions: {f: {uses: [c0]}}\ncomponents:\n".to_owned();
        for n in 0..2500 {
            text.push_str(&format!("  c{n}: {{kind: service, runs_on: m, members: {members}}}\n"));
        }
        text
    };
    scratch.write("old/d.yaml", design(2)).write("new/d.yaml", design(3));
    let ran = diff(&scratch, &["--format", "markdown", "--no-simulate"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.chars().count() < 65_536, "{}", ran.out.chars().count());
    assert!(ran.out.contains("were cut to fit a comment"));
}

fn git(folder: &str, arguments: &[&str]) {
    let ran = Command::new("git")
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn revisions_of_git() {
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let scratch = states("revisions");
    let old = scratch.join("old");
    git(&old, &["init", "-q"]);
    git(&old, &["add", "-A"]);
    git(&old, &["commit", "-qm", "one"]);
    git(&old, &["checkout", "-qb", "less"]);
    std::fs::copy(scratch.join("new/cloud/quote-app.yaml"), scratch.join("old/cloud/quote-app.yaml")).unwrap();
    // What lies on the disk alone.
    let alone = epure(&["diff", "main", "--workspace", &old, "--lang", "en", "--no-simulate"]);
    assert!(alone.code == 0 && alone.out.contains("replicas: 3 → 1"), "{}{}", alone.out, alone.err);
    let dirty = epure(&["diff", "main..less", "--workspace", &old, "--lang", "en", "--no-simulate"]);
    assert!(dirty.out.contains("nothing changed"), "{}", dirty.out);
    assert!(dirty.err.contains("1 files on the disk are not as committed"), "{}", dirty.err);
    git(&old, &["commit", "-qam", "two"]);
    for range in ["main..less", "main..", "main...less"] {
        let ran = epure(&["diff", range, "--workspace", &old, "--lang", "en", "--no-simulate"]);
        assert!(
            ran.code == 0 && ran.err.is_empty() && ran.out.contains("replicas: 3 → 1"),
            "{range}: {}{}",
            ran.out,
            ran.err
        );
    }
    let two = epure(&["diff", "main", "less", "--workspace", &old, "--lang", "en", "--no-simulate"]);
    assert!(two.out.contains("replicas: 3 → 1"), "{}{}", two.out, two.err);
    let wrong = |range: &str, folder: &str| {
        let ran = epure(&["diff", range, "--workspace", folder, "--lang", "en"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{range}");
        ran.err
    };
    assert!(wrong("mian..less", &old).contains("there is no revision `mian`"));
    // A clone of one commit only.
    let shallow = scratch.join("shallow");
    git(&scratch.path(), &["clone", "-q", "--depth", "1", "--branch", "less", &format!("file://{old}"), "shallow"]);
    assert!(wrong("main..HEAD", &shallow).contains("this clone is shallow"));
}

#[test]
fn states_that_cannot_be_compared_say_why() {
    let scratch = states("unusable");
    let (old, new) = (scratch.join("old"), scratch.join("new"));
    let wrong = |arguments: &[&str]| {
        let ran = epure(&[&["diff", "--lang", "en"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        ran.err
    };
    assert!(wrong(&[&old]).contains("against what?"));
    assert!(wrong(&[&old, &scratch.join("nowhere")]).contains("no file or folder"));
    assert!(wrong(&[&old, &scratch.join("new/cloud/quote-app.yaml")]).contains("a file and a folder"));
    scratch.write("new/cloud/quote-app.yaml", "kind: design\nname: quote-app-cloud\ncontxt: cloud\n");
    let broken = wrong(&[&old, &new]);
    assert!(
        broken.contains("did you mean `context`?") && broken.contains("cannot be compared until that is mended"),
        "{broken}"
    );
}

#[test]
fn two_files_are_compared_with_what_stands_around_them() {
    let scratch = states("two-files");
    let ran = epure(&[
        "diff",
        &scratch.join("old/cloud/quote-app.yaml"),
        &scratch.join("new/cloud/quote-app.yaml"),
        "--lang",
        "en",
        "--no-simulate",
    ]);
    assert!(ran.code == 0 && ran.out.contains("replicas: 3 → 1"), "{}{}", ran.out, ran.err);
}
