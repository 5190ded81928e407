//! `table: images`: where each image is pulled from, what its registry promises, and who delivers it.

use super::delivery::{by_hand, deploys, pipelines_of};
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::oversight::of_kind;
use crate::analysis::rule::{Words, words};
use crate::design::model::component::{Component, ComponentKind};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "Every image: the registry it is pulled from, whether that scans it, keeps its tags and has copies elsewhere, and the pipeline that delivers it.",
    "Chaque image : le registre d’où elle vient, s’il l’analyse, fige ses étiquettes et en a des copies ailleurs, et le pipeline qui la livre.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let registries = of_kind(&view, ComponentKind::Registry);
    let mut rows = Vec::new();
    let (mut strangers, mut used) = (Vec::new(), Vec::new());
    for (name, component) in &view.design.components {
        let Some(image) = &component.image else { continue };
        let registry = registries.iter().find(|(_, registry)| holds(registry, image));
        match registry {
            Some((registry, _)) => used.push(*registry),
            None => strangers.push(name.as_str()),
        }
        let mut cells = vec![
            Cell::new(name.clone()),
            Cell::new(image.clone()).facts([view.path(&format!("components.{name}.image"))]),
        ];
        cells.extend(promises(request, &view, registry, image));
        cells.push(delivered(request, &view, name));
        rows.push(Row::of(cells));
    }
    // A registry that holds nothing of the design still promises something.
    for (name, registry) in registries.iter().filter(|(name, _)| !used.contains(name)) {
        let images = view.design.components.iter().filter(|(_, component)| component.image.is_some());
        let images = images.map(|(name, _)| view.path(&format!("components.{name}.image")));
        let nobody = request.cell(&said!("no component", "aucun composant")).facts(images);
        let mut cells = vec![nobody, Cell::default()];
        cells.extend(promises(request, &view, Some(&(*name, *registry)), ""));
        cells.push(Cell::default());
        rows.push(Row::of(cells));
    }
    if rows.is_empty() {
        return None;
    }
    let title = said!("Where images come from: {title}", "D’où viennent les images : {title}", title = title_of(&view));
    let columns = [
        said!("Component", "Composant"),
        said!("Image", "Image"),
        said!("Registry", "Registre"),
        said!("Scanned", "Analysée"),
        said!("Tags stay what they are", "Étiquettes figées"),
        said!("Copies in", "Copies à"),
        said!("Delivered by", "Livrée par"),
    ];
    let body = request.compact(&columns, rows, &said!("No image.", "Aucune image."));
    Some(request.figure("images", &title, &answer(&strangers, &by_hand(&view)), &Said::default(), body))
}

fn answer(strangers: &[&str], by_hand: &[&str]) -> Said {
    match (strangers, by_hand) {
        ([], []) => said!(
            "Every image comes from a registry of the design, through a pipeline.",
            "Chaque image vient d’un registre de la conception, par un pipeline."
        ),
        ([], _) => said!(
            "Deployed by no pipeline: {names}.",
            "Déployés par aucun pipeline : {names}.",
            names = Said::list(by_hand)
        ),
        (_, []) => said!(
            "From a registry that the design does not describe: {names}.",
            "Venus d’un registre que la conception ne décrit pas : {names}.",
            names = Said::list(strangers)
        ),
        _ if strangers == by_hand => said!(
            "From a registry that the design does not describe, and deployed by no pipeline: {names}.",
            "Venus d’un registre que la conception ne décrit pas, et déployés par aucun pipeline : {names}.",
            names = Said::list(strangers)
        ),
        _ => said!(
            "From a registry that the design does not describe: {names}; deployed by no pipeline: {hand}.",
            "Venus d’un registre que la conception ne décrit pas : {names} ; déployés par aucun pipeline : {hand}.",
            names = Said::list(strangers),
            hand = Said::list(by_hand)
        ),
    }
}

/// Whether an image's name starts with a registry's host.
fn holds(registry: &Component, image: &str) -> bool {
    let host = registry.host.as_deref();
    host.and_then(|host| image.strip_prefix(host)).is_some_and(|rest| rest.starts_with('/'))
}

/// The registry that an image's name means, by the container runtimes' own habit.
fn meant(image: &str) -> &str {
    let first = image.split_once('/').map_or("", |(first, _)| first);
    if first.contains(['.', ':']) || first == "localhost" { first } else { "docker.io" }
}

/// The four cells of a registry: which, whether it scans, keeps tags, and where copies are.
fn promises(request: &Request<'_>, view: &View<'_>, registry: Option<&(&str, &Component)>, image: &str) -> [Cell; 4] {
    let Some((name, registry)) = registry else {
        let remark = said!("the design does not describe it", "la conception ne le décrit pas");
        let unknown = Cell::new(meant(image)).derived(request.say(&remark)).marked(Mark::Warn);
        let hosts = view.design.components.iter().filter(|(_, other)| other.kind == ComponentKind::Registry);
        let unknown = unknown.facts(hosts.map(|(other, _)| view.path(&format!("components.{other}.host"))));
        return [unknown, Cell::default(), Cell::default(), Cell::default()];
    };
    let path = |key: &str| view.path(&format!("components.{name}.{key}"));
    let place =
        registry.runs_on.as_ref().map_or_else(Said::default, |place| said!("on {place}", "sur {place}", place = place));
    let host = registry.host.as_ref().map_or_else(Said::default, |host| Said::same(host.clone()));
    let copies: Vec<&str> = registry.replicated_to.iter().map(|site| site.0.as_str()).collect();
    [
        Cell::new(*name).derived(request.small(&[host, place])).facts([path("kind"), path("host"), path("runs_on")]),
        request.whether(registry.scans, true, path("scans")),
        request.whether(registry.immutable_tags, true, path("immutable_tags")),
        Cell::new(copies.join(", ")).facts([path("replicated_to")]),
    ]
}

fn delivered(request: &Request<'_>, view: &View<'_>, name: &str) -> Cell {
    let pipelines = pipelines_of(view, name);
    if pipelines.is_empty() {
        return request.cell(&said!("no pipeline", "aucun pipeline")).marked(Mark::Warn).facts(deploys(view));
    }
    Cell::new(pipelines.join(", ")).facts(deploys(view))
}
