//! `automotive/fault-time-over-ftti`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Severity;

/// A fault is handled before it can hurt.
pub static RULE: Rule = Rule {
    code: "automotive/fault-time-over-ftti",
    summary: words(
        "A fault is detected and handled before it can hurt",
        "Une faute est détectée et traitée avant de pouvoir nuire",
    ),
    why: words(
        "The fault tolerant time interval is the time from the fault to the hazard. A safe state that is reached after it is reached too late.",
        "L’intervalle de tolérance aux fautes est le temps entre la faute et l’événement dangereux. Un état sûr atteint après lui l’est trop tard.",
    ),
    detects: words(
        "`safety` of a component: `detects_in` plus `reacts_in` has to be below `ftti`.",
        "`safety` d’un composant : `detects_in` plus `reacts_in` doit être inférieur à `ftti`.",
    ),
    exceptions: words(
        "A function that must go on working (steering or braking by wire) has no safe state to fall to: it needs an emergency operation, and the interval ends when that begins. Equal is not below: a fault handled at the last instant passes no assessment.",
        "Une fonction qui doit continuer (direction ou freinage par fil) n’a pas d’état sûr où tomber : il lui faut un fonctionnement d’urgence, et l’intervalle s’arrête quand il commence. Égal n’est pas inférieur : une faute traitée au dernier instant ne passe aucune évaluation.",
    ),
    remedy: words(
        "look more often, or react without asking another computer",
        "surveillez plus souvent, ou réagissez sans consulter un autre calculateur",
    ),
    sources: &[
        "ISO 26262-1:2018, 3.55 to 3.61 (FDTI, FRTI, FHTI, FTTI)",
        "ISO 26262-4:2018, 6.4.2 (safety mechanisms)",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: car
context: automotive
components:
  view: {kind: service, safety: {asil: B, on_failure: blank, ftti: 200 ms, detects_in: 150 ms, reacts_in: 50 ms}}
",
    passing: r"
kind: design
name: car
context: automotive
components:
  view: {kind: service, safety: {asil: B, on_failure: blank, ftti: 200 ms, detects_in: 60 ms, reacts_in: 40 ms}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let goals = view.design.components.iter().filter_map(|(name, component)| Some((name, component.safety.as_ref()?)));
    goals
        .map(|(name, safety)| {
            let path = format!("components.{name}");
            let at = format!("{path}.safety");
            let handled = safety.detects_in.value.value() + safety.reacts_in.value.value();
            if handled < safety.ftti.value() {
                return Verdict::pass(path);
            }
            Verdict::fail(
                &path,
                said!(
                    "`{name}` reaches `{state}` {handled} after a fault ({detects} + {reacts}); its hazard comes after {ftti}",
                    "`{name}` atteint `{state}` {handled} après une faute ({detects} + {reacts}) ; le danger survient après {ftti}",
                    state = safety.on_failure, handled = seconds(handled), detects = safety.detects_in, reacts = safety.reacts_in, ftti = safety.ftti
                ),
            )
            .at(format!("{at}.ftti"))
            .also(format!("{at}.detects_in"), said!("until it is seen", "jusqu’à ce qu’elle soit vue"))
            .also(format!("{at}.reacts_in"), said!("until it is safe", "jusqu’à l’état sûr"))
        })
        .collect()
}
