//! Every single failure in turn, held against what is promised.

use super::failure::{Failure, disruption, of_failure};
use super::mending::mend;
use super::model::Model;
use super::outcome::{Recovery, Simulation};
use super::trace::Unfit;
use super::{Options, runs, setup};
use crate::analysis::capacity::{self, Why};
use crate::analysis::view::{Machine, View};
use crate::design::model::component::ComponentKind;
use crate::design::model::organisation::Disruption;
use crate::source::Said;

/// One failure of a campaign, and what follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Lost {
    /// What fails.
    pub failure: Failure,
    /// Which disruption's objectives it is held against.
    pub disruption: Disruption,
    /// What follows.
    pub simulation: Simulation,
    /// Who makes it work again: the worst of all components.
    pub recovers: Recovery,
    /// The one change that would mend it, where it does not recover alone.
    pub mending: Option<Mending>,
}

/// The one change that would let something recover alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Mending {
    /// The component that does not recover alone.
    pub component: String,
    /// What keeps it.
    pub because: Said,
    /// The change.
    pub change: Said,
    /// The address at which it would be made.
    pub path: String,
}

/// The worst that a function suffers from one kind of disruption.
#[derive(Debug, Clone, PartialEq)]
pub struct Worst {
    /// The function.
    pub function: String,
    /// The disruption.
    pub disruption: Disruption,
    /// The failure that does it.
    pub failure: Failure,
    /// The recovery time objective, in seconds.
    pub rto_s: f64,
    /// The longest outage reached, in seconds; `None` where it does not end.
    pub reached_s: Option<f64>,
    /// The recovery point objective, in seconds.
    pub rpo_s: f64,
    /// Acknowledged writes that are lost, as seconds of writing; `None` where everything is.
    pub lost_s: Option<f64>,
    /// Whether both are kept.
    pub meets: bool,
}

/// A loss after which pods find no node.
#[derive(Debug, Clone, PartialEq)]
pub struct NoRoom {
    /// The cluster.
    pub cluster: String,
    /// What is lost, in words.
    pub loss: Said,
    /// How many pods were on it and are wanted elsewhere.
    pub lost: usize,
    /// The pods that find no node, each with what keeps it.
    pub stranded: Vec<(String, Said)>,
}

/// A campaign: each pod, node, zone, site, control-plane member, volume and database host lost in turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    /// Every failure, in a fixed order.
    pub failures: Vec<Lost>,
    /// The worst for each function and disruption that has objectives.
    pub worst: Vec<Worst>,
    /// What no longer fits after the worst loss of a node, a zone and a site.
    pub no_room: Vec<NoRoom>,
}

/// Loses each single thing in turn.
pub fn campaign(view: &View<'_>, options: &Options) -> Campaign {
    let mut found: Vec<Lost> = Vec::new();
    let mut model: Option<Model> = None;
    for failure in failures(view) {
        let Ok(plan) = of_failure(view, &failure) else { continue };
        let Some(disruption) = disruption(view, &plan) else { continue };
        // Nothing of the model depends on what fails, as long as it fails at the same time.
        let model = model.get_or_insert_with(|| setup::model(view, &plan));
        let simulation = runs::simulate_in(view, model, &plan, None, options);
        let worst = simulation.components.iter().max_by_key(|outcome| outcome.outcome.recovers);
        let recovers = worst.map_or(Recovery::Alone, |outcome| outcome.outcome.recovers);
        let mending = worst.filter(|_| recovers != Recovery::Alone).and_then(|worst| mend(view, &simulation, worst));
        found.push(Lost { failure, disruption, simulation, recovers, mending });
    }
    let worst = worst(view, &found);
    Campaign { failures: found, worst, no_room: no_room(view) }
}

