//! `table: capacity` and `chart: capacity`: requests and limits against what nodes can give.

use std::collections::BTreeSet;

use super::{Request, title_of};
use crate::analysis::capacity::{self, ClusterRoom, Loss};
use crate::analysis::rule::{Words, words};
use crate::analysis::view::View;
use crate::design::quantity::{Bytes, Cpu};
use crate::figure::chart::{Bar, BarChart, BarRow, Part, draw_bars};
use crate::figure::drawing::Role;
use crate::figure::{Body, Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Requests and limits against allocatable capacity: whole, without the largest node, zone or site; quotas; quality of service.",
    "Demandes et limites face à la capacité allouable : entière, sans le plus gros nœud, zone ou site ; quotas ; qualité de service.",
);
pub(super) const EXPLAINS_CHART: Words = words(
    "Memory that pods request and may use on each node, against what the node can give.",
    "La mémoire que les pods demandent et peuvent prendre sur chaque nœud, face à ce que le nœud peut donner.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let rooms = capacity::clusters(&view);
    let mut rows = Vec::new();
    let mut worst: Option<(Said, f64)> = None;
    for room in &rooms {
        headroom(request, &view, room, &mut rows, &mut worst);
    }
    quotas(request, &view, &mut rows);
    traffic(request, &view, &mut rows);
    partitions(request, &view, &mut rows);
    classes(request, &view, &mut rows);
    let answer = match worst {
        Some((loss, used)) if used <= 1.0 => {
            let share = Said::by(|lang| format!("{}\u{a0}%", (used * 100.0).round().show(lang)));
            said!(
                "Everything still fits {loss}: {share} of what is left is requested.",
                "Tout tient encore {loss} : {share} de ce qui reste est demandé.",
                loss = loss,
                share = share
            )
        }
        Some((loss, _)) => said!("Not everything fits {loss}.", "Tout ne tient pas {loss}.", loss = loss),
        None => said!("What is asked for, against what there is.", "Ce qui est demandé, face à ce qu’il y a."),
    };
    let title = said!("Capacity: {title}", "Capacité : {title}", title = title_of(&view));
    let columns = [
        said!("What", "Quoi"),
        said!("Case", "Cas"),
        said!("Asked for", "Demandé"),
        said!("There is", "Disponible"),
        said!("Verdict", "Verdict"),
    ];
    let body = request.table(&columns, rows, &said!("No capacity is stated.", "Aucune capacité n’est indiquée."));
    Some(request.figure("capacity", &title, &answer, &Said::default(), body))
}

fn fits(request: &Request<'_>, yes: bool, why: &Said) -> Cell {
    let word = if yes { said!("fits", "tient") } else { said!("does not fit", "ne tient pas") };
    request.cell(&word).marked(if yes { Mark::Good } else { Mark::Bad }).derived(request.say(why))
}

fn headroom(
    request: &Request<'_>,
    view: &View<'_>,
    room: &ClusterRoom<'_>,
    rows: &mut Vec<Row>,
    worst: &mut Option<(Said, f64)>,
) {
    let fallouts =
        [capacity::lose_a_node(view, room), capacity::lose_a_zone(view, room), capacity::lose_a_site(view, room)];
    for head in capacity::headroom(view, room) {
        // Where pods must spread, room in sum is not yet room for each of them.
        let fallout = fallouts.iter().flatten().find(|fallout| fallout.loss == head.loss);
        let stranded = fallout.map_or(0, |fallout| fallout.without_room());
        let why = if stranded > 0 {
            said!("{n} pods find no place", "{n} pods ne trouvent pas de place", n = stranded)
        } else {
            Said::default()
        };
        for (what, asked, given, derived) in [
            (
                said!("CPU", "CPU"),
                head.requested.cpu,
                head.cpu.as_ref().map(|cpu| cpu.value.value()),
                head.cpu.as_ref().map(|cpu| request.derived(&said!("{v}", "{v}", v = cpu.value), cpu)),
            ),
            (
                said!("memory", "mémoire"),
                head.requested.memory,
                head.memory.as_ref().map(|memory| memory.value.value()),
                head.memory.as_ref().map(|memory| request.derived(&said!("{v}", "{v}", v = memory.value), memory)),
            ),
        ] {
            let (Some(given), Some(cell)) = (given, derived) else { continue };
            let used = if given > 0.0 { asked / given } else { f64::INFINITY };
            if worst.as_ref().is_none_or(|(_, other)| used >= *other) {
                *worst = Some((head.loss.said(), if stranded > 0 { 2.0 } else { used }));
            }
            let asked_text =
                if what.en == "CPU" { Cpu::of(asked).show(request.lang) } else { Bytes::of(asked).show(request.lang) };
            let share = format!("{}\u{a0}%", (used * 100.0).round().show(request.lang));
            rows.push(Row::of(vec![
                Cell::new(room.name).derived(request.say(&said!("requests, {what}", "demandes, {what}", what = what))),
                request.cell(&head.loss.said()),
                Cell { facts: requested_facts(view, room).into(), ..Cell::new(asked_text).derived(share) },
                cell,
                fits(request, used <= 1.0 && stranded == 0, &why),
            ]));
        }
    }
}

