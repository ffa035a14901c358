//! Tests that the committed schemas are current, and that outputs conform to them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use infra_cli::ExitCode;
use infra_core::{App, CfnResource, Stack};
use infra_fake::FakeCloud;
use serde_json::{Value as JsonValue, json};

use crate::json_schema::{conforming, problems, schema};
use crate::operate::{at, deployed, notes, run};
use crate::support::RunApp as _;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas")
}

#[test]
fn matches_committed_schemas() {
    let mut names = BTreeSet::from(["config.schema.json".to_owned()]);
    for (name, schema) in infra_cli::list_schemas() {
        let file = format!("{name}.schema.json");
        let text = format!("{schema:#}\n");
        let path = folder().join(&file);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "schemas/{file} is stale: run `UPDATE=1 cargo test -p infra-cli --test it committed_schemas`"
        );
        assert!(schema["title"].is_string(), "{file} has no title");
        names.insert(file);
    }
    let there = std::fs::read_dir(folder()).unwrap();
    let there = there.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<BTreeSet<_>>(), names);
}

/// Builds an app with warnings and an error.
fn flawed(app: &App) {
    let stack = Stack::new(app, "Web");
    CfnResource::new(
        stack,
        "Queue",
        "AWS::SQS::Queue",
        json!({ "DelaySecond": 5 }),
    );
}

#[test]
fn prints_app_documents_that_match_schemas() {
    let folder = tempfile::tempdir().unwrap();
    let aws = FakeCloud::new();
    let printed = |arguments: &[&str]| {
        let outcome = at(&aws, arguments)
            .directory(folder.path())
            .run_simple(notes);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        outcome.stdout
    };
    let stacks = conforming("ls", &printed(&["ls", "--json"]));
    assert_eq!(stacks[1]["dependencies"], json!(["Data"]));
    let synthesis = conforming("synth", &printed(&["synth", "--json"]));
    assert_eq!(synthesis["directory"], "infra.out");
    conforming("validate", &printed(&["validate", "--json"]));
    let graph = conforming("graph", &printed(&["graph", "--json"]));
    assert_eq!(graph["stacks"][0]["name"], "Data");
    assert_eq!(
        printed(&["graph", "--json"]),
        printed(&["graph", "--format", "json"])
    );
    let page = conforming("explain", &printed(&["explain", "INF1001", "--json"]));
    assert_eq!(page["code"], "INF1001");
    let rule = conforming("explain", &printed(&["explain", "s3-tls", "--json"]));
    assert_eq!(rule["title"], "no bucket policy denies access without TLS");
    assert!(
        printed(&["explain", "s3-tls"]).contains("- CIS AWS Foundations Benchmark 3.0.0: 2.1.1\n")
    );
    let all = conforming("explain", &printed(&["explain", "--json"]));
    assert!(all.as_array().unwrap().len() > 200);

    let wrong = at(&aws, &["validate", "--json"]).run_simple(flawed);
    let wrong = conforming("validate", &wrong.stdout);
    assert_eq!(wrong["findings"][0]["code"], "INF3002");
    let wrong = at(&aws, &["synth", "--json"]).run_simple(flawed);
    let wrong = conforming("synth", &wrong.stdout);
    assert_eq!(
        (&wrong["directory"], &wrong["errors"]),
        (&JsonValue::Null, &json!(1))
    );
    assert_eq!(aws.called_operations(), Vec::<String>::new());
}

#[test]
fn prints_stack_documents_that_match_schemas() {
    let aws = deployed(notes);
    for (name, arguments) in [
        ("doctor", &["doctor", "--json"] as &[&str]),
        ("outputs", &["outputs"]),
        ("outputs", &["outputs", "--json"]),
        ("drift", &["drift", "--json", "--progress", "none"]),
        ("diagnose", &["diagnose", "--json"]),
    ] {
        let outcome = run(&aws, arguments);
        assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
        conforming(name, &outcome.stdout);
    }
    let nothing = FakeCloud::new();
    conforming("diagnose", &run(&nothing, &["diagnose", "--json"]).stdout);
    assert_eq!(
        conforming("outputs", &run(&nothing, &["outputs"]).stdout),
        json!({})
    );
}

#[test]
fn writes_outputs_file_that_matches_schema() {
    let folder = tempfile::tempdir().unwrap();
    let aws = FakeCloud::new();
    let arguments = [
        "deploy",
        "--yes",
        "--outputs-file",
        "outputs.json",
        "--progress",
        "none",
    ];
    let outcome = at(&aws, &arguments)
        .directory(folder.path())
        .run_simple(notes);
    assert_eq!(outcome.exit_code, ExitCode::Ok, "{outcome}");
    let written = std::fs::read_to_string(folder.path().join("outputs.json")).unwrap();
    let outputs = conforming("outputs", &written);
    assert!(outputs["Data"]["TopicArn"].is_string(), "{outputs}");
}

#[test]
fn rejects_wrong_documents_by_schema() {
    let aws = deployed(notes);
    let doctor = conforming("doctor", &run(&aws, &["doctor", "--json"]).stdout);
    for (key, value) in [
        ("version", json!(2)),
        ("healthy", json!("yes")),
        (
            "checks",
            json!([{ "subject": "region", "verdict": "fine", "message": "" }]),
        ),
    ] {
        let mut other = doctor.clone();
        other[key] = value;
        assert_ne!(
            problems(&schema("doctor"), &other),
            Vec::<String>::new(),
            "{key}"
        );
        other.as_object_mut().unwrap().shift_remove(key);
        assert_ne!(
            problems(&schema("doctor"), &other),
            Vec::<String>::new(),
            "without {key}"
        );
    }
    for (name, _) in infra_cli::list_schemas() {
        assert_ne!(
            problems(&schema(name), &json!("text")),
            Vec::<String>::new(),
            "{name}"
        );
    }
}
