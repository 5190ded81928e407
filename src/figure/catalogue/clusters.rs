//! `table: clusters`: every Kubernetes cluster, and what it refuses, records and encrypts.

use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::availability::YEAR_S;
use crate::analysis::measure::counted;
use crate::analysis::rule::{Words, words};
use crate::design::model::place::{Cluster, Datastore, EncryptionLevel, NetworkPolicy, PodSecurity, SecretsProvider};
use crate::design::quantity::seconds;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every Kubernetes cluster: distribution and version, nodes, control plane, what pods may reach and do, what is recorded and encrypted.",
    "Chaque cluster Kubernetes : distribution et version, nœuds, plan de contrôle, ce que les pods peuvent atteindre et faire, ce qui est tracé et chiffré.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let clusters = &view.design.clusters;
    if clusters.is_empty() {
        return None;
    }
    let rows = clusters.iter().map(|(name, cluster)| row(request, &view, name, cluster)).collect();
    let said: Vec<Said> = clusters
        .iter()
        .map(|(name, cluster)| {
            said!(
                "{name} is {distribution} {version} on {nodes}",
                "{name} est {distribution} {version} sur {nodes}",
                distribution = cluster.distribution.title(),
                version = cluster.kubernetes,
                nodes = counted(view.nodes(cluster).len() as u32, words("node", "nœud"), words("nodes", "nœuds"))
            )
        })
        .collect();
    let plain: Vec<&str> = clusters
        .iter()
        .filter(|(_, cluster)| {
            cluster.encryption_at_rest.as_ref().is_some_and(|at| at.secrets == SecretsProvider::None)
        })
        .map(|(name, _)| name.as_str())
        .collect();
    let answer = if plain.is_empty() {
        said!("{clusters}.", "{clusters}.", clusters = Said::list(&said))
    } else {
        said!(
            "{clusters}; Secrets are stored as they are in {plain}.",
            "{clusters} ; les Secrets sont stockés tels quels dans {plain}.",
            clusters = Said::list(&said),
            plain = Said::list(&plain)
        )
    };
    let title = said!("The clusters: {title}", "Les clusters : {title}", title = title_of(&view));
    let columns = [
        said!("Cluster", "Cluster"),
        said!("Kubernetes", "Kubernetes"),
        said!("Nodes", "Nœuds"),
        said!("Control plane", "Plan de contrôle"),
        said!("Pods may reach", "Les pods atteignent"),
        said!("Pod security", "Sécurité des pods"),
        said!("Access recorded", "Accès tracés"),
        said!("Secrets at rest", "Secrets au repos"),
        said!("Promised for the API", "Promis pour l’API"),
    ];
    let body = request.compact(&columns, rows, &said!("No cluster.", "Aucun cluster."));
    Some(request.figure("clusters", &title, &answer, &Said::default(), body))
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, cluster: &Cluster) -> Row {
    let path = |key: &str| view.path(&format!("clusters.{name}.{key}"));
    let workers: Vec<&str> = cluster.workers.iter().map(|group| group.0.as_str()).collect();
    let counts = workers.iter().map(|group| view.path(&format!("hosts.{group}.count")));
    let version = said!(
        "{distribution} {version}",
        "{distribution} {version}",
        distribution = cluster.distribution.title(),
        version = cluster.kubernetes
    );
    let constants: Vec<String> =
        cluster.constants.iter().map(|(id, time)| format!("{id} {}", time.show(request.lang))).collect();
    let own = cluster.constants.keys().map(|id| path(&format!("constants.{id}")));
    let evidence = request.say(&cluster.kubernetes.evidence());
    let version = Cell {
        sources: if evidence.is_empty() { Vec::new() } else { vec![evidence] },
        ..request.cell(&version).derived(constants.join(", "))
    };
    Row::of(vec![
        Cell::new(name),
        version.facts([path("distribution"), path("kubernetes")]).facts(own),
        Cell::new(view.nodes(cluster).len().show(request.lang))
            .derived(workers.join(", "))
            .facts([path("workers")])
            .facts(counts),
        control_plane(request, view, name, cluster),
        reach(request, cluster).facts([path("network_policy")]),
        pod_security(request, cluster).facts([path("pod_security")]),
        request.whether(cluster.audit_log, true, path("audit_log")),
        at_rest(request, view, name, cluster),
        unrepaired(request, cluster, path("sla")),
    ])
}

