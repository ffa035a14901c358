//! Tests of stacks in unexpected states.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_fake::{FailurePhase, FakeCloud};
use insta::assert_snapshot;

use super::{Notes, holds, minutes, run};
use crate::support::RunApp as _;

#[test]
fn rollback_complete_stack_is_deleted_and_created_anew() {
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
fn stuck_review_of_somebody_else_is_no_obstacle() {
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
fn update_that_cannot_be_undone_needs_a_person() {
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
fn update_rollback_failed_stack_is_left_alone_and_the_way_out_is_named() {
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
fn busy_stack_is_refused_at_once() {
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
fn busy_stack_is_waited_for_when_asked() {
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
fn unknown_words_about_a_replacement_stop_where_data_is_at_risk() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.return_unknown_values();
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Blocked);
}

#[test]
fn unknown_status_of_a_resource_is_shown_as_it_is() {
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
fn unknown_status_of_a_stack_is_no_panic() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.set_status("Web", "TELEPORT_SUSPENDED");
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
}

#[test]
fn thousand_event_stack_costs_no_more_than_a_young_one() {
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
fn plan_and_diagnose_name_the_same_next_command() {
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
fn leftover_that_refuses_to_be_deleted_is_named() {
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
fn leftover_that_the_role_may_not_delete_is_for_an_administrator() {
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
fn change_that_the_stack_policy_denies_names_it() {
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
fn review_that_was_never_executed_is_discarded_and_not_destroyed() {
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
