//! What a workload listens on and what it mounts, of Kubernetes and of Compose in the same words.

use std::collections::BTreeMap;

use super::compose::interpolated;
use super::pieces::{Map, list, text};
use super::{Object, Unit};
use crate::source::{Node, Span};

/// The ports on which the pods of a workload are reached: those of its containers and of the Services
/// that lead to it.
pub fn ports(unit: &Unit, w: usize) -> Option<Node> {
    let object = unit.object(&unit.workloads[w]);
    let mut found = BTreeMap::new();
    for container in object.containers() {
        for port in container.node.get("ports").map(Node::items).unwrap_or_default() {
            add(&mut found, port.get("containerPort"));
        }
    }
    for service in unit.links.services.get(w).into_iter().flatten() {
        for port in unit.objects[*service].at(&["spec", "ports"]).map(Node::items).unwrap_or_default() {
            // A Service without an address may have to state a port, and then leads to none.
            if port.get("targetPort").and_then(Node::scalar) != Some("0") {
                add(&mut found, port.get("port"));
                add(&mut found, port.get("targetPort"));
            }
        }
    }
    listed(object.place(), found)
}

/// The same of a Compose service: the ports that it publishes, on the machine and in its container, and
/// those that it exposes to the others.
pub fn compose_ports(span: Span, node: &Node) -> Option<Node> {
    let mut found = BTreeMap::new();
    for item in node.get("ports").map(Node::items).unwrap_or_default() {
        add(&mut found, item.get("target"));
        add(&mut found, item.get("published"));
        let Some(written) = item.scalar() else { continue };
        let written = interpolated(written);
        // `127.0.0.1:8080:80/tcp`: an address, the port of the machine, that of the container.
        let parts: Vec<&str> = written.split('/').next().unwrap_or("").rsplit(':').take(2).collect();
        for port in parts.iter().flat_map(|part| range(part)) {
            found.entry(port).or_insert(item.span);
        }
    }
    for item in node.get("expose").map(Node::items).unwrap_or_default() {
        let written = interpolated(item.scalar().unwrap_or(""));
        for port in range(written.split('/').next().unwrap_or("")) {
            found.entry(port).or_insert(item.span);
        }
    }
    listed(span, found)
}

/// The most ports that a range is written out to.
const MAX_RANGE: u16 = 64;

/// `80`, or `5000-5010`.
fn range(written: &str) -> Vec<u16> {
    let (first, last) = written.split_once('-').unwrap_or((written, written));
    match (first.trim().parse::<u16>(), last.trim().parse::<u16>()) {
        (Ok(first), Ok(last)) if first > 0 && first <= last => {
            (first..=last.min(first.saturating_add(MAX_RANGE))).collect()
        }
        _ => Vec::new(),
    }
}

fn add(found: &mut BTreeMap<u16, Span>, node: Option<&Node>) {
    if let Some(node) = node
        && let Some(port) = node.scalar().and_then(|text| text.parse().ok()).filter(|port| *port > 0)
    {
        found.entry(port).or_insert(node.span);
    }
}

fn listed(span: Span, found: BTreeMap<u16, Span>) -> Option<Node> {
    let items: Vec<Node> = found.into_iter().map(|(port, span)| text(span, port.to_string())).collect();
    let span = items.first().map_or(span, |item| item.span);
    (!items.is_empty()).then(|| list(span, items))
}

/// What the containers of a workload mount, by path.
pub fn volumes(object: &Object) -> Option<Node> {
    let mut map = Map::new(object.place());
    let declared = object.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
    let templates = object.at(&["spec", "volumeClaimTemplates"]).map(Node::items).unwrap_or_default();
    for container in object.containers() {
        for (name, path) in container.mounts() {
            let named = |node: &&Node| node.get("name").and_then(Node::scalar) == Some(name);
            let claimed = templates.iter().filter_map(|template| template.get("metadata")).any(|node| named(&node));
            let word = match declared.iter().find(named) {
                _ if claimed => "claim",
                Some(volume) => kind(volume),
                None => continue,
            };
            put(&mut map, path, word);
        }
    }
    map.some()
}

/// What a volume of a pod is.
fn kind(volume: &Node) -> &'static str {
    let is = |keys: &[&str]| keys.iter().any(|key| volume.entry(key).is_some());
    if is(&["configMap", "secret", "projected", "downwardAPI"]) {
        "configuration"
    } else if is(&["hostPath"]) {
        "host"
    } else if is(&["persistentVolumeClaim"]) {
        "claim"
    } else if volume.entries().len() < 2 || is(&["emptyDir", "ephemeral"]) {
        "ephemeral"
    } else {
        // A file share, or a disk that the pod names itself, outlives it as a claim's does.
        "claim"
    }
}

/// The same of a Compose service.
pub fn compose_volumes(span: Span, node: &Node) -> Option<Node> {
    let mut map = Map::new(span);
    for item in node.get("volumes").map(Node::items).unwrap_or_default() {
        let Some(written) = item.scalar() else {
            let word = match item.get("type").and_then(Node::scalar) {
                Some("bind") => "host",
                Some("tmpfs") => "ephemeral",
                _ => "claim",
            };
            if let Some(target) = item.get("target") {
                put(&mut map, target, word);
            }
            continue;
        };
        let written = interpolated(written);
        let mut parts = written.split(':');
        let first = parts.next().unwrap_or("");
        let (source, target) = match parts.next() {
            Some(target) if target.starts_with('/') => (first, target),
            _ => ("", first),
        };
        let path = source.starts_with(['/', '.', '~', '$']);
        // A volume without a name outlives its container by chance only, and is found by nobody.
        put(&mut map, &text(item.span, target), if path { "host" } else { "claim" });
    }
    let listed = |key: &str| -> Vec<&Node> {
        node.get(key).map_or_else(Vec::new, |node| {
            if node.scalar().is_some() { vec![node] } else { node.items().iter().collect() }
        })
    };
    for item in listed("tmpfs") {
        put(&mut map, item, "ephemeral");
    }
    for item in listed("configs").into_iter().chain(listed("secrets")) {
        if let Some(target) = item.get("target") {
            put(&mut map, target, "configuration");
        }
    }
    map.some()
}

fn put(map: &mut Map, path: &Node, word: &str) {
    let written = interpolated(path.scalar().unwrap_or(""));
    let written = written.split(':').next().unwrap_or("");
    if written.starts_with('/') {
        let trimmed = if written.len() > 1 { written.trim_end_matches('/') } else { written };
        map.put_at(trimmed, path.span, text(path.span, word));
    }
}
