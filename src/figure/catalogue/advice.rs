//! `table: advice`: which subject of a comparison suits each component of a design, and why.

use super::{Request, title_of};
use crate::analysis::advice::{Advice, Today, advise};
use crate::analysis::rule::{Words, words};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "For each component of a design: which subject of a comparison its conditions prefer, and why.",
    "Pour chaque composant d’une conception : quel sujet d’une comparaison ses conditions préfèrent, et pourquoi.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    // Without `by:`, the first comparison that has preferences is asked.
    let doc = match &request.fence.by {
        Some(name) => request.workspace.comparisons.get(name.0.as_str())?,
        None => request.workspace.comparisons.values().find(|doc| !doc.value.prefer.is_empty())?,
    };
    let (advice, _) = advise(&view, doc);
    let rows: Vec<Row> = advice
        .iter()
        .filter(|one| !matches!(one.today, Today::Managed(_)))
        .map(|one| {
            let subjects = one.subjects();
            let titles: Vec<Said> = subjects
                .iter()
                .map(|name| {
                    let title = request.workspace.stacks.get(*name).and_then(|doc| doc.value.title.as_ref());
                    title.map_or_else(|| Said::same(*name), |title| title.said())
                })
                .collect();
            let preferred =
                if titles.is_empty() { said!("no preference", "sans préférence") } else { Said::list(&titles) };
            let reasons =
                Said::join(&one.preferred.iter().map(|preferred| preferred.because.clone()).collect::<Vec<_>>(), "; ");
            let missing = one.missing();
            let open = if missing.is_empty() {
                Said::default()
            } else {
                let list = Said::list(&missing);
                said!("not said: {list}", "non précisé : {list}", list = list)
            };
            Row::of(vec![
                Cell::new(one.component.clone()),
                request.cell(&runs_on(one)).facts([view.path(&format!("components.{}.runs_on", one.component))]),
                request.cell(&preferred),
                Cell {
                    sources: one.preferred.iter().filter_map(|preferred| preferred.source.clone()).collect(),
                    facts: one
                        .preferred
                        .iter()
                        .flat_map(|preferred| preferred.facts.iter().cloned().chain([preferred.path.clone()]))
                        .collect(),
                    ..request.cell(&reasons)
                },
                request.cell(&open).marked(if missing.is_empty() { Mark::None } else { Mark::Unanswered }),
            ])
        })
        .collect();
    let count = |name: &str| advice.iter().filter(|one| one.subjects().contains(&name)).count();
    let parts: Vec<Said> = doc
        .value
        .subjects
        .iter()
        .filter(|name| count(&name.0) > 0)
        .map(|name| {
            let title = request.workspace.stacks.get(name.0.as_str()).and_then(|doc| doc.value.title.as_ref());
            let title = title.map_or_else(|| Said::same(name.0.clone()), |title| title.said());
            said!("{title} for {n}", "{title} pour {n}", title = title, n = count(&name.0))
        })
        .collect();
    let list = Said::join(&parts, ", ");
    let answer = if parts.is_empty() {
        said!("No condition prefers anything here.", "Aucune condition ne préfère quoi que ce soit ici.")
    } else {
        said!("Preferred: {list}.", "Préféré : {list}.", list = list)
    };
    let title = said!("Which for what: {title}", "Lequel pour quoi : {title}", title = title_of(&view));
    let columns = [
        said!("Component", "Composant"),
        said!("Runs today on", "Tourne aujourd’hui sur"),
        said!("Preferred", "Préféré"),
        said!("Because", "Parce que"),
        said!("Open", "Ouvert"),
    ];
    let body = request.table(&columns, rows, &said!("Nothing is to be chosen here.", "Il n’y a rien à choisir ici."));
    let note = said!(
        "The conditions are those of {name}; what third parties run is not listed.",
        "Les conditions sont celles de {name} ; ce que des tiers exploitent n’est pas listé.",
        name = doc.name
    );
    Some(request.figure("advice", &title, &answer, &note, body))
}

fn runs_on(one: &Advice) -> Said {
    match &one.today {
        Today::Cluster(name) => said!("{name} (Kubernetes)", "{name} (Kubernetes)"),
        Today::Hosts(name) => said!("{name} (machines)", "{name} (machines)"),
        Today::Partition(name) => said!("{name} (partition)", "{name} (partition)"),
        Today::Managed(name) => Said::same(name.clone()),
    }
}
