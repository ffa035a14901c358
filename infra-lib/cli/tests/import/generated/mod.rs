//! Modules that `import-template` generated from the templates in the parent folder.

use infra_core::{App, Stack};

mod autoscaling;
mod cloudfront;
mod custom_resource;
mod ecs;
mod event_bus;
mod iam;
mod imports;
mod include;
mod lambda;
mod language_extensions;
mod monitoring;
mod names;
mod nested;
mod private_type;
mod rds;
mod rules;
mod serverless;
mod step_functions;
mod vpc;
mod wait_condition;

/// Every program by the name of its template.
pub(crate) const PROGRAMS: &[(&str, for<'app> fn(&'app App) -> Stack<'app>)] = &[
    ("autoscaling", autoscaling::autoscaling),
    ("cloudfront", cloudfront::cloudfront),
    ("custom_resource", custom_resource::custom_resource),
    ("ecs", ecs::ecs),
    ("event_bus", event_bus::event_bus),
    ("iam", iam::iam),
    ("imports", imports::imports),
    ("include", include::include),
    ("lambda", lambda::lambda),
    (
        "language_extensions",
        language_extensions::language_extensions,
    ),
    ("monitoring", monitoring::monitoring),
    ("names", names::names),
    ("nested", nested::nested),
    ("private_type", private_type::private_type),
    ("rds", rds::rds),
    ("rules", rules::rules),
    ("serverless", serverless::serverless),
    ("step_functions", step_functions::step_functions),
    ("vpc", vpc::vpc),
    ("wait_condition", wait_condition::wait_condition),
];
