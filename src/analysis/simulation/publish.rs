//! From numbers to names: the trace, the series and the lanes as others read them.

use super::cause::ground;
use super::engine::in_seconds;
use super::failure::{NOTICED_S, Plan};
use super::model::Model;
use super::outcome::{Health, Lane, LaneState, Sample};
use super::trace::{Assumption, Cause, Entry, NO_ENTRY, Object, Thing, What};
use super::words::text;
use super::world::World;
use crate::analysis::view::View;
use crate::design::model::Scenario;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Said;

/// The trace with names, words and grounds.
pub(super) fn trace(
    view: &View<'_>,
    plan: &Plan,
    scenario: Option<&Scenario>,
    world: &World<'_>,
    told: bool,
) -> Vec<Entry> {
    let entries = world.trace.entries.iter().map(|raw| {
        let object = object(view, world, raw.object);
        let on = (raw.on != Thing::Nothing).then(|| self::object(view, world, raw.on).name);
        let cause = Cause {
            entry: (raw.because != NO_ENTRY).then_some(raw.because as usize),
            ground: ground(view, plan, scenario, raw.setting),
        };
        let text = if told { text(raw, &object, on.as_deref()) } else { Said::default() };
        Entry { t_s: in_seconds(raw.at), actor: raw.actor, object, what: raw.what, on, text, because: cause }
    });
    entries.collect()
}

/// A thing by its name.
pub(super) fn object(view: &View<'_>, world: &World<'_>, thing: Thing) -> Object {
    let design = view.design;
    let plain =
        |kind: &'static str, name: Option<String>| Object { kind, name: name.unwrap_or_default(), component: None };
    let key = |name: Option<(&String, usize)>| name.map(|(name, _)| name.clone());
    match thing {
        Thing::Nothing => plain("", None),
        Thing::Pod { component, serial } => {
            let name = design.components.get_index(component as usize).map_or("", |(name, _)| name.as_str());
            let kind = if world.in_cluster(component as usize) { "pod" } else { "member" };
            Object { kind, name: format!("{name}-{serial}"), component: Some(name.to_owned()) }
        }
        Thing::Machine(at) => {
            let machine = view.machines.get(at as usize).map(|machine| machine.name.clone());
            let node = world.model.machines[at as usize].cluster.is_some();
            plain(if node { "node" } else { "machine" }, machine)
        }
        Thing::Component(at) => {
            let name = key(design.components.get_index(at as usize).map(|(name, _)| (name, 0)));
            let kind = match design.components.get_index(at as usize) {
                Some((_, component)) if component.replication.is_some() => "database",
                _ => "component",
            };
            Object { kind, component: name.clone(), name: name.unwrap_or_default() }
        }
        Thing::Cluster(at) => plain("cluster", key(design.clusters.get_index(at as usize).map(|(name, _)| (name, 0)))),
        Thing::Zone(at) => plain("zone", world.model.zones.get(at as usize).cloned()),
        Thing::Site(at) => plain("site", world.model.sites.get(at as usize).cloned()),
        Thing::Link(at) => plain("link", key(design.links.get_index(at as usize).map(|(name, _)| (name, 0)))),
        Thing::Partition(at) => {
            plain("partition", key(design.partitions.get_index(at as usize).map(|(name, _)| (name, 0))))
        }
        Thing::Connection(at) => {
            plain("connection", key(design.connections.get_index(at as usize).map(|(name, _)| (name, 0))))
        }
    }
}

/// A component over time. Where several things change at one moment, the last stands.
pub(super) fn series(world: &World<'_>, component: usize) -> Vec<Sample> {
    let wanted = world.spec(component).wanted;
    let mut samples: Vec<Sample> = Vec::new();
    let mut served = (1.0, super::outcome::FailedBy::default());
    for point in &world.components[component].series {
        // A point made before its share was worked out keeps what was served until then.
        if point.served > 0.0 || point.failed.total() > super::actors::SAME {
            served = (point.served, point.failed);
        }
        let sample = Sample {
            t_s: in_seconds(point.at),
            ready: point.ready,
            wanted,
            capacity: point.capacity,
            served: served.0,
            failed: served.1,
        };
        match samples.last_mut() {
            Some(last) if last.t_s == sample.t_s => *last = sample,
            Some(last) if Sample { t_s: sample.t_s, ..*last } == sample => {}
            _ => samples.push(sample),
        }
    }
    samples
}

