//! What can be seen happening to a pod or a node, and the words for it.

use crate::said;
use crate::source::{Lang, Said, Show};

/// Something that was seen to happen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The node controller gave a node up.
    NodeNotReady,
    /// A node is ready, again or for the first time.
    NodeReady,
    /// A controller created a pod.
    PodCreated,
    /// A pod got its node.
    PodScheduled,
    /// A pod cannot start, with the reason; empty where none was given.
    PodPending(String),
    /// A pod's containers run.
    PodRunning,
    /// A pod may get traffic.
    PodReady,
    /// A pod that ran gets no traffic any more.
    PodNotReady,
    /// A pod's deletion was asked for.
    PodTerminating,
    /// A pod's object is gone.
    PodGone,
    /// A container was restarted; how often by then.
    PodRestarted(u32),
    /// The kubelet waits before it restarts a container again.
    CrashLoopBackOff,
    /// A container was killed at its memory limit.
    OomKilled,
    /// A pod was evicted.
    Evicted,
    /// An image was pulled, or was there.
    ImagePulled,
    /// A probe failed.
    ProbeFailed(Probe),
    /// The endpoints of a service changed.
    EndpointsChanged,
    /// Anything else, in the words of whoever saw it.
    Other(String),
}

/// Which probe failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Probe {
    /// The startup probe.
    Startup,
    /// The readiness probe.
    Readiness,
    /// The liveness probe.
    Liveness,
}

impl Probe {
    fn word(self) -> &'static str {
        match self {
            Probe::Startup => "startup",
            Probe::Readiness => "readiness",
            Probe::Liveness => "liveness",
        }
    }

    /// The probe that a text names first, if it names one.
    pub(super) fn in_text(text: &str) -> Option<Probe> {
        let lower = text.trim_start().to_ascii_lowercase();
        [Probe::Startup, Probe::Readiness, Probe::Liveness].into_iter().find(|probe| lower.starts_with(probe.word()))
    }
}

impl What {
    /// Whether it is a sign that something fails, rather than of something starting or working.
    pub fn is_sign_of_failure(&self) -> bool {
        matches!(
            self,
            What::NodeNotReady
                | What::PodNotReady
                | What::PodTerminating
                | What::PodGone
                | What::PodRestarted(_)
                | What::CrashLoopBackOff
                | What::OomKilled
                | What::Evicted
                | What::ProbeFailed(_)
                | What::Other(_)
        )
    }

    /// Whether two are of one kind, whatever their reasons and counts: an observed restart answers a
    /// simulated one, however many there were before.
    pub fn same_kind(&self, other: &What) -> bool {
        match (self, other) {
            (What::ProbeFailed(one), What::ProbeFailed(two)) => one == two,
            (What::Other(one), What::Other(two)) => one == two,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// What a person wrote about an object of a kind: `NotReady`, `readiness probe failed`,
    /// `restarted 2`; what is no known word is kept as it was written.
    pub(super) fn from_words(kind: &str, words: &str) -> What {
        let words = words.trim().trim_end_matches('.');
        let plain: String = words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let is_node = kind == "node";
        let first = plain.split([' ', ':', '(']).next().unwrap_or("");
        let rest = plain[first.len()..].trim_matches([' ', ':', '(', ')']);
        match (plain.as_str(), first) {
            ("notready" | "not ready" | "unready" | "nodenotready", _) if is_node => What::NodeNotReady,
            ("ready" | "nodeready", _) if is_node => What::NodeReady,
            _ if is_node => What::Other(words.to_owned()),
            ("notready" | "not ready" | "unready", _) => What::PodNotReady,
            ("ready", _) => What::PodReady,
            ("created", _) => What::PodCreated,
            ("scheduled", _) => What::PodScheduled,
            ("running" | "started", _) => What::PodRunning,
            ("terminating", _) => What::PodTerminating,
            ("gone" | "deleted" | "removed", _) => What::PodGone,
            ("crashloopbackoff", _) => What::CrashLoopBackOff,
            ("oomkilled" | "oom killed", _) => What::OomKilled,
            ("evicted", _) => What::Evicted,
            ("image pulled" | "pulled", _) => What::ImagePulled,
            ("endpoints changed" | "endpoints", _) => What::EndpointsChanged,
            (_, "pending") => What::PodPending(rest.to_owned()),
            (_, "restarted") => What::PodRestarted(rest.parse().unwrap_or(1)),
            _ => match Probe::in_text(&plain).filter(|_| plain.ends_with("probe failed")) {
                Some(probe) => What::ProbeFailed(probe),
                None => What::Other(words.to_owned()),
            },
        }
    }
}

impl Show for What {
    fn show(&self, lang: Lang) -> String {
        self.said().show(lang)
    }
}

impl What {
    /// It in a few words, Kubernetes' own where it has one.
    pub fn said(&self) -> Said {
        match self {
            What::NodeNotReady | What::PodNotReady => Said::same("NotReady"),
            What::NodeReady | What::PodReady => Said::same("Ready"),
            What::PodCreated => said!("pod created", "pod créé"),
            What::PodScheduled => said!("pod scheduled", "pod placé"),
            What::PodPending(reason) if reason.is_empty() => Said::same("Pending"),
            What::PodPending(reason) => said!("Pending ({reason})", "Pending ({reason})"),
            What::PodRunning => Said::same("Running"),
            What::PodTerminating => Said::same("Terminating"),
            What::PodGone => said!("pod gone", "pod disparu"),
            What::PodRestarted(1) => said!("restarted", "redémarré"),
            What::PodRestarted(n) => said!("restart no. {n}", "redémarrage nº\u{a0}{n}", n = *n),
            What::CrashLoopBackOff => Said::same("CrashLoopBackOff"),
            What::OomKilled => Said::same("OOMKilled"),
            What::Evicted => said!("evicted", "évincé"),
            What::ImagePulled => said!("image pulled", "image téléchargée"),
            What::ProbeFailed(probe) => {
                let probe = probe.word();
                said!("{probe} probe failed", "sonde {probe} en échec")
            }
            What::EndpointsChanged => said!("endpoints changed", "endpoints modifiés"),
            What::Other(words) => Said::same(words.clone()),
        }
    }
}
