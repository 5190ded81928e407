//! `table: namespaces`: whose each namespace is, and what its pods request of its quota.

use super::{Request, title_of};
use crate::analysis::capacity::{QuotaUse, quotas};
use crate::analysis::rule::{Words, words};
use crate::analysis::standing::count;
use crate::analysis::{Derived, View};
use crate::design::model::component::Resources;
use crate::design::model::place::Namespace;
use crate::design::quantity::{Measured, Quantity};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every namespace: whose it is, what stands in it, how much of its quota is requested, and the limits that a silent container gets.",
    "Chaque namespace : à qui il est, ce qui s’y trouve, ce qui est demandé de son quota, et les limites qu’y reçoit un conteneur muet.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let uses = quotas(&view);
    let mut rows = Vec::new();
    let mut over = Vec::new();
    for (cluster_name, cluster) in &view.design.clusters {
        for (name, namespace) in &cluster.namespaces {
            let used = uses.iter().find(|used| used.cluster == cluster_name && used.namespace == name);
            if used.is_some_and(|used| exceeds(used.cpu.as_ref()) || exceeds(used.memory.as_ref())) {
                over.push(name.as_str());
            }
            rows.push(row(request, &view, cluster_name, name, namespace, used));
        }
    }
    if rows.is_empty() {
        return None;
    }
    let answer = if !over.is_empty() {
        said!(
            "More is requested than the quota allows in {over}.",
            "Il est demandé plus que le quota dans {over}.",
            over = Said::list(&over)
        )
    } else if uses.is_empty() {
        said!("No namespace has a quota.", "Aucun namespace n’a de quota.")
    } else {
        said!("Every namespace with a quota stays within it.", "Chaque namespace qui a un quota le respecte.")
    };
    let title = said!("The namespaces: {title}", "Les namespaces : {title}", title = title_of(&view));
    let columns = [
        said!("Namespace", "Namespace"),
        said!("Whose it is", "À qui"),
        said!("Stands in it", "S’y trouve"),
        said!("Processor time requested", "Processeur demandé"),
        said!("Memory requested", "Mémoire demandée"),
        said!("A silent container gets", "Un conteneur muet reçoit"),
    ];
    let note = said!(
        "What runs in a namespace that the design does not declare is not listed.",
        "Ce qui tourne dans un namespace que la conception ne déclare pas n’est pas listé."
    );
    let body = request.compact(&columns, rows, &said!("No namespace.", "Aucun namespace."));
    Some(request.figure("namespaces", &title, &answer, &note, body))
}

/// A quota with what is requested of it.
type Used<M> = (Quantity<M>, Derived<Quantity<M>>);

fn exceeds<M: Measured>(used: Option<&Used<M>>) -> bool {
    used.is_some_and(|(quota, requested)| requested.value.value() > quota.value() * (1.0 + 1e-9))
}

fn row(
    request: &Request<'_>,
    view: &View<'_>,
    cluster: &str,
    name: &str,
    namespace: &Namespace,
    used: Option<&QuotaUse<'_>>,
) -> Row {
    let path = |key: &str| view.path(&format!("clusters.{cluster}.namespaces.{name}.{key}"));
    let inside: Vec<&str> = view
        .design
        .components
        .iter()
        .filter(|(_, component)| {
            component.runs_on.as_deref() == Some(cluster) && component.namespace.as_deref() == Some(name)
        })
        .map(|(component, _)| component.as_str())
        .collect();
    let standing = inside.iter().flat_map(|component| {
        let own = ["namespace", "runs_on", "requests", "limits", "update"];
        let own = own.map(|key| view.path(&format!("components.{component}.{key}")));
        count(view, component).into_iter().chain(own)
    });
    Row::of(vec![
        Cell::new(name).derived(request.say(&said!("in {cluster}", "dans {cluster}"))),
        request.team(namespace.team.as_ref(), path("team")),
        Cell::new(inside.join(", ")).facts(standing),
        of_quota(request, used.and_then(|used| used.cpu.as_ref())).facts([path("quota.cpu")]),
        of_quota(request, used.and_then(|used| used.memory.as_ref())).facts([path("quota.memory")]),
        defaults(request, namespace.default_limits.as_ref())
            .facts([path("default_limits.cpu"), path("default_limits.memory")]),
    ])
}

fn of_quota<M: Measured>(request: &Request<'_>, used: Option<&Used<M>>) -> Cell {
    let Some((quota, requested)) = used else { return request.unanswered() };
    let value = said!("{used} of {quota}", "{used} sur {quota}", used = requested.value, quota = quota);
    let mark = if exceeds(used) { Mark::Bad } else { Mark::Good };
    request.derived(&value, requested).marked(mark)
}

fn defaults(request: &Request<'_>, limits: Option<&Resources>) -> Cell {
    let Some(limits) = limits else { return Cell::default() };
    let cpu = limits.cpu.as_ref().map(|cpu| cpu.show(request.lang));
    let memory = limits.memory.as_ref().map(|memory| memory.show(request.lang));
    Cell::new([cpu, memory].into_iter().flatten().collect::<Vec<_>>().join(", "))
}
