//! The registry of rules: one file each, one line each, in the order in which they are listed.

use super::rule::Rule;

mod automotive_component_above_partition;
mod automotive_fault_reaction_not_tested;
mod automotive_fault_time_over_ftti;
mod automotive_flash_wears_out;
mod automotive_interference;
mod automotive_no_secure_boot;
mod automotive_overcommitted;
mod automotive_rollback_not_tried;
mod automotive_start_chain_over_budget;
mod automotive_update_without_rollback;
mod availability_autoscaler_cannot_scale;
mod availability_autoscaler_fights_replicas;
mod availability_autoscaler_minimum;
mod availability_autoscaler_without_target;
mod availability_budget_above_autoscaler;
mod availability_budget_blocks_drains;
mod availability_budget_keeps_broken_pods;
mod availability_budget_targets_nothing;
mod availability_budget_without_limit;
mod availability_images_in_one_place;
mod availability_killed_while_stopping;
mod availability_naked_pod;
mod availability_name_outlives_objective;
mod availability_no_disruption_budget;
mod availability_no_priority;
mod availability_not_spread;
mod availability_objective_above_parts;
mod availability_objective_contradicts;
mod availability_quorum_in_one_zone;
mod availability_single_node;
mod availability_single_replica;
mod availability_spread_constraint_invalid;
mod availability_statefulset_without_service;
mod availability_witness_serves;
mod availability_zonal_entry;
mod capacity_limits_differ_from_requests;
mod capacity_losses;
mod capacity_no_cpu_limit;
mod capacity_no_ephemeral_storage;
mod capacity_no_memory_limit;
mod capacity_no_quota;
mod capacity_no_requests;
mod capacity_no_room_without_a_node;
mod capacity_no_room_without_a_zone;
mod capacity_over_allocatable;
mod capacity_peak_out_of_reach;
mod capacity_quota_exceeded;
mod data_backup_in_same_account;
mod data_backup_store_unprotected;
mod data_backup_to_no_store;
pub(in crate::analysis) mod data_copies;
mod data_critical_database_in_cluster;
mod data_log_without_base;
mod data_no_backup;
mod data_no_persistence;
mod data_restore_not_tested;
mod data_retention_too_short;
mod data_rpo_out_of_reach;
mod data_silent_asynchronous_fallback;
mod data_unencrypted_volume;
mod data_volume_shared_by_replicas;
mod delivery_cron_job_deadline;
mod delivery_deprecated_field;
mod delivery_duplicate_variable;
mod delivery_instance_label;
mod delivery_job_never_removed;
mod delivery_job_restart_policy;
mod delivery_no_pipeline;
mod delivery_no_rollback;
mod delivery_port_names;
mod delivery_pull_policy;
mod delivery_recreate;
mod delivery_reference_not_found;
mod delivery_removed_api;
mod delivery_selector_mismatch;
mod delivery_unpinned_image;
mod delivery_untested_or_unscanned;
mod delivery_update_takes_all_down;
mod finance_backup_not_segregated;
mod finance_critical_function_without_objectives;
mod finance_no_dmz;
mod finance_no_exit_plan;
mod finance_segmentation_not_tested;
mod model_decision_without_its_option;
mod model_drift;
mod model_one_name_twice;
mod model_place_contradicted;
mod model_port_contradicted;
mod model_risk_without_response;
mod model_status_contradicted;
mod model_store_without_consensus;
mod model_undeclared_namespace;
mod model_unused_third_party;
mod model_vehicle_out_of_place;
mod network_flow_not_allowed;
mod network_host_port;
mod network_ingress_without_tls;
mod network_no_default_deny;
mod network_node_port;
mod network_pod_without_policy;
mod network_policy_targets_nothing;
mod network_route_targets_nothing;
mod network_service_targets_nothing;
mod network_target_port_not_there;
mod network_unauthenticated_flow;
mod network_unencrypted_flow;
mod network_unencrypted_link;
mod network_unused_allowance;
mod network_weak_sign_in;
mod observability_entry_not_watched;
mod observability_logs_not_collected;
mod observability_logs_too_short;
mod observability_monitor_targets_nothing;
mod observability_monitors_only_itself;
mod observability_no_alerts;
mod observability_no_audit_log;
mod observability_no_dashboard;
mod observability_no_logging;
mod observability_no_monitoring;
mod place;
mod probe_times;
mod probes_identical;
mod probes_liveness_checks_dependency;
mod probes_no_liveness;
mod probes_no_readiness;
mod probes_port_not_there;
mod probes_readiness_on_shared_database;
mod probes_slow_start_without_startup;
mod secrets_account_not_found;
mod secrets_cluster_admin;
mod secrets_credential_in_variable;
mod secrets_credentials_in_config_map;
mod secrets_default_account;
mod secrets_exec_into_pods;
mod secrets_keys_beside_data;
mod secrets_never_rotated;
mod secrets_not_encrypted_at_rest;
mod secrets_plaintext_credentials;
mod secrets_role_not_found;
mod secrets_role_reads_secrets;
mod secrets_role_starts_pods;
mod secrets_token_automount;
mod secrets_too_many_readers;
mod secrets_values_in_repository;
mod secrets_weak_encryption;
mod secrets_wildcard_in_role;
mod simulation_needs_somebody;
mod simulation_objective_missed;
mod stack_adds_capabilities;
mod stack_below_kubernetes_support;
mod stack_host_namespaces;
mod stack_host_path;
mod stack_keeps_capabilities;
mod stack_kernel_not_there;
mod stack_low_user_id;
mod stack_may_run_as_root;
mod stack_no_hardening;
mod stack_no_seccomp;
mod stack_nobody_patches;
mod stack_privilege_escalation;
mod stack_privileged;
mod stack_proc_unmasked;
mod stack_provisioned_by_hand;
mod stack_runtime_socket;
mod stack_unsafe_sysctl;
mod stack_weak_pod_security;
mod stack_writable_root;

