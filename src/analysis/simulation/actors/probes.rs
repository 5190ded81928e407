//! Startup, readiness and liveness probes. A probe is no event a period: the beat at which it will
//! have counted enough is worked out whenever what it asks about changes.

use super::super::engine::{Event, NEVER, Which};
use super::super::phases::beat;
use super::super::trace::{Actor, EntryId, Setting, What};
use super::super::world::{Stage, World, place};

impl World<'_> {
    /// A container has started: the startup probe begins, or the other two do.
    pub(in super::super) fn probes_from_start(&mut self, pod: usize, because: EntryId) {
        if self.cluster_of(pod).is_none() {
            self.pods[pod].started = true;
            self.pods[pod].ready = true;
            return;
        }
        let startup = self.spec_of(pod).probes[0].is_some();
        self.pods[pod].started = !startup;
        if startup {
            self.ask(pod, Which::Startup, because);
        } else {
            self.begin_others(pod, because);
        }
    }

    /// Readiness and liveness begin. Without a readiness probe a pod is ready as soon as its container runs.
    fn begin_others(&mut self, pod: usize, because: EntryId) {
        if self.spec_of(pod).probes[1].is_none() && !self.pods[pod].ready {
            self.becomes_ready(pod, because);
        }
        self.ask(pod, Which::Readiness, because);
        self.ask(pod, Which::Liveness, because);
    }

    /// What a pod's probes ask about has changed.
    pub(in super::super) fn ask_probes(&mut self, pod: usize, because: EntryId) {
        if self.cluster_of(pod).is_none() || self.pods[pod].stage != Stage::Running {
            return;
        }
        if self.pods[pod].started {
            self.ask(pod, Which::Readiness, because);
            self.ask(pod, Which::Liveness, because);
        } else {
            self.ask(pod, Which::Startup, because);
        }
    }

    /// Works out when a probe will have counted enough, given how things are.
    fn ask(&mut self, pod: usize, which: Which, because: EntryId) {
        let nth = place(which);
        let Some(probe) = self.spec_of(pod).probes.get(nth).and_then(Option::as_ref) else { return };
        let checks_well = probe.checks.iter().all(|checked| self.components[*checked].served.share >= 0.5);
        let state = &mut self.pods[pod];
        let Some(generation) = state.probe_generation.get_mut(nth) else { return };
        // Whatever was asked before is stale.
        *generation = generation.wrapping_add(1);
        let generation = *generation;
        let phase = state.probe_phase.get(nth).copied().unwrap_or(0);
        let well = state.responds && !state.overloaded && checks_well;
        // A process that hangs or is overloaded lets the probe wait; one that is not there refuses at once.
        let waits = if state.hung || state.overloaded { probe.timeout } else { 0 };
        let first = beat(phase, probe.period, self.now.max(state.started_at.saturating_add(probe.initial_delay)));
        let nth_beat = |count: u32| first.saturating_add(probe.period.saturating_mul(u64::from(count.max(1) - 1)));
        let failed = nth_beat(probe.failures).saturating_add(waits);
        let passed = nth_beat(probe.successes);
        let state = &self.pods[pod];
        let when = match which {
            Which::Startup => {
                if well {
                    nth_beat(1)
                } else {
                    failed
                }
            }
            Which::Readiness if well == state.ready => NEVER,
            Which::Readiness => {
                if well {
                    passed
                } else {
                    failed
                }
            }
            Which::Liveness => {
                if well {
                    NEVER
                } else {
                    failed
                }
            }
        };
        // A machine without power probes nothing.
        if state.terminating && which != Which::Readiness || state.restarting || !self.machines[state.machine].up {
            return;
        }
        self.queue.push(when, Event::Probe { pod, which, generation }, because);
    }

    /// A probe has counted enough.
    pub(in super::super) fn probed(&mut self, pod: usize, which: Which, because: EntryId) {
        let component = self.pods[pod].component as u32;
        let thing = self.thing(pod);
        let Some(probe) = self.spec_of(pod).probes.get(place(which)).and_then(Option::as_ref) else { return };
        let checks_well = probe.checks.iter().all(|checked| self.components[*checked].served.share >= 0.5);
        let well = self.pods[pod].responds && !self.pods[pod].overloaded && checks_well;
        match which {
            Which::Startup if well => {
                self.pods[pod].started = true;
                // The readiness probe is asked at once then (prober worker, since 1.24), not a period later.
                if self.spec_of(pod).probes[1].is_some() && !self.pods[pod].ready {
                    self.becomes_ready(pod, because);
                }
                self.begin_others(pod, because);
            }
            Which::Startup => {
                let setting = Setting::Component(component, "probes.startup");
                let entry = self.note_by(Actor::Kubelet, thing, What::StartupFailed, because, setting);
                self.restart(pod, entry);
            }
            Which::Readiness if well => self.becomes_ready(pod, because),
            Which::Readiness => {
                let setting = Setting::Component(component, "probes.readiness");
                let entry = self.note_by(Actor::Kubelet, thing, What::NotReady, because, setting);
                self.pods[pod].ready = false;
                self.pods[pod].because = entry;
                self.readiness_changed(pod, entry);
                // It is asked further, so that it may come back.
                self.ask(pod, Which::Readiness, entry);
            }
            Which::Liveness => {
                let setting = Setting::Component(component, "probes.liveness");
                let entry = self.note_by(Actor::Kubelet, thing, What::LivenessFailed, because, setting);
                self.restart(pod, entry);
            }
        }
    }

    fn becomes_ready(&mut self, pod: usize, because: EntryId) {
        let thing = self.thing(pod);
        let component = self.pods[pod].component as u32;
        let probed = self.spec_of(pod).probes[1].is_some() || self.spec_of(pod).probes[0].is_some();
        let setting = if probed { Setting::Component(component, "probes.readiness") } else { Setting::None };
        let entry = self.note_by(Actor::Kubelet, thing, What::Ready, because, setting);
        self.pods[pod].ready = true;
        self.pods[pod].because = entry;
        self.readiness_changed(pod, entry);
        self.ask(pod, Which::Readiness, entry);
    }

    /// Everybody who follows a pod's Ready condition.
    pub(in super::super) fn readiness_changed(&mut self, pod: usize, because: EntryId) {
        self.lead(pod, because);
        let component = self.pods[pod].component;
        self.touch(component);
        self.reconcile(component, because);
        self.look_at_drains(component, because);
        self.pod_seen_down(pod, because);
    }
}