/// What the API's promise leaves: how long a year nothing is repaired.
fn unrepaired(request: &Request<'_>, cluster: &Cluster, path: String) -> Cell {
    let cell = request.fact(cluster.sla.as_ref(), path);
    let Some(promised) = &cluster.sla else { return cell };
    let allowed = seconds((1.0 - promised.value.value()) * YEAR_S);
    cell.derived(request.say(&said!("{left} a year without repair", "{left} par an sans réparation", left = allowed)))
}

fn control_plane(request: &Request<'_>, view: &View<'_>, name: &str, cluster: &Cluster) -> Cell {
    let path = |key: &str| view.path(&format!("clusters.{name}.control_plane.{key}"));
    let Some(plane) = &cluster.control_plane else {
        if cluster.distribution.managed() {
            return request
                .cell(&said!("the provider’s", "celui du fournisseur"))
                .facts([view.path(&format!("clusters.{name}.distribution"))]);
        }
        return request.unanswered();
    };
    let datastore = match plane.datastore {
        Datastore::Sqlite => said!("SQLite, on the one server", "SQLite, sur l’unique serveur"),
        Datastore::Etcd => said!("etcd", "etcd"),
        Datastore::External => said!("a database elsewhere", "une base externe"),
    };
    let groups: Vec<&str> = plane.hosts.iter().map(|group| group.0.as_str()).collect();
    // Members that agree by majority bear the loss of fewer than half of them.
    let bears = (plane.members.max(1) - 1) / 2;
    let value = counted(plane.members, words("member", "membre"), words("members", "membres"));
    let on = said!("on {groups}", "sur {groups}", groups = Said::list(&groups));
    let loss = if bears == 0 {
        said!("bears no loss", "ne supporte aucune perte")
    } else {
        said!("bears the loss of {n}", "supporte la perte de {n}", n = bears)
    };
    let mark = if bears == 0 { Mark::Warn } else { Mark::None };
    let facts = ["members", "datastore", "hosts"].map(path);
    request.cell(&value).derived(request.small(&[datastore, on, loss])).marked(mark).facts(facts)
}

fn reach(request: &Request<'_>, cluster: &Cluster) -> Cell {
    match cluster.network_policy {
        Some(NetworkPolicy::DefaultDeny) => {
            request.cell(&said!("only what is allowed", "seulement ce qui est autorisé"))
        }
        Some(NetworkPolicy::Partial) => request
            .cell(&said!("everything, but for some namespaces", "tout, sauf dans certains namespaces"))
            .marked(Mark::Warn),
        Some(NetworkPolicy::None) => request.cell(&said!("everything", "tout")).marked(Mark::Warn),
        None => request.unanswered(),
    }
}

fn pod_security(request: &Request<'_>, cluster: &Cluster) -> Cell {
    match cluster.pod_security {
        Some(PodSecurity::Restricted) => Cell::new("restricted"),
        Some(PodSecurity::Baseline) => Cell::new("baseline"),
        Some(PodSecurity::Privileged) => Cell::new("privileged").marked(Mark::Warn),
        None => request.unanswered(),
    }
}

fn at_rest(request: &Request<'_>, view: &View<'_>, name: &str, cluster: &Cluster) -> Cell {
    let path = |key: &str| view.path(&format!("clusters.{name}.encryption_at_rest.{key}"));
    let Some(encryption) = &cluster.encryption_at_rest else { return request.unanswered().facts([path("secrets")]) };
    let level = match encryption.level {
        Some(EncryptionLevel::Api) => said!("before they are written", "avant d’être écrits"),
        Some(EncryptionLevel::Disk) => said!("on the disk only", "sur le disque seulement"),
        None => Said::default(),
    };
    let keys = encryption
        .keys_in
        .as_ref()
        .map_or_else(Said::default, |keys| said!("keys in {keys}", "clés dans {keys}", keys = keys));
    let cell = match encryption.secrets {
        SecretsProvider::None => request.cell(&said!("not encrypted", "non chiffrés")).marked(Mark::Warn),
        provider => Cell::new(provider.word()),
    };
    cell.derived(request.small(&[level, keys])).facts(["secrets", "level", "keys_in"].map(path))
}
