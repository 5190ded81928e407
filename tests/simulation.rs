//! What the simulator must show: the lab's failures, each with its times, its causes and its words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use epure::analysis::View;
use epure::analysis::simulation::{
    Actor, ComponentOutcome, Failure, Options, Recovery, Simulation, Unfit, What, simulate, simulate_failure,
};
use epure::design::text::When;
use epure::design::{Input, Workspace, load};

const TODAY: When = When { year: 2026, month: Some(11), day: Some(26) };

/// A workspace of one file.
fn workspace(text: &str) -> Workspace {
    let (workspace, problems) = load(&[Input { path: "design.yaml".to_owned(), bytes: text.as_bytes().to_vec() }]);
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.en.as_str()).collect();
    assert!(problems.is_empty(), "{text}\n{said:?}");
    workspace
}

/// A cluster of so many nodes over three zones, and one component `app` with these facts.
fn cluster(distribution: &str, nodes: u32, app: &str) -> String {
    format!(
        "kind: design\nname: lab\ncontext: lab\nsites: {{here: {{kind: region, zones: [a, b, c]}}}}\n\
         hosts: {{workers: {{count: {nodes}, in: [a, b, c], cpu: 2, memory: 4 GiB, boot: 20 s}}}}\n\
         clusters: {{main: {{distribution: {distribution}, kubernetes: \"1.35\", workers: [workers]}}}}\n\
         components:\n  users: {{kind: person}}\n  app:\n    kind: service\n    runs_on: main\n{app}\
         connections: {{ask: {{from: users, to: app, protocol: http, needs: hard}}}}\n"
    )
}

/// Facts of `app`, one a line.
fn app(facts: &[&str]) -> String {
    facts.iter().map(|fact| format!("    {fact}\n")).collect()
}

fn fail(text: &str, failure: &Failure) -> Simulation {
    let workspace = workspace(text);
    let view = View::of(&workspace, "lab", TODAY).unwrap();
    simulate_failure(&view, failure, &Options::default()).unwrap()
}

/// A scenario on the same design: its events, until when.
fn happen(text: &str, load: &str, events: &str, until: &str) -> Simulation {
    let text = format!(
        "{text}---\nkind: scenario\nname: happens\ndesign: lab\nload: {{into: ask, rate: {load}}}\nevents:\n{events}until: {until}\n"
    );
    let workspace = workspace(&text);
    let view = View::of(&workspace, "lab", TODAY).unwrap();
    simulate(&view, &workspace.scenarios["happens"].value, &Options::default()).unwrap()
}

fn of_app(simulation: &Simulation) -> &ComponentOutcome {
    simulation.component("app").unwrap()
}

/// When the app suffered something for the first time, in seconds after the failure.
fn when(simulation: &Simulation, what: impl Fn(What) -> bool) -> Option<f64> {
    simulation.trace.iter().find(|entry| what(entry.what)).map(|entry| entry.t_s - simulation.failed_at_s)
}

fn count(simulation: &Simulation, what: impl Fn(What) -> bool) -> usize {
    simulation.trace.iter().filter(|entry| what(entry.what)).count()
}

fn near(found: f64, wanted: f64, by: f64) {
    assert!((found - wanted).abs() <= by, "{found} is not within {by} of {wanted}");
}

const BASE: [&str; 4] = [
    "replicas: 3",
    "starts_in: 4 s",
    "requests: {cpu: 100m, memory: 128 MiB}",
    "probes: {readiness: {http: /ready, period: 5 s}, liveness: {http: /live, period: 10 s}}",
];

fn with(more: &[&str]) -> String {
    let mut facts = BASE.to_vec();
    for fact in more {
        let key = fact.split(':').next().unwrap_or("");
        facts.retain(|known| !known.starts_with(&format!("{key}:")));
        facts.push(fact);
    }
    app(&facts)
}

