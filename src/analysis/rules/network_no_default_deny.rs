//! `network/no-default-deny`

use crate::analysis::exposure::open_by_nature;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::organisation::{DefaultPolicy, Segment};
use crate::design::model::place::{Cluster, NetworkPolicy};
use crate::said;
use crate::source::Severity;

/// What is not allowed is refused.
pub static RULE: Rule = Rule {
    code: "network/no-default-deny",
    summary: words("Networks refuse what nothing allows", "Les réseaux refusent ce que rien n’autorise"),
    why: words(
        "Kubernetes lets every pod reach every other one: an intruder in the least of them reaches the database. With a default of denying, a flow exists because somebody wrote it down.",
        "Kubernetes laisse chaque pod joindre tous les autres : un intrus dans le moindre d’entre eux atteint la base. Avec un refus par défaut, un flux existe parce que quelqu’un l’a écrit.",
    ),
    detects: words(
        "`network_policy` of each cluster, where `default-deny` passes, and `default` of each segment, where `deny` passes. Segments of no trust that are not a DMZ, such as the Internet, have nothing to refuse.",
        "`network_policy` de chaque cluster, où `default-deny` passe, et `default` de chaque segment, où `deny` passe. Les segments sans confiance qui ne sont pas une DMZ, comme Internet, n’ont rien à refuser.",
    ),
    exceptions: words(
        "A cluster with one team and one application gains less, hence a note in a lab. Policies bind only with a network plugin that enforces them; k3s brings one, kubeadm none. `partial` fails: the namespaces without policies are the way in.",
        "Un cluster d’une équipe et d’une application y gagne moins : une simple note dans un lab. Les politiques ne lient qu’avec un plugin réseau qui les applique ; k3s en a un, kubeadm aucun. `partial` échoue : les namespaces sans politique sont la porte d’entrée.",
    ),
    remedy: words(
        "apply a default-deny NetworkPolicy to every namespace, then allow flow by flow; refuse by default in the segment",
        "appliquez une NetworkPolicy de refus par défaut à chaque namespace, puis autorisez flux par flux ; refusez par défaut dans le segment",
    ),
    sources: &[
        "Kubernetes documentation, Network Policies, Default policies",
        "PCI DSS v4.0.1, 1.3.1 and 1.4.2 (inbound traffic restricted to what is necessary, all other denied)",
        "CIS Kubernetes Benchmark, section 5.3 (network policies)",
        "UNECE R155, annex 5 (vehicle networks are separated)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: finance
segments: {app: {trust: internal, default: allow}}
",
    passing: r"
kind: design
name: shop
context: finance
segments: {internet: {trust: untrusted}, app: {trust: internal, default: deny}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let clusters = view.design.clusters.iter().map(|(name, cluster)| of_cluster(name, cluster));
    let segments = view.design.segments.iter().filter(|(_, segment)| !open_by_nature(segment));
    clusters.chain(segments.map(|(name, segment)| of_segment(name, segment))).collect()
}

fn of_cluster(name: &str, cluster: &Cluster) -> Verdict {
    let path = format!("clusters.{name}");
    let at = format!("{path}.network_policy");
    match cluster.network_policy {
        Some(NetworkPolicy::DefaultDeny) => Verdict::pass(path),
        Some(NetworkPolicy::Partial) => Verdict::fail(
            path,
            said!("some namespaces of `{name}` have no network policy: their pods reach, and are reached by, everything", "des namespaces de `{name}` n’ont aucune politique réseau : leurs pods joignent tout, et tout les joint"),
        )
        .at(at),
        Some(NetworkPolicy::None) => Verdict::fail(path, said!("every pod of `{name}` may reach every other one", "chaque pod de `{name}` peut joindre tous les autres")).at(at),
        None => Verdict::unanswered(
            path,
            said!("what may a pod of `{name}` reach where no policy says otherwise? Kubernetes’ own answer is: everything", "que peut joindre un pod de `{name}` si aucune politique ne dit rien ? La réponse de Kubernetes est : tout"),
        )
        .help(said!("write `network_policy: default-deny`, `partial` or `none`", "écrivez `network_policy: default-deny`, `partial` ou `none`")),
    }
}

fn of_segment(name: &str, segment: &Segment) -> Verdict {
    let path = format!("segments.{name}");
    match segment.default {
        Some(DefaultPolicy::Deny) => Verdict::pass(path),
        Some(DefaultPolicy::Allow) => {
            let verdict = Verdict::fail(
                &path,
                said!(
                    "segment `{name}` lets in what nothing allows",
                    "le segment `{name}` laisse entrer ce que rien n’autorise"
                ),
            )
            .at(format!("{path}.default"));
            match segment.allows.len() {
                0 => verdict,
                n => verdict.also(
                    format!("{path}.allows"),
                    said!("{n} allowances without effect", "{n} autorisations sans effet", n = n),
                ),
            }
        }
        None => Verdict::unanswered(
            &path,
            said!(
                "what happens to a flow into `{name}` that nothing allows?",
                "qu’advient-il d’un flux vers `{name}` que rien n’autorise ?"
            ),
        )
        .at(format!("{path}.trust"))
        .help(said!("write `default: deny` or `default: allow`", "écrivez `default: deny` ou `default: allow`")),
    }
}
