//! From a view to a model: numbers, times, and what had to be assumed.

mod clusters;
mod components;
mod data;
mod flows;
mod machines;

use super::failure::{Plan, first};
use super::model::{Model, PartitionSpec, Placed};
use super::phases::Lapse;
use super::table::Table;
use super::trace::Assumption;
use crate::analysis::view::View;
use crate::design::quantity::Duration;
use crate::design::text::Fact;
use crate::source::Said;

use super::engine::{SECOND, Time, micros};
use crate::design::model::component::Restart;

/// What a setup works with.
pub(super) struct Setup<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) assumptions: Vec<Assumption>,
}

/// The model of a design for a plan.
pub(super) fn model(view: &View<'_>, plan: &Plan) -> Model {
    let mut setup = Setup { view, assumptions: Vec::new() };
    let (zones, sites) = machines::places(view);
    let machines = machines::machines(&mut setup, &zones, &sites);
    let clusters = clusters::clusters(&setup);
    let components = components::components(&mut setup, &clusters);
    let mut model = Model {
        machines,
        clusters,
        components,
        partitions: partitions(&mut setup),
        functions: Vec::new(),
        links: machines::links(view, &sites),
        connections: Vec::new(),
        zones,
        sites,
        placed: placed(view),
        order: Vec::new(),
        assumptions: Vec::new(),
        failed_at: first(plan),
    };
    flows::connect(&mut setup, &mut model, plan);
    model.assumptions = setup.assumptions;
    model
}

impl Setup<'_, '_> {
    /// Notes something that the design does not say.
    fn assume(&mut self, text: Said, within: &str) {
        self.assumptions.push(Assumption { text, path: self.view.path(within) });
    }
}

/// A stated time, which a real start keeps to within a tenth.
fn about(fact: &Fact<Duration>) -> Lapse {
    let time = fact.value.value();
    Lapse::between(micros(time * 0.9), micros(time * 1.1))
}

/// A time between two numbers of seconds.
fn seconds(least: f64, most: f64) -> Lapse {
    Lapse::between(micros(least), micros(most))
}

fn placed(view: &View<'_>) -> Vec<Placed> {
    let mut placed = Vec::new();
    for instance in &view.instances {
        let Some(component) = view.design.components.get_index_of(instance.component) else { continue };
        // Names end in a number that counts from 1: `quote-app-1`.
        let serial = instance.name.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(1);
        placed.push(Placed { component, serial, machine: instance.machine });
    }
    placed
}

/// How long a partition's system starts where it does not say.
const PARTITION_STARTS: Lapse = Lapse::between(SECOND, 5 * SECOND);

fn partitions(setup: &mut Setup<'_, '_>) -> Table<PartitionSpec> {
    let design = setup.view.design;
    let mut partitions = Vec::new();
    for (name, partition) in &design.partitions {
        let starts_in = match &partition.starts_in {
            Some(fact) => Lapse::exactly(micros(fact.value.value())),
            None => {
                let text = crate::said!(
                    "the partition `{name}` does not say how long its system starts: 1 to 5 s",
                    "la partition `{name}` ne dit pas combien de temps son système démarre : 1 à 5 s"
                );
                setup.assume(text, &format!("partitions.{name}.starts_in"));
                PARTITION_STARTS
            }
        };
        let machine = setup.view.group(&partition.runs_on).first().copied();
        let restart = matches!(partition.restart, Some(Restart::Always | Restart::OnFailure));
        partitions.push(PartitionSpec { machine, starts_in, restart });
    }
    Table::of(partitions)
}

/// A duration as virtual time.
fn time(duration: &Duration) -> Time {
    micros(duration.value())
}