fn losing_its_node(nodes: u32, more: &[&str]) -> Simulation {
    let mut failure = Failure::lose("node-of/app-1");
    failure.until_s = 7200.0;
    fail(&cluster("eks", nodes, &with(more)), &failure)
}

#[test]
fn a_deleted_pod_is_recreated_by_the_replica_set() {
    let run = fail(
        &cluster("eks", 3, &with(&["stops: {pre_stop: 5 s, drains_in: 1 s}"])),
        &Failure::of("delete", "pod/app-1"),
    );
    let created = run.trace.iter().position(|entry| entry.what == What::Created).unwrap();
    let entry = &run.trace[created];
    assert_eq!((entry.actor, entry.object.name.as_str(), entry.t_s), (Actor::ReplicaSet, "app-4", run.failed_at_s));
    // The chain of causes leads back to what somebody did, and to the number that is declared.
    assert_eq!(run.trace[entry.because.entry.unwrap()].what, What::Deleted);
    assert_eq!(entry.because.ground.as_ref().unwrap().path, "lab.components.app.replicas");
    assert_eq!(of_app(&run).outcome.failed_requests.fixed, Some(0.0));
    let who = run.answers.who.as_ref().unwrap();
    assert!(who.text.en.starts_with("The ReplicaSet created `app-4`"), "{}", who.text.en);
    assert!(who.text.fr.starts_with("Le ReplicaSet a créé `app-4`"), "{}", who.text.fr);
    assert!(run.answers.why.as_ref().unwrap().text.en.contains("`app-1` is deleted → ReplicaSet: creates `app-4`"));
    assert_eq!(run.answers.users.as_ref().unwrap().text.fr, "Les utilisateurs n’ont rien vu.");
}

#[test]
fn its_node_is_lost_one_replica() {
    let run = losing_its_node(3, &["replicas: 1"]);
    let app = of_app(&run);
    // 50 s of grace, a round of 5 s before the taint, 300 s of toleration, then a start.
    near(when(&run, |what| what == What::NodeNotReady).unwrap(), 47.5, 7.5);
    near(when(&run, |what| what == What::NodeTainted).unwrap(), 52.5, 7.5);
    near(when(&run, |what| what == What::MarkedForDeletion).unwrap(), 352.5, 7.5);
    near(app.outcome.outage_s.fixed.unwrap(), 372.0, 20.0);
    assert_eq!(app.outcome.recovers, Recovery::Alone);
    let grounds: Vec<&str> = run
        .trace
        .iter()
        .filter_map(|entry| entry.because.ground.as_ref())
        .map(|ground| ground.text.en.as_str())
        .collect();
    for source in ["kubernetes/kubernetes#127352", "Taints and Tolerations"] {
        assert!(grounds.iter().any(|ground| ground.contains(source)), "{source} in {grounds:?}");
    }
}

#[test]
fn its_node_is_lost_three_replicas() {
    let run = losing_its_node(6, &[]);
    let app = of_app(&run);
    assert_eq!(app.outcome.outage_s.fixed, Some(0.0));
    // A third of the requests goes to the dead pod until its node is NotReady.
    near(app.outcome.degraded_s.fixed.unwrap(), 48.5, 8.0);
    assert!(app.outcome.failed_by.dead_endpoint > 0.0 && app.outcome.failed_by.no_endpoint == 0.0);
    assert!(app.replicas_back_s.fixed.unwrap() > 350.0);
}

