//! `capacity/no-memory-limit`

use super::place::first_stated;
use crate::analysis::capacity::demand;
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::said;
use crate::source::Severity;

/// What shares memory with others has a limit.
pub static RULE: Rule = Rule {
    code: "capacity/no-memory-limit",
    summary: words(
        "What shares a machine's memory has a limit",
        "Ce qui partage la mémoire d’une machine a une limite",
    ),
    why: words(
        "Memory cannot be taken back: a leak without a limit takes its whole node, and the kernel or the kubelet then kills others as well. With a limit only the leaking container is restarted.",
        "La mémoire ne se reprend pas : une fuite sans limite prend tout le nœud, et le noyau ou le kubelet tue alors aussi les voisins. Avec une limite, seul le conteneur qui fuit est redémarré.",
    ),
    detects: words(
        "`limits.memory` of components in a cluster, the namespace's `default_limits` included, and of components in a partition of a SoC.",
        "`limits.memory` des composants d’un cluster, `default_limits` du namespace comprises, et des composants d’une partition de SoC.",
    ),
    exceptions: words(
        "A limit on processor time is not asked for: peers disagree, and the position here is that processor time, unlike memory, is shared out by requests; a limit throttles a pod at every peak although the node is idle, in windows of 100 ms. Set one where tenants must not feel each other or where Guaranteed is wanted for pinned cores. A memory limit far above the request overcommits the node; equal to it is safest.",
        "Une limite de processeur n’est pas exigée : les avis divergent, et la position prise ici est que le processeur, contrairement à la mémoire, se partage selon les requests ; une limite bride le pod à chaque pic même sur un nœud inactif, par fenêtres de 100 ms. Fixez-en une si des locataires ne doivent pas se gêner, ou pour obtenir Guaranteed et des cœurs réservés. Une limite mémoire très au-dessus de la request surengage le nœud ; égale à elle, c’est le plus sûr.",
    ),
    remedy: words(
        "state `limits.memory`, above the peak that was measured, or `default_limits` for the namespace",
        "écrivez `limits.memory`, au-dessus du pic mesuré, ou `default_limits` pour le namespace",
    ),
    sources: &[
        "Kubernetes documentation, Resource Management for Pods and Containers",
        "Kubernetes documentation, Node-pressure Eviction",
        "Linux kernel documentation, CFS Bandwidth Control",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, limits: {cpu: 1}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, limits: {memory: 256 MiB}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let (limited, whose) = match view.home(component) {
            Home::Cluster(cluster, _) => {
                let limited = demand(view, name, component).is_some_and(|demand| demand.limit_memory.is_some());
                (limited, said!("a node of `{cluster}`", "d’un nœud de `{cluster}`"))
            }
            Home::Partition(partition, _) => {
                let limited = component.limits.as_ref().is_some_and(|limits| limits.memory.is_some());
                (limited, said!("partition `{partition}`", "de la partition `{partition}`"))
            }
            Home::Hosts(..) | Home::ThirdParty(..) | Home::Nowhere => continue,
        };
        let path = format!("components.{name}");
        verdicts.push(if limited {
            Verdict::pass(path)
        } else {
            let message = said!(
                "`{name}` may take all the memory of {whose}: it has no limit",
                "`{name}` peut prendre toute la mémoire {whose} : il n’a pas de limite",
                whose = whose
            );
            let at = first_stated(view, &[format!("{path}.limits"), path.clone()]);
            Verdict::fail(path, message).at(at)
        });
    }
    verdicts
}

/// The same of objects, container by container.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let broken: Vec<_> = judged
            .containers()
            .into_iter()
            .filter(|container| {
                container.resource("limits", "memory").is_none() && !manifests::default_limit(&judged, "memory")
            })
            .map(|container| (container, container.key("resources")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!(
                "{who} may take all the memory of its node: no limit",
                "{who} peut prendre toute la mémoire de son nœud : pas de limite",
                who = who
            )
        });
        verdicts.push(verdict.at_most(if judged.serves() { Severity::Warning } else { Severity::Note }));
    }
    verdicts
}
