//! Traffic: no event a request, but a rate between changes, integrated exactly.

use super::super::engine::{Time, in_seconds};
use super::super::model::Home;
use super::super::outcome::FailedBy;
use super::super::trace::EntryId;
use super::super::world::{Point, Served, Stage, World};
use crate::design::model::component::{ComponentKind, Workload};

/// Shares closer than this are the same: sums of fractions are not exact.
pub(in super::super) const SAME: f64 = 1e-9;
/// Kubernetes versions from this one on lead traffic to pods that are going, where all are going and
/// still serve (KEP-1669, ProxyTerminatingEndpoints, stable in 1.28).
const TERMINATING_ENDPOINTS: u32 = 28;
/// The share that a pod serves below which its probes fail. A probe waits in the same queue as every
/// request: while most requests succeed, three probes in a row rarely fail; once most fail, they soon do.
const PROBES_SERVED: f64 = 0.5;
/// The most points that a series keeps.
const MOST_POINTS: usize = 20_000;

impl World<'_> {
    /// Works out anew what changed, until nothing does: an overloaded pod may fail its probes, and a
    /// dependency that is back may let others start.
    pub(in super::super) fn settle(&mut self) {
        if self.dirty.is_empty() {
            return;
        }
        let mut dirty = std::mem::take(&mut self.dirty);
        for component in dirty.drain(..) {
            self.components[component].dirty = false;
            self.own_share(component);
        }
        // What was taken out is given back, so that its memory is used again.
        if self.dirty.is_empty() {
            self.dirty = dirty;
        }
        self.spread_dependencies();
    }

    /// The share that a component's own pods serve, of what arrives at it.
    fn own_share(&mut self, component: usize) {
        let spec = self.spec(component);
        let state = &self.components[component];
        let ours = self.is_ours(component);
        let mut able = 0_u32;
        for pod in &state.pods {
            let pod = &self.pods[*pod];
            able += u32::from(pod.answers && !pod.terminating && (pod.ready || !self.in_cluster(component)));
        }
        let (own, failed, capacity) = if state.lost || state.corrupted {
            (0.0, FailedBy { dead_endpoint: 1.0, ..FailedBy::default() }, 0.0)
        } else if let Some(database) = &state.database {
            let writes = database.writing && database.enough && database.followed;
            let failed = if writes {
                FailedBy::default()
            } else if database.writing && !database.enough {
                // It answers, and says no: writes wait for a copy.
                FailedBy { dependency: 1.0, ..FailedBy::default() }
            } else {
                FailedBy { dead_endpoint: 1.0, ..FailedBy::default() }
            };
            (if writes { 1.0 } else { 0.0 }, failed, f64::INFINITY)
        } else if spec.kind == ComponentKind::ConsensusStore {
            let failed = if state.quorum { 0.0 } else { 1.0 };
            (1.0 - failed, FailedBy { dead_endpoint: failed, ..FailedBy::default() }, f64::INFINITY)
        } else if !ours {
            (1.0, FailedBy::default(), f64::INFINITY)
        } else {
            self.over_endpoints(component)
        };
        let wanted = self.wanted_now(component);
        let now = self.now;
        let keep = self.trace.kept;
        let state = &mut self.components[component];
        state.own = own;
        state.own_failed = failed;
        state.able = able;
        if able < wanted.min(state.before) || able < wanted && state.before == 0 {
            state.was_short = true;
            state.whole_since = None;
        } else if state.whole_since.is_none() {
            state.whole_since = Some(now);
        }
        if keep && state.series.len() < MOST_POINTS {
            state.series.push(Point { at: now, ready: able, capacity, served: 0.0, failed });
        }
    }

    /// Requests are spread evenly over endpoints; each serves what it can.
    fn over_endpoints(&mut self, component: usize) -> (f64, FailedBy, f64) {
        let spec = self.spec(component);
        let rate = self.components[component].rate;
        let checked = spec.check.is_some();
        let in_cluster = self.in_cluster(component);
        let mut failed = FailedBy::default();
        let routed = |world: &Self, pod: usize| {
            let pod = &world.pods[pod];
            (pod.routed || !in_cluster) && (pod.checked || !checked)
        };
        let count = self.components[component].pods.len();
        let nth = |world: &Self, at: usize| world.components[component].pods.get(at).copied();
        let mut endpoints = 0_u32;
        for at in 0..count {
            let Some(pod) = nth(self, at) else { continue };
            endpoints += u32::from(routed(self, pod));
        }
        let mut going = false;
        if endpoints == 0 && in_cluster && self.leads_to_terminating(component) {
            for at in 0..count {
                let Some(pod) = nth(self, at) else { continue };
                endpoints += u32::from(self.pods[pod].terminating && self.pods[pod].responds);
            }
            going = endpoints > 0;
        }
        if endpoints == 0 {
            failed.no_endpoint = 1.0;
        }
        let each = 1.0 / f64::from(endpoints.max(1));
        let (mut served, mut capacity) = (0.0, 0.0);
        for at in 0..count {
            let Some(pod) = nth(self, at) else { continue };
            let leads = if going { self.pods[pod].terminating && self.pods[pod].responds } else { routed(self, pod) };
            let state = &self.pods[pod];
            let can = spec.capacity * state.processor;
            let arrives = rate * each;
            let fits = if can.is_finite() {
                (can / arrives.max(f64::MIN_POSITIVE)).min(1.0)
            } else {
                state.processor.min(1.0)
            };
            let overloaded = leads && state.answers && fits < PROBES_SERVED - SAME;
            if leads {
                if state.answers {
                    served += each * fits;
                    capacity += can;
                    failed.overloaded += each * (1.0 - fits);
                } else if state.told || (state.terminating && state.stage == Stage::Gone) || state.stage == Stage::Gone
                {
                    failed.terminating += each;
                } else if state.stage == Stage::Running && !state.up && !state.hung && self.works(state.machine) {
                    failed.not_ready += each;
                } else {
                    failed.dead_endpoint += each;
                }
            }
            if overloaded != self.pods[pod].overloaded {
                self.pods[pod].overloaded = overloaded;
                let because = self.components[component].because;
                self.ask_probes(pod, because);
            }
        }
        (served, failed, capacity)
    }

    /// How many are wanted: a DaemonSet has nothing to do on a machine that is down.
    pub(in super::super) fn wanted_now(&self, component: usize) -> u32 {
        let spec = self.spec(component);
        match (spec.workload, spec.home) {
            (Workload::DaemonSet, Home::Cluster(cluster)) => {
                let nodes = self.model.clusters[cluster].nodes.iter();
                nodes.filter(|node| self.works(**node) && self.machines[**node].exists).count() as u32
            }
            _ => spec.wanted,
        }
    }

    fn leads_to_terminating(&self, component: usize) -> bool {
        match self.spec(component).home {
            Home::Cluster(cluster) => {
                let minor = self.model.clusters[cluster].minor;
                // A version that cannot be read is taken as a recent one.
                minor == 0 || minor >= TERMINATING_ENDPOINTS
            }
            _ => false,
        }
    }

    /// What a component's callers see: its own share, of which only that succeeds whose
    /// dependencies answer too.
    fn spread_dependencies(&mut self) {
        for at in 0..self.model.order.len() {
            let Some(component) = self.model.order.get(at).copied() else { continue };
            let spec = self.spec(component);
            let behind = match &spec.passes_on {
                Some(shares) => shares.iter().map(|(to, share)| share * self.components[*to].served.share).sum(),
                None => spec.hard.iter().map(|to| self.components[*to].served.share).product::<f64>(),
            };
            let own = self.components[component].own;
            let share = (own * behind).clamp(0.0, 1.0);
            let mut failed = self.components[component].own_failed;
            failed.dependency += own - own * behind;
            let state = &self.components[component];
            let share = if share > 1.0 - SAME { 1.0 } else { share };
            if (share - state.served.share).abs() <= SAME && same(&failed, &state.failed) {
                if let Some(point) = self.components[component].series.last_mut().filter(|point| point.at == self.now) {
                    point.served = share;
                    point.failed = failed;
                }
                continue;
            }
            let before = state.served.share;
            let (now, rate, below, keep) = (self.now, state.rate, self.outage_below, self.trace.kept);
            let state = &mut self.components[component];
            state.served.advance(now, rate, &state.failed, below);
            state.served.set(now, share);
            state.failed = failed;
            if keep && state.series.len() < MOST_POINTS {
                match state.series.last_mut().filter(|point| point.at == now) {
                    Some(point) => {
                        point.served = share;
                        point.failed = failed;
                    }
                    None => {
                        let (ready, capacity) =
                            state.series.last().map_or((state.able, 0.0), |point| (point.ready, point.capacity));
                        state.series.push(Point { at: now, ready, capacity, served: share, failed });
                    }
                }
            }
            let because = state.because;
            self.share_changed(component, before, share, because);
        }
        self.settle_functions();
    }

    /// Others ask about a component that now answers, or no longer does.
    fn share_changed(&mut self, component: usize, before: f64, share: f64, because: EntryId) {
        if (before < 0.5) == (share < 0.5) {
            return;
        }
        if share >= 0.5 {
            self.unblock(component, because);
        }
        for asking in &self.spec(component).probed_by {
            for pod in self.components[*asking].pods.clone() {
                self.ask_probes(pod, because);
            }
        }
    }

    /// A function is served as far as everything that it needs serves.
    fn settle_functions(&mut self) {
        for (at, function) in self.model.functions.iter().enumerate() {
            let share: f64 = function.needs.iter().map(|need| self.components[*need].own).product();
            let share = if share > 1.0 - SAME { 1.0 } else { share };
            if (share - self.functions[at].share).abs() <= SAME {
                continue;
            }
            let (now, below, keep) = (self.now, self.outage_below, self.trace.kept);
            let failed = FailedBy { dependency: 1.0 - self.functions[at].share, ..FailedBy::default() };
            let state = &mut self.functions[at];
            state.advance(now, 1.0, &failed, below);
            state.set(now, share);
            if keep && state.series.len() < MOST_POINTS {
                state.series.push((now, share));
            }
        }
    }

    /// Everything is integrated up to the end.
    pub(in super::super) fn close(&mut self, until: Time) {
        let below = self.outage_below;
        for at in self.components.ids() {
            let state = &mut self.components[at];
            let (rate, failed) = (state.rate, state.failed);
            state.served.advance(until, rate, &failed, below);
        }
        for at in self.functions.ids() {
            let failed = FailedBy { dependency: 1.0 - self.functions[at].share, ..FailedBy::default() };
            self.functions[at].advance(until, 1.0, &failed, below);
        }
    }
}