#[test]
fn its_node_is_lost_a_stateful_set() {
    let run = losing_its_node(3, &["replicas: 1", "workload: stateful-set"]);
    // The pod is marked for deletion, and that is all: nobody may run its identity twice.
    assert!(when(&run, |what| what == What::MarkedForDeletion).is_some());
    assert_eq!(count(&run, |what| what == What::Created), 0);
    assert_eq!(of_app(&run).outcome.outage_s.fixed, None);
    assert_eq!(of_app(&run).outcome.recovers, Recovery::WithHuman);
    assert!(run.answers.avoided.as_ref().unwrap().text.en.contains("out-of-service taint"));

    // Declared out of service, deleted, or back: each lets the identity go on.
    let stateful = cluster("eks", 3, &with(&["replicas: 1", "workload: stateful-set"]));
    for then in ["taint_out_of_service: node/workers-1", "delete_node: node/workers-1", "bring_back: node/workers-1"] {
        let events = format!("  - {{after: 60 s, lose: node/workers-1}}\n  - {{after: 10 min, {then}}}\n");
        let run = happen(&stateful, "10/s", &events, "30 min");
        let back = of_app(&run).replicas_back_s.fixed.unwrap();
        assert!(back > 540.0 && back < 700.0, "{then}: {back}");
        assert_eq!(of_app(&run).outcome.recovers, Recovery::WithHuman, "{then}");
    }
}

#[test]
fn its_node_is_lost_a_volume_of_one_node_at_a_time() {
    let volume = [
        "replicas: 1",
        "workload: deployment",
        "storage: {size: 1 GiB, reach: region}",
        "update: {strategy: recreate}",
    ];
    let run = losing_its_node(3, &volume);
    // The replacement waits for its volume until it is detached by force, six minutes after the deletion.
    let deleted = when(&run, |what| what == What::MarkedForDeletion).unwrap();
    let detached = when(&run, |what| what == What::VolumeForceDetached).unwrap();
    near(detached - deleted, 360.0, 0.001);
    assert!(when(&run, |what| what == What::VolumeAttachedElsewhere).unwrap() < detached);
    near(of_app(&run).outcome.outage_s.fixed.unwrap(), 740.0, 30.0);
    // A volume of its own node goes nowhere.
    let local = ["replicas: 1", "workload: deployment", "storage: {size: 1 GiB, reach: node}"];
    let run = losing_its_node(3, &local);
    assert_eq!(count(&run, |what| what == What::Pending(Unfit::Volume)), 1);
    assert_eq!(of_app(&run).outcome.recovers, Recovery::WithHuman);
}

#[test]
fn its_node_is_lost_the_only_one() {
    let run = losing_its_node(1, &["replicas: 1"]);
    // Every node is silent: the node controller suspects itself and evicts nobody.
    assert_eq!(count(&run, |what| what == What::NodeTainted), 0);
    assert_eq!(of_app(&run).outcome.outage_s.fixed, None);
    // On one machine with its own control plane, nobody is left even to notice.
    let text = cluster("k3s", 1, &with(&["replicas: 1"])).replace(
        "workers: [workers]",
        "workers: [workers], control_plane: {hosts: [workers], members: 1, datastore: sqlite}",
    );
    let run = fail(&text, &Failure::lose("node/workers-1"));
    assert_eq!(count(&run, |what| what == What::NodeNotReady), 0);
    assert_eq!(count(&run, |what| what == What::ControlPlaneDown), 1);
}

#[test]
fn a_rolling_update_four_ways() {
    let lost = |facts: &[&str]| {
        let text = cluster("eks", 3, &with(facts));
        let run = happen(&text, "100/s", "  - {after: 60 s, roll_out: app}\n", "10 min");
        assert_eq!(count(&run, |what| what == What::RolledOut), 1, "{facts:?}");
        let app = of_app(&run);
        (app.outcome.failed_requests.fixed.unwrap(), app.outcome.failed_by)
    };
    let update = "update: {surge: 1, unavailable: 0}";
    let (without, by) = lost(&[update, "probes: {liveness: {http: /live, period: 10 s}}"]);
    assert!(by.not_ready > 0.0, "{by:?}");
    let (readiness, by) = lost(&[update]);
    assert!(by.not_ready == 0.0 && by.terminating > 0.0, "{by:?}");
    let (short, _) = lost(&[update, "stops: {pre_stop: 500 ms, drains_in: 3 s}"]);
    let (long, _) = lost(&[update, "stops: {pre_stop: 5 s, drains_in: 3 s}"]);
    assert!(without > readiness && readiness > short && short > long, "{without} {readiness} {short} {long}");
    assert_eq!(long, 0.0);
}

