//! `isolation-boundary`

use crate::analysis::derived::Derived;
use crate::analysis::measure::{Measure, OnStack, Value, Work, parts as joined};

use crate::analysis::rule::words;
use crate::design::model::comparison::Better;
use crate::design::model::stack::{Isolation, Layer, Per};
use crate::said;
use crate::source::Said;

/// What stands between two applications.
pub static MEASURE: Measure = Measure {
    id: "isolation-boundary",
    title: words("Isolation boundary", "Frontière d’isolation"),
    explains: words(
        "The strongest boundary between two applications that are neighbours: a machine each, then hardware virtualisation, a kernel in user space, namespaces with cgroups and seccomp, nothing. Only layers that each application has for itself count; what lies between groups of them is said beside it.",
        "La frontière la plus forte entre deux applications voisines : une machine chacune, puis la virtualisation matérielle, un noyau en espace utilisateur, namespaces avec cgroups et seccomp, rien. Seules comptent les couches que chaque application a pour elle seule ; ce qui sépare des groupes est dit à côté.",
    ),
    better: Some(Better::Higher),
    unit: "rank",
    sources: &["NIST SP 800-190, Application Container Security Guide, 2017, 2.4"],
    work_out: Work::Stack(work_out),
};

/// How strong a mechanism is; pinned cores and static memory come with hardware virtualisation.
fn strength(isolation: Isolation) -> u32 {
    match isolation {
        Isolation::HardwareVirtualisation => 3,
        Isolation::UserSpaceKernel => 2,
        Isolation::Namespaces | Isolation::Cgroups | Isolation::Seccomp => 1,
        Isolation::PinnedCores | Isolation::StaticMemory => 0,
    }
}

/// The strength of a layer's strongest mechanism; 0 where it isolates nothing.
pub(super) fn strongest(layer: &Layer) -> u32 {
    layer.isolation.iter().map(|isolation| strength(*isolation)).max().unwrap_or(0)
}

/// The mechanisms of some layers, the strongest first, each said once: `namespaces, cgroups, seccomp`.
pub(super) fn mechanisms(layers: &[&Layer]) -> Said {
    let mut all: Vec<Isolation> = layers.iter().flat_map(|layer| layer.isolation.iter().copied()).collect();
    all.sort_unstable_by_key(|isolation| (std::cmp::Reverse(strength(*isolation)), *isolation));
    all.dedup();
    let titles: Vec<Said> = all.into_iter().map(Isolation::title).collect();
    Said::join(&titles, ", ")
}

/// What layers are called: `pod, container`.
pub(super) fn titles(layers: &[&Layer]) -> Said {
    let titles: Vec<Said> = layers.iter().map(|layer| layer.kind.title()).collect();
    Said::list(&titles)
}

fn work_out(on: &OnStack<'_>) -> Derived<Value> {
    let isolating: Vec<&Layer> = on.stack.layers.iter().filter(|layer| !layer.isolation.is_empty()).collect();
    // A layer is an application's own where it is per application, or where there are as many of it.
    let own = |layer: &Layer| {
        layer.per == Per::Application || on.instances(layer).is_some_and(|n| n >= on.assume.applications)
    };
    let (between_all, between_groups): (Vec<&Layer>, Vec<&Layer>) =
        isolating.iter().copied().partition(|layer| own(layer));
    let facts = isolating.iter().flat_map(|layer| [on.fact(layer, "isolation"), on.fact(layer, "per")]);
    let derived = |value: Value, formula: Said| Derived::new(value, formula).from_facts(facts.clone());
    if on.application_per() == Per::Host {
        let formula = said!("the application is per host", "l’application est par hôte");
        let value = Value::number(4.0, said!("a machine each", "une machine chacune"));
        return Derived::new(value, formula).from_fact(format!("{}.layers.application.per", on.name));
    }
    let groups = (!between_groups.is_empty()).then(|| {
        said!(
            "{what} only between {layers}",
            "{what} seulement entre {layers}",
            what = mechanisms(&between_groups),
            layers = several(&between_groups)
        )
    });
    let best = between_all.iter().map(|layer| strongest(layer)).max().unwrap_or(0);
    if best == 0 {
        let formula = groups.unwrap_or_else(|| {
            said!("no layer of one application isolates it", "aucune couche propre à une application ne l’isole")
        });
        return derived(Value::number(0.0, said!("none between neighbours", "aucune entre voisines")), formula);
    }
    let strong: Vec<&Layer> = between_all.iter().copied().filter(|layer| strongest(layer) == best).collect();
    let layers = titles(&strong);
    let mut formula = if strong.len() == 1 {
        said!("{layers} is per application", "{layers} : par application", layers = layers)
    } else {
        said!("{layers} are per application", "{layers} : par application", layers = layers)
    };
    if strong.iter().any(|layer| layer.per != Per::Application) {
        formula = said!(
            "no more applications than {layers}",
            "pas plus d’applications que de {layers}",
            layers = several(&strong)
        );
    }
    let weaker: Vec<&Layer> =
        between_all.iter().copied().filter(|layer| (1..best).contains(&strongest(layer))).collect();
    let mut parts = vec![formula];
    if !weaker.is_empty() {
        parts.push(said!("within it {what}", "à l’intérieur : {what}", what = mechanisms(&weaker)));
    }
    parts.extend(groups);
    derived(Value::number(f64::from(best), mechanisms(&strong)), joined(&parts))
}

/// Layers in the plural: `VMs`, `partitions`.
fn several(layers: &[&Layer]) -> Said {
    use crate::design::model::stack::LayerKind;
    let plurals: Vec<Said> = layers
        .iter()
        .map(|layer| match layer.kind {
            LayerKind::VirtualMachine => said!("VMs", "VM"),
            LayerKind::MicroVm => said!("microVMs", "microVM"),
            LayerKind::HostOs => said!("hosts", "hôtes"),
            kind => {
                let title = kind.title();
                Said { en: format!("{}s", title.en), fr: format!("{}s", title.fr) }
            }
        })
        .collect();
    Said::list(&plurals)
}
