//! Tests `deploy --reviewed` and `deploy --plan`, which verify the plan or refuse it and name the differences.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use infra_aws::RollbackAlarms;
use infra_deploy::Class;
use infra_deploy::deploy::{DeployOptions, Source};
use infra_deploy::plan::{PlanOptions, PlanRecord, Step};
use infra_fake::{FakeCloud, Fault, FaultTiming};
use serde_json::json;

use super::fixture::{after, app, deployed, outcomes, planned, queue, reviewed, stack};

fn with_parameter() -> serde_json::Value {
    json!({
        "Parameters": { "Delay": { "Type": "Number", "Default": 3 } },
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": {
            "DelaySeconds": { "Ref": "Delay" },
        } } },
    })
}

fn record(aws: &FakeCloud, app: &infra_template::assembly::CloudAssembly) -> PlanRecord {
    let plan = planned(aws, app, &PlanOptions::default()).result.unwrap();
    // Serialize and parse the record, as with a plan file.
    PlanRecord::parse_json(&plan.record.to_json()).unwrap()
}

fn by(record: PlanRecord) -> DeployOptions {
    DeployOptions::builder()
        .source(Source::Plan(record))
        .build()
}

#[test]
fn executes_plan_file_without_asking() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    let record = record(&aws, &wanted);
    let Step::ChangeSet { change_set, .. } = &record.stacks[0].step else {
        panic!("{record:?}");
    };
    let id = change_set.clone();
    let (ran, asked) = deployed(&aws, &wanted, &by(record));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert!(asked.stacks().is_empty());
    let calls = aws.call_log();
    let executed = calls
        .iter()
        .find(|call| call.operation == "ExecuteChangeSet");
    assert_eq!(executed.unwrap().target, id, "by ARN, not by name");
}

