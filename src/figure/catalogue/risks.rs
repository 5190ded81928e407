//! `table: risks`: what is known to threaten a design, the heaviest first, and what is done about it.

use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::rule::{Words, words};
use crate::design::model::organisation::{Level, Response, Risk};
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::{Said, Show};

pub(super) const EXPLAINS: Words = words(
    "Every known risk, the heaviest first: what it threatens, likelihood and impact, what is done about it and through what, and who answers for it.",
    "Chaque risque connu, le plus lourd d’abord : ce qu’il menace, vraisemblance et impact, ce qu’on en fait et par quoi, et qui en répond.",
);

/// From this product of likelihood and impact on, each from 1 to 3, a risk is worth a look.
const HEAVY: u32 = 6;

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let mut risks: Vec<(&String, &Risk)> = view.design.risks.iter().collect();
    risks.sort_by_key(|(_, risk)| std::cmp::Reverse(weight(risk)));
    let (_, heaviest) = risks.first()?;
    let answer = said!(
        "The heaviest known risk is {title}: likelihood {likelihood}, impact {impact}; it is {response}.",
        "Le risque connu le plus lourd est {title} : vraisemblance {likelihood}, impact {impact} ; il est {response}.",
        title = Said::by(|lang| lang.quote(&heaviest.title.show(lang))),
        likelihood = level(heaviest.likelihood, true),
        impact = level(heaviest.impact, false),
        response = response(heaviest.response)
    );
    let rows = risks.iter().map(|(name, risk)| row(request, &view, name, risk)).collect();
    let title = said!("What threatens it: {title}", "Ce qui la menace : {title}", title = title_of(&view));
    let columns = [
        said!("Risk", "Risque"),
        said!("Threatens", "Menace"),
        said!("Likelihood × impact", "Vraisemblance × impact"),
        said!("Response", "Réponse"),
        said!("Through", "Par"),
        said!("Who answers for it", "Qui en répond"),
    ];
    let body = request.compact(&columns, rows, &said!("No risk is known.", "Aucun risque connu."));
    Some(request.figure("risks", &title, &answer, &Said::default(), body))
}

fn weight(risk: &Risk) -> u32 {
    (risk.likelihood as u32 + 1) * (risk.impact as u32 + 1)
}

/// A level in words; French likelihood is feminine, and impact masculine.
fn level(level: Level, feminine: bool) -> Said {
    match (level, feminine) {
        (Level::Low, _) => said!("low", "faible"),
        (Level::Medium, true) => said!("medium", "moyenne"),
        (Level::Medium, false) => said!("medium", "moyen"),
        (Level::High, true) => said!("high", "forte"),
        (Level::High, false) => said!("high", "fort"),
    }
}

fn response(response: Response) -> Said {
    match response {
        Response::Mitigate => said!("mitigated", "atténué"),
        Response::Accept => said!("accepted", "accepté"),
        Response::Transfer => said!("transferred", "transféré"),
        Response::Avoid => said!("avoided", "évité"),
    }
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, risk: &Risk) -> Row {
    let path = |key: &str| view.path(&format!("risks.{name}.{key}"));
    let of: Vec<&str> = risk.of.iter().map(|function| function.0.as_str()).collect();
    // How long each function may be gone is what makes a risk to it heavy or light.
    let threatened = of.iter().filter_map(|name| Some((*name, view.design.functions.get(*name)?.tolerable.as_ref()?)));
    let tolerable: Vec<Said> =
        threatened.clone().map(|(_, time)| said!("tolerable {t}", "tolérable {t}", t = time)).collect();
    let limits = threatened.map(|(name, _)| view.path(&format!("functions.{name}.tolerable")));
    let heavy = if weight(risk) >= HEAVY { Mark::Warn } else { Mark::None };
    let weighed = said!(
        "{likelihood} × {impact}",
        "{likelihood} × {impact}",
        likelihood = level(risk.likelihood, true),
        impact = level(risk.impact, false)
    );
    let product = said!(
        "{a} × {b} = {product}, of 9",
        "{a} × {b} = {product}, sur 9",
        a = risk.likelihood as u32 + 1,
        b = risk.impact as u32 + 1,
        product = weight(risk)
    );
    Row::of(vec![
        Cell::new(risk.title.show(request.lang)).facts([path("title")]),
        Cell::new(of.join(", ")).derived(request.small(&tolerable)).facts([path("of")]).facts(limits),
        request.cell(&weighed).derived(request.say(&product)).marked(heavy).facts([path("likelihood"), path("impact")]),
        request.cell(&response(risk.response)).facts([path("response")]),
        through(request, view, risk).facts([path("through")]),
        request.team(risk.owner.as_ref(), path("owner")),
    ])
}

/// What a response goes through; an address that leads nowhere is worth a look.
fn through(request: &Request<'_>, view: &View<'_>, risk: &Risk) -> Cell {
    if risk.through.is_empty() {
        // What is mitigated is so by something.
        return if risk.response == Response::Mitigate { request.unanswered() } else { Cell::default() };
    }
    let lost: Vec<&String> =
        risk.through.iter().filter(|address| view.workspace.at(&view.path(address)).is_none()).collect();
    let cell = Cell::new(risk.through.join(", "));
    if lost.is_empty() {
        return cell.facts(risk.through.iter().map(|address| view.path(address)));
    }
    let lost = Said::list(lost);
    cell.marked(Mark::Warn).derived(request.say(&said!(
        "leads nowhere: {lost}",
        "ne mène nulle part : {lost}",
        lost = lost
    )))
}
