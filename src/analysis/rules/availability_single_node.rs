//! `availability/single-node`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A cluster has more than one node.
pub static RULE: Rule = Rule {
    code: "availability/single-node",
    summary: words("A cluster has more than one node", "Un cluster a plus d’un nœud"),
    why: words(
        "With one node nothing is left to start the lost pods on: however many replicas there are, the service is down until the machine is back.",
        "Avec un seul nœud, il ne reste rien où redémarrer les pods perdus : quel que soit le nombre de réplicas, le service est arrêté jusqu’au retour de la machine.",
    ),
    detects: words(
        "The `count` of all host groups under a cluster's `workers`, added up.",
        "La somme des `count` des groupes d’hôtes cités dans `workers`.",
    ),
    exceptions: words(
        "A lab, a development cluster or an edge box may have one machine on purpose: waive it there, with the reason. Two nodes pass; whether two are enough is judged by `capacity/no-room-without-a-node`. Several nodes on one physical machine do not pass.",
        "Un lab, un cluster de développement ou un boîtier en périphérie peut n’avoir qu’une machine à dessein : accordez-y une dérogation motivée. Deux nœuds suffisent à cette règle ; s’ils suffisent en capacité, `capacity/no-room-without-a-node` le dit. Plusieurs nœuds sur une même machine physique ne suffisent pas.",
    ),
    remedy: words(
        "set `count` to at least 2, better 3, over several zones",
        "portez `count` à 2 au moins, mieux 3, sur plusieurs zones",
    ),
    sources: &[
        "Kubernetes documentation, Production environment",
        "Kubernetes documentation, Running in multiple zones",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 1}}
clusters: {main: {distribution: k3s, kubernetes: 1.33, workers: [nodes]}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 2}}
clusters: {main: {distribution: k3s, kubernetes: 1.33, workers: [nodes]}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, cluster) in &view.design.clusters {
        let path = format!("clusters.{name}");
        let nodes = view.nodes(cluster);
        let mut grounds: Vec<usize> = nodes.iter().map(|node| view.ground(*node)).collect();
        grounds.sort_unstable();
        grounds.dedup();
        let count = cluster.workers.first().map(|group| format!("hosts.{group}.count"));
        let verdict = match (nodes.as_slice(), grounds.as_slice()) {
            ([_], _) => Verdict::fail(
                &path,
                said!("cluster `{name}` has a single node", "le cluster `{name}` n’a qu’un seul nœud"),
            ),
            ([_, ..], [ground]) => {
                let machine = view.machines[*ground].name.as_str();
                Verdict::fail(
                    &path,
                    said!(
                        "all {n} nodes of cluster `{name}` stand on one machine, `{machine}`",
                        "les {n} nœuds du cluster `{name}` sont tous sur une même machine, `{machine}`",
                        n = nodes.len()
                    ),
                )
            }
            _ => Verdict::pass(&path),
        };
        verdicts.push(match count {
            Some(count) => verdict.also(count, said!("this many machines", "nombre de machines")),
            None => verdict,
        });
    }
    verdicts
}