/// Issue 3 limits the calls to identity, change set, template, execution, outputs, and polls of events.
#[test]
fn limits_reviewed_deployment_to_five_calls_and_event_polls() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.set_duration("Queue", Duration::from_secs(20));
    let wanted = app([stack("web", &queue(2))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let before = aws.called_operations().len();
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    let calls = aws.called_operations().split_off(before);
    let looks = calls.iter().filter(|call| *call == "DescribeStackEvents");
    let looks = looks.count();
    let others: Vec<&str> = calls
        .iter()
        .filter(|call| *call != "DescribeStackEvents")
        .map(String::as_str)
        .collect();
    assert_eq!(
        others,
        [
            "GetCallerIdentity",
            "DescribeChangeSet",
            "GetTemplate",
            "ExecuteChangeSet",
            "DescribeStacks"
        ]
    );
    assert!((5..=14).contains(&looks), "{looks} looks at events");
}

#[test]
fn reports_each_difference_without_executing() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &with_parameter());
    let changed = json!({
        "Parameters": { "Delay": { "Type": "Number", "Default": 3 } },
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": {
            "DelaySeconds": { "Ref": "Delay" }, "VisibilityTimeout": 60,
        } } },
    });
    let wanted = app([stack("web", &changed)]);
    let record = record(&aws, &wanted);
    let mut told = String::new();
    let mut refuse = |what: &str,
                      app: &infra_template::assembly::CloudAssembly,
                      change: &dyn Fn(&mut DeployOptions)| {
        for (how, source) in [
            ("--plan", Source::Plan(record.clone())),
            ("--reviewed", reviewed().source),
        ] {
            let mut options = DeployOptions::builder().source(source).build();
            change(&mut options);
            let (ran, _) = deployed(&aws, app, &options);
            assert_eq!(ran.class(), Some(Class::Stale), "{what}");
            let ours = &record.stacks[0].key.as_str()[..12];
            let lines = ran
                .findings()
                .lines()
                .map(|line| match line.split_once("infra-") {
                    Some((before, rest)) if !rest.starts_with(ours) => {
                        format!("{before}infra-…{}\n", &rest[12..])
                    }
                    _ => format!("{line}\n"),
                })
                .collect::<String>();
            write!(told, "--- {what}, deploy {how}\n{lines}").unwrap();
        }
    };
    refuse("template", &app([stack("web", &queue(5))]), &|_| {});
    let mut tagged = stack("web", &changed);
    tagged.tags.insert("team".to_owned(), "notes".to_owned());
    refuse("tags", &app([tagged]), &|_| {});
    refuse("parameters", &wanted, &|options| {
        let values = BTreeMap::from([("Delay".to_owned(), "9".to_owned())]);
        options.plan.parameters.insert("web".to_owned(), values);
    });
    refuse("role", &wanted, &|options| {
        options.plan.role_arn = Some("arn:aws:iam::123456789012:role/exec".to_owned());
    });
    refuse("alarms", &wanted, &|options| {
        options.plan.rollback_alarms = Some(
            RollbackAlarms::builder()
                .alarms(vec![
                    "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:x".to_owned(),
                ])
                .monitoring_minutes(5)
                .build(),
        );
    });
    insta::assert_snapshot!(told);
    assert!(
        !aws.write_operations()
            .iter()
            .any(|call| call == "ExecuteChangeSet")
    );
    // After all changes are reverted, the plan can be executed.
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn rejects_plan_with_another_changes_digest() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    let record = record(&aws, &wanted);
    let Step::ChangeSet { changes, .. } = &record.stacks[0].step else {
        panic!("{record:?}");
    };
    let other = infra_template::digest::Digest::hash_bytes(b"something else");
    let with = |digest| {
        DeployOptions::builder()
            .source(Source::Reviewed {
                changes: BTreeMap::from([("web".to_owned(), digest)]),
            })
            .build()
    };
    let (ran, _) = deployed(&aws, &wanted, &with(other));
    insta::assert_snapshot!(ran.findings());
    let (ran, _) = deployed(&aws, &wanted, &with(changes.clone()));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn rejects_expired_plan() {
    let aws = FakeCloud::new();
    let wanted = app([stack("web", &queue(1))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    aws.advance_clock(Duration::from_hours(8 * 24));
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    insta::assert_snapshot!(ran.findings());
}

#[test]
fn rejects_plan_after_another_deployment() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    let record = record(&aws, &wanted);
    aws.deploy_stack("web", &queue(7));
    let (ran, _) = deployed(&aws, &wanted, &by(record));
    let (again, _) = deployed(&aws, &wanted, &reviewed());
    insta::assert_snapshot!(format!("{}\n{}", ran.findings(), again.findings()));
    assert_eq!(
        aws.resource_property("web", "Queue", "/DelaySeconds"),
        Some(json!(7))
    );
}

#[test]
fn rejects_obsolete_plan_until_replanned() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    aws.obsolete_change_sets("web");
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    insta::assert_snapshot!(ran.findings());
    assert!(
        !aws.write_operations()
            .iter()
            .any(|call| call == "ExecuteChangeSet")
    );
    // A new plan replaces the old one.
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn distinguishes_missing_plan_from_unchanged_stack() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let (ran, _) = deployed(&aws, &app([stack("web", &queue(1))]), &reviewed());
    assert_eq!(outcomes(&ran), ["web: no changes"]);
    let (ran, _) = deployed(&aws, &app([stack("web", &queue(2))]), &reviewed());
    insta::assert_snapshot!(ran.findings());
}

