//! `secrets/credential-in-variable`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Node, Severity, Span};

/// A credential reaches a container as a file.
pub static RULE: Rule = Rule {
    code: "secrets/credential-in-variable",
    summary: words("A credential reaches a container as a file", "Un identifiant parvient à un conteneur en fichier"),
    why: words(
        "Variables are inherited by every child process, printed by crash reports and debug pages, and stay as they were until a restart; a mounted file follows a rotation.",
        "Les variables passent à tout processus fils, s’impriment dans les rapports de plantage et pages de débogage, et restent telles quelles jusqu’au redémarrage ; un fichier monté suit une rotation.",
    ),
    detects: words(
        "`secretKeyRef` and `secretRef` in the environment of containers, where `ask: always`.",
        "`secretKeyRef` et `secretRef` dans l’environnement des conteneurs, avec `ask: always`.",
    ),
    exceptions: words(
        "Checkers disagree. The position here: not asked, unless a workspace asks: a `secretKeyRef` keeps the value out of the manifest, most software reads nothing else, and a restart on rotation is simple to arrange.",
        "Les outils divergent. La position d’ici : non demandé, sauf si un espace de travail le demande : un `secretKeyRef` tient la valeur hors du manifeste, la plupart des logiciels ne lisent rien d’autre, et un redémarrage à la rotation s’organise simplement.",
    ),
    remedy: words("mount the Secret as a volume and read the file", "montez le Secret en volume et lisez le fichier"),
    sources: &[
        "Kubernetes documentation, Good practices for Kubernetes Secrets",
        "CIS Kubernetes Benchmark 1.8, 5.4.1",
    ],
    severity: Severity::Note,
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
          env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: web, key: token}}}]
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
      volumes: [{name: token, secret: {secretName: web}}]
      containers:
        - name: web
          image: registry.example/web:1.4.2
          volumeMounts: [{name: token, mountPath: /run/secrets, readOnly: true}]
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if view.ask(RULE.code, Ask::Never) == Ask::Never {
        return Vec::new();
    }
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let broken: Vec<_> =
            judged.all_containers().into_iter().filter_map(|one| Some((one, credential(&one)?))).collect();
        verdicts.push(judged.verdict(&broken, |who| {
            said!("{who} takes a credential as a variable", "{who} prend un identifiant en variable", who = who)
        }));
    }
    verdicts
}

/// Where the environment of a container takes from a Secret.
fn credential(container: &Container<'_>) -> Option<Span> {
    let of_key = container
        .environment()
        .into_iter()
        .find(|variable| variable.from.is_some_and(|from| from.get("secretKeyRef").is_some()));
    let whole = container.node.get("envFrom").map(Node::items).unwrap_or_default();
    let whole = whole.iter().find_map(|source| source.get("secretRef"));
    of_key.map(|variable| variable.span).or_else(|| whole.map(|node| node.span))
}