fn same(a: &FailedBy, b: &FailedBy) -> bool {
    let (a, b) = (a.shares(), b.shares());
    a.iter().zip(b.iter()).all(|(a, b)| (a - b).abs() <= SAME)
}

impl Served {
    /// Integrates up to a time with what has been so far.
    pub(in super::super) fn advance(&mut self, now: Time, rate: f64, failed: &FailedBy, below: f64) {
        let lasted = now.saturating_sub(self.since);
        if lasted > 0 {
            let seconds = in_seconds(lasted);
            self.asked += rate * seconds;
            if self.share < below {
                self.outage = self.outage.saturating_add(lasted);
            }
            if self.share < 1.0 - SAME {
                self.degraded = self.degraded.saturating_add(lasted);
            }
            let weight = rate * seconds;
            self.failed.no_endpoint += failed.no_endpoint * weight;
            self.failed.dead_endpoint += failed.dead_endpoint * weight;
            self.failed.not_ready += failed.not_ready * weight;
            self.failed.terminating += failed.terminating * weight;
            self.failed.overloaded += failed.overloaded * weight;
            self.failed.dependency += failed.dependency * weight;
        }
        // An outage of no length is none: several changes of one moment are one change.
        if self.share < below && lasted > 0 {
            let began = *self.out_since.get_or_insert(self.since);
            self.longest = self.longest.max(now.saturating_sub(began));
        } else if lasted > 0 {
            self.out_since = None;
        }
        self.since = now;
    }

    /// The share from now on.
    fn set(&mut self, now: Time, share: f64) {
        if share >= self.before - SAME && self.share < self.before - SAME {
            self.back_at = now;
        }
        self.share = share;
    }
}
