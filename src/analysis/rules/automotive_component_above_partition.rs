//! `automotive/component-above-partition`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::{Home, View};
use crate::said;
use crate::source::Severity;

/// A safety goal runs where its level can be kept.
pub static RULE: Rule = Rule {
    code: "automotive/component-above-partition",
    summary: words(
        "A safety goal runs where its level can be kept",
        "Un objectif de sûreté tourne là où son niveau peut être tenu",
    ),
    why: words(
        "Software is no safer than the operating system under it: a component of a level on a partition of a lower one has that lower level, whatever its own papers say.",
        "Un logiciel n’est pas plus sûr que l’OS en dessous : un composant d’un niveau sur une partition d’un niveau inférieur a ce niveau inférieur, quoi que disent ses documents.",
    ),
    detects: words(
        "`safety.asil` of a component against `asil` of its partition; unsaid there is a question.",
        "`safety.asil` d’un composant face à `asil` de sa partition ; non précisé là, c’est une question.",
    ),
    exceptions: words(
        "A decomposed goal (B(D) and the like) is declared with the level of its own part. Levels are declared, never derived.",
        "Un objectif décomposé (B(D) et semblables) se déclare au niveau de sa propre part. Les niveaux sont déclarés, jamais déduits.",
    ),
    remedy: words("move it to a partition of its level", "déplacez-le dans une partition de son niveau"),
    sources: &["ISO 26262-9:2018, clauses 5 and 6 (decomposition, coexistence)", "ISO 26262-6:2018, 7.4.8"],
    severity: Severity::Error,
    failing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1}}
partitions: {rich: {runs_on: soc, memory: 4 GiB, os: {product: Linux, kernel: linux}, asil: QM}}
components:
  view: {kind: service, runs_on: rich, safety: {asil: B, on_failure: blank, ftti: 200 ms, detects_in: 60 ms, reacts_in: 40 ms}}
",
    passing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1}}
partitions: {safe: {runs_on: soc, memory: 4 GiB, os: {product: Q, kernel: own}, asil: B}}
components:
  view: {kind: service, runs_on: safe, safety: {asil: B, on_failure: blank, ftti: 200 ms, detects_in: 60 ms, reacts_in: 40 ms}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let (Some(safety), Home::Partition(home, partition)) = (&component.safety, view.home(component)) else {
            continue;
        };
        let path = format!("components.{name}");
        let level = safety.asil.word();
        let os = &partition.os.product;
        verdicts.push(match partition.asil {
            Some(asil) if asil >= safety.asil => Verdict::pass(path),
            Some(asil) => {
                let lower = asil.word();
                Verdict::fail(
                    &path,
                    said!(
                        "`{name}` has level {level} and runs on `{home}` ({os}), which has {lower}",
                        "`{name}` a le niveau {level} et tourne sur `{home}` ({os}), qui a {lower}"
                    ),
                )
                .at(format!("{path}.safety.asil"))
                .also(format!("partitions.{home}.asil"), said!("level {lower}", "niveau {lower}"))
            }
            None => Verdict::unanswered(
                &path,
                said!(
                    "which level has `{home}` ({os}), on which `{name}` ({level}) runs?",
                    "quel niveau a `{home}` ({os}), sur laquelle tourne `{name}` ({level}) ?"
                ),
            )
            .at(format!("{path}.runs_on"))
            .help(said!("state `asil` on the partition", "déclarez `asil` sur la partition")),
        });
    }
    verdicts
}
