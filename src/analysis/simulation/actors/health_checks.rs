//! Senders that check what they send to: load balancers, gateways, proxies outside Kubernetes.

use super::super::engine::Event;
use super::super::phases::beat;
use super::super::trace::{Actor, EntryId, Setting, What};
use super::super::world::World;

impl World<'_> {
    /// A member answers, or no longer does: the check that has counted enough is worked out.
    pub(in super::super) fn ask_health_check(&mut self, pod: usize, because: EntryId) {
        let Some(check) = self.spec_of(pod).check else { return };
        let state = &mut self.pods[pod];
        state.check_generation = state.check_generation.wrapping_add(1);
        let generation = state.check_generation;
        if state.answers == state.checked {
            return;
        }
        let count = if state.answers { check.successes } else { check.failures };
        let first = beat(state.check_phase, check.period, self.now);
        let at = first.saturating_add(check.period.saturating_mul(u64::from(count.max(1) - 1)));
        self.queue.push(at, Event::Checked { pod, generation }, because);
    }

    /// A check has counted enough.
    pub(in super::super) fn checked(&mut self, pod: usize, because: EntryId) {
        let state = &self.pods[pod];
        if state.checked == state.answers || !state.exists() {
            return;
        }
        let answers = state.answers;
        let component = state.component;
        let thing = self.thing(pod);
        let what = if answers { What::TakenIn } else { What::TakenOut };
        let setting = Setting::Component(component as u32, "health_check");
        let entry = self.note_by(Actor::HealthCheck, thing, what, because, setting);
        self.pods[pod].checked = answers;
        self.components[component].because = entry;
        self.touch(component);
    }
}
