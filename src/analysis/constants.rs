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

/// Every constant that the timelines use.
pub static CONSTANTS: [Constant; 9] = [
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
];

/// Failures in a row that count where a probe does not say (Kubernetes documentation, Configure Probes).
pub const PROBE_FAILURES: u32 = 3;
/// Patroni's loop, in seconds (Patroni documentation, Dynamic Configuration).
pub const PATRONI_LOOP_S: f64 = 10.0;
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
