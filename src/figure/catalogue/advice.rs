//! `table: advice`: in which form each component of a design is best run, and why; with `by:`, which
//! subject of a comparison suits it.

use super::{Request, title_of};
use crate::analysis::advice::{Advice, Because, Form, Judged, Today, Turn, advise, together};
use crate::analysis::measure::word;
use crate::analysis::rule::{Words, words};
use crate::analysis::standing::machines;
use crate::analysis::view::{Home, View};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "For each component of a design: container, machine of its own, both, microVM or managed; because of which facts, and what would change it. With `by: COMPARISON`, which of its subjects the comparison’s own conditions prefer.",
    "Pour chaque composant d’une conception : conteneur, machine dédiée, les deux, microVM ou géré ; à cause de quels faits, et ce qui y changerait quelque chose. Avec `by: COMPARAISON`, lequel de ses sujets les conditions de la comparaison préfèrent.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let Some(name) = &request.fence.by else { return Some(judged(request, &view)) };
    let doc = request.workspace.comparisons.get(name.0.as_str())?;
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

/// The forms that the built-in reasons ask for.
fn judged(request: &Request<'_>, view: &View<'_>) -> Figure {
    let judged = view.judged();
    let rows: Vec<Row> = judged.iter().map(|one| form_row(request, view, one)).collect();
    let differ: Vec<String> =
        judged.iter().filter(|one| one.agrees() == Some(false)).map(|one| format!("`{}`", one.component)).collect();
    let open = judged.iter().filter(|one| one.advised.is_none()).count();
    let mut parts = vec![if differ.is_empty() {
        said!("Nothing that is stated asks for another form", "Rien de ce qui est dit ne demande une autre forme")
    } else {
        said!(
            "Another form is advised for {list}",
            "Une autre forme est conseillée pour {list}",
            list = Said::list(&differ)
        )
    }];
    if open > 0 {
        parts.push(said!("too little is said of {n}", "trop peu est dit de {n}", n = open));
    }
    let answer = said!("{parts}.", "{parts}.", parts = Said::join(&parts, "; "));
    let title = said!("Which form for what: {title}", "Quelle forme pour quoi : {title}", title = title_of(view));
    let columns = [
        said!("Component", "Composant"),
        said!("The design chose", "La conception a choisi"),
        said!("Advised", "Conseillé"),
        said!("Because", "Parce que"),
        said!("Would change if", "Changerait si"),
    ];
    let combined = together(view, judged);
    let note = if combined.is_empty() {
        Said::default()
    } else {
        said!("In all: {list}.", "En tout : {list}.", list = Said::join(&combined, "; "))
    };
    let body = request.table(&columns, rows, &said!("Nothing is to be chosen here.", "Il n’y a rien à choisir ici."));
    request.figure("advice", &title, &answer, &note, body)
}

fn form_row(request: &Request<'_>, view: &View<'_>, one: &Judged) -> Row {
    let form = |form: Option<Form>| form.map_or_else(super::not_said, Form::title);
    let mark = match one.agrees() {
        Some(true) => Mark::Good,
        Some(false) => Mark::Warn,
        None => Mark::Unanswered,
    };
    let because: Vec<Said> = one.because.iter().map(|because| because.because.clone()).collect();
    let also: Vec<Said> = one.also.iter().map(also).collect();
    let cited = one.because.iter().flat_map(|because| because.facts.iter()).map(|fact| fact.shown(view.name));
    let mut under: Vec<String> = Vec::new();
    for fact in cited {
        if !under.contains(&fact) {
            under.push(fact);
        }
    }
    let mut turns: Vec<Said> =
        one.turns.iter().filter(|turn| turn.stated).map(|turn| would_change(view, turn)).collect();
    if !one.open.is_empty() {
        turns.push(said!("not said: {list}", "non précisé : {list}", list = Said::list(&one.open)));
    }
    let read =
        || one.because.iter().chain(&one.also).flat_map(|because| because.facts.iter()).map(|fact| fact.path.clone());
    let ground = ground(view, &one.component);
    let turned = one.turns.iter().filter(|turn| turn.stated).map(|turn| turn.path.clone());
    Row::of(vec![
        Cell::new(one.component.clone()),
        request.cell(&form(one.chosen)).facts([view.path(&format!("components.{}.runs_on", one.component))]),
        request.cell(&form(one.advised)).marked(mark),
        Cell {
            sources: one
                .because
                .iter()
                .map(|because| because.source.to_owned())
                .filter(|source| !source.is_empty())
                .collect(),
            ..request.cell(&Said::join(&because, "; ")).derived(under.join(", "))
        }
        .facts(read())
        .facts(ground),
        request
            .cell(&Said::join(&turns, "; "))
            .derived(request.say(&Said::join(&also, "; ")))
            .marked(if one.open.is_empty() { Mark::None } else { Mark::Unanswered })
            .facts(turned),
    ])
}

/// What decides what a component stands on: its place, and the layers of the stack there.
fn ground(view: &View<'_>, name: &str) -> Vec<String> {
    let mut facts = machines(view, name);
    let groups: Vec<&str> = match view.design.components.get(name).map(|component| view.home(component)) {
        Some(Home::Cluster(_, cluster)) => cluster.workers.iter().map(|group| group.0.as_str()).collect(),
        Some(Home::Hosts(group, _)) => vec![group],
        Some(Home::Partition(_, partition)) => vec![partition.runs_on.0.as_str()],
        _ => Vec::new(),
    };
    for group in groups {
        facts.push(view.path(&format!("hosts.{group}.stack")));
        let Some((stack, declared)) = view.design.hosts.get(group).and_then(|hosts| view.stack(hosts)) else {
            continue;
        };
        let layers = declared.layers.iter().map(|layer| word(layer.kind));
        facts.extend(
            layers.flat_map(|layer| ["kind", "per", "kernel"].map(|key| format!("{stack}.layers.{layer}.{key}"))),
        );
    }
    facts.retain(|fact| view.workspace.at(fact).is_some());
    facts
}

/// What one fact would have to be for another form to be advised.
pub(super) fn would_change(view: &View<'_>, turn: &Turn<Option<Form>>) -> Said {
    let path = turn.path.strip_prefix(&format!("{}.", view.name)).unwrap_or(&turn.path);
    let key = path.rsplit('.').next().unwrap_or(path);
    let (name, value) = (turn.name.as_str(), turn.value.as_str());
    let to = turn.to.map_or_else(super::not_said, Form::title);
    // A fact that follows from another is named beside its address.
    if key == name {
        said!("`{path}` were `{value}`: {to}", "`{path}` valait `{value}` : {to}", to = to)
    } else {
        said!("`{name}` ({path}) were `{value}`: {to}", "`{name}` ({path}) valait `{value}` : {to}", to = to)
    }
}

fn also(because: &Because) -> Said {
    said!(
        "also, for {form}: {because}",
        "aussi, pour {form} : {because}",
        form = because.form.title(),
        because = because.because
    )
}
