//! `network/ingress-without-tls`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// What is entered from outside is encrypted.
pub static RULE: Rule = Rule {
    code: "network/ingress-without-tls",
    summary: words("An Ingress serves over TLS", "Un Ingress sert en TLS"),
    why: words(
        "Passwords and cookies of visitors cross every network between them and the cluster in the clear.",
        "Mots de passe et cookies des visiteurs traversent en clair tous les réseaux jusqu’au cluster.",
    ),
    detects: words(
        "`spec.tls` of each Ingress, and `tls` of each Route.",
        "`spec.tls` de chaque Ingress, et `tls` de chaque Route.",
    ),
    exceptions: words(
        "A load balancer in front may end TLS: then say so in a waiver.",
        "Un répartiteur devant peut terminer TLS : dites-le alors dans une dérogation.",
    ),
    remedy: words(
        "state `tls` with a Secret that a certificate manager renews",
        "écrivez `tls` avec un Secret que renouvelle un gestionnaire de certificats",
    ),
    sources: &["Kubernetes documentation, Ingress, TLS", "PCI DSS v4.0.1, 4.2.1"],
    severity: Severity::Warning,
    failing: r"
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{host: shop.example}]}
",
    passing: r"
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {tls: [{hosts: [shop.example], secretName: shop-tls}], rules: [{host: shop.example}]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["Ingress", "Route"]) {
        let tls =
            object.at(&["spec", "tls"]).is_some_and(|node| !node.items().is_empty() || !node.entries().is_empty());
        verdicts.push(if tls {
            Verdict::pass(address(object))
        } else {
            let name = &object.name;
            let message = said!("`{name}` serves in the clear", "`{name}` sert en clair");
            Verdict::fail(address(object), message).place(object.place())
        });
    }
    verdicts
}