/// What the sum of requests follows from: each pod's requests, and how many pods there are.
fn requested_facts(view: &View<'_>, room: &ClusterRoom<'_>) -> BTreeSet<String> {
    let pods = room.nodes.iter().flat_map(|node| &node.pods).flat_map(|pod| {
        let component = view.instances[*pod].component;
        ["replicas", "runs_on", "spread", "workload"].map(|key| view.path(&format!("components.{component}.{key}")))
    });
    let requests =
        room.nodes.iter().flat_map(|node| node.requested_cpu.facts.iter().chain(&node.requested_memory.facts).cloned());
    pods.chain(requests).collect()
}

/// How many pods of a component there are follows from these.
fn numbers(view: &View<'_>, component: &str) -> Vec<String> {
    ["replicas", "members", "replication.members", "workload"]
        .iter()
        .map(|key| view.path(&format!("components.{component}.{key}")))
        .collect()
}

fn quotas(request: &Request<'_>, view: &View<'_>, rows: &mut Vec<Row>) {
    for used in capacity::quotas(view) {
        let pods = view
            .design
            .components
            .iter()
            .filter(|(_, component)| component.namespace.as_deref() == Some(used.namespace));
        let facts: Vec<String> = pods.flat_map(|(name, _)| numbers(view, name)).collect();
        let header = |what: &Said| {
            Cell::new(used.namespace).facts(facts.iter().cloned()).derived(request.say(&said!(
                "namespace of {cluster}, {what}",
                "espace de noms de {cluster}, {what}",
                cluster = used.cluster,
                what = what
            )))
        };
        let case = request.cell(&said!("quota", "quota"));
        if let Some((quota, sum)) = &used.cpu {
            rows.push(Row::of(vec![
                header(&said!("CPU", "CPU")),
                case.clone(),
                request.derived(&said!("{v}", "{v}", v = sum.value), sum),
                Cell::new(quota.show(request.lang))
                    .facts([view.path(&format!("clusters.{}.namespaces.{}.quota.cpu", used.cluster, used.namespace))]),
                fits(request, sum.value.value() <= quota.value() + 1e-9, &Said::default()),
            ]));
        }
        if let Some((quota, sum)) = &used.memory {
            rows.push(Row::of(vec![
                header(&said!("memory", "mémoire")),
                case,
                request.derived(&said!("{v}", "{v}", v = sum.value), sum),
                Cell::new(quota.show(request.lang)).facts([
                    view.path(&format!("clusters.{}.namespaces.{}.quota.memory", used.cluster, used.namespace))
                ]),
                fits(request, sum.value.value() <= quota.value() + 1.0, &Said::default()),
            ]));
        }
    }
}

fn traffic(request: &Request<'_>, view: &View<'_>, rows: &mut Vec<Row>) {
    for load in capacity::traffic(view) {
        let cases =
            std::iter::once((&Loss::Nothing, &load.all)).chain(load.after.iter().map(|(loss, left)| (loss, left)));
        for (loss, left) in cases {
            rows.push(Row::of(vec![
                Cell::new(load.component)
                    .facts(numbers(view, load.component))
                    .derived(request.say(&said!("requests served", "requêtes servies"))),
                request.cell(&loss.said()),
                request.derived(&said!("{v}", "{v}", v = load.peak.value), &load.peak),
                request.derived(&said!("{v}", "{v}", v = left.value), left),
                fits(request, load.peak.value.value() <= left.value.value() + 1e-9, &Said::default()),
            ]));
        }
    }
}

fn partitions(request: &Request<'_>, view: &View<'_>, rows: &mut Vec<Row>) {
    for partition in capacity::partitions(view) {
        let why = if partition.unlimited.is_empty() {
            Said::default()
        } else {
            let names = Said::list(&partition.unlimited);
            said!("without a limit: {names}", "sans limite : {names}", names = names)
        };
        rows.push(Row::of(vec![
            Cell::new(partition.name).derived(request.say(&said!("partition, memory", "partition, mémoire"))),
            request.cell(&said!("limits", "limites")),
            request.derived(&said!("{v}", "{v}", v = partition.limits.value), &partition.limits),
            request.derived(&said!("{v}", "{v}", v = partition.memory.value), &partition.memory),
            fits(request, partition.limits.value.value() <= partition.memory.value.value(), &why),
        ]));
    }
}

