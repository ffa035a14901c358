//! Tests of `watch`, `cancel`, and Ctrl-C during an operation: whole outputs, against an AWS in memory.

use std::time::Duration;

use infra_aws::{
    ChangeSetType, Cloud, CreateChangeSet, ExecuteChangeSet, OnFailure, TemplateSource,
};
use infra_cli::ExitCode;
use infra_cli::testing::{Interrupt, Invocation, Outcome};
use infra_core::{App, CfnResource, Stack};
use infra_fake::{FailurePhase, FakeCloud, Fault, FaultTiming, REGION};
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};
use tokio::runtime::Runtime;

use crate::json_schema::problems;
use crate::support::RunApp as _;

fn template(delay: u32) -> JsonValue {
    json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } },
        "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
            "DisplayName": { "Fn::Join": [":", [{ "Fn::GetAtt": ["Queue", "QueueName"] }, delay.to_string()]] },
        } },
    }, "Outputs": { "Url": { "Value": { "Ref": "Queue" } } } })
}

fn app(app: &App) {
    let stack = Stack::new(app, "Web");
    CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
}

/// Starts an update of `Web` outside of the tool, ten seconds before the test.
fn under_way(aws: &FakeCloud) -> Runtime {
    aws.deploy_stack("Web", &template(0));
    begin(aws, ChangeSetType::Update)
}

#[expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]
fn begin(aws: &FakeCloud, change_set_type: ChangeSetType) -> Runtime {
    aws.set_duration("Queue", Duration::from_secs(70));
    let runtime = FakeCloud::paused_runtime();
    runtime.block_on(async {
        let client = aws.cloudformation_client(REGION);
        let created = client
            .create_change_set(
                CreateChangeSet::builder()
                    .stack_name("Web")
                    .name("set-1")
                    .change_set_type(change_set_type)
                    .template(TemplateSource::Body(template(5).to_string()))
                    .on_failure(OnFailure::Rollback)
                    .token("token-1")
                    .build(),
            )
            .await
            .unwrap();
        tokio::time::sleep(Duration::from_secs(10)).await;
        let execute = ExecuteChangeSet::builder()
            .id(created.id)
            .token("execute-1")
            .build();
        client.execute_change_set(execute).await.unwrap();
        tokio::time::sleep(Duration::from_secs(10)).await;
        aws.elapsed_time();
    });
    runtime
}

fn run(aws: &FakeCloud, runtime: Runtime, arguments: &[&str]) -> Outcome {
    invocation(aws, runtime, arguments).run_simple(app)
}

fn invocation(aws: &FakeCloud, runtime: Runtime, arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), runtime)
}

#[test]
fn follows_running_update_until_end() {
    let aws = FakeCloud::new();
    let runtime = under_way(&aws);
    assert_snapshot!(run(&aws, runtime, &["watch"]));
    assert!(
        aws.write_operations()
            .iter()
            .all(|call| !call.starts_with("Cancel"))
    );
}

#[test]
fn reports_cause_and_exit_code_of_rolled_back_update() {
    let aws = FakeCloud::new();
    aws.fail_resource("Queue", FailurePhase::Update, "You must wait 60 seconds");
    let runtime = under_way(&aws);
    assert_snapshot!(run(&aws, runtime, &["watch", "--stack", "Web"]));
}

