//! `table: stack-layers`: a stack from the ground up, and what each layer weighs and takes.

use super::Request;
use crate::analysis::measure::word;
use crate::analysis::rule::{Words, words};
use crate::design::model::Stack;
use crate::design::model::names::TeamName;
use crate::design::model::stack::{Layer, LayerKind, Per, Scheduling};
use crate::figure::{Cell, Figure, Row};
use crate::said;
use crate::source::{Lang, Said};

pub(super) const EXPLAINS: Words = words(
    "The layers of a stack from the ground up: what there is one of each for, its kernel, what isolates it, what it weighs, how long it takes, and who keeps it.",
    "Les couches d’une stack depuis le sol : ce pour quoi il y en a une, son noyau, ce qui l’isole, son poids, son temps de démarrage, et qui la tient.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let mut rows = Vec::new();
    let mut sentences = Vec::new();
    for name in &request.subjects {
        let stack = &request.workspace.stacks.get(name)?.value;
        rows.extend(stack.layers.iter().map(|layer| row(request, name, layer)));
        sentences.push(summary(stack, &title_of_stack(name, stack), request.subjects.len() > 1));
    }
    let title = match request.subjects.as_slice() {
        [name] => {
            let stack = &request.workspace.stacks.get(name)?.value;
            said!("The layers: {title}", "Les couches : {title}", title = title_of_stack(name, stack))
        }
        _ => said!("The layers", "Les couches"),
    };
    let columns = [
        said!("Layer, from the ground up", "Couche, depuis le sol"),
        said!("One for each", "Une par"),
        said!("Kernel it brings", "Noyau apporté"),
        said!("Isolated by", "Isolée par"),
        said!("Memory of one", "Mémoire d’une"),
        said!("Starts in", "Démarre en"),
        said!("Given in", "Fournie en"),
        said!("Image fetched in", "Image téléchargée en"),
        said!("Kept by", "Tenue par"),
    ];
    let body = request.compact(&columns, rows, &said!("No layer.", "Aucune couche."));
    Some(request.figure("stack-layers", &title, &Said::join(&sentences, " "), &Said::default(), body))
}

pub(super) fn title_of_stack(name: &str, stack: &Stack) -> Said {
    stack.title.as_ref().map_or_else(|| Said::same(name), |title| title.said())
}

/// How many layers there are, and whose kernel applications run on: that decides what they share.
fn summary(stack: &Stack, title: &Said, several: bool) -> Said {
    let kernel = stack.layers.iter().rev().find(|layer| layer.kernel.is_some());
    let application = stack.layers.iter().find(|layer| layer.kind == LayerKind::Application);
    let alone = application.map(|layer| layer.per).filter(|per| *per != Per::Application);
    let shared = stack.layers.iter().filter(|layer| layer.per != Per::Application).count();
    let n = stack.layers.len();
    let below = kernel.map(|layer| {
        let quoted = Said { en: layer.kind.title().en, fr: Lang::Fr.quote(&layer.kind.title().fr) };
        (quoted, layer.per.title())
    });
    let text = match (below, alone) {
        (Some((kernel, _)), Some(per)) => said!(
            "{n} layers; an application has a whole {per} to itself, and runs on the kernel of the {kernel}.",
            "{n} couches ; une application a {per} pour elle seule, et tourne sur le noyau de la couche {kernel}.",
            n = n,
            per = Said {
                en: per.title().en,
                fr: if per == Per::Host { "tout un hôte".to_owned() } else { "toute une VM".to_owned() }
            },
            kernel = kernel
        ),
        (Some((kernel, per)), None) => said!(
            "{n} layers, {shared} of them shared by several applications, which run on the kernel of the {kernel}, one for each {per}.",
            "{n} couches, dont {shared} partagées par plusieurs applications, qui tournent sur le noyau de la couche {kernel}, une par {per}.",
            n = n,
            shared = shared,
            kernel = kernel,
            per = per
        ),
        (None, _) => said!(
            "{n} layers, {shared} of them shared by several applications; no kernel is named.",
            "{n} couches, dont {shared} partagées par plusieurs applications ; aucun noyau n’est nommé.",
            n = n,
            shared = shared
        ),
    };
    if several { said!("{title}: {text}", "{title} : {text}", title = title, text = text) } else { text }
}

fn row(request: &Request<'_>, stack: &str, layer: &Layer) -> Row {
    let path = |key: &str| format!("{stack}.layers.{}.{key}", word(layer.kind));
    let scheduling = match layer.scheduling {
        Some(Scheduling::Static) => said!("cores and memory fixed at boot", "cœurs et mémoire fixés au démarrage"),
        Some(Scheduling::Dynamic) => {
            said!("shares cores and memory while running", "partage cœurs et mémoire en marche")
        }
        None => Said::default(),
    };
    let product = layer.product.as_ref().map_or_else(Said::default, |product| Said::same(product.clone()));
    let of = if request.subjects.len() > 1 { Said::same(stack) } else { Said::default() };
    let many = layer.per_host.map_or_else(Said::default, |n| said!("{n} on a host", "{n} par hôte", n = n));
    let kernel = layer.kernel.as_deref().map(|kernel| match kernel {
        "own" => said!("its own", "le sien"),
        kernel => Said::same(kernel),
    });
    let isolation: Vec<Said> = layer.isolation.iter().map(|mechanism| mechanism.title()).collect();
    let isolation = (!isolation.is_empty()).then(|| Said::join(&isolation, ", "));
    Row::of(vec![
        request
            .cell(&layer.kind.title())
            .derived(request.small(&[of, product, scheduling]))
            .facts(["kind", "product", "scheduling"].map(path)),
        request.cell(&layer.per.title()).derived(request.say(&many)).facts([path("per"), path("per_host")]),
        request.optional(kernel.as_ref(), path("kernel")),
        request.optional(isolation.as_ref(), path("isolation")),
        request.fact(layer.memory.as_ref(), path("memory")),
        request.fact(layer.boot.as_ref(), path("boot")),
        request.fact(layer.provision.as_ref(), path("provision")),
        request.fact(layer.image_pull.as_ref(), path("image_pull")),
        kept(request, stack, layer),
    ])
}

/// Who patches a layer and who operates it.
fn kept(request: &Request<'_>, stack: &str, layer: &Layer) -> Cell {
    let team = |name: Option<&TeamName>, key: &str| {
        let path = format!("{stack}.layers.{}.{key}", word(layer.kind));
        name.map(|name| request.team(Some(name), path))
    };
    let patches = said!("patches it", "la met à jour");
    let operates = said!("operates it", "l’exploite");
    let both = said!("patches and operates it", "la met à jour et l’exploite");
    match (team(layer.patched_by.as_ref(), "patched_by"), team(layer.operated_by.as_ref(), "operated_by")) {
        (Some(one), Some(other)) if one.value == other.value => one.derived(request.say(&both)).facts(other.facts),
        (Some(one), Some(other)) => {
            let operated = said!("operated by: {team}", "exploitée par : {team}", team = other.value);
            one.derived(request.small(&[patches, operated])).facts(other.facts)
        }
        (Some(one), None) => one.derived(request.say(&patches)),
        (None, Some(other)) => other.derived(request.say(&operates)),
        (None, None) => Cell::default(),
    }
}
