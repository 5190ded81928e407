//! A unit as the tree of a design: every value at the place that said it.
//!
//! What the files cannot say is assumed where a design has to say something (a cluster has nodes and
//! a version), and listed, so that nobody takes an assumption for a fact.

use std::collections::{BTreeMap, BTreeSet};

use super::grouping::Grouping;
use super::names::{kebab, unique};
use super::pieces::{Map, list, said, text};
use super::{Form, Unit, Workload, compose, image, mounts, nodes, quantities, secrets, state, stored, streams};
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::{Node, Said, Span};

/// A design made from files, with what had to be assumed and what is not said.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The tree.
    pub root: Node,
    /// What was assumed, by address within the design.
    pub assumed: Vec<(String, Said)>,
    /// The questions that the files do not answer.
    pub unanswered: Vec<Said>,
    /// The variables whose values were left out because they are secret.
    pub redacted: Vec<String>,
}

/// What stands for a secret value wherever a design would show it.
pub const REDACTED: &str = "(redacted)";

/// The design of a unit, in which everything that runs is judged for itself.
pub fn draft(unit: &Unit) -> Option<Draft> {
    drafted(unit, Grouping::Apart)
}

/// The same as somebody would draw it: services that are put into one pod are one component.
pub fn imported(unit: &Unit, grouping: Grouping) -> Option<Draft> {
    drafted(unit, grouping)
}

fn drafted(unit: &Unit, grouping: Grouping) -> Option<Draft> {
    let start = unit.start()?;
    match unit.form {
        Form::Compose => unit.project.as_ref().map(|project| compose::draft(project, &unit.name, start, grouping)),
        Form::Ankaios => unit.state.as_ref().map(|state| state::draft(state, &unit.name, start)),
        _ => Some(Drafting::new(unit, start).draft()),
    }
}

/// The first entries of every draft.
pub(super) fn head(name: &str, context: &str, start: Span) -> Map {
    Map::new(start)
        .with("kind", text(start, "design"))
        .with("name", text(start, name))
        .with("context", text(start, context))
        .with("status", text(start, "running"))
}

struct Drafting<'a> {
    unit: &'a Unit,
    start: Span,
    assumed: Vec<(String, Said)>,
    redacted: Vec<String>,
    holds: BTreeMap<String, Span>,
    namespaces: BTreeMap<String, Span>,
    sites: Option<Node>,
    /// The ConfigMaps by namespace and name: a cluster holds thousands of them and of references to them.
    maps: BTreeMap<(&'a str, &'a str), &'a super::Object>,
}

