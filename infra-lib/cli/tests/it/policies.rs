//! Tests of policies of an organisation: `validate`, `plan` and `deploy` with `--policy`, and the example policy.

use std::fs;
use std::path::{Path, PathBuf};

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Environment, StackProps};
use infra_fake::FakeCloud;
use serde_json::{Value as JsonValue, json};

use crate::json_schema::{conforming, problems, schema};
use crate::support::RunApp as _;

const RULE: &str = "
let queues = Resources.*[ Type == 'AWS::SQS::Queue' ]
rule queue_is_fifo when %queues !empty {
    %queues.Properties.FifoQueue == true <<Violation: a queue is not ordered Fix: make it FIFO>>
}
";

fn app(app: &App) {
    let stack = StackProps::new()
        .environment(Environment::new("123456789012", "eu-west-1"))
        .build(app, "Web");
    CfnResource::new(stack, "Jobs", "AWS::SQS::Queue", json!({}));
}

fn policy(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(aws: &FakeCloud, policy: &Path, arguments: &[&str]) -> Outcome {
    let mut all = arguments.to_vec();
    all.extend(["--policy", policy.to_str().unwrap()]);
    Invocation::new(all)
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(app)
}

#[test]
fn stops_on_violation_before_any_aws_call() {
    let aws = FakeCloud::new();
    let policy = policy(&[("queues.guard", RULE)]);
    let commands: [&[&str]; 5] = [
        &["validate"],
        &["plan"],
        &["plan", "show"],
        &["deploy", "--yes"],
        &["deploy", "--yes", "--json"],
    ];
    for command in commands {
        let outcome = run(&aws, policy.path(), command);
        assert_eq!(outcome.exit_code, ExitCode::Error, "{command:?}: {outcome}");
        for said in [
            "error[INF5101]: rule `queue_is_fifo` of the policy: a queue is not ordered",
            "policies.rs:",
            "Web/Jobs",
            "queues.guard:3",
            "make it FIFO",
            "1 violation",
        ] {
            assert!(
                outcome.stderr.contains(said),
                "{said}: {command:?}: {outcome}"
            );
        }
    }
    assert_eq!(aws.called_operations(), [""; 0]);
}

#[test]
fn deploys_and_reports_passed_policy() {
    let aws = FakeCloud::new();
    let rule = RULE.replace("== true", "not exists");
    let policy = policy(&[("queues.guard", &rule)]);
    let outcome = run(&aws, policy.path(), &["deploy", "--yes"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(outcome.stderr.contains("policy: 1 rule of `"), "{outcome}");
    assert!(outcome.stderr.contains("(sha256:"), "{outcome}");
    assert!(outcome.stderr.contains(": no violation"), "{outcome}");
}

#[test]
fn checks_policy_folders_of_environment_variable() {
    let aws = FakeCloud::new();
    let good = policy(&[("good.guard", &RULE.replace("== true", "not exists"))]);
    let bad = policy(&[("bad.guard", RULE)]);
    let run = |command: &[&str]| {
        Invocation::new(command.iter().copied())
            .directory(env!("CARGO_MANIFEST_DIR"))
            .variable("INFRA_POLICY", bad.path())
            .cloud(aws.cloud(), FakeCloud::paused_runtime())
            .run_simple(app)
    };
    let given = good.path().to_str().unwrap();
    let commands: [&[&str]; 3] = [&["validate"], &["plan"], &["plan", "--policy", given]];
    for command in commands {
        let outcome = run(command);
        assert_eq!(outcome.exit_code, ExitCode::Error, "{command:?}: {outcome}");
        assert!(
            outcome.stderr.contains("bad.guard:3"),
            "{command:?}: {outcome}"
        );
    }
    assert_eq!(aws.called_operations(), [""; 0]);
}

#[test]
fn renders_policy_result_for_pull_request() {
    let aws = FakeCloud::new();
    let bad = policy(&[("queues.guard", RULE)]);
    let outcome = run(&aws, bad.path(), &["plan", "--markdown"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(
        outcome.stdout.starts_with("<!-- infra:review:"),
        "{outcome}"
    );
    for said in [
        "1 violation of the policy; no plan was created",
        "> - rule `queue\\_is\\_fifo`",
        "`Web/Jobs`",
        "sha256:",
    ] {
        let said = said.replace("\\_", "_");
        assert!(outcome.stdout.contains(&said), "{said}: {outcome}");
    }
    let exception = "[[exceptions]]\nrule = 'queue_is_fifo'\nstack = 'Web'\nreason = 'order is of no interest'\n";
    let good = policy(&[("queues.guard", RULE), ("policy.toml", exception)]);
    let outcome = run(&aws, good.path(), &["plan", "--markdown"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(outcome.stdout.contains("**Policy**"), "{outcome}");
    assert!(
        outcome.stdout.contains("order is of no interest"),
        "{outcome}"
    );
}

#[test]
fn includes_violations_in_json_and_sarif() {
    let aws = FakeCloud::new();
    let policy = policy(&[("queues.guard", RULE)]);
    let outcome = run(&aws, policy.path(), &["validate", "--json"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    let document = conforming("validate", &outcome.stdout);
    let finding = &document["findings"][0];
    assert_eq!(finding["code"], "INF5101");
    assert_eq!(finding["logicalId"].as_str().unwrap(), "Jobs");
    assert!(
        finding["source"]["file"]
            .as_str()
            .unwrap()
            .ends_with("policies.rs")
    );
    let outcome = run(&aws, policy.path(), &["validate", "--sarif"]);
    let document: JsonValue = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(document["runs"][0]["results"][0]["ruleId"], "INF5101");
    let outcome = run(&aws, policy.path(), &["plan", "--json"]);
    let lines: Vec<JsonValue> = outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for line in &lines {
        assert_eq!(problems(&schema("events"), line), [""; 0], "{line}");
    }
    assert_eq!(lines[0]["type"], "policy");
    assert_eq!(lines[0]["violations"][0]["code"], "INF5101");
    assert_eq!(lines[1]["exitCode"], 1);
}

#[test]
fn reports_broken_policy_with_file_and_line() {
    let aws = FakeCloud::new();
    let broken = policy(&[("queues.guard", "rule a {\n  %\n")]);
    let outcome = run(&aws, broken.path(), &["plan"]);
    assert_eq!(outcome.exit_code, ExitCode::Error, "{outcome}");
    assert!(outcome.stderr.contains("error[INF5102]"), "{outcome}");
    assert!(outcome.stderr.contains("queues.guard:"), "{outcome}");
    let outcome = run(&aws, Path::new("no-such-folder"), &["validate"]);
    assert!(
        outcome
            .stderr
            .contains("error[INF5102]: cannot read `no-such-folder`"),
        "{outcome}"
    );
    assert_eq!(aws.called_operations(), [""; 0]);
}

#[test]
fn executes_plan_only_with_recorded_policy() {
    let aws = FakeCloud::new();
    let rule = RULE.replace("== true", "not exists");
    let named = "name = 'your-org/policy'\n";
    let one = policy(&[("queues.guard", &rule), ("policy.toml", named)]);
    let commit = "0123456789abcdef0123456789abcdef01234567";
    fs::create_dir(one.path().join(".git")).unwrap();
    fs::write(one.path().join(".git/HEAD"), format!("{commit}\n")).unwrap();
    let other = policy(&[("queues.guard", &format!("{rule}\n# more\n"))]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.json");
    let file = file.to_str().unwrap();
    let outcome = run(&aws, one.path(), &["plan", "--out", file]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let plan: JsonValue = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(problems(&schema("plan"), &plan), [""; 0]);
    let recorded = &plan["policies"];
    assert_eq!(recorded.as_array().unwrap().len(), 1);
    assert_eq!(recorded[0]["name"], "your-org/policy");
    assert_eq!(recorded[0]["revision"], commit);
    assert_eq!(recorded[0]["digest"].as_str().unwrap().len(), 64);
    for command in [
        &["deploy", "--yes", "--plan", file][..],
        &["plan", "show", "--plan", file],
    ] {
        let outcome = run(&aws, other.path(), command);
        assert_eq!(outcome.exit_code, ExitCode::Stale, "{command:?}: {outcome}");
        for said in [
            "error[INF7311]: the plan file was checked with other policies than those of this command",
            &format!("expected: your-org/policy@{commit} sha256:"),
        ] {
            assert!(outcome.stderr.contains(said), "{said}: {outcome}");
        }
    }
    let shown = run(&aws, one.path(), &["plan", "show", "--plan", file]);
    let said = format!("policy    your-org/policy@{commit} sha256:");
    assert!(shown.stderr.contains(&said), "{shown}");
    let outcome = run(&aws, one.path(), &["deploy", "--yes", "--plan", file]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn refuses_policy_for_plan_made_without_policy() {
    let aws = FakeCloud::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.json");
    let file = file.to_str().unwrap();
    let outcome = Invocation::new(["plan", "--out", file])
        .directory(env!("CARGO_MANIFEST_DIR"))
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(app);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let plan = fs::read_to_string(file).unwrap();
    assert!(!plan.contains("policies"), "{plan}");
    let rule = RULE.replace("== true", "not exists");
    let policy = policy(&[("queues.guard", &rule)]);
    let outcome = run(&aws, policy.path(), &["deploy", "--yes", "--plan", file]);
    assert_eq!(outcome.exit_code, ExitCode::Stale, "{outcome}");
    assert!(outcome.stderr.contains("expected: none"), "{outcome}");
}

#[test]
fn stops_on_macro_that_rules_cannot_check() {
    let policy = policy(&[("queues.guard", RULE)]);
    let folder = tempfile::tempdir().unwrap();
    let manifest = json!({ "version": "36.0.0", "artifacts": { "Web": {
        "type": "aws:cloudformation:stack",
        "environment": "aws://123456789012/eu-west-1",
        "properties": { "templateFile": "Web.template.json" },
    } } });
    fs::write(folder.path().join("manifest.json"), manifest.to_string()).unwrap();
    let template = json!({ "Transform": "Hidden", "Resources": {
        "Topic": { "Type": "AWS::SNS::Topic" },
    } });
    fs::write(
        folder.path().join("Web.template.json"),
        template.to_string(),
    )
    .unwrap();
    let aws = FakeCloud::new();
    let (app, policy) = (
        folder.path().to_str().unwrap(),
        policy.path().to_str().unwrap(),
    );
    for command in [&["validate"][..], &["plan"], &["deploy", "--yes"]] {
        let mut arguments = vec!["--app", app];
        arguments.extend(command);
        arguments.extend(["--policy", policy]);
        let outcome = Invocation::new(arguments)
            .directory(folder.path())
            .cloud(aws.cloud(), FakeCloud::paused_runtime())
            .run();
        assert_eq!(outcome.exit_code, ExitCode::Error, "{command:?}: {outcome}");
        for said in [
            "INF5104",
            "the output of the macro `Hidden`",
            "`macro = \"Hidden\"`",
        ] {
            assert!(outcome.stderr.contains(said), "{said}: {outcome}");
        }
    }
    assert_eq!(aws.called_operations(), [""; 0]);
}

/// Writes an assembly with a template of the example.
fn assembly(folder: &Path, template: &str) {
    let manifest = json!({ "version": "36.0.0", "artifacts": { "Web": {
        "type": "aws:cloudformation:stack",
        "environment": "aws://123456789012/eu-west-1",
        "properties": { "templateFile": "Web.template.json" },
    } } });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    let text = fs::read_to_string(example().join("tests").join(template)).unwrap();
    fs::write(folder.join("Web.template.json"), text).unwrap();
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/policy")
}

#[test]
fn checks_good_and_bad_templates_with_example_policy() {
    let run = |template: &str| {
        let folder = tempfile::tempdir().unwrap();
        assembly(folder.path(), template);
        let app = folder.path().to_str().unwrap();
        let policy = example();
        let arguments = [
            "--app",
            app,
            "validate",
            "--json",
            "--policy",
            policy.to_str().unwrap(),
        ];
        let outcome = Invocation::new(arguments).directory(folder.path()).run();
        let document: JsonValue = serde_json::from_str(&outcome.stdout)
            .unwrap_or_else(|error| panic!("{error}: {outcome}"));
        let findings = document["findings"].as_array().unwrap().clone();
        let messages: Vec<String> = findings
            .iter()
            .map(|one| {
                format!(
                    "{} {}",
                    one["logicalId"].as_str().unwrap(),
                    one["message"].as_str().unwrap()
                )
            })
            .collect();
        (outcome.exit_code, messages)
    };
    assert_eq!(run("good.template.json"), (ExitCode::Ok, Vec::new()));
    let (code, mut messages) = run("bad.template.json");
    messages.sort();
    assert_eq!(code, ExitCode::Error);
    let rule = |name: &str, text: &str| format!("rule `{name}` of the policy: {text}");
    assert_eq!(
        messages,
        [
            format!(
                "Administrator {}",
                rule("role_is_no_administrator", "a role has every permission")
            ),
            format!(
                "Bucket {}",
                rule("bucket_blocks_public_access", "a bucket may be made public")
            ),
            format!(
                "Database {}",
                rule("database_is_encrypted", "a database is not encrypted")
            ),
            format!(
                "Database {}",
                rule("database_is_kept", "a database is deleted with its stack")
            ),
            format!(
                "Role {}",
                rule("role_has_a_boundary", "a role has no permissions boundary")
            ),
            format!(
                "Role {}",
                rule("role_is_no_administrator", "a role has every permission")
            ),
        ]
    );
}

#[test]
fn passes_example_policy_for_reference_app() {
    let folder = tempfile::tempdir().unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra-app/tests/golden/prod");
    let mut artifacts = serde_json::Map::new();
    for entry in fs::read_dir(golden).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        fs::copy(&path, folder.path().join(&file)).unwrap();
        let stack = json!({ "type": "aws:cloudformation:stack",
            "environment": "aws://111122223333/us-east-1", "properties": { "templateFile": file } });
        artifacts.insert(file.split('.').next().unwrap().to_owned(), stack);
    }
    let manifest = json!({ "version": "36.0.0", "artifacts": artifacts });
    fs::write(folder.path().join("manifest.json"), manifest.to_string()).unwrap();
    let (app, policy) = (folder.path().to_str().unwrap(), example());
    let arguments = [
        "--app",
        app,
        "validate",
        "--policy",
        policy.to_str().unwrap(),
    ];
    let outcome = Invocation::new(arguments).directory(folder.path()).run();
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(outcome.stderr.contains(": no violation"), "{outcome}");
}