#[test]
fn a_hang_four_ways() {
    let hang = |probes: &str| {
        let text = cluster("eks", 3, &with(&[probes, "stops: {grace: 30 s}"]));
        let run = happen(&text, "9/s", "  - {after: 60 s, hang: pod/app-1}\n", "20 min");
        let restarted = count(&run, |what| what == What::LivenessFailed) > 0;
        let left = count(&run, |what| what == What::LeftEndpoints) > 0;
        (restarted, left, of_app(&run).outcome.failed_requests.fixed.unwrap(), of_app(&run).outcome.recovers)
    };
    let both = hang("probes: {readiness: {http: /r, period: 5 s}, liveness: {http: /l, period: 10 s}}");
    assert!(both.0 && both.1 && both.3 == Recovery::Alone, "{both:?}");
    let liveness = hang("probes: {liveness: {http: /l, period: 10 s}}");
    assert!(liveness.0 && liveness.3 == Recovery::Alone && liveness.2 > both.2, "{liveness:?}");
    // Out of the endpoints, and a zombie for ever.
    let readiness = hang("probes: {readiness: {http: /r, period: 5 s}}");
    assert!(!readiness.0 && readiness.1 && readiness.3 == Recovery::WithHuman, "{readiness:?}");
    // In the endpoints, and a zombie for ever: a third of the requests fails until somebody acts.
    let neither = hang("probes: {startup: {http: /s, period: 5 s}}");
    assert!(!neither.0 && !neither.1 && neither.2 > 0.3, "{neither:?}");
}

#[test]
fn a_slow_start_without_a_startup_probe_never_ends() {
    let slow = cluster("eks", 3, &with(&["replicas: 1", "stops: {grace: 10 s}"]));
    let events = "  - {after: 60 s, slow_start: app, takes: 120 s}\n  - {after: 61 s, delete: pod/app-1}\n";
    let run = happen(&slow, "1/s", events, "60 min");
    let waits: Vec<f64> = run
        .trace
        .iter()
        .filter_map(|entry| match entry.what {
            What::BackOff(wait) => Some(wait as f64 / 1e6),
            _ => None,
        })
        .collect();
    // The first restart is immediate; then 10, 20, 40 … and 300 s from there on.
    assert_eq!(waits[..6], [10.0, 20.0, 40.0, 80.0, 160.0, 300.0], "{waits:?}");
    assert!(waits[6..].iter().all(|wait| *wait == 300.0), "{waits:?}");
    assert_eq!(of_app(&run).outcome.outage_s.fixed, None);
    assert!(run.answers.avoided.as_ref().unwrap().text.en.contains("startup probe"));
    // A startup probe that waits long enough lets it start.
    let waits = slow.replace("probes: {", "probes: {startup: {http: /s, period: 5 s, failures: 60}, ");
    let run = happen(&waits, "1/s", events, "60 min");
    assert_eq!(of_app(&run).restarts.fixed, Some(0.0));
    assert_eq!(of_app(&run).outcome.recovers, Recovery::Alone);
}

