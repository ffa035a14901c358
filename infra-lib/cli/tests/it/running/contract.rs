//! Tests that the library's constructs give their stacks the outputs that commands search for.
//!
//! The templates are the golden ones of the reference app, so that changes to them are tested here.

use std::fs;
use std::path::Path;

use crate::support::RunApp as _;
use infra_cli::testing::{Invocation, Outcome};
use infra_core::App;
use infra_fake::FakeCloud;
use insta::assert_snapshot;
use serde_json::{Value as JsonValue, json};
use tempfile::TempDir;

const STACKS: [&str; 6] = [
    "Foundation",
    "Network",
    "Data",
    "Migration",
    "Service",
    "Edge",
];

/// Returns the deployed reference app, and a folder with its assembly and a site.
fn reference() -> (FakeCloud, TempDir) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infra-app/tests/golden/dev");
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let aws = FakeCloud::new();
    let mut artifacts = serde_json::Map::new();
    for stack in STACKS {
        let file = format!("{stack}.template.json");
        let text = fs::read_to_string(golden.join(&file)).expect("the template is committed");
        let template: JsonValue = serde_json::from_str(&text).expect("it is JSON");
        let name = format!("notes-dev-{}", stack.to_ascii_lowercase());
        aws.deploy_stack(&name, &template);
        fs::write(folder.path().join(&file), &text).expect("the folder is ours");
        artifacts.insert(
            stack.to_owned(),
            json!({
                "type": "aws:cloudformation:stack",
                "environment": "aws://unknown-account/unknown-region",
                "properties": { "templateFile": file, "stackName": name },
            }),
        );
    }
    let manifest = json!({ "version": "48.0.0", "artifacts": artifacts });
    fs::write(folder.path().join("manifest.json"), manifest.to_string())
        .expect("the folder is ours");
    fs::create_dir(folder.path().join("dist")).expect("the folder is ours");
    fs::write(folder.path().join("dist/index.html"), "<p>notes</p>").expect("the folder is ours");
    (aws, folder)
}

fn run(aws: &FakeCloud, folder: &TempDir, arguments: &[&str]) -> Outcome {
    let arguments = arguments.iter().copied().chain(["--assembly", "."]);
    Invocation::new(arguments)
        .directory(folder.path())
        .cloud(aws.cloud(), FakeCloud::paused_runtime())
        .run_simple(|_: &App| {})
}

#[test]
fn finds_migration_site_and_logs_of_reference_app() {
    let (aws, folder) = reference();
    // Logical IDs change with every resource that is added to the templates; construct paths do not.
    let migration = run(&aws, &folder, &["migrate", "--dry-run"]).stderr;
    assert!(
        migration.starts_with("Migration/Task of stack notes-dev-migration (eu-west-1)\n"),
        "{migration}"
    );
    assert!(migration.contains(" notes-dev-migration:"), "{migration}");
    // The release log is found by its output too.
    let releases = run(&aws, &folder, &["releases"]);
    assert_eq!(releases.stderr, "there are no releases yet\n");
    let buckets = aws.live_resources("notes-dev-edge");
    aws.create_bucket(&buckets["SiteBucket978D4AEB"]);
    let site = run(&aws, &folder, &["publish-site", "dist", "--dry-run"]);
    assert!(
        site.stderr.starts_with("Edge/Site: bucket notes-dev-edge-"),
        "{site}"
    );
    assert_eq!(site.stdout, "upload     index.html  12 B  no-cache\n");
    assert_snapshot!("logs", run(&aws, &folder, &["logs"]));
    assert_snapshot!("diagnosis", run(&aws, &folder, &["diagnose"]));
}
