//! `stack/unsafe-sysctl`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::Severity;

/// A pod sets only kernel settings that stay its own.
pub static RULE: Rule = Rule {
    code: "stack/unsafe-sysctl",
    summary: words(
        "A pod sets only kernel settings that are its own",
        "Un pod ne règle que les paramètres du noyau qui sont à lui",
    ),
    why: words(
        "An unsafe setting may change the node for every other pod; a kubelet that does not allow it by name refuses the pod, and it is `SysctlForbidden` on the first node that is set up otherwise.",
        "Un paramètre non sûr peut changer le nœud pour tous les autres pods ; un kubelet qui ne le permet pas nommément refuse le pod, `SysctlForbidden` sur le premier nœud réglé autrement.",
    ),
    detects: words(
        "`securityContext.sysctls` of pods against the settings that Kubernetes calls safe.",
        "`securityContext.sysctls` des pods comparés aux paramètres que Kubernetes dit sûrs.",
    ),
    exceptions: words(
        "A node pool kept for such pods, with `allowedUnsafeSysctls`, is what the setting is for.",
        "Un groupe de nœuds réservé à ces pods, avec `allowedUnsafeSysctls`, est ce à quoi sert ce réglage.",
    ),
    remedy: words(
        "leave it out, or run the pod on nodes of its own that allow it",
        "retirez-le, ou faites tourner le pod sur des nœuds à lui qui le permettent",
    ),
    sources: &[
        "Kubernetes documentation, Using sysctls in a Kubernetes Cluster",
        "Kubernetes documentation, Pod Security Standards, Baseline, Sysctls",
    ],
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
      securityContext: {sysctls: [{name: kernel.msgmax, value: '65536'}]}
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
      securityContext: {sysctls: [{name: net.ipv4.ip_local_port_range, value: 1024 65535}]}
      containers:
        - name: web
          image: registry.example/web:1.4.2
",
    check,
};

/// The settings that Kubernetes calls safe.
const SAFE: [&str; 12] = [
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];

/// Slashes part a name as dots do.
fn is_safe(name: &str) -> bool {
    SAFE.contains(&name.replace('/', ".").as_str())
}

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let context = judged.pod().and_then(|pod| pod.get("securityContext"));
        let Some(list) = context.and_then(|context| context.get("sysctls")) else { continue };
        let names = list.items().iter().filter_map(|item| item.get("name"));
        let other = names.filter_map(|node| Some((node.scalar()?, node))).find(|(name, _)| !is_safe(name));
        verdicts.push(match other {
            None => Verdict::pass(judged.path()),
            Some((setting, node)) => {
                let name = judged.name();
                let message = said!(
                    "`{name}` sets `{setting}`, which not every node lets a pod set",
                    "`{name}` règle `{setting}`, ce que certains nœuds refusent à un pod"
                );
                Verdict::fail(judged.path(), message).place(node.span)
            }
        });
    }
    verdicts
}