impl<'a> Drafting<'a> {
    fn new(unit: &'a Unit, start: Span) -> Drafting<'a> {
        Drafting {
            unit,
            start,
            assumed: Vec::new(),
            redacted: Vec::new(),
            holds: BTreeMap::new(),
            namespaces: BTreeMap::new(),
            sites: None,
            maps: unit.of_kind("ConfigMap").map(|(_, map)| ((map.namespace(), map.name.as_str()), map)).collect(),
        }
    }

    fn draft(mut self) -> Draft {
        let unit = self.unit;
        let mut components = Map::new(self.start);
        let entered: Vec<usize> = (0..unit.workloads.len()).filter(|w| unit.links.entries[*w].is_some()).collect();
        let mut clients = "clients".to_owned();
        while unit.workloads.iter().any(|workload| workload.component == clients) {
            clients.push('x');
        }
        if let Some(first) = entered.first() {
            let place = unit.links.entries[*first].map_or(self.start, |entry| unit.objects[entry].place());
            components.put_at(&clients, place, Map::new(place).with("kind", text(place, "person")).node());
        }
        for (w, workload) in unit.workloads.iter().enumerate() {
            let place = unit.object(workload).place();
            let component = self.component(w, workload);
            components.put_at(&workload.component, place, component);
        }
        let connections = self.connections(&clients, &entered);
        let mut root = head(&unit.name, "cloud", self.start);
        if !entered.is_empty() {
            let uses = entered.iter().map(|w| {
                let workload = &unit.workloads[*w];
                text(unit.object(workload).place(), workload.component.clone())
            });
            let uses = list(self.start, uses.collect());
            let requests = Map::new(self.start).with("uses", uses).node();
            root.put("functions", Map::new(self.start).with("requests", requests).node());
        }
        let (hosts, cluster) = self.cluster();
        if !unit.workloads.is_empty() {
            if let Some(sites) = self.sites.take() {
                root.put("sites", sites);
            }
            root.put("hosts", hosts);
            root.put("clusters", Map::new(self.start).with("cluster", cluster).node());
            root.put("components", components.node());
        }
        if let Some(connections) = connections.some() {
            root.put("connections", connections);
        }
        let unanswered = self.unanswered();
        Draft { root: root.node(), assumed: self.assumed, unanswered, redacted: self.redacted }
    }

    fn cluster(&mut self) -> (Node, Node) {
        let unit = self.unit;
        let at = self.start;
        let found = nodes::nodes(unit);
        let (mut hosts, mut workers) = (Map::new(at), Vec::new());
        let (mut version, mut distribution, mut control_plane) = (None, "kubeadm", None);
        if let Some(told) = unit.apart.told() {
            self.assumed.push(("clusters.cluster".to_owned(), told));
        }
        match found {
            Some(found) => {
                (hosts, workers, self.sites) = (found.hosts, found.workers, found.sites);
                (version, distribution) = (found.version, found.distribution);
                control_plane = found.control_plane;
                self.unready(&found.unready);
                if control_plane.is_some() {
                    self.assumed.push((
                        "clusters.cluster.control_plane.datastore".to_owned(),
                        said!("as {distribution} installs it", "tel que {distribution} l’installe"),
                    ));
                }
            }
            None => {
                hosts.put("nodes", Map::new(at).with("count", text(at, "3")).node());
                workers.push(text(at, "nodes"));
                self.assumed.push((
                    "hosts.nodes.count".to_owned(),
                    said!(
                        "three nodes: the files do not say on what they run",
                        "trois nœuds : les fichiers ne disent pas sur quoi ils tournent"
                    ),
                ));
            }
        }
        let mut cluster = Map::new(at).with("distribution", text(at, distribution));
        if version.is_none() {
            self.assumed.push((
                "clusters.cluster.kubernetes".to_owned(),
                said!("Kubernetes 1.33, as upstream installs it", "Kubernetes 1.33, tel que le projet l’installe"),
            ));
        }
        cluster.put("kubernetes", version.unwrap_or_else(|| text(at, "1.33")));
        cluster.put("workers", list(at, workers));
        if let Some(control_plane) = control_plane {
            cluster.put("control_plane", control_plane);
        }
        let mut holds = Vec::new();
        for (name, span) in &self.holds {
            holds.push(text(*span, name.clone()));
        }
        if !holds.is_empty() {
            cluster.put("holds", list(at, holds));
        }
        let mut namespaces = Map::new(at);
        for (name, span) in &self.namespaces {
            namespaces.put_at(name, *span, self.namespace(name, *span));
        }
        if let Some(namespaces) = namespaces.some() {
            cluster.put("namespaces", namespaces);
        }
        (hosts.node(), cluster.node())
    }

    /// A design says what there is, and a Node that cannot be reached for the moment is there.
    fn unready(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let told = match names.len() {
            1 => said!(
                "{names} counts as one that works, although it was not ready when it was asked",
                "{names} compte comme en état de marche, bien que pas prêt quand on l’a interrogé",
                names = Said::list(&names)
            ),
            _ => said!(
                "{names} count as ones that work, although they were not ready when they were asked",
                "{names} comptent comme en état de marche, bien que pas prêts quand on les a interrogés",
                names = Said::list(&names)
            ),
        };
        self.assumed.push(("hosts".to_owned(), told));
    }

    fn namespace(&self, name: &str, span: Span) -> Node {
        let mut map = Map::new(span);
        let inside = |object: &&super::Object| kebab(object.namespace()) == name;
        if let Some(quota) = self.unit.of_kind("ResourceQuota").map(|(_, object)| object).find(inside) {
            let resource = |what: &str, plain: &str| {
                quota.at(&["spec", "hard", what]).or_else(|| quota.at(&["spec", "hard", plain]))
            };
            let resources =
                resources(quota.place(), resource("requests.cpu", "cpu"), resource("requests.memory", "memory"));
            if let Some(resources) = resources {
                map.put("quota", resources);
            }
        }
        if let Some(range) = self.unit.of_kind("LimitRange").map(|(_, object)| object).find(inside) {
            let limits = range.at(&["spec", "limits"]).map(Node::items).unwrap_or_default();
            let of = limits.iter().find(|item| item.get("type").and_then(Node::scalar) == Some("Container"));
            if let Some(default) = of.and_then(|item| item.get("default"))
                && let Some(resources) = resources(default.span, default.get("cpu"), default.get("memory"))
            {
                map.put("default_limits", resources);
            }
        }
        map.node()
    }

    fn component(&mut self, w: usize, workload: &Workload) -> Node {
        let unit = self.unit;
        let object = unit.object(workload);
        let place = object.place();
        let containers = object.containers();
        let main = containers.first();
        let images = containers.iter().filter_map(|container| streams::image(unit, object, container)?.scalar());
        let product = images.into_iter().find_map(image::product);
        let product = product.or_else(|| self.by_port(w, workload));
        let mut map = Map::new(place);
        map.put("kind", text(place, product.map_or("service", |(_, kind)| compose::word(kind))));
        if let Some((name, _)) = product {
            map.put("product", text(place, name));
        }
        map.put("runs_on", text(place, "cluster"));
        let space = object.at(&["metadata", "namespace"]);
        let namespace = kebab(object.namespace());
        if let Some(node) = space {
            map.put("namespace", said(node, namespace.clone()));
            self.namespaces.entry(namespace).or_insert(node.span);
        }
        let kind = object.root.get("kind").map_or(place, |node| node.span);
        let controller = match controller(workload, object) {
            "StatefulSet" => "stateful-set",
            "DaemonSet" => "daemon-set",
            "Job" | "CronJob" | "ScheduledJob" => "job",
            _ => "deployment",
        };
        map.put("workload", text(kind, controller));
        if let Some(node) = main.and_then(|container| streams::image(unit, object, container)) {
            map.put("image", completed(node));
        }
        if let Some(replicas) = self.replicas(w, workload) {
            map.put("replicas", replicas);
        }
        if let Some(ports) = mounts::ports(unit, w) {
            map.put("ports", ports);
        }
        if let Some(volumes) = mounts::volumes(object) {
            map.put("volumes", volumes);
        }
        for (key, which) in [("requests", "requests"), ("limits", "limits")] {
            if let Some(resources) = self.summed(object, which) {
                map.put(key, resources);
            }
        }
        if let Some(node) = stops(object) {
            map.put("stops", node);
        }
        if let Some(node) = main.and_then(|container| probes(container.node)) {
            map.put("probes", node);
        }
        if let Some(node) = spread(object) {
            map.put("spread", node);
        }
        if let Some(node) = self.budget(w, workload) {
            map.put("disruption_budget", node);
        }
        if let Some(node) = update(object) {
            map.put("update", node);
        }
        self.environment(workload, &mut map);
        if let Some(storage) = self.storage(object) {
            map.put("storage", storage);
        }
        map.node()
    }

    /// What a store whose image is nobody's known is by the port of its Service: one that keeps its pods
    /// apart by name, or calls itself a database.
    fn by_port(&mut self, w: usize, workload: &Workload) -> Option<(&'static str, ComponentKind)> {
        let object = self.unit.object(workload);
        let says = workload.component.split('-').any(|word| matches!(word, "db" | "database"));
        if object.kind != "StatefulSet" && !says {
            return None;
        }
        let services = self.unit.links.services[w].iter().map(|service| &self.unit.objects[*service]);
        let (port, product) = services.flat_map(ports).find_map(|(port, _)| match port {
            5432 => Some((port, "postgres")),
            3306 => Some((port, "mysql")),
            27017 => Some((port, "mongodb")),
            _ => None,
        })?;
        self.assumed.push((
            format!("components.{}.kind", workload.component),
            said!("a database: its Service listens at {port}", "une base de données : son Service écoute sur {port}"),
        ));
        Some((product, ComponentKind::Database))
    }

    fn replicas(&self, w: usize, workload: &Workload) -> Option<Node> {
        let object = self.unit.object(workload);
        if matches!(controller(workload, object), "DaemonSet" | "Job" | "CronJob" | "ScheduledJob") {
            return None;
        }
        if let Some(found) = workload.found {
            return Some(text(object.place(), found.to_string()));
        }
        if let Some(autoscaler) = self.unit.links.autoscalers[w].first() {
            let least = self.unit.objects[*autoscaler].at(&["spec", "minReplicas"]);
            if let Some(node) = least.filter(|node| node.scalar().is_some_and(|text| text.parse::<u32>().is_ok())) {
                return Some(node.clone());
            }
        }
        let node = object.at(&["spec", "replicas"])?;
        node.scalar()?.parse::<u32>().ok().filter(|count| *count <= 100_000).map(|count| said(node, count.to_string()))
    }

    /// The sum over the containers of a pod: what the scheduler looks at.
    fn summed(&self, object: &super::Object, which: &str) -> Option<Node> {
        let mut map = Map::new(object.place());
        for (what, words) in [("cpu", quantities::cores as fn(f64) -> String), ("memory", quantities::bytes)] {
            let containers = object.containers();
            let nodes: Vec<&Node> = containers.iter().filter_map(|container| container.resource(which, what)).collect();
            // A limit of one container alone is no limit of the pod.
            if nodes.is_empty() || (which == "limits" && nodes.len() < containers.len()) {
                continue;
            }
            let values: Option<Vec<f64>> = nodes.iter().map(|node| quantities::number(node.scalar()?)).collect();
            if let Some(values) = values {
                map.put_at(what, nodes[0].span, said(nodes[0], words(values.iter().sum())));
            }
        }
        map.some()
    }

    fn budget(&self, w: usize, workload: &Workload) -> Option<Node> {
        let budget = &self.unit.objects[*self.unit.links.budgets[w].first()?];
        let replicas = self.replicas(w, workload).and_then(|node| node.scalar()?.parse::<f64>().ok()).unwrap_or(1.0);
        for (key, word) in [("minAvailable", "min_available"), ("maxUnavailable", "max_unavailable")] {
            let Some(node) = budget.at(&["spec", key]) else { continue };
            let written = node.scalar()?;
            let value = match written.strip_suffix('%') {
                // Kubernetes rounds both up.
                Some(share) => (share.trim().parse::<f64>().ok()? / 100.0 * replicas).ceil(),
                None => written.parse::<f64>().ok()?,
            };
            return Some(Map::new(budget.place()).with(word, said(node, format!("{}", value.max(0.0)))).node());
        }
        None
    }

    fn environment(&mut self, workload: &Workload, map: &mut Map) {
        let object = self.unit.object(workload);
        let (mut env, mut from, mut files) =
            (Map::new(object.place()), Map::new(object.place()), Map::new(object.place()));
        for container in object.containers() {
            for variable in container.environment() {
                let told = variable.value.or_else(|| self.configured(object, variable.from?));
                if let Some(value) = told.filter(|value| value.scalar().is_some()) {
                    let value = self.shown(workload, variable.name, value);
                    env.put_at(variable.name, variable.span, value);
                }
                if let Some(reference) = variable.from.and_then(|from| from.get("secretKeyRef"))
                    && let Some(name) = reference.get("name")
                {
                    let key = reference.get("key").cloned().unwrap_or_else(|| text(name.span, "?"));
                    from.put_at(variable.name, variable.span, self.secret(name, key));
                }
            }
        }
        // What a whole ConfigMap tells comes after: a variable of the container's own wins.
        for container in object.containers() {
            for source in container.node.get("envFrom").map(Node::items).unwrap_or_default() {
                let before = source.get("prefix").and_then(Node::scalar).unwrap_or("");
                let map = source.get("configMapRef").and_then(|reference| self.config_map(object, reference));
                for entry in map.and_then(|map| map.at(&["data"])).map(Node::entries).unwrap_or_default() {
                    // A key that is no name of a variable is a file, and Kubernetes makes no variable of it.
                    let variable = entry.key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                    if variable && entry.value.scalar().is_some() {
                        let name = format!("{before}{}", entry.key);
                        let value = self.shown(workload, &name, &entry.value);
                        env.put_at(&name, entry.key_span, value);
                    }
                }
            }
        }
        let volumes = object.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
        for volume in volumes {
            let Some(name) = volume.get("secret").and_then(|secret| secret.get("secretName")) else { continue };
            let file = volume.get("name").and_then(Node::scalar).unwrap_or("secret");
            files.put_at(file, name.span, self.secret(name, text(name.span, "*")));
        }
        for (key, block) in [("env", env), ("env_from_secrets", from), ("files_from_secrets", files)] {
            if let Some(block) = block.some() {
                map.put(key, block);
            }
        }
    }

    /// The value of a variable as a design may hold it: without what is secret.
    fn shown(&mut self, workload: &Workload, name: &str, value: &Node) -> Node {
        let value = &completed(value);
        let plain = value.scalar().unwrap_or("");
        if secrets::because(name, plain).is_none() && !secrets::in_text(plain) {
            return value.clone();
        }
        let path = format!("components.{}.env.{name}", workload.component);
        if !self.redacted.contains(&path) {
            self.redacted.push(path);
        }
        said(value, REDACTED)
    }

    /// The ConfigMap that a reference of a workload names.
    fn config_map(&self, object: &super::Object, reference: &Node) -> Option<&'a super::Object> {
        let name = reference.get("name")?.scalar()?;
        self.maps.get(&(object.namespace(), name)).copied()
    }

