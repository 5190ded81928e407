//! A machine, a zone or a site is lost.

use super::pod::state;
use super::{Case, Health, Lane, Timeline, of, share, step};
use crate::analysis::constants::{PATRONI_LOOP_S, PATRONI_TTL_S};
use crate::analysis::view::Home;
use crate::design::model::component::{Component, ComponentKind, Failover, Workload};
use crate::design::quantity::seconds;
use crate::said;
use crate::source::Said;

/// The machines that an object names: `node/workers-1`, `node-of/quote-app-1`, `zone/…`, `site/…`.
fn machines(case: &Case<'_>, object: &str) -> Vec<usize> {
    let (kind, name) = object.split_once('/').unwrap_or(("node", object));
    let view = case.view;
    let all = 0..view.machines.len();
    match kind {
        "zone" => all.filter(|i| view.machines[*i].zone.as_deref() == Some(name)).collect(),
        "site" => all.filter(|i| view.machines[*i].site.as_deref() == Some(name)).collect(),
        "node-of" => {
            let at = view.instances.iter().find(|instance| instance.name == name).and_then(|instance| instance.machine);
            at.into_iter().collect()
        }
        _ => all.filter(|i| view.machines[*i].name == name).collect(),
    }
}

/// Power or network of a machine, zone or site is gone.
pub(super) fn lose(case: &Case<'_>, object: &str) -> Option<Timeline> {
    let lost = machines(case, object);
    let view = case.view;
    let first = *lost.first()?;
    // The first component whose fate the scenario asks about, else the first service that is hit.
    let hit = |name: &str| {
        view.instances_of(name).iter().any(|instance| instance.machine.is_some_and(|machine| lost.contains(&machine)))
    };
    let serves = |name: &&str| {
        view.design
            .components
            .get(*name)
            .is_some_and(|component| view.in_kubernetes(component) && component.kind != ComponentKind::Database)
    };
    let asked = case.scenario.expect.keys().map(String::as_str).find(serves);
    let (name, component) = match asked
        .or_else(|| view.design.components.keys().map(String::as_str).filter(serves).find(|name| hit(name)))
    {
        Some(name) => (name, view.design.components.get(name)?),
        None => return database_only(case, &lost, object),
    };
    let Home::Cluster(cluster_name, cluster) = view.home(component) else { return None };
    let nodes = view.nodes(cluster);
    let control_plane_lost = cluster.control_plane.as_ref().is_some_and(|plane| {
        let members: Vec<usize> = plane.hosts.iter().flat_map(|group| view.group(group)).collect();
        let left = members.iter().filter(|member| !lost.contains(member)).count();
        left * 2 <= plane.members as usize
    });
    let label = match object.split_once('/') {
        Some(("zone" | "site", _)) => object.to_owned(),
        _ => format!("node/{}", view.machines[first].name),
    };
    if control_plane_lost || nodes.iter().all(|node| lost.contains(node)) {
        return Some(nobody_left(case, name, component, &label));
    }
    let mut timeline = Timeline::default();
    let constant = |id: &str| crate::analysis::constants::of(view, cluster_name, cluster, id);
    let (grace, beat, look) = (
        constant("node-monitor-grace-period")?,
        constant("node-status-update-frequency")?,
        constant("node-monitor-period")?,
    );
    let toleration = constant("toleration-unreachable")?;
    let wanted = view.wanted(component);
    let dead = view
        .instances_of(name)
        .iter()
        .filter(|instance| instance.machine.is_some_and(|machine| lost.contains(&machine)))
        .count() as u32;
    let controller = said!("node controller", "contrôleur de nœuds");

    // The last sign of life came up to one interval before the failure; the controller looks at its own pace.
    let (early, late) = (grace.value - beat.value, grace.value + look.value);
    let silent = grace.value - beat.value / 2.0 + look.value / 2.0;
    let formula = said!(
        "{grace} − ½ × {beat} + ½ × {look}",
        "{grace} − ½ × {beat} + ½ × {look}",
        grace = seconds(grace.value),
        beat = seconds(beat.value),
        look = seconds(look.value)
    );
    let mut detected = case.at(silent, formula);
    for part in [&grace, &beat, &look] {
        detected = detected.from_facts(part.facts.iter().cloned());
        for source in &part.sources {
            detected = detected.sourced(source.clone());
        }
    }
    timeline.steps.push(step(
        "not-ready",
        detected.clone(),
        (early, late),
        &controller,
        said!(
            "marks the node NotReady and taints it unreachable",
            "marque le nœud NotReady et lui met la taint unreachable"
        ),
        said!("no sign of life for {grace}", "aucun signe de vie depuis {grace}", grace = seconds(grace.value)),
    ));
    timeline.steps.push(step(
        "endpoints-removed",
        detected.clone(),
        (early, late),
        &Said::same("EndpointSlice"),
        said!("the node's pods leave the endpoints", "les pods du nœud quittent les endpoints"),
        said!("a pod of a NotReady node is not ready", "un pod d’un nœud NotReady n’est pas prêt"),
    ));
    let evicted_at = silent + toleration.value;
    let sum = said!(
        "{silent} + {toleration}",
        "{silent} + {toleration}",
        silent = seconds(silent),
        toleration = seconds(toleration.value)
    );
    let evicted = case
        .at(evicted_at, sum)
        .from_facts(detected.facts.iter().cloned())
        .from_facts(toleration.facts.iter().cloned());
    timeline.steps.push(step(
        "evicted",
        evicted.clone(),
        (early + toleration.value, late + toleration.value),
        &controller,
        said!("the pods are deleted and show Terminating", "les pods sont supprimés et affichent Terminating"),
        said!(
            "they tolerate an unreachable node for {t}",
            "ils tolèrent un nœud injoignable pendant {t}",
            t = seconds(toleration.value)
        ),
    ));
    let stateful = view.workload(component) == Workload::StatefulSet;
    let mut back = f64::INFINITY;
    if dead > 0 && !stateful {
        let ready = case.becomes_ready(name, component, &mut timeline);
        back = evicted_at + ready.mean;
        let replicas = view.path(&format!("components.{name}.replicas"));
        timeline.steps.push(step(
            "replaced",
            evicted.clone().from_fact(&replicas),
            (early + toleration.value, late + toleration.value),
            &Said::same("ReplicaSet"),
            said!("creates the replacement on another node", "crée le remplaçant sur un autre nœud"),
            said!("a pod with a deletion timestamp no longer counts", "un pod en suppression ne compte plus"),
        ));
        let at = case
            .at(
                back,
                said!(
                    "{evicted} + {ready}",
                    "{evicted} + {ready}",
                    evicted = seconds(evicted_at),
                    ready = ready.formula
                ),
            )
            .from_facts(evicted.facts.iter().cloned())
            .from_facts(ready.facts.iter().cloned())
            .from_fact(&replicas);
        timeline.steps.push(step(
            "ready",
            at,
            (early + toleration.value + ready.min, late + toleration.value + ready.max),
            &Said::same("kubelet"),
            said!("the replacement is ready", "le remplaçant est prêt"),
            said!("it has started and the next probe passed", "il a démarré et la sonde suivante a réussi"),
        ));
    }
    database(case, &lost, &mut timeline);
    let part = f64::from(dead) / f64::from(wanted.max(1));
    let left = wanted - dead.min(wanted);
    timeline.lanes = vec![
        Lane {
            label: Said::same(label),
            states: vec![
                state(0.0, silent, said!("silent", "silencieux"), Health::Waiting),
                state(
                    silent,
                    f64::INFINITY,
                    said!("NotReady, tainted unreachable", "NotReady, taint unreachable"),
                    Health::Bad,
                ),
            ],
        },
        Lane { label: said!("endpoints", "endpoints"), states: endpoint_states(wanted, left, silent, back) },
        Lane {
            label: said!("replicas ready", "réplicas prêts"),
            states: {
                let mut states = vec![state(
                    0.0,
                    back,
                    said!("{left} of {wanted} serve", "{left} sur {wanted} répondent", left = left, wanted = wanted),
                    if left > 0 { Health::Reduced } else { Health::Bad },
                )];
                if back.is_finite() {
                    states.push(state(back, f64::INFINITY, of(wanted, wanted), Health::Good));
                }
                states
            },
        },
        Lane {
            label: said!("failed requests", "requêtes en échec"),
            states: if dead == 0 {
                Vec::new()
            } else {
                vec![state(0.0, if left > 0 { silent } else { back }, share(part), Health::Bad)]
            },
        },
    ];
    timeline.answer = if dead == 0 {
        said!("No pod of `{name}` was there.", "Aucun pod de `{name}` n’y était.")
    } else if back.is_finite() {
        said!(
            "Who recreated the pod? The ReplicaSet, {evicted} after the failure; ready after {back}.",
            "Qui a recréé le pod ? Le ReplicaSet, {evicted} après la panne ; prêt après {back}.",
            evicted = seconds(evicted_at),
            back = seconds(back)
        )
    } else {
        said!(
            "Nobody recreates a StatefulSet's pod while its node may still write: it waits for the node, or for a human.",
            "Personne ne recrée le pod d’un StatefulSet tant que son nœud peut encore écrire : il attend le nœud, ou un humain."
        )
    };
    timeline.users = if left > 0 {
        said!(
            "Users lost {part} of their requests until the node was NotReady, {silent}; nothing after that.",
            "Les utilisateurs ont perdu {part} de leurs requêtes jusqu’à ce que le nœud soit NotReady, {silent} ; rien ensuite.",
            part = share(part),
            silent = seconds(silent)
        )
    } else if back.is_finite() {
        said!(
            "Users saw nothing answer for {back}: the only replica was there.",
            "Plus rien n’a répondu pendant {back} : le seul réplica était là.",
            back = seconds(back)
        )
    } else {
        said!("Users see nothing answer until somebody acts.", "Plus rien ne répond jusqu’à ce que quelqu’un agisse.")
    };
    Some(timeline)
}

