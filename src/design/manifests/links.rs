//! What refers to what among the objects of a unit: Services to pods, budgets, autoscalers and
//! policies to workloads, and who calls whom.

use std::collections::{BTreeMap, BTreeSet};

use super::selector::{plain, takes};
use super::{Object, Unit};
use crate::source::{Node, Span};

/// The references of a unit; the outer index is that of the workload.
#[derive(Debug, Clone, Default)]
pub struct Links {
    /// The Services that lead to a workload.
    pub services: Vec<Vec<usize>>,
    /// The disruption budgets that count its pods.
    pub budgets: Vec<Vec<usize>>,
    /// The autoscalers that set its replicas.
    pub autoscalers: Vec<Vec<usize>>,
    /// The network policies that take its pods.
    pub policies: Vec<Vec<usize>>,
    /// Who calls it, with the place that says so.
    pub callers: Vec<Vec<(usize, Span)>>,
    /// What leads to it from outside the cluster: an Ingress, a route, a load balancer.
    pub entries: Vec<Option<usize>>,
    /// The workloads that an object leads to: of Services, budgets, policies and autoscalers.
    pub targets: BTreeMap<usize, Vec<usize>>,
}

/// A workload with the labels of its pods.
type Labelled<'a> = (usize, Vec<(&'a str, &'a str)>);

impl Links {
    /// Resolves the references of a unit.
    pub(super) fn of(unit: &Unit) -> Links {
        let count = unit.workloads.len();
        let mut links = Links {
            services: vec![Vec::new(); count],
            budgets: vec![Vec::new(); count],
            autoscalers: vec![Vec::new(); count],
            policies: vec![Vec::new(); count],
            callers: vec![Vec::new(); count],
            entries: vec![None; count],
            targets: BTreeMap::new(),
        };
        let mut spaces: BTreeMap<&str, Vec<Labelled<'_>>> = BTreeMap::new();
        for (w, workload) in unit.workloads.iter().enumerate() {
            let object = unit.object(workload);
            spaces.entry(object.namespace()).or_default().push((w, object.pod_labels()));
        }
        let nobody = Vec::new();
        for (i, object) in unit.objects.iter().enumerate() {
            let near = spaces.get(object.namespace()).unwrap_or(&nobody);
            let spec = object.root.get("spec");
            let found: Vec<usize> = match object.kind.as_str() {
                "Service" => {
                    let selector = spec.and_then(|spec| spec.get("selector"));
                    near.iter().filter(|(_, labels)| plain(selector, labels)).map(|(w, _)| *w).collect()
                }
                "PodDisruptionBudget" => match spec.and_then(|spec| spec.get("selector")) {
                    Some(selector) => {
                        near.iter().filter(|(_, labels)| takes(selector, labels)).map(|(w, _)| *w).collect()
                    }
                    None => Vec::new(),
                },
                "NetworkPolicy" => {
                    let selector = spec.and_then(|spec| spec.get("podSelector"));
                    let every = selector.is_none_or(|node| node.entries().is_empty());
                    near.iter()
                        .filter(|(_, labels)| every || selector.is_some_and(|selector| takes(selector, labels)))
                        .map(|(w, _)| *w)
                        .collect()
                }
                "HorizontalPodAutoscaler" | "VerticalPodAutoscaler" | "ScaledObject" => {
                    let target = spec.and_then(|spec| {
                        spec.get("scaleTargetRef").or_else(|| spec.get("targetRef")).or_else(|| spec.get("scaleRef"))
                    });
                    let text = |key: &str| target.and_then(|target| target.get(key)).and_then(Node::scalar);
                    let (kind, name) = (text("kind"), text("name"));
                    near.iter()
                        .filter(|(w, _)| {
                            let other = unit.object(&unit.workloads[*w]);
                            Some(other.name.as_str()) == name && kind.is_none_or(|kind| kind == other.kind)
                        })
                        .map(|(w, _)| *w)
                        .collect()
                }
                _ => continue,
            };
            for w in &found {
                match object.kind.as_str() {
                    "Service" => links.services[*w].push(i),
                    "PodDisruptionBudget" => links.budgets[*w].push(i),
                    "NetworkPolicy" => links.policies[*w].push(i),
                    "HorizontalPodAutoscaler" => links.autoscalers[*w].push(i),
                    _ => {}
                }
            }
            links.targets.insert(i, found);
        }
        links.enter_all(unit);
        links.calls(unit);
        links
    }