#[test]
fn a_leak_meets_its_limit_the_kubelet_or_the_kernel() {
    let leak = |distribution: &str, facts: &[&str]| {
        let text = cluster(distribution, 3, &with(facts));
        happen(&text, "1/s", "  - {after: 60 s, leak: pod/app-1, rate: 64 MiB/min}\n", "3 h")
    };
    let limited = leak("eks", &["limits: {memory: 256 MiB}"]);
    assert!(count(&limited, |what| what == What::OutOfMemory) > 1);
    // From its request, 128 MiB, to its limit: two minutes.
    near(when(&limited, |what| what == What::OutOfMemory).unwrap(), 120.0, 0.01);
    assert_eq!(count(&limited, |what| what == What::Evicted), 0);
    let upstream = leak("eks", &[]);
    assert_eq!(
        (count(&upstream, |what| what == What::Evicted), count(&upstream, |what| what == What::OutOfMemory)),
        (1, 0)
    );
    assert_eq!(of_app(&upstream).outcome.recovers, Recovery::Alone);
    // k3s sets no eviction threshold on memory: the kernel kills, by score, again and again.
    let k3s = leak("k3s", &[]);
    assert!(count(&k3s, |what| what == What::OutOfMemory) >= 1);
    assert_eq!(count(&k3s, |what| what == What::Evicted), 0);
}

#[test]
fn a_noisy_neighbour_is_held_by_limits() {
    let two = |limit: &str| {
        let text = cluster(
            "eks",
            1,
            &with(&[
                "replicas: 1",
                "serves_up_to: 50/s",
                "limits: {cpu: 500m}",
                "requests: {cpu: 500m, memory: 128 MiB}",
            ]),
        );
        let noisy = format!(
            "  noisy:\n    kind: service\n    runs_on: main\n    replicas: 1\n    requests: {{cpu: 1500m, memory: 128 MiB}}\n{limit}connections"
        );
        let text = text.replace("connections", &noisy).replace("requests: {cpu: 500m", "requests: {cpu: 200m");
        let run = happen(&text, "40/s", "  - {after: 60 s, noisy_neighbour: pod/noisy-1}\n", "20 min");
        of_app(&run).outcome.failed_by.overloaded
    };
    assert!(two("") > 0.0);
    assert_eq!(two("    limits: {cpu: 1500m}\n"), 0.0);
}

#[test]
fn an_overloaded_pod_overloads_the_others() {
    let text = cluster("eks", 3, &with(&["serves_up_to: 100/s"]));
    let run = happen(&text, "150/s", "  - {after: 60 s, surge: ask, to: 900/s}\n", "20 min");
    // One after the other leaves the endpoints, comes back once it is idle, and goes down again.
    assert!(count(&run, |what| what == What::NotReady) >= 3);
    assert!(of_app(&run).outcome.outage_s.fixed.is_none_or(|outage| outage > 60.0));
    let fits = happen(&text, "150/s", "  - {after: 60 s, surge: ask, to: 290/s}\n", "20 min");
    assert_eq!(of_app(&fits).outcome.failed_requests.fixed, Some(0.0));
}

#[test]
fn a_drain_waits_for_the_budget() {
    let text = cluster("eks", 3, &with(&["disruption_budget: {min_available: 3}"]));
    let run = happen(&text, "1/s", "  - {after: 60 s, drain: node/workers-1}\n", "20 min");
    assert_eq!(count(&run, |what| what == What::EvictionRefused), 1);
    assert_eq!(count(&run, |what| what == What::Drained), 0);
    let text = cluster("eks", 3, &with(&["disruption_budget: {min_available: 2}"]));
    let run = happen(&text, "1/s", "  - {after: 60 s, drain: node/workers-1}\n", "20 min");
    assert_eq!(count(&run, |what| what == What::Drained), 1);
    assert_eq!(of_app(&run).outcome.outage_s.fixed, Some(0.0));
}

#[test]
fn a_registry_is_missed_only_where_the_image_is_not() {
    let text = cluster("eks", 6, &with(&["image: registry.example/app:1"]))
        .replace("  users:", "  registry: {kind: registry, host: registry.example}\n  users:");
    let events = "  - {after: 60 s, lose: component/registry}\n  - {after: 70 s, delete: pod/app-1}\n  - {after: 80 s, roll_out: app}\n  - {after: 10 min, bring_back: component/registry}\n";
    let run = happen(&text, "1/s", events, "40 min");
    assert!(count(&run, |what| what == What::PullFailed) >= 1);
    assert_eq!(of_app(&run).outcome.outage_s.fixed, Some(0.0));
    assert_eq!(count(&run, |what| what == What::RolledOut), 1);
}

