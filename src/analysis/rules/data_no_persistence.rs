//! `data/no-persistence`

use super::place::first_stated;
use crate::analysis::manifests::{self, workloads};
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::{compose, image};
use crate::design::model::component::{Component, ComponentKind, Mount, Reach};
use crate::said;
use crate::source::{Node, Severity};

/// Data outlive the pod and the node.
pub static RULE: Rule = Rule {
    code: "data/no-persistence",
    summary: words("Data outlive the pod and its node", "Les données survivent au pod et à son nœud"),
    why: words(
        "Without a volume the data are gone at the first restart elsewhere; on a volume that one node alone can attach they are gone with that node, and until then the pod cannot start anywhere else.",
        "Sans volume, les données disparaissent au premier redémarrage ailleurs ; sur un volume qu’un seul nœud peut attacher, elles disparaissent avec ce nœud, et d’ici là le pod ne peut démarrer nulle part ailleurs.",
    ),
    detects: words(
        "Databases, consensus stores and message brokers in a cluster: `storage` is stated; where its `reach` is `node`, there is more than one member. Outside Kubernetes the machine has its disk, and `data/no-backup` judges.",
        "Les bases, magasins de consensus et files de messages d’un cluster : `storage` est dit ; si sa portée (`reach`) est `node`, il y a plus d’un membre. Hors Kubernetes la machine a son disque, et `data/no-backup` en juge.",
    ),
    exceptions: words(
        "Data that can be produced again need no volume: declare a cache instead. Local disks under a database that replicates itself are common and fast, and pass; the loss of several nodes at once is then what backups are for.",
        "Des données qu’on sait reproduire n’ont pas besoin de volume : déclarez plutôt un cache. Des disques locaux sous une base qui se réplique elle-même sont courants et rapides, et passent ; la perte de plusieurs nœuds à la fois relève alors des sauvegardes.",
    ),
    remedy: words(
        "state `storage` with a class whose volumes follow the pod (`reach: zone` or `region`), or replicate",
        "écrivez `storage` avec une classe dont les volumes suivent le pod (`reach: zone` ou `region`), ou répliquez",
    ),
    sources: &["Kubernetes documentation, Persistent Volumes", "Kubernetes documentation, Volumes (local)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  data: {kind: database, runs_on: main, storage: {size: 10 GiB, reach: node}}
  orders: {kind: database, runs_on: main}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  data: {kind: database, runs_on: main, storage: {size: 10 GiB, reach: zone}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let keeps = matches!(
            component.kind,
            ComponentKind::Database | ComponentKind::ConsensusStore | ComponentKind::MessageBroker
        );
        if !keeps || !view.in_kubernetes(component) {
            continue;
        }
        let path = format!("components.{name}");
        let Some(storage) = &component.storage else {
            if let Some(verdict) = mounted(name, component) {
                verdicts.push(verdict);
                continue;
            }
            let message = said!(
                "`{name}` has no volume: its data are gone with the pod",
                "`{name}` n’a pas de volume : ses données disparaissent avec le pod"
            );
            verdicts.push(Verdict::fail(path, message));
            continue;
        };
        let members = view.wanted(component);
        let replicated = component.replication.as_ref().is_some_and(|replication| replication.members > 1)
            || (component.kind != ComponentKind::Database && members > 1);
        verdicts.push(match storage.reach {
            None => {
                let question = said!(
                    "from where can the volume of `{name}` be attached: its node, its zone or the region?",
                    "d’où le volume de `{name}` peut-il être attaché : son nœud, sa zone ou la région ?"
                );
                let help =
                    said!("state `reach: node`, `zone` or `region`", "écrivez `reach: node`, `zone` ou `region`");
                Verdict::unanswered(&path, question).at(format!("{path}.storage")).help(help)
            }
            Some(Reach::Node) if !replicated => {
                let message = said!(
                    "the only copy of `{name}` is on the disk of one node, and is lost with it",
                    "la seule copie de `{name}` est sur le disque d’un nœud, et disparaît avec lui"
                );
                let at = first_stated(view, &[format!("{path}.storage.class"), format!("{path}.storage.reach")]);
                Verdict::fail(&path, message)
                    .at(at)
                    .also(format!("{path}.storage.reach"), said!("one machine only", "une seule machine"))
            }
            Some(_) => Verdict::pass(path),
        });
    }
    verdicts
}

/// What follows for a store from what it mounts, where no volume of its own is described.
fn mounted(name: &str, component: &Component) -> Option<Verdict> {
    let of = |wanted: Mount| component.volumes.iter().find(|(_, mount)| **mount == wanted).map(|(path, _)| path);
    let path = format!("components.{name}");
    let at = format!("{path}.volumes");
    if of(Mount::Claim).is_some() {
        let question = said!(
            "from where can the volume of `{name}` be attached: its node, its zone or the region?",
            "d’où le volume de `{name}` peut-il être attaché : son nœud, sa zone ou la région ?"
        );
        let help = said!("state `storage` with its `reach`", "écrivez `storage` avec son `reach`");
        return Some(Verdict::unanswered(path, question).at(at).help(help));
    }
    let folder = of(Mount::Host)?;
    let message = said!(
        "`{name}` keeps `{folder}` in a folder of the node that it happens to run on",
        "`{name}` garde `{folder}` dans un dossier du nœud sur lequel il se trouve"
    );
    Some(Verdict::fail(path, message).at(at))
}

/// The same of objects: well-known stores by their images. A volume at the place where a store keeps
/// its data says that they are to be kept; one that ends with the pod does not keep them.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view).into_iter().filter(|judged| !judged.object.ends()) {
        let volumes = judged.pod().and_then(|pod| pod.get("volumes")).map(Node::items).unwrap_or_default();
        let stores: Vec<_> = judged
            .containers()
            .into_iter()
            .filter_map(|container| {
                let (product, kind) = image::product(container.image()?)?;
                let keeps = compose::keeps(kind) || product == "redis" || product == "valkey";
                keeps.then_some((container, product, kind))
            })
            .collect();
        for (container, product, kind) in stores {
            let mounts = container.mounts();
            let named =
                |name: &str| volumes.iter().find(|volume| volume.get("name").and_then(Node::scalar) == Some(name));
            let scratch = mounts.iter().find_map(|(name, path)| {
                let volume = named(name)?;
                (volume.get("emptyDir").is_some() && image::keeps_data(path.scalar()?)).then_some((volume, *path))
            });
            let kept = mounts.iter().any(|(name, _)| {
                named(name).is_none_or(|volume| {
                    [
                        "persistentVolumeClaim",
                        "hostPath",
                        "ephemeral",
                        "nfs",
                        "csi",
                        "gcePersistentDisk",
                        "awsElasticBlockStore",
                        "azureDisk",
                        "iscsi",
                        "glusterfs",
                        "rbd",
                        "cephfs",
                        "flexVolume",
                        "portworxVolume",
                        "vsphereVolume",
                        "quobyte",
                        "scaleIO",
                        "storageos",
                    ]
                    .iter()
                    .any(|key| volume.get(key).is_some())
                })
            });
            let name = judged.name();
            verdicts.push(if let Some((volume, path)) = scratch {
                let message = said!(
                    "`{name}` keeps its data ({product}) in an emptyDir: they are gone with the pod",
                    "`{name}` garde ses données ({product}) dans un emptyDir : elles disparaissent avec le pod"
                );
                Verdict::fail(judged.path(), message)
                    .place(volume.entry("emptyDir").map_or(volume.span, |entry| entry.key_span))
                    .and(path.span, said!("where it keeps them", "là où il les garde"))
            } else if kept {
                Verdict::pass(judged.path())
            } else if kind == ComponentKind::Cache {
                // Without any volume it is used as a cache.
                continue;
            } else {
                let message = said!(
                    "`{name}` ({product}) has no volume: its data are gone with the pod",
                    "`{name}` ({product}) n’a pas de volume : ses données disparaissent avec le pod"
                );
                Verdict::fail(judged.path(), message)
                    .place(container.at(&["image"]).map_or_else(|| container.place(), |node| node.span))
            });
            break;
        }
    }
    verdicts
}
