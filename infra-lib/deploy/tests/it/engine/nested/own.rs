//! Tests nested stacks of `infra_core` apps: published templates and references between the stacks.

use infra_core::{App, CfnResource, NestedStack, Stack, StackProps, Value, assembly};
use infra_deploy::Class;
use infra_deploy::deploy::DeployOptions;
use infra_deploy::plan::PlanOptions;
use infra_fake::{ACCOUNT, FakeCloud, REGION};
use infra_template::assembly::CloudAssembly;
use serde_json::json;

use super::super::fixture::{deployed, outcomes, planned, reviewed};

/// Writes an app with two nested stacks, which read values of each other and of their parent, to a folder and reads it.
fn written(bucket: Option<&str>, table: bool) -> (tempfile::TempDir, CloudAssembly) {
    let app = App::new();
    let mut props = StackProps::new();
    if let Some(bucket) = bucket {
        props = props.asset_bucket(bucket);
    }
    let root: Stack<'_> = props.build(&app, "web");
    let topic = |scope: Stack<'_>, id: &str, name: Option<Value<String>>| -> Value<String> {
        let topic = CfnResource::new(scope, id, "AWS::SNS::Topic", json!({}));
        if let Some(name) = name {
            topic.override_prop("DisplayName", name.into_data());
        }
        topic.attr_value("TopicName")
    };
    let above = topic(root, "Above", None);
    let one = NestedStack::new(root, "One");
    let inner = NestedStack::new(one, "Inner");
    let deep = topic(inner.stack(), "Deep", Some(above));
    if table {
        CfnResource::new(
            inner,
            "Table",
            "AWS::DynamoDB::Table",
            json!({
                "BillingMode": "PAY_PER_REQUEST",
                "AttributeDefinitions": [{ "AttributeName": "a", "AttributeType": "S" }],
                "KeySchema": [{ "AttributeName": "a", "KeyType": "HASH" }],
            }),
        );
    }
    let two = NestedStack::new(root, "Two");
    topic(two.stack(), "Across", Some(deep.clone()));
    topic(root, "Up", Some(deep));
    let synthesis = app.synth();
    assert!(!synthesis.has_errors());
    let folder = tempfile::tempdir().unwrap();
    assembly::write_assembly(&synthesis, folder.path()).unwrap();
    let read = CloudAssembly::read_directory(folder.path()).unwrap();
    (folder, read)
}

fn bootstrapped() -> FakeCloud {
    let aws = FakeCloud::new();
    aws.create_bucket(&format!("cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"));
    aws
}

/// Returns the ARN of the nested stack whose logical ID starts with `id`.
fn nested(aws: &FakeCloud, stack: &str, id: &str) -> String {
    let live = aws.live_resources(stack);
    let found = live.iter().find(|(name, _)| name.starts_with(id));
    found.expect("a nested stack").1.clone()
}

#[test]
fn deploys_nested_stacks_and_blocks_their_data_loss() {
    let aws = bootstrapped();
    let (_folder, first) = written(None, true);
    let (ran, _) = deployed(&aws, &first, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    let inner = nested(
        &aws,
        &nested(&aws, "web", "OneNestedStack"),
        "InnerNestedStack",
    );
    let two = nested(&aws, "web", "TwoNestedStack");
    for (stack, id) in [
        (inner.as_str(), "Deep"),
        ("web", "Up"),
        (two.as_str(), "Across"),
    ] {
        let name = aws
            .resource_property(stack, id, "/DisplayName")
            .expect("a name");
        assert!(
            name.as_str().is_some_and(|name| !name.is_empty()),
            "{id}: {name}"
        );
    }
    let again = deployed(&aws, &first, &DeployOptions::default()).0;
    assert_eq!(outcomes(&again), ["web: no changes"]);

    let (_folder, second) = written(None, false);
    let (ran, _) = deployed(&aws, &second, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Blocked));
    let told = ran.findings();
    assert!(told.contains("InnerNestedStackResource"), "{told}");
    assert!(told.contains("/Table"), "{told}");
    assert!(
        told.contains("web/One/Inner/Table"),
        "with its construct: {told}"
    );
}

#[test]
fn reports_missing_bucket_for_nested_templates() {
    let aws = FakeCloud::new();
    let (_folder, app) = written(None, false);
    let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
    assert_eq!(ran.class(), Some(Class::Error));
    insta::assert_snapshot!(ran.findings());
    assert!(aws.live_resources("web").is_empty());

    aws.create_bucket("templates-of-ours");
    let (_folder, app) = written(Some("templates-of-ours"), false);
    let (ran, _) = deployed(&aws, &app, &DeployOptions::default());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
}

#[test]
fn rejects_reviewed_plan_with_other_nested_templates() {
    let aws = bootstrapped();
    let (_folder, app) = written(None, true);
    let plan = planned(&aws, &app, &PlanOptions::default());
    plan.result.unwrap();
    let (ran, _) = deployed(&aws, &app, &reviewed());
    assert_eq!(outcomes(&ran), ["web: deployed"]);
    let (_folder, other) = written(None, false);
    let (ran, _) = deployed(&aws, &other, &reviewed());
    assert_eq!(ran.class(), Some(Class::Stale));
}
