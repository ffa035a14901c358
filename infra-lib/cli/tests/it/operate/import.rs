//! Tests of the command `import`.

use infra_cli::testing::Outcome;
use infra_core::{App, CfnResource, RemovalPolicy, Stack};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::json;

use super::{assert_nothing_written, at};
use crate::support::RunApp as _;

/// Builds a stack with a deployed topic, an existing bucket, and resources that are neither.
fn app(app: &App) {
    let data = Stack::new(app, "Data");
    CfnResource::new(
        data,
        "Topic",
        "AWS::SNS::Topic",
        json!({ "DisplayName": "changed" }),
    );
    let bucket = json!({ "BucketName": "uploads" });
    let bucket = CfnResource::new(data, "Uploads", "AWS::S3::Bucket", bucket);
    bucket.apply_removal_policy(RemovalPolicy::Retain);
    let queue = CfnResource::new(data, "Queue", "AWS::SQS::Queue", json!({}));
    let policy = CfnResource::new(
        data,
        "Policy",
        "AWS::SQS::QueuePolicy",
        json!({
            "PolicyDocument": { "Version": "2012-10-17", "Statement": [] },
        }),
    );
    policy.override_prop(
        "Queues",
        infra_core::Data::list([queue.ref_value::<String>().into_data()]),
    );
    policy.apply_removal_policy(RemovalPolicy::Retain);
}

fn aws() -> FakeCloud {
    let aws = FakeCloud::new();
    aws.deploy_stack(
        "Data",
        &json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }),
    );
    aws.create_bucket("uploads");
    aws
}

fn import(aws: &FakeCloud, more: &[&str]) -> Outcome {
    let arguments: Vec<&str> = ["import", "--stack", "Data"]
        .iter()
        .chain(more)
        .copied()
        .collect();
    at(aws, &arguments).run_simple(app)
}

#[test]
fn imports_bucket_without_other_changes() {
    let aws = aws();
    assert_snapshot!(import(&aws, &["--resource", "Uploads=uploads", "--yes"]));
    assert_eq!(aws.live_resources("Data")["Uploads"], "uploads");
    let name = aws.resource_property("Data", "Topic", "/DisplayName");
    assert_eq!(name, None, "the change of the topic waits for a deployment");
    assert_eq!(aws.live_resources("Data").len(), 2);
}

#[test]
fn deletes_change_set_of_declined_import() {
    let aws = aws();
    let outcome = at(
        &aws,
        &["import", "--stack", "Data", "--resource", "Uploads=uploads"],
    )
    .answers(["n"])
    .run_simple(app);
    assert_snapshot!(outcome);
    assert_eq!(
        aws.write_operations(),
        ["CreateChangeSet", "DeleteChangeSet"]
    );
    let sets = aws.change_sets("Data");
    assert!(sets.iter().all(|set| !set.name.starts_with("infra-import")));
}

#[test]
fn creates_no_import_change_set_without_terminal() {
    let aws = aws();
    assert_snapshot!(import(&aws, &["--resource", "Data/Uploads=uploads"]));
    assert_nothing_written(&aws);
}

#[test]
fn reports_all_import_errors_at_once() {
    let aws = aws();
    let outcome = import(
        &aws,
        &[
            "--resource",
            "Upload=uploads",
            "--resource",
            "Topic=arn:aws:sns:eu-west-1:123456789012:topic",
            "--resource",
            "Queue=https://sqs.eu-west-1.amazonaws.com/123456789012/jobs",
            "--resource",
            "Uploads=",
            "--resource",
            "Policy=7",
            "--yes",
        ],
    );
    assert_snapshot!(outcome);
    assert_nothing_written(&aws);
}

#[test]
fn rejects_resource_without_identifier() {
    assert_snapshot!(import(&aws(), &["--resource", "Uploads"]));
}
