//! `objectives-covered`

use std::collections::BTreeSet;

use super::needed::{Needed, bound_to_node, ours};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, counted, names, parts};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::model::component::{Component, ComponentKind};
use crate::said;
use crate::source::{Said, Show};

/// How many of the six production objectives the design shows.
pub static MEASURE: Measure = Measure {
    id: "objectives-covered",
    title: words("Production objectives shown", "Objectifs de production montrés"),
    explains: words(
        "Of six: several nodes, persistence, backups, monitoring, logging, continuous delivery. An objective counts where the design shows it; where it says nothing, it is an open question and does not count.",
        "Sur six : plusieurs nœuds, persistance, sauvegardes, supervision, journaux, livraison continue. Un objectif compte si le design le montre ; s’il n’en dit rien, c’est une question ouverte et il ne compte pas.",
    ),
    better: Some(Better::Higher),
    unit: "objectives",
    sources: &[],
    work_out: Work::Design(work_out),
};

/// A production objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Objective {
    /// Several nodes.
    Nodes,
    /// Data outlive the pod and the node.
    Persistence,
    /// Data are copied where a mistake does not reach.
    Backups,
    /// Somebody is told when it fails.
    Monitoring,
    /// What happened can be read afterwards.
    Logging,
    /// A change reaches production by itself, and back.
    Delivery,
}

impl Objective {
    /// All six, in the order in which they are listed.
    pub const ALL: [Objective; 6] = [
        Objective::Nodes,
        Objective::Persistence,
        Objective::Backups,
        Objective::Monitoring,
        Objective::Logging,
        Objective::Delivery,
    ];

    /// What it is called.
    pub fn title(self) -> Said {
        match self {
            Objective::Nodes => said!("several nodes", "plusieurs nœuds"),
            Objective::Persistence => said!("persistence", "persistance"),
            Objective::Backups => said!("backups", "sauvegardes"),
            Objective::Monitoring => said!("monitoring", "supervision"),
            Objective::Logging => said!("logging", "journaux"),
            Objective::Delivery => said!("continuous delivery", "livraison continue"),
        }
    }
}

/// What a design shows for an objective.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It shows this.
    Shown(Said),
    /// It shows that it is not met: why.
    Missing(Said),
    /// It does not say: the question.
    Unanswered(Said),
}

impl Verdict {
    /// The text, whichever it is.
    pub fn text(&self) -> &Said {
        match self {
            Verdict::Shown(text) | Verdict::Missing(text) | Verdict::Unanswered(text) => text,
        }
    }
}

/// What a design shows for each of the six objectives.
pub fn coverage(view: &View<'_>) -> Vec<(Objective, Derived<Verdict>)> {
    Objective::ALL
        .into_iter()
        .map(|objective| {
            let verdict = match objective {
                Objective::Nodes => nodes(view),
                Objective::Persistence => persistence(view),
                Objective::Backups => backups(view),
                Objective::Monitoring => monitoring(view),
                Objective::Logging => logging(view),
                Objective::Delivery => delivery(view),
            };
            (objective, verdict)
        })
        .collect()
}

fn work_out(view: &View<'_>) -> Derived<Value> {
    let coverage = coverage(view);
    let count = coverage.iter().filter(|(_, derived)| matches!(derived.value, Verdict::Shown(_))).count();
    let of = |which: fn(&Verdict) -> bool| -> Vec<Said> {
        coverage.iter().filter(|(_, derived)| which(&derived.value)).map(|(objective, _)| objective.title()).collect()
    };
    let missing = of(|verdict| matches!(verdict, Verdict::Missing(_)));
    let open = of(|verdict| matches!(verdict, Verdict::Unanswered(_)));
    let mut said = Vec::new();
    if !missing.is_empty() {
        said.push(said!("missing: {what}", "manque : {what}", what = Said::list(&missing)));
    }
    if !open.is_empty() {
        said.push(said!("not said: {what}", "non dit : {what}", what = Said::list(&open)));
    }
    if said.is_empty() {
        said.push(Said::join(&of(|_| true), ", "));
    }
    let text = said!("{count} of {all}", "{count} sur {all}", count = count, all = coverage.len());
    let mut derived = Derived::new(Value::number(count as f64, text), parts(&said));
    for (_, verdict) in coverage {
        derived = derived.from_facts(verdict.facts);
        for source in verdict.sources {
            derived = derived.sourced(source);
        }
    }
    derived
}

fn because(verdict: Verdict, facts: impl IntoIterator<Item = String>) -> Derived<Verdict> {
    Derived::new(verdict, Said::default()).from_facts(facts)
}

fn of_kind<'a>(view: &View<'a>, kind: ComponentKind) -> Vec<(&'a str, &'a Component)> {
    view.design
        .components
        .iter()
        .filter(|(_, component)| component.kind == kind)
        .map(|(name, component)| (name.as_str(), component))
        .collect()
}

