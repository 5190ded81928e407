//! `table: hosts`: groups of identical machines, what one of them is, and what all of them cost.

use super::{Request, title_of, yes_no};
use crate::analysis::View;
use crate::analysis::measure::{self, Subject, Value, counted};
use crate::analysis::rule::{Words, words};
use crate::design::model::place::Hosts;
use crate::design::quantity::seconds;
use crate::figure::{Cell, Figure, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every group of identical machines: how many, where, on what, with which stack, processor and memory, who makes them, what is promised and what they cost.",
    "Chaque groupe de machines identiques : combien, où, sur quoi, avec quelle stack, quel processeur et quelle mémoire, qui les crée, ce qui est promis et ce qu’elles coûtent.",
);

const COLUMNS: usize = 9;

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let hosts = &view.design.hosts;
    if hosts.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = hosts.iter().map(|(name, group)| row(request, &view, name, group)).collect();
    let price = price(&view);
    if let Some(price) = &price {
        let mut cells = vec![request.cell(&said!("all, a month", "toutes, par mois"))];
        cells.resize(COLUMNS - 2, Cell::default());
        cells.push(request.derived(price.value.text(), price));
        cells.resize(COLUMNS, Cell::default());
        rows.push(Row::of(cells));
    }
    // A virtual machine stands on another group; what does not is a machine of its own.
    let virtual_ones: u32 = hosts.values().filter(|group| group.runs_on.is_some()).map(|group| group.count).sum();
    let others: u32 = hosts.values().filter(|group| group.runs_on.is_none()).map(|group| group.count).sum();
    let machines = counted(others, words("machine", "machine"), words("machines", "machines"));
    let groups = counted(hosts.len() as u32, words("group", "groupe"), words("groups", "groupes"));
    let guests = if virtual_ones == 0 {
        Said::default()
    } else {
        let n = counted(
            virtual_ones,
            words("virtual machine", "machine virtuelle"),
            words("virtual machines", "machines virtuelles"),
        );
        said!(" and {n} on them", " et {n} dessus", n = n)
    };
    let cost = price.as_ref().map_or_else(Said::default, |price| {
        said!(", for {price} a month", ", pour {price} par mois", price = price.value.text())
    });
    let answer = said!(
        "{machines}{guests}, in {groups}{cost}.",
        "{machines}{guests}, en {groups}{cost}.",
        machines = machines,
        guests = guests,
        groups = groups,
        cost = cost
    );
    let title = said!("The machines: {title}", "Les machines : {title}", title = title_of(&view));
    let columns = [
        said!("Group", "Groupe"),
        said!("How many", "Combien"),
        said!("Stack", "Stack"),
        said!("One of them", "L’une d’elles"),
        said!("Segment", "Segment"),
        said!("Made by", "Créées par"),
        said!("Their VMs come back in", "Leurs VM reviennent en"),
        said!("Price of one", "Prix d’une"),
        said!("Promised for one", "Promis pour une"),
    ];
    let body = request.compact(&columns, rows, &said!("No machine.", "Aucune machine."));
    Some(request.figure("hosts", &title, &answer, &Said::default(), body))
}

/// What all machines cost a month, where any group states its price.
fn price(view: &View<'_>) -> Option<crate::analysis::Derived<Value>> {
    let worked_out = measure::find("monthly-price")?.of(&Subject::Design(view));
    matches!(worked_out.value, Value::Known(_)).then_some(worked_out)
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, hosts: &Hosts) -> Row {
    let path = |key: &str| view.path(&format!("hosts.{name}.{key}"));
    let places: Vec<&str> = hosts.at.iter().map(|site| site.0.as_str()).collect();
    let below = hosts.runs_on.as_ref().map_or_else(Said::default, |below| match hosts.apart {
        Some(true) => said!("on {below}, no two on the same", "sur {below}, jamais deux sur la même", below = below),
        _ => said!("on {below}", "sur {below}", below = below),
    });
    let signed = hosts.secure_boot.map_or_else(Said::default, |secure| {
        said!("only signed software: {yes}", "logiciel signé seulement : {yes}", yes = yes_no(secure))
    });
    let lasts = hosts
        .lifetime
        .as_ref()
        .map_or_else(Said::default, |lifetime| said!("for {lifetime}", "pour {lifetime}", lifetime = lifetime));
    let title = hosts.stack.as_ref().map_or_else(
        || request.unanswered(),
        |stack| {
            let title = view.workspace.stacks.get(stack.0.as_str()).and_then(|doc| doc.value.title.as_ref());
            Cell::new(title.map_or_else(|| stack.0.clone(), |title| title.show(request.lang)))
        },
    );
    let spread = if places.is_empty() {
        Said::default()
    } else {
        said!("in {places}", "dans {places}", places = Said::list(&places))
    };
    Row::of(vec![
        Cell::new(name)
            .derived(request.small(&[below, signed, lasts]))
            .facts(["runs_on", "apart", "secure_boot", "lifetime"].map(path)),
        Cell::new(hosts.count.show(request.lang)).derived(request.say(&spread)).facts([path("count"), path("in")]),
        title.facts([path("stack")]).facts(hosts.stack.iter().map(|stack| format!("{stack}.title"))),
        one(request, view, name, hosts),
        request.optional(hosts.segment.as_ref(), path("segment")),
        made_by(request, view, name, hosts)
            .facts([path("provisioned_by")])
            .facts(view.design.clusters.keys().map(|cluster| view.path(&format!("clusters.{cluster}.workers")))),
        comes_back(request, view, name, hosts),
        request.fact(hosts.price.as_ref(), path("price")),
        request.fact(hosts.sla.as_ref(), path("sla")),
    ])
}

