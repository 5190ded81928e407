//! `model/drift`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::said;
use crate::source::{Said, Severity};

/// What a design says is what its manifests say.
pub static RULE: Rule = Rule {
    code: "model/drift",
    summary: words(
        "A design says what the manifests that it names say",
        "Une conception dit ce que disent les manifestes qu’elle nomme",
    ),
    why: words(
        "Who reads the design decides by a number that does not run. All that is worked out here follows from the manifest, so that the design and its own figures contradict each other.",
        "Qui lit la conception décide d’après un nombre qui ne tourne pas. Tout ce qui est calculé ici suit le manifeste : la conception et ses propres figures se contredisent.",
    ),
    detects: words(
        "`manifests` of a design: each fact that both the design and the manifest of a component state, compared by meaning (`512Mi` is `512 MiB`). What only one of them states is no drift. A variant states what it changes, and is not held against what its base runs from.",
        "`manifests` d’une conception : chaque fait énoncé à la fois par la conception et par le manifeste d’un composant, comparé par son sens (`512Mi` vaut `512 MiB`). Ce que l’un des deux seul énonce n’est pas un écart. Une variante énonce ce qu’elle change, et n’est pas comparée à ce dont part sa base.",
    ),
    exceptions: words(
        "A design that is ahead of its manifests on purpose is a variant: state the change in a document that extends the bound one. Secret values are neither compared nor shown.",
        "Une conception volontairement en avance sur ses manifestes est une variante : énoncez le changement dans un document qui prolonge celui qui est lié. Les valeurs secrètes ne sont ni comparées ni montrées.",
    ),
    remedy: words(
        "take the fact out of the design, which then follows its manifest, or correct the manifest",
        "retirez le fait de la conception, qui suit alors son manifeste, ou corrigez le manifeste",
    ),
    sources: &["ISO/IEC/IEEE 42010:2022, 5.7 (correspondences between views)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
manifests: {web: {from: example.yaml}}
components: {web: {kind: service, image: 'registry.example/web:1.4'}}
---
services: {web: {image: 'registry.example/web:1.5'}}
",
    passing: r"
kind: design
name: shop
context: cloud
manifests: {web: {from: example.yaml}}
components: {web: {kind: service}}
---
services: {web: {image: 'registry.example/web:1.5'}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for bound in view.workspace.bound.get(view.name).into_iter().flatten() {
        if bound.drifts.is_empty() {
            verdicts.push(Verdict::pass(format!("components.{}", bound.component)));
        }
        for drift in &bound.drifts {
            let component = &bound.component;
            let fact = drift.path.splitn(3, '.').nth(2).unwrap_or(&drift.path);
            let (message, stated, runs) = match &drift.values {
                Some((stated, runs)) => (
                    said!(
                        "`{component}` runs with `{fact}: {runs}`, and the design says `{stated}`",
                        "`{component}` tourne avec `{fact}: {runs}`, et la conception dit `{stated}`"
                    ),
                    said!("the design says `{stated}`", "la conception dit `{stated}`"),
                    said!("what runs says `{runs}`", "ce qui tourne dit `{runs}`"),
                ),
                None => (
                    said!(
                        "`{component}` runs with another `{fact}` than the design says",
                        "`{component}` tourne avec un autre `{fact}` que celui de la conception"
                    ),
                    Said::default(),
                    said!("what runs says this", "ce qui tourne dit ceci"),
                ),
            };
            verdicts.push(Verdict::fail(&drift.path, message).place(drift.stated).label(stated).and(drift.runs, runs));
        }
    }
    verdicts
}
