//! `diagram: topology`: sites, zones, machines and what runs on them, nested, with the flows.

use std::collections::BTreeSet;

use super::{Request, title_of};
use crate::analysis::exposure::{Privacy, privacy};
use crate::analysis::failure_domains::survives;
use crate::analysis::placement::kind_title;
use crate::analysis::rule::{Words, words};
use crate::analysis::view::{Home, View};
use crate::design::model::component::{Component, ComponentKind, Needs};
use crate::design::model::drawing::Way;
use crate::design::model::place::SiteKind;
use crate::figure::drawing::Drawing;
use crate::figure::layout::Direction;
use crate::figure::topology::{Edge, Group, Node, NodeRole, NodeState, Topology, layout_topology};
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "Sites, clusters, host groups and what runs on them, nested, with the flows; single points of failure are marked.",
    "Sites, clusters, groupes d’hôtes et ce qui y tourne, imbriqués, avec les flux ; les points uniques de défaillance sont marqués.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let components = view.design.components.iter();
    let singles: Vec<&str> = components
        .filter(|(name, component)| is_single(&view, name, component))
        .map(|(name, _)| name.as_str())
        .collect();
    let machines = lone_machines(&view);
    let answer = if singles.is_empty() {
        said!(
            "No single point of failure in what we run; what third parties run is not judged.",
            "Aucun point unique de défaillance dans ce que nous exploitons ; ce que des tiers exploitent n’est pas jugé."
        )
    } else if machines.is_empty() {
        let names = Said::list(&singles);
        if singles.len() == 1 {
            said!("Single point of failure: {names}.", "Point unique de défaillance : {names}.", names = names)
        } else {
            said!("Single points of failure: {names}.", "Points uniques de défaillance : {names}.", names = names)
        }
    } else {
        let (names, machines) = (Said::list(&singles), Said::list(&machines));
        said!(
            "Single point of failure: {machines}; with it stop {names}.",
            "Point unique de défaillance : {machines} ; avec lui s’arrêtent {names}.",
            machines = machines,
            names = names
        )
    };
    let title = said!(
        "What runs where, and what talks to what: {title}",
        "Qui tourne où, et qui parle à qui : {title}",
        title = title_of(&view)
    );
    let drawing = drawn(request, &view, &|_| NodeState::Normal);
    let mut figure = request.figure("topology", &title, &answer, &Said::default(), Body::Drawing(drawing));
    figure.facts = facts(&view);
    Some(figure)
}

/// A design drawn, every component in the state that is asked for.
pub(super) fn drawn(request: &Request<'_>, view: &View<'_>, state: &dyn Fn(&str) -> NodeState) -> Drawing {
    layout_topology(&topology(view, state), request.lang)
}

/// A design as boxes and flows, every component in the state that is asked for.
pub(super) fn topology(view: &View<'_>, state: &dyn Fn(&str) -> NodeState) -> Topology {
    let mut topology = Topology::default();
    groups(view, &mut topology);
    let alone = lone_machines(view);
    for group in &mut topology.groups {
        let hosts = view.design.hosts.get(&group.id).filter(|hosts| hosts.count == 1).map(|_| group.id.as_str());
        let workers = view.design.clusters.get(&group.id).filter(|cluster| view.nodes(cluster).len() == 1);
        let carried_by =
            hosts.or(workers.and_then(|cluster| cluster.workers.first()).map(|workers| workers.0.as_str()));
        group.single_point = carried_by.is_some_and(|hosts| alone.contains(&format!("{hosts}-1")));
    }
    for (name, component) in &view.design.components {
        topology.nodes.push(Node {
            id: name.clone(),
            title: name.clone(),
            subtitle: subtitle(view, component),
            parent: parent(view, component),
            role: role(view, component),
            kind: Some(component.kind).filter(|kind| *kind != ComponentKind::Person),
            state: state(name),
            single_point: is_single(view, name, component).then(|| said!("single point", "point unique")),
            fact: Some(view.path(&format!("components.{name}"))),
            ..Node::default()
        });
    }
    for (name, connection) in &view.design.connections {
        let port = connection.port.map(|port| format!(" {port}")).unwrap_or_default();
        topology.edges.push(Edge {
            id: name.clone(),
            from: connection.from.0.clone(),
            to: connection.to.0.clone(),
            label: format!("{}{port}", connection.protocol),
            hard: connection.needs == Some(Needs::Hard),
            unencrypted: matches!(privacy(connection), Privacy::Plain | Privacy::Contradicted),
            fact: Some(view.path(&format!("connections.{name}"))),
            ..Edge::default()
        });
    }
    pin(view, &mut topology);
    topology
}

