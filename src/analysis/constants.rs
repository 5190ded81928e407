//! The times that Kubernetes and its neighbours really take, each with its source.
//!
//! A default follows the version and the distribution of a cluster; a design may state another
//! under `constants:`.

use super::derived::Derived;
use super::rule::{Words, words};
use super::view::View;
use crate::design::model::place::{Cluster, Distribution};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Said, Show};

/// One constant.
#[derive(Debug)]
pub struct Constant {
    /// The name under which a design may state another value: `node-monitor-grace-period`.
    pub id: &'static str,
    /// What it is.
    pub meaning: Words,
    /// The default in seconds, for a Kubernetes minor version and a distribution.
    pub default_s: fn(minor: u32, distribution: Distribution) -> f64,
    /// Where the default is said.
    pub source: &'static str,
}

const fn constant(
    id: &'static str,
    en: &'static str,
    fr: &'static str,
    default_s: fn(u32, Distribution) -> f64,
    source: &'static str,
) -> Constant {
    Constant { id, meaning: words(en, fr), default_s, source }
}

/// Every constant that the timelines and the simulator use.
pub static CONSTANTS: [Constant; 21] = [
    constant(
        "node-monitor-grace-period",
        "silence after which a node is NotReady",
        "silence au bout duquel un nœud passe NotReady",
        // The default was raised in 1.32 so that a lease of 40 s can be renewed once more.
        |minor, _| if minor >= 32 { 50.0 } else { 40.0 },
        "kubernetes/kubernetes#127352; CloudNativePG documentation, Failover",
    ),
    constant(
        "node-status-update-frequency",
        "interval between two signs of life of a node",
        "intervalle entre deux signes de vie d’un nœud",
        |_, _| 10.0,
        "Kubernetes documentation, Node Status",
    ),
    constant(
        "node-monitor-period",
        "interval at which the node controller looks",
        "intervalle auquel le contrôleur de nœuds regarde",
        |_, _| 5.0,
        "Kubernetes documentation, kube-controller-manager",
    ),
    constant(
        "toleration-unreachable",
        "time a pod tolerates an unreachable node",
        "durée pendant laquelle un pod tolère un nœud injoignable",
        |_, _| 300.0,
        "Kubernetes documentation, Taints and Tolerations",
    ),
    constant(
        "termination-grace-period",
        "time between the request to stop and the kill",
        "délai entre la demande d’arrêt et la mise à mort",
        |_, _| 30.0,
        "Kubernetes documentation, Pod Lifecycle",
    ),
    constant(
        "probe-period",
        "interval between two probes",
        "intervalle entre deux sondes",
        |_, _| 10.0,
        "Kubernetes documentation, Configure Probes",
    ),
    constant(
        "probe-timeout",
        "time a probe waits for an answer",
        "temps d’attente d’une réponse par une sonde",
        |_, _| 1.0,
        "Kubernetes documentation, Configure Probes",
    ),
    constant(
        "crash-loop-initial",
        "first wait of the restart back-off; the very first restart is immediate",
        "première attente du recul des redémarrages ; le tout premier est immédiat",
        |_, _| 10.0,
        "Kubernetes documentation, Pod Lifecycle",
    ),
    constant(
        "crash-loop-reset",
        "time of running after which the restart back-off starts anew",
        "durée de fonctionnement après laquelle le recul repart de zéro",
        |_, _| 600.0,
        "Kubernetes documentation, Pod Lifecycle",
    ),
    constant(
        "crash-loop-max",
        "longest wait of the restart back-off",
        "plus longue attente du recul des redémarrages",
        |_, _| 300.0,
        "Kubernetes documentation, Pod Lifecycle",
    ),
    constant(
        "endpoint-propagation",
        "from a pod's change to every proxy knowing it",
        "du changement d’un pod à sa connaissance par tous les proxys",
        // kube-proxy gathers changes for up to a second (minSyncPeriod); the EndpointSlice controller adds its own.
        |_, _| 1.0,
        "Kubernetes documentation, kube-proxy configuration (minSyncPeriod)",
    ),
    constant(
        "container-start",
        "from a pod on its node to its process, image there",
        "du pod sur son nœud à son processus, image présente",
        |_, _| 1.0,
        "arXiv 2602.15214 (0.6 to 1.2 s); SIG Scalability, pod startup latency SLO",
    ),
    constant(
        "image-pull",
        "fetching an image where neither stack nor component says how long",
        "téléchargement d’une image quand ni la pile ni le composant ne le disent",
        |_, _| 10.0,
        "assumption; Slacker (FAST 2016): three quarters of a start",
    ),
    constant(
        "force-detach",
        "wait before a volume is detached by force from a node that does not answer",
        "attente avant de détacher de force un volume d’un nœud muet",
        |_, _| 360.0,
        "kubernetes/kubernetes attach_detach_controller.go (maxWaitForUnmountDuration); Node Shutdowns",
    ),
    constant(
        "volume-attach",
        "attaching and mounting a volume",
        "attacher et monter un volume",
        |_, _| 10.0,
        "assumption; cloud volumes attach in 5 to 15 s",
    ),
    constant(
        "pod-gc-period",
        "interval of pod garbage collection",
        "intervalle du ramasse-miettes des pods",
        |_, _| 20.0,
        "kubernetes/kubernetes gc_controller.go (gcCheckPeriod)",
    ),
    constant(
        "pod-gc-quarantine",
        "time a pod without a Node object is left alone",
        "durée pendant laquelle un pod sans objet Node est laissé en paix",
        |_, _| 40.0,
        "kubernetes/kubernetes gc_controller.go (quarantineTime)",
    ),
    constant(
        "eviction-interval",
        "between two nodes of a zone that are tainted",
        "entre deux nœuds d’une zone qui reçoivent le taint",
        |_, _| 10.0,
        "Kubernetes documentation, Nodes (node-eviction-rate 0.1)",
    ),
    constant(
        "leader-lease",
        "silence after which another controller manager takes over",
        "silence au bout duquel un autre controller manager prend le relais",
        |_, _| 15.0,
        "Kubernetes documentation, kube-controller-manager (leader-elect-lease-duration)",
    ),
    constant(
        "control-plane-start",
        "from a running machine to a control plane that acts",
        "d’une machine démarrée à un control plane qui agit",
        |_, _| 15.0,
        "assumption; docs.k3s.io, Resource profiling: a server is up within half a minute",
    ),
    constant(
        "node-report",
        "from a running machine to its kubelet's first report",
        "d’une machine démarrée au premier rapport de son kubelet",
        |_, _| 10.0,
        "assumption; krkn-chaos.dev, node scenarios: Ready 31 to 36 s after the instance runs, boot included",
    ),
];

