//! The steps of a simulated scenario by the names that narratives and predictions use.

use super::simulation::{Milestone, Simulation, Spread, What};
use super::view::View;
use crate::design::model::Scenario;
use crate::said;
use crate::source::Said;

/// A step that has a name.
#[derive(Debug, Clone)]
pub struct Step {
    /// The name: `not-ready`, `replaced`, `ready`.
    pub id: &'static str,
    /// What it is called.
    pub title: Said,
    /// What it happens to: `node/workers-1`, `component/quote-app`.
    pub object: String,
    /// What happens.
    pub what: What,
    /// When, in seconds from the first failure.
    pub at_s: Spread,
}

/// Whether a step happens to the component that a scenario is about, or to what carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whom {
    Component,
    Machine,
    Anything,
}

/// Every name, with what it stands for. Where a name has several meanings the first that happens counts.
static NAMES: [(&str, What, Whom); 26] = [
    ("not-ready", What::NodeNotReady, Whom::Machine),
    ("node-ready", What::NodeReady, Whom::Machine),
    ("endpoints-removed", What::LeftEndpoints, Whom::Component),
    ("evicted", What::MarkedForDeletion, Whom::Component),
    ("evicted", What::Evicted, Whom::Component),
    ("replaced", What::Created, Whom::Component),
    ("scheduled", What::Scheduled, Whom::Component),
    ("ready", What::Ready, Whom::Component),
    ("serving", What::JoinedEndpoints, Whom::Component),
    ("killed", What::OutOfMemory, Whom::Component),
    ("killed", What::Killed, Whom::Component),
    ("restarted", What::ContainerStarted, Whom::Component),
    ("unready", What::NotReady, Whom::Component),
    ("liveness-failed", What::LivenessFailed, Whom::Component),
    ("rolled-out", What::RolledOut, Whom::Component),
    ("lock-expired", What::LockExpired, Whom::Component),
    ("missed", What::PrimaryMissed, Whom::Component),
    ("promoted", What::Promoted, Whom::Component),
    ("clients-follow", What::ClientsFollow, Whom::Component),
    ("restored", What::Restored, Whom::Component),
    ("safe-state", What::SafeState, Whom::Anything),
    ("partition-restarted", What::PartitionRestarted, Whom::Anything),
    ("booted", What::Booted, Whom::Machine),
    ("vm-restarted", What::VmRestarted, Whom::Machine),
    ("volume-detached", What::VolumeForceDetached, Whom::Anything),
    ("stopped", What::Ended, Whom::Component),
];

/// The named steps of a scenario, in the order of time.
pub fn steps(view: &View<'_>, scenario: &Scenario, simulation: &Simulation) -> Vec<Step> {
    let about: Vec<String> =
        subject(view, scenario, simulation).into_iter().map(|name| format!("component/{name}")).collect();
    let mut found: Vec<Step> = Vec::new();
    for (id, what, whom) in &NAMES {
        if found.iter().any(|step| step.id == *id) {
            continue;
        }
        let fits = |milestone: &&Milestone| {
            milestone.what == *what
                && milestone.nth == 0
                && milestone.at_s.fixed.is_some()
                && match whom {
                    Whom::Component => about.contains(&milestone.object),
                    Whom::Machine => !milestone.object.starts_with("component/"),
                    Whom::Anything => true,
                }
        };
        // The first of the components asked about that it happens to.
        let best =
            simulation.milestones.iter().filter(fits).min_by_key(|milestone| {
                about.iter().position(|object| *object == milestone.object).unwrap_or(usize::MAX)
            });
        if let Some(milestone) = best {
            let title = title(id);
            found.push(Step { id, title, object: milestone.object.clone(), what: *what, at_s: milestone.at_s });
        }
    }
    found.sort_by(|a, b| a.at_s.fixed.unwrap_or(f64::MAX).total_cmp(&b.at_s.fixed.unwrap_or(f64::MAX)));
    found
}

/// What the steps of a scenario are about: what happens to it, else what is expected of whom.
fn subject<'a>(view: &View<'a>, scenario: &'a Scenario, simulation: &Simulation) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for event in &scenario.events {
        let name = event.what().1.rsplit('/').next().unwrap_or_default();
        let hit = view.instances.iter().find(|instance| instance.name == name).map(|instance| instance.component);
        let named = view.design.components.get_key_value(name).map(|(name, _)| name.as_str());
        found.extend(hit.or(named).filter(|name| simulation.component(name).is_some()));
    }
    found.extend(scenario.expect.keys().map(String::as_str));
    found.dedup();
    found
}

/// What a step is called.
fn title(id: &str) -> Said {
    match id {
        "not-ready" => said!("node NotReady", "nœud NotReady"),
        "node-ready" => said!("node Ready", "nœud Ready"),
        "endpoints-removed" => said!("out of the endpoints", "hors des endpoints"),
        "evicted" => said!("evicted", "évincé"),
        "replaced" => said!("replacement created", "remplaçant créé"),
        "scheduled" => said!("scheduled", "planifié"),
        "ready" => said!("ready", "prêt"),
        "serving" => said!("in the endpoints", "dans les endpoints"),
        "killed" => said!("killed", "tué"),
        "restarted" => said!("restarted", "redémarré"),
        "unready" => said!("not ready", "non prêt"),
        "liveness-failed" => said!("liveness failed", "liveness en échec"),
        "rolled-out" => said!("rolled out", "déployé"),
        "lock-expired" => said!("lock expired", "verrou expiré"),
        "missed" => said!("primary missed", "primaire absent"),
        "promoted" => said!("standby promoted", "réplica promu"),
        "clients-follow" => said!("clients follow", "clients rebranchés"),
        "restored" => said!("restored", "restauré"),
        "safe-state" => said!("safe state", "état sûr"),
        "partition-restarted" => said!("partition restarted", "partition redémarrée"),
        "booted" => said!("booted", "démarré"),
        "vm-restarted" => said!("VM restarted", "VM redémarrée"),
        "volume-detached" => said!("volume detached", "volume détaché"),
        _ => said!("stopped", "arrêté"),
    }
}

/// Every name that a step can have.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(id, ..)| *id)
}
