//! `table: updates`: how software in a vehicle is replaced, and what that and writing wear off its flash.

use super::cells::rollback;
use super::{Request, title_of};
use crate::analysis::rule::{Words, words};
use crate::analysis::vehicle::{flash_wear, stands_on, updates_on};
use crate::analysis::{Derived, View};
use crate::design::model::component::{Applied, OverTheAir, Rollback, Slots};
use crate::design::model::place::Flash;
use crate::design::quantity::{Bytes, Endurance, Period, Share};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every update over the air: its slots, how it is taken back, verified and applied, and what is written to the flash memory over the vehicle’s life.",
    "Chaque mise à jour à distance : ses emplacements, son retour arrière, sa vérification, son application, et ce qui est écrit en mémoire flash pendant la vie du véhicule.",
);

const COLUMNS: usize = 7;

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let design = view.design;
    let partitions = design.partitions.iter().map(|(name, partition)| {
        (format!("partitions.{name}"), partition.runs_on.0.as_str(), partition.over_the_air.as_ref(), None)
    });
    let components = design.components.iter().map(|(name, component)| {
        let host = design.hosts.keys().find(|host| stands_on(&view, component, host));
        let host = host.map_or("", String::as_str);
        (format!("components.{name}"), host, component.over_the_air.as_ref(), component.writes.as_ref())
    });
    let mut rows = Vec::new();
    let mut updates: Vec<&OverTheAir> = Vec::new();
    for (address, host, update, writes) in partitions.chain(components) {
        if update.is_none() && writes.is_none() {
            continue;
        }
        updates.extend(update);
        let (block, name) = address.split_once('.').unwrap_or(("", &address));
        let mut cells = vec![Cell::new(name).derived(request.say(&block_title(block)))];
        cells.extend(update.map_or_else(|| vec![Cell::default(); 5], |update| how(request, &view, &address, update)));
        // What software writes is amplified; an update is written in one piece, and so once.
        let mut sum = Vec::new();
        if let Some((flash, lifetime)) = memory(&view, host) {
            let factor = flash.write_amplification.unwrap_or(1.0);
            sum.extend(writes.map(|rate| {
                let formula = said!(
                    "{rate} × {factor} × {life}",
                    "{rate} × {factor} × {life}",
                    rate = rate,
                    factor = factor,
                    life = lifetime
                );
                let bytes = rate.value.value() * factor * lifetime.value();
                Derived::new(bytes, formula).from_fact(view.path(&format!("{address}.writes"))).sourced(rate.evidence())
            }));
            sum.extend(update.and_then(|update| slots_written(&view, &address, update, lifetime)));
        }
        let standing = [view.path(&format!("{address}.runs_on"))];
        let life = ["lifetime", "flash.write_amplification"].map(|key| view.path(&format!("hosts.{host}.{key}")));
        cells.push(written(request, &sum).facts(standing).facts(life));
        rows.push(Row::of(cells));
    }
    if rows.is_empty() {
        return None;
    }
    let mut worst: Option<(f64, Said)> = None;
    for host in design.hosts.keys() {
        let Some((flash, lifetime)) = memory(&view, host) else { continue };
        let wear = flash_wear(&view, host, flash, lifetime);
        let share = wear.value / flash.endurance.value.value();
        if worst.as_ref().is_none_or(|(other, _)| share > *other) {
            let (all, endurance) = (tbw(wear.value), &flash.endurance);
            let text = said!(
                "{all} in {life}, of {endurance} that it endures",
                "{all} en {life}, pour une endurance de {endurance}",
                all = all,
                endurance = endurance,
                life = lifetime
            );
            worst = Some((share, text));
        }
        rows.push(whole(request, &view, host, (flash, lifetime), &wear));
    }
    let title = said!(
        "Updates and flash wear: {title}",
        "Mises à jour et usure de la flash : {title}",
        title = title_of(&view)
    );
    let columns = [
        said!("What", "Quoi"),
        said!("Slots", "Emplacements"),
        said!("Taken back", "Retour arrière"),
        said!("Verified by", "Vérifiée par"),
        said!("Applied", "Appliquée"),
        said!("Comes every", "Arrive tous les"),
        said!("Written to flash over the life", "Écrit en flash pendant la vie"),
    ];
    let body = request.compact(&columns, rows, &said!("Nothing is updated.", "Rien n’est mis à jour."));
    Some(request.figure("updates", &title, &answer(worst.as_ref(), &updates), &Said::default(), body))
}

fn answer(worst: Option<&(f64, Said)>, updates: &[&OverTheAir]) -> Said {
    let safe = updates.iter().filter(|update| update.slots == Slots::AB).count();
    let kept = said!(
        "{safe} of {n} updates keep the running version",
        "{safe} mises à jour sur {n} gardent la version en place",
        safe = safe,
        n = updates.len()
    );
    match worst {
        None => said!("{kept}.", "{kept}.", kept = kept),
        Some((share, text)) if *share <= 1.0 => said!(
            "The flash outlasts the vehicle: {text}, {share}; {kept}.",
            "La flash survit au véhicule : {text}, soit {share} ; {kept}.",
            text = text,
            share = percent(*share),
            kept = kept
        ),
        Some((_, text)) => {
            said!("The flash wears out before its time: {text}.", "La flash s’use avant l’heure : {text}.", text = text)
        }
    }
}

/// The flash memory of a host group and how long it must last.
fn memory<'a>(view: &View<'a>, host: &str) -> Option<(&'a Flash, &'a Period)> {
    let hosts = view.design.hosts.get(host)?;
    Some((hosts.flash.as_ref()?, hosts.lifetime.as_ref()?))
}

