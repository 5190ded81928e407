//! `availability/quorum-in-one-zone`

use std::collections::BTreeMap;

use super::place::first_stated;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::{ComponentKind, Failover};
use crate::design::model::place::Datastore;
use crate::said;
use crate::source::{Said, Severity};

/// A majority survives the loss of any one zone or site.
pub static RULE: Rule = Rule {
    code: "availability/quorum-in-one-zone",
    summary: words(
        "A majority survives the loss of any one zone or site",
        "Une majorité survit à la perte d’une zone ou d’un site, quels qu’ils soient",
    ),
    why: words(
        "What decides by majority stops deciding without one: etcd turns read-only, Kubernetes starts and moves nothing, Patroni demotes the primary although the data are there.",
        "Ce qui décide à la majorité ne décide plus rien sans elle : etcd passe en lecture seule, Kubernetes ne démarre ni ne déplace rien, Patroni rétrograde le primaire alors que les données sont là.",
    ),
    detects: words(
        "Members by zone and by site of consensus stores, of etcd control planes of our own, and of databases that fail over by a majority of their own (`failover: built-in`), where machines of the design stand in several zones or sites. A database under Patroni names its store.",
        "Les membres, par zone et par site, des magasins de consensus, des plans de contrôle etcd qui sont les nôtres et des bases dont la bascule repose sur leur propre majorité (`failover: built-in`), dès que des machines du design sont dans plusieurs zones ou sites. Une base sous Patroni nomme son magasin.",
    ),
    exceptions: words(
        "Sites are judged only where the members stand in several of them, or where a function that needs them promises to survive a site. Two places never pass, whatever the count: one of them holds half or more, so a third is needed, and a witness without service is enough. An even count is no fault in itself and brings nothing: four members bear one loss, like three, and stop on a two-two split. A store that can be built anew in minutes may be waived.",
        "Les sites ne sont jugés que si les membres sont répartis sur plusieurs, ou si une fonction qui en a besoin promet de survivre à un site. Deux lieux ne passent jamais, quel que soit le nombre : l’un porte la moitié ou plus, il en faut un troisième, et un témoin sans service suffit. Un nombre pair n’est pas une faute en soi et n’apporte rien : quatre membres supportent une perte, comme trois, et s’arrêtent sur un partage deux-deux. Un magasin qui se reconstruit en quelques minutes peut recevoir une dérogation.",
    ),
    remedy: words(
        "put three members in three zones; with two sites, the third member in a witness site",
        "placez trois membres dans trois zones ; avec deux sites, le troisième membre dans un site témoin",
    ),
    sources: &[
        "etcd documentation, FAQ (failure tolerance)",
        "Patroni documentation, Replication modes",
        "Kubernetes documentation, Options for highly available topology",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
sites: {west: {kind: region, zones: [west-a, west-b]}}
hosts: {machines: {count: 3, in: [west-a, west-b]}}
components:
  store: {kind: consensus-store, runs_on: machines, members: 3}
",
    passing: r"
kind: design
name: shop
context: cloud
sites: {west: {kind: region, zones: [west-a, west-b, west-c]}}
hosts: {machines: {count: 3, in: [west-a, west-b, west-c]}}
components:
  store: {kind: consensus-store, runs_on: machines, members: 3}
",
    check,
};

/// What decides by majority.
struct Voters {
    path: String,
    at: String,
    what: Said,
    machines: Vec<usize>,
    survives_sites: bool,
}

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut groups = Vec::new();
    for (name, cluster) in &view.design.clusters {
        let Some(plane) = cluster.control_plane.as_ref().filter(|plane| plane.datastore == Datastore::Etcd) else {
            continue;
        };
        let hosts: Vec<usize> = plane.hosts.iter().flat_map(|group| view.group(group)).collect();
        let machines = (0..plane.members as usize).filter_map(|i| hosts.get(i % hosts.len().max(1)).copied()).collect();
        let path = format!("clusters.{name}");
        groups.push(Voters {
            at: format!("{path}.control_plane.members"),
            what: said!("the control plane of `{name}`", "le plan de contrôle de `{name}`"),
            machines,
            survives_sites: view
                .design
                .functions
                .values()
                .any(|function| function.recovery.as_ref().is_some_and(|recovery| recovery.site.is_some())),
            path,
        });
    }
    for (name, component) in &view.design.components {
        let path = format!("components.{name}");
        let failover = component.replication.as_ref().and_then(|replication| replication.failover);
        if failover == Some(Failover::Patroni)
            && component.replication.as_ref().is_some_and(|replication| replication.store.is_none())
        {
            let question = said!(
                "which consensus store decides the failover of `{name}`? Name it in `replication.store`",
                "quel magasin de consensus décide de la bascule de `{name}` ? Nommez-le dans `replication.store`"
            );
            verdicts.push(Verdict::unanswered(&path, question).at(format!("{path}.replication.failover")));
        }
        let votes = component.kind == ComponentKind::ConsensusStore || failover == Some(Failover::BuiltIn);
        let machines: Vec<usize> =
            view.instances_of(name).into_iter().filter_map(|instance| instance.machine).collect();
        if !votes || machines.is_empty() {
            continue;
        }
        let counts = [
            format!("{path}.members"),
            format!("{path}.replicas"),
            format!("{path}.replication.members"),
            path.clone(),
        ];
        groups.push(Voters {
            at: first_stated(view, &counts),
            what: said!("`{name}`", "`{name}`"),
            machines,
            survives_sites: promises_site(view, name),
            path,
        });
    }
    verdicts.extend(groups.iter().filter_map(|voters| judge(view, voters)));
    verdicts
}

