//! Modules that `import-template` generated from templates.

use infra_core::{App, Stack};

pub(crate) mod case_attribute_property;
pub(crate) mod case_block_text;
pub(crate) mod case_property_beside;
pub(crate) mod custom_resource;
pub(crate) mod data;
pub(crate) mod ecs;
pub(crate) mod event_bus;
pub(crate) mod functions;
pub(crate) mod good_language_extensions;
pub(crate) mod iam;
pub(crate) mod identities;
pub(crate) mod kept;
pub(crate) mod lambda;
pub(crate) mod language_extensions;
pub(crate) mod messages;
pub(crate) mod monitoring;
pub(crate) mod serverless;
pub(crate) mod step_functions;
pub(crate) mod texts;

/// Every program by the name of its template.
#[rustfmt::skip]
pub(crate) const PROGRAMS: &[(&str, for<'app> fn(&'app App) -> Stack<'app>)] = &[
    ("case_attribute_property", case_attribute_property::case_attribute_property),
    ("case_block_text", case_block_text::case_block_text),
    ("case_property_beside", case_property_beside::case_property_beside),
    ("custom_resource", custom_resource::custom_resource),
    ("data", data::data),
    ("ecs", ecs::ecs),
    ("event_bus", event_bus::event_bus),
    ("functions", functions::functions),
    ("good_language_extensions", good_language_extensions::good_language_extensions),
    ("iam", iam::iam),
    ("identities", identities::identities),
    ("kept", kept::kept),
    ("lambda", lambda::lambda),
    ("language_extensions", language_extensions::language_extensions),
    ("messages", messages::messages),
    ("monitoring", monitoring::monitoring),
    ("serverless", serverless::serverless),
    ("step_functions", step_functions::step_functions),
    ("texts", texts::texts),
];
