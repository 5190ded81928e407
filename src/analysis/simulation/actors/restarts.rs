//! Containers that end and are started again, each time after a longer wait.

use super::super::engine::Event;
use super::super::model::Home;
use super::super::trace::{Actor, EntryId, Setting, What};
use super::super::world::{Stage, World};

impl World<'_> {
    /// A process has ended by itself or by the kernel's hand.
    pub(in super::super) fn exited(&mut self, pod: usize, because: EntryId) {
        if !matches!(self.pods[pod].stage, Stage::Running | Stage::Creating) {
            return;
        }
        let state = &mut self.pods[pod];
        state.stage = Stage::Waiting;
        state.up = false;
        state.hung = false;
        state.told = false;
        state.restarting = false;
        state.because = because;
        // Whatever the process was about to do is stale, and so are its probes.
        state.generation = state.generation.wrapping_add(1);
        state.stop_generation = state.stop_generation.wrapping_add(1);
        state.memory_generation = state.memory_generation.wrapping_add(1);
        state.probe_generation = state.probe_generation.map(|generation| generation.wrapping_add(1));
        let (generation, ended_at) = (state.generation, self.now);
        self.pods[pod].up_at = ended_at;
        self.refresh(pod, because);
        match self.cluster_of(pod) {
            Some(cluster) => {
                let wait = self.phases.lapse(self.model.clusters[cluster].timings.relist);
                self.after(wait, Event::Seen { pod, generation }, because);
            }
            None => self.member_ended(pod, because),
        }
    }

    /// The kubelet has seen that a container ended: the pod is not ready, and the container is started
    /// again. The first time at once, then after 10, 20, 40 … 300 s, counted from when it ended; a
    /// container that ran for long starts anew (kubelet, `doBackOff`).
    pub(in super::super) fn seen(&mut self, pod: usize, because: EntryId) {
        let Some(cluster) = self.cluster_of(pod) else { return };
        let ended_at = self.pods[pod].up_at;
        let was_ready = self.pods[pod].ready;
        self.pods[pod].ready = false;
        self.pods[pod].started = false;
        if was_ready {
            self.readiness_changed(pod, because);
        }
        if self.pods[pod].terminating {
            return;
        }
        let timings = &self.model.clusters[cluster].timings;
        let state = &self.pods[pod];
        let fresh = state.back_off == 0 || ended_at.saturating_sub(state.back_off_set) > timings.crash_reset;
        let (at, next) = if fresh {
            (self.now, timings.crash_initial)
        } else {
            let next = state.back_off.saturating_mul(2).min(timings.crash_most);
            (ended_at.saturating_add(state.back_off).max(self.now), next)
        };
        let wait = at - self.now;
        let entry = if wait > 0 {
            let (thing, waits) = (self.thing(pod), self.pods[pod].back_off);
            let setting = Setting::Constant(cluster as u32, "crash-loop-initial");
            self.note_by(Actor::Kubelet, thing, What::BackOff(waits), because, setting)
        } else {
            because
        };
        let starts = self.phases.lapse(timings.container_start);
        let at = at.saturating_add(starts);
        let state = &mut self.pods[pod];
        state.back_off = next;
        state.back_off_set = at;
        state.because = entry;
        let generation = state.generation;
        self.at(at, Event::Start { pod, generation }, entry);
    }

    /// Counts a start that is not the first.
    pub(in super::super) fn start_again(&mut self, pod: usize, because: EntryId) {
        if self.pods[pod].stage == Stage::Waiting {
            self.pods[pod].restarts = self.pods[pod].restarts.saturating_add(1);
            let component = self.pods[pod].component;
            self.components[component].restarts = self.components[component].restarts.saturating_add(1);
        }
        self.start(pod, because);
    }

    /// A liveness or startup probe has failed: the container is told to end and started again.
    pub(in super::super) fn restart(&mut self, pod: usize, because: EntryId) {
        if self.pods[pod].restarting || self.pods[pod].terminating || self.pods[pod].stage != Stage::Running {
            return;
        }
        self.pods[pod].restarting = true;
        self.pods[pod].because = because;
        self.pods[pod].deleted_at = self.now;
        self.tell_to_end(pod, because);
    }

    /// Whether a component stands in a cluster.
    pub(in super::super) fn in_cluster(&self, component: usize) -> bool {
        matches!(self.spec(component).home, Home::Cluster(_))
    }
}
