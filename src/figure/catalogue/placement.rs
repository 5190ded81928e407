//! `table: placement`: what runs in Kubernetes, on machines of ours or managed, and outside.

use super::{Request, title_of};
use crate::analysis::kernel::shared_kernel;
use crate::analysis::placement::{Where, placement};
use crate::analysis::rule::{Words, words};
use crate::figure::{Cell, Figure, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "Where each component runs: in Kubernetes, on machines of ours, managed by somebody else, or outside.",
    "Où tourne chaque composant : dans Kubernetes, sur nos machines, géré par un tiers, ou à l’extérieur.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let placed = placement(&view);
    let mut rows = Vec::new();
    for which in [Where::Kubernetes, Where::Machines, Where::Managed, Where::Outside] {
        for (name, derived) in placed.iter().filter(|(_, derived)| derived.value.which == which) {
            let component = view.design.components.get(*name)?;
            let kind = crate::analysis::placement::kind_title(component.kind);
            let home = view.home(component);
            // A kernel that is the same as that below needs no word.
            let kernel = component.kernel.as_ref().filter(|needed| {
                shared_kernel(&view, &home).is_none_or(|(there, _)| !there.eq_ignore_ascii_case(needed))
            });
            let kernel = kernel.map(|kernel| request.say(&said!("kernel {kernel}", "noyau {kernel}", kernel = kernel)));
            let named = [component.product.as_deref(), component.protocol.as_deref(), kernel.as_deref()];
            let label = std::iter::once(request.say(&kind))
                .chain(named.into_iter().flatten().map(str::to_owned))
                .collect::<Vec<_>>()
                .join(", ");
            rows.push(Row::of(vec![
                Cell::new(*name).derived(label).facts([
                    view.path(&format!("components.{name}.kind")),
                    view.path(&format!("components.{name}.product")),
                    view.path(&format!("components.{name}.protocol")),
                    view.path(&format!("components.{name}.kernel")),
                ]),
                request.cell(&which.title()),
                request.derived(&derived.value.on, derived),
                request.cell(&derived.value.count),
                request.cell(&derived.value.spread).derived(request.say(&derived.value.kept_apart)),
            ]));
        }
    }
    let count = |which: Where| placed.iter().filter(|(_, derived)| derived.value.which == which).count();
    let answer = said!(
        "{k} in Kubernetes, {m} on machines of ours, {t} managed by others, {o} outside.",
        "{k} dans Kubernetes, {m} sur nos machines, {t} gérés par des tiers, {o} à l’extérieur.",
        k = count(Where::Kubernetes),
        m = count(Where::Machines),
        t = count(Where::Managed),
        o = count(Where::Outside)
    );
    let title = said!("What runs where: {title}", "Qui tourne où : {title}", title = title_of(&view));
    let columns = [
        said!("Component", "Composant"),
        said!("Where", "Où"),
        said!("Runs on", "Tourne sur"),
        said!("How many", "Combien"),
        said!("Spread over", "Réparti sur"),
    ];
    let body = request.table(&columns, rows, &said!("No component.", "Aucun composant."));
    Some(request.figure("placement", &title, &answer, &Said::default(), body))
}
