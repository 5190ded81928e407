//! `cold-start`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, OnStack, Value, Work, not_applicable, parts, unanswered};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::model::stack::{Layer, LayerKind, Per};
use crate::design::quantity::{Duration, seconds};
use crate::design::text::Fact;
use crate::said;
use crate::source::Said;

/// What has to be fetched or granted before one more application can start.
pub static MEASURE: Measure = Measure {
    id: "cold-start",
    title: words("Wait before a first start", "Attente avant un premier démarrage"),
    explains: words(
        "What a first start waits for before anything boots: to be given the machine where each application has one, and to fetch the image. The longest of these counts, never their sum: they were measured apart, and may overlap. The boot itself is `start-time`.",
        "Ce qu’un premier démarrage attend avant que rien ne s’amorce : se voir donner la machine quand chaque application a la sienne, et télécharger l’image. La plus longue de ces attentes compte, jamais leur somme : elles ont été mesurées séparément, et peuvent se chevaucher. L’amorçage lui-même est `start-time`.",
    ),
    better: Some(Better::Lower),
    unit: "s",
    sources: &["Verma et al., Large-scale cluster management at Google with Borg, EuroSys 2015", "Slacker, FAST 2016"],
    work_out: Work::Stack(work_out),
};

fn work_out(on: &OnStack<'_>) -> Derived<Value> {
    let own: Vec<&Layer> = on.stack.layers.iter().filter(|layer| layer.per == on.application_per()).collect();
    let mut waits: Vec<(&Fact<Duration>, Said, String)> = Vec::new();
    let mut silent: Vec<Said> = Vec::new();
    for layer in &own {
        if let Some(fact) = &layer.provision {
            let what = said!("{layer} given", "{layer} obtenue", layer = layer.kind.title());
            waits.push((fact, what, on.fact(layer, "provision")));
        }
        if let Some(fact) = &layer.image_pull {
            let what =
                said!("image of the {layer} fetched", "image du {layer} téléchargée", layer = layer.kind.title());
            waits.push((fact, what, on.fact(layer, "image_pull")));
        }
        let waited_for = layer.kind == LayerKind::Container && layer.image_pull.is_none()
            || layer.kind == LayerKind::VirtualMachine && layer.provision.is_none();
        if waited_for {
            silent.push(layer.kind.title());
        }
    }
    if on.application_per() == Per::Host {
        return not_applicable(said!("the application is the machine", "l’application est la machine"));
    }
    let Some(longest) = waits.iter().map(|(fact, ..)| fact.value.value()).reduce(f64::max) else {
        return unanswered(said!(
            "no layer of one application says how long it is waited for (`provision`, `image_pull`)",
            "aucune couche propre à une application ne dit combien on l’attend (`provision`, `image_pull`)"
        ));
    };
    let mut said: Vec<Said> = waits
        .iter()
        .map(|(fact, what, _)| said!("{what}: {time}", "{what} : {time}", what = what, time = fact.value))
        .collect();
    if !silent.is_empty() {
        said.push(said!("not stated: {layers}", "non dit : {layers}", layers = Said::list(&silent)));
    }
    let mut derived = Derived::new(Value::number(longest, seconds(longest)).without(silent), parts(&said));
    for (fact, _, path) in waits {
        derived = derived.from_fact(path).sourced(fact.evidence());
    }
    derived
}
