//! Tests of `permissions`: the policy for an app and for a change, and the comparison with a policy in use.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Environment, StackProps};
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use crate::json_schema::conforming;
use crate::support::RunApp as _;

fn orders(app: &App) {
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Orders");
    CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    let trust = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": { "Service": "states.amazonaws.com" },
    }] });
    let role = json!({ "AssumeRolePolicyDocument": trust });
    CfnResource::new(stack, "Role", "AWS::IAM::Role", role);
    let records = json!({ "HostedZoneName": "example.com.", "RecordSets": [] });
    CfnResource::new(stack, "Records", "AWS::Route53::RecordSetGroup", records);
}

fn orders_with_topic(app: &App) {
    orders(app);
    let stack = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Alerts");
    CfnResource::new(stack, "Topic", "AWS::SNS::Topic", json!({}));
}

fn run(arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .run_simple(orders)
}

#[test]
fn prints_the_policy_and_what_it_lacks() {
    let outcome = run(&["permissions"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{}", outcome.stderr);
    assert_snapshot!("permissions", outcome);
}

#[test]
fn prints_json_with_reasons() {
    let found = conforming("permissions", &run(&["permissions", "--json"]).stdout);
    let actions = found["actions"].as_array().unwrap();
    assert!(
        actions.contains(&json!({ "action": "sqs:CreateQueue", "neededBy": ["AWS::SQS::Queue"] }))
    );
    assert_eq!(
        found["undeclared"],
        json!([{ "type": "AWS::Route53::RecordSetGroup", "resources": ["Orders/Records"] }])
    );
    assert_eq!(found["policies"].as_array().unwrap().len(), 1);
}

#[test]
fn prints_only_what_a_change_needs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old");
    let old = path.to_str().unwrap();
    assert_eq!(run(&["synth", "--out", old]).exit_code, ExitCode::Ok);
    let change = |arguments: &[&str]| {
        Invocation::new(
            ["permissions", "--against", old]
                .iter()
                .chain(arguments)
                .copied(),
        )
        .directory(env!("CARGO_MANIFEST_DIR"))
        .run_simple(orders_with_topic)
    };
    let policy: JsonValue = serde_json::from_str(&change(&[]).stdout).unwrap();
    let text = policy.to_string();
    assert!(text.contains("sns:CreateTopic") && text.contains("sns:DeleteTopic"));
    assert!(!text.contains("sqs:") && !text.contains("iam:CreateRole"));

    let unchanged = change(&["--stack", "Orders"]);
    let policy: JsonValue = serde_json::from_str(&unchanged.stdout).unwrap();
    assert_eq!(policy["Statement"], json!([]));
}

#[test]
fn compares_with_the_policy_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.json");
    let compare = |policy: &str, arguments: &[&str]| {
        std::fs::write(&path, policy).unwrap();
        let path = path.to_str().unwrap();
        run(&[&["permissions", "--compare", path], arguments].concat())
    };
    let same = compare(&run(&["permissions"]).stdout, &[]);
    assert_eq!(same.exit_code, ExitCode::Ok);
    assert_eq!(
        same.stdout,
        "the policy allows the needed actions, and no other ones\n"
    );

    let other = json!({ "Statement": [
        { "Effect": "Allow", "Action": ["iam:*", "sqs:*Queue", "sns:Publish"] },
        { "Effect": "Deny", "Action": "sqs:DeleteQueue" },
    ] })
    .to_string();
    let outcome = compare(&other, &[]);
    assert_eq!(outcome.exit_code, ExitCode::Differences);
    assert_snapshot!("permissions_compared", outcome.stdout);
    let found = conforming("permissions", &compare(&other, &["--json"]).stdout);
    assert_eq!(found["comparison"]["unneeded"], json!(["sns:Publish"]));
    assert_eq!(found["comparison"]["partial"], json!(true));

    for wrong in ["{}", "[1"] {
        let refused = compare(wrong, &[]);
        assert_eq!(refused.exit_code, ExitCode::Error);
        assert!(
            refused.stderr.contains("is not a policy document"),
            "{}",
            refused.stderr
        );
    }
}