    /// Which workloads are reached from outside the cluster, and through what.
    fn enter_all(&mut self, unit: &Unit) {
        let mut services: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (i, object) in unit.of_kind("Service") {
            services.insert((object.namespace(), &object.name), i);
            let kind = object.text(&["spec", "type"]).unwrap_or("ClusterIP");
            if matches!(kind, "LoadBalancer" | "NodePort") || object.at(&["spec", "externalIPs"]).is_some() {
                self.enter(i, i);
            }
        }
        for (i, object) in unit.objects.iter().enumerate() {
            if !matches!(
                object.kind.as_str(),
                "Ingress"
                    | "HTTPRoute"
                    | "GRPCRoute"
                    | "TLSRoute"
                    | "TCPRoute"
                    | "Route"
                    | "VirtualService"
                    | "IngressRoute"
                    | "Mapping"
            ) {
                continue;
            }
            for backend in backends(object) {
                if let Some(service) = services.get(&(object.namespace(), backend.0)) {
                    self.enter(*service, i);
                }
            }
        }
    }

    fn enter(&mut self, service: usize, through: usize) {
        for w in self.targets.get(&service).cloned().unwrap_or_default() {
            self.entries[w].get_or_insert(through);
        }
    }

    /// Who calls whom: an address in the environment or the arguments of one that names a Service of
    /// another, in ConfigMaps too.
    fn calls(&mut self, unit: &Unit) {
        let mut services: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
        for (i, object) in unit.of_kind("Service") {
            services.entry(&object.name).or_default().push((object.namespace(), i));
        }
        if services.is_empty() {
            return;
        }
        let mut maps: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (i, object) in unit.of_kind("ConfigMap") {
            maps.insert((object.namespace(), &object.name), i);
        }
        for (w, workload) in unit.workloads.iter().enumerate() {
            let object = unit.object(workload);
            let mut met: BTreeSet<usize> = BTreeSet::new();
            for node in strings(unit, object, &maps) {
                for (name, space) in mentioned(node.scalar().unwrap_or("")) {
                    let Some(candidates) = services.get(name) else { continue };
                    let space = space.unwrap_or(object.namespace());
                    let Some((_, service)) = candidates.iter().find(|(namespace, _)| *namespace == space) else {
                        continue;
                    };
                    for target in self.targets.get(service).cloned().unwrap_or_default() {
                        if target != w && met.insert(target) {
                            self.callers[target].push((w, node.span));
                        }
                    }
                }
            }
        }
    }

    /// Whether something may ask a workload for something: a Service leads to it, or it is entered.
    pub fn serves(&self, workload: usize) -> bool {
        self.services.get(workload).is_some_and(|services| !services.is_empty())
    }

    /// How many other workloads stop, or work with less, without one: those that call it, and those
    /// that call those.
    pub fn dependants(&self, workload: usize) -> usize {
        let mut met = BTreeSet::from([workload]);
        let mut open = vec![workload];
        while let Some(at) = open.pop() {
            for (caller, _) in self.callers.get(at).into_iter().flatten() {
                if met.insert(*caller) {
                    open.push(*caller);
                }
            }
        }
        met.len() - 1
    }
}

