//! `data/volume-shared-by-replicas`

use crate::analysis::manifests::workloads;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Node, Severity};

/// Replicas do not share a volume that one node at a time can mount.
pub static RULE: Rule = Rule {
    code: "data/volume-shared-by-replicas",
    summary: words(
        "Replicas do not share a volume that only one node can mount",
        "Des réplicas ne partagent pas un volume qu’un seul nœud peut monter",
    ),
    why: words(
        "All replicas of a Deployment mount the same claim: the second pod waits for ever on another node, and a rolling update waits for a volume that the old pod still holds.",
        "Tous les réplicas d’un Deployment montent la même demande de volume : le second pod attend sans fin sur un autre nœud, et une mise à jour progressive attend un volume que l’ancien pod tient encore.",
    ),
    detects: words(
        "A Deployment with several replicas, or with rolling updates, mounts a PersistentVolumeClaim whose `accessModes` are `ReadWriteOnce` alone.",
        "Un Deployment à plusieurs réplicas, ou à mises à jour progressives, monte un PersistentVolumeClaim dont les `accessModes` ne sont que `ReadWriteOnce`.",
    ),
    exceptions: words(
        "On a cluster of one node it works.  With one replica and `Recreate` it works too, and passes.",
        "Sur un cluster d’un nœud, cela marche. Avec un réplica et `Recreate` aussi, et passe.",
    ),
    remedy: words(
        "use a StatefulSet with `volumeClaimTemplates`, or one replica and `strategy: {type: Recreate}`",
        "utilisez un StatefulSet avec `volumeClaimTemplates`, ou un réplica et `strategy: {type: Recreate}`",
    ),
    sources: &["Kubernetes documentation, Persistent Volumes, Access Modes"],
    severity: Severity::Warning,
    failing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes: [{name: data, persistentVolumeClaim: {claimName: web}}]
      containers:
        - name: web
          image: registry.example/web:1.4.2
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    passing: r"
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes: [{name: data, persistentVolumeClaim: {claimName: web}}]
      containers:
        - name: web
          image: registry.example/web:1.4.2
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view)
        .into_iter()
        .filter(|judged| judged.is(&["Deployment", "DeploymentConfig", "ReplicationController"]))
    {
        let volumes = judged.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
        let claim = volumes.iter().find_map(|volume| {
            let name = volume.get("persistentVolumeClaim")?.get("claimName")?;
            let mut claims = judged.unit.of_kind("PersistentVolumeClaim");
            let (_, claim) = claims.find(|(_, claim)| {
                Some(claim.name.as_str()) == name.scalar() && claim.namespace() == judged.object.namespace()
            })?;
            let modes = claim.at(&["spec", "accessModes"]).map(Node::items).unwrap_or_default();
            let once = |mode: &Node| matches!(mode.scalar(), Some("ReadWriteOnce" | "ReadWriteOncePod"));
            (!modes.is_empty() && modes.iter().all(once)).then_some((name, claim))
        });
        let Some((name, claim)) = claim else { continue };
        let strategy = judged.object.text(&["spec", "strategy", "type"]);
        let several = judged.replicas() > 1;
        let rolling = judged.is(&["Deployment", "DeploymentConfig"]) && !matches!(strategy, Some("Recreate"));
        let who = judged.name();
        verdicts.push(if several {
            let count = judged.replicas();
            let message = said!(
                "{count} replicas of `{who}` share a volume that one node at a time can mount",
                "{count} réplicas de `{who}` partagent un volume qu’un seul nœud à la fois peut monter",
                count = count
            );
            Verdict::fail(judged.path(), message)
                .place(name.span)
                .and(claim.place(), said!("ReadWriteOnce", "ReadWriteOnce"))
        } else if rolling {
            let message = said!(
                "the new pod of `{who}` waits for a volume that the old one holds: its updates are rolling",
                "le nouveau pod de `{who}` attend un volume que l’ancien tient : ses mises à jour sont progressives"
            );
            Verdict::fail(judged.path(), message).place(name.span).at_most(Severity::Note)
        } else {
            Verdict::pass(judged.path())
        });
    }
    verdicts
}