#[test]
fn resumes_killed_deployment() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    aws.set_duration("Queue", Duration::from_mins(5));
    let wanted = app([stack("web", &queue(2))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    // Interrupt the first process during the deployment.
    let asked = std::sync::Arc::new(super::fixture::Asked::default());
    let mut operation =
        infra_deploy::deploy::deploy_stacks(aws.cloud(), wanted.clone(), reviewed(), asked);
    FakeCloud::paused_runtime().block_on(async {
        let killed = async { while operation.next().await.is_some() {} };
        tokio::time::timeout(Duration::from_mins(1), killed)
            .await
            .unwrap_err();
        aws.elapsed_time();
    });
    drop(operation);
    assert_eq!(
        aws.stack_status("web").as_deref(),
        Some("UPDATE_IN_PROGRESS")
    );
    let executions = || {
        let writes = aws.write_operations();
        writes
            .iter()
            .filter(|call| *call == "ExecuteChangeSet")
            .count()
    };
    assert_eq!(executions(), 1);
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    let told = ran.events.iter().any(|event| {
        matches!(event, infra_deploy::Event::Resource { resource, .. } if resource.logical_id == "Queue")
    });
    assert!(told, "what happened before is told, too");
    // The third run finds the stack up to date.
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: no changes"]);
}

#[test]
fn deploys_new_stack_and_its_reader_from_one_plan() {
    let aws = FakeCloud::new();
    let producer = json!({
        "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } },
        "Outputs": { "Url": { "Value": { "Ref": "Queue" } } },
    });
    let reader = json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic", "Properties": {
        "DisplayName": { "Fn::GetStackOutput": { "StackName": "data", "OutputName": "Url" } },
    } } } });
    let wanted = app([
        stack("data", &producer),
        after(stack("web", &reader), &["data"]),
    ]);
    let record = record(&aws, &wanted);
    assert!(matches!(record.stacks[1].step, Step::Provisional { .. }));
    let (ran, asked) = deployed(&aws, &wanted, &by(record));
    assert_eq!(outcomes(&ran), ["data: deployed", "web: deployed"]);
    assert!(asked.stacks().is_empty());
}

#[test]
fn skips_stack_missing_from_plan_file() {
    let aws = FakeCloud::new();
    let both = app([stack("data", &queue(1)), stack("web", &queue(2))]);
    let options = PlanOptions::builder()
        .stacks(vec!["web".to_owned()])
        .build();
    let plan = planned(&aws, &both, &options).result.unwrap();
    let (ran, _) = deployed(&aws, &both, &by(plan.record.clone()));
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    let mut named = by(plan.record);
    named.plan.stacks = vec!["data".to_owned()];
    let (ran, _) = deployed(&aws, &both, &named);
    insta::assert_snapshot!(ran.findings());
}

#[test]
fn rejects_damaged_and_unsupported_plan_files() {
    for (text, says) in [
        ("", "not a plan file"),
        ("[]", "not a plan file"),
        (r#"{"version": 1}"#, "version 1"),
        (r#"{"version": 3}"#, "version 3"),
        (r#"{"version": 2}"#, "damaged"),
        (
            r#"{"version":2,"created":"","namePrefix":"infra","assembly":"","images":{},"stacks":[],"more":1}"#,
            "unknown field",
        ),
    ] {
        let error = PlanRecord::parse_json(text).unwrap_err();
        assert!(error.to_string().contains(says), "{text}: {error}");
    }
}

#[test]
fn continues_after_lost_execution_reply() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &queue(1));
    let wanted = app([stack("web", &queue(2))]);
    planned(&aws, &wanted, &PlanOptions::default())
        .result
        .unwrap();
    aws.inject_fault("ExecuteChangeSet", Fault::ReplyLost, FaultTiming::Next(1));
    let (ran, _) = deployed(&aws, &wanted, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn finds_plan_with_the_same_parameters() {
    let aws = FakeCloud::new();
    aws.deploy_stack("web", &with_parameter());
    let wanted = app([stack("web", &with_parameter())]);
    let values = BTreeMap::from([("Delay".to_owned(), "9".to_owned())]);
    let options = PlanOptions::builder()
        .parameters(BTreeMap::from([("web".to_owned(), values)]))
        .build();
    planned(&aws, &wanted, &options).result.unwrap();
    let mut deployment = reviewed();
    deployment.plan.parameters = options.parameters;
    let (ran, _) = deployed(&aws, &wanted, &deployment);
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    assert_eq!(
        aws.resource_property("web", "Queue", "/DelaySeconds"),
        Some(json!("9"))
    );
}
