//! The registry of measures: one file each, one line each, in the order in which they are listed.

use super::measure::Measure;

mod availability_bound;
mod backup_age;
mod blast_radius;
mod cold_start;
mod data_lost_at_node_loss;
mod findings;
mod findings_errors;
mod findings_notes;
mod findings_warnings;
mod flows_encrypted;
mod isolation_boundary;
mod kernel_exploit_reach;
mod kernel_sharing;
mod layers_below_application;
mod memory_overcommit;
mod memory_overhead;
mod memory_per_application;
mod monthly_price;
mod needed;
mod node_loss_headroom;
mod nodes;
pub mod objectives_covered;
mod operating_systems_to_patch;
mod plaintext_secrets;
mod questions_unanswered;
mod recovery_shown;
mod replicas_of_critical_components;
mod requests_headroom;
mod restore_tested;
mod restore_time;
mod rpo_kept;
mod rto_kept;
mod secrets_encrypted;
mod single_points_of_failure;
mod start_budget_used;
mod start_time;
mod suffered;
mod survives_node_loss;
mod survives_zone_loss;
mod things_to_operate;
mod third_parties_needed;
mod worst_data_lost;
mod worst_outage_node;
mod worst_outage_site;
mod worst_outage_software;
mod worst_outage_zone;
mod zones;

/// Every measure.
pub static MEASURES: &[&Measure] = &[
    &kernel_sharing::MEASURE,
    &isolation_boundary::MEASURE,
    &start_time::MEASURE,
    &cold_start::MEASURE,
    &memory_overhead::MEASURE,
    &memory_per_application::MEASURE,
    &operating_systems_to_patch::MEASURE,
    &things_to_operate::MEASURE,
    &layers_below_application::MEASURE,
    &kernel_exploit_reach::MEASURE,
    &nodes::MEASURE,
    &zones::MEASURE,
    &single_points_of_failure::MEASURE,
    &replicas_of_critical_components::MEASURE,
    &blast_radius::MEASURE,
    &survives_node_loss::MEASURE,
    &survives_zone_loss::MEASURE,
    &availability_bound::MEASURE,
    &worst_outage_software::MEASURE,
    &worst_outage_node::MEASURE,
    &worst_outage_zone::MEASURE,
    &worst_outage_site::MEASURE,
    &rto_kept::MEASURE,
    &rpo_kept::MEASURE,
    &recovery_shown::MEASURE,
    &data_lost_at_node_loss::MEASURE,
    &worst_data_lost::MEASURE,
    &backup_age::MEASURE,
    &restore_tested::MEASURE,
    &restore_time::MEASURE,
    &objectives_covered::MEASURE,
    &secrets_encrypted::MEASURE,
    &plaintext_secrets::MEASURE,
    &flows_encrypted::MEASURE,
    &third_parties_needed::MEASURE,
    &start_budget_used::MEASURE,
    &requests_headroom::MEASURE,
    &node_loss_headroom::MEASURE,
    &memory_overcommit::MEASURE,
    &findings::MEASURE,
    &findings_errors::MEASURE,
    &findings_warnings::MEASURE,
    &findings_notes::MEASURE,
    &questions_unanswered::MEASURE,
    &monthly_price::MEASURE,
];

#[cfg(test)]
pub(crate) mod tests;
