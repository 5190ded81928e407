//! What fails: a scenario's events or one failure, resolved against the design.

use super::engine::{SECOND, Time, micros};
use crate::analysis::view::{Home, View};
use crate::design::model::Scenario;
use crate::design::model::component::ComponentKind;
use crate::design::model::organisation::Disruption;
use crate::design::model::place::SiteKind;
use crate::design::model::scenario::{Event, How};
use crate::design::quantity::Quantity;
use crate::said;
use crate::source::Said;

/// One failure on its own, at a fixed time.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The verb of the scenario language: `lose`, `delete`, `hang`, `roll_out` …
    pub verb: &'static str,
    /// What fails: `node/workers-1`.
    pub object: String,
    /// How it is lost.
    pub how: How,
    /// When the run ends, in seconds.
    pub until_s: f64,
}

/// When a single failure happens, in seconds from the start: late enough that nothing is still starting.
pub(super) const FAILS_AT_S: f64 = 60.0;
/// How long a single failure is followed unless said otherwise, in seconds: longer than any loop
/// that repairs by itself, the six minutes of a volume after five of toleration included.
pub(super) const FOLLOWED_S: f64 = 3600.0;
/// The longest run, in seconds: a thousand years. Virtual time is counted in 64 bits of microseconds.
const LONGEST_S: f64 = 1000.0 * 365.25 * 86_400.0;

impl Failure {
    /// Something that is lost: power where it is a machine.
    pub fn lose(object: impl Into<String>) -> Failure {
        Failure { verb: "lose", object: object.into(), how: How::Power, until_s: FOLLOWED_S }
    }

    /// Another verb.
    pub fn of(verb: &'static str, object: impl Into<String>) -> Failure {
        Failure { verb, object: object.into(), how: How::Power, until_s: FOLLOWED_S }
    }

    /// What somebody writes on a line: `node/workers-1` is lost, `pod/quote-app-1` deleted,
    /// `delete:pod/quote-app-1`, `hang:pod/quote-app-1` do what they say.
    pub fn parse(text: &str) -> Option<Failure> {
        if let Some((verb, object)) = text.split_once(':') {
            let verb = VERBS.iter().find(|known| known.replace('_', "-") == verb.replace('_', "-"))?;
            return (!object.is_empty()).then(|| Failure::of(verb, object));
        }
        let (kind, name) = text.split_once('/')?;
        if name.is_empty() {
            return None;
        }
        Some(match kind {
            "pod" => Failure::of("delete", text),
            "partition" => Failure::of("crash", text),
            _ => Failure::lose(text),
        })
    }

    /// In words: "`node/workers-1` is lost".
    pub fn said(&self) -> Said {
        let object = &self.object;
        match (self.verb, self.how) {
            ("lose", How::Network) => said!("`{object}` is cut off", "`{object}` est coupé du réseau"),
            ("lose", How::Power) => said!("`{object}` is lost", "`{object}` est perdu"),
            ("delete", _) => said!("`{object}` is deleted", "`{object}` est supprimé"),
            ("crash", _) => said!("`{object}` crashes", "`{object}` plante"),
            ("hang", _) => said!("`{object}` hangs", "`{object}` se fige"),
            ("leak", _) => said!("`{object}` leaks memory", "`{object}` perd de la mémoire"),
            ("corrupt", _) => said!("`{object}` is corrupted", "`{object}` est corrompu"),
            ("restore", _) => said!("`{object}` is restored", "`{object}` est restauré"),
            ("roll_out", _) => said!("`{object}` gets a new version", "`{object}` reçoit une nouvelle version"),
            ("drain", _) => said!("`{object}` is drained", "`{object}` est vidé (drain)"),
            ("bring_back", _) => said!("`{object}` comes back", "`{object}` revient"),
            (verb, _) => said!("{verb} `{object}`", "{verb} `{object}`"),
        }
    }
}

/// The verbs of the scenario language.
const VERBS: [&str; 15] = [
    "delete",
    "lose",
    "bring_back",
    "hang",
    "leak",
    "crash",
    "corrupt",
    "restore",
    "roll_out",
    "slow_start",
    "noisy_neighbour",
    "surge",
    "drain",
    "delete_node",
    "taint_out_of_service",
];

/// Something that a scenario asks and that cannot happen to its design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Which of the scenario's events, from 0.
    pub event: usize,
    /// The verb.
    pub verb: &'static str,
    /// The object as it is written.
    pub object: String,
    /// Objects of that kind that there are, for "did you mean".
    pub known: Vec<String>,
}

