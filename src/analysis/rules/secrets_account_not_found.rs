//! `secrets/account-not-found`

use std::collections::BTreeSet;

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::config::Ask;
use crate::said;
use crate::source::Severity;

/// The account that a pod runs as is there.
pub static RULE: Rule = Rule {
    code: "secrets/account-not-found",
    summary: words("The account that a pod runs as is there", "Le compte sous lequel tourne un pod existe"),
    why: words(
        "No pod is made: the ReplicaSet reports `FailedCreate` and nothing else is seen, until a rollback or a lost node needs a new one.",
        "Aucun pod n’est fabriqué : le ReplicaSet signale `FailedCreate` et rien d’autre ne se voit, jusqu’à ce qu’un retour arrière ou un nœud perdu en demande un.",
    ),
    detects: words(
        "`serviceAccountName` of each workload against the ServiceAccounts of its namespace in these files. It is noted where the files hold others, and a warning with `ask: always`.",
        "`serviceAccountName` de chaque charge comparé aux ServiceAccounts de son namespace dans ces fichiers. Noté si les fichiers en ont d’autres, un avertissement avec `ask: always`.",
    ),
    exceptions: words(
        "The account may be made elsewhere, by a chart or by Terraform.",
        "Le compte peut être créé ailleurs, par un chart ou par Terraform.",
    ),
    remedy: words("add the ServiceAccount beside the workload", "ajoutez le ServiceAccount à côté de la charge"),
    sources: &["Kubernetes documentation, Configure Service Accounts for Pods"],
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
      serviceAccountName: wbe
      containers:
        - name: web
          image: registry.example/web:1.4.2
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
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
      serviceAccountName: web
      containers:
        - name: web
          image: registry.example/web:1.4.2
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let Some(unit) = view.unit() else { return Vec::new() };
    let always = view.ask(RULE.code, Ask::WhereItMatters) == Ask::Always;
    let accounts = unit.of_kind("ServiceAccount").map(|(_, object)| (object.namespace(), object.name.as_str()));
    let accounts: BTreeSet<(&str, &str)> = accounts.collect();
    let told: BTreeSet<&str> = accounts.iter().map(|(space, _)| *space).collect();
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let Some(pod) = judged.pod() else { continue };
        let node = pod.get("serviceAccountName").or_else(|| pod.get("serviceAccount"));
        let Some((node, account)) = node.and_then(|node| Some((node, node.scalar()?))) else { continue };
        let space = judged.object.namespace();
        // Every namespace has the default account, and where no account is told of, nothing is known.
        if account == "default" || account.is_empty() || !(told.contains(space) || always) {
            continue;
        }
        verdicts.push(if accounts.contains(&(space, account)) {
            Verdict::pass(judged.path())
        } else {
            let name = judged.name();
            let message = said!(
                "`{name}` runs as the account `{account}`, which is not in these files",
                "`{name}` tourne sous le compte `{account}`, qui n’est pas dans ces fichiers"
            );
            let verdict = Verdict::fail(judged.path(), message).place(node.span);
            if always { verdict } else { verdict.at_most(Severity::Note) }
        });
    }
    verdicts
}
