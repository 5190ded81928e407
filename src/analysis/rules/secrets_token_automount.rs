//! `secrets/token-automount`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Object;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::{Node, Severity};

/// Pods that do not talk to the API get no token for it.
pub static RULE: Rule = Rule {
    code: "secrets/token-automount",
    summary: words(
        "Pods that do not talk to the API server get no token for it",
        "Les pods qui ne parlent pas à l’API server n’en reçoivent pas de jeton",
    ),
    why: words(
        "Whoever takes over the pod finds the token in a file, and with it every right of its service account.",
        "Qui prend le contrôle du pod trouve le jeton dans un fichier, et avec lui tous les droits de son compte de service.",
    ),
    detects: words(
        "`automountServiceAccountToken` of the pod, else of its service account, is `false`.",
        "`automountServiceAccountToken` du pod, sinon de son compte de service, vaut `false`.",
    ),
    exceptions: words(
        "What talks to the API needs it: where a RoleBinding of the files names the account, it passes, unless `ask: always`. A note, since the default account has no rights of its own.",
        "Ce qui parle à l’API en a besoin : si un RoleBinding des fichiers nomme le compte, cela passe, sauf `ask: always`. Une note, car le compte par défaut n’a pas de droits propres.",
    ),
    remedy: words("write `automountServiceAccountToken: false`", "écrivez `automountServiceAccountToken: false`"),
    sources: &[
        "Kubernetes documentation, Configure Service Accounts for Pods",
        "NSA and CISA, Kubernetes Hardening Guide 1.2, Protecting Pod service account tokens",
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
      automountServiceAccountToken: false
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let account =
            judged.pod_text("serviceAccountName").or_else(|| judged.pod_text("serviceAccount")).unwrap_or("default");
        let inside = |object: &&Object| object.namespace() == judged.object.namespace();
        let own = judged
            .unit
            .of_kind("ServiceAccount")
            .map(|(_, object)| object)
            .filter(inside)
            .find(|object| object.name == account);
        let of_account = own.and_then(|object| object.text(&["automountServiceAccountToken"]));
        let mounted = judged.pod_text("automountServiceAccountToken").or(of_account).unwrap_or("true") != "false";
        let bound = ["RoleBinding", "ClusterRoleBinding"].iter().any(|kind| {
            judged.unit.of_kind(kind).any(|(_, binding)| {
                let subjects = binding.root.get("subjects").map(Node::items).unwrap_or_default();
                subjects.iter().any(|subject| subject.get("name").and_then(Node::scalar) == Some(account))
            })
        });
        verdicts.push(if !mounted || (bound && !always) {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message =
                said!("`{name}` carries a token for the API server", "`{name}` porte un jeton pour l’API server");
            Verdict::fail(judged.path(), message).place(judged.object.place())
        });
    }
    verdicts
}
