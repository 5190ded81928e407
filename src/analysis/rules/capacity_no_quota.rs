//! `capacity/no-quota`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A namespace has a quota.
pub static RULE: Rule = Rule {
    code: "capacity/no-quota",
    summary: words(
        "A namespace of one’s own has a quota, and defaults for limits",
        "Un namespace a un quota, et des limites par défaut",
    ),
    why: words(
        "One runaway deployment takes all room of the cluster, and everybody’s next pod waits.",
        "Un seul déploiement emballé prend toute la place du cluster, et le prochain pod de chacun attend.",
    ),
    detects: words(
        "For each Namespace of the files, a ResourceQuota in it.",
        "Pour chaque Namespace des fichiers, un ResourceQuota dedans.",
    ),
    exceptions: words(
        "A cluster of one team needs none: a note.",
        "Un cluster d’une seule équipe n’en a pas besoin : une note.",
    ),
    remedy: words("add a ResourceQuota and a LimitRange", "ajoutez un ResourceQuota et un LimitRange"),
    sources: &["Kubernetes documentation, Resource Quotas", "Kubernetes documentation, Limit Ranges"],
    severity: Severity::Note,
    failing: r"
apiVersion: v1
kind: Namespace
metadata: {name: shop}
",
    passing: r"
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: shop, namespace: shop}
spec: {hard: {requests.cpu: '10'}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["Namespace"]) {
        let name = &object.name;
        let limited = objects(view, &["ResourceQuota"]).iter().any(|(_, quota)| quota.namespace() == name);
        verdicts.push(if limited {
            Verdict::pass(address(object))
        } else {
            let message = said!(
                "nothing limits what `{name}` takes of its cluster",
                "rien ne limite ce que `{name}` prend à son cluster"
            );
            Verdict::fail(address(object), message).place(object.place())
        });
    }
    verdicts
}
