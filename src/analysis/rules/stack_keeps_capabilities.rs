//! `stack/keeps-capabilities`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::Container;
use crate::said;
use crate::source::{Node, Severity};

/// Containers give up the rights they do not use.
pub static RULE: Rule = Rule {
    code: "stack/keeps-capabilities",
    summary: words(
        "Containers drop the capabilities that they do not use",
        "Les conteneurs abandonnent les capabilities inutiles",
    ),
    why: words(
        "The runtime’s default set lets root in a container forge packets and change owners of files.",
        "Le jeu par défaut du runtime laisse root dans un conteneur forger des paquets et changer des propriétaires de fichiers.",
    ),
    detects: words(
        "`capabilities.drop` of each container holds `ALL`, or each of the runtime’s default set; nothing but `NET_BIND_SERVICE` is added back.",
        "`capabilities.drop` de chaque conteneur contient `ALL`, ou chacune du jeu par défaut du runtime ; rien d’autre que `NET_BIND_SERVICE` n’est rendu.",
    ),
    exceptions: words(
        "A note: few images need any, and few files say so.",
        "Une note : peu d’images en ont besoin, et peu de fichiers le disent.",
    ),
    remedy: words("write `capabilities: {drop: [ALL]}`", "écrivez `capabilities: {drop: [ALL]}`"),
    sources: &["Kubernetes documentation, Pod Security Standards, Restricted, Capabilities"],
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
          securityContext: {capabilities: {drop: [NET_RAW]}}
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
        let breaks = |container: &Container<'_>| {
            let (dropped, added) = (listed(container, "drop"), listed(container, "add"));
            let none_left = dropped.iter().any(|word| word == "ALL")
                || DEFAULT.iter().all(|word| dropped.iter().any(|other| other == word));
            !none_left
                || added
                    .iter()
                    .any(|word| word == "ALL" || (DEFAULT.contains(&word.as_str()) && word != "NET_BIND_SERVICE"))
        };
        let broken: Vec<_> = judged
            .all_containers()
            .into_iter()
            .filter(breaks)
            .map(|container| (container, container.key("securityContext")))
            .collect();
        let verdict = judged.verdict(&broken, |who| {
            said!(
                "{who} keeps capabilities that it may not need",
                "{who} garde des capabilities sans doute inutiles",
                who = who
            )
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

/// What container runtimes give by default.
const DEFAULT: [&str; 14] = [
    "CHOWN",
    "DAC_OVERRIDE",
    "FSETID",
    "FOWNER",
    "MKNOD",
    "NET_RAW",
    "SETGID",
    "SETUID",
    "SETFCAP",
    "SETPCAP",
    "NET_BIND_SERVICE",
    "SYS_CHROOT",
    "KILL",
    "AUDIT_WRITE",
];