/// Sets what the author pins: the direction and the order of a frame's content.
pub(super) fn pin(view: &View<'_>, topology: &mut Topology) {
    // Frames of sites and segments are called after what they stand for; a frame may stand for several sites.
    let is_called = |id: &str, name: &str| {
        let bare = id.strip_prefix("site:").or_else(|| id.strip_prefix("segment:"));
        id == name || bare.is_some_and(|bare| bare.split('+').any(|part| part == name))
    };
    let ids: Vec<String> = topology
        .nodes
        .iter()
        .map(|node| &node.id)
        .chain(topology.groups.iter().map(|group| &group.id))
        .cloned()
        .collect();
    for (name, pin) in &view.design.drawing {
        for group in topology.groups.iter_mut().filter(|group| is_called(&group.id, name)) {
            group.direction = pin.direction.map(|way| match way {
                Way::Down => Direction::Down,
                Way::Right => Direction::Right,
            });
            let placed = pin.order.iter().filter_map(|wanted| ids.iter().find(|id| is_called(id, wanted)));
            group.order = placed.cloned().collect();
        }
    }
}

/// Every fact that the drawing shows.
pub(super) fn facts(view: &View<'_>) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for name in view.design.components.keys() {
        for key in ["kind", "product", "runs_on", "replicas", "members", "replication.members", "in"] {
            let path = view.path(&format!("components.{name}.{key}"));
            if view.workspace.at(&path).is_some() {
                facts.insert(path);
            }
        }
    }
    for name in view.design.connections.keys() {
        for key in ["from", "to", "protocol", "port", "needs", "encrypted"] {
            facts.insert(view.path(&format!("connections.{name}.{key}")));
        }
    }
    for name in view.design.sites.keys() {
        for key in ["kind", "zones"] {
            facts.insert(view.path(&format!("sites.{name}.{key}")));
        }
    }
    for name in view.design.hosts.keys() {
        for key in ["count", "in", "stack"] {
            facts.insert(view.path(&format!("hosts.{name}.{key}")));
        }
    }
    facts
}

/// Sites, and in them clusters, host groups and partitions; third parties stand outside.
fn groups(view: &View<'_>, topology: &mut Topology) {
    let design = view.design;
    let outside = |id: String, title: String, kind: Said| Group { id, title, kind, outside: true, ..Group::default() };
    let site_group = |zones: &[&str]| -> Option<String> {
        let mut sites: Vec<&str> = zones.iter().filter_map(|zone| view.site_of(zone).map(|(site, _)| site)).collect();
        sites.sort_unstable();
        sites.dedup();
        match sites.as_slice() {
            [] => None,
            [one] => Some(format!("site:{one}")),
            several => Some(format!("site:{}", several.join("+"))),
        }
    };
    let add_site = |topology: &mut Topology, id: &Option<String>| {
        let Some(id) = id else { return };
        if topology.groups.iter().any(|group| group.id == *id) {
            return;
        }
        let names = id.trim_start_matches("site:").split('+').collect::<Vec<_>>();
        let zones_of = |site: &crate::design::model::place::Site| -> Vec<String> {
            site.zones.iter().map(|zone| zone.0.clone()).collect()
        };
        let sites: Vec<_> = names.iter().filter_map(|name| Some((*name, design.sites.get(*name)?))).collect();
        let kind = match sites.as_slice() {
            [(_, site)] if site.zones.is_empty() => site_kind(site.kind),
            [(_, site)] => said!(
                "{word}, {zone} {zones}",
                "{word}, {zone} {zones}",
                word = site_kind(site.kind),
                zone = Said::counted(site.zones.len(), ["zone", "zones"], ["zone", "zones"]),
                zones = zones_of(site).join(", ")
            ),
            several => {
                // Places of one kind are told together: "datacentre pantin, saclay; witness lyon".
                let mut kinds: Vec<(SiteKind, Vec<&str>)> = Vec::new();
                for (name, site) in several {
                    match kinds.iter_mut().find(|(kind, _)| *kind == site.kind) {
                        Some((_, names)) => names.push(name),
                        None => kinds.push((site.kind, vec![name])),
                    }
                }
                let told: Vec<Said> = kinds
                    .iter()
                    .map(|(kind, names)| {
                        said!("{word} {names}", "{word} {names}", word = site_kind(*kind), names = names.join(", "))
                    })
                    .collect();
                Said::join(&told, "; ")
            }
        };
        topology.groups.push(Group {
            id: id.clone(),
            title: names.join(" + "),
            kind,
            fact: Some(view.path(&format!("sites.{}", names[0]))),
            ..Group::default()
        });
    };
    let used = |name: &str| design.components.values().any(|component| component.runs_on.as_deref() == Some(name));
    for (name, cluster) in &design.clusters {
        let zones: Vec<&str> = cluster
            .workers
            .iter()
            .filter_map(|group| design.hosts.get(&group.0))
            .flat_map(|hosts| hosts.at.iter().map(|at| at.0.as_str()))
            .collect();
        let site = site_group(&zones);
        add_site(topology, &site);
        let nodes = view.nodes(cluster).len();
        let (distribution, version) = (cluster.distribution.title(), cluster.kubernetes.value.0.as_str());
        let kind = if nodes == 1 {
            said!("{distribution} {version}, 1 node", "{distribution} {version}, 1 nœud")
        } else {
            said!("{distribution} {version}, {nodes} nodes", "{distribution} {version}, {nodes} nœuds")
        };
        topology.groups.push(Group {
            id: name.clone(),
            title: name.clone(),
            kind,
            parent: site,
            fact: Some(view.path(&format!("clusters.{name}"))),
            ..Group::default()
        });
    }
    for (name, hosts) in &design.hosts {
        let has_partitions = design.partitions.values().any(|partition| *partition.runs_on == **name);
        if !used(name) && !has_partitions {
            continue;
        }
        let zones: Vec<&str> = hosts.at.iter().map(|at| at.0.as_str()).collect();
        let site = site_group(&zones);
        add_site(topology, &site);
        let stack = view
            .stack(hosts)
            .map(|(name, stack)| stack.title.as_ref().map_or_else(|| Said::same(name), |title| title.said()));
        let kind = match stack {
            Some(kind) => said!("{n} × {kind}", "{n} × {kind}", n = hosts.count, kind = kind),
            None if hosts.count == 1 => said!("1 machine", "1 machine"),
            None => said!("{n} machines", "{n} machines", n = hosts.count),
        };
        topology.groups.push(Group {
            id: name.clone(),
            title: name.clone(),
            kind,
            parent: site,
            fact: Some(view.path(&format!("hosts.{name}"))),
            ..Group::default()
        });
    }
    for (name, partition) in &design.partitions {
        let asil = partition
            .asil
            .map(|asil| if asil.word() == "QM" { " · QM".to_owned() } else { format!(" · ASIL {}", asil.word()) })
            .unwrap_or_default();
        topology.groups.push(Group {
            id: name.clone(),
            title: name.clone(),
            kind: Said::same(format!("{}{asil}", partition.os.product)),
            parent: Some(partition.runs_on.0.clone()),
            fact: Some(view.path(&format!("partitions.{name}"))),
            ..Group::default()
        });
    }
    for name in design.third_parties.keys().filter(|name| used(name)) {
        topology.groups.push(outside(name.clone(), name.clone(), said!("third party", "prestataire")));
    }
}

