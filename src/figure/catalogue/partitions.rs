//! `table: partitions`: how a vehicle's computer is divided, and what keeps its parts apart.

use super::cells::{asil, restart};
use super::{Request, title_of, yes_no};
use crate::analysis::capacity::{PartitionRoom, partitions};
use crate::analysis::rule::{Words, words};
use crate::analysis::standing::count;
use crate::analysis::{Derived, View};
use crate::design::model::place::{Asil, Hosts, Partition};
use crate::design::quantity::Bytes;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every partition: its system, level, cores and memory against what its programs may take, what keeps the others from disturbing it, and how it starts.",
    "Chaque partition : son système, son niveau, ses cœurs, sa mémoire face à ce que ses programmes peuvent prendre, ce qui la protège des autres, et comment elle démarre.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let rooms = partitions(&view);
    let mut rows = Vec::new();
    let mut over = Vec::new();
    for ((name, partition), room) in view.design.partitions.iter().zip(&rooms) {
        if room.limits.value.value() > room.memory.value.value() {
            over.push(name.as_str());
        }
        rows.push(row(request, &view, name, partition, room));
    }
    if rows.is_empty() {
        return None;
    }
    for (name, hosts) in &view.design.hosts {
        rows.extend(whole(request, &view, name, hosts));
    }
    let shared = shared_cores(&view);
    let unlimited: Vec<&str> = rooms.iter().flat_map(|room| room.unlimited.iter().copied()).collect();
    let answer = if !shared.is_empty() {
        said!(
            "Partitions share cores: {shared}.",
            "Des partitions partagent des cœurs : {shared}.",
            shared = Said::list(&shared)
        )
    } else if !over.is_empty() {
        said!(
            "Programs may take more memory than there is in: {over}.",
            "Les programmes peuvent prendre plus de mémoire qu’il n’y en a dans : {over}.",
            over = Said::list(&over)
        )
    } else if !unlimited.is_empty() {
        said!(
            "Nothing limits the memory of {unlimited}.",
            "Rien ne limite la mémoire de {unlimited}.",
            unlimited = Said::list(&unlimited)
        )
    } else {
        said!(
            "No two partitions share a core, and each holds all that its programs may take.",
            "Aucune partition ne partage un cœur, et chacune contient tout ce que ses programmes peuvent prendre."
        )
    };
    let title = said!(
        "How the computer is divided: {title}",
        "Comment le calculateur est partagé : {title}",
        title = title_of(&view)
    );
    let columns = [
        said!("Partition", "Partition"),
        said!("System", "Système"),
        said!("Level declared", "Niveau déclaré"),
        said!("Cores", "Cœurs"),
        said!("Memory", "Mémoire"),
        said!("Its programs may take", "Ses programmes peuvent prendre"),
        said!("Kept from interference by", "Protégée des autres par"),
        said!("Starts in", "Démarre en"),
        said!("Containers started by", "Conteneurs lancés par"),
    ];
    let body = request.compact(&columns, rows, &said!("No partition.", "Aucune partition."));
    Some(request.figure("partitions", &title, &answer, &Said::default(), body))
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, partition: &Partition, room: &PartitionRoom<'_>) -> Row {
    let path = |key: &str| view.path(&format!("partitions.{name}.{key}"));
    let kernel = match partition.os.kernel.as_str() {
        "own" => said!("a kernel of its own", "son propre noyau"),
        kernel => said!("kernel: {kernel}", "noyau : {kernel}"),
    };
    let place = match &partition.segment {
        Some(segment) => {
            said!("on {soc}, in {segment}", "sur {soc}, dans {segment}", soc = partition.runs_on, segment = segment)
        }
        None => said!("on {soc}", "sur {soc}", soc = partition.runs_on),
    };
    let cores: Vec<String> = partition.pinned_cores.iter().map(u32::to_string).collect();
    let shared = shared_cores(view).contains(&name);
    let cores = if cores.is_empty() { request.unanswered() } else { Cell::new(cores.join(", ")) };
    let cores =
        if shared { cores.marked(Mark::Bad).derived(request.say(&said!("shared", "partagés"))) } else { cores };
    let starts = request.fact(partition.starts_in.as_ref(), path("starts_in"));
    let again = partition.restart.map(restart).unwrap_or_default();
    Row::of(vec![
        Cell::new(name).derived(request.say(&place)).facts([path("runs_on"), path("segment")]),
        Cell::new(partition.os.product.clone())
            .derived(request.say(&kernel))
            .facts([path("os.product"), path("os.kernel")]),
        request.stated(partition.asil.map(asil).as_ref(), path("asil")),
        cores.facts(
            view.design.partitions.keys().flat_map(|other| {
                ["runs_on", "pinned_cores"].map(|key| view.path(&format!("partitions.{other}.{key}")))
            }),
        ),
        memory(request, &room.memory),
        limits(request, view, name, room),
        apart(request, partition, &path),
        starts.derived(request.say(&again)).facts([path("restart")]),
        request.optional(partition.orchestrator.as_ref(), path("orchestrator")),
    ])
}

/// What programs may take, once the system has what it keeps.
fn memory(request: &Request<'_>, memory: &Derived<Bytes>) -> Cell {
    request.derived(&Said::by(|lang| memory.value.show(lang)), memory)
}

