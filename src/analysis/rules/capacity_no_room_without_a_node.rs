//! `capacity/no-room-without-a-node`

use super::capacity_losses::{fallout, fits_whole, served};
use crate::analysis::capacity::{Loss, clusters, lose_a_node, traffic};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::source::Severity;

/// After the loss of any one node the rest carries everything.
pub static RULE: Rule = Rule {
    code: "capacity/no-room-without-a-node",
    summary: words(
        "After the loss of any one node, the others carry its pods and the peak load",
        "Après la perte d’un nœud quelconque, les autres portent ses pods et la charge de pointe",
    ),
    why: words(
        "A lost node's pods that find no room stay Pending until the node is back: the cluster survives on paper, the service does not. And until they are replaced, about six minutes, the others serve the load.",
        "Les pods d’un nœud perdu qui ne trouvent pas de place restent Pending jusqu’à son retour : le cluster survit sur le papier, pas le service. Et jusqu’à leur remplacement, environ six minutes, les autres servent la charge.",
    ),
    detects: words(
        "Each node of a cluster is taken away in turn; its pods, the largest first, must find another node with room for their requests that their required spread and the reach of their volume allow. Where `serves_up_to` and a function's `peak_load` are stated: what the replicas on other machines serve is at least the peak.",
        "Chaque nœud d’un cluster est retiré à son tour ; ses pods, les plus gros d’abord, doivent trouver un autre nœud qui ait la place de leurs requests et que leur répartition obligatoire et la portée de leur volume permettent. Si `serves_up_to` et le `peak_load` d’une fonction sont dits : ce que servent les réplicas des autres machines atteint la pointe.",
    ),
    exceptions: words(
        "Where an autoscaler brings a node within minutes, less spare room can do: waive it with that time. With `spread: {zone: required}` one node a zone is not enough, since the pod may not go to another zone. Pods of a DaemonSet go with their node. A cluster of one node is `availability/single-node`.",
        "Si un autoscaler apporte un nœud en quelques minutes, moins de réserve suffit : accordez une dérogation avec ce délai. Avec `spread: {zone: required}`, un nœud par zone ne suffit pas, car le pod ne peut pas aller dans une autre zone. Les pods d’un DaemonSet partent avec leur nœud. Un cluster d’un seul nœud relève de `availability/single-node`.",
    ),
    remedy: words(
        "add a node (one a zone with required spread), or lower requests; for the load, add a replica",
        "ajoutez un nœud (un par zone si la répartition est obligatoire), ou baissez les requests ; pour la charge, ajoutez un réplica",
    ),
    sources: &[
        "Google SRE Book, appendix B (capacity planning; it asks for N + 2)",
        "Kubernetes documentation, Pod Topology Spread Constraints",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 2, cpu: 2, memory: 4 GiB}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, requests: {cpu: 1500m, memory: 1 GiB}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3, cpu: 2, memory: 4 GiB}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, requests: {cpu: 1500m, memory: 1 GiB}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for room in clusters(view) {
        // What does not fit with every node is `capacity/over-allocatable`.
        if let Some(lost) = lose_a_node(view, &room).filter(|_| fits_whole(view, &room)) {
            verdicts.push(fallout(view, &room, &lost, true));
        }
    }
    let loads = traffic(view);
    verdicts.extend(loads.iter().filter_map(|load| served(view, load, |loss| matches!(loss, Loss::Node(_)))));
    verdicts
}
