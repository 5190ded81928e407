//! Pasted tables and lists by hand.

use super::*;

#[test]
fn a_watched_table_tells_times_by_its_ages() {
    let reading = reading(
        "$ kubectl get pods -w\n\
         NAME                        READY   STATUS    RESTARTS   AGE\n\
         quote-app-7d9c6b7f5-abc12   1/1     Running   0          5m2s\n\
         quote-app-7d9c6b7f5-x2x1z   1/1     Running   1 (2m ago) 5m2s\n\
         quote-db-0                  1/1     Running   0          3d4h\n\
         coredns-668d6bf9bc-2xk4v    1/1     Running   0          9d\n\
         quote-app-7d9c6b7f5-x2x1z   1/1     Terminating   1 (2m ago) 5m12s\n\
         quote-app-7d9c6b7f5-k8kz4   0/1     Pending   0          0s\n\
         quote-app-7d9c6b7f5-k8kz4   0/1     ContainerCreating   0          0s\n\
         quote-app-7d9c6b7f5-k8kz4   0/1     Running   0          2s\n\
         quote-app-7d9c6b7f5-k8kz4   1/1     Running   0          9s\n\
         ^C\n",
    );
    assert_eq!(codes(&reading), [""; 0]);
    let after: Vec<String> = told(&reading).into_iter().filter(|line| !line.starts_with('-')).collect();
    assert_eq!(
        after,
        [
            "0.00 quote-app Terminating",
            "0.00 quote-app pod created",
            "0.00 quote-app pod scheduled",
            "2.00 quote-app Running",
            "9.00 quote-app Ready",
        ]
    );
    assert!(reading.observed.iter().filter(|it| it.at_s >= 0.0).all(|it| it.precision_s <= 1.0));
}

#[test]
fn times_before_the_rows_are_better_than_ages() {
    let reading = reading(
        "12:00:00 NAMESPACE NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES\n\
         12:00:00 shop quote-app-7d9c6b7f5-x2x1z 1/1 Running 0 3d4h 10.1.0.4 ip-1 <none> <none>\n\
         12:04:10 shop quote-app-7d9c6b7f5-x2x1z 0/1 Running 0 3d4h 10.1.0.4 ip-1 <none> <none>\n\
         12:05:10.5 shop quote-app-7d9c6b7f5-x2x1z 0/1 Running 1 (0s ago) 3d4h 10.1.0.4 ip-1 <none> <none>\n\
         12:05:20 shop quote-app-7d9c6b7f5-x2x1z 1/1 Running 1 (10s ago) 3d4h 10.1.0.4 ip-1 <none> <none>\n\
         12:06:00 shop quote-app-7d9c6b7f5-x2x1z 0/1 CrashLoopBackOff 1 (50s ago) 3d4h 10.1.0.4 ip-1 <none> <none>\n\
         12:06:30 shop quote-app-7d9c6b7f5-pend1 0/1 Pending 0 0s <none> <none> <none> <none>\n\
         12:06:31 shop quote-app-7d9c6b7f5-pend1 0/1 Pending 0 1s <none> ip-2 <none> <none>\n",
    );
    assert_eq!(codes(&reading), [""; 0]);
    let after: Vec<String> = told(&reading).into_iter().filter(|line| !line.starts_with('-')).collect();
    assert_eq!(
        after,
        [
            "0.00 quote-app NotReady",
            "60.50 quote-app restarted",
            "70.00 quote-app Ready",
            "110.00 quote-app CrashLoopBackOff",
            "140.00 quote-app pod created",
            "141.00 quote-app pod scheduled",
        ]
    );
}

#[test]
fn the_column_of_watch_events_is_understood() {
    let reading = reading(
        "EVENT      NAME         READY   STATUS        RESTARTS   AGE\n\
         ADDED      quote-db-0   1/1     Running       0          2m\n\
         MODIFIED   quote-db-0   1/1     Terminating   0          2m10s\n\
         DELETED    quote-db-0   0/1     Completed     0          2m40s\n\
         ADDED      quote-db-0   0/1     Pending       0          0s\n",
    );
    let after: Vec<String> = told(&reading).into_iter().filter(|line| !line.starts_with('-')).collect();
    assert_eq!(after[..2], ["0.00 quote-db Terminating", "30.00 quote-db pod gone"]);
    assert_eq!(codes(&reading), [""; 0]);
}