/// The address of a key of a component, or of the component where it does not say.
fn address(view: &View<'_>, component: &str, key: &str) -> String {
    let path = view.path(&format!("components.{component}.{key}"));
    if view.workspace.at(&path).is_some() { path } else { view.path(&format!("components.{component}")) }
}

fn nodes(view: &View<'_>) -> Derived<Verdict> {
    let mut machines: BTreeSet<usize> = view.design.clusters.values().flat_map(|cluster| view.nodes(cluster)).collect();
    let clusters = !machines.is_empty();
    if !clusters {
        machines = ours(view)
            .iter()
            .flat_map(|needed| view.instances_of(needed.name))
            .filter_map(|instance| instance.machine)
            .collect();
    }
    let groups: BTreeSet<&str> = machines.iter().map(|machine| view.machines[*machine].group.as_str()).collect();
    let facts = groups
        .into_iter()
        .flat_map(|group| [view.path(&format!("hosts.{group}.count")), view.path(&format!("hosts.{group}"))]);
    let facts: Vec<String> = facts.collect();
    let grounds: BTreeSet<usize> = machines.iter().map(|machine| view.ground(*machine)).collect();
    let zones: BTreeSet<&str> = machines.iter().filter_map(|machine| view.machines[*machine].zone.as_deref()).collect();
    let what = if clusters {
        counted(machines.len() as u32, words("node", "nœud"), words("nodes", "nœuds"))
    } else {
        counted(machines.len() as u32, words("machine", "machine"), words("machines", "machines"))
    };
    match grounds.len() {
        0 => because(
            Verdict::Unanswered(said!(
                "what runs the functions is not described",
                "ce qui fait tourner les fonctions n’est pas décrit"
            )),
            facts,
        ),
        1 if machines.len() == 1 => because(Verdict::Missing(said!("one machine only", "une seule machine")), facts),
        1 => because(
            Verdict::Missing(said!("{what} on one machine", "{what} sur une seule machine", what = what)),
            facts,
        ),
        _ if zones.len() > 1 => because(
            Verdict::Shown(said!("{what} in {n} zones", "{what} dans {n} zones", what = what, n = zones.len())),
            facts,
        ),
        _ => because(Verdict::Shown(what), facts),
    }
}

fn persistence(view: &View<'_>) -> Derived<Verdict> {
    let holders: Vec<Needed<'_>> = ours(view).into_iter().filter(Needed::holds_data).collect();
    let facts: Vec<String> = holders.iter().map(|needed| address(view, needed.name, "storage")).collect();
    if holders.is_empty() {
        return because(
            Verdict::Unanswered(said!(
                "no needed component says that it holds data",
                "aucun composant nécessaire ne dit qu’il tient des données"
            )),
            facts,
        );
    }
    let copied = |needed: &Needed<'_>| needed.component.replication.is_some() && view.grounds_of(needed.name).len() > 1;
    let silent: Vec<&str> =
        holders.iter().filter(|needed| needed.component.storage.is_none()).map(|needed| needed.name).collect();
    let dying: Vec<&str> = holders
        .iter()
        .filter(|needed| !copied(needed) && bound_to_node(view, needed) == Some(true))
        .map(|needed| needed.name)
        .collect();
    let open: Vec<&str> = holders
        .iter()
        .filter(|needed| !copied(needed) && bound_to_node(view, needed).is_none())
        .map(|needed| needed.name)
        .collect();
    if !dying.is_empty() {
        return because(
            Verdict::Missing(said!(
                "the volume of {who} dies with its node",
                "le volume de {who} meurt avec son nœud",
                who = names(&dying)
            )),
            facts,
        );
    }
    if !silent.is_empty() {
        return because(
            Verdict::Unanswered(said!(
                "the storage of {who} is not described",
                "le stockage de {who} n’est pas décrit",
                who = names(&silent)
            )),
            facts,
        );
    }
    if !open.is_empty() {
        let text = said!(
            "whether the volume of {who} outlives its node is not stated (`reach`)",
            "si le volume de {who} survit à son nœud n’est pas dit (`reach`)",
            who = names(&open)
        );
        return because(Verdict::Unanswered(text), facts);
    }
    let each: Vec<Said> = holders
        .iter()
        .map(|needed| {
            let size = needed
                .component
                .storage
                .as_ref()
                .map_or_else(Said::default, |storage| Said::by(|lang| storage.size.show(lang)));
            let copies = view.wanted(needed.component);
            if copies > 1 {
                said!(
                    "{name} {copies} × {size}",
                    "{name} {copies} × {size}",
                    name = needed.name,
                    copies = copies,
                    size = size
                )
            } else {
                said!("{name} {size}", "{name} {size}", name = needed.name, size = size)
            }
        })
        .collect();
    because(Verdict::Shown(Said::join(&each, ", ")), facts)
}