/// Everything that a workload is told at its start: values, arguments, and the ConfigMaps it reads.
fn strings<'a>(unit: &'a Unit, object: &'a Object, maps: &BTreeMap<(&str, &str), usize>) -> Vec<&'a Node> {
    let mut found = Vec::new();
    let mut read: BTreeSet<usize> = BTreeSet::new();
    let find = |name: Option<&str>| name.and_then(|name| maps.get(&(object.namespace(), name))).copied();
    for container in object.containers() {
        for variable in container.environment() {
            found.extend(variable.value);
            let reference = variable.from.and_then(|from| from.get("configMapKeyRef"));
            if let Some(map) = find(reference.and_then(|reference| reference.get("name")).and_then(Node::scalar)) {
                let key = reference.and_then(|reference| reference.get("key")).and_then(Node::scalar).unwrap_or("");
                found.extend(unit.objects[map].at(&["data", key]));
            }
        }
        for key in ["command", "args"] {
            found.extend(container.node.get(key).map(Node::items).unwrap_or_default());
        }
        for source in container.node.get("envFrom").map(Node::items).unwrap_or_default() {
            let name = source.get("configMapRef").and_then(|reference| reference.get("name")).and_then(Node::scalar);
            read.extend(find(name));
        }
    }
    let volumes = object.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
    for volume in volumes {
        let name = volume.get("configMap").and_then(|map| map.get("name")).and_then(Node::scalar);
        read.extend(find(name));
    }
    for map in read {
        let data = unit.objects[map].at(&["data"]).map(Node::entries).unwrap_or_default();
        found.extend(data.iter().map(|entry| &entry.value).filter(|node| node.scalar().is_some()));
    }
    found
}

/// The names in a text that stand where a host stands (`http://cart:80/`, `redis:6379`, or the whole
/// text), with the namespace where it is said (`cart.shop.svc`).
pub fn mentioned(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let mut start = 0;
    while start < bytes.len() {
        if !part(bytes[start]) {
            start += 1;
            continue;
        }
        let end = (start..bytes.len()).find(|at| !part(bytes[*at])).unwrap_or(bytes.len());
        let port = bytes.get(end) == Some(&b':') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let after = text[..start].ends_with("://") || text[..start].ends_with('@');
        let whole = start == 0 && end == bytes.len();
        if port || after || whole {
            let mut labels = text[start..end].split('.');
            if let Some(name) = labels.next().filter(|name| !name.is_empty()) {
                found.push((name, labels.next()));
            }
        }
        start = end + 1;
    }
    found
}

/// The Services that an Ingress or a route sends requests to, with the port where it is said.
pub fn backends(object: &Object) -> Vec<(&str, Option<&Node>, Span)> {
    let mut found = Vec::new();
    walk(object.at(&["spec"]), &mut found, 0);
    found
}

fn walk<'a>(node: Option<&'a Node>, found: &mut Vec<(&'a str, Option<&'a Node>, Span)>, depth: usize) {
    let Some(node) = node.filter(|_| depth < 24) else { return };
    for entry in node.entries() {
        let value = &entry.value;
        match entry.key.as_str() {
            "serviceName" => add(found, Some(value), node.get("servicePort")),
            "service" if value.get("name").is_some() => {
                let port = value.get("port").and_then(|port| port.get("number").or_else(|| port.get("name")));
                add(found, value.get("name"), port);
            }
            "backendRefs" => value.items().iter().for_each(|item| add(found, item.get("name"), item.get("port"))),
            "to" if value.get("kind").and_then(Node::scalar) == Some("Service") => add(found, value.get("name"), None),
            "destination" => add(found, value.get("host"), None),
            "services" => value.items().iter().for_each(|item| add(found, item.get("name"), item.get("port"))),
            _ => walk(Some(value), found, depth + 1),
        }
    }
    node.items().iter().for_each(|item| walk(Some(item), found, depth + 1));
}

/// A Service by name and port, where it is named.
fn add<'a>(found: &mut Vec<(&'a str, Option<&'a Node>, Span)>, name: Option<&'a Node>, port: Option<&'a Node>) {
    if let Some(name) = name
        && let Some(text) = name.scalar()
    {
        // `frontend.default.svc.cluster.local` is `frontend`.
        found.push((text.split('.').next().unwrap_or(text), port, name.span));
    }
}