    /// The value of a ConfigMap that a variable takes.
    fn configured(&self, object: &super::Object, from: &'a Node) -> Option<&'a Node> {
        let reference = from.get("configMapKeyRef")?;
        let key = reference.get("key")?.scalar()?;
        self.config_map(object, reference)?.at(&["data", key])
    }

    fn secret(&mut self, name: &Node, key: Node) -> Node {
        let held = kebab(name.scalar().unwrap_or("secret"));
        self.holds.entry(held.clone()).or_insert(name.span);
        Map::new(name.span).with("secret", said(name, held)).with("key", key).node()
    }

    /// The first volume that outlives the pod.
    fn storage(&self, object: &super::Object) -> Option<Node> {
        let claim = self.claim(object)?;
        let size = claim.get("resources").and_then(|resources| resources.get("requests")?.get("storage"))?;
        let bytes = quantities::number(size.scalar()?)?;
        let mut map = Map::new(claim.span).with("size", said(size, quantities::bytes(bytes)));
        if let Some(class) =
            claim.get("storageClassName").filter(|class| class.scalar().is_some_and(|text| !text.is_empty()))
        {
            map.put("class", class.clone());
        }
        if let Some(reach) = stored::reach(self.unit, object, claim) {
            map.put("reach", reach);
        }
        Some(map.node())
    }

    fn claim(&self, object: &super::Object) -> Option<&'a Node> {
        let object: &'a super::Object = self.unit.objects.iter().find(|other| std::ptr::eq(*other, object))?;
        let templates = object.at(&["spec", "volumeClaimTemplates"]).map(Node::items).unwrap_or_default();
        if let Some(spec) = templates.first().and_then(|template| template.get("spec")) {
            return Some(spec);
        }
        let volumes = object.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
        volumes.iter().find_map(|volume| {
            let name = volume.get("persistentVolumeClaim")?.get("claimName")?.scalar()?;
            let mut claims = self.unit.of_kind("PersistentVolumeClaim");
            claims
                .find(|(_, claim)| claim.name == name && claim.namespace() == object.namespace())
                .and_then(|(_, claim)| claim.root.get("spec"))
        })
    }

