//! `table: probes`: what Kubernetes asks each component, and after how long it acts.

use super::{Request, not_said, title_of};
use crate::analysis::constants::{self, PROBE_FAILURES};
use crate::analysis::rule::{Words, words};
use crate::analysis::view::Home;
use crate::design::model::component::Probe;
use crate::design::quantity::seconds;
use crate::figure::{Cell, Figure, Mark, Row};
use crate::said;
use crate::source::Said;

pub(super) const EXPLAINS: Words = words(
    "The three probes of each component in Kubernetes, and after how long each acts.",
    "Les trois sondes de chaque composant dans Kubernetes, et au bout de combien de temps chacune agit.",
);

pub(super) fn make(request: &Request<'_>) -> Option<Figure> {
    let view = request.view()?;
    let mut rows = Vec::new();
    let mut without = Vec::new();
    for (name, component) in &view.design.components {
        let Home::Cluster(cluster_name, cluster) = view.home(component) else { continue };
        let constant =
            |id: &str| constants::of(&view, cluster_name, cluster, id).map_or(0.0, |constant| constant.value);
        let probes = component.probes.as_ref();
        let cell = |word: &str, probe: Option<&Probe>| match probe {
            None => {
                request.cell(&said!("none", "aucune")).marked(if word == "startup" { Mark::None } else { Mark::Warn })
            }
            Some(probe) => {
                let period = probe.period.as_ref().map_or_else(|| constant("probe-period"), |period| period.value());
                let timeout =
                    probe.timeout.as_ref().map_or_else(|| constant("probe-timeout"), |timeout| timeout.value());
                let failures = f64::from(probe.failures.unwrap_or(PROBE_FAILURES));
                let (low, high) = ((failures - 1.0) * period + timeout, failures * period + timeout);
                let delay = probe.initial_delay.as_ref().map_or(0.0, |delay| delay.value());
                let formula = said!(
                    "{a} to {b} after a hang: {failures} × {period} + {timeout}",
                    "{a} à {b} après un blocage : {failures} × {period} + {timeout}",
                    a = seconds(low + delay),
                    b = seconds(high + delay),
                    failures = failures,
                    period = seconds(period),
                    timeout = seconds(timeout)
                );
                let formula = if word == "startup" {
                    said!(
                        "up to {b} to start: {failures} × {period}",
                        "jusqu’à {b} pour démarrer : {failures} × {period}",
                        b = seconds(failures * period + delay),
                        failures = failures,
                        period = seconds(period)
                    )
                } else if word == "liveness" {
                    // What hangs does not listen to SIGTERM: it is killed at the end of its grace period.
                    let grace = component.stops.as_ref().and_then(|stops| stops.grace.as_ref());
                    let grace = grace.map_or_else(|| constant("termination-grace-period"), |grace| grace.value());
                    let again = said!(
                        "started again {a} to {b} after it, the grace period of {grace} being waited for",
                        "redémarré {a} à {b} après lui, le délai de grâce de {grace} étant attendu",
                        a = seconds(low + delay + grace),
                        b = seconds(high + delay + grace),
                        grace = seconds(grace)
                    );
                    Said::join(&[formula, again], "; ")
                } else {
                    formula
                };
                let keys = ["http", "tcp", "exec", "grpc", "period", "timeout", "failures", "initial_delay"];
                request
                    .cell(&asks(probe))
                    .derived(request.say(&formula))
                    .facts(keys.iter().map(|key| view.path(&format!("components.{name}.probes.{word}.{key}"))))
                    .facts((word == "liveness").then(|| view.path(&format!("components.{name}.stops.grace"))))
            }
        };
        if probes.is_none_or(|probes| probes.readiness.is_none()) {
            without.push(name.as_str());
        }
        rows.push(Row::of(vec![
            Cell::new(name.clone()),
            cell("startup", probes.and_then(|probes| probes.startup.as_ref())),
            cell("readiness", probes.and_then(|probes| probes.readiness.as_ref())),
            cell("liveness", probes.and_then(|probes| probes.liveness.as_ref())),
        ]));
    }
    let answer = if without.is_empty() {
        said!(
            "Every component in Kubernetes says when it may get traffic.",
            "Chaque composant dans Kubernetes dit quand il peut recevoir du trafic."
        )
    } else {
        let names = Said::list(&without);
        said!(
            "Nothing says when {names} may get traffic.",
            "Rien ne dit quand {names} peut recevoir du trafic.",
            names = names
        )
    };
    let title = said!("What Kubernetes asks: {title}", "Ce que Kubernetes demande : {title}", title = title_of(&view));
    let columns = [
        said!("Component", "Composant"),
        said!("Startup: has it started?", "Startup : a-t-il démarré ?"),
        said!("Readiness: may it get traffic?", "Readiness : peut-il recevoir du trafic ?"),
        said!("Liveness: must it be restarted?", "Liveness : faut-il le redémarrer ?"),
    ];
    let body = request.table(&columns, rows, &said!("Nothing runs in Kubernetes.", "Rien ne tourne dans Kubernetes."));
    Some(request.figure("probes", &title, &answer, &Said::default(), body))
}

fn asks(probe: &Probe) -> Said {
    if let Some(path) = &probe.http {
        Said::same(format!("HTTP {path}"))
    } else if let Some(port) = probe.tcp {
        Said::same(format!("TCP {port}"))
    } else if let Some(command) = &probe.exec {
        Said::same(format!("exec {command}"))
    } else if let Some(port) = probe.grpc {
        Said::same(format!("gRPC {port}"))
    } else {
        not_said()
    }
}
