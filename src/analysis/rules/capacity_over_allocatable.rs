//! `capacity/over-allocatable`

use std::collections::BTreeMap;

use super::place::first_stated;
use crate::analysis::capacity::{Amount, ClusterRoom, Why, clusters, demand, pack, partitions};
use crate::analysis::derived::Derived;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::quantity::{Measured, Quantity};
use crate::said;
use crate::source::{Said, Severity, Show};

/// Everything that is wanted fits what nodes and partitions can give.
pub static RULE: Rule = Rule {
    code: "capacity/over-allocatable",
    summary: words(
        "Everything wanted fits what nodes and partitions can give",
        "Tout ce qui est voulu tient dans ce que nœuds et partitions peuvent donner",
    ),
    why: words(
        "What does not fit stays Pending with every machine healthy; in a partition, whose memory is fixed at boot, the last to start is killed.",
        "Ce qui ne tient pas reste Pending alors que toutes les machines vont bien ; dans une partition, dont la mémoire est figée au démarrage, le dernier démarré est tué.",
    ),
    detects: words(
        "Pods packed onto the nodes, the largest first, by their requests, each node giving its cpu and memory less `reserved` (else less what its stack's layers take) and less the kubelet's eviction threshold; required spread is kept. In a partition: the sum of memory limits against its memory less `reserved`.",
        "Les pods rangés sur les nœuds, les plus gros d’abord, selon leurs requests, chaque nœud donnant son processeur et sa mémoire moins `reserved` (sinon moins ce que prennent les couches de sa stack) et moins le seuil d’éviction du kubelet ; la répartition obligatoire est respectée. Dans une partition : la somme des limites de mémoire, comparée à sa mémoire moins `reserved`.",
    ),
    exceptions: words(
        "Limits beyond what a node has are no fault in a cluster: not every pod peaks at once, and which to allow is a choice. Packing is not perfect, and neither is the scheduler: what only just fits on paper should have more room. A cluster autoscaler adds nodes; state the count it may reach.",
        "Des limites au-delà de ce qu’a un nœud ne sont pas une faute dans un cluster : tous les pods n’atteignent pas leur pic ensemble, et c’est un choix. Le rangement n’est pas parfait, le scheduler non plus : ce qui tient tout juste sur le papier mérite plus de place. Un autoscaler ajoute des nœuds ; indiquez le nombre qu’il peut atteindre.",
    ),
    remedy: words(
        "add nodes or larger ones, or lower requests or replicas",
        "ajoutez des nœuds ou prenez-les plus gros, ou baissez requests ou réplicas",
    ),
    sources: &[
        "Kubernetes documentation, Reserve Compute Resources for System Daemons",
        "Kubernetes documentation, Node-pressure Eviction",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 2, cpu: 2, memory: 4 GiB}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 3, requests: {cpu: 1, memory: 2 GiB}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 2, cpu: 2, memory: 8 GiB}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 3, requests: {cpu: 500m, memory: 2 GiB}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for room in clusters(view) {
        let asked = unsaid(view, &room);
        if asked.is_empty() {
            verdicts.extend(in_cluster(view, &room));
        }
        verdicts.extend(asked);
    }
    for partition in partitions(view) {
        let name = partition.name;
        let path = format!("partitions.{name}");
        verdicts.push(if partition.limits.value.value() <= partition.memory.value.value() {
            Verdict::pass(path)
        } else {
            let message = said!(
                "the programs in `{name}` may take {limits} ({sum}), and it has {memory}",
                "les programmes de `{name}` peuvent prendre {limits} ({sum}), et elle a {memory}",
                limits = partition.limits.value,
                sum = partition.limits.formula,
                memory = worked_out(Some(&partition.memory))
            );
            let at = format!("{path}.memory");
            Verdict::fail(path, message).at(at)
        });
    }
    verdicts
}

/// Host groups whose machines are of unknown size, where a pod requests some of it.
fn unsaid(view: &View<'_>, room: &ClusterRoom<'_>) -> Vec<Verdict> {
    let Some(cluster) = view.design.clusters.get(room.name) else { return Vec::new() };
    let demands = || {
        view.design.components.iter().filter_map(|(name, component)| {
            (component.runs_on.as_deref() == Some(room.name)).then(|| demand(view, name, component)).flatten()
        })
    };
    let (cpu, memory) =
        (demands().any(|demand| demand.request_cpu.is_some()), demands().any(|demand| demand.request_memory.is_some()));
    let mut asked = Vec::new();
    for group in &cluster.workers {
        let Some(hosts) = view.design.hosts.get(&group.0) else { continue };
        let what = match (cpu && hosts.cpu.is_none(), memory && hosts.memory.is_none()) {
            (true, true) => said!("how much processor time and memory", "combien de processeur et de mémoire"),
            (true, false) => said!("how much processor time", "combien de processeur"),
            (false, true) => said!("how much memory", "combien de mémoire"),
            (false, false) => continue,
        };
        let question = said!(
            "{what} has one machine of `{group}`? Without it nobody can say whether the pods fit",
            "{what} a une machine de `{group}` ? Sans cela, nul ne peut dire si les pods tiennent",
            what = what
        );
        let help = said!("state `cpu` and `memory` of one machine", "écrivez `cpu` et `memory` d’une machine");
        asked.push(Verdict::unanswered(format!("hosts.{group}"), question).help(help));
    }
    asked
}

