//! `availability/budget-without-limit`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A budget says what it limits.
pub static RULE: Rule = Rule {
    code: "availability/budget-without-limit",
    summary: words(
        "A budget says how many pods must stay or may go",
        "Un budget dit combien de pods doivent rester ou peuvent partir",
    ),
    why: words(
        "A budget that says neither protects nothing, and looks as if it did.",
        "Un budget qui ne dit ni l’un ni l’autre ne protège rien, tout en ayant l’air de le faire.",
    ),
    detects: words(
        "A PodDisruptionBudget with neither `minAvailable` nor `maxUnavailable`.",
        "Un PodDisruptionBudget sans `minAvailable` ni `maxUnavailable`.",
    ),
    exceptions: words("None is known.", "Aucune n’est connue."),
    remedy: words("state `maxUnavailable: 1`", "écrivez `maxUnavailable: 1`"),
    sources: &["Kubernetes documentation, Specifying a Disruption Budget for your Application"],
    severity: Severity::Warning,
    failing: r"
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}}
",
    passing: r"
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["PodDisruptionBudget"]) {
        let says = ["minAvailable", "maxUnavailable"].iter().any(|key| object.at(&["spec", key]).is_some());
        verdicts.push(if says {
            Verdict::pass(address(object))
        } else {
            let name = &object.name;
            let message = said!(
                "the budget `{name}` says neither how many stay nor how many may go",
                "le budget `{name}` ne dit ni combien restent, ni combien peuvent partir"
            );
            Verdict::fail(address(object), message).place(object.place())
        });
    }
    verdicts
}
