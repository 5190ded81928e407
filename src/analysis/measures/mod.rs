//! The registry of measures: one file each, one line each, in the order in which they are listed.

use super::measure::Measure;

mod data_lost_at_node_loss;
mod findings;
mod isolation_boundary;
mod kernel_exploit_reach;
mod kernel_sharing;
mod layers_below_application;
mod memory_overhead;
mod monthly_price;
mod needed;
pub mod objectives_covered;
mod operating_systems_to_patch;
mod replicas_of_critical_components;
mod requests_headroom;
mod restore_tested;
mod secrets_encrypted;
mod single_points_of_failure;
mod start_time;
mod survives_node_loss;
mod survives_zone_loss;
mod things_to_operate;

/// Every measure.
pub static MEASURES: &[&Measure] = &[
    &kernel_sharing::MEASURE,
    &isolation_boundary::MEASURE,
    &start_time::MEASURE,
    &memory_overhead::MEASURE,
    &operating_systems_to_patch::MEASURE,
    &things_to_operate::MEASURE,
    &layers_below_application::MEASURE,
    &kernel_exploit_reach::MEASURE,
    &single_points_of_failure::MEASURE,
    &replicas_of_critical_components::MEASURE,
    &survives_node_loss::MEASURE,
    &survives_zone_loss::MEASURE,
    &data_lost_at_node_loss::MEASURE,
    &objectives_covered::MEASURE,
    &restore_tested::MEASURE,
    &secrets_encrypted::MEASURE,
    &findings::MEASURE,
    &monthly_price::MEASURE,
    &requests_headroom::MEASURE,
];

#[cfg(test)]
pub(crate) mod tests;
