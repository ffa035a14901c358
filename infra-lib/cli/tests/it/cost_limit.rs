//! Tests of `max_monthly`: estimates above the limit of the environment end `plan`, `deploy` and `cost` before anything is sent to AWS.

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Environment, StackProps};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use crate::json_schema::conforming;
use crate::support::RunApp as _;

/// Creates two stacks that cost 37.50 USD a month, with one queue whose charges are unknown.
fn notes(app: &App) {
    let network = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Network");
    CfnResource::new(network, "Nat", "AWS::EC2::NatGateway", json!({}));
    CfnResource::new(network, "Address", "AWS::EC2::EIP", json!({}));
    let web = StackProps::new()
        .environment(Environment::region("us-east-1"))
        .build(app, "Web");
    CfnResource::new(web, "Queue", "AWS::SQS::Queue", json!({}));
    CfnResource::new(web, "Key", "AWS::KMS::Key", json!({}));
}

const LIMITS: &str = "[cost]
max_monthly = 37.49
[environments.dev]
[environments.prod.cost]
max_monthly = 37.5
";

/// Runs a command in an environment of a project with these settings, on an AWS in memory.
fn run(aws: &FakeCloud, settings: &str, environment: &str, arguments: &[&str]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let project = format!("app = 'x'\nname = 'notes'\nenv = '{environment}'\n{settings}");
    std::fs::write(folder.path().join("infra.toml"), project).unwrap();
    Invocation::new(arguments.iter().copied())
        .directory(folder.path())
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(notes)
}

#[test]
fn refuses_plan_and_deployment_above_limit() {
    let aws = FakeCloud::new();
    for command in [&["plan"][..], &["deploy", "--yes"]] {
        let refused = run(&aws, LIMITS, "dev", command);
        assert_eq!(refused.exit_code, ExitCode::Blocked, "{refused}");
        assert_snapshot!("cost_limit_exceeded", refused);
    }
    // The limit concerns the whole app.
    let selected = run(&aws, LIMITS, "dev", &["deploy", "--yes", "--stack", "Web"]);
    assert_eq!(selected.exit_code, ExitCode::Blocked, "{selected}");
    assert_eq!(aws.called_operations(), Vec::<String>::new());
}

#[test]
fn accepts_deployment_at_limit_and_says_what_is_unknown() {
    let aws = FakeCloud::new();
    for command in [&["plan"][..], &["deploy", "--yes"]] {
        let accepted = run(&aws, LIMITS, "prod", command);
        assert_eq!(accepted.exit_code, ExitCode::Ok, "{accepted}");
        let line = "cost: 37.50 of at most 37.50 USD a month; not part of the estimate: 1 unknown charge, and use without an assumption\n";
        assert!(accepted.stderr.contains(line), "{accepted}");
        aws.elapsed_time();
    }
    let called = aws.called_operations();
    assert!(
        called.iter().any(|one| one.contains("ExecuteChangeSet")),
        "{called:?}"
    );
}

#[test]
fn counts_assumed_use_towards_limit() {
    let aws = FakeCloud::new();
    let settings = format!("{LIMITS}[cost.usage.'Network/Nat']\ngb = 1\n");
    let refused = run(&aws, &settings, "prod", &["plan"]);
    assert_eq!(refused.exit_code, ExitCode::Blocked, "{refused}");
    let said =
        "error[INF7605]: the estimated costs of 37.55 USD a month exceed the limit of 37.50 USD";
    assert!(refused.stderr.contains(said), "{refused}");
    assert_eq!(aws.called_operations(), Vec::<String>::new());
}

#[test]
fn writes_exceeded_limit_as_json_lines_and_comment() {
    let aws = FakeCloud::new();
    let refused = run(&aws, LIMITS, "dev", &["deploy", "--yes", "--json"]);
    assert_eq!(refused.exit_code, ExitCode::Blocked, "{refused}");
    let lines: Vec<JsonValue> = refused
        .stdout
        .lines()
        .map(|line| conforming("events", line))
        .collect();
    let [diagnosis, result] = lines.as_slice() else {
        panic!("{refused}");
    };
    assert_eq!(diagnosis["findings"][0]["code"], "INF7605");
    assert_eq!(
        (&result["command"], &result["exitCode"]),
        (&json!("deploy"), &json!(3))
    );
    let comment = run(&aws, LIMITS, "dev", &["plan", "--markdown"]);
    assert_snapshot!("cost_limit_comment", comment.stdout);
    assert_eq!(aws.called_operations(), Vec::<String>::new());
}

#[test]
fn prints_estimate_before_it_fails() {
    let aws = FakeCloud::new();
    let found = run(&aws, LIMITS, "dev", &["cost", "--json", "--stack", "Web"]);
    assert_eq!(found.exit_code, ExitCode::Blocked, "{found}");
    assert!(found.stderr.contains("error[INF7605]"), "{found}");
    let document = conforming("cost", &found.stdout);
    assert_eq!(document["total"]["monthly"], json!(1.0));
    assert_eq!(document["maxMonthly"], json!(37.49));
    let within = run(&aws, LIMITS, "prod", &["cost"]);
    assert_eq!(within.exit_code, ExitCode::Ok, "{within}");
    let without = run(&aws, "", "dev", &["cost", "--json"]);
    let document = conforming("cost", &without.stdout);
    assert_eq!(document.get("maxMonthly"), None);
}