#[test]
fn reports_status_of_idle_stacks() {
    let aws = FakeCloud::new();
    let outcome = run(&aws, FakeCloud::paused_runtime(), &["watch"]);
    assert_snapshot!(outcome, @r"
    exit code: 0
    --- stderr
    Web: not deployed
    ");
    aws.deploy_stack("Web", &template(0));
    let outcome = run(&aws, FakeCloud::paused_runtime(), &["watch"]);
    assert_snapshot!(outcome, @r"
    exit code: 0
    --- stderr
    Web: no operation in progress, status CREATE_COMPLETE
    ");
}

#[test]
fn continues_through_throttling_and_reports_it() {
    let aws = FakeCloud::new();
    let runtime = under_way(&aws);
    aws.inject_fault(
        "DescribeStackEvents",
        Fault::Throttled,
        FaultTiming::Next(4),
    );
    assert_snapshot!(run(&aws, runtime, &["watch"]));
}

#[test]
fn prints_only_schema_conforming_lines_to_stdout() {
    let aws = FakeCloud::new();
    aws.fail_resource("Queue", FailurePhase::Update, "You must wait 60 seconds");
    let runtime = under_way(&aws);
    let outcome = run(&aws, runtime, &["watch", "--json"]);
    assert_eq!(outcome.exit_code, ExitCode::RolledBack);
    let schema = infra_cli::events_schema();
    let mut types = Vec::new();
    for line in outcome.stdout.lines() {
        let record: JsonValue = serde_json::from_str(line).unwrap();
        assert_eq!(problems(&schema, &record), Vec::<String>::new(), "{line}");
        types.push(record["type"].as_str().unwrap().to_owned());
    }
    types.dedup();
    assert_snapshot!(types.join(" "));
    let last: JsonValue = serde_json::from_str(outcome.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(last["exitCode"], 5);
}

#[test]
fn detaches_on_sigterm_and_names_watch_command() {
    let aws = FakeCloud::new();
    let runtime = under_way(&aws);
    let outcome = invocation(&aws, runtime, &["watch"])
        .interrupt(Duration::from_secs(40), Interrupt::Terminate)
        .run_simple(app);
    assert_snapshot!(outcome);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
}

#[test]
fn detaches_on_ctrl_c_without_terminal() {
    let aws = FakeCloud::new();
    let runtime = under_way(&aws);
    let outcome = invocation(&aws, runtime, &["watch", "--progress", "none"])
        .interrupt(Duration::from_secs(40), Interrupt::CtrlC)
        .run_simple(app);
    assert_snapshot!(outcome);
}

fn at_terminal(answers: &[&str]) -> (FakeCloud, Outcome) {
    let aws = FakeCloud::new();
    let runtime = under_way(&aws);
    let outcome = invocation(&aws, runtime, &["watch", "--progress", "lines"])
        .terminal()
        .variable("NO_COLOR", "1")
        .answers(answers.iter().copied())
        .interrupt(Duration::from_secs(20), Interrupt::CtrlC)
        .run_simple(app);
    (aws, outcome)
}

#[test]
fn keeps_waiting_after_ctrl_c_and_answer_w() {
    let (aws, outcome) = at_terminal(&["what?", "w"]);
    assert_snapshot!(outcome);
    assert_eq!(aws.stack_status("Web").as_deref(), Some("UPDATE_COMPLETE"));
}

#[test]
fn cancels_after_ctrl_c_and_answer_c() {
    let (aws, outcome) = at_terminal(&["c"]);
    assert_snapshot!(outcome);
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn detaches_on_ctrl_c_without_answer() {
    let (aws, outcome) = at_terminal(&[]);
    assert_eq!(outcome.exit_code, ExitCode::Interrupted, "{outcome}");
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
}

#[test]
fn cancels_update_and_follows_rollback() {
    let aws = FakeCloud::new();
    let runtime = under_way(&aws);
    assert_snapshot!(run(&aws, runtime, &["cancel"]));
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn detaches_after_cancel_on_request() {
    let aws = FakeCloud::new();
    let runtime = under_way(&aws);
    assert_snapshot!(run(
        &aws,
        runtime,
        &["cancel", "--stack", "Web", "--detach"]
    ));
}

#[test]
fn refuses_to_cancel_creation() {
    let aws = FakeCloud::new();
    let runtime = begin(&aws, ChangeSetType::Create);
    assert_snapshot!(run(&aws, runtime, &["cancel"]));
}

#[test]
fn refuses_to_cancel_idle_stack() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    assert_snapshot!(run(&aws, FakeCloud::paused_runtime(), &["cancel"]));
}
