//! `availability/objective-contradicts`

use std::collections::BTreeMap;

use super::place::first_stated;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, Machine, View};
use crate::design::model::component::{Component, ComponentKind, Reach, ReplicationMode};
use crate::design::model::organisation::{Disruption, ExerciseKind, Objective};
use crate::said;
use crate::source::{Said, Severity};

/// Recovery objectives can be met by what is described.
pub static RULE: Rule = Rule {
    code: "availability/objective-contradicts",
    summary: words(
        "Recovery objectives do not contradict each other or the design",
        "Les objectifs de reprise ne se contredisent pas et ne contredisent pas le design",
    ),
    why: words(
        "A promise that the design cannot keep is worse than none: the institution plans its continuity on it, and learns the truth on the day.",
        "Une promesse que le design ne peut pas tenir est pire qu’aucune : la continuité d’activité s’appuie dessus, et la vérité se découvre le jour venu.",
    ),
    detects: words(
        "An RTO beyond the tolerable period of disruption (corruption excepted where it is stated apart: see below). An RTO for the loss of a zone, site or region while something the function needs has all its machines in one. An RPO of zero for the loss of a node, zone, site or region while a database it needs replicates asynchronously, or waits for copies that may all stand where the primary does.",
        "Un RTO au-delà de la période tolérable d’interruption (la corruption mise à part, voir plus bas). Un RTO pour la perte d’une zone, d’un site ou d’une région alors qu’un composant nécessaire a toutes ses machines dans un seul de ces lieux. Un RPO nul pour la perte d’un nœud, d’une zone, d’un site ou d’une région alors qu’une base nécessaire réplique de façon asynchrone, ou n’attend que des copies qui peuvent toutes se trouver auprès du primaire.",
    ),
    exceptions: words(
        "A place may be rebuilt elsewhere instead of running in two: an exercise of kind `rebuild` or `site-switch` for that disruption shows it, and passes. The RTO of corruption is not held against the tolerable period: a wrong database can often be run read-only or in a fallback procedure while it is repaired; say so in a decision. Whether the times are met is the simulation's matter.",
        "Un lieu peut être reconstruit ailleurs plutôt que doublé : un exercice de type `rebuild` ou `site-switch` pour cette perturbation le montre, et passe. Le RTO de la corruption n’est pas comparé à la période tolérable : une base erronée peut souvent servir en lecture seule ou en mode dégradé pendant sa réparation ; dites-le dans une décision. Que les durées soient tenues relève de la simulation.",
    ),
    remedy: words("change the promise, or what is to keep it", "changez la promesse, ou ce qui doit la tenir"),
    sources: &[
        "ISO 22301:2019, 8.2.2",
        "EU 2022/2554 (DORA), art. 12(6)",
        "PostgreSQL documentation, Synchronous Replication",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
functions:
  sell:
    uses: [data]
    tolerable: 1 h
    recovery: {node: {rto: 2 h, rpo: 0 s}, zone: {rto: 5 min, rpo: 1 min}}
sites: {west: {kind: region, zones: [west-a, west-b]}}
hosts: {machines: {count: 2, in: [west-a]}}
components:
  data: {kind: database, runs_on: machines, replication: {members: 2, mode: asynchronous}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions:
  sell:
    uses: [data]
    tolerable: 1 h
    recovery: {node: {rto: 2 min, rpo: 0 s}, zone: {rto: 5 min, rpo: 1 min}}
sites: {west: {kind: region, zones: [west-a, west-b]}}
hosts: {machines: {count: 2, in: [west-a, west-b]}}
components:
  data: {kind: database, runs_on: machines, replication: {members: 2, mode: synchronous}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, function) in &view.design.functions {
        let Some(recovery) = &function.recovery else { continue };
        for (disruption, objective) in recovery.stated() {
            let path = format!("functions.{name}.recovery.{}", disruption.word());
            let mut found = Vec::new();
            if let Some(tolerable) = function
                .tolerable
                .as_ref()
                .filter(|tolerable| disruption != Disruption::Corruption && objective.rto.value() > tolerable.value())
            {
                let message = said!(
                    "`{name}` may take {rto} to come back, and only {tolerable} is tolerable",
                    "`{name}` peut mettre {rto} à revenir, et seulement {tolerable} est tolérable",
                    rto = objective.rto,
                    tolerable = tolerable
                );
                let also = said!("the tolerable period of disruption", "la période tolérable d’interruption");
                found.push(
                    Verdict::fail(&path, message)
                        .at(format!("{path}.rto"))
                        .also(format!("functions.{name}.tolerable"), also),
                );
            }
            found.extend(place_lost(view, name, disruption, objective, &path));
            found.extend(data_lost(view, name, disruption, objective, &path));
            if found.is_empty() {
                found.push(Verdict::pass(path));
            }
            verdicts.extend(found);
        }
    }
    verdicts
}

type Domain = fn(&Machine) -> Option<&str>;

/// The place that a disruption takes, with its word.
fn domain(disruption: Disruption) -> Option<(Domain, Said)> {
    match disruption {
        Disruption::Node => Some((|machine| Some(machine.name.as_str()), said!("a node", "d’un nœud"))),
        Disruption::Zone => Some((|machine| machine.zone.as_deref(), said!("a zone", "d’une zone"))),
        Disruption::Site => Some((|machine| machine.site.as_deref(), said!("a site", "d’un site"))),
        Disruption::Region => Some((|machine| machine.site.as_deref(), said!("a region", "d’une région"))),
        Disruption::Software | Disruption::Corruption => None,
    }
}

/// Where a component can be after a loss: where it is, or every node that may take it.
fn homes(view: &View<'_>, name: &str, component: &Component) -> Vec<usize> {
    let reach = component.storage.as_ref().and_then(|storage| storage.reach);
    match view.home(component) {
        Home::Cluster(_, cluster) if !matches!(reach, Some(Reach::Node | Reach::Zone)) => view.nodes(cluster),
        _ => view.instances_of(name).into_iter().filter_map(|instance| instance.machine).collect(),
    }
}

/// Everything in one place, while its loss is promised to be survived.
fn place_lost(view: &View<'_>, name: &str, disruption: Disruption, objective: &Objective, path: &str) -> Vec<Verdict> {
    let Some((domain, word)) = domain(disruption).filter(|_| disruption != Disruption::Node) else { return Vec::new() };
    let exercised = view.design.exercises.values().any(|exercise| {
        matches!(exercise.kind, ExerciseKind::Rebuild | ExerciseKind::SiteSwitch)
            && exercise.disruption == Some(disruption)
            && exercise.of.iter().any(|of| **of == *name)
    });
    if exercised {
        return Vec::new();
    }
    let mut stuck: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for needed in view.needed_by(name) {
        let Some(component) = view.design.components.get(needed) else { continue };
        let machines = homes(view, needed, component);
        let mut places: Vec<&str> = machines.iter().filter_map(|machine| domain(&view.machines[*machine])).collect();
        places.sort_unstable();
        places.dedup();
        if let [place] = places.as_slice() {
            stuck.entry(place).or_default().push(needed);
        }
    }
    let mut found = Vec::new();
    for (place, components) in stuck {
        let names: Vec<Said> = components.iter().map(|component| Said::same(format!("`{component}`"))).collect();
        let message = said!(
            "`{name}` is promised back {rto} after the loss of {word}, and {names} would be lost whole with `{place}`",
            "`{name}` est promis en {rto} après la perte {word}, et `{place}` emporterait tout de {names}",
            rto = objective.rto,
            word = word,
            names = Said::list(&names)
        );
        let help = said!(
            "have them elsewhere too, promise less, or record an exercise (`rebuild` or `site-switch`) that shows how they come back",
            "placez-les aussi ailleurs, promettez moins, ou inscrivez un exercice (`rebuild` ou `site-switch`) qui montre comment ils reviennent"
        );
        let mut verdict = Verdict::fail(path, message).at(format!("{path}.rto")).help(help);
        for component in components {
            verdict = verdict
                .also(format!("components.{component}"), said!("all of it in `{place}`", "tout est dans `{place}`"));
        }
        found.push(verdict);
    }
    found
}

/// Nothing may be lost, and what the last writes are copied to may be lost too.
fn data_lost(view: &View<'_>, name: &str, disruption: Disruption, objective: &Objective, path: &str) -> Vec<Verdict> {
    let Some((domain, word)) = domain(disruption).filter(|_| objective.rpo.value() == 0.0) else { return Vec::new() };
    let mut found = Vec::new();
    for needed in view.needed_by(name) {
        let Some(component) =
            view.design.components.get(needed).filter(|component| component.kind == ComponentKind::Database)
        else {
            continue;
        };
        let Some(replication) = component.replication.as_ref() else { continue };
        let at = format!("{path}.rpo");
        if replication.mode == ReplicationMode::Asynchronous {
            let message = said!(
                "`{name}` may lose no data with the loss of {word}, and `{needed}` replicates asynchronously",
                "`{name}` ne doit perdre aucune donnée à la perte {word}, et `{needed}` réplique de façon asynchrone",
                word = word
            );
            let also = said!("a write does not wait for a copy", "une écriture n’attend aucune copie");
            found.push(Verdict::fail(path, message).at(at).also(format!("components.{needed}.replication.mode"), also));
            continue;
        }
        let machines: Vec<usize> =
            view.instances_of(needed).into_iter().filter_map(|instance| instance.machine).collect();
        let together = machines
            .iter()
            .map(|machine| {
                machines
                    .iter()
                    .filter(|other| domain(&view.machines[**other]) == domain(&view.machines[*machine]))
                    .count()
            })
            .max()
            .unwrap_or(0);
        let waits = replication.synchronous_members.unwrap_or(1) as usize;
        // The primary and its synchronous copies may all be among the members of one place.
        if together > waits && together < machines.len() {
            let message = said!(
                "`{name}` may lose no data with the loss of {word}, but {together} members of `{needed}` stand together and a write waits for {copies}: primary and copies may be lost at once",
                "`{name}` ne doit perdre aucune donnée à la perte {word}, mais {together} membres de `{needed}` sont ensemble et une écriture n’attend {copies} : primaire et copies peuvent être perdus d’un coup",
                word = word,
                together = together,
                copies = if waits == 1 {
                    said!("one copy", "qu’une copie")
                } else {
                    said!("{n} copies", "que {n} copies", n = waits)
                }
            );
            let replication = format!("components.{needed}.replication");
            let to = first_stated(view, &[format!("{replication}.synchronous_members"), replication]);
            let also = said!("copies that a write waits for", "copies qu’une écriture attend");
            let help = said!(
                "set `synchronous_members` to {together}",
                "portez `synchronous_members` à {together}",
                together = together
            );
            found.push(Verdict::fail(path, message).at(at).also(to, also).help(help));
        }
    }
    found
}
