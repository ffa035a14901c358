//! Two stacks: one makes a queue, the other lets a role send to it. Nothing is named, exported or imported by hand.
//!
//! `cargo run --example cross_stack -- ls --long` shows the order that follows from the reference.

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::{App, Stack};

fn main() -> std::process::ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds everything to the app.
pub fn build(app: &App) {
    // Created first or last makes no difference: who reads is deployed after what is read.
    let sender = Stack::new(app, "Sender");
    let role = Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(sender, "Role");

    let data = Stack::new(app, "Data");
    let jobs = CfnQueueProps::new().build(data, "Jobs");

    role.add_statement(
        Statement::allow()
            .actions(["sqs:SendMessage"])
            .resources([jobs.attr_arn()]),
    );
}
