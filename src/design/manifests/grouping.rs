//! Which services of a Compose project are one pod, as containers of one pod are one component.

use std::collections::BTreeMap;

use super::compose::{Project, interpolated};
use crate::said;
use crate::source::{Entry, Kind, Node, Said};

/// What puts services into one pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Nothing: each service is judged for itself.
    Apart,
    /// A network that they share, which is all the address they have.
    Network,
    /// The label that kompose groups by, where it is told to.
    Label,
    /// A volume that they share, where kompose is told to group by that.
    Volume,
}

/// The label whose value names the pod of a service.
const LABEL: &str = "kompose.service.group";

impl Grouping {
    /// Why a service is part of a component that is not called after it.
    pub fn because(self, guest: &str) -> Said {
        match self {
            Grouping::Apart | Grouping::Network => said!(
                "with `{guest}`, which shares its network: a pod of several containers is one component",
                "avec `{guest}`, qui partage son réseau : un pod de plusieurs conteneurs est un composant"
            ),
            Grouping::Label | Grouping::Volume => said!(
                "with `{guest}`, as kompose groups them: a pod of several containers is one component",
                "avec `{guest}`, tels que kompose les groupe : un pod de plusieurs conteneurs est un composant"
            ),
        }
    }
}

/// The services that are containers of another's pod, by that other, and the pods that are called otherwise.
#[derive(Debug, Default)]
pub struct Pods<'a> {
    /// The service whose pod a service is in.
    pub hosts: BTreeMap<&'a str, &'a str>,
    /// What the pod of a service is called, where not after it.
    pub named: BTreeMap<&'a str, String>,
}

/// The pods of a project.
pub fn pods(project: &Project, grouping: Grouping) -> Pods<'_> {
    match grouping {
        Grouping::Apart => Pods::default(),
        Grouping::Network => Pods { hosts: networks(project), named: BTreeMap::new() },
        Grouping::Label => grouped(labelled(project)),
        Grouping::Volume => grouped(sharing(project)),
    }
}

/// Groups of services under the name of their pod, which is told by the container that kompose writes
/// first: that of the first name in the alphabet.
fn grouped(groups: Vec<(String, Vec<&str>)>) -> Pods<'_> {
    let mut pods = Pods::default();
    for (name, members) in groups {
        let Some(host) = members.iter().min().copied() else { continue };
        pods.named.insert(host, name);
        pods.hosts.extend(members.into_iter().filter(|member| *member != host).map(|guest| (guest, host)));
    }
    pods
}

/// The services with a label of one value.
fn labelled(project: &Project) -> Vec<(String, Vec<&str>)> {
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (service, entry) in project.services() {
        let Some(labels) = entry.value.get("labels") else { continue };
        let listed = labels.items().iter().filter_map(|item| item.scalar()?.split_once('='));
        let mapped = labels.entries().iter().filter_map(|entry| Some((entry.key.as_str(), entry.value.scalar()?)));
        let Some((_, group)) = mapped.chain(listed).find(|(key, _)| *key == LABEL) else { continue };
        match groups.iter_mut().find(|(name, _)| name == group) {
            Some((_, members)) => members.push(service),
            None => groups.push((group.to_owned(), vec![service])),
        }
    }
    groups
}

/// The services that mount one volume or one folder of the machine, called after all of them.
fn sharing(project: &Project) -> Vec<(String, Vec<&str>)> {
    let mut groups: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for (service, entry) in project.services() {
        let items = entry.value.get("volumes").map(Node::items).unwrap_or_default();
        let sources: Vec<String> = items.iter().filter_map(source).collect();
        match groups.iter_mut().find(|(mounted, _)| mounted.iter().any(|one| sources.contains(one))) {
            Some((mounted, members)) => {
                mounted.extend(sources);
                members.push(service);
            }
            None => groups.push((sources, vec![service])),
        }
    }
    groups
        .into_iter()
        .filter(|(_, members)| members.len() > 1)
        .map(|(_, members)| (members.join("-"), members))
        .collect()
}

/// What a mount of a service leads to, where it has a name.
fn source(item: &Node) -> Option<String> {
    let named = item.get("source").and_then(Node::scalar).map(interpolated);
    named.or_else(|| interpolated(item.scalar()?).split_once(':').map(|(source, _)| source.to_owned()))
}

/// The services that live in the network of another, which is all the address they have.
fn networks(project: &Project) -> BTreeMap<&str, &str> {
    let services: BTreeMap<&str, &Entry> = project.services().collect();
    let joins = |name: &str| services.get(name)?.value.get("network_mode")?.scalar()?.strip_prefix("service:");
    let mut found = BTreeMap::new();
    for name in services.keys() {
        let Some(mut host) = joins(name) else { continue };
        // One that joins in turn leads further; a circle ends after as many steps as there are services.
        for _ in 0..services.len() {
            host = joins(host).unwrap_or(host);
        }
        if host != *name && joins(host).is_none() && services.contains_key(host) {
            found.insert(*name, host);
        }
    }
    found
}

/// Puts what a service that shares another's network listens on, mounts and is told into the other.
pub fn share(host: &mut Node, guest: &Node) {
    let Kind::Map(entries) = &mut host.kind else { return };
    for key in ["ports", "volumes", "env"] {
        let Some(other) = guest.entry(key) else { continue };
        match entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value.kind) {
            None => entries.push(other.clone()),
            Some(Kind::List(items)) => {
                let new =
                    other.value.items().iter().filter(|item| !items.iter().any(|own| own.scalar() == item.scalar()));
                let new: Vec<Node> = new.cloned().collect();
                items.extend(new);
            }
            Some(Kind::Map(own)) => {
                let new = other.value.entries().iter().filter(|entry| !own.iter().any(|one| one.key == entry.key));
                let new: Vec<Entry> = new.cloned().collect();
                own.extend(new);
            }
            Some(Kind::Scalar { .. }) => {}
        }
    }
}