impl Impossible {
    /// In words.
    pub fn said(&self) -> Said {
        let (verb, object) = (self.verb, &self.object);
        said!(
            "the design has nothing that `{verb}: {object}` could happen to",
            "le design n’a rien à quoi `{verb}: {object}` puisse arriver"
        )
    }
}

/// What is to happen, resolved.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// In the order of time.
    pub(super) happenings: Vec<Happening>,
    /// The connection on which load arrives, and how much a second.
    pub(super) load: Option<(String, f64)>,
    /// When the run ends.
    pub(super) until: Time,
}

/// One thing that is to happen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Happening {
    pub(super) at: Time,
    pub(super) verb: &'static str,
    pub(super) target: Target,
    pub(super) how: How,
    /// Bytes a second of a leak.
    pub(super) rate: Option<f64>,
    /// How long a slow start takes.
    pub(super) takes: Option<Time>,
    /// Requests a second of a surge.
    pub(super) to: Option<f64>,
    /// The address of what says so, and the text as written.
    pub(super) path: String,
    pub(super) object: String,
}

/// What it happens to, by numbers of the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Machines that fall or come back together.
    Machines { machines: Vec<usize>, domain: Domain },
    /// The nth pod or member of a component, by the number in its name.
    Pod { component: usize, serial: u32 },
    /// A component, by its place in the design.
    Component(usize),
    /// A partition, by its place in the design.
    Partition(usize),
    /// A connection, by its place in the design.
    Connection(usize),
    /// A link between sites, by its place in the design.
    Link(usize),
    /// A cluster's control plane as a whole, where the provider runs it.
    ControlPlane(usize),
    /// The volume of the nth pod or member of a component.
    Volume { component: usize, serial: u32 },
}

/// What kind of thing machines fall with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Domain {
    Machine,
    Zone(String),
    Site(String),
    ControlPlane(usize),
}

/// The plan of a scenario.
pub(super) fn of_scenario(view: &View<'_>, scenario: &Scenario) -> Result<Plan, Impossible> {
    let mut happenings = Vec::new();
    for (nth, event) in scenario.events.iter().enumerate() {
        let (verb, object) = event.what();
        let path = format!("{}.events.{nth}.{verb}", scenario.name.0);
        happenings.push(resolve(view, nth, event, verb, object, path)?);
    }
    // A stable sort: what is said first happens first at the same time.
    happenings.sort_by_key(|happening| happening.at);
    let load = scenario.load.as_ref().map(|load| (load.into.0.clone(), load.rate.value()));
    Ok(Plan { happenings, load, until: micros(scenario.until.value().min(LONGEST_S)) })
}

/// The plan of one failure.
pub(super) fn of_failure(view: &View<'_>, failure: &Failure) -> Result<Plan, Impossible> {
    let target = target(view, failure.verb, &failure.object)
        .ok_or_else(|| impossible(view, 0, failure.verb, &failure.object))?;
    let happening = Happening {
        at: micros(FAILS_AT_S),
        verb: failure.verb,
        target,
        how: failure.how,
        rate: None,
        takes: None,
        to: None,
        path: String::new(),
        object: failure.object.clone(),
    };
    let mut until = micros(failure.until_s.clamp(0.0, LONGEST_S)).saturating_add(micros(FAILS_AT_S));
    let mut happenings = vec![happening];
    if let Some(restore) = restore_of(view, failure) {
        // A restore takes hours where an hour is enough for every loop.
        until = until.max(restore.at.saturating_add(micros(RESTORE_FOLLOWED_S)));
        happenings.push(restore);
    }
    Ok(Plan { happenings, load: None, until })
}

/// When somebody notices that data are wrong and starts a restore, in seconds after the mistake: stated nowhere,
/// so a quarter of an hour; the run says so.
pub(super) const NOTICED_S: f64 = 900.0;
/// How long a restore is followed, in seconds.
const RESTORE_FOLLOWED_S: f64 = 2.0 * 86_400.0;

/// A corruption on its own is followed by the restore that mends it, where there is a backup.
fn restore_of(view: &View<'_>, failure: &Failure) -> Option<Happening> {
    if failure.verb != "corrupt" {
        return None;
    }
    let target = target(view, "restore", &failure.object)?;
    let Target::Component(at) = target else { return None };
    let (_, component) = view.design.components.get_index(at)?;
    (!component.backups.is_empty()).then(|| Happening {
        at: micros(FAILS_AT_S + NOTICED_S),
        verb: "restore",
        target,
        how: failure.how,
        rate: None,
        takes: None,
        to: None,
        path: String::new(),
        object: failure.object.clone(),
    })
}

