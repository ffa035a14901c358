//! The stack `Hatches`: 4 resources, converted by `import-template` from
//! `Hatches.template.json`.
//!
//! Crates: `infra-lib` (features `sns`, `sqs`, `ssm`).

use infra_lib::cfn::sqs;
use infra_lib::sns::Topic;
use infra_lib::ssm::StringParameter;
use infra_lib::{App, Stack};

/// Adds the stack to the app.
pub fn hatches(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Hatches");

    let queue = sqs::CfnQueueProps::new()
        .delay_seconds(5)
        .receive_message_wait_time_seconds(20)
        .build(stack, "Queue");

    Topic::builder()
        .display_name("orders")
        .build(stack, "Topic");

    let parameter = StringParameter::builder()
        .value(queue.attr_arn())
        .build(stack, "Parameter");
    parameter.cfn().override_logical_id("Parameter");

    stack
}