/// Every rule.
pub static RULES: &[&Rule] = &[
    &automotive_component_above_partition::RULE,
    &automotive_fault_reaction_not_tested::RULE,
    &automotive_fault_time_over_ftti::RULE,
    &automotive_flash_wears_out::RULE,
    &automotive_interference::RULE,
    &automotive_no_secure_boot::RULE,
    &automotive_overcommitted::RULE,
    &automotive_rollback_not_tried::RULE,
    &automotive_start_chain_over_budget::RULE,
    &automotive_update_without_rollback::RULE,
    &availability_autoscaler_cannot_scale::RULE,
    &availability_autoscaler_fights_replicas::RULE,
    &availability_autoscaler_minimum::RULE,
    &availability_autoscaler_without_target::RULE,
    &availability_budget_above_autoscaler::RULE,
    &availability_budget_blocks_drains::RULE,
    &availability_budget_keeps_broken_pods::RULE,
    &availability_budget_targets_nothing::RULE,
    &availability_budget_without_limit::RULE,
    &availability_images_in_one_place::RULE,
    &availability_killed_while_stopping::RULE,
    &availability_name_outlives_objective::RULE,
    &availability_naked_pod::RULE,
    &availability_no_disruption_budget::RULE,
    &availability_no_priority::RULE,
    &availability_not_spread::RULE,
    &availability_objective_above_parts::RULE,
    &availability_objective_contradicts::RULE,
    &availability_quorum_in_one_zone::RULE,
    &availability_single_node::RULE,
    &availability_single_replica::RULE,
    &availability_spread_constraint_invalid::RULE,
    &availability_statefulset_without_service::RULE,
    &availability_witness_serves::RULE,
    &availability_zonal_entry::RULE,
    &capacity_limits_differ_from_requests::RULE,
    &capacity_no_cpu_limit::RULE,
    &capacity_no_ephemeral_storage::RULE,
    &capacity_no_memory_limit::RULE,
    &capacity_no_quota::RULE,
    &capacity_no_requests::RULE,
    &capacity_no_room_without_a_node::RULE,
    &capacity_no_room_without_a_zone::RULE,
    &capacity_over_allocatable::RULE,
    &capacity_peak_out_of_reach::RULE,
    &capacity_quota_exceeded::RULE,
    &data_backup_in_same_account::RULE,
    &data_backup_store_unprotected::RULE,
    &data_backup_to_no_store::RULE,
    &data_critical_database_in_cluster::RULE,
    &data_log_without_base::RULE,
    &data_no_backup::RULE,
    &data_no_persistence::RULE,
    &data_restore_not_tested::RULE,
    &data_retention_too_short::RULE,
    &data_rpo_out_of_reach::RULE,
    &data_silent_asynchronous_fallback::RULE,
    &data_unencrypted_volume::RULE,
    &data_volume_shared_by_replicas::RULE,
    &delivery_cron_job_deadline::RULE,
    &delivery_deprecated_field::RULE,
    &delivery_duplicate_variable::RULE,
    &delivery_instance_label::RULE,
    &delivery_job_never_removed::RULE,
    &delivery_job_restart_policy::RULE,
    &delivery_no_pipeline::RULE,
    &delivery_no_rollback::RULE,
    &delivery_port_names::RULE,
    &delivery_pull_policy::RULE,
    &delivery_recreate::RULE,
    &delivery_reference_not_found::RULE,
    &delivery_removed_api::RULE,
    &delivery_selector_mismatch::RULE,
    &delivery_unpinned_image::RULE,
    &delivery_untested_or_unscanned::RULE,
    &delivery_update_takes_all_down::RULE,
    &finance_backup_not_segregated::RULE,
    &finance_critical_function_without_objectives::RULE,
    &finance_no_dmz::RULE,
    &finance_no_exit_plan::RULE,
    &finance_segmentation_not_tested::RULE,
    &model_decision_without_its_option::RULE,
    &model_drift::RULE,
    &model_one_name_twice::RULE,
    &model_place_contradicted::RULE,
    &model_port_contradicted::RULE,
    &model_risk_without_response::RULE,
    &model_status_contradicted::RULE,
    &model_store_without_consensus::RULE,
    &model_undeclared_namespace::RULE,
    &model_unused_third_party::RULE,
    &model_vehicle_out_of_place::RULE,
    &network_flow_not_allowed::RULE,
    &network_host_port::RULE,
    &network_ingress_without_tls::RULE,
    &network_no_default_deny::RULE,
    &network_node_port::RULE,
    &network_pod_without_policy::RULE,
    &network_policy_targets_nothing::RULE,
    &network_route_targets_nothing::RULE,
    &network_service_targets_nothing::RULE,
    &network_target_port_not_there::RULE,
    &network_unauthenticated_flow::RULE,
    &network_unencrypted_flow::RULE,
    &network_unencrypted_link::RULE,
    &network_unused_allowance::RULE,
    &network_weak_sign_in::RULE,
    &observability_entry_not_watched::RULE,
    &observability_logs_not_collected::RULE,
    &observability_logs_too_short::RULE,
    &observability_monitor_targets_nothing::RULE,
    &observability_monitors_only_itself::RULE,
    &observability_no_alerts::RULE,
    &observability_no_audit_log::RULE,
    &observability_no_dashboard::RULE,
    &observability_no_logging::RULE,
    &observability_no_monitoring::RULE,
    &probes_identical::RULE,
    &probes_liveness_checks_dependency::RULE,
    &probes_no_liveness::RULE,
    &probes_no_readiness::RULE,
    &probes_port_not_there::RULE,
    &probes_readiness_on_shared_database::RULE,
    &probes_slow_start_without_startup::RULE,
    &secrets_account_not_found::RULE,
    &secrets_cluster_admin::RULE,
    &secrets_credential_in_variable::RULE,
    &secrets_credentials_in_config_map::RULE,
    &secrets_default_account::RULE,
    &secrets_exec_into_pods::RULE,
    &secrets_keys_beside_data::RULE,
    &secrets_never_rotated::RULE,
    &secrets_not_encrypted_at_rest::RULE,
    &secrets_plaintext_credentials::RULE,
    &secrets_role_not_found::RULE,
    &secrets_role_reads_secrets::RULE,
    &secrets_role_starts_pods::RULE,
    &secrets_token_automount::RULE,
    &secrets_too_many_readers::RULE,
    &secrets_values_in_repository::RULE,
    &secrets_weak_encryption::RULE,
    &secrets_wildcard_in_role::RULE,
    &simulation_needs_somebody::RULE,
    &simulation_objective_missed::RULE,
    &stack_adds_capabilities::RULE,
    &stack_below_kubernetes_support::RULE,
    &stack_host_namespaces::RULE,
    &stack_host_path::RULE,
    &stack_keeps_capabilities::RULE,
    &stack_kernel_not_there::RULE,
    &stack_low_user_id::RULE,
    &stack_may_run_as_root::RULE,
    &stack_no_hardening::RULE,
    &stack_no_seccomp::RULE,
    &stack_nobody_patches::RULE,
    &stack_privilege_escalation::RULE,
    &stack_privileged::RULE,
    &stack_proc_unmasked::RULE,
    &stack_provisioned_by_hand::RULE,
    &stack_runtime_socket::RULE,
    &stack_unsafe_sysctl::RULE,
    &stack_weak_pod_security::RULE,
    &stack_writable_root::RULE,
];

#[cfg(test)]
mod tests;
