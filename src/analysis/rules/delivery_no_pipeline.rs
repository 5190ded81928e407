//! `delivery/no-pipeline`

use crate::analysis::oversight::of_kind;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// Every image gets to production through a pipeline.
pub static RULE: Rule = Rule {
    code: "delivery/no-pipeline",
    summary: words(
        "Every image reaches production through a pipeline",
        "Chaque image atteint la production par un pipeline",
    ),
    why: words(
        "What is deployed by hand differs from what was tested, cannot be repeated after the loss of a region, and is known to the one person who typed it.",
        "Ce qui est déployé à la main diffère de ce qui a été testé, ne peut être refait après la perte d’une région, et n’est connu que de qui l’a tapé.",
    ),
    detects: words(
        "Each component with an `image`: a delivery component has to name it in `deploys`.",
        "Chaque composant à `image` : un composant de livraison doit le nommer dans `deploys`.",
    ),
    exceptions: words(
        "What a distribution brings along (k3s' Traefik) states no image here and is not judged. Third parties' images count: somebody decides which version runs.",
        "Ce qu’apporte une distribution (le Traefik de k3s) ne déclare pas d’image et n’est pas jugé. Les images de tiers comptent : quelqu’un décide de la version.",
    ),
    remedy: words(
        "name it in `deploys` of a delivery component",
        "nommez-le dans `deploys` d’un composant de livraison",
    ),
    sources: &[
        "OpenGitOps, Principles 1.0.0",
        "PCI DSS v4.0.1, 6.5.1 (changes follow a procedure)",
        "RTS (EU) 2024/1774 under DORA, art. 17 (change management)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
components: {web: {kind: service, image: web:1.0.0}}
",
    passing: r"
kind: design
name: shop
context: cloud
components: {web: {kind: service, image: web:1.0.0}, pipeline: {kind: delivery, deploys: [web]}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let pipelines = of_kind(view, ComponentKind::Delivery);
    let with_image = view.design.components.iter().filter(|(_, component)| component.image.is_some());
    with_image
        .map(|(name, _)| {
            let path = format!("components.{name}");
            if pipelines.iter().any(|(_, pipeline)| pipeline.deploys.iter().any(|deployed| **deployed == **name)) {
                return Verdict::pass(path);
            }
            let verdict =
                Verdict::fail(&path, said!("no pipeline deploys `{name}`", "aucun pipeline ne déploie `{name}`"))
                    .at(format!("{path}.image"));
            match pipelines.first() {
                Some((pipeline, _)) => verdict
                    .also(format!("components.{pipeline}"), said!("deploys others", "en déploie d’autres"))
                    .help(said!(
                        "add `{name}` to `deploys` of `{pipeline}`",
                        "ajoutez `{name}` à `deploys` de `{pipeline}`"
                    )),
                None => verdict,
            }
        })
        .collect()
}