/// Whether a function that needs a component promises to survive a site.
fn promises_site(view: &View<'_>, component: &str) -> bool {
    view.design.functions.iter().any(|(name, function)| {
        function.recovery.as_ref().is_some_and(|recovery| recovery.site.is_some())
            && view.needed_by(name).contains(component)
    })
}

fn judge(view: &View<'_>, voters: &Voters) -> Option<Verdict> {
    let all = |pick: fn(&crate::analysis::view::Machine) -> Option<&str>| {
        let mut places: Vec<&str> = view.machines.iter().filter_map(pick).collect();
        places.sort_unstable();
        places.dedup();
        places.len()
    };
    let count = |pick: fn(&crate::analysis::view::Machine) -> Option<&str>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for machine in &voters.machines {
            if let Some(place) = pick(&view.machines[*machine]) {
                *counts.entry(place).or_default() += 1;
            }
        }
        counts
    };
    let (zones, sites) = (count(|machine| machine.zone.as_deref()), count(|machine| machine.site.as_deref()));
    let judge_zones = all(|machine| machine.zone.as_deref()) > 1 && !zones.is_empty();
    let judge_sites =
        all(|machine| machine.site.as_deref()) > 1 && (sites.len() > 1 || (voters.survives_sites && !sites.is_empty()));
    if !judge_zones && !judge_sites {
        return None;
    }
    let members = voters.machines.len();
    let majority = members / 2 + 1;
    let broken = |counts: &BTreeMap<&str, usize>| {
        counts
            .iter()
            .filter(|(_, lost)| members - **lost < majority)
            .max_by_key(|(_, lost)| **lost)
            .map(|(place, lost)| ((*place).to_owned(), *lost))
    };
    // The site is named where both break, because it is the larger promise.
    let worst = judge_sites.then(|| broken(&sites)).flatten().or_else(|| judge_zones.then(|| broken(&zones)).flatten());
    let Some((place, lost)) = worst else { return Some(Verdict::pass(&voters.path)) };
    let what = &voters.what;
    let message = if members == 1 {
        said!(
            "{what} has a single member, and `{place}` takes it along",
            "{what} n’a qu’un membre, et `{place}` l’emporte avec lui",
            what = what
        )
    } else {
        said!(
            "without `{place}`, {what} keeps {left} of {members} members; a majority is {majority}",
            "sans `{place}`, {what} garde {left} de ses {members} membres ; la majorité est de {majority}",
            what = what,
            left = members - lost,
            members = members,
            majority = majority
        )
    };
    let verdict = Verdict::fail(&voters.path, message).at(&voters.at);
    Some(if members > 1 && members.is_multiple_of(2) {
        verdict.label(said!(
            "an even count: {members} members bear no more losses than {fewer}",
            "nombre pair : {members} membres ne supportent pas plus de pertes que {fewer}",
            fewer = members - 1,
            members = members
        ))
    } else {
        verdict
    })
}
