//! What a report gets for the evidence that it names: lanes and differences for what can be used, a
//! diagnostic at its place for what cannot, and never a credential.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use serde_json::Value;
use support::{Scratch, epure};

/// A workspace that reviews without errors, with a report that names evidence.
fn workspace(name: &str, observed: &str) -> Scratch {
    let scratch = Scratch::new(&format!("observed-{name}"));
    let folder = scratch.join("shop");
    assert_eq!(epure(&["new", &folder]).code, 0);
    let report = format!(
        "---\nkind: report\ntitle: The exercise\nlang: en\n---\n\n```epure\ntimeline: lose-a-node\n{observed}\n```\n"
    );
    scratch.write("shop/exercise.md", report);
    scratch
}

/// What is said of the evidence: code, file, line, severity.
fn said(scratch: &Scratch) -> Vec<(String, String, u64, String)> {
    let ran = epure(&["check", &scratch.join("shop"), "--format", "json", "--lang", "en"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.err));
    let found = report["diagnostics"].as_array().unwrap().iter().filter(|one| {
        let code = one["code"].as_str().unwrap();
        code.starts_with("observed/") || code.starts_with("schema/") || code.starts_with("reference/")
    });
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    found
        .map(|one| {
            (text(one, "code"), text(one, "file"), one["start"]["line"].as_u64().unwrap(), text(one, "severity"))
        })
        .collect()
}

fn codes(scratch: &Scratch) -> Vec<String> {
    said(scratch).into_iter().map(|(code, ..)| code).collect()
}

/// The page that is built, and what was said meanwhile.
fn built(scratch: &Scratch) -> (String, String) {
    let ran = epure(&["build", &scratch.join("shop"), "--out", &scratch.join("output")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = std::fs::read_to_string(scratch.join("output/site/en/exercise.html")).unwrap();
    (page, ran.out + &ran.err)
}

const POD: &str = r#"{"kind": "Pod", "metadata": {"name": "web-7d9c6b7f5-k8kz4", "creationTimestamp": "2026-11-26T12:05:47Z",
  "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "hunter2"}},
  "spec": {"containers": [{"env": [{"name": "DB_PASSWORD", "value": "hunter2"}]}]},
  "status": {"conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-11-26T12:05:58Z"}]}}"#;
const NODE: &str = r#"{"kind": "Node", "metadata": {"name": "ip-10-0-1-7"}, "status": {"conditions":
  [{"type": "Ready", "status": "Unknown", "lastTransitionTime": "2026-11-26T12:00:47Z"}]}}"#;

#[test]
fn evidence_becomes_a_lane_and_differences() {
    let scratch = workspace(
        "used",
        "predicted: {ready: 6 min}\nobserved: {from: evidence/it.json, since: '2026-11-26T12:00:00Z'}",
    );
    scratch.write("shop/evidence/it.json", format!("{{\"kind\": \"List\", \"items\": [{NODE}, {POD}]}}"));
    assert_eq!(said(&scratch), []);
    let (page, _) = built(&scratch);
    for text in ["observed", "47 s · NotReady", "5 min 58 s · Ready", "predicted", "As simulated: node/"] {
        assert!(page.replace('\u{a0}', " ").contains(text), "{text}");
    }
    assert!(!page.contains("hunter2"));
}

#[test]
fn evidence_stands_in_the_report_itself_too() {
    let scratch = workspace(
        "inline",
        "observed: |\n  +0 s node/ip-1 power off\n  +44 s node/ip-1 NotReady\n  what was this\n  +350 s pod/web-7d9c6b7f5-k8kz4 created",
    );
    // At its own line of the report: four lines of front matter and its end, a blank one, the fence.
    let line = ("observed/unread-line".to_owned(), "exercise.md".to_owned(), 12, "warning".to_owned());
    assert_eq!(said(&scratch), [line]);
    let (page, said) = built(&scratch);
    assert!(page.replace('\u{a0}', " ").contains("44 s · NotReady"));
    assert!(said.contains("observed/unread-line"));
}

