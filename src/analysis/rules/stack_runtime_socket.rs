//! `stack/runtime-socket`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// A pod does not hold the socket of the container runtime.
pub static RULE: Rule = Rule {
    code: "stack/runtime-socket",
    summary: words(
        "A pod does not hold the socket of the container runtime",
        "Un pod ne tient pas la socket du runtime de conteneurs",
    ),
    why: words(
        "Who writes to it starts any container on the node, as root and with every folder mounted: the node, and every pod and Secret on it, is theirs.",
        "Qui y écrit lance n’importe quel conteneur sur le nœud, en root et tous dossiers montés : le nœud, avec tous ses pods et Secrets, est à lui.",
    ),
    detects: words(
        "`hostPath` volumes at the socket of Docker, containerd or CRI-O, or at a folder that holds one.",
        "Les volumes `hostPath` à la socket de Docker, containerd ou CRI-O, ou à un dossier qui en contient une.",
    ),
    exceptions: words(
        "Agents of a DaemonSet that list containers ask there: a warning, and the kubelet can be asked instead.",
        "Les agents d’un DaemonSet qui énumèrent les conteneurs y lisent : c’est un avertissement, car le kubelet donne la même liste.",
    ),
    remedy: words(
        "build images with a builder that needs no socket, and read about containers from the kubelet",
        "construisez les images avec un outil sans socket, et interrogez le kubelet sur les conteneurs",
    ),
    sources: &[
        "Kubernetes documentation, Pod Security Standards, Baseline, HostPath Volumes",
        "OWASP Docker Security Cheat Sheet, Rule 1",
    ],
    severity: Severity::Error,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes: [{name: docker, hostPath: {path: /var/run/docker.sock}}]
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
      volumes: [{name: build, emptyDir: {}}]
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

/// Where runtimes listen; `/var/run` is `/run`.
const SOCKETS: [&str; 8] = [
    "/run/docker.sock",
    "/run/containerd/containerd.sock",
    "/run/k3s/containerd/containerd.sock",
    "/run/crio/crio.sock",
    "/run/cri-dockerd.sock",
    "/run/podman/podman.sock",
    "/run/k0s/containerd.sock",
    "/var/snap/microk8s/common/run/containerd.sock",
];

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let volumes = judged.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
        let paths: Vec<(&str, &Node)> = volumes
            .iter()
            .filter_map(|volume| volume.get("hostPath")?.get("path"))
            .filter_map(|node| Some((node.scalar()?, node)))
            .collect();
        verdicts.push(match paths.into_iter().find(|(path, _)| holds(path)) {
            None => Verdict::pass(judged.path()),
            Some((path, node)) => {
                let name = judged.name();
                let message = said!(
                    "`{name}` holds `{path}`: it can start any container on its node",
                    "`{name}` tient `{path}` : il peut lancer n’importe quel conteneur sur son nœud"
                );
                let verdict = Verdict::fail(judged.path(), message).place(node.span);
                if judged.is(&["DaemonSet"]) { verdict.at_most(Severity::Warning) } else { verdict }
            }
        });
    }
    verdicts
}

/// Whether a path is that of a socket or of a folder above one; the whole node is another question.
fn holds(path: &str) -> bool {
    let trimmed = path.trim_end_matches('/');
    let path = trimmed.strip_prefix("/var").filter(|rest| rest.starts_with("/run")).unwrap_or(trimmed);
    SOCKETS.iter().any(|socket| {
        *socket == path || (!path.is_empty() && socket.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    })
}
