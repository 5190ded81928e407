//! Machines, where they stand, and how they come back.

use super::super::model::MachineSpec;
use super::super::phases::Lapse;
use super::super::table::Table;
use super::{Setup, about, seconds};
use crate::analysis::capacity::{self, Amount};
use crate::analysis::view::View;
use crate::design::model::place::Hosts;
use crate::design::model::stack::LayerKind;
use crate::said;

/// Names of zones and sites, in the order of the machines that stand there.
pub(super) fn places(view: &View<'_>) -> (Vec<String>, Vec<String>) {
    let (mut zones, mut sites): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for machine in &view.machines {
        zones.extend(machine.zone.iter().filter(|zone| !zones.contains(zone)).cloned().collect::<Vec<_>>());
        sites.extend(machine.site.iter().filter(|site| !sites.contains(site)).cloned().collect::<Vec<_>>());
    }
    (zones, sites)
}

/// The links of the design, by the numbers of their two sites.
pub(super) fn links(view: &View<'_>, sites: &[String]) -> Vec<Option<(usize, usize)>> {
    let number = |name: Option<&str>| sites.iter().position(|site| Some(site.as_str()) == name);
    let site = |place: Option<&str>| place.and_then(|place| view.site_of(place)).map(|(site, _)| site);
    let links = view.design.links.values();
    links
        .map(|link| {
            let mut ends = link.between.iter().map(|end| site(Some(&end.0)));
            Some((number(ends.next()?)?, number(ends.next()?)?))
        })
        .collect()
}

/// How long a machine's system boots where neither its group nor its stack says (krkn-chaos.dev, node scenarios:
/// Ready 43.5 and 48.3 s after an instance was started, of which 12.3 s until it ran).
const BOOTS_S: (f64, f64) = (20.0, 40.0);

/// Every machine of the view.
pub(super) fn machines(setup: &mut Setup<'_, '_>, zones: &[String], sites: &[String]) -> Table<MachineSpec> {
    let view = setup.view;
    let position = |names: &[String], name: &Option<String>| {
        name.as_ref().and_then(|name| names.iter().position(|known| known == name))
    };
    let mut boots: Vec<(&str, Lapse)> = Vec::new();
    for (name, hosts) in &view.design.hosts {
        boots.push((name, boot(setup, name, hosts)));
    }
    let mut machines: Vec<MachineSpec> = Vec::new();
    for machine in &view.machines {
        let group = view.design.hosts.get_index_of(machine.group.as_str()).unwrap_or(0);
        let hosts = view.design.hosts.get(machine.group.as_str());
        machines.push(MachineSpec {
            zone: position(zones, &machine.zone),
            site: position(sites, &machine.site),
            below: machine.below,
            above: Vec::new(),
            group,
            restarts_vms: hosts
                .and_then(|hosts| hosts.restarts_vms.as_ref())
                .map(|restarts| (about(&restarts.declares_dead), about(&restarts.places_in))),
            boot: boots
                .iter()
                .find(|(name, _)| *name == machine.group)
                .map_or(seconds(BOOTS_S.0, BOOTS_S.1), |(_, b)| *b),
            cluster: None,
            room: Amount { cpu: f64::INFINITY, memory: f64::INFINITY },
            memory: hosts.and_then(|hosts| hosts.memory.as_ref()).map_or(f64::INFINITY, |memory| memory.value.value()),
        });
    }
    for at in 0..machines.len() {
        let below = machines.get(at).and_then(|machine| machine.below);
        if let Some(ground) = below.and_then(|below| machines.get_mut(below)) {
            ground.above.push(at);
        }
    }
    for (number, room) in capacity::clusters(view).iter().enumerate() {
        for node in room.nodes.iter() {
            if let Some(machine) = machines.get_mut(node.machine) {
                machine.cluster = Some(number);
                machine.room = node.allocatable();
                // What the system and the node's agents take is not the pods': usage is held against the rest.
                if node.memory.is_some() {
                    machine.memory = machine.memory.min(node.allocatable().memory);
                }
            }
        }
    }
    Table::of(machines)
}

/// From power to a running system: what the group says, else its stack, else what others measured.
fn boot(setup: &mut Setup<'_, '_>, name: &str, hosts: &Hosts) -> Lapse {
    if let Some(boot) = &hosts.boot {
        return about(boot);
    }
    if let Some(lapse) = firmware(setup, name) {
        return lapse;
    }
    let stack = setup.view.stack(hosts);
    let system = |kind: LayerKind| matches!(kind, LayerKind::HostOs | LayerKind::GuestOs | LayerKind::VirtualMachine);
    let mut total = 0.0;
    let mut said_so = false;
    for layer in stack.iter().flat_map(|(_, stack)| stack.layers.iter()).filter(|layer| system(layer.kind)) {
        // A virtual machine on a host of ours is started by it; a provider's must first be given one.
        let given = layer.provision.as_ref().filter(|_| hosts.runs_on.is_none());
        said_so |= layer.boot.is_some();
        total += layer.boot.as_ref().map_or(0.0, |boot| boot.value.value());
        total += given.map_or(0.0, |given| given.value.value());
    }
    if said_so {
        return seconds(total * 0.75, total * 1.25);
    }
    let text = said!(
        "neither `{name}` nor its stack says how long a machine boots: 20 to 40 s",
        "ni `{name}` ni sa pile ne dit combien de temps une machine démarre : 20 à 40 s"
    );
    setup.assume(text, &format!("hosts.{name}.boot"));
    seconds(BOOTS_S.0, BOOTS_S.1)
}

/// What a computer with partitions takes before the first of them starts: what a start chain counts
/// beside the partition's own system and the program.
fn firmware(setup: &Setup<'_, '_>, group: &str) -> Option<Lapse> {
    let design = setup.view.design;
    let partitions = design.partitions.iter().filter(|(_, partition)| *partition.runs_on == *group);
    partitions.clone().next()?;
    let chains = design.components.values().filter_map(|component| {
        let (_, partition) =
            partitions.clone().find(|(name, _)| component.runs_on.as_deref() == Some(name.as_str()))?;
        let total: f64 = component.start_chain.as_ref()?.steps.values().map(|step| step.value.value()).sum();
        let system = partition.starts_in.as_ref().map_or(0.0, |fact| fact.value.value());
        let program = component.starts_in.as_ref().map_or(0.0, |fact| fact.value.value());
        Some((total - system - program).max(0.0))
    });
    let most = chains.fold(None, |most: Option<f64>, one| Some(most.map_or(one, |most| most.max(one))));
    // A computer whose partitions state no chain boots like any other.
    most.map(|time| seconds(time, time))
}