#[test]
fn nodes_and_events_are_tables_too() {
    let nodes = reading(
        "NAME          STATUS                     ROLES           AGE   VERSION\n\
         ip-10-0-1-7   Ready                      <none>          12m   v1.33.2\n\
         ip-10-0-1-8   Ready,SchedulingDisabled   control-plane   12m   v1.33.2+k3s1\n\
         ip-10-0-1-7   NotReady                   <none>          13m   v1.33.2\n\
         ip-10-0-1-7   NotReady                   <none>          13m   v1.33.2\n\
         ip-10-0-1-7   Ready                      <none>          19m   v1.33.2\n",
    );
    assert_eq!(told(&nodes), ["0.00 node/workers-1 NotReady", "360.00 node/workers-1 Ready"]);
    assert_eq!(nodes.observed[0].precision_s, 60.0, "minutes are what the table tells");
    let events = reading(
        "LAST SEEN   TYPE      REASON             OBJECT                            MESSAGE\n\
         5m2s        Normal    NodeNotReady       node/ip-10-0-1-7                  Node ip-10-0-1-7 status is now: NodeNotReady\n\
         3s          Warning   FailedScheduling   pod/quote-app-7d9c6b7f5-k8kz4     0/3 nodes are available: 1 node(s) had untolerated taint, 2 Insufficient cpu. preemption: none\n\
         2s (x5 over 4m)   Warning   BackOff      pod/quote-app-7d9c6b7f5-x2x1z     Back-off restarting failed container app\n\
         <unknown>   Normal    Scheduled          pod/quote-app-7d9c6b7f5-k8kz4     Successfully assigned\n\
         1s          Normal    SuccessfulCreate   replicaset/quote-app-7d9c6b7f5    Created pod: quote-app-7d9c6b7f5-k8kz4\n",
    );
    assert_eq!(codes(&events), [""; 0]);
    assert_eq!(
        told(&events),
        [
            "0.00 node/workers-1 NotReady",
            "62.00 quote-app CrashLoopBackOff",
            "299.00 quote-app Pending (1 node(s) had untolerated taint, 2 Insufficient cpu)",
            "301.00 quote-app pod created",
            "302.00 quote-app pod scheduled",
        ]
    );
}

/// kubernetes#13258: an end-to-end test of 2015 cuts a node off; the test's own clock says no zone, the
/// condition does.
const CUT_OFF: &str = "# https://github.com/kubernetes/kubernetes/issues/13258\n\
     2015-09-10T12:31:05.062-07:00 node/e2e-flaky-minion-50ti cut off from the control plane\n\
     2015-09-10T12:31:41-07:00     node/e2e-flaky-minion-50ti NotReady # the condition's transition\n\
     2015-09-10T12:31:45.097-07:00 component/e2e              sees it\n";

#[test]
fn a_list_by_hand_counts_from_its_first_line() {
    let reading = reading(CUT_OFF);
    assert_eq!((codes(&reading), &reading.since), (Vec::new(), &Since::Given));
    assert_eq!(
        told(&reading),
        [
            "0.00 node/workers-1 cut off from the control plane",
            "35.94 node/workers-1 NotReady",
            "40.03 component/e2e sees it"
        ]
    );
    let rook = include_str!("../../../../designs/evidence/rook-4343.txt");
    let reading = super::reading(rook);
    assert_eq!(told(&reading), ["0.00 node/workers-1 power off", "43.98 node/workers-1 NotReady"]);
}

#[test]
fn a_list_by_hand_takes_offsets_and_passes_midnight() {
    let offsets = reading("23:59:50 node/a power off\n+43.98 s node/a NotReady\n00:05:40 pod/quote-app-1 Ready\n");
    assert_eq!(codes(&offsets), [""; 0]);
    assert_eq!(
        told(&offsets),
        ["0.00 node/workers-1 power off", "43.98 node/workers-1 NotReady", "350.00 quote-app Ready"]
    );
    let only = reading("+40 s node/a NotReady\n+5m40s pod/quote-app-1 created\n");
    assert_eq!(told(&only), ["40.00 node/workers-1 NotReady", "340.00 quote-app pod created"]);
}