/// Each pod and member, machine, zone, site, control-plane member, volume and database in turn.
pub fn failures(view: &View<'_>) -> Vec<Failure> {
    let design = view.design;
    let mut failures = Vec::new();
    for instance in &view.instances {
        let component = design.components.get(instance.component);
        let in_cluster = component.is_some_and(|component| view.in_kubernetes(component));
        let verb = if in_cluster { "delete" } else { "crash" };
        failures.push(Failure::of(verb, format!("pod/{}", instance.name)));
    }
    failures.extend(design.partitions.keys().map(|name| Failure::of("crash", format!("partition/{name}"))));
    failures.extend(view.machines.iter().map(|machine| Failure::lose(format!("node/{}", machine.name))));
    let stands =
        |of: fn(&Machine) -> Option<&str>, name: &str| view.machines.iter().any(|machine| of(machine) == Some(name));
    for (name, site) in &design.sites {
        for zone in site.zones.iter().filter(|zone| stands(|machine| machine.zone.as_deref(), zone)) {
            failures.push(Failure::lose(format!("zone/{zone}")));
        }
        if stands(|machine| machine.site.as_deref(), name) {
            failures.push(Failure::lose(format!("site/{name}")));
        }
    }
    for (name, cluster) in &design.clusters {
        match &cluster.control_plane {
            Some(plane) => {
                let members = (1..=plane.members).map(|nth| Failure::lose(format!("control-plane/{name}-{nth}")));
                failures.extend(members);
            }
            None => failures.push(Failure::lose(format!("control-plane/{name}"))),
        }
    }
    for instance in &view.instances {
        let stores = design.components.get(instance.component).is_some_and(|component| component.storage.is_some());
        if stores {
            failures.push(Failure::lose(format!("volume/{}", instance.name)));
        }
    }
    // A managed database has no machine of ours: what its provider loses is the host of its primary.
    for (name, component) in &design.components {
        let stands_here = view.instances.iter().any(|instance| instance.component == name);
        if component.kind == ComponentKind::Database && component.replication.is_some() && !stands_here {
            failures.push(Failure::lose(format!("component/{name}")));
        }
    }
    for (name, component) in &design.components {
        if component.kind == ComponentKind::Database {
            failures.push(Failure::of("corrupt", format!("component/{name}")));
        }
    }
    failures.extend(design.links.keys().map(|name| Failure::lose(format!("link/{name}"))));
    failures
}

/// The worst failure of each disruption for each function that promises something for it.
fn worst(view: &View<'_>, found: &[Lost]) -> Vec<Worst> {
    let mut all = Vec::new();
    for (name, function) in &view.design.functions {
        let Some(recovery) = &function.recovery else { continue };
        for (disruption, objective) in recovery.stated() {
            let mut worst: Option<Worst> = None;
            for lost in found.iter().filter(|lost| lost.disruption == disruption) {
                let Some(outcome) = lost.simulation.function(name).map(|function| &function.outcome) else { continue };
                let one = Worst {
                    function: name.clone(),
                    disruption,
                    failure: lost.failure.clone(),
                    rto_s: objective.rto.value(),
                    reached_s: outcome.longest_outage_s.fixed,
                    rpo_s: objective.rpo.value(),
                    lost_s: outcome.data_lost_s.fixed,
                    meets: outcome.meets.rto == Some(true) && outcome.meets.rpo == Some(true),
                };
                // What does not keep the promise is worse than what does, then what lasts longer, then what loses more.
                let key = |worst: &Worst| {
                    (!worst.meets, worst.reached_s.unwrap_or(f64::INFINITY), worst.lost_s.unwrap_or(f64::INFINITY))
                };
                let (new, old) = (key(&one), worst.as_ref().map(key));
                let worse = old.is_none_or(|old| {
                    new.0.cmp(&old.0).then(new.1.total_cmp(&old.1)).then(new.2.total_cmp(&old.2)).is_gt()
                });
                if worse {
                    worst = Some(one);
                }
            }
            all.extend(worst);
        }
    }
    all
}

/// What no longer fits after the worst loss of a node, a zone and a site, and why.
fn no_room(view: &View<'_>) -> Vec<NoRoom> {
    let mut all = Vec::new();
    for room in capacity::clusters(view) {
        let losses = [
            capacity::lose_a_node(view, &room),
            capacity::lose_a_zone(view, &room),
            capacity::lose_a_site(view, &room),
        ];
        for fallout in losses.into_iter().flatten().filter(|fallout| !fallout.stranded.is_empty()) {
            let stranded = fallout.stranded.iter().filter_map(|stranded| {
                let pod = view.instances.get(stranded.instance)?;
                let why = match stranded.why {
                    Why::Room => Unfit::Room,
                    Why::Spread => Unfit::Spread,
                    Why::Volume => Unfit::Volume,
                };
                Some((pod.name.clone(), super::words::unfit(why)))
            });
            all.push(NoRoom {
                cluster: room.name.to_owned(),
                loss: fallout.loss.said(),
                lost: fallout.lost,
                stranded: stranded.collect(),
            });
        }
    }
    all
}