fn endpoint_states(wanted: u32, left: u32, silent: f64, back: f64) -> Vec<super::LaneState> {
    let dead = wanted - left;
    let mut states = vec![state(
        0.0,
        silent,
        said!("{wanted}, {dead} dead", "{wanted}, dont {dead} mort", wanted = wanted, dead = dead),
        Health::Bad,
    )];
    states.push(state(
        silent,
        back,
        if left > 0 { said!("{left}, all alive", "{left}, tous vivants", left = left) } else { said!("none", "aucun") },
        if left > 0 { Health::Reduced } else { Health::Bad },
    ));
    if back.is_finite() {
        states.push(state(back, f64::INFINITY, Said::same(wanted.to_string()), Health::Good));
    }
    states
}

/// The control plane is gone with the node: what ran there is gone, and nothing is repaired.
fn nobody_left(case: &Case<'_>, name: &str, component: &Component, label: &str) -> Timeline {
    let mut timeline = Timeline::default();
    let wanted = case.view.wanted(component);
    let start = case.scenario.events.first().map_or(0.0, |event| event.after.value());
    let back_event = case.scenario.events.iter().enumerate().find(|(_, event)| event.bring_back.is_some());
    let mut back = f64::INFINITY;
    if let Some((i, event)) = back_event {
        let returns = event.after.value() - start;
        let fact = format!("{}.events.{i}.after", case.scenario.name.0);
        let first = format!("{}.events.0.after", case.scenario.name.0);
        let formula = said!("{b} − {a}", "{b} − {a}", a = seconds(start), b = seconds(event.after.value()));
        timeline.steps.push(step(
            "back",
            case.at(returns, formula).from_fact(&fact).from_fact(&first),
            (returns, returns),
            &said!("a person", "une personne"),
            said!("starts the machine again", "redémarre la machine"),
            said!("nothing else does", "rien d’autre ne le fait"),
        ));
        let ready = case.becomes_ready(name, component, &mut timeline);
        let boot = case.boot_of(component);
        let booted = returns + boot.as_ref().map_or(0.0, |(seconds, _)| *seconds);
        if boot.is_none() {
            timeline.assumed.push(said!(
                "the stack does not say how long the machine boots: not counted",
                "la stack ne dit pas combien de temps la machine démarre : non compté"
            ));
        }
        back = booted + ready.mean;
        let mut at = case
            .at(
                back,
                said!("{returns} + {ready}", "{returns} + {ready}", returns = seconds(booted), ready = ready.formula),
            )
            .from_fact(&fact)
            .from_fact(&first)
            .from_facts(ready.facts.iter().cloned());
        if let Some((_, fact)) = boot {
            at = at.from_fact(fact);
        }
        timeline.steps.push(step(
            "ready",
            at,
            (booted + ready.min, booted + ready.max),
            &Said::same("kubelet"),
            said!("its pods are ready", "ses pods sont prêts"),
            said!(
                "the datastore is still on its disk, and so are the pods in it",
                "le magasin d’état est toujours sur son disque, et les pods avec lui"
            ),
        ));
    }
    let mut states = vec![state(0.0, back, of(0, wanted), Health::Bad)];
    if back.is_finite() {
        states.push(state(back, f64::INFINITY, of(wanted, wanted), Health::Good));
    }
    timeline.lanes = vec![
        Lane {
            label: Said::same(label),
            states: vec![state(
                0.0,
                back,
                said!("down, and the control plane with it", "arrêté, et le plan de contrôle avec lui"),
                Health::Bad,
            )],
        },
        Lane { label: said!("replicas ready", "réplicas prêts"), states },
    ];
    timeline.answer = said!(
        "Nobody recreates anything: the control plane was on the machine that stopped.",
        "Personne ne recrée quoi que ce soit : le plan de contrôle était sur la machine arrêtée."
    );
    timeline.users = if back.is_finite() {
        said!(
            "Users saw nothing answer for {back}, until a person had started the machine.",
            "Plus rien n’a répondu pendant {back}, jusqu’au redémarrage de la machine par une personne.",
            back = seconds(back)
        )
    } else {
        said!(
            "Users see nothing answer until a person starts the machine.",
            "Plus rien ne répond jusqu’à ce qu’une personne redémarre la machine."
        )
    };
    timeline
}

