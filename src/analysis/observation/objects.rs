//! Format: `kubectl get events,pods,nodes -o json`, whole, cut off, or as `--watch` prints it.

use std::collections::BTreeMap;

use super::json;
use super::log::{Log, Sighting};
use super::reasons::meaning;
use super::times::{Line, Moment, leading};
use super::what::What;
use crate::said;
use crate::source::{Diagnostic, Node, Severity, Span};

/// How far apart two tellings of one thing may be: two clocks, each cut to the second.
const SAME_S: f64 = 2.0;

/// Reads all that a text of JSON tells.
pub(super) fn read(text: &str, log: &mut Log<'_>) {
    let found = json::read(text, log.origin.file, log.origin.offset);
    if let Some((at, ends)) = found.broken {
        log.diagnostics.push(truncated(log.place(at, at), ends));
    }
    log.too_much |= found.too_much;
    for value in &found.values {
        object(value, "", false, log);
    }
    // Objects come in the order of their kinds; what they tell has its own times.
    log.sightings.sort_by(|a, b| a.moment.at_s.total_cmp(&b.moment.at_s));
    once(&mut log.sightings);
}

/// An Event and the object that it is about tell the same thing, and may be a second apart: kept is
/// what tells it first.
fn once(sightings: &mut Vec<Sighting>) {
    let mut last: BTreeMap<(String, What), f64> = BTreeMap::new();
    sightings.retain(|sighting| {
        let at_s = sighting.moment.at_s;
        let key = (sighting.object.clone(), sighting.what.clone());
        let again = last.get(&key).is_some_and(|before| at_s - before <= SAME_S);
        if !again {
            last.insert(key, at_s);
        }
        !again
    });
}

fn truncated(place: Span, ends: bool) -> Diagnostic {
    let message = if ends {
        said!("this JSON ends in the middle of an object", "ce JSON s’arrête au milieu d’un objet")
    } else {
        said!("this JSON breaks off here", "ce JSON s’interrompt ici")
    };
    Diagnostic::error("observed/truncated", place, message)
        .severity(Severity::Warning)
        .label(said!("what stands before this is used", "ce qui précède est utilisé"))
        .help(said!("record it again, to its end", "enregistrez-le à nouveau, jusqu’au bout"))
}

/// An object, a list of them, or one of a watch with its type around it. Items of a typed list
/// (`PodList`) do not say their kind themselves.
fn object(node: &Node, of: &str, gone: bool, log: &mut Log<'_>) {
    let own = text(node, "kind");
    let kind = if own.is_empty() { of } else { own };
    if let Some(inner) = node.get("object") {
        return object(inner, "", text(node, "type") == "DELETED", log);
    }
    let list = if node.items().is_empty() { node.get("items").map_or(&[][..], Node::items) } else { node.items() };
    if !list.is_empty() {
        let of = kind.strip_suffix("List").unwrap_or("");
        return list.iter().for_each(|item| object(item, of, false, log));
    }
    log.objects += usize::from(!kind.is_empty() && !kind.ends_with("List"));
    match kind {
        "Pod" => pod(node, gone, log),
        "Node" => machine(node, log),
        "Event" => event(node, log),
        _ => {}
    }
}

fn text<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::scalar).unwrap_or("")
}

/// The moment under a key; `null` and what is no time are none.
fn moment(node: &Node, key: &str) -> Option<Moment> {
    let (moment, rest) = leading(text(node, key))?;
    (rest.is_empty() && moment.line == Line::Zoned).then_some(moment)
}

fn see(log: &mut Log<'_>, node: &Node, object: &str, what: What, moment: Option<Moment>) {
    if let Some(moment) = moment {
        log.see(Sighting { moment, object: object.to_owned(), what, span: node.span, in_order: false });
    }
}

fn conditions(status: &Node) -> impl Iterator<Item = (&str, &str, &Node)> {
    let all = status.get("conditions").map_or(&[][..], Node::items);
    all.iter().map(|condition| (text(condition, "type"), text(condition, "status"), condition))
}

