//! What holds whatever fails.

use super::generated::{Made, design, scenario};
use crate::analysis::simulation::failure::{Plan, first, of_scenario};
use crate::analysis::simulation::model::{Budget, Home};
use crate::analysis::simulation::phases::{Phases, Random};
use crate::analysis::simulation::run::{numbers, run, run_checked};
use crate::analysis::simulation::setup;
use crate::analysis::simulation::trace::{Thing, What};
use crate::analysis::simulation::world::{NOWHERE, Stage, World};
use crate::analysis::view::View;
use crate::design::model::component::Workload;
use crate::design::text::When;
use crate::design::{Input, load};

/// How many designs are tried: all of them where the code is optimised.
const DESIGNS: u32 = if cfg!(debug_assertions) { 1_500 } else { 10_000 };

const TODAY: When = When { year: 2026, month: Some(11), day: Some(26) };

fn input(path: &str, text: &str) -> Input {
    Input { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// Makes the nth design and its failures, and hands both to somebody.
fn with(nth: u32, then: impl FnOnce(&View<'_>, &Plan, &str)) {
    let mut made = Made(Random::of_run(20_261_126, nth));
    let text = design(&mut made);
    let (workspace, problems) = load(&[input("design.yaml", &text)]);
    assert!(problems.is_empty(), "{text}\n{:?}", problems.iter().map(|p| p.message.en.clone()).collect::<Vec<_>>());
    let view = View::of(&workspace, "made", TODAY).unwrap();
    let Some((happens, _)) = scenario(&mut made, &view) else { return };
    let (both, problems) = load(&[input("design.yaml", &text), input("scenario.yaml", &happens)]);
    assert!(problems.is_empty(), "{happens}\n{:?}", problems.iter().map(|p| p.message.en.clone()).collect::<Vec<_>>());
    let view = View::of(&both, "made", TODAY).unwrap();
    let scenario = &both.scenarios["happens"].value;
    let plan = of_scenario(&view, scenario).unwrap();
    then(&view, &plan, &format!("# {nth}\n{text}---\n{happens}"));
}

/// What must hold after an event. `seen` is how many entries of the trace were looked at before.
fn holds(world: &World<'_>, before: u64, seen: usize) -> Result<(), String> {
    if world.now < before {
        return Err(format!("time runs back from {before} to {}", world.now));
    }
    for node in world.machines.ids() {
        let Some(_) = world.model.machines[node].cluster else { continue };
        let mut sum = crate::analysis::capacity::Amount::default();
        for pod in world.pods_on(node) {
            if world.cluster_of(pod).is_some() {
                sum = sum.plus(world.spec_of(pod).request);
            }
        }
        if !sum.fits_in(world.model.machines[node].room) {
            return Err(format!("node {node} has no room: {sum:?}"));
        }
        if (sum.cpu - world.machines[node].requested.cpu).abs() > 1e-6 {
            return Err(format!("node {node} counts {:?}, has {sum:?}", world.machines[node].requested));
        }
    }
    for component in world.components.ids() {
        let spec = world.spec(component);
        let pods: Vec<usize> =
            world.components[component].pods.iter().copied().filter(|pod| world.pods[*pod].exists()).collect();
        if spec.workload == Workload::StatefulSet && matches!(spec.home, Home::Cluster(_)) {
            for pod in &pods {
                let twin =
                    pods.iter().find(|other| *other != pod && world.pods[**other].serial == world.pods[*pod].serial);
                if twin.is_some() {
                    return Err(format!("identity {} of {component} exists twice", world.pods[*pod].serial));
                }
            }
        }
        let served = world.components[component].served.share;
        if !(0.0..=1.0).contains(&served) {
            return Err(format!("share {served} of {component}"));
        }
    }
    for raw in world.trace.entries.iter().skip(seen) {
        if raw.what == What::Gone
            && let Thing::Pod { component, serial } = raw.object
            && world.spec(component as usize).workload == Workload::StatefulSet
        {
            unfenced(world, component as usize, serial)?;
        }
        if raw.because != u32::MAX && raw.because as usize >= world.trace.entries.len() {
            return Err("a cause that is no entry".to_owned());
        }
        if raw.what == What::EvictionGranted
            && let Thing::Pod { component, .. } = raw.object
        {
            let component = component as usize;
            let pods = world.components[component].pods.iter().copied().filter(|pod| world.pods[*pod].exists());
            let available = pods.filter(|pod| world.is_available(*pod)).count() as u32;
            let least = match world.spec(component).budget {
                Some(Budget::AtLeast(least)) => least,
                Some(Budget::AtMostAway(away)) => world.spec(component).wanted.saturating_sub(away),
                None => 0,
            };
            if available < least && !world.components[component].rolling {
                return Err(format!("an eviction left {available} of {component}, the budget wants {least}"));
            }
        }
    }
    Ok(())
}

#[test]
fn after_every_event() {
    for nth in 0..DESIGNS {
        with(nth, |view, plan, text| {
            let model = setup::model(view, plan);
            let (mut before, mut seen) = (0, 0);
            let mut wrong = None;
            let phases = Phases::drawn(7, nth, first(plan));
            let ran = run_checked(&model, plan, phases, true, 0.5, |world| {
                if wrong.is_none() {
                    wrong = holds(world, before, seen).err().map(|wrong| (world.now, wrong));
                }
                before = world.now;
                seen = world.trace.entries.len();
            });
            assert!(wrong.is_none(), "{text}\n{wrong:?}");
            let trace = &ran.world.trace.entries;
            for (at, raw) in trace.iter().enumerate() {
                assert!(raw.because == u32::MAX || (raw.because as usize) < at, "{text}\nentry {at} has a later cause");
            }
        });
    }
}

/// An identity is given up only where its kubelet said so, or its node is declared dead or deleted.
fn unfenced(world: &World<'_>, component: usize, serial: u32) -> Result<(), String> {
    let gone = world.pods.ids().find(|pod| {
        let state = &world.pods[*pod];
        state.component == component && state.serial == serial && !state.exists() && state.machine != NOWHERE
    });
    let Some(pod) = gone else { return Ok(()) };
    let node = world.pods[pod].machine;
    let machine = &world.machines[node];
    if world.works(node) || !machine.exists || machine.out_of_service {
        return Ok(());
    }
    Err(format!("identity {serial} of {component} is given up while node {node} may still run it"))
}

/// A Deployment's pods come back to their number whenever the control plane works and healthy nodes
/// that meet its constraints have room and its volumes can follow.
#[test]
fn deployments_come_back() {
    let mut judged = 0;
    for nth in 0..DESIGNS {
        with(nth, |view, plan, text| {
            // What changes the program itself may keep it from ever being ready.
            let fair = ["delete", "lose", "bring_back", "crash", "drain", "delete_node", "taint_out_of_service"];
            if plan.happenings.iter().any(|happening| !fair.contains(&happening.verb)) {
                return;
            }
            let model = setup::model(view, plan);
            let ran = run(&model, plan, Phases::drawn(11, nth, first(plan)), true, 0.5);
            let world = &ran.world;
            for component in world.components.ids() {
                let spec = world.spec(component);
                let Home::Cluster(cluster) = spec.home else { continue };
                if spec.workload != Workload::Deployment || !world.acts(cluster) || spec.wanted == 0 {
                    continue;
                }
                judged += 1;
                if world.components[component].able >= spec.wanted || excused(world, cluster, component) {
                    continue;
                }
                panic!("{text}\ncomponent {component} has {} of {}", world.components[component].able, spec.wanted);
            }
        });
    }
    assert!(judged > DESIGNS / 8, "only {judged} were judged");
}

/// Why a Deployment may be short at the end: no node takes a pod; nobody evicts while so many nodes
/// are silent; a start that its own probes kill; more load than it carries.
fn excused(world: &World<'_>, cluster: usize, component: usize) -> bool {
    let silent =
        |node: &usize| !world.machines[*node].ready && !world.machines[*node].tainted && world.machines[*node].exists;
    let nobody_evicts = world.model.clusters[cluster].nodes.iter().any(silent);
    world.components[component].pods.iter().any(|pod| {
        let state = &world.pods[*pod];
        let overloaded = state.overloaded || world.components[component].failed.overloaded > 0.0;
        state.exists()
            && (state.stage == Stage::Pending
                || (nobody_evicts && !world.works(state.machine))
                || state.restarts > 2
                || overloaded
                || state.blocked)
    }) || world.components[component].restarts > 2
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for nth in 0..DESIGNS / 10 {
        with(nth, |view, plan, text| {
            let model = setup::model(view, plan);
            let once = || {
                let ran = run(&model, plan, Phases::drawn(3, nth, first(plan)), true, 0.5);
                format!("{:?}{:?}", ran.world.trace.entries, numbers(&ran).0)
            };
            assert_eq!(once(), once(), "{text}");
        });
    }
}
