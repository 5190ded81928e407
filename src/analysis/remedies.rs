//! What to do about a finding in another tool's file, in that tool's words: a rule that is asked of designs
//! too says in its own words what a design would state.

use super::rule::{Words, words};
use crate::design::manifests::Form;

/// What Kubernetes objects state.
const OBJECTS: [(&str, Words); 10] = [
    (
        "availability/no-disruption-budget",
        words(
            "add a PodDisruptionBudget with `maxUnavailable: 1` that selects these pods",
            "ajoutez un PodDisruptionBudget avec `maxUnavailable: 1` qui sélectionne ces pods",
        ),
    ),
    (
        "availability/budget-blocks-drains",
        words(
            "write `maxUnavailable: 1`, which keeps its meaning when the number of replicas changes",
            "écrivez `maxUnavailable: 1`, qui garde son sens quand le nombre de réplicas change",
        ),
    ),
    (
        "availability/killed-while-stopping",
        words(
            "let `terminationGracePeriodSeconds` be longer than the `preStop` hook and the longest request together",
            "donnez à `terminationGracePeriodSeconds` plus que le `preStop` et la plus longue requête réunis",
        ),
    ),
    (
        "availability/not-spread",
        words(
            "add `topologySpreadConstraints` over `topology.kubernetes.io/zone`, or over `kubernetes.io/hostname` where there is one zone",
            "ajoutez des `topologySpreadConstraints` sur `topology.kubernetes.io/zone`, ou sur `kubernetes.io/hostname` s’il n’y a qu’une zone",
        ),
    ),
    (
        "capacity/no-memory-limit",
        words(
            "state `resources.limits.memory`, above the peak that was measured, or a LimitRange for the namespace",
            "écrivez `resources.limits.memory`, au-dessus du pic mesuré, ou un LimitRange pour le namespace",
        ),
    ),
    (
        "capacity/no-requests",
        words(
            "state `resources.requests` from what was measured: memory near the peak, processor time near the mean",
            "écrivez des `resources.requests` mesurées : la mémoire proche du pic, le processeur proche de la moyenne",
        ),
    ),
    (
        "data/no-persistence",
        words(
            "mount a PersistentVolumeClaim where it keeps its data, of a class whose volumes follow the pod, or replicate",
            "montez un PersistentVolumeClaim là où il garde ses données, d’une classe dont les volumes suivent le pod, ou répliquez",
        ),
    ),
    (
        "probes/no-liveness",
        words(
            "add a `livenessProbe` with a path that depends on nothing but the process, and with more patience than readiness",
            "ajoutez une `livenessProbe` avec un chemin qui ne dépend que du processus, et plus de patience que la readiness",
        ),
    ),
    (
        "probes/no-readiness",
        words(
            "add a `readinessProbe` with a path or a command that answers once the process can serve",
            "ajoutez une `readinessProbe` avec un chemin ou une commande qui répond dès que le processus peut servir",
        ),
    ),
    (
        "secrets/plaintext-credentials",
        words(
            "move the value into a Secret, refer to it by `secretKeyRef` or mount it, and change it: it has been seen",
            "déplacez la valeur dans un Secret, référez-vous-y par `secretKeyRef` ou montez-le, et changez-la : elle a été vue",
        ),
    ),
];

/// What a Compose file states.
const COMPOSE: [(&str, Words); 3] = [
    (
        "capacity/no-memory-limit",
        words(
            "state `deploy.resources.limits.memory`, or `mem_limit`, above the peak that was measured",
            "écrivez `deploy.resources.limits.memory`, ou `mem_limit`, au-dessus du pic mesuré",
        ),
    ),
    (
        "data/no-persistence",
        words(
            "mount a volume with a name where it keeps its data",
            "montez un volume nommé là où il garde ses données",
        ),
    ),
    (
        "secrets/plaintext-credentials",
        words(
            "hand it over as a file of `secrets:`, or from an environment that is in no repository, and change it: it has been seen",
            "transmettez-le en fichier de `secrets:`, ou par un environnement qui n’est dans aucun dépôt, et changez-le : il a été vu",
        ),
    ),
];

/// What to do about a finding of a rule in files of some form, where these call it otherwise than a design.
pub fn of(code: &str, form: Form) -> Option<&'static Words> {
    let all: &[(&str, Words)] = match form {
        Form::Compose => &COMPOSE,
        Form::Kubernetes => &OBJECTS,
        _ => &[],
    };
    all.iter().find(|(known, _)| *known == code).map(|(_, remedy)| remedy)
}

#[cfg(test)]
mod tests {
    use super::{COMPOSE, OBJECTS};
    use crate::analysis::rules::RULES;

    #[test]
    fn every_remedy_is_of_a_rule() {
        for (code, _) in OBJECTS.iter().chain(&COMPOSE) {
            assert!(RULES.iter().any(|rule| rule.code == *code), "there is no `{code}`");
        }
    }
}
