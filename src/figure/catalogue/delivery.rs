//! `table: delivery`: how a change gets to production, and what gets there without a pipeline.

use super::cells::rollback;
use super::{Request, title_of};
use crate::analysis::View;
use crate::analysis::oversight::of_kind;
use crate::analysis::rule::{Words, words};
use crate::design::model::component::{Component, ComponentKind, Stage};
use crate::design::model::config::Context;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "Every pipeline: its tool and source, what happens between a change and production, what it deploys, and how a bad version is taken back.",
    "Chaque pipeline : son outil et sa source, ce qui se passe entre un changement et la production, ce qu’il déploie, et le retour arrière.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let pipelines = of_kind(&view, ComponentKind::Delivery);
    if pipelines.is_empty() {
        return None;
    }
    let by_hand = by_hand(&view);
    let mut rows: Vec<Row> = pipelines.iter().map(|(name, pipeline)| row(request, &view, name, pipeline)).collect();
    if !by_hand.is_empty() {
        let images = by_hand.iter().map(|name| view.path(&format!("components.{name}.image")));
        let facts = images.chain(deploys(&view));
        let mut cells = vec![request.cell(&said!("no pipeline", "aucun pipeline")).marked(Mark::Warn)];
        cells.resize(3, Cell::default());
        cells.push(Cell::new(by_hand.join(", ")).facts(facts));
        cells.resize(6, Cell::default());
        rows.push(Row::of(cells));
    }
    let answer = if by_hand.is_empty() {
        said!(
            "Every image reaches production through a pipeline.",
            "Chaque image atteint la production par un pipeline."
        )
    } else {
        let names = Said::list(&by_hand);
        said!("No pipeline deploys {names}.", "Aucun pipeline ne déploie {names}.", names = names)
    };
    let title = said!(
        "From a change to production: {title}",
        "Du changement à la production : {title}",
        title = title_of(&view)
    );
    let columns = [
        said!("Pipeline", "Pipeline"),
        said!("Tool", "Outil"),
        said!("Stages", "Étapes"),
        said!("Deploys", "Déploie"),
        said!("A bad version is taken back", "Une mauvaise version est retirée"),
        said!("Approved by somebody else", "Approuvé par quelqu’un d’autre"),
    ];
    let body = request.compact(&columns, rows, &said!("No pipeline.", "Aucun pipeline."));
    Some(request.figure("delivery", &title, &answer, &Said::default(), body))
}

/// The components with an image that no pipeline deploys.
pub(super) fn by_hand<'a>(view: &View<'a>) -> Vec<&'a str> {
    let components = view.design.components.iter().filter(|(_, component)| component.image.is_some());
    components.map(|(name, _)| name.as_str()).filter(|name| pipelines_of(view, name).is_empty()).collect()
}

/// The facts that say which pipeline deploys what.
pub(super) fn deploys(view: &View<'_>) -> Vec<String> {
    let pipelines = of_kind(view, ComponentKind::Delivery).into_iter();
    pipelines
        .flat_map(|(name, _)| ["kind", "deploys"].map(|key| view.path(&format!("components.{name}.{key}"))))
        .collect()
}

/// The pipelines that deploy a component.
pub(super) fn pipelines_of<'a>(view: &View<'a>, component: &str) -> Vec<&'a str> {
    let pipelines = of_kind(view, ComponentKind::Delivery).into_iter();
    pipelines
        .filter(|(_, pipeline)| pipeline.deploys.iter().any(|deployed| **deployed == *component))
        .map(|(name, _)| name)
        .collect()
}

fn row(request: &Request<'_>, view: &View<'_>, name: &str, pipeline: &Component) -> Row {
    let path = |key: &str| view.path(&format!("components.{name}.{key}"));
    let source = pipeline
        .source
        .as_ref()
        .map_or_else(Said::default, |source| said!("from {source}", "depuis {source}", source = source));
    let stages: Vec<String> = pipeline.stages.iter().map(|stage| request.say(&stage_title(*stage))).collect();
    let stages = if stages.is_empty() { request.unanswered() } else { Cell::new(stages.join(" → ")) };
    let deploys: Vec<&str> = pipeline.deploys.iter().map(|component| component.0.as_str()).collect();
    // PCI DSS 6.5 and DORA's standards ask for a second pair of eyes; elsewhere nobody has to say.
    let asked = view.design.context == Context::Finance;
    Row::of(vec![
        Cell::new(name),
        request.stated(pipeline.tool.as_ref(), path("tool")).derived(request.say(&source)).facts([path("source")]),
        stages.facts([path("stages")]),
        Cell::new(deploys.join(", ")).facts([path("deploys")]),
        request.stated(pipeline.rollback.map(rollback).as_ref(), path("rollback")),
        request.whether(pipeline.four_eyes, asked, path("four_eyes")).facts([view.path("context")]),
    ])
}

fn stage_title(stage: Stage) -> Said {
    match stage {
        Stage::Build => said!("build", "construction"),
        Stage::Test => said!("test", "test"),
        Stage::Scan => said!("scan", "analyse"),
        Stage::Sign => said!("sign", "signature"),
        Stage::Approve => said!("approve", "approbation"),
        Stage::Deploy => said!("deploy", "déploiement"),
        Stage::Campaign => said!("campaign", "campagne"),
    }
}