fn machine(node: &Node, log: &mut Log<'_>) {
    let (Some(metadata), Some(status)) = (node.get("metadata"), node.get("status")) else { return };
    let name = format!("node/{}", text(metadata, "name"));
    for (_, is, condition) in conditions(status).filter(|(kind, ..)| *kind == "Ready") {
        let what = if is == "True" { What::NodeReady } else { What::NodeNotReady };
        see(log, node, &name, what, moment(condition, "lastTransitionTime"));
    }
}

fn pod(node: &Node, gone: bool, log: &mut Log<'_>) {
    let Some(metadata) = node.get("metadata") else { return };
    let name = format!("pod/{}", text(metadata, "name"));
    see(log, node, &name, What::PodCreated, moment(metadata, "creationTimestamp"));
    if let Some(mut end) = moment(metadata, "deletionTimestamp") {
        if gone {
            see(log, node, &name, What::PodGone, Some(end));
        }
        // The timestamp is when the grace ends; the deletion was asked for that much earlier.
        end.at_s -= text(metadata, "deletionGracePeriodSeconds").parse::<f64>().unwrap_or(0.0).clamp(0.0, 86_400.0);
        see(log, node, &name, What::PodTerminating, Some(end));
    }
    let Some(status) = node.get("status") else { return };
    let containers = status.get("containerStatuses").map_or(&[][..], Node::items);
    let started =
        containers.iter().filter_map(|it| it.get("state")?.get("running")).filter_map(|it| moment(it, "startedAt"));
    let started = started.max_by(|a, b| a.at_s.total_cmp(&b.at_s));
    let restarts = containers.iter().filter_map(|it| text(it, "restartCount").parse::<u32>().ok()).max().unwrap_or(0);
    let runs = if restarts == 0 { What::PodRunning } else { What::PodRestarted(restarts) };
    see(log, node, &name, runs, started);
    for container in containers {
        ended(node, &name, container, log);
    }
    for (kind, is, condition) in conditions(status) {
        let at = moment(condition, "lastTransitionTime");
        match (kind, is) {
            ("PodScheduled", "True") => see(log, node, &name, What::PodScheduled, at),
            ("PodScheduled", _) => {
                let why = meaning("Pod", "FailedScheduling", text(condition, "message"));
                see(log, node, &name, why.map_or(What::PodPending(String::new()), |(what, _)| what), at);
            }
            ("Ready", "True") => see(log, node, &name, What::PodReady, at),
            // A pod that has not started yet is not ready either, and that is no news.
            ("Ready", "False") if at.zip(started).is_some_and(|(at, started)| at.at_s > started.at_s) => {
                see(log, node, &name, What::PodNotReady, at);
            }
            ("DisruptionTarget", "True") => see(log, node, &name, What::Evicted, at),
            _ => {}
        }
    }
}

/// How a container ended last, and whether the kubelet waits before it starts it again.
fn ended(node: &Node, pod: &str, container: &Node, log: &mut Log<'_>) {
    let terminated = |key: &str| container.get(key).and_then(|state| state.get("terminated"));
    let Some(last) = terminated("state").or_else(|| terminated("lastState")) else { return };
    let at = moment(last, "finishedAt");
    if text(last, "reason") == "OOMKilled" {
        see(log, node, pod, What::OomKilled, at);
    }
    let waiting = container.get("state").and_then(|state| state.get("waiting"));
    if waiting.is_some_and(|waiting| text(waiting, "reason") == "CrashLoopBackOff") {
        see(log, node, pod, What::CrashLoopBackOff, at);
    }
}

fn event(node: &Node, log: &mut Log<'_>) {
    let Some(about) = node.get("involvedObject").or_else(|| node.get("regarding")) else { return };
    // An Event that is counted up tells when it came first; the exact time is in the newer fields.
    let times = ["eventTime", "firstTimestamp", "deprecatedFirstTimestamp", "lastTimestamp", "deprecatedLastTimestamp"];
    let at = times.iter().find_map(|key| moment(node, key));
    let at = at.or_else(|| moment(node.get("metadata")?, "creationTimestamp"));
    let message = if node.get("message").is_some() { text(node, "message") } else { text(node, "note") };
    let kind = text(about, "kind");
    let Some((what, other)) = meaning(kind, text(node, "reason"), message) else { return };
    let object = match other {
        Some(pod) => format!("pod/{pod}"),
        None => format!("{}/{}", kind.to_lowercase(), text(about, "name")),
    };
    see(log, node, &object, what, at);
}
