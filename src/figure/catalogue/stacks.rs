//! `diagram: stack`: stacks side by side, what is shared and what there is one of for each application.

use std::collections::BTreeSet;

use super::Request;
use crate::analysis::layers::kind_word;
use crate::analysis::rule::{Words, words};
use crate::design::model::Stack;
use crate::design::model::stack::{Isolation, Layer, Per};
use crate::figure::stack::{Boundary, LayerRow, StackPicture, Strength, draw_stacks};
use crate::figure::{Body, Figure};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Stacks side by side, from the ground up: hatched what several applications share, solid what each has of its own.",
    "Des stacks côte à côte, depuis le sol : en hachuré ce que plusieurs applications partagent, en plein ce que chacune a en propre.",
);

/// How many applications are drawn.
const DRAWN: u32 = 4;

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let mut pictures = Vec::new();
    let mut facts = BTreeSet::new();
    let mut sentences = Vec::new();
    for name in &request.subjects {
        let stack = &request.workspace.stacks.get(name)?.value;
        pictures.push(picture(request, name, stack));
        for layer in &stack.layers {
            for key in ["kind", "per", "product", "isolation", "kernel"] {
                facts.insert(format!("{name}.layers.{}.{key}", kind_word(layer)));
            }
        }
        let title = stack.title.as_ref().map_or_else(|| Said::same(name.clone()), |title| title.said());
        let shared =
            stack.layers.iter().rev().find(|layer| layer.per != Per::Application).map(|layer| layer.kind.title());
        if stack.layers.iter().all(|layer| layer.per == Per::Host) {
            sentences.push(said!(
                "{title}: one application has it all",
                "{title} : une application a tout pour elle",
                title = title
            ));
        } else if let Some(shared) = shared {
            sentences.push(said!(
                "{title}: shared up to the {shared}",
                "{title} : partagé jusqu’à « {shared} »",
                title = title,
                shared = shared
            ));
        }
    }
    let answer = said!("{list}.", "{list}.", list = Said::join(&sentences, "; "));
    let drawing = draw_stacks(&pictures, request.lang);
    let title = said!("Layers under the applications", "Les couches sous les applications");
    let is_alone = |name: &String| {
        request
            .workspace
            .stacks
            .get(name)
            .is_none_or(|stack| stack.value.layers.iter().all(|layer| layer.per == Per::Host))
    };
    let note = if request.subjects.iter().all(is_alone) {
        said!("One application on one host.", "Une application sur un hôte.")
    } else {
        said!(
            "{n} applications are drawn on one host. What stands above a dashed line is kept apart, one from the other, by what the line names.",
            "{n} applications dessinées sur un hôte. Ce qui est au-dessus d’un tireté est séparé, l’un de l’autre, par ce que le trait nomme.",
            n = DRAWN
        )
    };
    let mut figure = request.figure("stack", &title, &answer, &note, Body::Drawing(drawing));
    figure.facts = facts;
    Some(figure)
}

fn picture(request: &Request<'_>, name: &str, stack: &Stack) -> StackPicture {
    let title = stack.title.as_ref().map_or_else(|| name.to_owned(), |title| title.show(request.lang));
    let has_vms = stack.layers.iter().any(|layer| layer.per == Per::Vm);
    let single = stack.layers.iter().any(|layer| layer.per == Per::Vm && layer.per_host == Some(1));
    let vms = if !has_vms || single { 1 } else { 2 };
    let applications = if stack.layers.iter().all(|layer| layer.per == Per::Host) { 1 } else { DRAWN };
    let copies = |layer: &Layer| match layer.per {
        Per::Host => 1,
        Per::Vm => vms,
        Per::Application => applications,
    };
    let rows = stack
        .layers
        .iter()
        .map(|layer| LayerRow {
            label: request.say(&layer.kind.title()),
            sub: beneath(layer).map(|text| request.say(&text)),
            copies: copies(layer),
            of_total: 0,
            shared: layer.per != Per::Application && applications > 1,
            spans: Vec::new(),
            fact: Some(format!("{name}.layers.{}", kind_word(layer))),
        })
        .collect();
    StackPicture { title, rows_from_ground: rows, boundaries: boundaries(request, stack), fact: Some(name.to_owned()) }
}

/// What stands beneath a layer's name: its kernel, where it brings one, else its product.
fn beneath(layer: &Layer) -> Option<Said> {
    match layer.kernel.as_deref() {
        Some("linux") => Some(said!("Linux kernel", "noyau Linux")),
        Some("windows") => Some(said!("Windows kernel", "noyau Windows")),
        Some("own") => Some(said!("a kernel of its own", "son propre noyau")),
        _ => layer.product.clone().map(Said::same),
    }
}

/// Boundaries between applications: under the lowest layer of a run of isolating layers. A boundary
/// between virtual machines that several applications share is drawn where the machines begin.
fn boundaries(request: &Request<'_>, stack: &Stack) -> Vec<Boundary> {
    let mut found: Vec<Boundary> = Vec::new();
    let mut run: Option<(usize, Per, Vec<Isolation>)> = None;
    let mut close = |run: &mut Option<(usize, Per, Vec<Isolation>)>| {
        if let Some((at, _, mechanisms)) = run.take() {
            let strong = mechanisms.contains(&Isolation::HardwareVirtualisation);
            let names: Vec<Said> = mechanisms.iter().map(|mechanism| mechanism.title()).collect();
            let names = Said::join(&names, ", ");
            found.push(Boundary {
                above_row: at - 1,
                label: request.say(&said!("isolated by {names}", "isolé par {names}", names = names)),
                strength: if strong { Strength::Strong } else { Strength::Weak },
            });
        }
    };
    for (i, layer) in stack.layers.iter().enumerate() {
        if i == 0 || layer.isolation.is_empty() {
            if layer.isolation.is_empty() {
                close(&mut run);
            }
            continue;
        }
        match &mut run {
            Some((_, per, mechanisms)) if *per == layer.per => mechanisms.extend(layer.isolation.iter().copied()),
            _ => {
                close(&mut run);
                run = Some((i, layer.per, layer.isolation.clone()));
            }
        }
    }
    close(&mut run);
    found
}