/// Assumptions about what took part; the whole list would hide them.
pub(super) fn assumptions(view: &View<'_>, model: &Model, trace: &[Entry]) -> Vec<Assumption> {
    let about = |assumption: &Assumption| {
        let within = assumption.path.strip_prefix(view.name).unwrap_or(&assumption.path);
        let mut steps = within.trim_start_matches('.').split('.');
        match (steps.next(), steps.next()) {
            (Some("components"), Some(name)) => {
                trace.iter().any(|entry| entry.object.component.as_deref() == Some(name))
            }
            (Some("hosts"), Some(group)) => trace.iter().any(|entry| {
                matches!(entry.what, What::Booted | What::VmRestarted | What::BroughtBack)
                    && entry.object.name.rsplit_once('-').is_some_and(|(of, _)| of == group)
            }),
            _ => true,
        }
    };
    let mut found: Vec<Assumption> = model.assumptions.iter().filter(|assumption| about(assumption)).cloned().collect();
    found.sort();
    found.dedup();
    found
}

/// A mistake in data that nobody is said to notice: after how long somebody does.
pub(super) fn noticed(view: &View<'_>, plan: &Plan) -> Option<Assumption> {
    let restores = plan.happenings.iter().find(|happening| happening.verb == "restore" && happening.path.is_empty())?;
    let name = restores.object.rsplit('/').next().unwrap_or("");
    let after = seconds(NOTICED_S);
    Some(Assumption {
        text: said!(
            "somebody notices the mistake and starts the restore of `{name}` after {after}",
            "quelqu’un s’aperçoit de l’erreur et lance la restauration de `{name}` après {after}",
            name = name,
            after = after
        ),
        path: view.path(&format!("components.{name}.backups")),
    })
}

/// States over time, from the trace: each entry that changes how something is begins one.
pub(super) fn lanes(trace: &[Entry], until_s: f64) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    // What fails first: from then on what comes back later was gone.
    let is_bad = |entry: &&Entry| state(entry).is_some_and(|(_, health)| health == Health::Bad);
    let failed_s = trace.iter().find(is_bad).map(|entry| entry.t_s);
    for entry in trace {
        let Some((text, health)) = state(entry) else { continue };
        let label = entry.object.label();
        let begun = LaneState { from_s: entry.t_s, to_s: until_s, text, health };
        match lanes.iter_mut().find(|lane| lane.label == label) {
            Some(lane) => {
                if let Some(last) = lane.states.last_mut() {
                    last.to_s = entry.t_s;
                }
                if entry.what != What::Gone {
                    lane.states.push(begun);
                }
            }
            None => {
                let states = before(entry, failed_s).into_iter().chain([begun]).collect();
                lanes.push(Lane { label, states });
            }
        }
    }
    for lane in &mut lanes {
        lane.states.retain(|state| state.to_s > state.from_s);
    }
    lanes.retain(|lane| !lane.states.is_empty());
    lanes
}