#[test]
fn a_lost_control_plane_repairs_nothing() {
    let text = cluster("eks", 3, &with(&[]));
    let events = "  - {after: 60 s, lose: control-plane/main}\n  - {after: 70 s, delete: pod/app-1}\n  - {after: 20 min, bring_back: control-plane/main}\n";
    let run = happen(&text, "9/s", events, "40 min");
    let created = when(&run, |what| what == What::Created).unwrap();
    assert!(created > 1140.0, "{created}");
    assert_eq!(of_app(&run).outcome.outage_s.fixed, Some(0.0));
}

#[test]
fn years_with_probes_of_a_second_are_cheap_and_bounded() {
    let probes = "probes: {readiness: {http: /r, period: 1 s}, liveness: {http: /l, period: 1 s}}";
    let text = cluster("eks", 3, &with(&[probes, "starts_in: 1 s"]));
    let run = happen(&text, "1/s", "  - {after: 60 s, delete: pod/app-1}\n", "36500 days");
    assert!(run.handled < 100, "{}", run.handled);
    // What never settles is cut short, and its trace stays bounded.
    let slow = cluster("eks", 3, &with(&["replicas: 1"]));
    let events = "  - {after: 60 s, slow_start: app, takes: 120 s}\n  - {after: 61 s, delete: pod/app-1}\n";
    let run = happen(&slow, "1/s", events, "36500 days");
    assert!(run.trace.len() <= 20_000 && run.left_off > 0, "{} {}", run.trace.len(), run.left_off);
}

#[test]
fn impossible_designs_and_objects_are_said() {
    // Requests larger than any node, and zero replicas: a run, with the reason.
    let text = cluster("eks", 2, &with(&["requests: {cpu: 64, memory: 128 MiB}"]));
    let run = fail(&text, &Failure::lose("node/workers-1"));
    assert_eq!(count(&run, |what| what == What::Pending(Unfit::Room)), 3);
    let run = fail(&cluster("eks", 2, &with(&["replicas: 0"])), &Failure::lose("node/workers-1"));
    assert!(of_app(&run).outcome.failed_by.no_endpoint > 0.99);
    // A circle of dependencies is cut, and said to be.
    let circle = cluster("eks", 2, &with(&[])).replace(
        "connections: {",
        "  other: {kind: service, runs_on: main, replicas: 1}\nconnections: {there: {from: app, to: other, protocol: http, needs: hard}, back: {from: other, to: app, protocol: http, needs: hard}, ",
    );
    let run = fail(&circle, &Failure::of("delete", "pod/app-1"));
    assert!(run.assumptions.iter().any(|assumption| assumption.text.en.contains("need each other")));
    let workspace = workspace(&circle);
    let view = View::of(&workspace, "lab", TODAY).unwrap();
    let none = simulate_failure(&view, &Failure::lose("node/workers-9"), &Options::default()).unwrap_err();
    assert!(none.known.contains(&"node/workers-1".to_owned()));
}

#[test]
fn runs_do_not_depend_on_threads() {
    let text = cluster("eks", 6, &with(&[]));
    let workspace = workspace(&text);
    let view = View::of(&workspace, "lab", TODAY).unwrap();
    let with = |threads: usize| {
        let options = Options { runs: 60, seed: 5, threads, ..Options::default() };
        simulate_failure(&view, &Failure::lose("node-of/app-1"), &options).unwrap()
    };
    let (one, four) = (with(1), with(4));
    assert_eq!(one, four);
    let degraded = of_app(&one).outcome.degraded_s;
    assert!(degraded.p95.unwrap() / degraded.p5.unwrap() <= 2.0, "{degraded:?}");
}

