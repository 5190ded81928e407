//! `kernel-sharing`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, OnStack, Value, Work, unanswered};
use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::model::stack::{Layer, LayerKind, Per};
use crate::said;
use crate::source::Said;

/// How many applications share a kernel.
pub static MEASURE: Measure = Measure {
    id: "kernel-sharing",
    title: words("Kernel", "Noyau"),
    explains: words(
        "How many applications share one kernel: that of the topmost layer that brings one, divided over as many of these layers as there are. A weakness of that kernel is a weakness of all of them.",
        "Combien d’applications partagent un noyau : celui de la couche la plus haute qui en apporte un, réparti sur autant de ces couches qu’il y en a. Une faille de ce noyau est une faille de toutes.",
    ),
    better: Some(Better::Lower),
    unit: "applications",
    sources: &["NIST SP 800-190, Application Container Security Guide, 2017, 2.1"],
    work_out: Work::Stack(work_out),
};

fn work_out(on: &OnStack<'_>) -> Derived<Value> {
    let Some(layer) = on.kernel_layer() else {
        return unanswered(said!(
            "no layer says which kernel it brings (`kernel`)",
            "aucune couche ne dit quel noyau elle apporte (`kernel`)"
        ));
    };
    let Some(sharing) = sharing(on, layer) else { return on.no_per_host() };
    let value = match sharing {
        Sharing { most: 1, .. } => Value::number(1.0, said!("one each", "un chacun")),
        Sharing { most, even: true } => Value::number(
            f64::from(most),
            said!("shared by {most} applications", "partagé par {most} applications", most = most),
        ),
        Sharing { most, .. } => Value::number(
            f64::from(most),
            said!("shared by up to {most} applications", "partagé par {most} applications au plus", most = most),
        ),
    };
    let mut derived = Derived::new(value, formula(on, layer)).from_fact(on.fact(layer, "kernel"));
    if let Some(application) = on.layer(LayerKind::Application) {
        derived = derived.from_fact(on.fact(application, "per"));
    }
    derived.from_facts(on.counted_from(layer)).from_facts(applications(on))
}

/// The address of the number of applications, where a comparison assumes it.
pub(super) fn applications(on: &OnStack<'_>) -> Option<String> {
    on.assumed_by.map(|comparison| format!("{comparison}.assume.applications"))
}

/// How many applications the busiest of a layer carries, and whether all carry as many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sharing {
    /// The most that one carries.
    pub(super) most: u32,
    /// Whether they divide evenly.
    pub(super) even: bool,
}

/// How many applications share one of a layer; `None` where the stack does not say how many there are.
pub(super) fn sharing(on: &OnStack<'_>, layer: &Layer) -> Option<Sharing> {
    let applications = on.assume.applications;
    let instances = on.instances(layer)?.max(1);
    Some(Sharing {
        most: applications.div_ceil(instances),
        even: applications.is_multiple_of(instances) || applications < instances,
    })
}

/// `host OS is per host; 50 on 3`.
pub(super) fn formula(on: &OnStack<'_>, layer: &Layer) -> Said {
    let title = layer.kind.title();
    let per = layer.per.title();
    let instances = on.instances(layer).unwrap_or(0);
    match layer.per {
        Per::Application => said!("{title} is per application", "un {title} par application", title = title),
        _ => said!(
            "{title} is per {per}; {n} on {instances}",
            "un {title} par {per} ; {n} sur {instances}",
            title = title,
            per = per,
            n = on.assume.applications,
            instances = instances
        ),
    }
}
