//! JSON: what a node's loss and a restart look like in it, whole, cut off and watched.

use super::*;

/// What `kubectl get events,pods,nodes -o json` prints some six minutes after a worker lost power.
pub(super) const LOST_WORKER: &str = r#"{
  "apiVersion": "v1",
  "kind": "List",
  "items": [
    {"apiVersion": "v1", "kind": "Event", "reason": "NodeNotReady", "type": "Normal",
     "metadata": {"name": "ip-10-0-1-7.17a", "namespace": "default", "creationTimestamp": "2026-11-26T12:00:47Z"},
     "involvedObject": {"kind": "Node", "name": "ip-10-0-1-7"},
     "message": "Node ip-10-0-1-7 status is now: NodeNotReady",
     "firstTimestamp": "2026-11-26T12:00:47Z", "lastTimestamp": "2026-11-26T12:00:47Z", "eventTime": null, "count": 1},
    {"apiVersion": "v1", "kind": "Event", "reason": "TaintManagerEviction", "type": "Normal",
     "metadata": {"namespace": "shop"},
     "involvedObject": {"kind": "Pod", "namespace": "shop", "name": "quote-app-7d9c6b7f5-x2x1z"},
     "message": "Marking for deletion Pod shop/quote-app-7d9c6b7f5-x2x1z",
     "firstTimestamp": "2026-11-26T12:05:47Z", "lastTimestamp": "2026-11-26T12:05:47Z"},
    {"apiVersion": "events.k8s.io/v1", "kind": "Event", "reason": "SuccessfulCreate", "type": "Normal",
     "regarding": {"kind": "ReplicaSet", "name": "quote-app-7d9c6b7f5"},
     "note": "Created pod: quote-app-7d9c6b7f5-k8kz4", "eventTime": "2026-11-26T12:05:47.250000Z",
     "deprecatedFirstTimestamp": null},
    {"apiVersion": "v1", "kind": "Event", "reason": "Unhealthy", "type": "Warning",
     "involvedObject": {"kind": "Pod", "name": "quote-app-7d9c6b7f5-k8kz4"},
     "message": "Readiness probe failed: HTTP probe failed with statuscode: 503, token=hunter2",
     "firstTimestamp": "2026-11-26T12:05:50Z", "count": 3},
    {"apiVersion": "v1", "kind": "Event", "reason": "LeaderElection", "type": "Normal",
     "involvedObject": {"kind": "Lease", "name": "quote-app"}, "message": "x", "firstTimestamp": "2026-11-26T12:05:50Z"},
    {"apiVersion": "v1", "kind": "Pod",
     "metadata": {"name": "quote-app-7d9c6b7f5-k8kz4", "creationTimestamp": "2026-11-26T12:05:47Z",
       "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{\"env\":[{\"value\":\"hunter2\"}]}"}},
     "spec": {"nodeName": "ip-10-0-1-9",
       "containers": [{"name": "app", "env": [{"name": "DB_PASSWORD", "value": "hunter2"}]}]},
     "status": {"phase": "Running",
       "conditions": [
         {"type": "PodScheduled", "status": "True", "lastTransitionTime": "2026-11-26T12:05:48Z"},
         {"type": "Ready", "status": "True", "lastTransitionTime": "2026-11-26T12:05:58Z"}],
       "containerStatuses": [{"name": "app", "ready": true, "restartCount": 0,
         "state": {"running": {"startedAt": "2026-11-26T12:05:49Z"}}}]}},
    {"apiVersion": "v1", "kind": "Pod",
     "metadata": {"name": "coredns-668d6bf9bc-2xk4v", "creationTimestamp": "2026-11-20T08:00:00Z"}},
    {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "ip-10-0-1-7"},
     "status": {"conditions": [
       {"type": "MemoryPressure", "status": "Unknown", "lastTransitionTime": "2026-11-26T12:00:47Z"},
       {"type": "Ready", "status": "Unknown", "lastTransitionTime": "2026-11-26T12:00:47Z"}]}},
    {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "db"}, "data": {"password": "aHVudGVyMg=="}}
  ]
}
"#;

#[test]
fn a_list_of_events_and_pods_is_put_in_order() {
    let reading = reading(LOST_WORKER);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(reading.since, Since::FirstSign("node/workers-1".into(), What::NodeNotReady));
    assert_eq!(
        told(&reading),
        [
            "0.00 node/workers-1 NotReady",
            "300.00 quote-app Terminating",
            "300.00 quote-app pod created",
            "301.00 quote-app pod scheduled",
            "302.00 quote-app Running",
            "303.00 quote-app readiness probe failed",
            "311.00 quote-app Ready",
        ]
    );
}