/// Failures in a row that count where a probe does not say (Kubernetes documentation, Configure Probes).
pub const PROBE_FAILURES: u32 = 3;
/// Patroni's loop, in seconds (Patroni documentation, Dynamic Configuration).
pub const PATRONI_LOOP_S: f64 = 10.0;
/// How long Patroni asks its store again, in seconds (the same page).
pub const PATRONI_RETRY_S: f64 = 10.0;
/// How long a leader's lock holds where a design does not say, in seconds (the same page).
pub const PATRONI_TTL_S: f64 = 30.0;

/// A constant as it holds for a cluster: stated by the design, else the version's default.
pub fn of(view: &View<'_>, cluster_name: &str, cluster: &Cluster, id: &str) -> Option<Derived<f64>> {
    let constant = CONSTANTS.iter().find(|constant| constant.id == id)?;
    if let Some(stated) = cluster.constants.get(id) {
        let path = view.path(&format!("clusters.{cluster_name}.constants.{id}"));
        return Some(Derived::new(stated.value(), Said::by(|lang| stated.show(lang))).from_fact(path));
    }
    let (_, minor) = cluster.kubernetes.value.major_minor();
    let value = (constant.default_s)(minor, cluster.distribution);
    let version = cluster.kubernetes.value.0.as_str();
    let formula = said!("{value} (Kubernetes {version})", "{value} (Kubernetes {version})", value = seconds(value));
    Some(
        Derived::new(value, formula)
            .from_fact(view.path(&format!("clusters.{cluster_name}.kubernetes")))
            .sourced(Said::same(constant.source)),
    )
}
