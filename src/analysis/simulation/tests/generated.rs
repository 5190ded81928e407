//! Random designs and failures, from a seed.

use crate::analysis::simulation::phases::Random;
use crate::analysis::view::View;

/// A generator of words and numbers.
pub(super) struct Made(pub(super) Random);

impl Made {
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0.below(bound)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

/// A design with one cluster of a few nodes and a few components.
pub(super) fn design(made: &mut Made) -> String {
    let zones = 1 + made.below(3);
    let names: Vec<String> = (0..zones).map(|zone| format!("z{zone}")).collect();
    let zones = names.join(", ");
    let nodes = 1 + made.below(7);
    let distribution = made.pick(&["eks", "kubeadm", "k3s", "gke"]);
    let minor = 26 + made.below(10);
    let cpu = 1 + made.below(4);
    let mut text = format!(
        "kind: design\nname: made\ncontext: cloud\nsites: {{here: {{kind: region, zones: [{zones}]}}}}\n\
         hosts:\n  workers: {{count: {nodes}, in: [{zones}], cpu: {cpu}, memory: 8 GiB}}\n  planes: {{count: 3, in: [{zones}], cpu: 2, memory: 4 GiB}}\n  \
         machines: {{count: 3, in: [{zones}], cpu: 2, memory: 8 GiB}}\n"
    );
    let plane = match distribution {
        "eks" | "gke" => String::new(),
        "k3s" => ", control_plane: {hosts: [workers], members: 1, datastore: sqlite}".to_owned(),
        _ => ", control_plane: {hosts: [planes], members: 3, datastore: etcd}".to_owned(),
    };
    text += &format!(
        "clusters: {{main: {{distribution: {distribution}, kubernetes: \"1.{minor}\", workers: [workers]{plane}}}}}\ncomponents:\n  users: {{kind: person}}\n"
    );
    for at in 0..1 + made.below(4) {
        text += &component(made, at);
    }
    if made.chance(40) {
        let mode = made.pick(&["synchronous", "asynchronous"]);
        let strict = made.pick(&["true", "false"]);
        let failover = made.pick(&["patroni", "built-in", "manual"]);
        let members = 1 + made.below(3);
        text += &format!(
            "  base: {{kind: database, runs_on: machines, replication: {{members: {members}, mode: {mode}, strict: {strict}, failover: {failover}, store: keys}}}}\n  keys: {{kind: consensus-store, runs_on: machines, members: 3}}\n"
        );
        text += "connections:\n  store: {from: c0, to: base, protocol: sql, needs: hard}\n  ask: {from: users, to: c0, protocol: http, needs: hard}\n";
    } else {
        text += "connections:\n  ask: {from: users, to: c0, protocol: http, needs: hard}\n";
    }
    text
}

fn component(made: &mut Made, at: u64) -> String {
    let workload = made.pick(&["deployment", "deployment", "stateful-set", "daemon-set", "job"]);
    let replicas = made.below(5);
    let mut text = format!(
        "  c{at}:\n    kind: service\n    runs_on: main\n    workload: {workload}\n    starts_in: {} s\n",
        1 + made.below(8)
    );
    if workload != "daemon-set" {
        text += &format!("    replicas: {replicas}\n");
    }
    if made.chance(80) {
        text += &format!("    requests: {{cpu: {}m, memory: {} MiB}}\n", 50 + made.below(900), 64 + made.below(1500));
    }
    if made.chance(30) {
        text += &format!("    limits: {{cpu: {}m, memory: {} MiB}}\n", 950 + made.below(900), 1600 + made.below(1500));
    }
    if made.chance(30) {
        text += &format!("    serves_up_to: {}/s\n", 1 + made.below(3));
    }
    let probes: Vec<String> = ["startup", "readiness", "liveness"]
        .iter()
        .filter_map(|name| {
            made.chance(60).then(|| {
                let failures = if *name == "startup" { 30 } else { 2 + made.below(3) };
                format!(
                    "{name}: {{http: /x, period: {} s, failures: {failures}, initial_delay: {} s}}",
                    1 + made.below(10),
                    made.below(20)
                )
            })
        })
        .collect();
    if !probes.is_empty() {
        text += &format!("    probes: {{{}}}\n", probes.join(", "));
    }
    if made.chance(50) {
        text += &format!("    stops: {{pre_stop: {} s, drains_in: {} s}}\n", made.below(6), made.below(6));
    }
    if made.chance(40) {
        let key = made.pick(&["zone", "node"]);
        let mode = made.pick(&["required", "preferred"]);
        text += &format!("    spread: {{{key}: {mode}}}\n");
    }
    if workload == "stateful-set" && made.chance(50) || workload == "deployment" && replicas == 1 && made.chance(20) {
        let reach = made.pick(&["node", "zone", "region"]);
        text += &format!("    storage: {{size: 1 GiB, reach: {reach}}}\n");
    }
    if made.chance(40) {
        let key = made.pick(&["min_available", "max_unavailable"]);
        text += &format!("    disruption_budget: {{{key}: {}}}\n", made.below(4));
    }
    if workload == "deployment" && made.chance(40) {
        text += &format!("    update: {{surge: {}, unavailable: {}}}\n", 1 + made.below(2), made.below(2));
    }
    text
}

/// A scenario of one to three things that happen.
pub(super) fn scenario(made: &mut Made, view: &View<'_>) -> Option<(String, u64)> {
    let mut text = String::from("kind: scenario\nname: happens\ndesign: made\nload: {into: ask, rate: 2/s}\nevents:\n");
    let mut at = 60;
    let mut any = false;
    for _ in 0..1 + made.below(3) {
        let verb = made.pick(&[
            "delete",
            "lose",
            "lose",
            "bring_back",
            "hang",
            "crash",
            "drain",
            "roll_out",
            "delete_node",
            "taint_out_of_service",
            "surge",
            "noisy_neighbour",
            "leak",
            "slow_start",
        ]);
        let known = crate::analysis::simulation::failure::known(view, verb);
        if known.is_empty() {
            continue;
        }
        let object = &known[made.below(known.len() as u64) as usize];
        if object.ends_with("users") || object == "users" {
            continue;
        }
        let how = if verb == "lose" && made.chance(30) { ", how: network" } else { "" };
        text += &format!("  - {{after: {at} s, {verb}: {object}{how}}}\n");
        any = true;
        at += made.below(900);
    }
    text += &format!("until: {} s\n", at + 3600);
    any.then_some((text, at))
}
