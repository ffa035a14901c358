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
fn deploy_without_a_reader_takes_back_what_it_prepared_and_fails() {
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
fn deploy_without_a_reader_detaches_once_aws_is_at_work() {
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
fn a_full_disk_is_named() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    let outcome = with_lines(&aws, &["plan", "--json"], 0, ErrorKind::StorageFull);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(aws.change_sets("Web").is_empty());
}

#[test]
fn a_reader_of_what_changes_nothing_may_leave() {
    let aws = Notes::default().deployed();
    let outcome = with_lines(&aws, &["drift", "--json"], 0, ErrorKind::BrokenPipe);
    assert_eq!(outcome.exit_code, ExitCode::Ok);
}
