//! What an Event means: its reason and the beginning of its message.

use super::what::{Probe, What};

/// What an Event about an object tells, and about which pod where its message names another object
/// than its own; nothing where it tells of no failure and no recovery.
pub(super) fn meaning<'m>(kind: &str, reason: &str, message: &'m str) -> Option<(What, Option<&'m str>)> {
    let is_node = kind.eq_ignore_ascii_case("node");
    let is_pod = kind.eq_ignore_ascii_case("pod");
    let what = match reason {
        "NodeNotReady" if is_node => What::NodeNotReady,
        "NodeReady" if is_node => What::NodeReady,
        "NodeNotReady" => What::PodNotReady,
        "SuccessfulCreate" => return named(message, "Created pod").map(|pod| (What::PodCreated, Some(pod))),
        "SuccessfulDelete" => return named(message, "Deleted pod").map(|pod| (What::PodTerminating, Some(pod))),
        "TaintManagerEviction" if message.starts_with("Cancelling") => return None,
        "TaintManagerEviction" => What::PodTerminating,
        "Scheduled" => What::PodScheduled,
        "FailedScheduling" => What::PodPending(why_pending(message)),
        "Pulled" => What::ImagePulled,
        "Started" if is_pod => What::PodRunning,
        "Killing" if message.starts_with("Stopping") => What::PodTerminating,
        "BackOff" if message.contains("pulling image") => What::PodPending("ImagePullBackOff".to_owned()),
        "BackOff" => What::CrashLoopBackOff,
        "Failed" if message.contains("pull") => What::PodPending("ErrImagePull".to_owned()),
        "Unhealthy" => What::ProbeFailed(Probe::in_text(message)?),
        "Evicted" => What::Evicted,
        "OOMKilling" | "SystemOOM" if is_pod => What::OomKilled,
        "FailedMount" | "FailedAttachVolume" if is_pod => What::PodPending(reason.to_owned()),
        // Warnings that tell of the failure's course; what an image, a lease or a certificate does is left out.
        "OOMKilling" | "SystemOOM" | "Rebooted" | "NodeNotSchedulable" | "DeletingNode" | "FailedKillPod" => {
            What::Other(reason.to_owned())
        }
        _ => return None,
    };
    Some((what, None))
}

/// `quote-app-7d9c6b7f5-x2x1z` in `Created pod: quote-app-7d9c6b7f5-x2x1z`.
fn named<'m>(message: &'m str, verb: &str) -> Option<&'m str> {
    message.strip_prefix(verb)?.trim_start_matches([':', ' ']).split_whitespace().next()
}

/// Why the scheduler found no node, as it says itself: `3 Insufficient cpu` of
/// `0/3 nodes are available: 3 Insufficient cpu. preemption: …`.
fn why_pending(message: &str) -> String {
    let why = message.split_once("nodes are available:").map_or("Unschedulable", |(_, why)| why);
    let why = why.split(['.', ';']).next().unwrap_or("").trim();
    why.chars().take(80).collect()
}
