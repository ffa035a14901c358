//! Tests of nested stacks: in a diff of assemblies, in a plan, at the data-loss blocker, and on failure.

use std::fs;

use infra_cli::ExitCode;
use infra_cli::testing::{Invocation, Outcome};
use infra_fake::{FailurePhase, FakeCloud};
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};
use tempfile::TempDir;

const ADDRESS: &str = "https://templates.s3.eu-west-1.amazonaws.com";

fn table() -> JsonValue {
    json!({ "Type": "AWS::DynamoDB::Table", "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{ "AttributeName": "a", "AttributeType": "S" }],
        "KeySchema": [{ "AttributeName": "a", "KeyType": "HASH" }],
    } })
}

fn topic(name: &str) -> JsonValue {
    json!({ "Type": "AWS::SNS::Topic", "Properties": { "DisplayName": name } })
}

fn with_table() -> JsonValue {
    json!({ "Resources": { "Table": table(), "Alerts": topic("alerts") } })
}

fn without_table() -> JsonValue {
    json!({ "Resources": { "Alerts": topic("alarms") } })
}

fn root(key: &str) -> JsonValue {
    json!({ "Resources": { "Child": {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": { "TemplateURL": format!("{ADDRESS}/{key}.json") },
        "Metadata": { "aws:asset:path": "WebChild.nested.template.json", "aws:asset:property": "TemplateURL" },
    } } })
}

/// Writes an assembly to a folder of that name.
fn write(folder: &TempDir, name: &str, key: &str, nested: &JsonValue) {
    let folder = folder.path().join(name);
    fs::create_dir(&folder).unwrap();
    let manifest = json!({ "version": "36.0.0", "artifacts": { "Web": {
        "type": "aws:cloudformation:stack",
        "environment": "aws://unknown-account/unknown-region",
        "properties": { "templateFile": "Web.template.json" },
    } } });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
    fs::write(folder.join("Web.template.json"), root(key).to_string()).unwrap();
    fs::write(
        folder.join("WebChild.nested.template.json"),
        nested.to_string(),
    )
    .unwrap();
}

fn folders() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "old", "old", &with_table());
    write(&folder, "new", "new", &without_table());
    folder
}

/// Returns an AWS in which the old assembly is deployed.
fn aws() -> FakeCloud {
    let aws = FakeCloud::new();
    aws.create_bucket("templates");
    aws.put_object("templates", "old.json", with_table().to_string().as_bytes());
    aws.put_object(
        "templates",
        "new.json",
        without_table().to_string().as_bytes(),
    );
    aws.deploy_stack("Web", &root("old"));
    aws
}

fn run(folder: &TempDir, aws: &FakeCloud, arguments: &[&str]) -> Outcome {
    Invocation::new(arguments.iter().copied())
        .directory(folder.path())
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run()
}

#[test]
fn shows_nested_resources_in_diff_of_assemblies() {
    let folder = folders();
    let diff = |more: &[&str]| {
        let all = ["diff", "--assembly", "new", "--against", "old"];
        let all: Vec<&str> = all.iter().chain(more).copied().collect();
        Invocation::new(all).directory(folder.path()).run()
    };
    assert_snapshot!("diff_of_nested_stacks", diff(&[]));
    assert_snapshot!("diff_of_nested_stacks_as_markdown", diff(&["--markdown"]));
    let document: JsonValue = serde_json::from_str(&diff(&["--json"]).stdout).unwrap();
    let stack = &document["stacks"][0];
    assert_eq!(
        stack["nested"],
        json!([
            { "path": "Child", "change": "update", "basis": { "kind": "templates" } },
        ])
    );
    assert_eq!(stack["stops"][0]["logicalId"], "Child/Table");
}

#[test]
fn compares_with_deployed_nested_template() {
    let (folder, aws) = (folders(), aws());
    let same = run(
        &folder,
        &aws,
        &["diff", "--assembly", "old", "--detailed-exitcode"],
    );
    assert_eq!(same.exit_code, ExitCode::Ok, "{same}");
    let other = run(
        &folder,
        &aws,
        &["diff", "--assembly", "new", "--fail-on", "destructive"],
    );
    assert_eq!(other.exit_code, ExitCode::Differences, "{other}");
    assert!(other.stdout.contains("Child/Table"), "{other}");
}

/// Uses an assembly whose nested template is elsewhere: `diff` cannot read it, and explains why data may be lost.
#[test]
fn explains_data_loss_stop_without_nested_template() {
    let (folder, aws) = (folders(), aws());
    let template = folder.path().join("new/Web.template.json");
    let mut bare = root("new");
    bare["Resources"]["Child"]
        .as_object_mut()
        .unwrap()
        .remove("Metadata");
    fs::write(template, bare.to_string()).unwrap();
    let diff = run(&folder, &aws, &["diff", "--assembly", "new"]);
    let lines: Vec<&str> = diff.stdout.lines().map(str::trim).collect();
    let at = lines
        .iter()
        .position(|line| line.starts_with("may lose its data"))
        .unwrap_or_else(|| panic!("{diff}"));
    assert_eq!(
        lines[at + 1],
        "because the assembly does not contain its template",
        "{diff}"
    );
}

#[test]
fn blocks_removal_of_nested_table() {
    let (folder, aws) = (folders(), aws());
    let stopped = run(&folder, &aws, &["deploy", "--assembly", "new", "--yes"]);
    assert_eq!(stopped.exit_code, ExitCode::Blocked, "{stopped}");
    assert!(
        stopped
            .stderr
            .contains("`Child/Table` is removed: the resource with the data is deleted"),
        "{stopped}"
    );
    let allowed = [
        "deploy",
        "--assembly",
        "new",
        "--yes",
        "--allow-data-loss",
        "Child/Table",
    ];
    let done = run(&folder, &aws, &allowed);
    assert_eq!(done.exit_code, ExitCode::Ok, "{done}");
    assert!(done.stderr.contains("Child/Table"), "{done}");
}

#[test]
fn reports_nested_resource_that_failed() {
    let (folder, aws) = (folders(), aws());
    aws.fail_resource(
        "Alerts",
        FailurePhase::Update,
        "Invalid parameter: DisplayName",
    );
    let allowed = [
        "deploy",
        "--assembly",
        "new",
        "--yes",
        "--allow-data-loss",
        "Child/Table",
    ];
    let failed = run(&folder, &aws, &allowed);
    assert_eq!(failed.exit_code, ExitCode::RolledBack, "{failed}");
    assert!(
        failed
            .stderr
            .contains("`Child/Alerts` could not be changed"),
        "{failed}"
    );
    assert!(
        failed.stderr.contains("Invalid parameter: DisplayName"),
        "{failed}"
    );
    let diagnosed = run(&folder, &aws, &["diagnose", "--assembly", "new"]);
    assert!(
        diagnosed
            .to_string()
            .contains("`Child/Alerts` could not be changed"),
        "{diagnosed}"
    );
}
