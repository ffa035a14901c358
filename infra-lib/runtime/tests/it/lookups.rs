//! Tests of context lookups: answered from the context file, and an error of `validate` without an answer.

use infra_core::{App, CfnResource, Construct, Environment, StackProps};
use infra_runtime::ExitCode;
use infra_runtime::testing::Invocation;
use insta::assert_snapshot;
use serde_json::json;

const KEY: &str = "ssm:account=111122223333:parameterName=/web/name:region=eu-west-1";

fn build(app: &App) {
    let stack = StackProps::new()
        .environment(Environment::new("111122223333", "eu-west-1"))
        .build(app, "Web");
    let question = json!({ "parameterName": "/web/name" });
    let question = question.as_object().unwrap().clone();
    let name = Construct::scope(&stack).lookup("ssm", question, json!("dummy"));
    CfnResource::new(
        stack,
        "Queue",
        "AWS::SQS::Queue",
        json!({ "QueueName": name }),
    );
}

#[test]
fn validate_fails_until_lookup_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let validate = || {
        Invocation::new(["validate"])
            .directory(folder.path())
            .run_simple(build)
    };
    let outcome = validate();
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert_snapshot!(outcome.stderr);
    std::fs::write(
        folder.path().join("cdk.context.json"),
        json!({ KEY: "pages" }).to_string(),
    )
    .unwrap();
    assert_eq!(validate().exit_code, ExitCode::Ok);
}

#[test]
fn finds_lookup_answers_up_to_project_folder() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("app/src");
    std::fs::create_dir_all(&inner).unwrap();
    let synth = || {
        Invocation::new(["synth", "--stack", "Web"])
            .directory(&inner)
            .run_simple(build)
            .stdout
    };
    std::fs::write(
        folder.path().join("cdk.context.json"),
        json!({ KEY: "pages" }).to_string(),
    )
    .unwrap();
    assert!(synth().contains("pages"));
    std::fs::write(folder.path().join("app/infra.toml"), "").unwrap();
    assert!(synth().contains("dummy"));
    std::fs::write(folder.path().join("app/cdk.context.json"), "[").unwrap();
    let outcome = Invocation::new(["synth"])
        .directory(&inner)
        .run_simple(build);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(
        outcome
            .stderr
            .contains("app/cdk.context.json` is not a JSON object: "),
        "{}",
        outcome.stderr
    );
}
