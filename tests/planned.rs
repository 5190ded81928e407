//! Work that people plan: new versions and drains, and what users see of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use epure::analysis::View;
use epure::analysis::commit_wait::commit_waits;
use epure::analysis::simulation::{Options, Planned, What, planned};
use epure::design::text::When;
use epure::design::{Input, Workspace, load};

const TODAY: When = When { year: 2026, month: Some(11), day: Some(26) };

fn workspace(text: &str) -> Workspace {
    let (workspace, problems) = load(&[Input { path: "design.yaml".to_owned(), bytes: text.as_bytes().to_vec() }]);
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.en.as_str()).collect();
    assert!(problems.is_empty(), "{text}\n{said:?}");
    workspace
}

fn work(text: &str, object: &str) -> Planned {
    let workspace = workspace(text);
    let view = View::of(&workspace, "shop", TODAY).unwrap();
    planned(&view, &Options::default()).into_iter().find(|planned| planned.work.object == object).unwrap()
}

/// Four machines with one component that nothing starts again, and these facts more.
fn machines(facts: &str) -> String {
    format!(
        "kind: design\nname: shop\ncontext: cloud\nhosts: {{machines: {{count: 4}}}}\n\
         components: {{app: {{kind: service, runs_on: machines, members: 4, starts_in: 20 s{facts}}}}}\n"
    )
}

#[test]
fn members_outside_kubernetes_get_a_new_version_one_after_the_other() {
    // Nobody says that a manager would start it again: whoever puts the new version there does.
    let planned = work(&machines(""), "component/app");
    let starts: Vec<f64> = planned
        .simulation
        .trace
        .iter()
        .filter(|entry| entry.what == What::ContainerStarted && entry.t_s > planned.simulation.failed_at_s)
        .map(|entry| entry.t_s)
        .collect();
    assert_eq!(starts.len(), 4);
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] >= 20.0), "{starts:?}");
    assert_eq!(planned.least, Some((3, 4)));
    let done = planned.done_s.unwrap();
    assert!((80.0..100.0).contains(&done), "{done}");
}

#[test]
fn a_primary_gets_its_new_version_last() {
    let text = "kind: design\nname: shop\ncontext: cloud\nhosts: {machines: {count: 3}}\ncomponents:\n  \
        etcd: {kind: consensus-store, runs_on: machines, members: 3}\n  \
        db: {kind: database, runs_on: machines, members: 3, starts_in: 5 s, replication: {members: 3, mode: synchronous, failover: patroni, store: etcd}}\n";
    let planned = work(text, "component/db");
    let ended: Vec<&str> = planned
        .simulation
        .trace
        .iter()
        .filter(|entry| entry.what == What::Ended && entry.object.component.as_deref() == Some("db"))
        .map(|entry| entry.object.name.as_str())
        .collect();
    assert_eq!(ended, ["db-2", "db-3", "db-1"]);
    assert!(planned.done_s.is_some());
}

/// A cluster of two nodes with one component, and these facts more.
fn cluster(facts: &str) -> String {
    format!(
        "kind: design\nname: shop\ncontext: cloud\nhosts: {{workers: {{count: 2, cpu: 2, memory: 4 GiB}}}}\n\
         clusters: {{main: {{distribution: kubeadm, kubernetes: \"1.35\", workers: [workers]}}}}\n\
         components: {{app: {{kind: service, runs_on: main, replicas: 2, starts_in: 2 s, \
         probes: {{readiness: {{http: /ready, period: 2 s}}}}{facts}}}}}\n"
    )
}

#[test]
fn requests_are_lost_where_nothing_waits_for_the_endpoints() {
    let hasty = work(&cluster(""), "component/app");
    let patient = work(&cluster(", stops: {pre_stop: 10 s, drains_in: 5 s, grace: 30 s}"), "component/app");
    assert!(hasty.lost_s > 0.1, "{}", hasty.lost_s);
    assert!(patient.lost_s < 1e-6, "{}", patient.lost_s);
}

#[test]
fn a_budget_that_never_lets_go_is_named() {
    let text = cluster(", disruption_budget: {min_available: 2}");
    let drain = work(&text, "node/workers-1");
    assert_eq!(drain.done_s, None);
    assert_eq!(drain.refused.as_deref(), Some("app-1"));
}

#[test]
fn a_write_waits_for_the_last_copy_that_has_to_answer() {
    let text = |copies: u32, trip: &str| {
        format!(
            "kind: design\nname: shop\ncontext: finance\n\
             sites: {{north: {{kind: datacentre}}, south: {{kind: datacentre}}}}\n\
             links: {{fibre: {{between: [north, south], round_trip: {trip}}}}}\n\
             hosts: {{machines: {{count: 4, in: [north, south]}}}}\n\
             components: {{db: {{kind: database, runs_on: machines, members: 4, replication: {{members: 4, mode: synchronous, synchronous_members: {copies}, failover: built-in}}}}}}\n"
        )
    };
    // Two members on either site: the first copy is at home, the second is not.
    let waits = |text: &str| -> Vec<f64> {
        let workspace = workspace(text);
        let view = View::of(&workspace, "shop", TODAY).unwrap();
        commit_waits(&view).iter().map(|wait| wait.least_s.value).collect()
    };
    assert!(waits(&text(1, "6 ms")).is_empty());
    assert!((waits(&text(2, "6 ms"))[0] - 0.006).abs() < 1e-9);
    assert!((waits(&text(2, "9 ms"))[0] - 0.009).abs() < 1e-9);
}
