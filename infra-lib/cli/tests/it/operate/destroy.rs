//! Tests of `destroy`: listed resources, refusals, and remaining resources.

use infra_cli::ExitCode;
use infra_core::{App, CfnResource, Output, Stack};
use infra_fake::{FailurePhase, FakeCloud};
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at, deployed, notes, run};
use crate::support::RunApp as _;

const LOG_MAY_GO: [&str; 4] = [
    "--allow-data-loss",
    "Log",
    "--allow-data-loss",
    "Web/Service/Queue",
];

/// Arguments that delete `Web` without asking.
const WEB: [&str; 6] = [
    "destroy",
    "--stack",
    "Web",
    "--yes",
    "--allow-data-loss",
    "Web/Service/Queue",
];

fn destroy(aws: &FakeCloud, more: &[&str]) -> infra_cli::testing::Invocation {
    let arguments: Vec<&str> = ["destroy"]
        .iter()
        .chain(&LOG_MAY_GO)
        .chain(more)
        .copied()
        .collect();
    at(aws, &arguments)
}

#[test]
fn deletes_consumers_first_and_lists_retained_resources() {
    let aws = deployed(notes);
    let outcome = destroy(&aws, &[]).answers(["2 stacks"]).run_simple(notes);
    assert_snapshot!(outcome);
    assert_eq!(aws.stack_status("Web"), None);
    assert_eq!(aws.stack_status("Data"), None);
}

#[test]
fn deletes_nothing_after_wrong_confirmation() {
    let aws = deployed(notes);
    let outcome = destroy(&aws, &["--stack", "Web", "--stack", "Data"])
        .answers(["yes"])
        .run_simple(notes);
    assert_snapshot!(outcome);
    assert_nothing_written(&aws);
}

#[test]
fn requires_yes_and_stack_names_without_terminal() {
    let aws = deployed(notes);
    assert_snapshot!("destroy_unattended", destroy(&aws, &[]).run_simple(notes));
    let outcome = destroy(&aws, &["--yes"]).run_simple(notes);
    assert_eq!(outcome.exit_code, ExitCode::Usage, "{outcome}");
    assert_nothing_written(&aws);
    let outcome = run(&aws, &WEB);
    assert_snapshot!("destroy_script", outcome);
    assert_eq!(aws.stack_status("Web"), None);
    assert!(aws.stack_status("Data").is_some());
}

#[test]
fn blocks_destroy_without_allowed_data_loss() {
    let aws = deployed(notes);
    aws.put_object("uploads", "a.png", b"png");
    let outcome = run(&aws, &["destroy", "--allow-data-loss", "Lag"]);
    assert_snapshot!(outcome);
    assert_nothing_written(&aws);
}

#[test]
fn keeps_stack_with_termination_protection() {
    let aws = deployed(notes);
    aws.set_protection("Data", true);
    assert_snapshot!(destroy(&aws, &[]).run_simple(notes));
    assert_nothing_written(&aws);
}

#[test]
fn refuses_to_destroy_producer_before_consumers() {
    let aws = deployed(notes);
    assert_snapshot!(destroy(&aws, &["--stack", "Data", "--yes"]).run_simple(notes));
    assert_nothing_written(&aws);
}

#[test]
fn names_importer_of_export_in_use() {
    let build = |app: &App| {
        let data = Stack::new(app, "Data");
        let topic = CfnResource::new(data, "Topic", "AWS::SNS::Topic", json!({}));
        Output::new(data, "TopicName", topic.ref_value::<String>()).export("Data:Topic");
    };
    let aws = deployed(build);
    aws.deploy_stack(
        "billing",
        &json!({ "Resources": { "Queue": {
            "Type": "AWS::SQS::Queue",
            "Properties": { "QueueName": { "Fn::ImportValue": "Data:Topic" } },
        } } }),
    );
    assert_snapshot!(at(&aws, &["destroy", "--stack", "Data", "--yes"]).run_simple(build));
    assert_nothing_written(&aws);
}

#[test]
fn refuses_to_destroy_busy_stack() {
    let aws = deployed(notes);
    aws.start_other_operation(
        "Web",
        "UPDATE_IN_PROGRESS",
        std::time::Duration::from_mins(1),
        "UPDATE_COMPLETE",
    );
    assert_snapshot!(destroy(&aws, &[]).run_simple(notes));
    assert_nothing_written(&aws);
}

#[test]
fn reports_undeletable_resource_and_retains_it_on_request() {
    let aws = deployed(notes);
    let retain: Vec<&str> = WEB.iter().copied().chain(["--retain", "Alerts"]).collect();
    assert_snapshot!("destroy_retain_too_early", run(&aws, &retain));
    assert_nothing_written(&aws);

    let reason = "Topic has a subscription that is protected";
    aws.fail_resource("Alerts", FailurePhase::Delete, reason);
    assert_snapshot!("destroy_failed", run(&aws, &WEB));
    assert_eq!(aws.stack_status("Web").as_deref(), Some("DELETE_FAILED"));

    // The queue has already been deleted, so no data can be lost.
    let retain = ["destroy", "--stack", "Web", "--yes", "--retain", "Alerts"];
    assert_snapshot!("destroy_retained", run(&aws, &retain));
    assert_eq!(aws.stack_status("Web"), None);
}

#[test]
fn force_deletes_stack_after_failed_deletion() {
    let aws = deployed(notes);
    aws.fail_resource_times("Alerts", FailurePhase::Delete, "no", 2);
    run(&aws, &WEB);
    let force = ["destroy", "--stack", "Web", "--yes", "--force-delete"];
    assert_snapshot!(run(&aws, &force));
    assert_eq!(aws.stack_status("Web"), None);
}

#[test]
fn succeeds_when_nothing_is_deployed() {
    assert_snapshot!(run(&FakeCloud::new(), &["destroy"]));
}