    fn connections(&self, clients: &str, entered: &[usize]) -> Map {
        let unit = self.unit;
        let mut connections = Map::new(self.start);
        let mut taken = BTreeMap::new();
        let mut flow = |from: &str, to: usize, span: Span, protocol: &str, port: Option<Node>| {
            let name = unique(&format!("{from}-to-{}", unit.workloads[to].component), &mut taken);
            let map = Map::new(span)
                .with("from", text(span, from))
                .with("to", text(span, unit.workloads[to].component.clone()))
                .with("protocol", text(span, protocol))
                .maybe("port", port)
                .with("needs", text(span, "hard"));
            connections.put_at(&name, span, map.node());
        };
        for w in entered {
            let through = unit.links.entries[*w].map(|entry| &unit.objects[entry]);
            let span = through.map_or(self.start, super::Object::place);
            let encrypted = through.is_some_and(|object| {
                object.at(&["spec", "tls"]).is_some() || ports(object).iter().any(|(port, _)| *port == 443)
            });
            let port = through.and_then(|object| ports(object).into_iter().next());
            let port = port.map(|(port, span)| text(span, port.to_string()));
            flow(clients, *w, span, if encrypted { "https" } else { "http" }, port);
        }
        for (to, callers) in unit.links.callers.iter().enumerate() {
            let service = unit.links.services[to].first().map(|service| &unit.objects[*service]);
            let port = service.and_then(|service| ports(service).into_iter().next());
            let named =
                service.and_then(|service| service.at(&["spec", "ports"])?.items().first()?.get("name")?.scalar());
            let protocol = match (named, &port) {
                (Some(name), _) if name.starts_with("grpc") => "grpc",
                (Some(name), _) if name.starts_with("https") => "https",
                (Some(name), _) if name.starts_with("http") => "http",
                (_, Some((5432, _))) => "postgresql",
                (_, Some((3306, _))) => "mysql",
                (_, Some((6379, _))) => "redis",
                (_, Some((27017, _))) => "mongodb",
                _ => "tcp",
            };
            let mut met = BTreeSet::new();
            for (from, span) in callers {
                if met.insert(from) {
                    let port = port.as_ref().map(|(port, span)| text(*span, port.to_string()));
                    flow(&unit.workloads[*from].component, to, *span, protocol, port);
                }
            }
        }
        connections
    }

