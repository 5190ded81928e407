//! `availability/autoscaler-minimum`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// An autoscaler keeps more than one pod.
pub static RULE: Rule = Rule {
    code: "availability/autoscaler-minimum",
    summary: words("An autoscaler keeps more than one pod", "Un autoscaler garde plus d’un pod"),
    why: words(
        "At night it scales down to its minimum: with one pod, the first failure then is an outage.",
        "La nuit, il descend à son minimum : avec un seul pod, la première panne est alors une coupure.",
    ),
    detects: words(
        "`minReplicas` of a HorizontalPodAutoscaler is below `at_least` (2). Where it is not said, Kubernetes keeps one, which is only noted.",
        "`minReplicas` d’un HorizontalPodAutoscaler est inférieur à `at_least` (2). Sans valeur, Kubernetes en garde un, ce qui est seulement noté.",
    ),
    exceptions: words(
        "What only works on a queue may scale down to one, or to none. Peers ask for two or three: `at_least` says how many.",
        "Ce qui ne fait que traiter une file peut descendre à un, voire à zéro. D’autres outils exigent deux ou trois : `at_least` dit combien.",
    ),
    remedy: words("set `minReplicas` to at least 2", "portez `minReplicas` à 2 au moins"),
    sources: &["Kubernetes documentation, Horizontal Pod Autoscaling"],
    severity: Severity::Warning,
    failing: r"
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 1, maxReplicas: 5}
",
    passing: r"
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let enough = view.at_least(RULE.code, 2);
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["HorizontalPodAutoscaler"]) {
        let least = object.at(&["spec", "minReplicas"]);
        let count = least.and_then(|node| node.scalar()?.parse::<u32>().ok()).unwrap_or(1);
        verdicts.push(if count >= enough {
            Verdict::pass(address(object))
        } else {
            let name = &object.name;
            let message = said!("`{name}` scales down to {count}", "`{name}` descend à {count}", count = count);
            let place = least.map_or_else(|| object.place(), |node| node.span);
            let verdict = Verdict::fail(address(object), message).place(place);
            if least.is_some() { verdict } else { verdict.at_most(Severity::Note) }
        });
    }
    verdicts
}
