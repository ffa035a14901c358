//! Tests nested stacks with the emulator, which creates no nested change sets. Reviews therefore compare the deployed templates with the published
//! ones.

use std::sync::Arc;

use async_trait::async_trait;
use infra_aws::{ChangeSetType, Cloud};
use infra_core::{App, CfnResource, Environment, NestedStack, StackProps, Value, assembly};
use infra_deploy::deploy::{Approver, DeployOptions, Deployed, Outcome, deploy_stacks};
use infra_deploy::plan::{PlanOptions, plan_changes};
use infra_deploy::{Class, Error};
use infra_template::assembly::CloudAssembly;
use infra_template::review::{NestedBasis, StackReview};
use serde_json::{Value as JsonValue, json};

use crate::support::{ACCOUNT, aws, deploy as deploy_template, template, wanted};

/// An approver that approves everything, because blockers end a deployment before the approval.
#[derive(Debug)]
struct Yes;

#[async_trait]
impl Approver for Yes {
    async fn approve_changes(&self, _: &StackReview) -> Result<(), Error> {
        Ok(())
    }
}

/// Writes an app to a folder and reads it. Its nested stack has these resources; parent and nested stack read a value of each other.
///
/// The parent reads a `Ref`, because after an update of a nested stack the emulator does not know the attributes of unchanged resources.
fn app(region: &str, resources: &[(&str, &str, JsonValue)]) -> (tempfile::TempDir, CloudAssembly) {
    let app = App::new();
    let root = StackProps::new()
        .environment(Environment::new(ACCOUNT, region))
        .build(&app, "nesting");
    let above = CfnResource::new(root, "Above", "AWS::SQS::Queue", json!({}));
    let child = NestedStack::new(root, "Child");
    let name: Value<String> = above.attr_value("QueueName");
    let reader = CfnResource::new(child, "Reader", "AWS::SNS::Topic", json!({}));
    reader.override_prop("DisplayName", name.into_data());
    for (id, type_name, properties) in resources {
        CfnResource::new(child, id, (*type_name).to_owned(), properties.clone());
    }
    let up = CfnResource::new(root, "Up", "AWS::SNS::Topic", json!({}));
    let arn: Value<String> = reader.ref_value();
    up.override_prop("DisplayName", arn.into_data());
    let folder = tempfile::tempdir().unwrap();
    assembly::write_assembly(&app.synth(), folder.path()).unwrap();
    let read = CloudAssembly::read_directory(folder.path()).unwrap();
    (folder, read)
}

fn table() -> (&'static str, &'static str, JsonValue) {
    let properties = json!({
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{ "AttributeName": "a", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "a", "KeyType": "HASH" }],
    });
    ("Table", "AWS::DynamoDB::Table", properties)
}

/// Creates the bucket of `cdk bootstrap`.
async fn bootstrapped(region: &str) -> Arc<dyn Cloud> {
    let cloud = aws(region).await;
    let name = format!("cdk-hnb659fds-assets-{ACCOUNT}-{region}");
    let bucket = template("Bucket", "AWS::S3::Bucket", &json!({ "BucketName": name }));
    let request = wanted("bootstrap", ChangeSetType::Create, &bucket);
    let made = deploy_template(&*cloud.cloudformation_client(region), request).await;
    assert!(made.status.is_named("CREATE_COMPLETE"), "{}", made.status);
    cloud
}

async fn run(
    cloud: &Arc<dyn Cloud>,
    app: &CloudAssembly,
    allow: &[&str],
) -> Result<Deployed, Error> {
    let mut options = DeployOptions::default();
    options.allow_data_loss = allow.iter().map(|id| (*id).to_owned()).collect();
    deploy_stacks(cloud.clone(), app.clone(), options, Arc::new(Yes)).await
}

fn told(error: &Error) -> String {
    error.findings.iter().map(infra_core::render).collect()
}

/// Returns the logical IDs of the existing resources of the nested stack.
async fn inside(cloud: &Arc<dyn Cloud>, region: &str) -> Vec<String> {
    let client = cloud.cloudformation_client(region);
    let above = client.stack_resources("nesting", None).await.unwrap().items;
    let child = above
        .iter()
        .find(|one| one.logical_id.starts_with("ChildNestedStack"));
    let arn = child.unwrap().physical_id.clone().unwrap();
    let found = client.stack_resources(&arn, None).await.unwrap().items;
    let mut ids: Vec<String> = found
        .into_iter()
        .filter(|one| !one.status.is_named("DELETE_COMPLETE"))
        .map(|one| one.logical_id)
        .collect();
    ids.sort();
    ids
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn removes_nested_table_only_with_exact_approval() {
    let region = "ap-southeast-3";
    let cloud = bootstrapped(region).await;
    let (_folder, first) = app(region, &[table()]);
    let deployed = run(&cloud, &first, &[]).await.unwrap();
    let outcome = &deployed.stacks[0].outcome;
    assert!(matches!(outcome, Outcome::Deployed { .. }), "{outcome:?}");
    assert_eq!(inside(&cloud, region).await, ["Reader", "Table"]);

    let (_folder, second) = app(region, &[]);
    let planned = plan_changes(cloud.clone(), second.clone(), PlanOptions::default()).await;
    let review = planned.unwrap().review.stacks[0].clone();
    assert_eq!(
        review.nested[0].basis,
        NestedBasis::Templates,
        "the emulator makes no nested change sets"
    );
    let stop = &review.stops[0];
    assert!(stop.data_loss);
    let id = stop.resource.logical_id.clone();
    assert!(
        id.starts_with("ChildNestedStack") && id.ends_with("/Table"),
        "{id}"
    );

    for wrong in ["Table", id.split('/').next().unwrap()] {
        let error = run(&cloud, &second, &[wrong]).await.unwrap_err();
        assert_eq!(error.class, Class::Blocked, "{wrong}");
        let told = told(&error);
        assert!(told.contains("nesting/Child/Table"), "{told}");
    }
    assert_eq!(inside(&cloud, region).await, ["Reader", "Table"]);
    run(&cloud, &second, &[&id]).await.unwrap();
    assert_eq!(inside(&cloud, region).await, ["Reader"]);
}

#[tokio::test]
#[ignore = "needs the emulator: scripts/test emulator"]
async fn reports_resource_and_reason_of_nested_failure() {
    let region = "ap-southeast-4";
    let cloud = bootstrapped(region).await;
    let (_folder, good) = app(region, &[]);
    run(&cloud, &good, &[]).await.unwrap();
    // Test an update, because the emulator does not return the ARN of a nested stack whose creation failed.
    let bad = (
        "Bad",
        "AWS::SQS::Queue",
        json!({ "VisibilityTimeout": "abc" }),
    );
    let (_folder, wrong) = app(region, &[bad]);
    let error = run(&cloud, &wrong, &[]).await.unwrap_err();
    let told = told(&error);
    assert!(told.contains("nesting/Child/Bad"), "{told}");
    assert!(
        told.contains("Invalid value for the parameter VisibilityTimeout"),
        "with the reason of the service: {told}"
    );
}
