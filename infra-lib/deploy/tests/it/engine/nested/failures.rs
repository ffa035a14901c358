//! Tests that failures in nested stacks are reported with the resource and the reason.

use std::time::Duration;

use infra_aws::{ChangeSetHook, HookResult};
use infra_deploy::deploy::DeployOptions;
use infra_deploy::diagnose::{DiagnoseOptions, diagnose_stacks};
use infra_deploy::operate::rollback::{self, RollbackKind, SkipResources, roll_back};
use infra_deploy::plan::{FailureBehavior, PlanOptions};
use infra_deploy::{Class, Event};
use infra_fake::{FailurePhase, FakeCloud, UnhealthyTasks};
use infra_template::review::NoteSource;
use serde_json::json;

use super::super::fixture::{deployed, planned, run};
use super::{Known, changed, child, nesting, resources, review, topic, upload};

#[test]
fn reports_resource_and_reason_of_failed_nested_creation() {
    let aws = FakeCloud::new();
    upload(&aws, "new", &resources(&[("Topic", topic(1))]));
    aws.fail_resource(
        "Topic",
        FailurePhase::Create,
        "Invalid value for DisplayName",
    );
    let (ran, _) = deployed(&aws, &nesting("new", None), &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::RolledBack));
    insta::assert_snapshot!(ran.findings());
    assert_eq!(aws.live_resources("web").len(), 0);
}

#[test]
fn reports_resource_and_reason_of_failed_nested_update() {
    for known in [Known::ChangeSet, Known::S3] {
        let old = resources(&[("Topic", topic(1))]);
        let new = resources(&[("Topic", topic(2))]);
        let (aws, app) = changed(known, &old, &new);
        aws.fail_resource(
            "Topic",
            FailurePhase::Update,
            "Invalid value for DisplayName",
        );
        let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
        assert_eq!(ran.class(), Some(Class::RolledBack));
        insta::assert_snapshot!("a_nested_update_that_fails", ran.findings());
        let told: Vec<String> = ran
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Resource {
                    resource, status, ..
                } => Some(format!("{} {status}", resource.logical_id)),
                _ => None,
            })
            .collect();
        let nested = told.iter().filter(|line| line.starts_with("Child/"));
        assert_eq!(
            nested.collect::<Vec<_>>(),
            [
                "Child/Topic UPDATE_IN_PROGRESS",
                "Child/Topic UPDATE_FAILED",
                "Child/Topic UPDATE_IN_PROGRESS",
                "Child/Topic UPDATE_COMPLETE",
            ]
        );
        assert_eq!(
            aws.resource_property(&child(&aws), "Topic", "/DisplayName"),
            Some(json!("1"))
        );
        // `diagnose` finds the same failure after the deployment.
        let found = run(
            &aws,
            diagnose_stacks(aws.cloud(), app, DiagnoseOptions::default()),
        );
        let found = found.result.unwrap();
        assert_eq!(found[0].findings.len(), 1);
        assert_eq!(
            found[0].findings[0].logical_id.as_deref(),
            Some("Child/Topic")
        );
    }
}

#[test]
fn reports_nested_stack_as_cause_without_its_events() {
    let old = resources(&[("Topic", topic(1))]);
    let (aws, _) = changed(Known::S3, &old, &resources(&[("Topic", topic(2))]));
    aws.fail_resource(
        "Child",
        FailurePhase::Update,
        "Embedded stack was not successfully updated",
    );
    let (ran, _) = deployed(&aws, &nesting("new", None), &DeployOptions::default());
    let findings = ran.findings();
    assert!(
        findings.contains("`Child` could not be changed"),
        "{findings}"
    );
    assert!(
        findings.contains("Embedded stack was not successfully updated"),
        "{findings}"
    );
}

#[test]
fn continues_nested_rollback_with_skipped_resource() {
    let (aws, app) = changed(
        Known::ChangeSet,
        &resources(&[("Topic", topic(1))]),
        &resources(&[("Topic", topic(2))]),
    );
    aws.fail_resource(
        "Topic",
        FailurePhase::Update,
        "Invalid value for DisplayName",
    );
    aws.fail_resource("Topic", FailurePhase::Rollback, "the topic is gone");
    let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Stuck));
    assert!(
        ran.findings().contains("--skip Child/Topic"),
        "{}",
        ran.findings()
    );
    let survey = || {
        let survey = run(
            &aws,
            rollback::survey_rollback(aws.cloud(), app.clone(), "web".to_owned()),
        );
        survey.result.unwrap()
    };
    let skip = |id: &str| {
        RollbackKind::ContinueUpdateRollback(SkipResources::Named([id.to_owned()].into()))
    };
    let wrong = run(&aws, roll_back(survey(), skip("Topic")));
    assert!(
        wrong.findings().contains("one of `Child/Topic`"),
        "{}",
        wrong.findings()
    );
    let done = run(&aws, roll_back(survey(), skip("Child/Topic")));
    assert_eq!(done.result.unwrap().skipped[0].logical_id, "Child/Topic");
    assert_eq!(
        aws.stack_status("web").as_deref(),
        Some("UPDATE_ROLLBACK_COMPLETE")
    );
}