    fn unanswered(&self) -> Vec<Said> {
        let unit = self.unit;
        if unit.workloads.is_empty() {
            return Vec::new();
        }
        let mut questions = vec![said!(
            "what is it for, and how long may it be gone (`functions`: availability, rto, rpo)?",
            "à quoi sert-il, et combien de temps peut-il manquer (`functions` : availability, rto, rpo) ?"
        )];
        if unit.of_kind("Node").next().is_none() {
            questions.push(said!(
                "on which machines, zones and Kubernetes version does it run (`sites`, `hosts`, `clusters`)?",
                "sur quelles machines, zones et version de Kubernetes tourne-t-il (`sites`, `hosts`, `clusters`) ?"
            ));
        }
        let stores: Vec<String> = unit
            .workloads
            .iter()
            .filter(|workload| {
                let containers = unit.object(workload).containers();
                containers.iter().any(|container| {
                    container.image().and_then(image::product).is_some_and(|(_, kind)| compose::keeps(kind))
                })
            })
            .map(|workload| format!("`{}`", workload.component))
            .collect();
        if !stores.is_empty() {
            questions.push(said!(
                "how are {stores} backed up, and when was one last restored (`backups`, `exercises`)?",
                "comment {stores} sont-ils sauvegardés, et à quand remonte la dernière restauration (`backups`, `exercises`) ?",
                stores = Said::list(&stores)
            ));
        }
        questions.push(said!(
            "who may read Secrets, and are they encrypted at rest (`secret_readers`, `encryption_at_rest`)?",
            "qui peut lire les Secrets, et sont-ils chiffrés au repos (`secret_readers`, `encryption_at_rest`) ?"
        ));
        questions.push(said!(
            "who is called when it fails, and how does a change get there (`monitoring`, `logging`, `delivery`)?",
            "qui est appelé en cas de panne, et comment un changement y arrive-t-il (`monitoring`, `logging`, `delivery`) ?"
        ));
        questions
    }
}

