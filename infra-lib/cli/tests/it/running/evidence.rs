//! Tests of the service details that `deploy` shows while CloudFormation waits.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::Outcome;
use infra_core::App;
use infra_fake::{FakeCloud, Fault, FaultTiming, UnhealthyTasks};
use insta::assert_snapshot;

use super::{deployed, invocation, service, service_id};
use crate::support::RunApp as _;

fn before(app: &App) {
    service(app, "notes:1", "info");
}

fn after(app: &App) {
    service(app, "notes:2", "info");
}

/// Returns an AWS with a new version whose tasks repeatedly end with exit code 78.
fn hopeless() -> FakeCloud {
    let aws = deployed(before);
    aws.fail_service_tasks(
        &service_id(before),
        UnhealthyTasks::builder()
            .exit_code(Some(78))
            .log(vec![
                "connecting to postgres://notes:hunter2@db:5432/notes".to_owned(),
                "configuration: DB_NAME is not set".to_owned(),
            ])
            .every(Duration::from_secs(30))
            .threshold(20)
            .build(),
    );
    aws
}

fn deploy(aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    let arguments: Vec<&str> = ["deploy", "--yes"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    invocation(aws, &arguments).run_simple(after)
}

#[test]
fn shows_last_task_logs_after_rollback() {
    let outcome = deploy(&hopeless(), &[]);
    assert_eq!(outcome.exit_code, ExitCode::RolledBack, "{outcome}");
    assert!(!outcome.to_string().contains("hunter2"), "{outcome}");
    // The last lines of the log are the relevant ones.
    let verdict = outcome.stderr.find("error[").unwrap();
    assert_snapshot!(&outcome.stderr[verdict..]);
}

#[test]
fn stops_repeating_rollout_with_fail_fast_only() {
    let aws = hopeless();
    let outcome = deploy(&aws, &["--fail-fast"]);
    let told = outcome
        .stderr
        .lines()
        .find(|line| line.contains("ECS stops the deployment"));
    assert_snapshot!(told.unwrap_or_default());
    let ended = aws
        .write_operations()
        .iter()
        .filter(|call| *call == "StopServiceDeployment")
        .count();
    assert_eq!(ended, 1, "{outcome}");

    let aws = hopeless();
    deploy(&aws, &[]);
    assert!(
        !aws.write_operations()
            .contains(&"StopServiceDeployment".to_owned())
    );
}

#[test]
fn deploys_despite_unreadable_task_evidence() {
    let aws = deployed(before);
    for operation in [
        "ListServiceDeployments",
        "DescribeServices",
        "ListTasks",
        "DescribeTaskDefinition",
    ] {
        aws.inject_fault(operation, Fault::NetworkLost, FaultTiming::Next(1_000));
    }
    let outcome = deploy(&aws, &[]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}
