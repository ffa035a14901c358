//! A stack set: one stack in every account of an organization, written in the same program.

use std::process::ExitCode;

use infra_lib::cloudformation::{
    OperationPreferences, StackInstances, StackSet, StackSetPermissions, StackSetTemplate,
    Tolerance,
};
use infra_lib::events::{EventPattern, Rule};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::prelude::*;

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stack with the stack set to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Governance");
    // Checked like every other stack, and part of the template with the stack set.
    let audit = StackSetTemplate::of_stack(|stack| {
        let log = LogGroup::builder()
            .retention(RetentionDays::ONE_YEAR)
            .build(stack, "Log");
        Rule::on_event(EventPattern::new().source("aws.health"))
            .target(log)
            .build(stack, "Health");
    });
    let set = StackSet::builder()
        .stack_set_name("health-events")
        .template(audit)
        .permissions(StackSetPermissions::service_managed())
        // The id is a placeholder: `aws organizations list-roots` shows yours.
        .instances(StackInstances::organizational_units(
            ["r-ab12"],
            ["eu-central-1", "eu-west-1"],
        ))
        .operation_preferences(
            OperationPreferences::new()
                .max_concurrent(Tolerance::Count(10))
                .failure_tolerance(Tolerance::Count(9))
                .parallel_regions(),
        )
        .build(stack, "HealthEvents");
    Output::new(stack, "StackSet", set.stack_set_id()).description("ID of the stack set");
}
