//! `probes/identical`

use super::probe_times::patience;
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::{Node, Severity};

/// Readiness takes a pod out before liveness kills it.
pub static RULE: Rule = Rule {
    code: "probes/identical",
    summary: words(
        "Readiness takes a pod out of service before liveness restarts it",
        "La readiness retire un pod du service avant que la liveness ne le redémarre",
    ),
    why: words(
        "Two probes that ask the same with the same patience give an overloaded pod no time to catch up: it is restarted the moment it would have been spared, its load goes to the others, and they follow.",
        "Deux sondes qui posent la même question avec la même patience ne laissent pas à un pod surchargé le temps de se reprendre : il est redémarré au moment où il aurait été mis à l’écart, sa charge passe aux autres, et ils suivent.",
    ),
    detects: words(
        "Readiness and liveness with the same handler, where liveness acts no later than readiness: `period` × `failures` (10 s and 3 where not said).",
        "Readiness et liveness avec la même question, quand la liveness n’agit pas plus tard que la readiness : `period` × `failures` (10 s et 3 à défaut).",
    ),
    exceptions: words(
        "The same cheap path for both is fine, and Kubernetes' documentation calls it a common pattern, as long as liveness is clearly more patient: then this passes. Other tools forbid the same path altogether.",
        "Le même chemin léger pour les deux convient, et la documentation de Kubernetes y voit un usage courant, tant que la liveness est nettement plus patiente : cela passe alors. D’autres outils interdisent tout chemin identique.",
    ),
    remedy: words(
        "give liveness more `failures`, or another path that depends on the process alone",
        "donnez plus de `failures` à la liveness, ou un autre chemin qui ne dépend que du processus",
    ),
    sources: &["Kubernetes documentation, Configure Liveness, Readiness and Startup Probes"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, probes: {readiness: {http: /up}, liveness: {http: /up}}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, probes: {readiness: {http: /up}, liveness: {http: /up, failures: 6}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(probes) = component.probes.as_ref().filter(|_| view.in_kubernetes(component)) else { continue };
        let (Some(readiness), Some(liveness)) = (&probes.readiness, &probes.liveness) else { continue };
        let path = format!("components.{name}");
        let same = readiness.http == liveness.http
            && readiness.tcp == liveness.tcp
            && readiness.exec == liveness.exec
            && readiness.grpc == liveness.grpc;
        let (out, killed) = (patience(readiness), patience(liveness));
        verdicts.push(if !same || killed > out {
            Verdict::pass(path)
        } else {
            let message = said!(
                "`{name}` answers both probes alike: it is restarted after {killed}, and taken out of service after {out}",
                "`{name}` répond aux deux sondes de la même façon : il est redémarré au bout de {killed}, et retiré du service au bout de {out}",
                killed = seconds(killed),
                out = seconds(out)
            );
            let probes = format!("{path}.probes");
            Verdict::fail(path, message)
                .at(format!("{probes}.liveness"))
                .also(format!("{probes}.readiness"), said!("the same question", "la même question"))
        });
    }
    verdicts
}

/// The same of objects, container by container.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let both: Vec<_> = judged
            .containers()
            .into_iter()
            .filter_map(|container| {
                Some((container, container.at(&["readinessProbe"])?, container.at(&["livenessProbe"])?))
            })
            .collect();
        if both.is_empty() {
            continue;
        }
        let broken: Vec<_> = both
            .into_iter()
            .filter(|(_, readiness, liveness)| {
                asks(readiness) == asks(liveness) && patience_of(liveness) <= patience_of(readiness)
            })
            .map(|(container, ..)| (container, container.key("livenessProbe")))
            .collect();
        verdicts.push(judged.verdict(&broken, |who| {
            said!(
                "{who} answers both probes alike: overloaded, it is restarted instead of spared",
                "{who} répond aux deux sondes de la même façon : surchargé, il est redémarré au lieu d’être épargné",
                who = who
            )
        }));
    }
    verdicts
}

/// What a probe asks: its kind, path or command, and port.
fn asks(probe: &Node) -> Vec<String> {
    let mut words = Vec::new();
    for kind in ["httpGet", "tcpSocket", "grpc", "exec"] {
        if let Some(node) = probe.get(kind) {
            words.push(kind.to_owned());
            words.extend(
                ["path", "port", "service"]
                    .iter()
                    .map(|key| node.get(key).and_then(Node::scalar).unwrap_or("").to_owned()),
            );
            let command = node.get("command").map(Node::items).unwrap_or_default();
            words.extend(command.iter().map(|word| word.scalar().unwrap_or("").to_owned()));
        }
    }
    words
}

/// How long a probe may fail before it counts, in seconds; Kubernetes' defaults where it does not say.
fn patience_of(probe: &Node) -> f64 {
    let number =
        |key: &str, default: f64| probe.get(key).and_then(|node| node.scalar()?.parse().ok()).unwrap_or(default);
    number("periodSeconds", 10.0) * number("failureThreshold", 3.0)
}
