//! The smallest app: one stack with one queue.

use std::process::ExitCode;

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::{App, Stack};

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    let stack = Stack::new(app, "Hello");
    CfnQueueProps::new()
        .message_retention_period(4 * 86_400) // seconds
        .build(stack, "Jobs");
}
