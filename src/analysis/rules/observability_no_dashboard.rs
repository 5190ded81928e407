//! `observability/no-dashboard`

use crate::analysis::oversight::of_kind;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// What was measured can be looked at.
pub static RULE: Rule = Rule {
    code: "observability/no-dashboard",
    summary: words("What is measured can be looked at", "Ce qui est mesuré peut être regardé"),
    why: words(
        "Who is called at night needs one picture of the last hours. Without one, the first half hour of an outage goes into writing queries.",
        "Qui est appelé la nuit a besoin d’une image des dernières heures. Sans elle, la première demi-heure d’une panne passe à écrire des requêtes.",
    ),
    detects: words(
        "`dashboards` of monitoring components: one has to have them.",
        "`dashboards` des composants de supervision : l’un d’eux doit en avoir.",
    ),
    exceptions: words(
        "Teams that debug by traces and queries alone do without; they are few. An outside check needs none.",
        "Quelques équipes déboguent par traces et requêtes seules et s’en passent. Une sonde externe n’en a pas besoin.",
    ),
    remedy: words(
        "add dashboards for each function: load, errors, latency, saturation",
        "ajoutez des tableaux de bord par fonction : charge, erreurs, latence, saturation",
    ),
    sources: &[
        "Beyer et al., Site Reliability Engineering, chapter 6, The Four Golden Signals",
        "Lab RES507, section 6",
    ],
    severity: Severity::Note,
    failing: r"
kind: design
name: shop
context: cloud
components: {metrics: {kind: monitoring, dashboards: false}}
",
    passing: r"
kind: design
name: shop
context: cloud
components: {metrics: {kind: monitoring, dashboards: true}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let monitors = of_kind(view, ComponentKind::Monitoring);
    let Some((first, _)) = monitors.first() else { return Vec::new() };
    let path = format!("components.{first}");
    if monitors.iter().any(|(_, monitor)| monitor.dashboards == Some(true)) {
        return vec![Verdict::pass(path)];
    }
    // The one that says so is named; silence of all of them is a question.
    match monitors.iter().find(|(_, monitor)| monitor.dashboards == Some(false)) {
        Some((name, _)) => vec![
            Verdict::fail(
                format!("components.{name}"),
                said!(
                    "`{name}` measures, and shows no history to look at",
                    "`{name}` mesure, et ne montre aucun historique à regarder"
                ),
            )
            .at(format!("components.{name}.dashboards")),
        ],
        None => vec![
            Verdict::unanswered(
                path,
                said!("where is looked at what `{first}` measures?", "où regarde-t-on ce que mesure `{first}` ?"),
            )
            .help(said!("write `dashboards: true` or `false`", "écrivez `dashboards: true` ou `false`")),
        ],
    }
}