/// `3.92 (4 − 80m)`, or the value alone where nothing was taken from it; `?` where it is not known.
fn worked_out<M: Measured>(value: Option<&Derived<Quantity<M>>>) -> Said {
    let Some(derived) = value else { return Said::same("?") };
    Said::by(|lang| {
        let (value, formula) = (derived.value.show(lang), derived.formula.show(lang));
        if formula.contains('−') { format!("{value} ({formula})") } else { value }
    })
}

/// More replicas than a required spread has places for.
fn kept_apart(view: &View<'_>, room: &ClusterRoom<'_>, name: &str, count: u32) -> Verdict {
    let path = format!("components.{name}");
    let cluster = room.name;
    let message = said!(
        "{count} of the pods of `{name}` never start: its required spread has no place left on the {nodes} nodes of `{cluster}`",
        "{count} des pods de `{name}` ne démarrent jamais : sa répartition obligatoire n’a plus de place sur les {nodes} nœuds de `{cluster}`",
        count = count,
        nodes = room.nodes.len()
    );
    let at = first_stated(view, &[format!("{path}.spread"), path.clone()]);
    let help =
        said!("add nodes, or make the spread `preferred`", "ajoutez des nœuds, ou passez la répartition à `preferred`");
    Verdict::fail(path, message)
        .at(at)
        .also(format!("clusters.{cluster}"), said!("its cluster", "son cluster"))
        .help(help)
}

fn in_cluster(view: &View<'_>, room: &ClusterRoom<'_>) -> Vec<Verdict> {
    let mut left: BTreeMap<&str, u32> = BTreeMap::new();
    let mut apart: BTreeMap<&str, u32> = BTreeMap::new();
    for stranded in pack(view, room) {
        // A spread that waits for more nodes than there are is no matter of size, and is said apart.
        let list = if stranded.why == Why::Room { &mut left } else { &mut apart };
        *list.entry(view.instances[stranded.instance].component).or_default() += 1;
    }
    let path = format!("clusters.{}", room.name);
    let Some(largest) = room.nodes.iter().max_by(|a, b| a.allocatable().memory.total_cmp(&b.allocatable().memory))
    else {
        return Vec::new();
    };
    if left.is_empty() && apart.is_empty() {
        return vec![Verdict::pass(path)];
    }
    let mut verdicts: Vec<Verdict> =
        apart.into_iter().map(|(name, count)| kept_apart(view, room, name, count)).collect();
    for (name, count) in left {
        let Some(demand) = view.design.components.get(name).and_then(|component| demand(view, name, component)) else {
            continue;
        };
        let alone = !demand.requested().fits_in(room.nodes.iter().fold(largest.allocatable(), |most, node| {
            let node = node.allocatable();
            Amount { cpu: most.cpu.max(node.cpu), memory: most.memory.max(node.memory) }
        }));
        let asks = said!(
            "{cpu} CPU and {memory}",
            "{cpu} CPU et {memory}",
            cpu = demand
                .request_cpu
                .as_ref()
                .map_or_else(|| Said::same("0"), |cpu| Said::by(|lang| cpu.value.show(lang))),
            memory = demand
                .request_memory
                .as_ref()
                .map_or_else(|| Said::same("0"), |memory| Said::by(|lang| memory.value.show(lang)))
        );
        let gives = said!(
            "{cpu} CPU and {memory}",
            "{cpu} CPU et {memory}",
            cpu = worked_out(largest.cpu.as_ref()),
            memory = worked_out(largest.memory.as_ref())
        );
        let cluster = room.name;
        let wanted = view.design.components.get(name).map_or(count, |component| view.wanted(component));
        let message = if alone {
            said!(
                "a pod of `{name}` requests {asks}, more than the largest node of `{cluster}` can give: {gives}",
                "un pod de `{name}` demande {asks}, plus que ne peut donner le plus gros nœud de `{cluster}` : {gives}",
                asks = asks,
                gives = gives
            )
        } else {
            said!(
                "{count} of {wanted} pods of `{name}`, {asks} each, find no room on the {nodes} nodes of `{cluster}`, each with {gives}",
                "{count} des {wanted} pods de `{name}`, de {asks} chacun, ne trouvent pas de place sur les {nodes} nœuds de `{cluster}`, chacun de {gives}",
                wanted = wanted,
                count = count,
                asks = asks,
                gives = gives,
                nodes = room.nodes.len()
            )
        };
        let component = format!("components.{name}");
        let at = first_stated(view, &[format!("{component}.requests"), component.clone()]);
        verdicts.push(Verdict::fail(component, message).at(at).also(&path, said!("its cluster", "son cluster")));
    }
    verdicts
}
