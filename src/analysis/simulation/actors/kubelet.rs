//! The kubelet: from a pod on its node to a process that answers.

use super::super::engine::{Event, SECOND, Time};
use super::super::model::Home;
use super::super::phases::Lapse;
use super::super::trace::{Actor, EntryId, NO_ENTRY, Setting, Thing, What};
use super::super::world::{NOWHERE, Stage, World};

/// The longest that something waits before it looks again whether what it needs to start is there.
const LOOKS_AGAIN: Lapse = Lapse::between(SECOND, 5 * SECOND);

impl World<'_> {
    /// Brings a pod up: its volume, its image, its container.
    pub(in super::super) fn begin(&mut self, pod: usize, because: EntryId) {
        if self.pods[pod].stage != Stage::Creating || self.pods[pod].terminating {
            return;
        }
        self.pods[pod].generation = self.pods[pod].generation.wrapping_add(1);
        let generation = self.pods[pod].generation;
        if self.pods[pod].volume.is_some() {
            self.at(self.now, Event::Attach { pod, generation }, because);
        } else {
            self.pull(pod, because);
        }
    }

    /// Fetches the image where the node lacks it: one after the other unless the distribution says otherwise.
    pub(in super::super) fn pull(&mut self, pod: usize, because: EntryId) {
        let (component, version, node) = {
            let pod = &self.pods[pod];
            (pod.component, pod.version, pod.machine)
        };
        let generation = self.pods[pod].generation;
        let Home::Cluster(cluster) = self.spec(component).home else { return };
        let timings = &self.model.clusters[cluster].timings;
        if self.machines[node].images.contains(&(component, version)) {
            let wait = self.phases.lapse(timings.container_start);
            self.after(wait, Event::Start { pod, generation }, because);
            return;
        }
        let thing = self.thing(pod);
        let registry = self.spec(component).registry;
        if let Some(registry) = registry.filter(|registry| self.components[*registry].served.share < 0.5) {
            let doubled = timings.pull_initial << self.pods[pod].pulls.min(5);
            self.pods[pod].pulls += 1;
            let entry = if self.pods[pod].pulls == 1 {
                let on = Thing::Component(registry as u32);
                let down = self.components[registry].because;
                let because = if down == NO_ENTRY { because } else { down };
                self.note_fully(Actor::Kubelet, thing, What::PullFailed, on, because, Setting::None)
            } else {
                because
            };
            self.after(doubled.min(timings.pull_most), Event::Pull { pod, generation }, entry);
            return;
        }
        let setting = Setting::Component(component as u32, "pulls_in");
        let entry = self.note_by(Actor::Kubelet, thing, What::Pulling, because, setting);
        let takes = self.phases.lapse(self.spec(component).pulls_in);
        let parallel = self.model.clusters[cluster].k3s;
        let from = if parallel { self.now } else { self.machines[node].puller_free.max(self.now) };
        let done = from.saturating_add(takes);
        self.machines[node].puller_free = done;
        self.at(done, Event::Pulled { pod, generation }, entry);
    }

    /// The image is there.
    pub(in super::super) fn pulled(&mut self, pod: usize, because: EntryId) {
        let (component, version, node) = {
            let pod = &self.pods[pod];
            (pod.component, pod.version, pod.machine)
        };
        if !self.machines[node].images.contains(&(component, version)) {
            // The version before stays as well: garbage collection of images waits for a full disk.
            self.machines[node].images.push((component, version));
        }
        self.pods[pod].pulls = 0;
        self.pull(pod, because);
    }

    /// The container starts: a process that does not answer yet.
    pub(in super::super) fn start(&mut self, pod: usize, because: EntryId) {
        let thing = self.thing(pod);
        let (component, is_pod) = (self.pods[pod].component, self.cluster_of(pod).is_some());
        let actor = if is_pod { Actor::Kubelet } else { Actor::ServiceManager };
        let setting = Setting::Component(component as u32, "starts_in");
        let entry = self.note_by(actor, thing, What::ContainerStarted, because, setting);
        let now = self.now;
        let state = &mut self.pods[pod];
        state.stage = Stage::Running;
        state.started_at = now;
        state.up = false;
        state.told = false;
        state.restarting = false;
        state.hung = false;
        state.blocked = false;
        state.because = entry;
        state.generation = state.generation.wrapping_add(1);
        let generation = state.generation;
        if let Some(leak) = &mut state.leak {
            leak.since = now;
        }
        let takes = self.start_time(component);
        self.after(takes, Event::Up { pod, generation }, entry);
        self.refresh(pod, entry);
        self.probes_from_start(pod, entry);
        self.watch_memory(pod, entry);
    }

    /// How long a start takes, slowed or not.
    pub(in super::super) fn start_time(&mut self, component: usize) -> Time {
        match self.components[component].slowed {
            Some(slowed) => slowed,
            None => self.phases.lapse(self.spec(component).starts_in),
        }
    }

    /// The process answers for the first time, unless something it needs to start does not.
    pub(in super::super) fn up(&mut self, pod: usize, because: EntryId) {
        let component = self.pods[pod].component;
        let missing =
            self.spec(component).at_start.iter().copied().find(|needed| self.components[*needed].served.share < 0.5);
        if missing.is_some() {
            self.pods[pod].blocked = true;
            return;
        }
        self.pods[pod].up = true;
        self.pods[pod].up_at = self.now;
        self.pods[pod].blocked = false;
        let thing = self.thing(pod);
        // Where a readiness probe lets it in, being ready is what is told.
        let told = self.spec(component).probes.iter().all(Option::is_none);
        let entry = if told { self.note(Actor::Application, thing, What::Answers, because) } else { because };
        self.pods[pod].because = entry;
        self.refresh(pod, entry);
    }

    /// Something that others need to start answers again.
    pub(in super::super) fn unblock(&mut self, needed: usize, because: EntryId) {
        for component in self.components.ids() {
            if !self.spec(component).at_start.contains(&needed) {
                continue;
            }
            for pod in self.components[component].pods.clone() {
                if self.pods[pod].blocked && self.pods[pod].stage == Stage::Running {
                    let generation = self.pods[pod].generation;
                    let wait = self.phases.lapse(LOOKS_AGAIN);
                    self.after(wait, Event::Up { pod, generation }, because);
                }
            }
        }
    }

    /// Works out anew whether a process answers, and tells everybody who asks it.
    pub(in super::super) fn refresh(&mut self, pod: usize, because: EntryId) {
        let state = &self.pods[pod];
        let machine = state.machine;
        let powered = machine != NOWHERE && self.machines[machine].up;
        let partition_up = match self.spec_of(pod).home {
            Home::Partition(partition) => !self.partitions[partition].down,
            _ => true,
        };
        let state = &self.pods[pod];
        let responds = state.stage == Stage::Running
            && state.up
            && !state.hung
            && !state.told
            && !state.empty
            && powered
            && partition_up;
        let answers = responds && self.machines[machine].reachable;
        let component = state.component;
        let (was_responding, was_answering) = (state.responds, state.answers);
        self.pods[pod].responds = responds;
        self.pods[pod].answers = answers;
        if responds != was_responding {
            self.ask_probes(pod, because);
        }
        if answers != was_answering {
            self.pods[pod].because = because;
            self.ask_health_check(pod, because);
            self.member_changed(component, pod, because);
        }
        self.touch(component);
    }
}