const DATABASE: &str = "kind: design
name: lab
context: lab
sites: {here: {kind: region, zones: [a, b, c]}, there: {kind: region, zones: [d]}}
links: {between: {between: [here, there], round_trip: 5 ms}}
hosts: {machines: {count: 4, in: [a, b, c, d], cpu: 2, memory: 4 GiB, boot: 20 s}, stores: {count: 3, in: [a, b, c], cpu: 1, memory: 2 GiB}}
components:
  users: {kind: person}
  store: {kind: consensus-store, runs_on: stores, members: 3}
  app: {kind: database, runs_on: machines, starts_in: 2 s, replication: {members: MEMBERS, REPLICATION, store: store, clients_follow: virtual-ip}}
connections: {ask: {from: users, to: app, protocol: sql, needs: hard}}
";

fn database(members: u32, replication: &str, events: &str) -> Simulation {
    let text = DATABASE.replace("MEMBERS", &members.to_string()).replace("REPLICATION", replication);
    happen(&text, "10/s", events, "40 min")
}

#[test]
fn patroni_by_how_its_primary_is_lost() {
    let strict = "mode: synchronous, strict: true, failover: patroni, ttl: 30 s";
    // Power: the lock runs out 20 to 30 s later.
    let power = database(3, strict, "  - {after: 60 s, lose: node/machines-1}\n");
    near(of_app(&power).outcome.outage_s.fixed.unwrap(), 31.0, 6.0);
    assert_eq!(of_app(&power).outcome.data_lost_s.fixed, Some(0.0));
    // Its process: Patroni starts it again at its next round, and nobody else leads.
    let crash = database(3, strict, "  - {after: 60 s, crash: pod/app-1}\n");
    near(of_app(&crash).outcome.outage_s.fixed.unwrap(), 7.0, 1.0);
    assert_eq!(count(&crash, |what| what == What::Promoted), 0);
    // Told to stop: it gives its lock back.
    let stop = database(3, strict, "  - {after: 60 s, delete: pod/app-1}\n");
    assert!(of_app(&stop).outcome.outage_s.fixed.unwrap() < 10.0);
    assert_eq!(count(&stop, |what| what == What::LockReleased), 1);
    // Without its store the primary stops writing, and writes again once there is one.
    let store = "  - {after: 60 s, lose: component/store}\n  - {after: 10 min, bring_back: component/store}\n";
    let run = database(3, strict, store);
    assert!(when(&run, |what| what == What::Demoted).unwrap() <= 20.0);
    assert!(of_app(&run).outcome.outage_s.fixed.unwrap() > 500.0);
    let failsafe = database(3, &format!("{strict}, failsafe: true"), store);
    assert_eq!(of_app(&failsafe).outcome.outage_s.fixed, Some(0.0));
    // A majority of the store's members is the store.
    let members = "  - {after: 60 s, lose: node/stores-1}\n  - {after: 61 s, lose: node/stores-2}\n";
    assert_eq!(count(&database(3, strict, members), |what| what == What::QuorumLost), 1);
}

#[test]
fn copies_that_wait_that_fall_back_and_that_lag() {
    let lose_two = "  - {after: 60 s, lose: node/machines-2}\n  - {after: 5 min, lose: node/machines-1}\n";
    let strict =
        database(2, "mode: synchronous, strict: true, failover: patroni", "  - {after: 60 s, lose: node/machines-2}\n");
    // Writes stop rather than go on without a copy.
    assert_eq!(of_app(&strict).outcome.outage_s.fixed, None);
    assert!(strict.answers.avoided.as_ref().unwrap().text.en.starts_with("One member more"));
    // Falling back, the second loss takes what was written without a copy: nobody may be promoted over it.
    let loose = database(2, "mode: synchronous, failover: patroni", lose_two);
    assert_eq!(count(&loose, |what| what == What::GoesAsynchronous), 1);
    assert_eq!(count(&loose, |what| what == What::Promoted), 0);
    let lag =
        database(3, "mode: asynchronous, failover: patroni, lag: 8 s", "  - {after: 60 s, lose: node/machines-1}\n");
    assert_eq!(of_app(&lag).outcome.data_lost_s.fixed, Some(4.0));
    let person = database(3, "mode: asynchronous, failover: manual", "  - {after: 60 s, lose: node/machines-1}\n");
    assert_eq!((of_app(&person).outcome.outage_s.fixed, of_app(&person).outcome.recovers), (None, Recovery::WithHuman));
    let wrong = database(3, "mode: asynchronous, failover: patroni", "  - {after: 60 s, corrupt: component/app}\n");
    assert_eq!(of_app(&wrong).outcome.recovers, Recovery::Never);
}

