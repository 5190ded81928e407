//! `observability/no-alerts`

use crate::analysis::oversight::of_kind;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::model::component::ComponentKind;
use crate::said;
use crate::source::Severity;

/// Somebody is called when a function fails.
pub static RULE: Rule = Rule {
    code: "observability/no-alerts",
    summary: words("Somebody is called when a function fails", "Quelqu’un est appelé quand une fonction tombe"),
    why: words(
        "A recovery time begins when somebody knows. A dashboard that nobody looks at at three in the morning adds hours to every outage that does not heal alone.",
        "Un délai de reprise commence quand quelqu’un sait. Un tableau de bord que personne ne regarde à trois heures du matin ajoute des heures à chaque panne qui ne guérit pas seule.",
    ),
    detects: words(
        "`alerts_to` and `alerts_for` of monitoring components: each function has to be in some `alerts_for`, and each of these has to call somebody. One that calls without saying for which functions is a question.",
        "`alerts_to` et `alerts_for` des composants de supervision : chaque fonction doit figurer dans un `alerts_for`, et chacun doit appeler quelqu’un. Un appel sans dire pour quelles fonctions est une question.",
    ),
    exceptions: words(
        "Functions made of components with safety goals only are exempt: a car reaches its safe state by itself and calls nobody. What merely collects for another monitoring component (`sends_to`) need not call.",
        "Les fonctions faites des seuls composants à objectif de sûreté sont exemptées : une voiture atteint seule son état sûr et n’appelle personne. Ce qui ne fait que collecter pour une autre supervision (`sends_to`) n’a pas à appeler.",
    ),
    remedy: words(
        "name the functions in `alerts_for` and who is called in `alerts_to`",
        "nommez les fonctions dans `alerts_for` et la personne appelée dans `alerts_to`",
    ),
    sources: &[
        "Beyer et al., The Site Reliability Workbook, chapter 5, Alerting on SLOs",
        "DORA (EU) 2022/2554, art. 10(2) (alert thresholds and automatic alerts)",
        "PCI DSS v4.0.1, 10.7.2 (failures of critical controls are detected and alerted)",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
components: {web: {kind: service}, metrics: {kind: monitoring}}
",
    passing: r"
kind: design
name: shop
context: cloud
functions: {sell: {uses: [web]}}
components: {web: {kind: service}, staff: {kind: person}, metrics: {kind: monitoring, alerts_to: staff, alerts_for: [sell]}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let monitors = of_kind(view, ComponentKind::Monitoring);
    let mut verdicts = Vec::new();
    for (name, monitor) in &monitors {
        let path = format!("components.{name}");
        let called = monitor.alerts_to.as_ref().and_then(|name| view.design.components.get(&name.0));
        if let Some((called, who)) = monitor.alerts_to.as_ref().zip(called)
            && !matches!(who.kind, ComponentKind::Person | ComponentKind::ExternalSystem | ComponentKind::Monitoring)
        {
            let message =
                said!("`{name}` alerts `{called}`, which is nobody", "`{name}` alerte `{called}`, qui n’est personne");
            verdicts.push(Verdict::fail(&path, message).at(format!("{path}.alerts_to")).help(said!(
                "name a person, or the monitoring that calls one",
                "nommez une personne, ou la supervision qui en appelle une"
            )));
        } else if monitor.alerts_to.is_none() && !monitor.alerts_for.is_empty() {
            let message = said!(
                "`{name}` alerts nobody: it says for what and not to whom",
                "`{name}` n’alerte personne : il dit pour quoi et pas à qui"
            );
            verdicts.push(
                Verdict::fail(&path, message)
                    .at(format!("{path}.alerts_for"))
                    .help(said!("add `alerts_to`", "ajoutez `alerts_to`")),
            );
        } else if let Some(called) = monitor.alerts_to.as_ref().filter(|_| monitor.alerts_for.is_empty()) {
            let question = said!(
                "for which functions does `{name}` call `{called}`?",
                "pour quelles fonctions `{name}` appelle-t-il `{called}` ?"
            );
            verdicts.push(
                Verdict::unanswered(&path, question)
                    .at(format!("{path}.alerts_to"))
                    .help(said!("list them in `alerts_for`", "énumérez-les dans `alerts_for`")),
            );
        }
    }
    for (function, declared) in &view.design.functions {
        let path = format!("functions.{function}");
        let used: Vec<_> = declared.uses.iter().filter_map(|name| view.design.components.get(&name.0)).collect();
        let physical = |kind| matches!(kind, ComponentKind::Sensor | ComponentKind::Actuator);
        if used.iter().all(|component| component.safety.is_some() || physical(component.kind)) {
            continue;
        }
        let covered = monitors.iter().any(|(_, monitor)| {
            monitor.alerts_to.is_some() && monitor.alerts_for.iter().any(|name| **name == **function)
        });
        if covered {
            verdicts.push(Verdict::pass(path));
        } else if !monitors.iter().any(|(_, monitor)| monitor.alerts_to.is_some() && monitor.alerts_for.is_empty()) {
            let message =
                said!("nobody is called when `{function}` fails", "personne n’est appelé quand `{function}` tombe");
            let mut verdict = Verdict::fail(path, message);
            if let Some((name, _)) = monitors.first() {
                verdict = verdict.also(
                    format!("components.{name}"),
                    said!("monitoring that does not alert for it", "une supervision qui n’alerte pas pour elle"),
                );
            }
            verdicts.push(verdict);
        }
    }
    verdicts
}
