//! `network/pod-without-policy`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Object;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Node, Severity};

/// A network policy limits who may talk to each pod, and to whom it may talk.
pub static RULE: Rule = Rule {
    code: "network/pod-without-policy",
    summary: words(
        "Network policies limit what each pod is reached by and reaches",
        "Des politiques réseau limitent ce qui atteint chaque pod et ce qu’il atteint",
    ),
    why: words(
        "Without one, whoever takes over any pod of the cluster may talk to this one, and from it to everything else, the provider’s metadata service included.",
        "Sans elle, qui prend le contrôle d’un pod quelconque du cluster peut parler à celui-ci, et de là à tout le reste, service de métadonnées du fournisseur compris.",
    ),
    detects: words(
        "For each workload, the NetworkPolicies of its namespace in the same files that take its pods: one that limits ingress and one that limits egress.",
        "Pour chaque charge, les NetworkPolicies de son namespace dans les mêmes fichiers qui prennent ses pods : l’une limite l’entrée, l’une la sortie.",
    ),
    exceptions: words(
        "Policies are often kept by a platform team in other files: where the files hold no policy at all, it is only noted, unless `ask: always`. Ingress alone is enough to pass, unless `ask: always`.",
        "Les politiques sont souvent gardées ailleurs par une équipe de plateforme : si les fichiers n’en contiennent aucune, c’est seulement noté, sauf `ask: always`. L’entrée seule suffit, sauf `ask: always`.",
    ),
    remedy: words(
        "add a policy that denies by default, then allow what is needed",
        "ajoutez une politique qui refuse par défaut, puis autorisez le nécessaire",
    ),
    sources: &[
        "Kubernetes documentation, Network Policies",
        "NSA and CISA, Kubernetes Hardening Guide 1.2, Network separation",
        "PCI DSS v4.0.1, 1.4.1",
    ],
    severity: Severity::Warning,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.2
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: other}
spec: {podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress]}
",
    passing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.2
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: all}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let any = unit.of_kind("NetworkPolicy").next().is_some();
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let policies: Vec<&Object> = unit.links.policies[judged.at].iter().map(|i| &unit.objects[*i]).collect();
        let limits = |object: &Object, way: &str, key: &str| {
            let types = object.at(&["spec", "policyTypes"]).map(Node::items);
            let named = types.is_some_and(|types| types.iter().any(|item| item.scalar() == Some(way)));
            let stated = object.at(&["spec", key]).is_some();
            // Without types a policy limits ingress, and egress where it has rules for it.
            let by_default = types.is_none() && (way == "Ingress" || stated);
            named || by_default
        };
        let ingress = policies.iter().any(|policy| limits(policy, "Ingress", "ingress"));
        let egress = policies.iter().any(|policy| limits(policy, "Egress", "egress"));
        if ingress && (egress || !always) {
            verdicts.push(Verdict::pass(judged.path()));
            continue;
        }
        let name = judged.name();
        let message = if policies.is_empty() {
            said!("no network policy applies to `{name}`", "aucune politique réseau ne s’applique à `{name}`")
        } else if ingress {
            said!(
                "no network policy limits what `{name}` reaches",
                "aucune politique réseau ne limite ce que `{name}` atteint"
            )
        } else {
            said!(
                "no network policy limits what reaches `{name}`",
                "aucune politique réseau ne limite ce qui atteint `{name}`"
            )
        };
        let verdict = Verdict::fail(judged.path(), message).place(judged.object.place());
        verdicts.push(if any || always { verdict } else { verdict.at_most(Severity::Note) });
    }
    verdicts
}
