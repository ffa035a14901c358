//! Tests of stacks in unexpected states.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_fake::{FailurePhase, FakeCloud};
use insta::assert_snapshot;

use super::{Notes, holds, minutes, run};
use crate::support::RunApp as _;

#[test]
fn recreates_stack_in_rollback_complete() {
    let aws = FakeCloud::new();
    aws.fail_resource("Topic", FailurePhase::Create, "Topic quota exceeded");
    Notes::default().deploy(&aws);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("ROLLBACK_COMPLETE")
    );
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &aws.live_resources("Web"), &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert_eq!(aws.live_resources("Web").len(), 3);
}

#[test]
fn deploys_despite_foreign_review_in_progress() {
    let aws = FakeCloud::new();
    aws.create_foreign_change_set(
        "Other",
        "theirs",
        &serde_json::json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue" },
    } }),
    );
    aws.create_foreign_change_set(
        "Web",
        "theirs",
        &serde_json::json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue" },
    } }),
    );
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &aws.live_resources("Web"), &outcome, minutes(2));
    assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
    assert_eq!(aws.change_sets("Other").len(), 1);
}

#[test]
fn reports_update_and_rollback_failure_with_next_command() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "Invalid value for the parameter DelaySeconds",
    );
    aws.fail_resource_times(
        "Queue",
        FailurePhase::Rollback,
        "Access to the queue is denied",
        2,
    );
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(3));
    assert_eq!(outcome.exit_code, ExitCode::Stuck);
}

#[test]
fn refuses_stack_in_update_rollback_failed() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "Invalid value for the parameter DelaySeconds",
    );
    aws.fail_resource_times(
        "Queue",
        FailurePhase::Rollback,
        "Access to the queue is denied",
        2,
    );
    run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    let writes = aws.write_operations();
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Stuck);
    assert_eq!(aws.write_operations(), writes);
}

#[test]
fn refuses_busy_stack_immediately() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.start_other_operation("Web", "UPDATE_IN_PROGRESS", minutes(5), "UPDATE_COMPLETE");
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(1));
    assert_eq!(outcome.exit_code, ExitCode::Busy);
    assert!(aws.write_operations().is_empty());
}

#[test]
fn waits_for_busy_stack_on_request() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.start_other_operation("Web", "UPDATE_IN_PROGRESS", minutes(5), "UPDATE_COMPLETE");
    let arguments = ["deploy", "--yes", "--wait-for-stack", "10m"];
    let outcome = run(&aws, &Notes::delayed(5), &arguments);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(7));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
}

#[test]
fn blocks_unknown_replacement_value_of_data_resource() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.return_unknown_values();
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
}

#[test]
fn shows_unknown_resource_status_unchanged() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.rename_status("UPDATE_IN_PROGRESS", "UPDATE_TELEPORTING_IN_PROGRESS");
    aws.set_duration("Queue", Duration::from_secs(20));
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
}

#[test]
fn handles_unknown_stack_status() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.set_status("Web", "TELEPORT_SUSPENDED");
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
}

#[test]
fn makes_same_calls_for_stack_with_thousand_events() {
    let old = Notes::default().deployed();
    old.add_past_events("Web", 1_000);
    let young = Notes::default().deployed();
    let before = old.live_resources("Web");
    let outcome = run(&old, &Notes::delayed(5), &["deploy", "--yes"]);
    run(&young, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&old, &before, &outcome, minutes(2));
    assert_eq!(old.called_operations(), young.called_operations());
}

/// Returns the commands that a text recommends, in order.
fn commands(text: &str) -> Vec<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter(|quoted| {
            ["deploy", "destroy", "rollback", "plan"]
                .iter()
                .any(|command| quoted.starts_with(command))
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn names_same_next_command_in_plan_and_diagnose() {
    for status in ["ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED"] {
        // The stack contains the created resources.
        let aws = Notes::default().deployed();
        aws.set_status("Web", status);
        let planned = run(&aws, &Notes::default(), &["plan"]);
        let diagnosed = run(&aws, &Notes::default(), &["diagnose", "--stack", "Web"]);
        let expected = ["destroy --stack Web"];
        assert_eq!(commands(&planned.stderr), expected, "{status}\n{planned}");
        let told = format!("{}{}", diagnosed.stdout, diagnosed.stderr);
        assert_eq!(commands(&told), expected, "{status}\n{diagnosed}");
    }
}

#[test]
fn reports_failed_creation_with_termination_protection() {
    let aws = FakeCloud::new();
    aws.fail_resource("Topic", FailurePhase::Create, "Topic quota exceeded");
    Notes::default().deploy(&aws);
    aws.set_protection("Web", true);
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("ROLLBACK_COMPLETE")
    );
}

#[test]
fn names_administrator_command_for_undeletable_stack() {
    let aws = FakeCloud::new();
    aws.fail_resource("Topic", FailurePhase::Create, "Topic quota exceeded");
    Notes::default().deploy(&aws);
    aws.deny_operation("DeleteStack");
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    assert_eq!(outcome.exit_code, ExitCode::Credentials);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("ROLLBACK_COMPLETE")
    );
}

#[test]
fn reports_change_denied_by_stack_policy() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "Action denied by stack policy: Statement [#1] does not allow [Update:*] for resource [LogicalResourceId/Queue]",
    );
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::RolledBack);
}

#[test]
fn discards_unexecuted_review_instead_of_destroying() {
    let aws = FakeCloud::new();
    let planned = run(&aws, &Notes::default(), &["plan"]);
    assert_eq!(planned.exit_code, ExitCode::Ok);
    let outcome = run(
        &aws,
        &Notes::default(),
        &["destroy", "--stack", "Web", "--yes"],
    );
    assert_snapshot!(outcome);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("REVIEW_IN_PROGRESS")
    );
    let discarded = infra_cli::testing::Invocation::new(["plan", "discard", "--stack", "Web"])
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(|app| Notes::default().build(app));
    assert_eq!(discarded.exit_code, ExitCode::Ok, "{discarded}");
    assert_eq!(aws.stack_status("Web"), None);
}
