//! `automotive/flash-wears-out`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::vehicle::{flash_wear, stands_on, updates_on};
use crate::analysis::view::View;
use crate::design::model::component::Slots;
use crate::design::model::place::{Flash, Hosts};
use crate::design::quantity::{Bytes, Endurance};
use crate::said;
use crate::source::Severity;

/// Flash memory outlives the vehicle.
pub static RULE: Rule = Rule {
    code: "automotive/flash-wears-out",
    summary: words(
        "Flash memory outlives the vehicle and holds its update slots",
        "La mémoire flash survit au véhicule et contient ses emplacements de mise à jour",
    ),
    why: words(
        "Worn flash becomes read-only: the computer no longer starts, in every vehicle of the model at about the same age. It has been the reason for recalls.",
        "Une flash usée passe en lecture seule : le calculateur ne démarre plus, sur tous les véhicules du modèle au même âge. Cela a déjà causé des rappels.",
    ),
    detects: words(
        "For each host with `flash`: `writes` of what runs on it, times `write_amplification`, over `lifetime`, plus every over-the-air update written into its slot, against `endurance`. And the sum of all slots against `size`.",
        "Pour chaque hôte à `flash` : les `writes` de ce qui y tourne, fois `write_amplification`, sur `lifetime`, plus chaque mise à jour écrite dans son emplacement, face à `endurance`. Et la somme des emplacements face à `size`.",
    ),
    exceptions: words(
        "Heat, and years without power, age flash without any write; keep a margin. Updates are counted once without amplification, because they are written in one piece. What states no `writes` counts as nothing: measure it.",
        "La chaleur, et des années sans alimentation, vieillissent la flash sans écriture ; gardez une marge. Les mises à jour comptent une fois sans amplification, car elles s’écrivent d’un bloc. Ce qui ne déclare pas de `writes` compte pour rien : mesurez-le.",
    ),
    remedy: words(
        "write less (logs to memory, batches), or take a memory of higher endurance",
        "écrivez moins (journaux en mémoire, par lots), ou prenez une mémoire plus endurante",
    ),
    sources: &[
        "JEDEC JESD218 and JESD219 (endurance of solid-state drives, workloads)",
        "NHTSA recall 21V-035 (eMMC wear-out of a display computer)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1, lifetime: 15 years, flash: {size: 64 GiB, endurance: 40 TBW, write_amplification: 3}}}
components: {log: {kind: logging, runs_on: soc, writes: 3 GiB/day}}
",
    passing: r"
kind: design
name: car
context: automotive
hosts: {soc: {count: 1, lifetime: 15 years, flash: {size: 64 GiB, endurance: 150 TBW, write_amplification: 3}}}
components: {log: {kind: logging, runs_on: soc, writes: 3 GiB/day}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let with_flash = view.design.hosts.iter().filter_map(|(name, hosts)| Some((name, hosts, hosts.flash.as_ref()?)));
    with_flash.flat_map(|(name, hosts, flash)| judge(view, name, hosts, flash)).collect()
}

fn judge(view: &View<'_>, name: &str, hosts: &Hosts, flash: &Flash) -> Vec<Verdict> {
    let path = format!("hosts.{name}");
    let mut verdicts: Vec<Verdict> = room(view, name, flash).into_iter().collect();
    let Some(lifetime) = &hosts.lifetime else {
        verdicts.push(
            Verdict::unanswered(
                &path,
                said!(
                    "how long must `{name}` last? Without that its flash cannot be judged",
                    "combien de temps `{name}` doit-il durer ? Sans cela sa flash ne se juge pas"
                ),
            )
            .at(format!("{path}.flash"))
            .help(said!("state `lifetime`", "déclarez `lifetime`")),
        );
        return verdicts;
    };
    let wear = flash_wear(view, name, flash, lifetime);
    let endurance = flash.endurance.value.value();
    if wear.value > endurance {
        let years = lifetime.value() * endurance / wear.value / (365.25 * 86_400.0);
        let mut verdict = Verdict::fail(
            &path,
            said!(
                "the flash of `{name}` endures {endurance} and gets {total}: worn out after {years} years of {lifetime}",
                "la flash de `{name}` endure {endurance} et reçoit {total} : usée après {years} ans sur {lifetime}",
                endurance = flash.endurance, total = Endurance::of(wear.value), years = lang_years(years), lifetime = lifetime
            ),
        )
        .at(format!("{path}.flash.endurance"))
        .label(wear.formula);
        let writers = view.design.components.iter().filter(|(_, component)| stands_on(view, component, name));
        let most = writers
            .filter_map(|(other, component)| Some((other, component.writes.as_ref()?)))
            .max_by(|(_, a), (_, b)| a.value.value().total_cmp(&b.value.value()));
        if let Some((other, writes)) = most {
            verdict = verdict.also(
                format!("components.{other}.writes"),
                said!("writes most: {writes}", "écrit le plus : {writes}", writes = writes),
            );
        }
        verdicts.push(verdict);
    } else if flash.write_amplification.is_none() {
        verdicts.push(
            Verdict::unanswered(
                &path,
                said!(
                    "how many bytes does the flash of `{name}` write for each byte it is given?",
                    "combien d’octets la flash de `{name}` écrit-elle par octet reçu ?"
                ),
            )
            .at(format!("{path}.flash"))
            .help(said!("state `write_amplification`", "déclarez `write_amplification`")),
        );
    }
    if verdicts.is_empty() { vec![Verdict::pass(path)] } else { verdicts }
}

/// One decimal is as much as an estimate of years deserves.
fn lang_years(years: f64) -> f64 {
    (years * 10.0).round() / 10.0
}

/// The slots of all updates have to fit at once: two of each where the old version stays.
fn room(view: &View<'_>, name: &str, flash: &Flash) -> Option<Verdict> {
    let path = format!("hosts.{name}");
    let mut total = 0.0;
    let mut largest: Option<(f64, String)> = None;
    for (address, update) in updates_on(view, name) {
        let Some(slot) = &update.slot else { continue };
        let takes = slot.value.value() * if update.slots == Slots::AB { 2.0 } else { 1.0 };
        total += takes;
        if largest.as_ref().is_none_or(|(most, _)| takes > *most) {
            largest = Some((takes, format!("{address}.over_the_air.slot")));
        }
    }
    let (_, at) = largest.filter(|_| total > flash.size.value.value())?;
    Some(
        Verdict::fail(
            &path,
            said!(
                "the update slots of `{name}` take {total}, and its flash has {size}",
                "les emplacements de mise à jour de `{name}` prennent {total}, et sa flash a {size}",
                total = Bytes::of(total),
                size = flash.size
            ),
        )
        .at(format!("{path}.flash.size"))
        .also(at, said!("the largest", "le plus grand")),
    )
}