/// The quality of service of each component: who is killed first where memory runs out.
fn classes(request: &Request<'_>, view: &View<'_>, rows: &mut Vec<Row>) {
    for (name, component) in &view.design.components {
        let Some(demand) = view.in_kubernetes(component).then(|| capacity::demand(view, name, component)).flatten()
        else {
            continue;
        };
        let qos = demand.qos();
        let show_pair = |cpu: Option<String>, memory: Option<String>| {
            let parts: Vec<String> = [cpu, memory].into_iter().flatten().collect();
            if parts.is_empty() { request.say(&said!("none", "aucune")) } else { parts.join(" · ") }
        };
        let requests = show_pair(
            demand.request_cpu.as_ref().map(|d| d.value.show(request.lang)),
            demand.request_memory.as_ref().map(|d| d.value.show(request.lang)),
        );
        let limits = show_pair(
            demand.limit_cpu.as_ref().map(|d| d.value.show(request.lang)),
            demand.limit_memory.as_ref().map(|d| d.value.show(request.lang)),
        );
        let facts = |keys: [&str; 2]| keys.map(|key| view.path(&format!("components.{name}.{key}")));
        let mark = match qos {
            capacity::Qos::Guaranteed => Mark::Good,
            capacity::Qos::Burstable => Mark::None,
            capacity::Qos::BestEffort => Mark::Warn,
        };
        rows.push(Row::of(vec![
            Cell::new(name.clone()).derived(request.say(&said!("one pod", "un pod"))),
            request.cell(&said!("requests and limits", "demandes et limites")),
            Cell::new(requests).facts(facts(["requests.cpu", "requests.memory"])),
            Cell::new(limits).facts(facts(["limits.cpu", "limits.memory"])),
            Cell::new(qos.word()).marked(mark),
        ]));
    }
}

/// Ticks are round numbers of this.
const GIB: f64 = 1024.0 * 1024.0 * 1024.0;

/// One line a node: the memory that pods request and may use, against what the node can give.
/// Nodes beside each other that carry the same are one line: `workers-1 … workers-8`.
fn alike(rows: Vec<BarRow>) -> Vec<BarRow> {
    let mut out: Vec<BarRow> = Vec::new();
    for row in rows {
        match out.last_mut().filter(|last| last.bars == row.bars && last.limit == row.limit && last.fact == row.fact) {
            Some(last) => {
                let first = last.label.split(" … ").next().unwrap_or_default().to_owned();
                last.label = format!("{first} … {}", row.label);
            }
            None => out.push(row),
        }
    }
    out
}

pub(super) fn chart(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let mut rows = Vec::new();
    let mut facts = BTreeSet::new();
    let mut most = 0.0_f64;
    for room in capacity::clusters(&view) {
        for node in room.nodes.iter() {
            let Some(memory) = &node.memory else { continue };
            facts.extend(node.pods.iter().flat_map(|pod| {
                let component = view.instances[*pod].component;
                ["replicas", "runs_on", "spread", "workload"]
                    .map(|key| view.path(&format!("components.{component}.{key}")))
            }));
            facts.extend(
                memory.facts.iter().chain(&node.requested_memory.facts).chain(&node.limit_memory.facts).cloned(),
            );
            let parts = node.pods.iter().filter_map(|pod| {
                let instance = &view.instances[*pod];
                let demand =
                    capacity::demand(&view, instance.component, view.design.components.get(instance.component)?)?;
                Some(Part {
                    label: instance.component.to_owned(),
                    value: demand.request_memory?.value.value() / GIB,
                    role: Role::Accent,
                })
            });
            most = most.max(node.requested_memory.value.value() / memory.value.value());
            rows.push(BarRow {
                label: view.machines[node.machine].name.clone(),
                bars: vec![
                    Bar {
                        label: request.say(&said!("requests", "demandes")),
                        parts: parts.collect(),
                        text: node.requested_memory.value.show(request.lang),
                    },
                    Bar {
                        label: request.say(&said!("limits", "limites")),
                        parts: vec![Part {
                            label: String::new(),
                            value: node.limit_memory.value.value() / GIB,
                            role: Role::Warn,
                        }],
                        text: node.limit_memory.value.show(request.lang),
                    },
                ],
                limit: Some(memory.value.value() / GIB),
                fact: Some(view.path(&format!("hosts.{}", view.machines[node.machine].group))),
            });
        }
    }
    if rows.is_empty() {
        return None;
    }
    let rows = alike(rows);
    let lang = request.lang;
    let format = move |value: f64| {
        format!("{}\u{a0}{}", lang.number(value, 1), if lang == crate::source::Lang::Fr { "Gio" } else { "GiB" })
    };
    let drawing = draw_bars(
        &BarChart {
            x_label: request.say(&said!("memory of one node", "mémoire d’un nœud")),
            rows,
            x_format: &format,
            limit_label: request.say(&said!("allocatable", "allouable")),
        },
        lang,
    );
    let share = Said::by(|lang| format!("{}\u{a0}%", (most * 100.0).round().show(lang)));
    let answer = said!(
        "The fullest node has {share} of its allocatable memory requested.",
        "Le nœud le plus chargé a {share} de sa mémoire allouable demandée.",
        share = share
    );
    let title = said!("Memory, node by node: {title}", "La mémoire, nœud par nœud : {title}", title = title_of(&view));
    let note = said!(
        "Requests are what the scheduler counts; limits may exceed what there is, which is overcommitment.",
        "Les demandes sont ce que compte l’ordonnanceur ; les limites peuvent dépasser ce qu’il y a : c’est la surréservation."
    );
    let mut figure = request.figure("capacity", &title, &answer, &note, Body::Drawing(drawing));
    figure.id = format!("{}.capacity-chart", request.subject());
    figure.facts = facts;
    Some(figure)
}
