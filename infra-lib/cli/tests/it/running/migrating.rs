//! Tests of the command `migrate`.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::{Interrupt, Outcome};
use infra_core::App;
use infra_fake::{FakeCloud, Fault, FaultTiming, TaskRun};
use insta::assert_snapshot;

use super::{deployed, invocation, service};
use crate::support::RunApp as _;

fn app(app: &App) {
    service(app, "registry.example/notes@sha256:aa", "info");
}

fn that(run: TaskRun) -> FakeCloud {
    let aws = deployed(app);
    aws.set_task_run("notes-migration", run);
    aws
}

fn migrate(aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    let arguments: Vec<&str> = ["migrate"].iter().chain(arguments).copied().collect();
    invocation(aws, &arguments).run_simple(app)
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn shows_log_of_successful_migration() {
    let aws = that(
        TaskRun::builder()
            .takes(Duration::from_secs(70))
            .log(lines(&["applying 0001_notes", "1 migration applied"]))
            .build(),
    );
    assert_snapshot!(migrate(&aws, &[]));
    assert_eq!(aws.write_operations(), ["RunTask"]);
}

#[test]
fn returns_exit_code_of_failed_migration() {
    let aws = that(
        TaskRun::builder()
            .exit_code(Some(3))
            .log(lines(&[
                "Error: relation \"notes\" exists, at postgres://notes:hunter2@db/notes",
            ]))
            .build(),
    );
    let outcome = migrate(&aws, &[]);
    assert_eq!(outcome.exit_code, ExitCode::Process(3));
    assert_snapshot!(outcome);
}

#[test]
fn reports_why_task_never_starts() {
    let reason = "CannotPullContainerError: pull image manifest has been retried 1 time(s): registry.example/notes@sha256:aa: not found";
    let aws = that(
        TaskRun::builder()
            .exit_code(None)
            .stopped_reason(reason)
            .build(),
    );
    assert_snapshot!(migrate(&aws, &[]));
}

#[test]
fn stops_hanging_task_on_timeout() {
    let aws = that(TaskRun::builder().takes(Duration::from_hours(24)).build());
    assert_snapshot!(migrate(&aws, &["--timeout", "5m"]));
    assert_eq!(aws.write_operations(), ["RunTask", "StopTask"]);
}

#[test]
fn runs_no_task_on_dry_run() {
    let aws = deployed(app);
    assert_snapshot!(migrate(&aws, &["--dry-run", "--", "migrate", "down"]));
    assert!(aws.write_operations().is_empty());
}

#[test]
fn starts_one_task_despite_lost_reply() {
    let aws = that(TaskRun::default());
    aws.inject_fault("RunTask", Fault::NetworkLost, FaultTiming::Next(2));
    let outcome = migrate(&aws, &[]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn keeps_task_running_on_sigterm() {
    let aws = that(TaskRun::builder().takes(Duration::from_mins(10)).build());
    let outcome = invocation(&aws, &["migrate"])
        .interrupt(Duration::from_secs(20), Interrupt::Terminate)
        .run_simple(app);
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    assert_snapshot!(outcome);
    assert_eq!(aws.write_operations(), ["RunTask"]);
}

#[test]
fn stops_task_after_ctrl_c_and_answer() {
    let aws = that(TaskRun::builder().takes(Duration::from_mins(10)).build());
    let outcome = invocation(&aws, &["migrate"])
        .terminal()
        .answers(["x", "s"])
        .interrupt(Duration::from_secs(20), Interrupt::CtrlC)
        .run_simple(app);
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    assert_snapshot!(outcome);
    assert_eq!(aws.write_operations(), ["RunTask", "StopTask"]);
}

#[test]
fn reports_app_without_migration_task() {
    let aws = FakeCloud::new();
    aws.deploy_stack(
        "Service",
        &serde_json::json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }),
    );
    assert_snapshot!(migrate(&aws, &[]));
}
