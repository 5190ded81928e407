use super::*;
use crate::analysis::View;
use crate::design::text::When;
use crate::design::{Input, Workspace, load};

fn workspace(text: &str) -> Workspace {
    let input = Input { path: "shop.yaml".to_owned(), bytes: text.as_bytes().to_vec() };
    let (workspace, diagnostics) = load(&[input]);
    let said: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.message.en.clone()).collect();
    assert!(said.is_empty(), "{said:?}");
    workspace
}

fn with_view<T>(text: &str, then: impl FnOnce(&View<'_>) -> T) -> T {
    let workspace = workspace(text);
    then(&View::of(&workspace, "shop", When::parse("2026-11-22").unwrap()).unwrap())
}

const SHOP: &str = "
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], peak_load: 250/s}}
sites: {west: {kind: region, zones: [a, b, c]}}
hosts: {nodes: {count: 6, in: [a, b, c], cpu: 4, memory: 16 GiB, reserved: {cpu: 80m, memory: 893 MiB}}}
clusters:
  main:
    distribution: eks
    kubernetes: 1.33
    workers: [nodes]
    namespaces: {front: {quota: {cpu: 1, memory: 2 GiB}, default_limits: {memory: 256 MiB}}}
components:
  web: {kind: service, runs_on: main, namespace: front, replicas: 3, requests: {cpu: 250m}, serves_up_to: 100/s, spread: {zone: required}}
  agent: {kind: logging, runs_on: main, workload: daemon-set, requests: {cpu: 100m, memory: 128 MiB}, limits: {cpu: 100m, memory: 128 MiB}}
";

#[test]
fn nodes_give_what_is_left_to_pods() {
    with_view(SHOP, |view| {
        let room = &clusters(view)[0];
        let node = &room.nodes[0];
        let cpu = node.cpu.as_ref().unwrap();
        let memory = node.memory.as_ref().unwrap();
        assert_eq!((cpu.formula.en.as_str(), cpu.value.value()), ("4 − 80m", 3.92));
        assert_eq!(memory.formula.fr, "16\u{a0}Gio − 893\u{a0}Mio − 100\u{a0}Mio");
        assert!(memory.facts.contains("shop.hosts.nodes.reserved.memory"));
        assert_eq!(node.requested_cpu.formula.en, "250m + 100m");
        assert_eq!(node.requested_memory.formula.en, "256\u{a0}MiB + 128\u{a0}MiB");
    });
}

#[test]
fn classes_follow_kubernetes() {
    with_view(SHOP, |view| {
        let of = |name: &str| demand(view, name, &view.design.components[name]).unwrap();
        assert_eq!(of("agent").qos(), Qos::Guaranteed);
        // The default limit became the request too, and processor time has no limit.
        assert_eq!(of("web").qos(), Qos::Burstable);
        assert_eq!(
            of("web").request_memory.unwrap().facts.first().unwrap(),
            "shop.clusters.main.namespaces.front.default_limits.memory"
        );
    });
}

#[test]
fn a_quota_counts_requests_and_the_surge_of_an_update() {
    with_view(SHOP, |view| {
        let quota = &quotas(view)[0];
        let (limit, used) = quota.cpu.as_ref().unwrap();
        assert_eq!((limit.value(), used.value.value(), used.formula.en.as_str()), (1.0, 0.75, "3 × 250m"));
        assert_eq!(quota.surge.cpu, 0.25);
        assert!(quota.refused.is_empty());
    });
}

#[test]
fn a_lost_node_is_made_up_for_in_its_zone_and_a_lost_zone_is_not() {
    with_view(SHOP, |view| {
        let room = &clusters(view)[0];
        assert!(pack(view, room).is_empty());
        assert!(lose_a_node(view, room).unwrap().stranded.is_empty());
        let zone = lose_a_zone(view, room).unwrap();
        assert_eq!((zone.lost, zone.stranded[0].why), (1, Why::Spread));
        assert!(lose_a_site(view, room).is_none());
        let all = headroom(view, room);
        assert_eq!(all[1].cpu.as_ref().unwrap().formula.en, "5 × (4 − 80m)");
        assert_eq!(all.len(), 3);
    });
}

#[test]
fn what_is_left_serves_less() {
    with_view(SHOP, |view| {
        let traffic = &traffic(view)[0];
        assert_eq!((traffic.all.value.value(), traffic.after.len()), (300.0, 2));
        assert_eq!(traffic.after[1].1.formula.en, "2 × 100/s");
        assert_eq!(traffic.peak.value.value(), 250.0);
    });
}

#[test]
fn a_pod_larger_than_any_node_finds_none() {
    with_view(&SHOP.replace("cpu: 250m", "cpu: 5"), |view| {
        let stranded = pack(view, &clusters(view)[0]);
        assert_eq!((stranded.len(), stranded[0].why), (3, Why::Room));
    });
}

#[test]
fn a_virtual_machine_carries_its_own_layers_only() {
    let stack = "
kind: stack
name: vms
layers:
  - {kind: hardware, per: host}
  - {kind: host-os, per: host, memory: 1 GiB}
  - {kind: guest-os, per: vm, memory: 300 MiB}
  - {kind: orchestrator, per: vm, memory: 100 MiB}
  - {kind: container, per: application, memory: 4 MiB}
---";
    let shop = SHOP
        .replace("reserved: {cpu: 80m, memory: 893 MiB}", "stack: vms")
        .replace("distribution: eks", "distribution: k3s");
    with_view(&format!("{stack}{shop}"), |view| {
        let memory = clusters(view)[0].nodes[0].memory.clone().unwrap();
        assert_eq!(memory.formula.en, "16\u{a0}GiB − 300\u{a0}MiB − 100\u{a0}MiB");
        assert!(memory.facts.contains("vms.layers.guest-os.memory"));
    });
}

#[test]
fn a_shared_gateway_leads_a_function_only_where_it_says() {
    let two = "
kind: design
name: shop
context: cloud
functions: {sell: {uses: [door, web]}, pay: {uses: [door, till]}}
hosts: {machines: {count: 2}}
components:
  door: {kind: gateway, runs_on: machines}
  web: {kind: service, runs_on: machines}
  till: {kind: service, runs_on: machines}
  data: {kind: database, runs_on: machines}
connections:
  a: {from: door, to: web, protocol: https, needs: hard}
  b: {from: door, to: till, protocol: https, needs: hard}
  c: {from: web, to: data, protocol: postgresql, needs: hard}
";
    with_view(two, |view| {
        let way: Vec<&str> = view.needed_by("sell").into_iter().collect();
        assert_eq!(way, ["data", "door", "web"]);
    });
}

#[test]
fn replicas_that_cannot_share_nodes_are_said_apart() {
    with_view(&SHOP.replace("{zone: required}", "{node: required}").replace("replicas: 3", "replicas: 7"), |view| {
        let stranded = pack(view, &clusters(view)[0]);
        assert_eq!((stranded.len(), stranded[0].why), (1, Why::Spread));
    });
}