/// A value whose `${…}` somebody fills in before it is applied, by the defaults that stand in it.
fn completed(node: &Node) -> Node {
    match node.scalar() {
        Some(written) if written.contains("${") => said(node, compose::interpolated(written)),
        _ => node.clone(),
    }
}

/// The kind of what keeps the pods of a workload: its own, or that of an owner that is not in the dump.
fn controller<'o>(workload: &Workload, object: &'o super::Object) -> &'o str {
    match workload.found.and(object.owner()) {
        Some((kind, _)) => kind,
        None => &object.kind,
    }
}

fn resources(span: Span, cpu: Option<&Node>, memory: Option<&Node>) -> Option<Node> {
    let put = |node: Option<&Node>, words: fn(f64) -> String| {
        let node = node?;
        Some(said(node, words(quantities::number(node.scalar()?)?)))
    };
    Map::new(span).maybe("cpu", put(cpu, quantities::cores)).maybe("memory", put(memory, quantities::bytes)).some()
}

/// The ports of a Service.
fn ports(object: &super::Object) -> Vec<(u16, Span)> {
    let items = object.at(&["spec", "ports"]).map(Node::items).unwrap_or_default();
    let port = |item: &Node| {
        let node = item.get("port")?;
        Some((node.scalar()?.parse().ok().filter(|port| *port > 0)?, node.span))
    };
    items.iter().filter_map(port).collect()
}