fn block_title(block: &str) -> Said {
    if block == "partitions" { said!("partition", "partition") } else { said!("component", "composant") }
}

/// Bytes as the makers of flash count them.
fn tbw(bytes: f64) -> Said {
    Said::by(|lang| Endurance::of(bytes).show(lang))
}

fn percent(share: f64) -> Said {
    Said::by(|lang| Share::of((share * 1000.0).round() / 1000.0).show(lang))
}

fn how(request: &Request<'_>, view: &View<'_>, address: &str, update: &OverTheAir) -> Vec<Cell> {
    let path = |key: &str| view.path(&format!("{address}.over_the_air.{key}"));
    let slots = match (update.slots, &update.slot) {
        (Slots::AB, Some(slot)) => said!("2 × {slot}", "2 × {slot}", slot = slot),
        (Slots::AB, None) => said!("2", "2"),
        (Slots::Single, Some(slot)) => said!("1 × {slot}", "1 × {slot}", slot = slot),
        (Slots::Single, None) => said!("1", "1"),
    };
    // With one slot the running version is overwritten: a failed update leaves nothing to start.
    let single = if update.slots == Slots::Single { Mark::Warn } else { Mark::None };
    let by_hand = if update.rollback == Rollback::Manual { Mark::Warn } else { Mark::None };
    let applied = update.applied.map(|applied| match applied {
        Applied::Parked => said!("parked", "à l’arrêt"),
        Applied::Anytime => said!("at any time", "à tout moment"),
    });
    vec![
        request.cell(&slots).marked(single).facts([path("slots"), path("slot")]),
        request.cell(&rollback(update.rollback)).marked(by_hand).facts([path("rollback")]),
        request.stated(update.verified.as_ref(), path("verified")),
        request.stated(applied.as_ref(), path("applied")),
        request.stated(update.every.as_ref(), path("every")),
    ]
}

/// The slots that are written over a lifetime, in bytes.
fn slots_written(view: &View<'_>, address: &str, update: &OverTheAir, lifetime: &Period) -> Option<Derived<f64>> {
    let (slot, every) = (update.slot.as_ref()?, update.every.as_ref().filter(|every| every.value() > 0.0)?);
    let times = lifetime.value() / every.value();
    let path = |key: &str| view.path(&format!("{address}.over_the_air.{key}"));
    let formula = said!("{times} × {slot}", "{times} × {slot}", times = times, slot = slot);
    Some(
        Derived::new(times * slot.value.value(), formula)
            .from_facts([path("slot"), path("every")])
            .sourced(slot.evidence()),
    )
}

fn written(request: &Request<'_>, sum: &[Derived<f64>]) -> Cell {
    if sum.is_empty() {
        return Cell::default();
    }
    let formulas: Vec<Said> = sum.iter().map(|term| term.formula.clone()).collect();
    let sources: Vec<String> = sum.iter().flat_map(|term| &term.sources).map(|source| request.say(source)).collect();
    let cell =
        request.cell(&tbw(sum.iter().map(|term| term.value).sum())).derived(request.say(&Said::join(&formulas, " + ")));
    Cell { sources, ..cell }.facts(sum.iter().flat_map(|term| term.facts.iter().cloned()))
}

/// The memory itself: the room that slots take, and all that is written against what it endures.
fn whole(
    request: &Request<'_>,
    view: &View<'_>,
    host: &str,
    (flash, lifetime): (&Flash, &Period),
    wear: &Derived<f64>,
) -> Row {
    let path = |key: &str| view.path(&format!("hosts.{host}.{key}"));
    let factor = flash.write_amplification.map_or_else(
        || said!("write amplification not said: 1", "amplification d’écriture non précisée : 1"),
        |factor| said!("write amplification: {factor}", "amplification d’écriture : {factor}", factor = factor),
    );
    let mut taken = 0.0;
    let mut terms = Vec::new();
    let mut facts = vec![path("flash.size")];
    for (address, update) in updates_on(view, host) {
        let Some(slot) = &update.slot else { continue };
        let copies: u32 = if update.slots == Slots::AB { 2 } else { 1 };
        taken += f64::from(copies) * slot.value.value();
        terms.push(said!("{n} × {slot}", "{n} × {slot}", n = copies, slot = slot));
        facts.push(view.path(&format!("{address}.over_the_air.slot")));
    }
    let slots = said!("{taken} of {size}", "{taken} sur {size}", taken = Bytes::of(taken), size = flash.size);
    let fits = if taken > flash.size.value.value() { Mark::Bad } else { Mark::None };
    let share = wear.value / flash.endurance.value.value();
    let endures = said!(
        "{all} of {endurance}, {share}",
        "{all} sur {endurance}, {share}",
        all = tbw(wear.value),
        endurance = flash.endurance,
        share = percent(share)
    );
    let mark = if share > 1.0 { Mark::Bad } else { Mark::Good };
    let life = said!("must last {life}", "doit durer {life}", life = lifetime);
    let mut cells = vec![
        request
            .cell(&said!("flash of {host}", "flash de {host}"))
            .derived(request.small(&[life, factor]))
            .facts([path("lifetime"), path("flash.write_amplification")]),
        request.cell(&slots).derived(request.say(&Said::join(&terms, " + "))).marked(fits).facts(facts),
    ];
    cells.resize(COLUMNS - 1, Cell::default());
    cells.push(request.derived(&endures, wear).marked(mark).facts([path("flash.endurance")]));
    Row::of(cells)
}