fn site_kind(kind: SiteKind) -> Said {
    match kind {
        SiteKind::Region => said!("region", "région"),
        SiteKind::Datacentre => said!("datacentre", "datacentre"),
        SiteKind::Room => said!("room", "salle"),
        SiteKind::Witness => said!("witness", "témoin"),
        SiteKind::Vehicle => said!("vehicle", "véhicule"),
    }
}

fn parent(view: &View<'_>, component: &Component) -> Option<String> {
    match view.home(component) {
        Home::Nowhere => None,
        _ => component.runs_on.as_ref().map(|place| place.0.clone()),
    }
}

fn role(view: &View<'_>, component: &Component) -> NodeRole {
    match component.kind {
        ComponentKind::Person => NodeRole::Person,
        ComponentKind::ExternalSystem | ComponentKind::Sensor | ComponentKind::Actuator => NodeRole::External,
        ComponentKind::Database | ComponentKind::ObjectStorage | ComponentKind::ConsensusStore => NodeRole::Data,
        _ if matches!(view.home(component), Home::ThirdParty(..)) => NodeRole::External,
        _ => NodeRole::Own,
    }
}

fn subtitle(view: &View<'_>, component: &Component) -> Said {
    let wanted = view.wanted(component);
    let what = component.product.clone().map_or_else(|| kind_title(component.kind), Said::same);
    let managed = matches!(view.home(component), Home::ThirdParty(..) | Home::Nowhere);
    if managed { what } else { said!("{what} × {wanted}", "{what} × {wanted}", what = what, wanted = wanted) }
}

/// Machines that alone carry several needed components: then the machine is the single point, and
/// the components are what stops with it.
fn lone_machines(view: &View<'_>) -> Vec<String> {
    let carried = |ground: usize| {
        let components = view.design.components.iter().filter(|(name, component)| is_single(view, name, component));
        components.filter(|(name, _)| view.grounds_of(name) == [ground]).count()
    };
    (0..view.machines.len())
        .filter(|ground| carried(*ground) > 1)
        .map(|ground| view.machines[ground].name.clone())
        .collect()
}

/// Whether a needed component of ours stops with one machine or one pod.
pub(super) fn is_single(view: &View<'_>, name: &str, component: &Component) -> bool {
    if !view.is_needed(name) {
        return false;
    }
    let instances = view.instances_of(name);
    if instances.is_empty() {
        return false;
    }
    let grounds = view.grounds_of(name);
    grounds.iter().any(|ground| {
        let hit = instances
            .iter()
            .filter(|instance| instance.machine.is_some_and(|machine| view.ground(machine) == *ground))
            .count();
        !survives(component, instances.len(), instances.len() - hit)
    })
}
