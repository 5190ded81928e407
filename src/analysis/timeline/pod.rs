//! What happens to one pod: deleted, leaking, hanging, replaced by a new version.

use super::{Case, Health, Lane, LaneState, Timeline, of, share, step};
use crate::analysis::constants::PROBE_FAILURES;
use crate::design::model::component::{Component, Probe, Workload};
use crate::design::quantity::{ByteRate, seconds};
use crate::said;
use crate::source::{Said, Show};

/// The controller that keeps a component's pods.
fn controller(case: &Case<'_>, component: &Component) -> Said {
    Said::same(match case.view.workload(component) {
        Workload::Deployment => "ReplicaSet",
        Workload::StatefulSet => "StatefulSet",
        Workload::DaemonSet => "DaemonSet",
        Workload::Job => "Job",
    })
}

/// Somebody deletes a pod.
pub(super) fn delete(case: &Case<'_>, object: &str) -> Option<Timeline> {
    let (name, component) = case.component_of(object)?;
    let mut timeline = Timeline::default();
    let wanted = case.view.wanted(component);
    let kubelet = Said::same("kubelet");
    let who = controller(case, component);
    let path = |rest: &str| case.view.path(&format!("components.{name}.{rest}"));
    let ready = case.becomes_ready(name, component, &mut timeline);
    let zero = || case.at(0.0, said!("at once", "aussitôt"));
    let stops = component.stops.as_ref();
    let pre_stop = stops.and_then(|stops| stops.pre_stop.as_ref()).map_or(0.0, |pre_stop| pre_stop.value());
    let drains = stops.and_then(|stops| stops.drains_in.as_ref()).map_or(0.0, |drains| drains.value.value());
    let grace = stops
        .and_then(|stops| stops.grace.as_ref())
        .map(|grace| grace.value())
        .or_else(|| case.constant(component, "termination-grace-period").map(|constant| constant.value))
        .unwrap_or(30.0);
    let stateful = case.view.workload(component) == Workload::StatefulSet;
    let gone = (pre_stop + drains).min(grace);
    let ended = case
        .at(
            gone,
            said!(
                "min({pre} + {drains}, {grace})",
                "min({pre} + {drains}, {grace})",
                pre = seconds(pre_stop),
                drains = seconds(drains),
                grace = seconds(grace)
            ),
        )
        .from_facts(["stops.pre_stop", "stops.drains_in", "stops.grace"].iter().map(|key| path(key)));
    // A StatefulSet keeps each identity at most once, so the old pod must be gone first.
    let replaced_at = if stateful { gone } else { 0.0 };
    let replaced = if stateful { ended.clone() } else { zero() }.from_fact(path("replicas"));
    let ready_at = case
        .at(replaced_at + ready.mean, ready.formula.clone())
        .from_facts(ready.facts.iter().cloned())
        .from_fact(path("replicas"));
    let because_stop = said!(
        "the deletion timestamp takes the pod out of the endpoints",
        "la date de suppression retire le pod des endpoints"
    );
    timeline.steps.push(step(
        "endpoints-removed",
        zero(),
        (0.0, 1.0),
        &Said::same("EndpointSlice"),
        said!("the pod leaves the endpoints", "le pod quitte les endpoints"),
        because_stop,
    ));
    timeline.steps.push(step(
        "replaced",
        replaced,
        (replaced_at, replaced_at + 1.0),
        &who,
        said!("creates another pod", "crée un autre pod"),
        said!(
            "a pod with a deletion timestamp no longer counts towards the {wanted} wanted",
            "un pod en suppression ne compte plus parmi les {wanted} voulus"
        ),
    ));
    timeline.steps.push(step(
        "stopped",
        ended,
        (pre_stop, gone.max(pre_stop)),
        &kubelet,
        said!("the old process has ended", "l’ancien processus est terminé"),
        said!("preStop, then SIGTERM, at most the grace period", "preStop, puis SIGTERM, au plus le délai de grâce"),
    ));
    timeline.steps.push(step(
        "ready",
        ready_at.clone(),
        (replaced_at + ready.min, replaced_at + ready.max),
        &kubelet,
        said!("the new pod is ready", "le nouveau pod est prêt"),
        said!("it has started and the next probe passed", "il a démarré et la sonde suivante a réussi"),
    ));
    let r = ready_at.value;
    timeline.lanes = vec![
        Lane {
            label: said!("old pod", "ancien pod"),
            states: vec![state(0.0, gone, said!("Terminating", "Terminating"), Health::Waiting)],
        },
        Lane {
            label: said!("new pod", "nouveau pod"),
            states: vec![
                state(replaced_at, r, said!("starts", "démarre"), Health::Waiting),
                state(r, f64::INFINITY, said!("ready", "prêt"), Health::Good),
            ],
        },
        Lane {
            label: said!("replicas ready", "réplicas prêts"),
            states: vec![
                state(
                    0.0,
                    r,
                    of(wanted.saturating_sub(1), wanted),
                    if wanted > 1 { Health::Reduced } else { Health::Bad },
                ),
                state(r, f64::INFINITY, of(wanted, wanted), Health::Good),
            ],
        },
    ];
    timeline.answer = said!(
        "Who recreated the pod? The {who}, at once; ready after {ready}.",
        "Qui a recréé le pod ? Le {who}, aussitôt ; prêt après {ready}.",
        who = who,
        ready = seconds(r)
    );
    timeline.users = if wanted <= 1 {
        said!(
            "Users saw nothing answer for {t}: it was the only replica.",
            "Plus rien n’a répondu pendant {t} : c’était le seul réplica.",
            t = seconds(r)
        )
    } else if pre_stop > 0.0 {
        said!(
            "Users noticed nothing: the other replicas answered, and preStop ({pre}) let the old pod finish.",
            "Les utilisateurs n’ont rien vu : les autres réplicas ont répondu, et preStop ({pre}) a laissé l’ancien pod finir.",
            pre = seconds(pre_stop)
        )
    } else {
        said!(
            "Users may have lost the requests that were on their way: without preStop the process ends while endpoints still lead to it.",
            "Des requêtes en route ont pu être perdues : sans preStop, le processus s’arrête pendant que des endpoints y mènent encore."
        )
    };
    Some(timeline)
}

