//! Tests of the statements in `fake.md`, one for each.

mod change_sets;
mod nested;
mod operations;
mod services;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value as JsonValue, json};

use super::{FailurePhase, FakeCloud, Fault, FaultTiming, REGION};
use infra_aws::{
    ApiErrorKind, ChangeSetDescription, ChangeSetStatus, ChangeSetType, CloudFormation,
    CreateChangeSet, DeleteStack, ExecuteChangeSet, ExecutionStatus, OnFailure, TemplateSource,
};

fn request(stack: &str, kind: ChangeSetType, template: &JsonValue) -> CreateChangeSet {
    CreateChangeSet::builder()
        .stack_name(stack)
        .name("set-1")
        .change_set_type(kind)
        .template(TemplateSource::Body(template.to_string()))
        .on_failure(OnFailure::Rollback)
        .token("token-1")
        .build()
}

fn execute(id: &str) -> ExecuteChangeSet {
    ExecuteChangeSet::builder()
        .id(id)
        .token(format!("execute-{}", id.len()))
        .build()
}

/// Returns a template with a queue, and a topic that refers to it.
fn template(delay: u32) -> JsonValue {
    json!({ "Resources": {
        "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": delay } },
        "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
            "DisplayName": { "Fn::GetAtt": ["Queue", "QueueName"] },
        } },
    }, "Outputs": { "Url": { "Value": { "Ref": "Queue" }, "Export": { "Name": "queue-url" } } } })
}

fn run<R>(aws: &FakeCloud, work: impl AsyncFnOnce(Arc<dyn CloudFormation>) -> R) -> R {
    let client = infra_aws::Cloud::cloudformation_client(aws, REGION);
    FakeCloud::paused_runtime().block_on(async {
        let result = work(client).await;
        // The fake notices elapsed time only when it is read, and its clock stops outside of the runtime.
        aws.elapsed_time();
        result
    })
}

async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}

async fn ready(client: &dyn CloudFormation, request: CreateChangeSet) -> ChangeSetDescription {
    let created = client.create_change_set(request).await.unwrap();
    pass(10).await;
    client
        .describe_change_set(&created.id, None, true, None)
        .await
        .unwrap()
}

/// Formats the events of a stack as lines, oldest first.
fn story(aws: &FakeCloud, stack: &str) -> String {
    let events = aws.stack_events(stack).into_iter();
    let lines = events.map(|event| {
        let reason = event.reason.map(|reason| format!(": {reason}"));
        format!(
            "{} {}{}\n",
            event.logical_id,
            event.status,
            reason.unwrap_or_default()
        )
    });
    lines.collect()
}

#[test]
fn creates_stack_from_review_and_records_each_event() {
    let aws = FakeCloud::new();
    run(&aws, async |client| {
        let set = client
            .create_change_set(request("Web", ChangeSetType::Create, &template(0)))
            .await
            .unwrap();
        let look = async || {
            client
                .describe_change_set(&set.id, None, false, None)
                .await
                .unwrap()
        };
        assert_eq!(look().await.status, ChangeSetStatus::CreatePending);
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("REVIEW_IN_PROGRESS")
        );
        pass(2).await;
        assert_eq!(look().await.status, ChangeSetStatus::CreateInProgress);
        pass(2).await;
        let known = look().await;
        assert_eq!(known.status, ChangeSetStatus::CreateComplete);
        assert_eq!(known.execution_status, ExecutionStatus::Available);
        assert_eq!(known.changes.len(), 2);
        client.execute_change_set(execute(&set.id)).await.unwrap();
        assert_eq!(
            aws.stack_status("Web").as_deref(),
            Some("CREATE_IN_PROGRESS")
        );
        pass(60).await;
        let stack = client.describe_stack("Web").await.unwrap().unwrap();
        assert_eq!(stack.status.as_str(), "CREATE_COMPLETE");
        assert_eq!(stack.outputs[0].export_name.as_deref(), Some("queue-url"));
    });
    insta::assert_snapshot!(story(&aws, "Web"));
}

