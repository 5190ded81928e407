//! `availability/images-in-one-place`

use std::collections::BTreeSet;

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::{Component, ComponentKind};
use crate::said;
use crate::source::Severity;

/// Images can be pulled where they are needed after a site is lost.
pub static RULE: Rule = Rule {
    code: "availability/images-in-one-place",
    summary: words(
        "Images are at hand where what runs them is built anew",
        "Les images sont à portée là où l’on reconstruit ce qui les utilise",
    ),
    why: words(
        "A rebuild elsewhere begins with pulling images. If the only registry went with the site, there is nothing to start from, however good the manifests are.",
        "Une reconstruction ailleurs commence par le téléchargement des images. Si l’unique registre est parti avec le site, il n’y a rien à démarrer, si bons que soient les manifestes.",
    ),
    detects: words(
        "For designs whose functions promise `recovery.site` or `recovery.region`: each registry has a copy (`replicated_to`) at a site other than those where what pulls from it runs, or at each of several such sites.",
        "Pour les conceptions dont des fonctions promettent `recovery.site` ou `recovery.region` : chaque registre a une copie (`replicated_to`) sur un autre site que ceux où tourne ce qui y puise, ou sur chacun de plusieurs tels sites.",
    ),
    exceptions: words(
        "Images that a pipeline builds again from source within the recovery time need no copy: record that as an exercise and waive this.",
        "Des images qu’un pipeline reconstruit depuis les sources dans le délai de reprise n’ont pas besoin de copie : inscrivez-le comme exercice et dérogez.",
    ),
    remedy: words(
        "replicate the registry to the place where you would rebuild",
        "répliquez le registre là où vous reconstruiriez",
    ),
    sources: &["Kubernetes documentation, Images", "AWS Well-Architected, REL13 (plan for disaster recovery)"],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], recovery: {region: {rto: 8 h, rpo: 1 h}}}}
sites: {west: {kind: region}, north: {kind: region}}
third_parties: {provider: {provides: [images]}}
hosts: {nodes: {count: 3, in: [west]}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, image: images.example/web:1.0}
  images: {kind: registry, runs_on: provider, host: images.example}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web], recovery: {region: {rto: 8 h, rpo: 1 h}}}}
sites: {west: {kind: region}, north: {kind: region}}
third_parties: {provider: {provides: [images]}}
hosts: {nodes: {count: 3, in: [west]}}
clusters: {main: {distribution: eks, kubernetes: 1.35, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, image: images.example/web:1.0}
  images: {kind: registry, runs_on: provider, host: images.example, replicated_to: [north]}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let design = view.design;
    let promised = design.functions.iter().find_map(|(name, function)| {
        let recovery = function.recovery.as_ref()?;
        let word = if recovery.region.is_some() { "region" } else { "site" };
        (recovery.region.is_some() || recovery.site.is_some()).then(|| format!("functions.{name}.recovery.{word}"))
    });
    let Some(promised) = promised else { return Vec::new() };
    let registries = design.components.iter().filter(|(_, component)| component.kind == ComponentKind::Registry);
    registries
        .map(|(name, registry)| {
            let path = format!("components.{name}");
            let users = design.components.iter().filter(|(_, component)| pulls_from(component, registry));
            let used: BTreeSet<&str> = users.flat_map(|(user, _)| super::data_copies::sites_of(view, user)).collect();
            let copies: BTreeSet<&str> = registry
                .replicated_to
                .iter()
                .map(|place| view.site_of(place).map_or(place.0.as_str(), |(site, _)| site))
                .collect();
            let elsewhere = copies.iter().any(|copy| !used.contains(copy));
            let everywhere = used.len() > 1 && used.iter().all(|site| copies.contains(site));
            if elsewhere || everywhere || used.is_empty() {
                return Verdict::pass(path);
            }
            Verdict::fail(
                &path,
                said!(
                    "after the loss of a site, the images of `{name}` are nowhere else",
                    "après la perte d’un site, les images de `{name}` ne sont nulle part ailleurs"
                ),
            )
            .at(if copies.is_empty() { path } else { format!("{path}.replicated_to") })
            .also(promised.clone(), said!("the promise", "la promesse"))
        })
        .collect()
}

fn pulls_from(component: &Component, registry: &Component) -> bool {
    match (&component.image, &registry.host) {
        (Some(image), Some(host)) => image.strip_prefix(host.as_str()).is_some_and(|rest| rest.starts_with('/')),
        _ => false,
    }
}