#[test]
fn times_count_from_the_moment_that_the_author_gives() {
    let since = |since| read_as(LOST_WORKER, &design(), Some(since)).0;
    for text in ["2026-11-26T12:00:00Z", "2026-11-26T13:00:00+01:00", "12:00:00Z"] {
        let reading = since(text);
        assert_eq!(reading.observed.iter().find(|it| it.what == What::NodeNotReady).unwrap().at_s, 47.0, "{text}");
        assert_eq!(reading.since, Since::Given);
    }
    assert_eq!(codes(&since("2026-11-26T13:00:00Z")), ["observed/since"], "nothing was seen after it");
    assert_eq!(codes(&since("2026-11-26T11:00:00Z")), ["observed/time-zone"], "an hour too early");
    assert_eq!(codes(&since("2026-11-26T11:30:00Z")), [""; 0], "half an hour is slow, and may be so");
    for text in ["12:00:00", "+12 s", "noon", "2026-11-26T12:00:00", ""] {
        assert_eq!(codes(&since(text)), ["observed/since"], "{text}");
    }
}

#[test]
fn what_is_secret_is_neither_kept_nor_shown() {
    let reading = reading(LOST_WORKER);
    assert!(!format!("{reading:?}").contains("hunter2"));
    let shown = masked(LOST_WORKER);
    assert!(!shown.contains("hunter2") && !shown.contains("aHVudGVyMg"));
    assert_eq!(shown.len(), LOST_WORKER.len());
    assert!(shown.contains("\"containerStatuses\""), "keys stay");
    assert!(!masked("{\"a\": \"hunter2").contains("hunter2"), "not even where a string is never closed");
    assert!(!masked("DB_PASSWORD=hunter2\n+1 s node/a NotReady\n").contains("hunter2"));
}

#[test]
fn what_stands_before_a_break_is_used() {
    let cut = &LOST_WORKER[..LOST_WORKER.find("\"SuccessfulCreate\"").unwrap()];
    let (reading, sources) = read_as(cut, &design(), None);
    assert_eq!(codes(&reading), ["observed/truncated"]);
    assert_eq!(told(&reading), ["0.00 node/workers-1 NotReady", "300.00 quote-app Terminating"]);
    assert_eq!(sources.start(reading.diagnostics[0].primary.span).line, cut.lines().count());
    // Whatever the place of the break, nothing is lost of what was whole before it.
    for at in (0..LOST_WORKER.len()).filter(|at| LOST_WORKER.is_char_boundary(*at)) {
        let reading = super::reading(&LOST_WORKER[..at]);
        assert!(reading.diagnostics.len() <= 2, "{at}: {:?}", codes(&reading));
    }
}

#[test]
fn a_watch_prints_one_object_after_the_other() {
    let pod = |kind: &str, rest: &str| {
        format!(
            r#"{{"type": "{kind}", "object": {{"kind": "Pod", "metadata": {{"name": "quote-db-0",
            "creationTimestamp": "2026-11-26T12:00:00Z"{rest}}}}}"#
        ) + "\n"
    };
    let text = pod("ADDED", "}")
        + "error: something that kubectl said\n"
        + &pod("DELETED", ", \"deletionTimestamp\": \"2026-11-26T12:10:30Z\", \"deletionGracePeriodSeconds\": 30}");
    let reading = reading(&text);
    assert_eq!(codes(&reading), ["observed/truncated"]);
    assert_eq!(
        told(&reading),
        ["-600.00 quote-db pod created", "0.00 quote-db Terminating", "30.00 quote-db pod gone"]
    );
}

#[test]
fn restarts_and_their_reasons_are_seen() {
    let text = r#"{"kind": "PodList", "items": [{"metadata": {"name": "quote-app-7d9c6b7f5-x2x1z"}, "status": {
        "conditions": [{"type": "Ready", "status": "False", "lastTransitionTime": "2026-11-26T12:16:00Z"},
          {"type": "DisruptionTarget", "status": "True", "lastTransitionTime": "2026-11-26T12:17:00Z"}],
        "containerStatuses": [{"restartCount": 2, "state": {"waiting": {"reason": "CrashLoopBackOff"}},
          "lastState": {"terminated": {"reason": "OOMKilled", "finishedAt": "2026-11-26T12:15:59Z"}}}]}}]}"#;
    let reading = reading(text);
    assert_eq!(codes(&reading), [""; 0]);
    assert_eq!(
        told(&reading),
        ["0.00 quote-app OOMKilled", "0.00 quote-app CrashLoopBackOff", "61.00 quote-app evicted"]
    );
}
