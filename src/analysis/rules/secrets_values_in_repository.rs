//! `secrets/values-in-repository`

use crate::analysis::manifests::{address, objects};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A Secret’s values do not stand beside the code.
pub static RULE: Rule = Rule {
    code: "secrets/values-in-repository",
    summary: words("A Secret’s values do not stand in a file", "Les valeurs d’un Secret ne sont pas dans un fichier"),
    why: words(
        "Base64 is no encryption: whoever has the repository has the credential, in every clone and for ever.",
        "Le base64 n’est pas un chiffrement : qui a le dépôt a l’identifiant, dans chaque clone et pour toujours.",
    ),
    detects: words(
        "Objects of kind Secret with `data` or `stringData`. Dumps of a live cluster are not judged, and neither are sealed or external secrets. Values are never shown.",
        "Les objets Secret avec `data` ou `stringData`. Les exports d’un cluster ne sont pas jugés, ni les secrets scellés ou externes. Les valeurs ne sont jamais affichées.",
    ),
    exceptions: words(
        "Placeholders in an example: waive it, or leave `data` out.",
        "Des valeurs factices dans un exemple : accordez une dérogation, ou omettez `data`.",
    ),
    remedy: words(
        "seal it, fetch it from a secret store (ExternalSecret, CSI driver), and change it: it has been seen",
        "scellez-le, ou cherchez-le dans un coffre (ExternalSecret, pilote CSI), et changez-le : il a été vu",
    ),
    sources: &["Kubernetes documentation, Good practices for Kubernetes Secrets", "CWE-798"],
    severity: Severity::Warning,
    failing: r"
apiVersion: v1
kind: Secret
metadata: {name: db}
stringData: {password: example}
",
    passing: r"
apiVersion: v1
kind: Secret
metadata: {name: db, annotations: {filled-by: external-secrets}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, object) in objects(view, &["Secret"]) {
        if object.at(&["metadata", "uid"]).is_some() {
            continue;
        }
        let written = ["data", "stringData"]
            .iter()
            .find_map(|key| object.root.entry(key).filter(|entry| !entry.value.entries().is_empty()));
        verdicts.push(match written {
            None => Verdict::pass(address(object)),
            Some(entry) => {
                let name = &object.name;
                let message = said!(
                    "the values of the Secret `{name}` stand in this file",
                    "les valeurs du Secret `{name}` sont dans ce fichier"
                );
                Verdict::fail(address(object), message).place(entry.key_span)
            }
        });
    }
    verdicts
}
