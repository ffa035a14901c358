//! A value of one stack used in another: the library exports and imports it, and orders the deployment.

use std::process::ExitCode;

use infra_lib::cfn::sqs::CfnQueueProps;
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::{App, Stack};

fn main() -> ExitCode {
    infra_runtime::run_simple(build)
}

/// Adds the stacks to the app.
pub fn build(app: &App) {
    // The order in the program makes no difference: `Data` is deployed first because `Sender` refers to it.
    let sender = Stack::new(app, "Sender");
    let role = Role::builder()
        .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
        .build(sender, "Role");

    let data = Stack::new(app, "Data");
    let jobs = CfnQueueProps::new().build(data, "Jobs");

    role.add_statement(
        Statement::allow()
            .action("sqs:SendMessage")
            .resource(jobs.attr_arn()),
    );
}
