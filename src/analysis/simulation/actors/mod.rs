//! Every actor in its own file: what it does when its event comes.

mod control_plane;
mod daemon_set;
mod database;
mod drain;
mod endpoints;
mod failover;
mod happenings;
mod health_checks;
mod kubelet;
mod members;
mod memory;
mod node_lifecycle;
mod partition;
mod pod_gc;
mod power;
mod probes;
mod processor;
mod reach;
mod replica_set;
mod restarts;
mod restore;
mod scheduler;
mod stateful_set;
mod store;
mod termination;
mod traffic;
mod volumes;

pub(super) use traffic::SAME;

use super::engine::Event;
use super::model::Home;
use super::trace::{Actor, EntryId, Setting, What};
use super::world::{NOWHERE, Pod, Stage, World};
use crate::design::model::component::Workload;

/// The most rounds of one controller at one moment. Each does something, so a few settle it.
const MOST_ROUNDS: usize = 1000;

impl World<'_> {
    /// A component's controller compares what there is with what is wanted.
    pub(super) fn reconcile(&mut self, component: usize, because: EntryId) {
        let spec = self.spec(component);
        let Home::Cluster(cluster) = spec.home else { return };
        if !self.acts(cluster) {
            return;
        }
        // What a controller does changes what it looks at: it finishes its round, then looks again.
        if self.components[component].reconciling {
            self.components[component].look_again = true;
            return;
        }
        self.components[component].reconciling = true;
        for _ in 0..MOST_ROUNDS {
            self.components[component].look_again = false;
            match spec.workload {
                // A Job's controller replaces a pod that is going, as a ReplicaSet does (podReplacementPolicy).
                Workload::Deployment | Workload::Job => self.keep_replicas(component, because),
                Workload::StatefulSet => self.keep_identities(component, because),
                Workload::DaemonSet => self.keep_one_a_node(component, because),
            }
            if !self.components[component].look_again {
                break;
            }
        }
        self.components[component].reconciling = false;
    }

    /// The controller of a component's pods.
    fn controller(&self, component: usize) -> Actor {
        match self.spec(component).workload {
            Workload::Deployment => Actor::ReplicaSet,
            Workload::StatefulSet => Actor::StatefulSet,
            Workload::DaemonSet => Actor::DaemonSet,
            Workload::Job => Actor::Job,
        }
    }

    /// A controller creates a pod; `on` is the only node that it may go to, as a DaemonSet says.
    fn create(&mut self, component: usize, serial: u32, on: Option<usize>, because: EntryId) -> usize {
        let spec = self.spec(component);
        let version = self.components[component].version;
        let volume = spec.reach.map(|_| self.volume_of(component, serial));
        let fresh = Pod {
            component,
            serial,
            version,
            made_for: on.unwrap_or(NOWHERE),
            stage: Stage::Pending,
            volume,
            in_sync: false,
            routed: false,
            ..Pod::default()
        };
        let pod = self.slot(fresh);
        self.components[component].pods.push(pod);
        let actor = self.controller(component);
        let thing = self.thing(pod);
        let entry =
            self.note_by(actor, thing, What::Created, because, Setting::Component(component as u32, "replicas"));
        self.pods[pod].because = entry;
        let generation = self.pods[pod].generation;
        let Home::Cluster(cluster) = spec.home else { return pod };
        let wait = self.phases.lapse(self.model.clusters[cluster].timings.reaction);
        self.after(wait, Event::Schedule { pod, generation }, entry);
        pod
    }

    /// The next number for a Deployment's pod.
    fn next_serial(&mut self, component: usize) -> u32 {
        let serial = self.components[component].next_serial;
        self.components[component].next_serial = serial.saturating_add(1);
        serial
    }
}
