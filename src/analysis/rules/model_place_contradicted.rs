//! `model/place-contradicted`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::said;
use crate::source::{Said, Severity};

/// What is said to stand somewhere runs on machines that stand there.
pub static RULE: Rule = Rule {
    code: "model/place-contradicted",
    summary: words(
        "A component stands where the machines that run it stand",
        "Un composant est là où sont les machines qui le portent",
    ),
    why: words(
        "Failure domains, copies in another site and residency of data are judged by place. Where a component and its machines disagree, one of these judgements is wrong.",
        "Domaines de panne, copies sur un autre site et lieu des données se jugent d’après l’endroit. Si un composant et ses machines se contredisent, l’un de ces jugements est faux.",
    ),
    detects: words(
        "`in` of a component that runs on machines of ours: one of those machines stands in that zone, or in a zone of that site.",
        "`in` d’un composant qui tourne sur des machines à nous : l’une d’elles est dans cette zone, ou dans une zone de ce site.",
    ),
    exceptions: words(
        "Machines that do not say where they stand contradict nothing.",
        "Des machines qui ne disent pas où elles sont ne contredisent rien.",
    ),
    remedy: words(
        "correct `in`, or say where the machines really stand",
        "corrigez `in`, ou dites où sont vraiment les machines",
    ),
    sources: &["ISO/IEC/IEEE 42010:2022, 5.7 (correspondences between views)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
sites: {north: {kind: datacentre}, south: {kind: datacentre}}
hosts: {machines: {count: 2, in: [north]}}
components: {store: {kind: object-storage, runs_on: machines, in: south}}
",
    passing: r"
kind: design
name: shop
context: cloud
sites: {north: {kind: datacentre}, south: {kind: datacentre}}
hosts: {machines: {count: 2, in: [north]}}
components: {store: {kind: object-storage, runs_on: machines, in: north}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(at) = component.at.as_deref() else { continue };
        let groups: Vec<&str> = match view.home(component) {
            Home::Cluster(_, cluster) => cluster.workers.iter().map(|group| group.0.as_str()).collect(),
            Home::Hosts(group, _) => vec![group],
            Home::Partition(_, partition) => vec![partition.runs_on.0.as_str()],
            Home::ThirdParty(..) | Home::Nowhere => continue,
        };
        let machines = view.machines.iter().filter(|machine| groups.contains(&machine.group.as_str()));
        let mut places: Vec<&str> = machines.filter_map(|machine| machine.zone.as_deref()).collect();
        places.sort_unstable();
        places.dedup();
        if places.is_empty() {
            continue;
        }
        let there = places.iter().any(|place| *place == at || view.site_of(place).is_some_and(|(site, _)| site == at));
        let path = format!("components.{name}");
        verdicts.push(if there {
            Verdict::pass(path)
        } else {
            let list = Said::list(&places);
            Verdict::fail(
                &path,
                said!(
                    "`{name}` is said to stand in `{at}`, and its machines stand in {list}",
                    "`{name}` est déclaré dans `{at}`, et ses machines sont dans {list}",
                    list = list
                ),
            )
            .at(format!("{path}.in"))
            .also(format!("components.{name}.runs_on"), said!("what runs it", "ce qui le porte"))
        });
    }
    verdicts
}
