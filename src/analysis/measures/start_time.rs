//! `start-time`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Known, Measure, OnStack, Value, Work, parts as joined, unanswered};

use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::model::stack::{Layer, LayerKind, Per};
use crate::design::quantity::Duration;
use crate::design::text::Fact;
use crate::said;
use crate::source::{Said, Show};

/// How long one more application takes to start.
pub static MEASURE: Measure = Measure {
    id: "start-time",
    title: words("Start of one application", "Démarrage d’une application"),
    explains: words(
        "What must boot for one more application: the layers it has for itself. To be given a machine and to pull an image are other durations; they are said beside it and never added, nor are boots that were measured under different conditions.",
        "Ce qui doit démarrer pour une application de plus : les couches qu’elle a pour elle seule. Obtenir une machine et télécharger une image sont d’autres durées ; elles sont dites à côté et jamais ajoutées, ni des démarrages mesurés dans des conditions différentes.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &["arXiv 2602.15214", "Slacker, FAST 2016"],
    work_out: Work::Stack(work_out),
};

type Boot<'a> = (&'a Layer, &'a Fact<Duration>);

fn work_out(on: &OnStack<'_>) -> Derived<Value> {
    let own: Vec<&Layer> = on.stack.layers.iter().filter(|layer| layer.per == on.application_per()).collect();
    let boots: Vec<Boot<'_>> = own.iter().filter_map(|layer| Some((*layer, layer.boot.as_ref()?))).collect();
    let silent: Vec<Said> = own
        .iter()
        .filter(|layer| boots_itself(layer.kind) && layer.boot.is_none())
        .map(|layer| layer.kind.title())
        .collect();
    let Some(((_, first), rest)) = boots.split_first() else {
        return unanswered(said!(
            "no layer of one application says how long it takes to start (`boot`)",
            "aucune couche propre à une application ne dit en combien de temps elle démarre (`boot`)"
        ));
    };
    // Boots are added only where they were measured together.
    let together = rest.iter().all(|(_, boot)| boot.conditions == first.conditions && boot.source == first.source);
    let value = if rest.is_empty() {
        Value::number(first.value.value(), Said::by(|lang| first.value.show(lang)))
    } else if together {
        let sum: f64 = boots.iter().map(|(_, boot)| boot.value.value()).sum();
        Value::number(sum, Said::by(|lang| Duration::of(sum).show(lang)))
    } else {
        Value::Known(Known { text: listed(&boots), number: None, leaves_out: Vec::new(), unit: None })
    };
    let mut parts = Vec::new();
    if on.stack.layers.iter().any(|layer| layer.kind == LayerKind::VirtualMachine && layer.per == Per::Vm) {
        parts.push(said!("on a VM that is there", "sur une VM déjà là"));
    }
    for (layer, boot) in &boots {
        parts.push(match &boot.conditions {
            Some(conditions) => conditions.said(),
            None => said!("{layer} alone", "{layer} seul", layer = layer.kind.title()),
        });
    }
    if !rest.is_empty() && !together {
        parts.push(said!(
            "not added: measured under different conditions",
            "non additionnés : mesurés dans des conditions différentes"
        ));
    }
    if !silent.is_empty() {
        parts.push(said!("not stated: {layers}", "non dit : {layers}", layers = Said::list(&silent)));
    }
    let mut derived = Derived::new(value.without(silent), Said::default());
    for (layer, boot) in &boots {
        derived = derived.from_fact(on.fact(layer, "boot")).from_fact(on.fact(layer, "per")).sourced(boot.evidence());
    }
    let mut apart = Vec::new();
    for layer in &on.stack.layers {
        let machine = layer.per != on.application_per();
        let beside = [
            (&layer.provision, "provision", said!("provisioning", "provisionnement")),
            (&layer.image_pull, "image_pull", said!("image pull", "téléchargement de l’image")),
            (
                if machine && layer.per == Per::Vm { &layer.boot } else { &None },
                "boot",
                said!("boot of a new VM", "démarrage d’une nouvelle VM"),
            ),
        ];
        for (fact, key, what) in beside {
            if let Some(fact) = fact {
                let what = if machine && key == "provision" {
                    said!("provisioning of a new VM", "provisionnement d’une nouvelle VM")
                } else {
                    what
                };
                apart.push(said!("{what} {time}", "{what} {time}", what = what, time = fact.value));
                derived = derived.from_fact(on.fact(layer, key)).sourced(fact.evidence());
            }
        }
    }
    if !apart.is_empty() {
        parts.push(said!("apart: {apart}", "à part : {apart}", apart = Said::join(&apart, ", ")));
    }
    derived.formula = joined(&parts);
    derived
}

fn listed(boots: &[Boot<'_>]) -> Said {
    let each: Vec<Said> = boots
        .iter()
        .map(|(layer, boot)| said!("{layer} {time}", "{layer} {time}", layer = layer.kind.title(), time = boot.value))
        .collect();
    Said::join(&each, ", ")
}

/// Whether a layer takes a start of its own to be expected: a system, or a process that is made.
fn boots_itself(kind: LayerKind) -> bool {
    matches!(kind, LayerKind::HostOs | LayerKind::GuestOs | LayerKind::Sandbox | LayerKind::Container)
}
