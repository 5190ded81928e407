//! `data/critical-database-in-cluster`

use super::data_copies::databases;
use super::place::first_stated;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::design::model::component::{Failover, Reach};
use crate::design::model::organisation::{Criticality, Decision, DecisionStatus};
use crate::said;
use crate::source::{LANGS, Said, Severity, Show};

/// A critical database in a cluster was decided on, and survives a node.
pub static RULE: Rule = Rule {
    code: "data/critical-database-in-cluster",
    summary: words(
        "A critical database in a cluster fails over, is not bound to a node, and was decided on",
        "Une base critique dans un cluster bascule, n’est pas liée à un nœud, et a fait l’objet d’une décision",
    ),
    why: words(
        "A StatefulSet keeps an identity and a volume; it knows nothing of primaries, of replication or of backups. Alone, after the loss of its node, it waits for a person: Kubernetes starts no second copy of a pod that may still write.",
        "Un StatefulSet garde une identité et un volume ; il ne sait rien du primaire, de la réplication ni des sauvegardes. Seul, après la perte de son nœud, il attend une personne : Kubernetes ne démarre pas une seconde copie d’un pod qui écrit peut-être encore.",
    ),
    detects: words(
        "Databases in a cluster that are `critical`, or that a critical or important function needs: more than one member, a failover that is no person's, a volume that is not bound to one node unless copies exist, and an accepted decision that names the database.",
        "Les bases d’un cluster marquées `critical`, ou nécessaires à une fonction critique ou importante : plus d’un membre, une bascule qui n’est pas manuelle, un volume qui n’est pas lié à un nœud sauf s’il y a des copies, et une décision acceptée qui nomme la base.",
    ),
    exceptions: words(
        "Disputed, and not wrong in itself: with an operator (CloudNativePG and others), volumes that follow and a team that knows both, a database runs well in a cluster. The position here: then the choice is written down. Virtual machines or a managed service ask for no decision by this rule.",
        "Discuté, et pas une faute en soi : avec un opérateur (CloudNativePG ou autre), des volumes qui suivent et une équipe qui connaît les deux, une base tourne bien dans un cluster. La position prise : le choix est alors écrit. Des machines virtuelles ou un service managé ne demandent pas de décision au titre de cette règle.",
    ),
    remedy: words(
        "use an operator with several members and record the decision, or run it on virtual machines or as a managed service",
        "utilisez un opérateur avec plusieurs membres et inscrivez la décision, ou placez-la sur des VM ou dans un service managé",
    ),
    sources: &["Kubernetes documentation, Force Delete StatefulSet Pods", "CloudNativePG documentation, Architecture"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  orders-db: {kind: database, runs_on: main, critical: true, storage: {size: 10 GiB, reach: zone}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  orders-db:
    kind: database
    runs_on: main
    critical: true
    storage: {size: 10 GiB, reach: zone}
    replication: {members: 3, mode: synchronous, failover: cloudnativepg}
decisions:
  orders-db-in-the-cluster: {title: Where orders are kept, options: [cluster, virtual machines], chosen: cluster, because: the operator is known, status: accepted}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in databases(view) {
        let Home::Cluster(cluster, _) = view.home(component) else { continue };
        let important = view.design.functions.iter().any(|(function, value)| {
            value.criticality == Some(Criticality::CriticalOrImportant) && view.needed_by(function).contains(name)
        });
        if component.critical != Some(true) && !(component.critical.is_none() && important) {
            continue;
        }
        let path = format!("components.{name}");
        let replication = component.replication.as_ref();
        let copies = replication.map_or(1, |replication| replication.members);
        let failover = replication.and_then(|replication| replication.failover);
        let mut lacks: Vec<Said> = Vec::new();
        if copies < 2 {
            lacks.push(said!("it has one member", "elle n’a qu’un membre"));
        } else if matches!(failover, None | Some(Failover::Manual)) {
            lacks.push(said!("nothing makes a standby the primary", "rien ne promeut un standby"));
        }
        if copies < 2 && component.storage.as_ref().and_then(|storage| storage.reach) == Some(Reach::Node) {
            lacks.push(said!("its volume is bound to a node", "son volume est lié à un nœud"));
        }
        if !view.design.decisions.iter().any(|(title, decision)| decides(title, decision, name)) {
            lacks.push(said!("no accepted decision names it", "aucune décision acceptée ne la nomme"));
        }
        verdicts.push(if lacks.is_empty() {
            Verdict::pass(path)
        } else {
            let message = said!(
                "`{name}` is critical and runs in cluster `{cluster}`: {list}",
                "`{name}` est critique et tourne dans le cluster `{cluster}` : {list}",
                list = Said::list(&lacks)
            );
            let at = first_stated(view, &[format!("{path}.critical"), format!("{path}.runs_on")]);
            Verdict::fail(&path, message)
                .at(at)
                .also(format!("{path}.runs_on"), said!("in a cluster", "dans un cluster"))
        });
    }
    verdicts
}

/// Whether a decision in force speaks of a database: by its name, or as "the database".
fn decides(title: &str, decision: &Decision, database: &str) -> bool {
    if decision.status != DecisionStatus::Accepted {
        return false;
    }
    let mut texts = vec![title.replace('-', " "), title.to_owned(), decision.chosen.clone()];
    texts.extend(decision.options.iter().cloned());
    texts.extend(LANGS.iter().flat_map(|lang| [decision.title.show(*lang), decision.because.show(*lang)]));
    texts.iter().any(|text| {
        let text = text.to_lowercase();
        text.contains(database) || text.contains("database") || text.contains("base de données")
    })
}
