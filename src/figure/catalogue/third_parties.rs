//! `table: third-parties`: who provides what, what really rests on them, and how they can be left.

use super::cells::{ago, as_of};
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::rule::{Words, words};
use crate::analysis::view::Home;
use crate::design::model::place::{Substitutable, ThirdParty};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every third party: what it provides and from where, which components run on it and which functions need them, and how it can be left.",
    "Chaque tiers : ce qu’il fournit et d’où, les composants qui tournent chez lui et les fonctions qui en ont besoin, et comment le quitter.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let parties = &view.design.third_parties;
    if parties.is_empty() {
        return None;
    }
    let rows = parties.iter().map(|(name, party)| row(request, &view, name, party)).collect();
    let untried: Vec<&str> = parties
        .iter()
        .filter(|(_, party)| party.exit.as_ref().is_none_or(|exit| exit.tested.is_none()))
        .map(|(name, _)| name.as_str())
        .collect();
    let answer = if untried.is_empty() {
        said!("Leaving has been tried for every third party.", "La sortie a été essayée pour chaque tiers.")
    } else {
        said!(
            "Leaving has never been tried for {names}.",
            "La sortie n’a jamais été essayée pour {names}.",
            names = Said::list(&untried)
        )
    };
    let title =
        said!("Who else it rests on: {title}", "Sur qui d’autre elle repose : {title}", title = title_of(&view));
    let columns = [
        said!("Third party", "Tiers"),
        said!("Provides", "Fournit"),
        said!("From", "Depuis"),
        said!("Runs on it", "Tourne chez lui"),
        said!("Said to support", "Déclaré soutenir"),
        said!("Needed by (worked out)", "Nécessaire à (calculé)"),
        said!("Leaving takes", "Le quitter prend"),
        said!("Another could take over", "Un autre prendrait la suite"),
    ];
    let body = request.compact(&columns, rows, &said!("No third party.", "Aucun tiers."));
    Some(request.figure("third-parties", &title, &answer, &Said::default(), body))
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, party: &ThirdParty) -> Row {
    let path = |key: &str| view.path(&format!("third_parties.{name}.{key}"));
    let design = view.design;
    let on_it: Vec<&str> = design
        .components
        .iter()
        .filter(|(_, component)| matches!(view.home(component), Home::ThirdParty(home, _) if home == name))
        .map(|(component, _)| component.as_str())
        .collect();
    let needing: Vec<&str> = design
        .functions
        .keys()
        .map(String::as_str)
        .filter(|function| {
            let needed = view.needed_by(function);
            on_it.iter().any(|component| needed.contains(component))
        })
        .collect();
    let supports: Vec<&str> = party.supports.iter().map(|function| function.0.as_str()).collect();
    let runs_on: Vec<String> =
        on_it.iter().map(|component| view.path(&format!("components.{component}.runs_on"))).collect();
    let unsaid: Vec<&str> = needing.iter().copied().filter(|function| !supports.contains(function)).collect();
    let needed = if needing.is_empty() {
        let cell = request.cell(&said!("no function stops without it", "aucune fonction ne s’arrête sans lui"));
        if on_it.is_empty() { Cell::default() } else { cell }
    } else if unsaid.is_empty() {
        Cell::new(needing.join(", "))
    } else {
        let unsaid = Said::list(&unsaid);
        let remark = said!("`supports` does not name {unsaid}", "`supports` ne nomme pas {unsaid}", unsaid = unsaid);
        Cell::new(needing.join(", ")).marked(Mark::Warn).derived(request.say(&remark))
    };
    let uses = design.functions.keys().map(|function| view.path(&format!("functions.{function}.uses")));
    let flows = design
        .connections
        .keys()
        .flat_map(|flow| ["from", "to", "needs"].map(|key| view.path(&format!("connections.{flow}.{key}"))));
    let nothing = request.cell(&said!("nothing of this design", "rien de cette conception"));
    Row::of(vec![
        Cell::new(name),
        Cell::new(party.provides.join(", ")).facts([path("provides")]),
        Cell::new(party.countries.join(", ")).facts([path("countries")]),
        if on_it.is_empty() { nothing } else { Cell::new(on_it.join(", ")).facts(runs_on.clone()) },
        Cell::new(supports.join(", "))
            .derived(request.small(&supports.iter().map(|function| how(view, function, &on_it)).collect::<Vec<_>>()))
            .facts([path("supports")])
            .facts(uses.clone())
            .facts(runs_on.clone()),
        needed.facts(uses).facts(flows).facts(runs_on),
        exit(request, view, party)
            .facts(["plan", "takes", "tested"].map(|key| path(&format!("exit.{key}"))))
            .facts(as_of()),
        substitutable(request, party).facts([path("substitutable")]),
    ])
}

