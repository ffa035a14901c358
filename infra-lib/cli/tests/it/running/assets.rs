//! Tests of `publish-assets`, and of plans for review that come before it.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::assembly::FileAsset;
use infra_core::{App, CfnResource, Environment, StackProps};
use infra_fake::FakeCloud;
use serde_json::{Value as JsonValue, json};

use crate::support::RunApp as _;

const BUCKET: &str = "cdk-hnb659fds-assets-123456789012-eu-west-1";

/// Builds an app with one asset.
fn app(app: &App) {
    let stack = StackProps::new()
        .environment(Environment::new("123456789012", "eu-west-1"))
        .build(app, "Web");
    FileAsset::new(
        stack,
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/running"),
    );
    CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
}

fn run(aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(app)
}

#[test]
fn publishes_missing_assets_of_reviewed_plan() {
    let aws = FakeCloud::new();
    aws.create_bucket(BUCKET);
    let outcome = run(&aws, &["plan", "--allow-unpublished"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        outcome.stderr.contains("is not published yet: `s3://"),
        "{outcome}"
    );
    let outcome = run(&aws, &["deploy", "--reviewed", "--yes"]);
    assert_eq!(outcome.exit_code, ExitCode::Stale, "{outcome}");
    assert!(
        outcome
            .stderr
            .contains("publish it with `infra publish-assets`"),
        "{outcome}"
    );
    assert!(aws.bucket_objects(BUCKET).is_empty());
    let outcome = run(&aws, &["publish-assets"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(outcome.stderr.ends_with("1 asset published\n"), "{outcome}");
    let objects = aws.bucket_objects(BUCKET);
    assert_eq!(objects.len(), 1);
    let outcome = run(&aws, &["deploy", "--reviewed", "--yes"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let outcome = run(&aws, &["publish-assets", "--stack", "Web", "--json"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let result = outcome.stdout.lines().last().unwrap();
    let result: JsonValue = serde_json::from_str(result).unwrap();
    assert_eq!(result["command"], "publish-assets");
    assert_eq!(aws.bucket_objects(BUCKET).len(), 1);
}

#[test]
fn rejects_both_treatments_of_unpublished_assets() {
    let outcome = run(
        &FakeCloud::new(),
        &["plan", "--no-publish", "--allow-unpublished"],
    );
    assert_eq!(outcome.exit_code, ExitCode::Usage, "{outcome}");
}
