//! `table: layers`: what stands under each component, down to the ground.

use super::{Request, title_of};
use crate::analysis::layers::{Group, below};
use crate::analysis::rule::{Words, words};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "The layers under each component, from the ground up, and how many there are of each.",
    "Les couches sous chaque composant, depuis le sol, et combien il y a de chacune.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let groups = below(&view);
    let mut rows = Vec::new();
    for group in &groups {
        for (i, layer) in group.layers.iter().enumerate() {
            let title = layer.value.kind.title();
            let product = layer.value.product.clone().unwrap_or_default();
            rows.push(Row::of(vec![
                if i == 0 { header(request, group) } else { Cell::default() },
                Cell {
                    facts: layer.facts.clone().into(),
                    ..Cell::new(if product.is_empty() {
                        request.say(&title)
                    } else {
                        format!("{}, {product}", request.say(&title))
                    })
                },
                match layer.value.count {
                    Some(count) => request.derived(&said!("{n}", "{n}", n = count), layer),
                    None => request.derived(&said!("not said", "non précisé"), layer).marked(Mark::Unanswered),
                },
                request.cell(&layer.value.shared),
                request.cell(&layer.value.patched_by),
            ]));
        }
    }
    let deepest = groups.iter().max_by_key(|group| group.layers.len());
    let answer = deepest.map_or_else(Said::default, |group| {
        let words: Vec<Said> = group.layers.iter().rev().map(|layer| layer.value.kind.title()).collect();
        let chain = Said::by(|lang| words.iter().map(|word| word.show(lang)).collect::<Vec<_>>().join(" → "));
        let name = group.carries.first().cloned().unwrap_or_else(|| group.stack.clone());
        said!("From {name} down to the ground: {chain}.", "De {name} jusqu’au sol : {chain}.", chain = chain)
    });
    let title = said!("What stands under it: {title}", "Ce qu’il y a dessous : {title}", title = title_of(&view));
    let columns = [
        said!("Stack and host groups", "Stack et groupes d’hôtes"),
        said!("Layer, from the ground up", "Couche, depuis le sol"),
        said!("How many", "Combien"),
        said!("Shared by", "Partagée par"),
        said!("Patched by", "Mise à jour par"),
    ];
    let body =
        request.table(&columns, rows, &said!("No host group says its stack.", "Aucun groupe d’hôtes ne dit sa stack."));
    Some(request.figure("layers", &title, &answer, &Said::default(), body))
}

/// The stack, the host groups that stand on it, and what they carry.
fn header(request: &Request<'_>, group: &Group) -> Cell {
    let title = request.workspace.stacks.get(&group.stack).and_then(|doc| doc.value.title.as_ref());
    let title = title.map_or_else(|| group.stack.clone(), |title| title.show(request.lang));
    Cell::new(title).derived(group.groups.join(", "))
}