/// Through what a function rests on a third party: what it stops without, else what delivers, stores
/// or signs for its components.
fn how(view: &View<'_>, function: &str, on_it: &[&str]) -> Said {
    let needed = view.needed_by(function);
    let hard: Vec<&str> = on_it.iter().copied().filter(|component| needed.contains(component)).collect();
    if !hard.is_empty() {
        return said!("stops without {list}", "s’arrête sans {list}", list = Said::list(&hard));
    }
    let ways: Vec<Said> = on_it
        .iter()
        .filter_map(|component| {
            let served: Vec<&str> = needed.iter().copied().filter(|user| serves(view, component, user)).collect();
            let list = Said::list(&served);
            (!served.is_empty()).then(|| {
                said!("{component} serves {list}", "{component} sert {list}", component = component, list = list)
            })
        })
        .collect();
    if ways.is_empty() {
        // How long it may be gone says what the silence is worth.
        let tolerable = view.design.functions.get(function).and_then(|function| function.tolerable.as_ref());
        let worth = tolerable
            .map_or_else(Said::default, |time| said!("; tolerable {time}", " ; tolérable {time}", time = time));
        said!(
            "{function}: nothing here shows how{worth}",
            "{function} : rien ici ne montre comment{worth}",
            function = function,
            worth = worth
        )
    } else {
        Said::join(&ways, "; ")
    }
}

/// Whether one component delivers, calls, is called by or keeps the image of another.
fn serves(view: &View<'_>, component: &str, user: &str) -> bool {
    let components = &view.design.components;
    let (Some(here), Some(there)) = (components.get(component), components.get(user)) else { return false };
    let called =
        view.design.connections.values().any(|flow| {
            (*flow.to == *component && *flow.from == *user) || (*flow.from == *component && *flow.to == *user)
        });
    let keeps = here.host.as_deref().zip(there.image.as_deref()).is_some_and(|(host, image)| image.starts_with(host));
    let archives = there.backups.values().any(|backup| *backup.to == *component);
    called || keeps || archives || here.deploys.iter().any(|deployed| **deployed == *user)
}

fn exit(request: &Request<'_>, view: &View<'_>, party: &ThirdParty) -> Cell {
    let Some(exit) = &party.exit else { return request.unanswered() };
    let plan = said!("plan: {plan}", "plan : {plan}", plan = exit.plan);
    let (tried, mark) = match exit.tested {
        Some(when) => (
            said!("tried {when}, {ago}", "essayé le {when}, {ago}", when = when, ago = ago(view.today, when)),
            Mark::Good,
        ),
        None => (said!("never tried", "jamais essayé"), Mark::Warn),
    };
    Cell::new(exit.takes.show(request.lang)).derived(request.small(&[plan, tried])).marked(mark)
}

fn substitutable(request: &Request<'_>, party: &ThirdParty) -> Cell {
    match party.substitutable {
        Some(Substitutable::Easily) => request.cell(&said!("within days", "en quelques jours")),
        Some(Substitutable::WithEffort) => request.cell(&said!("with work", "avec du travail")),
        Some(Substitutable::No) => request.cell(&said!("nobody", "personne")).marked(Mark::Warn),
        None => request.unanswered(),
    }
}
