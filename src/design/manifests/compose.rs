//! A Compose project: its services, with variables filled in as Compose does, as a design.

use std::collections::{BTreeMap, BTreeSet};

use super::design::{Draft, REDACTED, head};
use super::grouping::{self, Grouping, Pods};
use super::names::{kebab, unique};
use super::pieces::{Map, list, said, text};
use super::{image, mounts, quantities, secrets};
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::{Entry, Kind, Node, Span};

/// A Compose file.
#[derive(Debug, Clone)]
pub struct Project {
    /// The name it gives itself.
    pub name: Option<String>,
    /// Its tree, merge keys resolved.
    pub root: Node,
}

/// Reads a Compose file.
pub fn read(root: Node) -> Project {
    let root = merged(root, 0);
    let name = root.get("name").and_then(Node::scalar).filter(|name| !name.contains('$')).map(str::to_owned);
    Project { name: name.filter(|_| root.get("services").is_some()), root }
}

impl Project {
    /// Its services by name.
    pub fn services(&self) -> impl Iterator<Item = (&str, &Entry)> {
        // The first Compose files had no `services`: every key was one.
        let node = self.root.get("services").unwrap_or(&self.root);
        node.entries()
            .iter()
            .filter(|entry| matches!(entry.value.kind, Kind::Map(_)))
            .map(|entry| (entry.key.as_str(), entry))
    }
}

/// Resolves `<<`: what a mapping takes over from others, its own keys first.
fn merged(node: Node, depth: usize) -> Node {
    if depth > 100 {
        return node;
    }
    let Node { span, kind } = node;
    let kind = match kind {
        Kind::Map(entries) => {
            let (taken, mut own): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.key == "<<");
            for entry in taken {
                let sources = match entry.value.kind {
                    Kind::List(items) => items,
                    kind => vec![Node { span: entry.value.span, kind }],
                };
                for source in sources {
                    if let Kind::Map(entries) = source.kind {
                        let missing = |entry: &Entry| !own.iter().any(|other| other.key == entry.key);
                        let new: Vec<Entry> = entries.into_iter().filter(missing).collect();
                        own.extend(new);
                    }
                }
            }
            Kind::Map(own.into_iter().map(|entry| Entry { value: merged(entry.value, depth + 1), ..entry }).collect())
        }
        Kind::List(items) => Kind::List(items.into_iter().map(|item| merged(item, depth + 1)).collect()),
        kind => kind,
    };
    Node { span, kind }
}

/// A text with Compose's variables filled in by the defaults that stand in it; what has none stays
/// as it is written, for nobody knows the machine's environment.
pub fn interpolated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        if let Some(escaped) = after.strip_prefix('$') {
            out.push('$');
            rest = escaped;
        } else if let Some(inside) = after.strip_prefix('{')
            && let Some(end) = inside.find('}')
        {
            let inner = &inside[..end];
            let name = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(inner.len());
            let default = inner[name..].strip_prefix(":-").or_else(|| inner[name..].strip_prefix('-'));
            match default {
                Some(default) if !default.contains("${") => out.push_str(default),
                _ => out.push_str(&rest[at..at + end + 3]),
            }
            rest = &inside[end + 1..];
        } else {
            out.push('$');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn filled(node: &Node) -> Option<Node> {
    Some(said(node, interpolated(node.scalar()?)))
}

/// The word of a kind of component.
pub fn word(kind: ComponentKind) -> &'static str {
    use ComponentKind as K;
    match kind {
        K::Database => "database",
        K::Cache => "cache",
        K::MessageBroker => "message-broker",
        K::ConsensusStore => "consensus-store",
        K::ObjectStorage => "object-storage",
        K::SecretStore => "secret-store",
        K::Monitoring => "monitoring",
        K::Logging => "logging",
        K::Gateway => "gateway",
        K::LoadBalancer => "load-balancer",
        K::IdentityProvider => "identity-provider",
        K::Directory => "directory",
        K::Registry => "registry",
        K::Dns => "dns",
        _ => "service",
    }
}

/// Whether what a kind of component is for is to keep data.
pub fn keeps(kind: ComponentKind) -> bool {
    use ComponentKind as K;
    matches!(kind, K::Database | K::MessageBroker | K::ConsensusStore | K::ObjectStorage)
}