/// How something was before the first entry about it; nothing where that entry is its beginning.
fn before(entry: &Entry, failed_s: Option<f64>) -> Vec<LaneState> {
    use What as W;
    let end = entry.t_s;
    let failed_s = failed_s.map_or(end, |failed| failed.min(end));
    let from = |from_s: f64, to_s: f64, text: Said, health| LaneState { from_s, to_s, text, health };
    let well = |to_s: f64| {
        let text = match entry.object.kind {
            "node" => Said::same("Ready"),
            "pod" | "member" => said!("ready", "prêt"),
            "cluster" => said!("acts", "agit"),
            "database" => said!("writes", "écrit"),
            _ => said!("runs", "en marche"),
        };
        from(0.0, to_s, text, Health::Good)
    };
    match entry.what {
        // What is told to end was there before, and the API says so whatever its node does: a pod of a
        // dead node is Running until it is Terminating.
        W::MarkedForDeletion if entry.object.kind == "pod" => {
            vec![from(0.0, end, Said::same("Running"), Health::Reduced)]
        }
        // It starts again: since the failure it was stopped.
        W::ContainerStarted => {
            vec![well(failed_s), from(failed_s, end, said!("stopped", "arrêté"), Health::Bad)]
        }
        // That the primary is gone is known only when its lock has run out.
        W::PrimaryMissed | W::LockExpired | W::Demoted => {
            let unseen = said!("primary silent", "primaire muet");
            vec![well(failed_s), from(failed_s, end, unseen, Health::Bad)]
        }
        W::SafeState => vec![well(failed_s), from(failed_s, end, said!("fault", "défaut"), Health::Bad)],
        W::Hangs
        | W::Crashed
        | W::OutOfMemory
        | W::NotReady
        | W::Evicted
        | W::PowerLost
        | W::CutOff
        | W::NodeNotReady
        | W::ControlPlaneDown
        | W::QuorumLost
        | W::WritesStop
        | W::Corrupted
        | W::WaitsForPerson
        | W::ScaledDown => vec![well(end)],
        _ => Vec::new(),
    }
}

fn state(entry: &Entry) -> Option<(Said, Health)> {
    use What as W;
    Some(match entry.what {
        W::PowerLost => (said!("without power", "sans alimentation"), Health::Bad),
        W::CutOff => (said!("cut off", "coupé du réseau"), Health::Bad),
        W::NodeNotReady => (Said::same("NotReady"), Health::Bad),
        W::NodeReady => (Said::same("Ready"), Health::Good),
        W::Booted => (said!("booted", "démarré"), Health::Good),
        W::VmRestarted => (said!("starts", "démarre"), Health::Waiting),
        W::Created | W::Pending(_) => (Said::same("Pending"), Health::Waiting),
        W::Scheduled | W::Pulling | W::VolumeAttachedElsewhere | W::PullFailed => {
            (Said::same("ContainerCreating"), Health::Waiting)
        }
        W::ContainerStarted => (said!("starts", "démarre"), Health::Waiting),
        W::Ready | W::Answers | W::TakenIn => (said!("ready", "prêt"), Health::Good),
        W::NotReady => (said!("not ready", "non prêt"), Health::Bad),
        W::Hangs => (said!("hangs", "figé"), Health::Bad),
        W::Crashed | W::OutOfMemory => (said!("ended", "arrêté"), Health::Bad),
        W::BackOff(_) => (Said::same("CrashLoopBackOff"), Health::Bad),
        W::MarkedForDeletion | W::ScaledDown | W::Deleted | W::EvictionGranted => {
            (Said::same("Terminating"), Health::Waiting)
        }
        W::Evicted => (Said::same("Evicted"), Health::Bad),
        W::Gone => (Said::default(), Health::Waiting),
        W::ControlPlaneDown => (said!("does not act", "n’agit pas"), Health::Bad),
        W::ControlPlaneUp => (said!("acts", "agit"), Health::Good),
        W::QuorumLost => (said!("no quorum", "sans quorum"), Health::Bad),
        W::QuorumBack => (said!("quorum", "quorum"), Health::Good),
        W::PrimaryMissed | W::LockExpired | W::Demoted | W::WaitsForPerson => {
            (said!("no primary", "sans primaire"), Health::Bad)
        }
        W::WritesStop => (said!("writes wait", "écritures en attente"), Health::Bad),
        W::ClientsFollow => (said!("writes", "écrit"), Health::Good),
        W::Corrupted => (said!("wrong data", "données fausses"), Health::Bad),
        W::Restored => (said!("restored", "restauré"), Health::Good),
        W::SafeState => (said!("safe state", "état sûr"), Health::Reduced),
        W::PartitionRestarted => (said!("runs", "en marche"), Health::Good),
        _ => return None,
    })
}