impl Case<'_> {
    /// How long the guest that carries a component boots, where its stack says so.
    fn boot_of(&self, component: &Component) -> Option<(f64, String)> {
        let Home::Cluster(_, cluster) = self.view.home(component) else { return None };
        let hosts = self.view.design.hosts.get(cluster.workers.first()?.0.as_str())?;
        let (stack_name, stack) = self.view.stack(hosts)?;
        let guest = stack
            .layers
            .iter()
            .find(|layer| layer.boot.is_some() && layer.per != crate::design::model::stack::Per::Application)?;
        let kind = guest.kind.title().en.replace(' ', "-").to_lowercase();
        Some((guest.boot.as_ref()?.value.value(), format!("{stack_name}.layers.{kind}.boot")))
    }
}

/// Databases with members on what is lost: a standby takes over once the lock has run out.
fn database(case: &Case<'_>, lost: &[usize], timeline: &mut Timeline) -> Option<(String, f64)> {
    for (name, component) in &case.view.design.components {
        let Some(replication) = &component.replication else { continue };
        let first_lost = case
            .view
            .instances_of(name)
            .first()
            .and_then(|instance| instance.machine)
            .is_some_and(|machine| lost.contains(&machine));
        if !first_lost || replication.failover != Some(Failover::Patroni) {
            continue;
        }
        let ttl = replication.ttl.as_ref().map_or(PATRONI_TTL_S, |ttl| ttl.value());
        let mean = ttl - PATRONI_LOOP_S / 2.0;
        let at = case
            .at(
                mean,
                said!(
                    "{ttl} − ½ × {every}",
                    "{ttl} − ½ × {every}",
                    ttl = seconds(ttl),
                    every = seconds(PATRONI_LOOP_S)
                ),
            )
            .from_fact(case.view.path(&format!("components.{name}.replication.ttl")))
            .sourced(Said::same("Patroni documentation, Dynamic Configuration"));
        timeline.steps.push(step(
            "promoted",
            at,
            (ttl - PATRONI_LOOP_S, ttl),
            &Said::same("Patroni"),
            said!("a standby of `{name}` becomes the primary", "un secondaire de `{name}` devient primaire"),
            said!("the leader's lock has run out", "le verrou du primaire a expiré"),
        ));
        timeline.assumed.push(said!(
            "the first member of `{name}` was the primary",
            "le premier membre de `{name}` était le primaire"
        ));
        return Some((name.clone(), mean));
    }
    None
}

/// Nothing in Kubernetes is asked about: what a database does, if one is hit.
fn database_only(case: &Case<'_>, lost: &[usize], object: &str) -> Option<Timeline> {
    let mut timeline = Timeline::default();
    let (name, at) = database(case, lost, &mut timeline)?;
    timeline.lanes = vec![Lane {
        label: Said::same(name.clone()),
        states: vec![
            state(0.0, at, said!("no primary", "pas de primaire"), Health::Bad),
            state(at, f64::INFINITY, said!("a standby writes", "un secondaire écrit"), Health::Good),
        ],
    }];
    timeline.answer = said!(
        "A standby of `{name}` writes {at} after `{object}` was lost.",
        "Un secondaire de `{name}` écrit {at} après la perte de `{object}`.",
        at = seconds(at)
    );
    timeline.users = said!("Writes waited that long.", "Les écritures ont attendu ce temps.");
    Some(timeline)
}
