//! `table: volumes`: what keeps data on disk, and from where the disk can be attached.

use super::{Request, not_said, title_of, yes_no};
use crate::analysis::rule::{Words, words};
use crate::design::model::component::Reach;
use crate::design::quantity::Bytes;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every volume: its size in all, its class, from where it can be attached, and whether it is encrypted.",
    "Chaque volume : sa taille en tout, sa classe, d’où il peut être attaché, et s’il est chiffré.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let (mut rows, mut bound) = (Vec::new(), Vec::new());
    for (name, component) in &view.design.components {
        let Some(storage) = &component.storage else { continue };
        let path = |key: &str| view.path(&format!("components.{name}.storage.{key}"));
        let wanted = view.wanted(component);
        let all = Bytes::of(storage.size.value.value() * f64::from(wanted));
        let (reach, mark) = match storage.reach {
            Some(Reach::Node) => (said!("one machine: lost with it", "une machine : perdu avec elle"), Mark::Warn),
            Some(Reach::Zone) => (said!("its zone", "sa zone"), Mark::None),
            Some(Reach::Region) => (said!("the whole region", "toute la région"), Mark::Good),
            None => (not_said(), Mark::None),
        };
        if storage.reach == Some(Reach::Node) {
            bound.push(name.as_str());
        }
        let encrypted = match storage.encrypted {
            Some(yes) => request.cell(&yes_no(yes)).marked(if yes { Mark::Good } else { Mark::Warn }),
            None => request.cell(&not_said()).marked(Mark::Unanswered),
        };
        let sum = said!("{n} × {size}", "{n} × {size}", n = wanted, size = storage.size);
        rows.push(Row::of(vec![
            Cell::new(name.clone()),
            Cell::new(all.show(request.lang))
                .derived(request.say(&sum))
                .facts([path("size"), view.path(&format!("components.{name}.replicas"))]),
            Cell::new(storage.class.clone().unwrap_or_default()).facts([path("class")]),
            request.cell(&reach).marked(mark).facts([path("reach")]),
            encrypted.facts([path("encrypted")]),
        ]));
    }
    let answer = if bound.is_empty() {
        said!(
            "No volume is bound to one machine by its class.",
            "Aucun volume n’est lié à une seule machine par sa classe."
        )
    } else {
        let names = Said::list(&bound);
        said!("Lost with its machine: {names}.", "Perdu avec sa machine : {names}.", names = names)
    };
    let title = said!("Volumes: {title}", "Volumes : {title}", title = title_of(&view));
    let columns = [
        said!("Component", "Composant"),
        said!("Size in all", "Taille totale"),
        said!("Class", "Classe"),
        said!("Can be attached from", "Attachable depuis"),
        said!("Encrypted", "Chiffré"),
    ];
    let body = request.table(&columns, rows, &said!("Nothing states a volume.", "Rien n’indique de volume."));
    Some(request.figure("volumes", &title, &answer, &Said::default(), body))
}
