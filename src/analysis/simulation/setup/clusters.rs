//! Clusters, and the times that their version and distribution wait.

use super::super::engine::{SECOND, Time, micros};
use super::super::model::{ClusterSpec, Timings};
use super::super::phases::Lapse;
use super::super::table::Table;
use super::{Setup, seconds};
use crate::analysis::constants;
use crate::design::model::place::{Cluster, Datastore, Distribution};

/// Every cluster of the design.
pub(super) fn clusters(setup: &Setup<'_, '_>) -> Table<ClusterSpec> {
    let view = setup.view;
    let clusters = view.design.clusters.iter().map(|(name, cluster)| {
        let plane: Vec<usize> = cluster.control_plane.as_ref().map_or(Vec::new(), |plane| {
            let all = plane.hosts.iter().flat_map(|group| view.group(group));
            all.take(plane.members as usize).collect()
        });
        let majority = match cluster.control_plane.as_ref().map(|plane| plane.datastore) {
            // A consensus store needs more than half; behind another database one server is enough.
            Some(Datastore::Etcd) => plane.len() / 2 + 1,
            Some(Datastore::Sqlite | Datastore::External) => 1,
            None => 0,
        };
        ClusterSpec {
            nodes: view.nodes(cluster),
            plane,
            majority,
            k3s: cluster.distribution == Distribution::K3s,
            minor: cluster.kubernetes.value.major_minor().1,
            timings: timings(setup, name, cluster),
        }
    });
    Table::of(clusters.collect())
}

fn timings(setup: &Setup<'_, '_>, name: &str, cluster: &Cluster) -> Timings {
    let constant = |id: &str| constants::of(setup.view, name, cluster, id).map_or(0.0, |constant| constant.value);
    let time = |id: &str| -> Time { micros(constant(id)) };
    // What the design states holds as stated; a default is the middle of what is seen.
    let around = |id: &str, share: f64| {
        let middle = constant(id);
        let share = if cluster.constants.contains_key(id) { 0.0 } else { share };
        seconds(middle * (1.0 - share), middle * (1.0 + share))
    };
    let lease = constant("leader-lease");
    Timings {
        grace: time("node-monitor-grace-period"),
        lease: time("node-status-update-frequency").max(1),
        monitor: time("node-monitor-period").max(1),
        toleration: time("toleration-unreachable"),
        crash_initial: time("crash-loop-initial"),
        crash_most: time("crash-loop-max"),
        crash_reset: time("crash-loop-reset"),
        propagation: around("endpoint-propagation", 0.8),
        // Watches deliver within milliseconds; queues of a small cluster are short.
        reaction: Lapse::between(SECOND / 50, SECOND / 5),
        container_start: around("container-start", 0.5),
        // The kubelet lists its containers every second (pod lifecycle event generator).
        relist: Lapse::between(0, SECOND),
        attach: around("volume-attach", 0.5),
        force_detach: time("force-detach"),
        gc_period: time("pod-gc-period").max(1),
        quarantine: time("pod-gc-quarantine"),
        eviction_interval: time("eviction-interval"),
        // The lease was last renewed up to two seconds before, and is asked for every two (leader-elect-retry-period).
        leader_change: seconds((lease - 2.0).max(0.0), lease + 2.0),
        control_start: around("control-plane-start", 0.5),
        node_report: around("node-report", 0.5),
        schedule_initial: SECOND,
        schedule_most: 10 * SECOND,
        // Fetching an image again backs off like restarts do (Kubernetes documentation, Images).
        pull_initial: 10 * SECOND,
        pull_most: 300 * SECOND,
        // Node-pressure Eviction: housekeeping-interval, eviction-pressure-transition-period.
        housekeeping: 10 * SECOND,
        pressure: 300 * SECOND,
        // `kubectl drain` asks again every five seconds.
        drain_retry: 5 * SECOND,
    }
}