/// What one machine has, and what its system keeps of that.
fn one(request: &Request<'_>, view: &View<'_>, name: &str, hosts: &Hosts) -> Cell {
    let path = |key: &str| view.path(&format!("hosts.{name}.{key}"));
    let cores = |n: f64| said!("{n} cores", "{n} cœurs", n = n);
    let cpu = hosts.cpu.as_ref().map(|cpu| cpu.value.value()).or(hosts.cores.map(f64::from)).map(cores);
    let memory = hosts.memory.as_ref().map(|memory| Said::by(|lang| memory.show(lang)));
    let kept = hosts.reserved.as_ref();
    let (kept_cpu, kept_memory) = (kept.and_then(|kept| kept.cpu.as_ref()), kept.and_then(|kept| kept.memory.as_ref()));
    let parts = [
        kept_cpu.map(|cpu| Said::by(|lang| cpu.show(lang))),
        kept_memory.map(|memory| Said::by(|lang| memory.show(lang))),
    ];
    let parts: Vec<Said> = parts.into_iter().flatten().collect();
    let system = if parts.is_empty() {
        Said::default()
    } else {
        said!("the system keeps {parts}", "le système garde {parts}", parts = Said::list(&parts))
    };
    let evidence = [
        hosts.cpu.as_ref().map(|fact| fact.evidence()),
        hosts.memory.as_ref().map(|fact| fact.evidence()),
        kept_cpu.map(|fact| fact.evidence()),
        kept_memory.map(|fact| fact.evidence()),
    ];
    let evidence = evidence.into_iter().flatten().filter(|said| !said.is_empty());
    let value = Said::join(&[cpu, memory].into_iter().flatten().collect::<Vec<_>>(), ", ");
    let cell = request.cell(&value).derived(request.say(&system));
    let facts = ["cpu", "cores", "memory", "reserved.cpu", "reserved.memory"].map(path);
    Cell { sources: evidence.map(|said| request.say(&said)).collect(), ..cell }.facts(facts)
}

/// What makes the machines. Virtual machines and nodes come and go, so somebody would ask; a box is bought.
fn made_by(request: &Request<'_>, view: &View<'_>, name: &str, hosts: &Hosts) -> Cell {
    let nodes = view.design.clusters.values().any(|cluster| cluster.workers.iter().any(|group| **group == *name));
    match &hosts.provisioned_by {
        Some(what) => Cell::new(what.show(request.lang)),
        None if nodes || hosts.runs_on.is_some() => request.unanswered(),
        None => Cell::default(),
    }
}

/// How long the hypervisors' high availability takes to start lost virtual machines elsewhere.
fn comes_back(request: &Request<'_>, view: &View<'_>, name: &str, hosts: &Hosts) -> Cell {
    let Some(restarts) = &hosts.restarts_vms else { return Cell::default() };
    let path = |key: &str| view.path(&format!("hosts.{name}.restarts_vms.{key}"));
    let (dead, places) = (&restarts.declares_dead, &restarts.places_in);
    let formula = said!(
        "{dead} + {places}, then they boot",
        "{dead} + {places}, puis elles démarrent",
        dead = dead,
        places = places
    );
    let mut sources: Vec<String> = Vec::new();
    for evidence in [dead.evidence(), places.evidence()] {
        let evidence = request.say(&evidence);
        if !evidence.is_empty() && !sources.contains(&evidence) {
            sources.push(evidence);
        }
    }
    let cell = request.cell(&seconds(dead.value.value() + places.value.value())).derived(request.say(&formula));
    Cell { sources, ..cell }.facts([path("declares_dead"), path("places_in")])
}
