//! Tests of failures during the execution of change sets.

use std::time::Duration;

use infra_cli::ExitCode;
use infra_fake::{FailurePhase, FakeCloud, Fault, FaultTiming, UnhealthyTasks};
use insta::assert_snapshot;
use serde_json::json;

use super::{Notes, holds, minutes, run};

/// Deploys a change that takes two minutes, while a fault occurs.
fn slowly(aws: &FakeCloud) -> infra_cli::testing::Outcome {
    aws.set_duration("Queue", minutes(2));
    run(aws, &Notes::delayed(5), &["deploy", "--yes"])
}

/// Returns a time range, counted from the start of the fake, in which a deployment is in progress.
fn during(from: u64, length: u64) -> FaultTiming {
    FaultTiming::During {
        from: Duration::from_secs(from),
        length: Duration::from_secs(length),
    }
}

#[test]
fn rolls_back_failed_update_and_names_cause() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.fail_resource(
        "Queue",
        FailurePhase::Update,
        "Invalid value for the parameter DelaySeconds",
    );
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::RolledBack);
    assert_eq!(
        aws.resource_property("Web", "Queue", "/DelaySeconds"),
        Some(json!(0))
    );
}

#[test]
fn deletes_new_stack_after_failed_creation() {
    let aws = FakeCloud::new();
    aws.fail_resource("Topic", FailurePhase::Create, "Topic quota exceeded");
    let outcome = run(&aws, &Notes::default(), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &aws.live_resources("Web"), &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::RolledBack);
    assert_eq!(aws.stack_status("Web"), None);
}

#[test]
fn retries_through_one_minute_of_throttling() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.inject_fault("DescribeStackEvents", Fault::Throttled, during(30, 60));
    let outcome = slowly(&aws);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(4));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
}

#[test]
fn retries_through_half_minute_without_network() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.inject_fault("*", Fault::NetworkLost, during(30, 30));
    let outcome = slowly(&aws);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(4));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
}

#[test]
fn recovers_lost_reply_of_change_set_creation() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.inject_fault("CreateChangeSet", Fault::ReplyLost, FaultTiming::Next(1));
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
}

#[test]
fn recovers_lost_reply_of_change_set_execution() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.inject_fault("ExecuteChangeSet", Fault::ReplyLost, FaultTiming::Next(1));
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert_eq!(
        aws.resource_property("Web", "Queue", "/DelaySeconds"),
        Some(json!(5))
    );
}

#[test]
fn deploys_despite_stale_reads() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.return_stale_reads(Duration::from_secs(4));
    let outcome = run(&aws, &Notes::delayed(5), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(2));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
}

#[test]
fn detaches_when_credentials_expire() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.expire_credentials_after(Duration::from_mins(1));
    let outcome = slowly(&aws);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(3));
    assert_eq!(
        aws.stack_status("Web").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
    aws.renew_credentials();
    let outcome = run(&aws, &Notes::delayed(5), &["watch", "--stack", "Web"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(aws.stack_status("Web").as_deref(), Some("UPDATE_COMPLETE"));
}

#[test]
fn reports_why_tasks_of_unhealthy_service_stop() {
    let service = |image: &str| {
        Notes::default()
            .with("Cluster", "AWS::ECS::Cluster", json!({ "ClusterName": "notes" }))
            .with("Logs", "AWS::Logs::LogGroup", json!({ "LogGroupName": "/notes/web" }))
            .with(
                "Task",
                "AWS::ECS::TaskDefinition",
                json!({
                    "Family": "notes", "ContainerDefinitions": [{
                        "Name": "web", "Image": image, "LogConfiguration": {
                            "LogDriver": "awslogs",
                            "Options": { "awslogs-group": "/notes/web", "awslogs-stream-prefix": "web", "awslogs-region": "eu-west-1" },
                        },
                    }],
                }),
            )
            .with(
                "Service",
                "AWS::ECS::Service",
                json!({
                    "ServiceName": "web", "Cluster": "notes", "DesiredCount": 2,
                    "TaskDefinition": { "Ref": "Task" },
                }),
            )
    };
    let aws = service("notes:1").deployed();
    let mut before = aws.live_resources("Web");
    // A task definition is replaced by its next revision, and restored by the rollback.
    before.remove("Task");
    let log = [
        "INFO  notes 2.0.0 starts".to_owned(),
        "ERROR cannot connect to database: timeout after 5 s".to_owned(),
    ];
    aws.fail_service_tasks("Service", UnhealthyTasks::builder().log(log.into()).build());
    let outcome = run(&aws, &service("notes:2"), &["deploy", "--yes"]);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(4));
    assert_eq!(outcome.exit_code, ExitCode::RolledBack);
    assert!(outcome.stderr.contains("cannot connect to database"));
}

#[test]
fn cancels_on_timeout_and_follows_rollback() {
    let aws = Notes::default().deployed();
    let before = aws.live_resources("Web");
    aws.set_duration("Queue", minutes(30));
    let arguments = ["deploy", "--yes", "--timeout", "2m", "--progress", "none"];
    let outcome = run(&aws, &Notes::delayed(5), &arguments);
    assert_snapshot!(outcome);
    holds(&aws, &before, &outcome, minutes(40));
    assert_eq!(outcome.exit_code, ExitCode::RolledBack);
}
