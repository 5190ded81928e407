//! `probes/slow-start-without-startup`

use super::probe_times::patience;
use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Severity;

/// A slow start is not taken for a hang.
pub static RULE: Rule = Rule {
    code: "probes/slow-start-without-startup",
    summary: words("A slow start is not taken for a hang", "Un démarrage lent n’est pas pris pour un blocage"),
    why: words(
        "A liveness probe that loses patience before the process is up restarts it for ever: the pod never gets ready, most likely on the day when a cold cache or a long recovery makes it slower than usual.",
        "Une liveness qui perd patience avant que le processus soit prêt le redémarre sans fin : le pod n’est jamais prêt, surtout le jour où un cache froid ou une longue reprise le rend plus lent que d’habitude.",
    ),
    detects: words(
        "`starts_in` against the startup probe's `period` × `failures`; without a startup probe against the liveness probe's `initial_delay` + `period` × `failures` (0 s, 10 s, 3 where not said). The startup probe's own delay is added.",
        "`starts_in`, comparé à `period` × `failures` de la sonde de startup ; sans elle, à `initial_delay` + `period` × `failures` de la liveness (0 s, 10 s, 3 à défaut). Le délai propre à la sonde de startup s’ajoute.",
    ),
    exceptions: words(
        "A long `initial_delay` instead of a startup probe passes here; it also delays the detection of a hang after every restart. Where `starts_in` is not said, it is asked for what a function needs or what has a volume: recovery after a crash is when starts are slow.",
        "Un long `initial_delay` à la place d’une sonde de startup passe ici ; il retarde aussi la détection d’un blocage après chaque redémarrage. Si `starts_in` n’est pas dit, il est demandé pour ce dont une fonction a besoin ou qui a un volume : c’est la reprise après plantage qui démarre lentement.",
    ),
    remedy: words(
        "state a startup probe whose `period` × `failures` covers the slowest start",
        "écrivez une sonde de startup dont `period` × `failures` couvre le démarrage le plus lent",
    ),
    sources: &["Kubernetes documentation, Configure Liveness, Readiness and Startup Probes (startup probes)"],
    severity: Severity::Error,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, starts_in: 45 s, probes: {liveness: {http: /live}}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, starts_in: 45 s, probes: {startup: {http: /live, failures: 12}, liveness: {http: /live}}}
",
    check,
};

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(probes) = component.probes.as_ref().filter(|_| view.in_kubernetes(component)) else { continue };
        let Some((word, probe)) = probes
            .startup
            .as_ref()
            .map(|probe| ("startup", probe))
            .or(probes.liveness.as_ref().map(|probe| ("liveness", probe)))
        else {
            continue;
        };
        let path = format!("components.{name}");
        let at = format!("{path}.probes.{word}");
        let allowed = probe.initial_delay.as_ref().map_or(0.0, |delay| delay.value()) + patience(probe);
        let Some(starts_in) = &component.starts_in else {
            if word == "liveness" && (view.is_needed(name) || component.storage.is_some()) {
                let question = said!(
                    "how long does `{name}` take to start, at worst? Its liveness probe restarts it after {allowed}",
                    "combien de temps `{name}` met-il à démarrer, au pire ? Sa sonde de liveness le redémarre au bout de {allowed}",
                    allowed = seconds(allowed)
                );
                let help = said!("state `starts_in`", "écrivez `starts_in`");
                verdicts.push(Verdict::unanswered(&path, question).at(at).help(help));
            }
            continue;
        };
        verdicts.push(if starts_in.value.value() <= allowed {
            Verdict::pass(path)
        } else {
            let message = said!(
                "`{name}` starts in {takes}, and its {word} probe restarts it after {allowed}",
                "`{name}` démarre en {takes}, et sa sonde de {word} le redémarre au bout de {allowed}",
                takes = starts_in,
                allowed = seconds(allowed)
            );
            let also = format!("{path}.starts_in");
            Verdict::fail(path, message).at(at).also(also, said!("from start to ready", "du lancement à prêt"))
        });
    }
    verdicts
}