/// A pod's memory grows until its limit.
pub(super) fn leak(case: &Case<'_>, object: &str, rate: &ByteRate) -> Option<Timeline> {
    let (name, component) = case.component_of(object)?;
    let mut timeline = Timeline::default();
    let path = |rest: &str| case.view.path(&format!("components.{name}.{rest}"));
    let limit = component.limits.as_ref().and_then(|limits| limits.memory.as_ref());
    let request = component.requests.as_ref().and_then(|requests| requests.memory.as_ref()).or(limit);
    let kubelet = Said::same("kubelet");
    let kernel = said!("kernel", "noyau");
    let Some(limit) = limit else {
        timeline.answer = said!(
            "Nothing stops it: `{name}` has no memory limit, so the leak reaches the whole node.",
            "Rien ne l’arrête : `{name}` n’a pas de limite mémoire, la fuite atteint donc tout le nœud."
        );
        timeline.users = said!("Every pod of the node is in danger.", "Tous les pods du nœud sont menacés.");
        return Some(timeline);
    };
    let start_bytes = request.map_or(0.0, |request| request.value.value());
    timeline.assumed.push(said!(
        "the process uses its request when the leak starts",
        "le processus occupe sa demande (request) quand la fuite commence"
    ));
    let life = (limit.value.value() - start_bytes) / rate.value();
    let formula = said!(
        "({limit} − {start}) ÷ {rate}",
        "({limit} − {start}) ÷ {rate}",
        limit = limit.value,
        start = request.map_or(Said::same("0"), |request| Said::by(|lang| request.show(lang))),
        rate = rate
    );
    let killed = case
        .at(life, formula)
        .from_fact(path("limits.memory"))
        .from_fact(path("requests.memory"))
        .from_fact(format!("{}.events.0.rate", case.scenario.name.0));
    let ready = case.becomes_ready(name, component, &mut timeline);
    let reset = case.constant(component, "crash-loop-reset")?;
    let back = life + ready.mean;
    let wait = if life >= reset.value {
        said!(
            "none: it ran longer than {reset}, so the back-off starts anew",
            "aucune : il a tourné plus de {reset}, le recul repart donc de zéro",
            reset = seconds(reset.value)
        )
    } else {
        said!("10 s, then 20, 40 … 300 s: CrashLoopBackOff", "10 s, puis 20, 40 … 300 s : CrashLoopBackOff")
    };
    timeline.steps.push(step(
        "killed",
        killed.clone(),
        (life, life),
        &kernel,
        said!("kills the container (OOMKilled)", "tue le conteneur (OOMKilled)"),
        said!("its memory reached its limit", "sa mémoire a atteint sa limite"),
    ));
    timeline.steps.push(step(
        "restarted",
        killed.clone(),
        (life, life + 1.0),
        &kubelet,
        said!("starts it again", "le redémarre"),
        said!("the first restart is immediate", "le premier redémarrage est immédiat"),
    ));
    timeline.steps.push(step(
        "ready",
        case.at(back, said!("{life} + {ready}", "{life} + {ready}", life = seconds(life), ready = ready.formula))
            .from_facts(ready.facts.iter().cloned())
            .from_facts(killed.facts.iter().cloned()),
        (life + ready.min, life + ready.max),
        &kubelet,
        said!("it is ready again", "il est de nouveau prêt"),
        said!("the next probe passed", "la sonde suivante a réussi"),
    ));
    let second = back + life;
    timeline.steps.push(step(
        "killed-again",
        case.at(second, said!("the same once more", "de même une seconde fois"))
            .from_facts(killed.facts.iter().cloned())
            .from_facts(reset.facts.iter().cloned()),
        (second - ready.mean + ready.min, second - ready.mean + ready.max),
        &kernel,
        said!(
            "kills it again; wait before the restart: {wait}",
            "le tue encore ; attente avant redémarrage : {wait}",
            wait = wait
        ),
        said!("the leak is still there", "la fuite est toujours là"),
    ));
    let wanted = case.view.wanted(component);
    timeline.lanes = vec![
        Lane {
            label: Said::same(object),
            states: vec![
                state(
                    0.0,
                    life,
                    said!(
                        "memory grows from {a} to {b}",
                        "la mémoire passe de {a} à {b}",
                        a = request.map_or(Said::same("0"), |r| Said::by(|lang| r.show(lang))),
                        b = limit.value
                    ),
                    Health::Waiting,
                ),
                state(life, back, said!("OOM", "OOM"), Health::Bad),
                state(back, second, said!("grows again", "remonte"), Health::Waiting),
            ],
        },
        Lane {
            label: said!("replicas ready", "réplicas prêts"),
            states: vec![
                state(0.0, life, of(wanted, wanted), Health::Good),
                state(life, back, Said::default(), Health::Reduced),
                state(back, second, of(wanted, wanted), Health::Good),
            ],
        },
    ];
    timeline.answer = said!(
        "Who ended it? The kernel, after {life}: memory cannot be taken back, so the container is killed at its limit.",
        "Qui l’a arrêté ? Le noyau, après {life} : la mémoire ne se reprend pas, le conteneur est donc tué à sa limite.",
        life = seconds(life)
    );
    timeline.users = if wanted > 1 {
        said!(
            "Users lost what was in flight to one of {wanted} replicas; the limit kept the leak from the neighbours.",
            "Les utilisateurs ont perdu ce qui était en cours vers un réplica sur {wanted} ; la limite a protégé les voisins.",
            wanted = wanted
        )
    } else {
        said!("Users saw nothing answer for {t}.", "Plus rien n’a répondu pendant {t}.", t = seconds(ready.mean))
    };
    Some(timeline)
}