fn limits(request: &Request<'_>, view: &View<'_>, name: &str, room: &PartitionRoom<'_>) -> Cell {
    let inside = view.design.components.iter().filter(|(_, component)| component.runs_on.as_deref() == Some(name));
    let facts: Vec<String> = inside
        .flat_map(|(component, _)| {
            let own = ["runs_on", "limits"].map(|key| view.path(&format!("components.{component}.{key}")));
            count(view, component).into_iter().chain(own)
        })
        .collect();
    let (takes, has) = (room.limits.value.value(), room.memory.value.value());
    let left = Bytes::of((has - takes).abs());
    let (rest, mark) = if takes > has {
        (said!("{left} too much", "{left} de trop", left = left), Mark::Bad)
    } else if room.unlimited.is_empty() {
        (said!("{left} to spare", "marge de {left}", left = left), Mark::Good)
    } else {
        let names = Said::list(&room.unlimited);
        (said!("no limit: {names}", "sans limite : {names}", names = names), Mark::Warn)
    };
    if takes == 0.0 && !room.unlimited.is_empty() {
        return request
            .cell(&said!("no limit", "sans limite"))
            .derived(room.unlimited.join(", "))
            .marked(Mark::Warn)
            .facts(facts);
    }
    let value = Said::by(|lang| room.limits.value.show(lang));
    request
        .derived(&value, &room.limits)
        .derived(request.small(&[room.limits.formula.clone(), rest]))
        .marked(mark)
        .facts(facts)
}

/// The four ways of interference that ISO 26262-6, annex D names, and what stands against each.
fn apart(request: &Request<'_>, partition: &Partition, path: &dyn Fn(&str) -> String) -> Cell {
    let stated = partition.freedom_from_interference.as_ref();
    let asked = partition.asil.is_some_and(|level| level > Asil::QM);
    let Some(stated) = stated else {
        return if asked { request.unanswered().facts([path("freedom_from_interference")]) } else { Cell::default() };
    };
    let ways = [
        ("memory", said!("memory", "mémoire"), &stated.memory),
        ("devices", said!("devices", "périphériques"), &stated.devices),
        ("timing", said!("processor time", "temps processeur"), &stated.timing),
        ("messages", said!("messages", "messages"), &stated.messages),
    ];
    let mechanisms: Vec<&str> = ways.iter().filter_map(|(_, _, mechanism)| mechanism.as_deref()).collect();
    let silent: Vec<&Said> =
        ways.iter().filter(|(_, _, mechanism)| mechanism.is_none()).map(|(_, title, _)| title).collect();
    let (how, mark) = if silent.is_empty() {
        let titles: Vec<&Said> = ways.iter().map(|(_, title, _)| title).collect();
        (said!("against: {ways}", "contre : {ways}", ways = Said::list(titles.iter().copied())), Mark::Good)
    } else {
        (
            said!("nothing said of: {ways}", "rien sur : {ways}", ways = Said::list(silent.iter().copied())),
            Mark::Unanswered,
        )
    };
    let facts = ways.map(|(key, ..)| path(&format!("freedom_from_interference.{key}")));
    Cell::new(mechanisms.join(", ")).derived(request.say(&how)).marked(mark).facts(facts)
}

/// The computer itself: what its partitions take of it together.
fn whole(request: &Request<'_>, view: &View<'_>, name: &str, hosts: &Hosts) -> Option<Row> {
    let path = |key: &str| view.path(&format!("hosts.{name}.{key}"));
    let on_it: Vec<(&String, &Partition)> =
        view.design.partitions.iter().filter(|(_, partition)| *partition.runs_on == *name).collect();
    if on_it.is_empty() {
        return None;
    }
    let pinned: usize = on_it.iter().map(|(_, partition)| partition.pinned_cores.len()).sum();
    let memory: f64 = on_it.iter().map(|(_, partition)| partition.memory.value.value()).sum();
    let secure = hosts.secure_boot.map_or_else(Said::default, |secure| {
        said!("starts only signed software: {yes}", "ne démarre que du logiciel signé : {yes}", yes = yes_no(secure))
    });
    let lasts = hosts.lifetime.as_ref().map_or_else(Said::default, |lifetime| {
        said!("must last {lifetime}", "doit durer {lifetime}", lifetime = lifetime)
    });
    let cores = hosts.cores.map_or_else(Cell::default, |cores| {
        request.cell(&said!("{pinned} of {cores}", "{pinned} sur {cores}", pinned = pinned, cores = cores))
    });
    let given = hosts.memory.as_ref().map_or_else(Cell::default, |all| {
        let mark = if memory > all.value.value() { Mark::Bad } else { Mark::None };
        request.cell(&said!("{given} of {all}", "{given} sur {all}", given = Bytes::of(memory), all = all)).marked(mark)
    });
    let pins = on_it.iter().map(|(partition, _)| view.path(&format!("partitions.{partition}.pinned_cores")));
    let memories = on_it.iter().map(|(partition, _)| view.path(&format!("partitions.{partition}.memory")));
    let mut cells = vec![
        request
            .cell(&said!("all of {name}", "tout {name}"))
            .derived(request.small(&[secure, lasts]))
            .facts([path("secure_boot"), path("lifetime")]),
        Cell::default(),
        Cell::default(),
        cores.facts(pins).facts([path("cores")]),
        given.facts(memories).facts([path("memory")]),
    ];
    cells.resize(9, Cell::default());
    Some(Row::of(cells))
}

/// The partitions that have a core in common with another of the same machine.
fn shared_cores<'a>(view: &View<'a>) -> Vec<&'a str> {
    let all = &view.design.partitions;
    let shares = |name: &str, partition: &Partition| {
        all.iter().any(|(other_name, other)| {
            other_name != name
                && other.runs_on == partition.runs_on
                && other.pinned_cores.iter().any(|core| partition.pinned_cores.contains(core))
        })
    };
    all.iter().filter(|(name, partition)| shares(name, partition)).map(|(name, _)| name.as_str()).collect()
}
