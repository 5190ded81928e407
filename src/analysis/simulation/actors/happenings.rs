//! What the plan says happens: each verb, done to the world.

use super::super::engine::SECOND;
use super::super::failure::{Domain, Happening, Target};
use super::super::model::Home;
use super::super::trace::{Actor, EntryId, NO_ENTRY, Setting, Thing, What};
use super::super::world::World;
use crate::design::model::scenario::How;

/// How fast a leak grows where nobody says, in bytes a second: 8 MiB a minute.
const LEAKS: f64 = 8.0 * 1024.0 * 1024.0 / 60.0;
/// How long a slowed start takes where nobody says.
const SLOW_START: u64 = 120 * SECOND;
/// How many times as much arrives in a surge where nobody says.
const SURGE: f64 = 3.0;

impl World<'_> {
    /// The plan's nth entry happens.
    pub(in super::super) fn happen(&mut self, nth: usize, happening: &Happening) {
        let repairs = matches!(happening.verb, "bring_back" | "restore" | "delete_node" | "taint_out_of_service");
        if repairs {
            self.repaired_at = Some(self.now);
        }
        let setting = Setting::Planned(nth as u32);
        match &happening.target {
            Target::Pod { component, serial } => self.happens_to_pod(happening, *component, *serial, setting),
            Target::Volume { component, serial } => self.happens_to_volume(happening, *component, *serial, setting),
            Target::Machines { machines, domain } => self.happens_to_machines(happening, machines, domain, setting),
            Target::Component(component) => self.happens_to_component(happening, *component, setting),
            Target::Partition(partition) => {
                let what = if happening.verb == "bring_back" { What::BroughtBack } else { What::Crashed };
                let entry = self.said(Thing::Partition(*partition as u32), what, setting);
                if happening.verb == "bring_back" {
                    self.partition_boots(*partition, entry);
                } else {
                    self.partition_crashes(*partition, entry);
                }
            }
            Target::Connection(connection) => self.surge(*connection, happening.to, setting),
            Target::Link(link) => {
                let lost = happening.verb != "bring_back";
                let what = if lost { What::Lost } else { What::BroughtBack };
                let entry = self.said(Thing::Link(*link as u32), what, setting);
                if let Some(cut) = self.links_cut.get_mut(*link) {
                    *cut = lost;
                }
                self.connect(entry);
            }
            Target::ControlPlane(cluster) => {
                let lost = happening.verb != "bring_back";
                let what = if lost { What::Lost } else { What::BroughtBack };
                let entry = self.said(Thing::Cluster(*cluster as u32), what, setting);
                self.clusters[*cluster].lost = lost;
                self.plane_changed(*cluster, entry);
            }
        }
    }

    fn said(&mut self, thing: Thing, what: What, setting: Setting) -> EntryId {
        self.note_by(Actor::Person, thing, what, NO_ENTRY, setting)
    }

    fn happens_to_pod(&mut self, happening: &Happening, component: usize, serial: u32, setting: Setting) {
        let Some(pod) = self.identity(component, serial) else { return };
        let thing = self.thing(pod);
        match happening.verb {
            "delete" => {
                let entry = self.said(thing, What::Deleted, setting);
                if self.in_cluster(component) { self.delete_pod(pod, entry) } else { self.stop_member(pod, entry) }
            }
            "hang" => {
                let entry = self.said(thing, What::Hangs, setting);
                self.pods[pod].hung = true;
                self.refresh(pod, entry);
                self.component_faults(component, entry);
            }
            "crash" => {
                let entry = self.said(thing, What::Crashed, setting);
                self.component_faults(component, entry);
                self.exited(pod, entry);
            }
            "leak" => {
                let entry = self.said(thing, What::Leaks, setting);
                self.leaks(pod, happening.rate.unwrap_or(LEAKS), entry);
            }
            "noisy_neighbour" => {
                let entry = self.said(thing, What::TakesProcessor, setting);
                self.noise = true;
                self.pods[pod].noisy = true;
                self.balance_processor(self.pods[pod].machine, entry);
            }
            _ => {}
        }
    }

    /// A component with a safety goal has a fault of its own.
    fn component_faults(&mut self, component: usize, because: EntryId) {
        if let Some((detect, react)) = self.spec(component).safety {
            self.fault(component, detect.saturating_add(react), because);
        }
    }

    fn happens_to_volume(&mut self, happening: &Happening, component: usize, serial: u32, setting: Setting) {
        let Some(pod) = self.identity(component, serial) else { return };
        let thing = self.thing(pod);
        if happening.verb == "bring_back" {
            let entry = self.said(thing, What::BroughtBack, setting);
            self.pods[pod].empty = false;
            self.refresh(pod, entry);
            return;
        }
        let entry = self.said(thing, What::VolumeLost, setting);
        self.volume_lost(pod, entry);
    }

    fn happens_to_machines(&mut self, happening: &Happening, machines: &[usize], domain: &Domain, setting: Setting) {
        let first = machines.first().map_or(Thing::Nothing, |machine| Thing::Machine(*machine as u32));
        let thing = match domain {
            Domain::Machine => first,
            Domain::Zone(name) => self.named(&self.model.zones, name).map_or(first, Thing::Zone),
            Domain::Site(name) => self.named(&self.model.sites, name).map_or(first, Thing::Site),
            Domain::ControlPlane(cluster) => Thing::Cluster(*cluster as u32),
        };
        let one = machines.first().copied();
        match (happening.verb, happening.how) {
            ("bring_back", _) => {
                let since = one.map_or(NO_ENTRY, |machine| self.machines[machine].because);
                let entry = self.note_by(Actor::Person, thing, What::BroughtBack, since, setting);
                self.bring_back(machines, entry);
            }
            ("drain", _) => {
                let entry = self.said(thing, What::DrainStarted, setting);
                if let Some(node) = one {
                    self.drain(node, entry);
                }
            }
            ("delete_node", _) => {
                let entry = self.said(thing, What::NodeDeleted, setting);
                if let Some(node) = one {
                    self.delete_node(node, entry);
                }
            }
            ("taint_out_of_service", _) => {
                let entry = self.said(thing, What::OutOfService, setting);
                if let Some(node) = one {
                    self.out_of_service(node, entry);
                }
            }
            (_, How::Network) => {
                let entry = self.said(thing, What::CutOff, setting);
                for machine in machines {
                    self.machines[*machine].cut = true;
                }
                self.connect(entry);
            }
            (_, How::Power) => {
                let entry = self.said(thing, What::Lost, setting);
                self.lose_power(machines, entry);
            }
        }
    }

    fn named(&self, names: &[String], name: &str) -> Option<u32> {
        names.iter().position(|known| known == name).map(|at| at as u32)
    }

    fn happens_to_component(&mut self, happening: &Happening, component: usize, setting: Setting) {
        let thing = Thing::Component(component as u32);
        match happening.verb {
            "corrupt" => {
                let entry = self.said(thing, What::Corrupted, setting);
                self.corrupt(component, entry);
            }
            "restore" => {
                let since = self.components[component].because;
                let entry = self.note_by(Actor::Person, thing, What::RestoreStarted, since, setting);
                self.restore(component, entry);
            }
            "roll_out" => {
                let entry = self.said(thing, What::RollOutStarted, setting);
                self.roll_out(component, entry);
            }
            "slow_start" => {
                self.said(thing, What::SlowStarts, setting);
                self.components[component].slowed = Some(happening.takes.unwrap_or(SLOW_START));
            }
            "bring_back" => {
                let entry = self.said(thing, What::BroughtBack, setting);
                self.lose_component(component, false, entry);
            }
            _ => {
                let entry = self.said(thing, What::Lost, setting);
                self.lose_component(component, true, entry);
            }
        }
    }

    /// A component as a whole is lost or comes back, whatever runs it.
    fn lose_component(&mut self, component: usize, lost: bool, because: EntryId) {
        self.components[component].because = because;
        let managed = self.components[component].pods.is_empty() && self.components[component].database.is_some();
        if managed && lost {
            self.managed_lost(component, because);
            self.touch(component);
            return;
        }
        self.components[component].lost = lost;
        self.store_changed_if_one(component, because);
        self.touch(component);
    }

    fn store_changed_if_one(&mut self, component: usize, because: EntryId) {
        if self.spec(component).kind == crate::design::model::component::ComponentKind::ConsensusStore {
            self.store_changed(component, because);
        }
    }

    /// A new version: a controller replaces pods, or members are restarted one by one.
    fn roll_out(&mut self, component: usize, because: EntryId) {
        self.components[component].version = self.components[component].version.wrapping_add(1);
        self.components[component].rolling = true;
        self.components[component].because = because;
        match self.spec(component).home {
            Home::Cluster(_) => self.reconcile(component, because),
            _ => self.update_next_member(component, because),
        }
    }

    /// More requests arrive on a connection, and on all that stands behind it.
    fn surge(&mut self, connection: usize, to: Option<f64>, setting: Setting) {
        let entry = self.said(Thing::Connection(connection as u32), What::Surge, setting);
        let Some(spec) = self.model.connections.get(connection) else { return };
        let factor = to.map_or(SURGE, |to| to / spec.rate.max(f64::MIN_POSITIVE));
        let (now, below) = (self.now, self.outage_below);
        for component in &spec.reaches {
            // What arrived until now arrived at the old rate.
            let state = &mut self.components[*component];
            state.served.advance(now, state.rate, &state.failed, below);
            self.components[*component].rate = self.spec(*component).rate * factor;
            self.components[*component].because = entry;
            self.touch(*component);
        }
    }
}
