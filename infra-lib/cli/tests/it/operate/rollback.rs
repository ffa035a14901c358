//! Tests of the command `rollback`.

use infra_fake::{FailurePhase, FakeCloud};
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at, deployed, notes, run};
use crate::support::RunApp as _;

/// Returns the stack `Web` after a failed update that was started elsewhere.
fn failed_update(keep: bool) -> FakeCloud {
    let aws = deployed(notes);
    let status = if keep {
        "UPDATE_FAILED"
    } else {
        "UPDATE_ROLLBACK_FAILED"
    };
    aws.set_status("Web", status);
    aws
}

#[test]
fn rolls_back_update_left_in_failed_state() {
    let aws = failed_update(true);
    let outcome = at(&aws, &["rollback", "--stack", "Web"])
        .answers(["y"])
        .run_simple(notes);
    assert_snapshot!(outcome);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn reports_nothing_to_roll_back() {
    let aws = deployed(notes);
    assert_snapshot!(
        "rollback_nothing",
        run(&aws, &["rollback", "--stack", "Web"])
    );
    let outcome = run(&aws, &["rollback", "--stack", "Web", "--continue"]);
    assert_snapshot!("rollback_nothing_to_go_on_with", outcome);
    assert_nothing_written(&aws);
}

#[test]
fn requires_continue_option_for_stuck_rollback() {
    let aws = failed_update(false);
    assert_snapshot!(run(&aws, &["rollback", "--stack", "Web", "--yes"]));
    assert_nothing_written(&aws);
}

#[test]
fn refuses_to_skip_resource_that_did_not_fail() {
    let aws = failed_update(false);
    let arguments = [
        "rollback",
        "--stack",
        "Web",
        "--continue",
        "--skip",
        "Alerts",
        "--yes",
    ];
    assert_snapshot!(run(&aws, &arguments));
    assert_nothing_written(&aws);
}

#[test]
fn refuses_rollback_without_terminal() {
    let aws = failed_update(true);
    assert_snapshot!(run(&aws, &["rollback", "--stack", "Web"]));
    assert_nothing_written(&aws);
}

/// Returns a stack whose update and rollback both failed, created through the real calls.
fn stuck() -> FakeCloud {
    let aws = deployed(notes);
    let queue = infra_core::logical_id::logical_id(&["Service", "Queue"]);
    aws.fail_resource(&queue, FailurePhase::Rollback, "The queue does not exist");
    aws.fail_resource(
        "Alerts",
        FailurePhase::Update,
        "Invalid parameter: DisplayName",
    );
    let runtime = FakeCloud::paused_runtime();
    runtime.block_on(update(&aws, &queue));
    aws
}

async fn update(aws: &FakeCloud, queue: &str) {
    use infra_aws::{
        ChangeSetType, Cloud as _, CreateChangeSet, ExecuteChangeSet, OnFailure, TemplateSource,
    };
    let client = aws.cloudformation_client("eu-west-1");
    let text = client.get_template("Web", None).await.unwrap();
    let mut template: serde_json::Value = serde_json::from_str(&text).unwrap();
    template["Resources"][queue]["Properties"]["DelaySeconds"] = json!(9);
    template["Resources"]["Alerts"]["Properties"] = json!({ "DisplayName": "alerts" });
    template["Resources"]["Alerts"]["DependsOn"] = json!([queue]);
    let made = client
        .create_change_set(
            CreateChangeSet::builder()
                .stack_name("Web")
                .name("by-hand")
                .change_set_type(ChangeSetType::Update)
                .template(TemplateSource::Body(template.to_string()))
                .on_failure(OnFailure::Rollback)
                .token("by-hand")
                .build(),
        )
        .await
        .unwrap();
    tokio::time::sleep(std::time::Duration::from_mins(1)).await;
    let request = ExecuteChangeSet::builder()
        .id(made.id)
        .token("by-hand")
        .disable_rollback(false)
        .retain_except_on_create(true)
        .build();
    client.execute_change_set(request).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_hours(1)).await;
    let stack = client.describe_stack("Web").await.unwrap().unwrap();
    assert_eq!(stack.status.as_str(), "UPDATE_ROLLBACK_FAILED");
}

#[test]
fn continues_stuck_rollback_after_cause_is_fixed() {
    let aws = stuck();
    let outcome = at(&aws, &["rollback", "--stack", "Web", "--continue"])
        .answers(["y"])
        .run_simple(notes);
    assert_snapshot!(outcome);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn continues_stuck_rollback_and_skips_resource() {
    let aws = stuck();
    let skip = [
        "rollback",
        "--stack",
        "Web",
        "--continue",
        "--yes",
        "--skip",
        "Web/Service/Queue",
    ];
    assert_snapshot!(run(&aws, &skip));
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}