fn seconds(node: &Node) -> Option<Node> {
    let value: f64 = node.scalar()?.parse().ok()?;
    (0.0..1e9).contains(&value).then(|| said(node, format!("{value} s")))
}

fn stops(object: &super::Object) -> Option<Node> {
    let grace = object.pod().and_then(|pod| pod.get("terminationGracePeriodSeconds")).and_then(seconds);
    let sleeps = object.containers().iter().find_map(|container| {
        let hook = container.at(&["lifecycle", "preStop"])?;
        if let Some(node) = hook.get("sleep").and_then(|sleep| sleep.get("seconds")) {
            return seconds(node);
        }
        let command = hook.get("exec")?.get("command")?;
        let words: Vec<&str> =
            command.items().iter().filter_map(Node::scalar).flat_map(str::split_whitespace).collect();
        let at = words.iter().position(|word| *word == "sleep")?;
        let value: f64 = words.get(at + 1)?.trim_end_matches([';', 's']).parse().ok()?;
        (0.0..1e6).contains(&value).then(|| said(command, format!("{value} s")))
    });
    Map::new(object.place()).maybe("pre_stop", sleeps).maybe("grace", grace).some()
}

/// The probes of a container.
fn probes(container: &Node) -> Option<Node> {
    let mut map = Map::new(container.span);
    for (key, word) in [("startupProbe", "startup"), ("readinessProbe", "readiness"), ("livenessProbe", "liveness")] {
        if let Some(entry) = container.entry(key)
            && let Some(probe) = probe(&entry.value, container)
        {
            map.put_at(word, entry.key_span, probe);
        }
    }
    map.some()
}

