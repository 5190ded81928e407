//! `simulation/needs-somebody`

use std::collections::BTreeSet;

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::simulation::Recovery;
use crate::analysis::view::View;
use crate::design::model::organisation::Disruption;
use crate::said;
use crate::source::Severity;

/// What a function needs comes back without anybody acting, from the loss of a pod or a node.
pub static RULE: Rule = Rule {
    code: "simulation/needs-somebody",
    summary: words(
        "What a function needs comes back alone from the loss of a pod or a node",
        "Ce dont une fonction a besoin revient seul de la perte d’un pod ou d’un nœud",
    ),
    why: words(
        "A machine fails every few weeks in any fleet of some size, mostly at night. What waits for somebody is out until that person has been woken, has logged in and has understood.",
        "Dans tout parc d’une certaine taille une machine tombe toutes les quelques semaines, le plus souvent la nuit. Ce qui attend quelqu’un reste coupé jusqu’à ce que cette personne soit réveillée, connectée, et ait compris.",
    ),
    detects: words(
        "With `--simulate`: after the loss of each pod and each node, what some function stops without is followed for an hour; it fails where it serves again only with somebody’s help, or never; full strength may wait for a repair. The one change that would mend it is named.",
        "Avec `--simulate` : après la perte de chaque pod et de chaque nœud, ce sans quoi une fonction s’arrête est suivi une heure ; échec s’il ne sert de nouveau qu’avec de l’aide, ou jamais ; la pleine capacité peut attendre une réparation. Le changement qui y remédierait est nommé.",
    ),
    exceptions: words(
        "A StatefulSet’s pod on a dead node waits on purpose: two pods of one name would ruin its data. Replicate the data, or let the cloud delete the Node object, and it does not matter. A lab has a student beside it.",
        "Le pod d’un StatefulSet sur un nœud mort attend exprès : deux pods d’un même nom ruineraient ses données. Répliquez les données, ou laissez le cloud supprimer l’objet Node, et peu importe. Un lab a un étudiant à côté.",
    ),
    remedy: words("make the change that the finding names", "faites le changement que le constat nomme"),
    sources: &["Kubernetes documentation, Node Shutdowns (non-graceful)", "Google SRE Book, chapter 7 (automation)"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [data]}}
hosts: {nodes: {count: 2, cpu: 4, memory: 8 GiB}, masters: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], control_plane: {hosts: [masters], members: 3, datastore: etcd}}}
components:
  data: {kind: database, runs_on: main, workload: stateful-set, replicas: 1, storage: {size: 1 GiB, reach: zone}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
hosts: {nodes: {count: 2, cpu: 4, memory: 8 GiB}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, starts_in: 4 s}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let campaign = view.campaign();
    let mut stuck: BTreeSet<String> = BTreeSet::new();
    let mut verdicts = Vec::new();
    for lost in
        campaign.failures.iter().filter(|lost| matches!(lost.disruption, Disruption::Software | Disruption::Node))
    {
        if lost.recovers == Recovery::Alone {
            continue;
        }
        // Full strength may wait for a repair; what counts is whether it serves again.
        let bad = lost.simulation.components.iter().find(|component| {
            component.outcome.recovers != Recovery::Alone
                && component.outcome.outage_s.fixed.is_none()
                && view.is_needed(&component.name)
                && !view.instances_of(&component.name).is_empty()
        });
        let Some(component) = bad.filter(|component| stuck.insert(component.name.clone())) else { continue };
        let name = &component.name;
        let path = format!("components.{name}");
        let message = said!(
            "{failure}: `{name}` comes back {how}",
            "{failure} : `{name}` revient {how}",
            failure = lost.failure.said(),
            how = component.outcome.recovers.said()
        );
        let mut verdict = Verdict::fail(&path, message);
        if let Some(mending) = lost.mending.as_ref().filter(|mending| mending.component == *name) {
            verdict = verdict.help(said!(
                "{because}; {change}",
                "{because} ; {change}",
                because = mending.because,
                change = mending.change
            ));
        }
        verdicts.push(verdict);
    }
    let judged = view.design.components.iter().filter(|(name, component)| {
        component.runs_on.is_some()
            && view.is_needed(name)
            && !view.instances_of(name).is_empty()
            && !stuck.contains(*name)
    });
    verdicts.extend(judged.map(|(name, _)| Verdict::pass(format!("components.{name}"))));
    verdicts
}
