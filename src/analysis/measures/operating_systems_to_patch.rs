//! `operating-systems-to-patch`

use std::collections::BTreeSet;

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, OnStack, Value, Work, counted, names, parts, unanswered, word};
use crate::analysis::rule::{Words, words};
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::design::model::place::Hosts;
use crate::design::model::stack::{Layer, LayerKind, Per, Stack};
use crate::said;
use crate::source::Said;

/// How many operating systems there are to patch.
pub static MEASURE: Measure = Measure {
    id: "operating-systems-to-patch",
    title: words("Operating systems to patch", "Systèmes d’exploitation à mettre à jour"),
    explains: words(
        "Operating systems of hosts and guests, and hypervisors that stand on the bare machine, times how many of each there are. Those that a provider or vendor patches are said and not counted.",
        "Les systèmes des hôtes et des invités, et les hyperviseurs posés à même la machine, fois leur nombre. Ceux qu’un fournisseur ou un éditeur met à jour sont dits et non comptés.",
    ),
    better: Some(Better::Lower),
    unit: "systems",
    sources: &["PCI DSS v4.0.1, 6.3.3"],
    work_out: Work::Both(of_stack, of_design),
};

/// Whether a team is nobody of ours: the words that the documents use for those who sell it.
pub(super) fn outsider(team: &str) -> bool {
    matches!(team, "provider" | "vendor")
}

/// `hardware and hypervisor: the provider’s`.
pub(super) fn owners(theirs: &[(Said, String)]) -> Option<Said> {
    let of = |team: &str| {
        let what: Vec<&Said> = theirs.iter().filter(|(_, other)| other == team).map(|(what, _)| what).collect();
        (!what.is_empty()).then(|| Said::list(what))
    };
    let provider = of("provider").map(|what| said!("{what}: the provider’s", "{what} : au fournisseur", what = what));
    let vendor = of("vendor").map(|what| said!("{what}: the vendor’s", "{what} : à l’éditeur", what = what));
    let each: Vec<Said> = provider.into_iter().chain(vendor).collect();
    (!each.is_empty()).then(|| Said::join(&each, ", "))
}

/// Whether a layer is an operating system; a hypervisor is one where no host OS lies in the stack.
fn is_system(stack: &Stack, layer: &Layer) -> bool {
    match layer.kind {
        LayerKind::HostOs | LayerKind::GuestOs => true,
        LayerKind::Hypervisor => !stack.layers.iter().any(|other| other.kind == LayerKind::HostOs),
        _ => false,
    }
}

fn called(layer: &Layer) -> (Words, Words) {
    match layer.kind {
        LayerKind::GuestOs => (words("guest", "invité"), words("guests", "invités")),
        LayerKind::Hypervisor => (words("hypervisor", "hyperviseur"), words("hypervisors", "hyperviseurs")),
        _ => (words("host", "hôte"), words("hosts", "hôtes")),
    }
}

/// What was counted so far.
#[derive(Default)]
struct Tally {
    ours: u32,
    terms: Vec<Said>,
    theirs: Vec<(Said, String)>,
    unnamed: bool,
    left_out: Vec<Said>,
    facts: BTreeSet<String>,
}

impl Tally {
    fn add(&mut self, stack: &str, layer: &Layer, count: u32, of: Option<&str>) {
        let (one, many) = called(layer);
        let mut what = counted(count, one, many);
        if let Some(of) = of {
            what = said!("{what} ({of})", "{what} ({of})", what = what);
        }
        self.facts.insert(format!("{stack}.layers.{}.per", word(layer.kind)));
        if let Some(team) = &layer.patched_by {
            self.facts.insert(format!("{stack}.layers.{}.patched_by", word(layer.kind)));
            if outsider(team) {
                let what = if of.is_some() { what } else { Words::said(&many) };
                self.theirs.push((what, team.0.clone()));
                return;
            }
        } else {
            self.unnamed = true;
        }
        self.ours += count;
        self.terms.push(what);
    }

    fn derived(self) -> Derived<Value> {
        let mut said = vec![Said::join(&self.terms, " + ")];
        said.extend(owners(&self.theirs));
        if self.unnamed {
            said.push(said!("nobody is named to patch some of them", "personne n’est nommé pour certains"));
        }
        if !self.left_out.is_empty() {
            said.push(said!("not counted: {what}", "non compté : {what}", what = Said::list(&self.left_out)));
        }
        let value = Value::count(self.ours as usize).without(self.left_out);
        Derived::new(value, parts(&said)).from_facts(self.facts)
    }
}