/// The design of a project: every service on the one machine that Compose runs on.
pub fn draft(project: &Project, name: &str, start: Span, grouping: Grouping) -> Draft {
    let mut redacted = Vec::new();
    let mut taken = BTreeMap::new();
    let Pods { hosts, named } = grouping::pods(project, grouping);
    let mut names: BTreeMap<&str, String> = project
        .services()
        .filter(|(service, _)| !hosts.contains_key(service))
        .map(|(service, _)| {
            let called = named.get(service).map_or(service, String::as_str);
            (service, unique(&kebab(called), &mut taken))
        })
        .collect();
    let mut assumed = Vec::new();
    for (guest, host) in &hosts {
        let Some(component) = names.get(host).cloned() else { continue };
        assumed.push((format!("components.{component}"), grouping.because(guest)));
        names.insert(guest, component);
    }
    let clients = unique("clients", &mut taken);
    let mut holds: BTreeSet<String> = BTreeSet::new();
    let mut made: Vec<(String, Span, Node)> = Vec::new();
    let mut flows: Vec<(String, String, Span, &str, Option<Node>)> = Vec::new();
    let mut entered = Vec::new();
    for (service, entry) in project.services() {
        let Some(component) = names.get(service) else { continue };
        let node = &entry.value;
        let published = published(node);
        if let Some((_, span)) = published.first() {
            let port = published[0].0.map(|port| text(*span, port.to_string()));
            flows.push((clients.clone(), component.clone(), *span, "tcp", port));
            entered.push(text(entry.key_span, component.clone()));
        }
        for (to, span, condition) in depends_on(node) {
            if let Some(to) = names.get(to).filter(|to| *to != component) {
                let _ = condition;
                flows.push((component.clone(), to.clone(), span, "tcp", None));
            }
        }
        let node = service_component(component, entry, &mut holds, &mut redacted);
        made.push((component.clone(), entry.key_span, node));
    }
    let (guests, own): (Vec<_>, Vec<_>) =
        made.into_iter().zip(project.services()).partition(|(_, (service, _))| hosts.contains_key(service));
    let mut components = Map::new(start);
    for ((component, span, mut node), _) in own {
        for ((_, _, guest), _) in guests.iter().filter(|((host, ..), _)| *host == component) {
            grouping::share(&mut node, guest);
        }
        components.put_at(&component, span, node);
    }
    if !entered.is_empty() {
        components.put_at(&clients, start, Map::new(start).with("kind", text(start, "person")).node());
    }
    if !holds.is_empty() {
        let held = list(start, holds.iter().map(|name| text(start, name.clone())).collect());
        let store = unique("compose-secrets", &mut taken);
        let map = Map::new(start).with("kind", text(start, "secret-store")).with("runs_on", text(start, "docker"));
        components.put_at(&store, start, map.with("holds", held).node());
    }
    assumed.push((
        "hosts.docker.count".to_owned(),
        said!("one machine: Compose runs all of it on one", "une machine : Compose fait tout tourner sur une seule"),
    ));
    let mut root = head(name, "lab", start);
    if !entered.is_empty() {
        let uses = Map::new(start).with("uses", list(start, entered)).node();
        root.put("functions", Map::new(start).with("requests", uses).node());
    }
    let host = Map::new(start).with("count", text(start, "1")).node();
    root.put("hosts", Map::new(start).with("docker", host).node());
    root.put("components", components.node());
    let mut connections = Map::new(start);
    let mut named = BTreeMap::new();
    for (from, to, span, protocol, port) in flows {
        let map = Map::new(span)
            .with("from", text(span, from.clone()))
            .with("to", text(span, to.clone()))
            .with("protocol", text(span, protocol))
            .maybe("port", port)
            .with("needs", text(span, "hard"));
        connections.put_at(&unique(&format!("{from}-to-{to}"), &mut named), span, map.node());
    }
    if let Some(connections) = connections.some() {
        root.put("connections", connections);
    }
    Draft {
        root: root.node(),
        assumed,
        unanswered: vec![
            said!(
                "what is it for, and how long may it be gone (`functions`: availability, rto, rpo)?",
                "à quoi sert-il, et combien de temps peut-il manquer (`functions` : availability, rto, rpo) ?"
            ),
            said!(
                "what is the machine, and who patches it (`hosts`, its stack)?",
                "quelle est la machine, et qui la met à jour (`hosts`, sa pile) ?"
            ),
            said!(
                "what is backed up, and when was it last restored (`backups`, `exercises`)?",
                "qu’est-ce qui est sauvegardé, et à quand remonte la dernière restauration (`backups`, `exercises`) ?"
            ),
        ],
        redacted,
    }
}