fn probe(node: &Node, container: &Node) -> Option<Node> {
    let mut map = Map::new(node.span);
    let port = |node: &Node| -> Option<Node> {
        let written = node.scalar()?;
        if let Ok(number) = written.parse::<u16>() {
            return Some(said(node, number.max(1).to_string()));
        }
        let ports = container.get("ports").map(Node::items).unwrap_or_default();
        let named = ports.iter().find(|port| port.get("name").and_then(Node::scalar) == Some(written))?;
        let number = named.get("containerPort")?.scalar()?.parse::<u16>().ok()?;
        Some(said(node, number.max(1).to_string()))
    };
    if let Some(http) = node.get("httpGet") {
        let path = http.get("path").filter(|path| path.scalar().is_some_and(|text| !text.is_empty()));
        map.put("http", path.cloned().unwrap_or_else(|| text(http.span, "/")));
    } else if let Some(tcp) = node.get("tcpSocket") {
        map.put("tcp", port(tcp.get("port")?)?);
    } else if let Some(grpc) = node.get("grpc") {
        map.put("grpc", port(grpc.get("port")?)?);
    } else {
        let command = node.get("exec")?.get("command")?;
        let words: Vec<&str> = command.items().iter().filter_map(Node::scalar).collect();
        let joined = words.join(" ");
        let shown = if secrets::in_text(&joined) { REDACTED.to_owned() } else { joined };
        map.put("exec", said(command, shown));
    }
    for (key, word) in
        [("periodSeconds", "period"), ("timeoutSeconds", "timeout"), ("initialDelaySeconds", "initial_delay")]
    {
        if let Some(value) = node.get(key).and_then(seconds) {
            map.put(word, value);
        }
    }
    for (key, word) in [("failureThreshold", "failures"), ("successThreshold", "successes")] {
        if let Some(value) = node.get(key)
            && value.scalar().is_some_and(|text| text.parse::<u32>().is_ok_and(|count| (1..=1000).contains(&count)))
        {
            map.put(word, value.clone());
        }
    }
    map.some()
}

/// How strictly pods are kept apart, by node, zone and region.
fn spread(object: &super::Object) -> Option<Node> {
    let pod = object.pod()?;
    let mut map = Map::new(pod.span);
    let mut add = |key: Option<&Node>, mode: &str| {
        let Some(node) = key else { return };
        let word = match node.scalar().unwrap_or("") {
            "kubernetes.io/hostname" => "node",
            key if key.ends_with("/zone") => "zone",
            key if key.ends_with("/region") => "site",
            _ => return,
        };
        map.put(word, said(node, mode));
    };
    for constraint in pod.get("topologySpreadConstraints").map(Node::items).unwrap_or_default() {
        let soft = constraint.get("whenUnsatisfiable").and_then(Node::scalar) == Some("ScheduleAnyway");
        add(constraint.get("topologyKey"), if soft { "preferred" } else { "required" });
    }
    if let Some(anti) = pod.get("affinity").and_then(|affinity| affinity.get("podAntiAffinity")) {
        for term in anti.get("requiredDuringSchedulingIgnoredDuringExecution").map(Node::items).unwrap_or_default() {
            add(term.get("topologyKey"), "required");
        }
        for term in anti.get("preferredDuringSchedulingIgnoredDuringExecution").map(Node::items).unwrap_or_default() {
            add(term.get("podAffinityTerm").and_then(|term| term.get("topologyKey")), "preferred");
        }
    }
    map.some()
}

fn update(object: &super::Object) -> Option<Node> {
    let strategy = object.at(&["spec", "strategy"])?;
    let kind = strategy.get("type")?;
    let word = match kind.scalar()? {
        "Recreate" => "recreate",
        "RollingUpdate" | "Rolling" => "rolling",
        _ => return None,
    };
    let mut map = Map::new(strategy.span).with("strategy", said(kind, word));
    let rolling = strategy.get("rollingUpdate").or_else(|| strategy.get("rollingParams"));
    for (key, word) in [("maxSurge", "surge"), ("maxUnavailable", "unavailable")] {
        let node = rolling.and_then(|rolling| rolling.get(key));
        if let Some(node) = node.filter(|node| node.scalar().is_some_and(|text| text.parse::<u32>().is_ok())) {
            map.put(word, node.clone());
        }
    }
    Some(map.node())
}
