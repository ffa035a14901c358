//! Tests of CDK assemblies and context lookups through the command line.

use std::collections::BTreeMap;
use std::path::Path;

use infra_aws::{RouteTable, Subnet, Vpc};
use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::{App, CfnResource, Construct, Environment, StackProps};
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use crate::support::RunApp as _;

/// Builds an app with a queue whose name is the answer to a context lookup.
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
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), aws, arguments)
}

fn run_in(folder: &Path, aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied())
        .directory(folder)
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(app)
}

/// Returns an account in which the lookups of `app` have answers.
fn account() -> FakeCloud {
    let aws = FakeCloud::new();
    aws.add_parameter("/web/name", "pages");
    let tags = BTreeMap::from([("Name".to_owned(), "main".to_owned())]);
    let vpc = Vpc::builder().id("vpc-1").tags(tags).build();
    let subnet = Subnet::builder().id("s-1").vpc("vpc-1").zone("a");
    let table = RouteTable::builder().id("r-1").vpc("vpc-1").is_main(true);
    aws.add_vpc(vpc, vec![subnet.build()], vec![table.build()]);
    aws
}

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    // The context file belongs to the folder of the project.
    std::fs::write(folder.path().join("infra.toml"), "app = 'app'\n").unwrap();
    folder
}

const SSM: &str = "ssm:account=123456789012:parameterName=/web/name:region=eu-west-1";
const VPC: &str = "vpc-provider:account=123456789012:filter.tag:Name=main:region=eu-west-1";

#[test]
fn stops_template_commands_on_unanswered_lookup() {
    let aws = account();
    let folder = project();
    let run = |arguments: &[&str]| run_in(folder.path(), &aws, arguments);
    assert_snapshot!(run(&["deploy", "--yes", "--no-lookups"]));
    let commands: [&[&str]; 9] = [
        &["diff", "--no-lookups"],
        &["diff", "--json", "--no-lookups"],
        &["plan", "--no-lookups"],
        &["plan", "show", "--no-lookups"],
        &["deploy", "--reviewed", "--no-lookups"],
        &["hotswap", "--no-lookups"],
        &["synth", "--no-lookups"],
        &["synth", "--out", "x", "--no-lookups"],
        &["validate"],
    ];
    for command in commands {
        let outcome = run(command);
        assert_eq!(outcome.exit_code, ExitCode::Error, "{command:?}");
        let named = outcome.stderr.matches("error[INF7105]").count();
        assert_eq!(named, 2, "{command:?}: {outcome}");
    }
    assert_eq!(aws.called_operations(), [""; 0]);
    let outcome = run(&["validate", "--json"]);
    let document: JsonValue = serde_json::from_str(&outcome.stdout).unwrap();
    let codes = document["findings"].as_array().unwrap().iter();
    let codes: Vec<&str> = codes.map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["INF7105", "INF7105"]);
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(files.len(), 1, "nothing was written");
}

