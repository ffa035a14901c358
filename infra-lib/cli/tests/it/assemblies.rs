//! Assemblies of the CDK, and context lookups, as people meet them.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Construct, Environment, StackProps};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use crate::support::RunApp as _;

/// A queue whose name is a fact of the account.
fn app(app: &App) {
    let stack = StackProps::new()
        .environment(Environment::new("123456789012", "eu-west-1"))
        .build(app, "Web");
    let question = json!({ "parameterName": "/web/name" });
    let question = question.as_object().unwrap().clone();
    let name = Construct::scope(&stack).lookup("ssm", question, json!("dummy"));
    let question = json!({ "filter": { "tag:Name": "main" } });
    let question = question.as_object().unwrap().clone();
    Construct::scope(&stack).lookup("vpc-provider", question, json!({ "vpcId": "vpc-12345" }));
    CfnResource::new(
        stack,
        "Queue",
        "AWS::SQS::Queue",
        json!({ "QueueName": name }),
    );
}

fn run(aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied())
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::runtime())
        .run_simple(app)
}

#[test]
fn a_lookup_without_an_answer_ends_every_command_that_would_use_the_template() {
    let aws = FakeCloud::new();
    assert_snapshot!(run(&aws, &["deploy", "--yes"]));
    let commands: [&[&str]; 7] = [
        &["diff"],
        &["diff", "--json"],
        &["plan"],
        &["plan", "show"],
        &["deploy", "--reviewed"],
        &["hotswap"],
        &["validate"],
    ];
    for command in commands {
        let outcome = run(&aws, command);
        assert_eq!(outcome.exit_code, ExitCode::Error, "{command:?}");
        let named = outcome.stderr.matches("error[INF7105]").count();
        assert_eq!(named, 2, "{command:?}: {outcome}");
    }
    assert_eq!(aws.calls(), [""; 0]);
    let outcome = run(&aws, &["validate", "--json"]);
    let document: JsonValue = serde_json::from_str(&outcome.stdout).unwrap();
    let codes = document["findings"].as_array().unwrap().iter();
    let codes: Vec<&str> = codes.map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["INF7105", "INF7105"]);
}

#[test]
fn a_stack_can_be_looked_at_and_removed_without_answers() {
    let aws = FakeCloud::new();
    aws.deploy(
        "Web",
        &json!({ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }),
    );
    let commands: [&[&str]; 2] = [&["outputs"], &["destroy", "--yes", "--stack", "Web"]];
    for command in commands {
        let outcome = run(&aws, command);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{command:?}: {outcome}");
    }
}

fn assembly(manifest: &JsonValue) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, value: &JsonValue| {
        std::fs::write(folder.path().join(name), value.to_string()).unwrap();
    };
    write("manifest.json", manifest);
    write(
        "S.template.json",
        &json!({ "Resources": { "Queue": { "Type": "AWS::SQS::Queue" } } }),
    );
    folder
}

fn stack(metadata: &JsonValue) -> JsonValue {
    json!({ "version": "36.0.0", "artifacts": { "S": {
        "type": "aws:cloudformation:stack",
        "environment": "aws://unknown-account/unknown-region",
        "displayName": "S",
        "properties": { "templateFile": "S.template.json" },
        "metadata": metadata,
    } } })
}

fn of_assembly(aws: &FakeCloud, command: &[&str], manifest: &JsonValue) -> Outcome {
    let folder = assembly(manifest);
    let path = folder.path().display().to_string();
    let arguments = command.iter().copied().chain(["--assembly", path.as_str()]);
    Invocation::new(arguments)
        .directory(folder.path())
        .cloud(aws.cloud(), FakeCloud::runtime())
        .run()
}

#[test]
fn warnings_of_the_app_are_shown_and_errors_end_the_command() {
    let aws = FakeCloud::new();
    let warning = json!({ "type": "aws:cdk:warning", "data": "keeps nothing [ack: lib:keep]" });
    let error = json!({ "type": "aws:cdk:error", "data": "needs a dead-letter queue" });
    let outcome = of_assembly(&aws, &["diff"], &stack(&json!({ "/S/Queue": [warning] })));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert_snapshot!(outcome.stderr);
    let outcome = of_assembly(&aws, &["plan"], &stack(&json!({ "/S/Queue": [error] })));
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert_snapshot!(outcome.stderr);
    assert_eq!(aws.writes(), [""; 0]);
}

#[test]
fn an_artifact_that_is_not_known_is_refused() {
    let aws = FakeCloud::new();
    let manifest = json!({ "version": "36.0.0", "artifacts": { "X": { "type": "cdk:magic" } } });
    assert_snapshot!(of_assembly(&aws, &["plan"], &manifest));
}
