//! What bad input gets: a diagnostic, never a panic, bounded time.

use proptest::prelude::*;

use super::json::LOST_WORKER;
use super::*;

#[test]
fn what_is_no_evidence_says_so() {
    for text in ["", "  \n\n"] {
        assert_eq!(codes(&reading(text)), ["observed/nothing-in-it"]);
    }
    for text in [
        "Dear all,\nit broke.\n",
        "{\"jobs\": {\"build\": 1}}",
        "[]",
        "apiVersion: v1\nkind: Pod\n",
        "DB_PASSWORD=hunter2",
    ] {
        let reading = reading(text);
        assert_eq!(codes(&reading), ["observed/unknown-format"], "{text}");
        assert!(!format!("{reading:?}").contains("hunter2"));
    }
    assert!(reading("apiVersion: v1\nkind: Pod\n").diagnostics[0].help.as_ref().unwrap().en.contains("-o json"));
    let other = reading("{\"kind\": \"Deployment\", \"metadata\": {\"name\": \"quote-app\"}}");
    assert_eq!(codes(&other), ["observed/nothing-in-it"]);
    assert!(decode(b"\x7fELF\x02\x01\x00\x00").is_none() && decode(&[0xff; 40]).is_none());
    assert_eq!(decode(b"\xff\xfe+\x001\x00").as_deref(), Some("+1"), "PowerShell writes UTF-16");
}

#[test]
fn evidence_of_another_cluster_is_told_by_its_names() {
    let other = reading("+0 s pod/rook-ceph-mgr-a-7f65b8f79f-kqzvw Terminating\n+5 s node/ku-worker-01 NotReady\n");
    assert_eq!(codes(&other), ["observed/other-cluster"]);
    assert_eq!(told(&other), ["5.00 node/workers-1 NotReady"], "nodes have any name");
    let near = reading("+0 s pod/qoute-app-7d9c6b7f5-x2x1z Terminating\n");
    assert_eq!(near.diagnostics[0].help.as_ref().unwrap().en, "did you mean pods of `quote-app`?");
    // Other pods beside the design's are no mistake.
    assert_eq!(codes(&reading(LOST_WORKER)), [""; 0]);
}

#[test]
fn times_of_two_kinds_are_not_mixed() {
    let mixed =
        reading("11:35:06 node/a power off\n2026-11-26T10:35:49.98Z node/a NotReady\n11:41:00 pod/quote-app-1 Ready\n");
    assert_eq!(codes(&mixed), ["observed/time-zone"]);
    assert_eq!(told(&mixed), ["0.00 node/workers-1 power off", "354.00 quote-app Ready"]);
    // Both without a zone, an hour apart: the watch and the log of the rook thread.
    let (hours, sources) = read_as("11:35:06 node/a power off\n10:35:49 node/a NotReady\n", &design(), None);
    assert_eq!(codes(&hours), ["observed/time-zone"]);
    assert!(hours.diagnostics[0].message.en.contains("about 1 h"), "{}", hours.diagnostics[0].message.en);
    assert_eq!(sources.start(hours.diagnostics[0].primary.span).line, 2);
    let back = reading("11:35:06 node/a power off\n11:34:10 node/a NotReady\n");
    assert_eq!((codes(&back), back.diagnostics[0].severity), (vec!["observed/backwards"], Severity::Warning));
}

#[test]
fn a_line_that_is_not_understood_is_named_and_the_others_are_used() {
    let text = "+0 s node/a power off\nexport DB_PASSWORD=hunter2\n+44 s node/a\n+45 s node/a NotReady\n";
    let (reading, sources) = read_as(text, &design(), None);
    assert_eq!(codes(&reading), ["observed/unread-line"]);
    assert_eq!(sources.start(reading.diagnostics[0].primary.span).line, 2);
    assert_eq!(told(&reading).len(), 2);
    assert!(masked(text).contains("+44 s node/a\n") && !masked(text).contains("PASSWORD"));
}

#[test]
fn much_is_bounded() {
    let event = r#"{"kind": "Event", "reason": "NodeNotReady", "involvedObject": {"kind": "Node", "name": "n"}, "eventTime": "2026-11-26T12:00:00Z"},"#;
    let many = format!("[{}", event.repeat(200_000));
    let read = reading(&many);
    assert!(read.observed.len() <= 50_000);
    for deep in ["[".repeat(2_000_000), "{\"items\":".repeat(300_000), "\n{".repeat(500_000), "\"".repeat(999_999)] {
        assert!(reading(&deep).observed.is_empty());
    }
    let long = format!("+1 s node/{} NotReady\n", "n".repeat(3_000_000));
    assert!(reading(&long).observed.is_empty());
    assert!(reading(&"+1 s node/a x\n".repeat(300_000)).observed.len() <= 50_000);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Some(text) = decode(&bytes) {
            prop_assert_eq!(masked(&text).len(), text.len());
            reading(&text);
        }
    }

    #[test]
    fn no_text_panics(text in "[+\\-0-9:.TZ \\[\\]{}\",a-zé/\n#]{0,200}") {
        prop_assert_eq!(masked(&text).len(), text.len());
        let read = reading(&text);
        prop_assert!(read.observed.windows(2).all(|two| two[0].at_s <= two[1].at_s));
        prop_assert!(read.observed.iter().all(|seen| seen.at_s.is_finite()));
    }

    #[test]
    fn spoilt_evidence_is_read_as_far_as_it_goes(at in 0usize..4000, with in "[\"{}\\[\\],:x\\\\\n]{0,6}", cut in 0usize..40) {
        let mut text = LOST_WORKER.to_owned();
        let from = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let to = (from + cut).min(text.len());
        text.replace_range(from..to, &with);
        let read = reading(&text);
        let shown = format!("{read:?}");
        prop_assert!(!shown.contains("hunter2") && !shown.contains("aHVudGVyMg"));
        prop_assert_eq!(masked(&text).len(), text.len());
        for diagnostic in &read.diagnostics {
            prop_assert!(diagnostic.primary.span.start <= diagnostic.primary.span.end);
        }
    }
}
