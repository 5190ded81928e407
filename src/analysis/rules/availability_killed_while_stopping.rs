//! `availability/killed-while-stopping`

use crate::analysis::rule::{Rule, Verdict, words};
use crate::analysis::view::View;
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Severity;

/// A pod has time to stop.
pub static RULE: Rule = Rule {
    code: "availability/killed-while-stopping",
    summary: words("A pod has time to stop", "Un pod a le temps de s’arrêter"),
    why: words(
        "The grace period counts from the start of `preStop`: where that takes all of it, the process is killed with its requests under way, at each deployment and each drain.",
        "Le délai de grâce court dès le début du `preStop` : si celui-ci le prend tout, le processus est tué avec ses requêtes en cours, à chaque déploiement et à chaque drain.",
    ),
    detects: words(
        "The wait before stopping (`stops.pre_stop`; `sleep` in a `preStop` hook), with what it takes to drain where that is said, against the grace period, which is 30 s where nobody says; a grace period of nothing.",
        "L’attente avant l’arrêt (`stops.pre_stop` ; `sleep` dans un `preStop`), avec ce que prend la vidange si elle est dite, comparée au délai de grâce, 30 s si rien n’est dit ; un délai de grâce nul.",
    ),
    exceptions: words(
        "What nobody calls and what keeps nothing can be killed at any time: it is only noted.",
        "Ce que personne n’appelle et qui ne garde rien peut être tué à tout moment : c’est seulement noté.",
    ),
    remedy: words(
        "let the grace period be longer than what runs before the stop and the longest request together",
        "donnez un délai de grâce plus long que ce qui précède l’arrêt et la plus longue requête réunis",
    ),
    sources: &[
        "Kubernetes documentation, Pod Lifecycle, Termination of Pods",
        "Kubernetes documentation, Container Lifecycle Hooks",
    ],
    severity: Severity::Warning,
    failing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, stops: {pre_stop: 40 s, grace: 30 s}}
",
    passing: r"
kind: design
name: shop
context: cloud
hosts: {nodes: {count: 3}}
clusters: {main: {distribution: eks, kubernetes: 1.33, workers: [nodes]}}
components:
  web: {kind: service, runs_on: main, replicas: 2, stops: {pre_stop: 40 s, grace: 60 s}}
",
    check,
};

/// The grace period where nobody says one, in seconds.
const GRACE: f64 = 30.0;

fn check(view: &View<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (name, component) in &view.design.components {
        let Some(stops) = component.stops.as_ref().filter(|_| view.in_kubernetes(component)) else { continue };
        let path = format!("components.{name}");
        let wait = stops.pre_stop.as_ref().map_or(0.0, |time| time.value());
        let drain = stops.drains_in.as_ref().map_or(0.0, |fact| fact.value.value());
        let grace = stops.grace.as_ref().map_or(GRACE, |time| time.value());
        if wait + drain < grace {
            verdicts.push(Verdict::pass(path));
            continue;
        }
        let message = if grace <= 0.0 {
            said!("`{name}` is killed at once when it is to stop", "`{name}` est tué aussitôt qu’il doit s’arrêter")
        } else {
            said!(
                "`{name}` takes {needs} to stop and is killed after {grace}",
                "`{name}` met {needs} à s’arrêter et est tué au bout de {grace}",
                needs = seconds(wait + drain),
                grace = seconds(grace)
            )
        };
        let key = if stops.grace.is_some() {
            "grace"
        } else if stops.pre_stop.is_some() {
            "pre_stop"
        } else {
            "drains_in"
        };
        let verdict = Verdict::fail(&path, message).at(format!("{path}.stops.{key}"));
        // What nobody waits for and what keeps nothing loses nothing that was promised.
        let called = view.design.connections.values().any(|flow| flow.to.0 == *name);
        let keeps = !component.volumes.is_empty() || component.storage.is_some() || component.replication.is_some();
        verdicts.push(if called || keeps || view.is_needed(name) { verdict } else { verdict.at_most(Severity::Note) });
    }
    verdicts
}