fn of_stack(on: &OnStack<'_>) -> Derived<Value> {
    let mut tally = Tally::default();
    for layer in on.stack.layers.iter().filter(|layer| is_system(on.stack, layer)) {
        let Some(count) = on.instances(layer) else { return on.no_per_host() };
        tally.add(on.name, layer, count, None);
        tally.facts.extend(on.counted_from(layer));
    }
    if tally.terms.is_empty() && tally.theirs.is_empty() {
        return unanswered(said!("no layer is an operating system", "aucune couche n’est un système d’exploitation"));
    }
    tally.derived()
}

fn of_design(view: &View<'_>) -> Derived<Value> {
    let hosts = &view.design.hosts;
    let mut tally = Tally::default();
    // Machines below, that the stack of those above already described.
    let mut below: BTreeSet<&str> = BTreeSet::new();
    for (name, group) in hosts {
        let Some((stack_name, stack)) = view.stack(group) else { continue };
        tally.facts.insert(view.path(&format!("hosts.{name}.stack")));
        tally.facts.insert(view.path(&format!("hosts.{name}.count")));
        let virtual_machines = stack.layers.iter().any(|layer| layer.kind == LayerKind::VirtualMachine);
        for layer in stack.layers.iter().filter(|layer| is_system(stack, layer)) {
            let count = match layer.per {
                // The machines of the group are the virtual machines; what lies below is counted apart.
                Per::Host if virtual_machines => match beneath(view, stack, layer, name, group) {
                    Beneath::Group(name, count) if hosts[name].stack.is_none() && below.insert(name) => {
                        Some((count, name))
                    }
                    Beneath::Group(..) => None,
                    Beneath::Count(count) => Some((count, name.as_str())),
                    Beneath::Theirs => {
                        let (_, many) = called(layer);
                        let team = layer.patched_by.as_ref().map(|team| team.0.clone()).unwrap_or_default();
                        tally.facts.insert(format!("{stack_name}.layers.{}.patched_by", word(layer.kind)));
                        tally
                            .theirs
                            .push((said!("{many} beneath `{name}`", "{many} sous `{name}`", many = many), team));
                        None
                    }
                    Beneath::Unknown => {
                        tally.left_out.push(said!(
                            "the hosts beneath {group}",
                            "les hôtes sous {group}",
                            group = names([name.as_str()])
                        ));
                        None
                    }
                },
                Per::Host => Some((group.count, name.as_str())),
                Per::Vm if virtual_machines => Some((group.count, name.as_str())),
                Per::Vm => Some((parts_of(view, name, stack, group), name.as_str())),
                Per::Application if virtual_machines => Some((group.count, name.as_str())),
                Per::Application => {
                    let on_it = |machine: usize| view.machines[machine].group == *name;
                    let instances = view.instances.iter().filter(|instance| instance.machine.is_some_and(on_it));
                    Some((instances.count() as u32, name.as_str()))
                }
            };
            if let Some((count, of)) = count {
                tally.add(stack_name, layer, count, Some(of));
            }
        }
    }
    for (name, group) in hosts {
        if group.stack.is_none() && !below.contains(name.as_str()) {
            tally.left_out.push(said!(
                "{group}, which names no stack",
                "{group}, sans stack",
                group = names([name.as_str()])
            ));
        }
    }
    if tally.terms.is_empty() && tally.theirs.is_empty() {
        return unanswered(said!(
            "no host group names its stack (`stack`)",
            "aucun groupe d’hôtes ne nomme sa stack (`stack`)"
        ));
    }
    tally.derived()
}

/// How many hosts lie beneath a group of virtual machines.
enum Beneath<'a> {
    /// Those of another group.
    Group(&'a str, u32),
    /// So many, from how many virtual machines stand on one.
    Count(u32),
    /// Somebody else's, so that their number is no matter of ours.
    Theirs,
    /// The design does not say.
    Unknown,
}

fn beneath<'a>(view: &View<'a>, stack: &Stack, layer: &Layer, name: &str, group: &Hosts) -> Beneath<'a> {
    if let Some(below) = &group.runs_on
        && let Some((below, hosts)) = view.design.hosts.get_key_value(&below.0)
        && *below != *name
    {
        return Beneath::Group(below, hosts.count);
    }
    if layer.patched_by.as_deref().is_some_and(outsider) {
        return Beneath::Theirs;
    }
    match stack.layers.iter().find_map(|layer| layer.per_host) {
        Some(per_host) => Beneath::Count(group.count.div_ceil(per_host.max(1))),
        None => Beneath::Unknown,
    }
}

/// The partitions on a group of machines: those that the design describes, else as many as the
/// stack says stand on one.
fn parts_of(view: &View<'_>, name: &str, stack: &Stack, group: &Hosts) -> u32 {
    let described = view.design.partitions.values().filter(|partition| *partition.runs_on == *name).count() as u32;
    let each =
        if described > 0 { described } else { stack.layers.iter().find_map(|layer| layer.per_host).unwrap_or(1) };
    group.count * each
}
