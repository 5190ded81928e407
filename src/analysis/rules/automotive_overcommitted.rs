//! `automotive/overcommitted`

use std::collections::BTreeMap;

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::place::{Hosts, Partition};
use crate::design::quantity::Bytes;
use crate::said;
use crate::source::Severity;

/// Each core and each byte of a SoC is given away once.
pub static RULE: Rule = Rule {
    code: "automotive/overcommitted",
    summary: words(
        "Each core and each byte of a SoC is given away once",
        "Chaque cœur et chaque octet d’un SoC n’est attribué qu’une fois",
    ),
    why: words(
        "A partitioning hypervisor fixes cores and memory at boot. What is promised twice either does not start, or ends the timing argument of everything that shares it.",
        "Un hyperviseur partitionnant fige cœurs et mémoire au démarrage. Ce qui est promis deux fois soit ne démarre pas, soit ruine l’argument temporel de tout ce qui le partage.",
    ),
    detects: words(
        "For each host with partitions: `pinned_cores` that two partitions share, that the host does not have (`cores`, counted from 0), and the sum of `memory` against the host's.",
        "Pour chaque hôte à partitions : `pinned_cores` que deux partitions partagent, que l’hôte n’a pas (`cores`, comptés depuis 0), et la somme des `memory` face à celle de l’hôte.",
    ),
    exceptions: words(
        "Two partitions without a safety level may share cores under a dynamic hypervisor: leave `pinned_cores` away, they are then not pinned. What the hypervisor keeps for itself has to fit as well: state it as `reserved` of the host.",
        "Deux partitions sans niveau de sûreté peuvent partager des cœurs sous un hyperviseur dynamique : omettez `pinned_cores`, ils ne sont alors pas réservés. Ce que garde l’hyperviseur doit tenir aussi : déclarez-le en `reserved` de l’hôte.",
    ),
    remedy: words(
        "give each core to one partition, and make the memory fit",
        "donnez chaque cœur à une seule partition, et faites tenir la mémoire",
    ),
    sources: &["ISO 26262-6:2018, annex D.2.2 and D.2.3 (timing and execution, memory)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1, cores: 4, memory: 8 GiB}}
partitions:
  safe: {runs_on: soc, pinned_cores: [2, 3], memory: 2 GiB, os: {product: Q, kernel: own}}
  rich: {runs_on: soc, pinned_cores: [0, 1, 2], memory: 4 GiB, os: {product: Linux, kernel: linux}}
",
    passing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1, cores: 4, memory: 8 GiB}}
partitions:
  safe: {runs_on: soc, pinned_cores: [2, 3], memory: 2 GiB, os: {product: Q, kernel: own}}
  rich: {runs_on: soc, pinned_cores: [0, 1], memory: 4 GiB, os: {product: Linux, kernel: linux}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, hosts) in &view.design.hosts {
        let on: Vec<(&str, &Partition)> = view
            .design
            .partitions
            .iter()
            .filter(|(_, partition)| *partition.runs_on == **name)
            .map(|(name, partition)| (name.as_str(), partition))
            .collect();
        if on.is_empty() {
            continue;
        }
        let mut found = cores(name, hosts, &on);
        found.extend(memory(name, hosts, &on));
        if found.is_empty() {
            found.push(Verdict::pass(format!("hosts.{name}")));
        }
        verdicts.extend(found);
    }
    verdicts
}

fn cores(host: &str, hosts: &Hosts, on: &[(&str, &Partition)]) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut taken: BTreeMap<u32, &str> = BTreeMap::new();
    for (name, partition) in on {
        let path = format!("partitions.{name}");
        for core in &partition.pinned_cores {
            let at = format!("{path}.pinned_cores.{core}");
            if let Some(count) = hosts.cores.filter(|count| core >= count) {
                let last = count.saturating_sub(1);
                let message = said!(
                    "`{name}` is given core {core} of `{host}`, whose cores are 0 to {last}",
                    "`{name}` reçoit le cœur {core} de `{host}`, dont les cœurs vont de 0 à {last}"
                );
                verdicts.push(
                    Verdict::fail(&path, message)
                        .at(at)
                        .also(format!("hosts.{host}.cores"), said!("{count} cores", "{count} cœurs")),
                );
            } else if let Some(other) = taken.get(core) {
                let message = said!(
                    "core {core} of `{host}` belongs to `{name}` and to `{other}`",
                    "le cœur {core} de `{host}` appartient à `{name}` et à `{other}`"
                );
                verdicts.push(
                    Verdict::fail(&path, message).at(at).also(
                        format!("partitions.{other}.pinned_cores.{core}"),
                        said!("given away here", "attribué ici"),
                    ),
                );
            } else {
                taken.insert(*core, name);
            }
        }
    }
    if hosts.cores.is_none() && !taken.is_empty() {
        let question = said!(
            "how many cores has `{host}`? Its partitions pin some",
            "combien de cœurs a `{host}` ? Ses partitions en réservent"
        );
        verdicts.push(
            Verdict::unanswered(format!("hosts.{host}"), question).help(said!("state `cores`", "déclarez `cores`")),
        );
    }
    verdicts
}

fn memory(host: &str, hosts: &Hosts, on: &[(&str, &Partition)]) -> Option<Verdict> {
    let path = format!("hosts.{host}");
    let Some(has) = &hosts.memory else {
        let question = said!(
            "how much memory has `{host}`? Its partitions take some",
            "combien de mémoire a `{host}` ? Ses partitions en prennent"
        );
        return Some(Verdict::unanswered(path, question).help(said!("state `memory`", "déclarez `memory`")));
    };
    let own = hosts
        .reserved
        .as_ref()
        .and_then(|reserved| reserved.memory.as_ref())
        .map_or(0.0, |memory| memory.value.value());
    let given: f64 = on.iter().map(|(_, partition)| partition.memory.value.value()).sum();
    if given + own <= has.value.value() {
        return None;
    }
    let n = on.len();
    let message = said!(
        "the {n} partitions of `{host}` take {total}, and it has {has}",
        "les {n} partitions de `{host}` prennent {total}, et il a {has}",
        n = n,
        total = Bytes::of(given + own),
        has = has
    );
    let mut verdict = Verdict::fail(&path, message).at(format!("{path}.memory"));
    for (name, partition) in on {
        verdict =
            verdict.also(format!("partitions.{name}.memory"), said!("{memory}", "{memory}", memory = partition.memory));
    }
    Some(verdict)
}
