//! Modules that `import-template` generated from templates.

use infra_core::{App, Stack};

pub(crate) mod autoscaling;
pub(crate) mod case_assertion_key;
pub(crate) mod case_attribute_property;
pub(crate) mod case_block_text;
pub(crate) mod case_condition_missing;
pub(crate) mod case_condition_unknown;
pub(crate) mod case_custom_never;
pub(crate) mod case_deletion_if;
pub(crate) mod case_inline_code;
pub(crate) mod case_loop_collection;
pub(crate) mod case_loop_condition;
pub(crate) mod case_map_of_maps;
pub(crate) mod case_mapping_missing;
pub(crate) mod case_media;
pub(crate) mod case_output_list;
pub(crate) mod case_properties_if;
pub(crate) mod case_property_beside;
pub(crate) mod case_serverless_cycle;
pub(crate) mod cloudfront;
pub(crate) mod custom_resource;
pub(crate) mod ecs;
pub(crate) mod event_bus;
pub(crate) mod good_anchors;
pub(crate) mod good_conditional_cycle;
pub(crate) mod good_conditional_items;
pub(crate) mod good_conditions;
pub(crate) mod good_custom;
pub(crate) mod good_dependencies;
pub(crate) mod good_dynamic;
pub(crate) mod good_formats;
pub(crate) mod good_functions;
pub(crate) mod good_ignored;
pub(crate) mod good_include;
pub(crate) mod good_json;
pub(crate) mod good_json_comma;
pub(crate) mod good_language_extensions;
pub(crate) mod good_loop_unknown;
pub(crate) mod good_macro;
pub(crate) mod good_mappings;
pub(crate) mod good_module;
pub(crate) mod good_never_both;
pub(crate) mod good_outputs;
pub(crate) mod good_parameters;
pub(crate) mod good_policies;
pub(crate) mod good_rules;
pub(crate) mod good_serverless;
pub(crate) mod good_serverless_globals;
pub(crate) mod good_transform_map;
pub(crate) mod iam;
pub(crate) mod imports;
pub(crate) mod include;
pub(crate) mod kept;
pub(crate) mod lambda;
pub(crate) mod language_extensions;
pub(crate) mod monitoring;
pub(crate) mod names;
pub(crate) mod nested;
pub(crate) mod private_type;
pub(crate) mod rds;
pub(crate) mod rules;
pub(crate) mod serverless;
pub(crate) mod step_functions;
pub(crate) mod texts;
pub(crate) mod vpc;
pub(crate) mod wait_condition;

/// Every program by the name of its template.
#[rustfmt::skip]
pub(crate) const PROGRAMS: &[(&str, for<'app> fn(&'app App) -> Stack<'app>)] = &[
    ("autoscaling", autoscaling::autoscaling),
    ("case_assertion_key", case_assertion_key::case_assertion_key),
    ("case_attribute_property", case_attribute_property::case_attribute_property),
    ("case_block_text", case_block_text::case_block_text),
    ("case_condition_missing", case_condition_missing::case_condition_missing),
    ("case_condition_unknown", case_condition_unknown::case_condition_unknown),
    ("case_custom_never", case_custom_never::case_custom_never),
    ("case_deletion_if", case_deletion_if::case_deletion_if),
    ("case_inline_code", case_inline_code::case_inline_code),
    ("case_loop_collection", case_loop_collection::case_loop_collection),
    ("case_loop_condition", case_loop_condition::case_loop_condition),
    ("case_map_of_maps", case_map_of_maps::case_map_of_maps),
    ("case_mapping_missing", case_mapping_missing::case_mapping_missing),
    ("case_media", case_media::case_media),
    ("case_output_list", case_output_list::case_output_list),
    ("case_properties_if", case_properties_if::case_properties_if),
    ("case_property_beside", case_property_beside::case_property_beside),
    ("case_serverless_cycle", case_serverless_cycle::case_serverless_cycle),
    ("cloudfront", cloudfront::cloudfront),
    ("custom_resource", custom_resource::custom_resource),
    ("ecs", ecs::ecs),
    ("event_bus", event_bus::event_bus),
    ("good_anchors", good_anchors::good_anchors),
    ("good_conditional_cycle", good_conditional_cycle::good_conditional_cycle),
    ("good_conditional_items", good_conditional_items::good_conditional_items),
    ("good_conditions", good_conditions::good_conditions),
    ("good_custom", good_custom::good_custom),
    ("good_dependencies", good_dependencies::good_dependencies),
    ("good_dynamic", good_dynamic::good_dynamic),
    ("good_formats", good_formats::good_formats),
    ("good_functions", good_functions::good_functions),
    ("good_ignored", good_ignored::good_ignored),
    ("good_include", good_include::good_include),
    ("good_json", good_json::good_json),
    ("good_json_comma", good_json_comma::good_json_comma),
    ("good_language_extensions", good_language_extensions::good_language_extensions),
    ("good_loop_unknown", good_loop_unknown::good_loop_unknown),
    ("good_macro", good_macro::good_macro),
    ("good_mappings", good_mappings::good_mappings),
    ("good_module", good_module::good_module),
    ("good_never_both", good_never_both::good_never_both),
    ("good_outputs", good_outputs::good_outputs),
    ("good_parameters", good_parameters::good_parameters),
    ("good_policies", good_policies::good_policies),
    ("good_rules", good_rules::good_rules),
    ("good_serverless", good_serverless::good_serverless),
    ("good_serverless_globals", good_serverless_globals::good_serverless_globals),
    ("good_transform_map", good_transform_map::good_transform_map),
    ("iam", iam::iam),
    ("imports", imports::imports),
    ("include", include::include),
    ("kept", kept::kept),
    ("lambda", lambda::lambda),
    ("language_extensions", language_extensions::language_extensions),
    ("monitoring", monitoring::monitoring),
    ("names", names::names),
    ("nested", nested::nested),
    ("private_type", private_type::private_type),
    ("rds", rds::rds),
    ("rules", rules::rules),
    ("serverless", serverless::serverless),
    ("step_functions", step_functions::step_functions),
    ("texts", texts::texts),
    ("vpc", vpc::vpc),
    ("wait_condition", wait_condition::wait_condition),
];