/// When a probe has failed often enough: from the hang, at least, on average, at most.
fn fails_after(case: &Case<'_>, component: &Component, probe: &Probe) -> Option<(f64, f64, f64, Said)> {
    let period = probe
        .period
        .as_ref()
        .map(|period| period.value())
        .or_else(|| Some(case.constant(component, "probe-period")?.value))?;
    let timeout = probe
        .timeout
        .as_ref()
        .map(|timeout| timeout.value())
        .or_else(|| Some(case.constant(component, "probe-timeout")?.value))?;
    let failures = f64::from(probe.failures.unwrap_or(PROBE_FAILURES));
    let least = (failures - 1.0) * period + timeout;
    let n = failures - 1.0;
    let formula = said!(
        "½ × {period} + {n} × {period} + {timeout}",
        "½ × {period} + {n} × {period} + {timeout}",
        period = seconds(period),
        n = n,
        timeout = seconds(timeout)
    );
    Some((least, least + period / 2.0, least + period, formula))
}

/// A pod's process stops answering without ending.
pub(super) fn hang(case: &Case<'_>, object: &str) -> Option<Timeline> {
    let (name, component) = case.component_of(object)?;
    let mut timeline = Timeline::default();
    let path = |rest: &str| case.view.path(&format!("components.{name}.{rest}"));
    let kubelet = Said::same("kubelet");
    let wanted = case.view.wanted(component);
    let probes = component.probes.as_ref();
    let unready = probes.and_then(|probes| fails_after(case, component, probes.readiness.as_ref()?));
    let dead = probes.and_then(|probes| fails_after(case, component, probes.liveness.as_ref()?));
    let probe_facts = |word: &str| ["period", "timeout", "failures"].map(|key| path(&format!("probes.{word}.{key}")));
    if let Some((min, mean, max, formula)) = &unready {
        timeline.steps.push(step(
            "unready",
            case.at(*mean, formula.clone()).from_facts(probe_facts("readiness")),
            (*min, *max),
            &kubelet,
            said!("the pod leaves the endpoints", "le pod quitte les endpoints"),
            said!("the readiness probe failed too often", "la sonde readiness a échoué trop souvent"),
        ));
    }
    let mut back = f64::INFINITY;
    if let Some((min, mean, max, formula)) = &dead {
        let grace = component
            .stops
            .as_ref()
            .and_then(|stops| stops.grace.as_ref())
            .map(|grace| grace.value())
            .or_else(|| Some(case.constant(component, "termination-grace-period")?.value))?;
        let ready = case.becomes_ready(name, component, &mut timeline);
        let facts: Vec<String> = probe_facts("liveness").into_iter().chain([path("stops.grace")]).collect();
        timeline.steps.push(step(
            "unhealthy",
            case.at(*mean, formula.clone()).from_facts(facts.clone()),
            (*min, *max),
            &kubelet,
            said!("asks the container to end", "demande l’arrêt du conteneur"),
            said!("the liveness probe failed too often", "la sonde liveness a échoué trop souvent"),
        ));
        let restart = mean + grace;
        timeline.steps.push(step(
            "restarted",
            case.at(
                restart,
                said!("{formula} + {grace}", "{formula} + {grace}", formula = formula, grace = seconds(grace)),
            )
            .from_facts(facts.clone()),
            (min + grace, max + grace),
            &kubelet,
            said!("kills it and starts it again", "le tue et le redémarre"),
            said!(
                "a hung process does not heed SIGTERM: the whole grace period passes",
                "un processus figé n’écoute pas SIGTERM : tout le délai de grâce s’écoule"
            ),
        ));
        back = restart + ready.mean;
        timeline.steps.push(step(
            "ready",
            case.at(
                back,
                said!("{restart} + {ready}", "{restart} + {ready}", restart = seconds(restart), ready = ready.formula),
            )
            .from_facts(facts)
            .from_facts(ready.facts.iter().cloned()),
            (min + grace + ready.min, max + grace + ready.max),
            &kubelet,
            said!("the pod is back", "le pod est de retour"),
            said!("the next probe passed", "la sonde suivante a réussi"),
        ));
    }
    let out = unready.as_ref().map_or(back, |(_, mean, ..)| mean.min(back));
    let part = 1.0 / f64::from(wanted.max(1));
    let mut served = vec![state(0.0, out, said!("{part} fail", "{part} échouent", part = share(part)), Health::Bad)];
    if out.is_finite() {
        served.push(state(
            out,
            f64::INFINITY,
            said!("none fail", "aucune n’échoue"),
            if wanted > 1 { Health::Good } else { Health::Bad },
        ));
    }
    let mut ready_lane = vec![state(0.0, out, of(wanted, wanted), Health::Waiting)];
    if out.is_finite() && out < back {
        ready_lane.push(state(out, back, of(wanted.saturating_sub(1), wanted), Health::Reduced));
    }
    if back.is_finite() {
        ready_lane.push(state(back, f64::INFINITY, of(wanted, wanted), Health::Good));
    }
    timeline.lanes = vec![
        Lane { label: said!("replicas ready", "réplicas prêts"), states: ready_lane },
        Lane { label: said!("requests", "requêtes"), states: served },
    ];
    timeline.answer = match (&unready, back.is_finite()) {
        (Some((_, mean, ..)), true) => said!(
            "Readiness takes it out of the endpoints after {a}; liveness has it restarted, back after {b}.",
            "Readiness le retire des endpoints après {a} ; liveness le fait redémarrer, de retour après {b}.",
            a = seconds(*mean),
            b = seconds(back)
        ),
        (Some((_, mean, ..)), false) => said!(
            "Readiness takes it out after {a}; without liveness nobody restarts it.",
            "Readiness le retire après {a} ; sans liveness, personne ne le redémarre.",
            a = seconds(*mean)
        ),
        (None, true) => said!(
            "Without readiness it stays in the endpoints until liveness has it restarted, {b} later.",
            "Sans readiness il reste dans les endpoints jusqu’à son redémarrage par liveness, {b} plus tard.",
            b = seconds(back)
        ),
        (None, false) => said!(
            "Without probes it stays in the endpoints, a zombie.",
            "Sans sonde il reste dans les endpoints, en zombie."
        ),
    };
    timeline.users = if out.is_finite() {
        said!(
            "Users lost {part} of their requests for {t}.",
            "Les utilisateurs ont perdu {part} de leurs requêtes pendant {t}.",
            part = share(part),
            t = seconds(out)
        )
    } else {
        said!(
            "Users lose {part} of their requests until somebody notices.",
            "Les utilisateurs perdent {part} de leurs requêtes jusqu’à ce que quelqu’un s’en aperçoive.",
            part = share(part)
        )
    };
    Some(timeline)
}

