//! Tests of the command `diagnose`.

use std::time::Duration;

use infra_aws::{
    ChangeSetType, Cloud as _, CreateChangeSet, ExecuteChangeSet, OnFailure, OperationEvent,
    TemplateSource,
};
use infra_core::App;
use infra_fake::{FailurePhase, FakeCloud, REGION, UnhealthyTasks};
use insta::assert_snapshot;
use tokio::runtime::Runtime;

use super::{deployed, service, service_id, templates, within};
use crate::json_schema::conforming;
use crate::support::RunApp as _;

fn before(app: &App) {
    service(app, "notes:1", "info");
}

fn after(app: &App) {
    service(app, "notes:2", "info");
}

/// Lets CloudFormation deploy the new version for an hour of fake time.
fn attempt(aws: &FakeCloud) -> Runtime {
    let runtime = FakeCloud::paused_runtime();
    let (name, template) = templates(after).remove(0);
    runtime.block_on(async {
        let client = aws.cloudformation_client(REGION);
        let created = client
            .create_change_set(
                CreateChangeSet::builder()
                    .stack_name(name)
                    .name("set-1")
                    .change_set_type(ChangeSetType::Update)
                    .template(TemplateSource::Body(template.to_string()))
                    .on_failure(OnFailure::Rollback)
                    .token("token-1")
                    .build(),
            )
            .await
            .expect("the template is right");
        tokio::time::sleep(Duration::from_secs(10)).await;
        let execute = ExecuteChangeSet::builder()
            .id(created.id)
            .token("execute-1")
            .build();
        // A change set that failed validation cannot be executed.
        let _ = client.execute_change_set(execute).await;
        tokio::time::sleep(Duration::from_hours(1)).await;
        aws.elapsed_time();
    });
    runtime
}

#[test]
fn reports_missing_permission_with_next_step() {
    let aws = deployed(before);
    let reason = "User: arn:aws:sts::123456789012:assumed-role/exec/AWSCloudFormation is not authorized to perform: ecs:UpdateService on resource: api because no identity-based policy allows the ecs:UpdateService action (Service: Ecs, Status Code: 400)";
    aws.fail_resource(&service_id(before), FailurePhase::Update, reason);
    let runtime = attempt(&aws);
    assert_snapshot!(within(&aws, runtime, &["diagnose"]).run_simple(before));
}

#[test]
fn reports_how_to_continue_stuck_rollback() {
    let aws = deployed(before);
    aws.fail_service_tasks(&service_id(before), UnhealthyTasks::default());
    aws.fail_resource(
        &service_id(before),
        FailurePhase::Rollback,
        "Service is not ACTIVE",
    );
    let runtime = attempt(&aws);
    assert_snapshot!(within(&aws, runtime, &["diagnose"]).run_simple(before));
}

#[test]
fn reports_validation_error_of_change_set() {
    let aws = deployed(before);
    aws.add_validation(
        "Service",
        OperationEvent::builder()
            .event_type("VALIDATION_ERROR")
            .logical_id(service_id(before))
            .type_name("AWS::ECS::Service")
            .validation_name("PROPERTY_VALIDATION")
            .failure_mode("FAIL")
            .reason("#/DesiredCount: -1 is less than the minimum of 0")
            .path(format!(
                "/Resources/{}/Properties/DesiredCount",
                service_id(before)
            ))
            .build(),
    );
    let runtime = attempt(&aws);
    assert_snapshot!(within(&aws, runtime, &["diagnose", "--stack", "Service"]).run_simple(before));
}

#[test]
fn reports_that_nothing_failed_or_is_deployed() {
    let aws = deployed(before);
    let outcome = within(&aws, FakeCloud::paused_runtime(), &["diagnose"]).run_simple(before);
    assert_snapshot!(outcome);
    let nothing = within(
        &FakeCloud::new(),
        FakeCloud::paused_runtime(),
        &["diagnose", "--stack", "Service"],
    );
    assert_snapshot!("nothing_is_deployed", nothing.run_simple(before));
}

#[test]
fn prints_diagnosis_as_json() {
    let aws = deployed(before);
    aws.fail_resource(
        &service_id(before),
        FailurePhase::Update,
        "Service is not ACTIVE. (Service: Ecs)",
    );
    let runtime = attempt(&aws);
    let outcome = within(&aws, runtime, &["diagnose", "--json"]).run_simple(before);
    conforming("diagnose", &outcome.stdout);
    assert_snapshot!(outcome);
    assert!(
        aws.write_operations()
            .iter()
            .all(|call| !call.starts_with("Delete"))
    );
}
