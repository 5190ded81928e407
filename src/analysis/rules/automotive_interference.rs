//! `automotive/interference`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::vehicle::asil_of;
use crate::analysis::view::View;
use crate::design::model::component::Protection;
use crate::design::model::place::{Asil, Partition};
use crate::said;
use crate::source::{Said, Severity};

/// Lower integrity levels cannot disturb higher ones.
pub static RULE: Rule = Rule {
    code: "automotive/interference",
    summary: words(
        "What has a lower integrity level cannot disturb what has a higher one",
        "Ce qui a un niveau d’intégrité inférieur ne peut perturber ce qui en a un supérieur",
    ),
    why: words(
        "A media player is allowed to be wrong; the brakes are not. On one SoC they share memory, time, devices and messages, and whatever is not protected brings the higher one down to the lower one's level.",
        "Un lecteur multimédia a le droit de se tromper ; les freins non. Sur un même SoC ils partagent mémoire, temps, périphériques et messages, et ce qui n’est pas protégé ramène le niveau du second à celui du premier.",
    ),
    detects: words(
        "Partitions of one SoC with different levels: the higher needs `freedom_from_interference` for memory, timing and messages, and for devices. Connections from a lower level to a higher one need `protection: e2e`.",
        "Les partitions d’un même SoC de niveaux différents : la plus haute a besoin de `freedom_from_interference` pour la mémoire, le temps et les messages, et pour les périphériques. Les connexions d’un niveau inférieur vers un supérieur ont besoin de `protection: e2e`.",
    ),
    exceptions: words(
        "Levels are declared, never derived: a component without one counts as its partition, and a sensor without one is not judged. Encryption is no end-to-end protection: it sees a changed message, not a late or repeated one, unless the protocol counts.",
        "Les niveaux sont déclarés, jamais déduits : un composant sans niveau compte comme sa partition, et un capteur sans niveau n’est pas jugé. Le chiffrement n’est pas une protection de bout en bout : il voit un message modifié, pas un message tardif ou répété, sauf si le protocole compte.",
    ),
    remedy: words(
        "state what keeps the others out, and protect the messages that cross levels end to end",
        "déclarez ce qui tient les autres à l’écart, et protégez de bout en bout les messages qui franchissent les niveaux",
    ),
    sources: &[
        "ISO 26262-6:2018, 7.4.9 and annex D (freedom from interference)",
        "ISO 26262-9:2018, clause 6 (coexistence of elements)",
        "AUTOSAR, Specification of SW-C End-to-End Communication Protection Library",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1, cores: 4, memory: 8 GiB}}
partitions:
  safe: {runs_on: soc, memory: 1 GiB, os: {product: Q, kernel: own}, asil: B}
  rich: {runs_on: soc, memory: 4 GiB, os: {product: Linux, kernel: linux}, asil: QM}
",
    passing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1, cores: 4, memory: 8 GiB}}
partitions:
  safe:
    runs_on: soc
    memory: 1 GiB
    os: {product: Q, kernel: own}
    asil: B
    freedom_from_interference: {memory: mmu, devices: smmu, timing: pinned-cores, messages: e2e-protected}
  rich: {runs_on: soc, memory: 4 GiB, os: {product: Linux, kernel: linux}, asil: QM}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> =
        view.design.partitions.iter().filter_map(|(name, partition)| of_partition(view, name, partition)).collect();
    for (name, connection) in &view.design.connections {
        let level = |component: &str| asil_of(view, component, view.design.components.get(component)?);
        let (Some((left, left_at)), Some((right, right_at))) = (level(&connection.from), level(&connection.to)) else {
            continue;
        };
        if left >= right {
            continue;
        }
        let path = format!("connections.{name}");
        let (from, to) = (&connection.from, &connection.to);
        let (low, high) = (left.word(), right.word());
        let verdict = match connection.protection {
            Some(Protection::E2e) => {
                verdicts.push(Verdict::pass(path));
                continue;
            }
            Some(Protection::None) => Verdict::fail(
                &path,
                said!(
                    "`{from}` ({low}) sends to `{to}` ({high}) without protection",
                    "`{from}` ({low}) envoie à `{to}` ({high}) sans protection"
                ),
            )
            .at(format!("{path}.protection")),
            None => Verdict::unanswered(
                &path,
                said!(
                    "what protects the messages from `{from}` ({low}) to `{to}` ({high})?",
                    "qu’est-ce qui protège les messages de `{from}` ({low}) à `{to}` ({high}) ?"
                ),
            )
            .help(said!("write `protection: e2e` or `none`", "écrivez `protection: e2e` ou `none`")),
        };
        verdicts.push(
            verdict
                .also(left_at, said!("level {low}", "niveau {low}"))
                .also(right_at, said!("level {high}", "niveau {high}")),
        );
    }
    verdicts
}

fn of_partition(view: &View<'_>, name: &str, partition: &Partition) -> Option<Verdict> {
    let level = partition.asil.filter(|asil| *asil > Asil::QM)?;
    let (neighbour, lower) = view
        .design
        .partitions
        .iter()
        .filter(|(other, declared)| *other != name && declared.runs_on == partition.runs_on)
        .find(|(_, declared)| declared.asil.unwrap_or(Asil::QM) < level)?;
    let path = format!("partitions.{name}");
    let (high, low, host) = (level.word(), lower.asil.unwrap_or(Asil::QM).word(), &partition.runs_on);
    let missing: Vec<Said> = match &partition.freedom_from_interference {
        None => {
            return Some(
                Verdict::fail(
                    &path,
                    said!("`{name}` ({high}) shares `{host}` with `{neighbour}` ({low}), and nothing is said to keep that out", "`{name}` ({high}) partage `{host}` avec `{neighbour}` ({low}), et rien n’est dit pour l’en protéger"),
                )
                .at(format!("{path}.asil"))
                .also(format!("partitions.{neighbour}"), said!("its neighbour", "sa voisine"))
                .help(said!("state `freedom_from_interference: {{memory, devices, timing, messages}}`", "déclarez `freedom_from_interference: {{memory, devices, timing, messages}}`")),
            );
        }
        Some(freedom) => [
            (&freedom.memory, said!("memory", "la mémoire")),
            (&freedom.devices, said!("devices", "les périphériques")),
            (&freedom.timing, said!("processor time", "le temps processeur")),
            (&freedom.messages, said!("messages", "les messages")),
        ]
        .into_iter()
        .filter(|(by, _)| by.as_deref().is_none_or(|by| by == "none"))
        .map(|(_, what)| what)
        .collect(),
    };
    if missing.is_empty() {
        return Some(Verdict::pass(path));
    }
    let what = Said::list(&missing);
    Some(
        Verdict::fail(
            &path,
            said!("nothing is said to protect {what} of `{name}` ({high}) from `{neighbour}` ({low}) on the same `{host}`", "rien n’est dit pour protéger {what} de `{name}` ({high}) contre `{neighbour}` ({low}) sur le même `{host}`", what = what),
        )
        .at(format!("{path}.freedom_from_interference"))
        .also(format!("partitions.{neighbour}"), said!("its neighbour", "sa voisine")),
    )
}