fn resolve(
    view: &View<'_>,
    nth: usize,
    event: &Event,
    verb: &'static str,
    object: &str,
    path: String,
) -> Result<Happening, Impossible> {
    let target = target(view, verb, object).ok_or_else(|| impossible(view, nth, verb, object))?;
    Ok(Happening {
        at: micros(event.after.value().min(LONGEST_S)),
        verb,
        target,
        how: event.how.unwrap_or(How::Power),
        rate: event.rate.as_ref().map(Quantity::value),
        takes: event.takes.as_ref().map(|takes| micros(takes.value())),
        to: event.to.as_ref().map(Quantity::value),
        path,
        object: object.to_owned(),
    })
}

fn impossible(view: &View<'_>, event: usize, verb: &'static str, object: &str) -> Impossible {
    Impossible { event, verb, object: object.to_owned(), known: known(view, verb) }
}

/// The objects that a verb can happen to.
pub(super) fn known(view: &View<'_>, verb: &str) -> Vec<String> {
    let design = view.design;
    let nodes = || view.machines.iter().map(|machine| format!("node/{}", machine.name));
    let pods = || view.instances.iter().map(|instance| format!("pod/{}", instance.name));
    let components = || design.components.keys().map(|name| format!("component/{name}"));
    match verb {
        "delete" | "hang" | "leak" | "noisy_neighbour" => pods().collect(),
        "crash" => pods().chain(design.partitions.keys().map(|name| format!("partition/{name}"))).collect(),
        "drain" | "delete_node" | "taint_out_of_service" => {
            let of_cluster = (0..view.machines.len()).filter(|machine| is_node(view, *machine));
            of_cluster.map(|machine| format!("node/{}", view.machines[machine].name)).collect()
        }
        "roll_out" | "slow_start" => {
            design.components.keys().filter(|name| running(view, name).is_some()).cloned().collect()
        }
        "surge" => design.connections.keys().cloned().collect(),
        "corrupt" | "restore" => components().collect(),
        _ => {
            let zones = design.sites.values().flat_map(|site| site.zones.iter()).map(|zone| format!("zone/{zone}"));
            let sites = design.sites.keys().map(|name| format!("site/{name}"));
            let links = design.links.keys().map(|name| format!("link/{name}"));
            let planes = design.clusters.keys().map(|name| format!("control-plane/{name}"));
            nodes().chain(zones).chain(sites).chain(links).chain(planes).chain(components()).collect()
        }
    }
}

fn target(view: &View<'_>, verb: &str, object: &str) -> Option<Target> {
    let design = view.design;
    let (kind, name) = object.split_once('/').unwrap_or(("", object));
    let machines =
        |machines: Vec<usize>, domain: Domain| (!machines.is_empty()).then_some(Target::Machines { machines, domain });
    match verb {
        "delete" | "hang" | "leak" | "noisy_neighbour" => pod(view, name),
        "crash" if kind == "partition" => design.partitions.get_index_of(name).map(Target::Partition),
        "crash" => pod(view, name),
        "drain" | "delete_node" | "taint_out_of_service" => {
            machines(node(view, kind, name).into_iter().filter(|node| is_node(view, *node)).collect(), Domain::Machine)
        }
        "roll_out" | "slow_start" => running(view, name).map(Target::Component),
        "corrupt" | "restore" => design.components.get_index_of(name).map(Target::Component),
        "surge" => design.connections.get_index_of(name).map(Target::Connection),
        _ => match kind {
            "zone" => {
                machines(falling(view, |i| view.machines[i].zone.as_deref() == Some(name)), Domain::Zone(name.into()))
            }
            "site" => {
                machines(falling(view, |i| view.machines[i].site.as_deref() == Some(name)), Domain::Site(name.into()))
            }
            "node" | "node-of" | "host" => machines(node(view, kind, name), Domain::Machine),
            "link" => design.links.get_index_of(name).map(Target::Link),
            "component" => design.components.get_index_of(name).map(Target::Component),
            "partition" => design.partitions.get_index_of(name).map(Target::Partition),
            "control-plane" => control_plane(view, name),
            "volume" => match pod(view, name)? {
                Target::Pod { component, serial } => Some(Target::Volume { component, serial }),
                _ => None,
            },
            _ => None,
        },
    }
}

