//! How a pod ends: its deletion timestamp, preStop, SIGTERM, its grace period. All this runs beside
//! the change of the endpoints, and neither waits for the other.

use super::super::engine::Event;
use super::super::trace::{Actor, EntryId, Setting, What};
use super::super::world::{NOWHERE, Stage, World};

impl World<'_> {
    /// A pod gets its deletion timestamp: its endpoints change, its kubelet ends it, its controller
    /// replaces it, all at once.
    pub(in super::super) fn delete_pod(&mut self, pod: usize, because: EntryId) {
        if !self.pods[pod].exists() || self.pods[pod].terminating {
            return;
        }
        let was_restarting = self.pods[pod].restarting;
        self.pods[pod].terminating = true;
        self.pods[pod].restarting = false;
        self.pods[pod].deleted_at = self.now;
        self.pods[pod].because = because;
        self.lead(pod, because);
        let component = self.pods[pod].component;
        self.touch(component);
        self.end_on_node(pod, was_restarting, because);
        // A volume on a node that is known to be dead is detached by force six minutes after this.
        self.watch_detach(pod, because);
        self.reconcile(component, because);
        self.look_at_drains(component, because);
    }

    /// The kubelet ends a pod, where there is one that works.
    fn end_on_node(&mut self, pod: usize, was_restarting: bool, because: EntryId) {
        match self.pods[pod].stage {
            Stage::Pending => self.gone(pod, because),
            Stage::Gone => {}
            _ if !self.kubelet_works(pod) => {}
            Stage::Running if was_restarting && self.pods[pod].told => {}
            Stage::Running => self.tell_to_end(pod, because),
            Stage::Creating | Stage::Waiting | Stage::Ended => {
                let state = &mut self.pods[pod];
                state.generation = state.generation.wrapping_add(1);
                state.stop_generation = state.stop_generation.wrapping_add(1);
                let generation = state.stop_generation;
                let wait = self.reaction(pod);
                self.after(wait, Event::Ended { pod, generation }, because);
            }
        }
    }

    /// Whether a pod's kubelet runs and hears from the control plane.
    pub(in super::super) fn kubelet_works(&self, pod: usize) -> bool {
        let machine = self.pods[pod].machine;
        self.works(machine) && self.cluster_of(pod).is_some_and(|cluster| self.acts(cluster))
    }

    fn reaction(&mut self, pod: usize) -> u64 {
        match self.cluster_of(pod) {
            Some(cluster) => self.phases.lapse(self.model.clusters[cluster].timings.reaction),
            None => 0,
        }
    }

    /// preStop runs, then SIGTERM comes. What preStop takes counts towards the grace period.
    pub(in super::super) fn tell_to_end(&mut self, pod: usize, because: EntryId) {
        let spec = self.spec_of(pod);
        let state = &mut self.pods[pod];
        state.stop_generation = state.stop_generation.wrapping_add(1);
        let generation = state.stop_generation;
        let wait = self.reaction(pod).saturating_add(spec.pre_stop.min(spec.grace));
        self.after(wait, Event::Terminate { pod, generation }, because);
    }

    /// SIGTERM: the process takes nothing more, finishes what it has begun, and is killed when its
    /// grace period is over. One that hangs does not listen.
    pub(in super::super) fn terminate(&mut self, pod: usize, because: EntryId) {
        let spec = self.spec_of(pod);
        let component = self.pods[pod].component as u32;
        let thing = self.thing(pod);
        let setting = Setting::Component(component, "stops");
        let actor = if self.in_cluster(component as usize) { Actor::Kubelet } else { Actor::ServiceManager };
        let entry = self.note_by(actor, thing, What::Terminated, because, setting);
        let state = &mut self.pods[pod];
        let hung = state.hung;
        state.told = true;
        state.because = entry;
        let until = state.deleted_at.saturating_add(spec.grace).max(self.now);
        let drained = self.now.saturating_add(spec.drains_in.unwrap_or(0));
        let at = if hung { until } else { drained.min(until) };
        let generation = state.stop_generation;
        self.refresh(pod, entry);
        self.at(at, Event::Ended { pod, generation }, entry);
    }

    /// The process has ended, or is killed because it would not.
    pub(in super::super) fn ended(&mut self, pod: usize, because: EntryId) {
        let spec = self.spec_of(pod);
        let thing = self.thing(pod);
        let state = &self.pods[pod];
        let stubborn = state.hung || spec.drains_in.unwrap_or(0) > spec.grace.saturating_sub(spec.pre_stop);
        let killed = state.told && stubborn && self.now >= state.deleted_at.saturating_add(spec.grace);
        let running = state.stage == Stage::Running;
        let entry = if killed {
            let setting = Setting::Component(state.component as u32, "stops.grace");
            self.note_by(Actor::Kubelet, thing, What::Killed, because, setting)
        } else if running {
            self.note(Actor::Application, thing, What::Ended, because)
        } else {
            because
        };
        if self.pods[pod].terminating {
            self.gone(pod, entry);
        } else {
            self.exited(pod, entry);
        }
    }

    /// The API no longer knows the pod.
    pub(in super::super) fn gone(&mut self, pod: usize, because: EntryId) {
        if !self.pods[pod].exists() {
            return;
        }
        let thing = self.thing(pod);
        let entry = self.note(Actor::Kubelet, thing, What::Gone, because);
        self.forget(pod, entry);
    }

    /// Takes a pod out of everything that counts it.
    pub(in super::super) fn forget(&mut self, pod: usize, because: EntryId) {
        let spec = self.spec_of(pod);
        let component = self.pods[pod].component;
        let node = self.pods[pod].machine;
        let cluster = self.cluster_of(pod);
        let ended_at = self.now;
        let state = &mut self.pods[pod];
        state.stage = Stage::Gone;
        state.up = false;
        state.ready = false;
        state.because = because;
        state.generation = state.generation.wrapping_add(1);
        state.stop_generation = state.stop_generation.wrapping_add(1);
        state.memory_generation = state.memory_generation.wrapping_add(1);
        state.probe_generation = state.probe_generation.map(|generation| generation.wrapping_add(1));
        state.up_at = ended_at;
        if node != NOWHERE {
            self.machines[node].requested = self.machines[node].requested.minus(spec.request);
            self.machines[node].pods = self.machines[node].pods.saturating_sub(1);
        }
        self.refresh(pod, because);
        self.lead(pod, because);
        self.release_volume(pod, because);
        if !self.pods[pod].routed {
            self.drop_slot(pod);
        }
        self.reconcile(component, because);
        self.look_at_drains(component, because);
        if let Some(cluster) = cluster {
            self.wake(cluster, because);
        }
        if node != NOWHERE {
            self.balance_processor(node, because);
            self.watch_node_memory(node, because);
        }
    }

    /// Nobody asks for the slot any more.
    pub(in super::super) fn drop_slot(&mut self, pod: usize) {
        let component = self.pods[pod].component;
        self.components[component].pods.retain(|other| *other != pod);
        self.touch(component);
        self.free.push(pod);
    }
}
