//! `availability/not-spread`

use super::place::first_stated;
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::design::manifests::{Object, selector};
use crate::design::model::component::{Component, Workload};
use crate::design::model::config::Ask;
use crate::design::model::place::Cluster;
use crate::said;
use crate::source::{Node, Said, Severity};

/// Replicas are kept apart.
pub static RULE: Rule = Rule {
    code: "availability/not-spread",
    summary: words(
        "Replicas do not share a node or a zone where there are several",
        "Les réplicas ne partagent ni nœud ni zone quand il y en a plusieurs",
    ),
    why: words(
        "Replicas on one node, or in one zone, are lost together: several of them then protect against a crash of the process and nothing else.",
        "Des réplicas sur un même nœud ou dans une même zone sont perdus ensemble : leur nombre ne protège plus que d’un plantage du processus.",
    ),
    detects: words(
        "What a function needs and runs at least twice. In a cluster over several zones: `spread.zone` or `spread.site` is stated; over several nodes of one zone: `spread` is stated. Outside Kubernetes: the members stand on more than one physical machine and, where their host group spans zones, in more than one zone; virtual machines of one group on shared hypervisors say `apart: true`.",
        "Ce dont une fonction a besoin et qui tourne au moins deux fois. Dans un cluster sur plusieurs zones : `spread.zone` ou `spread.site` est dit ; sur plusieurs nœuds d’une zone : `spread` est dit. Hors Kubernetes : les membres sont sur plusieurs machines physiques et, si leur groupe d’hôtes couvre plusieurs zones, dans plusieurs zones ; les VM d’un groupe sur des hyperviseurs partagés disent `apart: true`.",
    ),
    exceptions: words(
        "`preferred` passes like `required`. `required` (DoNotSchedule) keeps pods Pending when a zone is gone, which the capacity rules judge; `preferred` (ScheduleAnyway) may leave all replicas together after a failure, and nothing moves them back. Kubernetes spreads a little even where nothing is said (maxSkew 3 over nodes, 5 over zones, both soft): two or three replicas may then still share a node, so silence does not pass. A spread over nodes alone replaces these defaults, and does not pass over several zones either. A DaemonSet and a cluster of one node are not judged.",
        "`preferred` passe comme `required`. `required` (DoNotSchedule) laisse des pods Pending quand une zone a disparu, ce dont jugent les règles de capacité ; `preferred` (ScheduleAnyway) peut laisser tous les réplicas ensemble après une panne, et rien ne les redéplace. Kubernetes répartit un peu même si rien n’est dit (maxSkew 3 entre nœuds, 5 entre zones, sans obligation) : deux ou trois réplicas peuvent alors partager un nœud, donc le silence ne passe pas. Une répartition entre nœuds seulement remplace ces défauts, et ne passe pas non plus sur plusieurs zones. Un DaemonSet et un cluster d’un seul nœud ne sont pas jugés.",
    ),
    remedy: words(
        "state `spread: {zone: required}` where each zone has room for its share, else `preferred`",
        "écrivez `spread: {zone: required}` si chaque zone a la place de sa part, sinon `preferred`",
    ),
    sources: &[
        "Kubernetes documentation, Pod Topology Spread Constraints (cluster-level default constraints)",
        "Kubernetes documentation, Running in multiple zones",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
sites: {west: {kind: region, zones: [west-a, west-b]}}
hosts: {nodes: {count: 4, in: [west-a, west-b]}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, spread: {node: required}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
sites: {west: {kind: region, zones: [west-a, west-b]}}
hosts: {nodes: {count: 4, in: [west-a, west-b]}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, spread: {zone: required}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let several = view.wanted(component) >= 2 && view.workload(component) != Workload::DaemonSet;
        if !several || !view.is_needed(name) {
            continue;
        }
        match view.home(component) {
            Home::Cluster(cluster_name, cluster) => {
                verdicts.extend(in_cluster(view, name, component, cluster_name, cluster));
            }
            Home::Hosts(group, hosts) => {
                verdicts.push(outside(view, name, group));
                if hosts.runs_on.is_some() && hosts.apart != Some(true) {
                    verdicts.push(not_apart(view, name, group, hosts.apart));
                }
            }
            Home::Partition(..) | Home::ThirdParty(..) | Home::Nowhere => {}
        }
    }
    verdicts
}

fn in_cluster(
    view: &View<'_>,
    name: &str,
    component: &Component,
    cluster_name: &str,
    cluster: &Cluster,
) -> Option<Verdict> {
    let nodes = view.nodes(cluster);
    if nodes.len() < 2 {
        return None;
    }
    let mut zones: Vec<&str> = nodes.iter().filter_map(|node| view.machines[*node].zone.as_deref()).collect();
    zones.sort_unstable();
    zones.dedup();
    let path = format!("components.{name}");
    let spread = component.spread.as_ref();
    let over_zones = spread.is_some_and(|spread| spread.zone.is_some() || spread.site.is_some());
    let over_nodes = over_zones || spread.is_some_and(|spread| spread.node.is_some());
    if over_zones || (over_nodes && zones.len() < 2) {
        return Some(Verdict::pass(path));
    }
    let replicas = view.wanted(component);
    let (message, help) = if over_nodes {
        (
            said!(
                "`{name}` is spread over nodes only, and the {n} zones of `{cluster_name}` are left to chance",
                "`{name}` n’est réparti qu’entre nœuds, et les {n} zones de `{cluster_name}` sont laissées au hasard",
                n = zones.len()
            ),
            said!(
                "add `zone: required` or `zone: preferred` to its `spread`",
                "ajoutez `zone: required` ou `zone: preferred` à son `spread`"
            ),
        )
    } else if zones.len() > 1 {
        (
            said!(
                "nothing keeps the {replicas} replicas of `{name}` out of the same zone of `{cluster_name}`, which has {n}",
                "rien n’empêche les {replicas} réplicas de `{name}` de partager une zone de `{cluster_name}`, qui en a {n}",
                replicas = replicas,
                n = zones.len()
            ),
            said!(
                "state `spread: {{zone: required}}` or `preferred`",
                "écrivez `spread: {{zone: required}}` ou `preferred`"
            ),
        )
    } else {
        (
            said!(
                "nothing keeps the {replicas} replicas of `{name}` off the same node of `{cluster_name}`, which has {n}",
                "rien n’empêche les {replicas} réplicas de `{name}` de partager un nœud de `{cluster_name}`, qui en a {n}",
                replicas = replicas,
                n = nodes.len()
            ),
            said!(
                "state `spread: {{node: preferred}}` or `required`",
                "écrivez `spread: {{node: preferred}}` ou `required`"
            ),
        )
    };
    let at = first_stated(view, &[format!("{path}.spread"), format!("{path}.replicas"), path.clone()]);
    let workers = format!("clusters.{cluster_name}.workers");
    Some(Verdict::fail(path, message).at(at).also(workers, said!("its nodes", "ses nœuds")).help(help))
}

fn outside(view: &View<'_>, name: &str, group: &str) -> Verdict {
    let path = format!("components.{name}");
    let members = view.instances_of(name).len();
    let count = format!("hosts.{group}.count");
    let grounds = view.grounds_of(name);
    if let [ground] = grounds.as_slice() {
        let machine = view.machines[*ground].name.as_str();
        let message = said!(
            "all {members} members of `{name}` stand on one machine, `{machine}`",
            "les {members} membres de `{name}` sont tous sur une même machine, `{machine}`",
            members = members
        );
        return Verdict::fail(path, message).also(count, said!("this many machines", "nombre de machines"));
    }
    let mut zones: Vec<&str> =
        view.group(group).into_iter().filter_map(|machine| view.machines[machine].zone.as_deref()).collect();
    zones.sort_unstable();
    zones.dedup();
    match view.zones_of(name).as_slice() {
        [zone] if zones.len() > 1 => {
            let message = said!(
                "all {members} members of `{name}` stand in `{zone}`, though `{group}` has machines in {n} zones",
                "les {members} membres de `{name}` sont tous dans `{zone}`, alors que `{group}` a des machines dans {n} zones",
                members = members,
                n = zones.len()
            );
            Verdict::fail(path, message).also(count, said!("this many machines", "nombre de machines"))
        }
        _ => Verdict::pass(path),
    }
}

fn not_apart(view: &View<'_>, name: &str, group: &str, apart: Option<bool>) -> Verdict {
    let path = format!("components.{name}");
    let at = first_stated(view, &[format!("hosts.{group}.apart"), format!("hosts.{group}.runs_on")]);
    let help: Said = said!(
        "state `apart: true` for `{group}`, and an anti-affinity rule in the hypervisor",
        "écrivez `apart: true` pour `{group}`, avec une règle d’anti-affinité dans l’hyperviseur"
    );
    let verdict = match apart {
        None => Verdict::unanswered(
            path,
            said!(
                "may two virtual machines of `{group}`, which carry `{name}`, stand on the same hypervisor? Say `apart: true` or `false`",
                "deux VM de `{group}`, qui portent `{name}`, peuvent-elles se trouver sur le même hyperviseur ? Dites `apart: true` ou `false`"
            ),
        ),
        Some(_) => Verdict::fail(
            path,
            said!(
                "virtual machines of `{group}`, which carry `{name}`, may stand on the same hypervisor",
                "des VM de `{group}`, qui portent `{name}`, peuvent se trouver sur le même hyperviseur"
            ),
        ),
    };
    verdict.at(at).help(help)
}

/// The same of objects: an anti-affinity or a spread constraint over nodes or zones that takes the
/// pods' own labels.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let counted =
            judged.is(&["Deployment", "StatefulSet", "ReplicaSet", "DeploymentConfig", "ReplicationController"]);
        // A peer takes a count that is not said for more than one.
        let several = judged.replicas() >= 2 || (always && judged.replicas_place().is_none());
        if !counted || !several {
            continue;
        }
        if keeps_apart(judged.object) {
            verdicts.push(Verdict::pass(judged.path()));
            continue;
        }
        let name = judged.name();
        let message = said!(
            "nothing keeps the pods of `{name}` apart: its scheduler prefers to, and need not",
            "rien ne sépare les pods de `{name}` : le scheduler le préfère, sans y être tenu"
        );
        let place = judged.replicas_place().unwrap_or_else(|| judged.object.place());
        let verdict = Verdict::fail(judged.path(), message).place(place).at_most(Severity::Warning);
        verdicts.push(if always { verdict } else { judged.weighed(verdict) });
    }
    verdicts
}

fn keeps_apart(object: &Object) -> bool {
    let Some(pod) = object.pod() else { return false };
    let labels = object.pod_labels();
    let takes = |term: &Node| term.get("labelSelector").is_some_and(|selector| selector::takes(selector, &labels));
    let spread = pod.get("topologySpreadConstraints").map(Node::items).unwrap_or_default();
    let anti = pod.get("affinity").and_then(|affinity| affinity.get("podAntiAffinity"));
    let terms = |key: &str| anti.and_then(|anti| anti.get(key)).map(Node::items).unwrap_or_default();
    let preferred = terms("preferredDuringSchedulingIgnoredDuringExecution");
    !spread.is_empty()
        || terms("requiredDuringSchedulingIgnoredDuringExecution").iter().any(takes)
        || preferred.iter().any(|term| term.get("podAffinityTerm").is_some_and(takes))
}
