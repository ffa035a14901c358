//! Tests of the command `logs`.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::{Interrupt, Outcome};
use infra_core::App;
use infra_fake::{FakeCloud, Fault, FaultTiming};
use insta::assert_snapshot;

use super::{deployed, invocation, service};
use crate::json_schema::problems;
use crate::support::RunApp as _;

fn app(app: &App) {
    service(app, "notes:1", "info");
}

/// Returns an AWS with a service and a task that have written logs.
fn speaking() -> FakeCloud {
    let aws = deployed(app);
    aws.write_log(
        "/notes/api",
        "api/api/0f9c12345678",
        &["listening on 8080", "GET /notes 200"],
    );
    aws.write_log(
        "/notes/migration",
        "migration/migration/77aa00001111",
        &["applying 0001_notes", "connected with password=hunter2"],
    );
    aws.write_log(
        "/notes/api",
        "other/sidecar/1",
        &["of another app that shares the group"],
    );
    aws
}

fn logs(arguments: &[&str]) -> Outcome {
    let arguments: Vec<&str> = ["logs"].iter().chain(arguments).copied().collect();
    invocation(&speaking(), &arguments).run_simple(app)
}

#[test]
fn lines_of_everything_come_in_the_order_of_time_without_secrets() {
    assert_snapshot!(logs(&[]));
}

#[test]
fn a_construct_and_a_pattern_narrow_it_down() {
    assert_snapshot!(logs(&["--service", "Service/Api", "--grep", "GET .* 200"]));
    let by_id = logs(&["--service", "Api", "--filter", "listening"]);
    assert!(by_id.stdout.ends_with("listening on 8080\n"), "{by_id}");
}

#[test]
fn what_does_not_log_is_not_known() {
    assert_snapshot!(logs(&["--service", "Service/Apo"]));
}

#[test]
fn a_pattern_that_is_none_is_wrong_usage() {
    let outcome = logs(&["--grep", "("]);
    assert_eq!(outcome.exit_code, ExitCode::Usage, "{outcome}");
}

#[test]
fn nothing_written_lately_is_said_so() {
    let aws = deployed(app);
    let outcome = invocation(&aws, &["logs", "--since", "90s"]).run_simple(app);
    assert_snapshot!(outcome);
}

#[test]
fn nothing_deployed_is_an_error() {
    let outcome = invocation(&FakeCloud::new(), &["logs"]).run_simple(app);
    assert_snapshot!(outcome);
}

#[test]
fn following_outlives_faults_and_ends_with_ctrl_c() {
    let aws = speaking();
    aws.inject_fault(
        "FilterLogEvents",
        Fault::Throttled,
        FaultTiming::During {
            from: Duration::from_secs(4),
            length: Duration::from_secs(5),
        },
    );
    let outcome = invocation(&aws, &["logs", "--follow", "--service", "Service/Api"])
        .interrupt(Duration::from_secs(20), Interrupt::CtrlC)
        .run_simple(app);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    // Each line is printed once, even if several polls return it.
    assert_eq!(outcome.stdout.lines().count(), 2, "{outcome}");
    let asked = aws
        .called_operations()
        .iter()
        .filter(|call| *call == "FilterLogEvents")
        .count();
    assert!(asked > 5, "{asked}");
}

#[test]
fn lines_are_json_when_asked() {
    let outcome = logs(&["--json", "--service", "Service/Api"]);
    let schema = include_str!("../../../../../schemas/events.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    for line in outcome.stdout.lines() {
        let problems = problems(&schema, &serde_json::from_str(line).unwrap());
        assert!(problems.is_empty(), "{line}: {problems:?}");
    }
    assert_snapshot!(outcome);
}