/// A machine by its name, or the one on which a pod stands.
fn node(view: &View<'_>, kind: &str, name: &str) -> Vec<usize> {
    let found = match kind {
        "node-of" => view.instances.iter().find(|instance| instance.name == name).and_then(|instance| instance.machine),
        _ => (0..view.machines.len()).find(|i| view.machines[*i].name == name),
    };
    found.into_iter().collect()
}

/// A pod or member by its name, the number at its end being its place in the component.
fn pod(view: &View<'_>, name: &str) -> Option<Target> {
    let instance = view.instances.iter().find(|instance| instance.name == name)?;
    let component = view.design.components.get_index_of(instance.component)?;
    let serial = name.rsplit('-').next()?.parse().ok()?;
    Some(Target::Pod { component, serial })
}

/// A component that something of ours runs.
fn running(view: &View<'_>, name: &str) -> Option<usize> {
    let (at, _, component) = view.design.components.get_full(name)?;
    matches!(view.home(component), Home::Cluster(..) | Home::Hosts(..) | Home::Partition(..)).then_some(at)
}

fn is_node(view: &View<'_>, machine: usize) -> bool {
    view.design.clusters.values().any(|cluster| view.nodes(cluster).contains(&machine))
}

fn falling(view: &View<'_>, of: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..view.machines.len()).filter(|i| of(*i)).collect()
}

/// `main` is the control plane as a whole, `main-1` its first member.
fn control_plane(view: &View<'_>, name: &str) -> Option<Target> {
    let clusters = &view.design.clusters;
    let members = |at: usize| -> Vec<usize> {
        let plane = clusters.get_index(at).and_then(|(_, cluster)| cluster.control_plane.as_ref());
        plane.map_or(Vec::new(), |plane| {
            let all = plane.hosts.iter().flat_map(|group| view.group(group));
            all.take(plane.members as usize).collect()
        })
    };
    if let Some(at) = clusters.get_index_of(name) {
        let machines = members(at);
        return Some(if machines.is_empty() {
            Target::ControlPlane(at)
        } else {
            Target::Machines { machines, domain: Domain::ControlPlane(at) }
        });
    }
    let (cluster, nth) = name.rsplit_once('-')?;
    let at = clusters.get_index_of(cluster)?;
    let nth: usize = nth.parse().ok()?;
    let machine = members(at).get(nth.checked_sub(1)?).copied()?;
    Some(Target::Machines { machines: vec![machine], domain: Domain::ControlPlane(at) })
}

/// When the first thing of a plan happens; the start where nothing does.
pub(super) fn first(plan: &Plan) -> Time {
    plan.happenings.first().map_or(SECOND, |happening| happening.at)
}

/// Which disruption's objectives the first thing that happens is held against.
pub(super) fn disruption(view: &View<'_>, plan: &Plan) -> Option<Disruption> {
    let happening = plan.happenings.first()?;
    Some(match (&happening.target, happening.verb) {
        (_, "corrupt") => Disruption::Corruption,
        (Target::Machines { domain: Domain::Zone(zone), .. }, _) => match view.design.sites.get(zone.as_str()) {
            Some(site) => of_site(site.kind),
            None => Disruption::Zone,
        },
        (Target::Machines { domain: Domain::Site(site), .. }, _) => {
            view.design.sites.get(site.as_str()).map_or(Disruption::Site, |site| of_site(site.kind))
        }
        (Target::Machines { .. } | Target::Volume { .. }, _) => Disruption::Node,
        (Target::Link(_), _) => Disruption::Zone,
        (Target::Component(at), "lose") if is_database(view, *at) => Disruption::Node,
        _ => Disruption::Software,
    })
}

fn is_database(view: &View<'_>, component: usize) -> bool {
    let component = view.design.components.get_index(component);
    component.is_some_and(|(_, component)| component.kind == ComponentKind::Database)
}

/// The loss of a place by what it is: a room is a zone, a vehicle a machine.
fn of_site(kind: SiteKind) -> Disruption {
    match kind {
        SiteKind::Region => Disruption::Region,
        SiteKind::Datacentre => Disruption::Site,
        SiteKind::Room | SiteKind::Witness => Disruption::Zone,
        SiteKind::Vehicle => Disruption::Node,
    }
}