fn service_component(component: &str, entry: &Entry, holds: &mut BTreeSet<String>, redacted: &mut Vec<String>) -> Node {
    let node = &entry.value;
    let at = entry.key_span;
    let image = node.get("image").and_then(filled);
    let product = image.as_ref().and_then(|image| image::product(image.scalar()?));
    let mut map = Map::new(at);
    map.put("kind", text(at, product.map_or("service", |(_, kind)| word(kind))));
    if let Some((name, _)) = product {
        map.put("product", text(at, name));
    }
    map.put("runs_on", text(at, "docker"));
    if let Some(image) = image {
        map.put("image", image);
    }
    let replicas = node.get("deploy").and_then(|deploy| deploy.get("replicas")).or_else(|| node.get("scale"));
    if let Some(node) = replicas
        .and_then(filled)
        .filter(|node| node.scalar().is_some_and(|text| text.parse::<u32>().is_ok_and(|count| count > 0)))
    {
        map.put("members", node);
    }
    let deployed = node.get("deploy").and_then(|deploy| deploy.get("resources"));
    let of = |which: &str| deployed.and_then(|resources| resources.get(which));
    let limits = resources(
        at,
        of("limits").and_then(|limits| limits.get("cpus")).or_else(|| node.get("cpus")),
        of("limits").and_then(|limits| limits.get("memory")).or_else(|| node.get("mem_limit")),
    );
    let kept = of("reservations");
    let requests = resources(
        at,
        kept.and_then(|kept| kept.get("cpus")),
        kept.and_then(|kept| kept.get("memory")).or_else(|| node.get("mem_reservation")),
    );
    if let Some(ports) = mounts::compose_ports(at, node) {
        map.put("ports", ports);
    }
    if let Some(volumes) = mounts::compose_volumes(at, node) {
        map.put("volumes", volumes);
    }
    if let Some(requests) = requests {
        map.put("requests", requests);
    }
    if let Some(limits) = limits {
        map.put("limits", limits);
    }
    if let Some(check) = health(node) {
        map.put("probes", check);
    }
    let restart = node.get("restart").and_then(|node| {
        let word = match node.scalar()? {
            "always" | "unless-stopped" => "always",
            text if text.starts_with("on-failure") => "on-failure",
            _ => "never",
        };
        Some(said(node, word))
    });
    if let Some(restart) = restart {
        map.put("restart", restart);
    }
    if let Some(grace) = node.get("stop_grace_period").and_then(duration) {
        map.put("stops", Map::new(at).with("grace", grace).node());
    }
    let mut env = Map::new(node.entry("environment").map_or(at, |entry| entry.key_span));
    for (name, span, value) in environment(node) {
        let Some(value) = value else { continue };
        let plain = value.scalar().unwrap_or("").to_owned();
        let secret = secrets::because(&name, &plain).is_some();
        if secret {
            redacted.push(format!("components.{component}.env.{name}"));
        }
        env.put_at(&name, span, if secret { said(&value, REDACTED) } else { value });
    }
    if let Some(env) = env.some() {
        map.put("env", env);
    }
    let mut files = Map::new(at);
    for item in node.get("secrets").map(Node::items).unwrap_or_default() {
        let Some(name) = item.scalar().or_else(|| item.get("source").and_then(Node::scalar)) else { continue };
        let held = kebab(name);
        holds.insert(held.clone());
        let reference = Map::new(item.span).with("secret", text(item.span, held)).with("key", text(item.span, name));
        files.put_at(name, item.span, reference.node());
    }
    if let Some(files) = files.some() {
        map.put("files_from_secrets", files);
    }
    if let Some(volume) = named_volume(node)
        && product.is_some_and(|(_, kind)| keeps(kind) || kind == ComponentKind::Cache)
    {
        // Compose knows no sizes; a design's volume has one.
        let map_storage = Map::new(volume).with("size", text(volume, "10 GiB")).with("reach", text(volume, "node"));
        map.put("storage", map_storage.node());
    }
    map.node()
}

fn resources(span: Span, cpu: Option<&Node>, memory: Option<&Node>) -> Option<Node> {
    let cpu = cpu.and_then(|node| {
        let value: f64 = interpolated(node.scalar()?).parse().ok()?;
        (value > 0.0).then(|| said(node, quantities::cores(value)))
    });
    let memory = memory.and_then(|node| Some(said(node, quantities::bytes(size(&interpolated(node.scalar()?))?))));
    Map::new(span).maybe("cpu", cpu).maybe("memory", memory).some()
}

/// Compose's sizes: `512m`, `1gb`, a number of bytes; binary whatever they are called.
fn size(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    let split = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let value: f64 = text[..split].parse().ok()?;
    let power = match text[split..].trim_end_matches('b') {
        "" => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        _ => return None,
    };
    Some(value * 1024.0_f64.powi(power)).filter(|value| *value >= 1.0)
}

