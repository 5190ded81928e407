//! `capacity/no-room-without-a-zone`

use super::capacity_losses::{fallout, fits_whole, served};
use crate::analysis::capacity::{Loss, clusters, lose_a_site, lose_a_zone, traffic};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::source::Severity;

/// After the loss of any one zone or site the rest carries everything.
pub static RULE: Rule = Rule {
    code: "capacity/no-room-without-a-zone",
    summary: words(
        "After the loss of any one zone or site, the others have the room and carry the peak load",
        "Après la perte d’une zone ou d’un site, les autres ont la place et portent la charge de pointe",
    ),
    why: words(
        "When a zone fails, every customer of the provider asks the others for machines at once: room that is not there before is not there then.",
        "Quand une zone tombe, tous les clients du fournisseur demandent des machines aux autres en même temps : la place qui n’y est pas avant n’y est pas non plus à ce moment-là.",
    ),
    detects: words(
        "Where a cluster's nodes stand in several zones, or sites, each is taken away in turn; pods that may go elsewhere must find room for their requests. Where `serves_up_to` and a function's `peak_load` are stated: what the replicas in the other zones, or sites, serve is at least the peak, also outside Kubernetes.",
        "Si les nœuds d’un cluster sont dans plusieurs zones, ou sites, chacun est retiré à son tour ; les pods qui peuvent aller ailleurs doivent trouver la place de leurs requests. Si `serves_up_to` et le `peak_load` d’une fonction sont dits : ce que servent les réplicas des autres zones, ou sites, atteint la pointe, hors Kubernetes aussi.",
    ),
    exceptions: words(
        "Pods that their own required spread or their volume keeps from other zones are meant to wait, and are not counted; the load that the others carry is what matters then. Lost zones still count for a required spread, since taints are ignored by default and the Node objects stay.",
        "Les pods que leur répartition obligatoire ou leur volume tient hors des autres zones sont censés attendre et ne sont pas comptés ; seule compte alors la charge portée par les autres. Une zone perdue compte encore dans une répartition obligatoire, car les taints sont ignorés par défaut et les objets Node restent.",
    ),
    remedy: words(
        "add nodes in the other zones; for the load, add replicas until all zones but one carry the peak",
        "ajoutez des nœuds dans les autres zones ; pour la charge, ajoutez des réplicas jusqu’à ce que toutes les zones sauf une portent la pointe",
    ),
    sources: &[
        "AWS Builders' Library, Static stability using Availability Zones",
        "Kubernetes documentation, Pod Topology Spread Constraints (nodeTaintsPolicy)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], peak_load: 300/s}}
sites: {west: {kind: region, zones: [west-a, west-b]}}
hosts: {nodes: {count: 2, in: [west-a, west-b]}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, serves_up_to: 200/s, spread: {zone: required}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], peak_load: 300/s}}
sites: {west: {kind: region, zones: [west-a, west-b]}}
hosts: {nodes: {count: 2, in: [west-a, west-b]}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 4, serves_up_to: 200/s, spread: {zone: required}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    // What does not fit with every node is `capacity/over-allocatable`.
    for room in clusters(view).into_iter().filter(|room| fits_whole(view, room)) {
        for lost in [lose_a_zone(view, &room), lose_a_site(view, &room)].into_iter().flatten() {
            verdicts.push(fallout(view, &room, &lost, false));
        }
    }
    for load in &traffic(view) {
        verdicts.extend(served(view, load, |loss| matches!(loss, Loss::Zone(_))));
        verdicts.extend(served(view, load, |loss| matches!(loss, Loss::Site(_))));
    }
    verdicts
}
