//! Tests of commands for operators, other than `deploy`, on an AWS in memory.

mod bootstrap;
mod destroy;
mod doctor;
mod drift;
mod gc;
mod import;
mod left;
mod outputs;
mod refactor;
mod rollback;

use crate::support::RunApp as _;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Construct, Output, RemovalPolicy, Stack};
use infra_fake::FakeCloud;
use infra_template::assembly::CloudAssembly;
use serde_json::{Value as JsonValue, json};

/// Builds resources for every fate: a stack with data, and one that reads from it.
pub(crate) fn notes(app: &App) {
    let data = Stack::new(app, "Data");
    let topic = CfnResource::new(data, "Topic", "AWS::SNS::Topic", json!({}));
    CfnResource::new(
        data,
        "Uploads",
        "AWS::S3::Bucket",
        json!({ "BucketName": "uploads" }),
    );
    let database = json!({ "Engine": "postgres", "PubliclyAccessible": false });
    CfnResource::new(data, "Database", "AWS::RDS::DBInstance", database);
    let key = CfnResource::new(data, "Key", "AWS::KMS::Key", json!({}));
    key.apply_removal_policy(RemovalPolicy::Retain);
    CfnResource::new(
        data,
        "Log",
        "AWS::Logs::LogGroup",
        json!({ "RetentionInDays": 7 }),
    );
    Output::new(data, "TopicArn", topic.ref_value::<String>());

    let web = Stack::new(app, "Web");
    let service = web.scope().construct("Service");
    let queue = CfnResource::new(
        service,
        "Queue",
        "AWS::SQS::Queue",
        json!({ "DelaySeconds": 5 }),
    );
    queue.override_prop("KmsMasterKeyId", key.ref_value::<String>().into_data());
    CfnResource::new(web, "Alerts", "AWS::SNS::Topic", json!({}));
    Output::new(web, "QueueUrl", queue.ref_value::<String>());
}

/// Returns an AWS in which the app is deployed.
pub(crate) fn deployed(build: impl Fn(&App)) -> FakeCloud {
    let aws = FakeCloud::new();
    let app = App::new();
    build(&app);
    for stack in CloudAssembly::from_synthesis(&app.synth()).unwrap().stacks {
        let document = JsonValue::Object(stack.template.document().clone());
        aws.deploy_stack(&stack.name, &document);
    }
    aws
}

pub(crate) fn at(aws: &FakeCloud, arguments: &[&str]) -> Invocation {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
}

pub(crate) fn run(aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    at(aws, arguments).run_simple(notes)
}

/// Asserts that a refusal changed nothing.
pub(crate) fn assert_nothing_written(aws: &FakeCloud) {
    assert_eq!(aws.write_operations(), Vec::<String>::new());
}

// At the end, because snapshots contain line numbers of this file.
mod previews;
