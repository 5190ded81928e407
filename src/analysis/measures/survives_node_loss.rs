//! `survives-node-loss`

use std::collections::BTreeSet;

use super::needed::{After, Needed, after, ours, placement};
use crate::analysis::capacity::{self, Loss, Why};
use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, Value, Work, names, parts, unanswered};
use crate::analysis::rule::words;
use crate::analysis::view::View;
use crate::design::model::comparison::Better;
use crate::said;
use crate::source::Said;

/// Whether every function goes on when one machine is lost.
pub static MEASURE: Measure = Measure {
    id: "survives-node-loss",
    title: words("Survives the loss of a node", "Survit à la perte d’un nœud"),
    explains: words(
        "Whether every needed component still has an instance, a majority where it votes, and its copies where a write waits for them, whichever single physical machine is lost; and whether what ran on it still fits, and what is left serves the peak load. How long it takes is the simulation's question.",
        "Si chaque composant nécessaire garde une instance, une majorité là où il vote et ses copies là où une écriture les attend, quelle que soit la machine physique perdue ; et si ce qui y tournait tient encore, et ce qui reste sert la charge de pointe. Le temps que cela prend relève de la simulation.",
    ),
    better: Some(Better::Higher),
    unit: "rank",
    sources: &["Kubernetes documentation, Pod Topology Spread Constraints"],
    work_out: Work::Design(work_out),
};

fn work_out(view: &View<'_>) -> Derived<Value> {
    let grounds: BTreeSet<usize> = (0..view.machines.len()).map(|machine| view.ground(machine)).collect();
    let domains = grounds.into_iter().map(|ground| {
        let machines: BTreeSet<usize> =
            (0..view.machines.len()).filter(|machine| view.ground(*machine) == ground).collect();
        (view.machines[ground].name.clone(), machines)
    });
    survives(view, &domains.collect::<Vec<_>>(), &said!("machines", "machines"), Domain::Node)
}

/// What is lost at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Domain {
    /// A machine.
    Node,
    /// A zone.
    Zone,
}

impl Domain {
    fn is(self, loss: &Loss) -> bool {
        matches!((self, loss), (Domain::Node, Loss::Node(_)) | (Domain::Zone, Loss::Zone(_)))
    }
}

/// Whether every needed component survives the loss of each of some groups of machines in turn.
pub(super) fn survives(
    view: &View<'_>,
    domains: &[(String, BTreeSet<usize>)],
    what: &Said,
    domain: Domain,
) -> Derived<Value> {
    let needed = ours(view);
    if needed.is_empty() {
        return unanswered(said!(
            "no function needs a component that runs on machines of ours",
            "aucune fonction n’a besoin d’un composant qui tourne sur nos machines"
        ));
    }
    let mut gone: Vec<&str> = Vec::new();
    let mut stops: Vec<Said> = Vec::new();
    let mut open: Vec<Said> = Vec::new();
    let mut fatal: Vec<&str> = Vec::new();
    for (name, lost) in domains {
        let mut deadly = false;
        for needed in &needed {
            let (list, why) = match after(view, needed, |machine| lost.contains(&machine)) {
                After::Serves => continue,
                After::Gone => {
                    deadly = true;
                    if !gone.contains(&needed.name) {
                        gone.push(needed.name);
                    }
                    continue;
                }
                After::Stops(why) => {
                    deadly = true;
                    (&mut stops, why)
                }
                After::Unknown(why) => (&mut open, why),
            };
            if !list.contains(&why) {
                list.push(why);
            }
        }
        if deadly {
            fatal.push(name);
        }
    }
    let unplaced: Vec<&str> = needed
        .iter()
        .filter(|needed| view.instances_of(needed.name).iter().all(|instance| instance.machine.is_none()))
        .map(|needed| needed.name)
        .collect();
    if !unplaced.is_empty() {
        open.push(said!("where {who} runs is not known", "où tourne {who} n’est pas connu", who = names(&unplaced)));
    }
    let short = short_of(view, &needed, domain);
    let facts = needed.iter().flat_map(|needed| placement(view, needed)).collect::<Vec<_>>();
    let derived = if !fatal.is_empty() || !short.is_empty() {
        let mut said = Vec::new();
        if !fatal.is_empty() {
            let left = said!("nothing is left of {who}", "il ne reste rien de {who}", who = names(&gone));
            let why: Vec<Said> = (!gone.is_empty()).then_some(left).into_iter().chain(stops).collect();
            said.push(said!(
                "{which} lost: {why}",
                "{which} perdu : {why}",
                which = few(&fatal),
                why = Said::join(&why, ", ")
            ));
        }
        said.extend(short);
        said.extend(open);
        Derived::new(Value::number(0.0, said!("no", "non")), parts(&said))
    } else if !open.is_empty() {
        unanswered(parts(&open))
    } else {
        let formula = said!(
            "{n} needed components, any of {all} {what} lost",
            "{n} composants nécessaires, quelle que soit celle des {all} {what} perdue",
            n = needed.len(),
            all = domains.len(),
            what = what
        );
        Derived::new(Value::number(1.0, said!("yes", "oui")), formula)
    };
    derived.from_facts(facts)
}

/// What no longer fits, or serves less than its peak, after the worst loss.
fn short_of(view: &View<'_>, needed: &[Needed<'_>], domain: Domain) -> Vec<Said> {
    let mut short = Vec::new();
    for room in capacity::clusters(view) {
        let worst = match domain {
            Domain::Node => capacity::lose_a_node(view, &room),
            Domain::Zone => capacity::lose_a_zone(view, &room),
        };
        let Some(fallout) = worst else { continue };
        let homeless: BTreeSet<&str> = fallout
            .stranded
            .iter()
            .filter(|stranded| stranded.why == Why::Room)
            .map(|stranded| view.instances[stranded.instance].component)
            .filter(|component| needed.iter().any(|needed| needed.name == *component))
            .collect();
        if !homeless.is_empty() {
            short.push(said!(
                "{loss}, {who} finds no room",
                "{loss}, {who} ne trouve plus de place",
                loss = fallout.loss.said(),
                who = names(&homeless)
            ));
        }
    }
    for traffic in
        capacity::traffic(view).iter().filter(|traffic| needed.iter().any(|needed| needed.name == traffic.component))
    {
        let Some((loss, served)) = traffic.after.iter().find(|(loss, _)| domain.is(loss)) else { continue };
        let peak = traffic.peak.value.value();
        // With nothing left it stops, which is said already; what falls short without any loss is no
        // matter of this one.
        if served.value.value() > 0.0 && served.value.value() < peak && traffic.all.value.value() >= peak {
            short.push(said!(
                "{loss}, `{who}` serves {served} of {peak}",
                "{loss}, `{who}` sert {served} sur {peak}",
                loss = loss.said(),
                who = traffic.component,
                served = served.value,
                peak = traffic.peak.value
            ));
        }
    }
    short
}

/// Up to three names, and how many more there are.
fn few(all: &[&str]) -> Said {
    match all {
        [a, b, c, _, ..] => said!(
            "{a}, {b}, {c} or one of {n} more",
            "{a}, {b}, {c} ou l’un des {n} autres",
            a = a,
            b = b,
            c = c,
            n = all.len() - 3
        ),
        _ => Said::by(|lang| all.join(if lang == crate::source::Lang::En { " or " } else { " ou " })),
    }
}