#[test]
fn truncated_evidence_is_used_as_far_as_it_goes_and_shows_no_secret() {
    let scratch = workspace("cut", "observed: evidence/it.json");
    let whole = format!("{{\"kind\": \"List\", \"items\": [{NODE},\n {POD}]}}");
    let cut = &whole[..whole.find("hunter2\"}]").unwrap() + 7];
    scratch.write("shop/evidence/it.json", cut);
    let found = said(&scratch);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].0.as_str(), found[0].1.as_str(), found[0].3.as_str()),
        ("observed/truncated", "evidence/it.json", "warning")
    );
    for lang in ["en", "fr"] {
        let ran = epure(&["check", &scratch.join("shop"), "--lang", lang]);
        assert!(ran.out.contains("observed/truncated") && !ran.out.contains("hunter2"), "{}", ran.out);
    }
    let (page, said) = built(&scratch);
    assert!(!page.contains("hunter2") && !said.contains("hunter2"));
    assert!(page.contains("NotReady"));
}

#[test]
fn evidence_that_cannot_be_used_is_said_at_its_place() {
    let at = |code: &str| vec![(code.to_owned(), "exercise.md".to_owned(), 9, "error".to_owned())];
    for (name, path, bytes, code) in [
        ("missing", "evidence/none.json", None, "observed/no-such-file"),
        ("folder", "designs", None, "observed/no-such-file"),
        ("above", "../secret.txt", None, "observed/outside"),
        ("absolute", "/etc/hostname", None, "observed/outside"),
        ("link", "evidence/link", None, "observed/outside"),
        ("empty", "evidence/it.json", Some(&b""[..]), "observed/nothing-in-it"),
        ("picture", "evidence/it.json", Some(&b"\x89PNG\r\n\x1a\n\x00\x00\xff"[..]), "observed/unknown-format"),
        (
            "prose",
            "evidence/it.json",
            Some(&b"It broke at noon, DB_PASSWORD=hunter2.\n"[..]),
            "observed/unknown-format",
        ),
        (
            "stranger",
            "evidence/it.json",
            Some(&b"+1 s pod/coredns-668d6bf9bc-2xk4v Terminating\n"[..]),
            "observed/other-cluster",
        ),
    ] {
        let scratch = workspace(name, &format!("observed: {path}"));
        scratch.write("secret.txt", "+1 s node/a NotReady\n");
        std::fs::create_dir_all(scratch.join("shop/evidence")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(scratch.join("secret.txt"), scratch.join("shop/evidence/link")).unwrap();
        if let Some(bytes) = bytes {
            scratch.write("shop/evidence/it.json", bytes);
        }
        assert_eq!(said(&scratch), at(code), "{name}");
        let ran = epure(&["build", &scratch.join("shop"), "--out", &scratch.join("output")]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.err);
        assert!(!ran.err.contains("hunter2") && !scratch.0.join("output").exists(), "{name}: {}", ran.err);
    }
}

#[test]
fn what_a_fence_says_of_its_evidence_is_checked() {
    let list = "+1 s node/a NotReady";
    let scratch = workspace("nodes", &format!("observed:\n  from: |\n    {list}\n  nodes: {{a: nodes-99}}"));
    assert_eq!(codes(&scratch), ["reference/unknown"]);
    let scratch = workspace("since", &format!("observed:\n  from: |\n    {list}\n  since: noon"));
    assert_eq!(codes(&scratch), ["observed/since"]);
    let scratch = workspace("key", "observed: {form: evidence/it.json}");
    assert_eq!(codes(&scratch), ["schema/unknown-key"]);
    let scratch = workspace("list", "observed: [evidence/it.json]");
    assert_eq!(codes(&scratch), ["schema/wrong-shape"]);
}
