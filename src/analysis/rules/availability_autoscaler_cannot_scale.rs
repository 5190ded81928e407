//! `availability/autoscaler-cannot-scale`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// An autoscaler has room between its bounds.
pub static RULE: Rule = Rule {
    code: "availability/autoscaler-cannot-scale",
    summary: words("An autoscaler has room between its bounds", "Un autoscaler a de la marge entre ses bornes"),
    why: words(
        "With the same minimum and maximum it does nothing, and who relies on it under load is on their own.",
        "Avec le même minimum et le même maximum, il ne fait rien, et qui compte sur lui sous la charge est seul.",
    ),
    detects: words(
        "`maxReplicas` of a HorizontalPodAutoscaler is not above its `minReplicas`.",
        "`maxReplicas` d’un HorizontalPodAutoscaler n’est pas supérieur à son `minReplicas`.",
    ),
    exceptions: words(
        "During an incident bounds are pinned on purpose: waive it until the day it ends.",
        "Pendant un incident, on fige les bornes exprès : accordez une dérogation jusqu’à sa fin.",
    ),
    remedy: words(
        "raise `maxReplicas`, or state `replicas` and remove the autoscaler",
        "augmentez `maxReplicas`, ou écrivez `replicas` et retirez l’autoscaler",
    ),
    sources: &["Kubernetes documentation, Horizontal Pod Autoscaling"],
    severity: Severity::Warning,
    failing: r"
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 5, maxReplicas: 5}
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
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["HorizontalPodAutoscaler"]) {
        let number = |key: &str| object.text(&["spec", key]).and_then(|text| text.parse::<u32>().ok());
        let Some(most) = number("maxReplicas") else { continue };
        let least = number("minReplicas").unwrap_or(1);
        verdicts.push(if most > least {
            Verdict::pass(address(object))
        } else {
            let name = &object.name;
            let message = said!(
                "`{name}` has no room: from {least} to {most}",
                "`{name}` n’a pas de marge : de {least} à {most}",
                least = least,
                most = most
            );
            let place = object.at(&["spec", "maxReplicas"]).map_or_else(|| object.place(), |node| node.span);
            Verdict::fail(address(object), message).place(place)
        });
    }
    verdicts
}
