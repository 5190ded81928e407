//! What the Nodes of a dump answer: machines by what they can give, where they stand, and what runs on them.

use std::collections::BTreeMap;

use super::names::{kebab, unique};
use super::pieces::{Map, list, said, text};
use super::{Object, Unit, live, quantities};
use crate::source::Node;

/// The machines of a cluster.
#[derive(Debug)]
pub struct Nodes {
    /// The host groups.
    pub hosts: Map,
    /// Their names.
    pub workers: Vec<Node>,
    /// The regions with their zones, where the Nodes say theirs.
    pub sites: Option<Node>,
    /// The version of Kubernetes.
    pub version: Option<Node>,
    /// The distribution.
    pub distribution: &'static str,
    /// The control plane, where it is not the provider's.
    pub control_plane: Option<Node>,
    /// The Nodes that could not be reached when they were asked.
    pub unready: Vec<String>,
}

/// The marks of distributions in a kubelet's version.
const DISTRIBUTIONS: [&str; 5] = ["eks", "gke", "k3s", "rke2", "openshift"];

/// The machines of a unit, where it holds Nodes.
pub fn nodes(unit: &Unit) -> Option<Nodes> {
    let nodes: Vec<&Object> = unit.of_kind("Node").map(|(_, object)| object).collect();
    let first = *nodes.first()?;
    let kubelet = first.at(&["status", "nodeInfo", "kubeletVersion"]);
    let words = kubelet.and_then(Node::scalar).unwrap_or("");
    let marked = || MARKS.iter().find(|(mark, _)| has_label(first, mark)).map(|(_, word)| *word);
    let distribution = DISTRIBUTIONS.into_iter().find(|mark| words.contains(mark)).or_else(marked).unwrap_or("kubeadm");
    let version = kubelet.and_then(|node| {
        let mut parts = words.trim_start_matches('v').split('.');
        Some(said(node, format!("{}.{}", parts.next()?, parts.next()?)))
    });
    // Where one Node says its zone and another does not, nothing is known of where pods can go.
    let zoned = nodes.iter().all(|node| label(node, "zone").is_some());
    let mut groups: BTreeMap<(Option<bool>, String, String), Vec<&Object>> = BTreeMap::new();
    for node in &nodes {
        let of = |what: &str| node.text(&["status", "allocatable", what]).unwrap_or("").to_owned();
        groups.entry((live::control_plane(node), of("cpu"), of("memory"))).or_default().push(node);
    }
    let mut hosts = Map::new(first.place());
    let (mut workers, mut taken) = (Vec::new(), BTreeMap::new());
    let (mut servers, mut members) = (Vec::new(), 0);
    // A cluster of which every Node keeps pods away takes them all the same: it is all there is.
    let alone = nodes.iter().all(|node| live::control_plane(node) == Some(true));
    for ((role, cpu, memory), group) in groups {
        let place = group[0].place();
        let name = unique(if role.is_some() { "control-plane" } else { "nodes" }, &mut taken);
        let mut map = Map::new(place).with("count", text(place, group.len().to_string()));
        if zoned {
            map.put("in", list(place, zones(&group)));
        }
        for (what, written, words) in
            [("cpu", cpu, quantities::cores as fn(f64) -> String), ("memory", memory, quantities::bytes)]
        {
            if let (Some(node), Some(value)) =
                (group[0].at(&["status", "allocatable", what]), quantities::number(&written))
            {
                map.put(what, said(node, words(value)));
            }
        }
        if role.is_some() {
            servers.push(text(place, name.clone()));
            members += group.len();
        }
        if role != Some(true) || alone {
            workers.push(text(place, name.clone()));
        }
        hosts.put_at(&name, place, map.node());
    }
    let sites = if zoned { sites(&nodes) } else { None };
    let control_plane = (!servers.is_empty()).then(|| {
        let at = servers[0].span;
        // Servers of k3s that are members of etcd say so: without it the state is in a file of the one server,
        // or in a database beside several.
        let etcd = nodes.iter().any(|node| has_label(node, "node-role.kubernetes.io/etcd"));
        let datastore = match (distribution == "k3s" && !etcd, members) {
            (true, 1) => "sqlite",
            (true, _) => "external",
            _ => "etcd",
        };
        let map = Map::new(at).with("hosts", list(at, servers)).with("members", text(at, members.to_string()));
        map.with("datastore", text(at, datastore)).node()
    });
    let unready = nodes.iter().filter(|node| !live::is_ready(node)).map(|node| node.name.clone()).collect();
    Some(Nodes { hosts, workers, sites, version, distribution, control_plane, unready })
}

/// Labels that only the Nodes of one distribution carry, for those that a kubelet's version does not tell.
const MARKS: [(&str, &str); 3] = [
    ("kubernetes.azure.com/cluster", "aks"),
    ("cloud.google.com/gke-nodepool", "gke"),
    ("node.openshift.io/os_id", "openshift"),
];

fn has_label(node: &Object, key: &str) -> bool {
    node.at(&["metadata", "labels", key]).is_some()
}

/// The zone of each of some machines; each zone once where as many stand in each, for machines are
/// spread over what is listed in turn.
fn zones(group: &[&Object]) -> Vec<Node> {
    let mut all: Vec<Node> = group
        .iter()
        .filter_map(|node| label(node, "zone"))
        .map(|node| said(node, kebab(node.scalar().unwrap_or(""))))
        .collect();
    all.sort_by(|one, other| one.scalar().cmp(&other.scalar()));
    let count = |zone: &Node| all.iter().filter(|other| other.scalar() == zone.scalar()).count();
    let even = all.first().map(count).is_some_and(|first| all.iter().all(|zone| count(zone) == first));
    if even {
        all.dedup_by(|one, other| one.scalar() == other.scalar());
    }
    all
}

/// Each region with its zones; a zone whose Node names no region is in one that has no name.
fn sites(nodes: &[&Object]) -> Option<Node> {
    let mut regions: BTreeMap<String, BTreeMap<String, Node>> = BTreeMap::new();
    for node in nodes {
        let Some(zone) = label(node, "zone") else { continue };
        let name = kebab(zone.scalar().unwrap_or(""));
        let region = label(node, "region").and_then(Node::scalar).map_or_else(|| "region".to_owned(), kebab);
        regions.entry(region).or_default().entry(name.clone()).or_insert_with(|| said(zone, name));
    }
    let at = nodes.first()?.place();
    let mut map = Map::new(at);
    for (region, zones) in regions {
        let zones: Vec<Node> = zones.into_values().collect();
        let place = zones.first().map_or(at, |zone| zone.span);
        let site = Map::new(place).with("kind", text(place, "region")).with("zones", list(place, zones));
        map.put_at(&region, place, site.node());
    }
    map.some()
}

/// What a Node's label says of where it stands, under the name of today or the one before.
fn label<'a>(node: &'a Object, what: &str) -> Option<&'a Node> {
    let labels = node.at(&["metadata", "labels"])?;
    let known = ["topology.kubernetes.io/", "failure-domain.beta.kubernetes.io/"];
    let found = known.iter().find_map(|start| labels.get(&format!("{start}{what}")));
    found.filter(|node| node.scalar().is_some_and(|text| !text.is_empty()))
}
