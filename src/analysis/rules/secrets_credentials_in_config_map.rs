//! `secrets/credentials-in-config-map`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// No credential stands in a ConfigMap.
pub static RULE: Rule = Rule {
    code: "secrets/credentials-in-config-map",
    summary: words("No credential stands in a ConfigMap", "Aucun identifiant ne figure dans un ConfigMap"),
    why: words(
        "ConfigMaps are read by many, are encrypted nowhere, and are printed by every tool.",
        "Les ConfigMaps sont lus par beaucoup, chiffrés nulle part, et affichés par tous les outils.",
    ),
    detects: words(
        "The keys and values of each ConfigMap, by the same signs as in an environment. Values are never shown.",
        "Les clés et valeurs de chaque ConfigMap, par les mêmes signes que dans un environnement. Les valeurs ne sont jamais affichées.",
    ),
    exceptions: words(
        "A password of a test that protects nothing: waive it. Keys that only speak about a credential pass.",
        "Un mot de passe d’essai qui ne protège rien : accordez une dérogation. Les clés qui ne font que parler d’un identifiant passent.",
    ),
    remedy: words(
        "move it into a Secret or a secret store, and change it: it has been seen",
        "déplacez-le dans un Secret ou un coffre, et changez-le : il a été vu",
    ),
    sources: &["Kubernetes documentation, ConfigMaps", "CWE-522", "PCI DSS v4.0.1, 8.6.2"],
    severity: Severity::Error,
    failing: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {DB_PASSWORD: example}
",
    passing: r"
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {DB_HOST: db}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["ConfigMap"]) {
        let entries = object.at(&["data"]).map(Node::entries).unwrap_or_default();
        let found: Vec<_> = entries
            .iter()
            .filter_map(|entry| {
                Some((entry, crate::design::manifests::secrets::because(&entry.key, entry.value.scalar()?)?))
            })
            .collect();
        let Some((first, because)) = found.first() else {
            verdicts.push(Verdict::pass(address(object)));
            continue;
        };
        let (name, key) = (&object.name, &first.key);
        let message = said!(
            "`{name}` has a credential in `{key}`: {because}",
            "`{name}` a un identifiant dans `{key}` : {because}",
            because = because.clone()
        );
        let mut verdict = Verdict::fail(address(object), message).place(first.key_span);
        for (entry, because) in found.iter().skip(1) {
            verdict = verdict.and(entry.key_span, because.clone());
        }
        verdicts.push(verdict);
    }
    verdicts
}
