//! `stack/no-hardening`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::said;
use crate::source::{Node, Severity};

/// Something stands between a container and the kernel.
pub static RULE: Rule = Rule {
    code: "stack/no-hardening",
    summary: words(
        "Some hardening stands between each container and the kernel",
        "Un durcissement sépare chaque conteneur du noyau",
    ),
    why: words(
        "With no profile of any kind, one hole in the kernel is enough to leave the container.",
        "Sans aucun profil, une seule faille du noyau suffit pour sortir du conteneur.",
    ),
    detects: words(
        "One of: a seccomp profile, an AppArmor profile, SELinux options, dropped capabilities without `ALL` added.",
        "L’un de : un profil seccomp, un profil AppArmor, des options SELinux, des capabilities abandonnées sans `ALL` ajouté.",
    ),
    exceptions: words(
        "The finer rules ask for each of them; this one only finds where there is none.",
        "Les règles plus fines demandent chacun d’eux ; celle-ci trouve seulement où il n’y en a aucun.",
    ),
    remedy: words(
        "write `seccompProfile: {type: RuntimeDefault}` and `capabilities: {drop: [ALL]}`",
        "écrivez `seccompProfile: {type: RuntimeDefault}` et `capabilities: {drop: [ALL]}`",
    ),
    sources: &["NSA and CISA, Kubernetes Hardening Guide 1.2, Hardening Application containers"],
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
      containers:
        - name: web
          image: registry.example/web:1.4.2
          securityContext: {capabilities: {drop: [ALL]}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let pod = judged.pod();
        let breaks = |container: &Container<'_>| {
            let of = |key: &str, sub: &str| {
                container.security(pod, key).and_then(|node| node.get(sub)).and_then(Node::scalar)
            };
            let seccomp = !matches!(of("seccompProfile", "type"), None | Some("Unconfined"));
            let annotation = format!("container.apparmor.security.beta.kubernetes.io/{}", container.name());
            let metadata = judged.object.template().and_then(|template| template.get("metadata"));
            let apparmor = metadata.and_then(|metadata| metadata.get("annotations")?.get(&annotation)).is_some()
                || !matches!(of("appArmorProfile", "type"), None | Some("Unconfined"));
            let options = container.security(pod, "seLinuxOptions").map(Node::entries).unwrap_or_default();
            let selinux = ["level", "role", "type", "user"]
                .iter()
                .any(|key| options.iter().any(|entry| entry.key == *key && !entry.value.is_null()));
            let dropped =
                !listed(container, "drop").is_empty() && !listed(container, "add").iter().any(|word| word == "ALL");
            !(seccomp || apparmor || selinux || dropped)
        };
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!("nothing stands between {who} and the kernel", "rien ne sépare {who} du noyau", who = who)
        });
        verdicts.push(verdict);
    }
    verdicts
}

/// The capabilities that a list of the security context names, in capitals.
fn listed(container: &Container<'_>, key: &str) -> Vec<String> {
    let items = container.at(&["securityContext", "capabilities", key]).map(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::scalar).map(|word| word.trim_start_matches("CAP_").to_ascii_uppercase()).collect()
}
