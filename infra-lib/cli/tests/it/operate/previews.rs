//! Tests of previews: listed by `previews`, and deleted by `destroy --preview` with all their data.

use infra_cli::ExitCode;
use infra_core::{App, CfnResource, Environment, RemovalPolicy, Stack, StackProps};
use infra_fake::{FakeCloud, StackOptions};
use infra_template::assembly::CloudAssembly;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};

use super::{assert_nothing_written, at};
use crate::json_schema::conforming;
use crate::support::RunApp as _;

/// Builds a preview with data that other environments would keep.
fn preview(app: &App, name: &str, expires: &str) {
    app.mark_preview("notes", "preview", name, expires);
    for part in ["data", "edge"] {
        let stack = stack(app, part, &format!("notes-preview-{name}-{part}"));
        let bucket = json!({ "BucketName": format!("{name}-{part}") });
        let bucket = CfnResource::new(stack, "Bucket", "AWS::S3::Bucket", bucket);
        bucket.apply_removal_policy(RemovalPolicy::Retain);
        let database = json!({ "Engine": "postgres", "AllocatedStorage": "20" });
        CfnResource::new(stack, "Database", "AWS::RDS::DBInstance", database);
    }
}

/// Builds the app on `main`: another preview, which is not deployed.
fn of_main(app: &App) {
    preview(app, "main", "2026-12-31");
}

fn stack<'a>(app: &'a App, id: &str, name: &str) -> Stack<'a> {
    StackProps::new()
        .stack_name(name)
        .environment(Environment::region("eu-west-1"))
        .build(app, id)
}

fn deploy(aws: &FakeCloud, build: impl Fn(&App)) {
    let app = App::new();
    build(&app);
    for stack in CloudAssembly::from_synthesis(&app.synth()).unwrap().stacks {
        let document = JsonValue::Object(stack.template.document().clone());
        let existing = StackOptions::builder().tags(stack.tags).build();
        aws.deploy_stack_with(&stack.name, &document, existing);
    }
}

/// Returns an AWS with two previews, an environment and another app.
fn aws() -> FakeCloud {
    let aws = FakeCloud::new();
    deploy(&aws, |app| preview(app, "pr7", "2026-12-03"));
    deploy(&aws, |app| preview(app, "pr70", "2026-12-09"));
    deploy(&aws, |app| {
        app.mark_stacks("notes", "prod");
        let stack = stack(app, "Data", "notes-prod-data");
        CfnResource::new(stack, "Bucket", "AWS::S3::Bucket", json!({}));
    });
    deploy(&aws, |app| {
        app.mark_preview("billing", "preview", "pr7", "2026-12-03");
        let stack = stack(app, "Data", "billing-preview-pr7-data");
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    });
    aws
}

#[test]
fn lists_previews_with_expiry_date() {
    let aws = aws();
    assert_snapshot!("previews", at(&aws, &["previews"]).run_simple(of_main));
    let outcome = at(&aws, &["previews", "--json"]).run_simple(of_main);
    let found = conforming("previews", &outcome.stdout);
    let names: Vec<&str> = found
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect();
    assert_eq!(names, ["pr7", "pr70"]);
    assert_eq!(found[0]["stacks"][1]["name"], "notes-preview-pr7-edge");
    assert_nothing_written(&aws);
}

#[test]
fn destroys_preview_with_all_data() {
    let aws = aws();
    aws.put_object("pr7-data", "a.png", b"png");
    aws.put_object("pr7-edge", "index.html", b"<!doctype html>");
    aws.put_object("pr70-data", "b.png", b"png");
    let arguments = ["destroy", "--preview", "pr7", "--yes"];
    let outcome = at(&aws, &arguments).run_simple(of_main);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_snapshot!("destroy_preview", outcome);
    for gone in ["notes-preview-pr7-data", "notes-preview-pr7-edge"] {
        assert_eq!(aws.stack_status(gone), None, "{gone}");
    }
    assert!(aws.bucket_objects("pr7-data").is_empty());
    for stays in [
        "notes-preview-pr70-data",
        "notes-preview-pr70-edge",
        "notes-prod-data",
        "billing-preview-pr7-data",
    ] {
        assert!(aws.stack_status(stays).is_some(), "{stays}");
    }
    assert_eq!(aws.bucket_objects("pr70-data").len(), 1);
    // Running the command twice is no error, because workflows can be rerun.
    let again = at(&aws, &arguments).run_simple(of_main);
    assert_eq!(again.exit_code, ExitCode::Ok, "{again}");
    assert!(
        again.stderr.contains("nothing to destroy") || again.stdout.contains("nothing to destroy")
    );
}

#[test]
fn protects_data_outside_destroy_preview() {
    let aws = aws();
    let by_name = ["destroy", "--stack", "notes-preview-pr7-data", "--yes"];
    let outcome = at(&aws, &by_name).run_simple(|app| {
        preview(app, "pr7", "2026-12-03");
    });
    assert_ne!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let environment = ["destroy", "--preview", "prod", "--yes"];
    let outcome = at(&aws, &environment).run_simple(of_main);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let unmarked = at(&aws, &["previews"]).run_simple(|app| {
        let stack = Stack::new(app, "Data");
        CfnResource::new(stack, "Queue", "AWS::SQS::Queue", json!({}));
    });
    assert_snapshot!("previews_without_marks", unmarked);
    assert_nothing_written(&aws);
}

#[test]
fn requires_typed_preview_name_to_destroy() {
    let aws = aws();
    let refused = at(&aws, &["destroy", "--preview", "pr7"])
        .answers(["yes"])
        .run_simple(of_main);
    assert_ne!(refused.exit_code, ExitCode::Ok, "{refused}");
    assert_nothing_written(&aws);
    let outcome = at(&aws, &["destroy", "--preview", "pr7"])
        .answers(["pr7"])
        .run_simple(of_main);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    assert_eq!(aws.stack_status("notes-preview-pr7-data"), None);
}