#[test]
fn allows_only_deletion_after_rolled_back_creation() {
    let aws = FakeCloud::new();
    aws.fail_resource("Topic", FailurePhase::Create, "Topic name already exists");
    run(&aws, async |client| {
        let set = ready(
            &*client,
            request("Web", ChangeSetType::Create, &template(0)),
        )
        .await;
        client.execute_change_set(execute(&set.id)).await.unwrap();
        pass(60).await;
        let error = client
            .create_change_set({
                let mut set = request("Web", ChangeSetType::Update, &template(1));
                set.name = "other".to_owned();
                set
            })
            .await
            .unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::WrongState);
        assert!(
            error
                .message
                .ends_with("is in ROLLBACK_COMPLETE state and can not be updated."),
            "{error}"
        );
        let delete = DeleteStack::builder().stack("Web").token("d").build();
        client.delete_stack(delete).await.unwrap();
        pass(10).await;
        assert!(client.describe_stack("Web").await.unwrap().is_none());
        let gone = client.describe_stack(&set.stack_id).await.unwrap().unwrap();
        assert!(gone.status.is_deleted());
    });
    let id = aws.call_log().last().unwrap().target.clone();
    insta::assert_snapshot!(story(&aws, &id));
}

#[test]
fn rolls_back_failed_update_to_previous_resources() {
    let aws = FakeCloud::new();
    aws.deploy_stack("Web", &template(0));
    let before = aws.live_resources("Web");
    run(&aws, async |client| {
        let set = ready(
            &*client,
            request("Web", ChangeSetType::Update, &template(5)),
        )
        .await;
        insta::assert_debug_snapshot!(set.changes);
        aws.fail_resource(
            "Queue",
            FailurePhase::Update,
            "Invalid value for the parameter DelaySeconds.",
        );
        client.execute_change_set(execute(&set.id)).await.unwrap();
        pass(60).await;
    });
    assert_eq!(aws.live_resources("Web"), before);
    assert_eq!(
        aws.resource_property("Web", "Queue", "/DelaySeconds"),
        Some(json!(0))
    );
    insta::assert_snapshot!(story(&aws, "Web"));
}

#[test]
fn injects_faults_at_requested_times() {
    let aws = FakeCloud::new();
    aws.inject_fault("DescribeStacks", Fault::Throttled, FaultTiming::Next(1));
    let lost = FaultTiming::During {
        from: Duration::from_secs(10),
        length: Duration::from_secs(5),
    };
    aws.inject_fault("*", Fault::NetworkLost, lost);
    aws.expire_credentials_after(Duration::from_mins(1));
    run(&aws, async |client| {
        let kind = async || {
            client
                .describe_stack("Web")
                .await
                .map_err(|error| error.kind)
        };
        assert_eq!(kind().await.unwrap_err(), ApiErrorKind::Throttled);
        assert!(kind().await.is_ok());
        pass(12).await;
        assert_eq!(kind().await.unwrap_err(), ApiErrorKind::Network);
        pass(5).await;
        assert!(kind().await.is_ok());
        pass(60).await;
        assert_eq!(kind().await.unwrap_err(), ApiErrorKind::ExpiredCredentials);
    });
    assert_eq!(aws.called_operations(), ["DescribeStacks"; 5]);
    assert!(aws.write_operations().is_empty());
}

#[test]
fn performs_call_with_lost_reply() {
    let aws = FakeCloud::new();
    aws.inject_fault("CreateChangeSet", Fault::ReplyLost, FaultTiming::Next(1));
    run(&aws, async |client| {
        let ask = || request("Web", ChangeSetType::Create, &template(0));
        let error = client.create_change_set(ask()).await.unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::Network);
        let first = aws.change_sets("Web").remove(0).id;
        assert_eq!(client.create_change_set(ask()).await.unwrap().id, first);
    });
    assert_eq!(aws.write_operations(), ["CreateChangeSet"; 2]);
}

