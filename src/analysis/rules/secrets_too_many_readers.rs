//! `secrets/too-many-readers`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::secrets::{reads_for_others, uses_any};
use crate::analysis::view::{Home, View};
use crate::design::model::component::ComponentKind;
use crate::design::model::place::Cluster;
use crate::said;
use crate::source::Severity;

/// Only what uses secrets may read them.
pub static RULE: Rule = Rule {
    code: "secrets/too-many-readers",
    summary: words("Only what uses secrets may read them", "Seul ce qui utilise des secrets peut les lire"),
    why: words(
        "Whoever may read Secrets in a namespace has every credential in it, encrypted at rest or not. People with that right leave credentials in terminals, histories and laptops.",
        "Qui peut lire les Secrets d’un namespace a tous ses identifiants, chiffrés au repos ou non. Les personnes qui ont ce droit en laissent dans des terminaux, des historiques et des portables.",
    ),
    detects: words(
        "`secret_readers` of each cluster: a person among them fails, and so does a component that uses no secret (`env_from_secrets`, `files_from_secrets`). Where a component of the cluster uses secrets and no reader is stated, it is a question.",
        "`secret_readers` de chaque cluster : une personne échoue, de même qu’un composant qui n’utilise aucun secret (`env_from_secrets`, `files_from_secrets`). Si un composant du cluster utilise des secrets et qu’aucun lecteur n’est déclaré, c’est une question.",
    ),
    exceptions: words(
        "An operator that brings secrets in (a secret-store component) may read what it writes. Emergency access of people belongs into a procedure that is recorded, and into a waiver.",
        "Un opérateur qui apporte les secrets (un composant secret-store) peut lire ce qu’il écrit. L’accès d’urgence de personnes relève d’une procédure tracée, et d’une dérogation.",
    ),
    remedy: words(
        "take the right away (RBAC: no get, list or watch on Secrets), and give people short-lived credentials of their own",
        "retirez le droit (RBAC : ni get, ni list, ni watch sur les Secrets), et donnez aux personnes des identifiants propres et de courte durée",
    ),
    sources: &[
        "Kubernetes documentation, RBAC good practices, Listing secrets",
        "Kubernetes documentation, Good practices for Kubernetes Secrets, least privilege",
        "PCI DSS v4.0.1, 7.2.2 and 7.2.5 (least privilege for people and for systems)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: finance
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], holds: [db], secret_readers: [staff, web]}}
components:
  staff: {kind: person}
  web: {kind: service, runs_on: main, env_from_secrets: {DB_PASSWORD: {secret: db, key: password}}}
",
    passing: r"
kind: design
name: shop
context: finance
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: kubeadm, kubernetes: 1.35, workers: [nodes], holds: [db], secret_readers: [web]}}
components:
  web: {kind: service, runs_on: main, env_from_secrets: {DB_PASSWORD: {secret: db, key: password}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    view.design.clusters.iter().flat_map(|(name, cluster)| judge(view, name, cluster)).collect()
}

fn judge(view: &View<'_>, name: &str, cluster: &Cluster) -> Vec<Verdict> {
    let path = format!("clusters.{name}");
    let here = |component| matches!(view.home(component), Home::Cluster(home, _) if home == name);
    let used = view.design.components.values().any(|component| here(component) && uses_any(component));
    if cluster.secret_readers.is_empty() {
        if !used && cluster.holds.is_empty() {
            return Vec::new();
        }
        let question = said!("who may read the Secrets of `{name}`?", "qui peut lire les Secrets de `{name}` ?");
        let help = said!("list them in `secret_readers`", "énumérez-les dans `secret_readers`");
        return vec![Verdict::unanswered(path, question).help(help)];
    }
    let mut verdicts = Vec::new();
    for reader in &cluster.secret_readers {
        let Some(component) = view.design.components.get(&reader.0) else { continue };
        let message = if component.kind == ComponentKind::Person {
            said!(
                "`{reader}` are people and may read the Secrets of `{name}`",
                "`{reader}` sont des personnes et peuvent lire les Secrets de `{name}`"
            )
        } else if !uses_any(component) && !reads_for_others(component) {
            said!(
                "`{reader}` may read the Secrets of `{name}` and uses none",
                "`{reader}` peut lire les Secrets de `{name}` et n’en utilise aucun"
            )
        } else {
            continue;
        };
        let also = said!("declared here", "déclaré ici");
        verdicts.push(
            Verdict::fail(&path, message)
                .at(format!("{path}.secret_readers.{reader}"))
                .also(format!("components.{reader}.kind"), also),
        );
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}