/// A new version replaces the old, a few pods at a time.
pub(super) fn roll_out(case: &Case<'_>, object: &str) -> Option<Timeline> {
    let (name, component) = case.component_of(object)?;
    let mut timeline = Timeline::default();
    let path = |rest: &str| case.view.path(&format!("components.{name}.{rest}"));
    let wanted = case.view.wanted(component).max(1);
    let update = component.update.as_ref();
    // Kubernetes' defaults are a quarter each, surge rounded up, unavailable down.
    let surge = update.and_then(|update| update.surge).unwrap_or_else(|| wanted.div_ceil(4));
    let unavailable = update.and_then(|update| update.unavailable).unwrap_or(wanted / 4);
    let step_size = (surge + unavailable).max(1);
    let rounds = wanted.div_ceil(step_size);
    let ready = case.becomes_ready(name, component, &mut timeline);
    let who = said!("Deployment", "Deployment");
    let facts: Vec<String> = ["update.surge", "update.unavailable", "replicas"].iter().map(|key| path(key)).collect();
    let mut states = Vec::new();
    for round in 1..=rounds {
        let n = f64::from(round);
        let at = case
            .at(
                n * ready.mean,
                said!("{round} × ({ready})", "{round} × ({ready})", round = round, ready = ready.formula),
            )
            .from_facts(facts.clone())
            .from_facts(ready.facts.iter().cloned());
        let done = (round * step_size).min(wanted);
        let id = if round == rounds { "ready" } else { "replaced" };
        states.push(state(
            (n - 1.0) * ready.mean,
            n * ready.mean,
            said!("{n} new", "{n} nouveaux", n = (round - 1) * step_size),
            Health::Waiting,
        ));
        timeline.steps.push(step(
            id,
            at,
            (n * ready.min, n * ready.max),
            &who,
            said!(
                "{done} of {wanted} are of the new version",
                "{done} sur {wanted} sont de la nouvelle version",
                done = done,
                wanted = wanted
            ),
            said!(
                "a new pod is ready, so an old one may end (surge {surge}, unavailable {unavailable})",
                "un nouveau pod est prêt, un ancien peut donc s’arrêter (surge {surge}, unavailable {unavailable})"
            ),
        ));
    }
    let end = f64::from(rounds) * ready.mean;
    states.push(state(end, f64::INFINITY, said!("{n} new", "{n} nouveaux", n = wanted), Health::Good));
    let pre_stop =
        component.stops.as_ref().and_then(|stops| stops.pre_stop.as_ref()).map_or(0.0, |pre_stop| pre_stop.value());
    let gated = component.probes.as_ref().is_some_and(|probes| probes.readiness.is_some());
    timeline.lanes = vec![Lane { label: said!("new version", "nouvelle version"), states }];
    timeline.answer = said!(
        "All {wanted} replicas are of the new version after {end}.",
        "Les {wanted} réplicas sont de la nouvelle version après {end}.",
        wanted = wanted,
        end = seconds(end)
    );
    timeline.users = match (gated, pre_stop > 0.0) {
        (true, true) => said!(
            "Users lost nothing: readiness lets pods in, preStop ({pre}) lets them out.",
            "Rien n’est perdu : readiness fait entrer les pods, preStop ({pre}) les fait sortir.",
            pre = seconds(pre_stop)
        ),
        (true, false) => said!(
            "Users lose requests at each departure: there is no preStop.",
            "Des requêtes sont perdues à chaque départ : il n’y a pas de preStop."
        ),
        (false, _) => said!(
            "Users get 502s and 503s at each arrival: there is no readiness probe.",
            "Des 502 et 503 à chaque arrivée : il n’y a pas de sonde readiness."
        ),
    };
    Some(timeline)
}

/// A state from one moment to another.
pub(super) fn state(from_s: f64, to_s: f64, text: Said, health: Health) -> LaneState {
    LaneState { from_s, to_s, text, health }
}
