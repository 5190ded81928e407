//! `automotive/update-without-rollback`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::vehicle::asil_of;
use crate::analysis::view::View;
use crate::design::model::component::{Applied, OverTheAir, Rollback, Slots};
use crate::design::model::place::Asil;
use crate::said;
use crate::source::Severity;

/// An update that fails leaves a vehicle that works.
pub static RULE: Rule = Rule {
    code: "automotive/update-without-rollback",
    summary: words(
        "An update that fails leaves a vehicle that works",
        "Une mise à jour ratée laisse un véhicule qui marche",
    ),
    why: words(
        "A vehicle is updated where nobody can help it. With one slot, a lost battery in the wrong second is a tow truck; without a signature, the next update is whoever reaches the modem's.",
        "Un véhicule se met à jour là où personne ne peut l’aider. Avec un seul emplacement, une batterie perdue à la mauvaise seconde est une dépanneuse ; sans signature, la prochaine mise à jour vient de qui atteint le modem.",
    ),
    detects: words(
        "`over_the_air` of partitions and components: for what has an integrity level above QM, a single slot, a rollback by hand and `applied: anytime` fail; for the rest, a single slot together with a rollback by hand. `verified` unsaid is a question, `none` fails.",
        "`over_the_air` des partitions et composants : pour ce qui a un niveau au-dessus de QM, un seul emplacement, un retour manuel et `applied: anytime` échouent ; pour le reste, un seul emplacement avec un retour manuel. `verified` non précisé est une question, `none` échoue.",
    ),
    exceptions: words(
        "Small controllers with one slot exist by the dozen: a gateway that keeps their old image and writes it back is a rollback, to be written as `rollback: automatic`.",
        "Les petits calculateurs à un emplacement se comptent par dizaines : une passerelle qui garde leur ancienne image et la réécrit est un retour arrière, à écrire `rollback: automatic`.",
    ),
    remedy: words(
        "two slots, an automatic rollback, a signature, and updates while parked",
        "deux emplacements, un retour automatique, une signature, et des mises à jour à l’arrêt",
    ),
    sources: &[
        "UNECE R156, 7.2.1.1 (authenticity and integrity) and 7.2.2 (failed updates, updates while driving)",
        "ISO 24089:2023 (software update engineering)",
        "Uptane Standard 2.1.0",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1}}
partitions: {safe: {runs_on: soc, memory: 1 GiB, os: {product: Q, kernel: own}, asil: B, over_the_air: {slots: single, rollback: automatic, verified: signature}}}
",
    passing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1}}
partitions: {safe: {runs_on: soc, memory: 1 GiB, os: {product: Q, kernel: own}, asil: B, over_the_air: {slots: a-b, rollback: automatic, verified: signature, applied: parked}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, partition) in &view.design.partitions {
        if let Some(update) = &partition.over_the_air {
            verdicts.extend(judge(name, &format!("partitions.{name}"), update, partition.asil));
        }
    }
    for (name, component) in &view.design.components {
        if let Some(update) = &component.over_the_air {
            verdicts.extend(judge(
                name,
                &format!("components.{name}"),
                update,
                asil_of(view, name, component).map(|(asil, _)| asil),
            ));
        }
    }
    verdicts
}

fn judge(name: &str, path: &str, update: &OverTheAir, asil: Option<Asil>) -> Vec<Verdict> {
    let at = |key: &str| format!("{path}.over_the_air.{key}");
    let level = asil.unwrap_or(Asil::QM);
    let safety = level > Asil::QM;
    let word = level.word();
    let mut verdicts = Vec::new();
    if update.slots == Slots::Single && (safety || update.rollback == Rollback::Manual) {
        let message = said!(
            "`{name}` ({word}) is overwritten by its own update: one that fails leaves nothing to start",
            "`{name}` ({word}) est écrasé par sa propre mise à jour : un échec ne laisse rien à démarrer"
        );
        verdicts.push(Verdict::fail(path, message).at(at("slots")));
    }
    if safety && update.rollback == Rollback::Manual {
        let message = said!(
            "`{name}` ({word}) is taken back by a workshop only",
            "`{name}` ({word}) n’est rétabli que par un atelier"
        );
        verdicts.push(Verdict::fail(path, message).at(at("rollback")));
    }
    match update.applied {
        Some(Applied::Anytime) if safety => {
            let message = said!(
                "`{name}` ({word}) may be replaced while the vehicle drives",
                "`{name}` ({word}) peut être remplacé en roulant"
            );
            verdicts.push(Verdict::fail(path, message).at(at("applied")));
        }
        None if safety => {
            let question = said!(
                "is `{name}` ({word}) updated only while the vehicle is parked?",
                "`{name}` ({word}) n’est-il mis à jour qu’à l’arrêt ?"
            );
            verdicts.push(
                Verdict::unanswered(path, question)
                    .at(at("slots"))
                    .help(said!("state `applied`", "déclarez `applied`")),
            );
        }
        _ => {}
    }
    match update.verified.as_deref() {
        None => {
            let question = said!(
                "how does an update of `{name}` prove whose it is?",
                "comment une mise à jour de `{name}` prouve-t-elle d’où elle vient ?"
            );
            verdicts.push(
                Verdict::unanswered(path, question)
                    .at(at("slots"))
                    .help(said!("state `verified`", "déclarez `verified`")),
            );
        }
        Some("none" | "checksum" | "crc") => {
            let message = said!(
                "an update of `{name}` does not prove whose it is",
                "une mise à jour de `{name}` ne prouve pas d’où elle vient"
            );
            verdicts.push(Verdict::fail(path, message).at(at("verified")));
        }
        Some(_) => {}
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}