#[test]
fn delays_visibility_with_stale_reads() {
    let aws = FakeCloud::new();
    aws.return_stale_reads(Duration::from_secs(5));
    run(&aws, async |client| {
        let created = client
            .create_change_set(request("Web", ChangeSetType::Create, &template(0)))
            .await
            .unwrap();
        assert!(client.describe_stack("Web").await.unwrap().is_none());
        let error = client
            .describe_change_set(&created.id, None, false, None)
            .await;
        assert_eq!(error.unwrap_err().kind, ApiErrorKind::NotFound);
        pass(6).await;
        assert!(client.describe_stack("Web").await.unwrap().is_some());
    });
}

#[test]
fn limits_call_rate_per_operation() {
    let aws = FakeCloud::new();
    aws.limit_calls(2, 3);
    run(&aws, async |client| {
        let refused = async || client.describe_stack("Web").await.is_err();
        for expected in [false, false, false, true] {
            assert_eq!(refused().await, expected);
        }
        assert!(client.list_stacks(None).await.is_ok());
        pass(1).await;
        for expected in [false, false, true] {
            assert_eq!(refused().await, expected);
        }
    });
}

#[test]
fn completes_express_creation_without_waiting() {
    let aws = FakeCloud::new();
    aws.set_duration("AWS::SQS::Queue", Duration::from_mins(10));
    run(&aws, async |client| {
        let mut asked = request("Web", ChangeSetType::Create, &template(0));
        asked.express = true;
        let created = client.create_change_set(asked).await.unwrap();
        pass(5).await;
        client
            .execute_change_set(execute(&created.id))
            .await
            .unwrap();
        pass(30).await;
    });
    assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
}

#[test]
fn retries_throttled_calls_up_to_limit() {
    use infra_aws::{Cloud as _, RateLimitedCloud};
    let aws = FakeCloud::new();
    aws.inject_fault("DescribeStacks", Fault::Throttled, FaultTiming::Next(3));
    FakeCloud::paused_runtime().block_on(async {
        let patient = RateLimitedCloud::new(aws.cloud()).with_retries(3);
        let client = patient.cloudformation_client(REGION);
        assert!(client.describe_stack("Web").await.unwrap().is_none());
        // Delays of 0.5, 1 and 2 seconds, and pacing at a reduced rate.
        assert!(aws.elapsed_time() >= Duration::from_millis(3_500));
        assert!(
            aws.elapsed_time() <= Duration::from_secs(6),
            "{:?}",
            aws.elapsed_time()
        );
        aws.inject_fault("DescribeStacks", Fault::Throttled, FaultTiming::Next(4));
        let error = client.describe_stack("Web").await.unwrap_err();
        assert_eq!(error.kind, ApiErrorKind::Throttled);
    });
    assert_eq!(aws.called_operations(), ["DescribeStacks"; 8]);
}

/// Each statement in `fake.md` names an existing test that verifies it.
#[test]
fn requires_test_for_every_documented_statement() {
    let sources = [
        include_str!("mod.rs"),
        include_str!("change_sets.rs"),
        include_str!("nested.rs"),
        include_str!("operations.rs"),
        include_str!("services.rs"),
    ];
    let rows = include_str!("../fake.md")
        .lines()
        .filter(|line| line.starts_with("| "));
    let rows: Vec<&str> = rows.filter(|row| !row.contains("| source |")).collect();
    assert!(rows.len() > 30);
    for row in rows {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        for test in tests.split(", ") {
            let name = test.trim_matches('`');
            let is_there = sources
                .iter()
                .any(|source| source.contains(&format!("fn {name}()")));
            assert!(is_there, "no test `{name}`: {row}");
        }
    }
}