/// A duration such as `1m30s`, in seconds.
fn duration(node: &Node) -> Option<Node> {
    let written = interpolated(node.scalar()?);
    let mut total = 0.0;
    let mut number = String::new();
    let mut unit = String::new();
    let add = |number: &str, unit: &str| -> Option<f64> {
        let factor = match unit {
            "us" => 1e-6,
            "ms" => 1e-3,
            "" | "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            _ => return None,
        };
        Some(number.parse::<f64>().ok()? * factor)
    };
    for letter in written.trim().chars() {
        if letter.is_ascii_digit() || letter == '.' {
            if !unit.is_empty() {
                total += add(&number, &unit)?;
                number.clear();
                unit.clear();
            }
            number.push(letter);
        } else {
            unit.push(letter);
        }
    }
    total += add(&number, &unit)?;
    (0.0..1e9).contains(&total).then(|| said(node, format!("{total} s")))
}

/// A health check decides nothing about traffic in Compose: it is a liveness probe that nobody acts on.
fn health(node: &Node) -> Option<Node> {
    let check = node.get("healthcheck")?;
    if check.get("disable").and_then(Node::scalar) == Some("true") {
        return None;
    }
    let test = check.get("test")?;
    let words = match test.scalar() {
        Some(text) => interpolated(text),
        None => test
            .items()
            .iter()
            .filter_map(Node::scalar)
            .filter(|word| !matches!(*word, "CMD" | "CMD-SHELL"))
            .collect::<Vec<_>>()
            .join(" "),
    };
    if words.trim().is_empty() || words.trim() == "NONE" {
        return None;
    }
    let shown = if secrets::in_text(&words) { REDACTED.to_owned() } else { words };
    let mut probe = Map::new(check.span).with("exec", said(test, shown));
    for (key, word) in [("interval", "period"), ("timeout", "timeout"), ("start_period", "initial_delay")] {
        if let Some(value) = check.get(key).and_then(duration) {
            probe.put(word, value);
        }
    }
    if let Some(retries) = check.get("retries").filter(|node| {
        node.scalar().is_some_and(|text| text.parse::<u32>().is_ok_and(|count| (1..=1000).contains(&count)))
    }) {
        probe.put("failures", retries.clone());
    }
    Some(Map::new(check.span).with("liveness", probe.node()).node())
}

/// The environment of a service, written as a mapping or as `NAME=value`; no value where the
/// machine's own is passed on.
pub fn environment(node: &Node) -> Vec<(String, Span, Option<Node>)> {
    let Some(environment) = node.get("environment") else { return Vec::new() };
    let mapped = environment.entries().iter().map(|entry| {
        let value = (!entry.value.is_null()).then(|| filled(&entry.value)).flatten();
        (entry.key.clone(), entry.key_span, value)
    });
    let listed = environment.items().iter().filter_map(|item| {
        let written = item.scalar()?;
        Some(match written.split_once('=') {
            Some((name, value)) => (name.to_owned(), item.span, Some(said(item, interpolated(value)))),
            None => (written.to_owned(), item.span, None),
        })
    });
    mapped.chain(listed).filter(|(name, ..)| !name.is_empty()).collect()
}

/// The ports of the machine that lead to a service.
pub fn published(node: &Node) -> Vec<(Option<u16>, Span)> {
    let mut found = Vec::new();
    for item in node.get("ports").map(Node::items).unwrap_or_default() {
        if let Some(written) = item.scalar() {
            let written = interpolated(written);
            let plain = written.split('/').next().unwrap_or("").to_owned();
            let port = plain.rsplit(':').next().and_then(|port| port.split('-').next()?.parse().ok());
            found.push((port.filter(|port| *port > 0), item.span));
        } else if let Some(target) = item.get("target") {
            let port = target.scalar().and_then(|text| text.parse().ok()).filter(|port| *port > 0);
            found.push((port, target.span));
        }
    }
    found
}

fn depends_on(node: &Node) -> Vec<(&str, Span, Option<&str>)> {
    let mut found = Vec::new();
    for key in ["depends_on", "links"] {
        let Some(block) = node.get(key) else { continue };
        let listed = block.items().iter().filter_map(|item| Some((item.scalar()?.split(':').next()?, item.span, None)));
        found.extend(listed);
        found.extend(
            block
                .entries()
                .iter()
                .map(|entry| (entry.key.as_str(), entry.key_span, entry.value.get("condition").and_then(Node::scalar))),
        );
    }
    let mut met = BTreeSet::new();
    found.retain(|(name, ..)| met.insert(*name));
    found
}

/// A volume with a name, or a folder of the machine, that is mounted where products keep data.
fn named_volume(node: &Node) -> Option<Span> {
    node.get("volumes").map(Node::items).unwrap_or_default().iter().find_map(|item| {
        let target = match item.scalar() {
            Some(written) => {
                let mut parts = written.split(':');
                let source = parts.next()?;
                let target = parts.next().unwrap_or(source);
                if target.is_empty() { return None } else { target.to_owned() }
            }
            None => item.get("target")?.scalar()?.to_owned(),
        };
        image::keeps_data(&target).then_some(item.span)
    })
}
