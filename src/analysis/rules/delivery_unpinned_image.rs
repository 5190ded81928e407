//! `delivery/unpinned-image`

use crate::analysis::manifests::{self, workloads};
use crate::analysis::oversight::of_kind;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::manifests::{Container, image};
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// An image's name means one image.
pub static RULE: Rule = Rule {
    code: "delivery/unpinned-image",
    summary: words("An image's name means one image", "Le nom d’une image désigne une seule image"),
    why: words(
        "`latest` is whatever was pushed last: replicas started on different days run different code, and a rollback pulls the very version it should take back.",
        "`latest` est ce qui fut poussé en dernier : des réplicas démarrés à des jours différents exécutent un code différent, et un retour arrière retire la version même qu’il devait défaire.",
    ),
    detects: words(
        "`image` of each component: no tag, or one that moves by habit (`latest`, `stable`, `main`…), fails; so does a tag of a registry of the design that says `immutable_tags: false`. A digest always passes.",
        "`image` de chaque composant : pas d’étiquette, ou une qui bouge par habitude (`latest`, `stable`, `main`…), échoue ; de même une étiquette d’un registre du design qui dit `immutable_tags: false`. Un condensat passe toujours.",
    ),
    exceptions: words(
        "Purists ask for a digest everywhere, because any tag can be moved. The position here: a full version is enough where the registry refuses to move tags or does not say.",
        "Les puristes exigent partout un condensat, car toute étiquette peut bouger. La position prise : une version complète suffit si le registre refuse de déplacer les étiquettes, ou ne le dit pas.",
    ),
    remedy: words(
        "write the full version, or the digest: `name:1.4.2@sha256:…`",
        "écrivez la version complète, ou le condensat : `nom:1.4.2@sha256:…`",
    ),
    sources: &[
        "Kubernetes documentation, Images, Image names and Updating images",
        "SLSA v1.0, Requirements, Verifying artifacts",
    ],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
components: {web: {kind: service, image: 'registry.example:5000/web'}}
",
    passing: r"
kind: design
name: shop
context: cloud
components: {web: {kind: service, image: 'registry.example:5000/web:1.4.2'}}
",
    check,
};

/// Tags that are moved from one image to the next by everybody's habit.
const MOVING: [&str; 12] =
    ["latest", "stable", "main", "master", "edge", "nightly", "dev", "develop", "prod", "production", "current", "lts"];

fn check(view: &View<'_>) -> Vec<Verdict> {
    if manifests::has_objects(view) {
        return in_objects(view);
    }
    let registries = of_kind(view, ComponentKind::Registry);
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(image) = &component.image else { continue };
        let path = format!("components.{name}");
        let at = format!("{path}.image");
        if image.contains("@sha256:") {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        // A colon before the last slash belongs to the registry's port.
        let last = image.rsplit('/').next().unwrap_or(image);
        let Some((_, tag)) = last.split_once(':') else {
            verdicts.push(
                Verdict::fail(
                    path,
                    said!(
                        "the image of `{name}` has no tag, which means `latest`",
                        "l’image de `{name}` n’a pas d’étiquette, ce qui veut dire `latest`"
                    ),
                )
                .at(at),
            );
            continue;
        };
        let movable = registries.iter().find(|(_, registry)| {
            registry.immutable_tags == Some(false)
                && registry
                    .host
                    .as_deref()
                    .is_some_and(|host| image.strip_prefix(host).is_some_and(|rest| rest.starts_with('/')))
        });
        verdicts.push(if MOVING.contains(&tag) {
            Verdict::fail(
                path,
                said!(
                    "the image of `{name}` is `{tag}`: another one tomorrow",
                    "l’image de `{name}` est `{tag}` : une autre demain"
                ),
            )
            .at(at)
        } else if let Some((registry, _)) = movable {
            Verdict::fail(
                path,
                said!(
                    "the image of `{name}` is named by a tag that `{registry}` lets anybody move",
                    "l’image de `{name}` est désignée par une étiquette que `{registry}` laisse déplacer"
                ),
            )
            .at(at)
            .also(
                format!("components.{registry}.immutable_tags"),
                said!("tags can be moved", "les étiquettes peuvent bouger"),
            )
        } else {
            Verdict::pass(path)
        });
    }
    verdicts
}

/// The same of objects, container by container.
fn in_objects(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for judged in workloads(view) {
        let moves = |container: &Container<'_>| {
            container
                .image()
                .map(image::parse)
                .is_some_and(|image| !image.digest && image.tag.is_none_or(|tag| MOVING.contains(&tag)))
        };
        let broken: Vec<_> = judged
            .containers()
            .into_iter()
            .filter(moves)
            .map(|container| (container, container.at(&["image"]).map_or_else(|| container.place(), |node| node.span)))
            .collect();
        verdicts.push(
            judged
                .verdict(&broken, |who| {
                    said!(
                        "the image of {who} is another one tomorrow",
                        "l’image de {who} sera une autre demain",
                        who = who
                    )
                })
                .at_most(Severity::Warning),
        );
    }
    verdicts
}