#[test]
fn a_link_that_is_cut_parts_what_it_joined() {
    let events = "  - {after: 60 s, lose: link/between}\n  - {after: 10 min, bring_back: link/between}\n";
    let far = database(4, "mode: asynchronous, failover: patroni", events);
    // The smaller side is out of reach; the primary stands on the other.
    assert_eq!(of_app(&far).outcome.outage_s.fixed, Some(0.0));
    assert!(of_app(&far).series.iter().any(|sample| sample.ready == 3));
    assert_eq!(of_app(&far).series.last().unwrap().ready, 4);
}

#[test]
fn a_hypervisor_brings_its_machines_back() {
    let text = cluster("eks", 3, &with(&["replicas: 1"])).replace(
        "hosts: {workers: {count: 3, in: [a, b, c],",
        "hosts: {metal: {count: 6, in: [a, b, c], restarts_vms: {declares_dead: 18 s, places_in: 12 s}}, workers: {count: 3, in: [a, b, c], runs_on: metal,",
    );
    let run = fail(&text, &Failure::lose("node/metal-1"));
    near(when(&run, |what| what == What::VmRestarted).unwrap(), 30.0, 0.1);
    near(when(&run, |what| what == What::Booted).unwrap(), 50.0, 0.1);
    // The node is back before its pods would have been moved: they start again where they are.
    assert_eq!(count(&run, |what| what == What::Created), 0);
    assert!(of_app(&run).outcome.outage_s.fixed.unwrap() < 90.0);
}

#[test]
fn a_car_falls_to_its_safe_state_and_starts_within_its_budget() {
    let text = "kind: design
name: lab
context: automotive
sites: {here: {kind: vehicle}}
hosts: {soc: {count: 1, in: [here], cores: 4, memory: 8 GiB}}
partitions: {safe: {runs_on: soc, memory: 1 GiB, os: {product: QNX, kernel: own}, starts_in: 250 ms, restart: always}}
components:
  users: {kind: person}
  app:
    kind: service
    runs_on: safe
    restart: always
    starts_in: 300 ms
    safety: {asil: B, on_failure: blank, ftti: 200 ms, detects_in: 60 ms, reacts_in: 40 ms}
    start_chain: {within: 2 s, counted_from: power-on, steps: {firmware: 180 ms, hypervisor: 100 ms, os: 250 ms, app: 300 ms}}
connections: {ask: {from: users, to: app, protocol: shared-memory, needs: hard}}
";
    let run = happen(text, "1/s", "  - {after: 60 s, crash: partition/safe}\n", "2 min");
    let app = of_app(&run);
    near(app.safe_state_s.fixed.unwrap(), 0.1, 1e-9);
    near(app.outcome.outage_s.fixed.unwrap(), 0.61, 1e-6);
    let events = "  - {after: 60 s, lose: node/soc-1}\n  - {after: 70 s, bring_back: node/soc-1}\n";
    let run = happen(text, "1/s", events, "2 min");
    let chain = of_app(&run).start_chain.unwrap();
    near(chain.reached_s.unwrap(), 0.83, 1e-6);
    assert!(chain.meets);
}
