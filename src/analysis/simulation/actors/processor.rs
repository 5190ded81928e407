//! Processor time on a node where somebody takes all that there is: limits hold, and beyond them
//! everybody gets the share of what is requested (control groups, `cpu.weight`).

use super::super::trace::EntryId;
use super::super::world::{NOWHERE, Stage, World};

/// Weight of a pod that requests nothing, in cores: the least that a control group has (cpu.shares 2 of 1024).
const LEAST_WEIGHT: f64 = 2.0 / 1024.0;

impl World<'_> {
    /// Shares a node's processor time out anew. Without a noisy pod everybody has what it needs.
    pub(in super::super) fn balance_processor(&mut self, node: usize, because: EntryId) {
        if node == NOWHERE || !self.noise {
            return;
        }
        let pods: Vec<usize> =
            self.pods_on(node).into_iter().filter(|pod| self.pods[*pod].stage == Stage::Running).collect();
        let noisy = pods.iter().any(|pod| self.pods[*pod].noisy);
        let touched = pods.iter().any(|pod| self.pods[*pod].processor < 1.0);
        let cores = self.model.machines[node].room.cpu;
        if (!noisy && !touched) || !cores.is_finite() {
            return;
        }
        let demand = |pod: usize| {
            let spec = self.spec_of(pod);
            // What a pod needs to serve what it can is its limit, else what it requests.
            let needs = if spec.limit_cpu.is_finite() { spec.limit_cpu } else { spec.request.cpu };
            if self.pods[pod].noisy { spec.limit_cpu.min(cores) } else { needs }
        };
        let weights: Vec<(usize, f64, f64)> =
            pods.iter().map(|pod| (*pod, demand(*pod), self.spec_of(*pod).request.cpu.max(LEAST_WEIGHT))).collect();
        for (pod, share) in shared(&weights, cores) {
            if (self.pods[pod].processor - share).abs() > 1e-9 {
                self.pods[pod].processor = share;
                let component = self.pods[pod].component;
                self.pods[pod].because = because;
                self.touch(component);
            }
        }
    }
}

/// Water filling: everybody gets its weight's share, and what somebody does not need goes to the
/// others. Gives the share of its need that each gets.
fn shared(pods: &[(usize, f64, f64)], cores: f64) -> Vec<(usize, f64)> {
    let mut got: Vec<(usize, f64)> = Vec::with_capacity(pods.len());
    let mut open: Vec<(usize, f64, f64)> = pods.to_vec();
    let mut left = cores;
    while !open.is_empty() {
        let total: f64 = open.iter().map(|(_, _, weight)| weight).sum();
        let level = left / total.max(f64::MIN_POSITIVE);
        let (content, short): (Vec<_>, Vec<_>) =
            open.iter().copied().partition(|(_, need, weight)| *need <= level * weight);
        if content.is_empty() {
            got.extend(short.iter().map(|(pod, need, weight)| (*pod, (level * weight / need).min(1.0))));
            break;
        }
        left -= content.iter().map(|(_, need, _)| need).sum::<f64>();
        got.extend(content.iter().map(|(pod, _, _)| (*pod, 1.0)));
        open = short;
    }
    got
}
