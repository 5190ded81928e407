//! Machines: power, boot, and a hypervisor that starts lost virtual machines elsewhere.

use super::super::engine::{Event, NEVER};
use super::super::model::Home;
use super::super::trace::{Actor, EntryId, Setting, Thing, What};
use super::super::world::{Stage, World};

impl World<'_> {
    /// Machines lose power together: first all of them, then what follows, so that nothing
    /// is repaired onto a machine that falls at the same moment.
    pub(in super::super) fn lose_power(&mut self, machines: &[usize], because: EntryId) {
        let mut fallen: Vec<usize> = Vec::new();
        let mut open: Vec<usize> = machines.to_vec();
        while let Some(machine) = open.pop() {
            if !self.machines[machine].up || fallen.contains(&machine) {
                continue;
            }
            fallen.push(machine);
            open.extend(self.standing_on(machine));
        }
        fallen.sort_unstable();
        for machine in &fallen {
            self.machines[*machine].up = false;
            self.machines[*machine].generation = self.machines[*machine].generation.wrapping_add(1);
        }
        let mut entries = Vec::with_capacity(fallen.len());
        for machine in &fallen {
            let entry = self.note(Actor::Machine, Thing::Machine(*machine as u32), What::PowerLost, because);
            self.machines[*machine].because = entry;
            entries.push((*machine, entry));
        }
        for (machine, entry) in &entries {
            for pod in self.pods_on(*machine) {
                self.unplug(pod, *entry);
            }
        }
        for (machine, entry) in entries {
            self.node_silent_from(machine, entry);
            self.restart_elsewhere(machine, entry);
        }
        self.planes_changed(because);
    }

    /// The virtual machines that stand on a machine now.
    fn standing_on(&self, machine: usize) -> Vec<usize> {
        self.machines.ids().filter(|other| self.machines[*other].below == Some(machine)).collect()
    }

    /// A process without power is gone, whatever anybody believes of it.
    fn unplug(&mut self, pod: usize, because: EntryId) {
        let state = &mut self.pods[pod];
        if matches!(state.stage, Stage::Running) {
            state.up = false;
            // Nobody has seen it end: the kubelet that comes back will know it by this.
            state.up_at = NEVER;
        }
        state.told = false;
        state.restarting = false;
        state.hung = false;
        state.blocked = false;
        state.generation = state.generation.wrapping_add(1);
        // Its deletion, should one be under way, is finished by the kubelet that comes back.
        let terminating = state.terminating;
        if !terminating {
            state.memory_generation = state.memory_generation.wrapping_add(1);
        }
        state.probe_generation = state.probe_generation.map(|generation| generation.wrapping_add(1));
        self.refresh(pod, because);
    }

    /// What a hypervisor's high availability does for the virtual machines of a lost host.
    fn restart_elsewhere(&mut self, host: usize, because: EntryId) {
        let Some((dead, placed)) = self.model.machines[host].restarts_vms else { return };
        for machine in self.standing_on(host) {
            let wait = self.phases.lapse(dead).saturating_add(self.phases.lapse(placed));
            let generation = self.machines[machine].generation;
            self.after(wait, Event::Placed { machine, generation }, because);
        }
    }

    /// A virtual machine is started on another host of the same group: in its zone, else on its site.
    pub(in super::super) fn placed(&mut self, machine: usize, because: EntryId) {
        let Some(lost) = self.machines[machine].below else { return };
        let old = &self.model.machines[lost];
        let hosts = self.machines.ids().filter(|host| {
            let spec = &self.model.machines[*host];
            spec.group == old.group && spec.site == old.site && self.works(*host)
        });
        let best = hosts
            .min_by_key(|host| (self.model.machines[*host].zone != old.zone, self.standing_on(*host).len(), *host));
        let Some(host) = best else { return };
        let group = lost as u32;
        self.machines[machine].below = Some(host);
        let entry = self.note_fully(
            Actor::Hypervisor,
            Thing::Machine(machine as u32),
            What::VmRestarted,
            Thing::Machine(host as u32),
            because,
            Setting::Hosts(group, "restarts_vms"),
        );
        self.boot(machine, entry);
    }

    /// A machine gets power: its system boots.
    pub(in super::super) fn boot(&mut self, machine: usize, because: EntryId) {
        self.machines[machine].generation = self.machines[machine].generation.wrapping_add(1);
        let generation = self.machines[machine].generation;
        let wait = self.phases.lapse(self.model.machines[machine].boot);
        self.after(wait, Event::Booted { machine, generation }, because);
    }

    /// A machine's system runs: what stands on it starts.
    pub(in super::super) fn booted(&mut self, machine: usize, because: EntryId) {
        if self.machines[machine].up {
            return;
        }
        if self.machines[machine].below.is_some_and(|below| !self.machines[below].up) {
            return;
        }
        self.machines[machine].up = true;
        let setting = Setting::Hosts(machine as u32, "boot");
        let entry = self.note_by(Actor::Machine, Thing::Machine(machine as u32), What::Booted, because, setting);
        self.machines[machine].because = entry;
        self.connect(entry);
        for pod in self.pods_on(machine) {
            if self.cluster_of(pod).is_none() {
                self.member_boots(pod, entry);
            }
        }
        for partition in self.model.partitions.ids() {
            if self.model.partitions[partition].machine == Some(machine) {
                self.partition_boots(partition, entry);
            }
        }
        for above in self.standing_on(machine) {
            if !self.machines[above].up {
                self.boot(above, entry);
            }
        }
        self.report_later(machine, entry);
        self.planes_changed(entry);
    }

    /// A node's kubelet reports once it runs.
    pub(in super::super) fn report_later(&mut self, machine: usize, because: EntryId) {
        let Some(cluster) = self.model.machines[machine].cluster else { return };
        let wait = self.phases.lapse(self.model.clusters[cluster].timings.node_report);
        self.machines[machine].silence = self.machines[machine].silence.wrapping_add(1);
        let generation = self.machines[machine].silence;
        self.after(wait, Event::NodeReports { node: machine, generation }, because);
    }

    /// Machines changed: every control plane on them is looked at, and so is every store.
    pub(in super::super) fn planes_changed(&mut self, because: EntryId) {
        for cluster in self.clusters.ids() {
            if !self.model.clusters[cluster].plane.is_empty() {
                self.plane_changed(cluster, because);
            }
        }
    }

    /// Somebody brings machines back: power, or the cable.
    pub(in super::super) fn bring_back(&mut self, machines: &[usize], because: EntryId) {
        for machine in machines {
            let state = &mut self.machines[*machine];
            state.cut = false;
            // Whoever brings a node back also lets pods onto it again, and its kubelet registers it anew.
            state.cordoned = false;
            state.draining = false;
            state.out_of_service = false;
            state.exists = true;
            if !self.machines[*machine].up {
                self.boot(*machine, because);
            }
        }
        self.connect(because);
    }

    /// Whether anything of a component is on machines that are down or cut off.
    pub(in super::super) fn is_ours(&self, component: usize) -> bool {
        matches!(self.spec(component).home, Home::Cluster(_) | Home::Machines | Home::Partition(_))
    }
}