fn backups(view: &View<'_>) -> Derived<Verdict> {
    let databases = of_kind(view, ComponentKind::Database);
    let facts: Vec<String> = databases.iter().map(|(name, _)| address(view, name, "backups")).collect();
    if databases.is_empty() {
        return because(
            Verdict::Unanswered(said!("no database is described", "aucune base de données n’est décrite")),
            facts,
        );
    }
    let without: Vec<&str> =
        databases.iter().filter(|(_, component)| component.backups.is_empty()).map(|(name, _)| *name).collect();
    if !without.is_empty() {
        return because(
            Verdict::Missing(said!("{who} has no backup", "{who} sans sauvegarde", who = names(&without))),
            facts,
        );
    }
    let each: Vec<Said> = databases
        .iter()
        .flat_map(|(_, component)| component.backups.iter())
        .map(|(name, backup)| {
            said!("{name} every {every}", "{name}, intervalle {every}", name = name, every = backup.every)
        })
        .collect();
    because(Verdict::Shown(Said::join(&each, ", ")), facts)
}

fn monitoring(view: &View<'_>) -> Derived<Verdict> {
    let watchers = of_kind(view, ComponentKind::Monitoring);
    let all: Vec<&str> = watchers.iter().map(|(name, _)| *name).collect();
    let facts: Vec<String> = all.iter().map(|name| address(view, name, "alerts_to")).collect();
    if all.is_empty() {
        return because(
            Verdict::Unanswered(said!(
                "no component of kind `monitoring` is described",
                "aucun composant de type `monitoring` n’est décrit"
            )),
            facts,
        );
    }
    let alerting: Vec<(&str, &str)> =
        watchers.iter().filter_map(|(name, component)| Some((*name, component.alerts_to.as_deref()?))).collect();
    if alerting.is_empty() {
        return because(
            Verdict::Missing(said!("{who} alerts nobody", "{who} n’alerte personne", who = names(&all))),
            facts,
        );
    }
    let who = names(alerting.iter().map(|(name, _)| *name));
    let told: BTreeSet<&str> = alerting.iter().map(|(_, told)| *told).collect();
    because(
        Verdict::Shown(said!("{who}, alerts to {told}", "{who}, alertes à {told}", who = who, told = names(&told))),
        facts,
    )
}

fn logging(view: &View<'_>) -> Derived<Verdict> {
    let stores = of_kind(view, ComponentKind::Logging);
    let facts: Vec<String> = stores.iter().map(|(name, _)| address(view, name, "keep")).collect();
    if stores.is_empty() {
        return because(
            Verdict::Unanswered(said!(
                "no component of kind `logging` is described",
                "aucun composant de type `logging` n’est décrit"
            )),
            facts,
        );
    }
    let keeping: Vec<Said> = stores
        .iter()
        .filter_map(|(name, component)| {
            Some(said!("`{name}` keeps {keep}", "`{name}` garde {keep}", keep = component.keep.as_ref()?))
        })
        .collect();
    if keeping.is_empty() {
        let text = said!(
            "how long {who} keeps logs is not stated (`keep`)",
            "la durée de conservation de {who} n’est pas dite (`keep`)",
            who = names(stores.iter().map(|(name, _)| *name))
        );
        return because(Verdict::Unanswered(text), facts);
    }
    because(Verdict::Shown(Said::join(&keeping, ", ")), facts)
}

fn delivery(view: &View<'_>) -> Derived<Verdict> {
    let pipelines = of_kind(view, ComponentKind::Delivery);
    let facts: Vec<String> = pipelines.iter().map(|(name, _)| address(view, name, "deploys")).collect();
    if pipelines.is_empty() {
        return because(
            Verdict::Unanswered(said!(
                "no component of kind `delivery` is described",
                "aucun composant de type `delivery` n’est décrit"
            )),
            facts,
        );
    }
    let delivered: BTreeSet<&str> =
        pipelines.iter().flat_map(|(_, component)| component.deploys.iter().map(|name| name.0.as_str())).collect();
    // What others make (gateways, databases) is not everybody's to deliver; services are.
    let by_hand: Vec<&str> = ours(view)
        .iter()
        .filter(|needed| needed.component.kind == ComponentKind::Service && !delivered.contains(needed.name))
        .map(|needed| needed.name)
        .collect();
    if !by_hand.is_empty() {
        return because(
            Verdict::Missing(said!("{who} is delivered by nothing", "rien ne livre {who}", who = names(&by_hand))),
            facts,
        );
    }
    let each: Vec<Said> = pipelines
        .iter()
        .map(|(name, component)| {
            let tool = component.tool.as_deref().unwrap_or(name);
            said!("{tool}, {n} components", "{tool}, {n} composants", n = component.deploys.len())
        })
        .collect();
    because(Verdict::Shown(Said::join(&each, ", ")), facts)
}