#[test]
fn answers_lookups_and_caches_results() {
    let folder = project();
    let inner = folder.path().join("src");
    std::fs::create_dir(&inner).unwrap();
    let kept = folder.path().join("cdk.context.json");
    std::fs::write(&kept, "{\"mine\":1}").unwrap();
    let aws = account();
    let outcome = run_in(&inner, &aws, &["synth", "--stack", "Web"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        outcome.stdout.contains("\"QueueName\": \"pages\""),
        "{outcome}"
    );
    let said = "looking up 2 context lookups in AWS\n2 answers stored in `";
    assert!(outcome.stderr.starts_with(said), "{outcome}");
    let text = std::fs::read_to_string(&kept).unwrap();
    let values: serde_json::Map<String, JsonValue> = serde_json::from_str(&text).unwrap();
    let keys: Vec<&String> = values.keys().collect();
    assert_eq!(keys, ["mine", SSM, VPC]);
    assert_eq!(values[SSM], "pages");
    assert_eq!(values[VPC]["vpcId"], "vpc-1");
    // Known answers are not requested again.
    let again = FakeCloud::new();
    let outcome = run_in(&inner, &again, &["diff"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert!(
        !again
            .called_operations()
            .contains(&"GetParameter".to_owned())
    );
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), text);
}

#[test]
fn answers_lookups_before_deployment() {
    let folder = project();
    let aws = account();
    let command = ["deploy", "--yes", "--progress", "none"];
    let outcome = run_in(folder.path(), &aws, &command);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let calls = aws.called_operations();
    let place = |name: &str| calls.iter().position(|call| call == name).unwrap();
    assert!(place("GetParameter") < place("CreateChangeSet"));
    assert_eq!(aws.stack_status("Web").as_deref(), Some("CREATE_COMPLETE"));
}

#[test]
fn stops_on_lookup_without_result_and_caches_no_value() {
    let folder = project();
    let aws = account();
    let other = FakeCloud::new();
    other.add_parameter("/web/name", "pages");
    let outcome = run_in(folder.path(), &other, &["plan"]);
    assert_snapshot!(outcome);
    assert_eq!(other.write_operations(), [""; 0]);
    let kept = std::fs::read_to_string(folder.path().join("cdk.context.json")).unwrap();
    assert!(kept.contains(SSM) && !kept.contains(VPC), "{kept}");
    let outcome = run_in(folder.path(), &aws, &["synth"]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
}

#[test]
fn stops_app_that_repeats_answered_lookup() {
    let folder = project();
    let aws = account();
    let runs = std::cell::Cell::new(0);
    let deaf = |arguments: &[std::ffi::OsString], _: &Path| {
        runs.set(runs.get() + 1);
        let mut arguments = arguments.iter();
        let file = arguments.find(|one| *one == "--questions");
        let file = file.and_then(|_| arguments.next()).unwrap();
        let props = json!({ "account": "123456789012", "region": "eu-west-1", "parameterName": "/web/name" });
        let asked = json!([{ "key": SSM, "provider": "ssm", "props": props }]);
        std::fs::write(file, asked.to_string()).unwrap();
        infra_cli::testing::AppRun {
            stdout: String::new(),
            stderr: String::new(),
            exit_code: ExitCode::Ok,
        }
    };
    let outcome = Invocation::new(["plan"])
        .directory(folder.path())
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_with(&deaf);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert!(outcome.stderr.contains("error[INF7108]"), "{outcome}");
    assert_eq!(runs.get(), 2);
}

#[test]
fn reads_outputs_and_destroys_stack_without_lookups() {
    let aws = FakeCloud::new();
    aws.deploy_stack(
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
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run()
}

#[test]
fn shows_app_warnings_and_stops_on_app_errors() {
    let aws = FakeCloud::new();
    let warning = json!({ "type": "aws:cdk:warning", "data": "keeps nothing [ack: lib:keep]" });
    let error = json!({ "type": "aws:cdk:error", "data": "needs a dead-letter queue" });
    let outcome = of_assembly(&aws, &["diff"], &stack(&json!({ "/S/Queue": [warning] })));
    assert_eq!(outcome.exit_code, ExitCode::Ok);
    assert_snapshot!(outcome.stderr);
    let outcome = of_assembly(&aws, &["plan"], &stack(&json!({ "/S/Queue": [error] })));
    assert_eq!(outcome.exit_code, ExitCode::Error);
    assert_snapshot!(outcome.stderr);
    assert_eq!(aws.write_operations(), [""; 0]);
}

#[test]
fn rejects_unknown_artifact_type() {
    let aws = FakeCloud::new();
    let manifest = json!({ "version": "36.0.0", "artifacts": { "X": { "type": "cdk:magic" } } });
    assert_snapshot!(of_assembly(&aws, &["plan"], &manifest));
}

/// Runs `validate` in a CDK project whose `cdk.json` names a program that writes an assembly with this metadata.
fn validated(metadata: &JsonValue, options: &[&str]) -> Outcome {
    let folder = assembly(&stack(metadata));
    let project = json!({ "app": "cp manifest.json S.template.json \"$CDK_OUTDIR\"" });
    std::fs::write(folder.path().join("cdk.json"), project.to_string()).unwrap();
    let arguments = ["validate"].iter().chain(options).copied();
    Invocation::new(arguments)
        .directory(folder.path())
        .variable("PATH", std::env::var_os("PATH").unwrap())
        .cloud(FakeCloud::new().cloud(), FakeCloud::paused_runtime())
        .run()
}

#[test]
fn validates_cdk_app_annotations() {
    let entry = |kind: &str, data: &str| json!([{ "type": kind, "data": data }]);
    let warning = json!({ "/S/Queue": entry("aws:cdk:warning", "keeps nothing [ack: lib:keep]") });
    let error = json!({ "/S/Queue": entry("aws:cdk:error", "needs a dead-letter queue") });

    let outcome = validated(&json!({}), &[]);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(outcome.stderr, "1 stack, no findings\n");
    assert_snapshot!("validate_cdk_warning", validated(&warning, &[]));
    let strict = validated(&warning, &["--strict"]);
    assert_eq!(strict.exit_code, ExitCode::Error, "{strict}");
    assert_snapshot!("validate_cdk_error", validated(&error, &[]));

    let outcome = validated(&error, &["--json"]);
    assert_eq!(outcome.exit_code, ExitCode::Error);
    let document = crate::json_schema::conforming("validate", &outcome.stdout);
    assert_eq!(document["findings"][0]["severity"], "error");
    let outcome = validated(&warning, &["--sarif"]);
    let report: JsonValue = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(report["runs"][0]["results"][0]["level"], "warning");
    assert_snapshot!("validate_cdk_usage", validated(&warning, &["--out", "x"]));
}

/// Uses documents that are JSON, but not a manifest.
#[test]
fn rejects_manifest_of_wrong_shape() {
    let aws = FakeCloud::new();
    for (name, manifest) in [
        ("list", json!([])),
        ("empty", json!({})),
        ("text", json!("manifest")),
        ("artifacts", json!({ "version": "36.0.0", "artifacts": [] })),
    ] {
        for command in [&["diff"][..], &["plan"], &["deploy", "--yes"], &["destroy"]] {
            let outcome = of_assembly(&aws, command, &manifest);
            assert_eq!(outcome.exit_code, ExitCode::Error, "{name}: {outcome}");
            assert_eq!(outcome.stdout, "");
            assert!(
                outcome.stderr.contains("error[INF7101]"),
                "{name}: {outcome}"
            );
        }
        let outcome = of_assembly(&aws, &["plan"], &manifest);
        assert_snapshot!(format!("manifest_{name}"), outcome);
    }
    assert_eq!(aws.called_operations(), [""; 0]);
}