#[test]
fn keeps_failed_nested_update_without_rollback() {
    for known in [Known::ChangeSet, Known::S3] {
        let old = resources(&[("Topic", topic(1)), ("Other", topic(1))]);
        let new = resources(&[("Topic", topic(2)), ("Other", topic(2))]);
        let (aws, app) = changed(known, &old, &new);
        aws.fail_resource(
            "Topic",
            FailurePhase::Update,
            "Invalid value for DisplayName",
        );
        let mut options = DeployOptions::default();
        options.plan.when_it_fails = FailureBehavior::Keep;
        let (ran, _) = deployed(&aws, &app, &options);
        assert_eq!(ran.class(), Some(Class::Stuck));
        insta::assert_snapshot!("without_rollback", ran.findings());
        assert_eq!(aws.stack_status("web").as_deref(), Some("UPDATE_FAILED"));
        let child = child(&aws);
        assert_eq!(aws.stack_status(&child).as_deref(), Some("UPDATE_FAILED"));
        assert_eq!(
            aws.resource_property(&child, "Other", "/DisplayName"),
            Some(json!("2"))
        );
    }
}

#[test]
fn cancels_and_rolls_back_nested_update_after_timeout() {
    let old = resources(&[("Topic", topic(1))]);
    let new = resources(&[("Topic", topic(2))]);
    let (aws, app) = changed(Known::ChangeSet, &old, &new);
    aws.set_duration("Topic", Duration::from_hours(1));
    let options = DeployOptions::builder()
        .timeout(Duration::from_mins(2))
        .build();
    let (ran, _) = deployed(&aws, &app, &options);
    insta::assert_snapshot!(ran.findings());
    assert!(aws.elapsed_time() < Duration::from_secs(8_000));
    assert_eq!(
        aws.resource_property(&child(&aws), "Topic", "/DisplayName"),
        Some(json!("1"))
    );
}

/// Returns the name that CloudFormation assigned to the nested stack.
fn name_of_child(aws: &FakeCloud) -> String {
    let arn = child(aws);
    arn.split('/').nth(1).expect("a name").to_owned()
}

fn hook(status: &str) -> (ChangeSetHook, HookResult) {
    let hook = ChangeSetHook::builder()
        .type_name("Acme::Sns::Encryption")
        .logical_id("Q")
        .failure_mode("FAIL")
        .build();
    let result = HookResult::builder()
        .type_name("Acme::Sns::Encryption")
        .status(status)
        .reason("the topic has no key")
        .failure_mode("FAIL")
        .build();
    (hook, result)
}

#[test]
fn reports_hook_results_of_nested_resources() {
    let (old, new) = (resources(&[("Q", topic(1))]), resources(&[("Q", topic(2))]));
    let (aws, app) = changed(Known::ChangeSet, &old, &new);
    let (asked, passed) = hook("HOOK_COMPLETE_SUCCEEDED");
    aws.add_hook(&name_of_child(&aws), asked, passed);
    let review = review(&aws, &app);
    let told: Vec<_> = review
        .notes
        .iter()
        .filter(|note| note.source == NoteSource::Hook)
        .map(|note| {
            (
                note.message.as_str(),
                note.resource.as_ref().unwrap().logical_id.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [(
            "the hook `Acme::Sns::Encryption` will be invoked",
            "Child/Q"
        )]
    );

    let (aws, app) = changed(Known::ChangeSet, &old, &new);
    let (asked, refused) = hook("HOOK_COMPLETE_FAILED");
    aws.add_hook(&name_of_child(&aws), asked, refused);
    let ran = planned(&aws, &app, &PlanOptions::default());
    assert_eq!(ran.class(), Some(Class::Error));
    let findings = ran.findings();
    assert!(findings.contains("INF7206"), "{findings}");
    assert!(findings.contains("the topic has no key"), "{findings}");
}

#[test]
fn reports_stop_reason_of_tasks_in_nested_stack() {
    let service = |count: u32| {
        resources(&[
            ("Cluster", json!({ "Type": "AWS::ECS::Cluster" })),
            (
                "Task",
                json!({ "Type": "AWS::ECS::TaskDefinition", "Properties": {
                    "Family": "api", "ContainerDefinitions": [{ "Name": "api", "Image": "api:1", "Essential": true }],
                } }),
            ),
            (
                "Service",
                json!({ "Type": "AWS::ECS::Service", "Properties": {
                    "Cluster": { "Ref": "Cluster" }, "TaskDefinition": { "Ref": "Task" }, "DesiredCount": count,
                    "DeploymentConfiguration": { "DeploymentCircuitBreaker": { "Enable": true, "Rollback": true } },
                } }),
            ),
        ])
    };
    let (aws, app) = changed(Known::ChangeSet, &service(1), &service(2));
    aws.fail_service_tasks("Service", UnhealthyTasks::default());
    let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::RolledBack));
    let findings = ran.findings();
    assert!(findings.contains("Child/Service"), "{findings}");
    assert!(
        findings.contains("Essential container in task exited"),
        "{findings}"
    );
}
