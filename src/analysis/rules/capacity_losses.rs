//! What the two capacity rules on losses have in common: how a fallout is said.

use indexmap::IndexMap;

use super::place::first_stated;
use crate::analysis::capacity::{ClusterRoom, Fallout, Loss, Traffic, Why, pack};
use crate::analysis::rule::Verdict;
use crate::analysis::view::View;
use crate::said;
use crate::source::Said;

/// Whether every pod finds room while nothing is lost.
pub fn fits_whole(view: &View<'_>, room: &ClusterRoom<'_>) -> bool {
    pack(view, room).iter().all(|stranded| stranded.why != Why::Room)
}

/// A loss of nodes as a verdict about the cluster. Pods that their own spread or volume holds back
/// count where `held_too` is said: their node can be made up for within their zone.
pub fn fallout(view: &View<'_>, room: &ClusterRoom<'_>, lost: &Fallout, held_too: bool) -> Verdict {
    let path = format!("clusters.{}", room.name);
    let mut waiting: IndexMap<(&str, Why), u32> = IndexMap::new();
    for stranded in &lost.stranded {
        if stranded.why == Why::Room || held_too {
            *waiting.entry((view.instances[stranded.instance].component, stranded.why)).or_default() += 1;
        }
    }
    if waiting.is_empty() {
        return Verdict::pass(path);
    }
    let reasons: Vec<Said> = waiting
        .iter()
        .map(|((name, why), count)| match why {
            Why::Room => said!("{count} of `{name}` (no room)", "{count} de `{name}` (pas de place)", count = count),
            Why::Spread => said!(
                "{count} of `{name}` (its required spread)",
                "{count} de `{name}` (sa répartition obligatoire)",
                count = count
            ),
            Why::Volume => said!("{count} of `{name}` (its volume)", "{count} de `{name}` (son volume)", count = count),
        })
        .collect();
    let total: u32 = waiting.values().sum();
    let message = if total == 1 {
        said!(
            "{loss}, one pod finds no node: {list}",
            "{loss}, un pod ne trouve pas de nœud : {list}",
            loss = lost.loss.said(),
            list = Said::list(&reasons)
        )
    } else {
        said!(
            "{loss}, {total} pods find no node: {list}",
            "{loss}, {total} pods ne trouvent pas de nœud : {list}",
            loss = lost.loss.said(),
            total = total,
            list = Said::list(&reasons)
        )
    };
    let mut verdict = Verdict::fail(&path, message).at(format!("{path}.workers"));
    for (name, why) in waiting.keys() {
        let component = format!("components.{name}");
        let (key, text) = match why {
            Why::Room => ("requests", said!("finds no room", "ne trouve pas de place")),
            Why::Spread => {
                ("spread", said!("waits rather than leave its zone", "attend plutôt que de quitter sa zone"))
            }
            Why::Volume => ("storage.reach", said!("cannot follow", "ne peut pas suivre")),
        };
        verdict = verdict.also(first_stated(view, &[format!("{component}.{key}"), component]), text);
    }
    verdict
}

/// The load that is still served as a verdict about the component. A single replica is another
/// rule's matter, and so is a peak that not even all replicas serve.
pub fn served(view: &View<'_>, load: &Traffic<'_>, which: fn(&Loss) -> bool) -> Option<Verdict> {
    let (loss, left) = load.after.iter().find(|(loss, _)| which(loss))?;
    let name = load.component;
    let component = view.design.components.get(name)?;
    let peak = load.peak.value.value();
    if view.wanted(component) < 2 || load.all.value.value() < peak {
        return None;
    }
    let path = format!("components.{name}");
    if left.value.value() >= peak {
        return Some(Verdict::pass(path));
    }
    let message = said!(
        "{loss}, `{name}` serves {left} ({formula}), and the peak is {peak}",
        "{loss}, `{name}` sert {left} ({formula}), et la pointe est de {peak}",
        loss = loss.said(),
        formula = left.formula,
        left = left.value,
        peak = load.peak.value
    );
    let at =
        first_stated(view, &[format!("{path}.replicas"), format!("{path}.members"), format!("{path}.serves_up_to")]);
    let mut verdict = Verdict::fail(&path, message)
        .at(at)
        .also(format!("{path}.serves_up_to"), said!("by one of them", "par exemplaire"));
    for fact in &load.peak.facts {
        if let Some(within) = fact.strip_prefix(view.name).and_then(|rest| rest.strip_prefix('.')) {
            verdict = verdict.also(within, said!("the peak", "la pointe"));
        }
    }
    Some(verdict)
}
