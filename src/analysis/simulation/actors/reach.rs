//! What can be reached from where users and the control plane are.

use super::super::engine::Event;
use super::super::trace::EntryId;
use super::super::world::World;

impl World<'_> {
    /// Works out anew which machines can be reached, and tells those who ask.
    pub(in super::super) fn connect(&mut self, because: EntryId) {
        let main = self.main_sites();
        let mut lost: Vec<usize> = Vec::new();
        let mut back: Vec<usize> = Vec::new();
        for machine in self.machines.ids() {
            let site = self.model.machines[machine].site;
            let mut reachable = main.as_ref().is_none_or(|main| site.is_none_or(|site| main.contains(&site)));
            // What stands on a machine that is cut off is cut off with it.
            let mut at = Some(machine);
            for _ in 0..self.machines.len() {
                let Some(here) = at else { break };
                reachable &= !self.machines[here].cut;
                at = self.machines[here].below;
            }
            if reachable != self.machines[machine].reachable {
                self.machines[machine].reachable = reachable;
                if reachable { back.push(machine) } else { lost.push(machine) }
            }
        }
        for machine in &lost {
            for pod in self.pods_on(*machine) {
                self.refresh(pod, because);
            }
        }
        for machine in lost {
            if self.machines[machine].up {
                self.node_silent_from(machine, because);
            }
        }
        for machine in back {
            for pod in self.pods_on(machine) {
                self.refresh(pod, because);
            }
            if self.machines[machine].up {
                self.renew_later(machine, because);
            }
        }
        self.planes_changed(because);
    }

    /// The kubelet of a node that was only cut off tries its lease again within seconds.
    fn renew_later(&mut self, machine: usize, because: EntryId) {
        if self.model.machines[machine].cluster.is_none() {
            return;
        }
        // Retries back off from 0.2 to 7 s (Kubernetes documentation, Node Status).
        let wait = self.phases.lapse(super::super::phases::Lapse::between(200_000, 7_000_000));
        self.machines[machine].silence = self.machines[machine].silence.wrapping_add(1);
        let generation = self.machines[machine].silence;
        self.after(wait, Event::NodeReports { node: machine, generation }, because);
    }

    /// The sites that hang together and hold most of the control planes, then most machines; `None`
    /// while no link is cut. Sites that no link names are taken as joined with all.
    fn main_sites(&self) -> Option<Vec<usize>> {
        if !self.links_cut.iter().any(|cut| *cut) {
            return None;
        }
        let mut islands: Vec<Vec<usize>> = Vec::new();
        let linked = |site: usize| self.model.links.iter().flatten().any(|(a, b)| *a == site || *b == site);
        for site in 0..self.model.sites.len() {
            if islands.iter().any(|island| island.contains(&site)) {
                continue;
            }
            let mut island = vec![site];
            let mut at = 0;
            while let Some(here) = island.get(at).copied() {
                at += 1;
                for (number, link) in self.model.links.iter().enumerate() {
                    let Some((a, b)) = link else { continue };
                    if self.links_cut.get(number).copied().unwrap_or(false) {
                        continue;
                    }
                    for (from, to) in [(*a, *b), (*b, *a)] {
                        if from == here && !island.contains(&to) {
                            island.push(to);
                        }
                    }
                }
            }
            islands.push(island);
        }
        let weight = |island: &Vec<usize>| {
            let here = |machine: usize| self.model.machines[machine].site.is_some_and(|site| island.contains(&site));
            let up = |machine: &usize| here(*machine) && self.machines[*machine].up;
            let plane = self.model.clusters.iter().flat_map(|cluster| cluster.plane.iter().copied()).filter(up).count();
            (plane, self.machines.ids().filter(up).count())
        };
        // The first of equals: the order of the design decides, not chance.
        let mut best: Option<(Vec<usize>, (usize, usize))> = None;
        for island in islands {
            let weight = weight(&island);
            if best.as_ref().is_none_or(|(_, most)| weight > *most) {
                best = Some((island, weight));
            }
        }
        let mut main = best.map(|(island, _)| island)?;
        main.extend((0..self.model.sites.len()).filter(|site| !linked(*site)));
        Some(main)
    }
}
