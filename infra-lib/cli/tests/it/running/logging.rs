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
fn prints_all_logs_by_time_and_masks_secrets() {
    assert_snapshot!(logs(&[]));
}

#[test]
fn filters_logs_by_construct_and_pattern() {
    assert_snapshot!(logs(&["--service", "Service/Api", "--grep", "GET .* 200"]));
    let by_id = logs(&["--service", "Api", "--filter", "listening"]);
    assert!(by_id.stdout.ends_with("listening on 8080\n"), "{by_id}");
}

#[test]
fn rejects_unknown_log_source() {
    assert_snapshot!(logs(&["--service", "Service/Apo"]));
}

#[test]
fn rejects_invalid_grep_pattern() {
    let outcome = logs(&["--grep", "("]);
    assert_eq!(outcome.exit_code, ExitCode::Usage, "{outcome}");
}

#[test]
fn reports_no_recent_log_lines() {
    let aws = deployed(app);
    let outcome = invocation(&aws, &["logs", "--since", "90s"]).run_simple(app);
    assert_snapshot!(outcome);
}

#[test]
fn fails_when_nothing_is_deployed() {
    let outcome = invocation(&FakeCloud::new(), &["logs"]).run_simple(app);
    assert_snapshot!(outcome);
}

#[test]
fn follows_logs_through_throttling_until_ctrl_c() {
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
fn prints_log_lines_as_json() {
    let outcome = logs(&["--json", "--service", "Service/Api"]);
    let schema = include_str!("../../../../../schemas/events.schema.json");
    let schema = serde_json::from_str(schema).unwrap();
    for line in outcome.stdout.lines() {
        let problems = problems(&schema, &serde_json::from_str(line).unwrap());
        assert!(problems.is_empty(), "{line}: {problems:?}");
    }
    assert_snapshot!(outcome);
}
