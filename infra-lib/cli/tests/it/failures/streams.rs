//! Tests of output that can no longer be written, because of a closed pipe or a full disk.

use std::io::ErrorKind;
use std::time::Duration;

use infra_cli::ExitCode;
use infra_cli::testing::Outcome;
use infra_fake::FakeCloud;
use insta::assert_snapshot;

use super::{Notes, holds, invocation, minutes};
use crate::support::RunApp as _;

/// Runs a command whose output accepts this number of lines.
fn with_lines(aws: &FakeCloud, arguments: &[&str], lines: usize, error: ErrorKind) -> Outcome {
    invocation(aws, arguments)
        .fail_output_after(lines, error)
        .run_simple(|app| Notes::delayed(5).build(app))
}

#[test]
fn deletes_change_set_when_output_closes_while_planning() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.set_change_set_duration(Duration::from_secs(10));
    let outcome = with_lines(
        &aws,
        &["deploy", "--yes", "--json"],
        1,
        ErrorKind::BrokenPipe,
    );
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(aws.change_sets("Web").is_empty());
    assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
}

#[test]
fn detaches_when_output_closes_during_execution() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.set_duration("Queue", minutes(2));
    let whole = invocation(&aws, &["deploy", "--yes", "--json"])
        .run_simple(|app| Notes::delayed(4).build(app));
    let begun = whole
        .stdout
        .lines()
        .position(|line| line.contains("UPDATE_IN_PROGRESS"))
        .expect("AWS begins");
    let outcome = with_lines(
        &aws,
        &["deploy", "--yes", "--json"],
        begun + 1,
        ErrorKind::BrokenPipe,
    );
    holds(&aws, &before, &outcome, minutes(10));
    assert_eq!(outcome.exit_code, ExitCode::Interrupted);
    assert_snapshot!(outcome);
    let status = aws.stack_status("Web").unwrap_or_default();
    assert!(status.starts_with("UPDATE"), "{status}");
}

#[test]
fn reports_full_disk_and_deletes_change_set() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = with_lines(&aws, &["plan", "--json"], 0, ErrorKind::StorageFull);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(aws.change_sets("Web").is_empty());
}

#[test]
fn succeeds_when_reader_of_drift_closes_pipe() {
    let aws = Notes::default().deployed();
    let outcome = with_lines(&aws, &["drift", "--json"], 0, ErrorKind::BrokenPipe);
    assert_eq!(outcome.exit_code, ExitCode::Ok);
}
